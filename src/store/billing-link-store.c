/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-link-store"

#include "config.h"

#include "billing-link-store.h"

#include "billing-table.h"

/* Payment links, and the money that comes by one that nobody wanted to be paid any more: what the verbs ask of the books and of the mirror. */

/* SQLite uses a partial index only where its condition stands in the query word for word. */
#define USABLE "state IN ('waiting', 'open')"
#define OPEN "state IN ('queued', 'sending', 'unknown')"

/* By which a page of Stripe's is told that it is over; ids of Stripe's need no escaping. */
#define EXPIRY_OF(session) "'/v1/checkout/sessions/' || " session " || '/expire'"

static GPtrArray *
list_texts (BillingStatement  *statement,
            GError           **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&texts);
      g_ptr_array_add (texts, g_strdup (billing_statement_get_text (statement, 0)));
    }

  return NULL;
}

static gboolean
load_link (BillingConnection  *connection,
           char               *id,
           GError             *problem,
           BillingLink       **link,
           GError            **error)
{
  BillingRecord *record;
  gboolean success = billing_table_load (connection, BILLING_TYPE_LINK, id, problem, &record, error);

  *link = (BillingLink *) record;
  return success;
}

/* Takes ids, and gives the links of them. */
static GPtrArray *
load_all (BillingConnection  *connection,
          GPtrArray          *ids,
          GError            **error)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      BillingRecord *link = billing_table_get (connection, BILLING_TYPE_LINK, ids->pdata[i], error);

      if (link == NULL)
        return NULL;
      g_ptr_array_add (links, link);
    }

  return ids != NULL ? g_steal_pointer (&links) : NULL;
}

/**
 * billing_link_store_find_open:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @link: (out) (transfer full) (nullable): the link that waits to be made, or that can be paid; %NULL: there is none
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_link_store_find_open (BillingConnection  *connection,
                              const char         *payment_id,
                              BillingLink       **link,
                              GError            **error)
{
  GError *problem = NULL;
  char *id = billing_connection_get_text (connection, &problem,
                                          "SELECT id FROM links WHERE payment_id = ? AND " USABLE, "t", payment_id);

  return load_link (connection, id, problem, link, error);
}

/**
 * billing_link_store_find_newest:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @link: (out) (transfer full) (nullable): the link that was made last; %NULL: none was
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_link_store_find_newest (BillingConnection  *connection,
                                const char         *payment_id,
                                BillingLink       **link,
                                GError            **error)
{
  GError *problem = NULL;
  char *id = billing_connection_get_text (connection, &problem,
                                          "SELECT id FROM links WHERE payment_id = ? ORDER BY pk DESC LIMIT 1", "t",
                                          payment_id);

  return load_link (connection, id, problem, link, error);
}

/**
 * billing_link_store_find_maker:
 * @connection: inside a transaction
 * @link: a link
 * @maker: (out) (transfer full) (nullable): by which Stripe is asked to make it
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_link_store_find_maker (BillingConnection  *connection,
                               BillingLink        *link,
                               BillingIntent     **maker,
                               GError            **error)
{
  GError *problem = NULL;
  char *id = billing_connection_get_text (connection, &problem,
                                          "SELECT id FROM outbox WHERE subject_id = ? AND kind = 'link' AND record_id = ?",
                                          "tt", link->payment_id, billing_record_get_id (BILLING_RECORD (link)));

  BillingRecord *record;
  gboolean success = billing_table_load (connection, BILLING_TYPE_INTENT, id, problem, &record, error);

  *maker = (BillingIntent *) record;
  return success;
}

static GPtrArray *
list_links (BillingConnection  *connection,
            BillingStatement   *statement,
            GError            **error)
{
  g_autoptr (GPtrArray) ids = list_texts (statement, error);

  return load_all (connection, ids, error);
}

/**
 * billing_link_store_list_expired:
 * @connection: inside a transaction
 * @now: Unix seconds
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingLink): the links that could still be paid though their time is over
 */
GPtrArray *
billing_link_store_list_expired (BillingConnection  *connection,
                                 gint64              now,
                                 GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT id FROM links WHERE " USABLE " AND expires_at <= ? ORDER BY expires_at, pk", error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_integer (statement, 1, now);
  return list_links (connection, statement, error);
}

/**
 * billing_link_store_list_used_up:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Lists the links of which Stripe itself takes nothing any more, since a visit of their page was gone through with; its money may be there, on
 * its way, or come to nothing.
 *
 * Returns: (transfer full) (nullable) (element-type BillingLink): they
 */
GPtrArray *
billing_link_store_list_used_up (BillingConnection  *connection,
                                 GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT l.id FROM links l WHERE l.state IN ('waiting', 'open') AND EXISTS (SELECT 1 FROM attempts a"
    "   JOIN mirror.charges c ON c.id = a.source JOIN mirror.checkout_sessions s ON s.payment_intent = c.payment_intent"
    "   WHERE a.payment_id = l.payment_id AND s.payment_link = l.stripe_id AND s.status = 'complete') ORDER BY l.pk", error);

  return statement != NULL ? list_links (connection, statement, error) : NULL;
}

/**
 * billing_link_store_list_unwanted:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingLink): the links that could still be paid though their payments want no money any more
 */
GPtrArray *
billing_link_store_list_unwanted (BillingConnection  *connection,
                                  GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT l.id FROM links l JOIN payments p ON p.id = l.payment_id WHERE l.state IN ('waiting', 'open')"
    " AND p.status NOT IN ('draft', 'pending', 'failed', 'processing') ORDER BY l.pk", error);

  return statement != NULL ? list_links (connection, statement, error) : NULL;
}

/**
 * billing_link_store_list_sessions:
 * @connection: inside a transaction
 * @link: a link
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type utf8): Stripe's ids of the visits of its page that can still be paid, and that nobody has asked
 *   to end yet
 */
GPtrArray *
billing_link_store_list_sessions (BillingConnection  *connection,
                                  BillingLink        *link,
                                  GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT s.id FROM mirror.checkout_sessions s WHERE s.status = 'open' AND s.deleted = 0 AND s.payment_link = ?1"
    " AND NOT EXISTS (SELECT 1 FROM outbox WHERE subject_id = ?2 AND path = " EXPIRY_OF ("s.id")
    "   AND state NOT IN ('failed', 'withdrawn')) ORDER BY s.pk", error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, link->stripe_id);
  billing_statement_bind_text (statement, 2, link->payment_id);
  return list_texts (statement, error);
}

/**
 * billing_link_store_list_pages:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type utf8): Stripe's ids of the pages on which it can be authorised, and that nobody has asked to
 *   end yet
 */
GPtrArray *
billing_link_store_list_pages (BillingConnection  *connection,
                               const char         *payment_id,
                               GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT s.id FROM outbox o JOIN mirror.checkout_sessions s ON s.id = o.result_id"
    " WHERE o.subject_id = ?1 AND o.kind = 'authorise' AND o.state = 'done' AND s.status = 'open' AND s.deleted = 0"
    " AND NOT EXISTS (SELECT 1 FROM outbox WHERE subject_id = ?1 AND path = " EXPIRY_OF ("s.id")
    "   AND state NOT IN ('failed', 'withdrawn')) ORDER BY o.pk", error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, payment_id);
  return list_texts (statement, error);
}

/**
 * billing_link_store_look:
 * @connection: inside a transaction
 * @link: a link
 * @standing: (out caller-allocates): what stands between it and its end
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_link_store_look (BillingConnection    *connection,
                         BillingLink          *link,
                         BillingLinkStanding  *standing,
                         GError              **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (link));

  return billing_connection_get_integer (connection, &standing->pending, error,
                                         "SELECT count(*) FROM outbox WHERE subject_id = ? AND record_id = ?"
                                         " AND kind IN ('link-close', 'session-expire') AND " OPEN, "tt",
                                         link->payment_id, id) &&
         billing_connection_get_integer (connection, &standing->sessions, error,
                                         "SELECT count(*) FROM mirror.checkout_sessions"
                                         " WHERE status = 'open' AND deleted = 0 AND payment_link = ?", "t",
                                         link->stripe_id) &&
         billing_connection_get_integer (connection, &standing->close_failed, error,
                                         "SELECT ifnull ((SELECT state = 'failed' FROM outbox WHERE subject_id = ?"
                                         " AND record_id = ? AND kind = 'link-close' ORDER BY pk DESC LIMIT 1), 0)", "tt",
                                         link->payment_id, id);
}

/**
 * billing_late_store_find:
 * @connection: inside a transaction
 * @charge_id: Stripe's id of a charge
 * @late: (out) (transfer full) (nullable): what of it came too late; %NULL: nothing did
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_late_store_find (BillingConnection  *connection,
                         const char         *charge_id,
                         BillingLateMoney  **late,
                         GError            **error)
{
  GError *problem = NULL;
  char *id = billing_connection_get_text (connection, &problem, "SELECT id FROM late_money WHERE charge_id = ?", "t",
                                          charge_id);

  BillingRecord *record;
  gboolean success = billing_table_load (connection, BILLING_TYPE_LATE_MONEY, id, problem, &record, error);

  *late = (BillingLateMoney *) record;
  return success;
}

/**
 * billing_late_store_hold:
 * @connection: inside a writing transaction
 * @late: money that came too late
 * @amount: how much of the patient's credit it is to hold from now on, minor units
 * @error: return location for a #BillingStoreError
 *
 * Keeps back credit that Stripe was asked to return, or sets it free. @late is changed, and still to be stored.
 *
 * Returns: whether it is kept
 */
gboolean
billing_late_store_hold (BillingConnection  *connection,
                         BillingLateMoney   *late,
                         gint64              amount,
                         GError            **error)
{
  gint64 more = amount - late->held;

  late->held = amount;
  return more == 0 ||
         billing_connection_run (connection, error,
                                 "UPDATE patients SET credit_held = credit_held + ?, revision = revision + 1 WHERE id = ?",
                                 "it", more, late->patient_id);
}

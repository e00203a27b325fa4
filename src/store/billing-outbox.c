/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-outbox"

#include "config.h"

#include "billing-outbox.h"

#include <glib/gi18n-lib.h>

#include "billing-enums.h"
#include "billing-table.h"

/* Intents on their way: which is next, what is to become of it, and what stands before it
 * (design.md, section 6). */

/* SQLite uses a partial index only where its condition stands in the query word for word. */
#define OPEN "state IN ('queued', 'sending', 'unknown')"

static gboolean
load_found (BillingConnection  *connection,
            char               *id,
            GError             *problem,
            BillingIntent     **intent,
            GError            **error)
{
  BillingRecord *record;
  gboolean success = billing_table_load (connection, BILLING_TYPE_INTENT, id, problem, &record, error);

  *intent = (BillingIntent *) record;
  return success;
}

/* Runs @sql, which asks about a payment, and stands on its first row; @row is FALSE where there is
 * none. */
static BillingStatement *
find_row (BillingConnection  *connection,
          const char         *sql,
          const char         *payment_id,
          gboolean           *row,
          GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, payment_id);
  return billing_statement_step (statement, row, error) ? g_steal_pointer (&statement) : NULL;
}

/**
 * billing_outbox_find_open:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @intent: (out) (transfer full) (nullable): what of its collection Stripe has not answered; %NULL:
 *   nothing
 * @error: return location for a #BillingStoreError
 *
 * Looks for an authorisation, capture or void that stands between. Refunds do not: they reserve
 * what they take; nor do payment links, which are closed by what is done instead.
 *
 * Returns: whether it could be read
 */
gboolean
billing_outbox_find_open (BillingConnection  *connection,
                          const char         *payment_id,
                          BillingIntent     **intent,
                          GError            **error)
{
  GError *problem = NULL;
  char *id = billing_connection_get_text (connection, &problem,
                                          "SELECT id FROM outbox WHERE subject_id = ? AND " OPEN
                                          " AND kind IN ('authorise', 'capture', 'void') ORDER BY pk LIMIT 1", "t",
                                          payment_id);

  return load_found (connection, id, problem, intent, error);
}

/**
 * billing_outbox_count_open:
 * @connection: inside a transaction
 * @kind: of intents
 * @subject: what they are about
 * @currency: (nullable): of their amounts; %NULL: any
 * @n: (out): how many of them Stripe has not answered
 * @amount: (out): what they come to, minor units
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_outbox_count_open (BillingConnection  *connection,
                           const char         *kind,
                           const char         *subject,
                           const char         *currency,
                           gint64             *n,
                           gint64             *amount,
                           GError            **error)
{
  static const char found[] = " FROM outbox WHERE kind = ?1 AND subject_id = ?2 AND (?3 IS NULL OR currency = ?3) AND " OPEN;
  g_autofree char *count = g_strconcat ("SELECT count(*)", found, NULL);
  g_autofree char *sum = g_strconcat ("SELECT ifnull (sum (amount), 0)", found, NULL);

  return billing_connection_get_integer (connection, n, error, count, "ttt", kind, subject, currency) &&
         billing_connection_get_integer (connection, amount, error, sum, "ttt", kind, subject, currency);
}

/**
 * billing_outbox_find_authorised:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @charge: (out) (transfer full) (nullable): the charge that holds its amount; %NULL: none does
 * @payment_intent: (out) (transfer full) (nullable): Stripe's intent of the charge; %NULL where the
 *   mirror does not know it
 * @amount: (out): how much is held, in minor units
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_outbox_find_authorised (BillingConnection  *connection,
                                const char         *payment_id,
                                char              **charge,
                                char              **payment_intent,
                                gint64             *amount,
                                GError            **error)
{
  gboolean row;
  g_autoptr (BillingStatement) statement = find_row (connection,
    "SELECT a.source, c.payment_intent, a.amount FROM attempts a LEFT JOIN mirror.charges c ON c.id = a.source"
    " WHERE a.payment_id = ? AND a.state = 'authorised' ORDER BY a.at DESC, a.pk DESC LIMIT 1", payment_id, &row, error);

  *charge = *payment_intent = NULL;
  *amount = 0;
  if (statement == NULL)
    return FALSE;
  if (!row)
    return TRUE;

  *charge = g_strdup (billing_statement_get_text (statement, 0));
  *payment_intent = g_strdup (billing_statement_get_text (statement, 1));
  *amount = billing_statement_get_integer (statement, 2);
  return TRUE;
}

/**
 * billing_outbox_find_collected:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @charge: (out) (transfer full) (nullable): the charge that collected it, by the ledger; %NULL:
 *   none did
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_outbox_find_collected (BillingConnection  *connection,
                               const char         *payment_id,
                               char              **charge,
                               GError            **error)
{
  GError *problem = NULL;

  *charge = billing_connection_get_text (connection, &problem,
                                         "SELECT substr (t.source, 1, instr (t.source, ':') - 1) FROM transactions t"
                                         " WHERE t.payment_id = ? AND t.act = 'collect' AND t.person = 'stripe'"
                                         " AND NOT EXISTS (SELECT 1 FROM transactions r"
                                         " WHERE r.payment_id = t.payment_id AND r.reverses = t.pk)"
                                         " ORDER BY t.pk DESC LIMIT 1", "t", payment_id);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, problem);
  return FALSE;
}

/**
 * billing_outbox_find_page:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @url: (out) (transfer full) (nullable): of Stripe's page on which it can be paid; %NULL: none is
 *   open
 * @expires_at: (out): until when, Unix seconds
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_outbox_find_page (BillingConnection  *connection,
                          const char         *payment_id,
                          char              **url,
                          gint64             *expires_at,
                          GError            **error)
{
  gboolean row;
  g_autoptr (BillingStatement) statement = find_row (connection,
    "SELECT s.json ->> '$.url', s.expires_at FROM outbox o JOIN mirror.checkout_sessions s ON s.id = o.result_id"
    " WHERE o.subject_id = ? AND o.kind = 'authorise' AND o.state = 'done' AND s.status = 'open' AND s.deleted = 0"
    " AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.subject_id = o.subject_id AND e.kind = 'session-expire'"
    "   AND e.path = '/v1/checkout/sessions/' || s.id || '/expire')"
    " ORDER BY o.pk DESC LIMIT 1", payment_id, &row, error);

  *url = NULL;
  *expires_at = 0;
  if (statement == NULL)
    return FALSE;
  if (!row)
    return TRUE;

  *url = g_strdup (billing_statement_get_text (statement, 0));
  *expires_at = billing_statement_get_integer (statement, 1);
  return TRUE;
}

/**
 * billing_outbox_recover:
 * @connection: inside a writing transaction
 * @now: Unix seconds
 * @error: return location for a #BillingStoreError
 *
 * Finds what a process left behind that was killed while it sent: it is sent again with the same
 * key, while Stripe knows the key. After that, only a look at Stripe can tell what became of it; but
 * to close a page, to upload a file or to keep a draft does no harm however often it is done.
 * What was to follow something that will never be done is withdrawn.
 *
 * Returns: whether it was written
 */
gboolean
billing_outbox_recover (BillingConnection  *connection,
                        gint64              now,
                        GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE outbox SET state = 'unknown', next_at = 0, problem = ?, revision = revision + 1"
                                 " WHERE " OPEN " AND state <> 'unknown' AND first_sent_at <> 0 AND first_sent_at <= ?"
                                 " AND kind NOT IN ('link-close', 'session-expire', 'dispute-file', 'dispute-save')",
                                 "ti", _("Stripe did not answer for 23 hours, so that it is not "
                                         "known whether this was done. Check with Stripe."), now - BILLING_OUTBOX_LIFE) &&
         billing_connection_run (connection, error,
                                 "UPDATE outbox SET state = 'queued', next_at = 0, revision = revision + 1"
                                 " WHERE " OPEN " AND state = 'sending'", "") &&
         billing_connection_run (connection, error,
                                 "UPDATE outbox SET state = 'withdrawn', problem = ?, revision = revision + 1"
                                 " WHERE " OPEN " AND state = 'queued' AND after_id IN"
                                 " (SELECT id FROM outbox WHERE state IN ('failed', 'withdrawn'))",
                                 "t", _("What it was to follow was not done."));
}

/* What is done to an object that Stripe had still to make when it was asked for ends in a slash, until
 * the object's id is known. */
static gboolean
complete_path (BillingConnection  *connection,
               BillingIntent      *intent,
               GError            **error)
{
  g_autoptr (BillingRecord) maker = NULL;
  g_autofree char *id = NULL;
  char *path;

  if (!g_str_has_suffix (intent->path, "/") || intent->after_id == NULL)
    return TRUE;

  maker = billing_table_get (connection, BILLING_TYPE_INTENT, intent->after_id, error);
  if (maker == NULL)
    return FALSE;

  id = g_uri_escape_string (BILLING_INTENT (maker)->result_id != NULL ? BILLING_INTENT (maker)->result_id : "", NULL, FALSE);
  path = g_strconcat (intent->path, id, NULL);
  g_free (intent->path);
  intent->path = path;
  return billing_connection_run (connection, error, "UPDATE outbox SET path = ? WHERE pk = ?", "ti", path,
                                 billing_record_get_pk (BILLING_RECORD (intent)));
}

/**
 * billing_outbox_claim:
 * @connection: inside a writing transaction
 * @now: Unix seconds
 * @intent: (out) (transfer full) (nullable): what to send, as it was before: its `first-sent-at` is
 *   0 where Stripe cannot know its key
 * @error: return location for a #BillingStoreError
 *
 * Takes the oldest intent that is due, for one process alone. One that waits for its next try holds
 * up those of its own payment that came after it, and no others; one that waits for what is unknown
 * holds up nothing.
 *
 * Returns: whether it could be looked for; @intent is %NULL where nothing is due
 */
gboolean
billing_outbox_claim (BillingConnection  *connection,
                      gint64              now,
                      BillingIntent     **intent,
                      GError            **error)
{
  GError *problem = NULL;
  char *id = billing_connection_get_text (connection, &problem,
    "SELECT id FROM outbox o WHERE " OPEN " AND state = 'queued' AND next_at <= ?"
    " AND (after_id IS NULL OR EXISTS (SELECT 1 FROM outbox a WHERE a.id = o.after_id AND a.state = 'done'))"
    " AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.subject_id = o.subject_id AND e.pk < o.pk"
    " AND e.state IN ('queued', 'sending') AND NOT EXISTS (SELECT 1 FROM outbox u"
    "   WHERE u.id = e.after_id AND u.state = 'unknown')) ORDER BY pk LIMIT 1", "i", now);

  if (!load_found (connection, id, problem, intent, error))
    return FALSE;
  if (*intent == NULL)
    return TRUE;

  return complete_path (connection, *intent, error) &&
         billing_connection_run (connection, error,
                                 "UPDATE outbox SET state = 'sending', tries = tries + 1, sent_at = ?1,"
                                 " first_sent_at = iif (first_sent_at = 0, ?1, first_sent_at), revision = revision + 1"
                                 " WHERE pk = ?2 AND state = 'queued'", "ii", now,
                                 billing_record_get_pk (BILLING_RECORD (*intent)));
}

/**
 * billing_outbox_claim_check:
 * @connection: inside a writing transaction
 * @now: Unix seconds
 * @intent: (out) (transfer full) (nullable): what to look up at Stripe
 * @error: return location for a #BillingStoreError
 *
 * Takes the oldest unknown intent of which a person wants to know. Looking changes nothing, so that
 * it does no harm where two do.
 *
 * Returns: whether it could be looked for; @intent is %NULL where there is none
 */
gboolean
billing_outbox_claim_check (BillingConnection  *connection,
                            gint64              now,
                            BillingIntent     **intent,
                            GError            **error)
{
  GError *problem = NULL;
  char *id = billing_connection_get_text (connection, &problem,
                                          "SELECT id FROM outbox WHERE " OPEN " AND state = 'unknown' AND next_at <> 0"
                                          " AND next_at <= ? ORDER BY next_at, pk LIMIT 1", "i", now);

  return load_found (connection, id, problem, intent, error);
}

/**
 * billing_outbox_withdraw_followers:
 * @connection: inside a writing transaction
 * @id: of an intent that will never be done
 * @error: return location for a #BillingStoreError
 *
 * Takes back what was to follow it.
 *
 * Returns: whether it is taken back
 */
gboolean
billing_outbox_withdraw_followers (BillingConnection  *connection,
                                   const char         *id,
                                   GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE outbox SET state = 'withdrawn', problem = ?, revision = revision + 1"
                                 " WHERE " OPEN " AND state = 'queued' AND after_id = ?", "tt",
                                 _("What it was to follow was not done."), id);
}

/**
 * billing_outbox_settle:
 * @connection: inside a writing transaction
 * @intent: what became of it: its state (not an open one), answer, problem, request-id and
 *   result-id are written
 * @is_settled: (out): %FALSE where it had been settled before
 * @error: return location for a #BillingStoreError
 *
 * Ends an intent. Whoever comes first ends it.
 *
 * Returns: whether it could be written
 */
gboolean
billing_outbox_settle (BillingConnection  *connection,
                       BillingIntent      *intent,
                       gboolean           *is_settled,
                       GError            **error)
{
  if (!billing_connection_run (connection, error,
                               "UPDATE outbox SET state = ?, answer = ?, problem = ?, request_id = ?, result_id = ?,"
                               " next_at = 0, revision = revision + 1 WHERE pk = ? AND " OPEN, "ttttti",
                               billing_enum_nick (BILLING_TYPE_OUTBOX_STATE, intent->state),
                               intent->answer, intent->problem, intent->request_id,
                               intent->result_id, billing_record_get_pk (BILLING_RECORD (intent))))
    return FALSE;

  *is_settled = billing_connection_get_n_changed (connection) > 0;
  return TRUE;
}

/**
 * billing_outbox_postpone:
 * @connection: inside a writing transaction
 * @intent: claimed: its state (queued or unknown), first-sent-at, next-at, problem and request-id
 *   are written
 * @error: return location for a #BillingStoreError
 *
 * Puts an intent back that got no answer, unless somebody settled it meanwhile.
 *
 * Returns: whether it could be written
 */
gboolean
billing_outbox_postpone (BillingConnection  *connection,
                         BillingIntent      *intent,
                         GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE outbox SET state = ?, first_sent_at = ?, next_at = ?, problem = ?,"
                                 " request_id = ifnull (?, request_id), revision = revision + 1 WHERE pk = ? AND " OPEN,
                                 "tiitti",
                                 billing_enum_nick (BILLING_TYPE_OUTBOX_STATE, intent->state),
                                 intent->first_sent_at, intent->next_at, intent->problem,
                                 intent->request_id,
                                 billing_record_get_pk (BILLING_RECORD (intent)));
}

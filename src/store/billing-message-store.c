/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-message-store"

#include "config.h"

#include "billing-message-store.h"

#include "billing-enums.h"
#include "billing-payment.h"
#include "billing-table.h"

/* Messages to patients: what they are made of, and which is next. */

/* What of an invoice can be paid by a link. */
#define PAYABLE "p.status IN ('draft', 'pending', 'failed')"

/* Of which payments a message (m) tells. */
#define OF_MESSAGE "(p.id = m.payment_id OR (m.payment_id IS NULL AND p.invoice_id = m.invoice_id))"

/* A message does not wait for links that are there, nor for those that never will be. */
#define READY "(m.with_link = 0 OR NOT EXISTS (SELECT 1 FROM payments p JOIN links l ON l.payment_id = p.id" \
  " WHERE " OF_MESSAGE " AND l.state = 'waiting'))"

static GPtrArray *
load_all (BillingConnection  *connection,
          GType               type,
          BillingStatement   *statement,
          GError            **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean row = TRUE;

  while (row)
    {
      if (!billing_statement_step (statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (ids, g_strdup (billing_statement_get_text (statement, 0)));
    }

  for (guint i = 0; i < ids->len; i++)
    {
      BillingRecord *record = billing_table_get (connection, type, ids->pdata[i], error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

/**
 * billing_message_store_load_settings:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): how the practice sends e-mails
 */
BillingMailSettings *
billing_message_store_load_settings (BillingConnection  *connection,
                                     GError            **error)
{
  return (BillingMailSettings *) billing_table_get (connection, BILLING_TYPE_MAIL_SETTINGS, "mail", error);
}

/**
 * billing_message_store_find_template:
 * @connection: inside a transaction
 * @kind: what a message tells
 * @language: (nullable): of who gets it, BCP 47
 * @message_template: (out) (transfer full) (nullable): what the practice says to those who speak it, or to all; %NULL: nothing of its own
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_message_store_find_template (BillingConnection   *connection,
                                     BillingMessageKind   kind,
                                     const char          *language,
                                     BillingTemplate    **message_template,
                                     GError             **error)
{
  GError *problem = NULL;
  char *id = billing_connection_get_text (connection, &problem,
                                          "SELECT id FROM templates WHERE kind = ?1 AND (language = '' OR language = ?2"
                                          " OR ?2 GLOB language || '[-_]*') ORDER BY length (language) DESC LIMIT 1", "tt",
                                          billing_enum_nick (BILLING_TYPE_MESSAGE_KIND, kind), language != NULL ? language : "");
  BillingRecord *record;
  gboolean success = billing_table_load (connection, BILLING_TYPE_TEMPLATE, id, problem, &record, error);

  *message_template = (BillingTemplate *) record;
  return success;
}

/**
 * billing_message_store_remove_template:
 * @connection: inside a writing transaction
 * @message_template: one of the practice's own
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether the practice has it no longer
 */
gboolean
billing_message_store_remove_template (BillingConnection  *connection,
                                       BillingTemplate    *message_template,
                                       GError            **error)
{
  return billing_connection_run (connection, error, "DELETE FROM templates WHERE pk = ?", "i",
                                 billing_record_get_pk (BILLING_RECORD (message_template)));
}

/**
 * billing_message_store_is_any_open:
 * @connection: inside a transaction
 * @is_any: (out): whether a message waits, or is on its way
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_message_store_is_any_open (BillingConnection  *connection,
                                   gboolean           *is_any,
                                   GError            **error)
{
  gint64 n;

  if (!billing_connection_get_integer (connection, &n, error,
                                       "SELECT count (*) FROM (SELECT 1 FROM messages WHERE state IN ('queued', 'sending') LIMIT 1)", ""))
    return FALSE;

  *is_any = n > 0;
  return TRUE;
}

/**
 * billing_message_store_list_selected:
 * @connection: whose selection was filled (billing-selection.h)
 * @kind: of what is selected
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingRecord): it, in the order in which it was made
 */
GPtrArray *
billing_message_store_list_selected (BillingConnection  *connection,
                                     const char         *kind,
                                     GError            **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT k.id FROM temp.selection s JOIN %s k ON k.pk = s.pk ORDER BY s.pk", kind);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);

  return statement != NULL ? load_all (connection, billing_table_get_type_of (kind), statement, error) : NULL;
}

/**
 * billing_message_store_list_due:
 * @connection: inside a transaction
 * @days: how many days after the due day; negative: before it
 * @after: (nullable): the last day for which reminders were made; %NULL: yesterday
 * @today: the day
 * @error: return location for a #BillingStoreError
 *
 * Finds the invoices whose day to be reminded is today, or was since reminders were made last. Who wants none is not asked here.
 *
 * Returns: (transfer full) (nullable) (element-type BillingInvoice): those that are still owed
 */
GPtrArray *
billing_message_store_list_due (BillingConnection  *connection,
                                int                 days,
                                const char         *after,
                                const char         *today,
                                GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT id FROM invoices WHERE status IN ('open', 'partly-paid')"
    " AND due_on > date (ifnull (?1, date (?2, '-1 day')), -?3 || ' days') AND due_on <= date (?2, -?3 || ' days')"
    " ORDER BY pk", error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, after);
  billing_statement_bind_text (statement, 2, today);
  billing_statement_bind_integer (statement, 3, days);
  return load_all (connection, BILLING_TYPE_INVOICE, statement, error);
}

/**
 * billing_message_store_is_reminded:
 * @connection: inside a transaction
 * @invoice_id: an invoice
 * @day: a day
 * @is_reminded: (out): whether there is a reminder of it of that day already, whatever became of it
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_message_store_is_reminded (BillingConnection  *connection,
                                   const char         *invoice_id,
                                   const char         *day,
                                   gboolean           *is_reminded,
                                   GError            **error)
{
  gint64 n;

  if (!billing_connection_get_integer (connection, &n, error,
                                       "SELECT count (*) FROM messages WHERE invoice_id = ? AND day = ? AND kind = 'reminder'", "tt",
                                       invoice_id, day))
    return FALSE;

  *is_reminded = n > 0;
  return TRUE;
}

/**
 * billing_message_store_list_linkable:
 * @connection: inside a transaction
 * @invoice_id: (nullable): an invoice
 * @payment_id: (nullable): or one payment
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingPayment): what of it can be paid by a link and has none yet
 */
GPtrArray *
billing_message_store_list_linkable (BillingConnection  *connection,
                                     const char         *invoice_id,
                                     const char         *payment_id,
                                     GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT p.id FROM payments p WHERE (p.id = ?2 OR (?2 IS NULL AND p.invoice_id = ?1)) AND " PAYABLE
    " AND NOT EXISTS (SELECT 1 FROM links l WHERE l.payment_id = p.id AND l.state IN ('waiting', 'open')) ORDER BY p.pk", error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, invoice_id);
  billing_statement_bind_text (statement, 2, payment_id);
  return load_all (connection, BILLING_TYPE_PAYMENT, statement, error);
}

/**
 * billing_message_store_get_balance:
 * @connection: inside a transaction
 * @patient_id: a patient
 * @error: return location for a #BillingStoreError
 *
 * Returns: what they owe, minor units; -1 with @error
 */
gint64
billing_message_store_get_balance (BillingConnection  *connection,
                                   const char         *patient_id,
                                   GError            **error)
{
  gint64 balance;

  return billing_connection_get_integer (connection, &balance, error,
                                         "SELECT ifnull (sum (amount), 0) FROM payments WHERE patient_id = ?"
                                         " AND status IN ('pending', 'processing', 'failed')"
                                         " AND currency = (SELECT currency FROM practice)", "t", patient_id)
           ? balance : -1;
}

/**
 * billing_message_store_list_abandoned:
 * @connection: inside a transaction
 * @channel: how they go
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingMessage): what was on its way when the program that sent it died
 */
GPtrArray *
billing_message_store_list_abandoned (BillingConnection      *connection,
                                      BillingMessageChannel   channel,
                                      GError                **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT id FROM messages WHERE state IN ('queued', 'sending') AND state = 'sending' AND channel = ? ORDER BY pk", error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, billing_enum_nick (BILLING_TYPE_MESSAGE_CHANNEL, channel));
  return load_all (connection, BILLING_TYPE_MESSAGE, statement, error);
}

/**
 * billing_message_store_list_needless:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingMessage): what waits, and asks for what is not owed any more, or whom nobody may
 *   write to any more
 */
GPtrArray *
billing_message_store_list_needless (BillingConnection  *connection,
                                     GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT m.id FROM messages m JOIN patients c ON c.id = m.patient_id LEFT JOIN invoices i ON i.id = m.invoice_id"
    " LEFT JOIN payments p ON p.id = m.payment_id"
    " WHERE m.state IN ('queued', 'sending') AND m.state = 'queued'"
    " AND (c.no_mail = 1 OR (m.kind = 'reminder' AND c.no_reminders = 1)"
    "   OR (m.kind IN ('invoice', 'reminder') AND i.status NOT IN ('open', 'partly-paid'))"
    "   OR (m.kind = 'request' AND p.status NOT IN ('draft', 'pending', 'failed'))) ORDER BY m.pk", error);

  return statement != NULL ? load_all (connection, BILLING_TYPE_MESSAGE, statement, error) : NULL;
}

/**
 * billing_message_store_claim:
 * @connection: inside a writing transaction
 * @channel: how it goes
 * @id: (nullable): which; %NULL: the oldest that is due
 * @now: Unix seconds
 * @message: (out) (transfer full) (nullable): what to send; %NULL: nothing is due, or it waits for a link
 * @error: return location for a #BillingStoreError
 *
 * Takes a message, for one process alone.
 *
 * Returns: whether it could be looked for
 */
gboolean
billing_message_store_claim (BillingConnection      *connection,
                             BillingMessageChannel   channel,
                             const char             *id,
                             gint64                  now,
                             BillingMessage        **message,
                             GError                **error)
{
  GError *problem = NULL;
  char *found = billing_connection_get_text (connection, &problem,
    "UPDATE messages SET state = 'sending', tries = tries + 1, revision = revision + 1 WHERE pk ="
    " (SELECT m.pk FROM messages m WHERE m.state IN ('queued', 'sending') AND m.state = 'queued' AND m.channel = ?1"
    "   AND (?2 IS NULL OR m.id = ?2) AND (?2 IS NOT NULL OR m.next_at <= ?3) AND " READY " ORDER BY m.pk LIMIT 1)"
    " RETURNING id", "tti", billing_enum_nick (BILLING_TYPE_MESSAGE_CHANNEL, channel), id, now);
  BillingRecord *record;
  gboolean success = billing_table_load (connection, BILLING_TYPE_MESSAGE, found, problem, &record, error);

  *message = (BillingMessage *) record;
  return success;
}

/**
 * billing_message_store_find_link:
 * @connection: inside a transaction
 * @message: that was to wait for a link
 * @link: (out) (transfer full) (nullable): it; each on a line of its own where the invoice has several payments; %NULL: there is none
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_message_store_find_link (BillingConnection  *connection,
                                 BillingMessage     *message,
                                 char              **link,
                                 GError            **error)
{
  GError *problem = NULL;

  *link = billing_connection_get_text (connection, &problem,
                                       "SELECT group_concat (url, char (10)) FROM (SELECT l.url FROM messages m"
                                       " JOIN payments p ON " OF_MESSAGE " JOIN links l ON l.payment_id = p.id AND l.state = 'open'"
                                       " WHERE m.id = ? AND l.url IS NOT NULL ORDER BY p.pk)", "t",
                                       billing_record_get_id (BILLING_RECORD (message)));
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, problem);
  return FALSE;
}

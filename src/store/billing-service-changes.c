/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-service-changes"

#include "config.h"

#include "billing-service-changes.h"

#include "billing-enums.h"
#include "billing-rate-store.h"
#include "billing-service-store.h"
#include "billing-table.h"

/* What an act changes of a service, and under which name the audit knows it. */
static const struct {
  const char *column;
  const char *property;
  const char *type;
} columns[] = {
  { "location_id", "location-id", "TEXT" },
  { "rate_id", "rate-id", "TEXT" },
  { "day", "day", "TEXT" },
  { "code_system", "code-system", "TEXT" },
  { "code", "code", "TEXT" },
  { "name", "name", "TEXT" },
  { "units", "units", "INTEGER" },
  { "price", "price", "INTEGER" },
  { "amount", "amount", "INTEGER" },
  { "billable", "billable", "INTEGER" },
  { "rate_invoiced", "rate-invoiced", "INTEGER" },
  { "payer_kind", "payer-kind", "TEXT" },
  { "payer", "payer", "TEXT" },
  { "insurer_part", "insurer-part", "INTEGER" },
  { "allowed", "allowed", "INTEGER" },
  { "answered_on", "answered-on", "TEXT" },
  { "reviewed_at", "reviewed-at", "INTEGER" },
  { "reviewed_by", "reviewed-by", "TEXT" },
  { "removed_at", "removed-at", "INTEGER" },
};

#define MAX_AMOUNT G_STRINGIFY (BILLING_SERVICE_MAX_AMOUNT)

/* What may be changed at all; of what was answered, only where nothing was paid or adjusted. */
#define OBSTACLE(removed) \
  "CASE WHEN " removed " THEN 'removed' WHEN s.invoice_id IS NOT NULL THEN 'invoiced'" \
  " WHEN s.insurer_paid <> 0 OR s.insurer_adjusted <> 0 OR EXISTS (SELECT 1 FROM insurer_answers a WHERE a.service_id = s.id" \
  "   AND a.taken_back_at = 0 AND (a.paid <> 0 OR a.adjusted <> 0)) THEN 'answered' END"

/* Each column as it is to be written: `before`, its name, `after`. */
static char *
list_columns (const char *before,
              const char *between,
              const char *after)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (sql, ", %s%s%s%s%s", before, columns[i].column, between, *between != '\0' ? columns[i].column : "", after);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static char *
build_definition (void)
{
  g_autoptr (GString) sql = g_string_new ("CREATE TEMP TABLE IF NOT EXISTS service_change (pk INTEGER PRIMARY KEY, refusal TEXT,"
                                          " new_rate TEXT");

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (sql, ", %s %s", columns[i].column, columns[i].type);
  g_string_append (sql, "); DELETE FROM temp.service_change;");

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/**
 * billing_service_changes_begin:
 * @connection: one whose selection was filled with services, and that may write what is temporary
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether the table has the selected services as they are
 */
gboolean
billing_service_changes_begin (BillingConnection  *connection,
                               GError            **error)
{
  g_autofree char *definition = build_definition ();
  g_autofree char *names = list_columns ("", "", "");
  g_autofree char *sql = g_strdup_printf ("INSERT INTO temp.service_change (pk%s) SELECT pk%s FROM temp.selection JOIN services"
                                          " USING (pk)", names, names);

  return billing_connection_execute (connection, definition, error) && billing_connection_run (connection, error, sql, "");
}

/* --- as they are to be ------------------------------------------------------------------------ */

/* A rate of the same code stands under another kind of payer; a name that was the rate's becomes the other rate's. What an insurer answered
 * without money was about the old rate: it is asked anew. */
#define TO_RATE \
  "WITH wanted AS MATERIALIZED (SELECT s.pk, r.id AS rate, r.name AS rate_name, r.retired, r.currency, r.billable, r.invoiced," \
  "   r.payer_kind, o.name AS old_name, iif (s.source IS NULL AND r.code IS NOT NULL, r.code, s.code) AS code," \
  "   iif (s.source IS NULL AND r.code IS NOT NULL, r.code_system, s.code_system) AS code_system," \
  "   iif (r.payer_kind = 'insurance', coalesce (?2, s.payer, " BILLING_SERVICE_PAYER ("s.patient_id", "s.day") "), NULL) AS payer" \
  " FROM temp.service_change c JOIN services s USING (pk) LEFT JOIN rates o ON o.id = s.rate_id" \
  "   LEFT JOIN rates r ON r.id = ifnull (?1, o.twin_id))," \
  " priced AS MATERIALIZED (SELECT w.*, s.id AS service, s.units, ifnull (" BILLING_RATE_PRICE ("w.rate", "s.day", "w.payer") ", -1)" \
  "   AS price FROM wanted w JOIN services s USING (pk))" \
  " UPDATE temp.service_change AS c SET new_rate = p.rate_name, rate_id = p.rate, price = p.price," \
  "   amount = iif (p.price > 0 AND p.units > " MAX_AMOUNT " / p.price, -1, p.units * p.price)," \
  "   billable = p.billable, rate_invoiced = p.invoiced, payer_kind = p.payer_kind, payer = p.payer," \
  "   name = iif (c.name = p.old_name, p.rate_name, c.name), code = p.code, code_system = p.code_system," \
  "   insurer_part = iif (p.billable AND p.payer_kind = 'insurance', p.units * p.price, 0), allowed = -1, answered_on = NULL," \
  "   refusal = (SELECT coalesce (" OBSTACLE ("s.removed_at > 0") "," \
  "     CASE WHEN p.rate IS NULL THEN 'no-twin' WHEN p.retired THEN 'retired' WHEN p.currency <> s.currency THEN 'currency'" \
  "     WHEN p.payer_kind = 'insurance' AND p.payer IS NULL THEN 'no-payer'" \
  "     WHEN p.price < 0 THEN 'no-price' WHEN p.price > 0 AND p.units > " MAX_AMOUNT " / p.price THEN 'too-much'" \
  "     WHEN s.rate_id IS p.rate AND s.price = p.price AND s.billable = p.billable AND s.rate_invoiced = p.invoiced" \
  "       AND s.payer_kind = p.payer_kind AND s.payer IS p.payer AND s.answered_on IS NULL THEN 'same' END)" \
  "     FROM services s WHERE s.pk = p.pk)" \
  " FROM priced p WHERE p.pk = c.pk"

/**
 * billing_service_changes_to_rate:
 * @connection: after billing_service_changes_begin()
 * @rate_id: (nullable): id of a rate; %NULL: of each service the twin of its rate
 * @payer: (nullable): the insurer that is to be asked; %NULL: the one that was, or that of the patient's coverage of the day
 * @error: return location for a #BillingStoreError
 *
 * Puts the services under another rate, at its price of the day of each.
 *
 * Returns: whether that is worked out
 */
gboolean
billing_service_changes_to_rate (BillingConnection  *connection,
                                 const char         *rate_id,
                                 const char         *payer,
                                 GError            **error)
{
  return billing_connection_run (connection, error, TO_RATE, "tt", rate_id, payer);
}

/**
 * billing_service_changes_remove:
 * @connection: after billing_service_changes_begin()
 * @at: Unix seconds
 * @error: return location for a #BillingStoreError
 *
 * Takes the services away: insurers are no longer asked. What anybody answered, or what was invoiced, stays.
 *
 * Returns: whether that is worked out
 */
gboolean
billing_service_changes_remove (BillingConnection  *connection,
                                gint64              at,
                                GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE temp.service_change SET removed_at = ?1, insurer_part = 0, allowed = -1, answered_on = NULL,"
                                 "   refusal = (SELECT " OBSTACLE ("s.removed_at > 0") " FROM services s WHERE s.pk = service_change.pk)",
                                 "i", at);
}

/**
 * billing_service_changes_restore:
 * @connection: after billing_service_changes_begin()
 * @error: return location for a #BillingStoreError
 *
 * Brings removed services back, as they were before anybody answered.
 *
 * Returns: whether that is worked out
 */
gboolean
billing_service_changes_restore (BillingConnection  *connection,
                                 GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE temp.service_change SET removed_at = 0,"
                                 "   insurer_part = iif (billable AND payer_kind = 'insurance', amount, 0),"
                                 "   refusal = iif (removed_at = 0, 'not-removed', NULL)", "");
}

/**
 * billing_service_changes_review:
 * @connection: after billing_service_changes_begin()
 * @at: Unix seconds; 0: nobody looked at them
 * @account: (nullable): who looked at them
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether that is worked out
 */
gboolean
billing_service_changes_review (BillingConnection  *connection,
                                gint64              at,
                                const char         *account,
                                GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE temp.service_change AS c SET reviewed_at = ?1, reviewed_by = ?2,"
                                 "   refusal = CASE WHEN s.removed_at > 0 THEN 'removed' WHEN s.invoice_id IS NOT NULL THEN 'invoiced'"
                                 "     WHEN (s.reviewed_at > 0) = (?1 > 0) THEN 'same' END"
                                 " FROM services s WHERE s.pk = c.pk", "it", at, account);
}

/**
 * billing_service_changes_to_lines:
 * @connection: after billing_service_changes_begin(), with the lines of their treatments in `temp.service_line`
 * @error: return location for a #BillingStoreError
 *
 * Gives the services the units and the days of the lines that they were made of, at the price that they have; somebody has to look at them
 * again.
 *
 * Returns: whether that is worked out
 */
gboolean
billing_service_changes_to_lines (BillingConnection  *connection,
                                  GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE temp.service_change AS c SET units = l.units, day = l.day, amount = l.units * s.price,"
                                 "   insurer_part = iif (s.billable AND s.payer_kind = 'insurance', l.units * s.price, 0), allowed = -1,"
                                 "   answered_on = NULL, reviewed_at = 0, reviewed_by = NULL,"
                                 "   refusal = coalesce (" OBSTACLE ("s.removed_at > 0") ","
                                 "     iif (s.price > 0 AND l.units > " MAX_AMOUNT " / s.price, 'too-much', NULL))"
                                 " FROM temp.service_line l JOIN services s ON s.pk = l.service_pk WHERE s.pk = c.pk", "");
}

/* --- done ------------------------------------------------------------------------------------- */

/* What differs of @one from @other, as the audit writes it. */
static char *
build_description (const char *one,
                   const char *other)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (sql, " || iif (%s.%s IS %s.%s, '', ',\"%s\":' || json_quote (%s.%s))", one, columns[i].column, other,
                            columns[i].column, columns[i].property, one, columns[i].column);

  return g_strdup_printf ("'{' || substr (''%s, 2) || '}'", sql->str);
}

static gboolean
write_audit (BillingConnection         *connection,
             const BillingServiceDeed  *deed,
             GError                   **error)
{
  g_autofree char *before = build_description ("s", "c");
  g_autofree char *after = build_description ("c", "s");
  g_autofree char *sql = g_strdup_printf ("INSERT INTO audit (at, person, verb, subject_id, before, after, reason)"
                                          " SELECT ?, ?, ?, s.id, %s, %s, ? FROM temp.service_change c JOIN services s USING (pk)"
                                          " WHERE c.refusal IS NULL ORDER BY pk", before, after);

  return billing_connection_run (connection, error, sql, "ittt", deed->at, deed->account,
                                 billing_enum_nick (BILLING_TYPE_VERB, deed->verb), deed->reason);
}

/* What the insurers owe follows: the source names the revision that the service is about to have. */
static gboolean
post_moves (BillingConnection         *connection,
            const BillingServiceDeed  *deed,
            const char                *act,
            const char                *comparison,
            int                        sign,
            GError                   **error)
{
  g_autofree char *heads = g_strdup_printf ("INSERT INTO transactions (at, day, act, person, patient_id, reason, source)"
                                            " SELECT ?, ?, ?, ?, s.patient_id, ?, s.id || ':%s:' || (s.revision + 1)"
                                            " FROM temp.service_change c JOIN services s USING (pk)"
                                            " WHERE c.refusal IS NULL AND c.insurer_part %s s.insurer_part ORDER BY pk", act, comparison);
  g_autofree char *postings = g_strdup_printf ("INSERT INTO postings (transaction_pk, account, currency, amount)"
                                               " SELECT t.pk, a.account, s.currency, a.sign * (c.insurer_part - s.insurer_part)"
                                               " FROM temp.service_change c JOIN services s USING (pk)"
                                               " CROSS JOIN transactions t ON t.source = s.id || ':%s:' || (s.revision + 1)"
                                               " CROSS JOIN (SELECT 'insurer-receivable' AS account, 1 AS sign"
                                               "   UNION ALL SELECT 'asked', -1) a"
                                               " WHERE c.refusal IS NULL AND c.insurer_part %s s.insurer_part"
                                               " ORDER BY t.pk, a.sign * %d DESC", act, comparison, sign);

  return billing_connection_run (connection, error, heads, "itttt", deed->at, deed->day, act, deed->account, deed->reason) &&
         billing_connection_run (connection, error, postings, "");
}

/* Answers that were about what is no longer so; none of them moved money. */
static gboolean
take_answers_back (BillingConnection         *connection,
                   const BillingServiceDeed  *deed,
                   GError                   **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE insurer_answers SET taken_back_at = ?, revision = revision + 1 WHERE taken_back_at = 0"
                                 " AND service_id IN (SELECT s.id FROM temp.service_change c JOIN services s USING (pk)"
                                 "   WHERE c.refusal IS NULL AND s.answered_on IS NOT NULL AND c.answered_on IS NULL)", "i", deed->at);
}

static gboolean
write_services (BillingConnection  *connection,
                GError            **error)
{
  g_autofree char *settings = list_columns ("", " = c.", "");
  g_autofree char *sql = g_strdup_printf ("UPDATE services SET revision = revision + 1%s FROM temp.service_change c"
                                          " WHERE services.pk = c.pk AND c.refusal IS NULL", settings);

  return billing_connection_run (connection, error, sql, "");
}

/**
 * billing_service_changes_apply:
 * @connection: inside a writing transaction, after the changes were worked out
 * @deed: who does it
 * @error: return location for a #BillingStoreError
 *
 * Does what was worked out, but for what was refused: ledger, audit and services.
 *
 * Returns: whether all of it was written
 */
gboolean
billing_service_changes_apply (BillingConnection         *connection,
                               const BillingServiceDeed  *deed,
                               GError                   **error)
{
  return write_audit (connection, deed, error) &&
         post_moves (connection, deed, "insure", ">", 1, error) &&
         post_moves (connection, deed, "insurer-transfer", "<", -1, error) &&
         take_answers_back (connection, deed, error) && write_services (connection, error);
}

/**
 * billing_service_changes_insure_new:
 * @connection: inside a writing transaction
 * @deed: who made services
 * @after_pk: the last service before them
 * @error: return location for a #BillingStoreError
 *
 * Asks the insurers of services that were made together for what is theirs of them.
 *
 * Returns: whether it is posted
 */
gboolean
billing_service_changes_insure_new (BillingConnection         *connection,
                                    const BillingServiceDeed  *deed,
                                    gint64                     after_pk,
                                    GError                   **error)
{
  return billing_connection_run (connection, error,
                                 "INSERT INTO transactions (at, day, act, person, patient_id, reason, source)"
                                 " SELECT ?, ?, 'insure', ?, patient_id, ?, id || ':insure:1' FROM services"
                                 " WHERE pk > ? AND insurer_part > 0 ORDER BY pk", "ittti", deed->at, deed->day, deed->account,
                                 deed->reason, after_pk) &&
         billing_connection_run (connection, error,
                                 "INSERT INTO postings (transaction_pk, account, currency, amount)"
                                 " SELECT t.pk, a.account, s.currency, a.sign * s.insurer_part FROM services s"
                                 " CROSS JOIN transactions t ON t.source = s.id || ':insure:1'"
                                 " CROSS JOIN (SELECT 'insurer-receivable' AS account, 1 AS sign UNION ALL SELECT 'asked', -1) a"
                                 " WHERE s.pk > ? AND s.insurer_part > 0 ORDER BY t.pk, a.sign DESC", "i", after_pk);
}

/* --- shown ------------------------------------------------------------------------------------ */

#define SHOWN \
  "SELECT c.pk, s.number, p.name, s.day, s.name, s.currency, s.units, o.name, c.new_rate, s.payer, c.payer, s.price, c.price, s.amount," \
  " c.amount, s.insurer_part, c.insurer_part, c.refusal, i.number" \
  " FROM temp.service_change c JOIN services s USING (pk) JOIN patients p ON p.id = s.patient_id" \
  " LEFT JOIN rates o ON o.id = s.rate_id LEFT JOIN invoices i ON i.id = s.invoice_id"

static BillingServiceChange *
read_change (BillingStatement *statement)
{
  BillingServiceChange *change = billing_service_change_new ();

  billing_record_set_pk (BILLING_RECORD (change), billing_statement_get_integer (statement, 0));
  change->number = g_strdup (billing_statement_get_text (statement, 1));
  change->patient_name = g_strdup (billing_statement_get_text (statement, 2));
  change->day = g_strdup (billing_statement_get_text (statement, 3));
  change->name = g_strdup (billing_statement_get_text (statement, 4));
  change->currency = g_strdup (billing_statement_get_text (statement, 5));
  change->units = billing_statement_get_integer (statement, 6);
  change->rate = g_strdup (billing_statement_get_text (statement, 7));
  change->new_rate = g_strdup (billing_statement_get_text (statement, 8));
  change->payer = g_strdup (billing_statement_get_text (statement, 9));
  change->new_payer = g_strdup (billing_statement_get_text (statement, 10));
  change->price = billing_statement_get_integer (statement, 11);
  change->new_price = billing_statement_get_integer (statement, 12);
  change->amount = billing_statement_get_integer (statement, 13);
  change->new_amount = billing_statement_get_integer (statement, 14);
  change->insurer_part = billing_statement_get_integer (statement, 15);
  change->new_insurer_part = billing_statement_get_integer (statement, 16);
  change->patient_part = change->amount - change->insurer_part;
  change->new_patient_part = change->new_amount - change->new_insurer_part;
  change->refusal = g_strdup (billing_statement_get_text (statement, 17));
  change->invoice = g_strdup (billing_statement_get_text (statement, 18));
  return change;
}

/**
 * billing_service_changes_list:
 * @connection: after the changes were worked out
 * @limit: how many; -1: all
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingServiceChange): before and after of each; those that stay as they are come first
 */
GPtrArray *
billing_service_changes_list (BillingConnection  *connection,
                              gint64              limit,
                              GError            **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (connection, SHOWN " ORDER BY ifnull (c.refusal, 'same') = 'same', c.refusal IS NOT NULL, c.pk LIMIT ?",
                                error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_integer (statement, 1, limit);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&changes);
      g_ptr_array_add (changes, read_change (statement));
    }

  return NULL;
}

/**
 * billing_service_changes_get_first:
 * @connection: after the changes were worked out
 * @is_refused: of those that stay as they are; or of those that change
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the first of them; %NULL without @error: there is none
 */
BillingServiceChange *
billing_service_changes_get_first (BillingConnection  *connection,
                                   gboolean            is_refused,
                                   GError            **error)
{
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (connection, SHOWN " WHERE (c.refusal IS NOT NULL) = ? ORDER BY c.refusal = 'same', c.pk LIMIT 1", error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_integer (statement, 1, is_refused);
  return billing_statement_step (statement, &row, error) && row ? read_change (statement) : NULL;
}

/**
 * billing_service_changes_sum:
 * @connection: after the changes were worked out
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what they come to
 */
BillingServiceChangeSums *
billing_service_changes_sum (BillingConnection  *connection,
                             GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT count (*), count (*) FILTER (WHERE c.refusal IS NULL), count (*) FILTER (WHERE c.refusal = 'same'),"
    " ifnull (sum (s.amount) FILTER (WHERE c.refusal IS NULL), 0), ifnull (sum (c.amount) FILTER (WHERE c.refusal IS NULL), 0),"
    " ifnull (sum (s.insurer_part) FILTER (WHERE c.refusal IS NULL), 0),"
    " ifnull (sum (c.insurer_part) FILTER (WHERE c.refusal IS NULL), 0),"
    " iif (min (s.currency) FILTER (WHERE c.refusal IS NULL) = max (s.currency) FILTER (WHERE c.refusal IS NULL),"
    "   min (s.currency) FILTER (WHERE c.refusal IS NULL), NULL)"
    " FROM temp.service_change c JOIN services s USING (pk)", error);
  g_autoptr (BillingServiceChangeSums) sums = NULL;
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return NULL;

  sums = g_new0 (BillingServiceChangeSums, 1);
  sums->n = billing_statement_get_integer (statement, 0);
  sums->n_changed = billing_statement_get_integer (statement, 1);
  sums->n_same = billing_statement_get_integer (statement, 2);
  sums->n_refused = sums->n - sums->n_changed - sums->n_same;
  sums->amount = billing_statement_get_integer (statement, 3);
  sums->new_amount = billing_statement_get_integer (statement, 4);
  sums->insurer_part = billing_statement_get_integer (statement, 5);
  sums->new_insurer_part = billing_statement_get_integer (statement, 6);
  sums->patient_part = sums->amount - sums->insurer_part;
  sums->new_patient_part = sums->new_amount - sums->new_insurer_part;
  sums->currency = g_strdup (billing_statement_get_text (statement, 7));
  return g_steal_pointer (&sums);
}

void
billing_service_change_sums_free (BillingServiceChangeSums *sums)
{
  g_free (sums->currency);
  g_free (sums);
}

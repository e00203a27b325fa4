/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-service-make"

#include "config.h"

#include "billing-service-make.h"

#include "billing-audit.h"
#include "billing-enums.h"
#include "billing-rate-store.h"
#include "billing-selection.h"
#include "billing-service-store.h"

/*
 * Services made of what was done in treatments. A line is a code of a treatment: imports keep one row for each, write a later version into it,
 * and delete it where the treatment no longer has it. So treatment, system and code together name a line for good, and each line makes one
 * service.
 */

#define SOURCE "t.id || ':' || c.system || ':' || c.code"

/* FHIR's words for encounters and appointments that did not take place, or not yet; tables have words of their own. */
#define HAPPENED \
  "lower (t.state) NOT IN ('cancelled', 'canceled', 'entered-in-error', 'planned', 'proposed', 'pending', 'booked', 'waitlist'," \
  " 'noshow', 'no-show', 'no show')"

/* A rate of the practice's own codes bills a code of whatever system. */
#define RATE_OF(kind) \
  "(SELECT r.id FROM rates r WHERE r.code = c.code AND r.payer_kind = '" kind "' AND NOT r.retired" \
  " AND (r.code_system = c.system COLLATE NOCASE OR r.code_system = 'own') ORDER BY r.code_system = 'own', r.pk LIMIT 1)"

#define LINE_GONE \
  "NOT EXISTS (SELECT 1 FROM treatments t JOIN treatment_codes c ON c.treatment_id = t.id" \
  " WHERE t.id = s.treatment_id AND t.patient_id = s.patient_id AND " HAPPENED " AND " SOURCE " = s.source)"

/* Where a treatment was is known later, or differently; nothing else follows from it. */
#define FOLLOW_PLACE \
  "UPDATE services SET revision = services.revision + 1, location_id = t.location_id FROM treatments t" \
  " WHERE t.id = treatment_id AND t.location_id IS NOT services.location_id"

/* The patient was asked for it already, by a payment that somebody made for the treatment itself: a second time would be once too often. A
 * pre-payment is taken off its invoice. Who names the treatment means it. */
#define ASKED_ALREADY \
  "EXISTS (SELECT 1 FROM payments p WHERE p.treatment_id = t.id AND p.invoice_id IS NULL" \
  " AND p.payment_type <> 'treatment-pre-payment' AND p.status NOT IN ('cancelled', 'voided'))"

/* Lines that are new, or that may say something else than their services. Of what no rate bills there may be very much. */
static const char * const reading[] = {
  FOLLOW_PLACE,
  "CREATE TEMP TABLE IF NOT EXISTS service_line (source TEXT PRIMARY KEY, treatment_id TEXT, patient_id TEXT, location_id TEXT,"
  " day TEXT, system TEXT, code TEXT, units INTEGER, service_pk INTEGER, payer TEXT, rate_id TEXT, price INTEGER) WITHOUT ROWID",
  "DELETE FROM temp.service_line",
  "INSERT INTO temp.service_line (source, treatment_id, patient_id, location_id, day, system, code, units, service_pk)"
  " SELECT " SOURCE ", t.id, t.patient_id, t.location_id, t.day, c.system, c.code, max (c.units, 1), s.pk"
  " FROM treatments t CROSS JOIN treatment_codes c ON c.treatment_id = t.id LEFT JOIN services s ON s.source = " SOURCE
  " WHERE " HAPPENED " AND (?1 = 0 OR t.pk IN (SELECT pk FROM temp.service_scope))"
  "   AND iif (s.pk IS NULL, c.code IN (SELECT code FROM rates WHERE NOT retired) AND (?1 <> 0 OR NOT " ASKED_ALREADY "),"
  "            s.removed_at = 0 AND (s.units <> max (c.units, 1) OR s.day <> t.day))"
  " ON CONFLICT DO UPDATE SET units = units + excluded.units",
  "DELETE FROM temp.service_line WHERE service_pk IN (SELECT s.pk FROM services s WHERE s.pk = service_pk"
  " AND s.units = service_line.units AND s.day = service_line.day)",
  NULL,
};

/* By which rate each new line is billed, and at which price. */
static const char * const pricing[] = {
  "UPDATE temp.service_line SET payer = " BILLING_SERVICE_PAYER ("service_line.patient_id", "service_line.day")
  " WHERE service_pk IS NULL",
  "UPDATE temp.service_line AS c SET rate_id = coalesce (iif (c.payer IS NULL, NULL, " RATE_OF ("insurance") "), "
  RATE_OF ("self-pay") ") WHERE service_pk IS NULL",
  "UPDATE temp.service_line SET payer = NULL WHERE service_pk IS NULL"
  " AND rate_id IN (SELECT id FROM rates WHERE payer_kind = 'self-pay')",
  "UPDATE temp.service_line SET price = " BILLING_RATE_PRICE ("service_line.rate_id", "service_line.day", "service_line.payer")
  " WHERE rate_id IS NOT NULL",
  "DELETE FROM temp.service_line WHERE service_pk IS NULL AND (price IS NULL OR price > 0 AND units > "
  G_STRINGIFY (BILLING_SERVICE_MAX_AMOUNT) " / price)",
  NULL,
};

/* All of them at once, with numbers in the order of their days. */
static const char * const making_statements[] = {
  "INSERT INTO sequences VALUES ('svc', 0), ('SVC', 0) ON CONFLICT DO NOTHING",
  "INSERT INTO services (id, number, patient_id, treatment_id, location_id, source, rate_id, day, code_system, code, name, units, price,"
  "   amount, currency, billable, rate_invoiced, payer_kind, payer, insurer_part, created_at, patient_key)"
  " SELECT 'svc_' || (SELECT desk FROM practice) || ((SELECT next FROM sequences WHERE name = 'svc') + l.n),"
  "   printf ('SVC-%03d', (SELECT next FROM sequences WHERE name = 'SVC') + l.n),"
  "   l.patient_id, l.treatment_id, l.location_id, l.source, r.id, l.day, l.system, l.code, r.name, l.units, l.price,"
  "   l.units * l.price, r.currency, r.billable, r.invoiced, r.payer_kind, l.payer,"
  "   iif (r.billable AND r.payer_kind = 'insurance', l.units * l.price, 0), ?1, p.sort_key"
  " FROM (SELECT *, row_number () OVER (ORDER BY day, source) AS n FROM temp.service_line WHERE service_pk IS NULL) l"
  "   JOIN rates r ON r.id = l.rate_id JOIN patients p ON p.id = l.patient_id ORDER BY l.n",
  "UPDATE sequences SET next = next + (SELECT count (*) FROM temp.service_line WHERE service_pk IS NULL) WHERE name IN ('svc', 'SVC')",
  NULL,
};

static gboolean
run_all (BillingConnection   *connection,
         const char * const  *statements,
         gint64               value,
         GCancellable        *cancellable,
         GError             **error)
{
  for (guint i = 0; statements[i] != NULL; i++)
    {
      gboolean has_value = strstr (statements[i], "?1") != NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !billing_connection_run (connection, error, statements[i], has_value ? "i" : "", value))
        return FALSE;
    }

  return TRUE;
}

/* The selection is read into a table of its own, since services are selected later. */
static gboolean
keep_scope (BillingConnection  *connection,
            gboolean            is_of_selection,
            GError            **error)
{
  return billing_connection_execute (connection, "CREATE TEMP TABLE IF NOT EXISTS service_scope (pk INTEGER PRIMARY KEY);"
                                                 "CREATE TEMP TABLE IF NOT EXISTS selection (pk INTEGER PRIMARY KEY);"
                                                 "DELETE FROM temp.service_scope;", error) &&
         (!is_of_selection ||
          billing_connection_run (connection, error, "INSERT INTO temp.service_scope SELECT pk FROM temp.selection", ""));
}

static gboolean
select_services (BillingConnection  *connection,
                 const char         *sql,
                 gint64              value,
                 GError            **error)
{
  return billing_connection_execute (connection, "DELETE FROM temp.selection", error) &&
         billing_connection_run (connection, error, sql, strstr (sql, "?1") != NULL ? "i" : "", value) &&
         billing_service_changes_begin (connection, error);
}

/* What was removed by a person stays so, and is nobody's business. */
static gboolean
count_kept (BillingConnection     *connection,
            gint64                *n_done,
            BillingServiceMaking  *making,
            GError               **error)
{
  gint64 n_kept;

  if (!billing_connection_get_integer (connection, n_done, error,
                                       "SELECT count (*) FROM temp.service_change WHERE refusal IS NULL", "") ||
      !billing_connection_get_integer (connection, &n_kept, error,
                                       "SELECT count (*) FROM temp.service_change WHERE refusal <> 'removed'", ""))
    return FALSE;

  making->n_kept += n_kept;
  return TRUE;
}

/* The price stays what it was when the service was made; whoever looked at it looked at something else. */
static gboolean
change_services (BillingConnection         *connection,
                 const BillingServiceDeed  *deed,
                 BillingServiceMaking      *making,
                 GError                   **error)
{
  return select_services (connection, "INSERT INTO temp.selection SELECT service_pk FROM temp.service_line WHERE service_pk IS NOT NULL",
                          0, error) &&
         billing_service_changes_to_lines (connection, error) && count_kept (connection, &making->n_changed, making, error) &&
         billing_service_changes_apply (connection, deed, error);
}

/* A line that comes back makes a new service. */
static gboolean
remove_services (BillingConnection         *connection,
                 const BillingServiceDeed  *deed,
                 gboolean                   is_of_selection,
                 BillingServiceMaking      *making,
                 GError                   **error)
{
  return select_services (connection, "INSERT INTO temp.selection SELECT s.pk FROM services s WHERE s.source IS NOT NULL"
                                      " AND s.removed_at = 0 AND (?1 = 0 OR s.treatment_id IN (SELECT id FROM treatments"
                                      "   WHERE pk IN (SELECT pk FROM temp.service_scope))) AND " LINE_GONE, is_of_selection, error) &&
         billing_service_changes_remove (connection, deed->at, error) &&
         count_kept (connection, &making->n_removed, making, error) && billing_service_changes_apply (connection, deed, error) &&
         billing_connection_run (connection, error, "UPDATE services SET source = NULL WHERE pk IN"
                                 " (SELECT pk FROM temp.service_change WHERE refusal IS NULL)", "");
}

static gboolean
make_services (BillingConnection         *connection,
               const BillingServiceDeed  *deed,
               GCancellable              *cancellable,
               BillingServiceMaking      *making,
               GError                   **error)
{
  gint64 last;

  return billing_connection_get_integer (connection, &last, error, "SELECT ifnull (max (pk), 0) FROM services", "") &&
         run_all (connection, making_statements, deed->at, cancellable, error) &&
         billing_connection_get_integer (connection, &making->n_made, error, "SELECT count (*) FROM services WHERE pk > ?", "i",
                                         last) &&
         billing_service_changes_insure_new (connection, deed, last, error) &&
         billing_audit_write_made (connection, deed->at, deed->account, deed->verb, BILLING_TYPE_SERVICE, last, deed->reason, error);
}

/* What it did in all stands in the audit once, beside what it did to each. */
static gboolean
audit_making (BillingConnection           *connection,
              const BillingServiceDeed    *deed,
              const BillingServiceMaking  *making,
              GError                     **error)
{
  return billing_connection_run (connection, error,
                                 "INSERT INTO audit (at, person, verb, after, reason)"
                                 " VALUES (?, ?, ?, json_object ('made', ?, 'changed', ?, 'removed', ?, 'kept', ?), ?)", "ittiiiit",
                                 deed->at, deed->account, billing_enum_nick (BILLING_TYPE_VERB, deed->verb), making->n_made,
                                 making->n_changed, making->n_removed, making->n_kept, deed->reason);
}

static gboolean
tell (gint          *progress,
      int            per_mille,
      GCancellable  *cancellable,
      GError       **error)
{
  if (progress != NULL)
    g_atomic_int_set (progress, per_mille);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/**
 * billing_service_has_rates:
 * @connection: inside a transaction
 * @has: (out): whether there is anything to bill by
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_service_has_rates (BillingConnection  *connection,
                           gboolean           *has,
                           GError            **error)
{
  gint64 value;

  if (!billing_connection_get_integer (connection, &value, error, "SELECT EXISTS (SELECT 1 FROM rates)", ""))
    return FALSE;

  *has = value != 0;
  return TRUE;
}

/**
 * billing_service_make:
 * @connection: inside a writing transaction
 * @deed: who makes them
 * @is_of_selection: whether only of the treatments of the selection; or of all
 * @progress: (nullable): per mille that is done
 * @cancellable: (nullable): what stops it between its parts
 * @making: (out caller-allocates): what became of the lines
 * @error: return location for a #BillingStoreError
 *
 * Makes a service of every line of every treatment that took place and that a rate bills: by that for insurance where the patient had an
 * active coverage on the day, else by that for self-pay. Of all treatments, those are left out for which the patient was asked already by a
 * payment that belongs to no invoice, but for pre-payments. What was made before follows its line, where it is neither invoiced nor answered.
 *
 * Returns: whether all of it is written
 */
gboolean
billing_service_make (BillingConnection         *connection,
                      const BillingServiceDeed  *deed,
                      gboolean                   is_of_selection,
                      gint                      *progress,
                      GCancellable              *cancellable,
                      BillingServiceMaking      *making,
                      GError                   **error)
{
  *making = (BillingServiceMaking) { 0, };

  return keep_scope (connection, is_of_selection, error) &&
         remove_services (connection, deed, is_of_selection, making, error) && tell (progress, 200, cancellable, error) &&
         run_all (connection, reading, is_of_selection, cancellable, error) && tell (progress, 400, cancellable, error) &&
         change_services (connection, deed, making, error) && tell (progress, 500, cancellable, error) &&
         run_all (connection, pricing, 0, cancellable, error) && tell (progress, 650, cancellable, error) &&
         make_services (connection, deed, cancellable, making, error) && audit_making (connection, deed, making, error) &&
         tell (progress, 1000, cancellable, error);
}

/* --- what was not made ------------------------------------------------------------------------ */

#define UNBILLED \
  "WITH missing AS MATERIALIZED (SELECT c.system, c.code, max (c.display) AS name, count (DISTINCT t.id) AS n, min (t.day) AS first" \
  "   FROM treatments t CROSS JOIN treatment_codes c ON c.treatment_id = t.id" \
  "   WHERE " HAPPENED " AND NOT EXISTS (SELECT 1 FROM services s WHERE s.source = " SOURCE ") AND NOT " ASKED_ALREADY \
  "   GROUP BY c.system, c.code)" \
  " SELECT c.system, c.code, c.name, c.n, CASE WHEN coalesce (" RATE_OF ("self-pay") ", " RATE_OF ("insurance") ") IS NULL THEN 'no-rate'" \
  "   WHEN coalesce (" BILLING_RATE_PRICE (RATE_OF ("self-pay"), "c.first", "NULL") ", " \
        BILLING_RATE_PRICE (RATE_OF ("insurance"), "c.first", "NULL") ") IS NULL THEN 'no-price' ELSE 'waiting' END" \
  " FROM missing c ORDER BY 5, c.n DESC, c.code"

/**
 * billing_service_list_unbilled:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingUnbilledCode): the codes of treatments of which no service was made, the most
 *   frequent first
 */
GPtrArray *
billing_service_list_unbilled (BillingConnection  *connection,
                               GError            **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, UNBILLED, error);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      BillingUnbilledCode *code;

      if (!row)
        return g_steal_pointer (&codes);

      code = billing_unbilled_code_new ();
      code->code_system = g_strdup (billing_statement_get_text (statement, 0));
      code->code = g_strdup (billing_statement_get_text (statement, 1));
      code->name = g_strdup (billing_statement_get_text (statement, 2));
      code->n = billing_statement_get_integer (statement, 3);
      code->reason = g_strdup (billing_statement_get_text (statement, 4));
      g_ptr_array_add (codes, code);
    }

  return NULL;
}

/**
 * billing_service_list_kept:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type utf8): numbers of the services that are invoiced or answered, though their lines say
 *   something else by now, or are gone
 */
GPtrArray *
billing_service_list_kept (BillingConnection  *connection,
                           GError            **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT s.number FROM services s WHERE s.source IS NOT NULL AND s.removed_at = 0 AND (" LINE_GONE
    " OR s.units <> (SELECT sum (max (c.units, 1)) FROM treatments t JOIN treatment_codes c ON c.treatment_id = t.id"
    "   WHERE t.id = s.treatment_id AND " SOURCE " = s.source)) ORDER BY s.pk", error);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&numbers);
      g_ptr_array_add (numbers, g_strdup (billing_statement_get_text (statement, 0)));
    }

  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list"

#include "config.h"

#include "billing-list.h"

#include <glib/gi18n-lib.h>

#include "billing-list-private.h"
#include "billing-table.h"

/*
 * A query becomes SQL here, and only here: lists, totals, exports and the command line all read by it.
 *
 * First come the rows' keys in order, from an index that covers filters and order (billing-list-plan.c), then the rows by their keys.
 */

/* What a refund is filtered by and only its payment knows; refunds are few. */
#define OF_PAYMENT(column) "(SELECT p." column " FROM payments p WHERE p.id = refunds.payment_id)"

/* What can no longer be answered comes after what can. */
#define BY_DEADLINE "iif (status LIKE '%needs_response' AND due_by > 0, due_by, 9000000000000 - created)"

/* What somebody has to do about a dispute, whatever Stripe calls it: of inquiries and appeals too. */
#define DISPUTE_STAGE \
  "CASE WHEN status LIKE '%needs_response' THEN 'needs-answer' WHEN status LIKE '%under_review' THEN 'under-review' ELSE 'closed' END"

/* A notification that holds, and that nobody has dealt with or put off. What was put off until a time is new again by then. */
#define NOTICE_OPEN "iif (ended_at = 0 AND state IN ('new', 'read'), 'open', NULL)"

static const BillingListKind kinds[] = {
  { .kind = "payments", .descending = TRUE, .amount = "amount", .status = "status_rank",
    .location = "location_id", .patient = "patient_id", .treatment = "treatment_id", .subject = "treatment_id",
    .instant = "created_at", .then = "created_at", .due = "due_on", .paid = "paid_on", .tender = "tender",
    .search = BILLING_SEARCH_OF_PATIENT,
    .sorts = { { "created", "created_at", "payments_by_created" }, { "amount", "amount", "payments_by_amount" },
               { "due", "due_on", "payments_by_due" }, { "status", "status_rank", "payments_by_status" },
               { "patient", "patient_key", "payments_by_patient_name" }, { "number", "pk", NULL } } },
  { .kind = "treatments", .descending = TRUE, .amount = "charges", .location = "location_id",
    .patient = "patient_id", .instant = "starts_at", .search = BILLING_SEARCH_OF_PATIENT,
    .sorts = { { "date", "starts_at", "treatments_by_start" }, { "charges", "charges", "treatments_by_charges" },
               { "number", "pk", "treatments_by_number" } } },
  { .kind = "patients", .status = "merged_into", .location = "location_id", .instant = "created_at", .search = BILLING_SEARCH_PATIENTS,
    .sorts = { { "name", "sort_key", "patients_by_name" }, { "birth-date", "birth_date", "patients_by_birth_date" },
               { "created", "created_at", "patients_by_created" }, { "number", "pk", NULL } } },
  { .kind = "locations", .sorts = { { "name", "name", "locations_by_name" } } },
  { .kind = "physicians", .sorts = { { "name", "name", "physicians_by_name" } } },
  { .kind = "people", .sorts = { { "account", "account", NULL } } },
  { .kind = "practice", .sorts = { { "number", "pk", NULL } } },
  { .kind = "refunds", .descending = TRUE, .amount = "amount", .status = "state", .location = OF_PAYMENT ("location_id"),
    .patient = OF_PAYMENT ("patient_id"), .treatment = OF_PAYMENT ("treatment_id"), .subject = "payment_id",
    .instant = "created_at", .paid = "refunded_on", .tender = "tender", .reason = "reason",
    .sorts = { { "created", "pk", NULL }, { "amount", "amount", NULL } } },
  { .kind = "attempts", .descending = TRUE, .amount = "amount", .status = "state", .subject = "payment_id",
    .instant = "at", .sorts = { { "created", "pk", NULL } } },
  { .kind = "notes", .descending = TRUE, .subject = "subject_id", .instant = "created_at",
    .sorts = { { "created", "pk", NULL } } },
  { .kind = "documents", .descending = TRUE, .subject = "subject_id", .instant = "created_at",
    .status = "iif (removed_at = 0, 'kept', 'removed')",
    .sorts = { { "created", "pk", NULL }, { "name", "name", NULL } } },
  { .kind = "eligibility_checks", .descending = TRUE, .status = "status", .patient = "patient_id",
    .subject = "patient_id", .day = "checked_on", .sorts = { { "date", "checked_on", NULL } } },
  { .kind = "benefits", .subject = "check_id", .sorts = { { "number", "pk", NULL } } },
  { .kind = "coverages", .status = "status", .patient = "patient_id", .subject = "patient_id",
    .sorts = { { "precedence", "precedence", NULL } } },
  { .kind = "treatment_codes", .subject = "treatment_id", .sorts = { { "number", "pk", NULL } } },
  { .kind = "outbox", .status = "state", .subject = "subject_id", .instant = "created_at",
    .sorts = { { "created", "pk", NULL } } },
  { .kind = "charges", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .method = "method",
    .besides = "(SELECT s.status FROM mirror.stripe_payments s WHERE s.charge = charges.id)",
    .instant = "created", .then = "created", .sorts = { { "created", "created", "charges_by_created" },
                                  { "amount", "amount", "charges_by_amount" } } },
  { .kind = "stripe_payments", .descending = TRUE, .search = BILLING_SEARCH_STRIPE_PAYMENT, .amount = "amount", .status = "status",
    .method = "method", .patient = "(SELECT v.patient_id FROM stripe_payments_view v WHERE v.pk = stripe_payments.pk)",
    .instant = "created", .then = "created", .sorts = { { "created", "created", "stripe_payments_by_created" },
                                                        { "amount", "amount", "stripe_payments_by_amount" } } },
  { .kind = "payment_intents", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .instant = "created",
    .sorts = { { "created", "created", "payment_intents_by_created" } } },
  { .kind = "stripe_refunds", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .instant = "created",
    .sorts = { { "created", "created", "stripe_refunds_by_created" } } },
  { .kind = "payouts", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .instant = "created",
    .sorts = { { "created", "created", "payouts_by_created" }, { "amount", "amount", NULL }, { "arrives", "arrival_date", NULL } } },
  { .kind = "disputes", .descending = TRUE, .search = BILLING_SEARCH_DISPUTE, .amount = "amount", .status = "status", .subject = "charge",
    .besides = DISPUTE_STAGE,
    .instant = "created", .sorts = { { "created", "created", "disputes_by_created" }, { "due", BY_DEADLINE, NULL },
                                     { "amount", "amount", NULL } } },
  { .kind = "balance_transactions", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "type", .subject = "source",
    .payout = "id", .instant = "created", .sorts = { { "created", "created", "balance_transactions_by_created" } } },
  { .kind = "customers", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .instant = "created",
    .sorts = { { "created", "created", "customers_by_created" } } },
  { .kind = "events", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .status = "type", .subject = "object_id", .instant = "created",
    .sorts = { { "created", "created", "events_by_created" } } },
  { .kind = "tax_registrations", .status = "status", .search = BILLING_SEARCH_STRIPE, .instant = "created",
    .sorts = { { "country", "country", NULL }, { "created", "created", NULL } } },
  { .kind = "tax_settings", .from_view = TRUE, .sorts = { { "number", "pk", NULL } } },
  { .kind = "tax_codes", .sorts = { { "number", "pk", NULL } } },
  /* The most urgent first, then the nearest deadline, then the newest: in one number, so that both directions have an order. */
  { .kind = "notices", .descending = TRUE, .search = BILLING_SEARCH_NOTICE, .status = "iif (ended_at > 0, 'ended', state)", .besides = NOTICE_OPEN,
    .subject = "subject", .instant = "created_at", .then = "created_at",
    .sorts = { { "urgency", "(urgent << 62) + iif (due_at = 0, 0, 4611686018427387903 - due_at)", NULL },
               { "created", "created_at", "notices_by_created" }, { "due", "due_at", NULL } } },
  { .kind = "dispute_answers", .status = "state", .subject = "dispute_id", .sorts = { { "created", "pk", NULL } } },
  { .kind = "dispute_files", .subject = "dispute_id", .sorts = { { "created", "pk", NULL } } },
  { .kind = "rates", .status = "iif (retired, 'retired', 'current')", .besides = "payer_kind", .search = BILLING_SEARCH_RATE, .instant = "created_at",
    .sorts = { { "name", "name", "rates_by_name" }, { "code", "code", NULL }, { "number", "pk", NULL } } },
  { .kind = "rate_prices", .descending = TRUE, .amount = "amount", .subject = "rate_id", .sorts = { { "from", "from_on", NULL } } },
  { .kind = "day_closes", .descending = TRUE, .from_view = TRUE, .amount = "counted", .day = "day",
    .status = "iif (reopened_at > 0, 'reopened', iif (closed_at > 0, 'closed', 'counted'))",
    .sorts = { { "date", "day", NULL } } },
  { .kind = "day_totals", .descending = TRUE, .from_view = TRUE, .amount = "amount", .subject = "close_id", .day = "day",
    .sorts = { { "date", "day", NULL } } },
  { .kind = "services", .descending = TRUE, .amount = "patient_part", .status = "state", .location = "location_id",
    .patient = "patient_id", .treatment = "treatment_id", .subject = "treatment_id", .day = "day", .then = "day", .rate = "rate_id",
    .payer = "payer", .reviewed = "reviewed_at > 0", .search = BILLING_SEARCH_OF_PATIENT,
    .sorts = { { "date", "day", "services_by_day" }, { "patient", "patient_key", "services_by_patient_name" },
               { "amount", "patient_part", NULL }, { "number", "pk", NULL } } },
  { .kind = "insurer_answers", .descending = TRUE, .amount = "paid", .subject = "service_id", .day = "day",
    .sorts = { { "date", "pk", NULL } } },
  { .kind = "invoices", .descending = TRUE, .amount = "balance", .status = "status", .patient = "patient_id", .subject = "patient_id",
    .day = "invoiced_on", .due = "due_on", .search = BILLING_SEARCH_OF_PATIENT,
    .sorts = { { "number", "pk", "invoices_by_number" }, { "invoiced", "invoiced_on", "invoices_by_invoiced" },
               { "due", "due_on", "invoices_by_due" }, { "patient", "patient_key", "invoices_by_patient_name" },
               { "amount", "amount", "invoices_by_amount" }, { "balance", "balance", "invoices_by_balance" },
               { "status", "status", "invoices_by_status" } } },
  { .kind = "invoice_lines", .amount = "amount", .subject = "invoice_id", .sorts = { { "number", "pk", NULL } } },
  { .kind = "remittances", .descending = TRUE, .amount = "amount", .status = "state", .payer = "payer", .day = "day",
    .sorts = { { "date", "day", "remittances_by_day" }, { "payer", "payer", "remittances_by_payer" },
               { "amount", "amount", "remittances_by_amount" }, { "number", "pk", NULL } } },
  { .kind = "remittance_lines", .amount = "paid", .status = "state", .subject = "remittance_id", .day = "day",
    .sorts = { { "number", "pk", NULL }, { "date", "day", NULL }, { "amount", "paid", NULL } } },
  { .kind = "estimates", .descending = TRUE, .amount = "estimated", .subject = "payment_id", .treatment = "treatment_id", .payer = "payer",
    .instant = "created_at", .sorts = { { "created", "pk", NULL }, { "amount", "estimated", NULL } } },
  { .kind = "prepayments", .amount = "amount", .subject = "invoice_id", .sorts = { { "number", "pk", NULL } } },
  { .kind = "messages", .descending = TRUE, .status = "state", .patient = "patient_id", .subject = "ifnull (invoice_id, payment_id)",
    .instant = "created_at", .search = BILLING_SEARCH_OF_PATIENT, .sorts = { { "created", "pk", NULL } } },
  { .kind = "templates", .sorts = { { "kind", "kind", NULL } } },
  { .kind = "links", .descending = TRUE, .amount = "amount", .status = "state", .subject = "payment_id",
    .instant = "created_at", .sorts = { { "created", "pk", NULL } } },
  { .kind = "late_money", .descending = TRUE, .amount = "amount", .status = "state", .subject = "payment_id",
    .patient = "patient_id", .instant = "created_at", .sorts = { { "created", "pk", NULL } } },
  { .kind = "audit", .descending = TRUE, .subject = "subject_id", .instant = "at",
    .sorts = { { "created", "pk", NULL } } },
  { .kind = "postings", .from_view = TRUE, .subject = "payment_id", .patient = "patient_id", .instant = "at",
    .sorts = { { "created", "pk", NULL } } },
  { .kind = "timeline", .from_view = TRUE, .descending = TRUE, .subject = "payment_id", .instant = "at",
    .sorts = { { "created", "at", NULL } } },
};

static const BillingListKind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i].kind, name) == 0)
        return &kinds[i];
    }

  return NULL;
}

static const BillingListSort *
find_sort (const BillingListKind *kind,
           const char            *name)
{
  if (name == NULL)
    return &kind->sorts[0];

  for (guint i = 0; kind->sorts[i].name != NULL; i++)
    {
      if (g_str_equal (kind->sorts[i].name, name))
        return &kind->sorts[i];
    }

  return NULL;
}

/**
 * billing_list_get_sorts:
 * @kind: what lists call a kind
 *
 * Returns: (transfer full) (array zero-terminated=1): the orders that it offers, the usual one first
 */
GStrv
billing_list_get_sorts (const char *kind)
{
  const BillingListKind *found = find_kind (kind);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; found != NULL && found->sorts[i].name != NULL; i++)
    g_ptr_array_add (names, g_strdup (found->sorts[i].name));
  g_ptr_array_add (names, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * billing_list_check:
 * @query: what somebody wants to see
 * @error: return location for %BILLING_STORE_ERROR_QUERY
 *
 * Returns: whether there is such a list, such an order, and whether its filters make sense
 */
gboolean
billing_list_check (BillingQuery  *query,
                    GError       **error)
{
  const BillingListKind *kind = find_kind (query->list);
  const char *name = query->list;

  if (kind == NULL)
    return _billing_list_refuse (error, _("There is no list of “%s”."), name != NULL ? name : "");

  if (find_sort (kind, query->sort) == NULL)
    {
      g_auto (GStrv) sorts = billing_list_get_sorts (name);
      g_autofree char *all = g_strjoinv (", ", sorts);

      return _billing_list_refuse (error, _("That list cannot be sorted by “%s”. It can by: %s."), query->sort, all);
    }

  return _billing_list_check_filters (kind, query, error);
}

static char *
build_order (const BillingListKind *kind,
             const BillingListSort *sort,
             BillingQuery          *query)
{
  const char *direction = query->descending != (query->sort == NULL && kind->descending) ? "DESC" : "ASC";
  g_autoptr (GString) order = g_string_new (NULL);

  g_string_append_printf (order, "%s %s", sort->column, direction);
  if (kind->then != NULL && !g_str_equal (sort->column, kind->then))
    g_string_append_printf (order, ", %s %s", kind->then, direction);
  g_string_append_printf (order, ", pk %s", direction);

  return g_string_free (g_steal_pointer (&order), FALSE);
}

/* Where all are wanted there must be no LIMIT at all: with one, SQLite sorts by inserting into a tree, which takes twice as long. */
static char *
build_limit (BillingQuery *query)
{
  if (query->limit < 0 && query->offset == 0)
    return g_strdup ("");

  return g_strdup_printf (" LIMIT %" G_GINT64_FORMAT " OFFSET %" G_GINT64_FORMAT, query->limit, query->offset);
}

/* Prepares what reads @columns of the rows of @query, perhaps into something @before it: in order, or in none where @is_ordered is not, perhaps
 * with an @ending of its own. */
static BillingStatement *
prepare (BillingConnection  *connection,
         BillingQuery       *query,
         const char         *before,
         const char         *columns,
         gboolean            is_ordered,
         const char         *ending,
         GError            **error)
{
  const BillingListKind *kind = find_kind (query->list);
  const BillingListSort *sort = find_sort (kind, query->sort);
  const char *source = kind->from_view
    ? billing_table_get_source (billing_table_get_type_of (kind->kind)) : kind->kind;
  g_autofree char *order = build_order (kind, sort, query);
  g_auto (BillingListWhere) where = BILLING_LIST_WHERE;
  g_autofree char *index = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *sql = NULL;
  gboolean is_selective;
  BillingStatement *statement;

  if (!_billing_list_add_filters (connection, kind, query, &where, error) ||
      !billing_list_search (connection, kind->search, kind->kind, query->search, query->limit >= 0, where.sql,
                            where.values, &is_selective, error))
    return NULL;

  index = _billing_list_choose_index (connection, kind, sort, query, is_selective);
  limit = build_limit (query);
  sql = g_strdup_printf ("%sSELECT %s FROM %s%s WHERE true%s%s%s%s%s", before, columns, source, index, where.sql->str,
                         is_ordered ? " ORDER BY " : "", is_ordered ? order : "", is_ordered ? limit : "",
                         ending != NULL ? ending : "");

  statement = billing_connection_prepare (connection, sql, error);
  for (guint i = 0; statement != NULL && i < where.values->len; i++)
    billing_statement_bind_text (statement, (int) i + 1, where.values->pdata[i]);

  return statement;
}

/**
 * billing_list_rows:
 * @connection: inside a transaction
 * @query: what to list
 * @error: return location for a #BillingStoreError
 *
 * Reads the rows of a query. Without a limit this is all of them: long lists are read by billing_list_listing() and
 * billing_table_fetch().
 *
 * Returns: (transfer full) (nullable) (element-type BillingRecord): the records
 */
GPtrArray *
billing_list_rows (BillingConnection  *connection,
                   BillingQuery       *query,
                   GError            **error)
{
  g_autoptr (BillingStatement) statement = NULL;
  g_autoptr (GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  if (!billing_list_check (query, error))
    return NULL;

  statement = prepare (connection, query, "", "pk", TRUE, NULL, error);
  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      gint64 pk;

      if (!row)
        return billing_table_fetch (connection, billing_table_get_type_of (query->list),
                                    (const gint64 *) (gpointer) pks->data, pks->len, error);
      pk = billing_statement_get_integer (statement, 0);
      g_array_append_val (pks, pk);
    }

  return NULL;
}

/**
 * billing_list_prepare_groups:
 * @connection: inside a transaction
 * @query: which rows
 * @columns: SQL of what is read of each group
 * @ending: SQL that groups them: ` GROUP BY …`
 * @error: return location for a #BillingStoreError
 *
 * For reports: they add up the rows that the list shows, and so say the same.
 *
 * Returns: (transfer full) (nullable): what reads the groups
 */
BillingStatement *
billing_list_prepare_groups (BillingConnection  *connection,
                             BillingQuery       *query,
                             const char         *columns,
                             const char         *ending,
                             GError            **error)
{
  if (!billing_list_check (query, error))
    return NULL;

  return prepare (connection, query, "", columns, FALSE, ending, error);
}

/**
 * billing_list_insert_pks:
 * @connection: inside a transaction
 * @query: which rows; all of them, in no order
 * @table: a table of one column
 * @error: return location for a #BillingStoreError
 *
 * For what is done to all that a list shows, at any number.
 *
 * Returns: whether the rows' keys are in the table
 */
gboolean
billing_list_insert_pks (BillingConnection  *connection,
                         BillingQuery       *query,
                         const char         *table,
                         GError            **error)
{
  g_autofree char *before = g_strdup_printf ("INSERT INTO %s ", table);
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;

  if (!billing_list_check (query, error))
    return FALSE;

  statement = prepare (connection, query, before, "pk", FALSE, NULL, error);
  return statement != NULL && billing_statement_step (statement, &row, error);
}

/* What was paid is not overdue. */
static gboolean
is_paid (BillingQuery *query)
{
  return query->paid_from != NULL || query->paid_to != NULL || (query->tender != NULL && *query->tender != '\0');
}

/* Of all payments, those overdue are sooner counted among what is open than by looking at the status and the day of each. */
static gboolean
counts_overdue_apart (const BillingListKind *kind,
                      BillingQuery          *query)
{
  return g_str_equal (kind->kind, "payments") && !query->overdue && !is_paid (query) && query->limit < 0 && query->offset == 0 &&
         (query->status == NULL || *query->status == '\0') && (query->search == NULL || *query->search == '\0') &&
         query->patient == NULL && query->subject == NULL;
}

static gboolean
count_overdue (BillingConnection  *connection,
               BillingQuery       *query,
               gint64             *n,
               GError            **error)
{
  g_autoptr (BillingQuery) overdue = billing_query_copy (query);
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;

  overdue->overdue = TRUE;
  statement = prepare (connection, overdue, "", "count (*)", FALSE, NULL, error);
  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  *n = billing_statement_get_integer (statement, 0);
  return TRUE;
}

static char *
build_listing_columns (const BillingListKind *kind,
                       BillingQuery          *query)
{
  const char *amount = kind->amount != NULL ? kind->amount : "0";
  g_autofree char *overdue = NULL;

  if (!_billing_list_has_overdue (kind) || is_paid (query) || counts_overdue_apart (kind, query))
    return g_strdup_printf ("pk, %s", amount);

  overdue = _billing_list_build_overdue_value (query);
  return g_strdup_printf ("pk, %s, %s", amount, overdue);
}

static gboolean
read_listing (BillingStatement  *statement,
              BillingListing    *listing,
              GError           **error)
{
  gboolean has_overdue = billing_statement_n_columns (statement) > 2;
  gboolean row;

  while (billing_statement_step (statement, &row, error))
    {
      gint64 pk;

      if (!row)
        return TRUE;

      pk = billing_statement_get_integer (statement, 0);
      g_array_append_val (listing->pks, pk);
      listing->sum += billing_statement_get_integer (statement, 1);
      if (has_overdue)
        listing->overdue += billing_statement_get_integer (statement, 2);
    }

  return FALSE;
}

/**
 * billing_list_listing:
 * @connection: inside a transaction
 * @query: what to list
 * @error: return location for a #BillingStoreError
 *
 * Reads which rows a query has, in its order, and what they amount to.
 *
 * Returns: (transfer full) (nullable): the listing
 */
BillingListing *
billing_list_listing (BillingConnection  *connection,
                      BillingQuery       *query,
                      GError            **error)
{
  g_autoptr (BillingStatement) statement = NULL;
  g_autoptr (BillingListing) listing = NULL;
  g_autofree char *columns = NULL;
  const BillingListKind *kind;

  if (!billing_list_check (query, error))
    return NULL;

  kind = find_kind (query->list);
  g_return_val_if_fail (kind != NULL, NULL);
  columns = build_listing_columns (kind, query);
  listing = g_new0 (BillingListing, 1);
  listing->pks = g_array_new (FALSE, FALSE, sizeof (gint64));

  statement = prepare (connection, query, "", columns, TRUE, NULL, error);
  if (statement == NULL || !read_listing (statement, listing, error))
    return NULL;

  if (counts_overdue_apart (kind, query) && !count_overdue (connection, query, &listing->overdue, error))
    return NULL;

  return g_steal_pointer (&listing);
}

/**
 * billing_listing_free:
 * @listing: (transfer full): a listing
 */
void
billing_listing_free (BillingListing *listing)
{
  g_array_unref (listing->pks);
  g_free (listing);
}

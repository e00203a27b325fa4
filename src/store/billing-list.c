/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list"

#include "config.h"

#include "billing-list.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-enums.h"
#include "billing-list-search.h"
#include "billing-table.h"

/*
 * A query becomes SQL here, and only here: lists, totals, exports and the command line all read by it.
 *
 * First come the rows' keys in order, from an index that covers filters and order, then the rows by their keys. Which index is decided here,
 * because SQLite has no statistics to decide by: a rare status goes by the index on the status, everything else in the order of the list.
 */

typedef struct {
  const char *name;   /* (nullable): what people say */
  const char *column; /* what it is in the table */
  const char *index;  /* (nullable): the index that is in this order */
} Sort;

typedef struct {
  const char *kind;
  Sort sorts[9];          /* the first is the usual one, newest first where it is a time */
  gboolean descending;    /* the usual direction */
  const char *amount;     /* (nullable): column that sums up */
  const char *status;     /* (nullable): column of the status */
  const char *location;   /* (nullable) */
  const char *patient;    /* (nullable) */
  const char *subject;    /* (nullable): column of what it belongs to */
  const char *instant;    /* (nullable): column for --from and --to, seconds */
  const char *then;       /* (nullable): column by which the indices order what is the same */
  const char *day;        /* (nullable): likewise, days */
  BillingSearchKind search;
  gboolean from_view;     /* its columns stand in no single table */
} Kind;

static const Kind kinds[] = {
  { .kind = "payments", .descending = TRUE, .amount = "amount", .status = "status_rank",
    .location = "location_id", .patient = "patient_id", .subject = "treatment_id", .instant = "created_at",
    .then = "created_at", .search = BILLING_SEARCH_OF_PATIENT,
    .sorts = { { "created", "created_at", "payments_by_created" }, { "amount", "amount", "payments_by_amount" },
               { "due", "due_on", "payments_by_due" }, { "status", "status_rank", "payments_by_status" },
               { "patient", "patient_key", "payments_by_patient_name" }, { "number", "pk", NULL } } },
  { .kind = "treatments", .descending = TRUE, .amount = "charges", .location = "location_id",
    .patient = "patient_id", .instant = "starts_at", .search = BILLING_SEARCH_OF_PATIENT,
    .sorts = { { "date", "starts_at", "treatments_by_start" }, { "charges", "charges", "treatments_by_charges" },
               { "number", "pk", "treatments_by_number" } } },
  { .kind = "patients", .instant = "created_at", .search = BILLING_SEARCH_PATIENTS,
    .sorts = { { "name", "sort_key", "patients_by_name" }, { "birth-date", "birth_date", "patients_by_birth_date" },
               { "created", "created_at", "patients_by_created" }, { "number", "pk", NULL } } },
  { .kind = "locations", .sorts = { { "name", "name", "locations_by_name" } } },
  { .kind = "physicians", .sorts = { { "name", "name", "physicians_by_name" } } },
  { .kind = "people", .sorts = { { "account", "account", NULL } } },
  { .kind = "practice", .sorts = { { "number", "pk", NULL } } },
  { .kind = "refunds", .descending = TRUE, .amount = "amount", .status = "state", .subject = "payment_id",
    .instant = "created_at", .sorts = { { "created", "pk", NULL }, { "amount", "amount", NULL } } },
  { .kind = "attempts", .descending = TRUE, .amount = "amount", .status = "state", .subject = "payment_id",
    .instant = "at", .sorts = { { "created", "pk", NULL } } },
  { .kind = "notes", .descending = TRUE, .subject = "subject_id", .instant = "created_at",
    .sorts = { { "created", "pk", NULL } } },
  { .kind = "documents", .descending = TRUE, .subject = "subject_id", .instant = "created_at",
    .sorts = { { "created", "pk", NULL }, { "name", "name", NULL } } },
  { .kind = "eligibility_checks", .descending = TRUE, .status = "status", .patient = "patient_id",
    .subject = "patient_id", .day = "checked_on", .sorts = { { "date", "checked_on", NULL } } },
  { .kind = "benefits", .subject = "check_id", .sorts = { { "number", "pk", NULL } } },
  { .kind = "coverages", .status = "status", .patient = "patient_id", .subject = "patient_id",
    .sorts = { { "precedence", "precedence", NULL } } },
  { .kind = "treatment_codes", .subject = "treatment_id", .sorts = { { "number", "pk", NULL } } },
  { .kind = "outbox", .status = "state", .subject = "subject_id", .instant = "created_at",
    .sorts = { { "created", "pk", NULL } } },
  { .kind = "charges", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .instant = "created",
    .then = "created", .sorts = { { "created", "created", "charges_by_created" },
                                  { "amount", "amount", "charges_by_amount" } } },
  { .kind = "payment_intents", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .instant = "created",
    .sorts = { { "created", "created", "payment_intents_by_created" } } },
  { .kind = "stripe_refunds", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .instant = "created",
    .sorts = { { "created", "created", "stripe_refunds_by_created" } } },
  { .kind = "payouts", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .instant = "created",
    .sorts = { { "created", "created", "payouts_by_created" } } },
  { .kind = "disputes", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "status", .subject = "charge",
    .instant = "created", .sorts = { { "created", "created", "disputes_by_created" } } },
  { .kind = "balance_transactions", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .amount = "amount", .status = "type", .subject = "source",
    .instant = "created", .sorts = { { "created", "created", "balance_transactions_by_created" } } },
  { .kind = "customers", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .instant = "created",
    .sorts = { { "created", "created", "customers_by_created" } } },
  { .kind = "events", .descending = TRUE, .search = BILLING_SEARCH_STRIPE, .status = "type", .subject = "object_id", .instant = "created",
    .sorts = { { "created", "created", "events_by_created" } } },
  { .kind = "tax_registrations", .status = "status", .sorts = { { "country", "country", NULL } } },
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

static const Kind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i].kind, name) == 0)
        return &kinds[i];
    }

  return NULL;
}

static const Sort *
find_sort (const Kind *kind,
           const char *name)
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
  const Kind *found = find_kind (kind);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; found != NULL && found->sorts[i].name != NULL; i++)
    g_ptr_array_add (names, g_strdup (found->sorts[i].name));
  g_ptr_array_add (names, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError     **error,
        const char  *sentence,
        ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, sentence);
  message = g_strdup_vprintf (sentence, arguments);
  va_end (arguments);

  g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY, message);
  return FALSE;
}

static gboolean
check_filter (const char  *kind,
              const char  *filter,
              gboolean     is_used,
              gboolean     is_there,
              GError     **error)
{
  if (!is_used || is_there)
    return TRUE;

  return refuse (error, _("A list of %s cannot be filtered by %s."), kind, filter);
}

static gboolean
check_statuses (const Kind    *kind,
                BillingQuery  *query,
                GError       **error)
{
  g_auto (GStrv) words = query->status != NULL ? g_strsplit (query->status, ",", -1) : NULL;
  int value;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (g_str_equal (kind->kind, "payments") && !billing_enum_from_nick (BILLING_TYPE_STATUS, words[i], &value))
        return refuse (error, _("“%s” is no status of a payment. There are: %s."), words[i],
                       "draft, pending, processing, paid, failed, cancelled, refunded, partially-refunded, voided");
    }

  return TRUE;
}

static gboolean
check_day (const char  *day,
           GError     **error)
{
  if (day == NULL || billing_day_is_valid (day))
    return TRUE;

  return refuse (error, _("“%s” is no day. Write it like %s."), day, "2026-11-03");
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
  const Kind *kind = find_kind (query->list);
  const char *name = query->list;

  if (kind == NULL)
    return refuse (error, _("There is no list of “%s”."), name != NULL ? name : "");

  if (find_sort (kind, query->sort) == NULL)
    {
      g_auto (GStrv) sorts = billing_list_get_sorts (name);
      g_autofree char *all = g_strjoinv (", ", sorts);

      return refuse (error, _("That list cannot be sorted by “%s”. It can by: %s."), query->sort, all);
    }

  return check_filter (name, "status", query->status != NULL, kind->status != NULL, error) &&
         check_filter (name, "location", query->location != NULL, kind->location != NULL, error) &&
         check_filter (name, "patient", query->patient != NULL, kind->patient != NULL, error) &&
         check_filter (name, "subject", query->subject != NULL, kind->subject != NULL, error) &&
         check_filter (name, "search", query->search != NULL && *query->search != '\0',
                       kind->search != BILLING_SEARCH_NONE, error) &&
         check_filter (name, "amount", query->min >= 0 || query->max >= 0, kind->amount != NULL, error) &&
         check_filter (name, "day", query->from != NULL || query->to != NULL,
                       kind->instant != NULL || kind->day != NULL, error) &&
         check_statuses (kind, query, error) &&
         check_day (query->from, error) && check_day (query->to, error);
}

/* A WHERE clause that grows, with the values for it. */
typedef struct {
  GString *sql;      /* (owned) */
  GPtrArray *values; /* (owned) (element-type utf8): texts; integers are written into the statement */
} Where;

static void
where_clear (Where *where)
{
  g_string_free (where->sql, TRUE);
  g_ptr_array_unref (where->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Where, where_clear)

static void
add_text (Where      *where,
          const char *before,
          const char *text,
          const char *after)
{
  g_ptr_array_add (where->values, g_strdup (text));
  g_string_append_printf (where->sql, " AND %s?%u%s", before, where->values->len, after);
}

static void
add_integer (Where      *where,
             const char *column,
             const char *comparison,
             gint64      value)
{
  g_string_append_printf (where->sql, " AND %s %s %" G_GINT64_FORMAT, column, comparison, value);
}

/* One comparison each: SQLite keeps a table for an IN and looks every row up in it. Where it helps, it finds the IN by itself. */
static void
add_statuses (Where        *where,
              const Kind   *kind,
              BillingQuery *query)
{
  g_auto (GStrv) words = NULL;
  int value;

  if (query->status == NULL || *query->status == '\0')
    return;

  words = g_strsplit (query->status, ",", -1);
  g_string_append (where->sql, " AND (");
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_string_append_printf (where->sql, "%s%s = ", i > 0 ? " OR " : "", kind->status);
      if (g_str_equal (kind->status, "status_rank"))
        {
          billing_enum_from_nick (BILLING_TYPE_STATUS, words[i], &value);
          g_string_append_printf (where->sql, "%d", value);
        }
      else
        {
          g_ptr_array_add (where->values, g_strdup (words[i]));
          g_string_append_printf (where->sql, "?%u", where->values->len);
        }
    }
  g_string_append_c (where->sql, ')');
}

/* People name a location by its id or its name; several may have the same name. */
static gboolean
add_location (BillingConnection  *connection,
              Where              *where,
              const Kind         *kind,
              BillingQuery       *query,
              GError            **error)
{
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row = TRUE;

  if (query->location == NULL || *query->location == '\0')
    return TRUE;

  if (g_str_equal (query->location, BILLING_QUERY_NO_LOCATION))
    {
      g_string_append_printf (where->sql, " AND %s IS NULL", kind->location);
      return TRUE;
    }

  statement = billing_connection_prepare (connection, "SELECT id FROM locations WHERE id = ?1 OR name = ?1", error);
  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, query->location);
  g_string_append (where->sql, " AND (false");
  while (billing_statement_step (statement, &row, error) && row)
    {
      g_ptr_array_add (where->values, g_strdup (billing_statement_get_text (statement, 0)));
      g_string_append_printf (where->sql, " OR %s = ?%u", kind->location, where->values->len);
    }
  g_string_append_c (where->sql, ')');
  return !row;
}

static gboolean
add_named (BillingConnection  *connection,
           Where              *where,
           const char         *column,
           const char         *name,
           GError            **error)
{
  g_autoptr (BillingRecord) record = NULL;
  g_autofree char *before = g_strdup_printf ("%s = ", column);

  if (name == NULL || *name == '\0')
    return TRUE;

  record = billing_table_find (connection, name, error);
  if (record == NULL)
    return FALSE;

  add_text (where, before, billing_record_get_id (record), "");
  return TRUE;
}

static void
add_days (Where        *where,
          const Kind   *kind,
          BillingQuery *query)
{
  if (query->from != NULL && kind->day != NULL)
    add_text (where, "checked_on >= ", query->from, "");
  else if (query->from != NULL)
    add_integer (where, kind->instant, ">=", billing_day_start (query->from, query->time_zone));

  if (query->to != NULL && kind->day != NULL)
    add_text (where, "checked_on <= ", query->to, "");
  else if (query->to != NULL)
    {
      g_autofree char *next = billing_day_add (query->to, 1);

      add_integer (where, kind->instant, "<", billing_day_start (next, query->time_zone));
    }
}

static const char *
get_today (BillingQuery *query)
{
  return query->today != NULL && billing_day_is_valid (query->today) ? query->today : "";
}

/* What “overdue” is: due before today and still owed (design.md, section 5). */
static char *
build_overdue (BillingQuery *query)
{
  return g_strdup_printf ("(due_on < '%s' AND status_rank IN (%d, %d, %d))", get_today (query), BILLING_STATUS_PENDING,
                          BILLING_STATUS_PROCESSING, BILLING_STATUS_FAILED);
}

/* The same as a value of each row of a long list: CASE and OR stop at the first answer, where AND and IN as values find out all of it. */
static char *
build_overdue_value (BillingQuery *query)
{
  return g_strdup_printf ("CASE WHEN (status_rank = %d OR status_rank = %d OR status_rank = %d) AND due_on < '%s' THEN 1 ELSE 0 END",
                          BILLING_STATUS_PENDING, BILLING_STATUS_PROCESSING, BILLING_STATUS_FAILED, get_today (query));
}

static gboolean
add_filters (BillingConnection  *connection,
             const Kind         *kind,
             BillingQuery       *query,
             Where              *where,
             GError            **error)
{
  if (!add_location (connection, where, kind, query, error))
    return FALSE;

  add_statuses (where, kind, query);
  add_days (where, kind, query);
  if (query->min >= 0)
    add_integer (where, kind->amount, ">=", query->min);
  if (query->max >= 0)
    add_integer (where, kind->amount, "<=", query->max);
  if (query->overdue && g_str_equal (kind->kind, "payments"))
    {
      g_autofree char *overdue = build_overdue (query);

      g_string_append_printf (where->sql, " AND %s", overdue);
    }

  return (kind->patient == NULL || add_named (connection, where, kind->patient, query->patient, error)) &&
         (kind->subject == NULL || add_named (connection, where, kind->subject, query->subject, error));
}

/* How many payments there are, and how many of them the query's statuses leave. */
static gboolean
count_statuses (BillingConnection *connection,
                const Kind        *kind,
                BillingQuery      *query,
                gint64            *n_all,
                gint64            *n_left)
{
  g_auto (Where) where = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (BillingStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean row;

  add_statuses (&where, kind, query);
  if (query->overdue)
    g_string_append_printf (where.sql, " AND status_rank IN (%d, %d, %d)", BILLING_STATUS_PENDING,
                            BILLING_STATUS_PROCESSING, BILLING_STATUS_FAILED);

  sql = g_strdup_printf ("SELECT sum (n), sum (n) FILTER (WHERE true%s) FROM payment_totals", where.sql->str);
  statement = billing_connection_prepare (connection, sql, NULL);
  if (statement == NULL || !billing_statement_step (statement, &row, NULL) || !row)
    return FALSE;

  *n_all = billing_statement_get_integer (statement, 0);
  *n_left = billing_statement_get_integer (statement, 1);
  return TRUE;
}

/* Whether the index on the status finds the rows sooner than looking through all in the order of the list, until there are as many as are
 * wanted. What it finds has to be sorted: a row costs about three times as much where few are wanted, ten times where all are. */
static gboolean
goes_by_status (BillingConnection *connection,
                const Kind        *kind,
                const Sort        *sort,
                BillingQuery      *query)
{
  gboolean has_status = query->status != NULL && *query->status != '\0';
  gint64 n_all, n_left, n_looked_at;

  if (g_strcmp0 (kind->status, "status_rank") != 0 || !(has_status || query->overdue))
    return FALSE;

  /* Of one status, the index has them in this order. */
  if (has_status && strchr (query->status, ',') == NULL && g_str_equal (sort->column, kind->then))
    return TRUE;

  if (!count_statuses (connection, kind, query, &n_all, &n_left))
    return FALSE;

  if (query->limit < 0)
    return n_left * 10 < n_all;

  n_looked_at = MIN (n_all, (MIN (query->limit, n_all) + MIN (query->offset, n_all)) * n_all / MAX (1, n_left));
  return n_left * 3 < n_looked_at;
}

static char *
choose_index (BillingConnection *connection,
              const Kind        *kind,
              const Sort        *sort,
              BillingQuery      *query,
              gboolean           is_selective)
{
  if (g_str_equal (kind->kind, "payments") && query->patient != NULL)
    return g_strdup (" INDEXED BY payments_by_patient");
  if (is_selective || query->subject != NULL)
    return g_strdup ("");
  if (goes_by_status (connection, kind, sort, query))
    return g_strdup (" INDEXED BY payments_by_status");
  if (sort->index == NULL || query->patient != NULL)
    return g_strdup ("");

  return g_strdup_printf (" INDEXED BY %s", sort->index);
}

static char *
build_order (const Kind   *kind,
             const Sort   *sort,
             BillingQuery *query)
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

/* Prepares what reads @columns of the rows of @query: in order, or in none where @is_ordered is not. */
static BillingStatement *
prepare (BillingConnection  *connection,
         BillingQuery       *query,
         const char         *columns,
         gboolean            is_ordered,
         GError            **error)
{
  const Kind *kind = find_kind (query->list);
  const Sort *sort = find_sort (kind, query->sort);
  const char *source = kind->from_view
    ? billing_table_get_source (billing_table_get_type_of (kind->kind)) : kind->kind;
  g_autofree char *order = build_order (kind, sort, query);
  g_auto (Where) where = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free) };
  g_autofree char *index = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *sql = NULL;
  gboolean is_selective;
  BillingStatement *statement;

  if (!add_filters (connection, kind, query, &where, error) ||
      !billing_list_search (connection, kind->search, kind->kind, query->search, query->limit >= 0, where.sql,
                            where.values, &is_selective, error))
    return NULL;

  index = choose_index (connection, kind, sort, query, is_selective);
  limit = build_limit (query);
  sql = g_strdup_printf ("SELECT %s FROM %s%s WHERE true%s%s%s%s", columns, source, index, where.sql->str,
                         is_ordered ? " ORDER BY " : "", is_ordered ? order : "", is_ordered ? limit : "");

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

  statement = prepare (connection, query, "pk", TRUE, error);
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

/* Of all payments, those overdue are sooner counted among what is open than by looking at the status and the day of each. */
static gboolean
counts_overdue_apart (const Kind   *kind,
                      BillingQuery *query)
{
  return g_str_equal (kind->kind, "payments") && !query->overdue && query->limit < 0 && query->offset == 0 &&
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
  statement = prepare (connection, overdue, "count (*)", FALSE, error);
  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  *n = billing_statement_get_integer (statement, 0);
  return TRUE;
}

static char *
build_listing_columns (const Kind   *kind,
                       BillingQuery *query)
{
  const char *amount = kind->amount != NULL ? kind->amount : "0";
  g_autofree char *overdue = NULL;

  if (!g_str_equal (kind->kind, "payments") || counts_overdue_apart (kind, query))
    return g_strdup_printf ("pk, %s", amount);

  overdue = build_overdue_value (query);
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
  const Kind *kind;

  if (!billing_list_check (query, error))
    return NULL;

  kind = find_kind (query->list);
  g_return_val_if_fail (kind != NULL, NULL);
  columns = build_listing_columns (kind, query);
  listing = g_new0 (BillingListing, 1);
  listing->pks = g_array_new (FALSE, FALSE, sizeof (gint64));

  statement = prepare (connection, query, columns, TRUE, error);
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

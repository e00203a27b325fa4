/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-filters"

#include "config.h"

#include "billing-list-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-day.h"
#include "billing-enums.h"
#include "billing-list-age.h"
#include "billing-stripe-status.h"
#include "billing-payout-sums.h"
#include "billing-invoice.h"
#include "billing-table.h"

/* What a list is narrowed to. A filter that a kind does not have is refused with a sentence, never left out silently. */

/* Whether only what belongs to no patient is wanted. */
gboolean
_billing_list_is_nobodys (const BillingListKind *kind,
                          BillingQuery          *query)
{
  return g_str_equal (kind->kind, "stripe_payments") && g_strcmp0 (query->patient, BILLING_QUERY_NO_LOCATION) == 0;
}

gboolean
_billing_list_refuse (GError     **error,
                      const char  *sentence,
                      ...)
{
  va_list arguments;

  va_start (arguments, sentence);
  g_propagate_error (error, g_error_new_valist (BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY, sentence, arguments));
  va_end (arguments);
  return FALSE;
}

static gboolean
check_filter (const BillingListKind  *kind,
              const char             *filter,
              gboolean                is_used,
              gboolean                is_there,
              GError                **error)
{
  if (!is_used || is_there)
    return TRUE;

  return _billing_list_refuse (error, _("A list of %s cannot be filtered by %s."), kind->kind, filter);
}

static gboolean
check_stripe_status (const char  *word,
                     GError     **error)
{
  g_autofree char *all = NULL;

  if (g_strv_contains (billing_stripe_status_list_words (), word))
    return TRUE;

  all = g_strjoinv (", ", (GStrv) billing_stripe_status_list_words ());
  return _billing_list_refuse (error, _("“%s” is no status of a payment at Stripe. There are: %s."), word, all);
}

static gboolean
check_statuses (const BillingListKind  *kind,
                BillingQuery           *query,
                GError                **error)
{
  g_auto (GStrv) words = query->status != NULL ? g_strsplit (query->status, ",", -1) : NULL;
  int value;

  if (g_str_equal (kind->kind, "patients"))
    return _billing_list_check_patients (query, error);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (g_str_equal (kind->kind, "payments") && !billing_enum_from_nick (BILLING_TYPE_STATUS, words[i], &value))
        return _billing_list_refuse (error, _("“%s” is no status of a payment. There are: %s."), words[i],
                                     "draft, pending, processing, paid, failed, cancelled, refunded, partially-refunded,"
                                     " voided");
      if (g_str_equal (kind->kind, "stripe_payments") && !check_stripe_status (words[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_day (const char  *day,
           GError     **error)
{
  if (day == NULL || billing_day_is_valid (day))
    return TRUE;

  return _billing_list_refuse (error, _("“%s” is no day. Write it like %s."), day, "2026-11-03");
}

static gboolean
check_word (const char  *word,
            GType        type,
            GError     **error)
{
  int value;

  if (word == NULL || *word == '\0' || billing_enum_from_nick (type, word, &value))
    return TRUE;

  /* Translators: a word that was asked for, like “cheque”, and is none of those there are */
  return _billing_list_refuse (error, _("Nothing can be filtered by “%s”."), word);
}

static gboolean
check_values (const BillingListKind  *kind,
              BillingQuery           *query,
              GError                **error)
{
  return check_statuses (kind, query, error) &&
         check_day (query->from, error) && check_day (query->to, error) &&
         check_day (query->due_from, error) && check_day (query->due_to, error) &&
         check_day (query->paid_from, error) && check_day (query->paid_to, error) &&
         billing_list_check_age (query, error) &&
         check_word (query->reviewed != NULL && !g_str_equal (query->reviewed, "yes") && !g_str_equal (query->reviewed, "no")
                     ? query->reviewed : NULL, BILLING_TYPE_STATUS, error) &&
         check_word (query->tender, BILLING_TYPE_TENDER, error) &&
         check_word (query->reason, BILLING_TYPE_REFUND_REASON, error);
}

gboolean
_billing_list_check_filters (const BillingListKind  *kind,
                             BillingQuery           *query,
                             GError                **error)
{
  gboolean is_payments = g_str_equal (kind->kind, "payments");

  return check_filter (kind, "status", query->status != NULL, kind->status != NULL, error) &&
         check_filter (kind, "location", query->location != NULL, kind->location != NULL, error) &&
         check_filter (kind, "patient", query->patient != NULL, kind->patient != NULL, error) &&
         check_filter (kind, "subject", query->subject != NULL, kind->subject != NULL, error) &&
         check_filter (kind, "search", query->search != NULL && *query->search != '\0',
                       kind->search != BILLING_SEARCH_NONE, error) &&
         check_filter (kind, "amount", query->min >= 0 || query->max >= 0, kind->amount != NULL, error) &&
         check_filter (kind, "day", query->from != NULL || query->to != NULL,
                       kind->instant != NULL || kind->day != NULL, error) &&
         check_filter (kind, "due date", query->due_from != NULL || query->due_to != NULL, kind->due != NULL, error) &&
         check_filter (kind, "day of payment", query->paid_from != NULL || query->paid_to != NULL, kind->paid != NULL,
                       error) &&
         check_filter (kind, "tender", query->tender != NULL, kind->tender != NULL, error) &&
         check_filter (kind, "physician", query->physician != NULL, kind->treatment != NULL, error) &&
         check_filter (kind, "payment method", query->method != NULL, kind->method != NULL, error) &&
         check_filter (kind, "payout", query->payout != NULL, kind->payout != NULL, error) &&
         check_filter (kind, "reason", query->reason != NULL, kind->reason != NULL, error) &&
         check_filter (kind, "billing rate", query->rate != NULL, kind->rate != NULL, error) &&
         check_filter (kind, "insurer", query->payer != NULL, kind->payer != NULL, error) &&
         check_filter (kind, "review", query->reviewed != NULL, kind->reviewed != NULL, error) &&
         check_filter (kind, "age", query->age != NULL || query->age_basis != NULL, is_payments, error) &&
         check_values (kind, query, error);
}

void
_billing_list_where_clear (BillingListWhere *where)
{
  g_string_free (where->sql, TRUE);
  g_ptr_array_unref (where->values);
}

void
_billing_list_where_add_text (BillingListWhere *where,
                              const char       *before,
                              const char       *text,
                              const char       *after)
{
  g_ptr_array_add (where->values, g_strdup (text));
  g_string_append_printf (where->sql, " AND %s?%u%s", before, where->values->len, after);
}

static void
add_integer (BillingListWhere *where,
             const char       *column,
             const char       *comparison,
             gint64            value)
{
  g_string_append_printf (where->sql, " AND %s %s %" PRId64, column, comparison, value);
}

/* One comparison each: SQLite keeps a table for an IN and looks every row up in it. Where it helps, it finds the IN by itself. */
void
_billing_list_add_statuses (BillingListWhere      *where,
                            const BillingListKind *kind,
                            BillingQuery          *query)
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
          if (kind->besides != NULL)
            g_string_append_printf (where->sql, " OR %s = ?%u", kind->besides, where->values->len);
        }
    }
  g_string_append_c (where->sql, ')');
}

/* People name a location by its id or its name; several may have the same name. */
static gboolean
add_location (BillingConnection      *connection,
              BillingListWhere       *where,
              const BillingListKind  *kind,
              BillingQuery           *query,
              GError                **error)
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

/* Likewise who treats. What has no treatment has nobody who treats. */
static void
add_physician (BillingListWhere      *where,
               const BillingListKind *kind,
               BillingQuery          *query)
{
  if (query->physician == NULL || *query->physician == '\0')
    return;

  if (g_str_equal (query->physician, BILLING_QUERY_NO_LOCATION))
    {
      g_string_append_printf (where->sql, " AND NOT EXISTS (SELECT 1 FROM treatments t WHERE t.id = %s"
                              " AND t.physician_id IS NOT NULL)", kind->treatment);
      return;
    }

  g_ptr_array_add (where->values, g_strdup (query->physician));
  g_string_append_printf (where->sql, " AND %s IN (SELECT id FROM treatments WHERE physician_id IN"
                          " (SELECT id FROM physicians WHERE id = ?%u OR name = ?%u))",
                          kind->treatment, where->values->len, where->values->len);
}

static gboolean
add_named (BillingConnection  *connection,
           BillingListWhere   *where,
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

  _billing_list_where_add_text (where, before, billing_record_get_id (record), "");
  return TRUE;
}

/* What belongs to an invoice, where it mostly belongs to something else. */
static const struct {
  const char *kind;
  const char *column;
} of_invoice[] = {
  { "payments", "invoice_id" },
  { "services", "invoice_id" },
  { "insurer_answers", "(SELECT s.invoice_id FROM services s WHERE s.id = service_id)" },
};

static gboolean
add_subject (BillingConnection      *connection,
             BillingListWhere       *where,
             const BillingListKind  *kind,
             const char             *name,
             GError                **error)
{
  g_autoptr (BillingRecord) record = NULL;
  g_autofree char *before = NULL;
  const char *column = kind->subject;

  if (name == NULL || *name == '\0')
    return TRUE;

  record = billing_table_find (connection, name, error);
  if (record == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (of_invoice); i++)
    {
      if (BILLING_IS_INVOICE (record) && g_str_equal (of_invoice[i].kind, kind->kind))
        column = of_invoice[i].column;
    }
  before = g_strdup_printf ("%s = ", column);
  _billing_list_where_add_text (where, before, billing_record_get_id (record), "");
  return TRUE;
}

/* What is nobody's is said by few columns; a patient, only by all that the row is joined with. */
static gboolean
add_patient (BillingConnection      *connection,
             BillingListWhere       *where,
             const BillingListKind  *kind,
             BillingQuery           *query,
             GError                **error)
{
  if (kind->patient == NULL || !_billing_list_is_nobodys (kind, query))
    return kind->patient == NULL || add_named (connection, where, kind->patient, query->patient, error);

  g_string_append (where->sql, " AND (payment IS NULL OR NOT EXISTS (SELECT 1 FROM main.payments p WHERE p.id = payment))"
                   " AND NOT EXISTS (SELECT 1 FROM main.assignments a WHERE a.charge_id = charge)");
  return TRUE;
}

static void
add_word (BillingListWhere *where,
          const char       *column,
          const char       *comparison,
          const char       *word)
{
  g_autofree char *before = NULL;

  if (word == NULL || *word == '\0')
    return;

  before = g_strdup_printf ("%s %s ", column, comparison);
  _billing_list_where_add_text (where, before, word, "");
}

static void
add_days (BillingListWhere      *where,
          const BillingListKind *kind,
          BillingQuery          *query)
{
  if (query->from != NULL && kind->day != NULL)
    add_word (where, kind->day, ">=", query->from);
  else if (query->from != NULL)
    add_integer (where, kind->instant, ">=", billing_day_start (query->from, query->time_zone));

  if (query->to != NULL && kind->day != NULL)
    add_word (where, kind->day, "<=", query->to);
  else if (query->to != NULL)
    {
      g_autofree char *next = billing_day_add (query->to, 1);

      add_integer (where, kind->instant, "<", billing_day_start (next, query->time_zone));
    }

  add_word (where, kind->due, ">=", query->due_from);
  add_word (where, kind->due, "<=", query->due_to);
  add_word (where, kind->paid, ">=", query->paid_from);
  add_word (where, kind->paid, "<=", query->paid_to);
}

/* By a tender, only what it brought in: the index on what was paid knows no other. */
static void
add_tender (BillingListWhere      *where,
            const BillingListKind *kind,
            BillingQuery          *query)
{
  if (query->tender == NULL || *query->tender == '\0')
    return;

  add_word (where, kind->tender, "=", query->tender);
  g_string_append_printf (where->sql, " AND %s IS NOT NULL", kind->paid);
}

/* What a payout consists of, which is not the payout itself. */
static void
add_payout (BillingListWhere      *where,
            const BillingListKind *kind,
            BillingQuery          *query)
{
  if (query->payout == NULL || *query->payout == '\0')
    return;

  g_ptr_array_add (where->values, g_strdup (query->payout));
  g_string_append_printf (where->sql, " AND %s IN (SELECT b.id FROM mirror.payouts o JOIN mirror.payout_items n ON n.payout = o.id"
                          " JOIN mirror.balance_transactions b ON b.id = n.transaction_id WHERE o.id = ?%u AND NOT "
                          BILLING_PAYOUT_OWN_TRANSACTION ")", kind->payout, where->values->len);
}

static const char *
get_today (BillingQuery *query)
{
  return query->today != NULL && billing_day_is_valid (query->today) ? query->today : "";
}

/* What “overdue” is: due before today and still owed (design.md, section 5). Of an invoice, that is owed which its payments still ask for. */
static char *
build_overdue (BillingQuery *query)
{
  if (g_str_equal (query->list, "invoices"))
    return g_strdup_printf ("(due_on < '%s' AND balance > 0)", get_today (query));

  return g_strdup_printf ("(due_on < '%s' AND status_rank IN (%d, %d, %d))", get_today (query), BILLING_STATUS_PENDING,
                          BILLING_STATUS_PROCESSING, BILLING_STATUS_FAILED);
}

gboolean
_billing_list_has_overdue (const BillingListKind *kind)
{
  return g_str_equal (kind->kind, "payments") || g_str_equal (kind->kind, "invoices");
}

/* The same as a value of each row of a long list: CASE and OR stop at the first answer, where AND and IN as values find out all of it. */
char *
_billing_list_build_overdue_value (BillingQuery *query)
{
  if (g_str_equal (query->list, "invoices"))
    return g_strdup_printf ("CASE WHEN balance > 0 AND due_on < '%s' THEN 1 ELSE 0 END", get_today (query));

  return g_strdup_printf ("CASE WHEN (status_rank = %d OR status_rank = %d OR status_rank = %d) AND due_on < '%s' THEN 1 ELSE 0 END",
                          BILLING_STATUS_PENDING, BILLING_STATUS_PROCESSING, BILLING_STATUS_FAILED, get_today (query));
}

/* Under which rate a service is, which insurer is asked, and whether somebody looked at it. */
static gboolean
add_service_filters (BillingConnection      *connection,
                     BillingListWhere       *where,
                     const BillingListKind  *kind,
                     BillingQuery           *query,
                     GError                **error)
{
  add_word (where, kind->payer, "=", query->payer);
  if (query->reviewed != NULL)
    g_string_append_printf (where->sql, " AND (%s) = %d", kind->reviewed, g_str_equal (query->reviewed, "yes"));

  return kind->rate == NULL || add_named (connection, where, kind->rate, query->rate, error);
}

gboolean
_billing_list_add_filters (BillingConnection      *connection,
                           const BillingListKind  *kind,
                           BillingQuery           *query,
                           BillingListWhere       *where,
                           GError                **error)
{
  gboolean is_patients = g_str_equal (kind->kind, "patients");

  if (!is_patients && !add_location (connection, where, kind, query, error))
    return FALSE;

  if (is_patients)
    _billing_list_add_patients (where, query);
  else
    _billing_list_add_statuses (where, kind, query);
  /* What was removed is listed where it is asked for. */
  if (g_str_equal (kind->kind, "documents") && query->status == NULL)
    add_integer (where, "removed_at", "=", 0);
  if (g_str_equal (kind->kind, "services") && query->status == NULL)
    add_word (where, kind->status, "<>", "removed");
  /* Likewise what was dealt with, and what is no longer so. */
  if (g_str_equal (kind->kind, "notices") && query->status == NULL)
    add_word (where, kind->besides, "=", "open");
  add_days (where, kind, query);
  billing_list_add_age (query, where->sql);
  add_tender (where, kind, query);
  add_physician (where, kind, query);
  add_word (where, kind->reason, "=", query->reason);
  add_word (where, kind->method, "=", query->method);
  add_payout (where, kind, query);
  if (!add_service_filters (connection, where, kind, query, error))
    return FALSE;
  if (query->min >= 0)
    add_integer (where, kind->amount, ">=", query->min);
  if (query->max >= 0)
    add_integer (where, kind->amount, "<=", query->max);
  if (query->overdue && _billing_list_has_overdue (kind))
    {
      g_autofree char *overdue = build_overdue (query);

      g_string_append_printf (where->sql, " AND %s", overdue);
    }

  return add_patient (connection, where, kind, query, error) &&
         (kind->subject == NULL || add_subject (connection, where, kind, query->subject, error));
}

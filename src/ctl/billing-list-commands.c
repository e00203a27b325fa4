/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-commands"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "billing-books.h"
#include "billing-console.h"
#include "billing-exporter.h"
#include "billing-printer.h"
#include "billing-record-csv.h"
#include "billing-safe-file.h"

/* What people may call the lists. */
static const char * const words[] = {
  "payments", "treatments", "patients", "locations", "physicians", "notes", "documents", "refunds", "audit", "users",
  "outbox", "timeline", "eligibility-checks", "benefits", "coverages", "treatment-codes", "postings", "attempts",
  "links", "late-money", "messages", "templates",
  "stripe-payments", "charges", "payment-intents", "payouts", "disputes", "balance-transactions", "customers", "events", "tax-registrations", "tax-settings", "tax-codes",
  "notifications", "rates", "rate-prices", "day-closes", "day-totals", "services", "insurer-answers", "invoices", "invoice-lines", "prepayments", "remittances", "remittance-lines", "estimates", NULL,
};

/**
 * billing_command_list_kinds:
 *
 * Returns: (transfer full): what can be listed, separated by commas
 */
char *
billing_command_list_kinds (void)
{
  return g_strjoinv (", ", (char **) words);
}

static gboolean
fail_to_find_kind (const char  *word,
                   GError     **error)
{
  const char *nearest = billing_console_nearest (word, words);
  g_autofree char *all = billing_command_list_kinds ();

  if (nearest != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("There is no list of “%s”. Did you mean “%s”?"), word,
                 nearest);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("There is no list of “%s”. There are: %s"), word, all);

  return FALSE;
}

/* The word of a list as the books call it, or NULL with @error set. */
static const char *
find_kind (const char  *word,
           GError     **error)
{
  g_autofree char *kind = g_strdelimit (g_strdup (word), "-", '_');
  guint n_columns;

  if (g_str_equal (word, "users"))
    return "people";
  if (g_str_equal (word, "notifications"))
    return "notices";
  if (billing_columns_of (kind, &n_columns) != NULL)
    return g_intern_string (kind);

  fail_to_find_kind (word, error);
  return NULL;
}

BillingQuery *
billing_command_make_query (BillingCall  *call,
                            const char   *kind,
                            GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autoptr (BillingQuery) query = NULL;

  if (desk == NULL)
    return NULL;

  query = billing_desk_query (desk, kind);
  if (!billing_call_fill (call, query, error) || !billing_command_check_query (call, query, error))
    return NULL;

  return g_steal_pointer (&query);
}

gboolean
billing_command_print_cb (BillingRecord  *record,
                          gpointer        data,
                          GError        **error)
{
  billing_printer_add (data, record);
  return TRUE;
}

/* The rows of a list; those of refunds are ours and Stripe's. @whole: as they are, not as the columns want them. */
static gboolean
read_list (BillingCall     *call,
           BillingQuery    *query,
           gboolean         whole,
           BillingRowFunc   func,
           gpointer         data,
           GError         **error)
{
  if (g_str_equal (query->list, "refunds"))
    return billing_refund_list_read (call->desk, query, whole, func, data, error);

  return billing_desk_list (call->desk, query, func, data, NULL, error);
}

static gboolean
print_list (BillingCall   *call,
            BillingQuery  *query,
            const char    *format,
            GError       **error)
{
  BillingColumnFormat columns = billing_call_get_format (call);
  g_autoptr (BillingPrinter) printer = billing_printer_new (format, query->list, &columns, error);

  if (printer == NULL ||
      !read_list (call, query, g_strcmp0 (format, "json") == 0, billing_command_print_cb, printer, error))
    return FALSE;

  billing_printer_finish (printer);
  return TRUE;
}

gboolean
billing_command_list (BillingCall  *call,
                      GError      **error)
{
  const char *kind = find_kind (call->arguments[0], error);
  gboolean is_found_anew = kind != NULL && g_str_equal (kind, "duplicates");
  g_autoptr (BillingQuery) query = kind != NULL && !is_found_anew ? billing_command_make_query (call, kind, error) : NULL;

  if (is_found_anew)
    return billing_command_list_duplicates (call, error);

  return query != NULL && print_list (call, query, billing_call_get (call, "format"), error);
}

/**
 * billing_command_report:
 * @call: a report and its filters
 * @error: return location for an error
 *
 * Returns: whether it was printed
 */
gboolean
billing_command_report (BillingCall  *call,
                        GError      **error)
{
  g_autoptr (BillingQuery) query = NULL;
  g_autoptr (BillingPrinter) printer = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  BillingColumnFormat columns;

  if (g_str_equal (call->arguments[0], "reconciliation"))
    return billing_command_reconcile (call, error);
  if (g_str_equal (call->arguments[0], "year-end"))
    return billing_command_year_end (call, error);
  if (g_str_equal (call->arguments[0], "estimates"))
    return billing_command_report_estimates (call, error);

  query = billing_command_make_query (call, g_str_equal (call->arguments[0], "day-close") ? "day_totals" : "payments", error);
  if (query == NULL)
    return FALSE;
  if (g_str_equal (call->arguments[0], "day-close"))
    return billing_command_day_report (call, query, error);

  columns = billing_call_get_format (call);
  printer = billing_printer_new (billing_call_get (call, "format"), "reports", &columns, error);
  lines = printer != NULL ? billing_desk_report (call->desk, call->arguments[0], query, error) : NULL;
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    billing_printer_add (printer, lines->pdata[i]);

  if (lines != NULL)
    billing_printer_finish (printer);
  return lines != NULL;
}

static void
progress_cb (guint64  done,
             guint64  total,
             gpointer data)
{
  g_autofree char *what = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " row written",
                                                        "%" PRIu64 " rows written", done), done);

  if (total > 0)
    billing_console_progress ((double) done / (double) total, what);
}

static gboolean
write_export (BillingCall   *call,
              BillingQuery  *query,
              const char    *path,
              guint64       *n_rows,
              GError       **error)
{
  gboolean ok = billing_desk_export (call->desk, query, NULL, path, progress_cb, NULL, n_rows, NULL, error);

  billing_console_progress_end ();
  return ok;
}

typedef struct {
  BillingRecordCsv *csv;
  guint64 n_rows;
} Refunds;

static gboolean
add_refund_cb (BillingRecord  *record,
               gpointer        data,
               GError        **error)
{
  Refunds *refunds = data;

  refunds->n_rows++;
  return billing_record_csv_add (refunds->csv, record, NULL, error);
}

/* Ours and Stripe's are two lists, which have to be brought together first; they are short. */
static gboolean
write_refunds (BillingCall   *call,
               BillingQuery  *query,
               const char    *path,
               guint64       *n_rows,
               GError       **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_EXPORT, NULL);
  g_autoptr (BillingSafeFile) file = NULL;
  g_autoptr (BillingRecordCsv) csv = NULL;
  BillingColumnFormat columns = billing_call_get_format (call);
  Refunds refunds = { NULL, 0 };

  g_object_set (act, "text", query->list, NULL);
  if (!billing_desk_do (call->desk, act, error))
    return FALSE;
  if (g_str_equal (path, "-"))
    return print_list (call, query, "csv", error);

  file = billing_safe_file_open (path, error);
  if (file == NULL)
    return FALSE;

  csv = refunds.csv = billing_record_csv_new (query->list, NULL, billing_safe_file_get_stream (file), &columns);
  if (!read_list (call, query, FALSE, add_refund_cb, &refunds, error) || !billing_record_csv_finish (csv, NULL, error))
    {
      billing_safe_file_explain (file, error);
      return FALSE;
    }
  if (!billing_safe_file_commit (file, error))
    return FALSE;

  *n_rows = refunds.n_rows;
  return TRUE;
}

gboolean
billing_command_export (BillingCall  *call,
                        GError      **error)
{
  const char *kind = find_kind (call->arguments[0], error);
  g_autoptr (BillingQuery) query = kind != NULL ? billing_command_make_query (call, kind, error) : NULL;
  const char *path = call->arguments[1];
  guint64 n_rows = 0;

  if (query == NULL ||
      !(g_str_equal (kind, "refunds") ? write_refunds : write_export) (call, query, path, &n_rows, error))
    return FALSE;

  if (!g_str_equal (path, "-"))
    g_printerr (g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " row written\n",
                             "%" PRIu64 " rows written\n", n_rows), n_rows);
  return TRUE;
}

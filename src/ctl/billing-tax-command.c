/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "billing-books.h"
#include "billing-json-texts.h"
#include "billing-printer.h"
#include "billing-tax.h"
#include "billing-year-end-store.h"

/* Taxes: settings, registrations, and what a year came to. */

/* Prints the intent's id, by which the queue knows it. */
static gboolean
perform (BillingCall  *call,
         const char   *subject,
         GHashTable   *fields,
         GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, subject);

  act->fields = billing_json_texts_build (fields);
  act->notes = g_strdup (billing_call_get (call, "notes"));
  if (billing_call_open_desk (call, error) == NULL || !billing_desk_do (call->desk, act, error))
    return FALSE;

  printf ("%s\n", act->result);
  return billing_command_deliver (call, act->result, error);
}

static gboolean
print_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  billing_printer_add (data, record);
  return TRUE;
}

static gboolean
print_settings (BillingCall  *call,
                GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  BillingColumnFormat columns;
  g_autoptr (BillingPrinter) printer = NULL;
  g_autoptr (BillingQuery) query = NULL;

  if (desk == NULL)
    return FALSE;

  columns = billing_call_get_format (call);
  printer = billing_printer_new (billing_call_get (call, "format"), "tax_settings", &columns, error);
  query = billing_desk_query (desk, "tax_settings");
  if (printer == NULL || !billing_desk_list (desk, query, print_cb, printer, NULL, error))
    return FALSE;

  billing_printer_finish (printer);
  return TRUE;
}

/* Says what there is, where nothing is to be changed. */
gboolean
billing_command_tax_settings (BillingCall  *call,
                              GError      **error)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  billing_call_copy (call, fields, "country", "country");
  billing_call_copy (call, fields, "state", "state");
  billing_call_copy (call, fields, "postal-code", "postal_code");
  billing_call_copy (call, fields, "city", "city");
  billing_call_copy (call, fields, "address", "line1");
  billing_call_copy (call, fields, "address-2", "line2");
  billing_call_copy (call, fields, "tax-code", "tax_code");
  billing_call_copy (call, fields, "behavior", "tax_behavior");

  return g_hash_table_size (fields) == 0 ? print_settings (call, error) : perform (call, NULL, fields, error);
}

gboolean
billing_command_tax_register (BillingCall  *call,
                              GError      **error)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  billing_call_copy (call, fields, "country", "country");
  billing_call_copy (call, fields, "type", "type");
  billing_call_copy (call, fields, "state", "region");
  billing_call_copy (call, fields, "jurisdiction", "jurisdiction");
  billing_call_copy (call, fields, "scheme", "scheme");
  billing_call_copy (call, fields, "from", "active_from");
  billing_call_copy (call, fields, "until", "expires_at");
  return perform (call, NULL, fields, error);
}

gboolean
billing_command_tax_end (BillingCall  *call,
                         GError      **error)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  billing_call_copy (call, fields, "until", "expires_at");
  return perform (call, call->arguments[0], fields, error);
}

/* --- the end of a year ------------------------------------------------------------------------- */

typedef struct {
  BillingPractice *practice;
  int year;
  GPtrArray *lines; /* (owned) (nullable) */
} Year;

static gboolean
read_year (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Year *year = data;

  year->lines = billing_year_end_read (connection, year->year, year->practice->time_zone, year->practice->currency, error);
  return year->lines != NULL;
}

/* Taxes are filed for a year that is over. */
static gboolean
choose_year (BillingCall  *call,
             int          *year,
             GError      **error)
{
  const char *said = billing_call_get (call, "year");
  g_autofree char *today = billing_desk_get_today (call->desk);
  gint64 number = g_ascii_strtoll (said != NULL ? said : today, NULL, 10) - (said == NULL);

  *year = (int) CLAMP (number, 0, 9999);
  if (*year >= 1971 && *year <= 9998)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--year should be a year like 2026, not “%s”"),
               said != NULL ? said : today);
  return FALSE;
}

/**
 * billing_command_year_end:
 * @call: perhaps a year
 * @error: return location for an error
 *
 * Prints what a year came to, by month, and the sum of each currency.
 *
 * Returns: whether it was printed
 */
gboolean
billing_command_year_end (BillingCall  *call,
                          GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  BillingColumnFormat columns;
  g_autoptr (BillingPrinter) printer = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  Year year = { desk != NULL ? billing_desk_get_practice (desk) : NULL, 0, NULL };

  if (desk == NULL || !choose_year (call, &year.year, error) ||
      !billing_store_read (billing_desk_get_store (desk), read_year, &year, NULL, error))
    return FALSE;

  lines = year.lines;
  billing_year_end_add_totals (lines);
  columns = billing_call_get_format (call);
  printer = billing_printer_new (billing_call_get (call, "format"), "year_end", &columns, error);
  for (guint i = 0; printer != NULL && i < lines->len; i++)
    billing_printer_add (printer, lines->pdata[i]);
  if (printer != NULL)
    billing_printer_finish (printer);

  return printer != NULL;
}

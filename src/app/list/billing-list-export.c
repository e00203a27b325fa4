/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-export"

#include "config.h"

#include "billing-list-export.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-columns.h"

/* What of a list on the screen goes into a file. */

/* What the columns of the lists are in a file, where they are not of the same name there. A column of the screen may say more than one
 * thing. */
static const struct {
  const char *list;
  const char *column;
  const char *properties; /* separated by spaces */
} mappings[] = {
  { "payments", "payment", "number" },
  { "payments", "patient", "patient-name" },
  { "payments", "due", "due-on" },
  { "payments", "created", "created-at" },
  { "treatments", "treatment", "number" },
  { "treatments", "patient", "patient-name" },
  { "patients", "patient", "number" },
  { "services", "choice", "number" },
  { "services", "patient", "patient-name" },
  { "services", "date", "day" },
  { "services", "service", "name" },
  { "services", "insurer", "insurer-part" },
  { "services", "reviewed", "reviewed-at" },
  { "invoices", "choice", "id" },
  { "invoices", "invoice", "number" },
  { "invoices", "patient", "patient-name" },
  { "invoices", "invoiced", "invoiced-on" },
  { "invoices", "due", "due-on" },
  { "remittances", "date", "day" },
  { "remittances", "open", "n-open n-lines" },
  { "payouts", "payout", "id created-at" },
  { "payouts", "arrives", "arrives-on" },
  { "payouts", "bank", "bank last4" },
  { "payouts", "kind", "automatic method" },
  { "disputes", "created", "created-at id charge" },
  { "disputes", "deadline", "due-at" },
  { "disputes", "payer", "patient-name payer" },
  { "rates", "rate", "name" },
  { "rates", "code", "code-system code" },
  { "rates", "kind", "payer-kind" },
  { "rates", "billing", "billable invoiced retired" },
  { "rates", "twin", "twin-name" },
  { "rates", "services", "n-services" },
  { "tax_registrations", "place", "country region" },
  { "tax_registrations", "type", "type jurisdiction scheme" },
  { "tax_registrations", "from", "active-from" },
  { "tax_registrations", "until", "expires-at" },
  { "notices", "notice", "rule urgent detail" },
  { "notices", "since", "created-at" },
  { "notices", "due", "due-at" },
  { "notices", "about", "payment amount currency subject" },
  { "stripe_payments", "date", "id created-at" },
  { "stripe_payments", "payer", "patient-name payer email" },
  { "stripe_payments", "net", "net settled" },
  { "stripe_payments", "method", "method brand last4" },
  { "stripe_payments", "stripe-id", "charge payment-intent" },
};

/* Lists of payments, treatments and those of Stripe may be of several currencies; behind their amounts stands in which. */
static const struct {
  const char *list;
  const char *amounts[5];
} currencies[] = {
  { "payments", { "amount" } },
  { "treatments", { "charges", "balance" } },
  { "services", { "amount", "insurer", "patient-part" } },
  { "invoices", { "amount", "balance" } },
  { "stripe_payments", { "amount", "refunded" } },
  { "remittances", { "amount", "posted" } },
  { "payouts", { "amount" } },
  { "disputes", { "amount" } },
  { "rates", { "price" } },
};

/* What a file has of each kind that has it, whether it is on the screen or not: what it is called, and what it cost. */
static const char * const always[] = {
  "id", "number", "charge", "payment", "payout", "source", "customer", "currency", "fee", "net", "settled", NULL,
};

static const char *
find_properties (const char *list,
                 const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (mappings); i++)
    {
      if (g_str_equal (mappings[i].list, list) && g_str_equal (mappings[i].column, column))
        return mappings[i].properties;
    }

  return column;
}

static gboolean
is_amount (const char *list,
           const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      if (g_str_equal (currencies[i].list, list))
        return g_strv_contains (currencies[i].amounts, column);
    }

  return FALSE;
}

static gboolean
has_column (GPtrArray  *columns,
            const char *property)
{
  for (guint i = 0; i < columns->len; i++)
    {
      if (g_str_equal (columns->pdata[i], property))
        return TRUE;
    }

  return FALSE;
}

static void
add_always (GPtrArray  *columns,
            const char *list)
{
  guint n_known;
  const BillingColumn *known = billing_columns_of (list, &n_known);

  for (guint i = 0; i < n_known; i++)
    {
      if (g_strv_contains (always, known[i].property) && !has_column (columns, known[i].property))
        g_ptr_array_add (columns, g_strdup (known[i].property));
    }
}

/**
 * billing_list_export_columns:
 * @list: a kind that is listed
 * @shown: (array zero-terminated=1): the columns on the screen, in their order
 *
 * Returns: (transfer full) (array zero-terminated=1): the properties that a file of the same list has, in their order: those on the screen,
 *   then ids, currency, fee and net where the kind has them
 */
char **
billing_list_export_columns (const char         *list,
                             const char * const *shown)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  int last_amount = -1;

  for (guint i = 0; shown[i] != NULL; i++)
    {
      g_auto (GStrv) properties = g_strsplit (find_properties (list, shown[i]), " ", -1);

      for (guint p = 0; properties[p] != NULL; p++)
        g_ptr_array_add (columns, g_strdup (properties[p]));
      if (is_amount (list, shown[i]))
        last_amount = (int) columns->len;
    }

  if (last_amount >= 0)
    g_ptr_array_insert (columns, last_amount, g_strdup ("currency"));
  add_always (columns, list);
  g_ptr_array_add (columns, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&columns), FALSE);
}

/* What Stripe calls a charge is a payment to people. */
static gboolean
is_of_payments (const char *list)
{
  return g_str_equal (list, "payments") || g_str_equal (list, "stripe_payments") || g_str_equal (list, "charges");
}

/**
 * billing_list_export_done:
 * @list: a kind that is listed
 * @n_rows: how many rows the file has
 *
 * Returns: (transfer full): what was done, in words
 */
char *
billing_list_export_done (const char *list,
                          guint64     n_rows)
{
  const char *format;

  if (is_of_payments (list))
    format = ngettext ("%'" PRIu64 " payment exported", "%'" PRIu64 " payments exported", n_rows);
  else if (g_str_equal (list, "treatments"))
    format = ngettext ("%'" PRIu64 " treatment exported", "%'" PRIu64 " treatments exported", n_rows);
  else if (g_str_equal (list, "patients"))
    format = ngettext ("%'" PRIu64 " patient exported", "%'" PRIu64 " patients exported", n_rows);
  else
    format = ngettext ("%'" PRIu64 " row exported", "%'" PRIu64 " rows exported", n_rows);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, n_rows);
#pragma GCC diagnostic pop
}

/**
 * billing_list_export_count:
 * @list: a kind that is listed
 * @n_rows: how many rows a file would have
 *
 * Returns: (transfer full): how many that is, in words
 */
char *
billing_list_export_count (const char *list,
                           guint64     n_rows)
{
  const char *format;

  if (is_of_payments (list))
    format = ngettext ("%'" PRIu64 " payment", "%'" PRIu64 " payments", n_rows);
  else if (g_str_equal (list, "treatments"))
    format = ngettext ("%'" PRIu64 " treatment", "%'" PRIu64 " treatments", n_rows);
  else if (g_str_equal (list, "patients"))
    format = ngettext ("%'" PRIu64 " patient", "%'" PRIu64 " patients", n_rows);
  else
    format = ngettext ("%'" PRIu64 " row", "%'" PRIu64 " rows", n_rows);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, n_rows);
#pragma GCC diagnostic pop
}

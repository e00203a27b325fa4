/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-year-end-table"

#include "config.h"

#include "billing-year-end-table.h"

#include <glib/gi18n.h>

#include "billing-record-csv.h"
#include "billing-year-end.h"

static const BillingYearEndBlock blocks[] = {
  { N_("Through Stripe"),
    N_("By the day on which Stripe booked it. Payouts are left out: they move what is counted here to the bank."),
    { { "collected", N_("Collected") }, { "refunded", N_("Refunded") }, { "disputed", N_("Disputed") },
      { "fees", N_("Fees") }, { "other", N_("Other") }, { "net", N_("Net") }, { "tax", N_("Tax in It") } } },
  { N_("What Stripe Charged"),
    N_("The fees above, by what they are for; and the tax that Stripe added to them."),
    { { "payment-fees", N_("On Payments") }, { "dispute-fees", N_("On Disputes") }, { "other-fees", N_("Other") },
      { "tax-on-fees", N_("Tax on Fees") }, { "fees", N_("Together") } } },
  { N_("Otherwise"),
    N_("By the day on which it came in or went back, as the books have it."),
    { { "cash", N_("Cash") }, { "cheque", N_("Cheque") }, { "card", N_("Card Terminal") }, { "bank", N_("Bank Transfer") },
      { "tender-refunded", N_("Refunded") }, { "tender-net", N_("Net") } } },
};

static const BillingReport by_month = { "year-end", BILLING_REPORT_ROWS_NONE, BILLING_REPORT_GROUP_MONTH, NULL };

const BillingYearEndBlock *
billing_year_end_blocks (guint *n_blocks)
{
  *n_blocks = G_N_ELEMENTS (blocks);
  return blocks;
}

/* All fees are one number where they stand beside what they are taken from. */
static gint64
get_amount (BillingYearEndLine *line,
            const char         *property)
{
  const BillingField *field;

  if (g_str_equal (property, "fees"))
    return line->payment_fees + line->dispute_fees + line->other_fees + line->tax_on_fees;

  field = billing_record_class_find (BILLING_RECORD_GET_CLASS (line), property);
  return billing_record_get_integer (BILLING_RECORD (line), field);
}

static GPtrArray *
build_series (GPtrArray  *lines,
              const char *property)
{
  GPtrArray *series = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      BillingYearEndLine *line = lines->pdata[i];
      BillingReportLine *cell;

      /* The table sums up by itself: by what it shows. */
      if (g_str_equal (line->month, BILLING_YEAR_END_TOTAL))
        continue;

      cell = billing_report_line_new ();
      cell->name = g_strdup (line->month);
      cell->key = g_strdup (line->month);
      cell->currency = g_strdup (line->currency);
      cell->payments = -1;
      cell->refunded = -1;
      cell->amount = get_amount (line, property);
      g_ptr_array_add (series, cell);
    }

  return series;
}

/**
 * billing_year_end_build_table:
 * @lines: (element-type BillingYearEndLine): of a year
 * @block: which of its numbers
 * @currency: the practice's
 *
 * Returns: (transfer full): its months
 */
BillingReportTable *
billing_year_end_build_table (GPtrArray                 *lines,
                              const BillingYearEndBlock *block,
                              const char                *currency)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  const BillingReport *reports[BILLING_REPORT_TABLE_MAX_SERIES];

  for (guint i = 0; block->columns[i].property != NULL; i++)
    {
      reports[i] = &by_month;
      g_ptr_array_add (all, build_series (lines, block->columns[i].property));
    }

  return billing_report_table_new (reports, (GPtrArray * const *) all->pdata, all->len, currency);
}

/**
 * billing_year_end_list_names:
 * @block: a block
 *
 * Returns: (transfer full) (array zero-terminated=1): what its columns are called, translated
 */
char **
billing_year_end_list_names (const BillingYearEndBlock *block)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; block->columns[i].property != NULL; i++)
    g_ptr_array_add (names, g_strdup (_(block->columns[i].label)));
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * billing_year_end_build_csv:
 * @lines: (element-type BillingYearEndLine): of a year, with its sums
 * @time_zone: the practice's
 *
 * Returns: (transfer full): the file, the same that `billingctl report year-end --format csv` prints
 */
char *
billing_year_end_build_csv (GPtrArray  *lines,
                            const char *time_zone)
{
  g_autofree char *header = billing_record_csv_header ("year_end");
  GString *csv = g_string_new (header);

  for (guint i = 0; i < lines->len; i++)
    {
      BillingYearEndLine *line = lines->pdata[i];
      BillingColumnFormat format = { line->currency, time_zone };
      g_autofree char *row = billing_record_csv_row (BILLING_RECORD (line), &format);

      g_string_append (csv, row);
    }

  return g_string_free (csv, FALSE);
}

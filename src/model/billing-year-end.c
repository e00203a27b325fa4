/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-year-end"

#include "config.h"

#include "billing-year-end.h"

G_DEFINE_FINAL_TYPE (BillingYearEndLine, billing_year_end_line, BILLING_TYPE_RECORD)

#define AMOUNT(member) BILLING_INT64_FIELD (BillingYearEndLine, member, 0)

static BillingField year_end_fields[] = {
  BILLING_STRING_FIELD (BillingYearEndLine, month, 0),
  BILLING_STRING_FIELD (BillingYearEndLine, currency, 0),
  AMOUNT (collected),
  AMOUNT (refunded),
  AMOUNT (disputed),
  AMOUNT (payment_fees),
  AMOUNT (dispute_fees),
  AMOUNT (other_fees),
  AMOUNT (tax_on_fees),
  AMOUNT (other),
  AMOUNT (net),
  AMOUNT (tax),
  AMOUNT (cash),
  AMOUNT (cheque),
  AMOUNT (card),
  AMOUNT (bank),
  AMOUNT (tender_refunded),
  AMOUNT (tender_net),
};

static void
billing_year_end_line_class_init (BillingYearEndLineClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "year_end", "year", NULL, year_end_fields,
                                G_N_ELEMENTS (year_end_fields));
}

static void
billing_year_end_line_init (BillingYearEndLine *self)
{
}

BillingYearEndLine *
billing_year_end_line_new (void)
{
  return g_object_new (BILLING_TYPE_YEAR_END_LINE, NULL);
}

static BillingYearEndLine *
find_line (GPtrArray  *lines,
           const char *month,
           const char *currency)
{
  for (guint i = 0; i < lines->len; i++)
    {
      BillingYearEndLine *line = lines->pdata[i];

      if (g_str_equal (line->month, month) && g_str_equal (line->currency, currency))
        return line;
    }

  return NULL;
}

static BillingYearEndLine *
ensure_line (GPtrArray  *lines,
             const char *month,
             const char *currency)
{
  BillingYearEndLine *line = find_line (lines, month, currency);

  if (line != NULL)
    return line;

  line = billing_year_end_line_new ();
  line->month = g_strdup (month);
  line->currency = g_strdup (currency);
  g_ptr_array_add (lines, line);
  return line;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  const BillingYearEndLine *one = *(const BillingYearEndLine * const *) a;
  const BillingYearEndLine *other = *(const BillingYearEndLine * const *) b;
  int order = g_strcmp0 (one->currency, other->currency);

  /* The word for all months comes behind their numbers. */
  return order != 0 ? order : g_strcmp0 (one->month, other->month);
}

/**
 * billing_year_end_add_months:
 * @lines: (element-type BillingYearEndLine): months of a year
 * @year: that
 * @currency: ISO 4217
 *
 * Adds the months in which nothing happened, and puts all in order.
 */
void
billing_year_end_add_months (GPtrArray  *lines,
                             int         year,
                             const char *currency)
{
  for (int month = 1; month <= 12; month++)
    {
      g_autofree char *name = g_strdup_printf ("%04d-%02d", year, month);

      ensure_line (lines, name, currency);
    }

  g_ptr_array_sort (lines, compare_cb);
}

static void
add_to (BillingYearEndLine *total,
        BillingYearEndLine *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (year_end_fields); i++)
    {
      const BillingField *field = &year_end_fields[i];

      if (field->type == G_TYPE_INT64)
        billing_record_set_integer (BILLING_RECORD (total), field,
                                    billing_record_get_integer (BILLING_RECORD (total), field) +
                                    billing_record_get_integer (BILLING_RECORD (line), field));
    }
}

/**
 * billing_year_end_add_totals:
 * @lines: (element-type BillingYearEndLine): months of a year
 *
 * Adds the sum of each currency, behind its months.
 */
void
billing_year_end_add_totals (GPtrArray *lines)
{
  guint n_months = lines->len;

  for (guint i = 0; i < n_months; i++)
    {
      BillingYearEndLine *line = lines->pdata[i];

      add_to (ensure_line (lines, BILLING_YEAR_END_TOTAL, line->currency), line);
    }

  g_ptr_array_sort (lines, compare_cb);
}

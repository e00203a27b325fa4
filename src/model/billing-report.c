/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report"

#include "config.h"

#include "billing-report.h"

#include "billing-age.h"
#include "billing-day.h"

G_DEFINE_FINAL_TYPE (BillingReportLine, billing_report_line, BILLING_TYPE_RECORD)

static BillingField report_line_fields[] = {
  BILLING_STRING_FIELD (BillingReportLine, name, 0),
  BILLING_STRING_FIELD (BillingReportLine, currency, 0),
  BILLING_INT64_FIELD (BillingReportLine, payments, 0),
  BILLING_INT64_FIELD (BillingReportLine, amount, 0),
  BILLING_INT64_FIELD (BillingReportLine, refunded, 0),
  /* An id, which says nothing outside of this practice. */
  BILLING_STRING_FIELD (BillingReportLine, key, BILLING_FIELD_SECRET),
};

#define ROWS(name) BILLING_REPORT_ROWS_##name
#define BY(name) BILLING_REPORT_GROUP_##name

static const BillingReport reports[] = {
  { "collected", ROWS (COLLECTED), BY (MONTH), NULL },
  { "collected-by-location", ROWS (COLLECTED), BY (LOCATION), NULL },
  { "collected-by-physician", ROWS (COLLECTED), BY (PHYSICIAN), NULL },
  { "outstanding", ROWS (PAYMENTS), BY (STANDING), NULL },
  { "outstanding-by-month", ROWS (OUTSTANDING), BY (MONTH), NULL },
  { "outstanding-by-location", ROWS (OUTSTANDING), BY (LOCATION), NULL },
  { "outstanding-by-physician", ROWS (OUTSTANDING), BY (PHYSICIAN), NULL },
  { "status", ROWS (PAYMENTS), BY (STATUS), NULL },
  { "tenders", ROWS (COLLECTED), BY (TENDER), NULL },
  { "aging", ROWS (OWED), BY (AGE), BILLING_AGE_BASIS_DUE },
  { "aging-by-service", ROWS (OWED), BY (AGE), BILLING_AGE_BASIS_SERVICE },
  { "aging-by-created", ROWS (OWED), BY (AGE), BILLING_AGE_BASIS_CREATED },
  { "refunds-by-reason", ROWS (REFUNDS), BY (REASON), NULL },
  { "fees", ROWS (FEES), BY (MONTH), NULL },
  { "stripe-collected", ROWS (CHARGES), BY (MONTH), NULL },
  { "payouts", ROWS (PAYOUTS), BY (MONTH), NULL },
  { "payout-items", ROWS (PAYOUT_ITEMS), BY (MONTH), NULL },
  { "stripe-balance", ROWS (NONE), BY (NONE), NULL },
  { "upcoming", ROWS (NONE), BY (NONE), NULL },
};

/* What the card calls Outstanding; Failed is still owed, and stands beside it. */
#define OUTSTANDING "draft,pending,processing"

/* Payouts that failed or were cancelled moved nothing in the end. */
#define PAID_OUT "paid,in_transit,pending"

/* Before any day, so that what never was paid is left out. */
#define FIRST_DAY "0001-01-01"

static void
billing_report_line_class_init (BillingReportLineClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "reports", "rep", NULL,
                                report_line_fields, G_N_ELEMENTS (report_line_fields));
}

static void
billing_report_line_init (BillingReportLine *self)
{
}

BillingReportLine *
billing_report_line_new (void)
{
  return g_object_new (BILLING_TYPE_REPORT_LINE, NULL);
}

/**
 * billing_report_list:
 * @n_reports: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_reports): the reports
 */
const BillingReport *
billing_report_list (guint *n_reports)
{
  *n_reports = G_N_ELEMENTS (reports);
  return reports;
}

/**
 * billing_report_find:
 * @name: how the command line calls it
 *
 * Returns: (nullable): the report
 */
const BillingReport *
billing_report_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      if (g_strcmp0 (reports[i].name, name) == 0)
        return &reports[i];
    }

  return NULL;
}

/**
 * billing_report_is_stripe:
 * @self: a report
 *
 * Returns: whether it is about Stripe's own objects, which know no location
 */
gboolean
billing_report_is_stripe (const BillingReport *self)
{
  return self->rows == BILLING_REPORT_ROWS_FEES || self->rows == BILLING_REPORT_ROWS_CHARGES ||
         self->rows == BILLING_REPORT_ROWS_PAYOUTS || self->rows == BILLING_REPORT_ROWS_PAYOUT_ITEMS;
}

static void
set (char       **member,
     const char  *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

/* The days that a report is of, in the words of its rows. */
static void
set_days (BillingQuery        *query,
          const BillingReport *report,
          const char          *from,
          const char          *to)
{
  switch (report->rows)
    {
    case BILLING_REPORT_ROWS_COLLECTED:
      set (&query->paid_from, from != NULL ? from : FIRST_DAY);
      set (&query->paid_to, to);
      break;
    case BILLING_REPORT_ROWS_REFUNDS:
      set (&query->paid_from, from);
      set (&query->paid_to, to);
      break;
    case BILLING_REPORT_ROWS_OUTSTANDING:
      g_free (query->age);
      query->age = billing_age_of_days (from, to);
      break;
    case BILLING_REPORT_ROWS_FEES:
    case BILLING_REPORT_ROWS_CHARGES:
    case BILLING_REPORT_ROWS_PAYOUTS:
    case BILLING_REPORT_ROWS_PAYOUT_ITEMS:
      set (&query->from, from);
      set (&query->to, to);
      break;
    case BILLING_REPORT_ROWS_NONE:
    case BILLING_REPORT_ROWS_PAYMENTS:
    case BILLING_REPORT_ROWS_OWED:
    default:
      break;
    }
}

static const char *
get_list (const BillingReport *report)
{
  switch (report->rows)
    {
    case BILLING_REPORT_ROWS_REFUNDS:
      return "refunds";
    case BILLING_REPORT_ROWS_FEES:
    case BILLING_REPORT_ROWS_CHARGES:
      return "balance_transactions";
    case BILLING_REPORT_ROWS_PAYOUTS:
    case BILLING_REPORT_ROWS_PAYOUT_ITEMS:
      return "payouts";
    case BILLING_REPORT_ROWS_NONE:
    case BILLING_REPORT_ROWS_PAYMENTS:
    case BILLING_REPORT_ROWS_COLLECTED:
    case BILLING_REPORT_ROWS_OUTSTANDING:
    case BILLING_REPORT_ROWS_OWED:
    default:
      return "payments";
    }
}

static const char *
get_status (const BillingReport *report)
{
  switch (report->rows)
    {
    case BILLING_REPORT_ROWS_OUTSTANDING:
    case BILLING_REPORT_ROWS_OWED:
      return OUTSTANDING;
    case BILLING_REPORT_ROWS_REFUNDS:
      return "posted";
    case BILLING_REPORT_ROWS_CHARGES:
      return "charge,payment";
    case BILLING_REPORT_ROWS_PAYOUTS:
    case BILLING_REPORT_ROWS_PAYOUT_ITEMS:
      return PAID_OUT;
    case BILLING_REPORT_ROWS_NONE:
    case BILLING_REPORT_ROWS_PAYMENTS:
    case BILLING_REPORT_ROWS_COLLECTED:
    case BILLING_REPORT_ROWS_FEES:
    default:
      return NULL;
    }
}

/* All rows of a report. */
static BillingQuery *
build_all (const BillingReport *report,
           BillingQuery        *base)
{
  BillingQuery *query = billing_query_new (get_list (report));

  query->status = g_strdup (get_status (report));
  query->location = g_strdup (billing_report_is_stripe (report) ? NULL : base->location);
  query->patient = g_strdup (get_list (report) != NULL && g_str_equal (get_list (report), "payments") ? base->patient : NULL);
  query->today = g_strdup (base->today);
  query->time_zone = g_strdup (base->time_zone);
  set_days (query, report, base->from, base->to);

  return query;
}

/* Of a month, what of it is between the days of the report. */
static void
set_month (BillingQuery        *query,
           const BillingReport *report,
           const char          *month,
           BillingQuery        *base)
{
  g_autofree char *first = g_strconcat (month, "-01", NULL);
  g_autofree char *later = billing_day_add (first, 31);
  g_autofree char *next = NULL;
  g_autofree char *last = NULL;

  g_return_if_fail (later != NULL);

  /* 31 days later is the next month, whichever it is. */
  next = g_strdup_printf ("%.7s-01", later);
  last = billing_day_add (next, -1);
  set_days (query, report, base->from != NULL && g_strcmp0 (base->from, first) > 0 ? base->from : first,
            base->to != NULL && g_strcmp0 (base->to, last) < 0 ? base->to : last);
}

static void
set_standing (BillingQuery *query,
              const char   *key)
{
  if (g_str_equal (key, "overdue"))
    query->overdue = TRUE;
  else
    set (&query->status, g_str_equal (key, "failed") ? "failed" : OUTSTANDING);
}

/* Of all rows, those of a line. */
static void
set_line (BillingQuery        *query,
          const BillingReport *report,
          const char          *key,
          BillingQuery        *base)
{
  switch (report->group)
    {
    case BILLING_REPORT_GROUP_MONTH:
      set_month (query, report, key, base);
      break;
    case BILLING_REPORT_GROUP_LOCATION:
      set (&query->location, key);
      break;
    case BILLING_REPORT_GROUP_PHYSICIAN:
      set (&query->physician, key);
      break;
    case BILLING_REPORT_GROUP_TENDER:
      set (&query->tender, key);
      break;
    case BILLING_REPORT_GROUP_STATUS:
      set (&query->status, key);
      break;
    case BILLING_REPORT_GROUP_STANDING:
      set_standing (query, key);
      break;
    case BILLING_REPORT_GROUP_AGE:
      set (&query->age, key);
      set (&query->age_basis, report->basis);
      break;
    case BILLING_REPORT_GROUP_REASON:
      set (&query->reason, key);
      break;
    case BILLING_REPORT_GROUP_NONE:
    default:
      break;
    }
}

/**
 * billing_report_build_query:
 * @report: a report
 * @line: (nullable): one of its lines; %NULL: all of them
 * @base: what the report was read by: from, to, location, today, time zone
 *
 * Builds the query for exactly the rows that add up to a line. Reports add up these rows themselves, or the totals that are kept of them.
 *
 * Returns: (transfer full) (nullable): the query, or %NULL for a report of no list
 */
BillingQuery *
billing_report_build_query (const BillingReport *report,
                            BillingReportLine   *line,
                            BillingQuery        *base)
{
  BillingQuery *query;

  if (report->rows == BILLING_REPORT_ROWS_NONE)
    return NULL;

  query = build_all (report, base);
  if (line != NULL)
    set_line (query, report, line->key, base);

  return query;
}

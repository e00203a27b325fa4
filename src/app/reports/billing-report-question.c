/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-question"

#include "config.h"

#include "billing-report-question.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <locale.h>

#include "billing-format.h"

/* As a share, in hundredths of a percent. */
static char *
conclude_fees (BillingReportTable *table)
{
  gint64 share;
  g_autofree char *percent = NULL;

  if (table->totals[0] <= 0)
    return NULL;

  share = table->totals[1] * 10000 / table->totals[0];
  percent = g_strdup_printf ("%" PRId64 "%s%02d %%", share / 100, localeconv ()->decimal_point, (int) (ABS (share) % 100));
  /* Translators: a percentage */
  return g_strdup_printf (_("Fees are %s of what Stripe took in."), percent);
}

static char *
conclude_payouts (BillingReportTable *table)
{
  g_autofree char *difference = NULL;

  if (table->totals[0] == table->totals[1])
    return g_strdup (_("They add up, to the cent."));

  difference = billing_format_money (NULL, table->totals[0] - table->totals[1], table->currency);
  /* Translators: an amount */
  return g_strdup_printf (_("They differ by %s: some lines of Stripe’s ledger may not have been fetched yet."), difference);
}

static const BillingReportQuestion questions[] = {
  { "flow",
    N_("Collected by the day it came in, before refunds; outstanding (draft, pending, processing) by the day it is due, or"
       " else by the day it was created"),
    N_("Nothing came in, and nothing is out, in these days."),
    { N_("Collected"), N_("Outstanding") }, "collected-outstanding.csv", NULL,
    { { N_("By Month"), N_("How much came in, how much is still out?"), { "collected", "outstanding-by-month" }, TRUE },
      { N_("By Location"), N_("How much came in, how much is still out, by location?"),
        { "collected-by-location", "outstanding-by-location" }, FALSE },
      { N_("By Physician"), N_("How much came in, how much is still out, by physician?"),
        { "collected-by-physician", "outstanding-by-physician" }, FALSE } } },
  { "age",
    N_("All that is outstanding today (draft, pending, processing), whatever the days above; what has no such day counts"
       " from the day it was created"),
    N_("Nothing is outstanding."),
    { N_("Outstanding") }, "aging.csv", NULL,
    { { N_("Since Due"), N_("How old is what we are owed, since it was due?"), { "aging" }, TRUE },
      { N_("Since Service"), N_("How old is what we are owed, since the service?"), { "aging-by-service" }, TRUE },
      { N_("Since Created"), N_("How old is what we are owed, since it was created?"), { "aging-by-created" }, TRUE } } },
  { "tenders",
    N_("Collected by the day it came in, before refunds"),
    N_("Nothing came in during these days."),
    { N_("Collected") }, "payment-methods.csv", NULL,
    { { N_("By Payment Method"), N_("Where does it come from?"), { "tenders" }, FALSE } } },
  { "fees",
    N_("What Stripe took in, and what it kept, by the day of its ledger; of all locations"),
    N_("Stripe took nothing in during these days, or has not been fetched yet."),
    { N_("Taken In"), N_("Fees") }, "stripe-fees.csv", conclude_fees,
    { { N_("By Month"), N_("What do cards cost us?"), { "stripe-collected", "fees" }, TRUE } } },
  { "payouts",
    N_("What Stripe paid out, and the lines of its ledger that it is made of, by the day of the payout; of all locations."
       " Payouts that Stripe does not itemise count as themselves"),
    N_("Stripe paid nothing out in these days, or has not been fetched yet."),
    { N_("Paid Out"), N_("Made Of") }, "payouts.csv", conclude_payouts,
    { { N_("By Month"), N_("Do the payouts add up?"), { "payouts", "payout-items" }, TRUE } } },
  { "refunds",
    N_("What went back, by the day of the refund"),
    N_("Nothing went back in these days."),
    { N_("Refunded") }, "refunds.csv", NULL,
    { { N_("By Reason"), N_("Why did money go back?"), { "refunds-by-reason" }, FALSE } } },
};

/**
 * billing_report_question_find:
 * @id: its word
 *
 * Returns: (nullable): the question
 */
const BillingReportQuestion *
billing_report_question_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      if (g_strcmp0 (questions[i].id, id) == 0)
        return &questions[i];
    }

  return NULL;
}

guint
billing_report_question_get_n_views (const BillingReportQuestion *self)
{
  guint n = 0;

  while (n < G_N_ELEMENTS (self->views) && self->views[n].name != NULL)
    n++;
  return n;
}

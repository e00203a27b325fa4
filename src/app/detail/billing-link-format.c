/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-link-format"

#include "config.h"

#include "billing-link-format.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"

/* Why a link is closed, by the words of the books. What Stripe says is shown as it is. */
static const struct {
  const char *why;
  const char *words;
} reasons[] = {
  { "amount", N_("the amount changed") },
  { "authorised", N_("the payment is authorised") },
  { "cancelled", N_("cancelled") },
  { "collected", N_("the payment was collected otherwise") },
  { "expired", N_("expired") },
  { "paid", N_("paid") },
  { "replaced", N_("replaced by a new link") },
};

/**
 * billing_link_format_expiry:
 * @day: (nullable): the last one on which a link is open
 *
 * Returns: (transfer full): `expires 3 Dec 2026`
 */
char *
billing_link_format_expiry (const char *day)
{
  g_autofree char *text = billing_format_day (NULL, day);

  /* Translators: the last day of a payment link: “expires 3 Dec 2026” */
  return g_strdup_printf (_("expires %s"), text);
}

/**
 * billing_link_format_why:
 * @why: (nullable): why a link is closed
 *
 * Returns: (transfer full): that in words, empty where it is not known
 */
char *
billing_link_format_why (const char *why)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_strcmp0 (reasons[i].why, why) == 0)
        return g_strdup (_(reasons[i].words));
    }

  return g_strdup (why != NULL ? why : "");
}

/**
 * billing_link_format_is_live:
 * @link: (nullable): of a payment
 * @now: Unix seconds
 *
 * Returns: whether the patient can pay by it: Stripe ends no link by itself, so the time counts here too
 */
gboolean
billing_link_format_is_live (BillingLink *link,
                             gint64       now)
{
  return link != NULL && link->state == BILLING_LINK_STATE_OPEN && link->url != NULL && link->expires_at > now;
}

static char *
format_closed (BillingLink *link,
               const char  *time_zone)
{
  g_autofree char *why = billing_link_format_why (link->why);
  g_autofree char *day = link->closed_at != 0 ? billing_day_from_instant (link->closed_at, time_zone) : NULL;
  g_autofree char *text = billing_format_day (NULL, day);

  if (*why == '\0')
    return g_strdup (_("Closed."));
  if (*text == '\0')
    /* Translators: why a payment link is closed: “Closed: paid” */
    return g_strdup_printf (_("Closed: %s"), why);

  /* Translators: when and why a payment link was closed: “Closed on 3 Dec 2026: paid” */
  return g_strdup_printf (_("Closed on %s: %s"), text, why);
}

/**
 * billing_link_format_state:
 * @link: of a payment
 * @now: Unix seconds
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): how it stands, in a line
 */
char *
billing_link_format_state (BillingLink *link,
                           gint64       now,
                           const char  *time_zone)
{
  g_autofree char *why = billing_link_format_why (link->why);

  switch (link->state)
    {
    case BILLING_LINK_STATE_WAITING:
      return g_strdup (_("Waits for Stripe: it is made as soon as there is a connection."));
    case BILLING_LINK_STATE_OPEN:
      if (link->expires_at > now)
        return billing_link_format_expiry (link->expires_on);
      return g_strdup (_("It has expired. Make a new link if the patient should still pay by one."));
    case BILLING_LINK_STATE_CLOSING:
      /* Translators: why a payment link was closed: “paid” */
      return *why != '\0' ? g_strdup_printf (_("Closed (%s); Stripe has still to be told."), why)
                          : g_strdup (_("Closed; Stripe has still to be told."));
    case BILLING_LINK_STATE_FAILED:
      return *why != '\0' ? g_strdup_printf (_("Stripe refused to make it: %s"), why)
                          : g_strdup (_("Stripe refused to make it."));
    case BILLING_LINK_STATE_CLOSED:
    default:
      return format_closed (link, time_zone);
    }
}

/**
 * billing_link_format_late:
 * @late: money that came for a payment that wanted none any more
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): what came, and what became of it, in a sentence
 */
char *
billing_link_format_late (BillingLateMoney *late,
                          const char       *time_zone)
{
  g_autofree char *amount = billing_format_money (NULL, late->amount, late->currency);
  g_autofree char *on = billing_day_from_instant (late->created_at, time_zone);
  g_autofree char *day = billing_format_day (NULL, on);

  switch (late->state)
    {
    case BILLING_LATE_STATE_OPEN:
      /* Translators: an amount, and a day */
      return g_strdup_printf (_("%s came late or twice (%s), and is the patient’s credit for now."), amount, day);
    case BILLING_LATE_STATE_REFUNDING:
      return g_strdup_printf (_("%s came late or twice (%s). Stripe is asked to give it back."), amount, day);
    case BILLING_LATE_STATE_REFUNDED:
      return g_strdup_printf (_("%s came late or twice (%s), and went back to the patient."), amount, day);
    case BILLING_LATE_STATE_KEPT:
    default:
      return g_strdup_printf (_("%s came late or twice (%s), and was kept as the patient’s credit."), amount, day);
    }
}

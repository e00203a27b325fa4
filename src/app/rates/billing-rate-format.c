/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-format"

#include "config.h"

#include "billing-rate-format.h"

#include <glib/gi18n.h>

#include "billing-code.h"
#include "billing-format.h"

/* How billing rates are written. */

const char *
billing_rate_format_kind (BillingRate *rate)
{
  return rate->payer_kind == BILLING_PAYER_KIND_INSURANCE ? _("Insurance") : _("Self-pay");
}

/**
 * billing_rate_format_billing:
 * @rate: a rate
 *
 * Returns: what becomes of what is under it
 */
const char *
billing_rate_format_billing (BillingRate *rate)
{
  if (rate->retired)
    return C_("rate", "Retired");
  if (!rate->billable)
    return C_("rate", "Not billed");

  return rate->invoiced ? C_("rate", "Invoiced") : C_("rate", "Billed");
}

char *
billing_rate_format_code (BillingRate *rate)
{
  if (rate->code == NULL)
    return NULL;
  if (g_strcmp0 (rate->code_system, BILLING_CODE_OWN) == 0)
    return g_strdup (rate->code);

  return g_strdup_printf ("%s %s", rate->code_system, rate->code);
}

char *
billing_rate_format_price (BillingRate *rate)
{
  return rate->price >= 0 ? billing_format_money (NULL, rate->price, rate->currency) : NULL;
}

/**
 * billing_rate_format_sentence:
 * @rate: a rate
 *
 * Returns: (transfer full): what a screen reader says of its row
 */
char *
billing_rate_format_sentence (BillingRate *rate)
{
  g_autofree char *price = billing_rate_format_price (rate);
  g_autofree char *code = billing_rate_format_code (rate);

  /* TRANSLATORS: a billing rate: its name, its code, who pays by it (Insurance), what becomes of it (Invoiced), what one costs */
  return g_strdup_printf (_("%s, %s, %s, %s, %s"), rate->name, code != NULL ? code : _("no code"), billing_rate_format_kind (rate),
                          billing_rate_format_billing (rate), price != NULL ? price : _("no price"));
}

/**
 * billing_rate_format_since:
 * @price: a price
 *
 * Returns: (transfer full): for whom and from when on it holds
 */
char *
billing_rate_format_since (BillingRatePrice *price)
{
  g_autofree char *day = billing_format_day (NULL, price->from_on);

  if (price->payer == NULL)
    return g_strdup_printf (_("From %s"), day);

  /* TRANSLATORS: an insurer that has a price of its own, and the day from which it holds */
  return g_strdup_printf (_("%s, from %s"), price->payer, day);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "billing-model-error.h"

G_BEGIN_DECLS

/**
 * BillingMoney:
 * @minor: the amount, in minor units as Stripe counts them (see billing_money_digits())
 * @currency: its ISO 4217 code, in capitals
 *
 * An amount of money. A plain value: copy it freely.
 */
typedef struct {
  gint64 minor;
  char currency[4];
} BillingMoney;

BillingMoney billing_money_new (gint64 minor, const char *currency);

gboolean billing_money_add (BillingMoney a, BillingMoney b, BillingMoney *sum, GError **error);
gboolean billing_money_subtract (BillingMoney a, BillingMoney b, BillingMoney *difference,
                                 GError **error);
gboolean billing_money_scale (BillingMoney a, gint64 numerator, gint64 denominator,
                              BillingMoney *result, GError **error);

int billing_money_digits (const char *currency);
gint64 billing_money_step (const char *currency);
gboolean billing_currency_is_known (const char *code);

gboolean billing_money_parse (const char *text, const char *currency, const char *locale,
                              BillingMoney *money, GError **error);
gboolean billing_money_parse_plain (const char *text, const char *currency, gboolean round,
                                    BillingMoney *money, GError **error);

char *billing_money_format (BillingMoney money, const char *locale);
char *billing_money_format_plain (BillingMoney money);
void billing_money_append_plain (GString *out, BillingMoney money);
char *billing_money_format_short (gint64 minor, const char *currency, const char *locale);

G_END_DECLS

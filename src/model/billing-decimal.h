/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "billing-money.h"

G_BEGIN_DECLS

/*
 * A decimal number as text, on its way to minor units. Only for this room.
 */

/**
 * BillingDecimal:
 * @negative: whether it is below zero
 * @digits: (owned): its digits, '0' to '9', without the point
 * @point: how many of the digits stand before the point; may lie outside of them
 */
typedef struct {
  gboolean negative;
  GString *digits;
  gint64 point;
} BillingDecimal;

void billing_decimal_init (BillingDecimal *decimal);
void billing_decimal_clear (BillingDecimal *decimal);
gboolean billing_decimal_to_money (const BillingDecimal *decimal, const char *text,
                                   const char *currency, gboolean round, BillingMoney *money,
                                   GError **error);
void billing_decimal_append (GString *out, gint64 minor, int digits);
char *billing_decimal_from_minor (gint64 minor, int digits);
char *billing_decimal_quote (const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingDecimal, billing_decimal_clear)

G_END_DECLS

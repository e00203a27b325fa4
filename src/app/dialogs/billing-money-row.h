/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_MONEY_ROW (billing_money_row_get_type ())
/**
 * BillingMoneyRow:
 *
 * An entry for an amount of one currency (`currency`), written as the user's locale writes it.
 */
G_DECLARE_FINAL_TYPE (BillingMoneyRow, billing_money_row, BILLING, MONEY_ROW, AdwEntryRow)

void     billing_money_row_set_currency (BillingMoneyRow  *self,
                                         const char       *currency);
void     billing_money_row_set_amount   (BillingMoneyRow  *self,
                                         gint64            amount);
void     billing_money_row_allow_zero   (BillingMoneyRow  *self);
gboolean billing_money_row_get_amount   (BillingMoneyRow  *self,
                                         gint64           *amount,
                                         GError          **error);

G_END_DECLS

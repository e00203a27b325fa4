/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_CHOICE_ROW (billing_tax_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxChoiceRow, billing_tax_choice_row, BILLING, TAX_CHOICE_ROW, AdwActionRow)

/**
 * BillingTaxChoiceRow:
 *
 * A row with one of some words of Stripe's, shown as people say them; many of them can be searched. Signal: `changed`, whoever changed it.
 */
void        billing_tax_choice_row_clear     (BillingTaxChoiceRow *self);
void        billing_tax_choice_row_add       (BillingTaxChoiceRow *self,
                                              const char          *word,
                                              const char          *label);
void        billing_tax_choice_row_add_countries (BillingTaxChoiceRow *self,
                                              const char * const  *countries);
void        billing_tax_choice_row_finish    (BillingTaxChoiceRow *self);
guint       billing_tax_choice_row_get_n     (BillingTaxChoiceRow *self);
const char *billing_tax_choice_row_get_word  (BillingTaxChoiceRow *self);
void        billing_tax_choice_row_set_word  (BillingTaxChoiceRow *self,
                                              const char          *word);

G_END_DECLS

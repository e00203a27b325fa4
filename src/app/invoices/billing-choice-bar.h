/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-list-choice.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHOICE_BAR (billing_choice_bar_get_type ())
/**
 * BillingChoiceBar:
 *
 * The bar under a list in which rows are ticked: a box for all of them, what is ticked (how many, of how many patients, what it comes to), a
 * menu of what else can be done with it, and *Edit*.
 */
G_DECLARE_FINAL_TYPE (BillingChoiceBar, billing_choice_bar, BILLING, CHOICE_BAR, AdwBin)

void billing_choice_bar_set_choice (BillingChoiceBar  *self,
                                    BillingDesk       *desk,
                                    BillingListChoice *choice);
void billing_choice_bar_set_menu   (BillingChoiceBar  *self,
                                    const char        *list,
                                    const char        *edit_action,
                                    GMenuModel        *menu);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-letter-layout.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LETTER_VIEW (billing_letter_view_get_type ())
/**
 * BillingLetterView:
 *
 * The pages of a letter, on the paper of the locale, as they will print, as wide as there is room. Screen readers read its text.
 * It belongs into a GtkScrolledWindow with AdwClamp, with the style class `paper`, as in ui/detail/letter-window.ui.
 */
G_DECLARE_FINAL_TYPE (BillingLetterView, billing_letter_view, BILLING, LETTER_VIEW, GtkWidget)

GtkWidget *billing_letter_view_new        (void);
void       billing_letter_view_set_letter (BillingLetterView *self,
                                           BillingLetter     *letter);

G_END_DECLS

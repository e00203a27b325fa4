/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LETTER_WINDOW (billing_letter_window_get_type ())
/**
 * BillingLetterWindow:
 *
 * Invoices, statements or receipts on their way out: one is shown as it will print, and printed or saved; of many it is said how many they
 * are, and they are printed, saved in one file, or in one each, with progress and a way to stop. A statement asks for its period.
 */
G_DECLARE_FINAL_TYPE (BillingLetterWindow, billing_letter_window, BILLING, LETTER_WINDOW, AdwWindow)

GtkWindow *billing_letter_window_new  (BillingDesk         *desk,
                                       BillingAct          *act,
                                       guint                n_letters);
void       billing_letter_window_save (BillingLetterWindow *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_PRACTICE_DIALOG (billing_practice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingPracticeDialog, billing_practice_dialog, BILLING, PRACTICE_DIALOG, AdwWindow)

/**
 * BillingPracticeDialog:
 *
 * Makes a practice: its name, currency, time zone and folder.
 *
 * Signal: `created` (string: the folder).
 */
GtkWindow *billing_practice_dialog_new (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_APPLICATION (billing_application_get_type ())
G_DECLARE_FINAL_TYPE (BillingApplication, billing_application, BILLING, APPLICATION, AdwApplication)

/**
 * BillingApplication:
 *
 * One process for all windows; a window for each practice. The command line opens practices:
 * `--practice FOLDER`, `--demo`, or the one that was open last.
 */
BillingApplication *billing_application_new (void);

G_END_DECLS

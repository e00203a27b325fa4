/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_PREFERENCES (billing_preferences_get_type ())
G_DECLARE_FINAL_TYPE (BillingPreferences, billing_preferences, BILLING, PREFERENCES, AdwPreferencesWindow)

/**
 * BillingPreferences:
 *
 * What is set for this computer alone. The practice's settings, which everybody shares, are in *Administration*.
 */
GtkWindow *billing_preferences_new (void);

G_END_DECLS

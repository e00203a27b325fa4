/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PREFERENCES (billing_preferences_get_type ())
G_DECLARE_FINAL_TYPE (BillingPreferences, billing_preferences, BILLING, PREFERENCES, AdwPreferencesWindow)

/**
 * BillingPreferences:
 *
 * The practice's settings, which everybody shares and which are changed by acts; and this computer's.
 */
GtkWindow *billing_preferences_new (BillingDesk *desk);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PRACTICE_SETTINGS (billing_practice_settings_get_type ())
G_DECLARE_FINAL_TYPE (BillingPracticeSettings, billing_practice_settings, BILLING,
                      PRACTICE_SETTINGS, AdwPreferencesGroup)

/**
 * BillingPracticeSettings:
 *
 * What the practice is called and how it works; changed at once, by those who may.
 */
void billing_practice_settings_set_desk (BillingPracticeSettings *self,
                                         BillingDesk             *desk);

G_END_DECLS

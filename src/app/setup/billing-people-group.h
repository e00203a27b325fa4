/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PEOPLE_GROUP (billing_people_group_get_type ())
G_DECLARE_FINAL_TYPE (BillingPeopleGroup, billing_people_group, BILLING, PEOPLE_GROUP, AdwPreferencesGroup)

/**
 * BillingPeopleGroup:
 *
 * Who works in the practice, and as what.
 */
void billing_people_group_set_desk (BillingPeopleGroup *self,
                                    BillingDesk        *desk);

G_END_DECLS

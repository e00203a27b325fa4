/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PLACES_GROUP (billing_places_group_get_type ())
G_DECLARE_FINAL_TYPE (BillingPlacesGroup, billing_places_group, BILLING, PLACES_GROUP, AdwPreferencesGroup)

/**
 * BillingPlacesGroup:
 *
 * The practice’s locations or its physicians (`kind`: `locations` or `physicians`), and a row by which another is added.
 */
void billing_places_group_set_desk (BillingPlacesGroup *self,
                                    BillingDesk        *desk);

G_END_DECLS

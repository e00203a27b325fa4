/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PLACE_ROW (billing_place_row_get_type ())
/**
 * BillingPlaceRow:
 *
 * A location or a physician, with what is said of them below it, to be changed there.
 */
G_DECLARE_FINAL_TYPE (BillingPlaceRow, billing_place_row, BILLING, PLACE_ROW, AdwExpanderRow)

GtkWidget     *billing_place_row_new        (BillingDesk      *desk,
                                             BillingRecord    *record);
BillingRecord *billing_place_row_get_record (BillingPlaceRow  *self);
void           billing_place_row_set_record (BillingPlaceRow  *self,
                                             BillingRecord    *record);

G_END_DECLS

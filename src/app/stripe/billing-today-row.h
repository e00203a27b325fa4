/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-today.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TODAY_ROW (billing_today_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingTodayRow, billing_today_row, BILLING, TODAY_ROW, AdwActionRow)

/**
 * BillingTodayRow:
 *
 * A line of the Today list: a tick where nothing is left to do, its number, and what leads to what it counts.
 */
GtkWidget  *billing_today_row_new      (BillingTodayLine *line);
void        billing_today_row_set_line (BillingTodayRow  *self,
                                        BillingTodayLine *line);
const char *billing_today_row_get_nick (BillingTodayRow  *self);

G_END_DECLS

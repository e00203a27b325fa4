/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_DAY_ROW (billing_day_row_get_type ())
/**
 * BillingDayRow:
 *
 * An entry for a day, written as the user's locale writes it, or chosen from a calendar.
 */
G_DECLARE_FINAL_TYPE (BillingDayRow, billing_day_row, BILLING, DAY_ROW, AdwEntryRow)

void     billing_day_row_set_day (BillingDayRow  *self,
                                  const char     *day);
gboolean billing_day_row_get_day (BillingDayRow  *self,
                                  char          **day,
                                  GError        **error);

G_END_DECLS

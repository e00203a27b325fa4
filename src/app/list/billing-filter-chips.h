/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BILLING_TYPE_FILTER_CHIPS (billing_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (BillingFilterChips, billing_filter_chips, BILLING, FILTER_CHIPS, GtkWidget)

/**
 * BillingFilterChips:
 *
 * What a list is narrowed to: a chip for each filter in force, which takes it away, and a button that takes all of them away.
 *
 * Signal: `removed` (int): the chip of this filter was pressed.
 */
void billing_filter_chips_clear    (BillingFilterChips *self);
void billing_filter_chips_add      (BillingFilterChips *self,
                                    int                 filter,
                                    const char         *text);
void billing_filter_chips_add_clear (BillingFilterChips *self);

G_END_DECLS

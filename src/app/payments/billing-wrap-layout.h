/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BILLING_TYPE_WRAP_LAYOUT (billing_wrap_layout_get_type ())
/**
 * BillingWrapLayout:
 *
 * Children stand beside each other as words do: each as wide as it wants to be, and the next line begins where there is no more room.
 * A #GtkFlowBox would make columns of them.
 *
 * Properties: `spacing` (int: pixels between them, both ways).
 */
G_DECLARE_FINAL_TYPE (BillingWrapLayout, billing_wrap_layout, BILLING, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-history.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INTENT_ROW (billing_intent_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingIntentRow, billing_intent_row, BILLING, INTENT_ROW, GtkBox)

GtkWidget *billing_intent_row_new (gpointer       intent,
                                   BillingDesk   *desk);

G_END_DECLS

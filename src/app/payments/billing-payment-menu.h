/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-payment.h"

G_BEGIN_DECLS

GMenuModel *billing_payment_menu_new (GtkWidget      *pane,
                                      BillingDesk    *desk,
                                      BillingPayment *payment);

G_END_DECLS

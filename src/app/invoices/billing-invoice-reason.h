/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"

G_BEGIN_DECLS

void billing_invoice_reason_ask (GtkWidget   *widget,
                                 BillingDesk *desk,
                                 BillingVerb  verb,
                                 const char  *invoice);

G_END_DECLS

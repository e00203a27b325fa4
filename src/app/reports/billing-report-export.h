/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"

G_BEGIN_DECLS

void billing_report_export (GtkWidget   *widget,
                            BillingDesk *desk,
                            const char  *name,
                            char        *csv);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-report-drawing.h"

G_BEGIN_DECLS

/**
 * BillingReportPrintFunc:
 * @problem: (nullable): why nothing was printed, for a person; %NULL: it was, or somebody thought better of it
 * @data: the caller's
 */
typedef void (*BillingReportPrintFunc) (const char *problem,
                                        gpointer    data);

void     billing_report_print  (BillingReportPage      *page,
                                GtkWindow              *parent,
                                BillingReportPrintFunc  func,
                                gpointer                data,
                                GDestroyNotify          destroy);
gboolean billing_report_to_pdf (BillingReportPage      *page,
                                const char             *path,
                                GError                **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-desk.h"

G_BEGIN_DECLS

/**
 * BillingReportExportFunc:
 * @problem: (nullable): why nothing was saved, for a person; %NULL: it was
 * @data: the caller's
 */
typedef void (*BillingReportExportFunc) (const char *problem,
                                         gpointer    data);

void billing_report_export (BillingDesk              *desk,
                            char                     *csv,
                            GFile                    *file,
                            BillingReportExportFunc   func,
                            gpointer                  data,
                            GDestroyNotify            destroy);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-query.h"

G_BEGIN_DECLS

const char * const *billing_totals_list_reports (void);
GPtrArray          *billing_totals_report       (BillingConnection  *connection,
                                                 const char         *name,
                                                 BillingQuery       *query,
                                                 GError            **error);

G_END_DECLS

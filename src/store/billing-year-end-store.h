/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-year-end.h"

G_BEGIN_DECLS

GPtrArray *billing_year_end_read       (BillingConnection  *connection,
                                        int                 year,
                                        const char         *time_zone,
                                        const char         *currency,
                                        GError            **error);
gboolean   billing_year_end_read_years (BillingConnection  *connection,
                                        const char         *time_zone,
                                        int                *first,
                                        int                *last,
                                        GError            **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-day-close.h"

G_BEGIN_DECLS

char     *billing_day_close_find_last  (BillingConnection  *connection,
                                        GError            **error);
char     *billing_day_close_find       (BillingConnection  *connection,
                                        const char         *day,
                                        GError            **error);
gboolean  billing_day_close_sum_cash   (BillingConnection  *connection,
                                        BillingDayClose    *close,
                                        gint64             *expected,
                                        GError            **error);
gboolean  billing_day_close_add_totals (BillingConnection  *connection,
                                        BillingDayClose    *close,
                                        GError            **error);
char     *billing_day_close_read_seal  (BillingConnection  *connection,
                                        GError            **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/*
 * What Stripe collected since somebody looked last: for those who want to hear of it.
 */
gboolean billing_paid_find_last (BillingConnection  *connection,
                                 gint64             *last,
                                 GError            **error);
gboolean billing_paid_list      (BillingConnection  *connection,
                                 gint64             *last,
                                 guint               limit,
                                 GPtrArray         **payments,
                                 guint              *n,
                                 GError            **error);

G_END_DECLS

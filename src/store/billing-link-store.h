/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-history.h"
#include "billing-link.h"

G_BEGIN_DECLS

/**
 * BillingLinkStanding:
 * @pending: how much about it waits for Stripe, the making apart
 * @sessions: how many visits of its page can still be paid, as far as the mirror knows
 * @close_failed: whether Stripe refused to close it when it was asked last
 *
 * What stands between a link that is closed here and its end.
 */
typedef struct {
  gint64 pending;
  gint64 sessions;
  gint64 close_failed;
} BillingLinkStanding;

gboolean   billing_link_store_find_open     (BillingConnection    *connection,
                                             const char           *payment_id,
                                             BillingLink         **link,
                                             GError              **error);
gboolean   billing_link_store_find_newest   (BillingConnection    *connection,
                                             const char           *payment_id,
                                             BillingLink         **link,
                                             GError              **error);
gboolean   billing_link_store_find_maker    (BillingConnection    *connection,
                                             BillingLink          *link,
                                             BillingIntent       **maker,
                                             GError              **error);
GPtrArray *billing_link_store_list_expired  (BillingConnection    *connection,
                                             gint64                now,
                                             GError              **error);
GPtrArray *billing_link_store_list_used_up  (BillingConnection    *connection,
                                             GError              **error);
GPtrArray *billing_link_store_list_unwanted (BillingConnection    *connection,
                                             GError              **error);
GPtrArray *billing_link_store_list_sessions (BillingConnection    *connection,
                                             BillingLink          *link,
                                             GError              **error);
GPtrArray *billing_link_store_list_pages    (BillingConnection    *connection,
                                             const char           *payment_id,
                                             GError              **error);
gboolean   billing_link_store_look          (BillingConnection    *connection,
                                             BillingLink          *link,
                                             BillingLinkStanding  *standing,
                                             GError              **error);

/* Money that came too late, and what of it is on its way back. */
gboolean   billing_late_store_find          (BillingConnection    *connection,
                                             const char           *charge_id,
                                             BillingLateMoney    **late,
                                             GError              **error);
gboolean   billing_late_store_hold          (BillingConnection    *connection,
                                             BillingLateMoney     *late,
                                             gint64                amount,
                                             GError              **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-link.h"

G_BEGIN_DECLS

/*
 * The words of payment links and of money that came too late. Pure functions.
 */
char     *billing_link_format_expiry  (const char       *day);
char     *billing_link_format_why     (const char       *why);
gboolean  billing_link_format_is_live (BillingLink      *link,
                                       gint64            now);
char     *billing_link_format_state   (BillingLink      *link,
                                       gint64            now,
                                       const char       *time_zone);
char     *billing_link_format_late    (BillingLateMoney *late,
                                       const char       *time_zone);

G_END_DECLS

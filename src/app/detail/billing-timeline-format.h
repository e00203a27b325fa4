/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-history.h"

G_BEGIN_DECLS

/*
 * The words of a payment's timeline: what happened, with when and who, and what it means. Pure functions.
 */
char       *billing_timeline_format_title    (BillingEvent *event);
char       *billing_timeline_format_subtitle (BillingEvent *event,
                                              const char   *time_zone);
const char *billing_timeline_format_icon     (BillingEvent *event);

G_END_DECLS

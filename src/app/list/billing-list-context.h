/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LIST_CONTEXT (billing_list_context_get_type ())
G_DECLARE_FINAL_TYPE (BillingListContext, billing_list_context, BILLING, LIST_CONTEXT, GObject)

typedef struct _BillingListChoice BillingListChoice;

/**
 * BillingListContext:
 *
 * What the rows of a practice are written by: its currency, its time zone, and which day it is there. `today` notifies
 * when the day ends, so that a payment becomes overdue in an open window too.
 *
 * Properties: `currency`, `time-zone`, `today` (strings).
 */
BillingListContext *billing_list_context_new           (const char         *currency,
                                                        const char         *time_zone);
BillingListContext *billing_list_context_new_for_desk  (BillingDesk        *desk);
const char         *billing_list_context_get_currency  (BillingListContext *self);
const char         *billing_list_context_get_time_zone (BillingListContext *self);
const char         *billing_list_context_get_today     (BillingListContext *self);
void                billing_list_context_set_today     (BillingListContext *self,
                                                        const char         *today);

/* What is ticked in the list, where that can be. */
BillingListChoice  *billing_list_context_get_choice    (BillingListContext *self);
void                billing_list_context_set_choice    (BillingListContext *self,
                                                        BillingListChoice  *choice);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-dispute-story.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DISPUTE_HEAD (billing_dispute_head_get_type ())
/**
 * BillingDisputeHead:
 *
 * What comes first of a dispute: by when to answer, what it means, how the answer stands, and the one button for what is next. Its
 * buttons activate `dispute.answer`, `dispute.accept`, `dispute.bill-again`, `dispute.write-off`.
 */
G_DECLARE_FINAL_TYPE (BillingDisputeHead, billing_dispute_head, BILLING, DISPUTE_HEAD, GtkBox)

GtkWidget *billing_dispute_head_new (BillingDesk         *desk,
                                     BillingDisputeStory *story);

G_END_DECLS

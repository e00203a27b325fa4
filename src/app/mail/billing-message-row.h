/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-message.h"

G_BEGIN_DECLS

#define BILLING_TYPE_MESSAGE_ROW (billing_message_row_get_type ())
/**
 * BillingMessageRow:
 *
 * One e-mail: to whom, of what, what became of it, and what can be done. Its buttons activate `messages.resolve` (with its id and “sent” or
 * “again”), `messages.cancel` and `messages.hand` (with its id).
 */
G_DECLARE_FINAL_TYPE (BillingMessageRow, billing_message_row, BILLING, MESSAGE_ROW, GtkListBoxRow)

GtkWidget *billing_message_row_new (BillingMessage *message,
                                    BillingDesk    *desk);

G_END_DECLS

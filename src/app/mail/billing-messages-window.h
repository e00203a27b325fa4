/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-postman.h"

G_BEGIN_DECLS

#define BILLING_TYPE_MESSAGES_WINDOW (billing_messages_window_get_type ())
/**
 * BillingMessagesWindow:
 *
 * *Messages*: the e-mails to patients, what became of them, and what a person has to say of those of which it is not known. It keeps itself
 * up to date.
 */
G_DECLARE_FINAL_TYPE (BillingMessagesWindow, billing_messages_window, BILLING, MESSAGES_WINDOW, AdwWindow)

GtkWindow *billing_messages_window_new (BillingDesk    *desk,
                                        BillingPostman *postman);

G_END_DECLS

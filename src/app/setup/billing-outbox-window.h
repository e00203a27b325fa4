/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_OUTBOX_WINDOW (billing_outbox_window_get_type ())
G_DECLARE_FINAL_TYPE (BillingOutboxWindow, billing_outbox_window, BILLING, OUTBOX_WINDOW, AdwWindow)

/**
 * BillingOutboxWindow:
 *
 * *Waiting for Stripe*: what Stripe is still to be told, since when and why, and what became of the
 * last ones. It keeps itself up to date. *Open Payment* activates `win.show-payment` of the window
 * that it stands over.
 */
GtkWindow *billing_outbox_window_new (BillingDesk *desk,
                                      BillingSync *sync);

G_END_DECLS

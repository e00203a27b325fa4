/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_WINDOW (billing_window_get_type ())
G_DECLARE_FINAL_TYPE (BillingWindow, billing_window, BILLING, WINDOW, AdwApplicationWindow)

/**
 * BillingWindow:
 *
 * One practice: its pages, or what keeps them from being shown. Its actions (group `win`) are how rows, panes and
 * dialogs ask for things: `show-payment`, `show-treatment`, `show-patient` (an id or a number), `create-payment`,
 * `create-payment-for-patient`, `create-payment-for-treatment` (an id), `close-detail`, `clear-filters`, `toast` and
 * `warn` (a sentence), `show-page` (its name), `import`, `search`, `go-to-row`, `sign-in`; and for Stripe `sync-now`,
 * `show-queue`, `connect-stripe`, `replace-key`, `remove-key`, `unlock-keyring`.
 */
BillingWindow *billing_window_new         (GtkApplication *application);
const char    *billing_window_get_folder  (BillingWindow  *self);
BillingDesk   *billing_window_get_desk    (BillingWindow  *self);
BillingSync   *billing_window_get_sync    (BillingWindow  *self);
const char    *billing_window_get_topic   (BillingWindow  *self);
void           billing_window_set_stripe_url (BillingWindow *self,
                                              const char   *url);
void           billing_window_open_folder (BillingWindow  *self,
                                           const char     *folder);
void           billing_window_welcome     (BillingWindow  *self);
void           billing_window_open_demo   (BillingWindow  *self);
void           billing_window_create_payment (BillingWindow *self);
void           billing_window_show_payment (BillingWindow *self,
                                            const char    *payment);
void           billing_window_show_stripe (BillingWindow *self,
                                           const char    *section);
char          *billing_window_get_demo_folder (void);

G_END_DECLS

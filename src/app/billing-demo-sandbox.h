/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A key that every sandbox takes, and nobody else. */
#define BILLING_DEMO_SANDBOX_KEY "sk_test_demo"

/**
 * BillingDemoSandbox:
 *
 * The stand-in for Stripe that runs while the made-up clinic is open, with that clinic's history.
 * It ends with this program, however that ends.
 */
typedef struct _BillingDemoSandbox BillingDemoSandbox;

/* Of a main thread: the sandbox ends with the thread that started it. */
void                billing_demo_sandbox_start_async  (const char           *folder,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
BillingDemoSandbox *billing_demo_sandbox_start_finish (GAsyncResult         *result,
                                                       GError              **error);
const char         *billing_demo_sandbox_get_url      (BillingDemoSandbox   *self);
void                billing_demo_sandbox_stop         (BillingDemoSandbox   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingDemoSandbox, billing_demo_sandbox_stop)

G_END_DECLS

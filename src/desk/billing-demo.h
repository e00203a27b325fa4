/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The made-up clinic that everybody sees first. */
#define BILLING_DEMO_SEED 20090401

/* How many payments it has, unless more are asked for. */
#define BILLING_DEMO_PAYMENTS 1500

/**
 * BillingDemoProgress:
 * @fraction: how much is done, of 1
 * @what: what is being done, for people
 * @data: the caller's
 */
typedef void (*BillingDemoProgress) (double      fraction,
                                     const char *what,
                                     gpointer    data);

/* The account that the demo is bound to: the sandbox's. */
#define BILLING_DEMO_STRIPE_ACCOUNT "acct_1SandboxClinic0001"

char    *billing_demo_get_history (const char *folder);
gboolean billing_demo_create (const char           *folder,
                              gint64                n_payments,
                              guint64               seed,
                              BillingDemoProgress   progress,
                              gpointer              data,
                              GCancellable         *cancellable,
                              GError              **error);

G_END_DECLS

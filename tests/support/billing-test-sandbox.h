/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-server.h"

G_BEGIN_DECLS

#define BILLING_TEST_SANDBOX_KEY "sk_test_4eC39HqLyjWDarjtT1zdp7dc"

/**
 * BillingTestSandbox:
 * @server: (owned): its thread's, but for what any thread may call
 * @url: (owned): where it serves
 *
 * A sandbox in a thread of its own.
 */
typedef struct {
  BillingSandboxServer *server;
  char *url;

  /* private */
  GThread *thread;       /* (owned) */
  GMainLoop *loop;       /* (owned) */
  GMainContext *context; /* (owned) */
} BillingTestSandbox;

void billing_test_sandbox_start (BillingTestSandbox          *self,
                                 const BillingSandboxOptions *options);
void billing_test_sandbox_stop  (BillingTestSandbox          *self);

/* A payer in front of a page: what is seen there, or comes of @form. (nullable): where the payer is left alone. */
char *billing_test_sandbox_visit (const char *url,
                                  const char *form);
/* Opens a payment link. Returns: (transfer full) (nullable): where the visit is paid; NULL: it cannot be paid any more. */
char *billing_test_sandbox_open  (const char *url);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-sync.h"
#include "billing-test-clock.h"
#include "billing-test-sandbox.h"

G_BEGIN_DECLS

/*
 * A mirror in a folder of its own, a sandbox in a thread of its own, and a client that waits for
 * nothing.
 */
typedef struct
{
  char *folder;          /* (owned) */
  BillingMirror *mirror; /* (owned) */
  BillingTestSandbox sandbox;
  BillingTestClock clock;
  BillingStripeClient *client;      /* (owned) */
  BillingStripeSyncSummary summary; /* of the last round */
} BillingTestMirror;

/* With what GTest passes to a fixture, so that a test whose fixture is a mirror can name them
 * itself. */
void     billing_test_mirror_set_up    (BillingTestMirror *self,
                                        gconstpointer      unused);
void     billing_test_mirror_tear_down (BillingTestMirror *self,
                                        gconstpointer      unused);

/* One round, which must succeed. Returns how many requests it took. */
guint64  billing_test_mirror_sync      (BillingTestMirror     *self,
                                        BillingStripeSyncMode  mode);
/* One round, whatever comes of it. */
gboolean billing_test_mirror_try       (BillingTestMirror     *self,
                                        BillingStripeSyncMode  mode,
                                        GCancellable          *cancellable,
                                        GError               **error);

/* Makes something in the sandbox. Returns: (transfer full): its id */
char    *billing_test_mirror_post      (BillingTestMirror *self,
                                        const char        *path,
                                        const char        *form);
/* A payment of @amount with a card. Returns: (transfer full): the intent's id */
char    *billing_test_mirror_pay       (BillingTestMirror *self,
                                        gint64             amount);
void     billing_test_mirror_advance   (BillingTestMirror *self,
                                        gint64             seconds);

/* Days of @per_day payments each, with a refund, a new customer, and the payouts that the days
 * bring. */
void     billing_test_mirror_pass_days (BillingTestMirror *self,
                                        guint              n_days,
                                        guint              per_day);

/* What the mirror says, read behind its back. */
gint64   billing_test_mirror_integer   (BillingTestMirror *self,
                                        const char        *sql);
char    *billing_test_mirror_text      (BillingTestMirror *self,
                                        const char        *sql);
void     billing_test_mirror_run       (BillingTestMirror *self,
                                        const char        *sql);
/* All objects, but for when they were fetched and where they stand. */
char    *billing_test_mirror_dump      (BillingTestMirror *self);
/* Forgets everything. */
void     billing_test_mirror_drop      (BillingTestMirror *self);

const BillingStripeSyncStream *billing_test_mirror_stream (BillingTestMirror *self,
                                                           const char        *name);

G_END_DECLS

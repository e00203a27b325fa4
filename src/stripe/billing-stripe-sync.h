/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-mirror.h"
#include "billing-stripe-client.h"

G_BEGIN_DECLS

/**
 * BillingStripeSyncMode:
 * @BILLING_STRIPE_SYNC_QUICK: finishes what is not finished, and then takes in what happened since
 * @BILLING_STRIPE_SYNC_FULL: lists everything again, or goes on with a listing that was interrupted
 */
typedef enum
{
  BILLING_STRIPE_SYNC_QUICK,
  BILLING_STRIPE_SYNC_FULL,
} BillingStripeSyncMode;

/**
 * BillingStripeSyncStream:
 * @name: a stream of billing_mirror_kind_nth(), or account, balance, balance_settings, tax_settings
 * @objects: how many of its objects were taken in by this round
 * @state: (owned): empty (being listed), done, denied, missing
 * @problem: (owned) (nullable): a sentence: why it is not done
 */
typedef struct
{
  const char *name;
  guint64 objects;
  char *state;
  char *problem;
} BillingStripeSyncStream;

/**
 * BillingStripeSyncSummary:
 * @objects: how many objects were taken in, each as often as it came
 * @requests: how many requests were made
 * @streams: (owned) (element-type BillingStripeSyncStream): each one, in the order of the kinds;
 *   none where the mirror cannot be read
 *
 * What a round did. To be cleared, also after an error.
 */
typedef struct
{
  guint64 objects;
  guint64 requests;
  GArray *streams;
} BillingStripeSyncSummary;

void billing_stripe_sync_summary_clear (BillingStripeSyncSummary *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingStripeSyncSummary, billing_stripe_sync_summary_clear)

/**
 * BillingStripeProgressFunc:
 * @stream: of what just came
 * @objects: how many objects the round has taken in
 * @requests: how many requests it has made
 *
 * Called after each page and object, from any thread, one call at a time.
 */
typedef void (*BillingStripeProgressFunc) (const char *stream,
                                           guint64     objects,
                                           guint64     requests,
                                           gpointer    data);

/**
 * billing_stripe_sync:
 * @client: for the account that the mirror is of, and its mode
 * @mirror: the mirror; the caller holds the lock file of its practice
 * @mode: how much
 * @progress: (nullable): hears of what comes
 * @summary: (out caller-allocates): what was done, also where something failed
 *
 * Brings the mirror up to date. It can be stopped and killed at any time: what was taken in stays,
 * and the next round goes on from there. Where nothing happened at Stripe a round is one request.
 *
 * A stream that fails stops with its problem, and the others go on; the round then ends with the
 * first error. What the key may not read, and what the account does not have, is no error.
 *
 * The mirror's state (billing_mirror_get_state()) has `account_id`, `livemode` (0 or 1),
 * `account_created`, `synced_at` (seconds: the last whole round), `audit_at` (the last daily
 * audit), `audit_text` (a sentence: what it found), `audit_differing` (of how many objects) and
 * `audit_balance` (“same”, or the first currency in which the balance is not the sum of its
 * transactions).
 *
 * Not for the thread of a main loop.
 *
 * Returns: whether the mirror is whole and up to date, but for what is denied or missing; %FALSE
 *   with %BILLING_STRIPE_ERROR, #BillingStoreError or %G_IO_ERROR_CANCELLED
 */
gboolean billing_stripe_sync (BillingStripeClient        *client,
                              BillingMirror              *mirror,
                              BillingStripeSyncMode       mode,
                              BillingStripeProgressFunc   progress,
                              gpointer                    data,
                              BillingStripeSyncSummary   *summary,
                              GCancellable               *cancellable,
                              GError                    **error);

G_END_DECLS

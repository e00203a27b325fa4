/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-stripe-probe.h"

G_BEGIN_DECLS

/**
 * BillingSyncState:
 * @BILLING_SYNC_STATE_STARTING: the key is being looked up
 * @BILLING_SYNC_STATE_NOT_CONNECTED: there is no key
 * @BILLING_SYNC_STATE_LOCKED: the keyring is locked: billing_sync_unlock_async()
 * @BILLING_SYNC_STATE_NO_KEYRING: there is no keyring; a key can be used until the program ends
 * @BILLING_SYNC_STATE_KEY_REFUSED: Stripe refuses the key, or it is another account's or mode's
 * @BILLING_SYNC_STATE_DENIED: a restricted key may not do what a round needs
 * @BILLING_SYNC_STATE_OFFLINE: Stripe cannot be reached; it is tried again by itself
 * @BILLING_SYNC_STATE_SYNCING: a round is under way
 * @BILLING_SYNC_STATE_CURRENT: the last round went well
 * @BILLING_SYNC_STATE_LIMITED: Stripe asks to wait; it is tried again by itself
 * @BILLING_SYNC_STATE_BUSY: another program syncs this practice
 * @BILLING_SYNC_STATE_FAILED: something else went wrong; the sentence says what
 *
 * How the practice stands with Stripe.
 */
typedef enum {
  BILLING_SYNC_STATE_STARTING,
  BILLING_SYNC_STATE_NOT_CONNECTED,
  BILLING_SYNC_STATE_LOCKED,
  BILLING_SYNC_STATE_NO_KEYRING,
  BILLING_SYNC_STATE_KEY_REFUSED,
  BILLING_SYNC_STATE_DENIED,
  BILLING_SYNC_STATE_OFFLINE,
  BILLING_SYNC_STATE_SYNCING,
  BILLING_SYNC_STATE_CURRENT,
  BILLING_SYNC_STATE_LIMITED,
  BILLING_SYNC_STATE_BUSY,
  BILLING_SYNC_STATE_FAILED,
} BillingSyncState;

/**
 * BillingSyncMode:
 * @BILLING_SYNC_MODE_NONE: the practice is bound to no account yet
 * @BILLING_SYNC_MODE_TEST: no real money moves
 * @BILLING_SYNC_MODE_LIVE: real money moves
 *
 * Of the practice, not of the key: it stays when the key is cleared. Always in sight.
 */
typedef enum {
  BILLING_SYNC_MODE_NONE,
  BILLING_SYNC_MODE_TEST,
  BILLING_SYNC_MODE_LIVE,
} BillingSyncMode;

/**
 * BillingSyncKeep:
 * @BILLING_SYNC_KEEP_IN_KEYRING: as is usual
 * @BILLING_SYNC_KEEP_FOR_SESSION: in memory alone, until the program ends: where there is no
 *   keyring, and for the demo
 *
 * Where a key is kept.
 */
typedef enum {
  BILLING_SYNC_KEEP_IN_KEYRING,
  BILLING_SYNC_KEEP_FOR_SESSION,
} BillingSyncKeep;

/**
 * BillingSyncFlags:
 * @BILLING_SYNC_FULL: list everything again, not only what changed
 * @BILLING_SYNC_DELIVER_ONLY: tell Stripe what waits, and post its answers; fetch nothing else
 * @BILLING_SYNC_WAIT: wait for another program's round to end, instead of failing
 */
typedef enum {
  BILLING_SYNC_DEFAULT = 0,
  BILLING_SYNC_FULL = 1 << 0,
  BILLING_SYNC_DELIVER_ONLY = 1 << 1,
  BILLING_SYNC_WAIT = 1 << 2,
} BillingSyncFlags;

#define BILLING_SYNC_ERROR (billing_sync_error_quark ())

/**
 * BillingSyncError:
 * @BILLING_SYNC_ERROR_NOT_CONNECTED: there is no key
 * @BILLING_SYNC_ERROR_LOCKED: the keyring is locked, and stayed so
 * @BILLING_SYNC_ERROR_NO_KEYRING: there is no keyring that could have or keep a key
 * @BILLING_SYNC_ERROR_OTHER_ACCOUNT: the key is of another account or mode than the practice
 * @BILLING_SYNC_ERROR_BUSY: another program syncs this practice
 *
 * What keeps a round from beginning; errors of Stripe, of the store and of the desk pass through.
 * The messages are sentences for people.
 */
typedef enum {
  BILLING_SYNC_ERROR_NOT_CONNECTED,
  BILLING_SYNC_ERROR_LOCKED,
  BILLING_SYNC_ERROR_NO_KEYRING,
  BILLING_SYNC_ERROR_OTHER_ACCOUNT,
  BILLING_SYNC_ERROR_BUSY,
} BillingSyncError;

GQuark billing_sync_error_quark (void);

/**
 * BillingSyncStream:
 * @name: (owned): of the mirror's stream
 * @objects: how many came in
 * @state: (owned) (nullable): done, denied, missing, or nothing while it is under way
 * @problem: (owned) (nullable): Stripe's words
 */
typedef struct {
  char *name;
  gint64 objects;
  char *state;
  char *problem;
} BillingSyncStream;

/**
 * BillingSyncSummary:
 * @objects: how many came in
 * @requests: how many were sent to Stripe
 * @microseconds: how long it took
 * @sent: intents of the outbox that Stripe answered
 * @posted: what was posted in the books
 * @streams: (owned) (element-type BillingSyncStream)
 *
 * What a round did. Begin with zeros; billing_sync_summary_clear() at the end.
 */
typedef struct {
  gint64 objects;
  gint64 requests;
  gint64 microseconds;
  guint sent;
  guint64 posted;
  GPtrArray *streams;
} BillingSyncSummary;

void billing_sync_summary_clear (BillingSyncSummary *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingSyncSummary, billing_sync_summary_clear)

/**
 * BillingSyncProgressFunc:
 * @text: what is being done, translated
 * @permille: how far it is, or -1
 * @data: the caller's
 *
 * Called on the thread of the round.
 */
typedef void (*BillingSyncProgressFunc) (const char *text,
                                         int         permille,
                                         gpointer    data);

#define BILLING_TYPE_SYNC (billing_sync_get_type ())
G_DECLARE_FINAL_TYPE (BillingSync, billing_sync, BILLING, SYNC, GObject)

/**
 * BillingSync:
 *
 * A practice and Stripe: its keys, and the rounds that tell Stripe what waits, fetch what is new
 * and post it. Its properties (all read-only) are for the window to bind to:
 * `state` (#BillingSyncState), `sentence` (what is, and what to do next), `synced-at` (Unix seconds
 * of the last round that went well, 0: never), `progress` (text, nullable) and `permille` (-1: not
 * known), `mode` (#BillingSyncMode), `n-waiting` and `n-unknown` (intents of the outbox),
 * `connected` (whether there is a key), `for-session` (whether it is forgotten when the program
 * ends), `account-name` (nullable), `probe` (#BillingStripeProbe as a boxed type, nullable: what
 * the key may do). They change on the main context of the thread that made it.
 *
 * Nothing happens before billing_sync_start(), billing_sync_run() or one of the functions for the
 * key.
 */
BillingSync        *billing_sync_new            (BillingDesk              *desk,
                                                 const char               *stripe_url);

/* For windows: looks the key up, without ever asking a person, and begins to sync in the
 * background. */
void                billing_sync_start          (BillingSync              *self);
void                billing_sync_set_active     (BillingSync              *self,
                                                 gboolean                  active);
void                billing_sync_now            (BillingSync              *self);
void                billing_sync_list_again     (BillingSync              *self,
                                                 const char               *stream);

/* The properties; what is no number is (transfer none), until the main context runs again. */
BillingSyncState    billing_sync_get_state      (BillingSync              *self);
BillingSyncMode     billing_sync_get_mode       (BillingSync              *self);
const char         *billing_sync_get_sentence   (BillingSync              *self);
gint64              billing_sync_get_synced_at  (BillingSync              *self);
const char         *billing_sync_get_progress   (BillingSync              *self);
int                 billing_sync_get_permille   (BillingSync              *self);
guint               billing_sync_get_n_waiting  (BillingSync              *self);
guint               billing_sync_get_n_unknown  (BillingSync              *self);
gboolean            billing_sync_is_connected   (BillingSync              *self);
BillingStripeProbe *billing_sync_get_probe      (BillingSync              *self);

/**
 * billing_sync_connect:
 * @secret: a secret or restricted key, as it was entered; the caller wipes its own copy
 * @publishable: (nullable): the publishable key of the same account
 * @keep: where they are kept
 * @warning: (out) (transfer full) (nullable): what a person should know, though it worked: another
 *   currency, permissions that lack
 * @error: return location for a #BillingStripeError, #BillingDeskError or #BillingSyncError
 *
 * Asks Stripe whose key it is and what it may do, binds the practice to that account and mode if
 * this is its first, keeps the key, and notes in the audit who did so, without the key. The keyring
 * may ask the person to be unlocked. Not for the thread of a main loop.
 *
 * Returns: (transfer full) (nullable): what the key may do
 */
BillingStripeProbe *billing_sync_connect        (BillingSync              *self,
                                                 const char               *secret,
                                                 const char               *publishable,
                                                 BillingSyncKeep           keep,
                                                 char                    **warning,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);
void                billing_sync_connect_async  (BillingSync              *self,
                                                 const char               *secret,
                                                 const char               *publishable,
                                                 BillingSyncKeep           keep,
                                                 GCancellable             *cancellable,
                                                 GAsyncReadyCallback       callback,
                                                 gpointer                  user_data);
BillingStripeProbe *billing_sync_connect_finish (BillingSync              *self,
                                                 GAsyncResult             *result,
                                                 char                    **warning,
                                                 GError                  **error);

/**
 * billing_sync_use_key:
 * @secret: a secret or restricted key
 * @error: return location for %BILLING_STRIPE_ERROR_KEY
 *
 * Uses a key until the program ends, in place of what the keyring may have: for the demo, whose key
 * is no secret. Whether it is of the practice's account and mode is found out by the next round.
 *
 * Returns: whether it can be a key
 */
gboolean            billing_sync_use_key        (BillingSync              *self,
                                                 const char               *secret,
                                                 GError                  **error);

/* Asks the person for the keyring's password, through the keyring's own dialog, and goes on. */
gboolean            billing_sync_unlock         (BillingSync              *self,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);
void                billing_sync_unlock_async   (BillingSync              *self,
                                                 GCancellable             *cancellable,
                                                 GAsyncReadyCallback       callback,
                                                 gpointer                  user_data);
gboolean            billing_sync_unlock_finish  (BillingSync              *self,
                                                 GAsyncResult             *result,
                                                 GError                  **error);

/* Forgets the keys; the practice stays bound to its account. */
gboolean            billing_sync_clear          (BillingSync              *self,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);
void                billing_sync_clear_async    (BillingSync              *self,
                                                 GCancellable             *cancellable,
                                                 GAsyncReadyCallback       callback,
                                                 gpointer                  user_data);
gboolean            billing_sync_clear_finish   (BillingSync              *self,
                                                 GAsyncResult             *result,
                                                 GError                  **error);

/**
 * billing_sync_run:
 * @flags: how
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @summary: (nullable): what it did
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * One whole round on the calling thread: delivers what waits, fetches what is new, posts it. For
 * programs without a main loop.
 *
 * Returns: whether it went well
 */
gboolean            billing_sync_run            (BillingSync              *self,
                                                 BillingSyncFlags          flags,
                                                 BillingSyncProgressFunc   progress,
                                                 gpointer                  data,
                                                 BillingSyncSummary       *summary,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);

/**
 * billing_sync_look:
 * @for_session: (out) (optional): whether the key is forgotten when the program ends
 * @probe: (out) (optional) (nullable) (transfer full): what the key may do, as it was found out
 *   when it was entered
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingSyncError
 *
 * Looks for the key without asking anybody and without a network: for `key status`, and before a
 * round that is only worth while with one.
 *
 * Returns: whether there is one
 */
gboolean            billing_sync_look           (BillingSync              *self,
                                                 gboolean                 *for_session,
                                                 BillingStripeProbe      **probe,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-mirror-streams.h"
#include "billing-stripe-key.h"
#include "billing-sync.h"

G_BEGIN_DECLS

/**
 * BillingSyncOrigin:
 *
 * Where the key in use came from.
 */
typedef enum {
  BILLING_SYNC_ORIGIN_NONE,
  BILLING_SYNC_ORIGIN_KEYRING,
  BILLING_SYNC_ORIGIN_ENVIRONMENT,
  BILLING_SYNC_ORIGIN_SESSION,
} BillingSyncOrigin;

/**
 * BillingSyncCore:
 * @desk: (owned): the session at the desk
 * @url: (owned) (nullable): where Stripe is; %NULL: where it always is
 * @practice_id: (owned): by which the keyring knows the practice
 * @lock_path: (owned): of the file that a round holds, so that programs take turns
 *
 * A practice, its key and its client, for any thread.
 */
typedef struct {
  BillingDesk *desk;
  char *url;
  char *practice_id;
  char *lock_path;

  /* Under @mutex. */
  GMutex mutex;
  struct {
    BillingSyncOrigin origin;
    BillingStripeKey *key;       /* (owned) (nullable) */
    BillingStripeClient *client; /* (owned) (nullable): for @key, once that was checked */
    GPtrArray *again;            /* (owned): streams that the next round lists anew */
  } shared;
} BillingSyncCore;

/**
 * BillingSyncStanding:
 *
 * What the properties say.
 */
typedef struct {
  BillingSyncState state;
  char *sentence; /* (owned) */
  char *progress; /* (owned) (nullable) */
  int permille;
  gint64 synced_at;
  BillingSyncMode mode;
  guint n_waiting;
  guint n_unknown;
  gboolean connected;
  gboolean for_session;
  BillingStripeProbe *probe; /* (owned) (nullable) */
} BillingSyncStanding;

/**
 * BillingSyncCounts:
 * @n_waiting: intents that Stripe has not answered
 * @n_unknown: of which nobody knows whether Stripe did them
 * @due: when the first of them is to be sent, Unix seconds; 0: none
 * @newest: the row of the last one that waits; 0: none
 */
typedef struct {
  guint n_waiting;
  guint n_unknown;
  gint64 due;
  gint64 newest;
} BillingSyncCounts;

/* billing-sync.c */
BillingSyncCore     *_billing_sync_get_core          (BillingSync              *self);
/* From any thread: has a round follow. */
void                 _billing_sync_ask_again         (BillingSync              *self);
/* Likewise, after something about the key changed: what the books and the mirror say is looked at
 * first. */
void                 _billing_sync_tell_again        (BillingSync              *self);

/* billing-sync-core.c */
BillingSyncCore     *_billing_sync_core_new          (BillingDesk              *desk,
                                                      const char               *url);
void                 _billing_sync_core_free         (BillingSyncCore          *self);
BillingSyncOrigin    _billing_sync_core_get_origin   (BillingSyncCore          *self);
BillingPractice     *_billing_sync_core_load         (BillingSyncCore          *self,
                                                      GError                  **error);
gboolean             _billing_sync_core_look         (BillingSyncCore          *self,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);
BillingStripeClient *_billing_sync_core_get_client   (BillingSyncCore          *self,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);
BillingStripeProbe  *_billing_sync_core_connect      (BillingSyncCore          *self,
                                                      const char               *secret,
                                                      const char               *publishable,
                                                      BillingSyncKeep           keep,
                                                      char                    **warning,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);
void                 _billing_sync_core_list_again   (BillingSyncCore          *self,
                                                      const char               *stream);
GPtrArray           *_billing_sync_core_take_again   (BillingSyncCore          *self);
gboolean             _billing_sync_core_use          (BillingSyncCore          *self,
                                                      const char               *secret,
                                                      GError                  **error);
gboolean             _billing_sync_core_unlock       (BillingSyncCore          *self,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);
gboolean             _billing_sync_core_clear        (BillingSyncCore          *self,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);

/* billing-sync-round.c */
void                 _billing_sync_core_expire       (BillingSyncCore          *self);
void                 _billing_sync_core_refresh_notices (BillingSyncCore       *self);
gboolean             _billing_sync_core_round        (BillingSyncCore          *self,
                                                      BillingStripeClient      *client,
                                                      BillingSyncFlags          flags,
                                                      BillingSyncProgressFunc   progress,
                                                      gpointer                  data,
                                                      BillingSyncSummary       *summary,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);
gboolean             _billing_sync_core_count        (BillingSyncCore          *self,
                                                      BillingSyncCounts        *counts,
                                                      GError                  **error);
gboolean             _billing_sync_core_recall       (BillingSyncCore          *self,
                                                      gint64                   *synced_at,
                                                      BillingStripeProbe      **probe,
                                                      GError                  **error);
gboolean             _billing_sync_core_remember     (BillingSyncCore          *self,
                                                      BillingStripeProbe       *probe,
                                                      GError                  **error);

/* billing-sync-pace.c: seconds from the end of a round to the next one. */
guint                _billing_sync_get_delay         (BillingSyncState          state,
                                                      gboolean                  is_active,
                                                      guint                     n_failed,
                                                      gint64                    due);

/* billing-sync-standing.c */
void                 _billing_sync_standing_clear    (BillingSyncStanding      *self);
void                 _billing_sync_standing_copy     (BillingSyncStanding      *self,
                                                      const BillingSyncStanding *from);
void                 _billing_sync_standing_set      (BillingSyncStanding      *self,
                                                      BillingSyncState          state,
                                                      const char               *sentence);
void                 _billing_sync_standing_fail     (BillingSyncStanding      *self,
                                                      const GError             *error);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingSyncStanding, _billing_sync_standing_clear)

char                *_billing_sync_describe_done     (BillingSyncSummary       *summary,
                                                      BillingSyncCounts        *counts);

G_END_DECLS

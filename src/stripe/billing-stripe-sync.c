/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-sync"

#include "config.h"

#include "billing-stripe-sync.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-mirror-look.h"
#include "billing-mirror-streams.h"
#include "billing-stripe-error.h"
#include "billing-stripe-round.h"

/* How many requests are under way at once. */
#define TEST_WORKERS 8
#define LIVE_WORKERS 16

/* Where the key may not read events, comparing is the only way to follow. */
#define AUDIT_EVERY (24 * 60 * 60)
#define AUDIT_EVERY_BLIND (60 * 60)

#define MAX_SESSIONS 20

/* --- before ----------------------------------------------------------------------------------- */

static gboolean
check_mode (BillingStripeRound  *self,
            GError             **error)
{
  const char *mode = billing_stripe_client_is_live (self->client) ? "1" : "0";
  g_autofree char *known = billing_stripe_round_get_state (self, "livemode");

  if (billing_stripe_round_has_ended (self) || g_strcmp0 (known, mode) == 0)
    return TRUE;
  if (known == NULL)
    return billing_stripe_round_set_states (self, error, "livemode", mode, NULL);

  g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY,
                       *known == '1' ? _("This key is for Stripe's test mode, and this practice works with real money. "
                                         "Nothing was changed; enter a live key.")
                                     : _("This key moves real money, and this practice works in Stripe's test mode. "
                                         "Nothing was changed; enter a test key."));
  return FALSE;
}

/* A listing that was interrupted goes on, if not @anew. */
static gboolean
list_all_again (BillingStripeRound  *self,
                gboolean             anew,
                GError             **error)
{
  BillingMirror *mirror = self->mirror;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  gint64 n_ranges;
  gboolean success;

  if (!billing_mirror_begin (mirror, error))
    return FALSE;

  success = billing_mirror_streams_count_ranges (mirror, &n_ranges, error);
  if (success && (anew || n_ranges == 0))
    success = billing_mirror_set_state (mirror, "sweep_at", now, error) &&
              billing_mirror_streams_start (mirror, TRUE, error);
  else if (success)
    success = billing_mirror_streams_retry (mirror, error) &&
              billing_mirror_streams_start (mirror, FALSE, error);
  return billing_stripe_round_end (self, success, error);
}

static gboolean
list_what_is_missing (BillingStripeRound  *self,
                      gboolean             tries_again,
                      GError             **error)
{
  BillingMirror *mirror = self->mirror;

  if (!billing_mirror_begin (mirror, error))
    return FALSE;
  return billing_stripe_round_end (self,
                                   (!tries_again || billing_mirror_streams_retry (mirror, error)) &&
                                   billing_mirror_streams_start (mirror, FALSE, error),
                                   error);
}

static gboolean
is_listed (BillingStripeRound  *self,
           gboolean            *is,
           GError             **error)
{
  gint64 n_ranges;

  if (!billing_mirror_begin (self->mirror, error))
    return FALSE;
  if (!billing_mirror_streams_count_ranges (self->mirror, &n_ranges, error))
    {
      billing_mirror_rollback (self->mirror);
      return FALSE;
    }
  billing_mirror_rollback (self->mirror);
  *is = n_ranges == 0;
  return TRUE;
}

/* --- a round ---------------------------------------------------------------------------------- */

/* A key that may not read events follows without them, and so does a stand-in that has none;
 * without a cursor for any other reason nothing is listed. */
static gboolean
begin_events (BillingStripeRound  *self,
              GError             **error)
{
  GError *problem = NULL;

  if (!billing_stripe_round_is_open (self, "events") ||
      billing_stripe_events_begin (self, &problem))
    return TRUE;
  if (!billing_stripe_client_lacks (self->client, problem))
    return billing_stripe_round_forgive (self, "events", problem, error);

  billing_stripe_round_stop (self, "events", problem);
  return TRUE;
}

/* The account first, and the cursor before anything else: what changes while it is listed comes as
 * an event. */
static gboolean
begin (BillingStripeRound     *self,
       BillingStripeSyncMode   mode,
       gboolean                is_audit_due,
       GError                **error)
{
  g_autofree char *account = NULL, *since = NULL;

  if (!check_mode (self, error))
    return FALSE;
  if (billing_stripe_round_has_ended (self))
    return TRUE;
  if (!(mode == BILLING_STRIPE_SYNC_FULL ? list_all_again (self, FALSE, error)
                                         : list_what_is_missing (self, is_audit_due, error)))
    return FALSE;

  account = billing_stripe_round_get_state (self, "account_id");
  since = billing_stripe_round_get_state (self, "events_created");
  if ((account == NULL && billing_stripe_round_is_open (self, "account")) || is_audit_due ||
      mode == BILLING_STRIPE_SYNC_FULL)
    billing_stripe_single_fetch (self, "account");
  if (billing_stripe_round_has_ended (self))
    return TRUE;
  if (since == NULL && !begin_events (self, error))
    return FALSE;

  billing_stripe_singles_fetch_missing (self);
  return TRUE;
}

static gboolean
list_due_sessions (BillingStripeRound  *self,
                   GError             **error)
{
  gint64 now = billing_stripe_round_get_now (self);
  g_autoptr (GPtrArray) sessions = NULL;

  if (!billing_mirror_begin (self->mirror, error))
    return FALSE;
  sessions = billing_mirror_list_due_sessions (self->mirror, now, MAX_SESSIONS, error);
  billing_mirror_rollback (self->mirror);
  return sessions != NULL &&
         billing_stripe_refetch (self, billing_mirror_kind_find ("checkout_sessions"), sessions, 0,
                                 0, error);
}

/* Events, and after a gap everything once more, from a new cursor on. */
static gboolean
read_events (BillingStripeRound  *self,
             GError             **error)
{
  gboolean has_gap;

  if (!billing_stripe_events_read (self, &has_gap, error))
    return FALSE;
  if (!has_gap)
    return TRUE;

  g_info ("Stripe no longer has all events since the last time: everything is listed again");
  if (!billing_stripe_events_begin (self, error) || !list_all_again (self, TRUE, error))
    return FALSE;
  billing_stripe_singles_fetch_missing (self);
  billing_stripe_backfill (self);
  return TRUE;
}

/* Without a beginning there is nothing to read on from. */
static void
follow (BillingStripeRound *self)
{
  g_autofree char *since = billing_stripe_round_get_state (self, "events_created");
  GError *error = NULL;

  if (since != NULL && billing_stripe_round_is_open (self, "events") && !read_events (self, &error))
    billing_stripe_round_stop (self, "events", error);
}

static gboolean
finish (BillingStripeRound  *self,
        gboolean             is_audit_due,
        GError             **error)
{
  gboolean is_whole;

  if (!billing_stripe_money_refresh (self, error) || !list_due_sessions (self, error) ||
      !billing_stripe_payouts_itemise (self, error) || !is_listed (self, &is_whole, error))
    return FALSE;
  if (!is_whole || self->error != NULL)
    return TRUE;

  return billing_stripe_sweep_check (self, error) &&
         (!is_audit_due || billing_stripe_audit (self, error));
}

static void
note_end (BillingStripeRound *self)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *audit = billing_stripe_round_get_state (self, "audit_at");
  GError *error = NULL;

  /* What was just listed for the first time need not be compared at once. */
  if (!billing_stripe_round_set_states (self, &error, "synced_at", now, audit == NULL ? "audit_at" : NULL, now, NULL))
    billing_stripe_round_fail (self, error);
}

/* Where there are no events at all, everything is listed in every round: that is the only way to
 * follow a stand-in without them. */
static gboolean
is_without_events (BillingStripeRound *self)
{
  g_autofree char *state = NULL;

  if (!billing_mirror_begin (self->mirror, NULL))
    return FALSE;
  state = billing_mirror_stream_get_state (self->mirror, "events", NULL, NULL);
  billing_mirror_rollback (self->mirror);
  return g_strcmp0 (state, "missing") == 0;
}

static void
run (BillingStripeRound    *self,
     BillingStripeSyncMode  mode)
{
  gint64 audit_at = billing_stripe_round_get_time (self, "audit_at");
  gint64 every = billing_stripe_round_is_open (self, "events") ? AUDIT_EVERY : AUDIT_EVERY_BLIND;
  gboolean is_audit_due = audit_at > 0 && g_get_real_time () / G_USEC_PER_SEC - audit_at >= every;
  GError *error = NULL;

  if (is_without_events (self))
    {
      mode = BILLING_STRIPE_SYNC_FULL;
      is_audit_due = FALSE;
    }
  if (!begin (self, mode, is_audit_due, &error))
    {
      billing_stripe_round_fail (self, error);
      return;
    }

  if (!billing_stripe_round_has_ended (self))
    billing_stripe_backfill (self);
  if (billing_stripe_round_has_ended (self))
    return;

  follow (self);
  if (!billing_stripe_round_has_ended (self) && !finish (self, is_audit_due, &error))
    billing_stripe_round_fail (self, error);
  if (self->error == NULL && !billing_stripe_round_has_ended (self))
    note_end (self);
}

/* --- what it did ------------------------------------------------------------------------------ */

static void
stream_clear (gpointer data)
{
  BillingStripeSyncStream *stream = data;

  g_free (stream->state);
  g_free (stream->problem);
}

void
billing_stripe_sync_summary_clear (BillingStripeSyncSummary *self)
{
  g_clear_pointer (&self->streams, g_array_unref);
}

static void
add_stream (BillingStripeRound       *self,
            BillingStripeSyncSummary *summary,
            const char               *name)
{
  guint64 *count = g_hash_table_lookup (self->counts, name);
  BillingStripeSyncStream stream = { .name = name, .objects = count != NULL ? *count : 0 };

  stream.state = billing_mirror_stream_get_state (self->mirror, name, &stream.problem, NULL);
  if (stream.state == NULL)
    stream.state = g_strdup ("");
  g_array_append_val (summary->streams, stream);
}

static void
sum_up (BillingStripeRound       *self,
        BillingStripeSyncSummary *summary)
{
  const BillingMirrorKind *kind;

  summary->objects = self->objects;
  summary->requests = self->requests;
  /* What could not be read a moment ago is not waited for again. */
  if ((self->error != NULL && self->error->domain == BILLING_STORE_ERROR) ||
      !billing_mirror_begin (self->mirror, NULL))
    return;

  for (guint i = 0; (kind = billing_mirror_kind_nth (i)) != NULL; i++)
    add_stream (self, summary, kind->table);
  for (guint i = 0; i < BILLING_STRIPE_N_SINGLES; i++)
    add_stream (self, summary, billing_stripe_single_nth (i)->name);
  billing_mirror_rollback (self->mirror);
}

static void
cancelled_cb (GCancellable *theirs,
              gpointer      ours)
{
  g_cancellable_cancel (ours);
}

static gboolean
end (BillingStripeRound  *self,
     GCancellable        *cancellable,
     GError             **error)
{
  /* Being cancelled makes everything fail: that is no problem of a stream. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_error (&self->error);
  else if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else
    return TRUE;

  return FALSE;
}

gboolean
billing_stripe_sync (BillingStripeClient        *client,
                     BillingMirror              *mirror,
                     BillingStripeSyncMode       mode,
                     BillingStripeProgressFunc   progress,
                     gpointer                    data,
                     BillingStripeSyncSummary   *summary,
                     GCancellable               *cancellable,
                     GError                    **error)
{
  g_autoptr (GCancellable) own = g_cancellable_new ();
  BillingStripeRound self = {
    .client = client, .mirror = mirror, .cancellable = own, .progress = progress, .progress_data = data,
    .n_workers = billing_stripe_client_is_live (client) ? LIVE_WORKERS : TEST_WORKERS,
  };
  gulong handler = 0;
  gboolean success;

  g_return_val_if_fail (BILLING_IS_STRIPE_CLIENT (client) && mirror != NULL && summary != NULL,
                        FALSE);

  *summary = (BillingStripeSyncSummary) { .streams = g_array_new (FALSE, FALSE, sizeof (BillingStripeSyncStream)) };
  g_array_set_clear_func (summary->streams, stream_clear);
  self.counts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_mutex_init (&self.mutex);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), own, NULL);

  run (&self, mode);
  sum_up (&self, summary);
  g_info ("%" PRIu64 " objects in %" PRIu64 " requests", self.objects, self.requests);
  success = end (&self, cancellable, error);

  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);
  g_hash_table_unref (self.counts);
  g_mutex_clear (&self.mutex);
  return success;
}

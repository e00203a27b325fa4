/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-round"

#include "config.h"

#include "billing-sync-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>

#include "billing-books.h"
#include "billing-desk-links.h"
#include "billing-desk-notices.h"
#include "billing-desk-outbox.h"
#include "billing-desk-posting.h"
#include "billing-history.h"
#include "billing-lock-file.h"
#include "billing-mirror-look.h"
#include "billing-stripe-error.h"
#include "billing-stripe-sync.h"

/* One round: deliver, fetch, post. Programs take turns at it, by a lock that the kernel lets go of
 * with whoever holds it. */

/* What is kept in the mirror's state. */
#define SYNCED_AT "synced_at"
#define PROBE "probe"
#define KEY_REFUSED_AT "key_refused_at" /* Unix seconds; there is none where Stripe accepts it */

#define MAX_WAIT (10 * G_TIME_SPAN_MINUTE)

/* --- the lock --------------------------------------------------------------------------------- */

/* Returns the file that holds the lock, until it is closed; -1 with @error. */
static int
take_turn (BillingSyncCore   *self,
           BillingSyncFlags   flags,
           GCancellable      *cancellable,
           GError           **error)
{
  gboolean is_busy;
  int fd = billing_lock_file_take (self->lock_path, (flags & BILLING_SYNC_WAIT) != 0 ? MAX_WAIT : 0, cancellable, &is_busy, error);

  if (fd < 0 && is_busy)
    g_set_error_literal (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_BUSY,
                         _("Another program is syncing this practice with Stripe just now. What "
                           "waits goes with it, or with the next round."));
  return fd;
}

/* --- what the mirror remembers ---------------------------------------------------------------- */

static BillingMirror *
open_mirror (BillingSyncCore  *self,
             GError          **error)
{
  return billing_mirror_open (billing_store_get_folder (billing_desk_get_store (self->desk)),
                              error);
}

gboolean
_billing_sync_core_recall (BillingSyncCore      *self,
                           gint64               *synced_at,
                           BillingStripeProbe  **probe,
                           GError              **error)
{
  g_autoptr (BillingMirror) mirror = open_mirror (self, error);
  g_autofree char *at = NULL;
  g_autofree char *text = NULL;

  *synced_at = 0;
  *probe = NULL;
  if (mirror == NULL || !billing_mirror_begin (mirror, error))
    return FALSE;

  at = billing_mirror_get_state (mirror, SYNCED_AT, NULL);
  text = billing_mirror_get_state (mirror, PROBE, NULL);
  billing_mirror_rollback (mirror);
  if (at != NULL)
    *synced_at = g_ascii_strtoll (at, NULL, 10);
  if (text != NULL)
    *probe = billing_stripe_probe_from_text (text);
  return TRUE;
}

/* What another key could not read is asked for again. */
gboolean
_billing_sync_core_remember (BillingSyncCore     *self,
                             BillingStripeProbe  *probe,
                             GError             **error)
{
  g_autoptr (BillingMirror) mirror = open_mirror (self, error);
  g_autofree char *text = probe != NULL ? billing_stripe_probe_to_text (probe) : NULL;

  if (mirror == NULL || !billing_mirror_begin (mirror, error))
    return FALSE;

  if (billing_mirror_set_state (mirror, PROBE, text, error) &&
      billing_mirror_streams_retry (mirror, error))
    return billing_mirror_commit (mirror, error);

  billing_mirror_rollback (mirror);
  return FALSE;
}

/* --- the outbox ------------------------------------------------------------------------------- */

static gboolean
count_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  BillingIntent *intent = BILLING_INTENT (record);
  BillingSyncCounts *counts = data;
  gint64 due = MAX (intent->next_at, 1);

  if (intent->state == BILLING_OUTBOX_STATE_UNKNOWN)
    {
      counts->n_unknown++;
      return TRUE;
    }

  counts->n_waiting++;
  counts->newest = MAX (counts->newest, billing_record_get_pk (record));
  /* What waits for another intent becomes due with that one's answer. */
  if (intent->after_id == NULL && (counts->due == 0 || due < counts->due))
    counts->due = due;
  return TRUE;
}

gboolean
_billing_sync_core_count (BillingSyncCore    *self,
                          BillingSyncCounts  *counts,
                          GError            **error)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->desk, "outbox");

  *counts = (BillingSyncCounts) { 0 };
  g_object_set (query, "status", "queued,sending,unknown", NULL);
  return billing_desk_list (self->desk, query, count_cb, counts, NULL, error);
}

/* --- the round -------------------------------------------------------------------------------- */

typedef struct {
  BillingSyncCore *core;
  BillingStripeClient *client;
  BillingMirror *mirror;
  BillingSyncFlags flags;
  BillingSyncProgressFunc progress;
  gpointer data;
  BillingSyncSummary *summary;
  GCancellable *cancellable;
} Round;

static void
say (Round      *round,
     const char *text)
{
  if (round->progress != NULL)
    round->progress (text, -1, round->data);
}

static gboolean
deliver (Round   *round,
         guint   *n_sent,
         GError **error)
{
  gboolean done;

  *n_sent = 0;
  done = billing_desk_deliver (round->core->desk, round->client, round->mirror, n_sent,
                               round->cancellable, error);
  round->summary->sent += *n_sent;
  return done;
}

static gboolean
post (Round    *round,
      guint64  *n_posted,
      GError  **error)
{
  gboolean done;

  *n_posted = 0;
  done = billing_desk_post_stripe (round->core->desk, round->mirror, n_posted, round->cancellable,
                                   error);
  round->summary->posted += *n_posted;
  return done;
}

static void
fetched_cb (const char *stream,
            guint64     objects,
            guint64     requests,
            gpointer    data)
{
  Round *round = data;
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " object from Stripe…",
                                  "%" PRIu64 " objects from Stripe…", objects), objects);

  say (round, text);
}

static void
stream_free (gpointer data)
{
  BillingSyncStream *stream = data;

  g_free (stream->name);
  g_free (stream->state);
  g_free (stream->problem);
  g_free (stream);
}

static void
take_over (BillingSyncSummary       *summary,
           BillingStripeSyncSummary *fetched)
{
  summary->objects += (gint64) fetched->objects;
  summary->requests += (gint64) fetched->requests;
  g_clear_pointer (&summary->streams, g_ptr_array_unref);
  summary->streams = g_ptr_array_new_with_free_func (stream_free);

  for (guint i = 0; fetched->streams != NULL && i < fetched->streams->len; i++)
    {
      BillingStripeSyncStream *from = &g_array_index (fetched->streams, BillingStripeSyncStream, i);
      BillingSyncStream *stream = g_new0 (BillingSyncStream, 1);

      stream->name = g_strdup (from->name);
      stream->objects = (gint64) from->objects;
      stream->state = g_strdup (from->state);
      stream->problem = g_strdup (from->problem);
      g_ptr_array_add (summary->streams, stream);
    }
}

static gboolean
list_again (Round      *round,
            GPtrArray  *streams,
            GError    **error)
{
  if (streams->len == 0)
    return TRUE;
  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;

  for (guint i = 0; i < streams->len; i++)
    {
      if (!billing_mirror_stream_set_state (round->mirror, streams->pdata[i], "", NULL, error))
        {
          billing_mirror_rollback (round->mirror);
          return FALSE;
        }
    }

  return billing_mirror_commit (round->mirror, error);
}

static gboolean
fetch (Round   *round,
       GError **error)
{
  g_auto (BillingStripeSyncSummary) fetched = { 0 };
  g_autoptr (GPtrArray) again = _billing_sync_core_take_again (round->core);
  gboolean is_full = (round->flags & BILLING_SYNC_FULL) != 0;
  gboolean done = list_again (round, again, error) && billing_stripe_sync (round->client, round->mirror,
                                       is_full ? BILLING_STRIPE_SYNC_FULL : BILLING_STRIPE_SYNC_QUICK, fetched_cb, round,
                                       &fetched, round->cancellable, error);

  take_over (round->summary, &fetched);
  return done;
}

/* A stream that failed does not keep what came from being posted: the books know what Stripe did as
 * soon as the mirror does. */
static gboolean
fetch_and_post (Round   *round,
                GError **error)
{
  g_autoptr (GError) own_error = NULL;
  guint64 n_posted;

  say (round, _("Fetching what is new…"));
  if (!fetch (round, &own_error) && g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  say (round, _("Posting…"));
  if (!post (round, &n_posted, own_error == NULL ? error : NULL) || own_error != NULL)
    {
      if (own_error != NULL)
        g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
run (Round   *round,
     GError **error)
{
  guint64 n_posted;
  guint n_sent;

  say (round, _("Sending what waits…"));
  if (!deliver (round, &n_sent, error))
    return FALSE;
  if ((round->flags & BILLING_SYNC_DELIVER_ONLY) != 0)
    return post (round, &n_posted, error);
  if (!fetch_and_post (round, error))
    return FALSE;

  /* What waited for what was posted now, or was asked for meanwhile. */
  return deliver (round, &n_sent, error) && (n_sent == 0 || post (round, &n_posted, error));
}

/* What is over by our clock is over without Stripe: it is told with the round, or when it can be reached. Books that
 * cannot be written say so themselves, in what follows. */
void
_billing_sync_core_expire (BillingSyncCore *self)
{
  g_autoptr (GError) error = NULL;

  if (!billing_desk_expire_links (self->desk, &error))
    g_debug ("Could not close what is over: %s", error->message);
}

/* Likewise what people should know of: some of it comes about by time alone. */
void
_billing_sync_core_refresh_notices (BillingSyncCore *self)
{
  g_autoptr (GError) error = NULL;

  if (!billing_desk_refresh_notices (self->desk, NULL, &error))
    g_debug ("Could not find what there is to say: %s", error->message);
}

/* Without an answer nobody knows whether the key would have been refused. */
static void
note_refusal (BillingMirror *mirror,
              const GError  *error)
{
  gboolean is_refused = g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_AUTHENTICATION);
  g_autofree char *known = NULL;
  g_autofree char *now = g_strdup_printf ("%" PRId64, g_get_real_time () / G_USEC_PER_SEC);

  if ((error != NULL && !is_refused) || !billing_mirror_begin (mirror, NULL))
    return;

  known = billing_mirror_get_state (mirror, KEY_REFUSED_AT, NULL);
  if ((known != NULL) == is_refused)
    billing_mirror_rollback (mirror);
  else if (billing_mirror_set_state (mirror, KEY_REFUSED_AT, is_refused ? now : NULL, NULL))
    billing_mirror_commit (mirror, NULL);
  else
    billing_mirror_rollback (mirror);
}

/* What Stripe said to whoever runs this program is told like the rest. */
static void
keep_header_notices (Round *round)
{
  g_auto (GStrv) notices = billing_stripe_client_take_notices (round->client);
  gboolean done = TRUE;

  if (notices[0] == NULL || !billing_mirror_begin (round->mirror, NULL))
    return;

  for (guint i = 0; done && notices[i] != NULL; i++)
    done = billing_mirror_put_header_notice (round->mirror, notices[i], g_get_real_time () / G_USEC_PER_SEC, NULL);
  if (done)
    billing_mirror_commit (round->mirror, NULL);
  else
    billing_mirror_rollback (round->mirror);
}

/* What was fetched and posted is looked through, also where not all of it was. */
static gboolean
run_and_tell (Round   *round,
              GError **error)
{
  g_autoptr (GError) own_error = NULL;
  gboolean done = run (round, &own_error);

  note_refusal (round->mirror, own_error);
  keep_header_notices (round);
  _billing_sync_core_refresh_notices (round->core);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&own_error));
  return done;
}

gboolean
_billing_sync_core_round (BillingSyncCore          *self,
                          BillingStripeClient      *client,
                          BillingSyncFlags          flags,
                          BillingSyncProgressFunc   progress,
                          gpointer                  data,
                          BillingSyncSummary       *summary,
                          GCancellable             *cancellable,
                          GError                  **error)
{
  g_auto (BillingSyncSummary) unwanted = { 0 };
  g_autoptr (BillingMirror) mirror = NULL;
  Round round = { self, client, NULL, flags, progress, data, summary != NULL ? summary : &unwanted, cancellable };
  int fd = take_turn (self, flags, cancellable, error);
  gint64 began = g_get_monotonic_time (); /* waiting for others is not work */
  gboolean done;

  if (fd < 0)
    return FALSE;

  mirror = open_mirror (self, error);
  round.mirror = mirror;
  done = mirror != NULL && run_and_tell (&round, error);
  round.summary->microseconds = g_get_monotonic_time () - began;

  g_close (fd, NULL);
  return done;
}

void
billing_sync_summary_clear (BillingSyncSummary *self)
{
  g_clear_pointer (&self->streams, g_ptr_array_unref);
}

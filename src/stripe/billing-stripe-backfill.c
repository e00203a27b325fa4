/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-backfill"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "billing-mirror-streams.h"
#include "billing-stripe-error.h"
#include "billing-stripe-round.h"

/*
 * What is still to be listed is in ranges of creation, each listed from the newest object down by
 * one worker. A worker without a range takes the older half of the one that seems to have most
 * left: by how dense its objects were so far.
 */

/* Ranges that seem to have fewer left are not worth a request more. */
#define MIN_SPLIT 300

/* Of objects that were made in the same second; what answers so many is no list. */
#define MAX_STILL 20000

#define MAX_REWINDS 10

typedef struct
{
  BillingMirrorRange *range; /* (owned): its worker's */
  GHashTable *cursors;       /* (owned): its worker's: those at the second that was reached */
  guint n_rewinds;           /* its worker's */

  gboolean is_taken; /* the backfill's mutex is for these */
  gboolean is_done;
  gint64 pk;
  gint64 low;
  gint64 newest;
  gint64 reached;
  guint64 n_objects;
} Work;

typedef struct
{
  BillingStripeRound *round;
  gint64 floor; /* nothing is older than the account */

  GMutex mutex; /* for what follows */
  GCond cond;
  GPtrArray *works;    /* (owned) */
  GHashTable *stopped; /* (owned): names of streams */
  guint n_taken;
  gboolean is_flat; /* what answers does not go by ranges: splitting them would never end */
} Backfill;

static void
work_free (gpointer data)
{
  Work *work = data;

  billing_mirror_range_free (work->range);
  g_hash_table_unref (work->cursors);
  g_free (work);
}

static Work *
add_work (Backfill           *self,
          BillingMirrorRange *range)
{
  Work *work = g_new0 (Work, 1);

  work->range = range;
  work->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work->pk = range->pk;
  work->low = range->low;
  work->reached = range->reached;
  g_ptr_array_add (self->works, work);
  return work;
}

/* --- who does what ---------------------------------------------------------------------------- */

static gint64
estimate_left (Backfill *self,
               Work     *work)
{
  gint64 left = work->reached - MAX (work->low, self->floor);
  gint64 past = MAX (work->newest - work->reached, 1);

  if (work->n_objects == 0 || left < 2 || !work->range->kind->by_created)
    return 0;

  /* Both are spans of time in seconds and the count is of objects: far from overflow. */
  return (gint64) work->n_objects * left / past;
}

static Work *
find_largest (Backfill *self)
{
  Work *largest = NULL;
  gint64 most = MIN_SPLIT;

  if (self->is_flat)
    return NULL;
  for (guint i = 0; i < self->works->len; i++)
    {
      Work *work = g_ptr_array_index (self->works, i);
      gint64 left = work->is_taken && !work->is_done ? estimate_left (self, work) : 0;

      if (left > most)
        {
          largest = work;
          most = left;
        }
    }

  return largest;
}

/* Returns: (nullable): what is taken from @work */
static Work *
split (Backfill *self,
       Work     *work)
{
  BillingMirror *mirror = self->round->mirror;
  gint64 low = MAX (work->low, self->floor);
  gint64 middle = low + (work->reached - low) / 2;
  BillingMirrorRange *older = NULL;
  GError *error = NULL;

  if (!billing_mirror_begin (mirror, &error))
    {
      billing_stripe_round_fail (self->round, error);
      return NULL;
    }
  if (!billing_mirror_range_split (mirror, work->pk, middle, &older, &error))
    billing_mirror_rollback (mirror);
  else if (!billing_mirror_commit (mirror, &error))
    g_clear_pointer (&older, billing_mirror_range_free);

  if (error != NULL)
    billing_stripe_round_fail (self->round, error);
  if (older == NULL)
    return NULL;

  work->low = middle;
  return add_work (self, older);
}

static Work *
find_free (Backfill *self)
{
  for (guint i = 0; i < self->works->len; i++)
    {
      Work *work = g_ptr_array_index (self->works, i);

      if (!work->is_taken && !work->is_done &&
          !g_hash_table_contains (self->stopped, work->range->kind->table))
        return work;
    }

  return NULL;
}

/* Waits for others where there may be something to take over later. */
static Work *
take_work (Backfill *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!billing_stripe_round_has_ended (self->round))
    {
      Work *work = find_free (self), *largest;

      if (work == NULL && self->n_taken == 0)
        return NULL;
      if (work == NULL && (largest = find_largest (self)) != NULL)
        work = split (self, largest);
      if (work != NULL)
        {
          work->is_taken = TRUE;
          self->n_taken++;
          return work;
        }
      g_cond_wait (&self->cond, &self->mutex);
    }

  return NULL;
}

static void
give_back (Backfill *self,
           Work     *work)
{
  g_mutex_lock (&self->mutex);
  work->is_taken = FALSE;
  self->n_taken--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
tell_others (Backfill *self,
             Work     *work,
             gint64    newest,
             guint     n_objects,
             gboolean  is_done)
{
  g_mutex_lock (&self->mutex);
  if (work->n_objects == 0)
    work->newest = newest;
  work->n_objects += n_objects;
  self->is_flat |= n_objects > 0 && newest >= work->range->high;
  work->low = work->range->low;
  work->reached = work->range->reached;
  work->is_done = is_done;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* --- a page ----------------------------------------------------------------------------------- */

static gboolean
set_endless (GError **error)
{
  g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE,
                       _("A list of Stripe's does not end: it goes round in a circle, or back to "
                         "newer objects. What came before is kept; try again later."));
  return FALSE;
}

/* The next page must lead on: to what is older, or to a cursor that was not there before. */
static gboolean
check_order (Work              *work,
             BillingStripePage *page,
             gint64             reached,
             GError           **error)
{
  BillingMirrorRange *range = work->range;

  if (!page->has_more)
    return TRUE;
  if (range->kind->by_created && range->cursor != NULL && reached > range->reached)
    return set_endless (error);
  if (reached != range->reached)
    g_hash_table_remove_all (work->cursors);
  if (!g_hash_table_add (work->cursors, g_strdup (page->ids[page->n_objects - 1])) ||
      g_hash_table_size (work->cursors) > MAX_STILL)
    return set_endless (error);

  return TRUE;
}

static gboolean
keep_page (Backfill           *self,
           Work               *work,
           BillingStripePage  *page,
           gint64              fetched,
           gboolean           *is_done,
           GError            **error)
{
  BillingMirrorRange *range = work->range;
  BillingMirror *mirror = self->round->mirror;
  guint n = page->n_objects;
  gint64 reached = n > 0 ? billing_stripe_round_read_created (page, n - 1) : range->reached;

  if (!check_order (work, page, reached, error) || !billing_mirror_begin (mirror, error))
    return FALSE;

  return billing_stripe_round_end (self->round,
                                   billing_stripe_round_put_page (self->round, range->kind, page,
                                                                  fetched, error) &&
                                   billing_mirror_range_advance (mirror, range, n > 0 ? page->ids[n - 1] : NULL, reached,
                                                                 n, page->has_more, is_done, error),
                                   error);
}

/* The object behind which the list should go on was deleted meanwhile. */
static gboolean
is_cursor_gone (Work         *work,
                const GError *error)
{
  const BillingStripeDetail *detail = billing_stripe_error_get_detail (error);

  return work->range->cursor != NULL && detail != NULL &&
         g_strcmp0 (detail->param, "starting_after") == 0 &&
         work->n_rewinds++ < MAX_REWINDS;
}

static gboolean
rewind_range (Backfill  *self,
              Work      *work,
              GError   **error)
{
  BillingMirror *mirror = self->round->mirror;

  g_hash_table_remove_all (work->cursors);
  if (!billing_mirror_begin (mirror, error))
    return FALSE;
  return billing_stripe_round_end (self->round,
                                   billing_mirror_range_rewind (mirror, work->range, error), error);
}

/* Returns: whether the range goes on */
static gboolean
work_page (Backfill  *self,
           Work      *work,
           GError   **error)
{
  BillingMirrorRange *range = work->range;
  BillingStripeList list = { .kind = range->kind, .low = range->low, .high = range->high };
  gint64 fetched = g_get_real_time ();
  g_autoptr (GError) problem = NULL;
  g_autoptr (BillingStripePage) page = billing_stripe_round_get_page (self->round, &list,
                                                                      range->cursor, &problem);
  gboolean is_done;

  if (page == NULL && is_cursor_gone (work, problem))
    return rewind_range (self, work, error);
  if (page == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!keep_page (self, work, page, fetched, &is_done, error))
    return FALSE;

  tell_others (self, work, page->n_objects > 0 ? billing_stripe_round_read_created (page, 0) : range->reached,
               page->n_objects, is_done);
  billing_stripe_round_count (self->round, range->kind->table, page->n_objects);
  return !is_done;
}

static void
stop_stream (Backfill *self,
             Work     *work,
             GError   *error)
{
  const char *stream = work->range->kind->table;

  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->stopped, (gpointer) stream);
  g_mutex_unlock (&self->mutex);
  billing_stripe_round_stop (self->round, stream, error);
}

static gboolean
is_stopped (Backfill *self,
            Work     *work)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_hash_table_contains (self->stopped, work->range->kind->table);
}

static gpointer
work_cb (gpointer data)
{
  Backfill *self = data;
  Work *work;

  while ((work = take_work (self)) != NULL)
    {
      GError *error = NULL;

      while (!is_stopped (self, work) && work_page (self, work, &error))
        ;
      if (error != NULL)
        stop_stream (self, work, error);
      give_back (self, work);
    }

  /* Who waits is to look again, also where the round has ended. */
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static gboolean
load (Backfill  *self,
      GError   **error)
{
  BillingMirror *mirror = self->round->mirror;
  g_autoptr (GPtrArray) ranges = NULL;

  if (!billing_mirror_begin (mirror, error))
    return FALSE;
  ranges = billing_mirror_ranges_list (mirror, error);
  billing_mirror_rollback (mirror);
  if (ranges == NULL)
    return FALSE;

  while (ranges->len > 0)
    add_work (self, g_ptr_array_steal_index (ranges, 0));
  return TRUE;
}

void
billing_stripe_backfill (BillingStripeRound *round)
{
  Backfill self = { .round = round, .floor = billing_stripe_round_get_time (round, "account_created") };
  g_autofree GThread **threads = g_new0 (GThread *, round->n_workers);
  GError *error = NULL;

  self.works = g_ptr_array_new_with_free_func (work_free);
  self.stopped = g_hash_table_new (g_str_hash, g_str_equal);
  g_mutex_init (&self.mutex);
  g_cond_init (&self.cond);

  if (!load (&self, &error))
    billing_stripe_round_fail (round, error);
  for (guint i = 0; self.works->len > 0 && i < round->n_workers; i++)
    threads[i] = g_thread_new ("billing-stripe", work_cb, &self);
  for (guint i = 0; i < round->n_workers && threads[i] != NULL; i++)
    g_thread_join (threads[i]);

  g_ptr_array_unref (self.works);
  g_hash_table_unref (self.stopped);
  g_mutex_clear (&self.mutex);
  g_cond_clear (&self.cond);
}

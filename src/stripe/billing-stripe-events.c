/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-events"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "billing-mirror-streams.h"
#include "billing-stripe-error.h"
#include "billing-stripe-hints.h"

/*
 * A page of events is noted, and the cursor moved, after all that it asks for was fetched. Stripe
 * keeps events for thirty days and does not promise their order.
 *
 * In the mirror's state: events_cursor (the newest event that was dealt with), events_created (when
 * that was), events_read (how often they were read since the last overlap), money_due (1: something
 * moved money, and the balance was not asked for since).
 */

/* Events can appear late, behind younger ones: every so often what came shortly before is looked at
 * too. */
#define OVERLAP (60 * 60)
#define ROUNDS_TO_OVERLAP 10

/* Where there is no other proof that nothing is missing. */
#define MAX_GAP (29 * 24 * 60 * 60)

/* --- a page ----------------------------------------------------------------------------------- */

static gboolean
keep_cursor (BillingStripeRound  *round,
             const char          *cursor,
             gint64               created,
             GError             **error)
{
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, created);

  return billing_mirror_set_state (round->mirror, "events_cursor", cursor, error) &&
         billing_mirror_set_state (round->mirror, "events_created", time, error);
}

/* @cursor NULL: it stays. */
static gboolean
keep_page (BillingStripeRound  *round,
           BillingStripePage   *page,
           BillingStripeHints  *hints,
           gint64               fetched,
           const char          *cursor,
           gint64               created,
           GError             **error)
{
  const BillingMirrorKind *kind = billing_mirror_kind_find ("events");

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;

  return billing_stripe_round_end (round,
                                   billing_stripe_round_put_page (round, kind, page, fetched,
                                                                  error) &&
                                   (!hints->has_money ||
                                    billing_mirror_set_state (round->mirror, "money_due", "1",
                                                              error)) &&
                                   (cursor == NULL || keep_cursor (round, cursor, created, error)),
                                   error);
}

/* @moves: whether the cursor moves to the newest event of the page. @oldest is lowered to that of
 * its oldest, @n_new is set to how many were not known. */
static gboolean
deal_with_page (BillingStripeRound  *round,
                BillingStripePage   *page,
                gint64               fetched,
                gboolean             moves,
                gint64              *oldest,
                guint               *n_new,
                GError             **error)
{
  g_auto (BillingStripeHints) hints = { 0 };
  gboolean success;

  *n_new = 0;
  if (page->n_objects == 0)
    return TRUE;

  billing_stripe_hints_init (&hints);
  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  success = billing_stripe_hints_read (&hints, round, page, error);
  billing_mirror_rollback (round->mirror);

  if (!success || !billing_stripe_hints_fetch (&hints, round, error) ||
      !keep_page (round, page, &hints, fetched, moves ? page->ids[0] : NULL, billing_stripe_round_read_created (page, 0),
                  error))
    return FALSE;

  *oldest = MIN (*oldest, hints.oldest);
  *n_new = hints.n_new;
  billing_stripe_round_count (round, "events", hints.n_new);
  return TRUE;
}

static BillingStripePage *
get_page (BillingStripeRound  *round,
          const char          *before,
          gint64               since,
          const char          *after,
          guint                limit,
          GError             **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  billing_stripe_form_add_integer (form, "limit", limit);
  billing_stripe_form_open (form, "created");
  if (since > 0)
    billing_stripe_form_add_integer (form, "gte", since);
  billing_stripe_form_close (form);
  if (before != NULL)
    billing_stripe_form_add_string (form, "ending_before", before);
  if (after != NULL)
    billing_stripe_form_add_string (form, "starting_after", after);
  return billing_stripe_round_get_form (round, "/v1/events", form, after, error);
}

static gboolean
set_endless (GError **error)
{
  g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE,
                       _("Stripe's list of events goes round in a circle. What came before is "
                         "kept; try again later."));
  return FALSE;
}

/* From the cursor on, the oldest page first. @is_ignored: what answers does not go by the cursor,
 * and was not followed. */
static gboolean
read_on (BillingStripeRound  *round,
         const char          *cursor,
         gboolean            *is_ignored,
         GError             **error)
{
  g_autoptr (GHashTable) cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *at = g_strdup (cursor);
  gboolean has_more = TRUE;

  while (has_more)
    {
      gint64 fetched = g_get_real_time (), oldest = G_MAXINT64;
      guint n_new;
      g_autoptr (BillingStripePage) page = get_page (round, at, 0, NULL, BILLING_STRIPE_PAGE_SIZE,
                                                     error);

      if (page == NULL)
        return FALSE;
      *is_ignored = g_strv_contains ((const char * const *) page->ids, at);
      if (*is_ignored)
        return TRUE;
      if (!g_hash_table_add (cursors, g_strdup (at)))
        return set_endless (error);
      if (!deal_with_page (round, page, fetched, TRUE, &oldest, &n_new, error))
        return FALSE;

      has_more = page->has_more;
      if (page->n_objects > 0)
        {
          g_free (at);
          at = g_strdup (page->ids[0]);
        }
    }

  return TRUE;
}

static gboolean
move_cursor (BillingStripeRound  *round,
             const char          *cursor,
             gint64               created,
             GError             **error)
{
  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  return billing_stripe_round_end (round, keep_cursor (round, cursor, created, error), error);
}

/* Nothing is missing where the list reaches back to what was seen, or, without a cursor, where it
 * is young enough. */
static gboolean
has_gap (const char *cursor,
         gint64      created,
         gint64      oldest,
         gint64      newest)
{
  if (cursor != NULL)
    return oldest > created;
  return newest > 0 && newest - created > MAX_GAP;
}

/* From the newest down to some time before @created, or with @stops to a page without news; the
 * cursor moves when all of it was read. */
static gboolean
read_back (BillingStripeRound  *round,
           const char          *cursor,
           gint64               created,
           gboolean             stops,
           gboolean            *gap,
           GError             **error)
{
  g_autofree char *after = NULL, *first = NULL;
  gint64 oldest = G_MAXINT64, newest = 0;
  gboolean has_more = TRUE, has_stopped = FALSE;

  while (has_more && !has_stopped)
    {
      gint64 fetched = g_get_real_time (), before = oldest;
      guint n_new;
      g_autoptr (BillingStripePage) page = get_page (round, NULL, created - OVERLAP, after,
                                                     BILLING_STRIPE_PAGE_SIZE, error);

      if (page == NULL || !deal_with_page (round, page, fetched, FALSE, &oldest, &n_new, error))
        return FALSE;
      if (page->n_objects > 0 && after == NULL)
        {
          first = g_strdup (page->ids[0]);
          newest = billing_stripe_round_read_created (page, 0);
        }
      has_more = page->has_more;
      has_stopped = stops && page->n_objects > 0 && n_new == 0;
      if (has_more && !has_stopped && after != NULL && n_new == 0 && oldest == before)
        return set_endless (error);
      g_free (after);
      after = page->n_objects > 0 ? g_strdup (page->ids[page->n_objects - 1]) : NULL;
    }

  *gap = !has_stopped && has_gap (cursor, created, oldest, newest);
  return first == NULL || move_cursor (round, first, newest, error);
}

/* --- a round ---------------------------------------------------------------------------------- */

/**
 * billing_stripe_events_begin:
 * @round: the round
 *
 * Takes the cursor, before anything is listed: what changes meanwhile is read from it on.
 *
 * Returns: whether there is one, or no event yet
 */
gboolean
billing_stripe_events_begin (BillingStripeRound  *round,
                             GError             **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (BillingStripePage) page = get_page (round, NULL, 0, NULL, 1, error);
  g_autofree char *created = NULL;

  if (page == NULL)
    return FALSE;

  /* Without an event the time serves, as this computer has it and a day earlier. */
  created = g_strdup_printf ("%" G_GINT64_FORMAT, page->n_objects > 0 ? billing_stripe_round_read_created (page, 0)
                                                                      : now - 24 * 60 * 60);
  return billing_stripe_round_set_states (round, error, "events_cursor", page->n_objects > 0 ? page->ids[0] : NULL,
                                          "events_created", created, NULL);
}

static gboolean
is_cursor_gone (const GError *error)
{
  const BillingStripeDetail *detail = billing_stripe_error_get_detail (error);

  return g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND) ||
         (detail != NULL && g_strcmp0 (detail->param, "ending_before") == 0);
}

/* The rounds to the next overlap are counted when they have succeeded: one that fails in its middle
 * is not tried again before the cursor's way was gone whole. */
static gboolean
count_round (BillingStripeRound  *round,
             gboolean             overlaps,
             GError             **error)
{
  gint64 n = overlaps ? 0 : billing_stripe_round_get_time (round, "events_read") + 1;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  return billing_stripe_round_end (round,
                                   billing_mirror_set_state (round->mirror, "events_read", text,
                                                             error) &&
                                   billing_mirror_stream_set_state (round->mirror, "events", "done",
                                                                    NULL, error),
                                   error);
}

/**
 * billing_stripe_events_read:
 * @round: the round
 * @has_gap: (out): whether Stripe no longer has all that happened since the last time: everything
 *   is to be listed again
 *
 * Takes in what happened since. Where nothing did it is one request.
 *
 * Returns: whether all of it was dealt with
 */
gboolean
billing_stripe_events_read (BillingStripeRound  *round,
                            gboolean            *gap,
                            GError             **error)
{
  g_autofree char *cursor = billing_stripe_round_get_state (round, "events_cursor");
  gint64 created = billing_stripe_round_get_time (round, "events_created");
  gboolean overlaps = cursor != NULL &&
                      billing_stripe_round_get_time (round, "events_read") >= ROUNDS_TO_OVERLAP;
  gboolean is_ignored = FALSE;
  g_autoptr (GError) problem = NULL;

  *gap = FALSE;
  if (overlaps)
    return count_round (round, TRUE, error) && read_back (round, cursor, created, TRUE, gap, error);

  if (cursor != NULL && read_on (round, cursor, &is_ignored, &problem) && !is_ignored)
    return count_round (round, FALSE, error);
  if (problem != NULL && !is_cursor_gone (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return read_back (round, cursor, created, is_ignored, gap, error) &&
         count_round (round, FALSE, error);
}

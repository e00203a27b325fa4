/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-money"

#include "config.h"

#include "billing-mirror-look.h"
#include "billing-stripe-error.h"
#include "billing-stripe-round.h"

/*
 * Balance transactions have no events: after events that move money the new ones are listed, with
 * two days of overlap, and those that should have become available are asked for again. Which
 * payout they are in only the list of a payout's transactions says.
 */

#define DAY (24 * 60 * 60)
#define OVERLAP (2 * DAY)

#define MAX_PAGES 1000
#define MAX_DUE 1000

/* In one round: of the payouts of the last ninety days, and of older ones. */
#define RECENT (90 * DAY)
#define MAX_RECENT 1000
#define MAX_OLDER 200

static gboolean
look (BillingStripeRound  *round,
      gint64               now,
      gint64              *newest,
      GPtrArray          **due,
      GError             **error)
{
  gint64 n;

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;

  *due = NULL;
  if (billing_mirror_count_since (round->mirror, billing_mirror_kind_find ("balance_transactions"),
                                  G_MAXINT64, &n, newest, error))
    *due = billing_mirror_list_due_transactions (round->mirror, now, MAX_DUE, error);
  billing_mirror_rollback (round->mirror);
  return *due != NULL;
}

/* Where none is here yet, because they could not be listed, those of now are enough: the others are
 * still to be listed. */
static gboolean
refresh_transactions (BillingStripeRound  *round,
                      GError             **error)
{
  BillingStripeList list = { .kind = billing_mirror_kind_find ("balance_transactions") };
  g_autoptr (GPtrArray) due = NULL;
  GError *problem = NULL;
  gint64 newest;

  if (!billing_stripe_round_is_open (round, list.kind->table))
    return TRUE;
  if (!look (round, billing_stripe_round_get_now (round), &newest, &due, error))
    return FALSE;

  if (newest == 0)
    newest = billing_stripe_round_get_time (round, "events_created");
  list.low = MAX (newest - OVERLAP, 0);
  if (!billing_stripe_list_again (round, &list, MAX_PAGES, NULL, NULL, &problem))
    return billing_stripe_round_forgive (round, list.kind->table, problem, error);
  return billing_stripe_refetch (round, list.kind, due, 0, 0, error);
}

/**
 * billing_stripe_money_refresh:
 * @round: the round
 *
 * Asks for the balance and for what moved it, where events said that something did.
 *
 * Returns: whether that is known now
 */
gboolean
billing_stripe_money_refresh (BillingStripeRound  *round,
                              GError             **error)
{
  g_autofree char *is_due = billing_stripe_round_get_state (round, "money_due");

  if (is_due == NULL)
    return TRUE;
  if (billing_stripe_round_is_open (round, "balance") &&
      !billing_stripe_single_fetch (round, "balance") &&
      billing_stripe_round_is_open (round, "balance"))
    return TRUE; /* its error is the round's already, and it stays due */

  return refresh_transactions (round, error) &&
         billing_stripe_round_set_states (round, error, "money_due", NULL, NULL);
}

/* --- payouts ---------------------------------------------------------------------------------- */

static gboolean
keep_items (BillingStripeRound  *round,
            const char          *payout,
            BillingStripePage   *page,
            gint64               fetched,
            GError             **error)
{
  const BillingMirrorKind *kind = billing_mirror_kind_find ("balance_transactions");
  const char *cursor = page->has_more ? page->ids[page->n_objects - 1] : NULL;

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;

  return billing_stripe_round_end (round,
                                   billing_stripe_round_put_page (round, kind, page, fetched,
                                                                  error) &&
                                   billing_mirror_put_payout_items (round->mirror, payout,
                                                                    page->ids, cursor, error),
                                   error);
}

static gboolean
note_no_items (BillingStripeRound  *round,
               const char          *payout,
               GError             **error)
{
  char *none[] = { NULL };

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  return billing_stripe_round_end (round,
                                   billing_mirror_put_payout_items (round->mirror, payout, none,
                                                                    NULL, error), error);
}

static char *
get_cursor (BillingStripeRound *round,
            const char         *payout)
{
  char *cursor;

  if (!billing_mirror_begin (round->mirror, NULL))
    return NULL;
  cursor = billing_mirror_get_payout_cursor (round->mirror, payout, NULL);
  billing_mirror_rollback (round->mirror);
  return cursor;
}

static gboolean
itemise_cb (BillingStripeRound  *round,
            const char          *payout,
            gpointer             unused,
            GError             **error)
{
  BillingStripeList list = {
    .kind = billing_mirror_kind_find ("balance_transactions"), .filter = "payout", .value = payout,
  };
  g_autofree char *cursor = get_cursor (round, payout);
  gboolean has_more = TRUE;

  for (guint i = 0; has_more && i < MAX_PAGES; i++)
    {
      gint64 fetched = g_get_real_time ();
      g_autoptr (GError) problem = NULL;
      g_autoptr (BillingStripePage) page = billing_stripe_round_get_page (round, &list, cursor,
                                                                          &problem);

      /* Stripe does not itemise every payout. */
      if (g_error_matches (problem, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID) ||
          g_error_matches (problem, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND))
        return note_no_items (round, payout, error);
      if (page == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (!keep_items (round, payout, page, fetched, error))
        return FALSE;

      billing_stripe_round_count (round, "balance_transactions", page->n_objects);
      has_more = page->has_more;
      g_free (cursor);
      cursor = has_more ? g_strdup (page->ids[page->n_objects - 1]) : NULL;
    }

  return TRUE;
}

static gboolean
itemise_since (BillingStripeRound  *round,
               gint64               since,
               guint                limit,
               GError             **error)
{
  g_autoptr (GPtrArray) payouts = NULL;

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  payouts = billing_mirror_list_payouts (round->mirror, since, limit, error);
  billing_mirror_rollback (round->mirror);
  return payouts != NULL &&
         (payouts->len == 0 || billing_stripe_round_each (round, payouts, itemise_cb, NULL, error));
}

/**
 * billing_stripe_payouts_itemise:
 * @round: the round
 *
 * Learns which transactions automatic payouts consist of, the newest payouts first; of older ones
 * only some in each round.
 *
 * Returns: whether nothing went wrong
 */
gboolean
billing_stripe_payouts_itemise (BillingStripeRound  *round,
                                GError             **error)
{
  GError *problem = NULL;

  return !billing_stripe_round_is_open (round, "balance_transactions") ||
         (itemise_since (round, billing_stripe_round_get_now (round) - RECENT, MAX_RECENT,
                         &problem) &&
          itemise_since (round, 0, MAX_OLDER, &problem)) ||
         billing_stripe_round_forgive (round, "balance_transactions", problem, error);
}

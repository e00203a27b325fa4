/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-audit"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-mirror-look.h"
#include "billing-mirror-streams.h"
#include "billing-stripe-error.h"
#include "billing-stripe-round.h"

/*
 * What finds out that something was missed: once a day what is young is listed again and compared;
 * after everything was listed again, what was not among it is asked for one by one.
 */

#define DAY (24 * 60 * 60)
#define MAX_PAGES 100

/* Single objects that are asked for in one round. */
#define MAX_SINGLE 200

/* Events are told for thirty days; a few more are kept. */
#define EVENTS_KEPT (35 * DAY)

static const struct
{
  const char *stream;
  gint64 age; /* 0: all of it, of which there are no events: that it changed is no news that was missed */
} audited[] = {
  { "charges", 30 * DAY },
  { "payment_intents", 30 * DAY },
  { "stripe_refunds", 90 * DAY },
  { "disputes", 90 * DAY },
  { "early_fraud_warnings", 90 * DAY },
  { "payouts", 30 * DAY },
  { "tax_registrations", 0 },
  { "tax_codes", 0 },
};

typedef struct
{
  guint64 n_objects;
  guint64 n_differing;
} Found;

/* Asks for what is here and was not asked for since @fetched. @n: how many there were, at most
 * MAX_SINGLE. */
static gboolean
ask_for_unseen (BillingStripeRound       *round,
                const BillingMirrorKind  *kind,
                gint64                    since,
                gint64                    fetched,
                guint                    *n,
                GError                  **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  ids = billing_mirror_list_unseen (round->mirror, kind, since, fetched, MAX_SINGLE, error);
  billing_mirror_rollback (round->mirror);

  if (ids == NULL)
    return FALSE;
  *n = ids->len;
  return billing_stripe_refetch (round, kind, ids, 0, 0, error);
}

/**
 * billing_stripe_sweep_check:
 * @round: a round in which everything is listed
 *
 * Asks for what was here before everything was listed again, and was not among it: it was deleted,
 * or the list left it out.
 *
 * Returns: whether nothing went wrong; what is left over is for the next round
 */
gboolean
billing_stripe_sweep_check (BillingStripeRound  *round,
                            GError             **error)
{
  gint64 started = billing_stripe_round_get_time (round, "sweep_at");
  const BillingMirrorKind *kind;
  gboolean is_whole = TRUE;

  if (started == 0)
    return TRUE;

  for (guint i = 0; (kind = billing_mirror_kind_nth (i)) != NULL; i++)
    {
      guint n = 0;

      if (g_str_equal (kind->table, "events") || !billing_stripe_round_is_open (round, kind->table))
        continue;
      if (!ask_for_unseen (round, kind, 0, started, &n, error))
        return FALSE;
      is_whole &= n < MAX_SINGLE;
    }

  return !is_whole || billing_stripe_round_set_states (round, error, "sweep_at", NULL, NULL);
}

/* --- the daily audit -------------------------------------------------------------------------- */

static gboolean
compare (BillingStripeRound       *round,
         const BillingMirrorKind  *kind,
         gint64                    since,
         Found                    *found,
         GError                  **error)
{
  BillingStripeList list = { .kind = kind, .low = since };
  gint64 started = g_get_real_time ();
  Found own = { 0 };
  guint n_unseen = 0;

  if (!billing_stripe_list_again (round, &list, MAX_PAGES, &own.n_objects, &own.n_differing, error))
    return FALSE;
  /* Where the list was too long, what it does not have may be further down. */
  if (own.n_objects < MAX_PAGES * BILLING_STRIPE_PAGE_SIZE &&
      !ask_for_unseen (round, kind, since, started, &n_unseen, error))
    return FALSE;

  found->n_objects += own.n_objects;
  if (since > 0)
    found->n_differing += own.n_differing + n_unseen;
  return TRUE;
}

static gboolean
compare_all (BillingStripeRound  *round,
             gint64               now,
             Found               *found,
             GError             **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (audited); i++)
    {
      const BillingMirrorKind *kind = billing_mirror_kind_find (audited[i].stream);
      GError *problem = NULL;

      if (billing_stripe_round_is_open (round, kind->table) &&
          !compare (round, kind, audited[i].age > 0 ? now - audited[i].age : 0, found, &problem) &&
          !billing_stripe_round_forgive (round, kind->table, problem, error))
        return FALSE;
    }

  return TRUE;
}

static char *
describe_objects (const Found *found)
{
  g_autofree char *n = g_strdup_printf ("%" PRIu64, found->n_objects);

  if (found->n_differing == 0)
    return g_strdup_printf (_("Compared with Stripe: %s objects, all the same."), n);
  return g_strdup_printf (ngettext ("Compared with Stripe: %s objects; %" PRIu64 " had been missed and was put right.",
                                    "Compared with Stripe: %s objects; %" PRIu64 " had been missed and were put right.",
                                    (gulong) found->n_differing), n, found->n_differing);
}

/* Within a transaction. */
static gboolean
keep_result (BillingStripeRound  *round,
             const Found         *found,
             gint64               now,
             GError             **error)
{
  BillingMirror *mirror = round->mirror;
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *differing = g_strdup_printf ("%" PRIu64, found->n_differing);
  g_autofree char *objects = describe_objects (found);
  g_autofree char *text = NULL, *currency = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 stripe, ours;

  currency = billing_mirror_find_balance_difference (mirror, &stripe, &ours, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  text = g_strconcat (objects, " ",
                      currency == NULL ? _("The balance is the sum of its transactions.")
                                       : _("The balance is not the sum of its transactions."), NULL);

  return billing_mirror_forget_events (mirror, now - EVENTS_KEPT, error) &&
         billing_mirror_set_state (mirror, "audit_at", at, error) &&
         billing_mirror_set_state (mirror, "audit_differing", differing, error) &&
         billing_mirror_set_state (mirror, "audit_balance", currency == NULL ? "same" : currency, error) &&
         billing_mirror_set_state (mirror, "audit_text", text, error);
}

/* What the payouts' lists said is asked for again where it does not add up. */
static gboolean
reopen_payouts (BillingStripeRound  *round,
                Found               *found,
                GError             **error)
{
  gint64 n_reopened = 0;

  if (!billing_mirror_begin (round->mirror, error) ||
      !billing_stripe_round_end (round,
                                 billing_mirror_reopen_payouts (round->mirror, &n_reopened, error),
                                 error))
    return FALSE;

  found->n_differing += (guint64) n_reopened;
  return TRUE;
}

/**
 * billing_stripe_audit:
 * @round: a round in which everything is listed
 *
 * Once a day: lists what is young again and counts what was not here as it is there, lists those
 * payouts again whose transactions do not come to their amount, and compares the balance with the
 * sum of its transactions. The result is in the mirror's state: `audit_at`, `audit_text`,
 * `audit_differing` (how many) and `audit_balance` (“same”, or the first currency in which it
 * differs).
 *
 * Returns: whether nothing went wrong
 */
gboolean
billing_stripe_audit (BillingStripeRound  *round,
                      GError             **error)
{
  gint64 now = billing_stripe_round_get_now (round);
  Found found = { 0 };

  if (!compare_all (round, now, &found, error) || !reopen_payouts (round, &found, error) ||
      !billing_stripe_round_set_states (round, error, "money_due", "1", NULL) ||
      !billing_stripe_money_refresh (round, error) || !billing_mirror_begin (round->mirror, error))
    return FALSE;

  return billing_stripe_round_end (round, keep_result (round, &found, now, error), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-singles"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "billing-mirror-row.h"
#include "billing-mirror-streams.h"
#include "billing-stripe-error.h"
#include "billing-stripe-round.h"

/*
 * What there is one of.
 */

static const BillingStripeSingle singles[BILLING_STRIPE_N_SINGLES] = {
  { "account", "account", "/v1/account" },
  { "balance", "balance", "/v1/balance" },
  { "balance_settings", "balance_settings", "/v1/balance_settings" },
  { "tax_settings", "tax.settings", "/v1/tax/settings" },
};

const BillingStripeSingle *
billing_stripe_single_nth (guint i)
{
  return &singles[i];
}

const BillingStripeSingle *
billing_stripe_single_find (const char *name)
{
  for (guint i = 0; i < BILLING_STRIPE_N_SINGLES; i++)
    {
      if (g_str_equal (singles[i].name, name))
        return &singles[i];
    }

  g_return_val_if_reached (NULL);
}

const BillingStripeSingle *
billing_stripe_single_find_object (const char *object)
{
  for (guint i = 0; i < BILLING_STRIPE_N_SINGLES; i++)
    {
      if (g_str_equal (singles[i].object, object))
        return &singles[i];
    }

  return NULL;
}

/* A mirror is of one account. */
static gboolean
keep_account (BillingStripeRound  *round,
              const char          *text,
              gsize                length,
              GError             **error)
{
  static const BillingMirrorKind head = {
    .columns = { { "id", "id", BILLING_MIRROR_TEXT }, { "created", "created", BILLING_MIRROR_INTEGER } },
  };
  BillingMirror *mirror = round->mirror;
  g_auto (BillingMirrorRow) row = { 0 };
  g_autofree char *id = NULL, *known = NULL, *created = NULL;

  billing_mirror_row_init (&row);
  if (!billing_mirror_row_fill (&row, &head, text, length))
    {
      g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE,
                           _("Stripe's account has no id. Nothing was taken in; try again later."));
      return FALSE;
    }

  id = g_strndup (row.json->str + row.cells[0].start, row.cells[0].length);
  known = billing_mirror_get_state (mirror, "account_id", NULL);
  if (known != NULL && !g_str_equal (id, known))
    {
      g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY,
                           _("This key is of another Stripe account than the one that this "
                             "practice uses. Nothing was changed; enter a key of the practice's "
                             "own account."));
      return FALSE;
    }

  created = g_strdup_printf ("%" G_GINT64_FORMAT, row.cells[1].integer);
  return billing_mirror_set_state (mirror, "account_id", id, error) &&
         billing_mirror_set_state (mirror, "account_created", created, error);
}

static gboolean
keep (BillingStripeRound   *round,
      const char           *name,
      BillingStripeAnswer  *answer,
      gint64                fetched,
      GError              **error)
{
  BillingMirror *mirror = round->mirror;
  gsize length;
  const char *text = g_bytes_get_data (answer->body, &length);

  if (!billing_mirror_begin (mirror, error))
    return FALSE;

  return billing_stripe_round_end (round,
                                   (!g_str_equal (name, "account") ||
                                    keep_account (round, text, length, error)) &&
                                   billing_mirror_put_single (mirror, name, text, length, fetched,
                                                              error) &&
                                   billing_mirror_stream_set_state (mirror, name, "done", NULL,
                                                                    error),
                                   error);
}

/* Returns: whether it is there now */
gboolean
billing_stripe_single_fetch (BillingStripeRound *round,
                             const char         *name)
{
  gint64 fetched = g_get_real_time ();
  const char *path = billing_stripe_single_find (name)->path;
  GError *error = NULL;
  g_autoptr (BillingStripeAnswer) answer = billing_stripe_round_get (round, path, NULL, &error);

  if (answer != NULL && keep (round, name, answer, fetched, &error))
    {
      billing_stripe_round_count (round, name, 1);
      return TRUE;
    }

  /* Another account's key fits nothing of this mirror. */
  if (g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY))
    g_cancellable_cancel (round->cancellable);
  billing_stripe_round_stop (round, name, error);
  return FALSE;
}

void
billing_stripe_singles_fetch_missing (BillingStripeRound *round)
{
  for (guint i = 0; i < BILLING_STRIPE_N_SINGLES && !billing_stripe_round_has_ended (round); i++)
    {
      g_autofree char *state = NULL;

      if (!billing_mirror_begin (round->mirror, NULL))
        return;
      state = billing_mirror_stream_get_state (round->mirror, singles[i].name, NULL, NULL);
      billing_mirror_rollback (round->mirror);
      if (g_strcmp0 (state, "") == 0)
        billing_stripe_single_fetch (round, singles[i].name);
    }
}

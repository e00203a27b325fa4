/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-standing"

#include "config.h"

#include "billing-sync-private.h"

#include <glib/gi18n-lib.h>

#include "billing-stripe-error.h"

/* How a practice stands with Stripe, in a word and in a sentence. */

void
_billing_sync_standing_clear (BillingSyncStanding *self)
{
  g_clear_pointer (&self->sentence, g_free);
  g_clear_pointer (&self->progress, g_free);
  g_clear_pointer (&self->probe, billing_stripe_probe_unref);
}

void
_billing_sync_standing_copy (BillingSyncStanding       *self,
                             const BillingSyncStanding *from)
{
  _billing_sync_standing_clear (self);
  *self = *from;
  self->sentence = g_strdup (from->sentence);
  self->progress = g_strdup (from->progress);
  self->probe = from->probe != NULL ? billing_stripe_probe_ref (from->probe) : NULL;
}

void
_billing_sync_standing_set (BillingSyncStanding *self,
                            BillingSyncState     state,
                            const char          *sentence)
{
  char *copy = g_strdup (sentence);

  g_free (self->sentence);
  self->sentence = copy;
  self->state = state;
  if (state != BILLING_SYNC_STATE_SYNCING)
    {
      g_clear_pointer (&self->progress, g_free);
      self->permille = -1;
    }
}

static BillingSyncState
get_state_of_stripe (const GError *error)
{
  switch ((BillingStripeError) error->code)
    {
    case BILLING_STRIPE_ERROR_OFFLINE:
    case BILLING_STRIPE_ERROR_TIMEOUT:
      return BILLING_SYNC_STATE_OFFLINE;
    case BILLING_STRIPE_ERROR_KEY:
    case BILLING_STRIPE_ERROR_AUTHENTICATION:
      return BILLING_SYNC_STATE_KEY_REFUSED;
    case BILLING_STRIPE_ERROR_PERMISSION:
      return BILLING_SYNC_STATE_DENIED;
    case BILLING_STRIPE_ERROR_RATE_LIMITED:
      return BILLING_SYNC_STATE_LIMITED;
    case BILLING_STRIPE_ERROR_ADDRESS:
    case BILLING_STRIPE_ERROR_DECLINED:
    case BILLING_STRIPE_ERROR_INVALID:
    case BILLING_STRIPE_ERROR_IDEMPOTENCY_MISMATCH:
    case BILLING_STRIPE_ERROR_CONFLICT:
    case BILLING_STRIPE_ERROR_NOT_FOUND:
    case BILLING_STRIPE_ERROR_API:
    case BILLING_STRIPE_ERROR_UNREADABLE:
    default:
      return BILLING_SYNC_STATE_FAILED;
    }
}

static BillingSyncState
get_state_of_sync (const GError *error)
{
  switch ((BillingSyncError) error->code)
    {
    case BILLING_SYNC_ERROR_NOT_CONNECTED:
      return BILLING_SYNC_STATE_NOT_CONNECTED;
    case BILLING_SYNC_ERROR_LOCKED:
      return BILLING_SYNC_STATE_LOCKED;
    case BILLING_SYNC_ERROR_NO_KEYRING:
      return BILLING_SYNC_STATE_NO_KEYRING;
    case BILLING_SYNC_ERROR_OTHER_ACCOUNT:
      return BILLING_SYNC_STATE_KEY_REFUSED;
    case BILLING_SYNC_ERROR_BUSY:
      return BILLING_SYNC_STATE_BUSY;
    default:
      return BILLING_SYNC_STATE_FAILED;
    }
}

/* The sentence of an error is made for people by whoever raised it. */
void
_billing_sync_standing_fail (BillingSyncStanding *self,
                             const GError        *error)
{
  BillingSyncState state = BILLING_SYNC_STATE_FAILED;

  if (error->domain == BILLING_STRIPE_ERROR)
    state = get_state_of_stripe (error);
  else if (error->domain == BILLING_SYNC_ERROR)
    state = get_state_of_sync (error);

  _billing_sync_standing_set (self, state, error->message);
}

/* What the key could not read, by the names of Stripe's lists. */
static char *
list_denied (BillingSyncSummary *summary)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; summary->streams != NULL && i < summary->streams->len; i++)
    {
      BillingSyncStream *stream = summary->streams->pdata[i];

      if (g_strcmp0 (stream->state, "denied") == 0)
        g_ptr_array_add (names, stream->name);
    }
  if (names->len == 0)
    return NULL;

  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

char *
_billing_sync_describe_done (BillingSyncSummary *summary,
                             BillingSyncCounts  *counts)
{
  g_autofree char *denied = list_denied (summary);

  if (counts->n_unknown > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "It is not known whether Stripe did %u thing that it was asked for. Open the outbox and check "
                                         "with Stripe; do not ask for it again.",
                                         "It is not known whether Stripe did %u things that it was asked for. Open the outbox and check "
                                         "with Stripe; do not ask for them again.",
                                         counts->n_unknown), counts->n_unknown);
  if (denied != NULL)
    return g_strdup_printf (_("In step with Stripe, except for what the key may not read: %s. "
                              "Give it that permission in the Stripe Dashboard, or use another "
                              "key."), denied);
  if (counts->n_waiting > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "In step with Stripe; %u thing still waits in the outbox.",
                                         "In step with Stripe; %u things still wait in the outbox.",
                                         counts->n_waiting),
                            counts->n_waiting);

  return g_strdup (_("In step with Stripe."));
}

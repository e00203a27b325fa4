/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-round.h"

G_BEGIN_DECLS

/*
 * Private to the room: what a page of events asks for. Each object that they name is asked for once
 * more, and what they say of it themselves is never taken over.
 */
typedef struct
{
  GPtrArray *changed;     /* (owned): objects, by stream */
  GHashTable *refunds_of; /* (owned): a set of ids of charges */
  gboolean singles[BILLING_STRIPE_N_SINGLES];
  gboolean has_money; /* whether one of them moved money */
  guint n_new;        /* events that were not dealt with before; the others ask for nothing */
  gint64 oldest;      /* when the oldest of all of them was made */
} BillingStripeHints;

void     billing_stripe_hints_init  (BillingStripeHints *self);
void     billing_stripe_hints_clear (BillingStripeHints *self);

/* Within a transaction of the mirror. */
gboolean billing_stripe_hints_read  (BillingStripeHints  *self,
                                     BillingStripeRound  *round,
                                     BillingStripePage   *page,
                                     GError             **error);

/* Asks for all of it. */
gboolean billing_stripe_hints_fetch (BillingStripeHints  *self,
                                     BillingStripeRound  *round,
                                     GError             **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingStripeHints, billing_stripe_hints_clear)

G_END_DECLS

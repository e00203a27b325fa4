/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BillingSingle:
 * @json: (owned) (nullable): what Stripe says, whole; %NULL: it was never fetched
 * @fetched_at: Unix seconds of when Stripe was asked; 0: never
 * @state: (owned) (nullable): how fetching it went: `done`, `denied`, `missing`
 * @problem: (owned) (nullable): Stripe's words where it said no
 *
 * What there is one of at Stripe: the account, its balance, settings of payouts and of taxes. Begin with zeros.
 */
typedef struct {
  char *json;
  gint64 fetched_at;
  char *state;
  char *problem;
} BillingSingle;

/**
 * BillingDestination:
 * @json: (owned): the bank account or card as it was at the last payout to it: an object, or a text that is its id
 * @last_at: Unix seconds of that payout
 * @n_payouts: how many went there
 *
 * Where payouts go.
 */
typedef struct {
  char *json;
  gint64 last_at;
  gint64 n_payouts;
} BillingDestination;

gboolean   billing_single_read              (BillingSingle      *self,
                                             BillingConnection  *connection,
                                             const char         *name,
                                             GError            **error);
void       billing_single_clear             (BillingSingle      *self);
GPtrArray *billing_single_list_destinations (BillingConnection  *connection,
                                             GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingSingle, billing_single_clear)

G_END_DECLS

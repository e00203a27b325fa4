/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-reconciliation-line.h"

G_BEGIN_DECLS

/**
 * BillingReconciliation:
 * @currency: (owned): ISO 4217, of all amounts
 * @from: (owned): the first day, in the practice's time zone
 * @to: (owned): the last one
 * @incomplete: (owned) (nullable): why nothing can be said yet: what of Stripe's past is still missing, and how far it is;
 *   then there are no breaches
 * @unanchored: (owned) (nullable): why the sum could not be compared with Stripe's own balance
 * @start: minor units that Stripe held before @from
 * @end: and after @to
 * @now: and holds now, by what is here
 * @stripe: what Stripe says that it holds now
 * @balance_at: when Stripe said so, in Unix seconds; 0: never
 * @difference: @stripe less @now; 0 where it is @unanchored
 * @n_payouts: of the period
 * @n_matched: of these, the ones whose contents come to their amount
 * @n_unitemised: and those that Stripe does not itemise
 * @n_breaches: how many rows do not fit; not each one needs a line of its own
 * @lines: (owned) (element-type BillingReconciliationLine): all of it, in its order
 *
 * A period of Stripe's ledger, put side by side with Stripe's balance, with its payouts and with our books.
 */
typedef struct {
  char *currency;
  char *from;
  char *to;
  char *incomplete;
  char *unanchored;
  gint64 start;
  gint64 end;
  gint64 now;
  gint64 stripe;
  gint64 balance_at;
  gint64 difference;
  guint n_payouts;
  guint n_matched;
  guint n_unitemised;
  guint n_breaches;
  GPtrArray *lines;
} BillingReconciliation;

void                   billing_reconciliation_free (BillingReconciliation *self);
gboolean               billing_reconciliation_fits (BillingReconciliation *self);

BillingReconciliation *billing_reconciliation_read (BillingConnection  *connection,
                                                    const char         *currency,
                                                    const char         *from,
                                                    const char         *to,
                                                    const char         *time_zone,
                                                    GError            **error);
char                 **billing_reconciliation_list_currencies
                                                   (BillingConnection  *connection,
                                                    GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingReconciliation, billing_reconciliation_free)

G_END_DECLS

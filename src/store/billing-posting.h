/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/* The charges that rows `q` (kind, row) of the mirror's queue are about. Whatever comes last finds
 * the rest: a refund that came before its charge is looked at with it. */
#define BILLING_POSTING_DUE \
  "SELECT row FROM q WHERE kind = 'charges'" \
  " UNION SELECT c.pk FROM q JOIN mirror.payment_intents i ON i.pk = q.row" \
  "   JOIN mirror.charges c ON c.payment_intent = i.id WHERE q.kind = 'payment_intents'" \
  " UNION SELECT c.pk FROM q JOIN mirror.stripe_refunds r ON r.pk = q.row" \
  "   JOIN mirror.charges c ON c.id = r.charge WHERE q.kind = 'stripe_refunds'" \
  " UNION SELECT c.pk FROM q JOIN mirror.disputes d ON d.pk = q.row" \
  "   JOIN mirror.charges c ON c.id = d.charge WHERE q.kind = 'disputes'" \
  " UNION SELECT c.pk FROM q JOIN mirror.balance_transactions b ON b.pk = q.row" \
  "   JOIN mirror.disputes d ON d.id = b.source JOIN mirror.charges c ON c.id = d.charge" \
  "   WHERE q.kind = 'balance_transactions'"

/**
 * BillingPostingBatch:
 * @seq: up to where the mirror's queue was looked at; 0: it is empty
 * @n_posted: how many charges were posted, as sets
 * @charges: (element-type gint64): the rows of the charges that want a look of their own, in the
 *   order of their creation
 *
 * A part of the mirror's queue. What is in it concerns charges: their refunds and disputes are
 * looked at with them.
 */
typedef struct {
  gint64 seq;
  guint64 n_posted;
  GArray *charges;
} BillingPostingBatch;

gboolean billing_posting_take_batch  (BillingConnection    *connection,
                                      BillingPostingBatch  *batch,
                                      GError              **error);
gboolean billing_posting_find_charge (BillingConnection    *connection,
                                      const char           *charge_id,
                                      gint64               *row,
                                      GError              **error);
gboolean billing_posting_mark        (BillingConnection    *connection,
                                      GError              **error);
gboolean billing_posting_keep        (BillingConnection    *connection,
                                      GError              **error);
gboolean billing_posting_undo        (BillingConnection    *connection,
                                      GError              **error);
gboolean billing_posting_is_newest   (BillingConnection    *connection,
                                      const char           *payment_id,
                                      const char           *charge_id,
                                      gint64                created,
                                      gboolean             *is_newest,
                                      GError              **error);
gboolean billing_posting_set_problem (BillingConnection    *connection,
                                      const char           *charge_id,
                                      const char           *payment_id,
                                      const char           *patient_id,
                                      gint64                at,
                                      const char           *sentence,
                                      GError              **error);

G_END_DECLS

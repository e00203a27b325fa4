/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconciliation-payouts"

#include "config.h"

#include "billing-reconciliation-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* The payouts of a period: what is in each, and what each is on Stripe's ledger. */

#define PAYOUTS_SQL \
  "SELECT o.id, o.created, o.amount, o.status, o.automatic, o.reconciliation_status," \
  " EXISTS (SELECT 1 FROM mirror.payout_lists l WHERE l.payout = o.id AND l.cursor IS NULL)," \
  " (SELECT count (*) FROM mirror.payout_items n WHERE n.payout = o.id)," \
  " (SELECT ifnull (sum (b.net), 0) FROM mirror.payout_items n JOIN mirror.balance_transactions b ON b.id = n.transaction_id" \
  "  WHERE n.payout = o.id AND b.deleted = 0 AND b.type <> 'payout')," \
  " (SELECT ifnull (sum (b.net), 0) FROM mirror.balance_transactions b WHERE b.source = o.id AND b.deleted = 0)" \
  " FROM mirror.payouts o WHERE o.created >= ?2 AND o.created < ?3 AND o.currency = ?1 AND o.deleted = 0 ORDER BY o.created, o.pk"

enum { ID, CREATED, AMOUNT, STATUS, AUTOMATIC, ITEMISING, IS_LISTED, N_ITEMS, ITEMISED, BOOKED };

static gboolean
is_word (BillingStatement *payout,
         int               column,
         const char       *word)
{
  return g_strcmp0 (billing_statement_get_text (payout, column), word) == 0;
}

/* On the ledger a payout is what it took out; one that failed or was cancelled came back. */
static void
check_ledger (BillingReconciling *self,
              BillingStatement   *payout)
{
  gboolean came_back = is_word (payout, STATUS, "failed") || is_word (payout, STATUS, "canceled");
  gint64 expected = came_back ? 0 : -billing_statement_get_integer (payout, AMOUNT);
  gint64 booked = billing_statement_get_integer (payout, BOOKED);
  char *note;

  if (booked == expected)
    return;

  note = g_strdup (came_back ? _("This payout came back, but on Stripe’s ledger here that is not so.")
                             : _("This payout is not what Stripe’s ledger here has for it."));
  _billing_reconciling_add_breach (self, "payout-ledger", billing_statement_get_text (payout, ID),
                                   billing_statement_get_integer (payout, AMOUNT), booked - expected, note);
}

static void
check_contents (BillingReconciling        *self,
                BillingStatement          *payout,
                BillingReconciliationLine *line)
{
  gint64 itemised = billing_statement_get_integer (payout, ITEMISED);

  if (!billing_statement_get_integer (payout, AUTOMATIC) || !is_word (payout, ITEMISING, "completed"))
    {
      self->result->n_unitemised++;
      line->note = g_strdup (billing_statement_get_integer (payout, AUTOMATIC) ? _("Stripe has not itemised it yet.")
                                                                               : _("Stripe does not itemise payouts made by hand."));
      return;
    }

  line->count = MAX (0, billing_statement_get_integer (payout, N_ITEMS) - 1);
  if (billing_statement_get_integer (payout, IS_LISTED) && itemised == line->amount)
    {
      self->result->n_matched++;
      return;
    }

  line->difference = itemised - line->amount;
  line->note = g_strdup (billing_statement_get_integer (payout, IS_LISTED) ? _("Its contents do not come to its amount.")
                                                                           : _("Its contents are not all fetched yet."));
  _billing_reconciling_add_breach (self, "payout-contents", line->about, line->amount, line->difference, g_strdup (line->note));
}

gboolean
_billing_reconciling_payouts (BillingReconciling  *self,
                              GError             **error)
{
  g_autoptr (BillingStatement) payout = billing_connection_prepare (self->connection, PAYOUTS_SQL, error);
  gboolean row;

  if (payout == NULL)
    return FALSE;

  billing_statement_bind_text (payout, 1, self->stripe_currency);
  billing_statement_bind_integer (payout, 2, self->since);
  billing_statement_bind_integer (payout, 3, self->until);
  while (billing_statement_step (payout, &row, error))
    {
      const char *id = row ? billing_statement_get_text (payout, ID) : NULL;
      BillingReconciliationLine *line;

      if (!row)
        return TRUE;
      self->result->n_payouts++;
      line = _billing_reconciling_add (self, BILLING_RECONCILIATION_PAYOUT, billing_statement_get_text (payout, STATUS), id,
                                       billing_statement_get_integer (payout, AMOUNT));
      line->about = g_strdup (id);
      line->at = billing_statement_get_integer (payout, CREATED);
      check_contents (self, payout, line);
      check_ledger (self, payout);
    }

  return FALSE;
}

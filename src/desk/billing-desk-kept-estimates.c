/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-kept-estimates"

#include "config.h"

#include "billing-desk-kept-estimates.h"

#include "billing-desk-private.h"
#include "billing-table.h"

/* What payments were estimated to be, kept when they are created, and how near that came to what insurers left to the patients. */

/**
 * billing_turn_keep_estimate:
 * @turn: an act that creates a payment: estimated, charge, payer
 * @payment: the payment, stored
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether its estimate, if it has one, is kept
 */
gboolean
billing_turn_keep_estimate (BillingTurn     *turn,
                            BillingPayment  *payment,
                            GError         **error)
{
  g_autoptr (BillingKeptEstimate) kept = NULL;

  if (!turn->act->has_estimate || turn->act->estimated < 0)
    return TRUE;

  kept = billing_kept_estimate_new ();
  kept->payment_id = g_strdup (billing_record_get_id (BILLING_RECORD (payment)));
  kept->treatment_id = g_strdup (payment->treatment_id);
  kept->payer = g_strdup (turn->act->payer);
  kept->charge = MAX (turn->act->charge, 0);
  kept->estimated = turn->act->estimated;
  kept->currency = g_strdup (payment->currency);
  kept->person = g_strdup (turn->account);
  kept->created_at = turn->now;
  return billing_table_insert (turn->connection, BILLING_RECORD (kept), error);
}

typedef struct {
  const char *from;
  const char *to;
  GPtrArray *scores; /* (owned) (nullable) */
} Scoring;

static BillingEstimateScore *
read_score (BillingStatement *statement)
{
  BillingEstimateScore *score = billing_estimate_score_new ();

  score->payer = g_strdup (billing_statement_get_text (statement, 0));
  score->currency = g_strdup (billing_statement_get_text (statement, 1));
  score->n = billing_statement_get_integer (statement, 2);
  score->n_answered = billing_statement_get_integer (statement, 3);
  score->estimated = billing_statement_get_integer (statement, 4);
  score->actual = billing_statement_get_integer (statement, 5);
  score->difference = score->actual - score->estimated;
  score->within = score->n_answered > 0 ? billing_statement_get_integer (statement, 6) * 10000 / score->n_answered : -1;
  return score;
}

/* Sums are of those that the insurer answered by now: only these can be compared. */
static gboolean
score_func (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Scoring *scoring = data;
  g_autoptr (GPtrArray) scores = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT ifnull (payer, ''), currency, count (*), total (actual >= 0), ifnull (sum (estimated) FILTER (WHERE actual >= 0), 0),"
    "  ifnull (sum (actual) FILTER (WHERE actual >= 0), 0), total (actual >= 0 AND abs (actual - estimated) * 10 <= actual)"
    " FROM estimates_view WHERE (?1 IS NULL OR day >= ?1) AND (?2 IS NULL OR day <= ?2) GROUP BY 1, 2 ORDER BY 1, 2", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, scoring->from);
  billing_statement_bind_text (statement, 2, scoring->to);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        {
          scoring->scores = g_steal_pointer (&scores);
          return TRUE;
        }
      g_ptr_array_add (scores, read_score (statement));
    }

  return FALSE;
}

/**
 * billing_desk_list_estimate_scores:
 * @self: a session
 * @from: (nullable): first day on which insurers answered
 * @to: (nullable): last
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (element-type BillingEstimateScore) (nullable): how near estimates came, by insurer; without days those too
 *   that no insurer has answered yet are counted
 */
GPtrArray *
billing_desk_list_estimate_scores (BillingDesk  *self,
                                   const char   *from,
                                   const char   *to,
                                   GError      **error)
{
  Scoring scoring = { from, to, NULL };

  billing_store_read (billing_desk_get_store (self), score_func, &scoring, NULL, error);
  return scoring.scores;
}

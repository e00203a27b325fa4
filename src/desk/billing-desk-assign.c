/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-assign"

#include "config.h"

#include "billing-desk-posting.h"

#include <glib/gi18n-lib.h>

#include "billing-desk-posting-private.h"
#include "billing-posting.h"
#include "billing-status.h"
#include "billing-table.h"
#include "billing-text.h"

/* A charge that carries no payment of ours is somebody's all the same: a person says whose. */

static BillingPostingCharge *
load_charge (BillingTurn  *turn,
             gint64       *row,
             GError      **error)
{
  const char *id = turn->act->subject != NULL ? turn->act->subject : "";

  if (!billing_posting_find_charge (turn->connection, id, row, error))
    return NULL;

  if (*row == 0)
    {
      billing_desk_refuse (error, _("There is no charge “%s” in what was fetched from Stripe. "
                                    "Nothing was changed."), id);
      return NULL;
    }

  return billing_posting_charge_read (turn->connection, *row, error);
}

static gint64
sum_refunds (BillingPostingCharge *charge)
{
  gint64 sum = 0;

  for (guint i = 0; i < charge->refunds->len; i++)
    {
      BillingPostingRefund *refund = charge->refunds->pdata[i];

      if (g_strcmp0 (refund->status, "succeeded") == 0)
        sum += refund->amount;
    }

  return sum;
}

static gboolean
check_charge (BillingPostingCharge  *charge,
              GError               **error)
{
  if (charge->patient_id != NULL)
    return billing_desk_refuse (error, _("The charge %s belongs to somebody already. Nothing was "
                                         "changed."), charge->id);
  if (charge->has_failed || charge->is_let_go)
    return billing_desk_refuse (error, _("The charge %s brought no money, so there is nothing to "
                                         "assign. Nothing was changed."), charge->id);
  if (charge->captured > 0 && sum_refunds (charge) >= charge->captured)
    return billing_desk_refuse (error, _("All of the charge %s was refunded, so there is nothing "
                                         "to assign. Nothing was changed."), charge->id);

  return TRUE;
}

static gboolean
check_currency (BillingPostingCharge  *charge,
                const char            *currency,
                GError               **error)
{
  if (g_strcmp0 (charge->currency, currency) == 0)
    return TRUE;

  return billing_desk_refuse (error, _("The charge %s is in %s, not in %s. Nothing was changed."),
                              charge->id, charge->currency, currency);
}

static gboolean
check_payment (BillingPayment  *payment,
               GError         **error)
{
  if (billing_verb_is_legal (BILLING_VERB_PAYMENT_COLLECT, payment->status))
    return TRUE;

  return billing_desk_refuse (error, _("%s is %s, so no more money is wanted for it: assign the "
                                       "charge to the patient, whose credit it becomes. Nothing "
                                       "was changed."), payment->number,
                              billing_status_get_label (payment->status));
}

static BillingAssignment *
begin_assignment (BillingTurn           *turn,
                  BillingPostingCharge  *charge)
{
  BillingAssignment *assignment = billing_assignment_new ();

  assignment->charge_id = g_strdup (charge->id);
  assignment->person = g_strdup (turn->account);
  assignment->created_at = turn->now;
  return assignment;
}

static gboolean
assign_to_payment (BillingTurn           *turn,
                   BillingPostingCharge  *charge,
                   BillingAssignment     *assignment,
                   GError               **error)
{
  g_autoptr (BillingRecord) record = billing_table_get (turn->connection, BILLING_TYPE_PAYMENT,
                                                        turn->act->reference, error);
  BillingPayment *payment;

  if (record == NULL)
    return FALSE;

  payment = BILLING_PAYMENT (record);
  assignment->patient_id = g_strdup (payment->patient_id);
  assignment->payment_id = g_strdup (billing_record_get_id (record));
  billing_turn_set_result (turn, payment->number);
  return check_payment (payment, error) && check_currency (charge, payment->currency, error) &&
         billing_turn_check_nothing_waits (turn, payment, error);
}

static gboolean
assign_to_patient (BillingTurn           *turn,
                   BillingPostingCharge  *charge,
                   BillingAssignment     *assignment,
                   GError               **error)
{
  g_autoptr (BillingRecord) record = billing_table_get (turn->connection, BILLING_TYPE_PATIENT,
                                                        turn->act->patient, error);

  if (record == NULL)
    return FALSE;

  assignment->patient_id = g_strdup (billing_record_get_id (record));
  billing_turn_set_result (turn, BILLING_PATIENT (record)->number);
  return check_currency (charge, billing_desk_get_practice (turn->desk)->currency, error);
}

static gboolean
find_owner (BillingTurn           *turn,
            BillingPostingCharge  *charge,
            BillingAssignment     *assignment,
            GError               **error)
{
  if (billing_text_is_said (turn->act->patient) == billing_text_is_said (turn->act->reference))
    return billing_desk_refuse (error, _("Whose is the charge: a patient's, or a payment's? "
                                         "Nothing was changed."));

  return billing_text_is_said (turn->act->patient) ? assign_to_patient (turn, charge, assignment, error)
                                      : assign_to_payment (turn, charge, assignment, error);
}

/**
 * billing_desk_assign:
 * @turn: a charge; patient, or reference: the payment that it pays
 * @error: return location for an error
 *
 * Returns: whether the charge has an owner, and what it brought is posted: as the payment's
 *   collection, or as the patient's credit
 */
gboolean
billing_desk_assign (BillingTurn  *turn,
                     GError      **error)
{
  gint64 row;
  g_autoptr (BillingPostingCharge) charge = load_charge (turn, &row, error);
  g_autoptr (BillingAssignment) assignment = NULL;
  const char *subject;
  guint64 n_posted = 0;

  if (charge == NULL || !check_charge (charge, error))
    return FALSE;

  assignment = begin_assignment (turn, charge);
  if (!find_owner (turn, charge, assignment, error))
    return FALSE;

  subject = assignment->payment_id != NULL ? assignment->payment_id : assignment->patient_id;
  return billing_table_insert (turn->connection, BILLING_RECORD (assignment), error) &&
         billing_desk_post_charge (turn->desk, turn->connection, row, &n_posted, error) &&
         billing_desk_close_links (turn->desk, turn->connection, error) &&
         billing_turn_audit (turn, subject, NULL, BILLING_RECORD (assignment), charge->id, error);
}

typedef struct {
  const char *charge_id;
  GPtrArray *suggestions; /* (owned) */
} Suggesting;

static gboolean
suggest (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  Suggesting *suggesting = data;

  suggesting->suggestions = billing_posting_suggest (connection, suggesting->charge_id, error);
  return suggesting->suggestions != NULL;
}

/**
 * billing_desk_suggest:
 * @desk: a session
 * @charge_id: Stripe's id of a charge that is nobody's yet
 * @error: return location for an error
 *
 * Looks for whose a charge may be, by customer, e-mail, name and amount. Blocks for some
 * milliseconds.
 *
 * Returns: (transfer full) (nullable) (element-type BillingSuggestion): the likeliest first
 */
GPtrArray *
billing_desk_suggest (BillingDesk  *desk,
                      const char   *charge_id,
                      GError      **error)
{
  Suggesting suggesting = { charge_id, NULL };

  if (!billing_store_read (billing_desk_get_store (desk), suggest, &suggesting, NULL, error))
    return NULL;

  return suggesting.suggestions;
}

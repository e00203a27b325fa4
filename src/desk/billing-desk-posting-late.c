/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-posting-late"

#include "config.h"

#include "billing-desk-posting-private.h"

#include "billing-history.h"
#include "billing-link-store.h"
#include "billing-table.h"

/* Money of a charge that its payment did not want any more: what of it is there, on its way back, or gone. */

/* That of a patient, whom a person gave a charge to, is not late: it was given to be kept. */
gboolean
billing_charge_turn_note_late (BillingChargeTurn  *self,
                               gint64              amount,
                               GError            **error)
{
  g_autoptr (BillingLateMoney) late = NULL;

  if (self->payment == NULL)
    return TRUE;

  late = billing_late_money_new ();
  late->charge_id = g_strdup (self->charge->id);
  late->payment_id = g_strdup (billing_record_get_id (BILLING_RECORD (self->payment)));
  late->patient_id = g_strdup (self->charge->patient_id);
  late->amount = amount;
  late->currency = g_strdup (self->charge->currency);
  late->created_at = self->charge->created;
  return billing_table_insert (self->turn.connection, BILLING_RECORD (late), error);
}

/* Before it goes back: what was held is what is taken. */
gboolean
billing_charge_turn_release_late (BillingChargeTurn  *self,
                                  GError            **error)
{
  g_autoptr (BillingLateMoney) late = NULL;

  if (!billing_late_store_find (self->turn.connection, self->charge->id, &late, error))
    return FALSE;

  return late == NULL || late->held == 0 ||
         (billing_late_store_hold (self->turn.connection, late, 0, error) &&
          billing_table_update (self->turn.connection, BILLING_RECORD (late), error));
}

/* How much of the charge's refunds was taken from the patient's credit, or, where that was used, from the practice. */
static gboolean
sum_back (BillingChargeTurn  *self,
          gint64             *back,
          GError            **error)
{
  *back = 0;
  for (guint i = 0; i < self->charge->refunds->len; i++)
    {
      BillingPostingRefund *refund = self->charge->refunds->pdata[i];
      g_autoptr (GPtrArray) entries = billing_ledger_list_entries (self->turn.connection, refund->id, error);

      if (entries == NULL)
        return FALSE;

      for (guint k = 0; k < entries->len; k++)
        {
          BillingEntry *entry = entries->pdata[k];

          if (entry->is_standing && (g_str_equal (entry->step, "credit") || g_str_equal (entry->step, "rest")))
            *back += entry->amount;
        }
    }

  return TRUE;
}

/* Whether the refund that was asked for last has come to an end, at Stripe. */
static gboolean
is_over (BillingChargeTurn *self,
         BillingIntent     *asked)
{
  static const char * const ends[] = { "succeeded", "failed", "canceled", NULL };

  for (guint i = 0; asked != NULL && i < self->charge->refunds->len; i++)
    {
      BillingPostingRefund *refund = self->charge->refunds->pdata[i];

      if (g_strcmp0 (refund->late_intent, billing_record_get_id (BILLING_RECORD (asked))) == 0)
        return refund->status != NULL && g_strv_contains (ends, refund->status);
    }

  return FALSE;
}

static BillingLateState
get_state (BillingLateMoney *late,
           gboolean          has_ended)
{
  if (late->refunded >= late->amount)
    return BILLING_LATE_STATE_REFUNDED;
  if (late->state == BILLING_LATE_STATE_REFUNDED || (late->state == BILLING_LATE_STATE_REFUNDING && has_ended))
    return BILLING_LATE_STATE_OPEN;

  return late->state;
}

static BillingIntent *
find_asked (BillingChargeTurn  *self,
            BillingLateMoney   *late,
            GError            **error)
{
  g_autoptr (GPtrArray) intents = billing_table_select (self->turn.connection, BILLING_TYPE_INTENT, "record_id",
                                                        billing_record_get_id (BILLING_RECORD (late)), error);
  BillingIntent *newest = NULL;

  for (guint i = 0; intents != NULL && i < intents->len; i++)
    {
      if (newest == NULL || billing_record_get_pk (intents->pdata[i]) > billing_record_get_pk (BILLING_RECORD (newest)))
        newest = intents->pdata[i];
    }

  return newest != NULL ? g_object_ref (newest) : NULL;
}

static gboolean
store (BillingChargeTurn  *self,
       BillingLateMoney   *late,
       gint64              back,
       GError            **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autoptr (BillingIntent) asked = late->state == BILLING_LATE_STATE_REFUNDING ? find_asked (self, late, &own_error) : NULL;
  BillingLateState state;

  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  late->refunded = back;
  state = get_state (late, is_over (self, asked));
  if (state != late->state)
    (*self->n_posted)++;
  late->state = state;
  return (state == BILLING_LATE_STATE_REFUNDING || billing_late_store_hold (self->turn.connection, late, 0, error)) &&
         billing_table_update (self->turn.connection, BILLING_RECORD (late), error);
}

/* Says of late money how its refunds stand. What the payer's bank took back is gone as well. */
gboolean
billing_charge_turn_settle_late (BillingChargeTurn  *self,
                                 gboolean            is_returned,
                                 GError            **error)
{
  g_autoptr (BillingLateMoney) late = NULL;
  gint64 back;

  if (!billing_late_store_find (self->turn.connection, self->charge->id, &late, error))
    return FALSE;
  if (late == NULL)
    return TRUE;
  if (!sum_back (self, &back, error))
    return FALSE;

  if (is_returned)
    back = late->amount;
  if (back == late->refunded && late->state != BILLING_LATE_STATE_REFUNDING)
    return TRUE;

  return store (self, late, back, error);
}

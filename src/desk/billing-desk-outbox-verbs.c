/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-outbox-verbs"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-ledger.h"
#include "billing-outbox.h"
#include "billing-table.h"

/* What people may do with what waits for Stripe: take back what was never sent, and ask what became
 * of the rest. */

static BillingIntent *
load_intent (BillingTurn  *turn,
             GError      **error)
{
  const char *id = turn->act->subject != NULL ? turn->act->subject : "";

  return (BillingIntent *) billing_table_get (turn->connection, BILLING_TYPE_INTENT, id, error);
}

static gboolean
conclude (BillingTurn    *turn,
          BillingIntent  *before,
          GError        **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (before));
  g_autofree char *owner = billing_intent_find_owner (before, turn->connection);
  g_autoptr (BillingRecord) after = billing_table_get (turn->connection, BILLING_TYPE_INTENT, id,
                                                       error);

  if (after == NULL || !billing_turn_audit (turn, owner, BILLING_RECORD (before),
                                            after, turn->act->notes, error))
    return FALSE;

  billing_turn_set_result (turn, id);
  return TRUE;
}

/* Why there is nothing to check. */
static gboolean
refuse_check (BillingIntent  *intent,
              GError        **error)
{
  switch (intent->state)
    {
    case BILLING_OUTBOX_STATE_DONE:
      return billing_desk_refuse (error, _("Stripe has done this. There is nothing to check."));
    case BILLING_OUTBOX_STATE_FAILED:
      return billing_desk_refuse (error, _("Stripe has refused this. There is nothing to check."));
    case BILLING_OUTBOX_STATE_WITHDRAWN:
      return billing_desk_refuse (error, _("This was withdrawn, and never sent. There is nothing "
                                           "to check."));
    case BILLING_OUTBOX_STATE_SENDING:
      return billing_desk_refuse (error, _("This is being sent at the moment. Look again when "
                                           "Stripe has answered."));
    case BILLING_OUTBOX_STATE_QUEUED:
    case BILLING_OUTBOX_STATE_UNKNOWN:
    default:
      return TRUE;
    }
}

/**
 * billing_desk_check_intent:
 * @turn: the id of an intent that Stripe has not answered
 * @error: return location for an error
 *
 * Has the next delivery look at Stripe what became of an intent that is unknown, and send one that
 * waits for its next try at once. What was sent before is sent with the same key, so that it is not
 * done twice.
 *
 * Returns: whether it will
 */
gboolean
billing_desk_check_intent (BillingTurn  *turn,
                           GError      **error)
{
  g_autoptr (BillingIntent) before = load_intent (turn, error);
  g_autoptr (BillingIntent) after = NULL;

  if (before == NULL || !refuse_check (before, error) ||
      !billing_turn_check_connected (turn, NULL, error))
    return FALSE;

  after = billing_intent_new ();
  billing_record_copy (BILLING_RECORD (after), BILLING_RECORD (before));
  after->next_at = turn->now;
  return billing_outbox_postpone (turn->connection, after, error) && conclude (turn, before, error);
}

/**
 * billing_refund_release:
 * @desk: a session
 * @connection: inside a writing transaction
 * @intent: by which money was to go back, and never will
 * @error: return location for an error
 *
 * Returns: whether the money can be refunded again
 */
gboolean
billing_refund_release (BillingDesk        *desk,
                        BillingConnection  *connection,
                        BillingIntent      *intent,
                        GError            **error)
{
  gboolean is_refused = intent->state == BILLING_OUTBOX_STATE_FAILED;
  g_autoptr (BillingRecord) refund = NULL;
  g_autoptr (BillingRecord) payment = NULL;

  if (intent->record_id == NULL)
    return TRUE;

  refund = billing_table_get (connection, BILLING_TYPE_REFUND, intent->record_id, error);
  if (refund == NULL)
    return FALSE;
  /* Stripe's own word may have come first. */
  if (BILLING_REFUND (refund)->state != BILLING_REFUND_STATE_WAITING)
    return TRUE;

  BILLING_REFUND (refund)->state = is_refused ? BILLING_REFUND_STATE_FAILED : BILLING_REFUND_STATE_WITHDRAWN;
  payment = billing_table_update (connection, refund, error)
              ? billing_table_get (connection, BILLING_TYPE_PAYMENT, intent->subject_id, error) : NULL;
  return payment != NULL && billing_ledger_settle (connection, BILLING_PAYMENT (payment), error);
}

static gboolean
check_unsent (BillingIntent  *intent,
              GError        **error)
{
  if (intent->state == BILLING_OUTBOX_STATE_WITHDRAWN)
    return billing_desk_refuse (error, _("This is withdrawn already. Nothing was changed."));
  if (billing_intent_get_verb (intent) == BILLING_VERB_LINK_CANCEL)
    return billing_desk_refuse (error, _("A link that was closed stays closed, and Stripe has to be told. Make a new "
                                         "link instead. Nothing was changed."));
  if (intent->state == BILLING_OUTBOX_STATE_QUEUED && intent->first_sent_at == 0)
    return TRUE;

  return billing_desk_refuse (error, _("This was sent to Stripe, so it cannot be withdrawn any "
                                       "more. Nothing was changed."));
}

/**
 * billing_desk_withdraw_intent:
 * @turn: the id of an intent that was never sent
 * @error: return location for an error
 *
 * Returns: whether it is taken back, and what it had reserved is free
 */
gboolean
billing_desk_withdraw_intent (BillingTurn  *turn,
                              GError      **error)
{
  g_autoptr (BillingIntent) before = load_intent (turn, error);
  g_autoptr (BillingIntent) after = NULL;
  gboolean is_settled;

  if (before == NULL || !check_unsent (before, error))
    return FALSE;

  after = billing_intent_new ();
  billing_record_copy (BILLING_RECORD (after), BILLING_RECORD (before));
  after->state = BILLING_OUTBOX_STATE_WITHDRAWN;
  return billing_outbox_settle (turn->connection, after, &is_settled, error) &&
         billing_intent_release (after, turn->desk, turn->connection, error) &&
         conclude (turn, before, error);
}

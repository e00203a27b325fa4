/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-stripe-verbs"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-ledger.h"
#include "billing-money.h"
#include "billing-outbox.h"
#include "billing-stripe-request.h"
#include "billing-table.h"

/* Stripe is asked to collect: by a card at once, or by a page of its own; to take what it holds, or
 * to let it go; to give money back. */

/* Of Stripe's, for test mode: a card that is always taken. */
#define TEST_CARD "pm_card_visa"

/* In place of a payment method: Stripe asks the patient for one. */
#define PAGE "page"

/* Where Stripe's page sends the browser when it is done. */
#define SUCCESS_URL "https://stripe.com"

static void
add_card (BillingStripeForm *form,
          BillingIntent     *intent,
          BillingPayment    *payment,
          const char        *method)
{
  g_autofree char *description = billing_intent_describe (payment->number);
  g_autofree char *currency = g_ascii_strdown (payment->currency, -1);

  billing_stripe_form_add_integer (form, "amount", intent->amount);
  billing_stripe_form_add_string (form, "currency", currency);
  billing_stripe_form_add_string (form, "capture_method", "manual");
  billing_stripe_form_add_boolean (form, "confirm", TRUE);
  billing_stripe_form_add_string (form, "payment_method", method);
  billing_stripe_form_open (form, "payment_method_types");
  billing_stripe_form_add_string (form, NULL, "card");
  billing_stripe_form_close (form);
  billing_stripe_form_add_string (form, "description", description);
  billing_intent_add_metadata (intent, form, payment->number);
}

static void
add_page (BillingStripeForm *form,
          BillingIntent     *intent,
          BillingPayment    *payment)
{
  g_autofree char *description = billing_intent_describe (payment->number);

  billing_stripe_form_add_string (form, "mode", "payment");
  billing_intent_add_line (intent, form, payment->number);
  billing_stripe_form_open (form, "payment_intent_data");
  billing_stripe_form_add_string (form, "capture_method", "manual");
  billing_stripe_form_add_string (form, "description", description);
  billing_intent_add_metadata (intent, form, payment->number);
  billing_stripe_form_close (form);
  billing_intent_add_metadata (intent, form, payment->number);
  billing_stripe_form_add_string (form, "success_url", SUCCESS_URL);
}

static gboolean
queue_authorisation (BillingTurn     *turn,
                     BillingPayment  *payment,
                     BillingIntent   *intent,
                     const char      *method,
                     GError         **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  if (g_str_equal (method, PAGE))
    {
      add_page (form, intent, payment);
      return billing_turn_queue_intent (turn, intent,
                                        billing_stripe_path_new ("checkout", "sessions", NULL),
                                        form, error);
    }

  add_card (form, intent, payment, method);
  return billing_turn_queue_intent (turn, intent, billing_stripe_path_new ("payment_intents", NULL),
                                    form, error);
}

/* Real cards are asked for by Stripe's page; in test mode there is one that everybody has. */
static const char *
choose_method (BillingTurn *turn,
               gboolean     is_live)
{
  const char *method = turn->act->method;

  if (method != NULL && *method != '\0')
    return method;

  return is_live ? PAGE : TEST_CARD;
}

static gboolean
check_method (const char  *method,
              GError     **error)
{
  if (g_str_equal (method, PAGE) || (g_str_has_prefix (method, "pm_") && g_str_is_ascii (method) &&
                                     strlen (method) <= 255))
    return TRUE;

  return billing_desk_refuse (error, _("“%s” is no payment method of Stripe's: those begin with "
                                       "pm_. With “page”, Stripe asks the patient for one. "
                                       "Nothing was changed."), method);
}

static gboolean
authorise (BillingTurn     *turn,
           BillingPayment  *payment,
           const char      *method,
           GError         **error)
{
  g_autoptr (BillingIntent) intent = billing_turn_begin_intent (turn,
                                                                BILLING_VERB_PAYMENT_AUTHORISE,
                                                                payment, payment->amount, error);

  /* What Stripe is to collect is asked for, whatever Stripe answers; and by one way at a time. */
  if (intent == NULL || !billing_turn_submit_first (turn, payment, error) ||
      !billing_turn_close_pages (turn, payment, "authorised", error) ||
      !queue_authorisation (turn, payment, intent, method, error) ||
      !billing_ledger_settle (turn->connection, payment, error) ||
      !billing_turn_audit (turn, intent->subject_id, NULL, BILLING_RECORD (intent),
                           turn->act->notes, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (intent)));
  return TRUE;
}

/**
 * billing_desk_authorise:
 * @turn: a payment; method (a payment method of Stripe's, or `page`; otherwise the page, and in
 *   test mode a test card)
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked to hold the payment's amount; the result is the id of the
 *   intent
 */
gboolean
billing_desk_authorise (BillingTurn  *turn,
                        GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);
  const char *method;
  gboolean is_live;

  if (payment == NULL || !billing_turn_check_connected (turn, &is_live, error))
    return FALSE;

  method = choose_method (turn, is_live);
  return check_method (method, error) &&
         billing_turn_check_nothing_waits (turn, payment, error) &&
         billing_turn_check_minor (payment->amount, payment->currency, error) &&
         authorise (turn, payment, method, error);
}

/* Of the authorisation that is to be taken or released: Stripe's intent, and how much it holds. */
static gboolean
find_authorisation (BillingTurn     *turn,
                    BillingPayment  *payment,
                    char           **payment_intent,
                    gint64          *held,
                    GError         **error)
{
  g_autofree char *charge = NULL;

  if (!billing_turn_check_connected (turn, NULL, error) ||
      !billing_turn_check_nothing_waits (turn, payment, error) ||
      !billing_outbox_find_authorised (turn->connection,
                                       billing_record_get_id (BILLING_RECORD (payment)), &charge,
                                       payment_intent, held, error))
    return FALSE;

  if (charge == NULL)
    return billing_desk_refuse (error, _("Nothing is held for %s that could be taken or released: "
                                         "the money is on its way. Nothing was changed."), payment->number);
  if (*payment_intent == NULL)
    return billing_desk_refuse (error, _("The copy of Stripe's data does not have %s, the charge "
                                         "of %s. Bring it up to date and try again. Nothing was "
                                         "changed."), charge, payment->number);

  return TRUE;
}

static gboolean
queue_step (BillingTurn        *turn,
            BillingPayment     *payment,
            const char         *payment_intent,
            const char         *step,
            gint64              amount,
            GError            **error)
{
  g_autoptr (BillingIntent) intent = billing_turn_begin_intent (turn, turn->act->verb, payment,
                                                                amount, error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  if (intent == NULL)
    return FALSE;

  if (turn->act->verb == BILLING_VERB_PAYMENT_CAPTURE)
    billing_stripe_form_add_integer (form, "amount_to_capture", amount);
  if (!billing_turn_queue_intent (turn, intent,
                                  billing_stripe_path_new ("payment_intents", payment_intent, step,
                                                           NULL),
                                  form, error) ||
      !billing_turn_audit (turn, intent->subject_id, NULL, BILLING_RECORD (intent),
                           turn->act->notes, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (intent)));
  return TRUE;
}

static gboolean
check_held (BillingPayment  *payment,
            gint64           amount,
            gint64           held,
            GError         **error)
{
  g_autofree char *text = NULL;

  if (amount <= held && amount <= payment->amount)
    return TRUE;

  text = billing_money_format (billing_money_new (MIN (held, payment->amount), payment->currency),
                               NULL);
  return billing_desk_refuse (error, _("For %s, %s is held, and not more can be taken. Nothing "
                                       "was changed."),
                              payment->number, text);
}

/**
 * billing_desk_capture:
 * @turn: a payment whose amount is held; amount (all of it otherwise)
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked to take it; the result is the id of the intent. What is not
 *   taken is split off when Stripe has taken the rest.
 */
gboolean
billing_desk_capture (BillingTurn  *turn,
                      GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);
  g_autofree char *payment_intent = NULL;
  gint64 amount;
  gint64 held;

  if (payment == NULL)
    return FALSE;

  amount = turn->act->has_amount ? turn->act->amount : payment->amount;
  return billing_turn_check_amount (amount, error) &&
         find_authorisation (turn, payment, &payment_intent, &held, error) &&
         check_held (payment, amount, held, error) &&
         billing_turn_check_minor (amount, payment->currency, error) &&
         queue_step (turn, payment, payment_intent, "capture", amount, error);
}

/**
 * billing_desk_void:
 * @turn: a payment whose amount is held
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked to release it; the result is the id of the intent
 */
gboolean
billing_desk_void (BillingTurn  *turn,
                   GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);
  g_autofree char *payment_intent = NULL;
  gint64 held;

  return payment != NULL &&
         billing_turn_check_text (turn->act->notes, error) &&
         find_authorisation (turn, payment, &payment_intent, &held, error) &&
         queue_step (turn, payment, payment_intent, "cancel", 0, error);
}

/**
 * billing_turn_queue_refund:
 * @turn: a refund, or its approval
 * @payment: of which Stripe collected
 * @refund: stored, and waiting
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked to give the money back
 */
gboolean
billing_turn_queue_refund (BillingTurn     *turn,
                           BillingPayment  *payment,
                           BillingRefund   *refund,
                           GError         **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = NULL;
  g_autofree char *charge = NULL;

  if (!billing_turn_check_connected (turn, NULL, error) ||
      !billing_turn_check_minor (refund->amount, refund->currency, error) ||
      !billing_outbox_find_collected (turn->connection, refund->payment_id, &charge, error))
    return FALSE;
  if (charge == NULL)
    return billing_desk_refuse (error, _("The books do not say which charge collected %s. Nothing "
                                         "was changed."), payment->number);

  intent = billing_turn_begin_intent (turn, BILLING_VERB_PAYMENT_REFUND, payment, refund->amount,
                                      error);
  if (intent == NULL)
    return FALSE;

  intent->record_id = g_strdup (billing_record_get_id (BILLING_RECORD (refund)));
  billing_stripe_form_add_string (form, "charge", charge);
  billing_stripe_form_add_integer (form, "amount", refund->amount);
  billing_stripe_form_add_string (form, "reason",
                                  refund->reason == BILLING_REFUND_REASON_DUPLICATE_CHARGE
                                    ? "duplicate" : "requested_by_customer");
  billing_intent_add_metadata (intent, form, payment->number);
  return billing_turn_queue_intent (turn, intent, billing_stripe_path_new ("refunds", NULL), form,
                                    error);
}

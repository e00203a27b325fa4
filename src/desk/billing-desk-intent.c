/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-intent"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-money.h"
#include "billing-outbox.h"
#include "billing-stripe-client.h"
#include "billing-stripe-records.h"
#include "billing-table.h"

/*
 * What is to be told to Stripe is written down in the transaction of its local effect, with its
 * idempotency key and the very bytes, before anything is sent (design.md, section 6). Until Stripe
 * answers it is a reservation.
 */

/* What the books do with an intent that is done, or that never will be: it is withdrawn or refused. */
typedef gboolean (*SettleFunc) (BillingDesk        *desk,
                                BillingConnection  *connection,
                                BillingIntent      *intent,
                                GError            **error);

/* What each kind does at Stripe stands in billing-stripe-intent-kind.c, which says how a kind is added. What was collected or
 * given back is posted from the mirror, so that nothing is left to do when it is done. */
static const struct {
  const char *kind;
  BillingVerb verb;
  SettleFunc settle;  /* (nullable): it is done */
  SettleFunc release; /* (nullable): it will never be done */
} kinds[] = {
  { "authorise", BILLING_VERB_PAYMENT_AUTHORISE, NULL, NULL },
  { "capture", BILLING_VERB_PAYMENT_CAPTURE, NULL, NULL },
  { "void", BILLING_VERB_PAYMENT_VOID, NULL, NULL },
  { "refund", BILLING_VERB_PAYMENT_REFUND, NULL, billing_refund_release },
  { "link", BILLING_VERB_PAYMENT_LINK, billing_link_settle, billing_link_release },
  { "link-close", BILLING_VERB_LINK_CANCEL, billing_link_settle, NULL },
  { "session-expire", BILLING_VERB_LINK_CANCEL, billing_link_settle, NULL },
  { "late-refund", BILLING_VERB_LATE_REFUND, NULL, billing_late_release },
  { "payout", BILLING_VERB_PAYOUT_CREATE, NULL, NULL },
  { "payout-cancel", BILLING_VERB_PAYOUT_CANCEL, NULL, NULL },
  { "payout-schedule", BILLING_VERB_PAYOUT_SCHEDULE, NULL, NULL },
  { "dispute-file", BILLING_VERB_DISPUTE_ATTACH, billing_dispute_settle_file, billing_dispute_release_file },
  { "dispute-save", BILLING_VERB_DISPUTE_SAVE, billing_dispute_settle, billing_dispute_release },
  { "dispute-submit", BILLING_VERB_DISPUTE_SUBMIT, billing_dispute_settle, billing_dispute_release },
  { "dispute-accept", BILLING_VERB_DISPUTE_ACCEPT, billing_dispute_settle, billing_dispute_release },
  { "tax-settings", BILLING_VERB_TAX_SETTINGS, NULL, NULL },
  { "tax-register", BILLING_VERB_TAX_REGISTER, NULL, NULL },
  { "tax-end", BILLING_VERB_TAX_END, NULL, NULL },
};

static int
find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].kind, kind))
        return (int) i;
    }

  return -1;
}

/**
 * billing_intent_get_verb:
 * @intent: an intent
 *
 * Returns: the verb that wrote it; %BILLING_VERB_NONE of kinds that this version does not know
 */
BillingVerb
billing_intent_get_verb (BillingIntent *intent)
{
  int i = find_kind (intent->kind);

  return i >= 0 ? kinds[i].verb : BILLING_VERB_NONE;
}

/**
 * billing_intent_find_owner:
 * @intent: an intent
 * @connection: inside a transaction
 *
 * Returns: (transfer full): whose history tells of it: its payment, also that of its dispute; otherwise its subject
 */
char *
billing_intent_find_owner (BillingIntent     *intent,
                           BillingConnection *connection)
{
  g_autoptr (BillingRecord) dispute = NULL;

  if (g_str_has_prefix (intent->kind, "dispute-"))
    dispute = billing_table_get (connection, BILLING_TYPE_DISPUTE, intent->subject_id, NULL);
  return g_strdup (dispute != NULL && BILLING_DISPUTE (dispute)->payment_id != NULL ? BILLING_DISPUTE (dispute)->payment_id
                                                                                    : intent->subject_id);
}

/**
 * billing_intent_settle:
 * @intent: that Stripe has done
 * @desk: a session
 * @connection: inside a writing transaction
 * @error: return location for an error
 *
 * Does in the books what follows from it, beyond what is posted.
 *
 * Returns: whether it is written
 */
gboolean
billing_intent_settle (BillingIntent      *intent,
                       BillingDesk        *desk,
                       BillingConnection  *connection,
                       GError            **error)
{
  int i = find_kind (intent->kind);

  return i < 0 || kinds[i].settle == NULL || kinds[i].settle (desk, connection, intent, error);
}

/**
 * billing_intent_release:
 * @intent: that was withdrawn, or will never be done, as its state says
 * @desk: a session
 * @connection: inside a writing transaction
 * @error: return location for an error
 *
 * Gives up what an intent had reserved: what can be refunded rises again; a link that was never made
 * is none.
 *
 * Returns: whether it is given up
 */
gboolean
billing_intent_release (BillingIntent      *intent,
                        BillingDesk        *desk,
                        BillingConnection  *connection,
                        GError            **error)
{
  int i = find_kind (intent->kind);

  return i < 0 || kinds[i].release == NULL || kinds[i].release (desk, connection, intent, error);
}

static const char *
get_kind (BillingVerb verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].verb == verb)
        return kinds[i].kind;
    }

  g_return_val_if_reached ("");
}

static gboolean
refuse_open (BillingTurn     *turn,
             BillingPayment  *payment,
             BillingIntent   *intent,
             GError         **error)
{
  const char *verb = billing_verb_get_label (billing_intent_get_verb (intent));

  if (intent->state == BILLING_OUTBOX_STATE_QUEUED && intent->first_sent_at == 0)
    return billing_desk_refuse (error,
                                /* Translators: a payment, a verb (Authorise), the id of what waits
                                 * (out_…) */
                                _("%s waits for Stripe: “%s” is still to be sent (%s). Withdraw "
                                  "that first, or wait until it is done. Nothing was changed."),
                                payment->number, verb,
                                billing_record_get_id (BILLING_RECORD (intent)));

  return billing_desk_refuse (error,
                              _("%s waits for Stripe: “%s” was sent, and there is no answer yet "
                                "(%s). Check that with Stripe first. Nothing was changed."),
                              payment->number, verb,
                              billing_record_get_id (BILLING_RECORD (intent)));
}

/**
 * billing_turn_check_nothing_waits:
 * @turn: an act on a payment
 * @payment: it
 * @error: return location for an error that says what waits, and how to go on
 *
 * While Stripe is asked to collect a payment, nothing else is done to what it collects.
 *
 * Returns: whether nothing is on its way
 */
gboolean
billing_turn_check_nothing_waits (BillingTurn     *turn,
                                  BillingPayment  *payment,
                                  GError         **error)
{
  g_autoptr (BillingIntent) intent = NULL;

  if (!billing_outbox_find_open (turn->connection, billing_record_get_id (BILLING_RECORD (payment)),
                                 &intent, error))
    return FALSE;

  return intent == NULL || refuse_open (turn, payment, intent, error);
}

/**
 * billing_turn_check_connected:
 * @turn: an act that needs Stripe
 * @is_live: (out) (optional): whether the practice moves real money
 * @error: return location for an error
 *
 * Asks the books, not the session, which may be older than the connection.
 *
 * Returns: whether the practice is connected to Stripe
 */
gboolean
billing_turn_check_connected (BillingTurn  *turn,
                              gboolean     *is_live,
                              GError      **error)
{
  g_autoptr (GPtrArray) practices = billing_table_select (turn->connection, BILLING_TYPE_PRACTICE,
                                                          "pk", "1", error);
  BillingPractice *practice;

  if (practices == NULL)
    return FALSE;

  practice = practices->pdata[0];
  if (practice->stripe_account == NULL)
    return billing_desk_refuse (error, _("This practice is not connected to Stripe. An "
                                         "administrator connects it with a key. Nothing was "
                                         "changed."));

  if (is_live != NULL)
    *is_live = practice->stripe_live;
  return TRUE;
}

/**
 * billing_turn_check_minor:
 * @amount: minor units
 * @currency: ISO 4217
 * @error: return location for an error
 *
 * Stripe counts a few currencies in steps (stripe-facts, section 1): whole krónur, thousandths in
 * tens.
 *
 * Returns: whether Stripe can be told this amount
 */
gboolean
billing_turn_check_minor (gint64       amount,
                          const char  *currency,
                          GError     **error)
{
  g_autofree char *text = NULL;

  if (amount % billing_money_step (currency) == 0)
    return TRUE;

  text = billing_money_format (billing_money_new (amount, currency), NULL);
  return billing_desk_refuse (error, _("Stripe does not take amounts as fine as %s. Nothing was "
                                       "changed."), text);
}

/**
 * billing_turn_begin_intent_of:
 * @turn: an act that needs Stripe
 * @kind: what Stripe is asked to do: `link`, `link-close`, …
 * @subject_id: with which payment; of what is of no payment, the id of Stripe's object, or the name
 *   of what the account has one of. What has the same subject is sent in the order in which it was
 *   asked for.
 * @amount: minor units, 0: none
 * @currency: (nullable): ISO 4217
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a new intent, to be queued with its request; it has its id
 */
BillingIntent *
billing_turn_begin_intent_of (BillingTurn  *turn,
                              const char   *kind,
                              const char   *subject_id,
                              gint64        amount,
                              const char   *currency,
                              GError      **error)
{
  g_autofree char *id = billing_table_new_id (turn->connection, "out", error);
  BillingIntent *intent;

  if (id == NULL)
    return NULL;

  intent = billing_intent_new ();
  billing_record_set_id (BILLING_RECORD (intent), id);
  intent->kind = g_strdup (kind);
  intent->subject_id = g_strdup (subject_id);
  intent->amount = amount;
  intent->currency = g_strdup (currency);
  intent->method = g_strdup ("POST");
  intent->api_version = g_strdup (BILLING_STRIPE_API_VERSION);
  intent->idempotency_key = g_uuid_string_random ();
  intent->state = BILLING_OUTBOX_STATE_QUEUED;
  intent->created_at = turn->now;
  intent->person = g_strdup (turn->account);
  return intent;
}

/**
 * billing_turn_begin_intent:
 * @turn: an act that needs Stripe
 * @verb: what Stripe is asked to do
 * @payment: with which payment
 * @amount: minor units, 0: none
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a new intent, to be queued with its request; it has its id
 */
BillingIntent *
billing_turn_begin_intent (BillingTurn     *turn,
                           BillingVerb      verb,
                           BillingPayment  *payment,
                           gint64           amount,
                           GError         **error)
{
  return billing_turn_begin_intent_of (turn, get_kind (verb), billing_record_get_id (BILLING_RECORD (payment)), amount,
                                       payment->currency, error);
}

/**
 * billing_intent_add_marks:
 * @intent: begun
 * @form: the request, within its metadata
 * @number: (nullable): of its payment; %NULL: it is of none
 *
 * Our marks: ids and the payment's number, never anything about the patient.
 */
void
billing_intent_add_marks (BillingIntent     *intent,
                          BillingStripeForm *form,
                          const char        *number)
{
  if (number != NULL)
    {
      billing_stripe_form_add_string (form, "billing_payment", intent->subject_id);
      billing_stripe_form_add_string (form, "billing_number", number);
    }
  billing_stripe_form_add_string (form, "billing_intent",
                                  billing_record_get_id (BILLING_RECORD (intent)));
  if (intent->record_id != NULL && g_str_equal (intent->kind, "refund"))
    billing_stripe_form_add_string (form, "billing_refund", intent->record_id);
}

/**
 * billing_intent_add_metadata:
 * @intent: begun
 * @form: the request
 * @number: (nullable): of its payment; %NULL: it is of none
 *
 * Adds metadata that is our marks.
 */
void
billing_intent_add_metadata (BillingIntent     *intent,
                             BillingStripeForm *form,
                             const char        *number)
{
  billing_stripe_form_open (form, "metadata");
  billing_intent_add_marks (intent, form, number);
  billing_stripe_form_close (form);
}

/**
 * billing_intent_describe:
 * @number: of a payment
 *
 * Returns: (transfer full): what patients and Stripe call it
 */
char *
billing_intent_describe (const char *number)
{
  return g_strdup_printf ("Payment %s", number);
}

/**
 * billing_intent_add_line:
 * @intent: begun, with its amount
 * @form: the request of a page of Stripe's
 * @number: of its payment
 *
 * Adds what is to be paid there.
 */
void
billing_intent_add_line (BillingIntent     *intent,
                         BillingStripeForm *form,
                         const char        *number)
{
  g_autofree char *description = billing_intent_describe (number);
  g_autofree char *currency = g_ascii_strdown (intent->currency, -1);

  billing_stripe_form_open (form, "line_items");
  billing_stripe_form_open (form, NULL);
  billing_stripe_form_open (form, "price_data");
  billing_stripe_form_add_string (form, "currency", currency);
  billing_stripe_form_add_integer (form, "unit_amount", intent->amount);
  billing_stripe_form_open (form, "product_data");
  billing_stripe_form_add_string (form, "name", description);
  billing_stripe_form_close (form);
  billing_stripe_form_close (form);
  billing_stripe_form_add_integer (form, "quantity", 1);
  billing_stripe_form_close (form);
  billing_stripe_form_close (form);
}

/**
 * billing_turn_queue_intent:
 * @turn: an act that needs Stripe
 * @intent: begun
 * @path: (transfer full): of the request
 * @form: its parameters
 * @error: return location for an error
 *
 * Returns: whether the intent is stored, for the next delivery
 */
gboolean
billing_turn_queue_intent (BillingTurn        *turn,
                           BillingIntent      *intent,
                           char               *path,
                           BillingStripeForm  *form,
                           GError            **error)
{
  g_autoptr (GBytes) bytes = billing_stripe_form_to_bytes (form);
  gsize size;
  const char *body = g_bytes_get_data (bytes, &size);

  intent->path = path;
  intent->body = g_strndup (body != NULL ? body : "", size);
  return billing_table_insert (turn->connection, BILLING_RECORD (intent), error);
}

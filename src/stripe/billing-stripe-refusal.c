/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-refusal"

#include "config.h"

#include "billing-stripe-refusal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-stripe-error.h"
#include "billing-stripe-json.h"

/* Stripe quotes keys in part; whoever stands in between may quote them whole. */
char *
billing_stripe_refusal_hide_keys (const char *text)
{
  g_autoptr (GRegex) keys = g_regex_new ("\\b(sk|rk|pk|whsec)_[A-Za-z0-9_*]+", 0, 0, NULL);

  return g_regex_replace_literal (keys, text, -1, 0, "…", 0, NULL);
}

static char *
dup_member (JsonObject *object,
            const char *name)
{
  const char *text = billing_stripe_json_peek_text (object, name);

  return text != NULL ? billing_stripe_refusal_hide_keys (text) : NULL;
}

/* "… Having the 'rak_charge_read' permission would allow this request to continue." */
static char *
find_permission (const char *message)
{
  const char *start = message != NULL ? strstr (message, "rak_") : NULL;

  if (start == NULL)
    return NULL;
  return g_strndup (start, strspn (start, G_CSET_a_2_z G_CSET_DIGITS "_"));
}

static JsonObject *
get_error_object (JsonNode *root)
{
  return root != NULL ? billing_stripe_json_peek_object (json_node_get_object (root), "error") : NULL;
}

static BillingStripeDetail *
make_detail (BillingStripeAnswer *answer,
             JsonObject          *object)
{
  BillingStripeDetail *detail = billing_stripe_detail_new ();

  detail->status = answer->status;
  detail->type = dup_member (object, "type");
  detail->code = dup_member (object, "code");
  detail->decline_code = dup_member (object, "decline_code");
  detail->param = dup_member (object, "param");
  detail->message = dup_member (object, "message");
  detail->payment_intent = dup_member (object, "payment_intent");
  detail->charge = dup_member (object, "charge");
  detail->limited_reason = g_strdup (answer->limited_reason);
  detail->request_id = g_strdup (answer->request_id);
  detail->is_replayed = answer->is_replayed;
  if (answer->status == 403)
    detail->permission = find_permission (detail->message);
  return detail;
}

static gboolean
has_type (const BillingStripeDetail *detail,
          const char                *type)
{
  return g_strcmp0 (detail->type, type) == 0;
}

static gboolean
has_code (const BillingStripeDetail *detail,
          const char                *code)
{
  return g_strcmp0 (detail->code, code) == 0;
}

/* A 429 that names no limit is none of them where it has a code of its own. */
static BillingStripeError
classify_429 (const BillingStripeDetail *detail)
{
  if (detail->limited_reason == NULL && has_code (detail, "lock_timeout"))
    return BILLING_STRIPE_ERROR_CONFLICT;
  return BILLING_STRIPE_ERROR_RATE_LIMITED;
}

static BillingStripeError
classify_invalid (const BillingStripeDetail *detail)
{
  if (has_type (detail, "idempotency_error"))
    return BILLING_STRIPE_ERROR_IDEMPOTENCY_MISMATCH;
  if (has_code (detail, "rate_limit"))
    return BILLING_STRIPE_ERROR_RATE_LIMITED;
  if (detail->status == 404 || has_code (detail, "resource_missing"))
    return BILLING_STRIPE_ERROR_NOT_FOUND;
  return BILLING_STRIPE_ERROR_INVALID;
}

/* By the status, as Stripe's SDKs do. Without Stripe's own words only its failures are believed to
 * be Stripe's: anything on the way can answer 401, 403 or 404. */
static BillingStripeError
classify (const BillingStripeDetail *detail,
          gboolean                   is_stripes)
{
  if (detail->status == 429)
    return classify_429 (detail);
  if (detail->status >= 500 || (is_stripes && detail->status == 424))
    return BILLING_STRIPE_ERROR_API;
  if (!is_stripes)
    return BILLING_STRIPE_ERROR_UNREADABLE;

  switch (detail->status)
    {
    case 400:
    case 404:
      return classify_invalid (detail);
    case 401:
      return BILLING_STRIPE_ERROR_AUTHENTICATION;
    case 402:
      return BILLING_STRIPE_ERROR_DECLINED;
    case 403:
      return BILLING_STRIPE_ERROR_PERMISSION;
    case 409:
      return BILLING_STRIPE_ERROR_CONFLICT;
    default:
      return BILLING_STRIPE_ERROR_API;
    }
}

static char *
describe_authentication (const BillingStripeDetail *detail)
{
  if (has_code (detail, "api_key_expired"))
    return g_strdup (_("Stripe no longer takes this key: it has expired. Nothing is lost, and "
                       "what waits will be sent with the next key. Make a new one in the Stripe "
                       "Dashboard and enter it."));
  return g_strdup (_("Stripe does not take this key: it is wrong, or was revoked. Nothing is "
                     "lost, and what waits will be sent with the next key. Copy the key again "
                     "from the Stripe Dashboard, or make a new one, and enter it."));
}

static char *
describe_permission (const BillingStripeDetail *detail)
{
  if (detail->permission != NULL)
    return g_strdup_printf (_("The key may not do this: it lacks the permission “%s”. Nothing was "
                              "changed. Give it to the key in the Stripe Dashboard, under "
                              "Developers → API keys, and try again."),
                            detail->permission);
  return g_strdup_printf (_("The key may not do this. Nothing was changed. Give it the permission "
                            "in the Stripe Dashboard, under Developers → API keys, and try again. "
                            "Stripe says: %s"),
                          detail->message != NULL ? detail->message : "403");
}

static char *
describe_invalid (const BillingStripeDetail *detail)
{
  if (detail->message == NULL)
    return g_strdup_printf (_("Stripe refuses this. Nothing was changed. (%s)"),
                            detail->code != NULL ? detail->code : "400");
  return g_strdup_printf (_("Stripe refuses this, and nothing was changed: %s"), detail->message);
}

static char *
describe_not_found (const BillingStripeDetail *detail)
{
  const char *sentence = _("Stripe has no such thing in this account. It may have been deleted, "
                           "or belong to the other mode (test or live).");
  g_autofree char *words = NULL;

  if (detail->message == NULL)
    return g_strdup (sentence);
  words = g_strdup_printf (_("Stripe says: %s"), detail->message);
  return g_strconcat (sentence, " ", words, NULL);
}

static char *
describe_declined (const BillingStripeDetail *detail)
{
  if (detail->message != NULL)
    return g_strdup (detail->message);
  return g_strdup (_("The payment was declined. No money was taken; try another card, or ask the "
                     "bank."));
}

static char *
describe_unreadable (const BillingStripeDetail *detail)
{
  return g_strdup_printf (_("Something answered that is not Stripe (status %u): perhaps a proxy, "
                            "or the sign-in page of a network. Nothing here was changed by it. "
                            "Check the network and try again."),
                          detail->status);
}

static char *
describe (BillingStripeError         code,
          const BillingStripeDetail *detail)
{
  switch (code)
    {
    case BILLING_STRIPE_ERROR_AUTHENTICATION:
      return describe_authentication (detail);
    case BILLING_STRIPE_ERROR_PERMISSION:
      return describe_permission (detail);
    case BILLING_STRIPE_ERROR_RATE_LIMITED:
      return g_strdup (_("Stripe is asked too much at once by this account's programs. Nothing is "
                         "lost; it goes on after a pause."));
    case BILLING_STRIPE_ERROR_DECLINED:
      return describe_declined (detail);
    case BILLING_STRIPE_ERROR_IDEMPOTENCY_MISMATCH:
      return g_strdup (_("Stripe knows this request with other contents, and did not do it again. "
                         "Check in the Stripe Dashboard what was done before trying anew."));
    case BILLING_STRIPE_ERROR_CONFLICT:
      return g_strdup (_("Stripe is still at work on this, or on something that it belongs to. "
                         "Nothing is lost, and nothing is done twice; try again in a moment."));
    case BILLING_STRIPE_ERROR_NOT_FOUND:
      return describe_not_found (detail);
    case BILLING_STRIPE_ERROR_API:
      return g_strdup_printf (_("Stripe itself had a failure (status %u). Nothing here is lost, "
                                "and asking again does nothing twice; try again later, or see "
                                "status.stripe.com."), detail->status);
    case BILLING_STRIPE_ERROR_UNREADABLE:
      return describe_unreadable (detail);
    case BILLING_STRIPE_ERROR_KEY:
    case BILLING_STRIPE_ERROR_ADDRESS:
    case BILLING_STRIPE_ERROR_OFFLINE:
    case BILLING_STRIPE_ERROR_TIMEOUT:
    case BILLING_STRIPE_ERROR_INVALID:
    default:
      return describe_invalid (detail);
    }
}

GError *
billing_stripe_refusal_to_error (BillingStripeAnswer *answer)
{
  g_autoptr (JsonNode) root = billing_stripe_answer_parse (answer, NULL);
  JsonObject *object = get_error_object (root);
  g_autoptr (BillingStripeDetail) detail = make_detail (answer, object);
  BillingStripeError code = classify (detail, object != NULL);
  g_autofree char *sentence = describe (code, detail);

  return billing_stripe_error_new (code, detail, sentence);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-intents.h"

#include <string.h>

#include "billing-sandbox-json.h"

/* The page of a card's bank, on which the payer says yes or no. */

static JsonObject *
find_intent (BillingSandbox     *self,
             BillingSandboxCall *call)
{
  g_autoptr (JsonObject) intent = billing_sandbox_find (self, call, BILLING_SANDBOX_PAYMENT_INTENT);

  if (intent == NULL)
    return NULL;
  if (g_str_equal (json_object_get_string_member (intent, "status"), "requires_action"))
    return g_steal_pointer (&intent);

  return billing_sandbox_fail (call, 400, "payment_intent_unexpected_state", NULL,
                               "There is nothing to authenticate: the PaymentIntent has a status "
                               "of %s.",
                               json_object_get_string_member (intent, "status"));
}

JsonObject *
billing_sandbox_authenticate_page (BillingSandbox     *self,
                                   BillingSandboxCall *call)
{
  g_autoptr (JsonObject) intent = find_intent (self, call);
  g_autofree char *amount = NULL;
  g_autofree char *body = NULL;

  if (intent == NULL)
    return NULL;

  amount = billing_sandbox_format (json_object_get_int_member (intent, "amount"),
                                   json_object_get_string_member (intent, "currency"));
  body = g_strdup_printf (
    "<p>Your bank asks whether you make this payment of %s.</p>\n"
    "<form method=\"post\" action=\"/sandbox/authenticate/%s\">\n"
    "<button name=\"outcome\" value=\"complete\">Complete</button>\n"
    "<button name=\"outcome\" value=\"fail\">Fail</button>\n"
    "</form>",
    amount, call->id);
  return billing_sandbox_call_answer_page (call, "Authentication", body);
}

/* The payer goes back to where the payment was asked for. */
static void
send_back (BillingSandboxCall *call,
           JsonObject         *intent,
           const char         *back,
           gboolean            complete)
{
  call->status = 303;
  call->location = g_strdup_printf (
    "%s%cpayment_intent=%s&payment_intent_client_secret=%s&redirect_status=%s", back,
    strchr (back, '?') != NULL ? '&' : '?', call->id,
    json_object_get_string_member (intent, "client_secret"), complete ? "succeeded" : "failed");
}

JsonObject *
billing_sandbox_authenticate_answer (BillingSandbox     *self,
                                     BillingSandboxCall *call)
{
  g_autoptr (JsonObject) intent = find_intent (self, call);
  gboolean complete = g_strcmp0 (billing_sandbox_call_string (call, "outcome"), "complete") == 0;
  g_autofree char *back = NULL;

  if (intent == NULL)
    return NULL;

  back = g_strdup (billing_sandbox_json_string (intent, "_return_url"));
  complete = billing_sandbox_intent_authenticate (self, intent, complete);
  if (back != NULL)
    send_back (call, intent, back, complete);

  return billing_sandbox_call_answer_page (
    call, complete ? "Authentication complete" : "Authentication failed",
    complete ? "<p>The payment goes on. You can close this page.</p>"
             : "<p>The payment was not made. You can close this page.</p>");
}

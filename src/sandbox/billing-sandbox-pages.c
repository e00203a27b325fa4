/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-html.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-links.h"
#include "billing-sandbox-sessions.h"

#define CLINIC "Sandbox Clinic"

static JsonObject *
get_intent (BillingSandbox *self,
            JsonObject     *session)
{
  const char *id = billing_sandbox_json_string (session, "payment_intent");

  return id != NULL ? billing_sandbox_store_get (billing_sandbox_get_store (self), id) : NULL;
}

static char *
format_total (JsonObject *session)
{
  return billing_sandbox_format (json_object_get_int_member (session, "amount_total"),
                                 json_object_get_string_member (session, "currency"));
}

static const char *
describe_status (JsonObject *session,
                 JsonObject *intent)
{
  const char *status = intent != NULL ? json_object_get_string_member (intent, "status") : "";

  if (g_str_equal (status, "requires_capture"))
    return "Authorised: the clinic collects it later.";
  if (g_str_equal (status, "processing"))
    return "Under way: the bank takes some days.";
  if (g_str_equal (status, "requires_payment_method"))
    return "Failed: the bank did not pay.";

  return g_str_equal (json_object_get_string_member (session, "payment_status"), "paid")
           ? "Paid"
           : "Not paid";
}

/* Where the client wanted the payer to go, with the session's id where it asked for that. */
static void
write_way_back (GString    *page,
                JsonObject *session,
                const char *member,
                const char *text)
{
  const char *url = billing_sandbox_json_string (session, member);
  GString *full;

  if (url == NULL)
    return;

  full = g_string_new (url);
  g_string_replace (full, "{CHECKOUT_SESSION_ID}", json_object_get_string_member (session, "id"),
                    0);
  billing_sandbox_html_go (page, full->str, text);
  g_string_free (full, TRUE);
}

static JsonObject *
answer_receipt (BillingSandbox     *self,
                BillingSandboxCall *call,
                JsonObject         *session)
{
  GString *page = g_string_new (NULL);
  g_autoptr (JsonObject) intent = get_intent (self, session);
  g_autofree char *total = format_total (session);
  const char *message = billing_sandbox_json_string (session, "_message");

  billing_sandbox_html_say (page, "p", message != NULL ? message : "Thank you.");
  g_string_append (page, "<dl>\n");
  billing_sandbox_html_fact (page, "Amount", total);
  billing_sandbox_html_fact (page, "What happened", describe_status (session, intent));
  billing_sandbox_html_fact (page, "Payment",
                             billing_sandbox_json_string (session, "payment_intent"));
  billing_sandbox_html_fact (page, "Session", json_object_get_string_member (session, "id"));
  g_string_append (page, "</dl>\n");
  write_way_back (page, session, "success_url", "Back to the clinic");
  return billing_sandbox_html_answer (call, 200, "Receipt", page);
}

static JsonObject *
answer_expired (BillingSandboxCall *call,
                JsonObject         *session)
{
  GString *page = g_string_new (NULL);

  billing_sandbox_html_say (page, "p", "This page has expired, and nothing was paid on it.");
  billing_sandbox_html_say (page, "p", "Ask the clinic for a new one.");
  write_way_back (page, session, "cancel_url", "Back to the clinic");
  return billing_sandbox_html_answer (call, 200, "Expired", page);
}

/* A session takes all that the account does, or what it was made for. */
static gboolean
takes_debits (JsonObject *session)
{
  JsonArray *types = json_object_get_array_member (session, "payment_method_types");

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      if (g_str_equal (json_array_get_string_element (types, i), "us_bank_account"))
        return TRUE;
    }

  return billing_sandbox_json_bool (session, "_any_method");
}

static JsonObject *
answer_open (BillingSandbox     *self,
             BillingSandboxCall *call,
             JsonObject         *session,
             const char         *problem)
{
  GString *page = g_string_new (NULL);
  JsonObject *payer = billing_sandbox_json_child (session, "customer_details");
  g_autofree char *action = g_strdup_printf ("/sandbox/pay/%s",
                                             json_object_get_string_member (session, "id"));
  g_autofree char *total = format_total (session);
  g_autofree char *pay = g_strdup_printf ("Pay %s", total);

  if (problem != NULL)
    billing_sandbox_html_warn (page, problem);
  billing_sandbox_html_table (page, json_object_get_array_member (session, "_items"),
                              "amount_total", "Total",
                              json_object_get_int_member (session, "amount_total"),
                              json_object_get_string_member (session, "currency"));
  billing_sandbox_html_action (self, page,
                               billing_sandbox_json_string (session, "payment_intent"));
  billing_sandbox_html_form (page, action, pay,
                             payer != NULL ? billing_sandbox_json_string (payer, "name") : NULL,
                             payer != NULL ? billing_sandbox_json_string (payer, "email")
                                           : billing_sandbox_json_string (session,
                                                                          "customer_email"),
                             takes_debits (session), TRUE);
  return billing_sandbox_html_answer (call, problem != NULL ? 402 : 200, "Pay " CLINIC, page);
}

static JsonObject *
answer_session (BillingSandbox     *self,
                BillingSandboxCall *call,
                JsonObject         *session,
                const char         *problem)
{
  const char *status = json_object_get_string_member (session, "status");

  if (g_str_equal (status, "complete"))
    return answer_receipt (self, call, session);
  if (g_str_equal (status, "expired"))
    return answer_expired (call, session);

  return answer_open (self, call, session, problem);
}

static JsonObject *
answer_inactive (BillingSandboxCall *call,
                 JsonObject         *link)
{
  GString *page = g_string_new (NULL);
  const char *message = billing_sandbox_json_string (link, "inactive_message");

  billing_sandbox_html_say (page, "p",
                            message != NULL ? message
                                            : "This link cannot be used any more. Ask the clinic "
                                              "for a new one.");
  return billing_sandbox_html_answer (call, 200, "Not active", page);
}

static JsonObject *
answer_declined (BillingSandboxCall *call,
                 JsonObject         *session)
{
  GString *page = g_string_new (NULL);
  g_autofree char *total = format_total (session);

  billing_sandbox_html_say (page, "p", "You left without paying.");
  g_string_append (page, "<dl>\n");
  billing_sandbox_html_fact (page, "Amount", total);
  billing_sandbox_html_fact (page, "What happened", "Not paid");
  billing_sandbox_html_fact (page, "Session", json_object_get_string_member (session, "id"));
  g_string_append (page, "</dl>\n");
  write_way_back (page, session, "url", "Pay after all");
  write_way_back (page, session, "cancel_url", "Back to the clinic");
  return billing_sandbox_html_answer (call, 200, "Nothing was paid", page);
}

JsonObject *
billing_sandbox_page_session (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  g_autoptr (JsonObject) session = billing_sandbox_html_find (self, call, BILLING_SANDBOX_SESSION);

  return session != NULL
           ? answer_session (self, call, session, billing_sandbox_html_return (call))
           : billing_sandbox_html_nothing (call);
}

/* A link that may be used once is paid once, however many opened it before. */
static JsonObject *
find_used_up_link (BillingSandbox *self,
                   JsonObject     *session)
{
  const char *id = billing_sandbox_json_string (session, "payment_link");
  g_autoptr (JsonObject) link =
    id != NULL ? billing_sandbox_store_get (billing_sandbox_get_store (self), id) : NULL;

  return link != NULL && billing_sandbox_link_is_used_up (link) ? g_steal_pointer (&link) : NULL;
}

static JsonObject *
pay (BillingSandbox     *self,
     BillingSandboxCall *call,
     JsonObject         *session)
{
  g_auto (BillingSandboxCall) result = { 0 };
  g_autoptr (JsonObject) link = find_used_up_link (self, session);
  g_autoptr (JsonObject) after = NULL;
  g_autofree char *of_payer = NULL;

  if (link != NULL)
    return answer_inactive (call, link);

  of_payer = billing_sandbox_html_choose (self, call);
  billing_sandbox_session_pay (self, session, of_payer, billing_sandbox_call_string (call, "name"),
                               billing_sandbox_call_string (call, "email"), &result);
  after = billing_sandbox_html_find (self, call, BILLING_SANDBOX_SESSION);
  return answer_session (self, call, after,
                         result.error != NULL
                           ? billing_sandbox_json_string (result.error, "message")
                           : NULL);
}

JsonObject *
billing_sandbox_page_session_answer (BillingSandbox     *self,
                                     BillingSandboxCall *call)
{
  g_autoptr (JsonObject) session = billing_sandbox_html_find (self, call, BILLING_SANDBOX_SESSION);

  if (session == NULL)
    return billing_sandbox_html_nothing (call);
  if (!g_str_equal (json_object_get_string_member (session, "status"), "open"))
    return answer_session (self, call, session, NULL);
  if (g_strcmp0 (billing_sandbox_call_string (call, "action"), "decline") == 0)
    return answer_declined (call, session);

  return pay (self, call, session);
}

JsonObject *
billing_sandbox_page_link (BillingSandbox     *self,
                           BillingSandboxCall *call)
{
  g_autoptr (JsonObject) link = billing_sandbox_html_find (self, call, BILLING_SANDBOX_LINK);
  g_autoptr (JsonObject) session = NULL;

  if (link == NULL)
    return billing_sandbox_html_nothing (call);
  if (!billing_sandbox_json_bool (link, "active"))
    return answer_inactive (call, link);

  session = billing_sandbox_link_visit (self, link,
                                        billing_sandbox_call_string (call, "prefilled_email"),
                                        billing_sandbox_call_string (call, "client_reference_id"));
  return answer_open (self, call, session, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-sandbox-client.h"

#include <string.h>

#define INVALID "invalid_request_error"

static guint
act (Client     *client,
     const char *method,
     const char *verb,
     const char *form)
{
  g_autofree char *path = g_strdup_printf ("/v1/payment_methods/%s%s", method, verb);

  return client_call (client, "POST", path, form);
}

static char *
card_of (Client     *client,
         const char *customer)
{
  g_autofree char *form = g_strconcat ("customer=", customer, NULL);
  g_autofree char *method =
    client_make (client, "/v1/payment_methods", "type=card&card[token]=tok_mastercard");

  g_assert_cmpuint (act (client, method, "/attach", form), ==, 200);
  return g_steal_pointer (&method);
}

/* Cards are made of test tokens, with what is known of the payer; of numbers never. */
static void
test_create (void)
{
  g_autoptr (Client) client = client_new (0);

  g_free (client_make (client, "/v1/payment_methods",
                       "type=card&card[token]=tok_visa&metadata[a]=b&billing_details[name]=Ann"
                       "&billing_details[address][city]=Bonn"));
  g_assert_cmpstr (client_text (client, "card.last4"), ==, "4242");
  g_assert_cmpstr (client_text (client, "billing_details.name"), ==, "Ann");
  g_assert_cmpstr (client_text (client, "billing_details.address.city"), ==, "Bonn");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "billing_details.address.line1")));
  g_assert_null (client_at (client, "_card"));

  client_call (client, "POST", "/v1/payment_methods",
               "type=card&card[number]=4242424242424242&card[exp_month]=1&card[exp_year]=2030");
  client_expect_error (client, 402, INVALID, NULL, NULL);
  g_assert_true (g_str_has_prefix (client_text (client, "error.message"),
                                   "Sending credit card numbers directly to the Stripe API is "
                                   "generally unsafe."));
  client_call (client, "POST", "/v1/payment_methods", "type=card&card[token]=tok_nothing");
  client_expect_error (client, 400, INVALID, "resource_missing", "card[token]");
  client_call (client, "POST", "/v1/payment_methods", "type=card");
  client_expect_error (client, 400, INVALID, "parameter_missing", "card");
}

/* A card belongs to one customer, who alone pays with it; taken away, it is of no use. */
static void
test_attach (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *ann = client_make (client, "/v1/customers", "name=Ann");
  g_autofree char *ben = client_make (client, "/v1/customers", "name=Ben");
  g_autofree char *card = card_of (client, ann);
  g_autofree char *of_ann = g_strdup_printf ("/v1/customers/%s/payment_methods", ann);
  g_autofree char *by_ben = g_strconcat ("/v1/payment_methods?type=card&customer=", ben, NULL);
  g_autofree char *as_ann = g_strconcat ("&customer=", ann, NULL);
  g_autofree char *to_ben = g_strconcat ("customer=", ben, NULL);
  g_autofree char *as_ben = g_strdup_printf (
    "amount=1000&currency=usd&confirm=true&payment_method=%s&customer=%s", card, ben);
  g_autofree char *as_nobody =
    g_strdup_printf ("amount=1000&currency=usd&confirm=true&payment_method=%s", card);

  g_assert_cmpstr (client_text (client, "customer"), ==, ann);
  client_expect_events (client, "customer.created payment_method.attached");
  client_call (client, "GET", of_ann, NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, card);
  client_call (client, "GET", by_ben, NULL);
  g_assert_null (client_at (client, "data.0"));

  g_free (client_pay (client, 1000, card, as_ann));
  client_call (client, "POST", "/v1/payment_intents", as_ben);
  client_expect_error (client, 400, INVALID, NULL, "payment_method");
  client_call (client, "POST", "/v1/payment_intents", as_nobody);
  client_expect_error (client, 400, INVALID, NULL, "payment_method");
  g_assert_cmpuint (act (client, card, "/attach", to_ben), ==, 400);

  g_assert_cmpuint (act (client, card, "/detach", ""), ==, 200);
  client_expect_events (client, "payment_intent.succeeded payment_method.detached");
  client_call (client, "GET", of_ann, NULL);
  g_assert_null (client_at (client, "data.0"));
  client_call (client, "POST", "/v1/payment_intents", as_nobody);
  client_expect_error (client, 400, INVALID, NULL, "payment_method");
  g_assert_cmpuint (act (client, card, "/attach", to_ben), ==, 400);
  g_assert_cmpuint (act (client, card, "/detach", ""), ==, 400);
}

/* Cards that decline cannot be kept, but for the one that is made for it. */
static void
test_declining (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *ann = client_make (client, "/v1/customers", "name=Ann");
  g_autofree char *form = g_strconcat ("customer=", ann, NULL);

  act (client, "pm_card_visa_chargeDeclined", "/attach", form);
  client_expect_error (client, 402, "card_error", "card_declined", NULL);
  g_assert_cmpuint (act (client, "pm_card_chargeCustomerFail", "/attach", form), ==, 200);
}

/* The default is one of the customer's own, and is forgotten with it. */
static void
test_default (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *ann = client_make (client, "/v1/customers", "name=Ann");
  g_autofree char *path = g_strconcat ("/v1/customers/", ann, NULL);
  g_autofree char *card = card_of (client, ann);
  g_autofree char *form =
    g_strconcat ("invoice_settings[default_payment_method]=", card, NULL);
  g_autofree char *ben = client_make (client, "/v1/customers", "payment_method=pm_card_visa");
  g_autofree char *bens = NULL;

  client_call (client, "GET", "/v1/events?type=payment_method.attached&limit=1", NULL);
  g_assert_cmpstr (client_text (client, "data.0.data.object.customer"), ==, ben);
  bens = g_strconcat ("invoice_settings[default_payment_method]=",
                      client_text (client, "data.0.data.object.id"), NULL);
  client_call (client, "POST", path, bens);
  client_expect_error (client, 400, INVALID, "resource_missing",
                       "invoice_settings[default_payment_method]");

  client_call (client, "POST", path, form);
  g_assert_cmpstr (client_text (client, "invoice_settings.default_payment_method"), ==, card);
  act (client, card, "/detach", "");
  client_look (client, "/v1/customers/", ann);
  g_assert_true (
    JSON_NODE_HOLDS_NULL (client_at (client, "invoice_settings.default_payment_method")));
  client_expect_events (client, "payment_method.detached customer.updated");
}

/* Who pays with a card for later use keeps it. */
static void
test_future_usage (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *ann = client_make (client, "/v1/customers", "name=Ann");
  g_autofree char *more =
    g_strdup_printf ("&customer=%s&setup_future_usage=off_session", ann);
  g_autofree char *path = g_strdup_printf ("/v1/customers/%s/payment_methods", ann);

  g_free (client_pay (client, 1000, "pm_card_visa", more));
  client_call (client, "GET", path, NULL);
  g_assert_cmpstr (client_text (client, "data.0.customer"), ==, ann);
  client_expect_events (client, "payment_intent.succeeded payment_method.attached");
}

/* What is changed of a card is told. */
static void
test_update (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *ann = client_make (client, "/v1/customers", "name=Ann");
  g_autofree char *card = card_of (client, ann);
  g_autofree char *loose =
    client_make (client, "/v1/payment_methods", "type=card&card[token]=tok_visa");

  act (client, card, "", "billing_details[email]=a@example.org&metadata[a]=b");
  g_assert_cmpstr (client_text (client, "billing_details.email"), ==, "a@example.org");
  client_expect_events (client, "payment_method.attached payment_method.updated");
  act (client, loose, "", "metadata[a]=b");
  client_expect_error (client, 400, INVALID, NULL, NULL);
}

/* Answers on the bank's page, as a browser does: without a key. */
static guint
answer_page (Client     *client,
             const char *intent,
             const char *outcome)
{
  g_autofree char *path = g_strconcat ("/sandbox/authenticate/", intent, NULL);
  g_autofree char *form = g_strconcat ("outcome=", outcome, NULL);
  g_autofree char *key = g_steal_pointer (&client->key);
  g_autoptr (SoupMessage) message = client_message (client, "POST", path, form);
  g_autoptr (GBytes) bytes = NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  bytes = client_fetch (client, message);
  client->key = g_steal_pointer (&key);
  g_assert_nonnull (bytes);
  return soup_message_get_status (message);
}

/* The payer says yes on the bank's page: the payment goes on, and the payer goes back. */
static void
test_authenticated (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 1000, "pm_card_threeDSecure2Required",
                                    "&return_url=https://example.org/back?a=b");
  g_autofree char *start = g_strdup_printf ("https://example.org/back?a=b&payment_intent=%s&", id);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) page = NULL;
  const char *url = client_text (client, "next_action.redirect_to_url.url");

  g_assert_true (g_str_has_prefix (url, client->url));
  message = client_message (client, "GET", url + strlen (client->url), NULL);
  soup_message_headers_remove (soup_message_get_request_headers (message), "Authorization");
  page = client_fetch (client, message);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (page, NULL), g_bytes_get_size (page),
                                  "value=\"complete\""));

  g_assert_cmpuint (answer_page (client, id, "complete"), ==, 303);
  g_assert_true (g_str_has_prefix (client_header (client, "Location"), start));
  client_look (client, "/v1/payment_intents/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "next_action")));
  client_look (client, "/v1/charges/", client_text (client, "latest_charge"));
  g_assert_cmpstr (
    client_text (client, "payment_method_details.card.three_d_secure.result"), ==,
    "authenticated");
  client_expect_events (client, "payment_intent.requires_action charge.succeeded "
                                "payment_intent.succeeded");
  g_assert_cmpuint (answer_page (client, id, "complete"), ==, 400);
}

/* The payer says no: nothing is charged, and another card can be tried. */
static void
test_not_authenticated (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 1000, "pm_card_authenticationRequired",
                                    "&capture_method=manual");
  g_autofree char *confirm = g_strdup_printf ("/v1/payment_intents/%s/confirm", id);

  g_assert_cmpuint (answer_page (client, id, "fail"), ==, 200);
  client_look (client, "/v1/payment_intents/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "requires_payment_method");
  g_assert_cmpstr (client_text (client, "last_payment_error.code"), ==,
                   "payment_intent_authentication_failure");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "latest_charge")));
  client_expect_events (client, "payment_intent.requires_action payment_intent.payment_failed");

  client_call (client, "POST", confirm, "payment_method=pm_card_authenticationRequired");
  g_assert_cmpstr (client_text (client, "status"), ==, "requires_action");
  g_assert_cmpuint (answer_page (client, id, "complete"), ==, 200);
  client_look (client, "/v1/payment_intents/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "requires_capture");
}

/* As at Stripe, what is not captured goes back: the balance has the whole charge and a refund of
   the rest, and only what was captured can be refunded. */
static void
test_partial_capture (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 10000, "pm_card_visa",
                                    "&capture_method=manual&expand[]=latest_charge");
  g_autofree char *capture = g_strdup_printf ("/v1/payment_intents/%s/capture", id);
  g_autofree char *more = g_strconcat ("amount=6001&payment_intent=", id, NULL);
  g_autofree char *rest = g_strconcat ("payment_intent=", id, NULL);

  g_assert_cmpint (
    client_int (client, "latest_charge.payment_method_details.card.capture_before"), ==,
    client_int (client, "latest_charge.created") + 7 * 86400);
  client_call (client, "POST", capture,
               "amount_to_capture=6000&expand[]=latest_charge.refunds"
               "&expand[]=latest_charge.balance_transaction");
  g_assert_cmpint (client_int (client, "amount_received"), ==, 6000);
  g_assert_cmpint (client_int (client, "latest_charge.amount_captured"), ==, 6000);
  g_assert_cmpint (client_int (client, "latest_charge.amount_refunded"), ==, 4000);
  g_assert_false (client_true (client, "latest_charge.refunded"));
  g_assert_cmpint (client_int (client, "latest_charge.refunds.data.0.amount"), ==, 4000);
  g_assert_cmpstr (
    client_text (client, "latest_charge.refunds.data.0.destination_details.card.type"), ==,
    "reversal");
  g_assert_cmpint (client_int (client, "latest_charge.balance_transaction.amount"), ==, 10000);
  g_assert_cmpint (client_int (client, "latest_charge.balance_transaction.fee"), ==, 204);
  client_call (client, "GET", "/v1/balance_transactions?type=refund", NULL);
  g_assert_cmpstr (client_text (client, "data.0.reporting_category"), ==,
                   "partial_capture_reversal");
  g_assert_cmpint (client_int (client, "data.0.net"), ==, -4000);
  client_expect_balance (client, 0, 6000 - 204);

  client_call (client, "POST", "/v1/refunds", more);
  client_expect_error (client, 400, INVALID, NULL, "amount");
  g_free (client_make (client, "/v1/refunds", rest));
  g_assert_cmpint (client_int (client, "amount"), ==, 6000);
  client_look (client, "/v1/charges/", client_text (client, "charge"));
  g_assert_true (client_true (client, "refunded"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/wallets/create", test_create);
  g_test_add_func ("/sandbox/wallets/attach", test_attach);
  g_test_add_func ("/sandbox/wallets/declining", test_declining);
  g_test_add_func ("/sandbox/wallets/default", test_default);
  g_test_add_func ("/sandbox/wallets/future-usage", test_future_usage);
  g_test_add_func ("/sandbox/wallets/update", test_update);
  g_test_add_func ("/sandbox/authentication/complete", test_authenticated);
  g_test_add_func ("/sandbox/authentication/fail", test_not_authenticated);
  g_test_add_func ("/sandbox/capture/partial", test_partial_capture);
  return g_test_run ();
}

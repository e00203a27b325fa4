/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-sandbox-client.h"

#define INVALID "invalid_request_error"
#define ITEM                                                                                       \
  "line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=2500"            \
  "&line_items[0][price_data][product_data][name]=Visit%20%3Cb%3E&line_items[0][quantity]=2"
#define SESSION ITEM "&mode=payment&success_url=https://clinic.example/ok?s={CHECKOUT_SESSION_ID}"

static char *
open_session (Client     *client,
              const char *more)
{
  g_autofree char *form = g_strconcat (SESSION, more, NULL);

  return client_make (client, "/v1/checkout/sessions", form);
}

static void
look (Client     *client,
      const char *place,
      const char *id,
      const char *more)
{
  g_autofree char *path = g_strconcat (place, id, more, NULL);

  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
}

static void
expect_page (const char *page,
             const char *text)
{
  if (strstr (page, text) == NULL)
    g_error ("“%s” is not in %s", text, page);
}

/* A payer sees what is asked for, pays, and sees a receipt; what the client said of the payment is
   on it and on its charge. */
static void
test_session (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id =
    open_session (client, "&payment_intent_data[metadata][visit]=17&metadata[a]=b"
                          "&payment_intent_data[receipt_email]=p@e.com&client_reference_id=r");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *page = client_visit (client, url, NULL);
  g_autofree char *receipt = NULL;
  g_autofree char *back = g_strconcat ("https://clinic.example/ok?s=", id, NULL);

  g_assert_cmpstr (client_text (client, "status"), ==, "open");
  g_assert_cmpint (client_int (client, "amount_total"), ==, 5000);
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "payment_intent")));
  expect_page (page, "Visit &lt;b&gt; × 2");
  expect_page (page, "Pay $50.00");
  g_assert_cmpstr (client_header (client, "Content-Type"), ==, "text/html; charset=utf-8");

  receipt = client_visit (client, url, "card=pm_card_visa&name=Ann&email=ann@e.com");
  expect_page (receipt, "Receipt");
  expect_page (receipt, "<dd>Paid</dd>");
  expect_page (receipt, back);
  client_expect_events (client, "payment_intent.created charge.succeeded "
                                "payment_intent.succeeded checkout.session.completed");

  look (client, "/v1/checkout/sessions/", id, "?expand[]=payment_intent.latest_charge");
  g_assert_cmpstr (client_text (client, "status"), ==, "complete");
  g_assert_cmpstr (client_text (client, "payment_status"), ==, "paid");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "url")));
  g_assert_cmpstr (client_text (client, "customer_details.email"), ==, "ann@e.com");
  g_assert_cmpstr (client_text (client, "client_reference_id"), ==, "r");
  g_assert_cmpstr (client_text (client, "payment_intent.metadata.visit"), ==, "17");
  g_assert_cmpstr (client_text (client, "payment_intent.receipt_email"), ==, "p@e.com");
  g_assert_cmpstr (client_text (client, "payment_intent.latest_charge.metadata.visit"), ==, "17");
  g_assert_null (client_at (client, "payment_intent.metadata.a"));
  g_assert_null (client_at (client, "payment_intent._session"));
}

/* Whoever posts the form twice pays once. */
static void
test_twice (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = open_session (client, "");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *first = client_visit (client, url, "card=pm_card_visa");
  g_autofree char *second = client_visit (client, url, "card=pm_card_visa");

  expect_page (second, "Receipt");
  client_call (client, "GET", "/v1/charges", NULL);
  g_assert_nonnull (client_at (client, "data.0"));
  g_assert_null (client_at (client, "data.1"));
  look (client, "/v1/checkout/sessions/", id, "");
}

/* A declined card leaves the session open, with the same payment to be tried again; a payer who
   declines leaves no trace. */
static void
test_declines (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = open_session (client, "&cancel_url=https://clinic.example/no");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *left = client_visit (client, url, "action=decline");
  g_autofree char *declined = NULL;
  g_autofree char *intent = NULL;
  g_autofree char *paid = NULL;

  expect_page (left, "without paying");
  expect_page (left, "https://clinic.example/no");
  look (client, "/v1/checkout/sessions/", id, "");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "payment_intent")));

  declined = client_visit (client, url, "card=pm_card_visa_chargeDeclinedInsufficientFunds");
  g_assert_cmpuint (soup_message_get_status (client->message), ==, 402);
  expect_page (declined, "Your card has insufficient funds.");
  look (client, "/v1/checkout/sessions/", id, "");
  g_assert_cmpstr (client_text (client, "status"), ==, "open");
  intent = g_strdup (client_text (client, "payment_intent"));

  paid = client_visit (client, url, "card=pm_card_visa");
  expect_page (paid, "<dd>Paid</dd>");
  look (client, "/v1/checkout/sessions?payment_intent=", intent, "&status=complete");
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, id);
}

/* A session ends by itself when its time has come, or when it is told to, and takes the payment
   that was tried with it. */
static void
test_expiry (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *first = open_session (client, "");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *path = g_strdup_printf ("/v1/checkout/sessions/%s/expire", first);
  g_autofree char *declined = client_visit (client, url, "card=pm_card_visa_chargeDeclined");
  g_autofree char *second = NULL;
  g_autofree char *page = NULL;

  g_assert_cmpuint (client_call (client, "POST", path, ""), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "expired");
  client_expect_events (client, "payment_intent.canceled checkout.session.expired");
  g_assert_cmpuint (client_call (client, "POST", path, ""), ==, 400);
  page = client_visit (client, url, "card=pm_card_visa");
  expect_page (page, "has expired");

  second = open_session (client, "");
  g_free (client_make (client, "/sandbox/clock", "advance=86399"));
  look (client, "/v1/checkout/sessions/", second, "");
  g_assert_cmpstr (client_text (client, "status"), ==, "open");
  g_free (client_make (client, "/sandbox/clock", "advance=2"));
  look (client, "/v1/checkout/sessions/", second, "");
  g_assert_cmpstr (client_text (client, "status"), ==, "expired");
  client_expect_events (client, "checkout.session.expired");
}

/* What Stripe does not take, the sandbox does not take either. */
static void
test_refusals (void)
{
  static const struct
  {
    const char *form;
    const char *code;
    const char *param;
  } cases[] = {
    { "mode=payment&success_url=https://e.com", "parameter_missing", "line_items" },
    { ITEM "&success_url=https://e.com", "parameter_missing", "mode" },
    { ITEM "&mode=payment", "parameter_missing", "success_url" },
    { ITEM "&mode=subscription&success_url=https://e.com", NULL, "mode" },
    { SESSION "&expires_at=1", NULL, "expires_at" },
    { SESSION "&expires_at=9999999999", NULL, "expires_at" },
    { SESSION "&customer=cus_none", "resource_missing", "customer" },
    { SESSION "&line_items[0][nonsense]=1", "parameter_unknown", "line_items[0][nonsense]" },
    { SESSION "&line_items[0][price_data][nonsense]=1", "parameter_unknown",
      "line_items[0][price_data][nonsense]" },
    { SESSION "&line_items[1][price]=price_none", "resource_missing", "line_items[1][price]" },
    { SESSION "&line_items[0][quantity]=0", "parameter_invalid_integer",
      "line_items[0][quantity]" },
    { SESSION "&line_items[0][price_data][product_data]=", "parameter_missing",
      "line_items[0][price_data][product_data][name]" },
    { SESSION "&payment_intent_data[capture_method]=never", NULL,
      "payment_intent_data[capture_method]" },
    { "mode=payment&success_url=https://e.com&line_items[0][price_data][unit_amount]=100"
      "&line_items[0][price_data][product_data][name]=x",
      "parameter_missing", "line_items[0][price_data][currency]" },
    { "mode=payment&success_url=https://e.com&line_items[0][price_data][unit_amount]=49"
      "&line_items[0][price_data][currency]=usd&line_items[0][price_data][product_data][name]=x",
      "amount_too_small", NULL },
  };
  g_autoptr (Client) client = client_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      client_call (client, "POST", "/v1/checkout/sessions", cases[i].form);
      client_expect_error (client, 400, INVALID, cases[i].code, cases[i].param);
    }
}

/* Nothing that may be said is too little to be paid. */
static void
test_empty (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = open_session (client, "&payment_method_types=&customer_creation=&metadata="
                                              "&payment_intent_data[capture_method]="
                                              "&payment_intent_data[metadata]=&customer_email=");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *page = client_visit (client, url, NULL);
  g_autofree char *receipt = client_visit (client, url, "card=&name=&email=");
  g_autofree char *link = client_make (client, "/v1/payment_links",
                                       ITEM "&restrictions=&after_completion=&inactive_message="
                                            "&customer_creation=&payment_method_types=");

  expect_page (page, "Pay $50.00");
  expect_page (receipt, "<dd>Paid</dd>");
  g_assert_cmpstr (client_text (client, "after_completion.type"), ==, "hosted_confirmation");
  client_look (client, "/v1/checkout/sessions/", id);
  g_assert_cmpstr (client_text (client, "payment_status"), ==, "paid");
}

/* The items are a list of their own, in their order, in pages. */
static void
test_items (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *product = client_make (client, "/v1/products", "name=Massage");
  g_autofree char *data =
    g_strdup_printf ("product=%s&currency=usd&unit_amount_decimal=33.335", product);
  g_autofree char *price = client_make (client, "/v1/prices", data);
  g_autofree char *more =
    g_strdup_printf ("&line_items[1][price]=%s&line_items[1][quantity]=3&expand[]=line_items",
                     price);
  g_autofree char *id = open_session (client, more);
  g_autofree char *second = NULL;

  g_assert_cmpint (client_int (client, "amount_total"), ==, 5100);
  g_assert_cmpstr (client_text (client, "line_items.data.1.description"), ==, "Massage");
  g_assert_cmpint (client_int (client, "line_items.data.1.amount_total"), ==, 100);
  second = g_strdup (client_text (client, "line_items.data.1.id"));

  look (client, "/v1/checkout/sessions/", id, "/line_items?limit=1");
  g_assert_true (client_true (client, "has_more"));
  g_assert_cmpstr (client_text (client, "data.0.description"), ==, "Visit <b>");
  look (client, "/v1/checkout/sessions/", id, "/line_items?limit=1&ending_before=");
  g_free (g_steal_pointer (&data));
  data = g_strconcat ("/line_items?ending_before=", second, NULL);
  look (client, "/v1/checkout/sessions/", id, data);
  g_assert_cmpstr (client_text (client, "data.0.description"), ==, "Visit <b>");
  g_assert_null (client_at (client, "data.1"));
}

/* A card that is only authorised completes the session, but does not pay it; capturing does. */
static void
test_authorised (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = open_session (client, "&payment_intent_data[capture_method]=manual");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *page = client_visit (client, url, "card=pm_card_visa");
  g_autofree char *capture = NULL;

  expect_page (page, "Authorised");
  look (client, "/v1/checkout/sessions/", id, "");
  g_assert_cmpstr (client_text (client, "status"), ==, "complete");
  g_assert_cmpstr (client_text (client, "payment_status"), ==, "unpaid");
  capture = g_strdup_printf ("/v1/payment_intents/%s/capture",
                             client_text (client, "payment_intent"));
  g_assert_cmpuint (client_call (client, "POST", capture, ""), ==, 200);
  look (client, "/v1/checkout/sessions/", id, "");
  g_assert_cmpstr (client_text (client, "payment_status"), ==, "paid");
}

/* A bank debit completes the session at once, and arrives, or fails, days later. */
static void
test_debits (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *first = open_session (client, "");
  g_autofree char *good = g_strdup (client_text (client, "url"));
  g_autofree char *second = open_session (client, "");
  g_autofree char *bad = g_strdup (client_text (client, "url"));
  g_autofree char *page = client_visit (client, good, "card=pm_usBankAccount_success");
  g_autofree char *other = client_visit (client, bad, "card=pm_usBankAccount_insufficientFunds");

  expect_page (page, "Under way");
  look (client, "/v1/checkout/sessions/", first, "");
  g_assert_cmpstr (client_text (client, "payment_status"), ==, "unpaid");
  client_expect_events (client, "payment_intent.processing checkout.session.completed");

  g_free (client_make (client, "/sandbox/clock", "advance=864000"));
  look (client, "/v1/checkout/sessions/", first, "");
  g_assert_cmpstr (client_text (client, "payment_status"), ==, "paid");
  look (client, "/v1/checkout/sessions/", second, "");
  g_assert_cmpstr (client_text (client, "payment_status"), ==, "unpaid");
  client_call (client, "GET", "/v1/events?type=checkout.session.async_payment_succeeded", NULL);
  g_assert_cmpstr (client_text (client, "data.0.data.object.id"), ==, first);
  client_call (client, "GET", "/v1/events?type=checkout.session.async_payment_failed", NULL);
  g_assert_cmpstr (client_text (client, "data.0.data.object.id"), ==, second);
}

/* What stands between @before and a quotation mark. */
static char *
read_attribute (const char *page,
                const char *before)
{
  const char *start = strstr (page, before);

  g_assert_nonnull (start);
  start += strlen (before);
  return g_strndup (start, strcspn (start, "\""));
}

/* A bank that asks sends the payer back to the page, which goes on from there. */
static void
test_authentication (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = open_session (client, "");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *page = client_visit (client, url, "card=pm_card_authenticationRequired");
  g_autofree char *bank = read_attribute (page, "<p><a href=\"");
  g_autofree char *failed = client_visit (client, bank, "outcome=fail");
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autofree char *receipt = NULL;

  expect_page (failed, "did not confirm");
  client_look (client, "/v1/checkout/sessions/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "open");

  again = client_visit (client, url, "card=pm_card_authenticationRequired");
  other = read_attribute (again, "<p><a href=\"");
  receipt = client_visit (client, other, "outcome=complete");
  expect_page (receipt, "<dd>Paid</dd>");
  client_look (client, "/v1/checkout/sessions/", id);
  g_assert_cmpstr (client_text (client, "payment_status"), ==, "paid");
}

/* The payment of an open session ends with the session only. */
static void
test_ownership (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = open_session (client, "&customer_email=p@e.com");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *declined = client_visit (client, url, "card=pm_card_visa_chargeDeclined");
  g_autofree char *cancel = NULL;
  g_autofree char *paid = NULL;

  client_look (client, "/v1/checkout/sessions/", id);
  cancel = g_strdup_printf ("/v1/payment_intents/%s/cancel",
                            client_text (client, "payment_intent"));
  g_assert_cmpuint (client_call (client, "POST", cancel, ""), ==, 400);
  paid = client_visit (client, url, "card=pm_card_visa&name=Ann%20Lee&email=a@e.com");
  expect_page (paid, "<dd>Paid</dd>");
  client_call (client, "GET", "/v1/charges?limit=1", NULL);
  g_assert_cmpstr (client_text (client, "data.0.billing_details.name"), ==, "Ann Lee");
  g_assert_cmpstr (client_text (client, "data.0.billing_details.email"), ==, "a@e.com");
}

/* The payer becomes a customer where that was asked for. */
static void
test_customer (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = open_session (client, "&customer_creation=always");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *page = client_visit (client, url, "card=pm_card_visa&email=new@e.com");

  look (client, "/v1/checkout/sessions/", id, "?expand[]=customer&expand[]=payment_intent");
  g_assert_cmpstr (client_text (client, "customer.email"), ==, "new@e.com");
  g_assert_cmpstr (client_text (client, "payment_intent.customer"), ==,
                   client_text (client, "customer.id"));
  client_call (client, "GET", "/v1/checkout/sessions?customer_details[email]=new@e.com", NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, id);
  client_call (client, "GET", "/v1/checkout/sessions?customer_details[email]=old@e.com", NULL);
  g_assert_null (client_at (client, "data.0"));
}

/* Where the form of a page is posted. */
static char *
read_action (Client     *client,
             const char *page)
{
  g_autofree char *path = read_attribute (page, "action=\"");

  return g_strconcat (client->url, path, NULL);
}

/* Each visit of a link is a session; a link for one payment takes one, however many opened it. */
static void
test_link (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id =
    client_make (client, "/v1/payment_links",
                 ITEM "&restrictions[completed_sessions][limit]=1&inactive_message=Gone%20%26%20"
                      "away&metadata[bill]=7&payment_intent_data[metadata][visit]=17"
                      "&after_completion[hosted_confirmation][custom_message]=See%20you");
  g_autofree char *url = g_strdup (client_text (client, "url"));
  g_autofree char *page = client_visit (client, url, NULL);
  g_autofree char *other = client_visit (client, url, NULL);
  g_autofree char *first = read_action (client, page);
  g_autofree char *second = read_action (client, other);
  g_autofree char *receipt = client_visit (client, first, "card=pm_card_visa");
  g_autofree char *late = client_visit (client, second, "card=pm_card_visa");
  g_autofree char *gone = client_visit (client, url, NULL);

  g_assert_cmpstr (first, !=, second);
  expect_page (receipt, "See you");
  expect_page (late, "Gone &amp; away");
  expect_page (gone, "Gone &amp; away");
  client_expect_events (client, "payment_intent.succeeded checkout.session.completed "
                                "payment_link.updated");
  g_assert_true (client_true (client, "data.0.data.previous_attributes.active"));

  look (client, "/v1/payment_links/", id, "?expand[]=line_items");
  g_assert_false (client_true (client, "active"));
  g_assert_cmpint (client_int (client, "restrictions.completed_sessions.count"), ==, 1);
  g_assert_cmpint (client_int (client, "line_items.data.0.quantity"), ==, 2);
  look (client, "/v1/checkout/sessions?status=complete&payment_link=", id,
        "&expand[]=data.payment_intent");
  g_assert_cmpstr (client_text (client, "data.0.metadata.bill"), ==, "7");
  g_assert_cmpstr (client_text (client, "data.0.payment_intent.metadata.visit"), ==, "17");
  g_assert_null (client_at (client, "data.1"));
}

/* A link is switched off and on again; lists tell which are which. */
static void
test_link_updates (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_make (client, "/v1/payment_links", ITEM);
  g_autofree char *other = client_make (client, "/v1/payment_links", ITEM);
  g_autofree char *path = g_strconcat ("/v1/payment_links/", id, NULL);
  g_autofree char *url = NULL;
  g_autofree char *page = NULL;

  g_free (client_make (client, path, "active=false&inactive_message=Closed&metadata[a]=b"));
  url = g_strdup (client_text (client, "url"));
  page = client_visit (client, url, NULL);
  expect_page (page, "Closed");
  client_expect_events (client, "payment_link.created payment_link.created payment_link.updated");
  client_call (client, "GET", "/v1/payment_links?active=false", NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, id);
  g_assert_null (client_at (client, "data.1"));
  client_call (client, "GET", "/v1/payment_links?active=true", NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, other);

  g_free (client_make (client, path, "active=true"));
  g_assert_cmpstr (client_text (client, "metadata.a"), ==, "b");
  g_clear_pointer (&page, g_free);
  page = client_visit (client, url, NULL);
  expect_page (page, "Pay $50.00");
  client_call (client, "POST", path, "restrictions[completed_sessions][limit]=0");
  client_expect_error (client, 400, INVALID, "parameter_invalid_integer",
                       "restrictions[completed_sessions][limit]");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/checkout/session", test_session);
  g_test_add_func ("/sandbox/checkout/twice", test_twice);
  g_test_add_func ("/sandbox/checkout/declines", test_declines);
  g_test_add_func ("/sandbox/checkout/expiry", test_expiry);
  g_test_add_func ("/sandbox/checkout/refusals", test_refusals);
  g_test_add_func ("/sandbox/checkout/empty", test_empty);
  g_test_add_func ("/sandbox/checkout/items", test_items);
  g_test_add_func ("/sandbox/checkout/authorised", test_authorised);
  g_test_add_func ("/sandbox/checkout/debits", test_debits);
  g_test_add_func ("/sandbox/checkout/authentication", test_authentication);
  g_test_add_func ("/sandbox/checkout/ownership", test_ownership);
  g_test_add_func ("/sandbox/checkout/customer", test_customer);
  g_test_add_func ("/sandbox/checkout/link", test_link);
  g_test_add_func ("/sandbox/checkout/link/updates", test_link_updates);
  return g_test_run ();
}

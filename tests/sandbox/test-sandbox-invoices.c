/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-sandbox-client.h"

#define INVALID "invalid_request_error"

static char *
make_customer (Client *client)
{
  return client_make (client, "/v1/customers", "name=Ann%20Lee&email=ann@e.com");
}

static char *
make_draft (Client     *client,
            const char *customer,
            const char *more)
{
  g_autofree char *form = g_strdup_printf ("customer=%s%s", customer, more);

  return client_make (client, "/v1/invoices", form);
}

static char *
add_item (Client     *client,
          const char *invoice,
          const char *what)
{
  g_autofree char *form = g_strdup_printf ("invoice=%s&%s", invoice, what);

  return client_make (client, "/v1/invoiceitems", form);
}

static guint
act (Client     *client,
     const char *invoice,
     const char *verb,
     const char *form)
{
  g_autofree char *path = g_strdup_printf ("/v1/invoices/%s%s", invoice, verb);

  return client_call (client, "POST", path, form);
}

/* A draft of 51.00 to be sent. */
static char *
make_usual (Client     *client,
            const char *customer)
{
  char *id = make_draft (client, customer, "&collection_method=send_invoice&days_until_due=30");

  g_free (add_item (client, id, "amount=5000&description=Visit"));
  g_free (add_item (client, id, "unit_amount_decimal=33.335&quantity=3&description=Tape"));
  return id;
}

/* Drafted, itemised, sent and paid on its page; its customer sees each step. */
static void
test_life (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *id = make_usual (client, customer);
  g_autofree char *url = NULL;
  g_autofree char *page = NULL;
  g_autofree char *receipt = NULL;

  client_look (client, "/v1/invoices/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "draft");
  g_assert_cmpint (client_int (client, "total"), ==, 5100);
  g_assert_cmpstr (client_text (client, "lines.data.1.description"), ==, "Tape");
  g_assert_cmpint (client_int (client, "due_date"), ==,
                   client_int (client, "created") + 30 * 86400);
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "hosted_invoice_url")));
  g_assert_null (client_at (client, "_items"));

  g_assert_cmpuint (act (client, id, "/send", ""), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "open");
  g_assert_true (g_str_has_suffix (client_text (client, "number"), "-0001"));
  url = g_strdup (client_text (client, "hosted_invoice_url"));
  client_expect_events (client, "payment_intent.created invoice.updated invoice.finalized "
                                "invoice.sent");

  page = client_visit (client, url, NULL);
  g_assert_nonnull (strstr (page, "Pay $51.00"));
  g_assert_nonnull (strstr (page, "Tape × 3"));
  receipt = client_visit (client, url, "card=pm_card_visa");
  g_assert_nonnull (strstr (receipt, "<dd>Paid</dd>"));
  g_assert_null (strstr (receipt, "<form"));
  client_expect_events (client, "charge.succeeded payment_intent.succeeded invoice.updated "
                                "invoice.paid invoice.payment_succeeded invoice_payment.paid");

  client_look (client, "/v1/invoices/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "paid");
  g_assert_cmpint (client_int (client, "amount_paid"), ==, 5100);
  g_assert_cmpint (client_int (client, "amount_remaining"), ==, 0);
  g_assert_cmpint (client_int (client, "attempt_count"), ==, 1);
  g_assert_cmpint (client_int (client, "amount_paid_off_stripe"), ==, 0);
}

/* The payments of an invoice are found by the invoice and by the payment. */
static void
test_payments (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *id = make_usual (client, customer);
  g_autofree char *intent = NULL;
  g_autofree char *by_intent = NULL;

  act (client, id, "/finalize", "expand[]=default_payment_method");
  client_look (client, "/v1/invoice_payments?status=open&invoice=", id);
  g_assert_cmpint (client_int (client, "data.0.amount_requested"), ==, 5100);
  g_assert_true (client_true (client, "data.0.is_default"));
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "data.0.amount_paid")));
  intent = g_strdup (client_text (client, "data.0.payment.payment_intent"));

  act (client, id, "/pay", "payment_method=pm_card_visa");
  by_intent = g_strdup_printf ("?expand[]=data.payment.payment_intent"
                               "&payment[type]=payment_intent&payment[payment_intent]=%s", intent);
  client_look (client, "/v1/invoice_payments", by_intent);
  g_assert_cmpstr (client_text (client, "data.0.status"), ==, "paid");
  g_assert_cmpstr (client_text (client, "data.0.invoice"), ==, id);
  g_assert_cmpint (client_int (client, "data.0.amount_paid"), ==, 5100);
  g_assert_cmpstr (client_text (client, "data.0.payment.payment_intent.customer"), ==, customer);
  client_look (client, "/v1/invoices?expand[]=data.payments&customer=", customer);
  g_assert_cmpstr (client_text (client, "data.0.payments.data.0.status"), ==, "paid");
  client_look (client, "/v1/invoice_payments?payment[payment_intent]=", intent);
  client_expect_error (client, 400, INVALID, "parameter_missing", "payment[type]");
}

/* Paid in cash: no charge, but a record of it, and nobody can pay again. */
static void
test_elsewhere (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *id = make_usual (client, customer);
  g_autofree char *intent = NULL;

  act (client, id, "/finalize", "");
  client_look (client, "/v1/invoice_payments?invoice=", id);
  intent = g_strdup (client_text (client, "data.0.payment.payment_intent"));
  g_assert_cmpuint (act (client, id, "/pay", "paid_out_of_band=true"), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "paid");
  g_assert_cmpint (client_int (client, "amount_paid_off_stripe"), ==, 5100);
  client_expect_events (client, "payment_intent.canceled invoice_payment.paid invoice.updated "
                                "invoice.paid");
  client_look (client, "/v1/payment_intents/", intent);
  g_assert_cmpstr (client_text (client, "status"), ==, "canceled");
  client_look (client, "/v1/invoice_payments?status=paid&invoice=", id);
  g_assert_cmpstr (client_text (client, "data.0.payment.type"), ==, "payment_record");
  client_look (client, "/v1/invoice_payments?status=canceled&invoice=", id);
  g_assert_cmpstr (client_text (client, "data.0.payment.type"), ==, "payment_intent");
  client_call (client, "GET", "/v1/charges", NULL);
  g_assert_null (client_at (client, "data.0"));

  g_assert_cmpuint (act (client, id, "/pay", "payment_method=pm_card_visa"), ==, 400);
}

/* A declined card leaves the invoice open; so does a bank that wants to ask the payer. */
static void
test_declines (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *id = make_usual (client, customer);

  act (client, id, "/finalize", "");
  act (client, id, "/pay", "");
  client_expect_error (client, 400, INVALID, "resource_missing", NULL);
  act (client, id, "/pay", "payment_method=pm_card_visa_chargeDeclined");
  client_expect_error (client, 402, "card_error", "card_declined", NULL);
  client_expect_events (client, "charge.failed payment_intent.payment_failed "
                                "invoice.payment_failed");
  act (client, id, "/pay", "payment_method=pm_card_authenticationRequired&off_session=false");
  client_expect_error (client, 402, INVALID, "invoice_payment_intent_requires_action", NULL);
  client_look (client, "/v1/invoices/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "open");
  g_assert_cmpint (client_int (client, "attempt_count"), ==, 2);
  g_assert_cmpint (client_int (client, "amount_remaining"), ==, 5100);
}

/* What is void is not owed; what was given up can still be paid. */
static void
test_ends (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *first = make_usual (client, customer);
  g_autofree char *second = make_usual (client, customer);
  g_autofree char *url = NULL;
  g_autofree char *page = NULL;

  g_assert_cmpuint (act (client, first, "/void", ""), ==, 400);
  act (client, first, "/finalize", "");
  url = g_strdup (client_text (client, "hosted_invoice_url"));
  g_assert_cmpuint (act (client, first, "/void", ""), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "void");
  client_expect_events (client, "payment_intent.canceled invoice.updated invoice.voided");
  page = client_visit (client, url, "card=pm_card_visa");
  g_assert_nonnull (strstr (page, "Void"));
  g_assert_null (strstr (page, "<form"));
  g_assert_cmpuint (act (client, first, "/mark_uncollectible", ""), ==, 400);

  act (client, second, "/finalize", "");
  g_assert_true (g_str_has_suffix (client_text (client, "number"), "-0002"));
  g_assert_cmpuint (act (client, second, "/mark_uncollectible", ""), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "uncollectible");
  client_call (client, "GET", "/v1/invoices?status=uncollectible", NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, second);
  g_assert_cmpuint (act (client, second, "/pay", "payment_method=pm_card_visa"), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "paid");
}

/* A draft can be changed and deleted with its items; an invoice that was sent cannot. */
static void
test_drafts (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *id = make_usual (client, customer);
  g_autofree char *item = add_item (client, id, "amount=-100&description=Discount");
  g_autofree char *path = g_strconcat ("/v1/invoices/", id, NULL);
  g_autofree char *item_path = g_strconcat ("/v1/invoiceitems/", item, NULL);
  g_autofree char *kept = NULL;
  g_autofree char *kept_path = NULL;

  act (client, id, "", "description=For%20May&metadata[a]=b");
  g_assert_cmpint (client_int (client, "total"), ==, 5000);
  g_assert_cmpstr (client_text (client, "description"), ==, "For May");
  client_call (client, "DELETE", item_path, NULL);
  g_assert_true (client_true (client, "deleted"));
  client_expect_events (client, "invoiceitem.deleted invoice.updated");
  g_assert_cmpint (client_int (client, "data.0.data.previous_attributes.total"), ==, 5000);

  client_call (client, "DELETE", path, NULL);
  g_assert_true (client_true (client, "deleted"));
  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 404);
  client_look (client, "/v1/invoiceitems?customer=", customer);
  g_assert_null (client_at (client, "data.0"));

  kept = make_usual (client, customer);
  kept_path = g_strconcat ("/v1/invoices/", kept, NULL);
  act (client, kept, "/finalize", "");
  client_call (client, "DELETE", kept_path, NULL);
  client_expect_error (client, 400, INVALID, "invoice_not_editable", NULL);
  act (client, kept, "", "description=Other");
  client_expect_error (client, 400, INVALID, "invoice_not_editable", "description");
  g_assert_cmpuint (act (client, kept, "", "metadata[a]=b"), ==, 200);
  g_free (g_steal_pointer (&item));
  item = g_strdup_printf ("invoice=%s&amount=100", kept);
  client_call (client, "POST", "/v1/invoiceitems", item);
  client_expect_error (client, 400, INVALID, "invoice_not_editable", "invoice");
}

/* Items that wait for an invoice go on the next one that takes them. */
static void
test_pending (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *form = g_strdup_printf ("customer=%s&amount=700&description=Brace", customer);
  g_autofree char *item = client_make (client, "/v1/invoiceitems", form);
  g_autofree char *without = make_draft (client, customer, "");
  g_autofree char *with = NULL;

  g_assert_cmpint (client_int (client, "total"), ==, 0);
  with = make_draft (client, customer, "&pending_invoice_items_behavior=include");
  g_assert_cmpint (client_int (client, "total"), ==, 700);
  g_assert_cmpstr (client_text (client, "lines.data.0.parent.invoice_item_details.invoice_item"),
                   ==, item);
  client_look (client, "/v1/invoiceitems/", item);
  g_assert_cmpstr (client_text (client, "invoice"), ==, with);
  /* Nothing owed is paid. */
  act (client, without, "/finalize", "");
  g_assert_cmpstr (client_text (client, "status"), ==, "paid");
}

/* An invoice that advances is finalized by the clock; one that is due says so when its day has
   passed. */
static void
test_clock (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *id = make_draft (client, customer, "&collection_method=send_invoice"
                                                      "&days_until_due=2&auto_advance=true");

  g_free (add_item (client, id, "amount=900"));
  client_advance (client, 3599);
  client_look (client, "/v1/invoices/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "draft");
  client_advance (client, 2);
  client_look (client, "/v1/invoices/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "open");
  client_advance (client, 2 * 86400);
  client_expect_events (client, "invoice.overdue");
  client_call (client, "GET", "/v1/invoices?due_date[lt]=1", NULL);
  g_assert_null (client_at (client, "data.0"));
  client_call (client, "GET", "/v1/invoices?due_date[gt]=1&collection_method=send_invoice", NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, id);
}

/* What makes no sense is refused, and says where. */
static void
test_refusals (void)
{
  static const struct
  {
    const char *path;
    const char *form;
    const char *code;
    const char *param;
  } cases[] = {
    { "/v1/invoices", "customer=cus_none", "resource_missing", "customer" },
    { "/v1/invoices", "customer=%s&collection_method=send_invoice", "parameter_missing",
      "days_until_due" },
    { "/v1/invoices", "customer=%s&days_until_due=3", NULL, "days_until_due" },
    { "/v1/invoiceitems", "customer=%s", "parameter_missing", "amount" },
    { "/v1/invoiceitems", "amount=100", "parameter_missing", "customer" },
    { "/v1/invoiceitems", "customer=%s&amount=100&quantity=2", NULL, "quantity" },
    { "/v1/invoiceitems", "customer=%s&unit_amount_decimal=1.2.3", "parameter_invalid_integer",
      "quantity" },
    { "/v1/invoiceitems", "customer=%s&price_data[unit_amount]=5", "parameter_missing",
      "price_data[currency]" },
    { "/v1/invoiceitems", "customer=%s&pricing[price]=price_no", "resource_missing",
      "pricing[price]" },
  };
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GString *form = g_string_new (cases[i].form);

      g_string_replace (form, "%s", customer, 0);
      client_call (client, "POST", cases[i].path, form->str);
      client_expect_error (client, 400, INVALID, cases[i].code, cases[i].param);
      g_string_free (form, TRUE);
    }
}

/* Empty values unset what can be unset; a customer who is gone cannot be charged. */
static void
test_empty (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *id = make_draft (client, customer, "&collection_method=&currency=&footer="
                                                      "&custom_fields=&description=");
  g_autofree char *path = g_strconcat ("/v1/customers/", customer, NULL);
  g_autofree char *url = NULL;
  g_autofree char *page = NULL;

  g_assert_cmpstr (client_text (client, "collection_method"), ==, "charge_automatically");
  g_assert_cmpstr (client_text (client, "currency"), ==, "usd");
  g_free (add_item (client, id, "amount=500&currency=&description="));
  client_call (client, "DELETE", path, NULL);
  g_assert_cmpuint (act (client, id, "/finalize", ""), ==, 200);
  url = g_strdup (client_text (client, "hosted_invoice_url"));
  page = client_visit (client, url, "card=pm_card_visa");
  g_assert_nonnull (strstr (page, "no payment that could be made"));
  g_assert_cmpuint (act (client, id, "/pay", "payment_method=pm_card_visa"), ==, 400);
  g_assert_cmpuint (act (client, id, "/void", ""), ==, 200);
}

/* Beyond ten, the lines are read from their own list. */
static void
test_lines (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = make_customer (client);
  g_autofree char *id = make_draft (client, customer, "");
  g_autofree char *path = g_strdup_printf ("/v1/invoices/%s/lines?starting_after=", id);

  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *what = g_strdup_printf ("amount=%u&description=Item%%20%u", 100 * i, i);

      g_free (add_item (client, id, what));
    }

  client_look (client, "/v1/invoices/", id);
  g_assert_cmpint (client_int (client, "total"), ==, 7800);
  g_assert_true (client_true (client, "lines.has_more"));
  client_look (client, path, client_text (client, "lines.data.9.id"));
  g_assert_cmpstr (client_text (client, "data.0.description"), ==, "Item 11");
  g_assert_cmpstr (client_text (client, "data.1.description"), ==, "Item 12");
  g_assert_false (client_true (client, "has_more"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/invoices/life", test_life);
  g_test_add_func ("/sandbox/invoices/payments", test_payments);
  g_test_add_func ("/sandbox/invoices/elsewhere", test_elsewhere);
  g_test_add_func ("/sandbox/invoices/declines", test_declines);
  g_test_add_func ("/sandbox/invoices/ends", test_ends);
  g_test_add_func ("/sandbox/invoices/drafts", test_drafts);
  g_test_add_func ("/sandbox/invoices/pending", test_pending);
  g_test_add_func ("/sandbox/invoices/clock", test_clock);
  g_test_add_func ("/sandbox/invoices/refusals", test_refusals);
  g_test_add_func ("/sandbox/invoices/empty", test_empty);
  g_test_add_func ("/sandbox/invoices/lines", test_lines);
  return g_test_run ();
}

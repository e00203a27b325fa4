/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-sandbox-client.h"

#include <string.h>

#define INVALID "invalid_request_error"

/* Longer than a dispute takes to come in, and than a bank takes to decide. */
#define MOMENT 10

static guint
send_evidence (Client     *client,
               const char *dispute,
               const char *form)
{
  g_autofree char *path = g_strconcat ("/v1/disputes/", dispute, NULL);

  return client_call (client, "POST", path, form);
}

static guint
accept_it (Client     *client,
           const char *dispute)
{
  g_autofree char *path = g_strdup_printf ("/v1/disputes/%s/close", dispute);

  return client_call (client, "POST", path, "");
}

static guint
refund (Client     *client,
        const char *charge)
{
  g_autofree char *form = g_strconcat ("charge=", charge, NULL);

  return client_call (client, "POST", "/v1/refunds", form);
}

/* The newest dispute.  Returns: (transfer full): its id */
static char *
newest_dispute (Client *client)
{
  client_call (client, "GET", "/v1/disputes?limit=1", NULL);
  return g_strdup (client_text (client, "data.0.id"));
}

static char *
dispute_of (Client     *client,
            gint64      amount,
            const char *method)
{
  g_autofree char *intent = client_pay (client, amount, method, "");

  client_advance (client, MOMENT);
  return newest_dispute (client);
}

static void
expect_status (Client     *client,
               const char *dispute,
               const char *status)
{
  client_look (client, "/v1/disputes/", dispute);
  g_assert_cmpstr (client_text (client, "status"), ==, status);
}

/* The charge succeeds, and a moment later its money is gone, with a fee: the charge says so, the
   dispute can be found by it, and there is nothing left to refund. */
static void
test_chargeback (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *intent = client_pay (client, 10000, "pm_card_createDispute", "");
  g_autofree char *charge = g_strdup (client_text (client, "latest_charge"));
  g_autofree char *by_charge = g_strconcat ("/v1/disputes?charge=", charge, NULL);
  g_autofree char *by_intent =
    g_strconcat ("/v1/disputes?expand[]=data.charge&payment_intent=", intent, NULL);

  client_look (client, "/v1/charges/", charge);
  g_assert_false (client_true (client, "disputed"));
  client_call (client, "GET", by_charge, NULL);
  g_assert_null (client_at (client, "data.0"));

  client_advance (client, MOMENT);
  client_call (client, "GET", by_charge, NULL);
  g_assert_cmpstr (client_text (client, "data.0.status"), ==, "needs_response");
  g_assert_cmpstr (client_text (client, "data.0.reason"), ==, "fraudulent");
  g_assert_cmpint (client_int (client, "data.0.amount"), ==, 10000);
  g_assert_cmpstr (client_text (client, "data.0.payment_method_details.card.case_type"), ==,
                   "chargeback");
  g_assert_cmpint (client_int (client, "data.0.balance_transactions.0.amount"), ==, -10000);
  g_assert_cmpint (client_int (client, "data.0.balance_transactions.0.fee"), ==, 1500);
  g_assert_cmpstr (client_text (client, "data.0.balance_transactions.0.type"), ==, "adjustment");
  g_assert_cmpstr (client_text (client, "data.0.balance_transactions.0.reporting_category"), ==,
                   "dispute");
  client_call (client, "GET", by_intent, NULL);
  g_assert_true (client_true (client, "data.0.charge.disputed"));
  client_expect_events (client, "payment_intent.succeeded charge.dispute.created "
                                "charge.dispute.funds_withdrawn");
  client_expect_balance (client, -11500, 9680);

  refund (client, charge);
  client_expect_error (client, 400, INVALID, "charge_disputed", NULL);
}

/* Evidence that wins brings the money back, though not the fee, and the charge can be refunded. */
static void
test_won (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = dispute_of (client, 10000, "pm_card_createDisputeProductNotReceived");
  g_autofree char *charge = g_strdup (client_text (client, "data.0.charge"));

  g_assert_cmpstr (client_text (client, "data.0.reason"), ==, "product_not_received");
  send_evidence (client, id, "evidence[uncategorized_text]=winning_evidence");
  g_assert_cmpstr (client_text (client, "status"), ==, "under_review");
  g_assert_cmpint (client_int (client, "evidence_details.submission_count"), ==, 1);
  client_expect_events (client, "charge.dispute.funds_withdrawn charge.dispute.updated");

  client_advance (client, MOMENT);
  expect_status (client, id, "won");
  g_assert_cmpstr (client_text (client, "balance_transactions.1.reporting_category"), ==,
                   "dispute_reversal");
  g_assert_true (client_true (client, "is_charge_refundable"));
  client_expect_events (client, "charge.dispute.closed charge.dispute.funds_reinstated");
  client_expect_balance (client, -1500, 9680);
  g_assert_cmpuint (refund (client, charge), ==, 200);
}

/* Evidence that loses, no evidence in time, and giving in end alike: the money stays gone. */
static void
test_lost (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *first = dispute_of (client, 1000, "pm_card_createDispute");
  g_autofree char *second = dispute_of (client, 1000, "pm_card_createDispute");
  g_autofree char *third = dispute_of (client, 1000, "pm_card_createDispute");
  g_autofree char *fourth = dispute_of (client, 1000, "pm_card_createDispute");

  send_evidence (client, first, "evidence[uncategorized_text]=losing_evidence");
  g_assert_cmpuint (accept_it (client, second), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "lost");
  client_expect_events (client, "charge.dispute.updated charge.dispute.closed");
  g_assert_cmpuint (accept_it (client, second), ==, 400);
  send_evidence (client, fourth, "evidence[uncategorized_text]=something else");

  client_advance (client, MOMENT);
  expect_status (client, first, "lost");
  expect_status (client, third, "needs_response");
  client_advance (client, 12 * 86400);
  expect_status (client, third, "lost");
  g_assert_true (client_true (client, "evidence_details.past_due"));
  expect_status (client, fourth, "under_review");
}

/* Evidence is gathered without being sent as long as the client says so; it is sent once. */
static void
test_staging (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = dispute_of (client, 1000, "pm_card_createDispute");

  send_evidence (client, id, "submit=true");
  client_expect_error (client, 400, INVALID, NULL, "evidence");
  send_evidence (client, id, "evidence[customer_name]=Ann&submit=false&metadata[a]=b");
  g_assert_cmpstr (client_text (client, "status"), ==, "needs_response");
  g_assert_cmpstr (client_text (client, "metadata.a"), ==, "b");
  g_assert_true (client_true (client, "evidence_details.has_evidence"));
  g_assert_cmpint (client_int (client, "evidence_details.submission_count"), ==, 0);
  send_evidence (client, id, "evidence[customer_name]=&submit=false");
  g_assert_false (client_true (client, "evidence_details.has_evidence"));
  send_evidence (client, id, "evidence[service_date]=2026-01-02&submit=false");
  send_evidence (client, id, "metadata[a]=c");
  g_assert_cmpstr (client_text (client, "status"), ==, "needs_response");

  send_evidence (client, id, "submit=true");
  g_assert_cmpstr (client_text (client, "status"), ==, "under_review");
  g_assert_cmpstr (client_text (client, "evidence.service_date"), ==, "2026-01-02");
  g_assert_cmpstr (client_text (client, "evidence_details.submission_method"), ==, "manual");
  send_evidence (client, id, "evidence[customer_name]=Ann");
  client_expect_error (client, 400, INVALID, NULL, NULL);
  g_assert_cmpuint (send_evidence (client, id, "metadata[a]=d"), ==, 200);
}

/* Names that are not evidence, texts that are too long, files that are not there are refused. */
static void
test_wrong_evidence (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = dispute_of (client, 1000, "pm_card_createDispute");
  g_autofree char *text = g_strnfill (20001, 'x');
  g_autofree char *form = g_strconcat ("evidence[customer_name]=", text, NULL);

  send_evidence (client, id, "evidence[mood]=good");
  client_expect_error (client, 400, INVALID, "parameter_unknown", "evidence[mood]");
  send_evidence (client, id, form);
  client_expect_error (client, 400, INVALID, "parameter_invalid_string_length",
                       "evidence[customer_name]");
  send_evidence (client, id, "evidence[receipt]=file_nothing");
  client_expect_error (client, 400, INVALID, "resource_missing", "evidence[receipt]");
  expect_status (client, id, "needs_response");
  g_assert_false (client_true (client, "evidence_details.has_evidence"));
}

/* A question moves no money, and can be met with a refund; or it becomes a dispute, which can be
   answered anew. */
static void
test_inquiry (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *first = dispute_of (client, 1000, "pm_card_createDisputeInquiry");
  g_autofree char *charge = g_strdup (client_text (client, "data.0.charge"));
  g_autofree char *second = NULL;

  g_assert_cmpstr (client_text (client, "data.0.status"), ==, "warning_needs_response");
  g_assert_null (client_at (client, "data.0.balance_transactions.0"));
  g_assert_true (client_true (client, "data.0.is_charge_refundable"));
  client_expect_events (client, "payment_intent.succeeded charge.dispute.created");
  client_expect_balance (client, 0, 941);
  g_assert_cmpuint (refund (client, charge), ==, 200);
  expect_status (client, first, "warning_closed");

  second = dispute_of (client, 1000, "pm_card_createDisputeInquiry");
  send_evidence (client, second, "evidence[uncategorized_text]=escalate_inquiry_evidence");
  g_assert_cmpstr (client_text (client, "status"), ==, "warning_under_review");
  client_advance (client, MOMENT);
  expect_status (client, second, "needs_response");
  g_assert_cmpint (client_int (client, "balance_transactions.0.net"), ==, -2500);
  client_expect_events (client, "charge.dispute.updated charge.dispute.funds_withdrawn");
  send_evidence (client, second, "evidence[uncategorized_text]=winning_evidence");
  client_advance (client, MOMENT);
  expect_status (client, second, "won");
}

/* Two disputes of one charge take no more than it was. */
static void
test_several (void)
{
  g_autoptr (Client) client = client_new (0);

  g_free (client_pay (client, 1001, "pm_card_createMultipleDisputes", ""));
  client_advance (client, MOMENT);
  client_call (client, "GET", "/v1/disputes", NULL);
  g_assert_cmpint (client_int (client, "data.0.amount"), ==, 501);
  g_assert_cmpint (client_int (client, "data.1.amount"), ==, 500);
  g_assert_null (client_at (client, "data.2"));
}

/* What is captured later is disputed later; what was refunded before is not. */
static void
test_timing (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *held =
    client_pay (client, 1000, "pm_card_createDispute", "&capture_method=manual");
  g_autofree char *capture = g_strdup_printf ("/v1/payment_intents/%s/capture", held);
  g_autofree char *back = NULL;
  g_autofree char *charge = NULL;

  client_advance (client, MOMENT);
  client_call (client, "GET", "/v1/disputes", NULL);
  g_assert_null (client_at (client, "data.0"));
  client_call (client, "POST", capture, "");
  client_advance (client, MOMENT);
  client_call (client, "GET", "/v1/disputes", NULL);
  g_assert_cmpstr (client_text (client, "data.0.payment_intent"), ==, held);

  back = client_pay (client, 1000, "pm_card_createDispute", "");
  charge = g_strdup (client_text (client, "latest_charge"));
  g_assert_cmpuint (refund (client, charge), ==, 200);
  client_advance (client, MOMENT);
  client_call (client, "GET", "/v1/disputes", NULL);
  g_assert_null (client_at (client, "data.1"));
}

/* A warning can be acted upon until the money was given back. */
static void
test_warning (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *intent = client_pay (client, 1000, "pm_card_createIssuerFraudRecord", "");
  g_autofree char *charge = g_strdup (client_text (client, "latest_charge"));
  g_autofree char *id = NULL;

  client_advance (client, MOMENT);
  client_expect_events (client, "payment_intent.succeeded radar.early_fraud_warning.created");
  client_call (client, "GET", "/v1/radar/early_fraud_warnings", NULL);
  id = g_strdup (client_text (client, "data.0.id"));
  g_assert_cmpstr (client_text (client, "data.0.charge"), ==, charge);
  g_assert_cmpstr (client_text (client, "data.0.payment_intent"), ==, intent);
  g_assert_true (client_true (client, "data.0.actionable"));

  g_assert_cmpuint (refund (client, charge), ==, 200);
  client_look (client, "/v1/radar/early_fraud_warnings/", id);
  g_assert_false (client_true (client, "actionable"));
  client_expect_events (client, "charge.refunded radar.early_fraud_warning.updated");
}

/* Any charge can be disputed by hand, in part too. */
static void
test_by_hand (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *intent = client_pay (client, 1000, "pm_card_visa", "");
  g_autofree char *path =
    g_strdup_printf ("/sandbox/charges/%s/dispute", client_text (client, "latest_charge"));

  client_call (client, "POST", path, "amount=1001");
  client_expect_error (client, 400, INVALID, NULL, "amount");
  client_call (client, "POST", path, "amount=400&reason=duplicate");
  g_assert_cmpstr (client_text (client, "status"), ==, "needs_response");
  g_assert_cmpstr (client_text (client, "reason"), ==, "duplicate");
  client_expect_balance (client, -1900, 941);
}

/* Returns: (transfer full) (nullable): the id of the file that was made */
static char *
upload (Client     *client,
        const char *purpose,
        const char *name,
        const char *data,
        gsize       size)
{
  g_autoptr (SoupMultipart) parts = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autofree char *url = g_strconcat (client->url, "/v1/files", NULL);

  soup_multipart_append_form_string (parts, "purpose", purpose);
  soup_multipart_append_form_file (parts, "file", name, "application/octet-stream", file);
  message = soup_message_new_from_multipart (url, parts);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               "Bearer sk_test_abc");
  client_send (client, message);
  return g_strdup (client_text (client, "id"));
}

/* A file keeps every byte, and can be evidence; what is no document cannot. */
static void
test_files (void)
{
  static const char pdf[] = "%PDF-1.4\n\0\xff\r\n--end";
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = upload (client, "dispute_evidence", "note.pdf", pdf, sizeof pdf);
  g_autofree char *contents = g_strdup_printf ("/v1/files/%s/contents", id);
  g_autoptr (SoupMessage) message = client_message (client, "GET", contents, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *dispute = NULL;
  g_autofree char *form =
    g_strconcat ("expand[]=evidence.receipt&evidence[receipt]=", id, NULL);

  g_assert_cmpstr (client_text (client, "filename"), ==, "note.pdf");
  g_assert_cmpstr (client_text (client, "type"), ==, "pdf");
  g_assert_cmpint (client_int (client, "size"), ==, sizeof pdf);
  client_expect_events (client, "file.created");
  client_call (client, "GET", "/v1/files?purpose=dispute_evidence", NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, id);
  g_assert_null (client_at (client, "data.0._content"));

  bytes = client_fetch (client, message);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), pdf, sizeof pdf);
  g_assert_cmpstr (soup_message_headers_get_content_type (
                     soup_message_get_response_headers (message), NULL),
                   ==, "application/pdf");

  dispute = dispute_of (client, 1000, "pm_card_createDispute");
  send_evidence (client, dispute, form);
  g_assert_cmpstr (client_text (client, "evidence.receipt.id"), ==, id);
  g_assert_cmpstr (client_text (client, "status"), ==, "under_review");
}

static void
test_wrong_files (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *logo = upload (client, "business_logo", "a.png", "\x89PNG", 4);
  g_autofree char *form = g_strconcat ("evidence[receipt]=", logo, NULL);
  g_autofree char *dispute = NULL;

  g_assert_null (upload (client, "dispute_evidence", "a.pdf", "no PDF", 6));
  client_expect_error (client, 400, INVALID, NULL, "file");
  g_assert_null (upload (client, "fun", "a.png", "\x89PNG", 4));
  client_expect_error (client, 400, INVALID, NULL, "purpose");
  client_call (client, "POST", "/v1/files", "purpose=dispute_evidence&file=a");
  client_expect_error (client, 400, INVALID, NULL, "file");

  dispute = dispute_of (client, 1000, "pm_card_createDispute");
  send_evidence (client, dispute, form);
  client_expect_error (client, 400, INVALID, NULL, "evidence[receipt]");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/disputes/chargeback", test_chargeback);
  g_test_add_func ("/sandbox/disputes/won", test_won);
  g_test_add_func ("/sandbox/disputes/lost", test_lost);
  g_test_add_func ("/sandbox/disputes/staging", test_staging);
  g_test_add_func ("/sandbox/disputes/wrong-evidence", test_wrong_evidence);
  g_test_add_func ("/sandbox/disputes/inquiry", test_inquiry);
  g_test_add_func ("/sandbox/disputes/several", test_several);
  g_test_add_func ("/sandbox/disputes/timing", test_timing);
  g_test_add_func ("/sandbox/disputes/warning", test_warning);
  g_test_add_func ("/sandbox/disputes/by-hand", test_by_hand);
  g_test_add_func ("/sandbox/disputes/files", test_files);
  g_test_add_func ("/sandbox/disputes/files/wrong", test_wrong_files);
  return g_test_run ();
}

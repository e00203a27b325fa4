/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-refusal"

#include "config.h"

#include "billing-stripe-error.h"
#include "billing-stripe-key.h"
#include "billing-stripe-refusal.h"
#include "billing-stripe-request.h"

#include <stdio.h>
#include <string.h>

static GError *
refuse (guint       status,
        const char *body,
        const char *limited_reason)
{
  g_autoptr (BillingStripeAnswer) answer = g_new0 (BillingStripeAnswer, 1);

  answer->status = status;
  answer->body = g_bytes_new (body, strlen (body));
  answer->request_id = g_strdup ("req_1");
  answer->limited_reason = g_strdup (limited_reason);
  return billing_stripe_refusal_to_error (answer);
}

#define ERROR(members) "{\"error\":{" members "}}"

/* Every status and type of Stripe's becomes one of our codes, and the ones nobody knows yet become one too. */
static void
test_codes (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *limited_reason;
    BillingStripeError code;
  } cases[] = {
    { 400, ERROR ("\"type\":\"invalid_request_error\""), NULL, BILLING_STRIPE_ERROR_INVALID },
    { 400, ERROR ("\"type\":\"a_type_of_tomorrow\""), NULL, BILLING_STRIPE_ERROR_INVALID },
    { 400, ERROR ("\"type\":7"), NULL, BILLING_STRIPE_ERROR_INVALID },
    { 400, ERROR ("\"type\":\"idempotency_error\""), NULL, BILLING_STRIPE_ERROR_IDEMPOTENCY_MISMATCH },
    { 404, ERROR ("\"type\":\"idempotency_error\""), NULL, BILLING_STRIPE_ERROR_IDEMPOTENCY_MISMATCH },
    { 400, ERROR ("\"code\":\"rate_limit\""), NULL, BILLING_STRIPE_ERROR_RATE_LIMITED },
    { 400, ERROR ("\"code\":\"resource_missing\""), NULL, BILLING_STRIPE_ERROR_NOT_FOUND },
    { 404, ERROR ("\"code\":\"resource_missing\""), NULL, BILLING_STRIPE_ERROR_NOT_FOUND },
    { 401, ERROR ("\"type\":\"invalid_request_error\""), NULL, BILLING_STRIPE_ERROR_AUTHENTICATION },
    { 402, ERROR ("\"type\":\"card_error\""), NULL, BILLING_STRIPE_ERROR_DECLINED },
    { 403, ERROR ("\"type\":\"invalid_request_error\""), NULL, BILLING_STRIPE_ERROR_PERMISSION },
    { 409, ERROR ("\"code\":\"idempotency_key_in_use\""), NULL, BILLING_STRIPE_ERROR_CONFLICT },
    { 424, ERROR ("\"type\":\"api_error\""), NULL, BILLING_STRIPE_ERROR_API },
    { 418, ERROR ("\"type\":\"api_error\""), NULL, BILLING_STRIPE_ERROR_API },
    { 429, ERROR ("\"type\":\"rate_limit_error\""), "global-rate", BILLING_STRIPE_ERROR_RATE_LIMITED },
    { 429, ERROR ("\"code\":\"lock_timeout\""), NULL, BILLING_STRIPE_ERROR_CONFLICT },
    { 429, ERROR ("\"code\":\"lock_timeout\""), "resource-specific", BILLING_STRIPE_ERROR_RATE_LIMITED },
    { 429, "too many", NULL, BILLING_STRIPE_ERROR_RATE_LIMITED },
    { 500, ERROR ("\"type\":\"api_error\""), NULL, BILLING_STRIPE_ERROR_API },
    { 502, "<html>bad gateway</html>", NULL, BILLING_STRIPE_ERROR_API },
    { 503, "", NULL, BILLING_STRIPE_ERROR_API },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = refuse (cases[i].status, cases[i].body, cases[i].limited_reason);

      g_assert_error (error, BILLING_STRIPE_ERROR, (int) cases[i].code);
      g_assert_cmpint (error->message[0], !=, '\0');
      g_assert_cmpuint (billing_stripe_error_get_detail (error)->status, ==, cases[i].status);
    }
}

/* A refusal without Stripe's words is not taken for Stripe's: a proxy's 401 must not condemn the key. */
static void
test_not_stripes (void)
{
  static const guint statuses[] = { 301, 302, 400, 401, 402, 403, 404, 407, 409 };
  static const char *const bodies[] = { "", "<html>", "{}", "{\"error\":\"denied\"}", "[1]", "{\"error\":{" };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    for (guint k = 0; k < G_N_ELEMENTS (bodies); k++)
      {
        g_autoptr (GError) error = refuse (statuses[i], bodies[k], NULL);

        g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);
      }
}

/* All that Stripe says of an error is kept, also by the copies of it; a declined card's sentence is Stripe's own. */
static void
test_detail (void)
{
  g_autoptr (GError) error =
    refuse (402, ERROR ("\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"insufficient_funds\","
                        "\"param\":\"exp_month\",\"message\":\"Your card has insufficient funds.\""), NULL);
  g_autoptr (GError) copy = g_error_copy (error);
  const BillingStripeDetail *detail;

  g_clear_error (&error);
  detail = billing_stripe_error_get_detail (copy);
  g_assert_cmpstr (copy->message, ==, "Your card has insufficient funds.");
  g_assert_cmpstr (detail->type, ==, "card_error");
  g_assert_cmpstr (detail->code, ==, "card_declined");
  g_assert_cmpstr (detail->decline_code, ==, "insufficient_funds");
  g_assert_cmpstr (detail->param, ==, "exp_month");
  g_assert_cmpstr (detail->request_id, ==, "req_1");
  g_assert_false (detail->is_replayed);
}

/* What a restricted key lacks is named, so that it can be granted. */
static void
test_permission (void)
{
  g_autoptr (GError) error =
    refuse (403, ERROR ("\"message\":\"The provided key 'rk_test_abc123' does not have the required permissions for "
                        "this endpoint. Having the 'rak_charge_read' permission would allow it.\""), NULL);
  g_autoptr (GError) unnamed = refuse (403, ERROR ("\"message\":\"This account cannot do that.\""), NULL);

  g_assert_cmpstr (billing_stripe_error_get_detail (error)->permission, ==, "rak_charge_read");
  g_assert_nonnull (strstr (error->message, "rak_charge_read"));
  g_assert_nonnull (strstr (unnamed->message, "This account cannot do that."));
}

/* What there is not is named in Stripe's words, where there are any. */
static void
test_not_found (void)
{
  g_autoptr (GError) error = refuse (404, ERROR ("\"message\":\"No such charge: 'ch_1'\""), NULL);
  g_autoptr (GError) unnamed = refuse (404, ERROR ("\"code\":\"resource_missing\""), NULL);

  g_assert_nonnull (strstr (error->message, "No such charge: 'ch_1'"));
  g_assert_null (strstr (unnamed->message, "says"));
}

/* No key gets into a sentence, a detail or a log, even where the answer quotes it whole; a log quotes no words. */
static void
test_no_secrets (void)
{
  g_autoptr (GError) error =
    refuse (400, ERROR ("\"code\":\"parameter_invalid\",\"message\":\"No such key: sk_live_51Secret for Jane Mejia "
                        "<jane@example.com>\""), NULL);
  g_autofree char *line = billing_stripe_error_to_log (error);

  g_assert_null (strstr (error->message, "51Secret"));
  g_assert_null (strstr (billing_stripe_error_get_detail (error)->message, "51Secret"));
  g_assert_cmpstr (line, ==, "BillingStripeError 8: status 400, parameter_invalid, req_1");
}

/* An expired key and a wrong one are told apart: what to do about them differs. */
static void
test_key_expired (void)
{
  g_autoptr (GError) expired = refuse (401, ERROR ("\"code\":\"api_key_expired\""), NULL);
  g_autoptr (GError) wrong = refuse (401, ERROR ("\"message\":\"Invalid API Key provided: sk_test_***1234\""), NULL);

  g_assert_nonnull (strstr (expired->message, "expired"));
  g_assert_nonnull (strstr (wrong->message, "revoked"));
}

/* Errors of other domains, and ours without an answer, have no detail and still a line for the log. */
static void
test_no_detail (void)
{
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "x");
  g_autoptr (GError) offline = g_error_new_literal (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE, "x");
  g_autofree char *line = billing_stripe_error_to_log (offline);

  g_assert_null (billing_stripe_error_get_detail (NULL));
  g_assert_null (billing_stripe_error_get_detail (other));
  g_assert_null (billing_stripe_error_get_detail (offline));
  g_assert_cmpstr (line, ==, "BillingStripeError 2");
}

/* Secret and restricted keys of both modes are taken, and known for what they are. */
static void
test_good_keys (void)
{
  static const struct
  {
    const char *text;
    gboolean is_live;
    gboolean is_restricted;
  } cases[] = {
    { "sk_test_1", FALSE, FALSE }, { "sk_live_1", TRUE, FALSE },
    { "rk_test_1", FALSE, TRUE },  { "rk_live_1", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BillingStripeKey) key = billing_stripe_key_new (cases[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (billing_stripe_key_peek (key), ==, cases[i].text);
      g_assert_cmpint (billing_stripe_key_is_live (key), ==, cases[i].is_live);
      g_assert_cmpint (billing_stripe_key_is_restricted (key), ==, cases[i].is_restricted);
    }
}

/* Whether the kernel keeps the memory at @address out of core dumps, by the flags of its mapping. */
static gboolean
is_kept_from_dumps (const void *address)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean is_inside = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guintptr start, end;

      if (sscanf (lines[i], "%" G_GINTPTR_MODIFIER "x-%" G_GINTPTR_MODIFIER "x ", &start, &end) == 2)
        is_inside = (guintptr) address >= start && (guintptr) address < end;
      else if (is_inside && g_str_has_prefix (lines[i], "VmFlags:"))
        return strstr (lines[i], " dd") != NULL;
    }
  return FALSE;
}

/* The key's memory is not in a core dump; other memory is, so that the test can tell. */
static void
test_key_memory (void)
{
  g_autoptr (BillingStripeKey) key = billing_stripe_key_new ("sk_test_1", NULL);

  g_assert_true (is_kept_from_dumps (billing_stripe_key_peek (key)));
  g_assert_false (is_kept_from_dumps (&key));
}

/* Every other text gets a sentence that says which key is wanted and repeats nothing; none can end a header. */
static void
test_bad_keys (void)
{
  g_autofree char *long_key = g_strdup_printf ("sk_test_%0300d", 1);
  const struct
  {
    const char *text;
    const char *sentence;
  } cases[] = {
    { "pk_live_abcdef", "publishable" },     { "whsec_abcdef", "webhook" },   { "", "begin with" },
    { "sk_abcdef", "begin with" },           { "sk_live_", "begin with" },    { "hunter2", "begin with" },
    { "sk_live_abc def", "space" },          { "sk_live_abcdef\n", "space" }, { " sk_live_abcdef", "space" },
    { "sk_live_a\r\nX-Evil: abcdef", "space" }, { "sk_live_é", "space" },     { long_key, "too long" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BillingStripeKey) key = billing_stripe_key_new (cases[i].text, &error);

      g_assert_null (key);
      g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY);
      g_assert_nonnull (strstr (error->message, cases[i].sentence));
      g_assert_null (strstr (error->message, "abcdef"));
    }
}

/* An id can hold anything and stays one piece of the path; no path leads out of the API or to nothing. */
static void
test_paths (void)
{
  static const char *const bad[] = {
    "", "/v1/", "/v2/charges", "v1/charges", "/v1//charges", "/v1/charges/", "/v1/charges/..", "/v1/./charges",
    "/v1/charges/%2e%2E", "/v1/charges?limit=1", "/v1/charges#x", "/v1/a b", "/v1/charges\n", "/v1/a%2Fb", "/v1/%zz",
    "https://evil.example/v1/charges", "//evil.example/v1/charges",
  };
  g_autofree char *good = billing_stripe_path_new ("charges", "ch_1", "refunds", NULL);
  g_autofree char *encoded = billing_stripe_path_new ("coupons", "50% off?", NULL);
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_get (encoded, NULL, NULL);

  g_assert_cmpstr (good, ==, "/v1/charges/ch_1/refunds");
  g_assert_cmpstr (billing_stripe_request_get_path (request), ==, "/v1/coupons/50%25%20off%3F");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (billing_stripe_request_new_get (bad[i], NULL, &error));
      g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID);
    }
}

/* All ids of an operation are one endpoint, each operation is its own, and none of them names an object. */
static void
test_endpoints (void)
{
  static const char *const cases[][2] = {
    { "/v1/charges", "GET /v1/charges" },
    { "/v1/charges/ch_3Abc", "GET /v1/charges/{id}" },
    { "/v1/charges/ch_3Abc/refunds", "GET /v1/charges/{id}/refunds" },
    { "/v1/checkout/sessions/cs_test_a1/expire", "GET /v1/checkout/sessions/{id}/expire" },
    { "/v1/payment_intents/search", "GET /v1/payment_intents/search" },
    { "/v1/balance_transactions/txn_1", "GET /v1/balance_transactions/{id}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_get (cases[i][0], NULL, NULL);

      g_assert_cmpstr (billing_stripe_request_get_endpoint (request), ==, cases[i][1]);
    }
}

/* A POST without a key that can be sent is not made at all. */
static void
test_idempotency_keys (void)
{
  g_autofree char *longest = g_strnfill (255, 'k'), *too_long = g_strnfill (256, 'k');
  const char *const bad[] = { "", too_long, "a b", "a\nb", "é" };
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_post ("/v1/refunds", body, longest, NULL);

  g_assert_nonnull (request);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (billing_stripe_request_new_post ("/v1/refunds", body, bad[i], &error));
      g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stripe/refusal/codes", test_codes);
  g_test_add_func ("/stripe/refusal/not-stripes", test_not_stripes);
  g_test_add_func ("/stripe/refusal/detail", test_detail);
  g_test_add_func ("/stripe/refusal/permission", test_permission);
  g_test_add_func ("/stripe/refusal/not-found", test_not_found);
  g_test_add_func ("/stripe/refusal/no-secrets", test_no_secrets);
  g_test_add_func ("/stripe/refusal/key-expired", test_key_expired);
  g_test_add_func ("/stripe/refusal/no-detail", test_no_detail);
  g_test_add_func ("/stripe/key/good", test_good_keys);
  g_test_add_func ("/stripe/key/memory", test_key_memory);
  g_test_add_func ("/stripe/key/bad", test_bad_keys);
  g_test_add_func ("/stripe/request/paths", test_paths);
  g_test_add_func ("/stripe/request/endpoints", test_endpoints);
  g_test_add_func ("/stripe/request/idempotency-keys", test_idempotency_keys);
  return g_test_run ();
}

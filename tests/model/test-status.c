/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-enums.h"
#include "billing-status.h"
#include "billing-verb.h"

/* The status rule and what people may do from each status, against tables written by hand from the design. */

/* Each line of the rule wins over all that stand below it. */
static void
test_rule (void)
{
  static const struct {
    BillingStatusFacts facts;
    BillingStatus status;
  } cases[] = {
    { { 0, }, BILLING_STATUS_DRAFT },
    { { .submitted = TRUE }, BILLING_STATUS_PENDING },
    { { .submitted = TRUE, .failed = TRUE }, BILLING_STATUS_FAILED },
    { { .submitted = TRUE, .attempt = BILLING_ATTEMPT_STATE_FAILED }, BILLING_STATUS_FAILED },
    { { .submitted = TRUE, .attempt = BILLING_ATTEMPT_STATE_EXPIRED }, BILLING_STATUS_FAILED },
    { { .submitted = TRUE, .attempt = BILLING_ATTEMPT_STATE_RELEASED }, BILLING_STATUS_PENDING },
    { { .submitted = TRUE, .failed = TRUE, .cancelled = TRUE }, BILLING_STATUS_CANCELLED },
    { { .submitted = TRUE, .cancelled = TRUE, .voided = TRUE }, BILLING_STATUS_VOIDED },
    { { .submitted = TRUE, .voided = TRUE, .attempt = BILLING_ATTEMPT_STATE_AUTHORISED },
      BILLING_STATUS_PROCESSING },
    { { .submitted = TRUE, .cancelled = TRUE, .attempt = BILLING_ATTEMPT_STATE_IN_FLIGHT },
      BILLING_STATUS_PROCESSING },
    { { .submitted = TRUE, .attempt = BILLING_ATTEMPT_STATE_IN_FLIGHT, .collected = 100 }, BILLING_STATUS_PAID },
    { { .submitted = TRUE, .cancelled = TRUE, .collected = 100 }, BILLING_STATUS_PAID },
    { { .submitted = TRUE, .collected = 100, .refunded = 1 }, BILLING_STATUS_PARTIALLY_REFUNDED },
    { { .submitted = TRUE, .collected = 100, .refunded = 100 }, BILLING_STATUS_REFUNDED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (billing_status_derive (&cases[i].facts), ==, cases[i].status);
}

/* What people may do from each status is the design's table, whole: what it does not name is refused. */
static void
test_legal (void)
{
  static const struct {
    BillingStatus status;
    const char *verbs;
  } table[] = {
    { BILLING_STATUS_DRAFT, "edit submit cancel collect" },
    { BILLING_STATUS_PENDING, "edit collect fail cancel write-off" },
    { BILLING_STATUS_PROCESSING, "" },
    { BILLING_STATUS_FAILED, "edit submit collect cancel write-off" },
    { BILLING_STATUS_PAID, "refund reverse" },
    { BILLING_STATUS_PARTIALLY_REFUNDED, "refund reverse" },
    { BILLING_STATUS_CANCELLED, "" },
    { BILLING_STATUS_VOIDED, "" },
    { BILLING_STATUS_REFUNDED, "" },
  };
  static const char * const verbs[] = {
    "edit", "submit", "fail", "cancel", "write-off", "collect", "reverse", "refund",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) legal = g_strsplit (table[i].verbs, " ", -1);

      for (guint j = 0; j < G_N_ELEMENTS (verbs); j++)
        {
          g_autofree char *nick = g_strconcat ("payment-", verbs[j], NULL);
          int verb;

          g_assert_true (billing_enum_from_nick (BILLING_TYPE_VERB, nick, &verb));
          g_assert_cmpint (billing_verb_is_legal (verb, table[i].status), ==,
                           g_strv_contains ((const char * const *) legal, verbs[j]));
        }
    }
}

/* A refusal names the verb, everybody who may, and the role of who asked. */
static void
test_refusal (void)
{
  g_autofree char *refusal = billing_verb_refusal (BILLING_VERB_PAYMENT_REFUND, BILLING_ROLE_FRONT_DESK);

  g_assert_cmpstr (refusal, ==,
                   "“Refund” is for: Biller, Manager, Administrator. Your role is Front desk; nothing was changed.");
}

/* Every tender but none has an account of its own, and only what patients owe counts as owed. */
static void
test_accounts (void)
{
  guint seen = 0;

  for (int tender = BILLING_TENDER_STRIPE; tender <= BILLING_TENDER_CREDIT; tender++)
    seen |= 1u << billing_tender_get_account (tender);
  g_assert_cmpuint (g_bit_storage (seen), >, 0);
  g_assert_cmpint (__builtin_popcount (seen), ==, BILLING_TENDER_CREDIT);

  for (int status = BILLING_STATUS_DRAFT; status <= BILLING_STATUS_VOIDED; status++)
    g_assert_cmpint (billing_status_is_owed (status), ==,
                     status == BILLING_STATUS_PENDING || status == BILLING_STATUS_PROCESSING ||
                     status == BILLING_STATUS_FAILED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/status/rule", test_rule);
  g_test_add_func ("/status/legal", test_legal);
  g_test_add_func ("/status/refusal", test_refusal);
  g_test_add_func ("/status/accounts", test_accounts);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-dispute-reason"

#include "config.h"

#include "billing-dispute-reason.h"

#include <string.h>

/* Stripe's words in July 2026 (stripe-facts 2.7). */
static const char reason_words[] =
  "bank_cannot_process check_returned credit_not_processed customer_initiated debit_not_authorized duplicate fraudulent general "
  "incorrect_account_details insufficient_funds noncompliant product_not_received product_unacceptable subscription_canceled "
  "unrecognized";
static const char status_words[] =
  "warning_needs_response warning_under_review warning_closed needs_response under_review appeal_needs_response "
  "appeal_under_review won lost prevented";
static const char text_words[] =
  "access_activity_log billing_address cancellation_policy_disclosure cancellation_rebuttal customer_email_address customer_name "
  "customer_purchase_ip duplicate_charge_explanation duplicate_charge_id product_description refund_policy_disclosure "
  "refund_refusal_explanation service_date shipping_address shipping_carrier shipping_date shipping_tracking_number "
  "uncategorized_text";
static const char file_words[] =
  "cancellation_policy customer_communication customer_signature duplicate_charge_documentation receipt refund_policy "
  "service_documentation shipping_documentation uncategorized_file";

/* Each of Stripe's evidence fields is there, once, as a text or a file, and says what it is. */
static void
test_fields (void)
{
  g_auto (GStrv) texts = g_strsplit (text_words, " ", -1);
  g_auto (GStrv) files = g_strsplit (file_words, " ", -1);

  g_assert_cmpuint (g_strv_length (texts) + g_strv_length (files), ==, BILLING_N_EVIDENCE_FIELDS);
  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      const BillingEvidenceField *field = billing_evidence_field_nth (i);

      g_assert_true (billing_evidence_field_find (field->name) == field);
      g_assert_true (g_strv_contains ((const char * const *) (field->is_file ? files : texts), field->name));
      g_assert_cmpstr (billing_evidence_field_get_label (field), !=, "");
      g_assert_cmpstr (billing_evidence_field_get_hint (field), !=, "");
    }
  g_assert_null (billing_evidence_field_nth (BILLING_N_EVIDENCE_FIELDS));
  g_assert_null (billing_evidence_field_find ("favourite_colour"));
  g_assert_null (billing_evidence_field_find (NULL));
}

/* Each of Stripe's reasons says what is claimed and what helps, and names fields that there are, each once. */
static void
test_reasons (void)
{
  g_auto (GStrv) words = g_strsplit (reason_words, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const BillingDisputeReason *reason = billing_dispute_reason_find (words[i]);

      g_assert_cmpstr (reason->reason, ==, words[i]);
      g_assert_cmpstr (billing_dispute_reason_get_label (words[i]), !=, words[i]);
      g_assert_true (g_str_has_suffix (billing_dispute_reason_get_claim (reason), "."));
      g_assert_true (g_str_has_suffix (billing_dispute_reason_get_advice (reason), "."));
      for (guint j = 0; reason->fields[j] != NULL; j++)
        {
          g_assert_nonnull (billing_evidence_field_find (reason->fields[j]));
          for (guint k = 0; k < j; k++)
            g_assert_cmpstr (reason->fields[k], !=, reason->fields[j]);
        }
      g_assert_true (billing_dispute_reason_wants (reason, "customer_name"));
      g_assert_true (billing_dispute_reason_wants (reason, "uncategorized_text"));
    }
  g_assert_null (billing_dispute_reason_nth (g_strv_length (words)));
  g_assert_true (billing_dispute_reason_wants (billing_dispute_reason_find ("duplicate"), "duplicate_charge_id"));
  g_assert_false (billing_dispute_reason_wants (billing_dispute_reason_find ("fraudulent"), "duplicate_charge_id"));
}

/* A reason of tomorrow is shown as Stripe calls it, and gets what holds for every dispute. */
static void
test_unknown_reason (void)
{
  g_assert_cmpstr (billing_dispute_reason_find ("moon_phase")->reason, ==, "general");
  g_assert_cmpstr (billing_dispute_reason_get_label ("moon_phase"), ==, "moon_phase");
  g_assert_cmpstr (billing_dispute_reason_find (NULL)->reason, ==, "general");
  g_assert_cmpstr (billing_dispute_reason_get_label (NULL), ==, "General");
}

/* Networks' codes are of their network; what is not known is not guessed. */
static void
test_networks (void)
{
  g_assert_cmpstr (billing_dispute_network_describe ("visa", "10.4"), ==, "Fraud without the card present");
  g_assert_cmpstr (billing_dispute_network_describe ("visa", "13.1"), ==, "Goods or services not received");
  g_assert_nonnull (billing_dispute_network_describe ("mastercard", "4837"));
  g_assert_nonnull (billing_dispute_network_describe ("amex", "c08"));
  g_assert_nonnull (billing_dispute_network_describe ("discover", "RG"));
  g_assert_null (billing_dispute_network_describe ("mastercard", "10.4"));
  g_assert_null (billing_dispute_network_describe ("visa", "99.9"));
  g_assert_null (billing_dispute_network_describe ("visa", NULL));
  g_assert_null (billing_dispute_network_describe (NULL, "10.4"));
}

/* Of each status it is known whether somebody has to do something, and an inquiry is told from a dispute. */
static void
test_statuses (void)
{
  g_auto (GStrv) words = g_strsplit (status_words, " ", -1);
  g_autofree char *waiting = billing_dispute_status_join (BILLING_DISPUTE_NEEDS_ANSWER);
  g_autofree char *inquiries = billing_dispute_status_join (BILLING_DISPUTE_INQUIRY);

  for (guint i = 0; words[i] != NULL; i++)
    {
      BillingDisputeFlags flags = billing_dispute_status_get_flags (words[i]);
      gboolean is_closed = (flags & BILLING_DISPUTE_CLOSED) != 0;

      g_assert_cmpint ((flags & BILLING_DISPUTE_INQUIRY) != 0, ==, g_str_has_prefix (words[i], "warning_"));
      g_assert_cmpint ((flags & BILLING_DISPUTE_NEEDS_ANSWER) != 0, ==, g_str_has_suffix (words[i], "needs_response"));
      g_assert_cmpint ((flags & BILLING_DISPUTE_UNDER_REVIEW) != 0, ==, g_str_has_suffix (words[i], "under_review"));
      g_assert_cmpint (is_closed, ==, (flags & (BILLING_DISPUTE_NEEDS_ANSWER | BILLING_DISPUTE_UNDER_REVIEW)) == 0);
      g_assert_cmpstr (billing_dispute_status_get_label (words[i]), !=, words[i]);
      g_assert_cmpstr (billing_dispute_status_get_explanation (words[i]), !=, "");
    }
  g_assert_cmpstr (waiting, ==, "needs_response,appeal_needs_response,warning_needs_response");
  g_assert_cmpstr (inquiries, ==, "warning_needs_response,warning_under_review,warning_closed");
  g_assert_cmpstr (billing_dispute_status_get_label ("levitating"), ==, "levitating");
  g_assert_cmpint (billing_dispute_status_get_flags ("levitating"), ==, 0);
  g_assert_cmpstr (billing_dispute_status_get_style ("levitating"), ==, "quiet");
}

/* What a file is stands in its first bytes; a name can say anything. */
static void
test_types (void)
{
  static const struct {
    const char *bytes;
    const char *type;
  } rows[] = {
    { "%PDF-1.7\n", "application/pdf" },
    { "\x89PNG\r\n\x1a\n....", "image/png" },
    { "\xff\xd8\xff\xe0", "image/jpeg" },
    { "GIF89a", NULL },
    { "%PDF", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (billing_evidence_type_of ((const guint8 *) rows[i].bytes, strlen (rows[i].bytes)), ==, rows[i].type);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dispute-reason/fields", test_fields);
  g_test_add_func ("/dispute-reason/reasons", test_reasons);
  g_test_add_func ("/dispute-reason/unknown", test_unknown_reason);
  g_test_add_func ("/dispute-reason/networks", test_networks);
  g_test_add_func ("/dispute-reason/statuses", test_statuses);
  g_test_add_func ("/dispute-reason/types", test_types);

  return g_test_run ();
}

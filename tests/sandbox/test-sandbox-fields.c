/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>

#include "billing-sandbox-kind.h"

/* What Stripe's example has and ours has not: it comes only when it is asked for, or in other cases. */
static const char *const left_out[] = { "charge.refunds", NULL };

/* What ours has and Stripe's example has not. */
static const char *const added[] = {
  /* Of API version 2026-10-28, after the examples. */
  "charge.outcome.risk_level",
  "charge.outcome.risk_score",
  "checkout.session.allowed_payment_method_types",
  "customer.customer_account",
  "dispute.evidence_details.submission_method",
  "dispute.intended_submission_method",
  "dispute.network_reason_code",
  "invoice.amount_paid_off_stripe",
  "payment_intent.allowed_payment_method_types",
  "payment_intent.payment_record",
  "product.tax_details",
  "radar.early_fraud_warning.payment_intent",
  /* Of cards, of accounts of one's own and of items with a price, which the examples are not of. */
  "bank_account.account",
  "bank_account.available_payout_methods",
  "bank_account.default_for_currency",
  "bank_account.future_requirements",
  "bank_account.requirements",
  "checkout.session.payment_method_options.card",
  "invoiceitem.pricing.price_details",
  "payment_intent.payment_method_options.card",
  "refund.destination_details.card.reference",
  "refund.destination_details.card.reference_status",
  "refund.destination_details.card.reference_type",
  /* By which they are kept; not told. */
  "balance_settings.id",
  "tax.settings.id",
  NULL,
};

static char *
find_examples (void)
{
  const char *named = g_getenv ("BILLING_SHARED_DATA");

  return named != NULL ? g_build_filename (named, "stripe", "fixtures3.json", NULL)
                       : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                "stripe", "fixtures3.json", NULL);
}

/* Reports the members of @object that @other has not, by their whole names. */
static void
compare (JsonObject        *object,
         JsonObject        *other,
         const char        *name,
         const char *const *known,
         GPtrArray         *missing)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, &node))
    {
      g_autofree char *full = g_strconcat (name, ".", member, NULL);
      JsonNode *twin = json_object_get_member (other, member);

      if (twin == NULL && !g_strv_contains (known, full))
        g_ptr_array_add (missing, g_steal_pointer (&full));
      else if (twin != NULL && !g_str_equal (member, "metadata") && JSON_NODE_HOLDS_OBJECT (node) &&
               JSON_NODE_HOLDS_OBJECT (twin))
        compare (json_node_get_object (node), json_node_get_object (twin), full, known, missing);
    }
}

static void
report (const char *what,
        GPtrArray  *names)
{
  for (guint i = 0; i < names->len; i++)
    g_test_message ("%s: %s", what, (const char *) g_ptr_array_index (names, i));
}

/* Every kind of object has the members that Stripe's own examples have, and no others, but for those that
   are named above. */
static void
test_members (void)
{
  g_autofree char *path = find_examples ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  JsonObject *resources;
  guint compared = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("Stripe's examples are not there: ../shared/data/stripe/fixtures3.json");
      return;
    }

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  resources = json_object_get_object_member (
    json_node_get_object (json_parser_get_root (parser)), "resources");
  for (guint kind = 0; kind < BILLING_SANDBOX_N_KINDS; kind++)
    {
      const char *name = billing_sandbox_kind_info (kind)->object;
      JsonObject *template = billing_sandbox_kind_template (kind);

      if (!json_object_has_member (resources, name))
        continue;
      compare (json_object_get_object_member (resources, name), template, name, left_out, missing);
      compare (template, json_object_get_object_member (resources, name), name, added, unknown);
      compared++;
    }

  report ("missing", missing);
  report ("unknown", unknown);
  g_assert_cmpuint (missing->len + unknown->len, ==, 0);
  g_assert_cmpuint (compared, >=, 18);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/fields/members", test_members);

  return g_test_run ();
}

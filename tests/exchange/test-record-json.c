/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-record-json"

#include "config.h"

#include <string.h>

#include "billing-act.h"
#include "billing-exchange-error.h"
#include "billing-filing.h"
#include "billing-history.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-practice.h"
#include "billing-query.h"
#include "billing-record-json.h"
#include "billing-treatment.h"

static GRand *source;

static GType
get_type (guint i)
{
  GType types[] = {
    BILLING_TYPE_PRACTICE, BILLING_TYPE_PERSON, BILLING_TYPE_PATIENT, BILLING_TYPE_COVERAGE,
    BILLING_TYPE_ELIGIBILITY_CHECK, BILLING_TYPE_BENEFIT, BILLING_TYPE_LOCATION,
    BILLING_TYPE_PHYSICIAN, BILLING_TYPE_TREATMENT, BILLING_TYPE_TREATMENT_CODE,
    BILLING_TYPE_PAYMENT, BILLING_TYPE_ATTEMPT, BILLING_TYPE_REFUND, BILLING_TYPE_NOTE,
    BILLING_TYPE_DOCUMENT, BILLING_TYPE_AUDIT_ENTRY, BILLING_TYPE_POSTING, BILLING_TYPE_INTENT,
    BILLING_TYPE_EVENT, BILLING_TYPE_ACT, BILLING_TYPE_QUERY,
  };

  return i < G_N_ELEMENTS (types) ? types[i] : G_TYPE_INVALID;
}

/* Text of any characters that a record may hold: quotation marks, controls, and every plane but surrogates. */
static char *
random_text (void)
{
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (source, 0, 40); n > 0; n--)
    {
      gunichar c = (gunichar) g_rand_int_range (source, 1, g_rand_boolean (source) ? 0x80 : 0x110000);

      if (c < 0xd800 || c > 0xdfff)
        g_string_append_unichar (text, c);
    }

  return g_string_free (text, FALSE);
}

static gint64
random_integer (void)
{
  static const gint64 edges[] = {
    0, 1, -1, G_MAXINT64, G_MININT64, G_GINT64_CONSTANT (9007199254740993), G_MAXUINT32,
  };
  guint64 bits = ((guint64) g_rand_int (source) << 32) | g_rand_int (source);

  if (g_rand_int_range (source, 0, 3) == 0)
    return edges[g_rand_int_range (source, 0, G_N_ELEMENTS (edges))];

  return (gint64) bits;
}

static void
set_random_value (BillingRecord      *record,
                  const BillingField *field)
{
  if (field->get_enum != NULL)
    {
      g_autoptr (GEnumClass) klass = g_type_class_ref (field->get_enum ());

      billing_record_set_integer (record, field,
                                  klass->values[g_rand_int_range (source, 0, (int) klass->n_values)].value);
    }
  else if (field->type == G_TYPE_STRING)
    {
      g_autofree char *text = g_rand_int_range (source, 0, 4) > 0 ? random_text () : NULL;

      billing_record_set_text (record, field, text);
    }
  else if (field->type == G_TYPE_BOOLEAN)
    billing_record_set_integer (record, field, g_rand_boolean (source));
  else
    billing_record_set_integer (record, field, random_integer ());
}

static void
assert_equal (BillingRecord *a,
              BillingRecord *b)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (a);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if (field->flags & BILLING_FIELD_SECRET)
        continue;
      if (field->type == G_TYPE_STRING)
        g_assert_cmpstr (billing_record_get_text (a, field), ==, billing_record_get_text (b, field));
      else
        g_assert_cmpint (billing_record_get_integer (a, field), ==, billing_record_get_integer (b, field));
    }
}

static void
go_round (GType type)
{
  g_autoptr (BillingRecord) record = g_object_new (type, NULL);
  g_autoptr (BillingRecord) back = g_object_new (type, NULL);
  g_autoptr (BillingRecord) copy = g_object_new (type, NULL);
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < klass->n_fields; i++)
    {
      set_random_value (record, klass->fields[i]);
      set_random_value (back, klass->fields[i]);
    }

  node = billing_record_to_json (record);
  billing_record_from_json (back, node, &error);
  g_assert_no_error (error);
  assert_equal (record, back);

  text = billing_json_to_text (node, g_rand_boolean (source));
  billing_record_from_json_text (copy, text, &error);
  g_assert_no_error (error);
  assert_equal (record, copy);
}

/* Whatever stands in a record of whatever class comes back from its JSON form, through nodes and through text. */
static void
test_round_trip (void)
{
  for (guint i = 0; get_type (i) != G_TYPE_INVALID; i++)
    {
      for (int n = 0; n < 100; n++)
        go_round (get_type (i));
    }
}

/* The JSON form of a payment is what the command line's contract says: names with dashes, nicks, whole numbers, nulls. */
static void
test_form (void)
{
  g_autoptr (BillingPayment) payment =
    g_object_new (BILLING_TYPE_PAYMENT, "number", "PAY-001", "amount", G_GINT64_CONSTANT (25000),
                  "status", BILLING_STATUS_PARTIALLY_REFUNDED, NULL);
  g_autoptr (JsonNode) node = billing_record_to_json (BILLING_RECORD (payment));
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpstr (json_object_get_string_member (object, "number"), ==, "PAY-001");
  g_assert_cmpstr (json_object_get_string_member (object, "status"), ==, "partially-refunded");
  g_assert_cmpint (json_object_get_int_member (object, "amount"), ==, 25000);
  g_assert_true (json_object_get_null_member (object, "due-on"));
  g_assert_false (json_object_has_member (object, "pk"));
}

/* A person's passphrase, even hashed, is not in the JSON form, and does not come in by it. */
static void
test_secret (void)
{
  g_autoptr (BillingPerson) person =
    g_object_new (BILLING_TYPE_PERSON, "account", "rosa", "passphrase", "$y$hash", NULL);
  g_autoptr (JsonNode) node = billing_record_to_json (BILLING_RECORD (person));
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (strstr (text, "passphrase"));
  g_assert_null (strstr (text, "hash"));

  billing_record_from_json_text (BILLING_RECORD (person), "{\"passphrase\": \"mine\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person->passphrase, ==, "$y$hash");
}

/* Members that are missing leave the record alone, unknown ones are passed over, null clears a text. */
static void
test_part (void)
{
  g_autoptr (BillingPayment) payment =
    g_object_new (BILLING_TYPE_PAYMENT, "number", "PAY-001", "memo", "Crown", NULL);
  g_autoptr (GError) error = NULL;

  billing_record_from_json_text (BILLING_RECORD (payment),
                                 "{\"memo\": null, \"amount\": 5, \"shoe-size\": [4, {\"é\": 1.5}]}", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (payment->number, ==, "PAY-001");
  g_assert_null (payment->memo);
  g_assert_cmpint (payment->amount, ==, 5);
}

/* What is no value of its property is refused by name, whole: nothing of the object is taken over. */
static void
test_refused (void)
{
  static const char * const members[] = {
    "\"amount\": 250.00",
    "\"amount\": 1e3",
    "\"amount\": \"250\"",
    "\"amount\": null",
    "\"amount\": true",
    "\"amount\": [250]",
    "\"amount\": 9223372036854775808",
    "\"amount\": -9223372036854775809",
    "\"amount\": 18446744073709551616",
    "\"amount\": 99999999999999999999999999",
    "\"memo\": 7",
    "\"memo\": {}",
    "\"memo\": false",
    "\"status\": \"Paid\"",
    "\"status\": 3",
    "\"status\": null",
    "\"tender\": \"gold\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (BillingPayment) payment = billing_payment_new ();
      g_autofree char *text = g_strdup_printf ("{\"number\": \"PAY-001\", %s}", members[i]);
      g_autofree char *name = g_strndup (members[i] + 1, strcspn (members[i] + 1, "\""));
      g_autoptr (GError) error = NULL;

      g_assert_false (billing_record_from_json_text (BILLING_RECORD (payment), text, &error));
      g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY);
      g_assert_true (strstr (error->message, name) != NULL || strstr (error->message, "larger") != NULL);
      g_assert_null (payment->number);
    }
}

/* Booleans are true and false only. */
static void
test_boolean (void)
{
  g_autoptr (BillingPerson) person = billing_person_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_record_from_json_text (BILLING_RECORD (person), "{\"retired\": 1}", &error));
  g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY);
  g_clear_error (&error);
  billing_record_from_json_text (BILLING_RECORD (person), "{\"retired\": true}", &error);
  g_assert_no_error (error);
  g_assert_true (person->retired);
}

/* Numbers at the edge of 64 bits are read exactly, and digits in a text are no number. */
static void
test_edges (void)
{
  g_autoptr (BillingPayment) payment = billing_payment_new ();
  g_autoptr (GError) error = NULL;

  billing_record_from_json_text (BILLING_RECORD (payment),
                                 "{\"amount\":9223372036854775807,\"collected\":-9223372036854775808,"
                                 "\"memo\":\"\\\"99999999999999999999\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpint (payment->amount, ==, G_MAXINT64);
  g_assert_cmpint (payment->collected, ==, G_MININT64);
  g_assert_cmpstr (payment->memo, ==, "\"99999999999999999999");
}

/* Text that is not one JSON object gets an error, and a hundred thousand levels of nesting no crash. */
static void
test_torn (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"x\":");
  const char *texts[] = {
    "", "[]", "7", "{", "{\"amount\":}", "{} {}", "{\"memo\":\"\xff\"}", "{\"memo\":\"\x1f\"}", NULL,
  };

  for (int i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  texts[G_N_ELEMENTS (texts) - 1] = deep->str;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BillingPayment) payment = billing_payment_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (billing_record_from_json_text (BILLING_RECORD (payment), texts[i], &error));
      g_assert_true (error != NULL && error->domain == BILLING_EXCHANGE_ERROR);
    }
}

int
main (int    argc,
      char **argv)
{
  const char *seed = g_getenv ("BILLING_TEST_SEED");
  guint32 number = seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : g_random_int ();
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_message ("BILLING_TEST_SEED=%u", number);
  source = g_rand_new_with_seed (number);

  g_test_add_func ("/record-json/round-trip", test_round_trip);
  g_test_add_func ("/record-json/form", test_form);
  g_test_add_func ("/record-json/secret", test_secret);
  g_test_add_func ("/record-json/part", test_part);
  g_test_add_func ("/record-json/refused", test_refused);
  g_test_add_func ("/record-json/boolean", test_boolean);
  g_test_add_func ("/record-json/edges", test_edges);
  g_test_add_func ("/record-json/torn", test_torn);

  status = g_test_run ();
  g_rand_free (source);
  return status;
}

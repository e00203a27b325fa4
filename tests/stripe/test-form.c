/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-form"

#include "config.h"

#include "billing-stripe-form.h"

static void
assert_text (BillingStripeForm *form,
             const char        *expected)
{
  g_autoptr (GBytes) bytes = billing_stripe_form_to_bytes (form);
  g_autofree char *text = g_strdup_printf ("%.*s", (int) g_bytes_get_size (bytes),
                                           (const char *) g_bytes_get_data (bytes, NULL));

  g_assert_cmpstr (text, ==, expected);
}

/* Members of members and items of lists are named as Stripe wants them, lists of hashes with their index. */
static void
test_nesting (void)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  billing_stripe_form_open (form, "line_items");
  for (guint i = 0; i < 2; i++)
    {
      billing_stripe_form_open (form, NULL);
      billing_stripe_form_open (form, "price_data");
      billing_stripe_form_add_string (form, "currency", i == 0 ? "usd" : "eur");
      billing_stripe_form_close (form);
      billing_stripe_form_add_integer (form, "quantity", 1 + i);
      billing_stripe_form_close (form);
    }
  billing_stripe_form_close (form);
  billing_stripe_form_open (form, "payment_method_types");
  billing_stripe_form_add_string (form, NULL, "card");
  billing_stripe_form_add_string (form, NULL, "us_bank_account");
  billing_stripe_form_close (form);
  billing_stripe_form_open (form, "created");
  billing_stripe_form_add_integer (form, "gte", 1700000000);
  billing_stripe_form_close (form);

  assert_text (form, "line_items[0][price_data][currency]=usd&line_items[0][quantity]=1&"
                     "line_items[1][price_data][currency]=eur&line_items[1][quantity]=2&"
                     "payment_method_types[0]=card&payment_method_types[1]=us_bank_account&created[gte]=1700000000");
}

/* Booleans are words, integers are exact to the last of their 64 bits, and an empty value unsets. */
static void
test_values (void)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  billing_stripe_form_add_boolean (form, "active", TRUE);
  billing_stripe_form_add_boolean (form, "confirm", FALSE);
  billing_stripe_form_add_integer (form, "most", G_MAXINT64);
  billing_stripe_form_add_integer (form, "least", G_MININT64);
  billing_stripe_form_add_unset (form, "description");
  billing_stripe_form_open (form, "metadata");
  billing_stripe_form_add_unset (form, "old");
  billing_stripe_form_close (form);

  assert_text (form, "active=true&confirm=false&most=9223372036854775807&least=-9223372036854775808&description=&"
                     "metadata[old]=");
}

/* Whatever a value or a name holds, no character of it is taken for part of the encoding. */
static void
test_encoding (void)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  billing_stripe_form_add_string (form, "a&b=c", "!*()' \"#$%&+,/:;=?@[]\n\\^`{|}<>");
  billing_stripe_form_add_string (form, "plain", "azAZ09-._~");
  billing_stripe_form_add_string (form, "name", "Mejía 木");

  assert_text (form, "a%26b%3Dc=%21%2A%28%29%27%20%22%23%24%25%26%2B%2C%2F%3A%3B%3D%3F%40%5B%5D%0A%5C%5E%60%7B%7C%7D"
                     "%3C%3E&plain=azAZ09-._~&name=Mej%C3%ADa%20%E6%9C%A8");
}

/* What is expanded is counted by itself, wherever among the others it is asked for. */
static void
test_expand (void)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  billing_stripe_form_expand (form, "data.latest_charge");
  billing_stripe_form_add_integer (form, "limit", 100);
  billing_stripe_form_expand (form, "data.customer");

  assert_text (form, "expand[0]=data.latest_charge&limit=100&expand[1]=data.customer");
}

/* Nothing added is an empty body, and so is a member with nothing in it: both leave Stripe's as it is. */
static void
test_empty (void)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  assert_text (form, "");
  billing_stripe_form_open (form, "metadata");
  billing_stripe_form_close (form);
  assert_text (form, "");
}

/* The same calls make the same bytes, whatever the language of the program: the outbox sends them again days later. */
static void
test_stable (void)
{
  g_autoptr (GBytes) first = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
      g_autoptr (GBytes) bytes = NULL;

      for (gint64 k = 0; k < 50; k++)
        {
          g_autofree char *name = g_strdup_printf ("name-%u", (guint) k);

          billing_stripe_form_add_integer (form, name, k * 1000);
        }
      bytes = billing_stripe_form_to_bytes (form);
      if (first == NULL)
        first = g_bytes_ref (bytes);
      g_assert_true (g_bytes_equal (first, bytes));
    }
}

/* A name twice, a name with brackets, bytes that are no text: mistakes of the program are refused, not sent. */
static void
test_mistakes (void)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  billing_stripe_form_add_integer (form, "amount", 1);
  g_test_expect_message ("billing-stripe-form", G_LOG_LEVEL_CRITICAL, "*g_hash_table_add*");
  billing_stripe_form_add_integer (form, "amount", 2);
  g_test_assert_expected_messages ();

  g_test_expect_message ("billing-stripe-form", G_LOG_LEVEL_CRITICAL, "*is_name*");
  billing_stripe_form_add_string (form, "a[b]", "x");
  g_test_assert_expected_messages ();

  g_test_expect_message ("billing-stripe-form", G_LOG_LEVEL_CRITICAL, "*g_utf8_validate*");
  billing_stripe_form_add_string (form, "note", "\xff");
  g_test_assert_expected_messages ();

  assert_text (form, "amount=1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stripe/form/nesting", test_nesting);
  g_test_add_func ("/stripe/form/values", test_values);
  g_test_add_func ("/stripe/form/encoding", test_encoding);
  g_test_add_func ("/stripe/form/expand", test_expand);
  g_test_add_func ("/stripe/form/empty", test_empty);
  g_test_add_func ("/stripe/form/stable", test_stable);
  g_test_add_func ("/stripe/form/mistakes", test_mistakes);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-test-facts.h"

#include "billing-books.h"
#include "billing-desk-posting.h"

/* Each answer is later than the one before. */
static gint64
next_fetched (void)
{
  static gint64 fetched = 0;

  return ++fetched;
}

void
billing_test_facts_put (BillingMirror *mirror,
                        const char    *table,
                        const char    *json)
{
  g_autoptr (GError) error = NULL;

  billing_mirror_begin (mirror, &error);
  g_assert_no_error (error);
  billing_mirror_put (mirror, billing_mirror_kind_find (table), json, strlen (json),
                      next_fetched (), &error);
  g_assert_no_error (error);
  billing_mirror_commit (mirror, &error);
  g_assert_no_error (error);
}

static void
add_text (GString    *json,
          const char *name,
          const char *value)
{
  if (value != NULL)
    g_string_append_printf (json, ",\"%s\":\"%s\"", name, value);
}

static void
add_object (GString    *json,
            const char *object,
            const char *name,
            const char *value)
{
  if (value != NULL)
    g_string_append_printf (json, ",\"%s\":{\"%s\":\"%s\"}", object, name, value);
}

void
billing_test_facts_put_charge (BillingMirror           *mirror,
                               const BillingTestCharge *charge)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_printf (json, "{\"id\":\"%s\",\"object\":\"charge\",\"created\":%" G_GINT64_FORMAT ",\"amount\":%"
                   G_GINT64_FORMAT ",\"amount_captured\":%" G_GINT64_FORMAT ",\"amount_refunded\":%" G_GINT64_FORMAT
                   ",\"captured\":%s,\"refunded\":%s,\"disputed\":%s", charge->id, charge->created, charge->amount,
                   charge->captured, charge->refunded, charge->is_authorised ? "false" : "true",
                   charge->refunded == charge->amount ? "true" : "false", charge->is_disputed ? "true" : "false");
  add_text (json, "status", charge->status);
  add_text (json, "currency", charge->currency != NULL ? charge->currency : "usd");
  add_text (json, "payment_intent", charge->intent);
  add_text (json, "customer", charge->customer);
  add_text (json, "failure_message", charge->failure_message);
  add_object (json, "outcome", "seller_message", charge->seller_message);
  add_object (json, "metadata", "billing_payment", charge->payment);
  if (charge->name != NULL || charge->email != NULL)
    g_string_append_printf (json, ",\"billing_details\":{\"name\":\"%s\",\"email\":\"%s\"}",
                            charge->name != NULL ? charge->name : "", charge->email != NULL ? charge->email : "");
  g_string_append_c (json, '}');
  billing_test_facts_put (mirror, "charges", json->str);
}

void
billing_test_facts_put_refund (BillingMirror           *mirror,
                               const BillingTestRefund *refund)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_printf (json, "{\"id\":\"%s\",\"object\":\"refund\",\"created\":%" G_GINT64_FORMAT ",\"amount\":%"
                   G_GINT64_FORMAT, refund->id, refund->created, refund->amount);
  add_text (json, "status", refund->status);
  add_text (json, "currency", refund->currency != NULL ? refund->currency : "usd");
  add_text (json, "charge", refund->charge);
  add_text (json, "reason", refund->reason);
  add_object (json, "metadata", "billing_refund", refund->refund);
  g_string_append_c (json, '}');
  billing_test_facts_put (mirror, "stripe_refunds", json->str);
}

void
billing_test_facts_put_intent (BillingMirror *mirror,
                               const char    *id,
                               const char    *status,
                               const char    *cancellation_reason,
                               const char    *payment)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_printf (json, "{\"id\":\"%s\",\"object\":\"payment_intent\",\"created\":1,\"amount\":1",
                   id);
  add_text (json, "status", status);
  add_text (json, "cancellation_reason", cancellation_reason);
  add_object (json, "metadata", "billing_payment", payment);
  g_string_append_c (json, '}');
  billing_test_facts_put (mirror, "payment_intents", json->str);
}

void
billing_test_facts_put_dispute (BillingMirror *mirror,
                                const char    *id,
                                const char    *status,
                                const char    *charge,
                                gint64         created,
                                gint64         amount)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_printf (json, "{\"id\":\"%s\",\"object\":\"dispute\",\"created\":%" G_GINT64_FORMAT ",\"amount\":%"
                   G_GINT64_FORMAT ",\"currency\":\"usd\",\"reason\":\"fraudulent\"", id, created,
                   amount);
  add_text (json, "status", status);
  add_text (json, "charge", charge);
  g_string_append_c (json, '}');
  billing_test_facts_put (mirror, "disputes", json->str);
}

void
billing_test_facts_put_move (BillingMirror *mirror,
                             const char    *id,
                             const char    *category,
                             const char    *source,
                             gint64         created,
                             gint64         amount)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_printf (json, "{\"id\":\"%s\",\"object\":\"balance_transaction\",\"type\":\"adjustment\",\"created\":%"
                   G_GINT64_FORMAT ",\"amount\":%" G_GINT64_FORMAT ",\"fee\":0,\"net\":%" G_GINT64_FORMAT
                   ",\"currency\":\"usd\"", id, created, amount, amount);
  add_text (json, "reporting_category", category);
  add_text (json, "source", source);
  g_string_append_c (json, '}');
  billing_test_facts_put (mirror, "balance_transactions", json->str);
}

/* Posts what waits; the queue is empty then. */
guint64
billing_test_facts_post (BillingTestPractice *practice,
                         BillingMirror       *mirror)
{
  g_autoptr (GError) error = NULL;
  guint64 n_posted;

  billing_desk_post_stripe (practice->desk, mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
  return n_posted;
}

/* As after the mirror was dropped and fetched again: everything is to be looked at once more. */
void
billing_test_facts_queue_all (BillingMirror *mirror)
{
  static const char * const tables[] = {
    "payment_intents", "charges", "stripe_refunds", "disputes", "balance_transactions",
  };
  g_autoptr (GError) error = NULL;

  billing_mirror_begin (mirror, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO posting_queue (kind, row) SELECT '%s', pk FROM %s"
                                              " ORDER BY random ()", tables[i], tables[i]);

      billing_connection_run (billing_mirror_get_connection (mirror), &error, sql, "");
      g_assert_no_error (error);
    }
  billing_mirror_commit (mirror, &error);
  g_assert_no_error (error);
}

char *
billing_test_facts_get_id (BillingTestPractice *practice,
                           const char          *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) record = billing_desk_find (practice->desk, number, &error);

  g_assert_no_error (error);
  return g_strdup (billing_record_get_id (record));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-desk-outbox.h"
#include "billing-stripe-client.h"
#include "billing-test-sandbox.h"
#include "billing-verb-cases.h"

/*
 * Makes the practice of the tests of the verbs in the folder that it is given, so that its books can be kept as the fixture of a schema.
 *
 * tests/fixtures/schema-001.db was made when 001 was the newest but for 002, which only adds tables:
 *
 *   tests/support/make-practice /tmp/practice
 *   sqlite3 /tmp/practice/practice.db 'PRAGMA foreign_keys = OFF; BEGIN; DROP TABLE … (each table of 002); PRAGMA user_version = 1; COMMIT;
 *     PRAGMA journal_mode = DELETE; VACUUM'
 *   mv /tmp/practice/practice.db tests/fixtures/schema-001.db
 *
 * schema-004.db was made when 004 was the newest, where no keyring sealed the books:
 *
 *   env -u DBUS_SESSION_BUS_ADDRESS tests/support/make-practice /tmp/practice
 *   sqlite3 /tmp/practice/practice.db 'PRAGMA journal_mode = DELETE; VACUUM'
 *   mv /tmp/practice/practice.db tests/fixtures/schema-004.db
 *
 * schema-009.db was made in the same way when 009 was the newest, schema-010.db when 010 was, and schema-014.db when 014 was.
 *
 * Fixtures are never made again: they are what practices of people look like.
 */

typedef struct {
  BillingDesk *desk;           /* (owned) */
  BillingStripeClient *client; /* (owned) */
  BillingMirror *mirror;       /* (owned) */
} Stripe;

static char *
ask (Stripe      *self,
     BillingVerb  verb,
     const char  *subject,
     gint64       amount)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, subject);
  g_autoptr (GError) error = NULL;

  g_object_set (act, "has-amount", amount != 0, "amount", amount, "reason", BILLING_REFUND_REASON_OTHER, NULL);
  billing_desk_do (self->desk, act, &error);
  g_assert_no_error (error);
  return g_strdup (act->result);
}

static void
tell (Stripe      *self,
      BillingVerb  verb,
      const char  *subject,
      gint64       amount)
{
  g_autofree char *id = ask (self, verb, subject, amount);
  g_autoptr (GError) error = NULL;

  billing_desk_deliver (self->desk, self->client, self->mirror, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* A link that was open and was closed, beside the open one and the late money that all these practices have. */
static void
tell_links (Stripe *self)
{
  const char *linked = billing_verb_cases_payment (BILLING_STATUS_FAILED);

  tell (self, BILLING_VERB_PAYMENT_LINK, linked, 0);
  tell (self, BILLING_VERB_LINK_CANCEL, linked, 0);
}

/* An outbox in which an intent stands in each state but sending: authorised, captured and in part refunded, refused, withdrawn, lost and
 * waiting; and a charge that was nobody's. */
static void
tell_all (Stripe *self)
{
  const char *held = billing_verb_cases_payment (BILLING_STATUS_DRAFT);
  g_autofree char *withdrawn = NULL;
  g_autofree char *waits = NULL;
  g_autoptr (BillingAct) assign = billing_act_new (BILLING_VERB_CHARGE_ASSIGN, "ch_loose");
  g_autoptr (GError) error = NULL;

  tell (self, BILLING_VERB_PAYMENT_AUTHORISE, held, 0);
  tell (self, BILLING_VERB_PAYMENT_CAPTURE, held, 20000);
  tell (self, BILLING_VERB_PAYMENT_REFUND, held, 5000);
  /* Made up, so that Stripe does not know it. */
  tell (self, BILLING_VERB_PAYMENT_VOID, billing_verb_cases_payment (BILLING_STATUS_PROCESSING), 0);

  tell_links (self);
  withdrawn = ask (self, BILLING_VERB_PAYMENT_AUTHORISE, billing_verb_cases_payment (BILLING_STATUS_PENDING), 0);
  g_free (ask (self, BILLING_VERB_OUTBOX_WITHDRAW, withdrawn, 0));
  waits = ask (self, BILLING_VERB_PAYMENT_REFUND, held, 1000);
  g_object_set (assign, "patient", "PT-002", NULL);
  billing_desk_do (self->desk, assign, &error);
  g_assert_no_error (error);
}

static void
do_cases (Stripe             *self,
          const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < billing_n_verb_cases; j++)
      {
        g_autoptr (GError) error = NULL;

        if (!g_str_equal (billing_verb_cases[j].name, names[i]))
          continue;
        billing_verb_cases_do (self->desk, &billing_verb_cases[j], &error);
        g_assert_no_error (error);
      }
}

/* An answer that was written, has a file and waits to be sent; a lost dispute that was billed again; and a notification that was put off, beside
 * one that was done. */
static void
answer (Stripe *self)
{
  static const char * const names[] = { "dispute-save", "dispute-attach", "dispute-submit", "dispute-bill-again", "notice-snooze", NULL };

  do_cases (self, names);
}

/* A price of one insurer's, an invoice that is paid in part, what an insurer sent and the invoice of the rest of it, a message that waits and a
 * text of the practice's own. */
static void
invoice (Stripe *self)
{
  static const char * const names[] = { "rate-price", "invoice-paid-part", "remittance-post", "invoice", "message-send", "template-edit", NULL };

  do_cases (self, names);
}

static void
add_stripe (const char *folder)
{
  BillingTestSandbox sandbox = { 0 };
  g_autoptr (GError) error = NULL;
  Stripe stripe = { 0 };

  billing_test_sandbox_start (&sandbox, NULL);
  stripe.desk = billing_verb_cases_open (folder);
  stripe.client = billing_stripe_client_new (sandbox.url, BILLING_TEST_SANDBOX_KEY, &error);
  g_assert_no_error (error);
  stripe.mirror = billing_mirror_open (folder, &error);
  g_assert_no_error (error);
  tell_all (&stripe);
  answer (&stripe);
  invoice (&stripe);
  billing_mirror_close (stripe.mirror);
  g_object_unref (stripe.client);
  g_object_unref (stripe.desk);
  billing_test_sandbox_stop (&sandbox);
}

int
main (int    argc,
      char **argv)
{
  g_return_val_if_fail (argc == 2, 2);

  billing_verb_cases_make (argv[1]);
  add_stripe (argv[1]);
  return 0;
}

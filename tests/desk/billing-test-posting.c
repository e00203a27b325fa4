/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-test-posting"

#include "config.h"

#include "billing-test-posting.h"

#include "billing-books.h"

void
billing_test_posting_set_up (BillingTestPosting *self,
                             gconstpointer       data)
{
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&self->practice);
  self->mirror = billing_mirror_open (self->practice.folder, &error);
  g_assert_no_error (error);
  self->number = billing_test_practice_create_payment (&self->practice, 25000, FALSE);
  self->id = billing_test_facts_get_id (&self->practice, self->number);
}

/* Whatever a test did: the books are in order, and looking at all of it once more changes
 * nothing. */
void
billing_test_posting_tear_down (BillingTestPosting *self,
                                gconstpointer       data)
{
  billing_test_practice_verify (&self->practice);
  billing_test_facts_queue_all (self->mirror);
  g_assert_cmpuint (billing_test_facts_post (&self->practice, self->mirror), ==, 0);
  billing_test_practice_verify (&self->practice);

  billing_mirror_close (self->mirror);
  billing_test_practice_tear_down (&self->practice);
  g_free (self->number);
  g_free (self->id);
  g_clear_object (&self->seen);
}

BillingTestCharge
billing_test_posting_make_charge (BillingTestPosting *self,
                                  const char         *id,
                                  gint64              amount)
{
  return (BillingTestCharge) {
    .id = id, .status = "succeeded", .created = BILLING_TEST_NOW, .amount = amount,
    .captured = amount, .payment = self->id,
  };
}

void
billing_test_posting_put (BillingTestPosting *self,
                          BillingTestCharge   charge)
{
  billing_test_facts_put_charge (self->mirror, &charge);
}

guint64
billing_test_posting_post (BillingTestPosting *self)
{
  return billing_test_facts_post (&self->practice, self->mirror);
}

void
billing_test_posting_assert (BillingTestPosting *self,
                             BillingStatus       status,
                             gint64              amount,
                             gint64              collected,
                             gint64              refunded)
{
  billing_test_practice_assert_payment (&self->practice, self->number, status, amount, collected,
                                        refunded);
}

BillingPayment *
billing_test_posting_get_payment (BillingTestPosting *self)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *record = billing_desk_find (self->practice.desk, self->number, &error);

  g_assert_no_error (error);
  g_clear_object (&self->seen);
  self->seen = BILLING_PAYMENT (record);
  return self->seen;
}

void
billing_test_posting_do (BillingTestPosting *self,
                         BillingVerb         verb)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, self->number);

  act->tender = verb == BILLING_VERB_PAYMENT_COLLECT ? BILLING_TENDER_CASH : BILLING_TENDER_NONE;
  billing_test_practice_do (&self->practice, act);
}

/* Collects one thing of the payment's timeline. */
typedef struct {
  const char *what;
  char *detail; /* (owned) (nullable) */
  guint n;
} Looked;

static gboolean
look_cb (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  Looked *looked = data;
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT detail FROM timeline_view WHERE what = ?", error);
  gboolean row;

  g_assert_nonnull (statement);
  billing_statement_bind_text (statement, 1, looked->what);
  while (billing_statement_step (statement, &row, error) && row)
    {
      g_free (looked->detail);
      looked->detail = g_strdup (billing_statement_get_text (statement, 0));
      looked->n++;
    }
  return TRUE;
}

char *
billing_test_posting_find_event (BillingTestPosting *self,
                                 const char         *what,
                                 guint               n)
{
  g_autoptr (GError) error = NULL;
  Looked looked = { .what = what };

  billing_store_read (billing_desk_get_store (self->practice.desk), look_cb, &looked, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (looked.n, ==, n);
  return looked.detail;
}

static gboolean
stop_cb (gpointer done)
{
  *(gboolean *) done = TRUE;
  return G_SOURCE_REMOVE;
}

void
billing_test_posting_settle (void)
{
  gboolean done = FALSE;

  g_timeout_add (300, stop_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

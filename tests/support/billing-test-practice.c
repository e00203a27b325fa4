/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-test-practice.h"

#include "billing-books.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-table.h"
#include "billing-test-folder.h"
#include "billing-treatment.h"

static gboolean
fill (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  BillingTestPractice *self = data;
  g_autoptr (BillingPatient) patient = billing_patient_new ();
  g_autoptr (BillingTreatment) treatment = billing_treatment_new ();

  g_object_set (patient, "name", "Zoë Ångström", "given-name", "Zoë", "family-name", "Ångström",
                "birth-date", "1980-02-29", "email", "zoe@example.org", NULL);
  g_assert_true (billing_table_insert (connection, BILLING_RECORD (patient), error));
  self->patient = g_strdup (billing_record_get_id (BILLING_RECORD (patient)));

  g_object_set (treatment, "patient-id", self->patient, "starts-at", (gint64) 1793000000, "day", "2026-10-26",
                "state", "finished", "currency", "USD", NULL);
  g_assert_true (billing_table_insert (connection, BILLING_RECORD (treatment), error));
  self->treatment = g_strdup (billing_record_get_id (BILLING_RECORD (treatment)));
  return TRUE;
}

void
billing_test_practice_set_up (BillingTestPractice *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = billing_test_folder ();

  self->folder = g_steal_pointer (&parent);
  billing_desk_create (self->folder, "Test Clinic", "USD", "America/New_York", &error);
  g_assert_no_error (error);
  self->desk = billing_desk_open (self->folder, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_store_write (billing_desk_get_store (self->desk), fill, self, NULL, &error);
  g_assert_no_error (error);
}

void
billing_test_practice_tear_down (BillingTestPractice *self)
{
  g_clear_object (&self->desk);
  g_clear_pointer (&self->patient, g_free);
  g_clear_pointer (&self->treatment, g_free);
  billing_test_folder_remove (g_steal_pointer (&self->folder));
}

/* Every invariant of the books, and every seal. */
void
billing_test_practice_verify (BillingTestPractice *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  billing_desk_verify (self->desk, &report, NULL, &error);
  g_assert_no_error (error);
}

void
billing_test_practice_do (BillingTestPractice *self,
                          BillingAct          *act)
{
  g_autoptr (GError) error = NULL;

  billing_desk_do (self->desk, act, &error);
  g_assert_no_error (error);
}

void
billing_test_practice_do_refused (BillingTestPractice *self,
                                  BillingAct          *act,
                                  int                  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_desk_do (self->desk, act, &error));
  g_assert_error (error, BILLING_DESK_ERROR, code);
}

char *
billing_test_practice_create_payment (BillingTestPractice *self,
                                      gint64               amount,
                                      gboolean             draft)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);

  act->patient = g_strdup (self->patient);
  act->treatment = g_strdup (self->treatment);
  act->has_amount = TRUE;
  act->amount = amount;
  act->draft = draft;
  billing_test_practice_do (self, act);
  return g_steal_pointer (&act->result);
}

void
billing_test_practice_assert_payment (BillingTestPractice *self,
                                      const char          *number,
                                      BillingStatus        status,
                                      gint64               amount,
                                      gint64               collected,
                                      gint64               refunded)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) record = billing_desk_find (self->desk, number, &error);
  BillingPayment *payment;

  g_assert_no_error (error);
  payment = BILLING_PAYMENT (record);
  g_assert_cmpint (payment->status, ==, status);
  g_assert_cmpint (payment->amount, ==, amount);
  g_assert_cmpint (payment->collected, ==, collected);
  g_assert_cmpint (payment->refunded, ==, refunded);
}

gint64
billing_test_practice_get_credit (BillingTestPractice *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) record = billing_desk_find (self->desk, self->patient, &error);

  g_assert_no_error (error);
  return BILLING_PATIENT (record)->credit;
}

void
billing_test_practice_add_person (BillingTestPractice *self,
                                  const char          *account,
                                  const char          *role,
                                  const char          *passphrase)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PERSON_ADD, NULL);

  act->account = g_strdup (account);
  act->role = g_strdup (role);
  act->passphrase = g_strdup (passphrase);
  billing_test_practice_do (self, act);
}

void
billing_test_practice_sign_in (BillingTestPractice *self,
                               const char          *account,
                               const char          *passphrase)
{
  g_autoptr (GError) error = NULL;

  billing_desk_sign_in (self->desk, account, passphrase, &error);
  g_assert_no_error (error);
}

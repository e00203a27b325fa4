/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-support.h"
#include "billing-test-practice.h"

/* What goes to whoever is to help. */

/* The report counts what there is, and has nothing that somebody wrote: no name, no memo, no note, no reference, no number of a
 * payment, no amount. */
static void
test_discreet (BillingTestPractice *practice,
               gconstpointer        data)
{
  static const char * const secrets[] = { "Xenophon", "SECRET-MEMO", "SECRET-NOTE", "SECRET-REF", "PAY-0", "73313" };
  g_autoptr (BillingAct) create = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);
  g_autoptr (BillingAct) note = NULL;
  g_autoptr (BillingAct) collect = NULL;
  g_autoptr (BillingAct) rename = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  rename->name = g_strdup ("Xenophon Clinic");
  billing_test_practice_do (practice, rename);
  g_object_set (create, "patient", practice->patient, "has-amount", TRUE, "amount", (gint64) 73313, "memo", "SECRET-MEMO", NULL);
  billing_test_practice_do (practice, create);
  note = billing_act_new (BILLING_VERB_NOTE_ADD, create->result);
  note->text = g_strdup ("SECRET-NOTE");
  billing_test_practice_do (practice, note);
  collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, create->result);
  g_object_set (collect, "tender", BILLING_TENDER_CHEQUE, "reference", "SECRET-REF", NULL);
  billing_test_practice_do (practice, collect);

  report = billing_support_write_report (practice->desk, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (report, "patients: 1\n"));
  g_assert_nonnull (strstr (report, "payments paid: 1\n"));
  g_assert_nonnull (strstr (report, "notes: 1\n"));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (report, secrets[i]));
}

/* Without a practice it tells of the program alone. */
static void
test_without_practice (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = billing_support_write_report (NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (report, "Billing: " PACKAGE_VERSION "\n"));
  g_assert_null (strstr (report, "patients"));
}

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  billing_test_practice_set_up (practice);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_tear_down (practice);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/support/discreet", BillingTestPractice, NULL, set_up, test_discreet, tear_down);
  g_test_add_func ("/support/without-practice", test_without_practice);
  return g_test_run ();
}

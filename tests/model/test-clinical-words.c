/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-clinical-words"

#include "config.h"

#include "billing-clinical-words.h"

/* Finds what looks clinical in @text, of a patient who was born on 1980-03-04. */
static char *
find (const char *text,
      GPtrArray  *own)
{
  g_autoptr (BillingPatient) patient = g_object_new (BILLING_TYPE_PATIENT, "birth-date", "1980-03-04", NULL);
  g_autoptr (GPtrArray) findings = billing_clinical_find (text, patient, own);
  GString *found = g_string_new (NULL);
  gsize end = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      BillingClinicalFinding *finding = findings->pdata[i];
      g_autofree char *there = g_strndup (text + finding->start, finding->length);

      g_assert_cmpstr (there, ==, finding->text);
      g_assert_cmpuint (finding->start, >=, end);
      g_assert_cmpstr (billing_clinical_kind_describe (finding->kind), !=, "");
      end = finding->start + finding->length;
      g_string_append_printf (found, "%s%d:%s", i > 0 ? "|" : "", finding->kind, finding->text);
    }

  return g_string_free (found, FALSE);
}

/* What a bank may read is left alone; what it must not read is found where it stands. */
static void
test_texts (void)
{
  static const struct {
    const char *text;
    const char *found;
  } rows[] = {
    { "Medical services, payment PAY-001, $80.00. The patient signed the receipt on 2026-03-04 at 18:30.", "" },
    { "12 Elm Street, Suite B12, Springfield, IL 62704; card ending in 4242; charge ch_3Pabc99213x", "" },
    { "Seen for F32.1 and M54.50.", "0:F32.1|0:M54.50" },
    { "CPT 99213, J1100 and D2740", "0:CPT 99213|0:J1100|0:D2740" },
    { "The diagnosis was Diabetes; a prescription was given.", "1:diagnosis|1:Diabetes|1:prescription" },
    { "Diagnose und Befund liegen bei.", "1:Diagnose|1:Befund" },
    { "DOB: 03/04/1980", "2:DOB|2:03/04/1980" },
    { "geboren am 4.3.1980", "2:geboren am|2:4.3.1980" },
    { "She was born on March 4, 1980.", "2:born on|2:March 4, 1980" },
    { "04/03/1981 is another day", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = find (rows[i].text, NULL);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (found, ==, rows[i].found);
    }
}

/* What stands in the patient's own treatments and notes is known again, whatever its case and its blanks; a few usual words in a
 * row are none. */
static void
test_own (void)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  g_autofree char *code = NULL, *note = NULL, *usual = NULL;

  g_ptr_array_add (own, (char *) "20610");
  g_ptr_array_add (own, (char *) "Office visit");
  g_ptr_array_add (own, (char *) "Reports pain in the left knee since the fall in May. Walks with a stick.");

  code = find ("Two items, one of them 20610, were paid.", own);
  g_assert_cmpstr (code, ==, "3:20610");
  note = find ("He has PAIN in  the left\nknee since then.", own);
  g_assert_cmpstr (note, ==, "3:PAIN in  the left\nknee since");
  usual = find ("An office visit in the morning.", own);
  g_assert_cmpstr (usual, ==, "");
}

/* A file is suspected by its name. */
static void
test_names (void)
{
  g_autofree char *chart = billing_clinical_find_in_name ("PT-001_chart.pdf");
  g_autofree char *lab = billing_clinical_find_in_name ("2026 Lab Results.pdf");
  g_autofree char *receipt = billing_clinical_find_in_name ("Receipt PAY-001.pdf");

  g_assert_cmpstr (chart, ==, "chart");
  g_assert_cmpstr (lab, ==, "Lab");
  g_assert_null (receipt);
  g_assert_null (billing_clinical_find_in_name (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clinical-words/texts", test_texts);
  g_test_add_func ("/clinical-words/own", test_own);
  g_test_add_func ("/clinical-words/names", test_names);

  return g_test_run ();
}

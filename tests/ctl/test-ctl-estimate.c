/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-ctl-estimate"

#include "config.h"

#include <string.h>

#include "billing-test-ctl.h"

/* Estimates from the command line: what an insurer answered comes in as FHIR, and the receipt goes out. */

/* A deductible of 500.00 with 380.00 used, co-insurance of 20 %, a copay of 25.00 for office visits. */
static const char answer[] =
  "{'resourceType':'Organization','id':'i','name':'Acme Health','type':[{'coding':[{'code':'ins'}]}]}\n"
  "{'resourceType':'Patient','id':'p','name':[{'family':'Insured','given':['Ida']}],'birthDate':'1970-01-01'}\n"
  "{'resourceType':'Patient','id':'q','name':[{'family':'Bare','given':['Bo']}],'birthDate':'1971-01-01'}\n"
  "{'resourceType':'Coverage','id':'c','status':'active','beneficiary':{'reference':'Patient/p'},"
  "'payor':[{'reference':'Organization/i'}],'order':1,'period':{'start':'2020-01-01'}}\n"
  "{'resourceType':'CoverageEligibilityResponse','id':'r','status':'active','patient':{'reference':'Patient/p'},"
  "'created':'2026-02-01','insurer':{'reference':'Organization/i'},'outcome':'complete','insurance':[{"
  "'coverage':{'reference':'Coverage/c'},'inforce':true,'item':["
  "{'category':{'coding':[{'code':'30'}]},'network':{'coding':[{'code':'in'}]},'unit':{'coding':[{'code':'individual'}]},"
  "'term':{'coding':[{'code':'annual'}]},'benefit':["
  "{'type':{'coding':[{'code':'deductible'}]},'allowedMoney':{'value':500,'currency':'USD'},"
  "'usedMoney':{'value':380,'currency':'USD'}},"
  "{'type':{'coding':[{'code':'copay-percent'}]},'allowedUnsignedInt':20}]},"
  "{'category':{'coding':[{'code':'98'}]},'benefit':["
  "{'type':{'coding':[{'code':'copay'}]},'allowedMoney':{'value':25,'currency':'USD'}}]}]}]}\n";

static void
set_up (BillingTestCtl *t,
        gconstpointer   data)
{
  g_autofree char *json = g_strdelimit (g_strdup (answer), "'", '"');
  g_autofree char *path = NULL;

  billing_test_ctl_set_up (t, data);
  billing_test_ctl_run (t, "init", "--name", "Clinic", "--currency", "USD", "--time-zone", "UTC", NULL);
  path = billing_test_ctl_path (t, "answer.ndjson");
  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  billing_test_ctl_run (t, "import", path, NULL);
}

/* Of 200.00 the 120.00 that remain of the deductible, a fifth of the other 80.00, and the copay: 161.00. The lines say so one by
 * one, and so do the benefits and what was not said. */
static void
test_json (BillingTestCtl *t,
           gconstpointer   data)
{
  static const char * const steps[] = { "charge", "deductible", "coinsurance", "copay" };
  static const gint64 amounts[] = { 20000, 12000, 1600, 2500 };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *estimate;
  JsonArray *lines;

  billing_test_ctl_run (t, "estimate", "--patient", "PT-001", "--type", "office-visit", "--code", "99213", "--amount", "200",
                        "--format", "json", NULL);
  node = billing_test_ctl_json (t);
  estimate = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (estimate, "state"), ==, "ready");
  g_assert_cmpint (json_object_get_int_member (estimate, "amount"), ==, 16100);
  g_assert_cmpint (json_object_get_int_member (estimate, "deductible"), ==, 12000);
  g_assert_cmpint (json_object_get_int_member (estimate, "coinsurance"), ==, 2000);
  g_assert_cmpint (json_object_get_int_member (estimate, "out-of-pocket"), ==, -1);
  g_assert_cmpstr (json_object_get_string_member (estimate, "payer"), ==, "Acme Health");
  g_assert_cmpstr (json_object_get_string_member (estimate, "checked-on"), ==, "2026-02-01");
  g_assert_nonnull (strstr (json_object_get_string_member (estimate, "caveat"), "eligibility benefit information only"));

  lines = json_object_get_array_member (estimate, "lines");
  g_assert_cmpuint (json_array_get_length (lines), ==, G_N_ELEMENTS (steps));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);

      g_assert_cmpstr (json_object_get_string_member (line, "step"), ==, steps[i]);
      g_assert_cmpint (json_object_get_int_member (line, "amount"), ==, amounts[i]);
    }
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (estimate, "benefits")), ==, 4);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (estimate, "missing")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (estimate, "checks")), ==, 1);
}

/* For people it is a receipt, with whose answer it is from, and what is to be borne in mind. */
static void
test_table (BillingTestCtl *t,
            gconstpointer   data)
{
  static const char * const parts[] = {
    "Acme Health: checked ", "Remaining deductible", "Co-insurance, 20% of", "Estimate", "161.00", "may differ",
  };

  billing_test_ctl_run (t, "estimate", "--patient", "PT-001", "--type", "office-visit", "--amount", "200", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_nonnull (strstr (t->out, parts[i]));
}

/* Who has no insurance is told so, and it is no failure; what makes no sense is one. */
static void
test_mistakes (BillingTestCtl *t,
               gconstpointer   data)
{
  billing_test_ctl_run (t, "estimate", "--patient", "PT-002", "--type", "office-visit", NULL);
  g_assert_nonnull (strstr (t->out, "No insurance"));

  billing_test_ctl_fail (t, "--patient", "estimate", "--type", "office-visit", NULL);
  billing_test_ctl_fail (t, "--type", "estimate", "--patient", "PT-001", NULL);
  billing_test_ctl_fail (t, "PT-9", "estimate", "--patient", "PT-9", "--type", "office-visit", NULL);
  billing_test_ctl_fail (t, "office-visit", "estimate", "--patient", "PT-001", "--type", "visit", NULL);
  billing_test_ctl_fail (t, "more than zero", "estimate", "--patient", "PT-001", "--type", "office-visit", "--amount", "0", NULL);
  billing_test_ctl_fail (t, "--code", "estimate", "--patient", "PT-001", "--type", "office-visit", "--code", "1", "--treatment",
                         "TRT-1", NULL);
  billing_test_ctl_fail (t, "eligibility check", "estimate", "--patient", "PT-001", "--type", "office-visit", "--check", "x", NULL);
  billing_test_ctl_fail (t, "table or json", "estimate", "--patient", "PT-001", "--type", "office-visit", "--format", "csv",
                         NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/ctl-estimate/json", BillingTestCtl, NULL, set_up, test_json, billing_test_ctl_tear_down);
  g_test_add ("/ctl-estimate/table", BillingTestCtl, NULL, set_up, test_table, billing_test_ctl_tear_down);
  g_test_add ("/ctl-estimate/mistakes", BillingTestCtl, NULL, set_up, test_mistakes, billing_test_ctl_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "billing-exchange-error.h"
#include "billing-fhir.h"
#include "billing-patient.h"
#include "billing-treatment.h"

typedef struct {
  GPtrArray *items;    /* (owned) (element-type utf8): what each says, in short */
  GPtrArray *problems; /* (owned) (element-type utf8) */
  GPtrArray *digests;  /* (owned) (element-type utf8) */
  guint n_unused;
} Taken;

static gboolean
take_item (gpointer            data,
           guint64             entry,
           BillingImportItem  *item,
           GError            **error)
{
  Taken *taken = data;
  GString *text = g_string_new (item->type);

  for (guint i = 0; i < item->keys->len; i++)
    {
      BillingImportKey *key = item->keys->pdata[i];

      g_string_append_printf (text, " %d=%s", key->strength, key->key);
    }
  for (guint i = 0; i < item->references->len; i++)
    {
      BillingImportReference *reference = item->references->pdata[i];

      g_string_append_printf (text, " %s>%s", reference->role, reference->key);
    }

  g_ptr_array_add (taken->items, g_string_free (text, FALSE));
  g_ptr_array_add (taken->digests, billing_import_item_get_digest (item));
  return TRUE;
}

static gboolean
take_unused (gpointer     data,
             const char  *type,
             GError     **error)
{
  ((Taken *) data)->n_unused++;
  return TRUE;
}

static gboolean
take_problem (gpointer     data,
              guint64      entry,
              const char  *type,
              const char  *what,
              const char  *text,
              GError     **error)
{
  g_ptr_array_add (((Taken *) data)->problems, g_strdup_printf ("%u: %s", (guint) entry, text));
  return TRUE;
}

static const BillingImportSink sink = { take_item, take_unused, take_problem, NULL };

static void
taken_clear (Taken *taken)
{
  g_ptr_array_unref (taken->items);
  g_ptr_array_unref (taken->problems);
  g_ptr_array_unref (taken->digests);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taken, taken_clear)

/* JSON is written here with apostrophes. */
static gboolean
read_json (const char  *text,
           Taken       *taken,
           GError     **error)
{
  BillingFhirPractice practice = { "USD", "UTC" };
  char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (json, -1, g_free);

  taken->items = g_ptr_array_new_with_free_func (g_free);
  taken->problems = g_ptr_array_new_with_free_func (g_free);
  taken->digests = g_ptr_array_new_with_free_func (g_free);
  return billing_fhir_read (stream, &practice, &sink, taken, NULL, error);
}

/* No number that a double would bend reaches json-glib as a number; texts and plain integers stay as they are. */
static void
test_numbers (void)
{
  static const char * const cases[][2] = {
    { "{\"a\":112.41600000000001}", "{\"a\":\"\\u0001112.41600000000001\"}" },
    { "[1,-2,0,1e3,-0.5E-7]", "[1,-2,0,\"\\u00011e3\",\"\\u0001-0.5E-7\"]" },
    { "[9223372036854775808]", "[\"\\u00019223372036854775808\"]" },
    { "[999999999999999999]", "[999999999999999999]" },
    { "{\"1.5\":\"2.5 \\\" 3.5\",\"x\":\"\\\\\",\"y\":1.5}", "{\"1.5\":\"2.5 \\\" 3.5\",\"x\":\"\\\\\",\"y\":\"\\u00011.5\"}" },
    { "[true,false,null]", "[true,false,null]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *kept = billing_fhir_keep_numbers (cases[i][0], strlen (cases[i][0]));
      g_autoptr (JsonParser) parser = json_parser_new ();

      g_assert_cmpstr (kept, ==, cases[i][1]);
      g_assert_true (json_parser_load_from_data (parser, kept, -1, NULL));
    }
}

/* A resource is known by its address, its id, its urn and its identifiers, in this order of trust, and refers by all that may name
 * another. */
static void
test_keys (void)
{
  g_auto (Taken) taken = { 0 };
  g_autoptr (GError) error = NULL;

  read_json ("{'resourceType':'Bundle','type':'collection','entry':["
             "{'fullUrl':'https://a.example/r4/Encounter/9/_history/2','resource':{'resourceType':'Encounter','id':'9',"
             "'identifier':[{'system':'urn:v','value':'7'},{'use':'old','value':'6'}],'subject':{'reference':'Patient/1'},"
             "'serviceProvider':{'identifier':{'system':'urn:o','value':'X'}},'period':{'start':'2026-01-01'}}},"
             "{'fullUrl':'urn:uuid:AB','resource':{'resourceType':'Coverage','beneficiary':{'reference':'urn:uuid:CD'}}}]}",
             &taken, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken.items->len, ==, 2);
  g_assert_cmpstr (taken.items->pdata[0], ==,
                   "Encounter 0=https://a.example/r4/Encounter/9 1=Encounter/9 3=Encounter?identifier=urn:v|7"
                   " 4=Encounter?identifier=|7 location_id>Location?identifier=urn:o|X"
                   " location_id>Organization?identifier=urn:o|X"
                   " patient_id>https://a.example/r4/Patient/1 patient_id>Patient/1");
  g_assert_cmpstr (taken.items->pdata[1], ==, "Coverage 2=urn:uuid:ab patient_id>urn:uuid:cd patient_id>Patient/cd");
}

/* What is contained is handed over where it is referred to; a contained Coverage is known by what it says, so that a hundred
 * explanations of benefit under the same coverage make one. */
static void
test_contained (void)
{
  g_auto (Taken) taken = { 0 };
  g_autoptr (GError) error = NULL;

#define EOB(id) \
  "{'resourceType':'ExplanationOfBenefit','id':'" id "','status':'active','contained':[{'resourceType':'Coverage','id':'c'," \
  "'status':'active','beneficiary':{'reference':'Patient/1'},'payor':[{'display':'Acme'}]}]," \
  "'item':[{'encounter':[{'reference':'Encounter/" id "'}]}]}\n"
  read_json (EOB ("1") EOB ("2")
             "{'resourceType':'Encounter','id':'3','contained':[{'resourceType':'Patient','id':'p','name':[{'text':'In'}]},"
             "{'resourceType':'Location','id':'unused','name':'No'}],'subject':{'reference':'#p'},"
             "'period':{'start':'2026-01-01'}}\n", &taken, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken.items->len, ==, 6);
  g_assert_cmpstr (taken.items->pdata[1], ==, "Coverage 1=Coverage~Patient/1~~Acme~~ patient_id>Patient/1");
  g_assert_cmpstr (taken.items->pdata[1], ==, taken.items->pdata[3]);
  g_assert_cmpstr (taken.items->pdata[4], ==, "Encounter 1=Encounter/3 patient_id>Encounter/3#p");
  g_assert_cmpstr (taken.items->pdata[5], ==, "Patient 1=Encounter/3#p");
}

/* What a source changes without changing what is kept does not count as a change. */
static void
test_digest (void)
{
  g_auto (Taken) taken = { 0 };
  g_autoptr (GError) error = NULL;

  read_json ("{'resourceType':'Patient','id':'1','name':[{'family':'A'}],'birthDate':'1970-01-01'}\n"
             "{'birthDate':'1970-01-01','name':[{'family':'A','use':'official'}],'id':'1','meta':{'versionId':'2'},"
             "'resourceType':'Patient','text':{'div':'x'},'active':true}\n"
             "{'resourceType':'Patient','id':'1','name':[{'family':'A'}],'birthDate':'1970-01-02'}\n"
             "{'resourceType':'Patient','id':'1','name':[{'family':'A'}],'birthDate':'1970-01','gender':'2'}\n", &taken, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (taken.digests->pdata[0], ==, taken.digests->pdata[1]);
  g_assert_cmpstr (taken.digests->pdata[0], !=, taken.digests->pdata[2]);
  g_assert_cmpstr (taken.digests->pdata[2], !=, taken.digests->pdata[3]);
}

/* A reading goes on behind a bad entry, and ends where the file is torn. */
static void
test_going_on (void)
{
  g_auto (Taken) taken = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (read_json ("{'resourceType':'Bundle','type':'batch','entry':[{'resource':{'resourceType':'Patient',"
                             "'id':'1','name':true}},{'resource':{'resourceType':'Goal'}},7,"
                             "{'resource':{'resourceType':'Patient','id':'2','name':[{'text':'B'}]}},{'resou", &taken, &error));
  g_assert_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_TORN);
  g_assert_cmpuint (taken.items->len, ==, 1);
  g_assert_cmpuint (taken.n_unused, ==, 1);
  g_assert_cmpuint (taken.problems->len, ==, 2);
  g_assert_true (g_str_has_prefix (taken.problems->pdata[0], "1: “name” should be a list"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/numbers", test_numbers);
  g_test_add_func ("/fhir/keys", test_keys);
  g_test_add_func ("/fhir/contained", test_contained);
  g_test_add_func ("/fhir/digest", test_digest);
  g_test_add_func ("/fhir/going-on", test_going_on);

  return g_test_run ();
}

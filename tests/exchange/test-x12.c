/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-exchange-error.h"
#include "billing-patient.h"
#include "billing-trickle-stream.h"
#include "billing-x12-reader.h"
#include "billing-x12.h"

typedef struct {
  GString *said; /* (owned): a line for each item, its benefits behind it, and each problem */
  guint n_unused;
} Taken;

static void
say_record (GString       *said,
            BillingRecord *record)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];
      gboolean text = field->type == G_TYPE_STRING || field->get_enum != NULL;
      const char *value = text ? billing_record_get_text (record, field) : NULL;

      if (!g_str_equal (field->member, "currency") && value != NULL && *value != '\0')
        g_string_append_printf (said, " %s=%s", field->member, value);
      if (!text && (g_str_equal (field->member, "amount") || g_str_equal (field->member, "used") ||
                    g_str_equal (field->member, "percent")) && billing_record_get_integer (record, field) >= 0)
        g_string_append_printf (said, " %s=%" G_GINT64_FORMAT, field->member, billing_record_get_integer (record, field));
      if (!text && g_str_equal (field->member, "precedence") && billing_record_get_integer (record, field) != 1)
        g_string_append_printf (said, " precedence=%" G_GINT64_FORMAT, billing_record_get_integer (record, field));
    }
}

static gboolean
take_item (gpointer            data,
           guint64             entry,
           BillingImportItem  *item,
           GError            **error)
{
  Taken *taken = data;

  g_string_append_printf (taken->said, "%" G_GUINT64_FORMAT " %s", entry, item->type);
  say_record (taken->said, item->record);
  g_string_append_c (taken->said, '\n');
  for (guint i = 0; i < item->benefits->len; i++)
    {
      g_string_append (taken->said, " ");
      say_record (taken->said, item->benefits->pdata[i]);
      g_string_append_c (taken->said, '\n');
    }

  return TRUE;
}

static gboolean
take_unused (gpointer     data,
             const char  *type,
             GError     **error)
{
  Taken *taken = data;

  taken->n_unused++;
  g_string_append_printf (taken->said, "unused %s\n", type);
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
  g_string_append_printf (((Taken *) data)->said, "%" G_GUINT64_FORMAT " problem (%s): %s\n", entry, what, text);
  return TRUE;
}

static const BillingImportSink sink = { take_item, take_unused, take_problem, NULL };

/* What a stream says; with an error its message is the last line. */
static char *
describe (GInputStream *stream)
{
  BillingX12Practice practice = { "USD" };
  Taken taken = { g_string_new (NULL), 0 };
  g_autoptr (GError) error = NULL;

  if (!billing_x12_read (stream, &practice, &sink, &taken, NULL, &error))
    g_string_append_printf (taken.said, "error %d: %s\n", error->code, error->message);

  return g_string_free (taken.said, FALSE);
}

static char *
load (const char *name,
      gsize      *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "x12", name, NULL);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_get_contents (path, &content, length, &error);
  g_assert_no_error (error);
  return content;
}

static char *
describe_fixture (const char *name)
{
  gsize length;
  g_autofree char *content = load (name, &length);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, (gssize) length, NULL);

  return describe (stream);
}

static char *
describe_text (const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);

  return describe (stream);
}

#define assert_says(said, ...) G_STMT_START { \
  const char *const expected_[] = { __VA_ARGS__ }; \
  for (guint e_ = 0; e_ < G_N_ELEMENTS (expected_); e_++) \
    if (strstr (said, expected_[e_]) == NULL) \
      g_error ("“%s” is not in:\n%s", expected_[e_], said); \
} G_STMT_END

/* An answer is a patient, a coverage with the days of the plan, and a check with what the patient pays. */
static void
test_answer (void)
{
  g_autofree char *said = describe_fixture ("copay-only.271");

  g_assert_cmpstr (said, ==,
                   "1 x12-patients name=ANN LEE given_name=ANN family_name=LEE birth_date=1980-03-04 gender=female"
                   " address_line=12 ELM STREET city=SPRINGFIELD region=IL postal_code=62701\n"
                   "1 x12-coverages payer=ACME HEALTH member_id=M100 plan=GOLD PPO status=active"
                   " starts_on=2026-01-01 ends_on=2026-12-31\n"
                   "1 x12-checks payer=ACME HEALTH plan=GOLD PPO status=active checked_on=2026-02-03\n"
                   "  type=copay category=98 network=in unit=individual term=visit amount=2500\n");
}

/* A percentage stands as .2, as 0.4, as 12.5, and 1 is all of it; what remains of a deductible, or was met of it, is what was used of
 * the year's. */
static void
test_figures (void)
{
  g_autofree char *said = describe_fixture ("coinsurance-after-deductible.271");
  g_autofree char *met = describe_fixture ("deductible-met.271");
  g_autofree char *limit = describe_fixture ("out-of-pocket-met.271");
  g_autofree char *bad = describe_fixture ("bad-figures.271");

  assert_says (said,
               "  type=deductible category=30 network=in unit=individual term=annual amount=150000 used=40000\n"
               "  type=deductible category=30 network=in unit=individual term=remaining amount=110000\n"
               "  type=deductible category=30 network=in unit=family term=annual amount=300000 used=40000\n"
               "  type=deductible category=30 network=in unit=family term=year-to-date amount=40000\n"
               "  type=coinsurance category=30 network=in unit=individual percent=2000\n"
               "  type=coinsurance category=30 network=out unit=individual percent=4000\n"
               "  type=coinsurance category=98 network=in unit=individual percent=1250\n"
               "  type=coinsurance category=UC unit=individual percent=10000\n",
               "name=BOB J BROWN given_name=BOB J family_name=BROWN");
  assert_says (met, "term=annual amount=50000 used=50000\n", "term=remaining amount=0\n", "percent=2000\n");
  assert_says (limit, "type=out-of-pocket category=30 network=in unit=individual term=annual amount=400000 used=400000\n",
               "disposition=OUT OF POCKET LIMIT WAS MET ON 01/20\n");
  assert_says (bad, "1 problem (ST 0001 HL 3): “abc” is no amount\n", "2 problem (ST 0001 HL 4): “250” is no percentage\n",
               "3 x12-patients name=TED QUIN");
}

/* Percentages in every way of writing them, in hundredths of a percent, rounded half to even. */
static void
test_percentages (void)
{
  static const struct {
    const char *written;
    const char *read;
  } cases[] = {
    { ".2", "percent=2000\n" },     { "0.2", "percent=2000\n" },   { "00.20", "percent=2000\n" },
    { "20", "percent=2000\n" },     { "20.0", "percent=2000\n" },  { "1", "percent=10000\n" },
    { "1.00", "percent=10000\n" },  { "100", "percent=10000\n" },  { "0", "percent=0\n" },
    { ".125", "percent=1250\n" },   { ".12345", "percent=1234\n" }, { ".12355", "percent=1236\n" },
    { "1.5", "percent=150\n" },     { "7.5", "percent=750\n" },    { "101", "is no percentage" },
    { "-1", "is no percentage" },   { ".", "is no percentage" },   { "1.2.3", "is no percentage" },
    { "1e1", "is no percentage" },  { "2 0", "is no percentage" },
  };

  gsize length;
  g_autofree char *content = load ("deductible-met.271", &length);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) parts = g_strsplit (content, "*30*****20*", 2);
      g_autofree char *text = g_strdup_printf ("%s*30*****%s*%s", parts[0], cases[i].written, parts[1]);
      g_autofree char *said = describe_text (text);

      g_test_message ("%s", cases[i].written);
      assert_says (said, cases[i].read);
    }
}

/* Coverage that ended, and a payer that refuses to answer: about a patient, and about nobody. */
static void
test_refusals (void)
{
  g_autofree char *inactive = describe_fixture ("inactive.271");
  g_autofree char *rejected = describe_fixture ("rejected.271");
  g_autofree char *nobody = describe_fixture ("unknown-people.271");

  assert_says (inactive, "plan=OLD PLAN status=cancelled starts_on=2024-01-01 ends_on=2025-12-31\n",
               "x12-checks payer=ACME HEALTH plan=OLD PLAN status=inactive");
  assert_says (rejected, "1 x12-checks payer=ACME HEALTH status=error checked_on=2026-02-03"
                         " disposition=Subscriber id is missing or invalid (72): please correct and ask again;"
                         " The payer cannot answer at the moment (42): please ask again\n");
  g_assert_null (strstr (rejected, "x12-coverages"));
  g_assert_cmpstr (nobody, ==,
                   "1 problem (ST 0001 HL 2): ACME HEALTH did not answer, and names no patient: Provider is not"
                   " eligible to ask (50): do not ask again\n"
                   "2 problem (ST 0002 HL 3): ACME HEALTH did not answer, and names no patient: Subscriber name is"
                   " missing or invalid (73): please correct and ask again\n");
}

/* Dependents have the member id of their subscriber, of whom nothing is said, and its days but where they have their own. */
static void
test_dependents (void)
{
  g_autofree char *said = describe_fixture ("dependents.271");

  assert_says (said, "1 x12-patients name=AMY FOX", "2 x12-patients name=BEN FOX",
               "1 x12-coverages payer=ACME HEALTH member_id=M700 plan=FAMILY PPO status=active starts_on=2025-04-01\n",
               "2 x12-coverages payer=ACME HEALTH member_id=M700 plan=FAMILY PPO status=active starts_on=2025-09-01\n",
               "unit=children term=visit amount=1500\n");
  g_assert_null (strstr (said, "TOM"));
}

/* Several patients of several transactions in one file, each with what is its own. */
static void
test_several (void)
{
  g_autofree char *said = describe_fixture ("several.271");

  assert_says (said, "1 x12-patients name=IDA GRAY", "2 x12-patients name=KAI HALL", "3 x12-patients name=LIZ IVES",
               "2 x12-checks payer=ACME HEALTH status=inactive", "3 x12-checks payer=ACME HEALTH plan=Medicaid status=active");
}

/* A line for several service types is one for each; a procedure limits it; another primary payer makes this one the second; what is
 * not covered is said; lines without figures are none. */
static void
test_lines (void)
{
  g_autofree char *said = describe_fixture ("procedures.271");

  assert_says (said,
               " precedence=2",
               "status=active checked_on=2026-02-03\n"
               "  type=copay category=98 network=in unit=individual term=visit amount=3000\n"
               "  type=copay category=UC network=in unit=individual term=visit amount=3000\n"
               "  type=copay code=99213 network=in unit=individual term=visit amount=4500\n"
               "  type=excluded category=35\n");
  g_assert_true (g_str_has_suffix (said, "category=35\n"));
}

/* Separators are what ISA declares, control characters too; an older version repeats nothing; lines may be broken anywhere, the last
 * terminator may be missing, and old systems write Latin 1. */
static void
test_writing (void)
{
  g_autofree char *separators = describe_fixture ("separators.271");
  g_autofree char *old = describe_fixture ("old-version.271");
  g_autofree char *wrapped = describe_fixture ("wrapped.271");
  g_autofree char *latin = describe_fixture ("latin.271");

  assert_says (separators, "  type=copay category=98 code=99214 network=in unit=individual term=visit amount=3500\n"
                           "  type=copay category=UC code=99214 network=in unit=individual term=visit amount=3500\n");
  assert_says (old, "name=OLA LANE", "term=visit amount=1000\n");
  assert_says (wrapped, "name=PIA NASH", "address_line=12 ELM STREET", "term=visit amount=1200\n");
  assert_says (latin, "name=JOSÉ MEJÍA", "plan=PLAN É");
}

/* However a file is cut into pieces, it says the same. */
static void
test_pieces (void)
{
  static const char * const names[] = { "several.271", "separators.271", "wrapped.271", "dependents.271" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length;
      g_autofree char *content = load (names[i], &length);
      g_autofree char *whole = describe_fixture (names[i]);

      for (gsize step = 1; step < 8; step++)
        {
          g_autoptr (GInputStream) stream = billing_trickle_stream_new (content, length, step);
          g_autofree char *said = describe (stream);

          g_assert_cmpstr (said, ==, whole);
        }
    }
}

/* A file that is torn at any byte, and one of which a segment is missing, is an error in words. */
static void
test_torn (void)
{
  gsize length;
  g_autofree char *content = load ("several.271", &length);
  g_autofree char *torn = describe_fixture ("torn.271");
  g_autofree char *incomplete = describe_fixture ("incomplete.271");

  assert_says (torn, "error 1: The file ends in the middle");
  assert_says (incomplete, "error 2: It is no sound X12 interchange: at its segment 23 SE counts “22” where 21 are there");

  for (gsize cut = 3; cut + 22 < length; cut++)
    {
      g_autofree char *text = g_strndup (content, cut);
      g_autofree char *said = describe_text (text);

      assert_says (said, "error 1: The file ends in the middle");
    }
}

#define ISA "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260203*0915*^*00501*000000001*0*T*:~"

/* Hostile files: no terminator, separators that are letters, segments outside of envelopes, ends without a beginning. */
static void
test_hostile (void)
{
  static const struct {
    const char *text;
    const char *says;
  } cases[] = {
    { ISA "GS*HB~SE*1*1~", "SE stands where it cannot" },
    { ISA "NM1*IL~", "NM1 stands outside of a transaction" },
    { ISA "IEA*0*1~ISA", "The file ends in the middle" },
    { ISA "IEA*0*1~XYZ*1~", "there is no ISA" },
    { ISA "IEA*99999999999999999999*1~", "IEA counts" },
    { ISA ISA, "The file ends in the middle" },
    { ISA "GS*HB~ST*271~é*1~", "there is no segment" },
    { "ISA*00*AAAA", "The file ends in the middle" },
    { "ISAxISA", "ISA does not declare its separators" },
    { "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260203*0915*^*00501*000000001*0*T*AB",
      "ISA does not declare its separators" },
    { ISA "TA1*000000001*260203*0915*A*000~GS*HP*A~ST*820*1~BPR*I*1~SE*3*1~GE*1*1~IEA*1*1~", "unused X12 820\n" },
  };
  g_autoptr (GInputStream) endless = billing_trickle_stream_new_repeat (ISA "GS*", "ABCDEFGH", 1 << 20, "");
  g_autofree char *said = describe (endless);

  assert_says (said, "it does not end");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *each = describe_text (cases[i].text);

      g_test_message ("%s", cases[i].text);
      assert_says (each, cases[i].says);
    }
}

/* More benefits than there are: the answer is refused, and the memory stays small. */
static void
test_many_benefits (void)
{
  g_autoptr (GInputStream) stream = billing_trickle_stream_new_repeat (
    ISA "GS*HB~ST*271*1~BHT*0022*11*R*20260203*0915~HL*1**20*1~NM1*PR*2*P~HL*2*1*22*0~NM1*IL*1*X*Y****MI*1~DMG*D8*19800101~",
    "EB*B*IND*98***27*5~", 30000, "SE*30008*1~GE*1*1~IEA*1*1~");
  g_autofree char *said = describe (stream);

  g_assert_cmpstr (said, ==, "1 problem (ST 1 HL 2): it has more benefits than any insurer has\n");
}

/* The sample answers: a subscriber, a dependent, and an error. */
static void
test_samples (void)
{
  static const struct {
    const char *name;
    const char *says;
  } cases[] = {
    { "subscriber-health-benefit-check.271",
      "1 x12-coverages payer=ABC COMPANY member_id=123456789 plan=GOLD 123 PLAN status=active starts_on=2006-01-01\n"
      "1 x12-checks payer=ABC COMPANY plan=GOLD 123 PLAN status=active checked_on=2006-05-01\n"
      "  type=copay category=1 network=in term=visit amount=1000\n" },
    { "dependent-health-benefit-check.271", "1 x12-patients name=MARY SMITH given_name=MARY family_name=SMITH birth_date=1998-10-14" },
    { "subscriber-health-benefit-check-error.271", "1 problem (ST 4321 HL 2): ABC COMPANY did not answer, and names no patient:"
      " Provider is not eligible to ask (50): do not ask again\n" },
    { "managed-care.835", "x12-remittances format=835 payer=RUSHMORE LIFE payee=ACME MEDICAL CENTER reference=7170066655" },
  };
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "x12", NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("The sample data is not here");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_autofree char *content = NULL;
      g_autofree char *said = NULL;

      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      said = describe_text (content);
      assert_says (said, cases[i].says);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x12/answer", test_answer);
  g_test_add_func ("/x12/figures", test_figures);
  g_test_add_func ("/x12/percentages", test_percentages);
  g_test_add_func ("/x12/refusals", test_refusals);
  g_test_add_func ("/x12/dependents", test_dependents);
  g_test_add_func ("/x12/several", test_several);
  g_test_add_func ("/x12/lines", test_lines);
  g_test_add_func ("/x12/writing", test_writing);
  g_test_add_func ("/x12/pieces", test_pieces);
  g_test_add_func ("/x12/torn", test_torn);
  g_test_add_func ("/x12/hostile", test_hostile);
  g_test_add_func ("/x12/many-benefits", test_many_benefits);
  g_test_add_func ("/x12/samples", test_samples);

  return g_test_run ();
}

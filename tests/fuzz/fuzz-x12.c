/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "fuzz-x12"

#include "config.h"

#include "billing-x12.h"

#include <string.h>

#include "billing-exchange-error.h"
#include "billing-fuzz.h"
#include "billing-trickle-stream.h"

/* A few seconds; BILLING_TEST_STEPS asks for more. */
#define DEFAULT_STEPS 20000

#define ISA "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260203*0915*^*00501*000000001*0*T*:~"

static const char * const seeds[] = {
  ISA "\nGS*HB*A*B*20260203*0915*1*X*005010X279A1~\nST*271*1*005010X279A1~\nBHT*0022*11*R*20260203*0915~\nHL*1**20*1~\n"
  "NM1*PR*2*ACME*****PI*P1~\nHL*2*1*21*1~\nHL*3*2*22*1~\nTRN*2*T~\nNM1*IL*1*LEE*ANN****MI*M1~\nDMG*D8*19800304*F~\n"
  "DTP*291*RD8*20260101-20261231~\nEB*1**30^98*PR*GOLD~\nEB*C*IND*30***23*1500*****Y~\nEB*C*IND*30***29*1100*****Y~\n"
  "EB*A*IND*98*****.2****Y*HC:99213~\nLS*2120~\nNM1*PRP*2*X~\nLE*2120~\nHL*4*3*23*0~\nNM1*03*1*LEE*BEN~\n"
  "DMG*D8*20100505*M~\nEB*6**30~\nMSG*SORRY~\nSE*24*1~\nGE*1*1~\nIEA*1*1~\n",
  ISA "\nGS*HP*A*B*20260310*0915*1*X*005010X221A1~\nST*835*1~\nBPR*I*95.00*C*ACH************20260312~\nTRN*1*EFT*19~\n"
  "DTM*405*20260310~\nN1*PR*ACME~\nN1*PE*ELM*XX*1~\nLX*1~\nCLP*T1*1*350*100*70*12*A1*11*1~\nCAS*CO*253*5~\nNM1*QC*1*LEE*ANN****MI*M1~\n"
  "SVC*HC:99213:25*200*60**1~\nDTM*472*20260203~\nCAS*PR*1*40**2*30.00~\nAMT*B6*130~\nLQ*HE*N130~\nSVC*HC>97110*150*45**2**3~\n"
  "CLP*T1*22*-10*0~\nCAS*OA*23*-10~\nPLB*1*20261231*WO:X*5*L6*-1.5~\nSE*22*1~\nGE*1*1~\nIEA*1*1~\n",
  ISA "TA1*1*260203*0915*A*000~GS*HB~ST*271*2~BHT*0022*11*R*20260203*0915~HL*1**20*1~NM1*PR*2*P~AAA*Y**42*P~HL*2*1*22*0~"
  "NM1*IL*1*X*Y****MI*1~AAA*N**72*C~SE*8*2~ST*835*3~BPR*I*1~SE*3*3~GE*2*1~IEA*1*1~" ISA "IEA*0*1",
  "ISA|00|          |00|          |ZZ|A              |ZZ|B              |260203|0915|U|00401|000000001|0|T|>\n"
  "GS|HB\r\nST|271|1\nSE|2|1\nGE|1|1\nIEA|1|1",
};

static const char * const pieces[] = {
  "~", "*", "^", ":", "\n", "\r", "~~", "**", "\xff", "\xc3", "ISA", "IEA*1*1~", "HL*9*1*23*0~", "HL*9*1*22*1~", "HL*1**20*1~",
  "EB*B**98***27*5~", "EB*A**98*****99999999999999999999~", "EB*C*IND*30***29*-1~", "EB*G*^^^***", "AAA*N**72*C~", "NM1*IL~",
  "DMG*D8*20269999~", "SE*2*1~", "GE*1*1~", ISA, "\x1d", "0000000000000000000000", ".", "SE*", "\n\n", "TRN*2~", "ST*271*1~",
};

/* What is handed over can be stored: text that is UTF-8, names of its own, a patient who has a name. */
static gboolean
take_item (gpointer            data,
           guint64             entry,
           BillingImportItem  *item,
           GError            **error)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (item->record);
  g_autofree char *digest = billing_import_item_get_digest (item);

  g_assert_cmpuint (item->keys->len, >, 0);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const char *text = klass->fields[i]->type == G_TYPE_STRING
        ? billing_record_get_text (item->record, klass->fields[i]) : NULL;

      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
    }
  for (guint i = 0; i < item->keys->len; i++)
    g_assert_true (g_utf8_validate (((BillingImportKey *) item->keys->pdata[i])->key, -1, NULL));

  g_string_append_printf (data, "%" G_GUINT64_FORMAT " %s %s %u\n", entry, item->type, digest, item->benefits->len);
  return TRUE;
}

static gboolean
take_unused (gpointer     data,
             const char  *type,
             GError     **error)
{
  g_assert_true (g_utf8_validate (type, -1, NULL));
  g_string_append_printf (data, "unused %s\n", type);
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
  g_assert_true (g_utf8_validate (what, -1, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_string_append_printf (data, "%" G_GUINT64_FORMAT " %s: %s\n", entry, what, text);
  return TRUE;
}

static const BillingImportSink sink = { take_item, take_unused, take_problem, NULL };

static char *
read_all (const GString *text,
          gsize          step)
{
  BillingX12Practice practice = { "USD" };
  g_autoptr (GInputStream) stream = billing_trickle_stream_new (text->str, text->len, step);
  g_autoptr (GError) error = NULL;
  GString *said = g_string_new (NULL);

  if (!billing_x12_read (stream, &practice, &sink, said, NULL, &error))
    {
      g_assert_true (error->domain == BILLING_EXCHANGE_ERROR);
      g_string_append_printf (said, "%d: %s\n", error->code, error->message);
    }

  return g_string_free (said, FALSE);
}

/* Mutated files never crash the reader, never make it hand out what cannot be stored, and are read the same in pieces of every size. */
static void
test_mutations (void)
{
  const char *steps = g_getenv ("BILLING_TEST_STEPS");
  const char *seed = g_getenv ("BILLING_TEST_SEED");
  guint64 n_steps = steps != NULL ? g_ascii_strtoull (steps, NULL, 10) : DEFAULT_STEPS;
  guint32 first = seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : (guint32) g_test_rand_int ();

  g_test_message ("BILLING_TEST_SEED=%u BILLING_TEST_STEPS=%u", first, (guint) n_steps);
  for (guint64 i = 0; i < n_steps; i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (first + (guint32) i);
      g_autoptr (GString) text = g_string_new (seeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (seeds))]);
      g_autofree char *whole = NULL;
      g_autofree char *pieced = NULL;

      for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
        billing_fuzz_mutate (rand, text, pieces, G_N_ELEMENTS (pieces));
      whole = read_all (text, G_MAXSIZE);
      pieced = read_all (text, (gsize) g_rand_int_range (rand, 1, 9));
      if (!g_str_equal (whole, pieced))
        g_test_message ("BILLING_TEST_SEED=%u BILLING_TEST_STEPS=1", first + (guint32) i);
      g_assert_cmpstr (whole, ==, pieced);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fuzz/x12/mutations", test_mutations);

  return g_test_run ();
}

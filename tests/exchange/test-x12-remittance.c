/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-exchange-error.h"
#include "billing-remittance.h"
#include "billing-trickle-stream.h"
#include "billing-x12.h"

typedef struct {
  GPtrArray *remittances; /* (owned) (element-type BillingRemittance) */
  GPtrArray *lines;       /* (owned) (element-type BillingRemittanceLine) */
  GPtrArray *keys;        /* (owned) (element-type utf8) */
  GString *problems;      /* (owned) */
  char *error;            /* (owned) (nullable) */
} Taken;

static void
taken_clear (Taken *taken)
{
  g_ptr_array_unref (taken->remittances);
  g_ptr_array_unref (taken->lines);
  g_ptr_array_unref (taken->keys);
  g_string_free (taken->problems, TRUE);
  g_free (taken->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taken, taken_clear)

static gboolean
take_item (gpointer            data,
           guint64             entry,
           BillingImportItem  *item,
           GError            **error)
{
  Taken *taken = data;

  g_ptr_array_add (taken->keys, g_strdup (((BillingImportKey *) item->keys->pdata[0])->key));
  g_ptr_array_add (BILLING_IS_REMITTANCE (item->record) ? taken->remittances : taken->lines, g_object_ref (item->record));
  return TRUE;
}

static gboolean
take_unused (gpointer     data,
             const char  *type,
             GError     **error)
{
  g_string_append_printf (((Taken *) data)->problems, "unused %s\n", type);
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
  g_string_append_printf (((Taken *) data)->problems, "%s: %s\n", what, text);
  return TRUE;
}

static const BillingImportSink sink = { take_item, take_unused, take_problem, NULL };

static void
read_stream (Taken        *taken,
             GInputStream *stream)
{
  BillingX12Practice practice = { "USD" };
  g_autoptr (GError) error = NULL;

  taken->remittances = g_ptr_array_new_with_free_func (g_object_unref);
  taken->lines = g_ptr_array_new_with_free_func (g_object_unref);
  taken->keys = g_ptr_array_new_with_free_func (g_free);
  taken->problems = g_string_new (NULL);
  if (!billing_x12_read (stream, &practice, &sink, taken, NULL, &error))
    {
      g_assert_true (error->domain == BILLING_EXCHANGE_ERROR);
      taken->error = g_strdup (error->message);
    }
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

static void
read_fixture (Taken      *taken,
              const char *name)
{
  gsize length;
  g_autofree char *content = load (name, &length);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, (gssize) length, NULL);

  read_stream (taken, stream);
  g_assert_null (taken->error);
}

static BillingRemittanceLine *
get_line (Taken *taken,
          guint  i)
{
  g_assert_cmpuint (i, <, taken->lines->len);
  return taken->lines->pdata[i];
}

/* The line's amounts in one text: charge, allowed, paid, adjusted, by others before, the patient's, what does not fit. */
static char *
describe (BillingRemittanceLine *line)
{
  return g_strdup_printf ("%s %s %s %s %d: %d %d %d %d %d %d %d", line->level, line->claim, line->code, line->day, (int) line->units,
                          (int) line->charge, (int) line->allowed, (int) line->paid, (int) line->adjusted, (int) line->prior,
                          (int) line->patient, (int) line->imbalance);
}

#define assert_line(line, expected) G_STMT_START { \
  g_autofree char *said_ = describe (line); \
  g_assert_cmpstr (said_, ==, expected); \
} G_STMT_END

/* A remittance is a payment with its lines: services with their reasons, what a claim says besides them, a claim that names no service, and
 * what was kept back for something else. All of it sums up to what was paid. */
static void
test_payment (void)
{
  g_auto (Taken) taken = { 0 };
  BillingRemittance *remittance;

  read_fixture (&taken, "payment.835");

  g_assert_cmpstr (taken.problems->str, ==, "");
  g_assert_cmpuint (taken.remittances->len, ==, 1);
  remittance = taken.remittances->pdata[0];
  g_assert_cmpstr (remittance->payer, ==, "ACME HEALTH");
  g_assert_cmpstr (remittance->payee, ==, "ELM CLINIC");
  g_assert_cmpstr (remittance->reference, ==, "EFT-7001");
  g_assert_cmpstr (remittance->method, ==, "ACH");
  g_assert_cmpstr (remittance->day, ==, "2026-03-12");
  g_assert_cmpint (remittance->amount, ==, 23650);
  g_assert_cmpint (remittance->claims, ==, 24000);
  g_assert_cmpint (remittance->provider_adjusted, ==, 350);
  g_assert_cmpstr (remittance->provider_codes, ==, "WO:500 L6:-150");
  g_assert_cmpint (remittance->imbalance, ==, 0);

  g_assert_cmpuint (taken.lines->len, ==, 5);
  assert_line (get_line (&taken, 0), "service TRT-001 99213 2026-02-03 1: 20000 15000 12000 5000 0 3000 0");
  assert_line (get_line (&taken, 1), "service TRT-001 97110 2026-02-04 3: 15000 10500 6500 4500 0 4000 0");
  assert_line (get_line (&taken, 2), "rest TRT-001 (null) 2026-02-03 1: 0 -1 -500 500 0 0 0");
  assert_line (get_line (&taken, 3), "service SVC-009 80053 2026-02-05 1: 8000 -1 0 8000 0 0 0");
  assert_line (get_line (&taken, 4), "claim 7788 (null) 2026-02-06 1: 6000 -1 6000 0 0 0 0");
  g_assert_cmpstr (get_line (&taken, 0)->codes, ==, "CO-45:5000 PR-2:3000 N130");
  g_assert_cmpstr (get_line (&taken, 0)->modifiers, ==, "25");
  g_assert_cmpstr (get_line (&taken, 1)->codes, ==, "CO-45:4500 PR-1:2500 PR-3:1500");
  g_assert_cmpstr (get_line (&taken, 1)->modifiers, ==, "GP 59");
  g_assert_cmpstr (get_line (&taken, 3)->codes, ==, "CO-29:8000 MA01 N30");
  g_assert_cmpstr (get_line (&taken, 0)->patient_name, ==, "NED J KANE");
  g_assert_cmpstr (get_line (&taken, 0)->member_id, ==, "M1000");
  g_assert_cmpstr (get_line (&taken, 0)->payer_claim, ==, "ACME-1");
}

/* A reversal is negative, its correction has a name of its own, and what another insurer decided before is nobody's adjustment again. */
static void
test_reversal (void)
{
  g_auto (Taken) taken = { 0 };
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  read_fixture (&taken, "reversal.835");

  g_assert_cmpint (((BillingRemittance *) taken.remittances->pdata[0])->imbalance, ==, 0);
  g_assert_cmpuint (taken.lines->len, ==, 3);
  assert_line (get_line (&taken, 0), "service TRT-001 99213 2026-02-03 1: -20000 -1 -12000 -5000 0 -3000 0");
  assert_line (get_line (&taken, 1), "service TRT-001 99213 2026-02-03 1: 20000 -1 13000 5000 0 2000 0");
  assert_line (get_line (&taken, 2), "service TRT-002 99214 2026-02-07 1: 10000 -1 3000 0 6000 1000 0");
  g_assert_cmpstr (get_line (&taken, 0)->claim_status, ==, "22");
  for (guint i = 0; i < taken.keys->len; i++)
    g_assert_true (g_hash_table_add (keys, taken.keys->pdata[i]));
}

/* Separators are those that the ISA declares. */
static void
test_separators (void)
{
  g_auto (Taken) taken = { 0 };

  read_fixture (&taken, "separators.835");

  g_assert_cmpuint (taken.lines->len, ==, 1);
  assert_line (get_line (&taken, 0), "service A 99213 2026-02-03 1: 20000 -1 12000 5000 0 3000 0");
  g_assert_cmpstr (get_line (&taken, 0)->modifiers, ==, "25");
}

/* Figures that do not fit come in and are said; a claim that cannot be read and a remittance without its number do not, and are said too. */
static void
test_unbalanced (void)
{
  g_auto (Taken) taken = { 0 };
  BillingRemittance *remittance;

  read_fixture (&taken, "unbalanced.835");

  g_assert_cmpuint (taken.remittances->len, ==, 1);
  remittance = taken.remittances->pdata[0];
  g_assert_cmpint (remittance->imbalance, ==, 1000);
  g_assert_cmpuint (taken.lines->len, ==, 1);
  assert_line (get_line (&taken, 0), "service B 99213 (null) 1: 20000 -1 9000 5000 0 0 6000");
  g_assert_cmpstr (taken.problems->str, ==,
                   "ST 0001 CLP C: “12,50” is no amount\n"
                   "ST 0002: it does not say which cheque or transfer it is about\n");
}

/* Cut anywhere, a file is torn and says so in a sentence; nothing crashes, nothing is made up. */
static void
test_torn (void)
{
  gsize length;
  g_autofree char *content = load ("payment.835", &length);

  gsize end = (gsize) (strstr (content, "IEA") - content);

  for (gsize cut = 1; cut < end; cut += 7)
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, (gssize) cut, NULL);
      g_auto (Taken) taken = { 0 };

      read_stream (&taken, stream);
      g_assert_nonnull (taken.error);
    }
}

static gint64
sum (GPtrArray *lines,
     gsize      offset)
{
  gint64 total = 0;

  for (guint i = 0; i < lines->len; i++)
    total += G_STRUCT_MEMBER (gint64, lines->pdata[i], offset);

  return total;
}

/* Files that others published, where they lie beside the project: read to the cent, and in balance. */
static void
test_published (void)
{
  static const struct {
    const char *name;
    gint64 amount, claims, kept, charge, adjusted, prior, patient;
    guint n_lines;
  } files[] = {
    { "cob-contractural-adjustment.835", 3400, 3400, 0, 54100, -900, 51600, 0, 1 },
    { "managed-care.835", 94500, 94500, 0, 200000, 15500, 0, 90000, 2 },
    { "medicare-part-a.835", 15000000, 14999873, -127, 22636697, 7636824, 0, 0, 2 },
    { "secondary-payment.835", 122200, 122200, 0, 1107514, 8500, 954814, 22000, 3 },
    { "tertiary-payment.835", 18750, 18750, 0, 176650, 0, 157900, 0, 1 },
  };
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "x12", NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the published files are not here");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
      g_auto (Taken) taken = { 0 };
      BillingRemittance *remittance;

      g_assert_nonnull (stream);
      read_stream (&taken, G_INPUT_STREAM (stream));
      g_assert_null (taken.error);
      g_assert_cmpstr (taken.problems->str, ==, "");
      g_assert_cmpuint (taken.remittances->len, ==, 1);
      remittance = taken.remittances->pdata[0];
      g_assert_cmpint (remittance->amount, ==, files[i].amount);
      g_assert_cmpint (remittance->claims, ==, files[i].claims);
      g_assert_cmpint (remittance->provider_adjusted, ==, files[i].kept);
      g_assert_cmpint (remittance->imbalance, ==, 0);
      g_assert_cmpuint (taken.lines->len, ==, files[i].n_lines);
      g_assert_cmpint (sum (taken.lines, G_STRUCT_OFFSET (BillingRemittanceLine, paid)), ==, files[i].claims);
      g_assert_cmpint (sum (taken.lines, G_STRUCT_OFFSET (BillingRemittanceLine, charge)), ==, files[i].charge);
      g_assert_cmpint (sum (taken.lines, G_STRUCT_OFFSET (BillingRemittanceLine, adjusted)), ==, files[i].adjusted);
      g_assert_cmpint (sum (taken.lines, G_STRUCT_OFFSET (BillingRemittanceLine, prior)), ==, files[i].prior);
      g_assert_cmpint (sum (taken.lines, G_STRUCT_OFFSET (BillingRemittanceLine, patient)), ==, files[i].patient);
      g_assert_cmpint (sum (taken.lines, G_STRUCT_OFFSET (BillingRemittanceLine, imbalance)), ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x12-remittance/payment", test_payment);
  g_test_add_func ("/x12-remittance/reversal", test_reversal);
  g_test_add_func ("/x12-remittance/separators", test_separators);
  g_test_add_func ("/x12-remittance/unbalanced", test_unbalanced);
  g_test_add_func ("/x12-remittance/torn", test_torn);
  g_test_add_func ("/x12-remittance/published", test_published);

  return g_test_run ();
}

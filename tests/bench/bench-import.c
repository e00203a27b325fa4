/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>
#include <time.h>

#include "billing-bench.h"
#include "billing-fhir.h"
#include "billing-importer.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"
#include "billing-treatment.h"

/*
 * What importing 10,000 treatments costs over reading the file and inserting their rows: what is over is that they are compared with the
 * books first, that references are resolved, that it is all known again next time, and that nothing is ever half imported.
 */

#define N_TREATMENTS 10000
#define N_PATIENTS 400
#define RUNS 5

typedef struct {
  char *path;
  sqlite3 *db;
  sqlite3_stmt *treatment;
  sqlite3_stmt *code;
  gint64 n;
} Bench;

/* Of all threads: what others do on the machine is none of ours. */
static gint64
read_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static char *
write_file (const char *folder)
{
  char *path = g_build_filename (folder, "treatments.ndjson", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_PATIENTS; i++)
    g_string_append_printf (text, "{\"resourceType\":\"Patient\",\"id\":\"p%u\",\"name\":[{\"use\":\"official\",\"family\":"
                            "\"Bench%u\",\"given\":[\"Ann\"]}],\"gender\":\"female\",\"birthDate\":\"1970-12-31\"}\n", i, i);
  g_string_append (text, "{\"resourceType\":\"Location\",\"id\":\"l\",\"name\":\"North\"}\n"
                         "{\"resourceType\":\"Practitioner\",\"id\":\"d\",\"name\":[{\"family\":\"Ann\",\"prefix\":[\"Dr.\"]}]}\n");
  for (guint i = 0; i < N_TREATMENTS; i++)
    g_string_append_printf (text,
      "{\"resourceType\":\"Encounter\",\"id\":\"fe26d396-16a3-43a3-90e2-%012u\",\"status\":\"finished\",\"class\":{\"system\":"
      "\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"AMB\"},\"type\":[{\"coding\":[{\"system\":"
      "\"http://snomed.info/sct\",\"code\":\"185349003\",\"display\":\"Encounter for check up (procedure)\"}],\"text\":"
      "\"Encounter for check up (procedure)\"}],\"subject\":{\"reference\":\"Patient/p%u\"},\"participant\":[{\"individual\":"
      "{\"reference\":\"Practitioner/d\"}}],\"location\":[{\"location\":{\"reference\":\"Location/l\"}}],\"period\":{\"start\":"
      "\"2026-%02u-%02uT04:44:29+00:00\",\"end\":\"2026-%02u-%02uT04:59:29+00:00\"},\"meta\":{\"tag\":[{\"system\":"
      "\"https://smarthealthit.org/tags\",\"code\":\"synthea-5-2019\"}]}}\n",
      i, i % N_PATIENTS, i % 12 + 1, i % 28 + 1, i % 12 + 1, i % 28 + 1);

  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  return path;
}

static void
bind_text (sqlite3_stmt *stmt,
           int           index,
           const char   *text)
{
  sqlite3_bind_text (stmt, index, text, -1, SQLITE_STATIC);
}

static void
step (Bench        *bench,
      sqlite3_stmt *stmt)
{
  if (sqlite3_step (stmt) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (bench->db));
  sqlite3_reset (stmt);
}

static gboolean
insert_item (gpointer            data,
             guint64             entry,
             BillingImportItem  *item,
             GError            **error)
{
  Bench *bench = data;
  BillingTreatment *treatment = (BillingTreatment *) item->record;
  BillingImportPart *part;
  g_autofree char *id = g_strdup_printf ("bare%" G_GINT64_FORMAT, ++bench->n);

  if (!BILLING_IS_TREATMENT (item->record))
    return TRUE;

  bind_text (bench->treatment, 1, id);
  sqlite3_bind_int64 (bench->treatment, 2, treatment->starts_at);
  sqlite3_bind_int64 (bench->treatment, 3, treatment->ends_at);
  bind_text (bench->treatment, 4, treatment->day);
  bind_text (bench->treatment, 5, treatment->description);
  step (bench, bench->treatment);

  part = item->parts->pdata[0];
  for (guint i = 0; i < part->codes->len; i++)
    {
      BillingTreatmentCode *code = part->codes->pdata[i];

      bind_text (bench->code, 1, id);
      bind_text (bench->code, 2, code->system);
      bind_text (bench->code, 3, code->code);
      bind_text (bench->code, 4, code->display);
      step (bench, bench->code);
    }

  return TRUE;
}

static gboolean
ignore_unused (gpointer     data,
               const char  *type,
               GError     **error)
{
  return TRUE;
}

static gboolean
ignore_problem (gpointer     data,
                guint64      entry,
                const char  *type,
                const char  *what,
                const char  *text,
                GError     **error)
{
  g_error ("%s", text);
  return FALSE;
}

static void
execute (Bench      *bench,
         const char *sql)
{
  if (sqlite3_exec (bench->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (bench->db));
}

static gint64
time_bare (Bench *bench)
{
  static const BillingImportSink sink = { insert_item, ignore_unused, ignore_problem, NULL };
  BillingFhirPractice fhir = { "USD", "America/New_York" };
  BillingTestPractice practice;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (bench->path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  gint64 start;
  gint64 end;

  billing_test_practice_set_up (&practice);
  path = g_build_filename (practice.folder, "practice.db", NULL);
  if (sqlite3_open_v2 (path, &bench->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bench->db));
  execute (bench, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384");
  sqlite3_prepare_v2 (bench->db,
                      "INSERT INTO treatments (id, number, patient_id, starts_at, ends_at, day, description, currency, created_at)"
                      " SELECT ?1, ?1, (SELECT id FROM patients LIMIT 1), ?2, ?3, ?4, ?5, 'USD', 0", -1, &bench->treatment, NULL);
  sqlite3_prepare_v2 (bench->db, "INSERT INTO treatment_codes (id, treatment_id, system, code, display)"
                                 " VALUES ('c' || ?1, ?1, ?2, ?3, ?4)", -1, &bench->code, NULL);

  start = read_clock ();
  execute (bench, "BEGIN IMMEDIATE");
  g_assert_true (billing_fhir_read (stream, &fhir, &sink, bench, NULL, NULL));
  execute (bench, "COMMIT");
  end = read_clock ();

  sqlite3_finalize (bench->treatment);
  sqlite3_finalize (bench->code);
  sqlite3_close (bench->db);
  billing_test_practice_tear_down (&practice);
  return end - start;
}

static gint64
time_ours (Bench *bench)
{
  BillingTestPractice practice;
  BillingImporter *importer;
  gint64 start;
  gint64 end;

  billing_test_practice_set_up (&practice);
  start = read_clock ();
  importer = billing_importer_new (practice.desk);
  billing_importer_add_path (importer, bench->path);
  g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, NULL));
  g_assert_true (billing_importer_apply (importer, NULL, NULL));
  g_object_unref (importer);
  end = read_clock ();

  billing_test_practice_tear_down (&practice);
  return end - start;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { 0 };
  char *folder = billing_test_folder ();
  gint64 ours[RUNS];
  gint64 bare[RUNS];
  gboolean kept;

  g_test_init (&argc, &argv, NULL);
  bench.path = write_file (folder);
  for (guint i = 0; i < RUNS; i++)
    {
      bare[i] = time_bare (&bench);
      ours[i] = time_ours (&bench);
    }
  qsort (ours, RUNS, sizeof ours[0], compare_times);
  qsort (bare, RUNS, sizeof bare[0], compare_times);
  kept = billing_bench_report ("importing 10,000 treatments, ns of CPU, ours : read and insert", ours[RUNS / 2],
                               bare[RUNS / 2], 200, 0);

  g_free (bench.path);
  billing_test_folder_remove (folder);
  return kept ? 0 : 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-importer"

#include "config.h"

#include "billing-importer.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-csv-import.h"
#include "billing-desk-private.h"
#include "billing-fhir.h"
#include "billing-import-store.h"

/* So many problems are shown; all of them are counted. */
#define MAX_PROBLEMS 1000

/* People see progress this often. */
#define PROGRESS_INTERVAL (50 * G_TIME_SPAN_MILLISECOND)

struct _BillingImporter {
  GObject parent_instance;

  BillingDesk *desk;         /* (owned) */
  GListStore *files;         /* (owned) (element-type BillingImportFile) */
  GListStore *counts;        /* (owned) (element-type BillingImportCount) */
  GListStore *problems;      /* (owned) (element-type BillingImportProblem) */
  GPtrArray *columns;        /* (owned) (element-type GListStore): of each file */
  GPtrArray *plans;          /* (owned) (element-type BillingCsvPlan): of each file, %NULL for FHIR */
  guint64 n_problems;
  BillingImportStage *stage; /* (owned) (nullable): of the last prepare */
  gboolean applied;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (BillingImporter, billing_importer, G_TYPE_OBJECT)

/* What a prepare finds out, perhaps on another thread; the importer takes it over on its own. */
typedef struct {
  BillingDesk *desk;         /* (owned) */
  char *currency;            /* (owned) */
  char *time_zone;           /* (owned) */
  char *locale;              /* (owned) (nullable) */
  GPtrArray *files;          /* (owned) (element-type BillingImportFile): copies */
  GPtrArray *plans;          /* (not owned) (element-type BillingCsvPlan) */
  BillingImportStage *stage; /* (owned) */
  GPtrArray *tallies;        /* (owned) */
  GPtrArray *complaints;     /* (owned) */
  gint64 n_complaints;

  guint file;                /* being read */
  GInputStream *stream;      /* (not owned) (nullable): of it */
  gint64 total;              /* bytes of all files */
  gint64 before;             /* bytes of those that were read */
  guint64 entries;           /* of those that were read */
  guint64 file_entries;      /* of this one */
  gint64 last_progress;
  BillingImportProgress progress;
  gpointer progress_data;
  GMainContext *context;     /* (owned) (nullable): where progress is told; %NULL: here */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->desk);
  g_free (work->currency);
  g_free (work->time_zone);
  g_free (work->locale);
  g_ptr_array_unref (work->files);
  g_clear_pointer (&work->stage, billing_import_stage_free);
  g_clear_pointer (&work->tallies, g_ptr_array_unref);
  g_clear_pointer (&work->complaints, g_ptr_array_unref);
  g_clear_pointer (&work->context, g_main_context_unref);
  g_free (work);
}

static void
plan_free (gpointer plan)
{
  g_clear_pointer ((BillingCsvPlan **) &plan, billing_csv_plan_free);
}

/* Progress */

typedef struct {
  BillingImportProgress progress;
  gpointer data;
  int fraction;
  guint64 entries;
} Telling;

static gboolean
tell_cb (gpointer data)
{
  Telling *telling = data;

  telling->progress (telling->fraction, telling->entries, telling->data);
  return G_SOURCE_REMOVE;
}

static void
tell (Work *work,
      int   fraction)
{
  Telling telling = { work->progress, work->progress_data, fraction, work->entries + work->file_entries };

  work->last_progress = g_get_monotonic_time ();
  if (work->context == NULL)
    tell_cb (&telling);
  else
    g_main_context_invoke_full (work->context, G_PRIORITY_DEFAULT, tell_cb, g_memdup2 (&telling, sizeof telling), g_free);
}

static void
sink_progress (gpointer data,
               guint64  offset,
               guint64  entries)
{
  Work *work = data;
  gint64 at = work->before;

  work->file_entries = entries;
  if (work->progress == NULL || g_get_monotonic_time () - work->last_progress < PROGRESS_INTERVAL)
    return;

  if (work->stream != NULL)
    at += g_seekable_tell (G_SEEKABLE (work->stream));
  tell (work, (int) (work->total > 0 ? MIN (at * 950 / work->total, 950) : 0));
}

/* Reading */

static gboolean
sink_item (gpointer            data,
           guint64             entry,
           BillingImportItem  *item,
           GError            **error)
{
  return billing_import_stage_put (((Work *) data)->stage, entry, item, error);
}

static gboolean
sink_unused (gpointer     data,
             const char  *type,
             GError     **error)
{
  return billing_import_stage_put_unused (((Work *) data)->stage, type, error);
}

static gboolean
sink_problem (gpointer     data,
              guint64      entry,
              const char  *type,
              const char  *what,
              const char  *text,
              GError     **error)
{
  return billing_import_stage_put_problem (((Work *) data)->stage, entry, type, what, text, error);
}

static const BillingImportSink sink = { sink_item, sink_unused, sink_problem, sink_progress };

/* What an earlier import kept, as if it stood in a file before all others. */
static gboolean
read_waiting (GBytes    *entry,
              gpointer   data,
              GError   **error)
{
  Work *work = data;
  BillingFhirPractice practice = { work->currency, work->time_zone };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (entry);

  return billing_fhir_read (stream, &practice, &sink, work, NULL, error);
}

/* What a file is shows in its first character that is not white. */
static gboolean
peek (GFile         *file,
      char          *first,
      gint64        *size,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  char bytes[4096];
  gssize n;

  if (stream == NULL)
    return FALSE;

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
  *size = info != NULL ? g_file_info_get_size (info) : 0;
  n = g_input_stream_read (G_INPUT_STREAM (stream), bytes, sizeof bytes, cancellable, error);
  if (n < 0)
    return FALSE;

  *first = '\0';
  for (gssize i = 0; i < n && *first == '\0'; i++)
    {
      if (i == 0 && n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
        i = 2;
      else if (!g_ascii_isspace (bytes[i]))
        *first = bytes[i];
    }

  return TRUE;
}

static gboolean
set_bad_format (GError     **error,
                const char  *text)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, text);
  return FALSE;
}

static GInputStream *
open_file (Work          *work,
           GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  GFileInputStream *stream = g_file_read (file, cancellable, error);

  work->stream = (GInputStream *) stream;
  return (GInputStream *) stream;
}

static gboolean
read_fhir (Work          *work,
           GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  BillingFhirPractice practice = { work->currency, work->time_zone };
  g_autoptr (GInputStream) stream = open_file (work, file, cancellable, error);
  gboolean ok = stream != NULL && billing_fhir_read (stream, &practice, &sink, work, cancellable, error);

  work->stream = NULL;
  return ok;
}

static gboolean
make_plan (Work          *work,
           GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  BillingCsvPractice practice = { work->currency, work->time_zone, work->locale };
  g_autoptr (GInputStream) stream = NULL;

  if (work->plans->pdata[work->file] != NULL)
    return TRUE;

  stream = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  if (stream == NULL)
    return FALSE;

  work->plans->pdata[work->file] = billing_csv_plan_new (stream, &practice, cancellable, error);
  return work->plans->pdata[work->file] != NULL;
}

static gboolean
read_csv (Work          *work,
          GFile         *file,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *missing = NULL;
  gboolean ok;

  if (!make_plan (work, file, cancellable, error))
    return FALSE;

  missing = billing_csv_plan_check (work->plans->pdata[work->file]);
  if (missing != NULL)
    return set_bad_format (error, missing);

  stream = open_file (work, file, cancellable, error);
  ok = stream != NULL && billing_csv_read (stream, work->plans->pdata[work->file], &sink, work, cancellable, error);
  work->stream = NULL;
  return ok;
}

static gboolean
read_content (Work               *work,
              BillingImportFile  *told,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (told->path);
  char first;

  if (!peek (file, &first, &told->size, cancellable, error))
    return FALSE;

  if (first == '\0')
    return set_bad_format (error, _("It is empty"));
  if (first == '<')
    return set_bad_format (error, _("It is XML; FHIR is read as JSON, and tables as CSV"));

  g_free (told->format);
  told->format = g_strdup (first == '{' || first == '[' ? "fhir" : "csv");
  if (first == '{' || first == '[')
    return read_fhir (work, file, cancellable, error);

  return read_csv (work, file, cancellable, error);
}

/* A file that cannot be read whole leaves nothing but the reason. Only what is wrong with us is an error. */
static gboolean
read_file (Work          *work,
           GCancellable  *cancellable,
           GError       **error)
{
  BillingImportFile *told = work->files->pdata[work->file];
  g_autoptr (GError) local = NULL;
  gboolean ok;

  work->file_entries = 0;
  if (!billing_import_stage_begin_file (work->stage, told->name, error))
    return FALSE;

  ok = read_content (work, told, cancellable, &local);
  told->entries = (gint64) work->file_entries;
  if (!ok && (local->domain == BILLING_STORE_ERROR || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!ok)
    {
      g_autofree char *reason = g_strdelimit (g_strdup (local->message), "\n", ' ');
      g_autofree char *text = NULL;

      if (g_str_has_suffix (reason, "."))
        reason[strlen (reason) - 1] = '\0';
      /* Translators: why a file was not imported, a sentence without its full stop */
      text = g_strdup_printf (_("%s. Nothing of it was imported."), reason);
      if (!billing_import_stage_drop_file (work->stage, text, error))
        return FALSE;
    }

  work->before += told->size;
  work->entries += work->file_entries;
  return billing_import_stage_end_file (work->stage, error);
}

static void
measure_files (Work *work)
{
  for (guint i = 0; i < work->files->len; i++)
    {
      BillingImportFile *told = work->files->pdata[i];
      g_autoptr (GFile) file = g_file_new_for_path (told->path);
      g_autoptr (GFileInfo) info =
        g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

      work->total += info != NULL ? g_file_info_get_size (info) : 0;
    }
}

static gboolean
do_prepare (Work          *work,
            GCancellable  *cancellable,
            GError       **error)
{
  work->stage = billing_import_stage_new (billing_desk_get_store (work->desk), error);
  if (work->stage == NULL)
    return FALSE;

  measure_files (work);
  if (!billing_import_stage_each_waiting (work->stage, read_waiting, work, error))
    return FALSE;

  for (work->file = 0; work->file < work->files->len; work->file++)
    {
      if (!read_file (work, cancellable, error))
        return FALSE;
    }

  work->file_entries = 0;
  if (work->progress != NULL)
    tell (work, 950);
  if (!billing_import_stage_compare (work->stage, cancellable, error) ||
      !billing_import_stage_count_complaints (work->stage, &work->n_complaints, error))
    return FALSE;

  work->tallies = billing_import_stage_list_tallies (work->stage, error);
  work->complaints = work->tallies != NULL
    ? billing_import_stage_list_complaints (work->stage, MAX_PROBLEMS, error) : NULL;
  if (work->complaints != NULL && work->progress != NULL)
    tell (work, 1000);

  return work->complaints != NULL;
}

/* What people are told */

static const struct {
  const char *type;
  const char *label;
} labels[] = {
  { "Patient", N_("Patients") },
  { "patients", N_("Patients") },
  { "Encounter", N_("Treatments (Encounter)") },
  { "treatments", N_("Treatments") },
  { "Location", N_("Locations") },
  { "locations", N_("Locations") },
  { "Organization", N_("Locations (Organization)") },
  { "Practitioner", N_("Physicians (Practitioner)") },
  { "physicians", N_("Physicians") },
  { "Coverage", N_("Coverages") },
  { "CoverageEligibilityResponse", N_("Eligibility checks (CoverageEligibilityResponse)") },
  { "eligibility_checks", N_("Eligibility checks") },
  { "Claim", N_("Charges (Claim)") },
  { "ExplanationOfBenefit", N_("Patients’ parts (ExplanationOfBenefit)") },
  { "Procedure", N_("Codes (Procedure)") },
  { "Immunization", N_("Codes (Immunization)") },
  { "ChargeItem", N_("Charges (ChargeItem)") },
};

static const char *
get_label (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (labels[i].type, type))
        return _(labels[i].label);
    }

  return *type != '\0' ? type : _("Not recognised");
}

static guint
get_place (const char *type)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (labels) && !g_str_equal (labels[i].type, type))
    i++;

  return i;
}

static int
compare_tallies (gconstpointer a,
                 gconstpointer b)
{
  const BillingImportTally *x = *(gpointer *) a;
  const BillingImportTally *y = *(gpointer *) b;
  guint place_x = get_place (x->type);
  guint place_y = get_place (y->type);

  if (place_x != place_y)
    return place_x < place_y ? -1 : 1;

  return g_strcmp0 (x->type, y->type);
}

static void
show_counts (BillingImporter *self,
             GPtrArray       *tallies)
{
  g_list_store_remove_all (self->counts);
  g_ptr_array_sort (tallies, compare_tallies);
  for (guint i = 0; i < tallies->len; i++)
    {
      BillingImportTally *tally = tallies->pdata[i];
      g_autoptr (BillingImportCount) count = billing_import_count_new ();

      count->kind = g_strdup (tally->type);
      count->label = g_strdup (get_label (tally->type));
      count->added = tally->added;
      count->changed = tally->changed;
      count->same = tally->same;
      count->waiting = tally->waiting;
      count->refused = tally->refused;
      count->unused = tally->unused;
      g_list_store_append (self->counts, count);
    }
}

/* A row of a table says “row 12”, in the person's language; a FHIR resource says “Patient/12”, or “Patient” without an id. */
static gboolean
is_row (BillingImportComplaint *complaint)
{
  return complaint->what != NULL && strchr (complaint->what, '/') == NULL &&
         strpbrk (complaint->what, "0123456789") != NULL;
}

static char *
make_reason (BillingImportComplaint *complaint)
{
  if (complaint->ambiguous)
    return g_strdup_printf (_("waits: more than one thing in the practice is known as %s"), complaint->text);
  if (complaint->waits && is_row (complaint))
    return g_strdup_printf (_("there is no %s in the practice"), complaint->text);
  if (complaint->waits)
    return g_strdup_printf (_("waits for %s, which no file has brought yet"), complaint->text);

  return g_strdup (complaint->text);
}

static char *
make_line (BillingImportComplaint *complaint,
           const char             *reason)
{
  if (complaint->entry == 0)
    return g_strdup_printf ("%s: %s", complaint->file, reason);
  if (complaint->what == NULL)
    return g_strdup_printf (_("%s, entry %" PRId64 ": %s"), complaint->file, complaint->entry, reason);

  return g_strdup_printf (_("%s, entry %" PRId64 " (%s): %s"), complaint->file, complaint->entry,
                          complaint->what, reason);
}

static void
show_problems (BillingImporter *self,
               GPtrArray       *complaints)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < complaints->len; i++)
    {
      BillingImportComplaint *complaint = complaints->pdata[i];
      BillingImportProblem *problem = billing_import_problem_new ();

      problem->file = g_strdup (complaint->file);
      problem->entry = complaint->entry;
      problem->what = g_strdup (complaint->what);
      problem->text = make_reason (complaint);
      problem->line = make_line (complaint, problem->text);
      g_ptr_array_add (problems, problem);
    }

  g_list_store_splice (self->problems, 0, g_list_model_get_n_items (G_LIST_MODEL (self->problems)), problems->pdata,
                       problems->len);
}

static void
show_plan (BillingImporter *self,
           guint            i)
{
  g_autoptr (BillingImportFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);
  BillingCsvPlan *plan = self->plans->pdata[i];
  GListStore *columns = self->columns->pdata[i];
  char separator[2] = { 0 };

  g_list_store_remove_all (columns);
  if (plan == NULL)
    return;

  separator[0] = billing_csv_plan_get_separator (plan);
  g_object_set (file, "kind", billing_csv_plan_get_kind (plan), "encoding", billing_csv_plan_get_encoding (plan),
                "separator", separator, "date-order", billing_csv_plan_get_date_order (plan), NULL);
  for (guint c = 0; c < billing_csv_plan_get_n_columns (plan); c++)
    {
      const BillingCsvColumn *from = billing_csv_plan_get_column (plan, c);
      g_autoptr (BillingImportColumn) column = billing_import_column_new ();

      column->header = g_strdup (from->header);
      column->samples = g_strdup (from->samples);
      column->target = g_strdup (from->target);
      column->target_label = g_strdup (billing_csv_get_target_label (from->target));
      column->note = g_strdup (from->note);
      g_list_store_append (columns, column);
    }
}

static void
show (BillingImporter *self,
      Work            *work)
{
  for (guint i = 0; i < work->files->len; i++)
    {
      g_autoptr (BillingRecord) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      billing_record_copy (file, work->files->pdata[i]);
      show_plan (self, i);
    }

  show_counts (self, work->tallies);
  show_problems (self, work->complaints);
  self->n_problems = (guint64) work->n_complaints;
  g_clear_pointer (&self->stage, billing_import_stage_free);
  self->stage = g_steal_pointer (&work->stage);
  self->applied = FALSE;
}

/* The object */

/* What was read names patients: it goes with the last who is interested. */
static void
billing_importer_dispose (GObject *object)
{
  BillingImporter *self = BILLING_IMPORTER (object);

  g_clear_pointer (&self->stage, billing_import_stage_free);

  G_OBJECT_CLASS (billing_importer_parent_class)->dispose (object);
}

static void
billing_importer_finalize (GObject *object)
{
  BillingImporter *self = BILLING_IMPORTER (object);

  g_object_unref (self->desk);
  g_object_unref (self->files);
  g_object_unref (self->counts);
  g_object_unref (self->problems);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->plans);

  G_OBJECT_CLASS (billing_importer_parent_class)->finalize (object);
}

static void
billing_importer_class_init (BillingImporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = billing_importer_dispose;
  object_class->finalize = billing_importer_finalize;
}

static void
billing_importer_init (BillingImporter *self)
{
  self->files = g_list_store_new (BILLING_TYPE_IMPORT_FILE);
  self->counts = g_list_store_new (BILLING_TYPE_IMPORT_COUNT);
  self->problems = g_list_store_new (BILLING_TYPE_IMPORT_PROBLEM);
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->plans = g_ptr_array_new_with_free_func (plan_free);
}

/**
 * billing_importer_new:
 * @desk: the session that imports
 *
 * Returns: (transfer full): an import without files
 */
BillingImporter *
billing_importer_new (BillingDesk *desk)
{
  BillingImporter *self = g_object_new (BILLING_TYPE_IMPORTER, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

/**
 * billing_importer_add_path:
 * @self: an import
 * @path: a file; whether it can be read shows in billing_importer_prepare()
 *
 * Adds a file to what is read by the next billing_importer_prepare().
 */
void
billing_importer_add_path (BillingImporter *self,
                           const char      *path)
{
  g_autoptr (BillingImportFile) file = billing_import_file_new ();

  g_return_if_fail (!self->busy);

  file->path = g_strdup (path);
  file->name = g_path_get_basename (path);
  file->format = g_strdup ("");
  g_ptr_array_add (self->columns, g_list_store_new (BILLING_TYPE_IMPORT_COLUMN));
  g_ptr_array_add (self->plans, NULL);
  g_list_store_append (self->files, file);
}

void
billing_importer_add_file (BillingImporter *self,
                           GFile           *file)
{
  g_autofree char *path = g_file_get_path (file);

  g_return_if_fail (path != NULL);

  billing_importer_add_path (self, path);
}

GListModel *
billing_importer_get_files (BillingImporter *self)
{
  return G_LIST_MODEL (self->files);
}

GListModel *
billing_importer_get_columns (BillingImporter *self,
                              guint            file)
{
  g_return_val_if_fail (file < self->columns->len, NULL);

  return self->columns->pdata[file];
}

/**
 * billing_importer_list_targets:
 * @self: an import
 * @file: which file
 *
 * Returns: (transfer full): what a column of it may be taken for
 */
char **
billing_importer_list_targets (BillingImporter *self,
                               guint            file)
{
  BillingCsvPlan *plan = file < self->plans->len ? self->plans->pdata[file] : NULL;

  return billing_csv_list_targets (plan != NULL ? billing_csv_plan_get_kind (plan) : NULL);
}

const char *
billing_importer_get_target_label (const char *target)
{
  return billing_csv_get_target_label (target);
}

static BillingCsvPlan *
get_plan (BillingImporter  *self,
          guint             file,
          GError          **error)
{
  BillingCsvPlan *plan = file < self->plans->len && !self->busy ? self->plans->pdata[file] : NULL;

  if (plan == NULL)
    g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID, _("This file has no columns"));

  return plan;
}

static gboolean
finish_correction (BillingImporter  *self,
                   guint             file,
                   gboolean          ok,
                   GError          **error)
{
  if (!ok)
    {
      g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID,
                           _("The file’s columns cannot be read like that. Nothing was changed."));
      return FALSE;
    }

  show_plan (self, file);
  return TRUE;
}

/**
 * billing_importer_set_target:
 * @self: an import
 * @file: which file
 * @column: which of its columns
 * @target: (nullable): what it is taken for; %NULL leaves it out
 * @error: return location for a %BILLING_DESK_ERROR_INVALID
 *
 * Corrects what was proposed; billing_importer_prepare() reads the file accordingly. The column that had @target loses it.
 *
 * Returns: whether it can be that
 */
gboolean
billing_importer_set_target (BillingImporter  *self,
                             guint             file,
                             guint             column,
                             const char       *target,
                             GError          **error)
{
  BillingCsvPlan *plan = get_plan (self, file, error);

  return plan != NULL && finish_correction (self, file, billing_csv_plan_set_target (plan, column, target), error);
}

gboolean
billing_importer_set_kind (BillingImporter  *self,
                           guint             file,
                           const char       *kind,
                           GError          **error)
{
  BillingCsvPlan *plan = get_plan (self, file, error);

  return plan != NULL && finish_correction (self, file, billing_csv_plan_set_kind (plan, kind), error);
}

gboolean
billing_importer_set_date_order (BillingImporter  *self,
                                 guint             file,
                                 const char       *order,
                                 GError          **error)
{
  BillingCsvPlan *plan = get_plan (self, file, error);

  return plan != NULL && finish_correction (self, file, billing_csv_plan_set_date_order (plan, order), error);
}

static gboolean
check_role (BillingImporter  *self,
            GError          **error)
{
  BillingPerson *person = billing_desk_get_person (self->desk);
  g_autofree char *refusal = NULL;

  if (billing_desk_may (self->desk, BILLING_VERB_IMPORT))
    return TRUE;

  refusal = billing_verb_refusal (BILLING_VERB_IMPORT, person->role);
  g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED, refusal);
  return FALSE;
}

static Work *
begin_work (BillingImporter        *self,
            BillingImportProgress   progress,
            gpointer                progress_data)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  Work *work = g_new0 (Work, 1);

  work->desk = g_object_ref (self->desk);
  work->currency = g_strdup (practice->currency);
  work->time_zone = g_strdup (practice->time_zone);
  work->locale = g_strdup (practice->locale);
  work->plans = self->plans;
  work->progress = progress;
  work->progress_data = progress_data;
  work->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (BillingRecord) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);
      BillingRecord *copy = BILLING_RECORD (billing_import_file_new ());

      billing_record_copy (copy, file);
      g_ptr_array_add (work->files, copy);
    }

  return work;
}

/**
 * billing_importer_prepare:
 * @self: an import with files
 * @progress: (nullable) (scope call): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Reads the files and compares them with the books, which stay as they are. What is wrong with files or entries is no error but
 * stands in billing_importer_get_problems().
 *
 * Returns: whether it can be shown and applied
 */
gboolean
billing_importer_prepare (BillingImporter        *self,
                          BillingImportProgress   progress,
                          gpointer                progress_data,
                          GCancellable           *cancellable,
                          GError                **error)
{
  Work *work;
  gboolean ok;

  g_return_val_if_fail (!self->busy, FALSE);

  if (!check_role (self, error))
    return FALSE;

  work = begin_work (self, progress, progress_data);
  ok = do_prepare (work, cancellable, error);
  if (ok)
    show (self, work);
  work_free (work);

  return ok;
}

static void
prepare_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (do_prepare (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
billing_importer_prepare_async (BillingImporter        *self,
                                BillingImportProgress   progress,
                                gpointer                progress_data,
                                GCancellable           *cancellable,
                                GAsyncReadyCallback     callback,
                                gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  Work *work;

  g_return_if_fail (!self->busy);

  g_task_set_source_tag (task, billing_importer_prepare_async);
  if (!check_role (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  work = begin_work (self, progress, progress_data);
  work->context = g_main_context_ref_thread_default ();
  self->busy = TRUE;
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, prepare_thread);
}

gboolean
billing_importer_prepare_finish (BillingImporter  *self,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (work != NULL)
    self->busy = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  show (self, work);
  return TRUE;
}

GListModel *
billing_importer_get_counts (BillingImporter *self)
{
  return G_LIST_MODEL (self->counts);
}

/**
 * billing_importer_get_problems:
 * @self: an import that is prepared
 *
 * Returns: (transfer none): why entries and files do not come in, the first thousand of them
 */
GListModel *
billing_importer_get_problems (BillingImporter *self)
{
  return G_LIST_MODEL (self->problems);
}

guint64
billing_importer_get_n_problems (BillingImporter *self)
{
  return self->n_problems;
}

/* Added, changed, the same, waiting, refused, unused. */
static void
sum_up (BillingImporter *self,
        gint64           sums[6])
{
  memset (sums, 0, 6 * sizeof (gint64));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->counts)); i++)
    {
      g_autoptr (BillingImportCount) count = g_list_model_get_item (G_LIST_MODEL (self->counts), i);
      const gint64 numbers[6] = { count->added, count->changed, count->same, count->waiting, count->refused,
                                  count->unused };

      for (guint n = 0; n < 6; n++)
        sums[n] += numbers[n];
    }
}

/**
 * billing_importer_has_changes:
 * @self: an import that is prepared
 *
 * Returns: whether applying it would write anything
 */
gboolean
billing_importer_has_changes (BillingImporter *self)
{
  gint64 sums[6];

  sum_up (self, sums);
  return self->stage != NULL && !self->applied && sums[0] + sums[1] + sums[3] > 0;
}

/**
 * billing_importer_get_summary:
 * @self: an import that is prepared
 *
 * Returns: (transfer full): what comes in and what does not, in one sentence
 */
char *
billing_importer_get_summary (BillingImporter *self)
{
  const char *formats[6] = { _("%" PRId64 " new"),     _("%" PRId64 " changed"),
                             _("%" PRId64 " as before"), _("%" PRId64 " waiting"),
                             _("%" PRId64 " refused"), _("%" PRId64 " not used here") };
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 sums[6];

  sum_up (self, sums);
  for (guint i = 0; i < 6; i++)
    {
      if (sums[i] == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (text, formats[i], sums[i]);
#pragma GCC diagnostic pop
    }

  return text->len > 0 ? g_strdup (text->str) : g_strdup (_("Nothing to import"));
}

/* Applying */

typedef struct {
  BillingImportStage *stage; /* (not owned) */
  BillingDesk *desk;         /* (owned) */
  char *account;             /* (owned) */
  char *files;               /* (owned) */
  char *summary;             /* (owned) */
} Application;

static void
application_free (gpointer data)
{
  Application *application = data;

  g_object_unref (application->desk);
  g_free (application->account);
  g_free (application->files);
  g_free (application->summary);
  g_free (application);
}

static Application *
begin_application (BillingImporter *self)
{
  Application *application = g_new0 (Application, 1);
  g_autoptr (GString) files = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (BillingImportFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      g_string_append_printf (files, "%s%s", files->len > 0 ? ", " : "", file->name);
    }

  application->stage = self->stage;
  application->desk = g_object_ref (self->desk);
  application->account = g_strdup (billing_desk_get_person (self->desk)->account);
  application->files = g_strdup (files->str);
  application->summary = billing_importer_get_summary (self);
  return application;
}

/* The role is checked once more, and the audit written, by the verb. */
static gboolean
run_apply (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Application *application = data;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_IMPORT, NULL);

  act->notes = g_strdup_printf ("%s: %s", application->files, application->summary);
  return billing_import_stage_apply (application->stage, connection, g_get_real_time () / G_USEC_PER_SEC,
                                     application->account, application->files, cancellable, error) &&
         billing_desk_perform (application->desk, connection, act, error);
}

/* Where the import failed before it was attached there is nothing to detach, and that is no news. */
static gboolean
run_detach (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  billing_import_stage_detach (connection, NULL);
  return TRUE;
}

static gboolean
do_apply (Application   *application,
          GCancellable  *cancellable,
          GError       **error)
{
  BillingStore *store = billing_desk_get_store (application->desk);
  gboolean ok = billing_store_write (store, run_apply, application, cancellable, error);

  billing_store_write (store, run_detach, NULL, NULL, NULL);
  return ok;
}

static gboolean
check_applicable (BillingImporter  *self,
                  GError          **error)
{
  if (self->stage != NULL && !self->applied)
    return check_role (self, error);

  g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID,
                       _("Nothing is prepared to be imported. Nothing was changed."));
  return FALSE;
}

/**
 * billing_importer_apply:
 * @self: an import that is prepared
 * @cancellable: (nullable): what stops it before it is committed
 * @error: return location for an error
 *
 * Writes what was shown, in one transaction with its line of the audit.
 *
 * Returns: whether all of it is in the books; nothing of it otherwise
 */
gboolean
billing_importer_apply (BillingImporter  *self,
                        GCancellable     *cancellable,
                        GError          **error)
{
  Application *application;

  g_return_val_if_fail (!self->busy, FALSE);

  if (!check_applicable (self, error))
    return FALSE;

  application = begin_application (self);
  self->applied = do_apply (application, cancellable, error);
  application_free (application);

  return self->applied;
}

static void
apply_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (do_apply (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
billing_importer_apply_async (BillingImporter      *self,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (!self->busy);

  /* What is committed is committed, whatever is cancelled afterwards. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, billing_importer_apply_async);
  if (!check_applicable (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->busy = TRUE;
  g_task_set_task_data (task, begin_application (self), application_free);
  g_task_run_in_thread (task, apply_thread);
}

gboolean
billing_importer_apply_finish (BillingImporter  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (g_task_get_task_data (G_TASK (result)) != NULL)
    self->busy = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  self->applied = TRUE;
  return TRUE;
}

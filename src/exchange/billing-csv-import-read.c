/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-csv-import-read"

#include "config.h"

#include "billing-csv-import-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-csv-reader.h"
#include "billing-exchange-error.h"
#include "billing-text-reader.h"

/* The rows of a CSV file, one after another. */

typedef struct {
  BillingCsvRow row;
  const BillingImportSink *sink;
  gpointer data;
  BillingImportItem *held;     /* (owned) (nullable): a treatment that the next row may add a line to */
  char *held_visit;            /* (owned) (nullable): its number */
  guint64 held_number;
  GHashTable *brought;         /* (owned) (element-type utf8): places and people that were handed over */
} Reader;

/* Places and people stand in a row by name; where nobody has that name yet, the row brings them along. */
static gboolean
bring (Reader      *self,
       GType        type,
       const char  *target,
       GError     **error)
{
  const char *name = billing_csv_row_get (&self->row, target);
  g_autoptr (BillingRecord) record = NULL;
  g_autoptr (BillingImportItem) item = NULL;
  g_autofree char *key = NULL;
  BillingRecordClass *klass;

  if (name == NULL)
    return TRUE;

  record = g_object_new (type, NULL);
  klass = BILLING_RECORD_GET_CLASS (record);
  key = g_strdup_printf ("%s#name:%s", klass->kind, name);
  if (!g_hash_table_add (self->brought, g_strdup (key)))
    return TRUE;

  item = billing_csv_row_begin_item (&self->row, klass->kind);
  billing_record_set_text (record, billing_record_class_find (klass, "name"), name);
  item->record = g_steal_pointer (&record);
  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID, g_steal_pointer (&key));

  return self->sink->item (self->data, self->row.number, item, error);
}

static gboolean
flush (Reader  *self,
       GError **error)
{
  g_autoptr (BillingImportItem) held = g_steal_pointer (&self->held);

  g_clear_pointer (&self->held_visit, g_free);
  return held == NULL || self->sink->item (self->data, self->held_number, held, error);
}

static gboolean
report_problem (Reader      *self,
                const char  *text,
                GError     **error)
{
  g_autofree char *what = g_strdup_printf (_("row %" PRIu64), self->row.number);

  return self->sink->problem (self->data, self->row.number, billing_csv_plan_get_kind (self->row.plan), what, text,
                              error);
}

/* Many programs write a row for each line of a visit: lines of one visit that follow one another are one treatment. */
static gboolean
read_treatment_row (Reader  *self,
                    GError **error)
{
  const char *visit = billing_csv_row_get (&self->row, "visit");

  if (self->held != NULL && visit != NULL && g_strcmp0 (visit, self->held_visit) == 0)
    {
      billing_csv_row_add_amounts (&self->row, self->held->parts->pdata[0]);
      return self->row.problem == NULL || report_problem (self, self->row.problem, error);
    }

  if (!flush (self, error))
    return FALSE;

  self->held = billing_csv_row_read_treatment (&self->row);
  self->held_visit = g_strdup (visit);
  self->held_number = self->row.number;
  if (self->row.problem != NULL)
    {
      g_clear_pointer (&self->held, billing_import_item_free);
      return report_problem (self, self->row.problem, error);
    }

  return bring (self, BILLING_TYPE_LOCATION, "location", error) &&
         bring (self, BILLING_TYPE_PHYSICIAN, "physician", error);
}

static gboolean
read_row (Reader  *self,
          GError **error)
{
  const char *kind = billing_csv_plan_get_kind (self->row.plan);
  g_autoptr (BillingImportItem) item = NULL;

  g_clear_pointer (&self->row.problem, g_free);
  if (g_str_equal (kind, "treatments"))
    return read_treatment_row (self, error);

  item = g_str_equal (kind, "patients") ? billing_csv_row_read_patient (&self->row)
                                        : billing_csv_row_read_check (&self->row);
  if (self->row.problem != NULL)
    return report_problem (self, self->row.problem, error);

  return self->sink->item (self->data, self->row.number, item, error);
}

static gboolean
read_rows (Reader            *self,
           BillingCsvReader  *csv,
           GCancellable      *cancellable,
           GError           **error)
{
  for (guint64 n = 1;; n++)
    {
      g_auto (GStrv) row = NULL;
      g_autoptr (GError) local = NULL;
      gboolean ok = billing_csv_reader_next (csv, &row, &self->row.number, cancellable, &local);

      if (!ok && !g_error_matches (local, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (ok && row == NULL)
        return flush (self, error);

      /* The end of the file is no row. */
      if (self->sink->progress != NULL)
        self->sink->progress (self->data, 0, n);
      if (!ok && !report_problem (self, local->message, error))
        return FALSE;

      self->row.cells = row;
      if (ok && !read_row (self, error))
        return FALSE;
    }
}

gboolean
billing_csv_read (GInputStream             *raw,
                  BillingCsvPlan           *plan,
                  const BillingImportSink  *sink,
                  gpointer                  data,
                  GCancellable             *cancellable,
                  GError                  **error)
{
  g_autoptr (GInputStream) text = billing_text_reader_open (raw, NULL, cancellable, error);
  g_autoptr (BillingCsvReader) csv = text != NULL ? billing_csv_reader_new (text, cancellable, error) : NULL;
  Reader self = { .row.plan = plan, .sink = sink, .data = data };
  gboolean ok;

  if (csv == NULL)
    return FALSE;

  self.brought = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = read_rows (&self, csv, cancellable, error);
  g_clear_pointer (&self.held, billing_import_item_free);
  g_hash_table_unref (self.brought);
  g_free (self.held_visit);
  g_free (self.row.problem);
  return ok;
}

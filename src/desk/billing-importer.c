/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-importer"

#include "config.h"

#include "billing-importer-private.h"

#include <glib/gi18n-lib.h>

#include "billing-desk-private.h"

/* The object: which files are imported, what is known of them, and how their columns are read. */

G_DEFINE_FINAL_TYPE (BillingImporter, billing_importer, G_TYPE_OBJECT)

static void
plan_free (gpointer plan)
{
  g_clear_pointer ((BillingCsvPlan **) &plan, billing_csv_plan_free);
}

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
    g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID,
                         _("This file has no columns"));

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

  billing_importer_show_plan (self, file);
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
 * Corrects what was proposed; billing_importer_prepare() reads the file accordingly. The column that
 * had @target loses it.
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

  return plan != NULL &&
         finish_correction (self, file, billing_csv_plan_set_target (plan, column, target), error);
}

gboolean
billing_importer_set_kind (BillingImporter  *self,
                           guint             file,
                           const char       *kind,
                           GError          **error)
{
  BillingCsvPlan *plan = get_plan (self, file, error);

  return plan != NULL &&
         finish_correction (self, file, billing_csv_plan_set_kind (plan, kind), error);
}

gboolean
billing_importer_set_date_order (BillingImporter  *self,
                                 guint             file,
                                 const char       *order,
                                 GError          **error)
{
  BillingCsvPlan *plan = get_plan (self, file, error);

  return plan != NULL &&
         finish_correction (self, file, billing_csv_plan_set_date_order (plan, order), error);
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

/* Told before anything is read; the verb checks it once more. */
gboolean
billing_importer_check_role (BillingImporter  *self,
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-export"

#include "config.h"

#include "billing-report-export.h"

#include <string.h>

#include "billing-safe-file.h"

typedef struct {
  char *csv;  /* (owned) */
  char *path; /* (owned) */
  BillingReportExportFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Exporting;

static void
exporting_free (Exporting *exporting)
{
  g_free (exporting->csv);
  g_free (exporting->path);
  if (exporting->destroy != NULL)
    exporting->destroy (exporting->data);
  g_free (exporting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exporting, exporting_free)

static gboolean
write_file (Exporting  *exporting,
            GError    **error)
{
  g_autoptr (BillingSafeFile) file = billing_safe_file_open (exporting->path, error);

  return file != NULL &&
         g_output_stream_write_all (billing_safe_file_get_stream (file), exporting->csv, strlen (exporting->csv), NULL, NULL,
                                    error) &&
         billing_safe_file_commit (file, error);
}

/* Who takes data out of the practice was written down first. A table has a few lines: written at once. */
static void
announced_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Exporting) exporting = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error) || !write_file (exporting, &error))
    exporting->func (error->message, exporting->data);
  else
    exporting->func (NULL, exporting->data);
}

/**
 * billing_report_export:
 * @desk: a session
 * @csv: (transfer full): the file
 * @file: where to
 * @func: called once it is saved, or cannot be
 * @data: data for @func
 * @destroy: (nullable): frees @data
 *
 * Saves a table, and notes who did.
 */
void
billing_report_export (BillingDesk             *desk,
                       char                    *csv,
                       GFile                   *file,
                       BillingReportExportFunc  func,
                       gpointer                 data,
                       GDestroyNotify           destroy)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_EXPORT, NULL);
  g_autofree char *name = g_file_get_basename (file);
  Exporting *exporting = g_new0 (Exporting, 1);

  *exporting = (Exporting) { csv, g_file_get_path (file), func, data, destroy };
  g_object_set (act, "text", name, NULL);
  billing_desk_do_async (desk, act, NULL, announced_cb, exporting);
}

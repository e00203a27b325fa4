/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "billing-console.h"
#include "billing-import-columns.h"
#include "billing-importer.h"
#include "billing-printer.h"

static void
progress_cb (int      fraction,
             guint64  entries,
             gpointer data)
{
  g_autofree char *what = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " entry read",
                                                        "%" PRIu64 " entries read", entries), entries);

  billing_console_progress (fraction / 1000.0, what);
}

static gboolean
prepare (BillingImporter  *importer,
         GError          **error)
{
  gboolean done = billing_importer_prepare (importer, progress_cb, NULL, NULL, error);

  billing_console_progress_end ();
  return done;
}

/* What files are shows when they are read; where that was corrected they are read once more. */
static gboolean
read_files (BillingCall      *call,
            BillingImporter  *importer,
            GError          **error)
{
  gboolean corrected = FALSE;

  for (guint i = 0; call->arguments[i] != NULL; i++)
    billing_importer_add_path (importer, call->arguments[i]);

  return prepare (importer, error) &&
         billing_import_columns_correct (importer, call, &corrected, error) &&
         (!corrected || prepare (importer, error));
}

/* Results are for programs in every format but the table, which is for people. */
static void
print_columns (BillingCall     *call,
               BillingImporter *importer)
{
  const char *format = billing_call_get (call, "format");
  gboolean is_table = format == NULL || g_str_equal (format, "table");
  gboolean dry = billing_call_get (call, "dry-run") != NULL;

  billing_import_columns_print (importer, dry && is_table ? stdout : stderr, dry);
}

static void
print_problems (BillingImporter *importer)
{
  GListModel *problems = billing_importer_get_problems (importer);
  guint64 n_more = billing_importer_get_n_problems (importer) - g_list_model_get_n_items (problems);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (BillingImportProblem) problem = g_list_model_get_item (problems, i);

      g_printerr ("%s\n", problem->line);
    }

  if (n_more > 0)
    g_printerr (g_dngettext (GETTEXT_PACKAGE, "and %" PRIu64 " more\n", "and %" PRIu64 " more\n",
                             n_more), n_more);
}

static void
print_counts (BillingImporter *importer,
              BillingPrinter  *printer)
{
  GListModel *counts = billing_importer_get_counts (importer);

  for (guint i = 0; i < g_list_model_get_n_items (counts); i++)
    {
      g_autoptr (BillingRecord) count = g_list_model_get_item (counts, i);

      billing_printer_add (printer, count);
    }

  billing_printer_finish (printer);
}

/* Something of what was asked for is in the practice now, or was before. */
static gboolean
has_taken_anything (BillingImporter *importer)
{
  GListModel *counts = billing_importer_get_counts (importer);

  for (guint i = 0; i < g_list_model_get_n_items (counts); i++)
    {
      g_autoptr (BillingImportCount) count = g_list_model_get_item (counts, i);

      if (count->added + count->changed + count->same + count->waiting > 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_refused_file (BillingImporter *importer)
{
  GListModel *problems = billing_importer_get_problems (importer);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (BillingImportProblem) problem = g_list_model_get_item (problems, i);

      if (problem->entry == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
judge (BillingImporter  *importer,
       GError          **error)
{
  const char *sentence = NULL;

  if (!has_taken_anything (importer))
    sentence = _("Nothing came in");
  else if (has_refused_file (importer))
    sentence = _("Not every file came in whole; what is said above names them");

  if (sentence != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, sentence);

  return sentence == NULL;
}

gboolean
billing_command_import (BillingCall  *call,
                        GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autoptr (BillingImporter) importer = NULL;
  g_autoptr (BillingPrinter) printer = NULL;
  BillingColumnFormat columns;
  gboolean dry = billing_call_get (call, "dry-run") != NULL;

  if (desk == NULL)
    return FALSE;

  columns = billing_call_get_format (call);
  printer = billing_printer_new (billing_call_get (call, "format"), "import-counts", &columns, error);
  importer = billing_importer_new (desk);
  if (printer == NULL || !read_files (call, importer, error))
    return FALSE;

  print_columns (call, importer);
  print_problems (importer);
  if (!dry && billing_importer_has_changes (importer) && !billing_importer_apply (importer, NULL, error))
    return FALSE;

  print_counts (importer, printer);
  return judge (importer, error);
}

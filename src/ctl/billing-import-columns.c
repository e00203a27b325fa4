/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-columns"

#include "config.h"

#include "billing-import-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "billing-printer.h"

/* How a column is read is told in a sentence. */
#define MAX_CELL 100

static BillingImportFile *
get_csv (BillingImporter *importer,
         guint            i)
{
  g_autoptr (BillingImportFile) file = g_list_model_get_item (billing_importer_get_files (importer), i);

  return g_str_equal (file->format, "csv") ? g_steal_pointer (&file) : NULL;
}

static gboolean
fail (GError     **error,
      const char  *format,
      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError     **error,
      const char  *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
  return FALSE;
}

/* Correcting */

typedef gboolean (*Correction) (BillingImporter *importer, guint file, const char *value, GError **error);

/* The same for every CSV file; there has to be one. */
static gboolean
correct_all (BillingImporter  *importer,
             Correction        correct,
             const char       *option,
             const char       *value,
             const char       *expected,
             GError          **error)
{
  guint n = g_list_model_get_n_items (billing_importer_get_files (importer));
  guint n_csv = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BillingImportFile) file = get_csv (importer, i);

      /* One that cannot be read at all has no columns. */
      if (file == NULL || g_list_model_get_n_items (billing_importer_get_columns (importer, i)) == 0)
        continue;
      n_csv++;
      if (!correct (importer, i, value, NULL))
        return fail (error, _("--%s should be one of %s, not “%s”"), option, expected, value);
    }

  return n_csv > 0 || fail (error, _("None of the files is a CSV file, so --%s means nothing"), option);
}

static gboolean
set_column (BillingImporter  *importer,
            guint             file,
            guint             column,
            const char       *target,
            GError          **error)
{
  g_auto (GStrv) targets = billing_importer_list_targets (importer, file);
  g_autofree char *known = g_strjoinv (", ", targets);

  if (billing_importer_set_target (importer, file, column, *target != '\0' ? target : NULL, NULL))
    return TRUE;

  return *known != '\0' ? fail (error, _("“%s” is no target; it is one of %s"), target, known)
                        : fail (error, _("The header does not tell what the rows are; say it with --kind"));
}

static gboolean
map_file (BillingImporter  *importer,
          guint             file,
          const char       *header,
          const char       *target,
          guint            *n_found,
          GError          **error)
{
  GListModel *columns = billing_importer_get_columns (importer, file);

  for (guint c = 0; c < g_list_model_get_n_items (columns); c++)
    {
      g_autoptr (BillingImportColumn) column = g_list_model_get_item (columns, c);

      if (!g_str_equal (column->header, header))
        continue;
      (*n_found)++;
      /* The model is filled anew by a correction. */
      return set_column (importer, file, c, target, error);
    }

  return TRUE;
}

/* A header may have = in it, a target has none. */
static gboolean
map (BillingImporter  *importer,
     const char       *text,
     GError          **error)
{
  const char *equals = strrchr (text, '=');
  guint n = g_list_model_get_n_items (billing_importer_get_files (importer));
  g_autofree char *header = NULL;
  guint n_found = 0;

  if (equals == NULL)
    return fail (error, _("--map should be HEADER=TARGET, not “%s”"), text);

  header = g_strndup (text, (gsize) (equals - text));
  for (guint i = 0; i < n; i++)
    {
      if (!map_file (importer, i, header, equals + 1, &n_found, error))
        return FALSE;
    }

  return n_found > 0 || fail (error, _("None of the files is a CSV file with a column “%s”"), header);
}

/**
 * billing_import_columns_correct:
 * @importer: an import that is prepared
 * @call: with --kind, --map and --dates, or without
 * @corrected: (out): whether it has to be prepared again
 * @error: return location for a %G_OPTION_ERROR
 *
 * Returns: whether everything that was said fits the files
 */
gboolean
billing_import_columns_correct (BillingImporter  *importer,
                                BillingCall      *call,
                                gboolean         *corrected,
                                GError          **error)
{
  const char *kind = billing_call_get (call, "kind");
  const char *dates = billing_call_get (call, "dates");
  g_auto (GStrv) maps = billing_call_get_all (call, "map");

  /* A kind proposes all columns anew, so it comes first. */
  if (kind != NULL && !correct_all (importer, billing_importer_set_kind, "kind", kind,
                                    "patients, treatments, eligibility_checks", error))
    return FALSE;

  for (guint i = 0; maps[i] != NULL; i++)
    {
      if (!map (importer, maps[i], error))
        return FALSE;
    }

  if (dates != NULL &&
      !correct_all (importer, billing_importer_set_date_order, "dates", dates, "dmy, mdy, ymd", error))
    return FALSE;

  *corrected = kind != NULL || dates != NULL || *maps != NULL;
  return TRUE;
}

/* Showing */

static void
print_file (BillingImporter   *importer,
            guint              i,
            BillingImportFile *file,
            FILE              *output,
            gboolean           samples)
{
  BillingColumnFormat plain = { "", "" };
  g_autoptr (BillingPrinter) printer =
    billing_printer_new (NULL, samples ? "import-samples" : "import-columns", &plain, NULL);
  GListModel *columns = billing_importer_get_columns (importer, i);

  billing_printer_set_output (printer, output);
  billing_printer_set_max_cell (printer, MAX_CELL);
  fprintf (output, "%s: %s, %s\n", file->name, file->kind != NULL ? file->kind : _("not recognised"), file->encoding);
  for (guint c = 0; c < g_list_model_get_n_items (columns); c++)
    {
      g_autoptr (BillingRecord) column = g_list_model_get_item (columns, c);

      billing_printer_add (printer, column);
    }
  billing_printer_finish (printer);
  fputc ('\n', output);
}

/**
 * billing_import_columns_print:
 * @importer: an import that is prepared
 * @output: standard output or standard error
 * @samples: whether with values, which name patients
 *
 * Prints for each CSV file what its columns are taken for.
 */
void
billing_import_columns_print (BillingImporter *importer,
                              FILE            *output,
                              gboolean         samples)
{
  for (guint i = 0; i < g_list_model_get_n_items (billing_importer_get_files (importer)); i++)
    {
      g_autoptr (BillingImportFile) file = get_csv (importer, i);

      if (file != NULL && g_list_model_get_n_items (billing_importer_get_columns (importer, i)) > 0)
        print_file (importer, i, file, output, samples);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-print"

#include "config.h"

#include "billing-report-print.h"

#include <glib/gi18n.h>

typedef struct {
  BillingReportPage *page; /* (owned) */
  BillingReportPrintFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *printing = data;

  billing_report_page_free (printing->page);
  if (printing->destroy != NULL)
    printing->destroy (printing->data);
  g_free (printing);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                number,
              BillingReportPage *page)
{
  billing_report_page_draw (page, gtk_print_context_get_cairo_context (context), gtk_print_context_get_width (context),
                            gtk_print_context_get_height (context));
}

static GtkPrintOperation *
create_operation (BillingReportPage *page)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, page->heading);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), page);
  return operation;
}

static void
done_cb (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         Printing                *printing)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  /* Only where there is an error may it be asked for. */
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      /* Translators: why */
      problem = g_strdup_printf (_("Nothing was printed: %s"), error != NULL ? error->message : _("the printer said no"));
    }

  printing->func (problem, printing->data);
  /* As old as what it does. */
  g_object_unref (operation);
}

/**
 * billing_report_print:
 * @page: (transfer full): what to print
 * @parent: the window
 * @func: called at the end
 * @data: data for @func
 * @destroy: (nullable): frees @data
 *
 * Asks for a printer; where there is none, the same dialog prints into a PDF file.
 */
void
billing_report_print (BillingReportPage      *page,
                      GtkWindow              *parent,
                      BillingReportPrintFunc  func,
                      gpointer                data,
                      GDestroyNotify          destroy)
{
  GtkPrintOperation *operation = create_operation (page); /* (owned): by done_cb() */
  Printing *printing = g_new0 (Printing, 1);

  *printing = (Printing) { page, func, data, destroy };
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), printing, printing_free, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

/**
 * billing_report_to_pdf:
 * @page: what to print
 * @path: a file
 * @error: return location for a #GtkPrintError
 *
 * Returns: whether the page is in the file
 */
gboolean
billing_report_to_pdf (BillingReportPage  *page,
                       const char         *path,
                       GError            **error)
{
  g_autoptr (GtkPrintOperation) operation = create_operation (page);

  gtk_print_operation_set_export_filename (operation, path);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error) ==
         GTK_PRINT_OPERATION_RESULT_APPLY;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-print"

#include "config.h"

#include "billing-letter-print.h"

#include <glib/gi18n.h>

#include "billing-letter-layout.h"

/* Letters on their way to a printer. They are laid out for the paper that was chosen, which may not be the one that was shown. */

typedef struct {
  GPtrArray *letters; /* (owned) (element-type BillingLetter) */
  GPtrArray *layouts; /* (owned) (element-type BillingLetterLayout): of the first letters */
  GArray *first_pages; /* (owned) (element-type int): on which page each of them begins */
  int n_pages; /* of them */
  BillingLetterPrintFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *printing = data;

  g_ptr_array_unref (printing->letters);
  g_ptr_array_unref (printing->layouts);
  g_array_unref (printing->first_pages);
  if (printing->destroy != NULL)
    printing->destroy (printing->data);
  g_free (printing);
}

/* One letter at a time, so that the window lives while many are laid out. */
static gboolean
paginate_cb (GtkPrintOperation *operation,
             GtkPrintContext   *context,
             Printing          *printing)
{
  BillingLetter *letter = printing->letters->pdata[printing->layouts->len];
  BillingLetterLayout *layout = billing_letter_layout_new (letter, gtk_print_context_get_width (context),
                                                           gtk_print_context_get_height (context));

  g_array_append_val (printing->first_pages, printing->n_pages);
  g_ptr_array_add (printing->layouts, layout);
  printing->n_pages += (int) billing_letter_layout_get_n_pages (layout);
  if (printing->layouts->len < printing->letters->len)
    return FALSE;

  gtk_print_operation_set_n_pages (operation, printing->n_pages);
  return TRUE;
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Printing          *printing)
{
  guint i = printing->first_pages->len - 1;

  while (g_array_index (printing->first_pages, int, i) > page)
    i--;
  billing_letter_layout_draw (printing->layouts->pdata[i], (guint) (page - g_array_index (printing->first_pages, int, i)),
                              gtk_print_context_get_cairo_context (context));
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
 * billing_letter_print:
 * @letters: (element-type BillingLetter): at least one
 * @parent: the window
 * @func: called at the end
 * @data: data for @func
 * @destroy: (nullable): frees @data
 *
 * Asks for a printer, and prints them there one after the other.
 */
void
billing_letter_print (GPtrArray              *letters,
                      GtkWindow              *parent,
                      BillingLetterPrintFunc  func,
                      gpointer                data,
                      GDestroyNotify          destroy)
{
  GtkPrintOperation *operation = gtk_print_operation_new (); /* (owned): by done_cb() */
  Printing *printing = g_new0 (Printing, 1);

  *printing = (Printing) {
    .letters = g_ptr_array_ref (letters),
    .layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_letter_layout_free),
    .first_pages = g_array_new (FALSE, FALSE, sizeof (int)),
    .func = func,
    .data = data,
    .destroy = destroy,
  };
  gtk_print_operation_set_job_name (operation, billing_letter_get_subject (letters->pdata[0]));
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), printing);
  g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), printing, printing_free, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

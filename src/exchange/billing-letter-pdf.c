/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-pdf"

#include "config.h"

#include "billing-letter-pdf.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "billing-letter-layout.h"

struct _BillingLetterPdf {
  GOutputStream *stream; /* (owned) */
  GError *error; /* (owned) (nullable): cairo can only be told that it went wrong, not what */
  cairo_surface_t *surface; /* (owned) */
  double width; /* points */
  double height;
  guint n_letters;
};

static cairo_status_t
write_cb (void                *data,
          const unsigned char *bytes,
          unsigned int         length)
{
  BillingLetterPdf *self = data;

  if (self->error != NULL)
    return CAIRO_STATUS_WRITE_ERROR;

  g_output_stream_write_all (self->stream, bytes, length, NULL, NULL, &self->error);
  return self->error == NULL ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void
set_metadata (cairo_surface_t *surface,
              BillingLetter   *letter)
{
  g_autoptr (GDateTime) written = g_date_time_new_from_unix_utc (billing_letter_get_written (letter));
  g_autofree char *date = written != NULL ? g_date_time_format (written, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  const char *subject = billing_letter_get_subject (letter);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, billing_letter_get_title (letter));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, billing_letter_get_name (letter));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Billing " PACKAGE_VERSION);
  if (subject != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, subject);
  if (date != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

/**
 * billing_letter_pdf_new:
 * @stream: where to
 *
 * Begins a PDF on the paper of the locale.
 *
 * Returns: (transfer full): a file without pages
 */
BillingLetterPdf *
billing_letter_pdf_new (GOutputStream *stream)
{
  BillingLetterPdf *self = g_new0 (BillingLetterPdf, 1);

  self->stream = g_object_ref (stream);
  billing_letter_get_paper (&self->width, &self->height);
  self->surface = cairo_pdf_surface_create_for_stream (write_cb, self, self->width, self->height);
  return self;
}

void
billing_letter_pdf_free (BillingLetterPdf *self)
{
  cairo_surface_destroy (self->surface);
  g_clear_error (&self->error);
  g_object_unref (self->stream);
  g_free (self);
}

/**
 * billing_letter_pdf_add:
 * @self: a file
 * @letter: a letter
 *
 * Adds the pages of a letter; the first one says what the file is.
 */
void
billing_letter_pdf_add (BillingLetterPdf *self,
                        BillingLetter    *letter)
{
  g_autoptr (BillingLetterLayout) layout = billing_letter_layout_new (letter, self->width, self->height);
  cairo_t *cr = cairo_create (self->surface);

  if (self->n_letters++ == 0)
    set_metadata (self->surface, letter);
  for (guint page = 0; page < billing_letter_layout_get_n_pages (layout); page++)
    {
      billing_letter_layout_draw (layout, page, cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
}

/**
 * billing_letter_pdf_finish:
 * @self: a file
 * @error: return location for a %G_IO_ERROR
 *
 * Returns: whether all of it was written
 */
gboolean
billing_letter_pdf_finish (BillingLetterPdf  *self,
                           GError           **error)
{
  cairo_status_t status;

  cairo_surface_finish (self->surface);
  status = cairo_surface_status (self->surface);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The PDF could not be made: %s."), cairo_status_to_string (status));
  return FALSE;
}

/**
 * billing_letter_write_pdf:
 * @letter: a letter
 * @stream: where to
 * @error: return location for a %G_IO_ERROR
 *
 * Writes a letter as PDF on the paper of the locale, with its text as text.
 *
 * Returns: whether all of it was written
 */
gboolean
billing_letter_write_pdf (BillingLetter  *letter,
                          GOutputStream  *stream,
                          GError        **error)
{
  g_autoptr (BillingLetterPdf) pdf = billing_letter_pdf_new (stream);

  billing_letter_pdf_add (pdf, letter);
  return billing_letter_pdf_finish (pdf, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-pdf"

#include "config.h"

#include "billing-letter-pdf.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "billing-letter-layout.h"

/* Where cairo writes to; it can only be told that it went wrong, not what. */
typedef struct {
  GOutputStream *stream; /* (not owned) */
  GError *error; /* (owned) (nullable) */
} Writing;

static cairo_status_t
write_cb (void                *data,
          const unsigned char *bytes,
          unsigned int         length)
{
  Writing *writing = data;

  if (writing->error != NULL)
    return CAIRO_STATUS_WRITE_ERROR;

  g_output_stream_write_all (writing->stream, bytes, length, NULL, NULL, &writing->error);
  return writing->error == NULL ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
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

static void
draw_pages (cairo_surface_t *surface,
            BillingLetter   *letter,
            double           width,
            double           height)
{
  g_autoptr (BillingLetterLayout) layout = billing_letter_layout_new (letter, width, height);
  cairo_t *cr = cairo_create (surface);

  for (guint page = 0; page < billing_letter_layout_get_n_pages (layout); page++)
    {
      billing_letter_layout_draw (layout, page, cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
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
  Writing writing = { stream, NULL };
  cairo_surface_t *surface;
  cairo_status_t status;
  double width, height;

  billing_letter_get_paper (&width, &height);
  surface = cairo_pdf_surface_create_for_stream (write_cb, &writing, width, height);
  set_metadata (surface, letter);
  draw_pages (surface, letter, width, height);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (writing.error != NULL)
    {
      g_propagate_error (error, writing.error);
      return FALSE;
    }
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The PDF could not be made: %s."), cairo_status_to_string (status));
  return FALSE;
}

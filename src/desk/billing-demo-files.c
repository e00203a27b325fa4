/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-files"

#include "config.h"

#include "billing-demo-private.h"

#include <string.h>

/* Small files, such as people keep with a payment. */

static void
add_object (GString    *pdf,
            GArray     *offsets,
            const char *object)
{
  gsize offset = pdf->len;

  g_array_append_val (offsets, offset);
  g_string_append_printf (pdf, "%u 0 obj\n%s\nendobj\n", offsets->len, object);
}

/* The smallest PDF there is: one page with a few lines of text in ASCII. */
static char *
make_pdf (const char * const *lines,
          gsize              *length)
{
  GString *pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GString) content = g_string_new ("BT /F1 12 Tf 72 720 Td 16 TL\n");
  g_autofree char *stream = NULL;
  gsize table;

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (content, "(%s) Tj T*\n", lines[i]);
  g_string_append (content, "ET");
  stream = g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " >>\nstream\n%s\nendstream", content->len, content->str);

  add_object (pdf, offsets, "<< /Type /Catalog /Pages 2 0 R >>");
  add_object (pdf, offsets, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  add_object (pdf, offsets, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
                            " /Resources << /Font << /F1 5 0 R >> >> >>");
  add_object (pdf, offsets, stream);
  add_object (pdf, offsets, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");

  table = pdf->len;
  g_string_append_printf (pdf, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (pdf, "%010" G_GSIZE_FORMAT " 00000 n \n", g_array_index (offsets, gsize, i));
  g_string_append_printf (pdf, "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          offsets->len + 1, table);

  *length = pdf->len;
  return g_string_free (pdf, FALSE);
}

static char *
make_slip (BillingDemo     *self,
           BillingDemoPlan *plan,
           guint            number,
           gsize           *length)
{
  g_autofree char *title = g_strdup_printf ("Elm Clinic - terminal slip %05u", number);
  g_autofree char *payment = g_strdup_printf ("Payment %s", plan->number);
  g_autofree char *amount = g_strdup_printf ("USD %" G_GINT64_FORMAT ".%02d", plan->amount / 100, (int) (plan->amount % 100));
  const char *lines[] = { title, "", payment, amount, "", "Approved. Please keep this slip.", NULL };

  return make_pdf (lines, length);
}

static char *
make_letter (BillingDemoPlan *plan,
             gsize           *length)
{
  char *letter = g_strdup_printf ("To the front desk of Elm Clinic\n\nabout %s\n\nI would like to pay in two parts, as we "
                                  "said on the phone.\nThank you for your patience.\n", plan->number);

  *length = strlen (letter);
  return letter;
}

/**
 * billing_demo_write_file:
 * @self: a clinic
 * @plan: the payment that the file is kept with
 * @number: to tell files apart
 * @error: return location for an error
 *
 * Returns: (transfer full): the path of a file to be filed, to be removed afterwards
 */
char *
billing_demo_write_file (BillingDemo      *self,
                         BillingDemoPlan  *plan,
                         guint             number,
                         GError          **error)
{
  gboolean slip = number % 3 != 0;
  g_autofree char *name = g_strdup_printf (slip ? "Terminal slip %05u.pdf" : "Letter %05u.txt", number);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  gsize length;
  g_autofree char *contents = slip ? make_slip (self, plan, number, &length) : make_letter (plan, &length);

  return g_file_set_contents (path, contents, (gssize) length, error) ? g_steal_pointer (&path) : NULL;
}

/**
 * billing_demo_write_agreement:
 * @self: a clinic
 * @plan: a payment by card
 * @error: return location for an error
 *
 * Returns: (transfer full): the path of what the patient signed, to be filed, to be removed afterwards
 */
char *
billing_demo_write_agreement (BillingDemo      *self,
                              BillingDemoPlan  *plan,
                              GError          **error)
{
  g_autofree char *name = g_strdup_printf ("Payment agreement %s.pdf", plan->number);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *payment = g_strdup_printf ("Payment %s", plan->number);
  const char *lines[] = { "Elm Clinic - payment agreement", "", payment, "", "I agree that my card is charged for my part of",
                          "the visit, and I was told the amount before.", "", "Signed at the front desk.", NULL };
  gsize length;
  g_autofree char *contents = make_pdf (lines, &length);

  return g_file_set_contents (path, contents, (gssize) length, error) ? g_steal_pointer (&path) : NULL;
}

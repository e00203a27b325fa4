/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-draw"

#include "config.h"

#include "billing-letter-layout-private.h"

/* What stands on the pages of a letter, drawn. */

/* Radians: about the diagonal of a page that stands upright. */
#define MARK_ANGLE -0.95

/* As a shape, not as text: whoever copies the letter's text does not find the word between its lines. */
void
billing_layout_draw_mark (BillingLetterLayout *self,
                          cairo_t             *cr)
{
  int width, height;

  pango_layout_get_size (self->mark, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, self->width / 2, self->height / 2);
  cairo_rotate (cr, MARK_ANGLE);
  cairo_move_to (cr, -(double) width / PANGO_SCALE / 2, -(double) height / PANGO_SCALE / 2);
  cairo_set_source_rgb (cr, 0.88, 0.88, 0.88);
  pango_cairo_layout_path (cr, self->mark);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_rule (BillingLetterLayout      *self,
           const BillingLayoutPiece *piece,
           cairo_t                  *cr)
{
  cairo_set_source_rgb (cr, piece->rule_shade, piece->rule_shade, piece->rule_shade);
  cairo_set_line_width (cr, 0.6);
  cairo_move_to (cr, piece->rule_x, piece->y - piece->rule);
  cairo_line_to (cr, self->width - BILLING_LAYOUT_MARGIN, piece->y - piece->rule);
  cairo_stroke (cr);
}

static void
draw_picture (const BillingLayoutPiece *piece,
              cairo_t                  *cr)
{
  cairo_save (cr);
  cairo_translate (cr, piece->x, piece->y);
  cairo_scale (cr, piece->width / cairo_image_surface_get_width (piece->picture),
               piece->height / cairo_image_surface_get_height (piece->picture));
  cairo_set_source_surface (cr, piece->picture, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* Neighbours in a row are one rectangle, without a seam. The lowest bit is the module's colour, the others are libqrencode's own. */
static void
draw_code (const BillingLayoutPiece *piece,
           cairo_t                  *cr)
{
  int n = piece->code->width;
  double module = piece->width / n;

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int y = 0; y < n; y++)
    {
      for (int x = 0; x < n; x++)
        {
          int begin = x;

          while (x < n && (piece->code->data[y * n + x] & 1) != 0)
            x++;
          if (x > begin)
            cairo_rectangle (cr, piece->x + begin * module, piece->y + y * module, (x - begin) * module, module);
        }
    }
  cairo_fill (cr);
}

void
billing_layout_draw_piece (BillingLetterLayout      *self,
                           const BillingLayoutPiece *piece,
                           cairo_t                  *cr)
{
  if (piece->rule > 0)
    draw_rule (self, piece, cr);
  if (piece->picture != NULL)
    draw_picture (piece, cr);
  if (piece->code != NULL)
    draw_code (piece, cr);
  if (piece->text == NULL)
    return;

  cairo_set_source_rgb (cr, piece->shade, piece->shade, piece->shade);
  cairo_move_to (cr, piece->x, piece->y);
  pango_cairo_show_layout (cr, piece->text);
}

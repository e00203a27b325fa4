/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-layout"

#include "config.h"

#include "billing-letter-layout.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <pango/pangocairo.h>
#include <stdint.h>

#define POINTS_PER_MM (72.0 / 25.4)
#define MARGIN 56.0
#define FACT_WIDTH 120.0
#define GAP 16.0
#define FOOT 24.0

/* How each part looks: sizes in points. */
static const struct {
  double size;
  gboolean bold;
  double above;
} looks[] = {
  [BILLING_LETTER_FACT] = { 10, FALSE, 4 },
  [BILLING_LETTER_HEADING] = { 12, TRUE, 20 },
  [BILLING_LETTER_LINE] = { 10.5, FALSE, 6 },
  [BILLING_LETTER_TOTAL] = { 10.5, TRUE, 12 },
  [BILLING_LETTER_PARAGRAPH] = { 10.5, FALSE, 14 },
  [BILLING_LETTER_NOTE] = { 9, FALSE, 14 },
};

#define NAME_SIZE 15
#define TITLE_SIZE 20
#define SMALL_SIZE 9

/* A text and where it stands. */
typedef struct {
  PangoLayout *text; /* (owned) */
  guint page;
  double x;
  double y;
  gboolean has_rule; /* above it, across the page */
  double shade; /* 0: black */
} Piece;

struct _BillingLetterLayout {
  PangoContext *context; /* (owned) */
  double width;
  double height;
  GArray *pieces; /* (owned) (element-type Piece) */
  guint n_pages;
  double y; /* where the next part goes */
};

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_clear_object (&piece->text);
}

/* The same on every machine that has the same fonts: no hinting, no resolution but the point's. */
static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

static PangoLayout *
make_text (BillingLetterLayout *self,
           const char          *text,
           double               size,
           gboolean             bold,
           double               width,
           PangoAlignment       alignment)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  /* Figures of one width: amounts stand under each other. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));

  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, alignment);
  /* A name in Hebrew reads from the right, but stands where all values do. */
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_height (PangoLayout *text)
{
  int height;

  pango_layout_get_size (text, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* What does not fit on the page goes to the next one, whole. */
static void
make_room (BillingLetterLayout *self,
           double               height)
{
  if (self->y + height <= self->height - MARGIN - FOOT || self->y <= MARGIN)
    return;

  self->n_pages++;
  self->y = MARGIN;
}

static void
put (BillingLetterLayout *self,
     PangoLayout         *text,
     double               x,
     double               shade,
     gboolean             has_rule)
{
  Piece piece = { text, self->n_pages - 1, x, self->y, has_rule, shade };

  g_array_append_val (self->pieces, piece);
}

static double
get_inner_width (BillingLetterLayout *self)
{
  return self->width - 2 * MARGIN;
}

/* A long value takes the room that it needs, and a long text wraps beside it. */
static double
get_value_width (BillingLetterLayout *self,
                 const char          *value,
                 double               size,
                 gboolean             bold)
{
  g_autoptr (PangoLayout) text = make_text (self, value, size, bold, get_inner_width (self), PANGO_ALIGN_LEFT);
  PangoRectangle extents;

  pango_layout_get_extents (text, NULL, &extents);
  return MIN (get_inner_width (self) / 2, (double) extents.width / PANGO_SCALE + 2);
}

static void
put_fact (BillingLetterLayout      *self,
          const BillingLetterBlock *block)
{
  double size = looks[block->kind].size;
  double width = get_inner_width (self);
  PangoLayout *name = make_text (self, block->text, size, FALSE, FACT_WIDTH - GAP / 2, PANGO_ALIGN_LEFT);
  PangoLayout *value = make_text (self, block->value != NULL ? block->value : "", size, FALSE, width - FACT_WIDTH,
                                  PANGO_ALIGN_LEFT);
  double height = MAX (get_height (name), get_height (value));

  make_room (self, height);
  put (self, name, MARGIN, 0.4, FALSE);
  put (self, value, MARGIN + FACT_WIDTH, 0, FALSE);
  self->y += height;
}

static void
put_line (BillingLetterLayout      *self,
          const BillingLetterBlock *block)
{
  gboolean is_total = block->kind == BILLING_LETTER_TOTAL;
  double size = looks[block->kind].size;
  double width = get_inner_width (self);
  const char *amount = block->value != NULL ? block->value : "";
  double value_width = get_value_width (self, amount, size, is_total);
  PangoLayout *text = make_text (self, block->text, size, is_total, width - value_width - GAP, PANGO_ALIGN_LEFT);
  PangoLayout *value = make_text (self, amount, size, is_total, value_width, PANGO_ALIGN_RIGHT);
  double height = MAX (get_height (text), get_height (value));

  make_room (self, height);
  put (self, text, MARGIN, 0, is_total);
  put (self, value, MARGIN + width - value_width, 0, FALSE);
  self->y += height;
}

static void
put_text (BillingLetterLayout *self,
          const char          *text,
          double               size,
          gboolean             bold,
          double               shade)
{
  PangoLayout *layout = make_text (self, text, size, bold, get_inner_width (self), PANGO_ALIGN_LEFT);
  double height = get_height (layout);

  make_room (self, height);
  put (self, layout, MARGIN, shade, FALSE);
  self->y += height;
}

static void
put_block (BillingLetterLayout      *self,
           const BillingLetterBlock *block)
{
  self->y += looks[block->kind].above;

  switch (block->kind)
    {
    case BILLING_LETTER_FACT:
      put_fact (self, block);
      break;
    case BILLING_LETTER_LINE:
    case BILLING_LETTER_TOTAL:
      put_line (self, block);
      break;
    case BILLING_LETTER_HEADING:
    case BILLING_LETTER_PARAGRAPH:
    case BILLING_LETTER_NOTE:
    default:
      put_text (self, block->text, looks[block->kind].size, looks[block->kind].bold,
                block->kind == BILLING_LETTER_NOTE ? 0.4 : 0);
    }
}

/* On every page the same, at its foot: of several pages, which one it is. */
static void
put_feet (BillingLetterLayout *self,
          BillingLetter       *letter)
{
  guint n_pages = self->n_pages;

  for (guint page = 0; n_pages > 1 && page < n_pages; page++)
    {
      /* Translators: the foot of a printed page: whose it is, what it is, the page and how many there are */
      g_autofree char *text = g_strdup_printf (_("%s · %s · page %u of %u"), billing_letter_get_name (letter),
                                               billing_letter_get_title (letter), page + 1, n_pages);
      Piece piece = { make_text (self, text, SMALL_SIZE, FALSE, get_inner_width (self), PANGO_ALIGN_CENTER), page, MARGIN,
                      self->height - MARGIN, FALSE, 0.4 };

      g_array_append_val (self->pieces, piece);
    }
}

static void
lay_out (BillingLetterLayout *self,
         BillingLetter       *letter)
{
  put_text (self, billing_letter_get_name (letter), NAME_SIZE, TRUE, 0);
  self->y += 2;
  if (billing_letter_get_address (letter) != NULL)
    put_text (self, billing_letter_get_address (letter), SMALL_SIZE, FALSE, 0.4);
  self->y += 30;
  put_text (self, billing_letter_get_title (letter), TITLE_SIZE, TRUE, 0);
  self->y += 10;

  for (guint i = 0; i < billing_letter_get_n_blocks (letter); i++)
    put_block (self, billing_letter_get_block (letter, i));

  put_feet (self, letter);
}

/**
 * billing_letter_get_paper:
 * @width: (out): of the paper of the locale's country, in points
 * @height: (out): likewise
 */
void
billing_letter_get_paper (double *width,
                          double *height)
{
  int mm_width = 210, mm_height = 297;

#ifdef _NL_PAPER_WIDTH
  /* These two are no strings: the C library gives the numbers in the place of the pointers. */
  mm_width = (int) (intptr_t) nl_langinfo (_NL_PAPER_WIDTH);
  mm_height = (int) (intptr_t) nl_langinfo (_NL_PAPER_HEIGHT);
#endif

  /* A quarter of a millimetre is all that a letter's 215.9 by 279.4 lose in whole ones; here they get it back. */
  if (mm_width == 216 && mm_height == 279)
    {
      *width = 612;
      *height = 792;
      return;
    }

  *width = mm_width * POINTS_PER_MM;
  *height = mm_height * POINTS_PER_MM;
}

/**
 * billing_letter_layout_new:
 * @letter: a letter
 * @width: of the paper, points
 * @height: likewise
 *
 * Puts a letter on pages. To be drawn by the thread that made it.
 *
 * Returns: (transfer full): the pages
 */
BillingLetterLayout *
billing_letter_layout_new (BillingLetter *letter,
                           double         width,
                           double         height)
{
  BillingLetterLayout *self = g_new0 (BillingLetterLayout, 1);

  self->context = create_context ();
  self->width = width;
  self->height = height;
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  self->n_pages = 1;
  self->y = MARGIN;
  lay_out (self, letter);
  return self;
}

void
billing_letter_layout_free (BillingLetterLayout *self)
{
  g_array_unref (self->pieces);
  g_object_unref (self->context);
  g_free (self);
}

guint
billing_letter_layout_get_n_pages (BillingLetterLayout *self)
{
  return self->n_pages;
}

static void
draw_rule (BillingLetterLayout *self,
           const Piece         *piece,
           cairo_t             *cr)
{
  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (cr, 0.6);
  cairo_move_to (cr, MARGIN, piece->y - 5);
  cairo_line_to (cr, self->width - MARGIN, piece->y - 5);
  cairo_stroke (cr);
}

/**
 * billing_letter_layout_draw:
 * @self: pages
 * @page: which one, from 0
 * @cr: where, in points
 *
 * Draws in black and grey on what is there, which should be white.
 */
void
billing_letter_layout_draw (BillingLetterLayout *self,
                            guint                page,
                            cairo_t             *cr)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (piece->page != page)
        continue;

      if (piece->has_rule)
        draw_rule (self, piece, cr);
      cairo_set_source_rgb (cr, piece->shade, piece->shade, piece->shade);
      cairo_move_to (cr, piece->x, piece->y);
      pango_cairo_show_layout (cr, piece->text);
    }
}

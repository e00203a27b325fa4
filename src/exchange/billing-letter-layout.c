/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-layout"

#include "config.h"

#include "billing-letter-layout.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <stdint.h>
#include <string.h>

#include "billing-letter-layout-private.h"

#define POINTS_PER_MM (72.0 / 25.4)
#define MARGIN BILLING_LAYOUT_MARGIN
#define FACT_WIDTH 120.0
#define GAP BILLING_LAYOUT_GAP
#define FOOT BILLING_LAYOUT_FOOT
#define LOGO_WIDTH 170.0
#define LOGO_HEIGHT 56.0
#define CODE_SIZE 76.0

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
  [BILLING_LETTER_SUM] = { 10, FALSE, 4 },
  [BILLING_LETTER_SUM_TOTAL] = { 10.5, TRUE, 12 },
  [BILLING_LETTER_CODE] = { 10.5, FALSE, 16 },
  [BILLING_LETTER_TABLE] = { 9.5, FALSE, 18 },
};

#define NAME_SIZE 15
#define TITLE_SIZE 20
#define SMALL_SIZE 9
#define RECIPIENT_SIZE 10.5
#define MARK_SIZE 110

static void
piece_clear (gpointer data)
{
  BillingLayoutPiece *piece = data;

  g_clear_object (&piece->text);
  g_clear_pointer (&piece->picture, cairo_surface_destroy);
  g_clear_pointer (&piece->code, QRcode_free);
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

PangoLayout *
billing_layout_make_text (BillingLetterLayout *self,
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

double
billing_layout_get_height (PangoLayout *text)
{
  int height;

  pango_layout_get_size (text, NULL, &height);
  return (double) height / PANGO_SCALE;
}

double
billing_layout_get_inner_width (BillingLetterLayout *self)
{
  return self->width - 2 * MARGIN;
}

/* How wide a text is, in one line where the page is wide enough. */
double
billing_layout_measure (BillingLetterLayout *self,
                        const char          *text,
                        double               size,
                        gboolean             bold)
{
  g_autoptr (PangoLayout) layout = billing_layout_make_text (self, text, size, bold, billing_layout_get_inner_width (self),
                                                             PANGO_ALIGN_LEFT);
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  return (double) extents.width / PANGO_SCALE + 2;
}

static double
get_end (BillingLetterLayout *self)
{
  return self->height - MARGIN - FOOT;
}

/* What does not fit on the page goes to the next one, whole. Returns whether that is another one. */
gboolean
billing_layout_make_room (BillingLetterLayout *self,
                          double               height)
{
  if (self->y + height <= get_end (self) || self->y <= MARGIN)
    return FALSE;

  self->n_pages++;
  self->y = MARGIN;
  return TRUE;
}

static BillingLayoutPiece *
add_piece (BillingLetterLayout *self,
           double               x)
{
  BillingLayoutPiece piece = { .page = self->n_pages - 1, .x = x, .y = self->y };

  g_array_append_val (self->pieces, piece);
  return &g_array_index (self->pieces, BillingLayoutPiece, self->pieces->len - 1);
}

/* Takes the text. The piece is good until the next one. */
BillingLayoutPiece *
billing_layout_put (BillingLetterLayout *self,
                    PangoLayout         *text,
                    double               x,
                    double               shade)
{
  BillingLayoutPiece *piece = add_piece (self, x);

  piece->text = text;
  piece->shade = shade;
  return piece;
}

static void
put_fact (BillingLetterLayout      *self,
          const BillingLetterBlock *block)
{
  double size = looks[block->kind].size;
  double width = billing_layout_get_inner_width (self);
  PangoLayout *name = billing_layout_make_text (self, block->text, size, FALSE, FACT_WIDTH - GAP / 2, PANGO_ALIGN_LEFT);
  PangoLayout *value = billing_layout_make_text (self, block->value != NULL ? block->value : "", size, FALSE,
                                                 width - FACT_WIDTH, PANGO_ALIGN_LEFT);
  double height = MAX (billing_layout_get_height (name), billing_layout_get_height (value));

  billing_layout_make_room (self, height);
  billing_layout_put (self, name, MARGIN, 0.4);
  billing_layout_put (self, value, MARGIN + FACT_WIDTH, 0);
  self->y += height;
}

/* A long value takes the room that it needs, and a long text wraps beside it. */
static void
put_line (BillingLetterLayout      *self,
          const BillingLetterBlock *block,
          double                    indent,
          gboolean                  is_total)
{
  double size = looks[block->kind].size;
  double x = MARGIN + indent, width = billing_layout_get_inner_width (self) - indent;
  const char *amount = block->value != NULL ? block->value : "";
  double value_width = MIN (width / 2, billing_layout_measure (self, amount, size, is_total));
  PangoLayout *text = billing_layout_make_text (self, block->text, size, is_total, width - value_width - GAP, PANGO_ALIGN_LEFT);
  PangoLayout *value = billing_layout_make_text (self, amount, size, is_total, value_width, PANGO_ALIGN_RIGHT);
  double height = MAX (billing_layout_get_height (text), billing_layout_get_height (value));
  BillingLayoutPiece *piece;

  billing_layout_make_room (self, height);
  piece = billing_layout_put (self, text, x, 0);
  piece->rule = is_total ? 5 : 0;
  piece->rule_x = x;
  piece->rule_shade = 0.6;
  billing_layout_put (self, value, x + width - value_width, 0);
  self->y += height;
}

/* How many bytes of a text fit into the rest of the page, in whole lines; 0: none. */
static int
find_break (BillingLetterLayout *self,
            PangoLayout         *text)
{
  double room = get_end (self) - self->y;
  PangoLayoutIter *iter = pango_layout_get_iter (text);
  int end = 0;

  do
    {
      PangoRectangle extents;

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      if ((double) (extents.y + extents.height) / PANGO_SCALE > room)
        break;
      end = pango_layout_iter_get_line_readonly (iter)->start_index + pango_layout_iter_get_line_readonly (iter)->length;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return end;
}

/* A text that no page has room for goes on on the next one. */
static void
put_text_in (BillingLetterLayout *self,
             const char          *text,
             double               size,
             gboolean             bold,
             double               shade,
             double               width)
{
  PangoLayout *layout = billing_layout_make_text (self, text, size, bold, width, PANGO_ALIGN_LEFT);
  double height = billing_layout_get_height (layout);
  int end;

  billing_layout_make_room (self, MIN (height, get_end (self) - MARGIN));
  end = self->y + height > get_end (self) ? find_break (self, layout) : 0;
  if (end > 0 && text[end] != '\0')
    {
      g_autofree char *first = g_strndup (text, (gsize) end);

      pango_layout_set_text (layout, first, -1);
      height = billing_layout_get_height (layout);
    }

  billing_layout_put (self, layout, MARGIN, shade);
  self->y += height;
  if (end > 0 && text[end] != '\0')
    {
      self->n_pages++;
      self->y = MARGIN;
      put_text_in (self, text + end + strspn (text + end, " \n"), size, bold, shade, width);
    }
}

static void
put_text (BillingLetterLayout *self,
          const char          *text,
          double               size,
          gboolean             bold,
          double               shade)
{
  put_text_in (self, text, size, bold, shade, billing_layout_get_inner_width (self));
}

/* A text, and beside it what cameras read. What is too long for any code is only read by people. */
static void
put_code (BillingLetterLayout      *self,
          const BillingLetterBlock *block)
{
  QRcode *code = QRcode_encodeString8bit (block->value, 0, QR_ECLEVEL_M);
  double indent = code != NULL ? CODE_SIZE + GAP : 0;
  PangoLayout *text = billing_layout_make_text (self, block->text, looks[block->kind].size, FALSE,
                                                billing_layout_get_inner_width (self) - indent, PANGO_ALIGN_LEFT);
  double height = MAX (billing_layout_get_height (text), code != NULL ? CODE_SIZE : 0);

  billing_layout_make_room (self, height);
  if (code != NULL)
    {
      BillingLayoutPiece *piece = add_piece (self, MARGIN);

      piece->code = code;
      piece->width = piece->height = CODE_SIZE;
    }
  billing_layout_put (self, text, MARGIN + indent, 0);
  self->y += height;
}

static void
put_block (BillingLetterLayout      *self,
           const BillingLetterBlock *block)
{
  double indent = billing_layout_get_inner_width (self) * 0.4;

  self->y += looks[block->kind].above;

  switch (block->kind)
    {
    case BILLING_LETTER_FACT:
      put_fact (self, block);
      break;
    case BILLING_LETTER_LINE:
    case BILLING_LETTER_TOTAL:
      put_line (self, block, 0, block->kind == BILLING_LETTER_TOTAL);
      break;
    case BILLING_LETTER_SUM:
    case BILLING_LETTER_SUM_TOTAL:
      put_line (self, block, indent, block->kind == BILLING_LETTER_SUM_TOTAL);
      break;
    case BILLING_LETTER_CODE:
      put_code (self, block);
      break;
    case BILLING_LETTER_TABLE:
      billing_layout_put_table (self, block->table);
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
      g_autofree char *text = g_strdup_printf (billing_catalogue_get (billing_letter_get_words (letter),
                                                                      N_("%s · %s · page %u of %u")),
                                               billing_letter_get_name (letter), billing_letter_get_title (letter), page + 1,
                                               n_pages);
      BillingLayoutPiece *piece = billing_layout_put (self, billing_layout_make_text (self, text, SMALL_SIZE, FALSE,
                                                                                      billing_layout_get_inner_width (self),
                                                                                      PANGO_ALIGN_CENTER), MARGIN, 0.4);

      piece->page = page;
      piece->y = self->height - MARGIN;
    }
}

/* At the right of the head, as large as there is room. */
static double
put_logo (BillingLetterLayout *self,
          BillingPicture      *logo,
          double              *height)
{
  double aspect = billing_picture_get_aspect (logo);
  double width = MIN (LOGO_WIDTH, LOGO_HEIGHT * aspect);
  BillingLayoutPiece *piece = add_piece (self, self->width - MARGIN - width);

  piece->picture = billing_picture_build_surface (logo);
  piece->width = width;
  piece->height = *height = width / aspect;
  return width;
}

static void
put_head (BillingLetterLayout *self,
          BillingLetter       *letter)
{
  BillingPicture *logo = billing_letter_get_logo (letter);
  double height = 0, top = self->y;
  double logo_width = logo != NULL ? put_logo (self, logo, &height) + GAP : 0;
  double width = billing_layout_get_inner_width (self) - logo_width;

  put_text_in (self, billing_letter_get_name (letter), NAME_SIZE, TRUE, 0, width);
  self->y += 2;
  if (billing_letter_get_address (letter) != NULL)
    put_text_in (self, billing_letter_get_address (letter), SMALL_SIZE, FALSE, 0.4, width);
  self->y = self->n_pages == 1 ? MAX (self->y, top + height) : self->y;
}

static void
set_mark (BillingLetterLayout *self,
          const char          *mark)
{
  double width = billing_layout_measure (self, mark, MARK_SIZE / 4.0, TRUE) * 4;
  double room = MIN (self->width, self->height);

  self->mark = billing_layout_make_text (self, mark, MARK_SIZE * MIN (1, room / width), TRUE, 3 * room, PANGO_ALIGN_LEFT);
  pango_layout_set_width (self->mark, -1);
}

static void
lay_out (BillingLetterLayout *self,
         BillingLetter       *letter)
{
  put_head (self, letter);
  self->y += 30;
  if (billing_letter_get_recipient (letter) != NULL)
    {
      put_text (self, billing_letter_get_recipient (letter), RECIPIENT_SIZE, FALSE, 0);
      self->y += 26;
    }
  put_text (self, billing_letter_get_title (letter), TITLE_SIZE, TRUE, 0);
  self->y += 10;

  for (guint i = 0; i < billing_letter_get_n_blocks (letter); i++)
    put_block (self, billing_letter_get_block (letter, i));

  put_feet (self, letter);
  if (billing_letter_get_mark (letter) != NULL)
    set_mark (self, billing_letter_get_mark (letter));
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
  self->pieces = g_array_new (FALSE, FALSE, sizeof (BillingLayoutPiece));
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
  g_clear_object (&self->mark);
  g_object_unref (self->context);
  g_free (self);
}

guint
billing_letter_layout_get_n_pages (BillingLetterLayout *self)
{
  return self->n_pages;
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
  if (self->mark != NULL)
    billing_layout_draw_mark (self, cr);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const BillingLayoutPiece *piece = &g_array_index (self->pieces, BillingLayoutPiece, i);

      if (piece->page == page)
        billing_layout_draw_piece (self, piece, cr);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-drawing"

#include "config.h"

#include "billing-report-drawing.h"

#include <glib/gi18n.h>

#include "billing-format.h"

/* In points. Everything has its height, so that what does not fit is known before it is drawn, and drawn smaller. */
#define HEADING 24.0
#define SUBHEADING 20.0
#define TITLE 18.0
#define CAPTION 13.0
#define ROW 13.0
#define GAP 14.0

/* Shares of the width: what it is about, its bars, and each of its amounts. */
#define LABEL_SHARE 0.26
#define AMOUNT_SHARE 0.15
#define STATEMENT_LABEL_SHARE 0.40

typedef struct {
  cairo_t *cr;
  PangoLayout *layout; /* (owned) */
  double width;
  double y;
} Drawing;

/* Dark and light, so that they differ on a printer without colours. */
static const struct {
  double red;
  double green;
  double blue;
} colors[] = { { 0.10, 0.37, 0.71 }, { 0.96, 0.65, 0.24 } };

/* One line of a statement. */
typedef struct {
  char *label;  /* (owned) */
  char *note;   /* (owned) */
  char *amount; /* (owned) */
  gboolean is_sum;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->label);
  g_free (line->note);
  g_free (line->amount);
  g_free (line);
}

static void
sheet_free (gpointer data)
{
  BillingReportSheet *sheet = data;

  g_free (sheet->title);
  g_free (sheet->caption);
  g_strfreev (sheet->names);
  g_clear_pointer (&sheet->table, billing_report_table_unref);
  g_clear_pointer (&sheet->lines, g_ptr_array_unref);
  g_free (sheet);
}

/**
 * billing_report_sheet_new:
 * @title: the question
 * @caption: what is counted
 * @names: (array zero-terminated=1): what the amounts are called, translated
 * @table: the answer
 *
 * Returns: (transfer full): what one card has to say on paper
 */
BillingReportSheet *
billing_report_sheet_new (const char         *title,
                          const char         *caption,
                          const char * const *names,
                          BillingReportTable *table)
{
  BillingReportSheet *sheet = g_new0 (BillingReportSheet, 1);

  sheet->title = g_strdup (title);
  sheet->caption = g_strdup (caption);
  sheet->names = g_strdupv ((char **) names);
  sheet->table = billing_report_table_ref (table);
  return sheet;
}

/**
 * billing_report_sheet_new_statement:
 * @title: what it states
 * @caption: of what
 *
 * Returns: (transfer full): a statement without lines
 */
BillingReportSheet *
billing_report_sheet_new_statement (const char *title,
                                    const char *caption)
{
  BillingReportSheet *sheet = g_new0 (BillingReportSheet, 1);

  sheet->title = g_strdup (title);
  sheet->caption = g_strdup (caption);
  sheet->lines = g_ptr_array_new_with_free_func (line_free);
  return sheet;
}

/**
 * billing_report_sheet_add_line:
 * @self: a statement
 * @label: what the line is about
 * @note: what else there is to say
 * @amount: as people write it
 * @is_sum: whether the lines before come to it
 */
void
billing_report_sheet_add_line (BillingReportSheet *self,
                               const char         *label,
                               const char         *note,
                               const char         *amount,
                               gboolean            is_sum)
{
  Line *line = g_new0 (Line, 1);

  *line = (Line) { g_strdup (label), g_strdup (note), g_strdup (amount), is_sum };
  g_ptr_array_add (self->lines, line);
}

/**
 * billing_report_subheading:
 * @practice: whose reports these are
 * @text: of which days and places, and from when
 *
 * Paper leaves the window that says TEST MODE, so it has to say so itself.
 *
 * Returns: (transfer full): @text, and that no real money moved where that is so
 */
char *
billing_report_subheading (BillingPractice *practice,
                           const char      *text)
{
  if (practice->stripe_account == NULL || practice->stripe_live)
    return g_strdup (text);

  return g_strdup_printf ("%s · %s", text, _("Test mode: no real money moves"));
}

/**
 * billing_report_page_new:
 * @heading: whose reports these are
 * @subheading: of which days and places, and from when
 *
 * Returns: (transfer full): a page without sheets
 */
BillingReportPage *
billing_report_page_new (const char *heading,
                         const char *subheading)
{
  BillingReportPage *self = g_new0 (BillingReportPage, 1);

  self->heading = g_strdup (heading);
  self->subheading = g_strdup (subheading);
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
  return self;
}

void
billing_report_page_free (BillingReportPage *self)
{
  g_free (self->heading);
  g_free (self->subheading);
  g_ptr_array_unref (self->sheets);
  g_free (self);
}

/**
 * billing_report_page_add:
 * @self: a page
 * @sheet: (transfer full): what stands below the others
 */
void
billing_report_page_add (BillingReportPage  *self,
                         BillingReportSheet *sheet)
{
  g_ptr_array_add (self->sheets, sheet);
}

/* A row of names, the rows, and their sum; a statement has its lines alone. */
static guint
count_rows (BillingReportSheet *sheet)
{
  return sheet->lines != NULL ? sheet->lines->len : sheet->table->rows->len + 2;
}

static double
measure (BillingReportPage *self)
{
  double height = HEADING + SUBHEADING;

  for (guint i = 0; i < self->sheets->len; i++)
    {
      BillingReportSheet *sheet = self->sheets->pdata[i];

      height += TITLE + CAPTION + ROW * count_rows (sheet) + GAP;
    }

  return height;
}

static void
draw_text (Drawing        *drawing,
           const char     *text,
           const char     *font,
           double          x,
           double          width,
           PangoAlignment  alignment)
{
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);

  pango_layout_set_font_description (drawing->layout, description);
  pango_layout_set_text (drawing->layout, text, -1);
  pango_layout_set_width (drawing->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_alignment (drawing->layout, alignment);
  cairo_move_to (drawing->cr, x, drawing->y);
  pango_cairo_show_layout (drawing->cr, drawing->layout);
}

static void
draw_line (Drawing    *drawing,
           const char *text,
           const char *font,
           double      height)
{
  draw_text (drawing, text, font, 0.0, drawing->width, PANGO_ALIGN_LEFT);
  drawing->y += height;
}

/* More than have a colour are a table alone, as wide as the paper. */
static gboolean
has_bars (BillingReportTable *table)
{
  return table->n_series <= G_N_ELEMENTS (colors);
}

static double
get_amount_share (BillingReportTable *table)
{
  return has_bars (table) ? AMOUNT_SHARE : (1.0 - LABEL_SHARE / 2.0) / table->n_series;
}

static double
get_amount_x (Drawing             *drawing,
              BillingReportTable  *table,
              guint                series)
{
  return drawing->width * (1.0 - get_amount_share (table) * (table->n_series - series));
}

static void
draw_amount (Drawing            *drawing,
             BillingReportTable *table,
             guint               series,
             const char         *text,
             const char         *font)
{
  draw_text (drawing, text, font, get_amount_x (drawing, table, series), drawing->width * get_amount_share (table),
             PANGO_ALIGN_RIGHT);
}

static gint64
get_largest (BillingReportTable *table)
{
  gint64 largest = 0;

  for (guint i = 0; i < table->rows->len; i++)
    {
      for (guint series = 0; series < table->n_series; series++)
        largest = MAX (largest, billing_report_row_get_amount (table->rows->pdata[i], series));
    }

  return largest;
}

/* The series' bars share the height of a row. */
static void
draw_bar (Drawing            *drawing,
          BillingReportTable *table,
          guint               series,
          gint64              amount,
          gint64              largest)
{
  double x = drawing->width * LABEL_SHARE;
  double room = get_amount_x (drawing, table, 0) - x;
  double height = (ROW - 4.0) / table->n_series;

  if (amount <= 0 || largest <= 0)
    return;

  cairo_save (drawing->cr);
  cairo_set_source_rgb (drawing->cr, colors[series].red, colors[series].green, colors[series].blue);
  cairo_rectangle (drawing->cr, x, drawing->y + 1.0 + series * height,
                   room * ((double) amount / (double) largest), height);
  cairo_fill (drawing->cr);
  cairo_restore (drawing->cr);
}

static void
draw_row (Drawing            *drawing,
          BillingReportTable *table,
          BillingReportRow   *row,
          gint64              largest)
{
  draw_text (drawing, row->title, "Sans 8", 0.0, MIN (drawing->width * LABEL_SHARE, get_amount_x (drawing, table, 0)) - 6.0,
             PANGO_ALIGN_LEFT);
  for (guint series = 0; series < table->n_series; series++)
    {
      g_autofree char *amount = billing_report_row_get_shown (row, series);

      if (g_str_equal (row->currency, table->currency) && has_bars (table))
        draw_bar (drawing, table, series, billing_report_row_get_amount (row, series), largest);
      draw_amount (drawing, table, series, amount, "Sans 8");
    }
  drawing->y += ROW;
}

/* What the amounts are called, each with the colour of its bars. */
static void
draw_names (Drawing            *drawing,
            BillingReportSheet *sheet)
{
  for (guint series = 0; series < sheet->table->n_series; series++)
    {
      draw_amount (drawing, sheet->table, series, sheet->names[series], "Sans Bold 8");
      if (!has_bars (sheet->table))
        continue;
      cairo_save (drawing->cr);
      cairo_set_source_rgb (drawing->cr, colors[series].red, colors[series].green, colors[series].blue);
      cairo_rectangle (drawing->cr, get_amount_x (drawing, sheet->table, series) + 8.0, drawing->y + 2.0, 7.0, 7.0);
      cairo_fill (drawing->cr);
      cairo_restore (drawing->cr);
    }
  drawing->y += ROW;
}

static void
draw_totals (Drawing            *drawing,
             BillingReportTable *table)
{
  draw_text (drawing, _("Total"), "Sans Bold 8", 0.0, drawing->width * LABEL_SHARE, PANGO_ALIGN_LEFT);
  for (guint series = 0; series < table->n_series; series++)
    {
      g_autofree char *amount = billing_format_money (NULL, table->totals[series], table->currency);

      draw_amount (drawing, table, series, amount, "Sans Bold 8");
    }
  drawing->y += ROW;
}

static void
draw_statement (Drawing            *drawing,
                BillingReportSheet *sheet)
{
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      Line *line = sheet->lines->pdata[i];
      const char *font = line->is_sum ? "Sans Bold 8" : "Sans 8";
      double note_x = drawing->width * STATEMENT_LABEL_SHARE;
      double amount_x = drawing->width * (1.0 - AMOUNT_SHARE);

      draw_text (drawing, line->label, font, 0.0, note_x - 6.0, PANGO_ALIGN_LEFT);
      draw_text (drawing, line->note, "Sans 7", note_x, amount_x - note_x - 6.0, PANGO_ALIGN_LEFT);
      draw_text (drawing, line->amount, font, amount_x, drawing->width * AMOUNT_SHARE, PANGO_ALIGN_RIGHT);
      drawing->y += ROW;
    }
}

static void
draw_table (Drawing            *drawing,
            BillingReportSheet *sheet)
{
  gint64 largest = get_largest (sheet->table);

  draw_names (drawing, sheet);
  for (guint i = 0; i < sheet->table->rows->len; i++)
    draw_row (drawing, sheet->table, sheet->table->rows->pdata[i], largest);
  draw_totals (drawing, sheet->table);
}

static void
draw_sheet (Drawing            *drawing,
            BillingReportSheet *sheet)
{
  draw_line (drawing, sheet->title, "Sans Bold 11", TITLE);
  draw_line (drawing, sheet->caption, "Sans 7", CAPTION);
  if (sheet->lines != NULL)
    draw_statement (drawing, sheet);
  else
    draw_table (drawing, sheet);
  drawing->y += GAP;
}

/**
 * billing_report_page_draw:
 * @self: a page
 * @cr: paper, in points
 * @width: how wide it is
 * @height: how high it is
 *
 * Draws all sheets onto one page, smaller where they need it.
 */
void
billing_report_page_draw (BillingReportPage *self,
                          cairo_t           *cr,
                          double             width,
                          double             height)
{
  double scale = MIN (1.0, height / measure (self));
  Drawing drawing = { cr, pango_cairo_create_layout (cr), width / scale, 0.0 };

  /* Fonts are in points, as the paper is. */
  pango_cairo_context_set_resolution (pango_layout_get_context (drawing.layout), 72.0);
  pango_layout_set_ellipsize (drawing.layout, PANGO_ELLIPSIZE_END);

  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, 0.0, 0.0, 0.0);
  draw_line (&drawing, self->heading, "Sans Bold 14", HEADING);
  draw_line (&drawing, self->subheading, "Sans 8", SUBHEADING);
  for (guint i = 0; i < self->sheets->len; i++)
    draw_sheet (&drawing, self->sheets->pdata[i]);
  cairo_restore (cr);

  g_object_unref (drawing.layout);
}

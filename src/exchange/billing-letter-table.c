/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-table"

#include "config.h"

#include "billing-letter-layout-private.h"

/* Tables of letters, over as many pages as they need, with their heads on each. */

#define COLUMN_GAP 10.0
#define ROW_GAP 4.0
#define HEAD_SHADE 0.5
#define ROW_SHADE 0.86

/* The size of the texts: the smaller ones where the amounts leave less than this to the text. */
static const double sizes[] = { 9.5, 8.5, 7.5, 6.5 };
#define MIN_TEXT 110.0

/* A cell longer than that is cut with an ellipsis: a row has room on one page. */
#define MAX_LINES 12

typedef struct {
  const BillingLetterTable *table;
  double size;
  double *x;      /* (owned): of each column */
  double *widths; /* (owned) */
} Grid;

static void
grid_clear (Grid *grid)
{
  g_free (grid->x);
  g_free (grid->widths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grid, grid_clear)

static BillingLetterColumn
get_column (const BillingLetterTable *table,
            guint                     i)
{
  return g_array_index (table->columns, BillingLetterColumn, i);
}

static double
measure_column (BillingLetterLayout      *self,
                const BillingLetterTable *table,
                guint                     column,
                double                    size)
{
  double width = billing_layout_measure (self, table->titles->pdata[column], size, TRUE);

  for (guint i = 0; i < table->rows->len; i++)
    {
      char **cells = table->rows->pdata[i];

      width = MAX (width, billing_layout_measure (self, cells[column], size, FALSE));
    }

  return width;
}

/* The texts share what the other columns leave. */
static double
measure (BillingLetterLayout *self,
         Grid                *grid)
{
  const BillingLetterTable *table = grid->table;
  guint n = table->columns->len, n_texts = 0;
  double left = billing_layout_get_inner_width (self) - COLUMN_GAP * (n - 1);

  for (guint i = 0; i < n; i++)
    {
      if (get_column (table, i) == BILLING_LETTER_COLUMN_TEXT)
        {
          n_texts++;
          continue;
        }
      grid->widths[i] = MIN (measure_column (self, table, i, grid->size), billing_layout_get_inner_width (self) / 4);
      left -= grid->widths[i];
    }

  for (guint i = 0; i < n; i++)
    {
      if (get_column (table, i) == BILLING_LETTER_COLUMN_TEXT)
        grid->widths[i] = MAX (left / n_texts, 20);
    }

  return n_texts > 0 ? left / n_texts : MIN_TEXT;
}

static void
set_grid (BillingLetterLayout *self,
          Grid                *grid)
{
  guint n = grid->table->columns->len;
  double x = BILLING_LAYOUT_MARGIN;

  grid->x = g_new0 (double, n);
  grid->widths = g_new0 (double, n);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      grid->size = sizes[i];
      if (measure (self, grid) >= MIN_TEXT)
        break;
    }

  for (guint i = 0; i < n; i++)
    {
      grid->x[i] = x;
      x += grid->widths[i] + COLUMN_GAP;
    }
}

static GPtrArray *
make_row (BillingLetterLayout *self,
          Grid                *grid,
          char               **cells,
          gboolean             is_head,
          double              *height)
{
  GPtrArray *texts = g_ptr_array_new ();

  *height = 0;
  for (guint i = 0; i < grid->table->columns->len; i++)
    {
      gboolean is_amount = get_column (grid->table, i) == BILLING_LETTER_COLUMN_AMOUNT;
      PangoLayout *text = billing_layout_make_text (self, cells[i], grid->size, is_head, grid->widths[i],
                                                    is_amount ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);

      pango_layout_set_height (text, -MAX_LINES);
      pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
      *height = MAX (*height, billing_layout_get_height (text));
      g_ptr_array_add (texts, text);
    }

  return texts;
}

/* Takes the texts. */
static void
put_row (BillingLetterLayout *self,
         Grid                *grid,
         GPtrArray           *texts,
         double               height,
         double               rule_shade)
{
  for (guint i = 0; i < texts->len; i++)
    {
      BillingLayoutPiece *piece = billing_layout_put (self, texts->pdata[i], grid->x[i], 0);

      if (rule_shade > 0 && i == 0)
        {
          piece->rule = ROW_GAP / 2;
          piece->rule_x = BILLING_LAYOUT_MARGIN;
          piece->rule_shade = rule_shade;
        }
    }
  self->y += height + ROW_GAP;
  g_ptr_array_unref (texts);
}

static void
put_heads (BillingLetterLayout *self,
           Grid                *grid)
{
  double height;
  GPtrArray *texts = make_row (self, grid, (char **) grid->table->titles->pdata, TRUE, &height);

  put_row (self, grid, texts, height, 0);
}

void
billing_layout_put_table (BillingLetterLayout      *self,
                          const BillingLetterTable *table)
{
  g_auto (Grid) grid = { .table = table };
  double line;

  set_grid (self, &grid);
  line = 2 * grid.size + ROW_GAP;
  /* No heads stand alone at the end of a page. */
  billing_layout_make_room (self, 3 * line);
  put_heads (self, &grid);
  for (guint i = 0; i < table->rows->len; i++)
    {
      double height;
      GPtrArray *texts = make_row (self, &grid, table->rows->pdata[i], FALSE, &height);
      gboolean is_first = billing_layout_make_room (self, height) || i == 0;

      if (is_first && i > 0)
        put_heads (self, &grid);
      put_row (self, &grid, texts, height, is_first ? HEAD_SHADE : ROW_SHADE);
    }
}

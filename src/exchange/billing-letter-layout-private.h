/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pangocairo.h>
#include <qrencode.h>

#include "billing-letter-layout.h"

G_BEGIN_DECLS

/* What the files of the layout share. Lengths are in points. */

#define BILLING_LAYOUT_MARGIN 56.0
#define BILLING_LAYOUT_FOOT 24.0
#define BILLING_LAYOUT_GAP 16.0

/**
 * BillingLayoutPiece:
 * @text: (owned) (nullable): a text
 * @picture: (owned) (nullable): or a picture
 * @code: (owned) (nullable): or a QR code
 * @page: on which page, from 0
 * @x: where it stands there
 * @y: likewise
 * @width: of a picture or a code
 * @height: likewise
 * @rule: 0: none; otherwise that much above it there is one, from @rule_x to the right margin
 * @rule_x: likewise
 * @rule_shade: likewise
 * @shade: 0: black
 *
 * Something and where it stands.
 */
typedef struct {
  PangoLayout *text;
  cairo_surface_t *picture;
  QRcode *code;
  guint page;
  double x;
  double y;
  double width;
  double height;
  double rule;
  double rule_x;
  double rule_shade;
  double shade;
} BillingLayoutPiece;

struct _BillingLetterLayout {
  PangoContext *context; /* (owned) */
  double width;
  double height;
  GArray *pieces; /* (owned) (element-type BillingLayoutPiece) */
  PangoLayout *mark; /* (owned) (nullable): across each page */
  guint n_pages;
  double y; /* where the next part goes */
};

/* billing-letter-layout.c */
PangoLayout        *billing_layout_make_text       (BillingLetterLayout       *self,
                                                    const char                *text,
                                                    double                     size,
                                                    gboolean                   bold,
                                                    double                     width,
                                                    PangoAlignment             alignment);
double              billing_layout_get_height      (PangoLayout               *text);
double              billing_layout_get_inner_width (BillingLetterLayout       *self);
double              billing_layout_measure         (BillingLetterLayout       *self,
                                                    const char                *text,
                                                    double                     size,
                                                    gboolean                   bold);
gboolean            billing_layout_make_room       (BillingLetterLayout       *self,
                                                    double                     height);
BillingLayoutPiece *billing_layout_put             (BillingLetterLayout       *self,
                                                    PangoLayout               *text,
                                                    double                     x,
                                                    double                     shade);

/* billing-letter-table.c */
void                billing_layout_put_table       (BillingLetterLayout       *self,
                                                    const BillingLetterTable  *table);

/* billing-letter-draw.c */
void                billing_layout_draw_mark       (BillingLetterLayout       *self,
                                                    cairo_t                   *cr);
void                billing_layout_draw_piece      (BillingLetterLayout       *self,
                                                    const BillingLayoutPiece  *piece,
                                                    cairo_t                   *cr);

G_END_DECLS

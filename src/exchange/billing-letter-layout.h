/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

#include "billing-letter.h"

G_BEGIN_DECLS

/**
 * BillingLetterLayout:
 *
 * A letter on pages of one size. Lengths are in points, a 72th of an inch, whatever is drawn on: a PDF, a printer, the screen.
 */
typedef struct _BillingLetterLayout BillingLetterLayout;

void                 billing_letter_get_paper        (double              *width,
                                                      double              *height);
BillingLetterLayout *billing_letter_layout_new       (BillingLetter       *letter,
                                                      double               width,
                                                      double               height);
void                 billing_letter_layout_free      (BillingLetterLayout *self);
guint                billing_letter_layout_get_n_pages (BillingLetterLayout *self);
void                 billing_letter_layout_draw      (BillingLetterLayout *self,
                                                      guint                page,
                                                      cairo_t             *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingLetterLayout, billing_letter_layout_free)

G_END_DECLS

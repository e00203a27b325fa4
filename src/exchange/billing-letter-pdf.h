/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-letter.h"

G_BEGIN_DECLS

/**
 * BillingLetterPdf:
 *
 * A PDF file of one letter or of many, with their text as text, written while they are added.
 */
typedef struct _BillingLetterPdf BillingLetterPdf;

BillingLetterPdf *billing_letter_pdf_new    (GOutputStream     *stream);
void              billing_letter_pdf_free   (BillingLetterPdf  *self);
void              billing_letter_pdf_add    (BillingLetterPdf  *self,
                                             BillingLetter     *letter);
gboolean          billing_letter_pdf_finish (BillingLetterPdf  *self,
                                             GError           **error);
gboolean          billing_letter_write_pdf  (BillingLetter     *letter,
                                             GOutputStream     *stream,
                                             GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingLetterPdf, billing_letter_pdf_free)

G_END_DECLS

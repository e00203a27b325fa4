/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BillingLetter:
 *
 * What a practice gives out on paper: a head, a title, facts, lines with amounts, paragraphs. It holds finished texts, amounts too,
 * and knows nothing of what they mean; billing_letter_layout_new() puts it on pages.
 */
#define BILLING_TYPE_LETTER (billing_letter_get_type ())
G_DECLARE_FINAL_TYPE (BillingLetter, billing_letter, BILLING, LETTER, GObject)

/**
 * BillingLetterBlockKind:
 * @BILLING_LETTER_FACT: a name and a value beside it
 * @BILLING_LETTER_HEADING: above what follows
 * @BILLING_LETTER_LINE: a text and an amount at the right
 * @BILLING_LETTER_TOTAL: the same, with a rule above it, in bold
 * @BILLING_LETTER_PARAGRAPH: a text; the amount is not there
 * @BILLING_LETTER_NOTE: a text in small print
 */
typedef enum {
  BILLING_LETTER_FACT,
  BILLING_LETTER_HEADING,
  BILLING_LETTER_LINE,
  BILLING_LETTER_TOTAL,
  BILLING_LETTER_PARAGRAPH,
  BILLING_LETTER_NOTE,
} BillingLetterBlockKind;

/**
 * BillingLetterBlock:
 * @kind: how it looks
 * @text: (owned): at the left
 * @value: (owned) (nullable): of a fact, or an amount
 *
 * A part of a letter.
 */
typedef struct {
  BillingLetterBlockKind kind;
  char *text;
  char *value;
} BillingLetterBlock;

BillingLetter            *billing_letter_new           (const char              *title);
void                      billing_letter_set_head      (BillingLetter           *self,
                                                        const char              *name,
                                                        const char              *address);
void                      billing_letter_set_written   (BillingLetter           *self,
                                                        gint64                   instant,
                                                        const char              *subject);
void                      billing_letter_add           (BillingLetter           *self,
                                                        BillingLetterBlockKind   kind,
                                                        const char              *text,
                                                        const char              *value);
const char               *billing_letter_get_title     (BillingLetter           *self);
const char               *billing_letter_get_name      (BillingLetter           *self);
const char               *billing_letter_get_address   (BillingLetter           *self);
const char               *billing_letter_get_subject   (BillingLetter           *self);
gint64                    billing_letter_get_written   (BillingLetter           *self);
guint                     billing_letter_get_n_blocks  (BillingLetter           *self);
const BillingLetterBlock *billing_letter_get_block     (BillingLetter           *self,
                                                        guint                    i);

G_END_DECLS

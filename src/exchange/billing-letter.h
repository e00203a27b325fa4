/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "billing-catalogue.h"
#include "billing-picture.h"

G_BEGIN_DECLS

/**
 * BillingLetter:
 *
 * What a practice gives out on paper: a head with its logo, whom it is for, a title, facts, tables, lines with amounts, paragraphs. It
 * holds finished texts, amounts too, and knows nothing of what they mean; billing_letter_layout_new() puts it on pages.
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
 * @BILLING_LETTER_SUM: a text and an amount below a table, both at the right
 * @BILLING_LETTER_SUM_TOTAL: the same, with a rule above it, in bold
 * @BILLING_LETTER_CODE: a text, and beside it the value as a QR code
 * @BILLING_LETTER_TABLE: rows of cells, made by billing_letter_add_table()
 */
typedef enum {
  BILLING_LETTER_FACT,
  BILLING_LETTER_HEADING,
  BILLING_LETTER_LINE,
  BILLING_LETTER_TOTAL,
  BILLING_LETTER_PARAGRAPH,
  BILLING_LETTER_NOTE,
  BILLING_LETTER_SUM,
  BILLING_LETTER_SUM_TOTAL,
  BILLING_LETTER_CODE,
  BILLING_LETTER_TABLE,
} BillingLetterBlockKind;

/**
 * BillingLetterColumn:
 * @BILLING_LETTER_COLUMN_WORD: a day or a number, as wide as its widest cell
 * @BILLING_LETTER_COLUMN_TEXT: takes the room that is left, and wraps
 * @BILLING_LETTER_COLUMN_AMOUNT: as wide as its widest cell, at its right
 *
 * How a column of a table is set.
 */
typedef enum {
  BILLING_LETTER_COLUMN_WORD,
  BILLING_LETTER_COLUMN_TEXT,
  BILLING_LETTER_COLUMN_AMOUNT,
} BillingLetterColumn;

/**
 * BillingLetterTable:
 * @columns: (owned) (element-type BillingLetterColumn): how its columns are set
 * @titles: (owned) (element-type utf8): of its columns, repeated on each page
 * @rows: (owned) (element-type GStrv): its cells, one for each column
 *
 * A table of a letter, as long as one likes.
 */
typedef struct {
  GArray *columns;
  GPtrArray *titles;
  GPtrArray *rows;
} BillingLetterTable;

/**
 * BillingLetterBlock:
 * @kind: how it looks
 * @text: (owned): at the left
 * @value: (owned) (nullable): of a fact, or an amount
 * @table: (owned) (nullable): of a table
 *
 * A part of a letter.
 */
typedef struct {
  BillingLetterBlockKind kind;
  char *text;
  char *value;
  BillingLetterTable *table;
} BillingLetterBlock;

BillingLetter            *billing_letter_new           (const char              *title);
void                      billing_letter_set_head      (BillingLetter           *self,
                                                        const char              *name,
                                                        const char              *address);
void                      billing_letter_set_logo      (BillingLetter           *self,
                                                        BillingPicture          *logo);
void                      billing_letter_set_recipient (BillingLetter           *self,
                                                        const char              *recipient);
void                      billing_letter_set_mark      (BillingLetter           *self,
                                                        const char              *mark);
void                      billing_letter_set_words     (BillingLetter           *self,
                                                        BillingCatalogue        *words);
void                      billing_letter_set_written   (BillingLetter           *self,
                                                        gint64                   instant,
                                                        const char              *subject);
void                      billing_letter_add           (BillingLetter           *self,
                                                        BillingLetterBlockKind   kind,
                                                        const char              *text,
                                                        const char              *value);
BillingLetterTable       *billing_letter_add_table     (BillingLetter           *self);
void                      billing_letter_table_add_column (BillingLetterTable   *table,
                                                        BillingLetterColumn      column,
                                                        const char              *title);
void                      billing_letter_table_add_row (BillingLetterTable      *table,
                                                        const char * const      *cells);
const char               *billing_letter_get_title     (BillingLetter           *self);
const char               *billing_letter_get_name      (BillingLetter           *self);
const char               *billing_letter_get_address   (BillingLetter           *self);
BillingPicture           *billing_letter_get_logo      (BillingLetter           *self);
const char               *billing_letter_get_recipient (BillingLetter           *self);
const char               *billing_letter_get_mark      (BillingLetter           *self);
BillingCatalogue         *billing_letter_get_words     (BillingLetter           *self);
const char               *billing_letter_get_subject   (BillingLetter           *self);
gint64                    billing_letter_get_written   (BillingLetter           *self);
guint                     billing_letter_get_n_blocks  (BillingLetter           *self);
const BillingLetterBlock *billing_letter_get_block     (BillingLetter           *self,
                                                        guint                    i);
char                     *billing_letter_build_text    (BillingLetter           *self);

G_END_DECLS

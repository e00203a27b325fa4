/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-row.h"

G_BEGIN_DECLS

/* What the cells of a column say: billing-list-cells.c makes them. */

typedef enum {
  CELL_TEXT,
  CELL_NUMERIC, /* digits of one width */
  CELL_AMOUNT,  /* and to the right */
  CELL_STATUS,  /* a coloured pill */
  CELL_NAME,    /* by which a screen reader says the whole row */
  CELL_CHOICE,  /* a box to tick: billing-list-choice-cells.c */
  CELL_GROUP,   /* a name, with a box for all rows of it that stand together */
} CellKind;

typedef struct {
  const char *list;
  const char *column;
  CellKind kind;
  guint n_chars; /* what is nice to have room for */
  gsize member;  /* of the record, where the cell says what stands there; 0: */
  char *(*get_text) (gpointer            record,
                     BillingListContext *context);
  char *(*get_sentence) (gpointer            record,
                         BillingListContext *context);
  const char *(*get_style) (gpointer            record,
                            BillingListContext *context);
} BillingListCell;

/* Those of what Stripe tells. */
extern const BillingListCell billing_list_stripe_cells[];
extern const guint billing_list_n_stripe_cells;

/* Those of remittances. */
extern const BillingListCell billing_list_remittance_cells[];
extern const guint billing_list_n_remittance_cells;

/* Those of services and invoices. */
extern const BillingListCell billing_list_invoice_cells[];
extern const guint billing_list_n_invoice_cells;

/* Those of billing rates. */
extern const BillingListCell billing_list_rate_cells[];
extern const guint billing_list_n_rate_cells;

G_END_DECLS

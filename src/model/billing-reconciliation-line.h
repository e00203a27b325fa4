/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

/* The parts of a reconciliation (#BillingReconciliationLine), in their order. */
#define BILLING_RECONCILIATION_BALANCE "balance"
#define BILLING_RECONCILIATION_MOVED "moved"
#define BILLING_RECONCILIATION_ANCHOR "anchor"
#define BILLING_RECONCILIATION_PAYOUT "payout"
#define BILLING_RECONCILIATION_BOOKS "books"
#define BILLING_RECONCILIATION_BREACH "breach"

#define BILLING_TYPE_RECONCILIATION_LINE (billing_reconciliation_line_get_type ())
G_DECLARE_FINAL_TYPE (BillingReconciliationLine, billing_reconciliation_line, BILLING, RECONCILIATION_LINE, BillingRecord)

/**
 * BillingReconciliationLine:
 *
 * One line of a reconciliation with Stripe's balance: what stood there, what moved it, what does not fit.
 * To be read by its members; changed by its properties.
 */
struct _BillingReconciliationLine {
  BillingRecord parent_instance;

  char *part;        /* (owned): one of the words above */
  char *what;        /* (owned): start, charges, end, …, or Stripe's own word; of a breach, what is wrong */
  char *name;        /* (owned): the same for people */
  char *about;       /* (owned) (nullable): id of the row of Stripe's that it is about */
  char *payment;     /* (owned) (nullable): number of our payment */
  gint64 at;         /* Unix seconds, 0: of no moment */
  gint64 count;      /* how many rows; -1: not counted */
  gint64 amount;     /* minor units */
  gint64 difference; /* minor units by which it does not fit; 0: it fits, or it is not known by how much */
  char *currency;    /* (owned): ISO 4217 */
  char *note;        /* (owned) (nullable): a sentence */
};

BillingReconciliationLine *billing_reconciliation_line_new (const char *part,
                                                            const char *what,
                                                            const char *name);

G_END_DECLS

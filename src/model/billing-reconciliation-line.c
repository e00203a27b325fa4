/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconciliation-line"

#include "config.h"

#include "billing-reconciliation-line.h"

G_DEFINE_FINAL_TYPE (BillingReconciliationLine, billing_reconciliation_line, BILLING_TYPE_RECORD)

static BillingField reconciliation_line_fields[] = {
  BILLING_STRING_FIELD (BillingReconciliationLine, part, 0),
  BILLING_STRING_FIELD (BillingReconciliationLine, what, 0),
  BILLING_STRING_FIELD (BillingReconciliationLine, name, 0),
  BILLING_STRING_FIELD (BillingReconciliationLine, about, 0),
  BILLING_STRING_FIELD (BillingReconciliationLine, payment, 0),
  BILLING_INT64_FIELD (BillingReconciliationLine, at, 0),
  BILLING_INT64_FIELD (BillingReconciliationLine, count, 0),
  BILLING_INT64_FIELD (BillingReconciliationLine, amount, 0),
  BILLING_INT64_FIELD (BillingReconciliationLine, difference, 0),
  BILLING_STRING_FIELD (BillingReconciliationLine, currency, 0),
  BILLING_STRING_FIELD (BillingReconciliationLine, note, 0),
};

static void
billing_reconciliation_line_class_init (BillingReconciliationLineClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "reconciliation", "rcl", NULL,
                                reconciliation_line_fields, G_N_ELEMENTS (reconciliation_line_fields));
}

static void
billing_reconciliation_line_init (BillingReconciliationLine *self)
{
  self->count = -1;
}

BillingReconciliationLine *
billing_reconciliation_line_new (const char *part,
                                 const char *what,
                                 const char *name)
{
  return g_object_new (BILLING_TYPE_RECONCILIATION_LINE, "part", part, "what", what, "name", name, NULL);
}

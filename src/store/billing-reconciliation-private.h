/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-reconciliation.h"

G_BEGIN_DECLS

/* Between the parts of billing-reconciliation.c: Stripe's balance, its payouts, our books, and the rows that do not fit. */

typedef struct {
  BillingReconciliation *result; /* (not owned) */
  BillingConnection *connection; /* (not owned) */
  const char *stripe_currency;   /* as Stripe writes it */
  const char *time_zone;
  gint64 since;                  /* the first second */
  gint64 until;                  /* the second behind the last */
} BillingReconciling;

BillingReconciliationLine *_billing_reconciling_add        (BillingReconciling        *self,
                                                            const char                *part,
                                                            const char                *what,
                                                            const char                *name,
                                                            gint64                     amount);
/* Not each one has a line. (nullable): where there are too many. */
BillingReconciliationLine *_billing_reconciling_add_breach (BillingReconciling        *self,
                                                            const char                *what,
                                                            const char                *about,
                                                            gint64                     amount,
                                                            gint64                     difference,
                                                            char                      *note);

gboolean                   _billing_reconciling_payouts    (BillingReconciling        *self,
                                                            GError                   **error);
gboolean                   _billing_reconciling_books      (BillingReconciling        *self,
                                                            GError                   **error);
gboolean                   _billing_reconciling_suspects   (BillingReconciling        *self,
                                                            GError                   **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-act.h"
#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BillingSelectionTotal:
 * @n: how many rows are selected
 * @n_patients: of how many patients
 * @sum: minor units: of services the patients' parts, of invoices what is still owed
 * @n_unreviewed: of services, how many nobody has reviewed
 *
 * What a selection comes to.
 */
typedef struct {
  gint64 n;
  gint64 n_patients;
  gint64 sum;
  gint64 n_unreviewed;
} BillingSelectionTotal;

gboolean billing_selection_total_read (BillingConnection      *connection,
                                       BillingAct             *act,
                                       const char             *kind,
                                       BillingSelectionTotal  *total,
                                       GError                **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-remittance.h"

G_BEGIN_DECLS

/**
 * BillingRemittancePreview:
 * @n: lines that would be posted
 * @paid: minor units that insurers would have paid by them
 * @adjusted: minor units that nobody pays by them
 * @n_invoices: invoices that would ask for another amount
 * @lowered: minor units by which open payments would fall; negative: grow
 * @credited: minor units that would become credit of patients
 * @n_refused: lines that the books would not take
 * @refusal: (nullable): why the first of these
 * @currency: ISO 4217
 *
 * What posting a remittance would do, to the cent: it was done and taken back.
 */
typedef struct {
  gint64 n;
  gint64 paid;
  gint64 adjusted;
  gint64 n_invoices;
  gint64 lowered;
  gint64 credited;
  gint64 n_refused;
  char *refusal;
  char *currency;
} BillingRemittancePreview;

BillingRemittancePreview *billing_desk_preview_remittance    (BillingDesk               *self,
                                                              const char                *remittance,
                                                              GError                   **error);
void                      billing_remittance_preview_free    (BillingRemittancePreview  *preview);
GPtrArray                *billing_desk_list_remittance_lines (BillingDesk               *self,
                                                              const char                *remittance_id,
                                                              GError                   **error);
GPtrArray                *billing_desk_list_line_candidates  (BillingDesk               *self,
                                                              const char                *line_id,
                                                              GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingRemittancePreview, billing_remittance_preview_free)

G_END_DECLS

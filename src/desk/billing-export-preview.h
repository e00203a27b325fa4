/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

/**
 * BillingExportSum:
 * @currency: (owned): ISO 4217
 * @amount: minor units
 */
typedef struct {
  char *currency;
  gint64 amount;
} BillingExportSum;

/**
 * BillingExportPreview:
 * @n_rows: how many rows a file of it has
 * @sums: (owned) (element-type BillingExportSum): what they come to, in each currency; none where a sum makes no sense
 *
 * What an export would write.
 */
typedef struct {
  guint64 n_rows;
  GPtrArray *sums;
} BillingExportPreview;

void                  billing_export_preview_free        (BillingExportPreview *self);

void                  billing_desk_preview_export_async  (BillingDesk          *self,
                                                          BillingQuery         *query,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
BillingExportPreview *billing_desk_preview_export_finish (BillingDesk          *self,
                                                          GAsyncResult         *result,
                                                          GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingExportPreview, billing_export_preview_free)

G_END_DECLS

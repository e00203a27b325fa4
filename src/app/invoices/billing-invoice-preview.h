/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICE_PREVIEW (billing_invoice_preview_get_type ())
/**
 * BillingInvoicePreview:
 *
 * An invoice as it will print, as small as its pane is; pressed, it is shown large enough to read, to print and to save.
 */
G_DECLARE_FINAL_TYPE (BillingInvoicePreview, billing_invoice_preview, BILLING, INVOICE_PREVIEW, AdwBin)

void billing_invoice_preview_set_invoice (BillingInvoicePreview *self,
                                          BillingDesk           *desk,
                                          const char            *invoice);

G_END_DECLS

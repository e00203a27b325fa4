/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICES_PAGE (billing_invoices_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingInvoicesPage, billing_invoices_page, BILLING, INVOICES_PAGE, AdwBin)

/**
 * BillingInvoicesPage:
 *
 * The page *Invoices*: what is to be invoiced, and what was, each behind its tab. It is a #BillingListHost.
 *
 * Properties: `tab` (string: `to-invoice` or `invoiced`), `detail-shown` (gboolean, read-only: a detail covers the list).
 *
 * Invoices can be printed, saved and sent from the menu of their detail and from the bar under their list. Those actions are
 * `invoice.print`, `invoice.save` and `invoice.send`, each with a string for parameter: an invoice's id, or "" for what is ticked in the
 * list, which billing_invoices_page_fill_act() says.
 */
void        billing_invoices_page_set_desk    (BillingInvoicesPage  *self,
                                               BillingDesk          *desk);
void        billing_invoices_page_set_tab     (BillingInvoicesPage  *self,
                                               const char           *tab);
gboolean    billing_invoices_page_show        (BillingInvoicesPage  *self,
                                               const char           *name,
                                               GError              **error);
guint       billing_invoices_page_fill_act    (BillingInvoicesPage  *self,
                                               BillingAct           *act);

G_END_DECLS

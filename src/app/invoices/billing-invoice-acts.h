/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-list-choice.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What the two tabs of *Invoices* do with one row or with all that is ticked.
 */
gboolean    billing_invoice_acts_may     (GtkWidget         *widget,
                                          BillingDesk       *desk,
                                          BillingVerb        verb);
BillingAct *billing_invoice_acts_build   (BillingVerb        verb,
                                          const char        *id,
                                          BillingListChoice *choice);
void        billing_invoice_acts_do      (GtkWidget         *widget,
                                          BillingDesk       *desk,
                                          BillingAct        *act,
                                          const char        *toast);
void        billing_invoice_acts_present (GtkWidget         *widget,
                                          GtkWindow         *dialog);

G_END_DECLS

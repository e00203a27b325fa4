/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_ADMINISTRATION_PAGE (billing_administration_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingAdministrationPage, billing_administration_page, BILLING,
                      ADMINISTRATION_PAGE, AdwBin)

/**
 * BillingAdministrationPage:
 *
 * *Administration*: the connection to Stripe, the practice's settings and its people. Everybody
 * sees it; who may change what, the table of roles says.
 */
void billing_administration_page_set_sync (BillingAdministrationPage *self,
                                           BillingDesk               *desk,
                                           BillingSync               *sync);

/* Goes to *Billing Setup*, with the cursor where a key is entered. */
void billing_administration_page_connect  (BillingAdministrationPage *self);
void billing_administration_page_warn     (BillingAdministrationPage *self,
                                           const char                *warning);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-history.h"
#include "billing-list-context.h"
#include "billing-tax.h"

G_BEGIN_DECLS

/* Taxes in words, in the process's locale. */

char       *billing_tax_format_request       (BillingIntent          *intent);
char       *billing_tax_format_status        (BillingTaxRegistration *registration);
const char *billing_tax_format_status_style  (BillingTaxRegistration *registration);
char       *billing_tax_format_type          (BillingTaxRegistration *registration);
char       *billing_tax_format_place         (BillingTaxRegistration *registration);
char       *billing_tax_format_day           (gint64                  instant,
                                              const char             *time_zone);
char       *billing_tax_format_sentence      (BillingTaxRegistration *registration,
                                              const char             *time_zone);

G_END_DECLS

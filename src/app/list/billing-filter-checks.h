/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BILLING_TYPE_FILTER_CHECKS (billing_filter_checks_get_type ())
G_DECLARE_FINAL_TYPE (BillingFilterChecks, billing_filter_checks, BILLING, FILTER_CHECKS, GtkGrid)

/**
 * BillingFilterChecks:
 *
 * Words of which any number can be chosen, each a check button; a query has them between commas.
 *
 * Signal: `changed`: a person chose.
 */
void  billing_filter_checks_add  (BillingFilterChecks *self,
                                  const char          *word,
                                  const char          *label,
                                  guint                n_columns);
void  billing_filter_checks_show (BillingFilterChecks *self,
                                  const char          *words);
char *billing_filter_checks_join (BillingFilterChecks *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_FILTER_RANGE (billing_filter_range_get_type ())
G_DECLARE_FINAL_TYPE (BillingFilterRange, billing_filter_range, BILLING, FILTER_RANGE, GtkBox)

/**
 * BillingFilterRange:
 *
 * Two entries of a filter's form, for the first and the last day or for the lowest and the highest amount; what makes no sense is complained
 * about under them. Where it has ways, one chooses how to compare first: an amount equals, is more or less than another, or lies between two; a
 * day is before or after another, or lies between two, both of which count.
 *
 * Properties: `first` and `last` (GtkWidget, construct-only): a #BillingDayRow or #BillingMoneyRow each. `from` and `to` (string,
 * construct-only): the properties of a query that they are for. `has-ways` (gboolean, construct-only). Signal: `changed`.
 */
void billing_filter_range_set_currency (BillingFilterRange *self,
                                        const char         *currency);
void billing_filter_range_show         (BillingFilterRange *self,
                                        BillingQuery       *query);
void billing_filter_range_apply        (BillingFilterRange *self,
                                        BillingQuery       *query);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_YEAR_END_PAGE (billing_year_end_page_get_type ())
/**
 * BillingYearEndPage:
 *
 * *Year-End*: what a year came to, by month, for whoever files the taxes; as tables, a CSV file, and on paper.
 */
G_DECLARE_FINAL_TYPE (BillingYearEndPage, billing_year_end_page, BILLING, YEAR_END_PAGE, AdwBin)

G_END_DECLS

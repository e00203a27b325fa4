/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_PROBLEM_ROW (billing_problem_row_get_type ())
/**
 * BillingProblemRow:
 *
 * Stands under a field of a form (`field`) and says what is wrong with it. Hidden while nothing is.
 */
G_DECLARE_FINAL_TYPE (BillingProblemRow, billing_problem_row, BILLING, PROBLEM_ROW, AdwPreferencesRow)

void billing_problem_row_set_message (BillingProblemRow *self,
                                      const char        *message);

G_END_DECLS

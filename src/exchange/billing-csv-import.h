/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-import-item.h"

G_BEGIN_DECLS

/**
 * BillingCsvColumn:
 * @header: (owned): as it stands in the file
 * @samples: (owned): the first values that it has
 * @target: (nullable): what it is taken for; %NULL: it is left out
 * @note: (owned) (nullable): how its values are read
 */
typedef struct {
  char *header;
  char *samples;
  const char *target;
  char *note;
} BillingCsvColumn;

/**
 * BillingCsvPlan:
 *
 * How a CSV file is read: what its rows are, what each column is taken for, in which order its dates stand. Proposed from the
 * header and from all of the values; to be shown and corrected before anything is read for good.
 */
typedef struct _BillingCsvPlan BillingCsvPlan;

/**
 * BillingCsvPractice:
 * @currency: of amounts
 * @time_zone: in which days begin
 * @locale: (nullable): how dates and amounts are written where the file itself does not tell
 */
typedef struct {
  const char *currency;
  const char *time_zone;
  const char *locale;
} BillingCsvPractice;

BillingCsvPlan    *billing_csv_plan_new            (GInputStream              *raw,
                                                    const BillingCsvPractice  *practice,
                                                    GCancellable              *cancellable,
                                                    GError                   **error);
void               billing_csv_plan_free           (BillingCsvPlan            *self);
const char        *billing_csv_plan_get_kind       (BillingCsvPlan            *self);
const char        *billing_csv_plan_get_encoding   (BillingCsvPlan            *self);
char               billing_csv_plan_get_separator  (BillingCsvPlan            *self);
const char        *billing_csv_plan_get_date_order (BillingCsvPlan            *self);
guint              billing_csv_plan_get_n_columns  (BillingCsvPlan            *self);
const BillingCsvColumn *billing_csv_plan_get_column (BillingCsvPlan           *self,
                                                    guint                      column);

/* Corrections. They return whether there is such a kind, target or order. */
gboolean           billing_csv_plan_set_kind       (BillingCsvPlan            *self,
                                                    const char                *kind);
gboolean           billing_csv_plan_set_target     (BillingCsvPlan            *self,
                                                    guint                      column,
                                                    const char                *target);
gboolean           billing_csv_plan_set_date_order (BillingCsvPlan            *self,
                                                    const char                *order);

/**
 * billing_csv_plan_check:
 *
 * Returns: (transfer full) (nullable): what is missing, as a sentence; %NULL: it can be read
 */
char              *billing_csv_plan_check          (BillingCsvPlan            *self);

char             **billing_csv_list_targets        (const char                *kind);
const char        *billing_csv_get_target_label    (const char                *target);

gboolean           billing_csv_read                (GInputStream              *raw,
                                                    BillingCsvPlan            *plan,
                                                    const BillingImportSink   *sink,
                                                    gpointer                   data,
                                                    GCancellable              *cancellable,
                                                    GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingCsvPlan, billing_csv_plan_free)

G_END_DECLS

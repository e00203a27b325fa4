/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-merge.h"
#include "billing-patient.h"

G_BEGIN_DECLS

/**
 * BillingMergePreview:
 * @from: (owned): who turned out to be the other
 * @into: (owned): who stays
 * @counts: (owned) (element-type BillingMergeCount): what moves, kind by kind, also where it is nothing
 *
 * What a merge would do. The credit that moves is that of @from.
 */
typedef struct {
  BillingPatient *from;
  BillingPatient *into;
  GPtrArray *counts;
} BillingMergePreview;

BillingMergePreview *billing_merge_preview_read        (BillingConnection    *connection,
                                                        const char           *from,
                                                        const char           *into,
                                                        GError              **error);
void                 billing_merge_preview_free        (BillingMergePreview  *preview);
BillingMergePreview *billing_desk_preview_merge        (BillingDesk          *self,
                                                        const char           *from,
                                                        const char           *into,
                                                        GError              **error);
GPtrArray           *billing_duplicates_read           (BillingConnection    *connection,
                                                        gint64                limit,
                                                        GError              **error);
GPtrArray           *billing_desk_list_duplicates      (BillingDesk          *self,
                                                        gint64                limit,
                                                        GError              **error);
char                *billing_merge_counts_describe     (GPtrArray            *counts);
const char          *billing_duplicate_get_label       (BillingDuplicate     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingMergePreview, billing_merge_preview_free)

G_END_DECLS

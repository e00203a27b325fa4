/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-service-changes.h"
#include "billing-service-store.h"

G_BEGIN_DECLS

/*
 * What is asked of services before something is done to them. An act says which: its subject, its selection, or all that its query finds
 * without what it excepts (billing-selection.h); it need not be one that will be done.
 */

/**
 * BillingRateOutlook:
 * @changes: (element-type BillingServiceChange): before and after of each, as many as were wanted; first those that stay as they are
 * @sums: what all of them come to
 *
 * What would become of services under another rate.
 */
typedef struct {
  GPtrArray *changes;
  BillingServiceChangeSums *sums;
} BillingRateOutlook;

void                billing_rate_outlook_free                 (BillingRateOutlook   *outlook);

BillingServiceSums *billing_desk_sum_services                 (BillingDesk          *self,
                                                               BillingAct           *act,
                                                               GCancellable         *cancellable,
                                                               GError              **error);
void                billing_desk_sum_services_async           (BillingDesk          *self,
                                                               BillingAct           *act,
                                                               GCancellable         *cancellable,
                                                               GAsyncReadyCallback   callback,
                                                               gpointer              user_data);
BillingServiceSums *billing_desk_sum_services_finish          (BillingDesk          *self,
                                                               GAsyncResult         *result,
                                                               GError              **error);
/* An act as for %BILLING_VERB_SERVICE_SET_RATE. */
BillingRateOutlook *billing_desk_look_at_rate                 (BillingDesk          *self,
                                                               BillingAct           *act,
                                                               gint64                limit,
                                                               GCancellable         *cancellable,
                                                               GError              **error);
void                billing_desk_look_at_rate_async           (BillingDesk          *self,
                                                               BillingAct           *act,
                                                               gint64                limit,
                                                               GCancellable         *cancellable,
                                                               GAsyncReadyCallback   callback,
                                                               gpointer              user_data);
BillingRateOutlook *billing_desk_look_at_rate_finish          (BillingDesk          *self,
                                                               GAsyncResult         *result,
                                                               GError              **error);
/* (element-type BillingUnbilledCode): codes of treatments of which no service was made */
GPtrArray          *billing_desk_list_unbilled_codes          (BillingDesk          *self,
                                                               GCancellable         *cancellable,
                                                               GError              **error);
void                billing_desk_list_unbilled_codes_async    (BillingDesk          *self,
                                                               GCancellable         *cancellable,
                                                               GAsyncReadyCallback   callback,
                                                               gpointer              user_data);
GPtrArray          *billing_desk_list_unbilled_codes_finish   (BillingDesk          *self,
                                                               GAsyncResult         *result,
                                                               GError              **error);
/* (element-type utf8): numbers of invoiced or answered services whose treatment says something else by now */
GPtrArray          *billing_desk_list_kept_services           (BillingDesk          *self,
                                                               GCancellable         *cancellable,
                                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingRateOutlook, billing_rate_outlook_free)

G_END_DECLS

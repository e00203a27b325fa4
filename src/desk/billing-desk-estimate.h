/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-estimate.h"

G_BEGIN_DECLS

#define BILLING_TYPE_ESTIMATE_QUESTION (billing_estimate_question_get_type ())
G_DECLARE_FINAL_TYPE (BillingEstimateQuestion, billing_estimate_question, BILLING, ESTIMATE_QUESTION, BillingRecord)

/**
 * BillingEstimateQuestion:
 *
 * What an estimate is asked for. People, treatments and checks are named by id or number, as in a #BillingAct.
 * To be read by its members; changed by its properties.
 */
struct _BillingEstimateQuestion {
  BillingRecord parent_instance;

  char *patient;       /* (owned): whose */
  char *payment_type;  /* (owned) (nullable): nick of BillingPaymentType */
  char *treatment;     /* (owned) (nullable): what for; its charges are the base */
  char *code;          /* (owned) (nullable): a procedure, where there is no treatment */
  gboolean has_amount; /* whether @amount was said */
  gint64 amount;       /* minor units: the charge, where the treatment does not say it */
  char *check;         /* (owned) (nullable): the eligibility check that was chosen; the newest otherwise */
};

BillingEstimateQuestion *billing_estimate_question_new (void);

BillingEstimate *billing_desk_estimate        (BillingDesk              *self,
                                               BillingEstimateQuestion  *question,
                                               GCancellable             *cancellable,
                                               GError                  **error);
void             billing_desk_estimate_async  (BillingDesk              *self,
                                               BillingEstimateQuestion  *question,
                                               GCancellable             *cancellable,
                                               GAsyncReadyCallback       callback,
                                               gpointer                  user_data);
BillingEstimate *billing_desk_estimate_finish (BillingDesk              *self,
                                               GAsyncResult             *result,
                                               GError                  **error);

G_END_DECLS

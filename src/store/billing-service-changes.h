/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-service-change.h"
#include "billing-verb.h"

G_BEGIN_DECLS

/*
 * What is to become of many services, worked out first and then done: the table `temp.service_change` has a row for each service of
 * `temp.selection`, with all that may change as it is to be, and why it stays where it does. What is shown before an act and the act itself
 * read the same rows.
 *
 *   billing_service_changes_begin ()      the selected services as they are
 *   billing_service_changes_to_rate ()    or _remove, _restore, _review: as they are to be
 *   billing_service_changes_list (), _sum (), _count ()
 *   billing_service_changes_apply ()      ledger, audit and services, all at once; a writer's
 */

/**
 * BillingServiceChangeSums:
 * @n: how many services were chosen
 * @n_changed: how many of them change
 * @n_refused: how many cannot
 * @n_same: how many are so already
 * @amount: minor units of those that change
 * @new_amount: what they will be
 * @insurer_part: minor units of @amount
 * @new_insurer_part: minor units of @new_amount
 * @patient_part: minor units of @amount
 * @new_patient_part: minor units of @new_amount
 * @currency: (nullable): ISO 4217 of all that change; %NULL: they are of several
 *
 * What a change of many services comes to.
 */
typedef struct {
  gint64 n;
  gint64 n_changed;
  gint64 n_refused;
  gint64 n_same;
  gint64 amount;
  gint64 new_amount;
  gint64 insurer_part;
  gint64 new_insurer_part;
  gint64 patient_part;
  gint64 new_patient_part;
  char *currency;
} BillingServiceChangeSums;

/**
 * BillingServiceDeed:
 * @verb: what is done
 * @at: Unix seconds
 * @day: on which it counts
 * @account: who does it
 * @reason: (nullable): why
 *
 * Who changes services, when and why.
 */
typedef struct {
  BillingVerb verb;
  gint64 at;
  const char *day;
  const char *account;
  const char *reason;
} BillingServiceDeed;

gboolean                  billing_service_changes_begin      (BillingConnection         *connection,
                                                              GError                   **error);
gboolean                  billing_service_changes_to_rate    (BillingConnection         *connection,
                                                              const char                *rate_id,
                                                              const char                *payer,
                                                              GError                   **error);
gboolean                  billing_service_changes_remove     (BillingConnection         *connection,
                                                              gint64                     at,
                                                              GError                   **error);
gboolean                  billing_service_changes_restore    (BillingConnection         *connection,
                                                              GError                   **error);
gboolean                  billing_service_changes_review     (BillingConnection         *connection,
                                                              gint64                     at,
                                                              const char                *account,
                                                              GError                   **error);
gboolean                  billing_service_changes_to_lines   (BillingConnection         *connection,
                                                              GError                   **error);
gboolean                  billing_service_changes_apply      (BillingConnection         *connection,
                                                              const BillingServiceDeed  *deed,
                                                              GError                   **error);
gboolean                  billing_service_changes_insure_new (BillingConnection         *connection,
                                                              const BillingServiceDeed  *deed,
                                                              gint64                     after_pk,
                                                              GError                   **error);
GPtrArray                *billing_service_changes_list       (BillingConnection         *connection,
                                                              gint64                     limit,
                                                              GError                   **error);
BillingServiceChangeSums *billing_service_changes_sum        (BillingConnection         *connection,
                                                              GError                   **error);
BillingServiceChange     *billing_service_changes_get_first  (BillingConnection         *connection,
                                                              gboolean                   is_refused,
                                                              GError                   **error);
void                      billing_service_change_sums_free   (BillingServiceChangeSums  *sums);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingServiceChangeSums, billing_service_change_sums_free)

G_END_DECLS

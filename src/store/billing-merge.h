/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BillingMergeCount:
 * @kind: what lists call a kind
 * @n: how many of them belong to a patient
 */
typedef struct {
  const char *kind;
  gint64 n;
} BillingMergeCount;

/**
 * BillingMergePair:
 * @first: (owned): id of the patient who has been there longer
 * @second: (owned): id of the other
 * @reason: what they have in common: `name`, `member-id`, `email`
 *
 * Two patients who may be one.
 */
typedef struct {
  char *first;
  char *second;
  const char *reason;
} BillingMergePair;

/**
 * BillingMergeSnag:
 * @BILLING_MERGE_SNAG_NONE: nothing stands against it
 * @BILLING_MERGE_SNAG_CREDIT: credit that came along, or of what came along, moved since
 * @BILLING_MERGE_SNAG_INVOICE: an invoice is about things of both
 * @BILLING_MERGE_SNAG_PAYMENT: a payment is about something of the other
 *
 * Why a merge cannot be taken back.
 */
typedef enum {
  BILLING_MERGE_SNAG_NONE,
  BILLING_MERGE_SNAG_CREDIT,
  BILLING_MERGE_SNAG_INVOICE,
  BILLING_MERGE_SNAG_PAYMENT,
} BillingMergeSnag;

GPtrArray *billing_merge_count           (BillingConnection  *connection,
                                          const char         *patient,
                                          GError            **error);
gboolean   billing_merge_patients        (BillingConnection  *connection,
                                          const char         *from,
                                          const char         *into,
                                          const char         *person,
                                          gint64              at,
                                          GError            **error);
gboolean   billing_merge_find            (BillingConnection  *connection,
                                          const char         *from,
                                          gint64             *pk,
                                          char              **into,
                                          GError            **error);
gboolean   billing_merge_take_back       (BillingConnection  *connection,
                                          gint64              pk,
                                          gint64              at,
                                          BillingMergeSnag   *snag,
                                          char              **what,
                                          GError            **error);
GPtrArray *billing_merge_list_pairs      (BillingConnection  *connection,
                                          gint64              limit,
                                          GError            **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-types.h"

G_BEGIN_DECLS

/**
 * BillingAccountMove:
 * @day: (owned): when
 * @payment: (owned) (nullable): number of the payment
 * @root: (owned) (nullable): id of the payment from which that one was split off, or its own
 * @invoice: (owned) (nullable): number of the invoice that the payment belongs to
 * @tender: by which money came in or went back; none where none did
 * @receivable: minor units by which it changed what the patient owes
 * @asked: minor units of that which were asked for, or no longer
 * @adjusted: minor units that were given up
 * @credit: minor units by which the patient’s credit grew
 * @refunded: minor units that went back
 * @withdrawn: minor units that a dispute took
 *
 * One entry of the ledger, as a patient’s statement sees it: what they owe less their credit changes by @receivable − @credit.
 */
typedef struct {
  char *day;
  char *payment;
  char *root;
  char *invoice;
  BillingTender tender;
  gint64 receivable;
  gint64 asked;
  gint64 adjusted;
  gint64 credit;
  gint64 refunded;
  gint64 withdrawn;
} BillingAccountMove;

GPtrArray *billing_patient_account_read (BillingConnection  *connection,
                                         const char         *patient_id,
                                         const char         *to,
                                         GError            **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-payment.h"

G_BEGIN_DECLS

/**
 * BillingTransaction:
 * @act: why: submit, collect, …
 * @person: the account of who did it
 * @patient_id: whose money it is about
 * @payment_id: (nullable): for which payment
 * @reason: (nullable): in words
 * @source: what posts it; each source posts at most once
 * @at: Unix seconds
 * @day: the day on which it counts
 *
 * The head of an entry of the ledger.
 */
typedef struct {
  const char *act;
  const char *person;
  const char *patient_id;
  const char *payment_id;
  const char *reason;
  const char *source;
  gint64 at;
  const char *day;
} BillingTransaction;

/**
 * BillingEntry:
 * @pk: its row
 * @step: (owned): what of its source posted it: collect, refund, …
 * @payment_id: (owned) (nullable): for which payment
 * @amount: minor units of its debits
 * @is_standing: whether it is no reversal, and was not reversed
 *
 * An entry of the ledger, by what posted it.
 */
typedef struct {
  gint64 pk;
  char *step;
  char *payment_id;
  gint64 amount;
  gboolean is_standing;
} BillingEntry;

gboolean billing_ledger_post    (BillingConnection         *connection,
                                 const BillingTransaction  *transaction,
                                 const char                *currency,
                                 BillingAccount             debit,
                                 BillingAccount             credit,
                                 gint64                     amount,
                                 GError                   **error);
gboolean billing_ledger_reverse (BillingConnection         *connection,
                                 const BillingTransaction  *transaction,
                                 const char                *act,
                                 GError                   **error);
gboolean billing_ledger_reverse_entry (BillingConnection         *connection,
                                       const BillingTransaction  *transaction,
                                       gint64                     reversed,
                                       GError                   **error);
GPtrArray *billing_ledger_list_entries (BillingConnection  *connection,
                                        const char         *object,
                                        GError            **error);
BillingEntry *billing_ledger_find_standing (GPtrArray  *entries,
                                            const char *step);
gboolean billing_ledger_find    (BillingConnection         *connection,
                                 const char                *payment_id,
                                 const char                *act,
                                 gint64                    *amount,
                                 GError                   **error);
gboolean billing_ledger_credit  (BillingConnection         *connection,
                                 const char                *patient_id,
                                 gint64                     amount,
                                 GError                   **error);
gboolean billing_ledger_settle  (BillingConnection         *connection,
                                 BillingPayment            *payment,
                                 GError                   **error);

G_END_DECLS

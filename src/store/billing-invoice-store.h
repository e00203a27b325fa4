/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-act.h"
#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BILLING_INVOICE_RANGE:
 *
 * Between the first and the last of invoices that were made together: INV-005..INV-104.
 */
#define BILLING_INVOICE_RANGE ".."

/**
 * BillingInvoicingSums:
 * @n_services: how many services are invoiced
 * @n_invoices: on how many invoices: one a patient
 * @charges: minor units of the services in full
 * @insurer: minor units of that which are the insurers'
 * @amount: minor units of that which are the patients'
 * @n_prepaid: of how many pre-payments something is taken off
 * @prepaid: minor units that are taken off
 * @n_joined: how many open pre-payments join their invoice
 * @joined: minor units that they ask for
 * @n_asked: how many new payments are made
 * @asked: minor units that they ask for
 * @largest: minor units of the largest invoice
 * @n_left_out: how many of those chosen are not invoiced, by the #BillingServiceState that says why
 * @n_foreign: how many are not invoiced because they are in another currency than the practice's
 *
 * What invoicing the services that are chosen comes to.
 */
typedef struct {
  gint64 n_services;
  gint64 n_invoices;
  gint64 charges;
  gint64 insurer;
  gint64 amount;
  gint64 n_prepaid;
  gint64 prepaid;
  gint64 n_joined;
  gint64 joined;
  gint64 n_asked;
  gint64 asked;
  gint64 largest;
  gint64 n_left_out[BILLING_SERVICE_STATE_REMOVED + 1];
  gint64 n_foreign;
} BillingInvoicingSums;

/**
 * BillingInvoicingHead:
 * @at: Unix seconds
 * @person: the account of who does it
 * @today: the day on which it is done
 * @invoiced_on: the invoiced date
 * @due_on: the last day on which it is paid in time
 * @memo: (nullable): a sentence to the patients
 * @reason: (nullable): why, for the audit
 *
 * What many invoices have in common.
 */
typedef struct {
  gint64 at;
  const char *person;
  const char *today;
  const char *invoiced_on;
  const char *due_on;
  const char *memo;
  const char *reason;
} BillingInvoicingHead;

gboolean billing_invoice_store_gather     (BillingConnection           *connection,
                                           BillingInvoicingSums        *sums,
                                           GError                     **error);
gboolean billing_invoice_store_preview    (BillingConnection           *connection,
                                           BillingAct                  *act,
                                           BillingInvoicingSums        *sums,
                                           GError                     **error);
gboolean billing_invoice_store_begin      (BillingConnection           *connection,
                                           const BillingInvoicingHead  *head,
                                           GError                     **error);
gboolean billing_invoice_store_write      (BillingConnection           *connection,
                                           gint64                       first,
                                           gint64                       last,
                                           GError                     **error);
char    *billing_invoice_store_name       (BillingConnection           *connection,
                                           GError                     **error);
GStrv    billing_invoice_store_list_joining (BillingConnection         *connection,
                                           GError                     **error);
char    *billing_invoice_store_find_stray (BillingConnection           *connection,
                                           BillingServiceState         *state,
                                           char                       **invoice,
                                           GError                     **error);
char    *billing_invoice_store_expand     (BillingConnection           *connection,
                                           const char                  *selection,
                                           GError                     **error);
GStrv    billing_invoice_store_list_chosen (BillingConnection          *connection,
                                           GError                     **error);
gboolean billing_invoice_store_forget     (BillingConnection           *connection,
                                           const char                  *prepayment_id,
                                           GError                     **error);
gboolean billing_invoice_store_release    (BillingConnection           *connection,
                                           const char                  *invoice_id,
                                           GError                     **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICE (billing_invoice_get_type ())
G_DECLARE_FINAL_TYPE (BillingInvoice, billing_invoice, BILLING, INVOICE, BillingRecord)

/**
 * BillingInvoice:
 *
 * Services billed to a patient together. Its number is of a series without gaps, whose form the practice chooses, so that a void invoice
 * keeps its own. What is asked for: @amount − @lowered + @credited = @prepaid + the amounts of its payments.
 */
struct _BillingInvoice {
  BillingRecord parent_instance;

  char *number; /* (owned): INV-001 */
  char *patient_id; /* (owned): who owes it */
  char *invoiced_on; /* (owned): the invoiced date */
  char *due_on; /* (owned) (nullable): day */
  char *currency; /* (owned): ISO 4217 */
  gint64 charges; /* minor units of its services in full */
  gint64 insurer; /* minor units of that which were the insurer’s when it was made */
  gint64 amount; /* minor units: the patient’s part of its services */
  gint64 prepaid; /* minor units of that which pre-payments had paid */
  gint64 lowered; /* minor units by which later answers of insurers changed what it asks for */
  gint64 credited; /* minor units of @lowered that became credit, because they were paid */
  gint64 collected; /* minor units that its payments brought */
  gint64 written_off; /* minor units of its payments that were written off */
  gint64 balance; /* minor units still owed */
  gint64 voided_at; /* Unix seconds; 0: it stands */
  char *memo; /* (owned) (nullable): a sentence to the patient */
  char *person; /* (owned): who made it */
  gint64 created_at; /* Unix seconds */
  BillingInvoiceStatus status; /* where it stands */
  char *patient_name; /* (owned) */
  char *patient_number; /* (owned) */
  char *patient_email; /* (owned) (nullable) */
  gint64 n_services; /* how many lines it has */
};

BillingInvoice *billing_invoice_new (void);

#define BILLING_TYPE_INVOICE_LINE (billing_invoice_line_get_type ())
G_DECLARE_FINAL_TYPE (BillingInvoiceLine, billing_invoice_line, BILLING, INVOICE_LINE, BillingRecord)

/**
 * BillingInvoiceLine:
 *
 * A service as it stood when it was invoiced.
 */
struct _BillingInvoiceLine {
  BillingRecord parent_instance;

  char *invoice_id; /* (owned): on which invoice */
  char *service_id; /* (owned): which service */
  char *day; /* (owned): of the service */
  char *code; /* (owned) (nullable) */
  char *name; /* (owned): in words */
  gint64 units; /* how many */
  gint64 price; /* minor units of one */
  gint64 charge; /* minor units: in full */
  gint64 insurer; /* minor units of that which were the insurer’s */
  gint64 amount; /* minor units: the patient’s part */
  char *service; /* (owned): number of the service */
  char *treatment; /* (owned) (nullable): number of its treatment */
};

BillingInvoiceLine *billing_invoice_line_new (void);

#define BILLING_TYPE_PREPAYMENT (billing_prepayment_get_type ())
G_DECLARE_FINAL_TYPE (BillingPrepayment, billing_prepayment, BILLING, PREPAYMENT, BillingRecord)

/**
 * BillingPrepayment:
 *
 * What a pre-payment of a treatment paid of its invoice.
 */
struct _BillingPrepayment {
  BillingRecord parent_instance;

  char *invoice_id; /* (owned): of which invoice */
  char *payment_id; /* (owned): by which payment */
  gint64 amount; /* minor units */
  char *payment; /* (owned): number of the payment */
  char *paid_on; /* (owned): day */
};

BillingPrepayment *billing_prepayment_new (void);

G_END_DECLS

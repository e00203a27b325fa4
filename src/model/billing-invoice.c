/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice"

#include "config.h"

#include "billing-invoice.h"

#include "billing-enums.h"

/* Invoices, their lines, and what was paid before. */

G_DEFINE_FINAL_TYPE (BillingInvoice, billing_invoice, BILLING_TYPE_RECORD)

static BillingField invoice_fields[] = {
  BILLING_STRING_FIELD (BillingInvoice, number, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInvoice, patient_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInvoice, invoiced_on, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInvoice, due_on, 0),
  BILLING_STRING_FIELD (BillingInvoice, currency, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoice, charges, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoice, insurer, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoice, amount, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoice, prepaid, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingInvoice, lowered, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingInvoice, credited, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingInvoice, collected, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingInvoice, written_off, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingInvoice, balance, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingInvoice, voided_at, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingInvoice, memo, 0),
  BILLING_STRING_FIELD (BillingInvoice, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoice, created_at, BILLING_FIELD_FIXED),
  BILLING_ENUM_FIELD (BillingInvoice, status, billing_invoice_status_get_type, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingInvoice, patient_name, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingInvoice, patient_number, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingInvoice, patient_email, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingInvoice, n_services, BILLING_FIELD_JOINED),
};

static void
billing_invoice_class_init (BillingInvoiceClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "invoices", "inv", "INV",
                                invoice_fields, G_N_ELEMENTS (invoice_fields));
}

static void
billing_invoice_init (BillingInvoice *self)
{
}

BillingInvoice *
billing_invoice_new (void)
{
  return g_object_new (BILLING_TYPE_INVOICE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingInvoiceLine, billing_invoice_line, BILLING_TYPE_RECORD)

static BillingField invoice_line_fields[] = {
  BILLING_STRING_FIELD (BillingInvoiceLine, invoice_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInvoiceLine, service_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInvoiceLine, day, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInvoiceLine, code, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInvoiceLine, name, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoiceLine, units, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoiceLine, price, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoiceLine, charge, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoiceLine, insurer, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInvoiceLine, amount, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInvoiceLine, service, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingInvoiceLine, treatment, BILLING_FIELD_JOINED),
};

static void
billing_invoice_line_class_init (BillingInvoiceLineClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "invoice_lines", "ivl", NULL,
                                invoice_line_fields, G_N_ELEMENTS (invoice_line_fields));
}

static void
billing_invoice_line_init (BillingInvoiceLine *self)
{
}

BillingInvoiceLine *
billing_invoice_line_new (void)
{
  return g_object_new (BILLING_TYPE_INVOICE_LINE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingPrepayment, billing_prepayment, BILLING_TYPE_RECORD)

static BillingField prepayment_fields[] = {
  BILLING_STRING_FIELD (BillingPrepayment, invoice_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPrepayment, payment_id, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingPrepayment, amount, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPrepayment, payment, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPrepayment, paid_on, BILLING_FIELD_JOINED),
};

static void
billing_prepayment_class_init (BillingPrepaymentClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "prepayments", "ppy", NULL,
                                prepayment_fields, G_N_ELEMENTS (prepayment_fields));
}

static void
billing_prepayment_init (BillingPrepayment *self)
{
}

BillingPrepayment *
billing_prepayment_new (void)
{
  return g_object_new (BILLING_TYPE_PREPAYMENT, NULL);
}

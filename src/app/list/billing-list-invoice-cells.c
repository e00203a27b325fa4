/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-invoice-cells"

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-enums.h"
#include "billing-format.h"
#include "billing-invoice-format.h"
#include "billing-list-cell.h"
#include "billing-list-format.h"
#include "billing-list-statuses.h"

/* The cells of services and of invoices. */

static char *
format_amount (gint64      amount,
               const char *currency)
{
  return amount != 0 ? billing_format_money (NULL, amount, currency) : g_strdup ("");
}

/* Services. */

static char *
service_sentence (gpointer            record,
                  BillingListContext *context)
{
  BillingService *service = record;
  g_autofree char *day = billing_format_day (NULL, service->day);
  g_autofree char *amount = billing_format_money (NULL, service->amount, service->currency);

  return g_strjoin (", ", service->number, service->name, service->patient_name, day, amount,
                    service->reviewed_at != 0 ? _("reviewed") : _("not reviewed"), NULL);
}

static char *
service_day (gpointer            record,
             BillingListContext *context)
{
  return billing_format_day (NULL, ((BillingService *) record)->day);
}

static char *
service_units (gpointer            record,
               BillingListContext *context)
{
  return g_strdup_printf ("%" PRId64, ((BillingService *) record)->units);
}

static char *
service_amount (gpointer            record,
                BillingListContext *context)
{
  BillingService *service = record;

  return billing_format_money (NULL, service->amount, service->currency);
}

static char *
service_insurer (gpointer            record,
                 BillingListContext *context)
{
  BillingService *service = record;

  return format_amount (service->insurer_part, service->currency);
}

static char *
service_patient_part (gpointer            record,
                      BillingListContext *context)
{
  BillingService *service = record;

  return format_amount (service->patient_part, service->currency);
}

static char *
service_reviewed (gpointer            record,
                  BillingListContext *context)
{
  BillingService *service = record;

  return billing_list_format_instant_day (service->reviewed_at, billing_list_context_get_time_zone (context));
}

static char *
service_state (gpointer            record,
               BillingListContext *context)
{
  return billing_list_statuses_get_label ("services", billing_enum_nick (BILLING_TYPE_SERVICE_STATE,
                                                                         ((BillingService *) record)->state));
}

static const char *
service_state_style (gpointer            record,
                     BillingListContext *context)
{
  return billing_invoice_format_service_class (((BillingService *) record)->state);
}

/* Invoices. */

static char *
invoice_sentence (gpointer            record,
                  BillingListContext *context)
{
  BillingInvoice *invoice = record;
  g_autofree char *amount = billing_format_money (NULL, invoice->amount, invoice->currency);
  g_autofree char *status = billing_invoice_format_status (invoice, billing_list_context_get_today (context));

  return g_strjoin (", ", invoice->number, invoice->patient_name, amount, status, NULL);
}

static char *
invoice_invoiced (gpointer            record,
                  BillingListContext *context)
{
  return billing_format_day (NULL, ((BillingInvoice *) record)->invoiced_on);
}

static char *
invoice_due (gpointer            record,
             BillingListContext *context)
{
  return billing_format_day (NULL, ((BillingInvoice *) record)->due_on);
}

static const char *
invoice_due_style (gpointer            record,
                   BillingListContext *context)
{
  return billing_invoice_format_is_overdue (record, billing_list_context_get_today (context)) ? "overdue" : NULL;
}

static char *
invoice_amount (gpointer            record,
                BillingListContext *context)
{
  BillingInvoice *invoice = record;

  return billing_format_money (NULL, invoice->amount, invoice->currency);
}

static char *
invoice_balance (gpointer            record,
                 BillingListContext *context)
{
  BillingInvoice *invoice = record;

  return format_amount (invoice->balance, invoice->currency);
}

static char *
invoice_status (gpointer            record,
                BillingListContext *context)
{
  return billing_invoice_format_status (record, billing_list_context_get_today (context));
}

static const char *
invoice_status_style (gpointer            record,
                      BillingListContext *context)
{
  return billing_invoice_format_class (record, billing_list_context_get_today (context));
}

#define OF_SERVICE(member) G_STRUCT_OFFSET (BillingService, member)
#define OF_INVOICE(member) G_STRUCT_OFFSET (BillingInvoice, member)

const BillingListCell billing_list_invoice_cells[] = {
  { "services", "choice", CELL_CHOICE, 2, 0, NULL, NULL, NULL },
  { "services", "patient", CELL_GROUP, 20, OF_SERVICE (patient_name), NULL, service_sentence, NULL },
  { "services", "date", CELL_NUMERIC, 12, 0, service_day, NULL, NULL },
  { "services", "treatment", CELL_NUMERIC, 12, OF_SERVICE (treatment), NULL, NULL, NULL },
  { "services", "code", CELL_NUMERIC, 8, OF_SERVICE (code), NULL, NULL, NULL },
  { "services", "service", CELL_TEXT, 20, OF_SERVICE (name), NULL, NULL, NULL },
  { "services", "rate", CELL_TEXT, 18, OF_SERVICE (rate), NULL, NULL, NULL },
  { "services", "units", CELL_AMOUNT, 5, 0, service_units, NULL, NULL },
  { "services", "amount", CELL_AMOUNT, 12, 0, service_amount, NULL, NULL },
  { "services", "insurer", CELL_AMOUNT, 12, 0, service_insurer, NULL, NULL },
  { "services", "patient-part", CELL_AMOUNT, 12, 0, service_patient_part, NULL, NULL },
  { "services", "reviewed", CELL_NUMERIC, 12, 0, service_reviewed, NULL, NULL },
  { "services", "state", CELL_STATUS, 16, 0, service_state, NULL, service_state_style },
  { "services", "location", CELL_TEXT, 16, OF_SERVICE (location), NULL, NULL, NULL },

  { "invoices", "choice", CELL_CHOICE, 2, 0, NULL, NULL, NULL },
  { "invoices", "invoice", CELL_NAME, 10, OF_INVOICE (number), NULL, invoice_sentence, NULL },
  { "invoices", "patient", CELL_TEXT, 20, OF_INVOICE (patient_name), NULL, NULL, NULL },
  { "invoices", "invoiced", CELL_NUMERIC, 12, 0, invoice_invoiced, NULL, NULL },
  { "invoices", "due", CELL_NUMERIC, 12, 0, invoice_due, NULL, invoice_due_style },
  { "invoices", "amount", CELL_AMOUNT, 12, 0, invoice_amount, NULL, NULL },
  { "invoices", "balance", CELL_AMOUNT, 12, 0, invoice_balance, NULL, NULL },
  { "invoices", "status", CELL_STATUS, 14, 0, invoice_status, NULL, invoice_status_style },
};

const guint billing_list_n_invoice_cells = G_N_ELEMENTS (billing_list_invoice_cells);

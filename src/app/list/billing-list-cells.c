/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-cells"

#include "config.h"

#include "billing-list-cells.h"

#include "billing-format.h"
#include "billing-list-format.h"
#include "billing-status.h"

/*
 * Closures of the columns: a cell is a function of the row's record, which is NULL until it arrives, and of the day and
 * the time zone of the practice. What they say is billing-list-format.c's.
 */

static char *
cell_payment_sentence (gpointer        item,
                       BillingPayment *payment,
                       const char     *today)
{
  return payment != NULL ? billing_list_format_payment_sentence (payment, today) : NULL;
}

static char *
cell_payment_number (gpointer        item,
                     BillingPayment *payment)
{
  return payment != NULL ? g_strdup (payment->number) : NULL;
}

static char *
cell_payment_patient (gpointer        item,
                      BillingPayment *payment)
{
  return payment != NULL ? g_strdup (payment->patient_name) : NULL;
}

static char *
cell_payment_amount (gpointer        item,
                     BillingPayment *payment)
{
  return payment != NULL ? billing_format_money (NULL, payment->amount, payment->currency) : NULL;
}

static char *
cell_payment_status (gpointer        item,
                     BillingPayment *payment)
{
  return payment != NULL ? g_strdup (billing_status_get_label (payment->status)) : NULL;
}

static char **
cell_payment_status_classes (gpointer        item,
                             BillingPayment *payment)
{
  const char *classes[] = { "status", NULL, NULL };

  if (payment == NULL)
    classes[0] = NULL;
  else
    classes[1] = billing_list_format_status_class (payment->status);

  return g_strdupv ((char **) classes);
}

static char *
cell_payment_due (gpointer        item,
                  BillingPayment *payment,
                  const char     *today)
{
  return payment != NULL ? billing_list_format_due (payment, today) : NULL;
}

static char **
cell_payment_due_classes (gpointer        item,
                          BillingPayment *payment,
                          const char     *today)
{
  const char *classes[] = { "numeric", NULL, NULL };

  if (payment != NULL && billing_list_format_is_overdue (payment, today))
    classes[1] = "overdue";

  return g_strdupv ((char **) classes);
}

static char *
cell_payment_treatment (gpointer        item,
                        BillingPayment *payment)
{
  return payment != NULL ? g_strdup (payment->treatment) : NULL;
}

static char *
cell_payment_created (gpointer        item,
                      BillingPayment *payment,
                      const char     *time_zone)
{
  return payment != NULL ? billing_list_format_instant_day (payment->created_at, time_zone) : NULL;
}

static char *
cell_payment_memo (gpointer        item,
                   BillingPayment *payment)
{
  return payment != NULL ? g_strdup (payment->memo) : NULL;
}

static char *
cell_treatment_sentence (gpointer          item,
                         BillingTreatment *treatment)
{
  return treatment != NULL ? billing_list_format_treatment_sentence (treatment) : NULL;
}

static char *
cell_treatment_number (gpointer          item,
                       BillingTreatment *treatment)
{
  return treatment != NULL ? g_strdup (treatment->number) : NULL;
}

static char *
cell_treatment_patient (gpointer          item,
                        BillingTreatment *treatment)
{
  return treatment != NULL ? g_strdup (treatment->patient_name) : NULL;
}

static char *
cell_treatment_day (gpointer          item,
                    BillingTreatment *treatment)
{
  return treatment != NULL ? billing_format_day (NULL, treatment->day) : NULL;
}

static char *
cell_treatment_physician (gpointer          item,
                          BillingTreatment *treatment)
{
  return treatment != NULL ? g_strdup (treatment->physician) : NULL;
}

static char *
cell_treatment_location (gpointer          item,
                         BillingTreatment *treatment)
{
  return treatment != NULL ? g_strdup (treatment->location) : NULL;
}

static char *
cell_treatment_codes (gpointer          item,
                      BillingTreatment *treatment)
{
  return treatment != NULL ? g_strdup (treatment->codes) : NULL;
}

static char *
cell_treatment_charges (gpointer          item,
                        BillingTreatment *treatment)
{
  if (treatment == NULL || treatment->charges == 0)
    return NULL;

  return billing_format_money (NULL, treatment->charges, treatment->currency);
}

static char *
cell_patient_sentence (gpointer        item,
                       BillingPatient *patient,
                       const char     *currency)
{
  return patient != NULL ? billing_list_format_patient_sentence (patient, currency) : NULL;
}

static char *
cell_patient_number (gpointer        item,
                     BillingPatient *patient)
{
  return patient != NULL ? g_strdup (patient->number) : NULL;
}

static char *
cell_patient_name (gpointer        item,
                   BillingPatient *patient)
{
  return patient != NULL ? g_strdup (patient->name) : NULL;
}

static char *
cell_patient_birth_date (gpointer        item,
                         BillingPatient *patient)
{
  return patient != NULL ? billing_format_day (NULL, patient->birth_date) : NULL;
}

static char *
cell_patient_phone (gpointer        item,
                    BillingPatient *patient)
{
  return patient != NULL ? g_strdup (patient->phone) : NULL;
}

static char *
cell_patient_email (gpointer        item,
                    BillingPatient *patient)
{
  return patient != NULL ? g_strdup (patient->email) : NULL;
}

static char *
cell_patient_credit (gpointer        item,
                     BillingPatient *patient,
                     const char     *currency)
{
  if (patient == NULL || patient->credit == 0)
    return NULL;

  return billing_format_money (NULL, patient->credit, currency);
}

#define CELL(function) { #function, G_CALLBACK (function) }

static const struct {
  const char *name;
  GCallback function;
} cells[] = {
  CELL (cell_patient_birth_date),
  CELL (cell_patient_credit),
  CELL (cell_patient_email),
  CELL (cell_patient_name),
  CELL (cell_patient_number),
  CELL (cell_patient_phone),
  CELL (cell_patient_sentence),
  CELL (cell_payment_amount),
  CELL (cell_payment_created),
  CELL (cell_payment_due),
  CELL (cell_payment_due_classes),
  CELL (cell_payment_memo),
  CELL (cell_payment_number),
  CELL (cell_payment_patient),
  CELL (cell_payment_sentence),
  CELL (cell_payment_status),
  CELL (cell_payment_status_classes),
  CELL (cell_payment_treatment),
  CELL (cell_treatment_charges),
  CELL (cell_treatment_codes),
  CELL (cell_treatment_day),
  CELL (cell_treatment_location),
  CELL (cell_treatment_number),
  CELL (cell_treatment_patient),
  CELL (cell_treatment_physician),
  CELL (cell_treatment_sentence),
};

GtkBuilderScope *
billing_list_cells_new_scope (void)
{
  GtkBuilderScope *scope = gtk_builder_cscope_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    gtk_builder_cscope_add_callback_symbol (GTK_BUILDER_CSCOPE (scope), cells[i].name,
                                            cells[i].function);

  return scope;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SERVICE (billing_service_get_type ())
G_DECLARE_FINAL_TYPE (BillingService, billing_service, BILLING, SERVICE, BillingRecord)

/**
 * BillingService:
 *
 * One billable line of a treatment. Its amount is the insurer’s part and the patient’s part; who owes what moves with the insurer’s
 * answers, the amount only while it is not invoiced.
 */
struct _BillingService {
  BillingRecord parent_instance;

  char *number; /* (owned): SVC-001 */
  char *patient_id; /* (owned): who was treated */
  char *treatment_id; /* (owned) (nullable): in which treatment */
  char *location_id; /* (owned) (nullable): where; the treatment says it */
  char *source; /* (owned) (nullable): the line of the import that it was made from; once only */
  char *rate_id; /* (owned) (nullable): by which rate it is billed */
  char *day; /* (owned): of the service */
  char *code_system; /* (owned) (nullable): CPT, HCPCS, own */
  char *code; /* (owned) (nullable) */
  char *name; /* (owned): in words */
  gint64 units; /* how many */
  gint64 price; /* minor units of one, as it was when it was billed */
  gint64 amount; /* minor units: units × price */
  char *currency; /* (owned): ISO 4217 */
  gboolean billable; /* the rate’s */
  gboolean rate_invoiced; /* the rate’s “Is Invoiced” */
  BillingPayerKind payer_kind; /* the rate’s: whether an insurer is asked first */
  char *payer; /* (owned) (nullable): the insurer that is asked */
  gint64 insurer_part; /* minor units of @amount that are the insurer’s */
  gint64 allowed; /* minor units that the insurer allows; -1: it did not say */
  gint64 insurer_paid; /* minor units */
  gint64 insurer_adjusted; /* minor units that nobody pays, by the contract with the insurer */
  char *answered_on; /* (owned) (nullable): day of the insurer’s last answer */
  gint64 reviewed_at; /* Unix seconds; 0: nobody did */
  char *reviewed_by; /* (owned) (nullable): account of who did */
  char *invoice_id; /* (owned) (nullable): the invoice that it stands on */
  gint64 removed_at; /* Unix seconds; 0: it stands */
  gint64 created_at; /* Unix seconds */
  gint64 patient_part; /* minor units: @amount − @insurer_part */
  gint64 insurer_open; /* minor units that the insurer still owes */
  BillingServiceState state; /* where it stands */
  char *patient_name; /* (owned) */
  char *patient_number; /* (owned) */
  char *treatment; /* (owned) (nullable): number of the treatment */
  char *location; /* (owned) (nullable) */
  char *physician; /* (owned) (nullable) */
  char *rate; /* (owned) (nullable): name of the rate */
  char *rate_number; /* (owned) (nullable) */
  char *invoice; /* (owned) (nullable): number of the invoice */
};

BillingService *billing_service_new (void);

#define BILLING_TYPE_INSURER_ANSWER (billing_insurer_answer_get_type ())
G_DECLARE_FINAL_TYPE (BillingInsurerAnswer, billing_insurer_answer, BILLING, INSURER_ANSWER, BillingRecord)

/**
 * BillingInsurerAnswer:
 *
 * What an insurer said about a service, by hand, from an X12 835 remittance or a FHIR ExplanationOfBenefit. A later answer adds to the
 * earlier ones; one that was a mistake is taken back. Amounts may be negative: insurers take back too.
 */
struct _BillingInsurerAnswer {
  BillingRecord parent_instance;

  char *service_id; /* (owned): about which service */
  char *payer; /* (owned) (nullable): who answered */
  char *day; /* (owned): of the answer */
  char *reference; /* (owned) (nullable): number of its cheque or transfer, of its claim */
  gint64 allowed; /* minor units; -1: it did not say */
  gint64 paid; /* minor units */
  gint64 adjusted; /* minor units that nobody pays */
  gint64 patient; /* minor units that are the patient’s after it, in all; -1: it did not say, and what is left stays with the insurer */
  char *codes; /* (owned) (nullable): its reasons, as coded (X12 CARC and RARC) */
  char *source; /* (owned) (nullable): what it came from; each posts once */
  gint64 moved; /* minor units by which it changed what the patient is asked for */
  gint64 lowered; /* minor units of it by which the open payment of the invoice fell */
  gint64 credited; /* minor units of it that became credit, where the invoice was paid */
  char *person; /* (owned): who noted it */
  gint64 created_at; /* Unix seconds */
  gint64 taken_back_at; /* Unix seconds; 0: it stands */
  char *service; /* (owned): number of the service */
  char *patient_name; /* (owned) */
};

BillingInsurerAnswer *billing_insurer_answer_new (void);

G_END_DECLS

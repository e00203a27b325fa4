/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"
#include "billing-types.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DISPUTE_ANSWER (billing_dispute_answer_get_type ())
G_DECLARE_FINAL_TYPE (BillingDisputeAnswer, billing_dispute_answer, BILLING, DISPUTE_ANSWER, BillingRecord)

/**
 * BillingDisputeAnswer:
 *
 * What the practice answers to one dispute, while it is written and after it was submitted, and what became of the money where it
 * was lost.
 * To be read by its members; changed by its properties.
 */
struct _BillingDisputeAnswer {
  BillingRecord parent_instance;

  char *dispute_id; /* (owned): Stripe's, dp_… */
  char *evidence; /* (owned): a JSON object: text under the names of Stripe's evidence fields (stripe-facts 2.7) */
  BillingAnswerState state; /* where it stands */
  char *problem; /* (owned) (nullable): why Stripe did not take it */
  gint64 submitted_at; /* Unix seconds; 0: not */
  BillingDisputeOutcome outcome; /* of the money, where the dispute was lost */
  char *outcome_id; /* (owned) (nullable): the payment that asks for it again */
  char *person; /* (owned): who changed it last */
  gint64 created_at; /* Unix seconds */
  gint64 changed_at; /* Unix seconds */
};

BillingDisputeAnswer *billing_dispute_answer_new (void);

#define BILLING_TYPE_DISPUTE_FILE (billing_dispute_file_get_type ())
G_DECLARE_FINAL_TYPE (BillingDisputeFile, billing_dispute_file, BILLING, DISPUTE_FILE, BillingRecord)

/**
 * BillingDisputeFile:
 *
 * A document that belongs to an answer: Stripe takes one for each evidence field.
 * To be read by its members; changed by its properties.
 */
struct _BillingDisputeFile {
  BillingRecord parent_instance;

  char *dispute_id; /* (owned): Stripe's, dp_… */
  char *slot; /* (owned): Stripe's evidence field: receipt, service_documentation, … */
  char *document_id; /* (owned): the document */
  char *file_id; /* (owned) (nullable): Stripe's, file_…, once Stripe has it */
  char *problem; /* (owned) (nullable): why Stripe did not take it */
  char *person; /* (owned): who attached it */
  gint64 created_at; /* Unix seconds */
  char *name; /* (owned) (nullable): of the document */
  gint64 size; /* bytes */
};

BillingDisputeFile *billing_dispute_file_new (void);

G_END_DECLS

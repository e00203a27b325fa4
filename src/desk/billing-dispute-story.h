/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-dispute-answer.h"
#include "billing-dispute-reason.h"
#include "billing-history.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-stripe-records.h"

G_BEGIN_DECLS

/**
 * BillingDisputeStory:
 * @dispute: (owned): as the mirror has it
 * @reason: (not owned): what Stripe's reason means
 * @charge: (owned) (nullable): what is disputed
 * @payment: (owned) (nullable): our payment
 * @patient: (owned) (nullable): whose
 * @answer: (owned) (nullable): our answer; %NULL: nobody has begun one
 * @files: (owned) (element-type BillingDisputeFile): its documents
 * @moves: (owned) (element-type BillingBalanceTransaction): what moved on the balance, the oldest first
 * @intents: (owned) (element-type BillingIntent): what Stripe was asked to do, the oldest first
 * @texts: (owned) (element-type utf8 utf8): the answer's texts by their field: our draft, or what Stripe has where there is none
 * @at_stripe: (owned) (element-type utf8 utf8): what Stripe has of the evidence: texts, and ids of files
 * @service_date: (owned) (nullable): day of the treatment
 * @billing_address: (owned) (nullable): lines, as the card's owner gave it
 * @twin: (owned) (nullable): of what is said to be a duplicate, the id of the patient's other charge of the same amount
 * @own: (owned) (element-type utf8): the patient's codes, descriptions and notes, for billing_clinical_find()
 * @in_books: minor units that the payment's ledger says the dispute took, and that can be billed again or written off
 * @n_waiting: how many of @intents are on their way
 * @can_edit: whether texts and files can be changed
 * @can_submit: whether an answer can be submitted now, as far as Stripe's side goes
 * @can_accept: whether it can be given up
 * @can_settle: whether what was lost can be billed again or written off
 * @why_not: (owned) (nullable): why it cannot be answered, a sentence; %NULL: it can
 *
 * All that is known of a dispute, read at once.
 */
typedef struct
{
  BillingDispute *dispute;
  const BillingDisputeReason *reason;
  BillingCharge *charge;
  BillingPayment *payment;
  BillingPatient *patient;
  BillingDisputeAnswer *answer;
  GPtrArray *files;
  GPtrArray *moves;
  GPtrArray *intents;
  GHashTable *texts;
  GHashTable *at_stripe;
  char *service_date;
  char *billing_address;
  char *twin;
  GPtrArray *own;
  gint64 in_books;
  guint n_waiting;
  gboolean can_edit;
  gboolean can_submit;
  gboolean can_accept;
  gboolean can_settle;
  char *why_not;
} BillingDisputeStory;

void                 billing_dispute_story_free     (BillingDisputeStory  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingDisputeStory, billing_dispute_story_free)

/**
 * billing_dispute_story_read:
 * @desk: a session
 * @id: of a dispute: dp_…
 * @error: return location for a #BillingStoreError
 *
 * Not for the thread of a main loop: there, billing_dispute_story_read_async().
 *
 * Returns: (transfer full) (nullable): it
 */
BillingDisputeStory *billing_dispute_story_read        (BillingDesk          *desk,
                                                        const char           *id,
                                                        GError              **error);
void                 billing_dispute_story_read_async  (BillingDesk          *desk,
                                                        const char           *id,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
BillingDisputeStory *billing_dispute_story_read_finish (GAsyncResult         *result,
                                                        GError              **error);

/**
 * billing_dispute_prefill:
 * @self: a dispute
 *
 * What the books can say in an answer: who paid, when the patient was seen, and in general words for what. Nothing clinical, and
 * nothing is kept or sent by this: a person confirms each text by saving it.
 *
 * Returns: (transfer full) (element-type utf8 utf8): texts by their field; only of fields that matter for the reason
 */
GHashTable          *billing_dispute_prefill           (BillingDisputeStory  *self);

/**
 * billing_dispute_find_clinical:
 * @self: a dispute
 * @text: what would be sent
 *
 * Returns: (transfer full) (element-type BillingClinicalFinding): what looks clinical in it (billing-clinical-words.h)
 */
GPtrArray           *billing_dispute_find_clinical     (BillingDisputeStory  *self,
                                                        const char           *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What Stripe's words about disputes mean, what the evidence is, and which of it matters for which reason (stripe-facts 2.7). Words
 * that this version does not know are shown as they are, and get the fields that always matter.
 */

/* Characters, of one text and of all together. */
#define BILLING_EVIDENCE_MAX_TEXT 20000
#define BILLING_EVIDENCE_MAX_TEXTS 150000

/* Bytes, of one file and of all together. */
#define BILLING_EVIDENCE_MAX_FILE (5 * 1000 * 1000)
#define BILLING_EVIDENCE_MAX_FILES (4500 * 1000)

/**
 * BillingEvidenceField:
 * @name: Stripe's: `customer_name`
 * @is_file: a document goes there, not a text
 * @is_long: its text has many lines
 *
 * One piece of evidence that a dispute can be answered with.
 */
typedef struct
{
  const char *name;
  gboolean is_file;
  gboolean is_long;
  const char *untranslated_label;
  const char *untranslated_hint;
} BillingEvidenceField;

#define BILLING_N_EVIDENCE_FIELDS 27

const BillingEvidenceField *billing_evidence_field_nth       (guint                       i);
const BillingEvidenceField *billing_evidence_field_find      (const char                 *name);
const char                 *billing_evidence_field_get_label (const BillingEvidenceField *self);
const char                 *billing_evidence_field_get_hint  (const BillingEvidenceField *self);

/**
 * billing_evidence_type_of:
 * @bytes: of a file
 * @size: how many there are
 *
 * Returns: (transfer none) (nullable): the type by what it begins with, whatever its name says: `application/pdf`, `image/jpeg` or
 *   `image/png`; %NULL: Stripe does not take it as evidence
 */
const char *billing_evidence_type_of (const guint8 *bytes,
                                      gsize         size);

#define BILLING_DISPUTE_MAX_FIELDS 14

/**
 * BillingDisputeReason:
 * @reason: Stripe's: `product_not_received`
 * @fields: the names of the evidence that matters, what matters most first; ended by %NULL
 *
 * Why a cardholder takes a payment back.
 */
typedef struct
{
  const char *reason;
  const char *untranslated_label;
  const char *untranslated_claim;
  const char *untranslated_advice;
  const char *fields[BILLING_DISPUTE_MAX_FIELDS + 1];
} BillingDisputeReason;

const BillingDisputeReason *billing_dispute_reason_nth (guint i);

/**
 * billing_dispute_reason_find:
 * @reason: (nullable): Stripe's word
 *
 * Returns: (transfer none): what is known of it; of words that this version does not know, what holds for every dispute
 */
const BillingDisputeReason *billing_dispute_reason_find (const char *reason);

/**
 * billing_dispute_reason_get_label:
 * @reason: (nullable): Stripe's word
 *
 * Returns: (transfer none): two or three words: “Fraudulent”; @reason itself where it is not known
 */
const char *billing_dispute_reason_get_label  (const char                 *reason);

/* A sentence: what the cardholder says; and what helps, for a clinic. */
const char *billing_dispute_reason_get_claim  (const BillingDisputeReason *self);
const char *billing_dispute_reason_get_advice (const BillingDisputeReason *self);

/**
 * billing_dispute_reason_wants:
 * @self: a reason
 * @field: the name of an evidence field
 *
 * Returns: whether it matters for this reason
 */
gboolean billing_dispute_reason_wants (const BillingDisputeReason *self,
                                       const char                 *field);

/**
 * billing_dispute_network_describe:
 * @brand: (nullable): of the card: `visa`, `mastercard`, `amex`, `discover`, …
 * @code: (nullable): the network's own reason: `10.4`
 *
 * Returns: (transfer none) (nullable): what the code says; %NULL where this version does not know it
 */
const char *billing_dispute_network_describe (const char *brand,
                                              const char *code);

typedef enum
{
  BILLING_DISPUTE_NEEDS_ANSWER = 1 << 0, /* an answer can be submitted, or it can be accepted */
  BILLING_DISPUTE_UNDER_REVIEW = 1 << 1, /* the bank decides */
  BILLING_DISPUTE_INQUIRY = 1 << 2,      /* only a question: no money moved */
  BILLING_DISPUTE_WON = 1 << 3,
  BILLING_DISPUTE_LOST = 1 << 4,
  BILLING_DISPUTE_CLOSED = 1 << 5,       /* nothing happens any more: won, lost, prevented, or a question that ended */
} BillingDisputeFlags;

/**
 * BillingDisputeStatus:
 * @status: Stripe's: `needs_response`
 * @style: the style class of its pill
 *
 * Where a dispute stands.
 */
typedef struct
{
  const char *status;
  BillingDisputeFlags flags;
  const char *style;
  const char *untranslated_label;
  const char *untranslated_explanation;
} BillingDisputeStatus;

const BillingDisputeStatus *billing_dispute_status_nth (guint i);

/* Of a word that this version does not know: NULL. */
const BillingDisputeStatus *billing_dispute_status_find            (const char *status);
/* Of such a word: no flags, the word itself, and an empty text. */
BillingDisputeFlags         billing_dispute_status_get_flags       (const char *status);
const char                 *billing_dispute_status_get_label       (const char *status);
const char                 *billing_dispute_status_get_explanation (const char *status);
const char                 *billing_dispute_status_get_style       (const char *status);

/**
 * billing_dispute_status_join:
 * @flags: what is looked for
 *
 * Returns: (transfer full): Stripe's words that have all of @flags, as the status of a #BillingQuery: `won,lost,prevented`
 */
char                       *billing_dispute_status_join            (BillingDisputeFlags flags);

G_END_DECLS

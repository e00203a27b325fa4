/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_AUDIT_ENTRY (billing_audit_entry_get_type ())
G_DECLARE_FINAL_TYPE (BillingAuditEntry, billing_audit_entry, BILLING, AUDIT_ENTRY, BillingRecord)

/**
 * BillingAuditEntry:
 *
 * Who did what, when, to what, and how it was before and after.
 * To be read by its members; changed by its properties.
 */
struct _BillingAuditEntry {
  BillingRecord parent_instance;

  gint64 at; /* Unix seconds */
  char *person; /* (owned): account */
  char *verb; /* (owned): what was done */
  char *subject_id; /* (owned) (nullable): to what */
  char *before; /* (owned) (nullable): JSON of what changed */
  char *after; /* (owned) (nullable): likewise */
  char *reason; /* (owned) (nullable) */
  char *person_name; /* (owned) (nullable): as people know them */
};

BillingAuditEntry *billing_audit_entry_new (void);

#define BILLING_TYPE_POSTING (billing_posting_get_type ())
G_DECLARE_FINAL_TYPE (BillingPosting, billing_posting, BILLING, POSTING, BillingRecord)

/**
 * BillingPosting:
 *
 * One line of the ledger; the lines of a transaction sum to zero.
 * To be read by its members; changed by its properties.
 */
struct _BillingPosting {
  BillingRecord parent_instance;

  gint64 transaction_pk; /* of which transaction */
  gint64 at; /* Unix seconds */
  char *day; /* (owned): on which it counts */
  char *act; /* (owned): why: submit, collect, … */
  BillingAccount account; /* of the ledger */
  char *currency; /* (owned): ISO 4217 */
  gint64 amount; /* minor units: debit positive, credit negative */
  char *patient_id; /* (owned) (nullable) */
  char *payment_id; /* (owned) (nullable) */
  char *person; /* (owned): who */
  char *source; /* (owned): a desk verb, or a Stripe object id and step */
};

BillingPosting *billing_posting_new (void);

#define BILLING_TYPE_INTENT (billing_intent_get_type ())
G_DECLARE_FINAL_TYPE (BillingIntent, billing_intent, BILLING, INTENT, BillingRecord)

/**
 * BillingIntent:
 *
 * What is still to be told to Stripe, stored before anything is sent.
 * To be read by its members; changed by its properties.
 */
struct _BillingIntent {
  BillingRecord parent_instance;

  char *kind; /* (owned): what it is about: authorise, capture, void, refund, … */
  char *subject_id; /* (owned): the payment that it is about */
  char *record_id; /* (owned) (nullable): what waits for it: the refund */
  gint64 amount; /* minor units, 0: none */
  char *currency; /* (owned) (nullable): ISO 4217 */
  char *method; /* (owned): HTTP */
  char *path; /* (owned): of the request */
  char *api_version; /* (owned): pinned */
  char *body; /* (owned): exactly the bytes to send */
  char *idempotency_key; /* (owned) */
  BillingOutboxState state; /* where it stands */
  gint64 created_at; /* Unix seconds */
  gint64 first_sent_at; /* Unix seconds, 0: never: from then Stripe may know its key */
  gint64 sent_at; /* Unix seconds of the last time, 0: never */
  gint64 next_at; /* Unix seconds before which it is not sent again */
  gint64 tries; /* how often it was sent */
  char *after_id; /* (owned) (nullable): the intent that must be done first */
  char *answer; /* (owned) (nullable): what Stripe said */
  char *problem; /* (owned) (nullable): why it waits, or why it was refused: a sentence */
  char *request_id; /* (owned) (nullable): by which Stripe finds the last request */
  char *result_id; /* (owned) (nullable): of Stripe's object that it made or changed */
  char *person; /* (owned): who */
  char *payment_number; /* (owned) (nullable): of its payment */
  char *patient_name; /* (owned) (nullable): of whom */
};

BillingIntent *billing_intent_new (void);

#define BILLING_TYPE_EVENT (billing_event_get_type ())
G_DECLARE_FINAL_TYPE (BillingEvent, billing_event, BILLING, EVENT, BillingRecord)

/**
 * BillingEvent:
 *
 * One line of a payment's timeline.
 * To be read by its members; changed by its properties.
 */
struct _BillingEvent {
  BillingRecord parent_instance;

  gint64 at; /* Unix seconds */
  char *payment_id; /* (owned): of which payment */
  char *what; /* (owned): a word: created, submitted, collected, refunded, note, … */
  char *person; /* (owned): who */
  gint64 amount; /* minor units, 0: none */
  char *currency; /* (owned) (nullable) */
  char *detail; /* (owned) (nullable) */
};

BillingEvent *billing_event_new (void);

G_END_DECLS

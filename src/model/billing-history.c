/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-history"

#include "config.h"

#include "billing-history.h"

#include "billing-enums.h"

/* What happened: the ledger's lines, the audit, the outbox, a payment's timeline. */

G_DEFINE_FINAL_TYPE (BillingAuditEntry, billing_audit_entry, BILLING_TYPE_RECORD)

static BillingField audit_entry_fields[] = {
  BILLING_INT64_FIELD (BillingAuditEntry, at, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAuditEntry, person, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAuditEntry, verb, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAuditEntry, subject_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAuditEntry, before, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAuditEntry, after, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAuditEntry, reason, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAuditEntry, person_name, BILLING_FIELD_JOINED),
};

static void
billing_audit_entry_class_init (BillingAuditEntryClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "audit", "aud", NULL,
                                audit_entry_fields, G_N_ELEMENTS (audit_entry_fields));
}

static void
billing_audit_entry_init (BillingAuditEntry *self)
{
}

BillingAuditEntry *
billing_audit_entry_new (void)
{
  return g_object_new (BILLING_TYPE_AUDIT_ENTRY, NULL);
}

G_DEFINE_FINAL_TYPE (BillingPosting, billing_posting, BILLING_TYPE_RECORD)

static BillingField posting_fields[] = {
  BILLING_INT64_FIELD (BillingPosting, transaction_pk, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingPosting, at, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPosting, day, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPosting, act, BILLING_FIELD_JOINED),
  BILLING_ENUM_FIELD (BillingPosting, account, billing_account_get_type, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPosting, currency, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingPosting, amount, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPosting, patient_id, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPosting, payment_id, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPosting, person, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPosting, source, BILLING_FIELD_JOINED),
};

static void
billing_posting_class_init (BillingPostingClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "postings", "pos", NULL,
                                posting_fields, G_N_ELEMENTS (posting_fields));
}

static void
billing_posting_init (BillingPosting *self)
{
}

BillingPosting *
billing_posting_new (void)
{
  return g_object_new (BILLING_TYPE_POSTING, NULL);
}

G_DEFINE_FINAL_TYPE (BillingIntent, billing_intent, BILLING_TYPE_RECORD)

static BillingField intent_fields[] = {
  BILLING_STRING_FIELD (BillingIntent, kind, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, subject_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, record_id, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingIntent, amount, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, currency, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, method, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, path, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, api_version, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, body, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, idempotency_key, BILLING_FIELD_FIXED | BILLING_FIELD_SECRET),
  BILLING_ENUM_FIELD (BillingIntent, state, billing_outbox_state_get_type, 0),
  BILLING_INT64_FIELD (BillingIntent, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingIntent, first_sent_at, 0),
  BILLING_INT64_FIELD (BillingIntent, sent_at, 0),
  BILLING_INT64_FIELD (BillingIntent, next_at, 0),
  BILLING_INT64_FIELD (BillingIntent, tries, 0),
  BILLING_STRING_FIELD (BillingIntent, after_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, answer, 0),
  BILLING_STRING_FIELD (BillingIntent, problem, 0),
  BILLING_STRING_FIELD (BillingIntent, request_id, 0),
  BILLING_STRING_FIELD (BillingIntent, result_id, 0),
  BILLING_STRING_FIELD (BillingIntent, person, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingIntent, payment_number, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingIntent, patient_name, BILLING_FIELD_JOINED),
};

static void
billing_intent_class_init (BillingIntentClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "outbox", "out", NULL,
                                intent_fields, G_N_ELEMENTS (intent_fields));
}

static void
billing_intent_init (BillingIntent *self)
{
}

BillingIntent *
billing_intent_new (void)
{
  return g_object_new (BILLING_TYPE_INTENT, NULL);
}

G_DEFINE_FINAL_TYPE (BillingEvent, billing_event, BILLING_TYPE_RECORD)

static BillingField event_fields[] = {
  BILLING_INT64_FIELD (BillingEvent, at, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingEvent, payment_id, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingEvent, what, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingEvent, person, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingEvent, amount, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingEvent, currency, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingEvent, detail, BILLING_FIELD_JOINED),
};

static void
billing_event_class_init (BillingEventClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "timeline", "evt", NULL,
                                event_fields, G_N_ELEMENTS (event_fields));
}

static void
billing_event_init (BillingEvent *self)
{
}

BillingEvent *
billing_event_new (void)
{
  return g_object_new (BILLING_TYPE_EVENT, NULL);
}

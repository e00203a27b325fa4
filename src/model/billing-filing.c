/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-filing"

#include "config.h"

#include "billing-filing.h"

#include "billing-enums.h"

/* What is filed with a payment. */

G_DEFINE_FINAL_TYPE (BillingNote, billing_note, BILLING_TYPE_RECORD)

static BillingField note_fields[] = {
  BILLING_STRING_FIELD (BillingNote, subject_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingNote, text, 0),
  BILLING_STRING_FIELD (BillingNote, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingNote, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingNote, edited_at, 0),
  BILLING_STRING_FIELD (BillingNote, person_name, BILLING_FIELD_JOINED),
};

static void
billing_note_class_init (BillingNoteClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "notes", "not", NULL,
                                note_fields, G_N_ELEMENTS (note_fields));
}

static void
billing_note_init (BillingNote *self)
{
}

BillingNote *
billing_note_new (void)
{
  return g_object_new (BILLING_TYPE_NOTE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingDocument, billing_document, BILLING_TYPE_RECORD)

static BillingField document_fields[] = {
  BILLING_STRING_FIELD (BillingDocument, subject_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDocument, name, 0),
  BILLING_STRING_FIELD (BillingDocument, media_type, 0),
  BILLING_INT64_FIELD (BillingDocument, size, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDocument, sha256, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDocument, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingDocument, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingDocument, removed_at, 0),
  BILLING_STRING_FIELD (BillingDocument, person_name, BILLING_FIELD_JOINED),
};

static void
billing_document_class_init (BillingDocumentClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "documents", "doc", NULL,
                                document_fields, G_N_ELEMENTS (document_fields));
}

static void
billing_document_init (BillingDocument *self)
{
}

BillingDocument *
billing_document_new (void)
{
  return g_object_new (BILLING_TYPE_DOCUMENT, NULL);
}

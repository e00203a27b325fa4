/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTE (billing_note_get_type ())
G_DECLARE_FINAL_TYPE (BillingNote, billing_note, BILLING, NOTE, BillingRecord)

/**
 * BillingNote:
 *
 * A note on a payment, a treatment or a patient.
 * To be read by its members; changed by its properties.
 */
struct _BillingNote {
  BillingRecord parent_instance;

  char *subject_id; /* (owned): on what */
  char *text; /* (owned): as written */
  char *person; /* (owned): who wrote it */
  gint64 created_at; /* Unix seconds */
  gint64 edited_at; /* Unix seconds when its author last changed it, 0: never */
  char *person_name; /* (owned) (nullable): who wrote it, as people know them */
};

BillingNote *billing_note_new (void);

#define BILLING_TYPE_DOCUMENT (billing_document_get_type ())
G_DECLARE_FINAL_TYPE (BillingDocument, billing_document, BILLING, DOCUMENT, BillingRecord)

/**
 * BillingDocument:
 *
 * A file kept with a payment, a treatment or a patient, by the hash of its content.
 * To be read by its members; changed by its properties.
 */
struct _BillingDocument {
  BillingRecord parent_instance;

  char *subject_id; /* (owned): with what */
  char *name; /* (owned): of the file as it came */
  char *media_type; /* (owned): as recognised when it came */
  gint64 size; /* bytes */
  char *sha256; /* (owned): hexadecimal; also where it lies */
  char *person; /* (owned): who filed it */
  gint64 created_at; /* Unix seconds */
  gint64 removed_at; /* Unix seconds, 0: it is there */
  char *person_name; /* (owned) (nullable): who filed it, as people know them */
};

BillingDocument *billing_document_new (void);

G_END_DECLS

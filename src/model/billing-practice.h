/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PRACTICE (billing_practice_get_type ())
G_DECLARE_FINAL_TYPE (BillingPractice, billing_practice, BILLING, PRACTICE, BillingRecord)

/**
 * BillingPractice:
 *
 * One clinic's settings. There is one row.
 * To be read by its members; changed by its properties.
 */
struct _BillingPractice {
  BillingRecord parent_instance;

  char *name; /* (owned): what the window's title and the receipts say */
  char *currency; /* (owned): ISO 4217, upper case; fixed once a payment exists */
  char *time_zone; /* (owned): IANA name: days begin and end in it */
  char *locale; /* (owned) (nullable): ICU locale in which names are sorted */
  char *desk; /* (owned): the code that ids made here carry */
  gint64 refund_limit; /* minor units; a refund above it needs a second person; 0: no limit */
  char *stripe_account; /* (owned) (nullable): the account that its first key bound it to */
  gboolean stripe_live; /* whether that was in live mode */
  gint64 link_days; /* for how many days a payment link is open, unless somebody says otherwise */
  char *address_line; /* (owned) (nullable): of the letterhead, as the next ones */
  char *city; /* (owned) (nullable) */
  char *region; /* (owned) (nullable) */
  char *postal_code; /* (owned) (nullable) */
  char *country; /* (owned) (nullable) */
  char *phone; /* (owned) (nullable) */
  char *email; /* (owned) (nullable) */
  char *receipt_note; /* (owned) (nullable): a sentence below every receipt */
  char *logo; /* (owned) (nullable): content hash of the letterhead’s picture, kept with the documents */
  char *invoice_note; /* (owned) (nullable): a sentence below every invoice and statement */
  char *invoice_prefix; /* (owned): what numbers of invoices begin with */
  gint64 invoice_digits; /* how many digits they have at least */
  gint64 invoice_days; /* after how many days an invoice is due */
  gboolean show_services; /* names of services stand on paper; otherwise “Services of 3 Nov”, nothing clinical */
  gboolean show_codes; /* their codes too */
  gint64 created_at; /* Unix seconds */
};

BillingPractice *billing_practice_new (void);

#define BILLING_TYPE_PERSON (billing_person_get_type ())
G_DECLARE_FINAL_TYPE (BillingPerson, billing_person, BILLING, PERSON, BillingRecord)

/**
 * BillingPerson:
 *
 * A person who works in the practice; known by the account of the operating system.
 * To be read by its members; changed by its properties.
 */
struct _BillingPerson {
  BillingRecord parent_instance;

  char *account; /* (owned): the operating system's account name */
  char *name; /* (owned): what the audit shows to people */
  BillingRole role; /* what the person may do */
  char *passphrase; /* (owned) (nullable): crypt(3) hash, yescrypt */
  gboolean retired; /* no longer works here; kept, because the audit names them */
  gint64 created_at; /* Unix seconds */
};

BillingPerson *billing_person_new (void);

G_END_DECLS

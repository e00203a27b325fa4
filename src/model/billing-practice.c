/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-practice"

#include "config.h"

#include "billing-practice.h"

#include "billing-enums.h"

/* A practice and the people who work in it. */

G_DEFINE_FINAL_TYPE (BillingPractice, billing_practice, BILLING_TYPE_RECORD)

static BillingField practice_fields[] = {
  BILLING_STRING_FIELD (BillingPractice, name, 0),
  BILLING_STRING_FIELD (BillingPractice, currency, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPractice, time_zone, 0),
  BILLING_STRING_FIELD (BillingPractice, locale, 0),
  BILLING_STRING_FIELD (BillingPractice, desk, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingPractice, refund_limit, 0),
  BILLING_STRING_FIELD (BillingPractice, stripe_account, 0),
  BILLING_BOOLEAN_FIELD (BillingPractice, stripe_live, 0),
  BILLING_INT64_FIELD (BillingPractice, link_days, 0),
  BILLING_STRING_FIELD (BillingPractice, address_line, 0),
  BILLING_STRING_FIELD (BillingPractice, city, 0),
  BILLING_STRING_FIELD (BillingPractice, region, 0),
  BILLING_STRING_FIELD (BillingPractice, postal_code, 0),
  BILLING_STRING_FIELD (BillingPractice, country, 0),
  BILLING_STRING_FIELD (BillingPractice, phone, 0),
  BILLING_STRING_FIELD (BillingPractice, email, 0),
  BILLING_STRING_FIELD (BillingPractice, receipt_note, 0),
  BILLING_STRING_FIELD (BillingPractice, logo, 0),
  BILLING_STRING_FIELD (BillingPractice, invoice_note, 0),
  BILLING_STRING_FIELD (BillingPractice, invoice_prefix, 0),
  BILLING_INT64_FIELD (BillingPractice, invoice_digits, 0),
  BILLING_INT64_FIELD (BillingPractice, invoice_days, 0),
  BILLING_BOOLEAN_FIELD (BillingPractice, show_services, 0),
  BILLING_BOOLEAN_FIELD (BillingPractice, show_codes, 0),
  BILLING_INT64_FIELD (BillingPractice, created_at, BILLING_FIELD_FIXED),
};

static void
billing_practice_class_init (BillingPracticeClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "practice", "pra", NULL,
                                practice_fields, G_N_ELEMENTS (practice_fields));
}

static void
billing_practice_init (BillingPractice *self)
{
  self->link_days = 30;
  self->invoice_prefix = g_strdup ("INV-");
  self->invoice_digits = 3;
  self->invoice_days = 30;
}

BillingPractice *
billing_practice_new (void)
{
  return g_object_new (BILLING_TYPE_PRACTICE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingPerson, billing_person, BILLING_TYPE_RECORD)

static BillingField person_fields[] = {
  BILLING_STRING_FIELD (BillingPerson, account, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPerson, name, 0),
  BILLING_ENUM_FIELD (BillingPerson, role, billing_role_get_type, 0),
  BILLING_STRING_FIELD (BillingPerson, passphrase, BILLING_FIELD_SECRET),
  BILLING_BOOLEAN_FIELD (BillingPerson, retired, 0),
  BILLING_INT64_FIELD (BillingPerson, created_at, BILLING_FIELD_FIXED),
};

static void
billing_person_class_init (BillingPersonClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "people", "per", NULL,
                                person_fields, G_N_ELEMENTS (person_fields));
}

static void
billing_person_init (BillingPerson *self)
{
}

BillingPerson *
billing_person_new (void)
{
  return g_object_new (BILLING_TYPE_PERSON, NULL);
}

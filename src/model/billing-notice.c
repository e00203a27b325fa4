/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice"

#include "config.h"

#include "billing-notice.h"

#include "billing-enums.h"

G_DEFINE_FINAL_TYPE (BillingNotice, billing_notice, BILLING_TYPE_RECORD)

static BillingField notice_fields[] = {
  BILLING_STRING_FIELD (BillingNotice, key, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingNotice, rule, BILLING_FIELD_FIXED),
  BILLING_BOOLEAN_FIELD (BillingNotice, urgent, 0),
  BILLING_STRING_FIELD (BillingNotice, subject, 0),
  BILLING_STRING_FIELD (BillingNotice, payment_id, 0),
  BILLING_INT64_FIELD (BillingNotice, amount, 0),
  BILLING_STRING_FIELD (BillingNotice, currency, 0),
  BILLING_STRING_FIELD (BillingNotice, detail, 0),
  BILLING_INT64_FIELD (BillingNotice, due_at, 0),
  BILLING_INT64_FIELD (BillingNotice, created_at, 0),
  BILLING_INT64_FIELD (BillingNotice, found_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingNotice, ended_at, 0),
  BILLING_ENUM_FIELD (BillingNotice, state, billing_notice_state_get_type, 0),
  BILLING_INT64_FIELD (BillingNotice, snoozed_until, 0),
  BILLING_STRING_FIELD (BillingNotice, person, 0),
  BILLING_INT64_FIELD (BillingNotice, changed_at, 0),
  BILLING_INT64_FIELD (BillingNotice, told_at, 0),
  BILLING_STRING_FIELD (BillingNotice, payment, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingNotice, patient_name, BILLING_FIELD_JOINED),
};

static void
billing_notice_class_init (BillingNoticeClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "notices", "ntc", NULL,
                                notice_fields, G_N_ELEMENTS (notice_fields));
}

static void
billing_notice_init (BillingNotice *self)
{
}

BillingNotice *
billing_notice_new (void)
{
  return g_object_new (BILLING_TYPE_NOTICE, NULL);
}

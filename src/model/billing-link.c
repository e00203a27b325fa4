/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-link"

#include "config.h"

#include "billing-link.h"

#include "billing-enums.h"

/* How a payment is paid by a page of Stripe's, and what comes of it too late. */

G_DEFINE_FINAL_TYPE (BillingLink, billing_link, BILLING_TYPE_RECORD)

static BillingField link_fields[] = {
  BILLING_STRING_FIELD (BillingLink, payment_id, BILLING_FIELD_FIXED),
  BILLING_ENUM_FIELD (BillingLink, state, billing_link_state_get_type, 0),
  BILLING_STRING_FIELD (BillingLink, stripe_id, 0),
  BILLING_STRING_FIELD (BillingLink, url, 0),
  BILLING_INT64_FIELD (BillingLink, amount, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingLink, currency, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingLink, expires_on, 0),
  BILLING_INT64_FIELD (BillingLink, expires_at, 0),
  BILLING_INT64_FIELD (BillingLink, opened_at, 0),
  BILLING_INT64_FIELD (BillingLink, closed_at, 0),
  BILLING_STRING_FIELD (BillingLink, why, 0),
  BILLING_STRING_FIELD (BillingLink, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingLink, created_at, BILLING_FIELD_FIXED),
};

static void
billing_link_class_init (BillingLinkClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "links", "lnk", NULL,
                                link_fields, G_N_ELEMENTS (link_fields));
}

static void
billing_link_init (BillingLink *self)
{
}

BillingLink *
billing_link_new (void)
{
  return g_object_new (BILLING_TYPE_LINK, NULL);
}

G_DEFINE_FINAL_TYPE (BillingLateMoney, billing_late_money, BILLING_TYPE_RECORD)

static BillingField late_money_fields[] = {
  BILLING_STRING_FIELD (BillingLateMoney, charge_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingLateMoney, payment_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingLateMoney, patient_id, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingLateMoney, amount, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingLateMoney, currency, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingLateMoney, refunded, 0),
  BILLING_INT64_FIELD (BillingLateMoney, held, 0),
  BILLING_ENUM_FIELD (BillingLateMoney, state, billing_late_state_get_type, 0),
  BILLING_STRING_FIELD (BillingLateMoney, person, 0),
  BILLING_INT64_FIELD (BillingLateMoney, created_at, BILLING_FIELD_FIXED),
};

static void
billing_late_money_class_init (BillingLateMoneyClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "late_money", "lat", NULL,
                                late_money_fields, G_N_ELEMENTS (late_money_fields));
}

static void
billing_late_money_init (BillingLateMoney *self)
{
}

BillingLateMoney *
billing_late_money_new (void)
{
  return g_object_new (BILLING_TYPE_LATE_MONEY, NULL);
}

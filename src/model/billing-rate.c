/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate"

#include "config.h"

#include "billing-rate.h"

#include "billing-enums.h"

/* Billing rates, and what they cost by the day and the payer. */

G_DEFINE_FINAL_TYPE (BillingRate, billing_rate, BILLING_TYPE_RECORD)

static BillingField rate_fields[] = {
  BILLING_STRING_FIELD (BillingRate, number, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingRate, code_system, 0),
  BILLING_STRING_FIELD (BillingRate, code, 0),
  BILLING_STRING_FIELD (BillingRate, name, 0),
  BILLING_ENUM_FIELD (BillingRate, payer_kind, billing_payer_kind_get_type, 0),
  BILLING_BOOLEAN_FIELD (BillingRate, billable, 0),
  BILLING_BOOLEAN_FIELD (BillingRate, invoiced, 0),
  BILLING_STRING_FIELD (BillingRate, twin_id, 0),
  BILLING_STRING_FIELD (BillingRate, currency, BILLING_FIELD_FIXED),
  BILLING_BOOLEAN_FIELD (BillingRate, retired, 0),
  BILLING_INT64_FIELD (BillingRate, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingRate, price, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingRate, twin, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingRate, twin_name, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingRate, n_services, BILLING_FIELD_JOINED),
};

static void
billing_rate_class_init (BillingRateClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "rates", "rat", "RATE",
                                rate_fields, G_N_ELEMENTS (rate_fields));
}

static void
billing_rate_init (BillingRate *self)
{
  self->billable = TRUE;
  self->price = -1;
}

BillingRate *
billing_rate_new (void)
{
  return g_object_new (BILLING_TYPE_RATE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingRatePrice, billing_rate_price, BILLING_TYPE_RECORD)

static BillingField rate_price_fields[] = {
  BILLING_STRING_FIELD (BillingRatePrice, rate_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingRatePrice, payer, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingRatePrice, from_on, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingRatePrice, amount, 0),
  BILLING_STRING_FIELD (BillingRatePrice, person, 0),
  BILLING_INT64_FIELD (BillingRatePrice, created_at, BILLING_FIELD_FIXED),
};

static void
billing_rate_price_class_init (BillingRatePriceClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "rate_prices", "prc", NULL,
                                rate_price_fields, G_N_ELEMENTS (rate_price_fields));
}

static void
billing_rate_price_init (BillingRatePrice *self)
{
}

BillingRatePrice *
billing_rate_price_new (void)
{
  return g_object_new (BILLING_TYPE_RATE_PRICE, NULL);
}

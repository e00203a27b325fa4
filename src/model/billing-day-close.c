/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-day-close"

#include "config.h"

#include "billing-day-close.h"

#include "billing-enums.h"

/* The close of a day, and what it added up. */

G_DEFINE_FINAL_TYPE (BillingDayClose, billing_day_close, BILLING_TYPE_RECORD)

static BillingField close_fields[] = {
  BILLING_STRING_FIELD (BillingDayClose, day, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDayClose, since_on, 0),
  BILLING_STRING_FIELD (BillingDayClose, currency, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingDayClose, expected, 0),
  BILLING_INT64_FIELD (BillingDayClose, counted, 0),
  BILLING_STRING_FIELD (BillingDayClose, reason, 0),
  BILLING_STRING_FIELD (BillingDayClose, person, 0),
  BILLING_INT64_FIELD (BillingDayClose, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingDayClose, closed_at, 0),
  BILLING_INT64_FIELD (BillingDayClose, reopened_at, 0),
  BILLING_STRING_FIELD (BillingDayClose, reopened_by, 0),
  BILLING_STRING_FIELD (BillingDayClose, reopened_because, 0),
  BILLING_INT64_FIELD (BillingDayClose, variance, BILLING_FIELD_JOINED),
};

static void
billing_day_close_class_init (BillingDayCloseClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "day_closes", "day", NULL, close_fields, G_N_ELEMENTS (close_fields));
}

static void
billing_day_close_init (BillingDayClose *self)
{
}

BillingDayClose *
billing_day_close_new (void)
{
  return g_object_new (BILLING_TYPE_DAY_CLOSE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingDayTotal, billing_day_total, BILLING_TYPE_RECORD)

static BillingField total_fields[] = {
  BILLING_STRING_FIELD (BillingDayTotal, close_id, BILLING_FIELD_FIXED),
  BILLING_ENUM_FIELD (BillingDayTotal, account, billing_account_get_type, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDayTotal, account_of, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDayTotal, currency, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingDayTotal, count, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingDayTotal, amount, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDayTotal, day, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingDayTotal, who, BILLING_FIELD_JOINED),
};

static void
billing_day_total_class_init (BillingDayTotalClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "day_totals", "dtl", NULL, total_fields, G_N_ELEMENTS (total_fields));
}

static void
billing_day_total_init (BillingDayTotal *self)
{
}

BillingDayTotal *
billing_day_total_new (void)
{
  return g_object_new (BILLING_TYPE_DAY_TOTAL, NULL);
}

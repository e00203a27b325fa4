/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SERVICE_CHANGE (billing_service_change_get_type ())
G_DECLARE_FINAL_TYPE (BillingServiceChange, billing_service_change, BILLING, SERVICE_CHANGE, BillingRecord)

/**
 * BillingServiceChange:
 *
 * What would become of a service that is put under another rate: shown before it is done, and never stored.
 * To be read by its members; changed by its properties.
 */
struct _BillingServiceChange {
  BillingRecord parent_instance;

  char *number; /* (owned): of the service: SVC-001 */
  char *patient_name; /* (owned) */
  char *day; /* (owned): of the service */
  char *name; /* (owned): as it is */
  char *currency; /* (owned): ISO 4217 */
  gint64 units; /* how many */
  char *rate; /* (owned) (nullable): name of its rate */
  char *new_rate; /* (owned) (nullable): name of the other; %NULL: there is none */
  char *payer; /* (owned) (nullable): the insurer that is asked */
  char *new_payer; /* (owned) (nullable) */
  gint64 price; /* minor units of one */
  gint64 new_price; /* minor units of one; -1: there is none */
  gint64 amount; /* minor units */
  gint64 new_amount; /* minor units */
  gint64 insurer_part; /* minor units of @amount */
  gint64 new_insurer_part; /* minor units of @new_amount */
  gint64 patient_part; /* minor units of @amount */
  gint64 new_patient_part; /* minor units of @new_amount */
  char *refusal; /* (owned) (nullable): a word for why it stays as it is; %NULL: it changes */
  char *invoice; /* (owned) (nullable): number of the invoice that it stands on */
};

BillingServiceChange *billing_service_change_new         (void);
char                 *billing_service_change_build_reason (const char *refusal,
                                                           const char *invoice);

#define BILLING_TYPE_UNBILLED_CODE (billing_unbilled_code_get_type ())
G_DECLARE_FINAL_TYPE (BillingUnbilledCode, billing_unbilled_code, BILLING, UNBILLED_CODE, BillingRecord)

/**
 * BillingUnbilledCode:
 *
 * A code of treatments of which no service was made, with why: never stored.
 * To be read by its members; changed by its properties.
 */
struct _BillingUnbilledCode {
  BillingRecord parent_instance;

  char *code_system; /* (owned): as imported */
  char *code; /* (owned) */
  char *name; /* (owned) (nullable): in words, as imported */
  gint64 n; /* in how many treatments it is */
  char *reason; /* (owned): no-rate, no-price; waiting: nothing stands against it, and services are still to be made */
};

BillingUnbilledCode *billing_unbilled_code_new (void);

G_END_DECLS

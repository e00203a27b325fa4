/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-records.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_SETTINGS (billing_tax_settings_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxSettings, billing_tax_settings, BILLING, TAX_SETTINGS, BillingRecord)

/**
 * BILLING_TAX_SETTINGS_ID:
 *
 * By which the one record of Stripe's tax settings is found, and what changes of them are about in the outbox.
 */
#define BILLING_TAX_SETTINGS_ID "tax_settings"

/**
 * BillingTaxSettings:
 *
 * From where, and how, Stripe works out taxes. To be read by its members, whose names are Stripe's.
 */
struct _BillingTaxSettings {
  BillingRecord parent_instance;

  char *status;       /* (owned) (nullable): active, pending */
  char *missing;      /* (owned) (nullable): the fields that are missing, with commas between them */
  char *country;      /* (owned) (nullable): of the head office: ISO 3166 */
  char *state;        /* (owned) (nullable) */
  char *postal_code;  /* (owned) (nullable) */
  char *city;         /* (owned) (nullable) */
  char *line1;        /* (owned) (nullable) */
  char *line2;        /* (owned) (nullable) */
  char *tax_code;     /* (owned) (nullable): the preset one: txcd_… */
  char *tax_code_name; /* (owned) (nullable): what that is */
  char *tax_behavior; /* (owned) (nullable): exclusive, inclusive, inferred_by_currency */
  char *provider;     /* (owned) (nullable): who works taxes out: stripe, anrok, avalara, sphere */
  char *fetch_state;  /* (owned) (nullable): done, denied (the key may not), missing (no Stripe Tax in this account) */
  char *problem;      /* (owned) (nullable): Stripe's words where it said no */
  gint64 fetched_at;  /* Unix seconds; 0: never */
};

BillingTaxSettings *billing_tax_settings_new           (void);
const char * const *billing_tax_settings_list_address  (void);
char               *billing_tax_settings_check_address (const char         *country,
                                                        const char         *state,
                                                        const char         *postal_code,
                                                        const char        **field);
char               *billing_tax_settings_describe_missing (BillingTaxSettings *self);

#define BILLING_TYPE_TAX_CODE (billing_tax_code_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxCode, billing_tax_code, BILLING, TAX_CODE, BillingRecord)

/**
 * BillingTaxCode:
 *
 * What is sold, as tax authorities tell things apart. Its id is Stripe's: txcd_….
 */
struct _BillingTaxCode {
  BillingRecord parent_instance;

  char *name;        /* (owned) (nullable) */
  char *description; /* (owned) (nullable) */
};

BillingTaxCode *billing_tax_code_new (void);

char           *billing_tax_registration_describe   (BillingTaxRegistration *self,
                                                     const char             *locale);
const char     *billing_tax_registration_get_status (BillingTaxRegistration *self,
                                                     gint64                  now);
const char     *billing_tax_registration_get_status_label (const char *status);

G_END_DECLS

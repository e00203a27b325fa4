/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BILLING_MODEL_ERROR:
 *
 * The error domain of the model. The sentences are for a person.
 */
#define BILLING_MODEL_ERROR (billing_model_error_quark ())

/**
 * BillingModelError:
 * @BILLING_MODEL_ERROR_AMOUNT: a text is not an amount
 * @BILLING_MODEL_ERROR_CURRENCY: two currencies were mixed, or one is unknown
 * @BILLING_MODEL_ERROR_DAY: a text is not a day or an instant
 * @BILLING_MODEL_ERROR_OVERFLOW: an amount is larger than can be kept
 * @BILLING_MODEL_ERROR_RULE: a rule of the books forbids it
 */
typedef enum {
  BILLING_MODEL_ERROR_AMOUNT,
  BILLING_MODEL_ERROR_CURRENCY,
  BILLING_MODEL_ERROR_DAY,
  BILLING_MODEL_ERROR_OVERFLOW,
  BILLING_MODEL_ERROR_RULE,
} BillingModelError;

GQuark billing_model_error_quark (void);

G_END_DECLS

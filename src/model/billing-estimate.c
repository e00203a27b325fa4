/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-estimate"

#include "config.h"

#include "billing-estimate-private.h"

#include "billing-day.h"
#include "billing-enums.h"

G_DEFINE_FINAL_TYPE (BillingEstimate, billing_estimate, BILLING_TYPE_RECORD)
G_DEFINE_FINAL_TYPE (BillingEstimateLine, billing_estimate_line, BILLING_TYPE_RECORD)
G_DEFINE_FINAL_TYPE (BillingEstimateBenefit, billing_estimate_benefit, BILLING_TYPE_RECORD)

static BillingField estimate_fields[] = {
  BILLING_ENUM_FIELD (BillingEstimate, state, billing_estimate_state_get_type, 0),
  BILLING_STRING_FIELD (BillingEstimate, patient_id, 0),
  BILLING_ENUM_FIELD (BillingEstimate, payment_type, billing_payment_type_get_type, 0),
  BILLING_STRING_FIELD (BillingEstimate, treatment, 0),
  BILLING_STRING_FIELD (BillingEstimate, check_id, 0),
  BILLING_STRING_FIELD (BillingEstimate, coverage_id, 0),
  BILLING_STRING_FIELD (BillingEstimate, payer, 0),
  BILLING_STRING_FIELD (BillingEstimate, plan, 0),
  BILLING_STRING_FIELD (BillingEstimate, checked_on, 0),
  BILLING_INT64_FIELD (BillingEstimate, age, 0),
  BILLING_STRING_FIELD (BillingEstimate, disposition, 0),
  BILLING_STRING_FIELD (BillingEstimate, currency, 0),
  BILLING_INT64_FIELD (BillingEstimate, charge, 0),
  BILLING_INT64_FIELD (BillingEstimate, copay, 0),
  BILLING_INT64_FIELD (BillingEstimate, coinsurance, 0),
  BILLING_INT64_FIELD (BillingEstimate, deductible, 0),
  BILLING_INT64_FIELD (BillingEstimate, out_of_pocket, 0),
  BILLING_INT64_FIELD (BillingEstimate, amount, 0),
  BILLING_STRING_FIELD (BillingEstimate, sentence, 0),
};

static BillingField line_fields[] = {
  BILLING_ENUM_FIELD (BillingEstimateLine, step, billing_estimate_step_get_type, 0),
  BILLING_STRING_FIELD (BillingEstimateLine, code, 0),
  BILLING_STRING_FIELD (BillingEstimateLine, name, 0),
  BILLING_STRING_FIELD (BillingEstimateLine, rate, 0),
  BILLING_INT64_FIELD (BillingEstimateLine, of, 0),
  BILLING_INT64_FIELD (BillingEstimateLine, percent, 0),
  BILLING_BOOLEAN_FIELD (BillingEstimateLine, family, 0),
  BILLING_STRING_FIELD (BillingEstimateLine, currency, 0),
  BILLING_INT64_FIELD (BillingEstimateLine, amount, 0),
  BILLING_STRING_FIELD (BillingEstimateLine, text, 0),
};

static BillingField benefit_fields[] = {
  BILLING_ENUM_FIELD (BillingEstimateBenefit, type, billing_benefit_type_get_type, 0),
  BILLING_STRING_FIELD (BillingEstimateBenefit, code, 0),
  BILLING_BOOLEAN_FIELD (BillingEstimateBenefit, given, 0),
  BILLING_STRING_FIELD (BillingEstimateBenefit, currency, 0),
  BILLING_INT64_FIELD (BillingEstimateBenefit, amount, 0),
  BILLING_INT64_FIELD (BillingEstimateBenefit, percent, 0),
  BILLING_STRING_FIELD (BillingEstimateBenefit, title, 0),
  BILLING_STRING_FIELD (BillingEstimateBenefit, value, 0),
};

static void
charge_free (gpointer data)
{
  BillingEstimateCharge *charge = data;

  g_free (charge->code);
  g_free (charge->name);
  g_free (charge->rate);
  g_free (charge);
}

static void
billing_estimate_finalize (GObject *object)
{
  BillingEstimate *self = BILLING_ESTIMATE (object);

  g_free (self->today);
  g_object_unref (self->lines);
  g_object_unref (self->benefits);
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->coverages);
  g_ptr_array_unref (self->charges);

  G_OBJECT_CLASS (billing_estimate_parent_class)->finalize (object);
}

static void
billing_estimate_class_init (BillingEstimateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_estimate_finalize;
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "estimates", "est", NULL, estimate_fields,
                                G_N_ELEMENTS (estimate_fields));
}

static void
billing_estimate_init (BillingEstimate *self)
{
  self->age = self->charge = self->copay = self->coinsurance = self->deductible = self->out_of_pocket = self->amount = -1;
  self->lines = g_list_store_new (BILLING_TYPE_ESTIMATE_LINE);
  self->benefits = g_list_store_new (BILLING_TYPE_ESTIMATE_BENEFIT);
  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->checks = g_ptr_array_new_with_free_func (g_object_unref);
  self->coverages = g_ptr_array_new_with_free_func (g_object_unref);
  self->charges = g_ptr_array_new_with_free_func (charge_free);
}

static void
billing_estimate_line_class_init (BillingEstimateLineClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "estimate_lines", "esl", NULL, line_fields,
                                G_N_ELEMENTS (line_fields));
}

static void
billing_estimate_line_init (BillingEstimateLine *self)
{
  self->of = self->percent = -1;
}

static void
billing_estimate_benefit_class_init (BillingEstimateBenefitClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "estimate_benefits", "esb", NULL, benefit_fields,
                                G_N_ELEMENTS (benefit_fields));
}

static void
billing_estimate_benefit_init (BillingEstimateBenefit *self)
{
  self->amount = self->percent = -1;
}

/**
 * billing_estimate_applies:
 * @type: the type of a payment
 *
 * Returns: whether payments of it are estimated
 */
gboolean
billing_estimate_applies (BillingPaymentType type)
{
  return type == BILLING_PAYMENT_TYPE_TREATMENT_PRE_PAYMENT || type == BILLING_PAYMENT_TYPE_OFFICE_VISIT;
}

/**
 * billing_estimate_new:
 * @type: the type of the payment
 * @currency: of the practice
 * @today: the day in the practice's time zone
 *
 * Returns: (transfer full): an estimate of nothing yet
 */
BillingEstimate *
billing_estimate_new (BillingPaymentType  type,
                      const char         *currency,
                      const char         *today)
{
  BillingEstimate *self = g_object_new (BILLING_TYPE_ESTIMATE, "payment-type", type, "currency", currency, NULL);

  self->today = g_strdup (today);
  return self;
}

static void
add_charge (BillingEstimate *self,
            const char      *code,
            const char      *name,
            const char      *rate,
            gint64           amount)
{
  BillingEstimateCharge *charge = g_new0 (BillingEstimateCharge, 1);

  charge->code = g_strdup (code);
  charge->name = g_strdup (name);
  charge->rate = g_strdup (rate);
  charge->amount = amount;
  g_ptr_array_add (self->charges, charge);
}

/**
 * billing_estimate_add_charge:
 * @self: an estimate
 * @code: (nullable): the procedure
 * @name: (nullable): in words
 * @amount: minor units; -1: not known
 *
 * Adds a part of what the estimate is made for. What is known of the amounts is its base.
 */
void
billing_estimate_add_charge (BillingEstimate *self,
                             const char      *code,
                             const char      *name,
                             gint64           amount)
{
  add_charge (self, code, name, NULL, amount);
}

/**
 * billing_estimate_add_allowed:
 * @self: an estimate
 * @code: the procedure
 * @name: (nullable): in words
 * @rate: number of the billing rate that says so
 * @amount: minor units: what the insurer allows for it
 *
 * Adds a procedure of which it is known what the insurer allows, whatever is charged for it.
 */
void
billing_estimate_add_allowed (BillingEstimate *self,
                              const char      *code,
                              const char      *name,
                              const char      *rate,
                              gint64           amount)
{
  add_charge (self, code, name, rate, amount);
}

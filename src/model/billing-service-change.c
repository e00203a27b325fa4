/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-service-change"

#include "config.h"

#include "billing-service-change.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (BillingServiceChange, billing_service_change, BILLING_TYPE_RECORD)

static BillingField service_change_fields[] = {
  BILLING_STRING_FIELD (BillingServiceChange, number, 0),
  BILLING_STRING_FIELD (BillingServiceChange, patient_name, 0),
  BILLING_STRING_FIELD (BillingServiceChange, day, 0),
  BILLING_STRING_FIELD (BillingServiceChange, name, 0),
  BILLING_STRING_FIELD (BillingServiceChange, currency, 0),
  BILLING_INT64_FIELD (BillingServiceChange, units, 0),
  BILLING_STRING_FIELD (BillingServiceChange, rate, 0),
  BILLING_STRING_FIELD (BillingServiceChange, new_rate, 0),
  BILLING_STRING_FIELD (BillingServiceChange, payer, 0),
  BILLING_STRING_FIELD (BillingServiceChange, new_payer, 0),
  BILLING_INT64_FIELD (BillingServiceChange, price, 0),
  BILLING_INT64_FIELD (BillingServiceChange, new_price, 0),
  BILLING_INT64_FIELD (BillingServiceChange, amount, 0),
  BILLING_INT64_FIELD (BillingServiceChange, new_amount, 0),
  BILLING_INT64_FIELD (BillingServiceChange, insurer_part, 0),
  BILLING_INT64_FIELD (BillingServiceChange, new_insurer_part, 0),
  BILLING_INT64_FIELD (BillingServiceChange, patient_part, 0),
  BILLING_INT64_FIELD (BillingServiceChange, new_patient_part, 0),
  BILLING_STRING_FIELD (BillingServiceChange, refusal, 0),
  BILLING_STRING_FIELD (BillingServiceChange, invoice, 0),
};

static void
billing_service_change_class_init (BillingServiceChangeClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "service_changes", "sch", NULL, service_change_fields,
                                G_N_ELEMENTS (service_change_fields));
}

static void
billing_service_change_init (BillingServiceChange *self)
{
}

BillingServiceChange *
billing_service_change_new (void)
{
  return g_object_new (BILLING_TYPE_SERVICE_CHANGE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingUnbilledCode, billing_unbilled_code, BILLING_TYPE_RECORD)

static BillingField unbilled_code_fields[] = {
  BILLING_STRING_FIELD (BillingUnbilledCode, code_system, 0),
  BILLING_STRING_FIELD (BillingUnbilledCode, code, 0),
  BILLING_STRING_FIELD (BillingUnbilledCode, name, 0),
  BILLING_INT64_FIELD (BillingUnbilledCode, n, 0),
  BILLING_STRING_FIELD (BillingUnbilledCode, reason, 0),
};

static void
billing_unbilled_code_class_init (BillingUnbilledCodeClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "unbilled_codes", "ubc", NULL, unbilled_code_fields,
                                G_N_ELEMENTS (unbilled_code_fields));
}

static void
billing_unbilled_code_init (BillingUnbilledCode *self)
{
}

BillingUnbilledCode *
billing_unbilled_code_new (void)
{
  return g_object_new (BILLING_TYPE_UNBILLED_CODE, NULL);
}

static const struct {
  const char *refusal;
  const char *reason;
} reasons[] = {
  { "removed", N_("It was removed.") },
  { "answered", N_("An insurer answered, and paid or adjusted something. Take its answer back first.") },
  { "no-twin", N_("Its rate has no twin for the other kind of payer.") },
  { "retired", N_("The rate is retired.") },
  { "currency", N_("The rate is in another currency.") },
  { "no-payer", N_("No coverage of the patient was active on the day of the service. Say which insurer is asked.") },
  { "no-price", N_("The rate has no price on the day of the service.") },
  { "too-much", N_("The amount would be too large to be true.") },
  { "same", N_("It is so already.") },
  { "not-removed", N_("It was not removed.") },
};

/**
 * billing_service_change_build_reason:
 * @refusal: (nullable): a word for why a service stays as it is: of a #BillingServiceChange, or counted with others
 * @invoice: (nullable): number of the invoice that the service stands on
 *
 * Returns: (transfer full) (nullable): the sentence for it; %NULL: it changes
 */
char *
billing_service_change_build_reason (const char *refusal,
                                     const char *invoice)
{
  if (g_strcmp0 (refusal, "invoiced") == 0 && invoice != NULL)
    return g_strdup_printf (_("It stands on invoice %s. Void that first."), invoice);
  if (g_strcmp0 (refusal, "invoiced") == 0)
    return g_strdup (_("It stands on an invoice. Void that first."));

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_strcmp0 (reasons[i].refusal, refusal) == 0)
        return g_strdup (_(reasons[i].reason));
    }

  return g_strdup (refusal);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir-eligibility"

#include "config.h"

#include "billing-fhir-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-money.h"

/* CoverageEligibilityResponse: what an insurer says about a patient's benefits. */

static const struct {
  const char *code; /* of http://terminology.hl7.org/CodeSystem/benefit-type, and what payers write instead */
  BillingBenefitType type;
} benefit_types[] = {
  { "copay", BILLING_BENEFIT_TYPE_COPAY },
  { "copay-percent", BILLING_BENEFIT_TYPE_COINSURANCE },
  { "coinsurance", BILLING_BENEFIT_TYPE_COINSURANCE },
  { "deductible", BILLING_BENEFIT_TYPE_DEDUCTIBLE },
  { "copay-maximum", BILLING_BENEFIT_TYPE_OUT_OF_POCKET },
  { "out-of-pocket", BILLING_BENEFIT_TYPE_OUT_OF_POCKET },
  { "out-of-pocket-maximum", BILLING_BENEFIT_TYPE_OUT_OF_POCKET },
};

static const char *
get_code (BillingFhirReading *self,
          JsonObject         *object,
          const char         *name)
{
  JsonObject *concept = billing_fhir_get_object (self, object, name);
  const char *code = billing_fhir_get_length (self, concept, "coding") > 0
    ? billing_fhir_get_text (self, billing_fhir_get_element (self, concept, "coding", 0), "code") : NULL;

  return code != NULL ? code : billing_fhir_get_text (self, concept, "text");
}

/* A percentage stands as 20, as "20%" or as "20 %". Kept in hundredths, which is what two decimals of money are. */
static gint64
get_percent (BillingFhirReading *self,
             JsonObject         *benefit)
{
  JsonNode *node = json_object_get_member (benefit, "allowedString");
  g_autofree char *text = NULL;
  char digits[32];
  BillingMoney percent;

  if (node != NULL)
    text = g_strdup (billing_fhir_get_text (self, benefit, "allowedString"));
  else
    text = g_strdup (billing_fhir_get_number (self, benefit, "allowedUnsignedInt", digits));

  if (text == NULL)
    return -1;

  g_strdelimit (text, "%", ' ');
  g_strstrip (text);
  if (!billing_money_parse_plain (text, "USD", TRUE, &percent, NULL) || percent.minor < 0 || percent.minor > 10000)
    {
      billing_fhir_complain (self, _("“%s” is no percentage"), text);
      return -1;
    }

  return percent.minor;
}

/* Payers add codings of their own to those of the code system, before them or behind. */
static BillingBenefitType
get_type (BillingFhirReading *self,
          JsonObject         *line)
{
  JsonObject *concept = billing_fhir_get_object (self, line, "type");

  for (guint i = 0; i < G_N_ELEMENTS (benefit_types); i++)
    {
      const char * const codes[] = { benefit_types[i].code, NULL };

      if (billing_fhir_concept_has (self, concept, codes) ||
          g_strcmp0 (billing_fhir_get_text (self, concept, "text"), benefit_types[i].code) == 0)
        return benefit_types[i].type;
    }

  return BILLING_BENEFIT_TYPE_OTHER;
}

static BillingBenefit *
add_benefit (BillingFhirReading *self,
             JsonObject         *item,
             BillingBenefitType  type)
{
  BillingBenefit *benefit = billing_benefit_new ();

  g_ptr_array_add (self->item->benefits, benefit);
  benefit->type = type;
  benefit->category = g_strdup (get_code (self, item, "category"));
  benefit->code = g_strdup (get_code (self, item, "productOrService"));
  benefit->network = g_strdup (get_code (self, item, "network"));
  benefit->unit = g_strdup (get_code (self, item, "unit"));
  benefit->term = g_strdup (get_code (self, item, "term"));
  benefit->currency = g_strdup (self->practice->currency);
  benefit->amount = -1;
  benefit->used = -1;
  benefit->percent = -1;

  return benefit;
}

static void
read_benefit (BillingFhirReading *self,
              JsonObject         *item,
              JsonObject         *line)
{
  BillingBenefit *benefit = add_benefit (self, item, get_type (self, line));

  benefit->percent = benefit->type == BILLING_BENEFIT_TYPE_COINSURANCE ? get_percent (self, line) : -1;
  if (!billing_fhir_get_money (self, line, "allowedMoney", &benefit->amount))
    benefit->amount = -1;
  if (!billing_fhir_get_money (self, line, "usedMoney", &benefit->used))
    benefit->used = -1;
}

static void
read_benefits (BillingFhirReading *self,
               JsonObject         *insurance)
{
  for (guint i = 0; i < billing_fhir_get_length (self, insurance, "item"); i++)
    {
      JsonObject *item = billing_fhir_get_element (self, insurance, "item", i);

      if (item == NULL)
        continue;
      if (billing_fhir_get_boolean (self, item, "excluded"))
        {
          add_benefit (self, item, BILLING_BENEFIT_TYPE_EXCLUDED);
          continue;
        }

      for (guint b = 0; b < billing_fhir_get_length (self, item, "benefit"); b++)
        {
          JsonObject *benefit = billing_fhir_get_element (self, item, "benefit", b);

          if (benefit != NULL)
            read_benefit (self, item, benefit);
        }
    }
}

static BillingEligibilityStatus
get_status (BillingFhirReading *self,
            JsonObject         *insurance)
{
  const char *status = billing_fhir_get_text (self, self->resource, "status");

  if (g_strcmp0 (billing_fhir_get_text (self, self->resource, "outcome"), "error") == 0 ||
      billing_fhir_get_length (self, self->resource, "error") > 0)
    return BILLING_ELIGIBILITY_STATUS_ERROR;
  if (status != NULL && !g_str_equal (status, "active"))
    return BILLING_ELIGIBILITY_STATUS_UNKNOWN;
  if (insurance == NULL || !json_object_has_member (insurance, "inforce"))
    return BILLING_ELIGIBILITY_STATUS_UNKNOWN;

  return billing_fhir_get_boolean (self, insurance, "inforce") ? BILLING_ELIGIBILITY_STATUS_ACTIVE
                                                               : BILLING_ELIGIBILITY_STATUS_INACTIVE;
}

static void
append_words (GString    *text,
              const char *words)
{
  if (words != NULL && strstr (text->str, words) == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", words);
}

/* What the insurer says, and each of its errors. */
static char *
get_disposition (BillingFhirReading *self)
{
  g_autoptr (GString) text = g_string_new (billing_fhir_get_text (self, self->resource, "disposition"));

  for (guint i = 0; i < billing_fhir_get_length (self, self->resource, "error"); i++)
    {
      JsonObject *error = billing_fhir_get_element (self, self->resource, "error", i);
      const char *words = billing_fhir_get_concept_text (self, billing_fhir_get_object (self, error, "code"));

      append_words (text, words != NULL ? words : get_code (self, error, "code"));
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* Of several insurances the answer is about the first that is in force. */
static JsonObject *
choose_insurance (BillingFhirReading *self)
{
  for (guint i = 0; i < billing_fhir_get_length (self, self->resource, "insurance"); i++)
    {
      JsonObject *insurance = billing_fhir_get_element (self, self->resource, "insurance", i);

      if (billing_fhir_get_boolean (self, insurance, "inforce"))
        return insurance;
    }

  return billing_fhir_get_element (self, self->resource, "insurance", 0);
}

/* An answer made at no day that is told was made for the day of the service. */
static char *
get_day (BillingFhirReading *self)
{
  char *day = billing_fhir_get_day (self, self->resource, "created");

  if (day == NULL)
    day = billing_fhir_get_day (self, self->resource, "servicedDate");
  if (day == NULL)
    day = billing_fhir_get_day (self, billing_fhir_get_object (self, self->resource, "servicedPeriod"), "start");

  return day;
}

void
billing_fhir_eligibility_read (BillingFhirReading *self)
{
  BillingEligibilityCheck *check = billing_eligibility_check_new ();
  JsonObject *insurance = choose_insurance (self);
  JsonObject *insurer = billing_fhir_get_object (self, self->resource, "insurer");

  self->item->record = BILLING_RECORD (check);
  check->payer = g_strdup (billing_fhir_get_text (self, insurer, "display"));
  check->status = get_status (self, insurance);
  check->checked_on = get_day (self);
  check->disposition = get_disposition (self);
  read_benefits (self, insurance);

  if (check->checked_on == NULL)
    billing_fhir_complain (self, _("it does not say when it was made"));
  billing_fhir_refer (self, insurer, &billing_fhir_payer, 0, FALSE);
  billing_fhir_refer (self, billing_fhir_get_object (self, insurance, "coverage"), &billing_fhir_coverage, 0, FALSE);
  if (!billing_fhir_refer (self, billing_fhir_get_object (self, self->resource, "patient"),
                           &billing_fhir_patient, 0, TRUE))
    billing_fhir_complain (self, _("it names no patient"));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir-care"

#include "config.h"

#include "billing-fhir-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-day.h"

/* Encounter, and what was done in it: Procedure, Immunization, ChargeItem. */

static const struct {
  const char *code;
  const char *words;
} classes[] = {
  /* These are stored, hence not translated; they stand in for words that the file lacks. */
  { "AMB", "Ambulatory" },     { "EMER", "Emergency" },        { "FLD", "Field" },
  { "HH", "Home health" },     { "IMP", "Inpatient" },         { "ACUTE", "Inpatient acute" },
  { "OBSENC", "Observation" }, { "PRENC", "Pre-admission" },   { "SS", "Short stay" },
  { "VR", "Virtual" },
};

static const char *
get_description (BillingFhirReading *self)
{
  JsonObject *class = billing_fhir_get_object (self, self->resource, "class");
  const char *code = billing_fhir_get_text (self, class, "code");
  const char *words =
    billing_fhir_get_concept_text (self, billing_fhir_get_element (self, self->resource, "type", 0));

  if (words == NULL)
    words = billing_fhir_get_text (self, class, "display");
  for (guint i = 0; i < G_N_ELEMENTS (classes) && words == NULL; i++)
    {
      if (g_strcmp0 (code, classes[i].code) == 0)
        words = classes[i].words;
    }

  return words != NULL ? words : code;
}

/* Who treated: the performer before the one who attended, before anybody. */
static void
refer_to_physician (BillingFhirReading *self)
{
  static const char * const roles[][3] = { { "PPRF", NULL }, { "ATND", "SPRF", NULL }, { NULL } };
  guint n = billing_fhir_get_length (self, self->resource, "participant");

  for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
    {
      for (guint i = 0; i < n; i++)
        {
          JsonObject *participant = billing_fhir_get_element (self, self->resource, "participant", i);
          JsonObject *type = billing_fhir_get_element (self, participant, "type", 0);

          if ((roles[r][0] == NULL || billing_fhir_concept_has (self, type, roles[r])) &&
              billing_fhir_refer (self, billing_fhir_get_object (self, participant, "individual"),
                                  &billing_fhir_physician, 0, FALSE))
            return;
        }
    }
}

static void
refer_to_location (BillingFhirReading *self)
{
  guint n = billing_fhir_get_length (self, self->resource, "location");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *location = billing_fhir_get_element (self, self->resource, "location", i);

      if (billing_fhir_refer (self, billing_fhir_get_object (self, location, "location"),
                              &billing_fhir_location, 0, FALSE))
        return;
    }

  billing_fhir_refer (self, billing_fhir_get_object (self, self->resource, "serviceProvider"),
                      &billing_fhir_location, 0, FALSE);
}

void
billing_fhir_encounter_read (BillingFhirReading *self)
{
  BillingTreatment *treatment = billing_treatment_new ();
  BillingImportPart *part = billing_import_item_add_part (self->item, BILLING_IMPORT_TIER_VISIT);
  JsonObject *period = billing_fhir_get_object (self, self->resource, "period");
  const char *status = billing_fhir_get_text (self, self->resource, "status");

  self->item->record = BILLING_RECORD (treatment);
  if (!billing_fhir_get_instant (self, period, "start", &treatment->starts_at) &&
      !billing_fhir_get_instant (self, period, "end", &treatment->starts_at))
    billing_fhir_complain (self, _("it has no date"));
  else
    treatment->day = billing_day_from_instant (treatment->starts_at, self->practice->time_zone);
  billing_fhir_get_instant (self, period, "end", &treatment->ends_at);

  treatment->description = g_strdup (get_description (self));
  treatment->state = g_strdup (status != NULL ? status : "unknown");
  treatment->currency = g_strdup (self->practice->currency);
  for (guint i = 0; i < billing_fhir_get_length (self, self->resource, "type"); i++)
    billing_fhir_add_codes (self, part, billing_fhir_get_element (self, self->resource, "type", i), 1, 0);

  refer_to_location (self);
  refer_to_physician (self);
  if (!billing_fhir_refer (self, billing_fhir_get_object (self, self->resource, "subject"),
                           &billing_fhir_patient, 0, TRUE))
    billing_fhir_complain (self, _("it names no patient"));
}

/* Something done in an encounter. What did not happen after all leaves nothing behind, and takes back what an earlier
 * version of it left. */
static void
read_service (BillingFhirReading *self,
              BillingImportTier   tier,
              const char         *code,
              const char         *encounter)
{
  static const char * const undone[] = { "not-done", "entered-in-error", "preparation", "aborted", "planned",
                                         "not-billable", NULL };
  BillingImportPart *part = billing_import_item_add_part (self->item, tier);
  const char *status = billing_fhir_get_text (self, self->resource, "status");
  JsonObject *quantity = billing_fhir_get_object (self, self->resource, "quantity");
  gint64 units = 1;
  char digits[32];
  const char *number = billing_fhir_get_number (self, quantity, "value", digits);

  if (number != NULL)
    units = MAX (1, g_ascii_strtoll (number, NULL, 10));
  billing_fhir_get_money (self, self->resource, "priceOverride", &part->charges);
  if (status == NULL || !g_strv_contains (undone, status))
    billing_fhir_add_codes (self, part, billing_fhir_get_object (self, self->resource, code), units, part->charges);
  else
    part->charges = 0;

  if (!billing_fhir_refer (self, billing_fhir_get_object (self, self->resource, encounter),
                           &billing_fhir_encounter, 0, TRUE))
    billing_fhir_complain (self, _("it names no encounter in which it was done"));
}

void
billing_fhir_procedure_read (BillingFhirReading *self)
{
  read_service (self, BILLING_IMPORT_TIER_PROCEDURE, "code", "encounter");
}

void
billing_fhir_immunization_read (BillingFhirReading *self)
{
  read_service (self, BILLING_IMPORT_TIER_PROCEDURE, "vaccineCode", "encounter");
}

void
billing_fhir_charge_item_read (BillingFhirReading *self)
{
  read_service (self, BILLING_IMPORT_TIER_CHARGE, "code", "context");
}

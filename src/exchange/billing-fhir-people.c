/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir-people"

#include "config.h"

#include "billing-fhir-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Patient, Practitioner, Organization, Location, Coverage. */

static const char * const name_uses[] = { "official", "usual", "", "nickname", "anonymous", "temp", "maiden", NULL };
static const char * const address_uses[] = { "home", "", "billing", "work", "temp", NULL };

/* A phone or e-mail: of those that are not old, the first; a home or mobile phone before one at work. */
static char *
get_telecom (BillingFhirReading *self,
             const char         *system)
{
  static const char * const uses[] = { "mobile", "home", "", "work", NULL };
  guint n = billing_fhir_get_length (self, self->resource, "telecom");

  for (guint u = 0; uses[u] != NULL; u++)
    {
      for (guint i = 0; i < n; i++)
        {
          JsonObject *telecom = billing_fhir_get_element (self, self->resource, "telecom", i);
          const char *use = billing_fhir_get_text (self, telecom, "use");

          if (g_strcmp0 (billing_fhir_get_text (self, telecom, "system"), system) == 0 &&
              g_str_equal (use != NULL ? use : "", uses[u]) &&
              billing_fhir_get_text (self, telecom, "value") != NULL)
            return g_strdup (billing_fhir_get_text (self, telecom, "value"));
        }
    }

  return NULL;
}

/* The street and so on, where several records have them under the same names. */
static void
set_address (BillingFhirReading *self,
             JsonObject         *address)
{
  static const struct {
    const char *member;
    const char *property;
  } members[] = {
    { "city", "city" }, { "state", "region" }, { "postalCode", "postal_code" }, { "country", "country" },
  };
  BillingRecord *record = self->item->record;
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  g_autoptr (GString) line = g_string_new (NULL);
  guint n = billing_fhir_get_length (self, address, "line");

  for (guint i = 0; i < n; i++)
    {
      const char *part = billing_fhir_get_string (self, address, "line", i);

      if (part != NULL)
        g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", part);
    }
  if (line->len == 0 && billing_fhir_get_text (self, address, "text") != NULL)
    g_string_assign (line, billing_fhir_get_text (self, address, "text"));

  billing_record_set_text (record, billing_record_class_find (klass, "address_line"),
                           line->len > 0 ? line->str : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    billing_record_set_text (record, billing_record_class_find (klass, members[i].property),
                             billing_fhir_get_text (self, address, members[i].member));
}

static char *
get_language (BillingFhirReading *self)
{
  guint n = billing_fhir_get_length (self, self->resource, "communication");
  JsonObject *chosen = billing_fhir_get_element (self, self->resource, "communication", 0);
  JsonObject *language;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *communication = billing_fhir_get_element (self, self->resource, "communication", i);

      if (billing_fhir_get_boolean (self, communication, "preferred"))
        chosen = communication;
    }

  language = billing_fhir_get_object (self, chosen, "language");
  if (billing_fhir_get_length (self, language, "coding") == 0)
    return g_strdup (billing_fhir_get_concept_text (self, language));

  return g_strdup (billing_fhir_get_text (self, billing_fhir_get_element (self, language, "coding", 0), "code"));
}

void
billing_fhir_patient_read (BillingFhirReading *self)
{
  BillingPatient *patient = billing_patient_new ();
  JsonObject *name = billing_fhir_choose (self, self->resource, "name", name_uses);
  g_autoptr (GString) given = g_string_new (NULL);
  gint64 died;

  self->item->record = BILLING_RECORD (patient);
  for (guint i = 0; i < billing_fhir_get_length (self, name, "given"); i++)
    {
      const char *word = billing_fhir_get_string (self, name, "given", i);

      g_string_append_printf (given, "%s%s", given->len > 0 && word != NULL ? " " : "", word != NULL ? word : "");
    }

  patient->name = billing_fhir_join_name (self, name, FALSE);
  patient->given_name = given->len > 0 ? g_strdup (given->str) : NULL;
  patient->family_name = g_strdup (billing_fhir_get_text (self, name, "family"));
  patient->birth_date = billing_fhir_get_day (self, self->resource, "birthDate");
  patient->gender = g_strdup (billing_fhir_get_text (self, self->resource, "gender"));
  patient->phone = get_telecom (self, "phone");
  patient->email = get_telecom (self, "email");
  patient->language = get_language (self);
  patient->deceased = billing_fhir_get_boolean (self, self->resource, "deceasedBoolean") ||
                      billing_fhir_get_instant (self, self->resource, "deceasedDateTime", &died);
  set_address (self, billing_fhir_choose (self, self->resource, "address", address_uses));

  if (patient->name == NULL)
    billing_fhir_complain (self, _("it has no name"));
}

static char *
get_npi (BillingFhirReading *self)
{
  guint n = billing_fhir_get_length (self, self->resource, "identifier");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *identifier = billing_fhir_get_element (self, self->resource, "identifier", i);

      if (g_strcmp0 (billing_fhir_get_text (self, identifier, "system"), "http://hl7.org/fhir/sid/us-npi") == 0)
        return g_strdup (billing_fhir_get_text (self, identifier, "value"));
    }

  return NULL;
}

void
billing_fhir_practitioner_read (BillingFhirReading *self)
{
  BillingPhysician *physician = billing_physician_new ();
  JsonObject *qualification = billing_fhir_get_element (self, self->resource, "qualification", 0);

  self->item->record = BILLING_RECORD (physician);
  physician->name = billing_fhir_join_name (self, billing_fhir_choose (self, self->resource, "name", name_uses), TRUE);
  physician->npi = get_npi (self);
  physician->specialty = g_strdup (billing_fhir_get_concept_text (self, billing_fhir_get_object (self, qualification, "code")));

  if (physician->name == NULL)
    billing_fhir_complain (self, _("it has no name"));
}

static gboolean
is_insurer (BillingFhirReading *self)
{
  static const char * const codes[] = { "ins", "pay", NULL };
  guint n = billing_fhir_get_length (self, self->resource, "type");

  for (guint i = 0; i < n; i++)
    {
      if (billing_fhir_concept_has (self, billing_fhir_get_element (self, self->resource, "type", i), codes))
        return TRUE;
    }

  return FALSE;
}

/* Where there are no Locations, the organisation that treats is the place. An insurer is only a name. */
void
billing_fhir_organization_read (BillingFhirReading *self)
{
  BillingLocation *location;
  const char *name = billing_fhir_get_text (self, self->resource, "name");

  if (name == NULL)
    billing_fhir_complain (self, _("it has no name"));

  self->item->insurer = g_strdup (name);
  if (is_insurer (self))
    return;

  location = billing_location_new ();
  self->item->record = BILLING_RECORD (location);
  location->name = g_strdup (name);
  location->phone = get_telecom (self, "phone");
  set_address (self, billing_fhir_choose (self, self->resource, "address", address_uses));
}

void
billing_fhir_location_read (BillingFhirReading *self)
{
  BillingLocation *location = billing_location_new ();

  self->item->record = BILLING_RECORD (location);
  location->name = g_strdup (billing_fhir_get_text (self, self->resource, "name"));
  if (location->name == NULL)
    location->name = g_strdup (billing_fhir_get_text (self, self->resource, "description"));
  location->phone = get_telecom (self, "phone");
  set_address (self, billing_fhir_get_object (self, self->resource, "address"));

  if (location->name == NULL)
    billing_fhir_complain (self, _("it has no name"));
}

static const char *
get_plan (BillingFhirReading *self)
{
  static const char * const kinds[] = { "plan", "group", "class", NULL };

  for (guint k = 0; kinds[k] != NULL; k++)
    {
      const char * const wanted[] = { kinds[k], NULL };
      guint n = billing_fhir_get_length (self, self->resource, "class");

      for (guint i = 0; i < n; i++)
        {
          JsonObject *class = billing_fhir_get_element (self, self->resource, "class", i);
          const char *name = billing_fhir_get_text (self, class, "name");

          if (billing_fhir_concept_has (self, billing_fhir_get_object (self, class, "type"), wanted))
            return name != NULL ? name : billing_fhir_get_text (self, class, "value");
        }
    }

  return billing_fhir_get_concept_text (self, billing_fhir_get_object (self, self->resource, "type"));
}

void
billing_fhir_coverage_read (BillingFhirReading *self)
{
  BillingCoverage *coverage = billing_coverage_new ();
  JsonObject *payor = billing_fhir_get_element (self, self->resource, "payor", 0);
  JsonObject *period = billing_fhir_get_object (self, self->resource, "period");
  const char *payer = billing_fhir_get_text (self, payor, "display");
  const char *status = billing_fhir_get_text (self, self->resource, "status");
  char digits[32];
  const char *order = billing_fhir_get_number (self, self->resource, "order", digits);
  gint64 precedence = 1;

  self->item->record = BILLING_RECORD (coverage);
  if (order != NULL && !g_ascii_string_to_signed (order, 10, 1, G_MAXINT32, &precedence, NULL))
    billing_fhir_complain (self, _("“%s” should be %s, and is something else"), "order", _("a whole number"));

  coverage->payer = g_strdup (payer);
  coverage->member_id = g_strdup (billing_fhir_get_text (self, self->resource, "subscriberId"));
  coverage->plan = g_strdup (get_plan (self));
  coverage->precedence = precedence;
  coverage->status = g_strdup (status != NULL ? status : "active");
  coverage->starts_on = billing_fhir_get_day (self, period, "start");
  coverage->ends_on = billing_fhir_get_day (self, period, "end");

  billing_fhir_refer (self, payor, &billing_fhir_payer, 0, FALSE);
  if (!billing_fhir_refer (self, billing_fhir_get_object (self, self->resource, "beneficiary"),
                           &billing_fhir_patient, 0, TRUE))
    billing_fhir_complain (self, _("it names no patient"));
}

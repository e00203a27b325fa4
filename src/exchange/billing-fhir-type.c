/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir-type"

#include "config.h"

#include "billing-fhir-private.h"

#include <string.h>

/* FHIR's data types: CodeableConcept, HumanName, and lists of which one element is meant. */

/* Whoever looks at a code knows its system by this word; systems that are not here keep their URI. */
static const struct {
  const char *uri;
  const char *name;
} systems[] = {
  { "http://www.ama-assn.org/go/cpt", "CPT" },
  { "urn:oid:2.16.840.1.113883.6.12", "CPT" },
  { "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "HCPCS" },
  { "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "HCPCS" },
  { "http://terminology.hl7.org/CodeSystem/HCPCS", "HCPCS" },
  { "urn:oid:2.16.840.1.113883.6.285", "HCPCS" },
  { "http://hl7.org/fhir/sid/cvx", "CVX" },
  { "urn:oid:2.16.840.1.113883.12.292", "CVX" },
  { "http://snomed.info/sct", "SNOMED CT" },
  { "urn:oid:2.16.840.1.113883.6.96", "SNOMED CT" },
};

static guint
find_system (const char *uri)
{
  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    {
      if (g_strcmp0 (uri, systems[i].uri) == 0)
        return i;
    }

  return G_N_ELEMENTS (systems);
}

/**
 * billing_fhir_get_concept_text:
 * @self: a reading
 * @concept: (nullable): a CodeableConcept
 *
 * Returns: (nullable): it in words: its text, or the first coding's
 */
const char *
billing_fhir_get_concept_text (BillingFhirReading *self,
                               JsonObject         *concept)
{
  const char *text = billing_fhir_get_text (self, concept, "text");
  guint n = text == NULL ? billing_fhir_get_length (self, concept, "coding") : 0;

  for (guint i = 0; i < n && text == NULL; i++)
    text = billing_fhir_get_text (self, billing_fhir_get_element (self, concept, "coding", i), "display");

  return text;
}

/**
 * billing_fhir_concept_has:
 * @self: a reading
 * @concept: (nullable): a CodeableConcept
 * @codes: (array zero-terminated=1): codes, or the ends of them
 *
 * Code systems of payers put their own prefix before the words that all share
 * (`https://bluebutton.cms.gov/…/line_coinsrnc_amt`).
 *
 * Returns: whether one of its codings has one of @codes
 */
gboolean
billing_fhir_concept_has (BillingFhirReading *self,
                          JsonObject         *concept,
                          const char * const *codes)
{
  guint n = billing_fhir_get_length (self, concept, "coding");

  for (guint i = 0; i < n; i++)
    {
      const char *code = billing_fhir_get_text (self, billing_fhir_get_element (self, concept, "coding", i), "code");
      const char *last = code != NULL ? strrchr (code, '/') : NULL;

      if (code != NULL && g_strv_contains (codes, last != NULL ? last + 1 : code))
        return TRUE;
    }

  return FALSE;
}

static guint
find_best_coding (BillingFhirReading *self,
                  JsonObject         *concept,
                  guint               n)
{
  guint best = 0;
  guint best_system = G_MAXUINT;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *coding = billing_fhir_get_element (self, concept, "coding", i);
      guint system = find_system (billing_fhir_get_text (self, coding, "system"));

      if (billing_fhir_get_text (self, coding, "code") != NULL && system < best_system)
        {
          best = i;
          best_system = system;
        }
    }

  return best;
}

/**
 * billing_fhir_add_codes:
 * @self: a reading
 * @part: to which they belong
 * @concept: (nullable): a CodeableConcept
 * @units: how many of what it says were done
 * @amount: minor units charged for all of them, 0: not said
 *
 * Adds every coding, each with its system. They are translations of one another, so that only the best of them (CPT
 * before HCPCS, CVX, SNOMED CT and others) carries the amount.
 */
void
billing_fhir_add_codes (BillingFhirReading *self,
                        BillingImportPart  *part,
                        JsonObject         *concept,
                        gint64              units,
                        gint64              amount)
{
  guint n = billing_fhir_get_length (self, concept, "coding");
  guint best = find_best_coding (self, concept, n);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *coding = billing_fhir_get_element (self, concept, "coding", i);
      const char *code = billing_fhir_get_text (self, coding, "code");
      const char *uri = billing_fhir_get_text (self, coding, "system");
      const char *display = billing_fhir_get_text (self, coding, "display");
      guint system = find_system (uri);
      BillingTreatmentCode *record;

      if (code == NULL)
        continue;

      record = billing_treatment_code_new ();
      record->system = g_strdup (system < G_N_ELEMENTS (systems) ? systems[system].name : uri != NULL ? uri : "");
      record->code = g_strdup (code);
      record->display = g_strdup (display != NULL ? display : billing_fhir_get_text (self, concept, "text"));
      record->units = units;
      record->amount = i == best ? amount : 0;
      g_ptr_array_add (part->codes, record);
    }
}

static void
append_words (BillingFhirReading *self,
              GString            *out,
              JsonObject         *name,
              const char         *member)
{
  guint n = billing_fhir_get_length (self, name, member);

  for (guint i = 0; i < n; i++)
    {
      const char *word = billing_fhir_get_string (self, name, member, i);

      if (word != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", word);
    }
}

/**
 * billing_fhir_join_name:
 * @self: a reading
 * @name: (nullable): a HumanName
 * @whole: with what stands before it (Dr.) and behind (MD)
 *
 * Returns: (transfer full) (nullable): the name as one would say it
 */
char *
billing_fhir_join_name (BillingFhirReading *self,
                        JsonObject         *name,
                        gboolean            whole)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *family = billing_fhir_get_text (self, name, "family");
  const char *text = billing_fhir_get_text (self, name, "text");

  if (whole)
    append_words (self, out, name, "prefix");
  append_words (self, out, name, "given");
  if (family != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", family);
  if (family == NULL && billing_fhir_get_length (self, name, "given") == 0 && text != NULL)
    g_string_assign (out, text);
  else if (whole)
    append_words (self, out, name, "suffix");

  g_strstrip (out->str);
  return *out->str != '\0' ? g_strdup (out->str) : NULL;
}

/**
 * billing_fhir_choose:
 * @self: a reading
 * @object: an object
 * @name: one of its members, a list of objects with a `use`
 * @uses: (array zero-terminated=1): the uses, best first; an empty one stands for no use
 *
 * Returns: (nullable): the element of the best use; without any of @uses the first
 */
JsonObject *
billing_fhir_choose (BillingFhirReading *self,
                     JsonObject         *object,
                     const char         *name,
                     const char * const *uses)
{
  guint n = billing_fhir_get_length (self, object, name);

  for (guint u = 0; uses[u] != NULL; u++)
    {
      for (guint i = 0; i < n; i++)
        {
          JsonObject *element = billing_fhir_get_element (self, object, name, i);
          const char *use = billing_fhir_get_text (self, element, "use");

          if (element != NULL && g_str_equal (use != NULL ? use : "", uses[u]))
            return element;
        }
    }

  return billing_fhir_get_element (self, object, name, 0);
}

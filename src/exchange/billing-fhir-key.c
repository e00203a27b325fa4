/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir-key"

#include "config.h"

#include "billing-fhir-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * By which names a resource is known, and by which it refers to others (FHIR R4, 2.3.0 References, 3.1.0.11
 * conditional references, 2.36.4 resolving references in Bundles).
 */

static const char * const patient_types[] = { "Patient", NULL };
static const char * const location_types[] = { "Location", "Organization", NULL };
static const char * const physician_types[] = { "Practitioner", NULL };
static const char * const encounter_types[] = { "Encounter", NULL };
static const char * const claim_types[] = { "Claim", NULL };
static const char * const coverage_types[] = { "Coverage", NULL };
static const char * const payer_types[] = { "Organization", NULL };

const BillingFhirTarget billing_fhir_patient = { "patient_id", "patients", patient_types };
const BillingFhirTarget billing_fhir_location = { "location_id", "locations", location_types };
const BillingFhirTarget billing_fhir_physician = { "physician_id", "physicians", physician_types };
const BillingFhirTarget billing_fhir_encounter = { "treatment_id", "treatments", encounter_types };
const BillingFhirTarget billing_fhir_claim = { "treatment_id", "claims", claim_types };
const BillingFhirTarget billing_fhir_coverage = { "coverage_id", "coverages", coverage_types };
const BillingFhirTarget billing_fhir_payer = { "payer", "insurers", payer_types };

static gboolean
is_url (const char *text)
{
  return g_ascii_strncasecmp (text, "http://", 7) == 0 || g_ascii_strncasecmp (text, "https://", 8) == 0;
}

/* Another version of a thing is the same thing. */
static char *
drop_version (const char *url)
{
  const char *history = strstr (url, "/_history/");
  char *result = history != NULL ? g_strndup (url, (gsize) (history - url)) : g_strdup (url);
  gsize length = strlen (result);

  while (length > 0 && result[length - 1] == '/')
    result[--length] = '\0';

  return result;
}

/* The `Patient/123` at the end of an address, and where it begins. */
static const char *
find_relative (const char *url)
{
  const char *id = strrchr (url, '/');
  const char *type = id;

  if (id == NULL || id == url || id[1] == '\0')
    return NULL;

  while (type > url && type[-1] != '/')
    type--;

  return g_ascii_isupper (*type) ? type : NULL;
}

static char *
make_identifier_key (const char *type,
                     const char *system,
                     const char *value)
{
  return g_strdup_printf ("%s?identifier=%s|%s", type, system, value);
}

static void
add_full_url (BillingFhirReading *self,
              const char         *full_url)
{
  g_autofree char *url = NULL;
  const char *relative;

  if (full_url == NULL)
    return;
  if (!is_url (full_url))
    {
      billing_import_item_add_key (self->item, BILLING_IMPORT_STRENGTH_URN, g_ascii_strdown (full_url, -1));
      return;
    }

  url = drop_version (full_url);
  relative = find_relative (url);
  if (relative != NULL && relative > url)
    self->base = g_strndup (url, (gsize) (relative - url));

  billing_import_item_add_key (self->item, BILLING_IMPORT_STRENGTH_URL, g_steal_pointer (&url));
}

/* PUT Patient/123 names what it writes, also where the resource itself does not. */
static void
add_request (BillingFhirReading *self,
             JsonObject         *request)
{
  const char *method = billing_fhir_get_text (self, request, "method");
  const char *url = billing_fhir_get_text (self, request, "url");

  if (g_strcmp0 (method, "PUT") == 0 && url != NULL && strchr (url, '?') == NULL && !is_url (url) &&
      find_relative (url) == url)
    billing_import_item_add_key (self->item, BILLING_IMPORT_STRENGTH_ID, drop_version (url));
}

static void
add_identifiers (BillingFhirReading *self)
{
  guint n = billing_fhir_get_length (self, self->resource, "identifier");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *identifier = billing_fhir_get_element (self, self->resource, "identifier", i);
      const char *system = billing_fhir_get_text (self, identifier, "system");
      const char *value = billing_fhir_get_text (self, identifier, "value");

      if (value == NULL || g_strcmp0 (billing_fhir_get_text (self, identifier, "use"), "old") == 0)
        continue;

      billing_import_item_add_key (self->item, BILLING_IMPORT_STRENGTH_IDENTIFIER,
                                   make_identifier_key (self->item->type, system != NULL ? system : "", value));

      /* A search for a value alone finds it in any system. */
      if (system != NULL)
        billing_import_item_add_key (self->item, BILLING_IMPORT_STRENGTH_WEAK,
                                     make_identifier_key (self->item->type, "", value));
    }
}

/**
 * billing_fhir_add_keys:
 * @self: a reading
 * @full_url: (nullable): of the entry
 * @request: (nullable): of the entry
 *
 * Gives the item the names by which files speak of it.
 */
void
billing_fhir_add_keys (BillingFhirReading *self,
                       const char         *full_url,
                       JsonObject         *request)
{
  const char *id = billing_fhir_get_text (self, self->resource, "id");

  add_full_url (self, full_url);
  if (self->outer == self->resource && id != NULL)
    billing_import_item_add_key (self->item, BILLING_IMPORT_STRENGTH_ID,
                                 g_strdup_printf ("%s/%s", self->item->type, id));
  add_request (self, request);
  add_identifiers (self);

  /* Nothing names it: it is what it says. */
  if (self->item->keys->len == 0 && self->item->raw != NULL)
    {
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->item->raw);

      billing_import_item_add_key (self->item, BILLING_IMPORT_STRENGTH_URN,
                                   g_strdup_printf ("sha256:%s", digest));
    }
}

typedef struct {
  const BillingFhirTarget *target;
  guint ordinal;
  gboolean required;
  const char *shown;
  int rank;
} Way;

static void
add_way (BillingFhirReading *self,
         Way                *way,
         char               *key)
{
  BillingImportReference reference = {
    .role = way->target->role,
    .ordinal = (int) way->ordinal,
    .rank = way->rank++,
    .kind = way->target->kind,
    .required = way->required,
    .key = key,
    .shown = g_strdup (way->shown),
  };

  billing_import_item_add_reference (self->item, reference);
}

static gboolean
fits (const BillingFhirTarget *target,
      const char              *relative)
{
  for (guint i = 0; target->types[i] != NULL; i++)
    {
      gsize length = strlen (target->types[i]);

      if (strncmp (relative, target->types[i], length) == 0 &&
          (relative[length] == '/' || relative[length] == '?'))
        return TRUE;
    }

  return FALSE;
}

static gboolean
refer_by_url (BillingFhirReading *self,
              Way                *way,
              const char         *text)
{
  g_autofree char *url = drop_version (text);
  const char *relative = find_relative (url);

  if (relative != NULL && !fits (way->target, relative))
    return FALSE;

  add_way (self, way, g_strdup (url));
  if (relative != NULL)
    add_way (self, way, g_strdup (relative));
  return TRUE;
}

static gboolean
refer_by_urn (BillingFhirReading *self,
              Way                *way,
              const char         *text)
{
  g_autofree char *urn = g_ascii_strdown (text, -1);

  /* A bulk export of the same server knows the same thing as Patient/UUID. */
  if (g_str_has_prefix (urn, "urn:uuid:"))
    {
      const char *uuid = urn + strlen ("urn:uuid:");

      add_way (self, way, g_strdup (urn));
      for (guint i = 0; way->target->types[i] != NULL; i++)
        add_way (self, way, g_strdup_printf ("%s/%s", way->target->types[i], uuid));
      return TRUE;
    }

  add_way (self, way, g_steal_pointer (&urn));
  return TRUE;
}

static gboolean
refer_by_query (BillingFhirReading *self,
                Way                *way,
                const char         *text)
{
  g_autofree char *plain = g_uri_unescape_string (text, NULL);
  const char *query = plain != NULL ? strstr (plain, "?identifier=") : NULL;

  if (query == NULL || !fits (way->target, plain))
    return FALSE;

  if (strchr (query, '|') == NULL)
    {
      g_autofree char *type = g_strndup (plain, (gsize) (query - plain));

      add_way (self, way, make_identifier_key (type, "", query + strlen ("?identifier=")));
      return TRUE;
    }

  add_way (self, way, g_steal_pointer (&plain));
  return TRUE;
}

static gboolean
refer_by_path (BillingFhirReading *self,
               Way                *way,
               const char         *text)
{
  g_autofree char *path = drop_version (text[0] == '/' ? text + 1 : text);

  if (!fits (way->target, path))
    return FALSE;

  if (self->base != NULL)
    add_way (self, way, g_strconcat (self->base, path, NULL));
  add_way (self, way, g_steal_pointer (&path));
  return TRUE;
}

static JsonObject *
find_contained (BillingFhirReading *self,
                const char         *id)
{
  guint n = billing_fhir_get_length (self, self->outer, "contained");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *contained = billing_fhir_get_element (self, self->outer, "contained", i);

      if (g_strcmp0 (billing_fhir_get_text (self, contained, "id"), id) == 0)
        return contained;
    }

  return NULL;
}

static gboolean
refer_inside (BillingFhirReading *self,
              Way                *way,
              const char         *text)
{
  JsonObject *contained = find_contained (self, text + 1);
  BillingImportKey *own = self->item->keys->len > 0 ? self->item->keys->pdata[0] : NULL;

  if (contained == NULL || own == NULL)
    return FALSE;

  if (self->contained != NULL && !g_ptr_array_find (self->contained, contained, NULL))
    g_ptr_array_add (self->contained, contained);
  if (way->target == &billing_fhir_coverage)
    add_way (self, way, billing_fhir_coverage_key (self, contained));
  else
    add_way (self, way, g_strconcat (own->key, text, NULL));
  return TRUE;
}

static gboolean
refer_by_identifier (BillingFhirReading *self,
                     Way                *way,
                     JsonObject         *identifier)
{
  const char *system = billing_fhir_get_text (self, identifier, "system");
  const char *value = billing_fhir_get_text (self, identifier, "value");

  if (value == NULL)
    return FALSE;

  for (guint i = 0; way->target->types[i] != NULL; i++)
    add_way (self, way, make_identifier_key (way->target->types[i], system != NULL ? system : "", value));
  return TRUE;
}

/**
 * billing_fhir_refer:
 * @self: a reading
 * @reference: (nullable): an element of the type Reference
 * @target: what it has to lead to
 * @ordinal: for which part
 * @required: whether the item has to wait for it
 *
 * Adds the ways in which what is referred to may be found, wherever it stands.
 *
 * Returns: whether it refers to something of the right type
 */
gboolean
billing_fhir_refer (BillingFhirReading      *self,
                    JsonObject              *reference,
                    const BillingFhirTarget *target,
                    guint                    ordinal,
                    gboolean                 required)
{
  const char *text = billing_fhir_get_text (self, reference, "reference");
  JsonObject *identifier = billing_fhir_get_object (self, reference, "identifier");
  g_autofree char *shown = NULL;
  Way way = { target, ordinal, required, NULL, 0 };
  gboolean found = FALSE;

  if (text == NULL && identifier == NULL)
    return FALSE;

  shown = text != NULL ? g_strdup (text)
                       : make_identifier_key (target->types[0], "", billing_fhir_get_text (self, identifier, "value"));
  way.shown = shown;

  if (text != NULL && text[0] == '#')
    found = refer_inside (self, &way, text);
  else if (text != NULL && is_url (text))
    found = refer_by_url (self, &way, text);
  else if (text != NULL && g_ascii_strncasecmp (text, "urn:", 4) == 0)
    found = refer_by_urn (self, &way, text);
  else if (text != NULL && strchr (text, '?') != NULL)
    found = refer_by_query (self, &way, text);
  else if (text != NULL)
    found = refer_by_path (self, &way, text);

  if (identifier != NULL)
    found = refer_by_identifier (self, &way, identifier) || found;

  return found;
}

/**
 * billing_fhir_coverage_key:
 * @self: a reading of the resource that contains it
 * @coverage: a contained Coverage
 *
 * A contained Coverage has no name outside of what contains it, and every ExplanationOfBenefit repeats it: it is known by what
 * it says.
 *
 * Returns: (transfer full): the key
 */
char *
billing_fhir_coverage_key (BillingFhirReading *self,
                           JsonObject         *coverage)
{
  JsonObject *beneficiary = billing_fhir_get_object (self, coverage, "beneficiary");
  JsonObject *payor = billing_fhir_get_element (self, coverage, "payor", 0);
  const char *parts[] = {
    billing_fhir_get_text (self, beneficiary, "reference"),
    billing_fhir_get_text (self, payor, "reference"),
    billing_fhir_get_text (self, payor, "display"),
    billing_fhir_get_text (self, coverage, "subscriberId"),
    billing_fhir_get_concept_text (self, billing_fhir_get_object (self, coverage, "type")),
  };
  GString *key = g_string_new ("Coverage");

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (key, "~%s", parts[i] != NULL ? parts[i] : "");

  return g_string_free (key, FALSE);
}

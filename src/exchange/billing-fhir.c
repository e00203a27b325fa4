/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir"

#include "config.h"

#include "billing-fhir.h"

#include <glib/gi18n-lib.h>

#include "billing-exchange-error.h"
#include "billing-fhir-private.h"
#include "billing-json-scanner.h"

/* From the entries of a file to items, one at a time. */

static const struct {
  const char *type;
  BillingFhirFunc read;
  gboolean waits; /* it refers to what it cannot be without, and may have to wait for it */
} resources[] = {
  { "Patient", billing_fhir_patient_read, FALSE },
  { "Practitioner", billing_fhir_practitioner_read, FALSE },
  { "Organization", billing_fhir_organization_read, FALSE },
  { "Location", billing_fhir_location_read, FALSE },
  { "Coverage", billing_fhir_coverage_read, TRUE },
  { "Encounter", billing_fhir_encounter_read, TRUE },
  { "Procedure", billing_fhir_procedure_read, TRUE },
  { "Immunization", billing_fhir_immunization_read, TRUE },
  { "ChargeItem", billing_fhir_charge_item_read, TRUE },
  { "Claim", billing_fhir_claim_read, TRUE },
  { "ExplanationOfBenefit", billing_fhir_benefit_read, TRUE },
  { "CoverageEligibilityResponse", billing_fhir_eligibility_read, TRUE },
};

typedef struct {
  const BillingFhirPractice *practice;
  const BillingImportSink *sink;
  gpointer data;
  guint64 entry;
  GBytes *raw; /* (not owned): the entry as it stands in the file */
} Reader;

typedef struct {
  JsonObject *resource;
  JsonObject *outer;
  const char *full_url; /* (nullable) */
  JsonObject *request;  /* (nullable) */
  const char *base;     /* (nullable): of what contains it */
  const char *key;      /* (nullable): of what is contained */
} Entry;

static gboolean read_resource (Reader *self, Entry *entry, GError **error);

static const char *
peek_text (JsonObject *object,
           const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
    ? json_node_get_string (node) : NULL;
}

static JsonObject *
peek_object (JsonObject *object,
             const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
find_type (const char *type)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (resources) && !g_str_equal (resources[i].type, type))
    i++;

  return i;
}

static void
read_meta (BillingFhirReading *reading)
{
  JsonObject *meta = billing_fhir_get_object (reading, reading->resource, "meta");

  reading->item->version = g_strdup (billing_fhir_get_text (reading, meta, "versionId"));
  billing_fhir_get_instant (reading, meta, "lastUpdated", &reading->item->updated_at);
}

static gboolean
read_contained (Reader              *self,
                BillingFhirReading  *reading,
                GError             **error)
{
  for (guint i = 0; i < reading->contained->len; i++)
    {
      JsonObject *contained = reading->contained->pdata[i];
      const char *type = peek_text (contained, "resourceType");
      BillingImportKey *outer_key = reading->item->keys->pdata[0];
      const char *id = peek_text (contained, "id");
      g_autofree char *key = NULL;
      Entry entry = { .resource = contained, .outer = reading->outer, .base = reading->base };

      if (type == NULL || id == NULL || find_type (type) == G_N_ELEMENTS (resources))
        continue;

      key = g_str_equal (type, "Coverage") ? billing_fhir_coverage_key (reading, contained)
                                           : g_strdup_printf ("%s#%s", outer_key->key, id);
      entry.key = key;
      if (!read_resource (self, &entry, error))
        return FALSE;
    }

  return TRUE;
}

/* What it says besides is as new as itself. */
static gboolean
hand_over_more (Reader              *self,
                BillingFhirReading  *reading,
                GError             **error)
{
  for (guint i = 0; reading->more != NULL && i < reading->more->len; i++)
    {
      BillingImportItem *item = reading->more->pdata[i];

      item->updated_at = reading->item->updated_at;
      item->version = g_strdup (reading->item->version);
      if (!self->sink->item (self->data, self->entry, item, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
hand_over (Reader              *self,
           BillingFhirReading  *reading,
           GError             **error)
{
  BillingImportItem *item = reading->item;

  if (reading->problem != NULL)
    return self->sink->problem (self->data, self->entry, item->type, item->what, reading->problem, error);

  return self->sink->item (self->data, self->entry, item, error) &&
         hand_over_more (self, reading, error) &&
         (reading->contained == NULL || read_contained (self, reading, error));
}

static void
begin_item (Reader             *self,
            BillingFhirReading *reading,
            Entry              *entry)
{
  const char *type = peek_text (entry->resource, "resourceType");
  const char *id = peek_text (entry->resource, "id");
  g_autofree char *what = id != NULL ? g_strdup_printf ("%s/%s", type, id) : g_strdup (type);

  reading->item = billing_import_item_new (type, what);
  reading->item->raw = g_bytes_ref (self->raw);
  reading->base = g_strdup (entry->base);
  if (entry->outer == entry->resource)
    reading->contained = g_ptr_array_new ();
  if (entry->key != NULL)
    billing_import_item_add_key (reading->item, BILLING_IMPORT_STRENGTH_ID, g_strdup (entry->key));
}

static gboolean
read_used (Reader  *self,
           Entry   *entry,
           guint    type,
           GError **error)
{
  BillingFhirReading reading = {
    .practice = self->practice,
    .resource = entry->resource,
    .outer = entry->outer,
  };
  g_autoptr (BillingImportItem) item = NULL;
  gboolean ok;

  begin_item (self, &reading, entry);
  item = reading.item;
  billing_fhir_add_keys (&reading, entry->full_url, entry->request);
  read_meta (&reading);
  resources[type].read (&reading);
  if (!resources[type].waits)
    g_clear_pointer (&item->raw, g_bytes_unref);

  ok = hand_over (self, &reading, error);

  g_clear_pointer (&reading.more, g_ptr_array_unref);
  g_clear_pointer (&reading.contained, g_ptr_array_unref);
  g_free (reading.problem);
  g_free (reading.base);
  return ok;
}

static gboolean
complain (Reader      *self,
          const char  *text,
          GError     **error)
{
  return self->sink->problem (self->data, self->entry, NULL, NULL, text, error);
}

static gboolean
read_entry (Reader      *self,
            JsonObject  *object,
            GError     **error)
{
  JsonObject *request = peek_object (object, "request");
  Entry entry = {
    .resource = peek_object (object, "resource"),
    .full_url = peek_text (object, "fullUrl"),
    .request = request,
  };

  if (peek_text (object, "resourceType") != NULL)
    entry = (Entry) { .resource = object };
  entry.outer = entry.resource;

  if (entry.resource != NULL)
    return read_resource (self, &entry, error);
  if (json_object_has_member (object, "resource"))
    return complain (self, _("its “resource” is no object"), error);
  if (request != NULL || json_object_has_member (object, "response"))
    return self->sink->unused (self->data, peek_text (request, "method") != NULL ? peek_text (request, "method") : "response", error);

  return complain (self, _("it is no FHIR resource"), error);
}

/* A Bundle inside a Bundle. The scanner has seen to it that these cannot nest without end. */
static gboolean
read_bundle (Reader      *self,
             JsonObject  *bundle,
             GError     **error)
{
  JsonNode *node = json_object_get_member (bundle, "entry");
  JsonArray *entries;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return complain (self, _("the “entry” of its Bundle is no list"), error);

  entries = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonNode *element = json_array_get_element (entries, i);

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          if (!complain (self, _("it is no FHIR resource"), error))
            return FALSE;
          continue;
        }
      if (!read_entry (self, json_node_get_object (element), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_resource (Reader  *self,
               Entry   *entry,
               GError **error)
{
  const char *type = peek_text (entry->resource, "resourceType");
  guint i;

  if (type == NULL || *type == '\0')
    return complain (self, _("it is no FHIR resource: it has no “resourceType”"), error);
  if (g_str_equal (type, "Bundle"))
    return read_bundle (self, entry->resource, error);

  i = find_type (type);
  if (i == G_N_ELEMENTS (resources))
    return self->sink->unused (self->data, type, error);

  return read_used (self, entry, i, error);
}

static gboolean
read_text (Reader      *self,
           GBytes      *text,
           GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);
  g_autofree char *kept = billing_fhir_keep_numbers (bytes, length);
  JsonNode *root;

  if (!json_parser_load_from_data (parser, kept, -1, NULL))
    return complain (self, _("it is no JSON"), error);

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return complain (self, _("it is no FHIR resource"), error);

  self->raw = text;
  return read_entry (self, json_node_get_object (root), error);
}

gboolean
billing_fhir_read (GInputStream               *stream,
                   const BillingFhirPractice  *practice,
                   const BillingImportSink    *sink,
                   gpointer                    data,
                   GCancellable               *cancellable,
                   GError                    **error)
{
  g_autoptr (BillingJsonScanner) scanner = billing_json_scanner_new (stream);
  Reader self = { .practice = practice, .sink = sink, .data = data };

  for (;;)
    {
      g_autoptr (GBytes) entry = NULL;
      g_autoptr (GError) local = NULL;
      BillingJsonPlace place = { 0 };
      gboolean ok = billing_json_scanner_next (scanner, &entry, &place, cancellable, &local);

      self.entry = place.entry;
      if (sink->progress != NULL)
        sink->progress (data, place.offset, place.entry);

      if (!ok && !g_error_matches (local, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!ok && !complain (&self, local->message, error))
        return FALSE;
      if (ok && entry == NULL)
        return TRUE;
      if (ok && !read_text (&self, entry, error))
        return FALSE;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir-node"

#include "config.h"

#include "billing-fhir-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-day.h"
#include "billing-money.h"

/*
 * Members of FHIR's JSON. A member that is absent, null or empty is simply not there; one of the wrong type is the
 * entry's problem, of which the first is told.
 */

#define NUMBER_MARK '\001'
#define MAX_PLAIN_DIGITS 18

/* What no treatment costs; so that no sum of amounts can be larger than what can be kept. */
#define MAX_MINOR G_GINT64_CONSTANT (1000000000000)

static gsize
measure_number (const char *at,
                const char *end)
{
  const char *p = at;

  while (p < end && strchr ("+-.eE0123456789", *p) != NULL)
    p++;

  return (gsize) (p - at);
}

static void
append_number (GString    *out,
               const char *at,
               gsize       length)
{
  gboolean plain = length <= MAX_PLAIN_DIGITS;

  for (gsize i = 0; i < length && plain; i++)
    plain = g_ascii_isdigit (at[i]) || at[i] == '-';

  if (plain)
    g_string_append_len (out, at, (gssize) length);
  else
    g_string_append_printf (out, "\"\\u0001%.*s\"", (int) length, at);
}

char *
billing_fhir_keep_numbers (const char *json,
                           gsize       length)
{
  GString *out = g_string_sized_new (length + 64);
  const char *end = json + length;
  gboolean in_text = FALSE;

  for (const char *p = json; p < end;)
    {
      const char *start = p;

      if (!in_text && (*p == '-' || g_ascii_isdigit (*p)))
        {
          p += measure_number (p, end);
          append_number (out, start, (gsize) (p - start));
          continue;
        }

      if (*p == '"')
        in_text = !in_text;
      else if (in_text && *p == '\\' && p + 1 < end)
        p++;
      p++;
      g_string_append_len (out, start, p - start);
    }

  return g_string_free (out, FALSE);
}

/**
 * billing_fhir_complain:
 * @self: a reading
 * @format: a sentence for people
 *
 * Says why the entry does not come in. The first reason stands.
 */
void
billing_fhir_complain (BillingFhirReading *self,
                       const char         *format,
                       ...)
{
  va_list values;

  if (self->problem != NULL)
    return;

  va_start (values, format);
  self->problem = g_strdup_vprintf (format, values);
  va_end (values);
}

static void
complain_type (BillingFhirReading *self,
               const char         *name,
               const char         *expected)
{
  billing_fhir_complain (self, _("“%s” should be %s, and is something else"), name, expected);
}

static JsonNode *
get_member (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static const char *
read_text (BillingFhirReading *self,
           JsonNode           *node,
           const char         *name)
{
  const char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);

  if (text == NULL || *text == NUMBER_MARK)
    {
      complain_type (self, name, _("a text"));
      return NULL;
    }

  return *text != '\0' ? text : NULL;
}

const char *
billing_fhir_get_text (BillingFhirReading *self,
                       JsonObject         *object,
                       const char         *name)
{
  return read_text (self, get_member (object, name), name);
}

gboolean
billing_fhir_get_boolean (BillingFhirReading *self,
                          JsonObject         *object,
                          const char         *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      complain_type (self, name, _("true or false"));
      return FALSE;
    }

  return json_node_get_boolean (node);
}

JsonObject *
billing_fhir_get_object (BillingFhirReading *self,
                         JsonObject         *object,
                         const char         *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      complain_type (self, name, _("an object"));
      return NULL;
    }

  return json_node_get_object (node);
}

guint
billing_fhir_get_length (BillingFhirReading *self,
                         JsonObject         *object,
                         const char         *name)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL)
    return 0;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      complain_type (self, name, _("a list"));
      return 0;
    }

  return json_array_get_length (json_node_get_array (node));
}

JsonObject *
billing_fhir_get_element (BillingFhirReading *self,
                          JsonObject         *object,
                          const char         *name,
                          guint               i)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || i >= json_array_get_length (json_node_get_array (node)))
    return NULL;

  node = json_array_get_element (json_node_get_array (node), i);
  if (JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      complain_type (self, name, _("a list of objects"));
      return NULL;
    }

  return json_node_get_object (node);
}

const char *
billing_fhir_get_string (BillingFhirReading *self,
                         JsonObject         *object,
                         const char         *name,
                         guint               i)
{
  JsonNode *node = get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || i >= json_array_get_length (json_node_get_array (node)))
    return NULL;

  return read_text (self, json_array_get_element (json_node_get_array (node), i), name);
}

/**
 * billing_fhir_get_number:
 * @self: a reading
 * @object: (nullable): an object
 * @name: one of its members
 * @digits: where an integer is written
 *
 * Returns: (nullable): the number as it stands in the file, never rounded
 */
const char *
billing_fhir_get_number (BillingFhirReading *self,
                         JsonObject         *object,
                         const char         *name,
                         char                digits[32])
{
  JsonNode *node = get_member (object, name);

  if (node == NULL)
    return NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      g_snprintf (digits, 32, "%" G_GINT64_FORMAT, json_node_get_int (node));
      return digits;
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      *json_node_get_string (node) == NUMBER_MARK)
    return json_node_get_string (node) + 1;

  complain_type (self, name, _("a number"));
  return NULL;
}

/**
 * billing_fhir_get_money:
 * @self: a reading
 * @object: (nullable): an object
 * @name: its member of the type Money
 * @minor: (out): the amount in minor units, rounded half to even
 *
 * An amount in another currency than the practice's is a problem: the books never mix currencies.
 *
 * Returns: whether there is one
 */
gboolean
billing_fhir_get_money (BillingFhirReading *self,
                        JsonObject         *object,
                        const char         *name,
                        gint64             *minor)
{
  JsonObject *money = billing_fhir_get_object (self, object, name);
  const char *currency = billing_fhir_get_text (self, money, "currency");
  const char *number;
  char digits[32];
  BillingMoney amount;
  g_autoptr (GError) error = NULL;

  number = money != NULL ? billing_fhir_get_number (self, money, "value", digits) : NULL;
  if (number == NULL)
    return FALSE;

  if (currency != NULL && g_ascii_strcasecmp (currency, self->practice->currency) != 0)
    {
      billing_fhir_complain (self, _("its amounts are in %s, and the practice's currency is %s"),
                             currency, self->practice->currency);
      return FALSE;
    }
  if (!billing_money_parse_plain (number, self->practice->currency, TRUE, &amount, &error))
    {
      billing_fhir_complain (self, _("“%s”: %s"), name, error->message);
      return FALSE;
    }

  if (amount.minor > MAX_MINOR || amount.minor < -MAX_MINOR)
    {
      billing_fhir_complain (self, _("“%s” is too large to be an amount of a treatment: %s"), name, number);
      return FALSE;
    }

  *minor = amount.minor;
  return TRUE;
}

/**
 * billing_fhir_get_day:
 * @self: a reading
 * @object: (nullable): an object
 * @name: its member of the type date
 *
 * Returns: (transfer full) (nullable): the date, as precise as it is known
 */
char *
billing_fhir_get_day (BillingFhirReading *self,
                      JsonObject         *object,
                      const char         *name)
{
  const char *text = billing_fhir_get_text (self, object, name);
  g_autoptr (GError) error = NULL;
  char *day = NULL;
  gint64 instant;

  /* A period's ends may have a time, which is a day in the practice's time zone. */
  if (text != NULL && strchr (text, 'T') != NULL)
    return billing_fhir_get_instant (self, object, name, &instant)
      ? billing_day_from_instant (instant, self->practice->time_zone) : NULL;

  if (text != NULL && !billing_day_parse_partial (text, &day, &error))
    billing_fhir_complain (self, _("“%s” is no date that exists: %s"), name, text);

  return day;
}

gboolean
billing_fhir_get_instant (BillingFhirReading *self,
                          JsonObject         *object,
                          const char         *name,
                          gint64             *instant)
{
  const char *text = billing_fhir_get_text (self, object, name);
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return FALSE;
  if (!billing_instant_parse (text, self->practice->time_zone, instant, &error))
    {
      billing_fhir_complain (self, _("“%s” is no time that exists: %s"), name, text);
      return FALSE;
    }

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-record-json"

#include "config.h"

#include "billing-record-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-exchange-error.h"
#include "billing-json-scanner.h"

/*
 * Our own codec, since json-glib's leaves out what has its default, writes enumerations as numbers, and turns what it
 * cannot read into 0 without an error.
 */

static gboolean
fail (const BillingField  *field,
      const char          *problem,
      GError             **error)
{
  /* Translators: the name of a property (“due-on”), and what is wrong with it */
  g_set_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY, _("“%s” %s"),
               field->property, problem);
  return FALSE;
}

static JsonNode *
field_to_json (BillingRecord      *record,
               const BillingField *field)
{
  JsonNode *node = json_node_alloc ();

  if (field->type == G_TYPE_BOOLEAN)
    return json_node_init_boolean (node, billing_record_get_integer (record, field) != 0);
  if (field->type == G_TYPE_INT64)
    return json_node_init_int (node, billing_record_get_integer (record, field));
  if (billing_record_get_text (record, field) == NULL)
    return json_node_init_null (node);

  return json_node_init_string (node, billing_record_get_text (record, field));
}

static GType
get_value_type (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
}

static gboolean
check_nick (const BillingField  *field,
            JsonNode            *node,
            GError             **error)
{
  int value;

  if (get_value_type (node) != G_TYPE_STRING)
    return fail (field, _("is not a word in quotation marks"), error);
  if (!billing_enum_from_nick (field->get_enum (), json_node_get_string (node), &value))
    return fail (field, _("is none of the words that it can be"), error);

  return TRUE;
}

static gboolean
check_member (const BillingField  *field,
              JsonNode            *node,
              GError             **error)
{
  GType type = get_value_type (node);

  if (field->get_enum != NULL)
    return check_nick (field, node, error);
  if (field->type == G_TYPE_STRING && type != G_TYPE_STRING && !JSON_NODE_HOLDS_NULL (node))
    return fail (field, _("is not a text in quotation marks"), error);
  if (field->type == G_TYPE_BOOLEAN && type != G_TYPE_BOOLEAN)
    return fail (field, _("is neither true nor false"), error);
  if (field->type == G_TYPE_INT64 && type != G_TYPE_INT64)
    return fail (field, _("is not a whole number"), error);

  return TRUE;
}

static void
set_member (BillingRecord      *record,
            const BillingField *field,
            JsonNode           *node)
{
  if (field->get_enum != NULL)
    billing_record_set_nick (record, field, json_node_get_string (node));
  else if (field->type == G_TYPE_STRING)
    billing_record_set_text (record, field, json_node_get_string (node));
  else if (field->type == G_TYPE_BOOLEAN)
    billing_record_set_integer (record, field, json_node_get_boolean (node));
  else
    billing_record_set_integer (record, field, json_node_get_int (node));
}

static JsonNode *
find_member (JsonObject         *object,
             const BillingField *field)
{
  if (field->flags & BILLING_FIELD_SECRET)
    return NULL;

  return json_object_get_member (object, field->property);
}

/* In text that is known to be JSON, an integer ends where none of these characters follow. */
static gsize
number_length (const char *text)
{
  return strspn (text, "+-.0123456789eE");
}

static gboolean
check_number (const char  *text,
              gsize        length,
              GError     **error)
{
  g_autofree char *number = g_strndup (text, length);

  if (strpbrk (number, ".eE") != NULL || g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    return TRUE;

  g_set_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY,
               _("The number %s is larger than can be kept"), number);
  return FALSE;
}

/* json-glib wraps integers of 2⁶³ and over around, and its nodes no longer tell. */
static gboolean
check_numbers (const char  *text,
               GError     **error)
{
  gboolean in_string = FALSE;

  while (*text != '\0')
    {
      gsize length = in_string ? 0 : number_length (text);

      if (*text == '"')
        in_string = !in_string;
      else if (in_string && *text == '\\')
        text++;
      /* true, false and null hold an e */
      else if (length > 0 && *text != 'e' && !check_number (text, length, error))
        return FALSE;

      text += MAX (length, 1);
    }

  return TRUE;
}

static char *
read_object (const char  *text,
             GError     **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (BillingJsonScanner) scanner = billing_json_scanner_new (stream);
  g_autoptr (GBytes) entry = NULL;
  g_autoptr (GBytes) more = NULL;

  if (!billing_json_scanner_next (scanner, &entry, NULL, NULL, error) ||
      (entry != NULL && !billing_json_scanner_next (scanner, &more, NULL, NULL, error)))
    return NULL;

  if (entry == NULL || more != NULL)
    {
      g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT,
                           _("It is not one JSON object"));
      return NULL;
    }

  return g_strndup (g_bytes_get_data (entry, NULL), g_bytes_get_size (entry));
}

/**
 * billing_record_to_json:
 * @record: a record
 *
 * Returns: (transfer full): its JSON form, with every field that is no secret
 */
JsonNode *
billing_record_to_json (BillingRecord *record)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (!(klass->fields[i]->flags & BILLING_FIELD_SECRET))
        json_object_set_member (object, klass->fields[i]->property, field_to_json (record, klass->fields[i]));
    }

  json_node_take_object (node, object);
  return node;
}

/**
 * billing_record_from_json:
 * @record: a record
 * @node: its JSON form
 * @error: return location for a %BILLING_EXCHANGE_ERROR_ENTRY, which names the property
 *
 * Makes @record say what @node says. Members that are not there leave their field alone; members that the record does
 * not have, and those of secret fields, are passed over, so that what a later version wrote can be read. Where one
 * member is wrong, nothing is changed.
 *
 * Numbers must have been read exactly: json-glib does not do that beyond 64 bits. For text, use
 * billing_record_from_json_text().
 *
 * Returns: %FALSE with @error set
 */
gboolean
billing_record_from_json (BillingRecord  *record,
                          JsonNode       *node,
                          GError        **error)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    {
      g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY,
                           _("It is not one JSON object"));
      return FALSE;
    }

  for (guint i = 0; i < klass->n_fields; i++)
    {
      JsonNode *member = find_member (object, klass->fields[i]);

      if (member != NULL && !check_member (klass->fields[i], member, error))
        return FALSE;
    }

  g_object_freeze_notify (G_OBJECT (record));
  for (guint i = 0; i < klass->n_fields; i++)
    {
      JsonNode *member = find_member (object, klass->fields[i]);

      if (member != NULL)
        set_member (record, klass->fields[i], member);
    }
  g_object_thaw_notify (G_OBJECT (record));

  return TRUE;
}

/**
 * billing_record_from_json_text:
 * @record: a record
 * @text: its JSON form as text, from wherever
 * @error: return location for a #BillingExchangeError
 *
 * Like billing_record_from_json(), for text that nobody has looked at: it is refused where it is no JSON by RFC 8259,
 * nested beyond reason, or has integers that need more than 64 bits.
 *
 * Returns: %FALSE with @error set
 */
gboolean
billing_record_from_json_text (BillingRecord  *record,
                               const char     *text,
                               GError        **error)
{
  g_autofree char *object = read_object (text, error);
  g_autoptr (JsonNode) node = NULL;

  if (object == NULL || !check_numbers (object, error))
    return FALSE;

  node = json_from_string (object, error);
  return node != NULL && billing_record_from_json (record, node, error);
}

/**
 * billing_json_to_text:
 * @node: any JSON
 * @pretty: over several lines, for people
 *
 * json-glib leaves U+001F as it is, which no reader accepts. It can only stand in a text, so it is replaced afterwards.
 *
 * Returns: (transfer full): @node as JSON by RFC 8259
 */
char *
billing_json_to_text (JsonNode *node,
                      gboolean  pretty)
{
  g_autofree char *text = json_to_string (node, pretty);
  g_auto (GStrv) parts = NULL;

  if (strchr (text, '\x1f') == NULL)
    return g_steal_pointer (&text);

  parts = g_strsplit (text, "\x1f", -1);
  return g_strjoinv ("\\u001f", parts);
}

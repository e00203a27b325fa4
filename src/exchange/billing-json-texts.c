/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-json-texts"

#include "config.h"

#include "billing-json-texts.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "billing-exchange-error.h"

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT,
                       _("The fields are not a JSON object of texts. Nothing was changed."));
  return FALSE;
}

static gboolean
take_members (JsonObject  *object,
              GHashTable  *texts,
              GError     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (json_node_get_value_type (node) != G_TYPE_STRING)
        return fail (error);
      g_hash_table_insert (texts, g_strdup (name), g_strdup (json_node_get_string (node)));
    }

  return TRUE;
}

/**
 * billing_json_texts_parse:
 * @json: (nullable): an object whose members are texts; %NULL: one without members
 * @error: return location for %BILLING_EXCHANGE_ERROR_FORMAT
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the texts by their names
 */
GHashTable *
billing_json_texts_parse (const char  *json,
                          GError     **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;

  if (json == NULL)
    return g_steal_pointer (&texts);
  if (!json_parser_load_from_data (parser, json, -1, NULL))
    return fail (error), NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return fail (error), NULL;

  return take_members (json_node_get_object (root), texts, error) ? g_steal_pointer (&texts) : NULL;
}

/**
 * billing_json_texts_build:
 * @texts: (element-type utf8 utf8): texts by their names
 *
 * Returns: (transfer full): the JSON object that says so, its members in the order of their names
 */
char *
billing_json_texts_build (GHashTable *texts)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (texts), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_string_member (object, l->data, g_hash_table_lookup (texts, l->data));

  json_node_set_object (root, object);
  return json_to_string (root, FALSE);
}

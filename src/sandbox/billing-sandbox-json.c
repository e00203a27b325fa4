/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-json.h"

/**
 * billing_sandbox_json_parse:
 * @text: an object that this program wrote itself
 *
 * Returns: (transfer full): the object
 */
JsonObject *
billing_sandbox_json_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    g_error ("Not a JSON object: %s", error != NULL ? error->message : text);

  return json_node_dup_object (node);
}

/**
 * billing_sandbox_json_text:
 * @object: any object
 *
 * Returns: (transfer full): it, in as few characters as JSON allows
 */
char *
billing_sandbox_json_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/* json_node_copy() shares the value, which threads may not. */
static JsonNode *
copy_value (JsonNode *node)
{
  g_auto (GValue) value = G_VALUE_INIT;
  JsonNode *copy;

  if (JSON_NODE_HOLDS_NULL (node))
    return json_node_new (JSON_NODE_NULL);

  copy = json_node_new (JSON_NODE_VALUE);
  json_node_get_value (node, &value);
  json_node_set_value (copy, &value);
  return copy;
}

static JsonNode *
copy_node (JsonNode *node)
{
  JsonNode *copy;
  JsonArray *array;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, billing_sandbox_json_copy (json_node_get_object (node)));
      return copy;
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return copy_value (node);

  array = json_array_new ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    json_array_add_element (array, copy_node (json_array_get_element (json_node_get_array (node), i)));
  copy = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (copy, array);
  return copy;
}

/**
 * billing_sandbox_json_copy:
 * @object: any object
 *
 * json_node_copy() shares what is inside; this does not.
 *
 * Returns: (transfer full): a deep copy
 */
JsonObject *
billing_sandbox_json_copy (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, copy_node (node));

  return copy;
}

/**
 * billing_sandbox_json_child:
 * @object: any object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the object that @name is, or %NULL where it is none
 */
JsonObject *
billing_sandbox_json_child (JsonObject *object,
                            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gint64
billing_sandbox_json_int (JsonObject *object,
                          const char *name,
                          gint64      fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : fallback;
}

/**
 * billing_sandbox_json_string:
 * @object: any object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the text that @name is, or %NULL where it is none
 */
const char *
billing_sandbox_json_string (JsonObject *object,
                             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gboolean
billing_sandbox_json_bool (JsonObject *object,
                           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

/**
 * billing_sandbox_json_assign:
 * @target: what is changed
 * @source: where the value comes from
 * @name: a member
 *
 * Sets @name as @source has it, or leaves @target alone where @source has no such member.
 */
void
billing_sandbox_json_assign (JsonObject *target,
                             JsonObject *source,
                             const char *name)
{
  if (json_object_has_member (source, name))
    json_object_set_member (target, name, json_object_dup_member (source, name));
}

/**
 * billing_sandbox_json_before:
 * @before: an object
 * @after: the same object, changed
 *
 * Returns: (transfer full): what an event calls previous attributes: the members that differ, as
 *   they were; of an object's members (such as metadata) only those, null where there was none
 */
JsonObject *
billing_sandbox_json_before (JsonObject *before,
                             JsonObject *after)
{
  JsonObject *result = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, after);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonNode *old = json_object_get_member (before, name);

      if (old == NULL)
        json_object_set_null_member (result, name);
      else if (json_node_equal (old, node))
        continue;
      else if (JSON_NODE_HOLDS_OBJECT (old) && JSON_NODE_HOLDS_OBJECT (node))
        json_object_set_object_member (result, name,
                                       billing_sandbox_json_before (json_node_get_object (old),
                                                                    json_node_get_object (node)));
      else
        json_object_set_member (result, name, json_node_copy (old));
    }

  json_object_iter_init (&iter, before);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (!json_object_has_member (after, name))
        json_object_set_member (result, name, json_node_copy (node));
    }

  return result;
}

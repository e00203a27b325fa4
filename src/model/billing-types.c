/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-types"

#include "config.h"

#include "billing-types.h"

/**
 * billing_enum_nick:
 * @type: an enumeration of this room
 * @value: one of its values
 *
 * Gets the word under which @value is stored and exported.
 *
 * Returns: (nullable): the nick, or %NULL for a value that @type does not have
 */
const char *
billing_enum_nick (GType type,
                   int   value)
{
  /* Enumeration classes are static: they are never unloaded, so the nick outlives the reference. */
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (klass, value);

  return found != NULL ? found->value_nick : NULL;
}

/**
 * billing_enum_from_nick:
 * @type: an enumeration of this room
 * @nick: (nullable): a word
 * @value: (out): where to put the value
 *
 * Finds the value that is stored as @nick.
 *
 * Returns: whether @type has it
 */
gboolean
billing_enum_from_nick (GType       type,
                        const char *nick,
                        int        *value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  const GEnumValue *found = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  if (found == NULL)
    return FALSE;

  *value = found->value;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-form.h"

#include <string.h>

#include "billing-sandbox-json.h"

static char *
decode_text (const char *text,
             gsize       length)
{
  g_autofree char *plain = g_strndup (text, length);
  char *decoded;

  g_strdelimit (plain, "+", ' ');
  decoded = g_uri_unescape_string (plain, NULL);
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    {
      g_free (decoded);
      return g_utf8_make_valid (plain, -1);
    }

  return decoded;
}

static JsonObject *
step_into (JsonObject *object,
           const char *name)
{
  if (billing_sandbox_json_child (object, name) == NULL)
    json_object_set_object_member (object, name, json_object_new ());

  return billing_sandbox_json_child (object, name);
}

/* Nothing of Stripe's nests deeper. */
#define MAX_NESTING 8

/* "a[b][]" becomes a, b and the number of what b holds already. */
static void
set_path (JsonObject *object,
          char       *key,
          const char *value)
{
  char *bracket = strchr (key, '[');
  g_autofree char *name = g_strdup (key);
  char *rest = bracket;

  if (bracket != NULL && bracket != key)
    name[bracket - key] = '\0';
  else
    rest = NULL;

  for (guint i = 0; i < MAX_NESTING && rest != NULL && *rest == '[' && strchr (rest, ']') != NULL;
       i++)
    {
      char *end = strchr (rest, ']');

      object = step_into (object, name);
      g_free (name);
      name = g_strndup (rest + 1, end - rest - 1);
      if (*name == '\0')
        {
          g_free (name);
          name = g_strdup_printf ("%u", json_object_get_size (object));
        }
      rest = end + 1;
    }

  json_object_set_string_member (object, name, value);
}

/**
 * billing_sandbox_form_decode:
 * @text: (nullable): a body or a query as application/x-www-form-urlencoded
 *
 * Reads Stripe's nesting: "a[b]=c" is the member b of a; "a[]=b" and "a[0]=b" are both the member
 * "0" of
 * a, as only the parameter's description tells a list from a map.
 *
 * Returns: (transfer full): an object of texts and objects
 */
JsonObject *
billing_sandbox_form_decode (const char *text)
{
  g_auto (GStrv) pairs = g_strsplit (text != NULL ? text : "", "&", -1);
  JsonObject *object = json_object_new ();

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');
      g_autofree char *key = decode_text (pairs[i], strcspn (pairs[i], "="));
      const char *rest = equals != NULL ? equals + 1 : "";
      g_autofree char *value = decode_text (rest, strlen (rest));

      if (*key != '\0')
        set_path (object, key, value);
    }

  return object;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-nested.h"

#include <string.h>

#include "billing-sandbox.h"
#include "billing-sandbox-json.h"

#define DEFAULT_LIMIT 10

/* "price_data[currency]" in "line_items[0]" is "line_items[0][price_data][currency]". */
static char *
join_names (const char *outer,
            const char *inner)
{
  gsize length = strcspn (inner, "[");

  return g_strdup_printf ("%s[%.*s]%s", outer, (int) length, inner, inner + length);
}

/* Stripe names the whole parameter in the sentence too. */
static void
rename_param (JsonObject *error,
              const char *outer)
{
  const char *param = billing_sandbox_json_string (error, "param");
  g_autofree char *full = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  GString *message;

  if (param == NULL)
    return;

  full = join_names (outer, param);
  old = g_strconcat (": ", param, NULL);
  new = g_strconcat (": ", full, NULL);
  message = g_string_new (billing_sandbox_json_string (error, "message"));
  if (g_str_has_suffix (message->str, old) || strstr (message->str, "required param") != NULL)
    g_string_replace (message, old, new, 1);
  json_object_set_string_member (error, "param", full);
  json_object_set_string_member (error, "message", message->str);
  g_string_free (message, TRUE);
}

/**
 * billing_sandbox_call_leave:
 * @call: a request
 * @name: the parameter that @inner reads
 * @inner: what reads it
 *
 * Takes over what is wrong in @inner, if anything.
 *
 * Returns: whether nothing is
 */
gboolean
billing_sandbox_call_leave (BillingSandboxCall *call,
                            const char         *name,
                            BillingSandboxCall *inner)
{
  if (inner->error == NULL)
    return TRUE;

  rename_param (inner->error, name);
  billing_sandbox_fail_with (call, inner->status, g_steal_pointer (&inner->error));
  return FALSE;
}

/**
 * billing_sandbox_call_enter:
 * @call: a request
 * @name: the whole name of an object in its parameters
 * @given: that object
 * @description: the members it may have, as billing_sandbox_call_check() reads it
 * @inner: (out caller-allocates): reads the object as if it were a request's parameters
 *
 * Returns: whether its members are right; if not, @call has been answered
 */
gboolean
billing_sandbox_call_enter (BillingSandboxCall *call,
                            const char         *name,
                            JsonObject         *given,
                            const char         *description,
                            BillingSandboxCall *inner)
{
  inner->params = billing_sandbox_json_copy (given);
  billing_sandbox_call_check (inner, description);
  return billing_sandbox_call_leave (call, name, inner);
}

/**
 * billing_sandbox_call_enter_param:
 * @call: a request
 * @name: a parameter that is an object, is empty, or was not given
 * @description: the members it may have
 * @inner: (out caller-allocates): reads it
 *
 * Returns: as billing_sandbox_call_enter()
 */
gboolean
billing_sandbox_call_enter_param (BillingSandboxCall *call,
                                  const char         *name,
                                  const char         *description,
                                  BillingSandboxCall *inner)
{
  JsonObject *given = billing_sandbox_json_child (call->params, name);

  g_autoptr (JsonObject) empty = NULL;

  if (given != NULL)
    return billing_sandbox_call_enter (call, name, given, description, inner);

  empty = json_object_new ();
  if (billing_sandbox_call_has (call, name))
    return billing_sandbox_call_enter (call, name, empty, description, inner);

  inner->params = g_steal_pointer (&empty);
  return TRUE;
}

/**
 * billing_sandbox_call_drop_empty:
 * @params: parameters
 * @names: some of them, separated by spaces, that cannot be unset
 *
 * An empty value of these says nothing.
 */
void
billing_sandbox_call_drop_empty (JsonObject *params,
                                 const char *names)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (json_object_has_member (params, words[i]) &&
          json_object_get_null_member (params, words[i]))
        json_object_remove_member (params, words[i]);
    }
}

/* Returns: the place of the element whose id the parameter @param is, or -1, having answered */
static gint64
find_element (BillingSandboxCall *call,
              JsonArray          *all,
              const char         *label,
              const char         *param)
{
  const char *id = billing_sandbox_call_string (call, param);

  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *object = json_array_get_object_element (all, i);

      if (g_strcmp0 (billing_sandbox_json_string (object, "id"), id) == 0)
        return i;
    }

  billing_sandbox_fail (call, 400, "resource_missing", param, "No such %s: '%s'", label, id);
  return -1;
}

static gboolean
find_bounds (BillingSandboxCall *call,
             JsonArray          *all,
             const char         *label,
             gint64             *from,
             gint64             *to)
{
  gint64 limit = billing_sandbox_json_int (call->params, "limit", DEFAULT_LIMIT);

  if (!billing_sandbox_list_check (call))
    return FALSE;

  *from = 0;
  *to = json_array_get_length (all);
  if (billing_sandbox_call_string (call, "starting_after") != NULL)
    *from = find_element (call, all, label, "starting_after") + 1;
  if (billing_sandbox_call_string (call, "ending_before") != NULL)
    {
      *to = find_element (call, all, label, "ending_before");
      *from = MAX (*from, *to - limit);
    }
  *to = MIN (*to, *from + limit);
  return call->error == NULL;
}

/**
 * billing_sandbox_page_of:
 * @call: a request with the parameters of a page
 * @all: everything, in its order
 * @label: what "No such ..." calls one
 * @url: where the list is
 *
 * Returns: (transfer full) (nullable): the page, or %NULL having answered as Stripe does
 */
JsonObject *
billing_sandbox_page_of (BillingSandboxCall *call,
                         JsonArray          *all,
                         const char         *label,
                         const char         *url)
{
  JsonArray *data;
  JsonObject *list;
  gint64 from, to;
  gboolean back = billing_sandbox_call_string (call, "ending_before") != NULL;

  if (!find_bounds (call, all, label, &from, &to))
    return NULL;

  data = json_array_new ();
  for (gint64 i = from; i < to; i++)
    json_array_add_element (data, json_array_dup_element (all, (guint) i));

  list = json_object_new ();
  json_object_set_string_member (list, "object", "list");
  json_object_set_array_member (list, "data", data);
  json_object_set_boolean_member (list, "has_more",
                                  back ? from > 0 : to < json_array_get_length (all));
  json_object_set_string_member (list, "url", url);
  return list;
}

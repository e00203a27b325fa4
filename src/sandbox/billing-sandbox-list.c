/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include <string.h>

#include "billing-sandbox-json.h"

#define DEFAULT_LIMIT 10
#define MAX_LIMIT 100
#define EVENTS_FOR (30 * BILLING_SANDBOX_DAY)

typedef struct
{
  BillingSandbox *sandbox;
  BillingSandboxCall *call;
  BillingSandboxKind kind;
  GStrv filters;              /* (owned): "parameter" or "parameter=member" */
  BillingSandboxEntries all;  /* what may be in the list */
  guint limit;
} Query;

static gboolean
in_range (JsonObject *params,
          const char *name,
          gint64      value)
{
  JsonObject *range = billing_sandbox_json_child (params, name);

  if (!json_object_has_member (params, name))
    return TRUE;
  if (range == NULL)
    return value == billing_sandbox_json_int (params, name, value);

  return value > billing_sandbox_json_int (range, "gt", G_MININT64) &&
         value >= billing_sandbox_json_int (range, "gte", G_MININT64) &&
         value < billing_sandbox_json_int (range, "lt", G_MAXINT64) &&
         value <= billing_sandbox_json_int (range, "lte", G_MAXINT64);
}

static gboolean
matches_pattern (const char *pattern,
                 const char *value)
{
  return g_str_has_suffix (pattern, "*") ? strncmp (pattern, value, strlen (pattern) - 1) == 0
                                         : g_str_equal (pattern, value);
}

static gboolean
matches_types (JsonObject *params,
               JsonObject *object)
{
  const char *type = billing_sandbox_json_string (object, "type");
  JsonArray *types;

  if (!json_object_has_member (params, "types"))
    return TRUE;

  types = json_object_get_array_member (params, "types");
  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      if (g_str_equal (json_array_get_string_element (types, i), type))
        return TRUE;
    }

  return FALSE;
}

static const char *
member_of (const char *filter)
{
  const char *equals = strchr (filter, '=');

  return equals != NULL ? equals + 1 : filter;
}

static gboolean
matches_filters (Query      *query,
                 JsonObject *object)
{
  for (guint i = 0; query->filters[i] != NULL; i++)
    {
      g_autofree char *param = g_strndup (query->filters[i], strcspn (query->filters[i], "="));
      const char *wanted = billing_sandbox_call_string (query->call, param);
      const char *value = billing_sandbox_json_string (object, member_of (query->filters[i]));

      if (wanted != NULL && (value == NULL || !matches_pattern (wanted, value)))
        return FALSE;
    }

  return matches_types (query->call->params, object) &&
         in_range (query->call->params, "arrival_date",
                   billing_sandbox_json_int (object, "arrival_date", 0)) &&
         in_range (query->call->params, "due_date",
                   billing_sandbox_json_int (object, "due_date", 0));
}

/* Events are told for thirty days. */
static gboolean
is_there (Query               *query,
          BillingSandboxEntry *entry)
{
  return entry->kind == query->kind && !entry->deleted &&
         (entry->kind != BILLING_SANDBOX_EVENT ||
          entry->created >= billing_sandbox_now (query->sandbox) - EVENTS_FOR);
}

/* Returns: (transfer full) (nullable): the object, where it is in the list */
static JsonObject *
read_match (Query               *query,
            BillingSandboxEntry *entry)
{
  g_autoptr (JsonObject) object = NULL;

  if (!is_there (query, entry) || !in_range (query->call->params, "created", entry->created))
    return NULL;

  object = billing_sandbox_entry_read (entry);
  if (!matches_filters (query, object))
    return NULL;

  return billing_sandbox_public (g_steal_pointer (&object));
}

static void
choose_entries (Query *query)
{
  BillingSandboxStore *store = billing_sandbox_get_store (query->sandbox);
  g_auto (GStrv) indexed =
    g_strsplit (billing_sandbox_kind_info (query->kind)->indexed, " ", -1);

  for (guint i = 0; query->filters[i] != NULL; i++)
    {
      g_autofree char *param = g_strndup (query->filters[i], strcspn (query->filters[i], "="));
      const char *member = member_of (query->filters[i]);
      const char *value = billing_sandbox_call_string (query->call, param);

      if (value == NULL || g_str_has_suffix (value, "*") ||
          !g_strv_contains ((const char *const *) indexed, member))
        continue;
      query->all = billing_sandbox_store_where (store, query->kind, member, value);
      return;
    }

  query->all = billing_sandbox_store_all (store, query->kind);
}

/* Returns: the first place whose entry is not older than @sequence */
static guint
find_place (BillingSandboxEntries all,
            guint64               sequence)
{
  guint low = 0;
  guint high = all.n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (all.entries[middle]->sequence < sequence)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static BillingSandboxEntry *
find_cursor (Query      *query,
             const char *param)
{
  const char *id = billing_sandbox_call_string (query->call, param);
  BillingSandboxEntry *entry =
    billing_sandbox_store_find (billing_sandbox_get_store (query->sandbox), id);

  if (entry != NULL && entry->kind == query->kind && is_there (query, entry))
    return entry;

  return billing_sandbox_fail (query->call, 400, "resource_missing", param, "No such %s: '%s'",
                               billing_sandbox_kind_info (query->kind)->label, id);
}

/* Gathers up to limit + 1 objects from @from on, towards older or newer ones. */
static GPtrArray *
gather (Query *query,
        gint64 from,
        int    step)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (gint64 i = from; i >= 0 && i < query->all.n && objects->len <= query->limit; i += step)
    {
      JsonObject *object = read_match (query, query->all.entries[i]);

      if (object != NULL)
        g_ptr_array_add (objects, object);
    }

  return objects;
}

static GPtrArray *
read_page (Query *query)
{
  gboolean back = billing_sandbox_call_has (query->call, "ending_before");
  BillingSandboxEntry *cursor = NULL;
  gint64 from = (gint64) query->all.n - 1;

  if (back || billing_sandbox_call_has (query->call, "starting_after"))
    {
      cursor = find_cursor (query, back ? "ending_before" : "starting_after");
      if (cursor == NULL)
        return NULL;
      from = back ? (gint64) find_place (query->all, cursor->sequence + 1)
                  : (gint64) find_place (query->all, cursor->sequence) - 1;
    }

  return gather (query, from, back ? 1 : -1);
}

static JsonObject *
write_page (Query      *query,
            GPtrArray  *objects,
            const char *url)
{
  gboolean back = billing_sandbox_call_has (query->call, "ending_before");
  JsonObject *list = json_object_new ();
  JsonArray *data = json_array_new ();
  guint n = MIN (objects->len, query->limit);

  for (guint i = 0; i < n; i++)
    json_array_add_object_element (
      data, json_object_ref (g_ptr_array_index (objects, back ? n - 1 - i : i)));

  json_object_set_string_member (list, "object", "list");
  json_object_set_array_member (list, "data", data);
  json_object_set_boolean_member (list, "has_more", objects->len > query->limit);
  json_object_set_string_member (list, "url", url);
  return list;
}

static gboolean
check_page (BillingSandboxCall *call)
{
  gint64 limit = billing_sandbox_json_int (call->params, "limit", DEFAULT_LIMIT);

  if (limit < 1)
    billing_sandbox_fail (call, 400, "parameter_invalid_integer", "limit",
                          "This value must be greater than or equal to 1.");
  else if (limit > MAX_LIMIT)
    billing_sandbox_fail (call, 400, "parameter_invalid_integer", "limit",
                          "This value must be less than or equal to %d.", MAX_LIMIT);
  else if (billing_sandbox_call_string (call, "starting_after") != NULL &&
           billing_sandbox_call_string (call, "ending_before") != NULL)
    billing_sandbox_fail (call, 400, NULL, NULL,
                          "Received both starting_after and ending_before parameters. Please pass "
                          "in "
                          "only one.");

  return call->error == NULL;
}

/**
 * billing_sandbox_list:
 * @self: a sandbox
 * @call: a request with the parameters of a page
 * @kind: what is listed
 * @filters: the parameters that are compared with members, separated by spaces: "name", or
 * "name=member"
 * @url: where the list is
 *
 * Newest first.  Before a cursor come the objects that are nearest to it, newest first too.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL having answered as Stripe does
 */
JsonObject *
billing_sandbox_list (BillingSandbox     *self,
                      BillingSandboxCall *call,
                      BillingSandboxKind  kind,
                      const char         *filters,
                      const char         *url)
{
  g_auto (GStrv) names = g_strsplit (filters, " ", -1);
  Query query = { .sandbox = self, .call = call, .kind = kind, .filters = names };
  g_autoptr (GPtrArray) objects = NULL;

  if (!check_page (call))
    return NULL;

  query.limit = (guint) billing_sandbox_json_int (call->params, "limit", DEFAULT_LIMIT);
  choose_entries (&query);
  objects = read_page (&query);

  return objects != NULL ? write_page (&query, objects, url) : NULL;
}

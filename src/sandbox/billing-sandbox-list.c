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
  const char *chosen;         /* (nullable): the filter that all of these match */
  gint64 old_from;            /* what of the history was made in time */
  gint64 old_to;
  guint limit;
} Query;

/* One object of a page, read only if that was needed to know that it belongs there. */
typedef struct
{
  BillingSandboxEntry *entry; /* (not owned) */
  JsonObject *object;         /* (owned) (nullable) */
} Item;

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->object, json_object_unref);
}

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
               const char *type)
{
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

  return matches_types (query->call->params, billing_sandbox_json_string (object, "type")) &&
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

/* Much of the history can be told from its entries alone.  Returns: whether @entry is in the list,
   where @known says that this is known. */
static gboolean
matches_unread (Query               *query,
                BillingSandboxEntry *entry,
                gboolean            *known)
{
  JsonObject *params = query->call->params;

  *known = entry->text == NULL && !json_object_has_member (params, "arrival_date") &&
           !json_object_has_member (params, "due_date");
  if (entry->text != NULL)
    return FALSE;

  for (guint i = 0; query->filters[i] != NULL; i++)
    {
      g_autofree char *param = g_strndup (query->filters[i], strcspn (query->filters[i], "="));
      const char *wanted = billing_sandbox_call_string (query->call, param);
      const char *value;

      if (wanted == NULL || query->filters[i] == query->chosen)
        continue;
      value = billing_sandbox_history_constant (entry->history, entry->kind,
                                                (guint) entry->sequence,
                                                member_of (query->filters[i]));
      if (value == NULL)
        *known = FALSE;
      else if (!matches_pattern (wanted, value))
        return *known = TRUE, FALSE;
    }

  return matches_types (params, billing_sandbox_history_constant (entry->history, entry->kind,
                                                                  (guint) entry->sequence, "type"));
}

/* Returns: whether @entry is in the list; @item is what was read to know it */
static gboolean
read_match (Query               *query,
            BillingSandboxEntry *entry,
            Item                *item)
{
  g_autoptr (JsonObject) object = NULL;
  gboolean known, matches;

  *item = (Item) { entry, NULL };
  if (!is_there (query, entry) || !in_range (query->call->params, "created", entry->created))
    return FALSE;

  matches = matches_unread (query, entry, &known);
  if (known)
    return matches;

  object = billing_sandbox_entry_read (entry);
  if (!matches_filters (query, object))
    return FALSE;

  item->object = billing_sandbox_public (g_steal_pointer (&object));
  return TRUE;
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
      query->chosen = query->filters[i];
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

  /* What is of the history has its place as its sequence. */
  if (sequence < all.n_old)
    return (guint) sequence;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (all.entries[middle]->sequence < sequence)
        low = middle + 1;
      else
        high = middle;
    }

  return all.n_old + low;
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

/* Where in the history what was made in time begins and ends. */
static void
find_time (Query *query)
{
  JsonObject *params = query->call->params;
  BillingSandboxHistory *history =
    billing_sandbox_store_get_history (billing_sandbox_get_store (query->sandbox));
  JsonObject *range = billing_sandbox_json_child (params, "created");
  gint64 first = billing_sandbox_json_int (params, "created", 0);
  gint64 last = billing_sandbox_json_int (params, "created", G_MAXINT64 - 1);

  query->old_to = query->all.n_old;
  if (query->all.n_old == 0 || !json_object_has_member (params, "created"))
    return;

  if (range != NULL)
    {
      first = MAX (billing_sandbox_json_int (range, "gte", 0),
                   CLAMP (billing_sandbox_json_int (range, "gt", -1), -1, G_MAXINT64 - 1) + 1);
      last = MIN (billing_sandbox_json_int (range, "lte", G_MAXINT64 - 1),
                  MAX (billing_sandbox_json_int (range, "lt", G_MAXINT64), 1) - 1);
    }
  query->old_from = billing_sandbox_history_place (history, query->kind, first);
  query->old_to = billing_sandbox_history_place (history, query->kind, MIN (last, G_MAXUINT32) + 1);
}

/* Steps over what of the history was not made in time. */
static gint64
skip (Query  *query,
      gint64  i,
      int     step)
{
  if (i < 0 || i >= query->all.n_old || (i >= query->old_from && i < query->old_to))
    return i;
  if (step < 0)
    return i >= query->old_to && query->old_to > query->old_from ? query->old_to - 1 : -1;

  return i < query->old_from && query->old_to > query->old_from ? query->old_from
                                                                : query->all.n_old;
}

/* Gathers up to limit + 1 objects from @from on, towards older or newer ones. */
static GArray *
gather (Query *query,
        gint64 from,
        int    step)
{
  BillingSandboxStore *store = billing_sandbox_get_store (query->sandbox);
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));
  gint64 n = (gint64) query->all.n_old + query->all.n;

  g_array_set_clear_func (items, item_clear);
  for (gint64 i = skip (query, from, step); i >= 0 && i < n && items->len <= query->limit;
       i = skip (query, i + step, step))
    {
      Item item;

      if (read_match (query, billing_sandbox_store_at (store, query->kind, &query->all, (guint) i),
                      &item))
        g_array_append_val (items, item);
    }

  return items;
}

static GArray *
read_page (Query *query)
{
  gboolean back = billing_sandbox_call_has (query->call, "ending_before");
  BillingSandboxEntry *cursor = NULL;
  gint64 from = (gint64) query->all.n_old + query->all.n - 1;

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

static Item *
item_at (Query  *query,
         GArray *items,
         guint   i)
{
  gboolean back = billing_sandbox_call_has (query->call, "ending_before");
  guint n = MIN (items->len, query->limit);

  return &g_array_index (items, Item, back ? n - 1 - i : i);
}

static JsonObject *
write_page (Query      *query,
            GArray     *items,
            const char *url)
{
  JsonObject *list = json_object_new ();
  JsonArray *data = json_array_new ();

  for (guint i = 0; i < MIN (items->len, query->limit); i++)
    {
      Item *item = item_at (query, items, i);

      if (item->object == NULL)
        item->object = billing_sandbox_public (billing_sandbox_entry_read (item->entry));
      json_array_add_object_element (data, json_object_ref (item->object));
    }

  json_object_set_string_member (list, "object", "list");
  json_object_set_array_member (list, "data", data);
  json_object_set_boolean_member (list, "has_more", items->len > query->limit);
  json_object_set_string_member (list, "url", url);
  return list;
}

/* The same as text: what is of the history never becomes a tree. */
static char *
write_page_text (Query      *query,
                 GArray     *items,
                 const char *url)
{
  GString *text = g_string_sized_new (64 * 1024);

  g_string_append (text, "{\"object\":\"list\",\"data\":[");
  for (guint i = 0; i < MIN (items->len, query->limit); i++)
    {
      Item *item = item_at (query, items, i);
      BillingSandboxEntry *entry = item->entry;
      g_autofree char *json = NULL;

      if (i > 0)
        g_string_append_c (text, ',');
      if (entry->text == NULL)
        {
          billing_sandbox_history_write (entry->history, entry->kind, (guint) entry->sequence,
                                         FALSE, text);
          continue;
        }
      if (item->object == NULL)
        item->object = billing_sandbox_public (billing_sandbox_entry_read (entry));
      json = billing_sandbox_json_text (item->object);
      g_string_append (text, json);
    }

  /* A URL is a path here, and needs no escaping. */
  g_string_append_printf (text, "],\"has_more\":%s,\"url\":\"%s\"}",
                          items->len > query->limit ? "true" : "false", url);
  return g_string_free (text, FALSE);
}

/**
 * billing_sandbox_list_check:
 * @call: a request with the parameters of a page
 *
 * Returns: whether they make sense; if not, @call has been answered
 */
gboolean
billing_sandbox_list_check (BillingSandboxCall *call)
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

static GArray *
read_list (Query *query)
{
  if (!billing_sandbox_list_check (query->call))
    return NULL;

  query->limit = (guint) billing_sandbox_json_int (query->call->params, "limit", DEFAULT_LIMIT);
  choose_entries (query);
  find_time (query);
  return read_page (query);
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
  g_autoptr (GArray) items = read_list (&query);

  return items != NULL ? write_page (&query, items, url) : NULL;
}

/**
 * billing_sandbox_list_text:
 * @self: a sandbox
 * @call: a request with the parameters of a page, which expands nothing
 * @kind: what is listed
 * @filters: as in billing_sandbox_list()
 * @url: where the list is
 *
 * Returns: (transfer full) (nullable): the page as JSON, or %NULL having answered as Stripe does
 */
char *
billing_sandbox_list_text (BillingSandbox     *self,
                           BillingSandboxCall *call,
                           BillingSandboxKind  kind,
                           const char         *filters,
                           const char         *url)
{
  g_auto (GStrv) names = g_strsplit (filters, " ", -1);
  Query query = { .sandbox = self, .call = call, .kind = kind, .filters = names };
  g_autoptr (GArray) items = read_list (&query);

  return items != NULL ? write_page_text (&query, items, url) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include <string.h>

#include "billing-sandbox-json.h"

#define MAX_DEPTH 4

/* The members that hold the id of something that is kept, or an object with such members. */
static const char *const expandable[] = {
  "balance_transaction", "charge",         "customer",       "destination",
  "latest_charge",       "payment_intent", "payment_method", "failure_balance_transaction",
  "source",              "invoice",        "payment_link",   "product",
  "default_payment_method", "evidence",    "invoice_settings",
  "cancellation_policy", "customer_communication", "customer_signature",
  "duplicate_charge_documentation", "receipt", "refund_policy", "service_documentation",
  "shipping_documentation", "uncategorized_file", NULL,
};

static gboolean expand_path (BillingSandbox *self, BillingSandboxCall *call, JsonNode *node,
                             char **names, const char *path);

static gboolean
refuse (BillingSandboxCall *call,
        const char         *path)
{
  billing_sandbox_fail (call, 400, NULL, "expand",
                        "This property cannot be expanded (%s). You may want to try expanding "
                        "another "
                        "property.",
                        path);
  return FALSE;
}

static gboolean
expand_all (BillingSandbox     *self,
            BillingSandboxCall *call,
            JsonArray          *array,
            char              **names,
            const char         *path)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!expand_path (self, call, json_array_get_element (array, i), names, path))
        return FALSE;
    }

  return TRUE;
}

/* A charge has its refunds only when they are asked for. */
static void
add_refunds (BillingSandbox *self,
             JsonObject     *charge)
{
  const char *id = json_object_get_string_member (charge, "id");
  g_autofree char *url = g_strdup_printf ("/v1/charges/%s/refunds", id);
  g_auto (BillingSandboxCall) inner = { .params = json_object_new () };

  json_object_set_string_member (inner.params, "charge", id);
  json_object_set_object_member (
    charge, "refunds",
    billing_sandbox_list (self, &inner, BILLING_SANDBOX_REFUND, "charge", url));
}

/* What is not there before it is asked for. */
static const struct
{
  BillingSandboxKind kind;
  const char *name;
  BillingSandboxHandler list; /* (nullable): refunds are listed in their own way */
} additions[] = {
  { BILLING_SANDBOX_CHARGE, "refunds", NULL },
  { BILLING_SANDBOX_SESSION, "line_items", billing_sandbox_session_items },
  { BILLING_SANDBOX_LINK, "line_items", billing_sandbox_link_items },
  { BILLING_SANDBOX_INVOICE, "payments", billing_sandbox_invoice_payments },
};

static int
find_addition (int         kind,
               const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (additions); i++)
    {
      if ((int) additions[i].kind == kind && g_str_equal (additions[i].name, name))
        return (int) i;
    }

  return -1;
}

static void
add_list (BillingSandbox *self,
          JsonObject     *object,
          int             addition)
{
  g_auto (BillingSandboxCall) inner = { 0 };

  if (additions[addition].list == NULL)
    {
      add_refunds (self, object);
      return;
    }

  inner.id = g_strdup (json_object_get_string_member (object, "id"));
  inner.params = json_object_new ();
  json_object_set_object_member (object, additions[addition].name,
                                 additions[addition].list (self, &inner));
}

static void
put_in (BillingSandbox *self,
        JsonObject     *object,
        const char     *name)
{
  const char *id = billing_sandbox_json_string (object, name);
  BillingSandboxEntry *entry =
    id != NULL ? billing_sandbox_store_find (billing_sandbox_get_store (self), id) : NULL;
  g_auto (BillingSandboxCall) inner = { .id = g_strdup (id) };

  if (entry == NULL)
    return;

  /* Of a deleted customer, what is left of it. */
  json_object_set_object_member (
    object, name,
    entry->kind == BILLING_SANDBOX_CUSTOMER
      ? billing_sandbox_customer_get (self, &inner)
      : billing_sandbox_public (billing_sandbox_entry_read (entry)));
}

static gboolean
expand_path (BillingSandbox     *self,
             BillingSandboxCall *call,
             JsonNode           *node,
             char              **names,
             const char         *path)
{
  JsonObject *object;
  int addition;

  if (names[0] == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return expand_all (self, call, json_node_get_array (node), names, path);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (call, path);

  object = json_node_get_object (node);
  if (billing_sandbox_json_bool (object, "deleted"))
    return TRUE;
  addition = find_addition (billing_sandbox_kind_of (object), names[0]);
  if (addition >= 0)
    add_list (self, object, addition);
  else if (!json_object_has_member (object, names[0]))
    return refuse (call, path);
  else if (g_strv_contains (expandable, names[0]))
    put_in (self, object, names[0]);
  else if (names[1] == NULL || billing_sandbox_json_string (object, names[0]) != NULL)
    return refuse (call, path);

  return expand_path (self, call, json_object_get_member (object, names[0]), names + 1, path);
}

/* An empty "expand" asks for nothing. */
static gboolean
asks (BillingSandboxCall *call)
{
  return billing_sandbox_call_has (call, "expand") &&
         !json_object_get_null_member (call->params, "expand");
}

/**
 * billing_sandbox_expand_check:
 * @call: a request
 * @kind: what it is answered with
 *
 * Looks at the first member of each path, before anything is done that could not be taken back.
 *
 * Returns: whether each can be expanded; if not, @call has been answered
 */
gboolean
billing_sandbox_expand_check (BillingSandboxCall *call,
                              BillingSandboxKind  kind)
{
  JsonObject *template = billing_sandbox_kind_template (kind);
  JsonArray *paths;

  if (!asks (call))
    return TRUE;

  paths = json_object_get_array_member (call->params, "expand");
  for (guint i = 0; i < json_array_get_length (paths); i++)
    {
      const char *path = json_array_get_string_element (paths, i);
      g_autofree char *name = g_strndup (path, strcspn (path, "."));

      if (find_addition (kind, name) < 0 &&
          (!json_object_has_member (template, name) || !g_strv_contains (expandable, name)))
        return refuse (call, path);
    }

  return TRUE;
}

/**
 * billing_sandbox_expand:
 * @self: a sandbox
 * @call: a request
 * @object: its answer
 *
 * Puts objects in place of the ids that the parameter expand names.
 *
 * Returns: whether each of them can be expanded; if not, @call has been answered
 */
gboolean
billing_sandbox_expand (BillingSandbox     *self,
                        BillingSandboxCall *call,
                        JsonObject         *object)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  JsonArray *paths;

  if (!asks (call))
    return TRUE;

  paths = json_object_get_array_member (call->params, "expand");
  for (guint i = 0; i < json_array_get_length (paths); i++)
    {
      const char *path = json_array_get_string_element (paths, i);
      g_auto (GStrv) names = g_strsplit (path, ".", -1);

      if (g_strv_length (names) > MAX_DEPTH)
        return billing_sandbox_fail (call, 400, NULL, "expand",
                                     "You cannot expand more than %d levels of a property. "
                                     "Property: "
                                     "%s",
                                     MAX_DEPTH, path),
               FALSE;
      if (!expand_path (self, call, root, names, path))
        return FALSE;
    }

  return TRUE;
}

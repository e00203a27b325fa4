/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-items.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"
#include "billing-sandbox-sales.h"

#define MAX_AMOUNT G_GINT64_CONSTANT (99999999)

static JsonObject *
read_price (BillingSandbox     *self,
            BillingSandboxCall *item)
{
  if (billing_sandbox_call_has (item, "price") == billing_sandbox_call_has (item, "price_data"))
    return billing_sandbox_fail (item, 400, "parameter_missing", "price",
                                 "Each line item needs either price or price_data.");
  if (billing_sandbox_call_has (item, "price"))
    return billing_sandbox_find_param (self, item, BILLING_SANDBOX_PRICE, "price");

  return billing_sandbox_price_read (self, item);
}

static JsonObject *
make_item (BillingSandbox     *self,
           BillingSandboxCall *call)
{
  JsonObject *item;
  gint64 quantity = billing_sandbox_json_int (call->params, "quantity", 1);
  gint64 amount;
  g_autoptr (JsonObject) price = read_price (self, call);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  if (price == NULL)
    return NULL;
  if (quantity < 1 || !billing_sandbox_price_amount (price, quantity, &amount))
    return billing_sandbox_fail (call, 400, "parameter_invalid_integer", "quantity",
                                 "Invalid quantity: this many come to no amount that can be "
                                 "asked for.");

  id = billing_sandbox_store_random (billing_sandbox_get_store (self), "li_1", 23);
  name = billing_sandbox_product_name (self, price);
  item = billing_sandbox_json_parse (billing_sandbox_item_template);
  json_object_set_string_member (item, "id", id);
  json_object_set_string_member (item, "description", name);
  json_object_set_int_member (item, "amount_subtotal", amount);
  json_object_set_int_member (item, "amount_total", amount);
  json_object_set_int_member (item, "quantity", quantity);
  billing_sandbox_json_assign (item, price, "currency");
  json_object_set_object_member (item, "price",
                                 billing_sandbox_public (billing_sandbox_json_copy (price)));
  return item;
}

static gboolean
read_item (BillingSandbox     *self,
           BillingSandboxCall *call,
           const char         *name,
           JsonNode           *given,
           JsonArray          *items)
{
  g_auto (BillingSandboxCall) inner = { 0 };
  JsonObject *item = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (given))
    return billing_sandbox_fail (call, 400, NULL, name, "Invalid object: %s", name), FALSE;
  if (!billing_sandbox_call_enter (call, name, json_node_get_object (given),
                                   "price:s price_data:h quantity:i "
                                   "adjustable_quantity:h=enabled,minimum,maximum",
                                   &inner))
    return FALSE;

  item = make_item (self, &inner);
  if (item != NULL)
    json_array_add_object_element (items, item);
  return billing_sandbox_call_leave (call, name, &inner);
}

/* Everything in one currency, and at least what a card can be charged. */
static gboolean
check_items (BillingSandboxCall *call,
             JsonArray          *items)
{
  gint64 total = billing_sandbox_items_total (items);

  for (guint i = 1; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      if (!g_str_equal (json_object_get_string_member (item, "currency"),
                        billing_sandbox_items_currency (items)))
        return billing_sandbox_fail (call, 400, NULL, "line_items",
                                     "All line items must have the same currency."),
               FALSE;
    }
  if (total < 50)
    return billing_sandbox_fail (call, 400, "amount_too_small", NULL,
                                 "The Checkout Session's total amount due must add up to at least "
                                 "$0.50 usd"),
           FALSE;
  if (total > MAX_AMOUNT)
    return billing_sandbox_fail (call, 400, "amount_too_large", NULL,
                                 "The Checkout Session's total amount must be no more than "
                                 "$999,999.99"),
           FALSE;

  return TRUE;
}

/**
 * billing_sandbox_items_read:
 * @self: a sandbox
 * @call: a request with the parameter line_items
 * @most: how many there may be
 *
 * Returns: (transfer full) (nullable): the items, or %NULL having answered as Stripe does
 */
JsonArray *
billing_sandbox_items_read (BillingSandbox     *self,
                            BillingSandboxCall *call,
                            guint               most)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "line_items");
  g_autoptr (JsonArray) items = json_array_new ();
  g_autoptr (GList) names = NULL;

  if (given == NULL || json_object_get_size (given) == 0)
    return billing_sandbox_fail (call, 400, "parameter_missing", "line_items",
                                 "Missing required param: line_items.");
  if (json_object_get_size (given) > most)
    return billing_sandbox_fail (call, 400, NULL, "line_items",
                                 "There may be %u line items at most.", most);

  names = json_object_get_members (given);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup_printf ("line_items[%s]", (const char *) l->data);

      if (!read_item (self, call, name, json_object_get_member (given, l->data), items))
        return NULL;
    }

  return check_items (call, items) ? g_steal_pointer (&items) : NULL;
}

gint64
billing_sandbox_items_total (JsonArray *items)
{
  gint64 total = 0;

  for (guint i = 0; i < json_array_get_length (items); i++)
    total += json_object_get_int_member (json_array_get_object_element (items, i), "amount_total");

  return total;
}

const char *
billing_sandbox_items_currency (JsonArray *items)
{
  return json_object_get_string_member (json_array_get_object_element (items, 0), "currency");
}

/**
 * billing_sandbox_items_page:
 * @self: a sandbox
 * @call: a request with an id in its path, and the parameters of a page
 * @kind: what the id must be: something that has its items in "_items"
 * @label: what "No such ..." calls an item
 * @where: the last word of the list's address
 *
 * Returns: (transfer full) (nullable): the page, or %NULL having answered as Stripe does
 */
JsonObject *
billing_sandbox_items_page (BillingSandbox     *self,
                            BillingSandboxCall *call,
                            BillingSandboxKind  kind,
                            const char         *label,
                            const char         *where)
{
  g_autoptr (JsonObject) owner = billing_sandbox_find (self, call, kind);
  g_autofree char *url = NULL;

  if (owner == NULL)
    return NULL;

  url = g_strdup_printf ("%s/%s/%s", billing_sandbox_kind_info (kind)->url, call->id, where);
  return billing_sandbox_page_of (call, json_object_get_array_member (owner, "_items"), label, url);
}

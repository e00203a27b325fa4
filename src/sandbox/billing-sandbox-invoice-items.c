/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-invoices.h"

#include "billing-sandbox-items.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"

#define MAX_LINES 250

/* The draft that the item goes on, if it names one. */
static gboolean
find_invoice (BillingSandbox      *self,
              BillingSandboxCall  *call,
              JsonObject         **invoice)
{
  if (billing_sandbox_call_string (call, "invoice") == NULL)
    return TRUE;

  *invoice = billing_sandbox_find_param (self, call, BILLING_SANDBOX_INVOICE, "invoice");
  if (*invoice == NULL)
    return FALSE;
  if (!billing_sandbox_invoice_has_status (*invoice, "draft"))
    return billing_sandbox_fail (call, 400, "invoice_not_editable", "invoice",
                                 "This invoice is no longer editable"),
           FALSE;
  if (json_array_get_length (json_object_get_array_member (*invoice, "_items")) >= MAX_LINES)
    return billing_sandbox_fail (call, 400, NULL, "invoice",
                                 "An invoice can have up to %d invoice items.", MAX_LINES),
           FALSE;

  return TRUE;
}

static gboolean
apply_customer (BillingSandbox     *self,
                BillingSandboxCall *call,
                JsonObject         *invoice,
                JsonObject         *item)
{
  const char *owner = invoice != NULL ? json_object_get_string_member (invoice, "customer") : NULL;
  g_autoptr (JsonObject) customer = NULL;

  if (billing_sandbox_call_string (call, "customer") == NULL && owner == NULL)
    return billing_sandbox_fail (call, 400, "parameter_missing", "customer",
                                 "Missing required param: customer."),
           FALSE;
  if (billing_sandbox_call_string (call, "customer") == NULL)
    {
      json_object_set_string_member (item, "customer", owner);
      return TRUE;
    }

  customer = billing_sandbox_find_param (self, call, BILLING_SANDBOX_CUSTOMER, "customer");
  if (customer == NULL)
    return FALSE;
  if (owner != NULL && !g_str_equal (owner, json_object_get_string_member (customer, "id")))
    return billing_sandbox_fail (call, 400, NULL, "invoice",
                                 "This invoice belongs to another customer."),
           FALSE;

  billing_sandbox_json_assign (item, call->params, "customer");
  return TRUE;
}

static JsonObject *
find_price (BillingSandbox     *self,
            BillingSandboxCall *call)
{
  g_auto (BillingSandboxCall) inner = { 0 };
  JsonObject *price = NULL;

  if (!billing_sandbox_call_has (call, "pricing"))
    return billing_sandbox_price_read (self, call);

  if (billing_sandbox_call_enter_param (call, "pricing", "price:s!", &inner))
    price = billing_sandbox_find_param (self, &inner, BILLING_SANDBOX_PRICE, "price");
  billing_sandbox_call_leave (call, "pricing", &inner);
  return price;
}

/* An amount, or an amount for each, or a price: each of them becomes a price. */
static JsonObject *
make_price (BillingSandbox     *self,
            BillingSandboxCall *call,
            const char         *currency)
{
  const char *name = billing_sandbox_call_string (call, "description");
  JsonObject *price;

  if (billing_sandbox_call_has (call, "pricing") || billing_sandbox_call_has (call, "price_data"))
    return find_price (self, call);
  if (billing_sandbox_call_has (call, "amount") && billing_sandbox_call_has (call, "quantity"))
    return billing_sandbox_fail (call, 400, NULL, "quantity",
                                 "You may only specify one of these parameters: amount, "
                                 "quantity.");
  if (billing_sandbox_call_has (call, "amount"))
    return billing_sandbox_price_make_for (self,
                                           json_object_get_int_member (call->params, "amount"),
                                           currency, name);
  if (!billing_sandbox_call_has (call, "unit_amount_decimal"))
    return billing_sandbox_fail (call, 400, "parameter_missing", "amount",
                                 "Missing required param: amount.");

  price = billing_sandbox_price_make_for (self, 0, currency, name);
  json_object_set_null_member (price, "unit_amount");
  billing_sandbox_json_assign (price, call->params, "unit_amount_decimal");
  billing_sandbox_store_put (billing_sandbox_get_store (self), price);
  return price;
}

static gboolean
apply_price (BillingSandbox     *self,
             BillingSandboxCall *call,
             const char         *currency,
             JsonObject         *item)
{
  g_autoptr (JsonObject) price = make_price (self, call, currency);
  JsonObject *pricing = json_object_get_object_member (item, "pricing");
  JsonObject *details = json_object_get_object_member (pricing, "price_details");
  gint64 quantity = billing_sandbox_json_int (call->params, "quantity", 1);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, quantity);
  g_autofree char *name = NULL;
  gint64 amount;

  if (price == NULL)
    return FALSE;
  if (!billing_sandbox_price_amount (price, quantity, &amount))
    return billing_sandbox_fail (call, 400, "parameter_invalid_integer", "quantity",
                                 "Invalid amount: this is none that can be asked for."),
           FALSE;

  name = billing_sandbox_product_name (self, price);
  json_object_set_int_member (item, "amount", amount);
  json_object_set_int_member (item, "net_amount", amount);
  json_object_set_int_member (item, "quantity", quantity);
  json_object_set_string_member (item, "quantity_decimal", count);
  json_object_set_string_member (item, "description", name);
  billing_sandbox_json_assign (item, price, "currency");
  billing_sandbox_json_assign (pricing, price, "unit_amount_decimal");
  billing_sandbox_json_assign (details, price, "product");
  json_object_set_string_member (details, "price", json_object_get_string_member (price, "id"));
  return TRUE;
}

static gboolean
apply_period (BillingSandbox     *self,
              BillingSandboxCall *call,
              JsonObject         *item)
{
  JsonObject *period = json_object_get_object_member (item, "period");
  g_auto (BillingSandboxCall) given = { 0 };

  json_object_set_int_member (period, "start", billing_sandbox_now (self));
  json_object_set_int_member (period, "end", billing_sandbox_now (self));
  if (!billing_sandbox_call_has (call, "period"))
    return TRUE;
  if (!billing_sandbox_call_enter_param (call, "period", "start:i! end:i!", &given))
    return FALSE;

  billing_sandbox_json_assign (period, given.params, "start");
  billing_sandbox_json_assign (period, given.params, "end");
  return TRUE;
}

/* In the invoice's currency, if there is an invoice. */
static const char *
choose_currency (BillingSandboxCall *call,
                 JsonObject         *invoice)
{
  const char *currency = billing_sandbox_call_string (call, "currency");

  if (currency != NULL)
    return currency;

  return invoice != NULL ? json_object_get_string_member (invoice, "currency") : "usd";
}

static gboolean
check_currency (BillingSandboxCall *call,
                JsonObject         *invoice,
                JsonObject         *item)
{
  const char *currency = json_object_get_string_member (item, "currency");

  if (invoice == NULL ||
      g_str_equal (json_object_get_string_member (invoice, "currency"), currency))
    return TRUE;

  billing_sandbox_fail (call, 400, NULL, "currency",
                        "You may only add invoice items in the invoice's currency, which is `%s`.",
                        json_object_get_string_member (invoice, "currency"));
  return FALSE;
}

static void
put_on (BillingSandbox *self,
        JsonObject     *item,
        JsonObject     *invoice)
{
  g_autoptr (JsonObject) before = NULL;

  if (invoice == NULL)
    return;

  before = billing_sandbox_json_copy (invoice);
  billing_sandbox_invoice_add_line (self, invoice, item);
  billing_sandbox_invoice_change (self, before, invoice);
}

JsonObject *
billing_sandbox_invoice_item_create (BillingSandbox     *self,
                                     BillingSandboxCall *call)
{
  g_autoptr (JsonObject) item = billing_sandbox_add (self, BILLING_SANDBOX_INVOICE_ITEM);
  g_autoptr (JsonObject) invoice = NULL;

  json_object_remove_member (item, "created");
  json_object_set_int_member (item, "date", billing_sandbox_now (self));
  if (!billing_sandbox_call_check_currency (call) || !find_invoice (self, call, &invoice) ||
      !apply_customer (self, call, invoice, item) || !apply_period (self, call, item) ||
      !apply_price (self, call, choose_currency (call, invoice), item) ||
      !check_currency (call, invoice, item))
    return NULL;

  billing_sandbox_call_apply (call, item, "description discountable metadata");
  if (call->error != NULL)
    return NULL;

  billing_sandbox_json_assign (item, call->params, "invoice");
  billing_sandbox_store_put (billing_sandbox_get_store (self), item);
  billing_sandbox_tell (self, "invoiceitem.created", item);
  put_on (self, item, invoice);
  return g_steal_pointer (&item);
}

JsonObject *
billing_sandbox_invoice_item_delete (BillingSandbox     *self,
                                     BillingSandboxCall *call)
{
  g_autoptr (JsonObject) item = billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE_ITEM);
  const char *id = item != NULL ? billing_sandbox_json_string (item, "invoice") : NULL;
  g_autoptr (JsonObject) before =
    id != NULL ? billing_sandbox_store_get (billing_sandbox_get_store (self), id) : NULL;
  g_autoptr (JsonObject) invoice = NULL;

  if (item == NULL)
    return NULL;
  if (before != NULL && !billing_sandbox_invoice_has_status (before, "draft"))
    return billing_sandbox_fail (call, 400, "invoice_not_editable", NULL,
                                 "Invoice items of a finalized invoice cannot be deleted.");

  billing_sandbox_store_delete (billing_sandbox_get_store (self), call->id);
  billing_sandbox_tell (self, "invoiceitem.deleted", item);
  if (before != NULL)
    {
      invoice = billing_sandbox_json_copy (before);
      billing_sandbox_invoice_remove_line (self, invoice, call->id);
      billing_sandbox_invoice_change (self, before, invoice);
    }

  return billing_sandbox_tombstone_new ("invoiceitem", call->id);
}

static gboolean
is_pending_for (BillingSandboxEntry *entry,
                JsonObject          *item,
                JsonObject          *invoice)
{
  return !entry->deleted && billing_sandbox_json_string (item, "invoice") == NULL &&
         g_str_equal (json_object_get_string_member (item, "customer"),
                      json_object_get_string_member (invoice, "customer")) &&
         g_str_equal (json_object_get_string_member (item, "currency"),
                      json_object_get_string_member (invoice, "currency"));
}

/**
 * billing_sandbox_invoice_take_pending:
 * @self: a sandbox
 * @invoice: a new draft
 *
 * Puts the customer's items that are on no invoice yet on this one.
 */
void
billing_sandbox_invoice_take_pending (BillingSandbox *self,
                                      JsonObject     *invoice)
{
  BillingSandboxEntries found = billing_sandbox_store_where (
    billing_sandbox_get_store (self), BILLING_SANDBOX_INVOICE_ITEM, "customer",
    json_object_get_string_member (invoice, "customer"));

  for (guint i = 0; i < found.n; i++)
    {
      g_autoptr (JsonObject) item = billing_sandbox_entry_read (found.entries[i]);

      if (!is_pending_for (found.entries[i], item, invoice))
        continue;
      json_object_set_string_member (item, "invoice",
                                     json_object_get_string_member (invoice, "id"));
      billing_sandbox_store_put (billing_sandbox_get_store (self), item);
      billing_sandbox_invoice_add_line (self, invoice, item);
    }
}

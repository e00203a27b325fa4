/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-items.h"

#include <string.h>

#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"

#define MAX_PRICE G_GINT64_CONSTANT (99999999)
#define PLACES 12
#define ONE G_GINT64_CONSTANT (1000000000000)

static void
put (BillingSandbox *self,
     JsonObject     *object)
{
  billing_sandbox_store_put (billing_sandbox_get_store (self), object);
}

/* Lists compare texts. */
static void
set_active (JsonObject *object,
            gboolean    active)
{
  json_object_set_boolean_member (object, "active", active);
  json_object_set_string_member (object, "_active", active ? "true" : "false");
}

/* An amount with up to twelve decimal places, as its whole part and that many trillionths. */
static gboolean
parse_decimal (const char *text,
               gint64     *whole,
               gint64     *fraction)
{
  const char *digits = *text == '-' ? text + 1 : text;
  gsize head = strspn (digits, "0123456789");
  const char *point = digits + head;
  gsize tail = *point == '.' ? strspn (point + 1, "0123456789") : 0;
  g_autofree char *places = g_strnfill (PLACES, '0');

  if (head == 0 || head > 14 || tail > PLACES ||
      strlen (digits) != head + (*point == '.' ? tail + 1 : 0))
    return FALSE;

  memcpy (places, point + (*point == '.' ? 1 : 0), tail);
  *whole = g_ascii_strtoll (digits, NULL, 10);
  *fraction = g_ascii_strtoll (places, NULL, 10);
  return TRUE;
}

/**
 * billing_sandbox_price_amount:
 * @price: a price
 * @quantity: how many, a million at most
 * @amount: (out): what they come to, rounded half up
 *
 * Returns: whether it is an amount that can be asked for
 */
gboolean
billing_sandbox_price_amount (JsonObject *price,
                              gint64      quantity,
                              gint64     *amount)
{
  const char *text = billing_sandbox_json_string (price, "unit_amount_decimal");
  gint64 whole, fraction;

  if (quantity < 0 || quantity > 1000000 || !parse_decimal (text, &whole, &fraction) ||
      whole > MAX_PRICE)
    return FALSE;

  *amount = whole * quantity + (fraction * quantity + ONE / 2) / ONE;
  if (*text == '-')
    *amount = -*amount;
  return *amount <= MAX_PRICE && *amount >= -MAX_PRICE;
}

static JsonObject *
make_product (BillingSandbox     *self,
              BillingSandboxCall *call)
{
  g_autoptr (JsonObject) product = billing_sandbox_add (self, BILLING_SANDBOX_PRODUCT);

  billing_sandbox_call_apply (call, product,
                              "name description images metadata shippable statement_descriptor "
                              "tax_code unit_label url");
  set_active (product, !billing_sandbox_call_has (call, "active") ||
                         billing_sandbox_json_bool (call->params, "active"));
  json_object_set_int_member (product, "updated", billing_sandbox_now (self));
  if (call->error != NULL)
    return NULL;

  put (self, product);
  return g_steal_pointer (&product);
}

JsonObject *
billing_sandbox_product_create (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  JsonObject *product = make_product (self, call);

  if (product != NULL)
    billing_sandbox_tell (self, "product.created", product);
  return product;
}

/* The product that a price is of, or the new one that it describes.  Returns: (transfer full): its
   id */
static char *
find_product (BillingSandbox     *self,
              BillingSandboxCall *data)
{
  g_auto (BillingSandboxCall) inner = { 0 };
  g_autoptr (JsonObject) product = NULL;

  if (billing_sandbox_call_has (data, "product"))
    product = billing_sandbox_find_param (self, data, BILLING_SANDBOX_PRODUCT, "product");
  else if (!billing_sandbox_call_has (data, "product_data"))
    billing_sandbox_fail (data, 400, "parameter_missing", "product",
                          "Missing required param: product.");
  else if (billing_sandbox_call_enter_param (data, "product_data",
                                             "name:s! description:s images:a metadata:m "
                                             "tax_code:s unit_label:s active:b "
                                             "statement_descriptor:s",
                                             &inner))
    product = make_product (self, &inner);

  return product != NULL ? g_strdup (json_object_get_string_member (product, "id")) : NULL;
}

static gboolean
read_amount (BillingSandboxCall *data,
             JsonObject         *price)
{
  const char *decimal = billing_sandbox_call_string (data, "unit_amount_decimal");
  gint64 amount = billing_sandbox_json_int (data->params, "unit_amount", 0);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, amount);
  gint64 whole = amount, fraction = 0;

  if (billing_sandbox_call_has (data, "unit_amount") == (decimal != NULL))
    return billing_sandbox_fail (data, 400, "parameter_missing", "unit_amount",
                                 "Give either unit_amount or unit_amount_decimal."),
           FALSE;
  if ((decimal != NULL && !parse_decimal (decimal, &whole, &fraction)) || amount < 0 ||
      whole > MAX_PRICE || (decimal != NULL && *decimal == '-'))
    return billing_sandbox_fail (data, 400, "parameter_invalid_integer",
                                 decimal != NULL ? "unit_amount_decimal" : "unit_amount",
                                 "Invalid amount: it must be between 0 and %" G_GINT64_FORMAT ".",
                                 MAX_PRICE),
           FALSE;

  if (fraction == 0)
    json_object_set_int_member (price, "unit_amount", whole);
  else
    json_object_set_null_member (price, "unit_amount");
  json_object_set_string_member (price, "unit_amount_decimal", decimal != NULL ? decimal : text);
  return TRUE;
}

/**
 * billing_sandbox_price_make:
 * @self: a sandbox
 * @data: what was said of it, checked
 * @active: whether it can be used again
 *
 * Returns: (transfer full) (nullable): the price, kept, or %NULL where @data has an error
 */
JsonObject *
billing_sandbox_price_make (BillingSandbox     *self,
                            BillingSandboxCall *data,
                            gboolean            active)
{
  g_autoptr (JsonObject) price = billing_sandbox_add (self, BILLING_SANDBOX_PRICE);
  g_autofree char *product = NULL;

  if (!billing_sandbox_call_check_currency (data) || !read_amount (data, price))
    return NULL;
  product = find_product (self, data);
  if (product == NULL)
    return NULL;

  billing_sandbox_call_apply (data, price, "currency tax_behavior metadata nickname lookup_key");
  if (data->error != NULL)
    return NULL;

  json_object_set_string_member (price, "product", product);
  set_active (price, active);
  put (self, price);
  return g_steal_pointer (&price);
}

/**
 * billing_sandbox_price_read:
 * @self: a sandbox
 * @call: something with the parameter price_data
 *
 * Returns: (transfer full) (nullable): a price for this once, or %NULL having answered as Stripe
 *   does
 */
JsonObject *
billing_sandbox_price_read (BillingSandbox     *self,
                            BillingSandboxCall *call)
{
  g_auto (BillingSandboxCall) data = { 0 };
  JsonObject *price = NULL;

  if (billing_sandbox_call_enter_param (call, "price_data", BILLING_SANDBOX_PRICE_DATA, &data))
    price = billing_sandbox_price_make (self, &data, FALSE);
  billing_sandbox_call_leave (call, "price_data", &data);
  return price;
}

/**
 * billing_sandbox_price_make_for:
 * @self: a sandbox
 * @amount: an amount, which may be negative
 * @currency: its currency
 * @name: (nullable): what it is for
 *
 * Returns: (transfer full): a price for this once, of a product for this once
 */
JsonObject *
billing_sandbox_price_make_for (BillingSandbox *self,
                                gint64          amount,
                                const char     *currency,
                                const char     *name)
{
  JsonObject *price = billing_sandbox_add (self, BILLING_SANDBOX_PRICE);
  g_autoptr (JsonObject) product = billing_sandbox_add (self, BILLING_SANDBOX_PRODUCT);
  g_autofree char *decimal = g_strdup_printf ("%" G_GINT64_FORMAT, amount);

  json_object_set_string_member (product, "name", name != NULL ? name : "Invoice item");
  json_object_set_int_member (product, "updated", billing_sandbox_now (self));
  set_active (product, FALSE);
  put (self, product);

  json_object_set_int_member (price, "unit_amount", amount);
  json_object_set_string_member (price, "unit_amount_decimal", decimal);
  json_object_set_string_member (price, "currency", currency);
  json_object_set_string_member (price, "product", json_object_get_string_member (product, "id"));
  set_active (price, FALSE);
  put (self, price);
  return price;
}

JsonObject *
billing_sandbox_price_create (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  gboolean active = !billing_sandbox_call_has (call, "active") ||
                    billing_sandbox_json_bool (call->params, "active");
  JsonObject *price = billing_sandbox_price_make (self, call, active);

  if (price != NULL)
    billing_sandbox_tell (self, "price.created", price);
  return price;
}

char *
billing_sandbox_product_name (BillingSandbox *self,
                              JsonObject     *price)
{
  g_autoptr (JsonObject) product = billing_sandbox_store_get (
    billing_sandbox_get_store (self), json_object_get_string_member (price, "product"));

  return g_strdup (json_object_get_string_member (product, "name"));
}

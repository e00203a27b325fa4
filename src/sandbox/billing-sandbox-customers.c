/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-methods.h"

/* An address is whole in answers, however little of it was given. */
static void
complete_address (JsonObject *customer)
{
  static const char *const members[] = { "city",  "country",     "line1",
                                         "line2", "postal_code", "state" };
  JsonObject *given = billing_sandbox_json_child (customer, "address");
  JsonObject *address;

  if (given == NULL)
    return;

  address = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = billing_sandbox_json_string (given, members[i]);

      json_object_set_string_member (address, members[i],
                                     value != NULL && *value != '\0' ? value : NULL);
    }
  json_object_set_object_member (customer, "address", address);
}

/* What is charged by default must be the customer's. */
static gboolean
apply_default (BillingSandbox     *self,
               BillingSandboxCall *call,
               JsonObject         *customer)
{
  static const char param[] = "invoice_settings[default_payment_method]";
  JsonObject *given = billing_sandbox_json_child (call->params, "invoice_settings");
  JsonObject *settings = json_object_get_object_member (customer, "invoice_settings");
  const char *id =
    given != NULL ? billing_sandbox_json_string (given, "default_payment_method") : NULL;
  g_autoptr (JsonObject) method = NULL;

  if (id == NULL)
    return TRUE;
  if (*id == '\0')
    {
      json_object_set_null_member (settings, "default_payment_method");
      return TRUE;
    }

  method = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  if (method == NULL || billing_sandbox_kind_of (method) != BILLING_SANDBOX_PAYMENT_METHOD)
    return billing_sandbox_fail (call, 400, "resource_missing", param,
                                 "No such PaymentMethod: '%s'", id),
           FALSE;
  if (g_strcmp0 (billing_sandbox_json_string (method, "customer"),
                 json_object_get_string_member (customer, "id")) != 0)
    return billing_sandbox_fail (call, 400, "resource_missing", param,
                                 "The customer does not have a payment method with the ID %s. The "
                                 "payment method must be attached to the customer.",
                                 id),
           FALSE;

  json_object_set_string_member (settings, "default_payment_method", id);
  return TRUE;
}

static gboolean
apply (BillingSandbox     *self,
       BillingSandboxCall *call,
       JsonObject         *customer)
{
  JsonObject *settings = billing_sandbox_json_child (call->params, "invoice_settings");

  billing_sandbox_call_apply (call, customer,
                              "address balance description email metadata name phone "
                              "preferred_locales shipping tax_exempt invoice_prefix");
  if (settings != NULL)
    billing_sandbox_json_assign (json_object_get_object_member (customer, "invoice_settings"),
                                 settings, "footer");
  complete_address (customer);
  return call->error == NULL && apply_default (self, call, customer);
}

/* Returns: whether the payment method that came with it, if any, can be the new customer's */
static gboolean
join_method (BillingSandbox     *self,
             BillingSandboxCall *call,
             JsonObject         *customer)
{
  const char *id = json_object_get_string_member (customer, "id");
  g_autoptr (JsonObject) method = NULL;

  if (billing_sandbox_call_string (call, "payment_method") == NULL)
    return TRUE;

  method = billing_sandbox_payment_method_use (self, call);
  if (method == NULL || !billing_sandbox_payment_method_belongs (call, method, id))
    return FALSE;

  billing_sandbox_payment_method_join (self, method, id);
  return TRUE;
}

JsonObject *
billing_sandbox_customer_create (BillingSandbox     *self,
                                 BillingSandboxCall *call)
{
  g_autoptr (JsonObject) customer = billing_sandbox_add (self, BILLING_SANDBOX_CUSTOMER);
  g_autofree char *prefix =
    billing_sandbox_store_random (billing_sandbox_get_store (self), "", 8);
  g_autofree char *upper = g_ascii_strup (prefix, -1);

  json_object_set_string_member (customer, "invoice_prefix", upper);
  if (!join_method (self, call, customer) || !apply (self, call, customer))
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), customer);
  billing_sandbox_tell (self, "customer.created", customer);
  return g_steal_pointer (&customer);
}

JsonObject *
billing_sandbox_customer_update (BillingSandbox     *self,
                                 BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_CUSTOMER);
  g_autoptr (JsonObject) customer = NULL;

  if (before == NULL)
    return NULL;

  customer = billing_sandbox_json_copy (before);
  if (!apply (self, call, customer))
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), customer);
  billing_sandbox_tell_change (self, "customer.updated", before, customer);
  return g_steal_pointer (&customer);
}

/**
 * billing_sandbox_tombstone_new:
 * @kind: what the member "object" said
 * @id: an id
 *
 * Returns: (transfer full): what is left of something deleted
 */
JsonObject *
billing_sandbox_tombstone_new (const char *kind,
                               const char *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "object", kind);
  json_object_set_boolean_member (object, "deleted", TRUE);
  return object;
}

/* A deleted customer is answered, not missing. */
JsonObject *
billing_sandbox_customer_get (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  BillingSandboxEntry *entry =
    billing_sandbox_store_find (billing_sandbox_get_store (self), call->id);

  if (entry != NULL && entry->kind == BILLING_SANDBOX_CUSTOMER && entry->deleted)
    return billing_sandbox_tombstone_new ("customer", call->id);

  return billing_sandbox_find (self, call, BILLING_SANDBOX_CUSTOMER);
}

JsonObject *
billing_sandbox_customer_delete (BillingSandbox     *self,
                                 BillingSandboxCall *call)
{
  g_autoptr (JsonObject) customer = billing_sandbox_find (self, call, BILLING_SANDBOX_CUSTOMER);

  if (customer == NULL)
    return NULL;

  billing_sandbox_store_delete (billing_sandbox_get_store (self), call->id);
  billing_sandbox_tell (self, "customer.deleted", customer);
  return billing_sandbox_tombstone_new ("customer", call->id);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include "billing-sandbox-json.h"

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
  return call->error == NULL;
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
  if (!apply (self, call, customer))
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

static JsonObject *
tombstone (const char *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "object", "customer");
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
    return tombstone (call->id);

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
  return tombstone (call->id);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-invoices.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"

static JsonObject *
make (BillingSandbox *self,
      JsonObject     *invoice,
      const char     *type,
      const char     *id)
{
  JsonObject *payment = billing_sandbox_add (self, BILLING_SANDBOX_INVOICE_PAYMENT);
  JsonObject *details = json_object_get_object_member (payment, "payment");

  billing_sandbox_json_assign (payment, invoice, "currency");
  json_object_set_int_member (payment, "amount_requested",
                              json_object_get_int_member (invoice, "amount_remaining"));
  json_object_set_string_member (payment, "invoice", json_object_get_string_member (invoice, "id"));
  json_object_set_string_member (details, "type", type);
  json_object_set_string_member (details, type, id);
  return payment;
}

static void
end (BillingSandbox *self,
     JsonObject     *payment,
     gint64          amount)
{
  JsonObject *transitions = json_object_get_object_member (payment, "status_transitions");
  gboolean paid = amount > 0;

  if (paid)
    json_object_set_int_member (payment, "amount_paid", amount);
  json_object_set_string_member (payment, "status", paid ? "paid" : "canceled");
  json_object_set_int_member (transitions, paid ? "paid_at" : "canceled_at",
                              billing_sandbox_now (self));
  billing_sandbox_store_put (billing_sandbox_get_store (self), payment);
  if (paid)
    billing_sandbox_tell (self, "invoice_payment.paid", payment);
}

/**
 * billing_sandbox_invoice_payment_open:
 * @self: a sandbox
 * @invoice: an invoice that has just been finalized
 * @intent: the payment intent through which it is to be paid
 */
void
billing_sandbox_invoice_payment_open (BillingSandbox *self,
                                      JsonObject     *invoice,
                                      const char     *intent)
{
  g_autoptr (JsonObject) payment = make (self, invoice, "payment_intent", intent);

  /* What lists are filtered by. */
  json_object_set_string_member (payment, "_payment_intent", intent);
  billing_sandbox_store_put (billing_sandbox_get_store (self), payment);
}

/**
 * billing_sandbox_invoice_payment_record:
 * @self: a sandbox
 * @invoice: an invoice
 * @amount: what was paid for it elsewhere, in cash or by cheque
 */
void
billing_sandbox_invoice_payment_record (BillingSandbox *self,
                                        JsonObject     *invoice,
                                        gint64          amount)
{
  g_autofree char *id =
    billing_sandbox_store_random (billing_sandbox_get_store (self), "pr_1", 23);
  g_autoptr (JsonObject) payment = make (self, invoice, "payment_record", id);

  json_object_set_boolean_member (payment, "is_default", FALSE);
  json_object_set_string_member (payment, "_payment_record", id);
  end (self, payment, amount);
}

/**
 * billing_sandbox_invoice_payment_close:
 * @self: a sandbox
 * @intent: a payment intent of an invoice
 * @amount: what was paid through it; 0: it will not be any more
 */
void
billing_sandbox_invoice_payment_close (BillingSandbox *self,
                                       const char     *intent,
                                       gint64          amount)
{
  BillingSandboxEntries found =
    billing_sandbox_store_where (billing_sandbox_get_store (self), BILLING_SANDBOX_INVOICE_PAYMENT,
                                 "_payment_intent", intent);

  for (guint i = 0; i < found.n; i++)
    {
      g_autoptr (JsonObject) payment = billing_sandbox_entry_read (found.entries[i]);

      if (g_strcmp0 (billing_sandbox_json_string (payment, "_payment_intent"), intent) != 0)
        continue;
      end (self, payment, amount);
      return;
    }
}

JsonObject *
billing_sandbox_invoice_payment_list (BillingSandbox     *self,
                                      BillingSandboxCall *call)
{
  g_auto (BillingSandboxCall) payment = { 0 };

  if (!billing_sandbox_call_enter_param (call, "payment",
                                         "type:e=payment_intent,payment_record payment_intent:s "
                                         "payment_record:s",
                                         &payment))
    return NULL;
  if (billing_sandbox_call_has (call, "payment") && !billing_sandbox_call_has (&payment, "type"))
    return billing_sandbox_fail (call, 400, "parameter_missing", "payment[type]",
                                 "Missing required param: payment[type].");

  billing_sandbox_json_assign (call->params, payment.params, "payment_intent");
  billing_sandbox_json_assign (call->params, payment.params, "payment_record");
  return billing_sandbox_list (self, call, BILLING_SANDBOX_INVOICE_PAYMENT,
                               "invoice payment_intent=_payment_intent "
                               "payment_record=_payment_record status",
                               "/v1/invoice_payments");
}

/* Those of one invoice, where they are asked for together with it. */
JsonObject *
billing_sandbox_invoice_payments (BillingSandbox     *self,
                                  BillingSandboxCall *call)
{
  json_object_set_string_member (call->params, "invoice", call->id);
  return billing_sandbox_list (self, call, BILLING_SANDBOX_INVOICE_PAYMENT, "invoice",
                               "/v1/invoice_payments");
}

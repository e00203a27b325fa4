/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-invoices.h"

#include "billing-sandbox-json.h"

/* How an invoice ends: paid here, paid elsewhere, void, or given up. */

static const char *
intent_of (JsonObject *invoice)
{
  return billing_sandbox_json_string (invoice, "_payment_intent");
}

static void
change_status (BillingSandbox *self,
               JsonObject     *invoice,
               const char     *status,
               const char     *moment)
{
  JsonObject *transitions = json_object_get_object_member (invoice, "status_transitions");

  json_object_set_string_member (invoice, "status", status);
  json_object_set_int_member (transitions, moment, billing_sandbox_now (self));
}

static void
become_paid (BillingSandbox *self,
             JsonObject     *invoice,
             gboolean        elsewhere)
{
  g_autoptr (JsonObject) before = billing_sandbox_json_copy (invoice);
  gint64 amount = json_object_get_int_member (invoice, "amount_due");

  change_status (self, invoice, "paid", "paid_at");
  json_object_set_boolean_member (invoice, "attempted", TRUE);
  json_object_set_int_member (invoice, "amount_paid", amount);
  json_object_set_int_member (invoice, "amount_paid_off_stripe", elsewhere ? amount : 0);
  json_object_set_int_member (invoice, "amount_remaining", 0);
  billing_sandbox_invoice_change (self, before, invoice);
  billing_sandbox_tell (self, "invoice.paid", invoice);
  if (!elsewhere)
    billing_sandbox_tell (self, "invoice.payment_succeeded", invoice);
}

/* Nobody is to pay what is not owed any more. */
static void
cancel_intent (BillingSandbox *self,
               JsonObject     *invoice,
               const char     *reason)
{
  g_auto (BillingSandboxCall) inner = { .params = json_object_new () };
  g_autoptr (JsonObject) intent = NULL;

  if (intent_of (invoice) == NULL)
    return;

  inner.id = g_strdup (intent_of (invoice));
  if (reason != NULL)
    json_object_set_string_member (inner.params, "cancellation_reason", reason);
  intent = billing_sandbox_intent_cancel (self, &inner);
  billing_sandbox_invoice_payment_close (self, intent_of (invoice), 0);
}

/**
 * billing_sandbox_invoice_try:
 * @self: a sandbox
 * @invoice: an invoice that is owed
 * @method: what it is to be paid with
 * @off_session: whether the payer is absent
 * @result: (out caller-allocates): what confirming the payment came to
 *
 * What becomes of the invoice is told by what becomes of its payment.
 *
 * Returns: whether the payment did not fail
 */
gboolean
billing_sandbox_invoice_try (BillingSandbox     *self,
                             JsonObject         *invoice,
                             const char         *method,
                             gboolean            off_session,
                             BillingSandboxCall *result)
{
  g_autoptr (JsonObject) intent = NULL;

  /* Its customer was deleted before it was finalized. */
  if (intent_of (invoice) == NULL)
    return billing_sandbox_fail (result, 400, NULL, NULL,
                                 "This invoice has no payment that could be made."),
           FALSE;

  json_object_set_boolean_member (invoice, "attempted", TRUE);
  json_object_set_int_member (invoice, "attempt_count",
                              json_object_get_int_member (invoice, "attempt_count") + 1);
  billing_sandbox_store_put (billing_sandbox_get_store (self), invoice);

  result->id = g_strdup (intent_of (invoice));
  result->params = json_object_new ();
  json_object_set_string_member (result->params, "payment_method", method);
  if (off_session)
    json_object_set_boolean_member (result->params, "off_session", TRUE);
  else
    json_object_set_string_member (result->params, "return_url",
                                   json_object_get_string_member (invoice, "hosted_invoice_url"));
  intent = billing_sandbox_intent_confirm (self, result);
  return intent != NULL;
}

/**
 * billing_sandbox_invoice_follow:
 * @self: a sandbox
 * @type: an event's type
 * @intent: the payment intent that it is about
 *
 * Carries on with the invoice that @intent is of, if it is of one.
 */
void
billing_sandbox_invoice_follow (BillingSandbox *self,
                                const char     *type,
                                JsonObject     *intent)
{
  const char *id = billing_sandbox_json_string (intent, "_invoice");
  g_autoptr (JsonObject) invoice = NULL;

  if (id == NULL)
    return;

  invoice = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  if (!billing_sandbox_invoice_has_status (invoice, "open uncollectible"))
    return;

  if (g_str_equal (type, "payment_intent.succeeded"))
    {
      become_paid (self, invoice, FALSE);
      billing_sandbox_invoice_payment_close (self, intent_of (invoice),
                                             json_object_get_int_member (invoice, "amount_paid"));
    }
  else if (g_str_equal (type, "payment_intent.payment_failed"))
    billing_sandbox_tell (self, "invoice.payment_failed", invoice);
  else if (g_str_equal (type, "payment_intent.requires_action"))
    billing_sandbox_tell (self, "invoice.payment_action_required", invoice);
}

/* In cash, or by cheque: no charge is made. */
static void
pay_elsewhere (BillingSandbox *self,
               JsonObject     *invoice)
{
  cancel_intent (self, invoice, NULL);
  billing_sandbox_invoice_payment_record (self, invoice,
                                          json_object_get_int_member (invoice, "amount_due"));
  become_paid (self, invoice, TRUE);
}

/* Returns: (transfer full) (nullable): what was given, or else the invoice's or customer's own */
static char *
choose_method (BillingSandbox     *self,
               BillingSandboxCall *call,
               JsonObject         *invoice)
{
  g_autoptr (JsonObject) customer = billing_sandbox_store_get (
    billing_sandbox_get_store (self), json_object_get_string_member (invoice, "customer"));
  JsonObject *settings = json_object_get_object_member (customer, "invoice_settings");
  const char *method = billing_sandbox_call_string (call, "payment_method");

  if (method == NULL)
    method = billing_sandbox_json_string (invoice, "default_payment_method");
  if (method == NULL)
    method = billing_sandbox_json_string (settings, "default_payment_method");
  if (method != NULL)
    return g_strdup (method);

  return billing_sandbox_fail (call, 400, "resource_missing", NULL,
                               "There is no `default_payment_method` set on this Customer or "
                               "Invoice. Please set a default payment method or pay with one.");
}

static gboolean
check_payable (BillingSandboxCall *call,
               JsonObject         *invoice)
{
  if (billing_sandbox_invoice_has_status (invoice, "open uncollectible"))
    return TRUE;

  billing_sandbox_fail (call, 400, NULL, NULL,
                        billing_sandbox_invoice_has_status (invoice, "paid")
                          ? "Invoice is already paid"
                          : "This invoice can no longer be paid, as it is void");
  return FALSE;
}

/* Returns: whether the payment went through, or is under way */
static gboolean
pay_with (BillingSandbox     *self,
          BillingSandboxCall *call,
          JsonObject         *invoice)
{
  g_autofree char *method = choose_method (self, call, invoice);
  g_auto (BillingSandboxCall) result = { 0 };
  g_autoptr (JsonObject) intent = NULL;
  gboolean absent = !billing_sandbox_call_has (call, "off_session") ||
                    billing_sandbox_json_bool (call->params, "off_session");

  if (method == NULL)
    return FALSE;
  if (!billing_sandbox_invoice_try (self, invoice, method, absent, &result))
    return billing_sandbox_fail_with (call, result.status, g_steal_pointer (&result.error)), FALSE;

  intent = billing_sandbox_store_get (billing_sandbox_get_store (self), result.id);
  if (!g_str_equal (json_object_get_string_member (intent, "status"), "requires_action"))
    return TRUE;

  billing_sandbox_fail (call, 402, "invoice_payment_intent_requires_action", NULL,
                        "Payment for this invoice requires additional user action before it can "
                        "be completed successfully. Payment can be completed using the "
                        "PaymentIntent associated with the invoice.");
  return FALSE;
}

JsonObject *
billing_sandbox_invoice_pay (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  g_autoptr (JsonObject) invoice = billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE);

  if (invoice == NULL)
    return NULL;
  if (billing_sandbox_invoice_has_status (invoice, "draft"))
    {
      invoice = (json_object_unref (invoice), billing_sandbox_invoice_finalize (self, call));
      if (invoice == NULL || billing_sandbox_invoice_has_status (invoice, "paid"))
        return g_steal_pointer (&invoice);
    }
  if (!check_payable (call, invoice))
    return NULL;

  if (billing_sandbox_json_bool (call->params, "paid_out_of_band"))
    pay_elsewhere (self, invoice);
  else if (!pay_with (self, call, invoice))
    return NULL;

  return billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE);
}

JsonObject *
billing_sandbox_invoice_void (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE);
  g_autoptr (JsonObject) invoice = NULL;

  if (before == NULL)
    return NULL;
  if (!billing_sandbox_invoice_has_status (before, "open uncollectible"))
    return billing_sandbox_fail (call, 400, NULL, NULL,
                                 "You can only pass in open invoices. This invoice isn't open.");

  invoice = billing_sandbox_json_copy (before);
  cancel_intent (self, invoice, "void_invoice");
  change_status (self, invoice, "void", "voided_at");
  billing_sandbox_invoice_change (self, before, invoice);
  billing_sandbox_tell (self, "invoice.voided", invoice);
  return g_steal_pointer (&invoice);
}

JsonObject *
billing_sandbox_invoice_give_up (BillingSandbox     *self,
                                 BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE);
  g_autoptr (JsonObject) invoice = NULL;

  if (before == NULL)
    return NULL;
  if (!billing_sandbox_invoice_has_status (before, "open"))
    return billing_sandbox_fail (call, 400, NULL, NULL,
                                 "You can only mark open invoices as uncollectible. This invoice "
                                 "isn't open.");

  invoice = billing_sandbox_json_copy (before);
  change_status (self, invoice, "uncollectible", "marked_uncollectible_at");
  billing_sandbox_invoice_change (self, before, invoice);
  billing_sandbox_tell (self, "invoice.marked_uncollectible", invoice);
  return g_steal_pointer (&invoice);
}

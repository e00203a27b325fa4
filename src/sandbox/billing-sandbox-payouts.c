/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-settings.h"

#define ARRIVES_AFTER (2 * BILLING_SANDBOX_DAY)

static void
change_status (BillingSandbox *self,
               const char     *id,
               const char     *member,
               const char     *value,
               const char     *event)
{
  BillingSandboxStore *store = billing_sandbox_get_store (self);
  g_autoptr (JsonObject) before = billing_sandbox_store_get (store, id);
  g_autoptr (JsonObject) payout = billing_sandbox_store_get (store, id);

  json_object_set_string_member (payout, member, value);
  billing_sandbox_store_put (store, payout);
  if (g_str_equal (event, "payout.updated"))
    billing_sandbox_tell_change (self, event, before, payout);
  else
    billing_sandbox_tell (self, event, payout);
}

/* What was canceled, or did not get there, goes no further. */
static gboolean
is_over (BillingSandbox *self,
         const char     *id)
{
  g_autoptr (JsonObject) payout =
    billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  const char *status = json_object_get_string_member (payout, "status");

  return g_str_equal (status, "canceled") || g_str_equal (status, "failed");
}

/* By which the bank finds it: pending until it has arrived, which only then has one. */
static void
set_trace (JsonObject *payout,
           const char *status)
{
  g_autoptr (JsonObject) trace = json_object_new ();
  g_autofree char *value =
    g_strconcat ("TRACE-", json_object_get_string_member (payout, "id"), NULL);

  json_object_set_string_member (trace, "status", status);
  if (g_str_equal (status, "supported"))
    json_object_set_string_member (trace, "value", value);
  else
    json_object_set_null_member (trace, "value");
  json_object_set_object_member (payout, "trace_id", json_object_ref (trace));
}

static void
send_payout (BillingSandbox *self,
             const char     *id)
{
  if (!is_over (self, id))
    change_status (self, id, "status", "in_transit", "payout.updated");
}

static void
pay_payout (BillingSandbox *self,
            const char     *id)
{
  g_autoptr (JsonObject) payout = NULL;

  if (is_over (self, id))
    return;

  payout = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  json_object_set_string_member (payout, "status", "paid");
  set_trace (payout, "supported");
  billing_sandbox_store_put (billing_sandbox_get_store (self), payout);
  billing_sandbox_tell (self, "payout.paid", payout);
}

static void
reconcile_payout (BillingSandbox *self,
                  const char     *id)
{
  change_status (self, id, "reconciliation_status", "completed", "payout.reconciliation_completed");
}

static JsonObject *
new_payout (BillingSandbox *self,
            gint64          amount,
            const char     *currency,
            gboolean        automatic)
{
  JsonObject *payout = billing_sandbox_add (self, BILLING_SANDBOX_PAYOUT);
  BillingSandboxEntries banks =
    billing_sandbox_store_all (billing_sandbox_get_store (self), BILLING_SANDBOX_BANK_ACCOUNT);
  gint64 today = billing_sandbox_now (self) / BILLING_SANDBOX_DAY * BILLING_SANDBOX_DAY;

  json_object_set_int_member (payout, "amount", amount);
  json_object_set_int_member (payout, "arrival_date", today + ARRIVES_AFTER);
  json_object_set_boolean_member (payout, "automatic", automatic);
  json_object_set_string_member (payout, "currency", currency);
  json_object_set_string_member (payout, "description", automatic ? "STRIPE PAYOUT" : NULL);
  json_object_set_string_member (payout, "destination", banks.entries[0]->id);
  json_object_set_string_member (payout, "status", automatic ? "in_transit" : "pending");
  json_object_set_string_member (payout, "reconciliation_status",
                                 automatic ? "in_progress" : "not_applicable");
  set_trace (payout, "pending");
  return payout;
}

static void
take_money (BillingSandbox *self,
            JsonObject     *payout)
{
  const char *id = json_object_get_string_member (payout, "id");
  g_autoptr (JsonObject) transaction = billing_sandbox_move (
    self, "payout", "payout", -json_object_get_int_member (payout, "amount"), 0,
    json_object_get_string_member (payout, "currency"), id, billing_sandbox_now (self));

  json_object_set_string_member (payout, "balance_transaction",
                                 json_object_get_string_member (transaction, "id"));
  billing_sandbox_store_put (billing_sandbox_get_store (self), payout);
  billing_sandbox_later (self, json_object_get_int_member (payout, "arrival_date"), pay_payout, id);
}

static void
pay_out (BillingSandbox *self,
         const char     *currency)
{
  g_autoptr (JsonObject) payout = NULL;
  gint64 amount = billing_sandbox_available (self, currency);
  const char *id;

  if (amount <= 0)
    return;

  payout = new_payout (self, amount, currency, TRUE);
  id = json_object_get_string_member (payout, "id");
  take_money (self, payout);
  billing_sandbox_settle (self, currency, id);
  billing_sandbox_tell (self, "payout.created", payout);
  billing_sandbox_later (self, billing_sandbox_now (self) + BILLING_SANDBOX_DAY, reconcile_payout,
                         id);
}

/**
 * billing_sandbox_payout_follow:
 * @self: a sandbox
 * @payout: an automatic payout of the history that has not arrived yet, as if it had
 *
 * Puts it as it is now, and does the rest when its time comes.
 */
void
billing_sandbox_payout_follow (BillingSandbox *self,
                               JsonObject     *payout)
{
  const char *id = json_object_get_string_member (payout, "id");
  gint64 reconciled = json_object_get_int_member (payout, "created") + BILLING_SANDBOX_DAY;

  json_object_set_string_member (payout, "status", "in_transit");
  set_trace (payout, "pending");
  billing_sandbox_later (self, json_object_get_int_member (payout, "arrival_date"), pay_payout, id);
  if (reconciled > billing_sandbox_now (self))
    {
      json_object_set_string_member (payout, "reconciliation_status", "in_progress");
      billing_sandbox_later (self, reconciled, reconcile_payout, id);
    }
  billing_sandbox_store_put (billing_sandbox_get_store (self), payout);
}

/**
 * billing_sandbox_run_day:
 * @self: a sandbox
 * @id: (nullable): nothing
 *
 * What happens at midnight, UTC: money becomes available, and all of it is paid out.
 */
void
billing_sandbox_run_day (BillingSandbox *self,
                         const char     *id)
{
  g_auto (GStrv) currencies = NULL;

  if (billing_sandbox_release (self))
    {
      g_autoptr (JsonObject) balance = billing_sandbox_balance_get (self, NULL);

      billing_sandbox_tell (self, "balance.available", balance);
    }

  currencies = billing_sandbox_settings_pay_out_today (self)
                 ? billing_sandbox_currencies (self)
                 : g_new0 (char *, 1);
  for (guint i = 0; currencies[i] != NULL; i++)
    pay_out (self, currencies[i]);

  billing_sandbox_later (self, billing_sandbox_now (self) + BILLING_SANDBOX_DAY,
                         billing_sandbox_run_day, NULL);
}

JsonObject *
billing_sandbox_payout_create (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  gint64 amount = billing_sandbox_json_int (call->params, "amount", 0);
  const char *currency;
  JsonObject *payout;

  if (!billing_sandbox_call_check_currency (call))
    return NULL;

  currency = billing_sandbox_call_string (call, "currency");
  if (amount < 1)
    return billing_sandbox_fail (call, 400, "parameter_invalid_integer", "amount",
                                 "This value must be greater than or equal to 1.");
  if (g_strcmp0 (billing_sandbox_call_string (call, "method"), "instant") == 0)
    return billing_sandbox_fail (call, 400, "instant_payouts_unsupported", "method",
                                 "The bank account of this account cannot take instant payouts.");
  if (amount > billing_sandbox_available (self, currency))
    return billing_sandbox_fail (call, 400, "balance_insufficient", "amount",
                                 "You have insufficient funds in your Stripe account for this "
                                 "transfer. Your available balance is too low.");

  payout = new_payout (self, amount, currency, FALSE);
  billing_sandbox_call_apply (call, payout, "description metadata statement_descriptor");
  take_money (self, payout);
  billing_sandbox_tell (self, "payout.created", payout);
  billing_sandbox_later (
    self, (billing_sandbox_now (self) / BILLING_SANDBOX_DAY + 1) * BILLING_SANDBOX_DAY, send_payout,
    json_object_get_string_member (payout, "id"));
  return payout;
}

JsonObject *
billing_sandbox_payout_update (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_PAYOUT);
  JsonObject *payout;

  if (before == NULL)
    return NULL;

  payout = billing_sandbox_json_copy (before);
  billing_sandbox_call_apply (call, payout, "metadata");
  billing_sandbox_store_put (billing_sandbox_get_store (self), payout);
  billing_sandbox_tell_change (self, "payout.updated", before, payout);
  return payout;
}

/* The money is in the balance again, and the payout is over. */
static void
give_back (BillingSandbox *self,
           JsonObject     *payout,
           const char     *type,
           const char     *status)
{
  g_autoptr (JsonObject) transaction = billing_sandbox_move (
    self, type, "payout_reversal", json_object_get_int_member (payout, "amount"), 0,
    json_object_get_string_member (payout, "currency"),
    json_object_get_string_member (payout, "id"), billing_sandbox_now (self));

  json_object_set_string_member (payout, "status", status);
  json_object_set_string_member (payout, "failure_balance_transaction",
                                 json_object_get_string_member (transaction, "id"));
  set_trace (payout, "unsupported");
  billing_sandbox_store_put (billing_sandbox_get_store (self), payout);
}

JsonObject *
billing_sandbox_payout_cancel (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) payout = billing_sandbox_find (self, call, BILLING_SANDBOX_PAYOUT);

  if (payout == NULL)
    return NULL;
  if (json_object_get_boolean_member (payout, "automatic") ||
      !g_str_equal (json_object_get_string_member (payout, "status"), "pending"))
    return billing_sandbox_fail (call, 400, NULL, NULL,
                                 "Payouts can only be canceled while they are pending and were "
                                 "created manually; this one is %s.",
                                 json_object_get_string_member (payout, "status"));

  give_back (self, payout, "payout_cancel", "canceled");
  billing_sandbox_tell (self, "payout.canceled", payout);
  return g_steal_pointer (&payout);
}

/* What Stripe says of some of its codes, and of all others. */
static const char *
describe_failure (const char *code)
{
  if (g_str_equal (code, "account_closed"))
    return "The bank account has been closed.";
  if (g_str_equal (code, "no_account"))
    return "The bank account details on file are probably incorrect. No bank account could be located with "
           "those details.";

  return "The bank could not process this payout.";
}

/**
 * billing_sandbox_payout_fail:
 * @self: a sandbox
 * @call: which payout, with a failure_code of Stripe's
 *
 * The bank sends a payout back, even days after it was taken for paid.
 *
 * Returns: (transfer full) (nullable): the payout
 */
JsonObject *
billing_sandbox_payout_fail (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  g_autoptr (JsonObject) payout = billing_sandbox_find (self, call, BILLING_SANDBOX_PAYOUT);
  const char *code = billing_sandbox_call_string (call, "failure_code");

  if (payout == NULL)
    return NULL;
  if (is_over (self, json_object_get_string_member (payout, "id")))
    return billing_sandbox_fail (call, 400, NULL, NULL, "Payout %s is %s.", call->id,
                                 json_object_get_string_member (payout, "status"));

  if (code == NULL)
    code = "could_not_process";
  json_object_set_string_member (payout, "failure_code", code);
  json_object_set_string_member (payout, "failure_message", describe_failure (code));
  give_back (self, payout, "payout_failure", "failed");
  billing_sandbox_tell (self, "payout.failed", payout);
  return g_steal_pointer (&payout);
}

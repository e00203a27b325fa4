/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-settings.h"

/* A century: what is still to happen each day of it is done while the client waits. */
#define MAX_CLOCK_STEP (36525 * BILLING_SANDBOX_DAY)

/* The bank account that payouts go to. */
static JsonObject *
list_external_accounts (BillingSandbox *self)
{
  JsonObject *list = json_object_new ();
  JsonArray *data = json_array_new ();
  BillingSandboxEntries banks =
    billing_sandbox_store_all (billing_sandbox_get_store (self), BILLING_SANDBOX_BANK_ACCOUNT);

  for (guint i = 0; i < banks.n; i++)
    json_array_add_object_element (data, billing_sandbox_entry_read (banks.entries[i]));

  json_object_set_string_member (list, "object", "list");
  json_object_set_array_member (list, "data", data);
  json_object_set_boolean_member (list, "has_more", FALSE);
  json_object_set_string_member (list, "url",
                                 "/v1/accounts/" BILLING_SANDBOX_ACCOUNT "/external_accounts");
  return list;
}

JsonObject *
billing_sandbox_account_get (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  JsonObject *account;

  if (call->id != NULL && !g_str_equal (call->id, BILLING_SANDBOX_ACCOUNT))
    return billing_sandbox_fail (call, 403, "account_invalid", NULL,
                                 "The provided key does not have access to account '%s' (or that "
                                 "account does not exist). Application access may have been "
                                 "revoked.",
                                 call->id);

  account = billing_sandbox_account_new (billing_sandbox_get_created (self));
  json_object_set_object_member (account, "external_accounts", list_external_accounts (self));
  billing_sandbox_settings_describe (self, account);
  return account;
}

JsonObject *
billing_sandbox_clock_get (BillingSandbox     *self,
                           BillingSandboxCall *call)
{
  JsonObject *clock = json_object_new ();

  json_object_set_string_member (clock, "object", "sandbox.clock");
  json_object_set_int_member (clock, "now", billing_sandbox_now (self));
  return clock;
}

/* Ours, not Stripe's: POST /sandbox/clock with "now" (Unix time) or "advance" (seconds). */
JsonObject *
billing_sandbox_clock_set (BillingSandbox     *self,
                           BillingSandboxCall *call)
{
  gint64 now = billing_sandbox_now (self);
  gint64 step = billing_sandbox_json_int (call->params, "advance", 0);

  if (billing_sandbox_call_has (call, "now") == billing_sandbox_call_has (call, "advance"))
    return billing_sandbox_fail (call, 400, "parameter_missing", "now",
                                 "Say either now, a Unix time, or advance, seconds.");
  if (billing_sandbox_call_has (call, "now"))
    step = CLAMP (billing_sandbox_json_int (call->params, "now", 0), -1, G_MAXINT64 / 2) - now;
  if (step < 0 || step > MAX_CLOCK_STEP)
    return billing_sandbox_fail (call, 400, NULL,
                                 billing_sandbox_call_has (call, "now") ? "now" : "advance",
                                 "The clock goes forwards only, and by a century at most.");

  /* What happens until then was not asked for by this request. */
  billing_sandbox_end (self);
  billing_sandbox_set_clock (self, now + step);
  return billing_sandbox_clock_get (self, call);
}

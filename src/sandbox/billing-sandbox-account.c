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

/* What was said of the account by POST /sandbox/account: lists are words between commas. */
const char billing_sandbox_condition_template[] =
  "{\"id\":\"\",\"object\":\"sandbox.condition\",\"charges_enabled\":true,"
  "\"payouts_enabled\":true,\"disabled_reason\":null,\"current_deadline\":null,"
  "\"past_due\":null,\"currently_due\":null,\"eventually_due\":null,\"future_due\":null,"
  "\"future_deadline\":null,\"capabilities\":null}";

static void
set_list (JsonObject *requirements,
          const char *name,
          JsonObject *condition,
          const char *words_name)
{
  const char *words = billing_sandbox_json_string (condition, words_name);
  g_auto (GStrv) fields = g_strsplit (words != NULL ? words : "", ",", -1);
  JsonArray *list = json_array_new ();

  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (*fields[i] != '\0')
        json_array_add_string_element (list, fields[i]);
    }
  json_object_set_array_member (requirements, name, list);
}

static void
set_deadline (JsonObject *requirements,
              JsonObject *condition,
              const char *name)
{
  gint64 deadline = billing_sandbox_json_int (condition, name, 0);

  if (deadline > 0)
    json_object_set_int_member (requirements, "current_deadline", deadline);
}

/* “card_payments=inactive,transfers=pending” */
static void
set_capabilities (JsonObject *capabilities,
                  JsonObject *condition)
{
  const char *words = billing_sandbox_json_string (condition, "capabilities");
  g_auto (GStrv) pairs = g_strsplit (words != NULL ? words : "", ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      if (g_strv_length (pair) == 2)
        json_object_set_string_member (capabilities, pair[0], pair[1]);
    }
}

static void
apply_condition (BillingSandbox *self,
                 JsonObject     *account)
{
  g_autoptr (JsonObject) condition = billing_sandbox_settings_get (self, BILLING_SANDBOX_CONDITION);
  JsonObject *requirements = json_object_get_object_member (account, "requirements");
  JsonObject *future = json_object_get_object_member (account, "future_requirements");

  billing_sandbox_json_assign (account, condition, "charges_enabled");
  billing_sandbox_json_assign (account, condition, "payouts_enabled");
  billing_sandbox_json_assign (requirements, condition, "disabled_reason");
  set_list (requirements, "past_due", condition, "past_due");
  set_list (requirements, "currently_due", condition, "currently_due");
  set_list (requirements, "eventually_due", condition, "eventually_due");
  set_list (future, "currently_due", condition, "future_due");
  set_deadline (requirements, condition, "current_deadline");
  set_deadline (future, condition, "future_deadline");
  set_capabilities (json_object_get_object_member (account, "capabilities"), condition);
}

static JsonObject *
make_account (BillingSandbox *self)
{
  JsonObject *account = billing_sandbox_account_new (billing_sandbox_get_created (self));

  json_object_set_object_member (account, "external_accounts", list_external_accounts (self));
  billing_sandbox_settings_describe (self, account);
  apply_condition (self, account);
  return account;
}

/* Ours, not Stripe's: what Stripe would find out about an account, and want to know. */
JsonObject *
billing_sandbox_account_set (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = make_account (self);
  g_autoptr (JsonObject) condition = billing_sandbox_settings_get (self, BILLING_SANDBOX_CONDITION);
  JsonObject *after;

  billing_sandbox_call_apply (call, condition,
                              "charges_enabled payouts_enabled disabled_reason current_deadline "
                              "past_due currently_due eventually_due future_due future_deadline "
                              "capabilities");
  billing_sandbox_store_put (billing_sandbox_get_store (self), condition);
  after = make_account (self);
  billing_sandbox_tell_change (self, "account.updated", before, after);
  return after;
}

static void
begin_with (JsonObject *condition,
            const char *name,
            const char *value)
{
  gint64 number;

  if (g_str_equal (value, "true") || g_str_equal (value, "false"))
    json_object_set_boolean_member (condition, name, *value == 't');
  else if (g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &number, NULL))
    json_object_set_int_member (condition, name, number);
  else
    json_object_set_string_member (condition, name, value);
}

/**
 * billing_sandbox_account_begin:
 * @self: a sandbox in which nothing has happened yet
 * @form: as the body of POST /sandbox/account
 * @error: where to say why not
 *
 * Has the account begin like that.
 *
 * Returns: whether @form is a form
 */
gboolean
billing_sandbox_account_begin (BillingSandbox  *self,
                               const char      *form,
                               GError         **error)
{
  g_autoptr (GHashTable) params = g_uri_parse_params (form, -1, "&", G_URI_PARAMS_WWW_FORM, error);
  g_autoptr (JsonObject) condition = NULL;
  GHashTableIter iter;
  gpointer name, value;

  if (params == NULL)
    return FALSE;

  condition = billing_sandbox_settings_get (self, BILLING_SANDBOX_CONDITION);
  g_hash_table_iter_init (&iter, params);
  while (g_hash_table_iter_next (&iter, &name, &value))
    begin_with (condition, name, value);
  billing_sandbox_store_put (billing_sandbox_get_store (self), condition);
  return TRUE;
}

JsonObject *
billing_sandbox_account_get (BillingSandbox     *self,
                             BillingSandboxCall *call)
{

  if (call->id != NULL && !g_str_equal (call->id, BILLING_SANDBOX_ACCOUNT))
    return billing_sandbox_fail (call, 403, "account_invalid", NULL,
                                 "The provided key does not have access to account '%s' (or that "
                                 "account does not exist). Application access may have been "
                                 "revoked.",
                                 call->id);

  return make_account (self);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-settings.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"

#define STANDARD_DELAY 2
#define MAX_DELAY 31

/* By the numbers of g_date_time_get_day_of_week(). */
static const char *const weekdays[] = { "",         "monday", "tuesday",  "wednesday",
                                        "thursday", "friday", "saturday", "sunday" };

/**
 * billing_sandbox_settings_get:
 * @self: a sandbox
 * @kind: a kind of which there is one
 *
 * Returns: (transfer full): it, as it was last set
 */
JsonObject *
billing_sandbox_settings_get (BillingSandbox     *self,
                              BillingSandboxKind  kind)
{
  const char *id = billing_sandbox_kind_info (kind)->prefix;
  JsonObject *settings = billing_sandbox_store_get (billing_sandbox_get_store (self), id);

  if (settings != NULL)
    return settings;

  settings = billing_sandbox_kind_new (kind);
  json_object_set_string_member (settings, "id", id);
  return settings;
}

static JsonObject *
get_payments (JsonObject *settings)
{
  return json_object_get_object_member (settings, "payments");
}

static JsonObject *
get_payouts (JsonObject *settings)
{
  return json_object_get_object_member (get_payments (settings), "payouts");
}

static JsonObject *
get_timing (JsonObject *settings)
{
  return json_object_get_object_member (get_payments (settings), "settlement_timing");
}

/* Settings have no id in Stripe's answers, only in our store. */
static JsonObject *
without_id (JsonObject *settings)
{
  json_object_remove_member (settings, "id");
  return settings;
}

/* Every day, where nothing else was set. */
static JsonObject *
read_schedule (JsonObject *settings)
{
  JsonObject *schedule = billing_sandbox_json_child (get_payouts (settings), "schedule");

  if (schedule != NULL)
    return billing_sandbox_json_copy (schedule);

  return billing_sandbox_json_parse ("{\"interval\":\"daily\"}");
}

JsonObject *
billing_sandbox_balance_settings_get (BillingSandbox     *self,
                                      BillingSandboxCall *call)
{
  JsonObject *settings =
    billing_sandbox_settings_get (self, BILLING_SANDBOX_BALANCE_SETTINGS);

  json_object_set_object_member (get_payouts (settings), "schedule", read_schedule (settings));
  return without_id (settings);
}

static gboolean
check_days (BillingSandboxCall *call,
            const char         *interval,
            const char         *wanted,
            const char         *name)
{
  gboolean needed = g_str_equal (interval, wanted);

  if (needed == billing_sandbox_call_has (call, name))
    return TRUE;

  billing_sandbox_fail (call, 400, needed ? "parameter_missing" : NULL, name,
                        needed ? "Missing required param: %s."
                               : "You cannot specify %s with this interval.",
                        name);
  return FALSE;
}

static gboolean
add_weekdays (BillingSandboxCall *call,
              JsonObject         *schedule)
{
  JsonArray *days;

  if (!billing_sandbox_call_has (call, "weekly_payout_days"))
    return TRUE;

  days = json_object_get_array_member (call->params, "weekly_payout_days");
  for (guint i = 0; i < json_array_get_length (days); i++)
    {
      const char *day = json_array_get_string_element (days, i);
      gboolean known = FALSE;

      for (guint j = 1; j <= 5; j++)
        known = known || g_str_equal (weekdays[j], day);
      if (!known)
        return billing_sandbox_fail (call, 400, NULL, "weekly_payout_days",
                                     "Invalid weekly_payout_days: must be one of monday, tuesday, "
                                     "wednesday, thursday, or friday"),
               FALSE;
    }

  billing_sandbox_json_assign (schedule, call->params, "weekly_payout_days");
  return TRUE;
}

static gboolean
add_month_days (BillingSandboxCall *call,
                JsonObject         *schedule)
{
  g_autoptr (JsonArray) numbers = json_array_new ();
  JsonArray *days;

  if (!billing_sandbox_call_has (call, "monthly_payout_days"))
    return TRUE;

  days = json_object_get_array_member (call->params, "monthly_payout_days");
  for (guint i = 0; i < json_array_get_length (days); i++)
    {
      gint64 day;

      if (!g_ascii_string_to_signed (json_array_get_string_element (days, i), 10, 1, 31, &day,
                                     NULL))
        return billing_sandbox_fail (call, 400, "parameter_invalid_integer",
                                     "monthly_payout_days",
                                     "Invalid monthly_payout_days: must be between 1 and 31"),
               FALSE;
      json_array_add_int_element (numbers, day);
    }

  json_object_set_array_member (schedule, "monthly_payout_days", json_array_ref (numbers));
  return TRUE;
}

static gboolean
apply_schedule (BillingSandboxCall *call,
                JsonObject         *payouts)
{
  const char *interval = billing_sandbox_call_string (call, "interval");
  g_autoptr (JsonObject) schedule = json_object_new ();

  billing_sandbox_call_drop_empty (call->params, "monthly_payout_days weekly_payout_days");
  if (interval == NULL)
    interval = "daily";
  json_object_set_string_member (schedule, "interval", interval);
  if (!check_days (call, interval, "weekly", "weekly_payout_days") ||
      !check_days (call, interval, "monthly", "monthly_payout_days") ||
      !add_weekdays (call, schedule) || !add_month_days (call, schedule))
    return FALSE;

  json_object_set_object_member (payouts, "schedule", json_object_ref (schedule));
  return TRUE;
}

/* What is to stay in the balance, in each currency. */
static gboolean
apply_minimum (BillingSandboxCall *call,
               JsonObject         *payouts)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "minimum_balance_by_currency");
  g_autoptr (JsonObject) amounts = json_object_new ();
  g_autoptr (GList) names = given != NULL ? json_object_get_members (given) : NULL;

  if (!billing_sandbox_call_has (call, "minimum_balance_by_currency"))
    return TRUE;

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *text = billing_sandbox_json_string (given, l->data);
      gint64 amount;

      if (text == NULL ||
          !g_ascii_string_to_signed (text, 10, 0, G_GINT64_CONSTANT (99999999), &amount, NULL))
        return billing_sandbox_fail (call, 400, "parameter_invalid_integer",
                                     "minimum_balance_by_currency", "Invalid integer: %s",
                                     text != NULL ? text : ""),
               FALSE;
      json_object_set_int_member (amounts, l->data, amount);
    }

  if (names != NULL)
    json_object_set_object_member (payouts, "minimum_balance_by_currency",
                                   json_object_ref (amounts));
  else
    json_object_set_null_member (payouts, "minimum_balance_by_currency");
  return TRUE;
}

static gboolean
apply_payouts (BillingSandboxCall *call,
               JsonObject         *payouts)
{
  g_auto (BillingSandboxCall) schedule = { 0 };

  if (!billing_sandbox_call_enter_param (call, "schedule",
                                         "interval:e=manual,daily,weekly,monthly "
                                         "monthly_payout_days:a weekly_payout_days:a",
                                         &schedule))
    return FALSE;
  if (billing_sandbox_call_has (call, "schedule"))
    apply_schedule (&schedule, payouts);
  if (!billing_sandbox_call_leave (call, "schedule", &schedule) || !apply_minimum (call, payouts))
    return FALSE;

  billing_sandbox_call_apply (call, payouts, "statement_descriptor");
  return TRUE;
}

static gboolean
apply_timing (BillingSandboxCall *call,
              JsonObject         *timing)
{
  gint64 days = billing_sandbox_json_int (call->params, "delay_days_override", STANDARD_DELAY);

  if (!billing_sandbox_call_has (call, "delay_days_override"))
    return TRUE;
  if (days < STANDARD_DELAY || days > MAX_DELAY)
    return billing_sandbox_fail (call, 400, "parameter_invalid_integer", "delay_days_override",
                                 "This value must be between %d and %d.", STANDARD_DELAY,
                                 MAX_DELAY),
           FALSE;

  json_object_set_int_member (timing, "delay_days", days);
  json_object_set_int_member (timing, "delay_days_override", days);
  return TRUE;
}

static gboolean
apply_payments (BillingSandboxCall *call,
                JsonObject         *settings)
{
  g_auto (BillingSandboxCall) payouts = { 0 };
  g_auto (BillingSandboxCall) timing = { 0 };

  if (!billing_sandbox_call_enter_param (call, "payouts",
                                         "minimum_balance_by_currency:h schedule:h "
                                         "statement_descriptor:s",
                                         &payouts) ||
      !billing_sandbox_call_enter_param (call, "settlement_timing", "delay_days_override:i",
                                         &timing))
    return FALSE;

  apply_payouts (&payouts, get_payouts (settings));
  apply_timing (&timing, get_timing (settings));
  billing_sandbox_call_apply (call, get_payments (settings), "debit_negative_balances");
  return billing_sandbox_call_leave (call, "payouts", &payouts) &&
         billing_sandbox_call_leave (call, "settlement_timing", &timing);
}

JsonObject *
billing_sandbox_balance_settings_set (BillingSandbox     *self,
                                      BillingSandboxCall *call)
{
  g_autoptr (JsonObject) settings =
    billing_sandbox_settings_get (self, BILLING_SANDBOX_BALANCE_SETTINGS);
  g_autoptr (JsonObject) before = billing_sandbox_balance_settings_get (self, call);
  g_auto (BillingSandboxCall) payments = { 0 };
  JsonObject *after;

  if (!billing_sandbox_call_enter_param (call, "payments",
                                         "debit_negative_balances:b payouts:h settlement_timing:h",
                                         &payments))
    return NULL;
  apply_payments (&payments, settings);
  if (!billing_sandbox_call_leave (call, "payments", &payments))
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), settings);
  after = billing_sandbox_balance_settings_get (self, call);
  billing_sandbox_tell_change (self, "balance_settings.updated", before, after);
  return after;
}

/**
 * billing_sandbox_settings_delay:
 * @self: a sandbox
 *
 * Returns: how many days pass until money is available
 */
gint64
billing_sandbox_settings_delay (BillingSandbox *self)
{
  const char *id = billing_sandbox_kind_info (BILLING_SANDBOX_BALANCE_SETTINGS)->prefix;
  g_autoptr (JsonObject) settings =
    billing_sandbox_store_get (billing_sandbox_get_store (self), id);

  return settings != NULL ? json_object_get_int_member (get_timing (settings), "delay_days")
                          : STANDARD_DELAY;
}

static gboolean
is_on_weekday (JsonObject *schedule,
               GDateTime  *today)
{
  JsonArray *days = json_object_get_array_member (schedule, "weekly_payout_days");

  for (guint i = 0; i < json_array_get_length (days); i++)
    {
      if (g_str_equal (json_array_get_string_element (days, i),
                       weekdays[g_date_time_get_day_of_week (today)]))
        return TRUE;
    }

  return FALSE;
}

/* In a month that has no such day, on its last one. */
static gboolean
is_on_month_day (JsonObject *schedule,
                 GDateTime  *today)
{
  JsonArray *days = json_object_get_array_member (schedule, "monthly_payout_days");
  int day = g_date_time_get_day_of_month (today);
  int last = g_date_get_days_in_month (g_date_time_get_month (today), g_date_time_get_year (today));

  for (guint i = 0; i < json_array_get_length (days); i++)
    {
      if (MIN (json_array_get_int_element (days, i), last) == day)
        return TRUE;
    }

  return FALSE;
}

/**
 * billing_sandbox_settings_pay_out_today:
 * @self: a sandbox
 *
 * Returns: whether what is available is paid out by itself today
 */
gboolean
billing_sandbox_settings_pay_out_today (BillingSandbox *self)
{
  g_autoptr (JsonObject) settings =
    billing_sandbox_settings_get (self, BILLING_SANDBOX_BALANCE_SETTINGS);
  g_autoptr (JsonObject) schedule = read_schedule (settings);
  const char *interval = json_object_get_string_member (schedule, "interval");
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (billing_sandbox_now (self));

  if (g_str_equal (interval, "weekly"))
    return is_on_weekday (schedule, today);
  if (g_str_equal (interval, "monthly"))
    return is_on_month_day (schedule, today);

  return g_str_equal (interval, "daily");
}

/**
 * billing_sandbox_settings_describe:
 * @self: a sandbox
 * @account: the account, in whose settings the same is said again
 */
void
billing_sandbox_settings_describe (BillingSandbox *self,
                                   JsonObject     *account)
{
  g_autoptr (JsonObject) settings =
    billing_sandbox_settings_get (self, BILLING_SANDBOX_BALANCE_SETTINGS);
  JsonObject *schedule = read_schedule (settings);
  JsonObject *payouts = json_object_get_object_member (
    json_object_get_object_member (account, "settings"), "payouts");

  json_object_set_int_member (schedule, "delay_days", billing_sandbox_settings_delay (self));
  if (json_object_has_member (schedule, "weekly_payout_days"))
    json_object_set_string_member (
      schedule, "weekly_anchor",
      json_array_get_string_element (json_object_get_array_member (schedule,
                                                                   "weekly_payout_days"), 0));
  if (json_object_has_member (schedule, "monthly_payout_days"))
    json_object_set_int_member (
      schedule, "monthly_anchor",
      json_array_get_int_element (json_object_get_array_member (schedule, "monthly_payout_days"),
                                  0));
  json_object_set_object_member (payouts, "schedule", schedule);
  billing_sandbox_json_assign (payouts, get_payments (settings), "debit_negative_balances");
  billing_sandbox_json_assign (payouts, get_payouts (settings), "statement_descriptor");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-payouts"

#include "config.h"

#include "billing-desk-payouts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-desk-private.h"
#include "billing-json-texts.h"
#include "billing-money.h"
#include "billing-outbox.h"
#include "billing-stripe-records.h"
#include "billing-stripe-request.h"
#include "billing-table.h"

/* Money on its way from Stripe to the practice's bank: looked at, asked for, taken back, and when Stripe sends it by itself. */

/* What new payouts and the schedule are about in the outbox. */
#define PAYOUTS "payouts"
#define SETTINGS "balance_settings"

/* Stripe's: characters of what a bank statement says. */
#define MAX_DESCRIPTOR 22

typedef struct {
  const char *id;
  BillingPayoutStatement *statement; /* (owned) (nullable) */
} Reading;

static gboolean
read_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Reading *reading = data;

  reading->statement = billing_payout_read_statement (connection, reading->id, error);
  return reading->statement != NULL;
}

/**
 * billing_desk_read_payout:
 * @self: a session
 * @id: of a payout
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what it consists of
 */
BillingPayoutStatement *
billing_desk_read_payout (BillingDesk  *self,
                          const char   *id,
                          GError      **error)
{
  Reading reading = { id, NULL };

  billing_store_read (billing_desk_get_store (self), read_func, &reading, NULL, error);
  return reading.statement;
}

typedef struct {
  char *today;                   /* (owned) */
  BillingPayoutOutlook *outlook; /* (owned) (nullable) */
} Looking;

static gboolean
look_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Looking *looking = data;

  looking->outlook = billing_payout_read_outlook (connection, looking->today, error);
  return looking->outlook != NULL;
}

/**
 * billing_desk_read_payout_outlook:
 * @self: a session
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what Stripe holds, and what becomes of it
 */
BillingPayoutOutlook *
billing_desk_read_payout_outlook (BillingDesk  *self,
                                  GError      **error)
{
  Looking looking = { billing_desk_get_today (self), NULL };

  billing_store_read (billing_desk_get_store (self), look_func, &looking, NULL, error);
  g_free (looking.today);
  return looking.outlook;
}

/* --- verbs ------------------------------------------------------------------------------------ */

static gboolean
queue (BillingTurn        *turn,
       const char         *subject,
       BillingRecord      *before,
       BillingIntent      *intent,
       char               *path,
       BillingStripeForm  *form,
       GError            **error)
{
  if (!billing_turn_queue_intent (turn, intent, path, form, error) ||
      !billing_turn_audit (turn, subject, before, BILLING_RECORD (intent), turn->act->notes, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (intent)));
  return TRUE;
}

static gboolean
check_nothing_waits (BillingTurn  *turn,
                     const char   *kind,
                     const char   *subject,
                     GError      **error)
{
  gint64 n, amount;

  if (!billing_outbox_count_open (turn->connection, kind, subject, NULL, &n, &amount, error))
    return FALSE;

  return n == 0 || billing_desk_refuse (error, _("The same waits for Stripe already. Look at what waits, and do it again when that "
                                                 "is done. Nothing was changed."));
}

/* What Stripe holds of a currency, as it said last. */
static gboolean
find_balance (BillingTurn           *turn,
              const char            *currency,
              BillingPayoutBalance  *balance,
              GError               **error)
{
  g_autoptr (GArray) balances = billing_payout_read_balances (turn->connection, error);

  if (balances == NULL)
    return FALSE;

  for (guint i = 0; i < balances->len; i++)
    {
      *balance = g_array_index (balances, BillingPayoutBalance, i);
      if (g_str_equal (balance->currency, currency))
        return TRUE;
    }

  if (balances->len == 0)
    return billing_desk_refuse (error, _("What Stripe holds is not known here yet. Bring Stripe's data up to date first. Nothing was "
                                         "changed."));

  return billing_desk_refuse (error, _("Stripe holds nothing in %s. Nothing was changed."), currency);
}

/* What is asked for already is as good as gone. */
static gboolean
check_enough (BillingTurn  *turn,
              const char   *currency,
              gint64        available,
              GError      **error)
{
  g_autofree char *text = NULL;
  gint64 n, waiting;

  if (!billing_outbox_count_open (turn->connection, "payout", PAYOUTS, currency, &n, &waiting, error))
    return FALSE;
  if (turn->act->amount <= available - waiting)
    return TRUE;

  text = billing_money_format (billing_money_new (MAX (available - waiting, 0), currency), NULL);
  return billing_desk_refuse (error, n > 0 ? _("Not more than %s can be paid out: that is what is available at Stripe, without what "
                                               "is asked for already. Nothing was changed.")
                                           : _("Not more than %s can be paid out: that is what is available at Stripe. Nothing was "
                                               "changed."), text);
}

static gboolean
check_instant (BillingPayoutBalance  *balance,
               GError               **error)
{
  return balance->instant > 0 ||
         billing_desk_refuse (error, _("Stripe offers this account no instant payouts in %s: its bank account cannot take them, or "
                                       "there is nothing that could be sent at once. Nothing was changed."), balance->currency);
}

static gboolean
check_payout (BillingTurn  *turn,
              const char   *currency,
              gboolean      is_instant,
              GError      **error)
{
  g_autoptr (BillingPayoutSchedule) schedule = billing_payout_read_schedule (turn->connection, error);
  BillingPayoutBalance balance;

  if (schedule == NULL)
    return FALSE;
  if (schedule->is_off)
    return billing_desk_refuse (error, _("Stripe pays nothing out of this account for now; its page says why. Nothing was changed."));

  return find_balance (turn, currency, &balance, error) &&
         (!is_instant || check_instant (&balance, error)) &&
         check_enough (turn, currency, is_instant ? MIN (balance.instant, balance.available + balance.pending)
                                                  : balance.available, error);
}

static gboolean
check_method (const char  *method,
              gboolean    *is_instant,
              GError     **error)
{
  *is_instant = g_strcmp0 (method, "instant") == 0;
  return method == NULL || *method == '\0' || *is_instant || g_str_equal (method, "standard") ||
         billing_desk_refuse (error, _("A payout is “standard” or “instant”, not “%s”. Nothing was changed."), method);
}

/* Our mark, by which it is found where the answer is lost. */
static void
add_payout (BillingStripeForm *form,
            BillingIntent     *intent,
            gboolean           is_instant)
{
  g_autofree char *currency = g_ascii_strdown (intent->currency, -1);

  billing_stripe_form_add_integer (form, "amount", intent->amount);
  billing_stripe_form_add_string (form, "currency", currency);
  billing_stripe_form_add_string (form, "method", is_instant ? "instant" : "standard");
  billing_stripe_form_open (form, "metadata");
  billing_stripe_form_add_string (form, "billing_intent", billing_record_get_id (BILLING_RECORD (intent)));
  billing_stripe_form_close (form);
}

static char *
get_currency (BillingTurn *turn)
{
  const char *said = turn->act->currency;

  return g_ascii_strup (said != NULL && *said != '\0' ? said : billing_desk_get_practice (turn->desk)->currency, -1);
}

/**
 * billing_desk_pay_out:
 * @turn: amount, currency (the practice's otherwise), method (`standard`, or `instant`)
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked to pay out; the result is the id of the intent
 */
gboolean
billing_desk_pay_out (BillingTurn  *turn,
                      GError      **error)
{
  g_autofree char *currency = get_currency (turn);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = NULL;
  gboolean is_instant;

  if (!billing_turn_check_connected (turn, NULL, error) || !check_method (turn->act->method, &is_instant, error) ||
      !billing_turn_check_text (turn->act->notes, error))
    return FALSE;
  if (!billing_currency_is_known (currency))
    return billing_desk_refuse (error, _("“%s” is no currency. Nothing was changed."), currency);
  if (!billing_turn_check_amount (turn->act->has_amount ? turn->act->amount : 0, error) ||
      !billing_turn_check_minor (turn->act->amount, currency, error) || !check_payout (turn, currency, is_instant, error))
    return FALSE;

  intent = billing_turn_begin_intent_of (turn, "payout", PAYOUTS, turn->act->amount, currency, error);
  if (intent == NULL)
    return FALSE;

  add_payout (form, intent, is_instant);
  return queue (turn, PAYOUTS, NULL, intent, billing_stripe_path_new ("payouts", NULL), form, error);
}

static gboolean
check_cancellable (BillingPayout  *payout,
                   GError        **error)
{
  if (payout->automatic)
    return billing_desk_refuse (error, _("Stripe made this payout by its schedule. Only those that were made by hand can be "
                                         "cancelled. Nothing was changed."));
  if (g_strcmp0 (payout->status, "pending") == 0)
    return TRUE;
  if (g_strcmp0 (payout->status, "canceled") == 0)
    return billing_desk_refuse (error, _("This payout is cancelled already. Nothing was changed."));

  return billing_desk_refuse (error, _("This payout has left Stripe, so that it cannot be cancelled any more. Nothing was changed."));
}

/**
 * billing_desk_cancel_payout:
 * @turn: a payout that was made by hand and has not left Stripe
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked to cancel it; the result is the id of the intent
 */
gboolean
billing_desk_cancel_payout (BillingTurn  *turn,
                            GError      **error)
{
  const char *id = turn->act->subject != NULL ? turn->act->subject : "";
  g_autoptr (BillingRecord) payout = billing_table_get (turn->connection, BILLING_TYPE_PAYOUT, id, error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = NULL;

  if (payout == NULL || !billing_turn_check_connected (turn, NULL, error) ||
      !billing_turn_check_text (turn->act->notes, error) || !check_cancellable (BILLING_PAYOUT (payout), error) ||
      !check_nothing_waits (turn, "payout-cancel", id, error))
    return FALSE;

  intent = billing_turn_begin_intent_of (turn, "payout-cancel", id, BILLING_PAYOUT (payout)->amount,
                                         BILLING_PAYOUT (payout)->currency, error);
  return intent != NULL &&
         queue (turn, id, NULL, intent, billing_stripe_path_new ("payouts", id, "cancel", NULL), form, error);
}

/* --- the schedule ----------------------------------------------------------------------------- */

static const char *
get (GHashTable *fields,
     const char *name)
{
  const char *text = g_hash_table_lookup (fields, name);

  return text != NULL ? text : "";
}

static gboolean
check_names (GHashTable  *fields,
             GError     **error)
{
  static const char * const known[] = {
    "interval", "weekly_payout_days", "monthly_payout_days", "statement_descriptor", NULL
  };
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (!g_strv_contains (known, name))
        return billing_desk_refuse (error, _("A payout schedule has no “%s”. Nothing was changed."), (char *) name);
    }

  return TRUE;
}

/* Each of the words has to be one that the schedule knew. */
static gboolean
check_days (const char  *text,
            guint        n_known,
            const char  *sentence,
            GError     **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  if (*text != '\0' && g_strv_length (words) == n_known)
    return TRUE;

  return billing_desk_refuse (error, "%s", sentence);
}

static guint
count_bits (guint32 bits)
{
  return (guint) __builtin_popcount (bits);
}

static gboolean
check_schedule (BillingPayoutSchedule  *wanted,
                GHashTable             *fields,
                GError                **error)
{
  switch (wanted->interval)
    {
    case BILLING_PAYOUT_INTERVAL_MANUAL:
    case BILLING_PAYOUT_INTERVAL_DAILY:
      return TRUE;
    case BILLING_PAYOUT_INTERVAL_WEEKLY:
      return check_days (get (fields, "weekly_payout_days"), count_bits (wanted->weekdays),
                         _("A weekly payout needs days of the week: monday to friday, separated by commas. Nothing was changed."),
                         error);
    case BILLING_PAYOUT_INTERVAL_MONTHLY:
      return check_days (get (fields, "monthly_payout_days"), count_bits (wanted->month_days),
                         _("A monthly payout needs days of the month: 1 to 31, separated by commas. Nothing was changed."), error);
    case BILLING_PAYOUT_INTERVAL_UNKNOWN:
    default:
      return billing_desk_refuse (error, _("Payouts are made by hand (manual), daily, weekly or monthly; “%s” is none of these. Nothing "
                                           "was changed."), get (fields, "interval"));
    }
}

static void
add_weekdays (BillingStripeForm *form,
              guint              weekdays)
{
  billing_stripe_form_open (form, "weekly_payout_days");
  for (guint day = 1; billing_payout_weekday_get_word (day) != NULL; day++)
    {
      if ((weekdays & (1u << day)) != 0)
        billing_stripe_form_add_string (form, NULL, billing_payout_weekday_get_word (day));
    }
  billing_stripe_form_close (form);
}

static void
add_month_days (BillingStripeForm *form,
                guint32            days)
{
  billing_stripe_form_open (form, "monthly_payout_days");
  for (guint day = 1; day <= 31; day++)
    {
      if ((days & ((guint32) 1 << day)) != 0)
        billing_stripe_form_add_integer (form, NULL, day);
    }
  billing_stripe_form_close (form);
}

static void
add_schedule (BillingStripeForm     *form,
              BillingPayoutSchedule *wanted)
{
  billing_stripe_form_open (form, "schedule");
  billing_stripe_form_add_string (form, "interval", wanted->word);
  if (wanted->interval == BILLING_PAYOUT_INTERVAL_WEEKLY)
    add_weekdays (form, wanted->weekdays);
  if (wanted->interval == BILLING_PAYOUT_INTERVAL_MONTHLY)
    add_month_days (form, wanted->month_days);
  billing_stripe_form_close (form);
}

static void
add_minimum (BillingStripeForm *form,
             BillingTurn       *turn)
{
  g_autofree char *upper = get_currency (turn);
  g_autofree char *currency = g_ascii_strdown (upper, -1);

  billing_stripe_form_open (form, "minimum_balance_by_currency");
  billing_stripe_form_add_integer (form, currency, turn->act->amount);
  billing_stripe_form_close (form);
}

/* What was said, in Stripe's form. */
static gboolean
fill_settings (BillingTurn        *turn,
               GHashTable         *fields,
               BillingStripeForm  *form,
               GError            **error)
{
  g_autoptr (BillingPayoutSchedule) wanted =
    billing_payout_schedule_new (g_hash_table_lookup (fields, "interval"), g_hash_table_lookup (fields, "weekly_payout_days"),
                                 g_hash_table_lookup (fields, "monthly_payout_days"));
  const char *descriptor = g_hash_table_lookup (fields, "statement_descriptor");

  if (wanted->word != NULL && !check_schedule (wanted, fields, error))
    return FALSE;
  if (descriptor != NULL && g_utf8_strlen (descriptor, -1) > MAX_DESCRIPTOR)
    return billing_desk_refuse (error, _("What the bank statement says has at most %d characters. Nothing was changed."), MAX_DESCRIPTOR);
  if (turn->act->has_amount && turn->act->amount < 0)
    return billing_desk_refuse (error, _("What stays in the balance cannot be less than nothing. Nothing was changed."));
  if (wanted->word == NULL && descriptor == NULL && !turn->act->has_amount)
    return billing_desk_refuse (error, _("Nothing was said that could be changed. Nothing was changed."));

  billing_stripe_form_open (form, "payments");
  billing_stripe_form_open (form, "payouts");
  if (wanted->word != NULL)
    add_schedule (form, wanted);
  if (turn->act->has_amount)
    add_minimum (form, turn);
  if (descriptor != NULL)
    billing_stripe_form_add_string (form, "statement_descriptor", descriptor);
  billing_stripe_form_close (form);
  billing_stripe_form_close (form);
  return TRUE;
}

/* Stripe lets an account change these settings where it shows them (stripe-facts 2.11). */
static gboolean
check_changeable (BillingTurn  *turn,
                  GError      **error)
{
  g_autoptr (BillingPayoutSchedule) schedule = billing_payout_read_schedule (turn->connection, error);

  if (schedule == NULL)
    return FALSE;

  return schedule->can_be_changed ||
         billing_desk_refuse (error, _("Stripe does not let this key change the payout schedule. Change it on Stripe's own page, under "
                                       "Settings → Payouts. Nothing was changed."));
}

/**
 * billing_desk_change_payout_schedule:
 * @turn: fields (interval, weekly_payout_days, monthly_payout_days, statement_descriptor), amount and currency (what stays in the balance)
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked to change it; the result is the id of the intent
 */
gboolean
billing_desk_change_payout_schedule (BillingTurn  *turn,
                                     GError      **error)
{
  g_autoptr (GHashTable) fields = billing_json_texts_parse (turn->act->fields != NULL ? turn->act->fields : "{}", error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = NULL;

  if (fields == NULL || !billing_turn_check_connected (turn, NULL, error) || !check_names (fields, error) ||
      !billing_turn_check_text (turn->act->notes, error) || !check_changeable (turn, error) ||
      !fill_settings (turn, fields, form, error) || !check_nothing_waits (turn, "payout-schedule", SETTINGS, error))
    return FALSE;

  intent = billing_turn_begin_intent_of (turn, "payout-schedule", SETTINGS, 0, NULL, error);
  return intent != NULL &&
         queue (turn, SETTINGS, NULL, intent, billing_stripe_path_new ("balance_settings", NULL), form, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-today"

#include "config.h"

#include "billing-today.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-day.h"
#include "billing-desk-private.h"
#include "billing-money.h"
#include "billing-month.h"
#include "billing-today-find.h"

/*
 * The Today list of the Stripe Dashboard: the tips for daily use of seeds/stripe-dashboard-in-ehr.txt, with what there is of each.
 *
 * In sentences, {at} is when the nearest is due, {day} a day of a bank, {amount} the amounts, {urgent} how many are urgent, {month} last month.
 */
typedef struct {
  BillingTodayPart part;
  const char *nick;
  const char *title;
  gboolean is_amount;   /* the amounts are its number */
  gboolean is_hidden;   /* nothing is said where there is none */
  gboolean is_stripes;  /* that there is none is known only where all that Stripe has is here */
  const char *sentence; /* where there are some */
  const char *timeless; /* (nullable): the same where no time is known */
  const char *none;     /* where there is none */
  const char *button;
  const char *action;
  const char *target; /* (nullable) */
} Kind;

static const Kind kinds[] = {
  { BILLING_TODAY_CHECK, "notifications", N_("Open notifications"), FALSE, FALSE, FALSE,
    N_("{urgent} of them urgent"), NULL, N_("None is open"),
    N_("Show"), "win.show-stripe", "general/notifications" },
  { BILLING_TODAY_CHECK, "verification", N_("Information that Stripe asks for"), FALSE, FALSE, TRUE,
    N_("By {at}"), N_("No deadline yet"), N_("Stripe asks for nothing"),
    N_("Show"), "win.show-stripe", "general/account" },
  { BILLING_TODAY_CHECK, "disputes", N_("Disputes to answer"), FALSE, FALSE, TRUE,
    N_("{amount}; the nearest deadline is {at}"), N_("{amount}"), N_("None needs an answer"),
    N_("Answer"), "win.show-stripe", "payments/disputes" },
  { BILLING_TODAY_CHECK, "failed", N_("Payments that failed since yesterday"), FALSE, FALSE, TRUE,
    N_("{amount} is still owed"), NULL, N_("None failed"),
    N_("Show"), "win.show-stripe", "general/notifications" },
  { BILLING_TODAY_CHECK, "unassigned", N_("Stripe payments without a patient"), FALSE, FALSE, TRUE,
    N_("{amount} in the last 30 days"), NULL, N_("Each of the last 30 days has one"),
    N_("Assign"), "win.show-stripe", "payments/payments" },
  { BILLING_TODAY_CHECK, "overdue", N_("Overdue payments"), FALSE, FALSE, FALSE,
    N_("{amount} is owed"), NULL, N_("None is overdue"),
    N_("Show"), "win.show-page", "payments" },
  { BILLING_TODAY_CHECK, "queue", N_("Waiting for Stripe"), FALSE, FALSE, FALSE,
    N_("The oldest since {at}"), NULL, N_("Stripe has heard of everything"),
    N_("Show"), "win.show-queue", NULL },

  { BILLING_TODAY_NEWS, "collected-stripe", N_("Collected through Stripe"), TRUE, FALSE, FALSE,
    N_("Yesterday and today"), NULL, N_("Nothing yesterday and today"),
    N_("Show"), "win.show-stripe", "payments/payments" },
  { BILLING_TODAY_NEWS, "collected-otherwise", N_("Collected otherwise"), TRUE, FALSE, FALSE,
    N_("Cash, cheques, card terminal, bank and credit, yesterday and today"), NULL, N_("Nothing yesterday and today"),
    N_("Show"), "win.show-page", "payments" },
  { BILLING_TODAY_NEWS, "refunded", N_("Refunded"), TRUE, FALSE, FALSE,
    N_("Yesterday and today"), NULL, N_("Nothing yesterday and today"),
    N_("Show"), "win.show-page", "payments" },
  { BILLING_TODAY_NEWS, "payouts-new", N_("New payouts"), TRUE, FALSE, TRUE,
    N_("Arriving from {day} on"), N_("Made yesterday or today"), N_("None yesterday and today"),
    N_("Show"), "win.show-stripe", "payments/payouts" },
  { BILLING_TODAY_NEWS, "payouts-coming", N_("Payouts on their way"), TRUE, TRUE, FALSE,
    N_("The next arrives on {day}"), N_("Stripe does not say when they arrive"), NULL,
    N_("Show"), "win.show-stripe", "payments/payouts" },
  { BILLING_TODAY_NEWS, "disputes-new", N_("New disputes"), FALSE, FALSE, TRUE,
    N_("{amount}"), NULL, N_("None since yesterday"),
    N_("Show"), "win.show-stripe", "payments/disputes" },

  { BILLING_TODAY_MONTH_END, "backfill", N_("Everything fetched from Stripe"), FALSE, FALSE, FALSE,
    N_("Not all of it is here yet, so that {month} may change"), NULL, N_("All that Stripe has is here"),
    N_("Show"), "win.show-page", "administration" },
  { BILLING_TODAY_MONTH_END, "month-unassigned", N_("Stripe payments without a patient"), FALSE, FALSE, TRUE,
    N_("{amount} of {month}"), NULL, N_("Each of {month} has one"),
    N_("Assign"), "win.show-stripe", "payments/payments" },
  { BILLING_TODAY_MONTH_END, "month-underway", N_("Payouts that have not arrived"), FALSE, FALSE, TRUE,
    N_("{amount} of {month}, the last arriving on {day}"), N_("{amount} of {month}"), N_("All of {month} have arrived"),
    N_("Show"), "win.show-stripe", "payments/payouts" },
  { BILLING_TODAY_MONTH_END, "month-unmatched", N_("Payouts that are not matched"), FALSE, FALSE, TRUE,
    N_("{amount} of {month}: what is in them is not known to the cent"), NULL,
    N_("What is in those of {month} comes to their amounts"),
    N_("Show"), "win.show-stripe", "payments/payouts" },
  { BILLING_TODAY_MONTH_END, "reconciliation", N_("Reconciliation"), FALSE, FALSE, FALSE,
    NULL, NULL, N_("Stripe’s balance at the beginning and the end of {month}, and everything in between"),
    N_("Reconcile"), "win.show-stripe", "payments/reconciliation" },
};

/* What there is of one kind, in all currencies. */
typedef struct {
  gint64 count;
  gint64 at;
  GString *amounts; /* (owned) */
} Sum;

typedef struct {
  BillingDesk *desk;
  BillingTodayTimes times;
  char *today;     /* (owned) */
  char *yesterday; /* (owned) */
  char *month;     /* (owned): last month, as people write it */
  GPtrArray *facts; /* (owned) (nullable) */
} Look;

static gint64
get_month_start (const char *month,
                 const char *time_zone)
{
  g_autofree char *day = billing_month_first_day (month);

  return billing_day_start (day, time_zone);
}

static void
look_init (Look        *self,
           BillingDesk *desk)
{
  const char *time_zone = billing_desk_get_practice (desk)->time_zone;
  g_autofree char *month = NULL;
  g_autofree char *last = NULL;

  self->desk = desk;
  self->today = billing_desk_get_today (desk);
  self->yesterday = billing_day_add (self->today, -1);
  month = billing_month_of (self->today);
  last = billing_month_add (month, -1);
  self->month = billing_month_format (last, BILLING_MONTH_FULL, NULL);
  self->times = (BillingTodayTimes) {
    .now = billing_desk_get_now (desk), .today = self->today, .yesterday = self->yesterday,
    .since = billing_day_start (self->yesterday, time_zone),
    .month_from = get_month_start (last, time_zone), .month_to = get_month_start (month, time_zone),
  };
}

static void
look_clear (Look *self)
{
  g_free (self->today);
  g_free (self->yesterday);
  g_free (self->month);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
add_amount (GString                *amounts,
            const BillingTodayFact *fact)
{
  g_autofree char *amount = NULL;

  if (fact->currency == NULL || (fact->amount == 0 && amounts->len > 0))
    return;

  amount = billing_currency_is_known (fact->currency)
    ? billing_money_format (billing_money_new (fact->amount, fact->currency), NULL)
    : g_strdup_printf ("%" PRId64 " %s", fact->amount, fact->currency);
  g_string_append_printf (amounts, "%s%s", amounts->len > 0 ? ", " : "", amount);
}

static Sum
sum_up (Look       *self,
        const char *nick)
{
  Sum sum = { .amounts = g_string_new (NULL) };

  for (guint i = 0; i < self->facts->len; i++)
    {
      const BillingTodayFact *fact = self->facts->pdata[i];

      if (!g_str_equal (fact->nick, nick))
        continue;

      /* What is only added up is there, too. */
      sum.count += fact->count > 0 ? fact->count : fact->amount != 0;
      if (fact->at > 0 && (sum.at == 0 || fact->at < sum.at))
        sum.at = fact->at;
      add_amount (sum.amounts, fact);
    }

  return sum;
}

/* Takes @value. */
static void
replace (GString    *text,
         const char *name,
         char       *value)
{
  g_string_replace (text, name, value, 0);
  g_free (value);
}

/* Days of a bank are days of UTC. */
static char *
format_bank_day (gint64 at)
{
  g_autofree char *day = billing_day_from_instant (at, "UTC");

  return billing_day_format (day, NULL);
}

/* Whether there may be some that were not fetched yet. */
static gboolean
is_unknown (Look       *self,
            const Kind *kind,
            Sum        *sum)
{
  Sum missing;

  if (!kind->is_stripes || sum->count > 0)
    return FALSE;

  missing = sum_up (self, "backfill");
  g_string_free (missing.amounts, TRUE);
  return missing.count > 0;
}

static const char *
choose_sentence (Look       *self,
                 const Kind *kind,
                 Sum        *sum)
{
  if (is_unknown (self, kind, sum))
    return _("Not known before everything is fetched from Stripe");
  if (sum->count == 0)
    return _(kind->none);

  return sum->at == 0 && kind->timeless != NULL ? _(kind->timeless) : _(kind->sentence);
}

static char *
build_sentence (Look       *self,
                const Kind *kind,
                Sum        *sum)
{
  GString *text = g_string_new (choose_sentence (self, kind, sum));
  Sum urgent = sum_up (self, "urgent");

  replace (text, "{amount}", g_strdup (sum->amounts->str));
  replace (text, "{urgent}", g_strdup_printf ("%" PRId64, urgent.count));
  replace (text, "{month}", g_strdup (self->month));
  replace (text, "{at}", billing_instant_format (sum->at, billing_desk_get_practice (self->desk)->time_zone, NULL));
  replace (text, "{day}", format_bank_day (sum->at));
  g_string_free (urgent.amounts, TRUE);
  return g_string_free (text, FALSE);
}

/* What nothing here can tell is neither done nor to be done. */
static BillingTodayState
get_state (Look       *self,
           const Kind *kind,
           Sum        *sum)
{
  if (kind->part == BILLING_TODAY_NEWS || kind->sentence == NULL || is_unknown (self, kind, sum))
    return BILLING_TODAY_STATE_PLAIN;

  return sum->count > 0 ? BILLING_TODAY_STATE_OPEN : BILLING_TODAY_STATE_DONE;
}

static void
free_line (gpointer data)
{
  BillingTodayLine *line = data;

  g_free (line->title);
  g_free (line->value);
  g_free (line->sentence);
  g_free (line);
}

static BillingTodayLine *
make_line (Look       *self,
           const Kind *kind,
           Sum        *sum)
{
  BillingTodayLine *line = g_new0 (BillingTodayLine, 1);

  line->part = kind->part;
  line->nick = kind->nick;
  line->state = get_state (self, kind, sum);
  line->title = g_strdup (_(kind->title));
  line->count = sum->count;
  if (kind->is_amount && sum->count > 0)
    line->value = g_strdup (sum->amounts->str);
  else if (sum->count > 0 && !g_str_equal (kind->nick, "backfill"))
    line->value = g_strdup_printf ("%" PRId64, sum->count);
  line->sentence = build_sentence (self, kind, sum);
  if (sum->count > 0 || kind->sentence == NULL)
    {
      line->button = _(kind->button);
      line->action = kind->action;
      line->target = kind->target;
    }
  return line;
}

static gboolean
look_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Look *look = data;

  look->facts = billing_today_find (connection, &look->times, error);
  return look->facts != NULL;
}

static GPtrArray *
list (BillingDesk   *desk,
      GCancellable  *cancellable,
      GError       **error)
{
  GPtrArray *lines;
  g_auto (Look) look = { 0 };

  look_init (&look, desk);
  if (!billing_store_read (billing_desk_get_store (desk), look_func, &look, cancellable, error))
    return NULL;

  lines = g_ptr_array_new_with_free_func (free_line);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Sum sum = sum_up (&look, kinds[i].nick);

      if (sum.count > 0 || !kinds[i].is_hidden)
        g_ptr_array_add (lines, make_line (&look, &kinds[i], &sum));
      g_string_free (sum.amounts, TRUE);
    }

  return lines;
}

/**
 * billing_today_list:
 * @desk: a session
 * @error: return location for a #BillingStoreError
 *
 * What is to be checked today, what is new since yesterday, what month-end still needs.
 *
 * Returns: (transfer full) (nullable) (element-type BillingTodayLine): the lines, in their order
 */
GPtrArray *
billing_today_list (BillingDesk  *desk,
                    GError      **error)
{
  return list (desk, NULL, error);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *lines = list (source, cancellable, &error);

  if (lines != NULL)
    g_task_return_pointer (task, lines, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
billing_today_list_async (BillingDesk         *desk,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_today_list_async);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
billing_today_list_finish (BillingDesk   *desk,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

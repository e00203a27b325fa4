/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-day-close"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-day-close-store.h"
#include "billing-day.h"
#include "billing-money.h"
#include "billing-table.h"

/* The close of a day: a person counts the cash before anybody says what it should be; the count is kept, whatever comes of it. Then the two
 * are compared, a difference gets its reason, and the day is locked: nothing is posted by people on it or before it. */

static gboolean
find_last (BillingTurn  *turn,
           char        **day,
           GError      **error)
{
  g_autoptr (GError) problem = NULL;

  *day = billing_day_close_find_last (turn->connection, &problem);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * billing_turn_check_open_day:
 * @turn: an act of a person
 * @day: on which it is to count
 * @error: return location for an error
 *
 * The books refuse it too, whatever posts; this says it better.
 *
 * Returns: whether @day is open
 */
gboolean
billing_turn_check_open_day (BillingTurn  *turn,
                             const char   *day,
                             GError      **error)
{
  g_autofree char *last = NULL;
  g_autofree char *shown = NULL;

  if (!find_last (turn, &last, error))
    return FALSE;
  if (last == NULL || g_strcmp0 (day, last) > 0 || g_str_equal (turn->account, BILLING_DESK_STRIPE) ||
      g_str_equal (turn->account, BILLING_DESK_CLOCK))
    return TRUE;

  shown = billing_day_format (last, NULL);
  return billing_desk_refuse (error, _("The books are closed up to %s: what is posted is of a later day, or a manager reopens that day. "
                                       "Nothing was changed."), shown);
}

/* Which days it counts: since the close before it; the first close counts its own day. */
static char *
get_since (const char *last,
           const char *day)
{
  return last != NULL ? billing_day_add (last, 1) : g_strdup (day);
}

static gboolean
check_day (BillingTurn  *turn,
           const char   *day,
           const char   *last,
           GError      **error)
{
  g_autofree char *shown = last != NULL ? billing_day_format (last, NULL) : NULL;

  if (g_strcmp0 (day, turn->today) > 0)
    return billing_desk_refuse (error, _("A day that has not come yet cannot be closed. Nothing was changed."));

  return last == NULL || g_strcmp0 (day, last) > 0 ||
         billing_desk_refuse (error, _("The books are closed up to %s already. Nothing was changed."), shown);
}

/* What was counted of that day before, or a new count. */
static BillingDayClose *
load_count (BillingTurn      *turn,
            const char       *day,
            BillingDayClose **before,
            GError          **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = billing_day_close_find (turn->connection, day, &problem);
  BillingDayClose *close;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (id != NULL)
    {
      *before = (BillingDayClose *) billing_table_get (turn->connection, BILLING_TYPE_DAY_CLOSE, id, error);
      if (*before == NULL)
        return NULL;
    }

  close = billing_day_close_new ();
  if (*before != NULL)
    {
      billing_record_copy (BILLING_RECORD (close), BILLING_RECORD (*before));
      return close;
    }

  close->day = g_strdup (day);
  close->currency = g_strdup (billing_desk_get_practice (turn->desk)->currency);
  close->created_at = turn->now;
  return close;
}

static gboolean
set_count (BillingTurn      *turn,
           BillingDayClose  *close,
           gboolean          is_new,
           GError          **error)
{
  BillingAct *act = turn->act;

  if (!act->has_amount)
    return !is_new || billing_desk_refuse (error, _("How much cash is there? Count it first, without the float. Nothing was changed."));
  if (act->amount < 0)
    return billing_desk_refuse (error, _("Less than nothing cannot be counted. Nothing was changed."));
  if (act->amount > 0 && (!billing_turn_check_amount (act->amount, error) ||
                          !billing_turn_check_minor (act->amount, close->currency, error)))
    return FALSE;

  close->counted = act->amount;
  return TRUE;
}

static gboolean
check_reason (BillingDayClose  *close,
              GError          **error)
{
  gint64 variance = close->counted - close->expected;
  g_autofree char *expected = NULL;
  g_autofree char *difference = NULL;

  if (variance == 0 || (close->reason != NULL && *close->reason != '\0'))
    return TRUE;

  expected = billing_money_format (billing_money_new (close->expected, close->currency), NULL);
  difference = billing_money_format (billing_money_new (ABS (variance), close->currency), NULL);
  return billing_desk_refuse (error, variance > 0 ? _("There should be %s, and there is %s more. Say why, or count again. Nothing was "
                                                      "closed.")
                                                  : _("There should be %s, and %s of it is missing. Say why, or count again. Nothing "
                                                      "was closed."), expected, difference);
}

static gboolean
store (BillingTurn      *turn,
       BillingDayClose  *before,
       BillingDayClose  *close,
       GError          **error)
{
  if (!(before != NULL ? billing_table_update (turn->connection, BILLING_RECORD (close), error)
                       : billing_table_insert (turn->connection, BILLING_RECORD (close), error)))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (close)));
  return billing_turn_audit (turn, turn->act->result, before != NULL ? BILLING_RECORD (before) : NULL, BILLING_RECORD (close),
                             turn->act->notes, error);
}

/* A count alone is kept and locks nothing; the second time, or at once, it closes. */
static gboolean
finish (BillingTurn      *turn,
        BillingDayClose  *before,
        BillingDayClose  *close,
        GError          **error)
{
  if (turn->act->draft)
    return store (turn, before, close, error);

  if (turn->act->notes != NULL)
    {
      g_free (close->reason);
      close->reason = g_strdup (turn->act->notes);
    }
  if (!check_reason (close, error))
    return FALSE;

  close->closed_at = turn->now;
  return store (turn, before, close, error) && billing_day_close_add_totals (turn->connection, close, error);
}

/**
 * billing_desk_close_day:
 * @turn: date (today otherwise); amount: the cash that was counted, without the float; draft: the count is kept, and the day stays open;
 *   notes: why it is not what it should be
 * @error: return location for an error
 *
 * Returns: whether it is counted, or closed; the result is the id of the #BillingDayClose, which says what was expected
 */
gboolean
billing_desk_close_day (BillingTurn  *turn,
                        GError      **error)
{
  const char *day = turn->act->date != NULL && *turn->act->date != '\0' ? turn->act->date : turn->today;
  g_autoptr (BillingDayClose) before = NULL;
  g_autoptr (BillingDayClose) close = NULL;
  g_autofree char *last = NULL;

  if (!billing_turn_check_day (day, error) || !billing_turn_check_text (turn->act->notes, error) || !find_last (turn, &last, error) ||
      !check_day (turn, day, last, error))
    return FALSE;

  close = load_count (turn, day, &before, error);
  if (close == NULL || !set_count (turn, close, before == NULL, error))
    return FALSE;

  g_free (close->since_on);
  close->since_on = get_since (last, day);
  g_free (close->person);
  close->person = g_strdup (turn->account);
  return billing_day_close_sum_cash (turn->connection, close, &close->expected, error) && finish (turn, before, close, error);
}

/**
 * billing_desk_reopen_day:
 * @turn: date: the last day that is closed (that one otherwise); notes: why
 * @error: return location for an error
 *
 * Returns: whether people can post on it again; what it said stays
 */
gboolean
billing_desk_reopen_day (BillingTurn  *turn,
                         GError      **error)
{
  BillingAct *act = turn->act;
  g_autofree char *last = NULL;
  g_autofree char *id = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingDayClose) close = billing_day_close_new ();

  if (!billing_turn_check_day (act->date, error) || !billing_turn_check_text (act->notes, error) || !find_last (turn, &last, error))
    return FALSE;
  if (last == NULL)
    return billing_desk_refuse (error, _("No day is closed. Nothing was changed."));
  if (act->notes == NULL || *act->notes == '\0')
    return billing_desk_refuse (error, _("Reopening a day needs a reason. Nothing was changed."));

  shown = billing_day_format (last, NULL);
  if (act->date != NULL && *act->date != '\0' && !g_str_equal (act->date, last))
    return billing_desk_refuse (error, _("Only the last day that is closed can be reopened: %s. Nothing was changed."), shown);

  id = billing_day_close_find (turn->connection, last, error);
  before = id != NULL ? billing_table_get (turn->connection, BILLING_TYPE_DAY_CLOSE, id, error) : NULL;
  if (before == NULL)
    return FALSE;

  billing_record_copy (BILLING_RECORD (close), before);
  close->reopened_at = turn->now;
  close->reopened_by = g_strdup (turn->account);
  close->reopened_because = g_strdup (act->notes);
  return store (turn, BILLING_DAY_CLOSE (before), close, error);
}

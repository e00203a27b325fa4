/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-notices"

#include "config.h"

#include "billing-desk-notices.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-day.h"
#include "billing-desk-private.h"
#include "billing-notice-store.h"
#include "billing-notice.h"
#include "billing-table.h"

/* --- what people make of them ----------------------------------------------------------------- */

static BillingNotice *
load_notice (BillingTurn    *turn,
             BillingRecord **before,
             GError        **error)
{
  const char *id = turn->act->subject != NULL ? turn->act->subject : "";
  g_autoptr (BillingRecord) record = billing_table_get (turn->connection, BILLING_TYPE_NOTICE, id, error);
  BillingNotice *notice;

  if (record == NULL)
    return NULL;
  if (BILLING_NOTICE (record)->ended_at != 0)
    {
      billing_desk_refuse (error, _("This is no longer so, and there is nothing left to be done about it. Nothing was changed."));
      return NULL;
    }

  notice = billing_notice_new ();
  billing_record_copy (BILLING_RECORD (notice), record);
  *before = g_steal_pointer (&record);
  return notice;
}

static gboolean
say (BillingTurn         *turn,
     BillingNotice       *notice,
     BillingRecord       *before,
     BillingNoticeState   state,
     gint64               until,
     GError             **error)
{
  notice->state = state;
  notice->snoozed_until = until;
  g_free (notice->person);
  notice->person = g_strdup (turn->account);
  notice->changed_at = turn->now;

  billing_turn_set_result (turn, billing_record_get_id (before));
  return billing_table_update (turn->connection, BILLING_RECORD (notice), error) &&
         billing_turn_audit (turn, billing_record_get_id (before), before, BILLING_RECORD (notice), turn->act->notes, error);
}

/**
 * billing_desk_read_notice:
 * @turn: a notification that nobody has looked at
 * @error: return location for an error
 *
 * Returns: whether it counts as looked at
 */
gboolean
billing_desk_read_notice (BillingTurn  *turn,
                          GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingNotice) notice = load_notice (turn, &before, error);

  if (notice == NULL)
    return FALSE;
  if (notice->state != BILLING_NOTICE_STATE_NEW)
    return billing_desk_refuse (error, _("Somebody has read this already. Nothing was changed."));

  return say (turn, notice, before, BILLING_NOTICE_STATE_READ, 0, error);
}

/**
 * billing_desk_finish_notice:
 * @turn: a notification that is not dealt with
 * @error: return location for an error
 *
 * Returns: whether it counts as dealt with, until it is so another time
 */
gboolean
billing_desk_finish_notice (BillingTurn  *turn,
                            GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingNotice) notice = load_notice (turn, &before, error);

  if (notice == NULL)
    return FALSE;
  if (notice->state == BILLING_NOTICE_STATE_DONE)
    return billing_desk_refuse (error, _("This is marked as done already. Nothing was changed."));

  return say (turn, notice, before, BILLING_NOTICE_STATE_DONE, 0, error);
}

static gboolean
check_until (BillingTurn  *turn,
             GError      **error)
{
  const char *date = turn->act->date;

  if (date == NULL || *date == '\0')
    return billing_desk_refuse (error, _("Until which day? Nothing was changed."));
  if (!billing_turn_check_day (date, error))
    return FALSE;
  if (strcmp (date, turn->today) <= 0)
    return billing_desk_refuse (error, _("It can be put off until tomorrow or a later day. Nothing was changed."));

  return TRUE;
}

/**
 * billing_desk_snooze_notice:
 * @turn: a notification that is not dealt with; date: on which it is to come back
 * @error: return location for an error
 *
 * Returns: whether it is out of sight until that day begins
 */
gboolean
billing_desk_snooze_notice (BillingTurn  *turn,
                            GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingNotice) notice = NULL;

  if (!check_until (turn, error))
    return FALSE;

  notice = load_notice (turn, &before, error);
  if (notice == NULL)
    return FALSE;
  if (notice->state == BILLING_NOTICE_STATE_DONE)
    return billing_desk_refuse (error, _("This is marked as done already. Nothing was changed."));

  return say (turn, notice, before, BILLING_NOTICE_STATE_SNOOZED,
              billing_day_start (turn->act->date, billing_desk_get_practice (turn->desk)->time_zone), error);
}

/**
 * billing_desk_reopen_notice:
 * @turn: a notification about which somebody said something
 * @error: return location for an error
 *
 * Returns: whether that is taken back: what was done or put off is open, what was read counts as new
 */
gboolean
billing_desk_reopen_notice (BillingTurn  *turn,
                            GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingNotice) notice = load_notice (turn, &before, error);

  if (notice == NULL)
    return FALSE;
  if (notice->state == BILLING_NOTICE_STATE_NEW)
    return billing_desk_refuse (error, _("This is open already. Nothing was changed."));

  return say (turn, notice, before,
              notice->state == BILLING_NOTICE_STATE_READ ? BILLING_NOTICE_STATE_NEW : BILLING_NOTICE_STATE_READ, 0, error);
}

/* --- what holds ------------------------------------------------------------------------------- */

typedef struct {
  gint64 now;
  gboolean is_due;
} Refresh;

static gboolean
look_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Refresh *refresh = data;
  g_autoptr (GPtrArray) changed = billing_notices_compare (connection, refresh->now, error);

  refresh->is_due = changed != NULL && changed->len > 0;
  return changed != NULL;
}

/* Looked at again: somebody may have said something meanwhile. */
static gboolean
refresh_func (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Refresh *refresh = data;
  g_autoptr (GPtrArray) changed = billing_notices_compare (connection, refresh->now, error);

  return changed != NULL && billing_notices_write (connection, changed, error);
}

gboolean
billing_desk_refresh_notices (BillingDesk   *desk,
                              GCancellable  *cancellable,
                              GError       **error)
{
  BillingStore *store = billing_desk_get_store (desk);
  Refresh refresh = { billing_desk_get_now (desk), FALSE };

  return billing_store_read (store, look_func, &refresh, cancellable, error) &&
         (!refresh.is_due || billing_store_write_at (store, G_PRIORITY_LOW, refresh_func, &refresh, cancellable, error));
}

typedef struct {
  gint64 n_urgent;
  gint64 n_open;
} Count;

static gboolean
count_func (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Count *count = data;

  return billing_notices_count (connection, &count->n_urgent, &count->n_open, error);
}

gboolean
billing_desk_count_notices (BillingDesk  *desk,
                            gint64       *n_urgent,
                            gint64       *n_open,
                            GError      **error)
{
  Count count = { 0 };

  if (!billing_store_read (billing_desk_get_store (desk), count_func, &count, NULL, error))
    return FALSE;

  *n_urgent = count.n_urgent;
  *n_open = count.n_open;
  return TRUE;
}

/* --- the desktop ------------------------------------------------------------------------------ */

typedef struct {
  gint64 now;
  GPtrArray *notices; /* (owned) (nullable) */
} Telling;

static gboolean
look_untold_func (BillingConnection  *connection,
                  gpointer            data,
                  GCancellable       *cancellable,
                  GError            **error)
{
  Telling *telling = data;

  telling->notices = billing_notices_list_untold (connection, error);
  return telling->notices != NULL;
}

static gboolean
tell_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Telling *telling = data;

  g_clear_pointer (&telling->notices, g_ptr_array_unref);
  return look_untold_func (connection, data, cancellable, error) &&
         billing_notices_set_told (connection, telling->now, error);
}

GPtrArray *
billing_desk_tell_notices (BillingDesk  *desk,
                           GError      **error)
{
  BillingStore *store = billing_desk_get_store (desk);
  Telling telling = { .now = billing_desk_get_now (desk) };

  if (billing_store_read (store, look_untold_func, &telling, NULL, error) &&
      (telling.notices->len == 0 || billing_store_write_at (store, G_PRIORITY_LOW, tell_func, &telling, NULL, error)))
    return telling.notices;

  g_clear_pointer (&telling.notices, g_ptr_array_unref);
  return NULL;
}

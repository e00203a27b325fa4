/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice-store"

#include "config.h"

#include "billing-notice-store.h"

#include "billing-notice-find.h"
#include "billing-notice.h"
#include "billing-table.h"

/* What the list's status `open` means, too (billing-list.c). */
#define OPEN "ended_at = 0 AND state IN ('new', 'read')"

static GPtrArray *
read_notices (BillingConnection  *connection,
              const char         *sql,
              GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  g_autoptr (GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  if (statement == NULL)
    return NULL;

  while (billing_statement_step (statement, &row, error))
    {
      gint64 pk;

      if (!row)
        return billing_table_fetch (connection, BILLING_TYPE_NOTICE, (const gint64 *) (gpointer) pks->data, pks->len, error);
      pk = billing_statement_get_integer (statement, 0);
      g_array_append_val (pks, pk);
    }

  return NULL;
}

/* A mirror that was dropped, or is not yet filled, says nothing of what it does not have. */
static gboolean
is_complete (BillingConnection  *connection,
             gboolean           *complete,
             GError            **error)
{
  gint64 n;

  if (!billing_connection_get_integer (connection, &n, error,
                                       "SELECT EXISTS (SELECT 1 FROM mirror.state WHERE name = 'synced_at')"
                                       " AND NOT EXISTS (SELECT 1 FROM mirror.ranges)", ""))
    return FALSE;

  *complete = n != 0;
  return TRUE;
}

static gboolean
set_text (char       **member,
          const char  *value)
{
  if (g_strcmp0 (*member, value) == 0)
    return FALSE;

  g_free (*member);
  *member = g_strdup (value);
  return TRUE;
}

static gboolean
set_integer (gint64 *member,
             gint64  value)
{
  gboolean is_changed = *member != value;

  *member = value;
  return is_changed;
}

/* Where nobody knows since when, it is since it was found. */
static gboolean
take_over (BillingNotice *kept,
           BillingNotice *found)
{
  gboolean is_changed = kept->urgent != found->urgent;

  kept->urgent = found->urgent;
  is_changed |= set_text (&kept->subject, found->subject);
  is_changed |= set_text (&kept->payment_id, found->payment_id);
  is_changed |= set_text (&kept->currency, found->currency);
  is_changed |= set_text (&kept->detail, found->detail);
  is_changed |= set_integer (&kept->amount, found->amount);
  is_changed |= set_integer (&kept->due_at, found->due_at);
  is_changed |= found->created_at != 0 && set_integer (&kept->created_at, found->created_at);
  return is_changed;
}

static void
renew (BillingNotice *notice)
{
  notice->state = BILLING_NOTICE_STATE_NEW;
  notice->snoozed_until = 0;
  notice->told_at = 0;
}

/* Whether what was put off until now is to be looked at again. */
static gboolean
wake (BillingNotice *notice,
      gint64         now)
{
  if (notice->state != BILLING_NOTICE_STATE_SNOOZED || notice->snoozed_until > now)
    return FALSE;

  renew (notice);
  return TRUE;
}

static void
add (GPtrArray     *changed,
     BillingNotice *notice)
{
  g_ptr_array_add (changed, g_object_ref (notice));
}

/* One that was not open. Somebody's “done” was about the time before. */
static gboolean
add_found (BillingConnection  *connection,
           BillingNotice      *found,
           gint64              now,
           GPtrArray          *changed,
           GError            **error)
{
  g_autoptr (GPtrArray) rows = billing_table_select (connection, BILLING_TYPE_NOTICE, "key", found->key, error);
  BillingNotice *kept;

  if (rows == NULL)
    return FALSE;

  if (rows->len == 0)
    {
      found->found_at = now;
      if (found->created_at == 0)
        found->created_at = now;
      add (changed, found);
      return TRUE;
    }

  kept = rows->pdata[0];
  take_over (kept, found);
  kept->ended_at = 0;
  if (found->created_at == 0)
    kept->created_at = now;
  if (kept->state == BILLING_NOTICE_STATE_DONE)
    renew (kept);
  wake (kept, now);
  kept->told_at = 0;
  add (changed, kept);
  return TRUE;
}

static void
end (GHashTable *left,
     gint64      now,
     GPtrArray  *changed)
{
  GHashTableIter iter;
  BillingNotice *notice;

  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &notice))
    {
      notice->ended_at = now;
      add (changed, notice);
    }
}

static GHashTable *
index_by_key (GPtrArray *notices)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < notices->len; i++)
    {
      BillingNotice *notice = notices->pdata[i];

      g_hash_table_insert (index, notice->key, notice);
    }

  return index;
}

GPtrArray *
billing_notices_compare (BillingConnection  *connection,
                         gint64              now,
                         GError            **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = billing_notice_find_all (connection, now, error);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GHashTable) left = NULL;
  gboolean is_whole;

  if (found == NULL || !is_complete (connection, &is_whole, error))
    return NULL;
  kept = read_notices (connection, "SELECT pk FROM notices WHERE ended_at = 0 ORDER BY pk", error);
  if (kept == NULL)
    return NULL;

  left = index_by_key (kept);
  for (guint i = 0; i < found->len; i++)
    {
      BillingNotice *notice = found->pdata[i];
      BillingNotice *old = g_hash_table_lookup (left, notice->key);

      if (old == NULL && !add_found (connection, notice, now, changed, error))
        return NULL;
      if (old == NULL)
        continue;

      g_hash_table_remove (left, notice->key);
      if (take_over (old, notice) | wake (old, now))
        add (changed, old);
    }

  if (is_whole)
    end (left, now, changed);
  return g_steal_pointer (&changed);
}

gboolean
billing_notices_write (BillingConnection  *connection,
                       GPtrArray          *changed,
                       GError            **error)
{
  for (guint i = 0; i < changed->len; i++)
    {
      BillingRecord *notice = changed->pdata[i];

      if (!(billing_record_get_id (notice) == NULL ? billing_table_insert (connection, notice, error)
                                                   : billing_table_update (connection, notice, error)))
        return FALSE;
    }

  return TRUE;
}

gboolean
billing_notices_count (BillingConnection  *connection,
                       gint64             *n_urgent,
                       gint64             *n_open,
                       GError            **error)
{
  return billing_connection_get_integer (connection, n_open, error, "SELECT count (*) FROM notices WHERE " OPEN, "") &&
         billing_connection_get_integer (connection, n_urgent, error,
                                         "SELECT count (*) FROM notices WHERE urgent = 1 AND " OPEN, "");
}

GPtrArray *
billing_notices_list_untold (BillingConnection  *connection,
                             GError            **error)
{
  return read_notices (connection, "SELECT pk FROM notices WHERE urgent = 1 AND told_at = 0 AND " OPEN
                       " ORDER BY created_at DESC, pk DESC", error);
}

gboolean
billing_notices_set_told (BillingConnection  *connection,
                          gint64              now,
                          GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE notices SET told_at = ?, revision = revision + 1 WHERE told_at = 0 AND " OPEN,
                                 "i", now);
}

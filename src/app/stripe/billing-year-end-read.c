/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-year-end-read"

#include "config.h"

#include "billing-year-end-read.h"

#include "billing-books.h"
#include "billing-year-end-store.h"

typedef struct {
  int year;
  char *today;     /* (owned) */
  char *time_zone; /* (owned) */
  char *currency;  /* (owned) */
  BillingYearEnd *result; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->today);
  g_free (reading->time_zone);
  g_free (reading->currency);
  g_clear_pointer (&reading->result, billing_year_end_free);
  g_free (reading);
}

void
billing_year_end_free (BillingYearEnd *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

/* Taxes are filed for a year that is over. */
static int
choose_year (Reading              *reading,
             const BillingYearEnd *years)
{
  int now = (int) g_ascii_strtoll (reading->today, NULL, 10);

  if (reading->year != 0)
    return reading->year;
  return years->first != 0 && years->first < now ? now - 1 : now;
}

static gboolean
read_year (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Reading *reading = data;
  g_autoptr (BillingYearEnd) result = g_new0 (BillingYearEnd, 1);

  if (!billing_year_end_read_years (connection, reading->time_zone, &result->first, &result->last, error))
    return FALSE;

  result->year = choose_year (reading, result);
  result->lines = billing_year_end_read (connection, result->year, reading->time_zone, reading->currency, error);
  if (result->lines == NULL)
    return FALSE;

  billing_year_end_add_totals (result->lines);
  reading->result = g_steal_pointer (&result);
  return TRUE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  if (!billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&reading->result), (GDestroyNotify) billing_year_end_free);
}

void
billing_year_end_read_async (BillingDesk         *desk,
                             int                  year,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  BillingStore *store = billing_desk_get_store (desk);
  BillingPractice *practice = billing_desk_get_practice (desk);
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->year = year;
  reading->today = billing_desk_get_today (desk);
  reading->time_zone = g_strdup (practice->time_zone);
  reading->currency = g_strdup (practice->currency);
  g_task_set_source_tag (task, billing_year_end_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  billing_store_read_async (store, read_year, reading, NULL, cancellable, read_cb, task);
}

BillingYearEnd *
billing_year_end_read_finish (BillingStore  *store,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

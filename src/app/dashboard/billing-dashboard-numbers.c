/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dashboard-numbers"

#include "config.h"

#include "billing-dashboard-numbers.h"

#include "billing-books.h"
#include "billing-day.h"
#include "billing-enums.h"
#include "billing-month.h"
#include "billing-report.h"
#include "billing-totals.h"

#define THIS_MONTH (BILLING_DASHBOARD_MONTHS - 1)

/* What is read, and by what. */
typedef struct {
  char *currency;                   /* (owned) */
  BillingQuery *query;              /* (owned): today */
  BillingDashboardNumbers *numbers; /* (owned) (nullable) */
} Reading;

static void
sum_free (gpointer data)
{
  BillingDashboardSum *sum = data;

  g_free (sum->currency);
  g_free (sum);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->currency);
  g_object_unref (reading->query);
  g_clear_pointer (&reading->numbers, billing_dashboard_numbers_free);
  g_free (reading);
}

static BillingDashboardSum *
find_sum (BillingDashboardNumbers *self,
          const char              *currency)
{
  BillingDashboardSum *sum;

  if (g_str_equal (self->sum.currency, currency))
    return &self->sum;

  for (guint i = 0; i < self->others->len; i++)
    {
      sum = self->others->pdata[i];
      if (g_str_equal (sum->currency, currency))
        return sum;
    }

  sum = g_new0 (BillingDashboardSum, 1);
  sum->currency = g_strdup (currency);
  g_ptr_array_add (self->others, sum);
  return sum;
}

static void
take_collected (BillingDashboardNumbers *self,
                BillingReportLine       *line)
{
  BillingDashboardSum *sum = find_sum (self, line->currency);

  sum->collected += line->amount;
  sum->refunded += line->refunded;
  if (sum != &self->sum)
    return;

  for (int i = 0; i < BILLING_DASHBOARD_MONTHS; i++)
    {
      if (g_str_equal (self->months[i], line->name))
        self->collected[i] = line->amount;
    }
}

static void
take_last_month (BillingDashboardNumbers *self,
                 BillingReportLine       *line)
{
  if (g_str_equal (line->currency, self->sum.currency))
    self->last_month += line->amount;
}

static void
take_outstanding (BillingDashboardNumbers *self,
                  BillingReportLine       *line)
{
  BillingDashboardSum *sum = find_sum (self, line->currency);

  if (g_str_equal (line->name, "overdue"))
    {
      sum->overdue = line->amount;
      sum->n_overdue = line->payments;
    }
  else if (g_str_equal (line->name, "failed"))
    {
      sum->failed = line->amount;
      sum->n_failed = line->payments;
    }
  else
    {
      sum->outstanding = line->amount;
      sum->n_outstanding = line->payments;
    }
}

static void
take_status (BillingDashboardNumbers *self,
             BillingReportLine       *line)
{
  int status;

  if (!billing_enum_from_nick (BILLING_TYPE_STATUS, line->name, &status))
    return;

  self->counts[status] += line->payments;
  if (g_str_equal (line->currency, self->sum.currency))
    self->amounts[status] += line->amount;
}

typedef void (*TakeFunc) (BillingDashboardNumbers *self,
                          BillingReportLine       *line);

static gboolean
read_report (BillingConnection        *connection,
             const char               *report,
             BillingQuery             *query,
             TakeFunc                  take,
             BillingDashboardNumbers  *self,
             GError                  **error)
{
  g_autoptr (GPtrArray) lines = billing_totals_report (connection, report, query, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    take (self, lines->pdata[i]);

  return lines != NULL;
}

static BillingQuery *
build_last_month (BillingDashboardNumbers *self,
                  BillingQuery            *query)
{
  const char *month = self->months[THIS_MONTH - 1];
  BillingQuery *result = billing_query_copy (query);

  result->from = billing_month_first_day (month);
  result->to = billing_dashboard_find_last_day (month, self->today, &self->n_days);
  return result;
}

static BillingDashboardNumbers *
numbers_new (const char *currency,
             const char *today)
{
  BillingDashboardNumbers *self = g_new0 (BillingDashboardNumbers, 1);
  g_autofree char *month = billing_month_of (today);

  self->today = g_strdup (today);
  self->sum.currency = g_strdup (currency);
  self->others = g_ptr_array_new_with_free_func (sum_free);
  for (int i = 0; i < BILLING_DASHBOARD_MONTHS; i++)
    self->months[i] = billing_month_add (month, i - THIS_MONTH);

  return self;
}

static gboolean
read_numbers (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Reading *reading = data;
  BillingDashboardNumbers *self = numbers_new (reading->currency, reading->query->today);
  g_autoptr (BillingQuery) last_month = build_last_month (self, reading->query);

  g_clear_pointer (&reading->numbers, billing_dashboard_numbers_free);
  reading->numbers = self;
  return read_report (connection, "collected", reading->query, take_collected, self, error) &&
         read_report (connection, "collected", last_month, take_last_month, self, error) &&
         read_report (connection, "outstanding", reading->query, take_outstanding, self, error) &&
         read_report (connection, "status", reading->query, take_status, self, error);
}

static Reading *
reading_new (BillingDesk *desk)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->currency = g_strdup (billing_desk_get_practice (desk)->currency);
  reading->query = billing_desk_query (desk, "payments");
  return reading;
}

/**
 * billing_dashboard_find_last_day:
 * @month: the month before this one
 * @today: a day of this month
 * @n_days: (out): how many days of @month there are till then; 0: all of them
 *
 * Finds as many days of a month as this one has had; of a shorter one, all.
 *
 * Returns: (transfer full): the last of them
 */
char *
billing_dashboard_find_last_day (const char *month,
                                 const char *today,
                                 int        *n_days)
{
  g_autofree char *last = billing_month_last_day (month);
  g_autofree char *day = g_strconcat (month, today + 7, NULL);
  gboolean all = strcmp (day, last) >= 0;

  *n_days = all ? 0 : (int) g_ascii_strtoll (today + 8, NULL, 10);
  return all ? g_steal_pointer (&last) : g_steal_pointer (&day);
}

/**
 * billing_dashboard_numbers_read:
 * @desk: a session
 * @cancellable: (nullable): interrupts the read
 * @error: return location for a #BillingStoreError
 *
 * Reads what the cards say, from the totals that the books keep.
 *
 * Returns: (transfer full) (nullable): the numbers
 */
BillingDashboardNumbers *
billing_dashboard_numbers_read (BillingDesk   *desk,
                                GCancellable  *cancellable,
                                GError       **error)
{
  Reading *reading = reading_new (desk);
  BillingDashboardNumbers *numbers = NULL;

  if (billing_store_read (billing_desk_get_store (desk), read_numbers, reading, cancellable, error))
    numbers = g_steal_pointer (&reading->numbers);

  reading_free (reading);
  return numbers;
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
    g_task_return_pointer (task, g_steal_pointer (&reading->numbers),
                           (GDestroyNotify) billing_dashboard_numbers_free);
}

/**
 * billing_dashboard_numbers_read_async:
 * @desk: a session
 * @cancellable: (nullable): interrupts the read
 * @callback: called with the numbers
 * @user_data: data for @callback
 */
void
billing_dashboard_numbers_read_async (BillingDesk         *desk,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GTask *task = g_task_new (desk, cancellable, callback, user_data);
  Reading *reading = reading_new (desk);

  g_task_set_source_tag (task, billing_dashboard_numbers_read_async);
  g_task_set_task_data (task, reading, reading_free);
  billing_store_read_async (billing_desk_get_store (desk), read_numbers, reading, NULL, cancellable,
                            read_cb, task);
}

BillingDashboardNumbers *
billing_dashboard_numbers_read_finish (BillingDesk   *desk,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
billing_dashboard_numbers_free (BillingDashboardNumbers *self)
{
  g_free (self->today);
  g_free (self->sum.currency);
  g_ptr_array_unref (self->others);
  for (int i = 0; i < BILLING_DASHBOARD_MONTHS; i++)
    g_free (self->months[i]);
  g_free (self);
}

static const char *
get_statuses (BillingDashboardPart  part,
              const char           *key)
{
  switch (part)
    {
    case BILLING_DASHBOARD_COLLECTED:
      return "paid,refunded,partially-refunded";
    case BILLING_DASHBOARD_OUTSTANDING:
      return "draft,pending,processing";
    case BILLING_DASHBOARD_FAILED:
      return "failed";
    case BILLING_DASHBOARD_STATUS:
      return key;
    case BILLING_DASHBOARD_MONTH:
    case BILLING_DASHBOARD_OVERDUE:
    case BILLING_DASHBOARD_ALL:
    default:
      return NULL;
    }
}

/**
 * billing_dashboard_build_query:
 * @desk: a session
 * @part: what was clicked
 * @key: (nullable): a month, or the nick of a status
 *
 * Returns: (transfer full): a query for exactly the payments that sum to the number there
 */
BillingQuery *
billing_dashboard_build_query (BillingDesk          *desk,
                               BillingDashboardPart  part,
                               const char           *key)
{
  BillingQuery *query = billing_desk_query (desk, "payments");

  query->status = g_strdup (get_statuses (part, key));
  query->overdue = part == BILLING_DASHBOARD_OVERDUE;
  if (part == BILLING_DASHBOARD_MONTH)
    {
      query->paid_from = billing_month_first_day (key);
      query->paid_to = billing_month_last_day (key);
    }

  return query;
}

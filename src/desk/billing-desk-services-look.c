/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-services-look"

#include "config.h"

#include "billing-service-private.h"

#include "billing-selection.h"
#include "billing-service-make.h"

/* What is looked at before something is done to services, and of treatments of which none were made. */

typedef struct {
  BillingAct *act;              /* (owned) (nullable) */
  gint64 limit;
  BillingServiceSums *sums;     /* (owned) (nullable) */
  BillingRateOutlook *outlook;  /* (owned) (nullable) */
  GPtrArray *found;             /* (owned) (nullable) */
} Looking;

static void
looking_free (gpointer data)
{
  Looking *looking = data;

  g_clear_object (&looking->act);
  g_clear_pointer (&looking->sums, billing_service_sums_free);
  g_clear_pointer (&looking->outlook, billing_rate_outlook_free);
  g_clear_pointer (&looking->found, g_ptr_array_unref);
  g_free (looking);
}

static Looking *
looking_new (BillingAct *act,
             gint64      limit)
{
  Looking *looking = g_new0 (Looking, 1);

  looking->act = act != NULL ? g_object_ref (act) : NULL;
  looking->limit = limit;
  return looking;
}

void
billing_rate_outlook_free (BillingRateOutlook *outlook)
{
  g_clear_pointer (&outlook->changes, g_ptr_array_unref);
  g_clear_pointer (&outlook->sums, billing_service_change_sums_free);
  g_free (outlook);
}

/* Whoever looks at nothing sees nothing: that is no error here. */
static gboolean
sum_func (BillingConnection  *connection,
          gpointer            data,
          GCancellable       *cancellable,
          GError            **error)
{
  Looking *looking = data;

  if (!billing_selection_fill (connection, looking->act, "services", error))
    return FALSE;

  looking->sums = billing_service_sum_selection (connection, error);
  return looking->sums != NULL;
}

static gboolean
look_at_rate (BillingConnection  *connection,
              Looking            *looking,
              GError            **error)
{
  g_autoptr (BillingRateOutlook) outlook = g_new0 (BillingRateOutlook, 1);

  if (!billing_service_work_out_rate (connection, looking->act, error))
    return FALSE;

  outlook->changes = billing_service_changes_list (connection, looking->limit, error);
  outlook->sums = outlook->changes != NULL ? billing_service_changes_sum (connection, error) : NULL;
  if (outlook->sums == NULL)
    return FALSE;

  looking->outlook = g_steal_pointer (&outlook);
  return TRUE;
}

static gboolean
rate_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Looking *looking = data;
  gboolean was_closed;

  return billing_selection_fill (connection, looking->act, "services", error) &&
         billing_selection_open (connection, &was_closed, error) &&
         billing_selection_close (connection, was_closed, look_at_rate (connection, looking, error), error);
}

static gboolean
unbilled_func (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  Looking *looking = data;

  looking->found = billing_service_list_unbilled (connection, error);
  return looking->found != NULL;
}

static gboolean
kept_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Looking *looking = data;

  looking->found = billing_service_list_kept (connection, error);
  return looking->found != NULL;
}

static Looking *
look (BillingDesk       *self,
      BillingStoreFunc   func,
      BillingAct        *act,
      gint64             limit,
      GCancellable      *cancellable,
      GError           **error)
{
  Looking *looking = looking_new (act, limit);

  billing_store_read (billing_desk_get_store (self), func, looking, cancellable, error);
  return looking;
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (billing_store_read (billing_desk_get_store (source), (BillingStoreFunc) g_task_get_source_tag (task), task_data, cancellable,
                          &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
look_async (BillingDesk          *self,
            BillingStoreFunc      func,
            BillingAct           *act,
            gint64                limit,
            GCancellable         *cancellable,
            GAsyncReadyCallback   callback,
            gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, func);
  g_task_set_task_data (task, looking_new (act, limit), looking_free);
  g_task_run_in_thread (task, look_thread);
}

static Looking *
look_finish (GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? g_task_get_task_data (G_TASK (result)) : NULL;
}

/**
 * billing_desk_sum_services:
 * @self: a session
 * @act: which services
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what they come to
 */
BillingServiceSums *
billing_desk_sum_services (BillingDesk   *self,
                           BillingAct    *act,
                           GCancellable  *cancellable,
                           GError       **error)
{
  Looking *looking = look (self, sum_func, act, 0, cancellable, error);
  BillingServiceSums *sums = g_steal_pointer (&looking->sums);

  looking_free (looking);
  return sums;
}

/**
 * billing_desk_sum_services_async:
 * @self: a session
 * @act: which services; not to be touched until it is done
 * @cancellable: (nullable): what stops it
 * @callback: told when it is done
 * @user_data: for @callback
 *
 * Like billing_desk_sum_services(), on another thread: for the bar under a selection.
 */
void
billing_desk_sum_services_async (BillingDesk         *self,
                                 BillingAct          *act,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  look_async (self, sum_func, act, 0, cancellable, callback, user_data);
}

BillingServiceSums *
billing_desk_sum_services_finish (BillingDesk   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  Looking *looking = look_finish (result, error);

  return looking != NULL ? g_steal_pointer (&looking->sums) : NULL;
}

/**
 * billing_desk_look_at_rate:
 * @self: a session
 * @act: which services, and the rate, as for %BILLING_VERB_SERVICE_SET_RATE
 * @limit: of how many before and after are wanted; -1: of all
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what would become of them
 */
BillingRateOutlook *
billing_desk_look_at_rate (BillingDesk   *self,
                           BillingAct    *act,
                           gint64         limit,
                           GCancellable  *cancellable,
                           GError       **error)
{
  Looking *looking = look (self, rate_func, act, limit, cancellable, error);
  BillingRateOutlook *outlook = g_steal_pointer (&looking->outlook);

  looking_free (looking);
  return outlook;
}

/**
 * billing_desk_look_at_rate_async:
 * @self: a session
 * @act: which services, and the rate; not to be touched until it is done
 * @limit: of how many before and after are wanted
 * @cancellable: (nullable): what stops it
 * @callback: told when it is done
 * @user_data: for @callback
 *
 * Like billing_desk_look_at_rate(), on another thread.
 */
void
billing_desk_look_at_rate_async (BillingDesk         *self,
                                 BillingAct          *act,
                                 gint64               limit,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  look_async (self, rate_func, act, limit, cancellable, callback, user_data);
}

BillingRateOutlook *
billing_desk_look_at_rate_finish (BillingDesk   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  Looking *looking = look_finish (result, error);

  return looking != NULL ? g_steal_pointer (&looking->outlook) : NULL;
}

/**
 * billing_desk_list_unbilled_codes:
 * @self: a session
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingUnbilledCode): codes of treatments of which no service was made, and why
 */
GPtrArray *
billing_desk_list_unbilled_codes (BillingDesk   *self,
                                  GCancellable  *cancellable,
                                  GError       **error)
{
  Looking *looking = look (self, unbilled_func, NULL, 0, cancellable, error);
  GPtrArray *found = g_steal_pointer (&looking->found);

  looking_free (looking);
  return found;
}

/**
 * billing_desk_list_unbilled_codes_async:
 * @self: a session
 * @cancellable: (nullable): what stops it
 * @callback: told when it is done
 * @user_data: for @callback
 *
 * Like billing_desk_list_unbilled_codes(), on another thread.
 */
void
billing_desk_list_unbilled_codes_async (BillingDesk         *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  look_async (self, unbilled_func, NULL, 0, cancellable, callback, user_data);
}

GPtrArray *
billing_desk_list_unbilled_codes_finish (BillingDesk   *self,
                                         GAsyncResult  *result,
                                         GError       **error)
{
  Looking *looking = look_finish (result, error);

  return looking != NULL ? g_steal_pointer (&looking->found) : NULL;
}

/**
 * billing_desk_list_kept_services:
 * @self: a session
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type utf8): numbers of the services that are invoiced or answered, though their treatments say
 *   something else by now
 */
GPtrArray *
billing_desk_list_kept_services (BillingDesk   *self,
                                 GCancellable  *cancellable,
                                 GError       **error)
{
  Looking *looking = look (self, kept_func, NULL, 0, cancellable, error);
  GPtrArray *found = g_steal_pointer (&looking->found);

  looking_free (looking);
  return found;
}

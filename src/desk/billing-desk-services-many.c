/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-services-many"

#include "config.h"

#include "billing-service-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-selection.h"
#include "billing-service-make.h"
#include "billing-table.h"

/* What is done to one service, to several, or to all that a list shows: in one transaction, each part of it for all of them at once. */

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

static BillingServiceDeed
get_deed (BillingTurn *turn,
          const char  *day)
{
  return (BillingServiceDeed) { turn->act->verb, turn->now, day, turn->account, turn->act->notes };
}

static gboolean
begin (BillingTurn  *turn,
       GError      **error)
{
  return billing_turn_check_text (turn->act->notes, error) &&
         billing_selection_fill (turn->connection, turn->act, "services", error) &&
         billing_service_changes_begin (turn->connection, error);
}

/* Where nothing would change at all, why is said of the first. */
static gboolean
refuse_first (BillingTurn  *turn,
              GError      **error)
{
  g_autoptr (BillingServiceChange) first = billing_service_changes_get_first (turn->connection, TRUE, error);
  g_autofree char *reason = NULL;

  if (first == NULL)
    return FALSE;

  reason = billing_service_change_build_reason (first->refusal, first->invoice);
  /* Translators: a service (SVC-001), and a sentence that says why it stays as it is */
  return billing_desk_refuse (error, _("%s stays as it is. %s Nothing was changed."), first->number, reason);
}

/* Who did it to one reads its number, who did it to many reads how many. What stays as it is, is counted as well. */
static gboolean
set_results (BillingTurn               *turn,
             BillingServiceChangeSums  *sums,
             GError                   **error)
{
  g_autoptr (BillingServiceChange) first = NULL;
  g_autofree char *count = g_strdup_printf ("%" PRId64, sums->n_changed);
  gint64 n_left = sums->n - sums->n_changed;

  g_free (turn->act->remainder);
  turn->act->remainder = n_left > 0 ? g_strdup_printf ("%" PRId64, n_left) : NULL;
  if (sums->n_changed != 1)
    {
      billing_turn_set_result (turn, count);
      return TRUE;
    }

  first = billing_service_changes_get_first (turn->connection, FALSE, error);
  if (first == NULL)
    return FALSE;

  billing_turn_set_result (turn, first->number);
  return TRUE;
}

static gboolean
finish (BillingTurn  *turn,
        GError      **error)
{
  g_autoptr (BillingServiceChangeSums) sums = billing_service_changes_sum (turn->connection, error);
  g_autofree char *day = sums != NULL ? billing_turn_find_open_day (turn, error) : NULL;
  BillingServiceDeed deed = get_deed (turn, day);

  if (day == NULL)
    return FALSE;
  if (sums->n_changed == 0)
    return refuse_first (turn, error);

  g_atomic_int_set (&turn->act->progress, 500);
  return !g_cancellable_set_error_if_cancelled (turn->cancellable, error) && set_results (turn, sums, error) &&
         billing_service_changes_apply (turn->connection, &deed, error);
}

/**
 * billing_desk_review_services:
 * @turn: services; both for reviewed and for not reviewed
 * @error: return location for an error
 *
 * Returns: whether they are marked; the result is the number of one, or how many
 */
gboolean
billing_desk_review_services (BillingTurn  *turn,
                              GError      **error)
{
  gboolean is_review = turn->act->verb == BILLING_VERB_SERVICE_REVIEW;

  return begin (turn, error) &&
         billing_service_changes_review (turn->connection, is_review ? turn->now : 0, is_review ? turn->account : NULL, error) &&
         finish (turn, error);
}

/**
 * billing_desk_remove_services:
 * @turn: services that are neither invoiced nor answered with money
 * @error: return location for an error
 *
 * Returns: whether they are removed; the result is the number of one, or how many
 */
gboolean
billing_desk_remove_services (BillingTurn  *turn,
                              GError      **error)
{
  return begin (turn, error) && billing_service_changes_remove (turn->connection, turn->now, error) && finish (turn, error);
}

/**
 * billing_desk_restore_services:
 * @turn: services that were removed
 * @error: return location for an error
 *
 * Returns: whether they are back; the result is the number of one, or how many
 */
gboolean
billing_desk_restore_services (BillingTurn  *turn,
                               GError      **error)
{
  return begin (turn, error) && billing_service_changes_restore (turn->connection, error) && finish (turn, error);
}

/* --- rates ------------------------------------------------------------------------------------ */

/**
 * billing_turn_read_rate:
 * @connection: inside a transaction
 * @act: whose rate is an id, a number, or “twin”, which is nothing said
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): id of the rate; empty: of each service the twin of its own
 */
char *
billing_turn_read_rate (BillingConnection  *connection,
                        BillingAct         *act,
                        GError            **error)
{
  g_autoptr (BillingRecord) rate = NULL;

  if (!is_said (act->rate) || g_str_equal (act->rate, "twin"))
    return g_strdup ("");

  rate = billing_table_get (connection, BILLING_TYPE_RATE, act->rate, error);
  return rate != NULL ? g_strdup (billing_record_get_id (rate)) : NULL;
}

static gboolean
work_out_rate (BillingConnection  *connection,
               BillingAct         *act,
               GError            **error)
{
  g_autofree char *rate = billing_turn_read_rate (connection, act, error);

  return rate != NULL && billing_service_changes_begin (connection, error) &&
         billing_service_changes_to_rate (connection, *rate != '\0' ? rate : NULL, is_said (act->payer) ? act->payer : NULL, error);
}

/**
 * billing_desk_set_rate:
 * @turn: services, rate (“twin” or nothing: of each the twin of its own), payer where it is not that of the patient's coverage
 * @error: return location for an error
 *
 * Puts services under another rate, but those that are invoiced or answered with money. billing_desk_look_at_rate() says what it comes to.
 *
 * Returns: whether they are under it; the result is the number of one, or how many
 */
gboolean
billing_desk_set_rate (BillingTurn  *turn,
                       GError      **error)
{
  return billing_turn_check_text (turn->act->notes, error) && billing_turn_check_text (turn->act->payer, error) &&
         billing_selection_fill (turn->connection, turn->act, "services", error) &&
         work_out_rate (turn->connection, turn->act, error) && finish (turn, error);
}

/* --- making ----------------------------------------------------------------------------------- */

/**
 * billing_desk_make_services:
 * @turn: treatments: a subject, a selection or a query; nothing: all
 * @error: return location for an error
 *
 * Makes the services of what was done in treatments, and brings those up to date that were made before.
 *
 * Returns: whether they are made; the result is how many are new, and the remainder how many of the others stay as they are though their
 *   treatments say something else
 */
gboolean
billing_desk_make_services (BillingTurn  *turn,
                            GError      **error)
{
  BillingAct *act = turn->act;
  gboolean is_of_some = is_said (act->subject) || is_said (act->selection) || act->query != NULL;
  g_autofree char *day = billing_turn_find_open_day (turn, error);
  BillingServiceDeed deed = get_deed (turn, day);
  BillingServiceMaking making;
  g_autofree char *count = NULL;

  if (day == NULL || !billing_turn_check_text (act->notes, error) ||
      (is_of_some && !billing_selection_fill (turn->connection, act, "treatments", error)) ||
      !billing_service_make (turn->connection, &deed, is_of_some, &act->progress, turn->cancellable, &making, error))
    return FALSE;

  count = g_strdup_printf ("%" PRId64, making.n_made);
  billing_turn_set_result (turn, count);
  g_free (act->remainder);
  act->remainder = making.n_kept > 0 ? g_strdup_printf ("%" PRId64, making.n_kept) : NULL;
  return TRUE;
}

/* --- looked at first -------------------------------------------------------------------------- */

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

  if (!work_out_rate (connection, looking->act, error))
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

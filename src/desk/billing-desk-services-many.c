/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-services-many"

#include "config.h"

#include "billing-service-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-selection.h"
#include "billing-service-make.h"
#include "billing-table.h"
#include "billing-text.h"

/* What is done to one service, to several, or to all that a list shows: in one transaction, each part of it for all of them at once. */

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

/* The id of the rate, by its id or number; empty for “twin”, or nothing said: of each service the twin of its own. */
static char *
read_rate (BillingConnection  *connection,
           BillingAct         *act,
           GError            **error)
{
  g_autoptr (BillingRecord) rate = NULL;

  if (!billing_text_is_said (act->rate) || g_str_equal (act->rate, "twin"))
    return g_strdup ("");

  rate = billing_table_get (connection, BILLING_TYPE_RATE, act->rate, error);
  return rate != NULL ? g_strdup (billing_record_get_id (rate)) : NULL;
}

/**
 * billing_service_work_out_rate:
 * @connection: one whose selection was filled with services, and that may write what is temporary
 * @act: as for billing_desk_set_rate()
 * @error: return location for an error
 *
 * Returns: whether it is worked out what becomes of the services
 */
gboolean
billing_service_work_out_rate (BillingConnection  *connection,
                               BillingAct         *act,
                               GError            **error)
{
  g_autofree char *rate = read_rate (connection, act, error);

  return rate != NULL && billing_service_changes_begin (connection, error) &&
         billing_service_changes_to_rate (connection, *rate != '\0' ? rate : NULL, billing_text_is_said (act->payer) ? act->payer : NULL, error);
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
         billing_service_work_out_rate (turn->connection, turn->act, error) && finish (turn, error);
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
  gboolean is_of_some = billing_text_is_said (act->subject) || billing_text_is_said (act->selection) || act->query != NULL;
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

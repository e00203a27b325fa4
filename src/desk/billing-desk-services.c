/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-services"

#include "config.h"

#include "billing-service-private.h"

#include <glib/gi18n-lib.h>

#include "billing-code.h"
#include "billing-day-close-store.h"
#include "billing-day.h"
#include "billing-ledger.h"
#include "billing-rate-store.h"
#include "billing-table.h"
#include "billing-text.h"
#include "billing-treatment.h"

/* Services, one at a time and by hand: what was done, under which rate, and what of it is the insurer’s. */

#define MAX_UNITS 100000

/* --- what the verbs share --------------------------------------------------------------------- */

/**
 * billing_turn_load_service:
 * @turn: an act
 * @name: (nullable): of a service
 * @before: (out) (transfer full): the service as it is
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the service, to be changed
 */
BillingService *
billing_turn_load_service (BillingTurn     *turn,
                           const char      *name,
                           BillingService **before,
                           GError         **error)
{
  g_autoptr (BillingRecord) record = NULL;
  g_autoptr (BillingService) service = billing_service_new ();

  if (!billing_text_is_said (name))
    {
      billing_desk_refuse (error, _("Which service? Nothing was changed."));
      return NULL;
    }

  record = billing_table_get (turn->connection, BILLING_TYPE_SERVICE, name, error);
  if (record == NULL)
    return NULL;

  billing_record_copy (BILLING_RECORD (service), record);
  *before = BILLING_SERVICE (g_steal_pointer (&record));
  return g_steal_pointer (&service);
}

/**
 * billing_turn_find_open_day:
 * @turn: an act
 * @error: return location for an error
 *
 * What insurers are asked for moves no money, so that it need not wait until a closed day is reopened: it counts on the next one.
 *
 * Returns: (transfer full) (nullable): today, or the first day after it that is not closed
 */
char *
billing_turn_find_open_day (BillingTurn  *turn,
                            GError      **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *last = billing_day_close_find_last (turn->connection, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  return last != NULL && strcmp (last, turn->today) >= 0 ? billing_day_add (last, 1) : g_strdup (turn->today);
}

/**
 * billing_turn_move_insurer:
 * @turn: an act
 * @service: a service as it is to be, before it is stored
 * @before: minor units that were the insurer's
 * @error: return location for an error
 *
 * Posts by how much the insurer is asked for more, or for less. The source names the revision that the service is about to have.
 *
 * Returns: whether it was posted
 */
gboolean
billing_turn_move_insurer (BillingTurn     *turn,
                           BillingService  *service,
                           gint64           before,
                           GError         **error)
{
  gboolean grows = service->insurer_part > before;
  const char *act = grows ? "insure" : "insurer-transfer";
  g_autofree char *source = g_strdup_printf ("%s:%s:%" G_GINT64_FORMAT, billing_record_get_id (BILLING_RECORD (service)), act,
                                             billing_record_get_revision (BILLING_RECORD (service)) + 1);
  g_autofree char *day = billing_turn_find_open_day (turn, error);
  BillingTransaction transaction = {
    .act = act,
    .person = turn->account,
    .patient_id = service->patient_id,
    .reason = turn->act->notes,
    .source = source,
    .at = turn->now,
    .day = day,
  };

  if (day == NULL || service->insurer_part == before)
    return day != NULL;

  return billing_ledger_post (turn->connection, &transaction, service->currency,
                              grows ? BILLING_ACCOUNT_INSURER_RECEIVABLE : BILLING_ACCOUNT_ASKED,
                              grows ? BILLING_ACCOUNT_ASKED : BILLING_ACCOUNT_INSURER_RECEIVABLE,
                              ABS (service->insurer_part - before), error);
}

/* Whose rate it is decides who is asked first. */
static void
set_insurer_part (BillingService *service)
{
  service->insurer_part = service->billable && service->payer_kind == BILLING_PAYER_KIND_INSURANCE ? service->amount : 0;
}

static gboolean
set_amount (BillingService  *service,
            GError         **error)
{
  if (service->units < 1 || service->units > MAX_UNITS)
    return billing_desk_refuse (error, _("Units are a number from 1 to 100,000. Nothing was changed."));
  if (service->price < 0)
    return billing_desk_refuse (error, _("A price cannot be less than nothing. Nothing was changed."));
  if (service->price > BILLING_SERVICE_MAX_AMOUNT / service->units)
    return billing_desk_refuse (error, _("The amount is too large to be true. Nothing was changed."));

  service->amount = service->units * service->price;
  return TRUE;
}

static gboolean
find_price (BillingTurn     *turn,
            BillingService  *service,
            const char      *rate_name,
            GError         **error)
{
  if (!billing_rate_find_price (turn->connection, service->rate_id, service->day, service->payer, &service->price, error))
    return FALSE;

  return service->price >= 0 ||
         billing_desk_refuse (error, _("“%s” has no price on %s. Set one, or say what this service costs. Nothing was changed."),
                              rate_name, service->day);
}

static gboolean
check_texts (BillingAct  *act,
             GError     **error)
{
  return billing_turn_check_text (act->name, error) && billing_turn_check_text (act->code, error) &&
         billing_turn_check_text (act->payer, error) && billing_turn_check_text (act->notes, error) &&
         billing_turn_check_day (act->date, error);
}

static gboolean
set_code (BillingService  *service,
          const char      *code,
          const char      *system,
          GError         **error)
{
  const char *known = billing_text_is_said (system) ? billing_code_find_system (system) : billing_code_guess_system (code);

  if (known == NULL)
    return billing_desk_refuse (error, _("A code is of CPT, of HCPCS, or of one's own (own); “%s” is none of these. Nothing was "
                                         "changed."), system);

  billing_text_set (&service->code, code);
  billing_text_set (&service->code_system, service->code != NULL ? known : NULL);
  return TRUE;
}

/* --- added ------------------------------------------------------------------------------------ */

/* A patient who turned out to be another one is treated as that one. */
static gboolean
set_patient (BillingTurn     *turn,
             BillingService  *service,
             const char      *name,
             GError         **error)
{
  g_autoptr (BillingRecord) record = NULL;
  const char *id;

  if (!billing_text_is_said (name))
    return billing_desk_refuse (error, _("Whose service is it? Say a patient or a treatment. Nothing was changed."));

  record = billing_table_get (turn->connection, BILLING_TYPE_PATIENT, name, error);
  if (record == NULL)
    return FALSE;

  id = billing_text_is_said (BILLING_PATIENT (record)->merged_into) ? BILLING_PATIENT (record)->merged_into : billing_record_get_id (record);
  if (service->patient_id != NULL && !g_str_equal (service->patient_id, id))
    return billing_desk_refuse (error, _("The treatment is another patient’s. Nothing was changed."));

  billing_text_set (&service->patient_id, id);
  return TRUE;
}

static gboolean
set_treatment (BillingTurn     *turn,
               BillingService  *service,
               GError         **error)
{
  g_autoptr (BillingRecord) record = NULL;

  if (billing_text_is_said (turn->act->treatment))
    {
      record = billing_table_get (turn->connection, BILLING_TYPE_TREATMENT, turn->act->treatment, error);
      if (record == NULL)
        return FALSE;

      billing_text_set (&service->treatment_id, billing_record_get_id (record));
      billing_text_set (&service->location_id, BILLING_TREATMENT (record)->location_id);
      billing_text_set (&service->patient_id, BILLING_TREATMENT (record)->patient_id);
      billing_text_set (&service->day, BILLING_TREATMENT (record)->day);
    }
  if (billing_text_is_said (turn->act->date))
    billing_text_set (&service->day, turn->act->date);
  if (service->day == NULL)
    service->day = g_strdup (turn->today);

  return set_patient (turn, service, turn->act->patient != NULL || record == NULL ? turn->act->patient : service->patient_id, error);
}

static BillingRate *
load_rate (BillingTurn  *turn,
           const char   *name,
           GError      **error)
{
  g_autoptr (BillingRecord) record = NULL;

  if (!billing_text_is_said (name))
    {
      billing_desk_refuse (error, _("Under which billing rate is it? Nothing was changed."));
      return NULL;
    }

  record = billing_table_get (turn->connection, BILLING_TYPE_RATE, name, error);
  if (record == NULL)
    return NULL;

  if (BILLING_RATE (record)->retired)
    {
      billing_desk_refuse (error, _("“%s” is retired: nothing new is billed by it. Nothing was changed."), BILLING_RATE (record)->name);
      return NULL;
    }

  return BILLING_RATE (g_steal_pointer (&record));
}

static gboolean
set_payer (BillingTurn     *turn,
           BillingService  *service,
           GError         **error)
{
  if (service->payer_kind != BILLING_PAYER_KIND_INSURANCE)
    return TRUE;

  billing_text_set (&service->payer, turn->act->payer);
  if (service->payer == NULL &&
      !billing_service_find_payer (turn->connection, service->patient_id, service->day, &service->payer, error))
    return FALSE;

  return service->payer != NULL ||
         billing_desk_refuse (error, _("No coverage of the patient was active on %s. Say which insurer is asked, or take a rate for "
                                       "self-pay. Nothing was changed."), service->day);
}

static gboolean
put_under (BillingTurn     *turn,
           BillingService  *service,
           BillingRate     *rate,
           GError         **error)
{
  BillingAct *act = turn->act;

  billing_text_set (&service->rate_id, billing_record_get_id (BILLING_RECORD (rate)));
  billing_text_set (&service->currency, rate->currency);
  billing_text_set (&service->name, billing_text_is_said (act->name) ? act->name : rate->name);
  service->billable = rate->billable;
  service->rate_invoiced = rate->invoiced;
  service->payer_kind = rate->payer_kind;
  service->units = act->units != 0 ? act->units : 1;
  service->price = act->amount;

  if (billing_text_is_said (act->code) ? !set_code (service, act->code, act->code_system, error)
                          : !set_code (service, rate->code, rate->code_system, error))
    return FALSE;

  return set_payer (turn, service, error) && (act->has_amount || find_price (turn, service, rate->name, error)) &&
         set_amount (service, error);
}

/* It has its id before it asks the insurer, and says what is asked from its first revision on. */
static gboolean
insert (BillingTurn     *turn,
        BillingService  *service,
        GError         **error)
{
  g_autofree char *day = billing_turn_find_open_day (turn, error);

  set_insurer_part (service);
  if (day == NULL || !billing_table_insert (turn->connection, BILLING_RECORD (service), error))
    return FALSE;

  return billing_service_changes_insure_new (turn->connection,
                                             &(BillingServiceDeed) { turn->act->verb, turn->now, day, turn->account, turn->act->notes },
                                             billing_record_get_pk (BILLING_RECORD (service)) - 1, error);
}

/**
 * billing_desk_add_service:
 * @turn: patient or treatment, rate; units, date, amount (of one unit), name, code, payer where they are not the rate's or the treatment's
 * @error: return location for an error
 *
 * Returns: whether the service is there; the result is its number
 */
gboolean
billing_desk_add_service (BillingTurn  *turn,
                          GError      **error)
{
  g_autoptr (BillingService) service = billing_service_new ();
  g_autoptr (BillingRate) rate = NULL;

  if (!check_texts (turn->act, error) || !set_treatment (turn, service, error))
    return FALSE;

  rate = load_rate (turn, turn->act->rate, error);
  if (rate == NULL || !put_under (turn, service, rate, error))
    return FALSE;

  service->created_at = turn->now;
  if (!insert (turn, service, error) ||
      !billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (service)), NULL, BILLING_RECORD (service), turn->act->notes,
                           error))
    return FALSE;

  billing_turn_set_result (turn, service->number);
  return TRUE;
}

/* --- edited ----------------------------------------------------------------------------------- */

static gboolean
check_editable (BillingService  *service,
                GError         **error)
{
  if (service->invoice != NULL)
    return billing_desk_refuse (error, _("%s stands on invoice %s, and what an invoice said is never changed. Void the invoice first. "
                                         "Nothing was changed."), service->number, service->invoice);

  return service->removed_at == 0 ||
         billing_desk_refuse (error, _("%s was removed. Bring it back first. Nothing was changed."), service->number);
}

/* Whether the price is that of the rate, on the day and for the insurer that the service has. */
static gboolean
has_list_price (BillingTurn     *turn,
                BillingService  *service,
                gboolean        *has,
                GError         **error)
{
  gint64 price = -1;

  *has = FALSE;
  if (service->rate_id == NULL)
    return TRUE;
  if (!billing_rate_find_price (turn->connection, service->rate_id, service->day, service->payer, &price, error))
    return FALSE;

  *has = price == service->price;
  return TRUE;
}

static gboolean
set_texts (BillingService  *service,
           BillingAct      *act,
           GError         **error)
{
  if (act->name != NULL)
    billing_text_set (&service->name, act->name);
  if (!billing_text_is_said (service->name))
    return billing_desk_refuse (error, _("A service needs a name. Nothing was changed."));
  if (billing_text_is_said (act->payer) && service->payer_kind != BILLING_PAYER_KIND_INSURANCE)
    return billing_desk_refuse (error, _("%s is under a rate for self-pay, so that no insurer is asked. Change its rate first. Nothing "
                                         "was changed."), service->number);
  if (billing_text_is_said (act->payer))
    billing_text_set (&service->payer, act->payer);
  if (billing_text_is_said (act->date))
    billing_text_set (&service->day, act->date);

  return (act->code == NULL && act->code_system == NULL) ||
         set_code (service, act->code != NULL ? act->code : service->code, act->code_system, error);
}

/* A day or an insurer that was wrong had the wrong price, too. */
static gboolean
set_price (BillingTurn     *turn,
           BillingService  *before,
           BillingService  *service,
           GError         **error)
{
  gboolean has_moved = g_strcmp0 (before->day, service->day) != 0 || g_strcmp0 (before->payer, service->payer) != 0;
  gboolean follows = FALSE;

  if (turn->act->units != 0)
    service->units = turn->act->units;
  if (turn->act->has_amount)
    service->price = turn->act->amount;
  else if (has_moved && !has_list_price (turn, before, &follows, error))
    return FALSE;
  if (follows && !find_price (turn, service, before->rate, error))
    return FALSE;

  return set_amount (service, error);
}

/**
 * billing_desk_edit_service:
 * @turn: a service that is not invoiced; units, amount (of one unit), date, name, code, payer
 * @error: return location for an error
 *
 * Returns: whether it says so
 */
gboolean
billing_desk_edit_service (BillingTurn  *turn,
                           GError      **error)
{
  g_autoptr (BillingService) before = NULL;
  g_autoptr (BillingService) service = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  if (!check_texts (turn->act, error))
    return FALSE;

  service = billing_turn_load_service (turn, turn->act->subject, &before, error);
  if (service == NULL || !check_editable (service, error) || !set_texts (service, turn->act, error) ||
      !set_price (turn, before, service, error))
    return FALSE;

  answers = billing_service_list_answers (turn->connection, billing_record_get_id (BILLING_RECORD (service)), error);
  if (answers == NULL)
    return FALSE;
  if (answers->len > 0 && service->amount != before->amount)
    return billing_desk_refuse (error, _("An insurer answered about %s as it is, so that its amount stays. Take the answer back first. "
                                         "Nothing was changed."), service->number);

  if (answers->len == 0)
    set_insurer_part (service);
  if (!billing_turn_move_insurer (turn, service, before->insurer_part, error) ||
      !billing_table_update (turn->connection, BILLING_RECORD (service), error) ||
      !billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (service)), BILLING_RECORD (before), BILLING_RECORD (service),
                           turn->act->notes, error))
    return FALSE;

  billing_turn_set_result (turn, service->number);
  return TRUE;
}

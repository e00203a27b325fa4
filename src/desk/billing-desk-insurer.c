/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-insurer"

#include "config.h"

#include "billing-service-private.h"

#include <glib/gi18n-lib.h>

#include "billing-ledger.h"
#include "billing-table.h"
#include "billing-text.h"

/*
 * What insurers answer about services. What they owe, paid and adjusted of a service is worked out anew from its standing answers, in the order
 * in which they were noted, so that one that was a mistake can be taken back at any time:
 *
 * An answer that says what is the patient's leaves the rest of the amount to the insurer. One that does not leaves the parts as they are, unless
 * more was paid and adjusted than was the insurer's: that is then the insurer's too, up to the whole amount.
 */

/* --- what stands ------------------------------------------------------------------------------ */

static void
add_answer (BillingService       *service,
            BillingInsurerAnswer *answer)
{
  service->insurer_paid += answer->paid;
  service->insurer_adjusted += answer->adjusted;
  if (answer->allowed >= 0)
    service->allowed = answer->allowed;
  if (answer->patient >= 0)
    service->insurer_part = service->amount - answer->patient;
  else
    service->insurer_part = MAX (service->insurer_part,
                                 MIN (service->amount, service->insurer_paid + service->insurer_adjusted));
  if (service->answered_on == NULL || strcmp (service->answered_on, answer->day) < 0)
    billing_text_set (&service->answered_on, answer->day);
}

static gboolean
work_out (BillingTurn     *turn,
          BillingService  *service,
          GError         **error)
{
  g_autoptr (GPtrArray) answers =
    billing_service_list_answers (turn->connection, billing_record_get_id (BILLING_RECORD (service)), error);

  if (answers == NULL)
    return FALSE;

  service->insurer_part = service->billable && service->payer_kind == BILLING_PAYER_KIND_INSURANCE ? service->amount : 0;
  service->insurer_paid = service->insurer_adjusted = 0;
  service->allowed = -1;
  g_clear_pointer (&service->answered_on, g_free);
  for (guint i = 0; i < answers->len; i++)
    add_answer (service, answers->pdata[i]);

  if (service->insurer_paid < 0)
    return billing_desk_refuse (error, _("The insurer would have taken back more than it paid for %s. Nothing was changed."),
                                service->number);
  return TRUE;
}

/* --- the ledger ------------------------------------------------------------------------------- */

static BillingTransaction
describe_entry (BillingTurn          *turn,
                BillingService       *service,
                BillingInsurerAnswer *answer,
                const char           *act,
                const char           *day,
                char                **source)
{
  *source = g_strdup_printf ("%s:%s:%s", billing_record_get_id (BILLING_RECORD (service)), act,
                             billing_record_get_id (BILLING_RECORD (answer)));
  return (BillingTransaction) {
    .act = act,
    .person = turn->account,
    .patient_id = service->patient_id,
    .reason = turn->act->notes,
    .source = *source,
    .at = turn->now,
    .day = day,
  };
}

/* What is less than nothing goes the other way. */
static gboolean
post (BillingTurn           *turn,
      BillingService        *service,
      BillingInsurerAnswer  *answer,
      const char            *act,
      BillingAccount         account,
      gint64                 amount,
      GError               **error)
{
  g_autofree char *source = NULL;
  BillingTransaction transaction = describe_entry (turn, service, answer, act, answer->day, &source);

  if (amount == 0)
    return TRUE;

  return billing_ledger_post (turn->connection, &transaction, service->currency,
                              amount > 0 ? account : BILLING_ACCOUNT_INSURER_RECEIVABLE,
                              amount > 0 ? BILLING_ACCOUNT_INSURER_RECEIVABLE : account, ABS (amount), error);
}

static gboolean
unpost (BillingTurn           *turn,
        BillingService        *service,
        BillingInsurerAnswer  *answer,
        GPtrArray             *entries,
        const char            *act,
        const char            *back,
        GError               **error)
{
  g_autofree char *step = g_strdup_printf ("%s:%s", act, billing_record_get_id (BILLING_RECORD (answer)));
  g_autofree char *source = NULL;
  BillingTransaction transaction = describe_entry (turn, service, answer, back, turn->today, &source);
  BillingEntry *entry = billing_ledger_find_standing (entries, step);

  return entry == NULL || billing_ledger_reverse_entry (turn->connection, &transaction, entry->pk, error);
}

/* --- noted ------------------------------------------------------------------------------------ */

static gboolean
check_amounts (BillingService        *service,
               BillingInsurerAnswer  *answer,
               GError               **error)
{
  if (ABS (answer->paid) > BILLING_SERVICE_MAX_AMOUNT || ABS (answer->adjusted) > BILLING_SERVICE_MAX_AMOUNT ||
      answer->allowed > BILLING_SERVICE_MAX_AMOUNT)
    return billing_desk_refuse (error, _("The amount is too large to be true. Nothing was changed."));
  if (answer->allowed < -1 || answer->patient < -1)
    return billing_desk_refuse (error, _("What is allowed, and what is the patient’s, cannot be less than nothing. Nothing was changed."));
  if (answer->patient > service->amount)
    return billing_desk_refuse (error, _("More would be the patient’s than %s costs. Nothing was changed."), service->number);

  return TRUE;
}

static gboolean
check_service (BillingService  *service,
               GError         **error)
{
  if (service->removed_at != 0)
    return billing_desk_refuse (error, _("%s was removed. Bring it back first. Nothing was changed."), service->number);

  return service->billable ||
         billing_desk_refuse (error, _("%s is under a rate that is never billed, so that no insurer is asked. Change its rate first. "
                                       "Nothing was changed."), service->number);
}

static BillingService *
copy_service (BillingService *service)
{
  BillingService *copy = billing_service_new ();

  billing_record_copy (BILLING_RECORD (copy), BILLING_RECORD (service));
  return copy;
}

/* The service follows its answers, its ledger follows the service, and its invoice what is the patient’s of it. */
static gboolean
follow (BillingTurn           *turn,
        BillingService        *before,
        BillingInsurerAnswer  *answer,
        GError               **error)
{
  g_autoptr (BillingService) service = copy_service (before);
  gint64 delta;

  if (!work_out (turn, service, error))
    return FALSE;
  if (service->payer == NULL)
    billing_text_set (&service->payer, answer->payer);

  delta = before->insurer_part - service->insurer_part;
  return billing_turn_move_insurer (turn, service, before->insurer_part, error) &&
         billing_table_update (turn->connection, BILLING_RECORD (service), error) &&
         (service->invoice_id == NULL || delta == 0 || billing_invoice_move (turn, service, delta, answer, error)) &&
         billing_table_update (turn->connection, BILLING_RECORD (answer), error);
}

/**
 * billing_turn_post_answer:
 * @turn: an act
 * @before: the service as it is
 * @answer: what an insurer said: payer, day, reference, allowed, paid, adjusted, patient, codes, source; the rest is filled in
 * @error: return location for an error
 *
 * Notes an insurer's answer: its money and what it adjusted, who owes what from now on, and what the invoice asks for.
 *
 * Returns: whether all of that is in the books
 */
gboolean
billing_turn_post_answer (BillingTurn           *turn,
                          BillingService        *before,
                          BillingInsurerAnswer  *answer,
                          GError               **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (before));

  if (!check_service (before, error) || !check_amounts (before, answer, error) ||
      !billing_turn_check_open_day (turn, answer->day, error))
    return FALSE;

  answer->service_id = g_strdup (id);
  answer->person = g_strdup (turn->account);
  answer->created_at = turn->now;
  if (answer->payer == NULL)
    answer->payer = g_strdup (before->payer);

  return billing_table_insert (turn->connection, BILLING_RECORD (answer), error) &&
         post (turn, before, answer, "insurer-pay", BILLING_ACCOUNT_BANK, answer->paid, error) &&
         post (turn, before, answer, "insurer-adjust", BILLING_ACCOUNT_ADJUSTMENTS, answer->adjusted, error) &&
         follow (turn, before, answer, error) &&
         billing_turn_audit (turn, id, NULL, BILLING_RECORD (answer), turn->act->notes, error);
}

static BillingInsurerAnswer *
read_answer (BillingTurn  *turn,
             GError      **error)
{
  BillingAct *act = turn->act;
  g_autoptr (BillingInsurerAnswer) answer = billing_insurer_answer_new ();

  if (!billing_turn_check_text (act->notes, error) || !billing_turn_check_text (act->reference, error) ||
      !billing_turn_check_text (act->code, error) || !billing_turn_check_text (act->payer, error) ||
      !billing_turn_check_day (act->date, error))
    return NULL;
  if (!act->has_insurer || (act->allowed < 0 && act->paid == 0 && act->adjusted == 0 && act->patient_part < 0 && !billing_text_is_said (act->code)))
    {
      billing_desk_refuse (error, _("What did the insurer allow, pay or adjust, and what is the patient’s? Nothing was changed."));
      return NULL;
    }

  billing_text_set (&answer->payer, act->payer);
  billing_text_set (&answer->day, billing_text_is_said (act->date) ? act->date : turn->today);
  billing_text_set (&answer->reference, act->reference);
  billing_text_set (&answer->codes, act->code);
  answer->allowed = act->allowed;
  answer->paid = act->paid;
  answer->adjusted = act->adjusted;
  answer->patient = act->patient_part;
  return g_steal_pointer (&answer);
}

/**
 * billing_desk_note_answer:
 * @turn: a service; allowed, paid, adjusted, patient_part; date, reference, payer, code (the reasons, as coded), notes
 * @error: return location for an error
 *
 * Returns: whether the answer is in the books; the result is its id
 */
gboolean
billing_desk_note_answer (BillingTurn  *turn,
                          GError      **error)
{
  g_autoptr (BillingService) before = NULL;
  g_autoptr (BillingService) service = billing_turn_load_service (turn, turn->act->subject, &before, error);
  g_autoptr (BillingInsurerAnswer) answer = service != NULL ? read_answer (turn, error) : NULL;

  if (answer == NULL)
    return FALSE;
  if (strcmp (answer->day, turn->today) > 0)
    return billing_desk_refuse (error, _("%s is not yet. An answer is of the day on which it came. Nothing was changed."), answer->day);
  if (!billing_turn_post_answer (turn, before, answer, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (answer)));
  return TRUE;
}

/* --- taken back ------------------------------------------------------------------------------- */

/**
 * billing_turn_unpost_answer:
 * @turn: an act
 * @answer: an answer that stands
 * @error: return location for an error
 *
 * Takes an answer back: the opposite of what it posted is posted, and the later ones stand without it.
 *
 * Returns: whether the books are without it
 */
gboolean
billing_turn_unpost_answer (BillingTurn           *turn,
                            BillingInsurerAnswer  *answer,
                            GError               **error)
{
  g_autoptr (BillingRecord) service = billing_table_get (turn->connection, BILLING_TYPE_SERVICE, answer->service_id, error);
  g_autoptr (GPtrArray) entries = service != NULL ? billing_ledger_list_entries (turn->connection, answer->service_id, error) : NULL;
  g_autoptr (BillingInsurerAnswer) taken = billing_insurer_answer_new ();

  if (entries == NULL)
    return FALSE;
  if (answer->taken_back_at != 0)
    return billing_desk_refuse (error, _("That answer was taken back already. Nothing was changed."));
  if (!billing_turn_check_open_day (turn, turn->today, error))
    return FALSE;

  billing_record_copy (BILLING_RECORD (taken), BILLING_RECORD (answer));
  taken->taken_back_at = turn->now;
  return unpost (turn, BILLING_SERVICE (service), taken, entries, "insurer-pay", "insurer-pay-reverse", error) &&
         unpost (turn, BILLING_SERVICE (service), taken, entries, "insurer-adjust", "insurer-adjust-reverse", error) &&
         billing_table_update (turn->connection, BILLING_RECORD (taken), error) &&
         follow (turn, BILLING_SERVICE (service), taken, error) &&
         billing_turn_audit (turn, answer->service_id, BILLING_RECORD (answer), NULL, turn->act->notes, error);
}

/* An answer by its id; or of a service the last that stands. */
static BillingInsurerAnswer *
load_answer (BillingTurn  *turn,
             GError      **error)
{
  const char *name = turn->act->subject;
  g_autoptr (BillingRecord) found = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  if (!billing_text_is_said (name))
    {
      billing_desk_refuse (error, _("Which answer? Nothing was changed."));
      return NULL;
    }

  found = billing_table_find (turn->connection, name, error);
  if (found == NULL || BILLING_IS_INSURER_ANSWER (found))
    return (BillingInsurerAnswer *) g_steal_pointer (&found);

  answers = billing_service_list_answers (turn->connection, billing_record_get_id (found), error);
  if (answers != NULL && answers->len > 0)
    return g_object_ref (answers->pdata[answers->len - 1]);
  if (answers != NULL)
    billing_desk_refuse (error, _("No answer of an insurer stands for “%s”. Nothing was changed."), name);
  return NULL;
}

/**
 * billing_desk_take_answer_back:
 * @turn: an answer; or a service, of which the last one is taken back
 * @error: return location for an error
 *
 * Returns: whether the books are without it; the result is the number of the service
 */
gboolean
billing_desk_take_answer_back (BillingTurn  *turn,
                               GError      **error)
{
  g_autoptr (BillingInsurerAnswer) answer = NULL;

  if (!billing_turn_check_text (turn->act->notes, error))
    return FALSE;

  answer = load_answer (turn, error);
  if (answer == NULL || !billing_turn_unpost_answer (turn, answer, error))
    return FALSE;

  billing_turn_set_result (turn, answer->service);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-rates"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-code.h"
#include "billing-enums.h"
#include "billing-money.h"
#include "billing-rate-store.h"
#include "billing-rate.h"
#include "billing-table.h"
#include "billing-text.h"

/* Billing rates: what a code costs, who pays for it, and whether patients get invoices for it. What was billed keeps what it was billed at:
 * services copy price and flags; only the flags follow, and only while a service is not invoiced. */

#define MAX_NAME 200
#define MAX_CODE 40

static BillingRate *
load_rate (BillingTurn  *turn,
           const char   *name,
           GError      **error)
{
  if (!billing_text_is_said (name))
    {
      billing_desk_refuse (error, _("Which billing rate? Nothing was changed."));
      return NULL;
    }

  return (BillingRate *) billing_table_get (turn->connection, BILLING_TYPE_RATE, name, error);
}

static BillingRate *
copy_rate (BillingRate *rate)
{
  BillingRate *copy = billing_rate_new ();

  billing_record_copy (BILLING_RECORD (copy), BILLING_RECORD (rate));
  return copy;
}

/* --- what a rate says ------------------------------------------------------------------------- */

static gboolean
set_name (BillingRate  *rate,
          const char   *name,
          GError      **error)
{
  if (name == NULL)
    return TRUE;

  billing_text_set (&rate->name, name);
  if (!billing_text_is_said (rate->name))
    return billing_desk_refuse (error, _("A billing rate needs a name. Nothing was changed."));

  return g_utf8_strlen (rate->name, -1) <= MAX_NAME ||
         billing_desk_refuse (error, _("The name of a billing rate has at most %d characters. Nothing was changed."), MAX_NAME);
}

static gboolean
set_code (BillingRate  *rate,
          const char   *code,
          const char   *system,
          GError      **error)
{
  const char *known;

  if (code != NULL)
    billing_text_set (&rate->code, code);
  if (code == NULL && system == NULL)
    return TRUE;
  if (rate->code != NULL && g_utf8_strlen (rate->code, -1) > MAX_CODE)
    return billing_desk_refuse (error, _("A code has at most %d characters. Nothing was changed."), MAX_CODE);

  known = billing_text_is_said (system) ? billing_code_find_system (system) : billing_code_guess_system (rate->code);
  if (known == NULL)
    return billing_desk_refuse (error, _("A code is of CPT, of HCPCS, or of one's own (own); “%s” is none of these. Nothing was "
                                         "changed."), system);
  if (rate->code == NULL && !g_str_equal (known, BILLING_CODE_OWN))
    return billing_desk_refuse (error, _("A rate without a code is of no code system. Nothing was changed."));

  billing_text_set (&rate->code_system, known);
  return TRUE;
}

static gboolean
read_flag (const char  *text,
           const char  *title,
           gboolean    *flag,
           GError     **error)
{
  if (text == NULL)
    return TRUE;
  if (!g_str_equal (text, "yes") && !g_str_equal (text, "no"))
    return billing_desk_refuse (error, _("“%s” is yes or no, not “%s”. Nothing was changed."), title, text);

  *flag = g_str_equal (text, "yes");
  return TRUE;
}

/* What is never billed is not invoiced either; who turns billing off turns both off. */
static gboolean
set_flags (BillingRate  *rate,
           BillingAct   *act,
           GError      **error)
{
  if (!read_flag (act->billable, _("Do you need to bill"), &rate->billable, error) ||
      !read_flag (act->invoiced, _("Is Invoiced"), &rate->invoiced, error))
    return FALSE;

  if (!rate->billable && rate->invoiced && act->invoiced != NULL)
    return billing_desk_refuse (error, _("“Is Invoiced” needs “Do you need to bill”: what is never billed gets no invoice. Nothing was "
                                         "changed."));
  rate->invoiced = rate->invoiced && rate->billable;
  return TRUE;
}

static gboolean
set_payer_kind (BillingRate  *rate,
                const char   *nick,
                GError      **error)
{
  int kind;

  if (!billing_text_is_said (nick))
    return TRUE;
  if (!billing_enum_from_nick (BILLING_TYPE_PAYER_KIND, nick, &kind))
    return billing_desk_refuse (error, _("A billing rate is for self-pay or for insurance, not “%s”. Nothing was changed."), nick);

  rate->payer_kind = kind;
  return TRUE;
}

static gboolean
set_currency (BillingTurn  *turn,
              BillingRate  *rate,
              GError      **error)
{
  const char *said = turn->act->currency;
  g_autofree char *currency = billing_text_is_said (said) ? g_ascii_strup (said, -1) : NULL;

  if (currency != NULL && !billing_currency_is_known (currency))
    return billing_desk_refuse (error, _("“%s” is no currency. Nothing was changed."), currency);
  if (currency != NULL)
    billing_text_set (&rate->currency, currency);
  else if (rate->currency == NULL)
    rate->currency = g_strdup (billing_desk_get_practice (turn->desk)->currency);
  return TRUE;
}

static gboolean
check_texts (BillingAct  *act,
             GError     **error)
{
  return billing_turn_check_text (act->name, error) && billing_turn_check_text (act->code, error) &&
         billing_turn_check_text (act->payer, error) && billing_turn_check_text (act->notes, error) &&
         billing_turn_check_day (act->date, error);
}

/* By which of two rates a code is billed has to be clear. */
static gboolean
check_unique (BillingTurn  *turn,
              BillingRate  *rate,
              GError      **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *same = billing_rate_find_same (turn->connection, rate, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return same == NULL ||
         billing_desk_refuse (error, _("%s is a billing rate of the same code or name for the same kind of payer. Change that one, or "
                                       "retire it first. Nothing was changed."), same);
}

/* --- prices ----------------------------------------------------------------------------------- */

static gboolean
check_price (BillingTurn  *turn,
             BillingRate  *rate,
             GError      **error)
{
  if (turn->act->amount != 0 && !billing_turn_check_amount (turn->act->amount, error))
    return FALSE;

  return !billing_text_is_said (turn->act->payer) || rate->payer_kind == BILLING_PAYER_KIND_INSURANCE ||
         billing_desk_refuse (error, _("%s is for patients who pay themselves, so that no insurer has a price of its own there. Nothing "
                                       "was changed."), rate->name);
}

static gboolean
change_price (BillingTurn  *turn,
              BillingRate  *rate,
              const char   *id,
              GError      **error)
{
  g_autoptr (BillingRecord) before = billing_table_get (turn->connection, BILLING_TYPE_RATE_PRICE, id, error);
  g_autoptr (BillingRatePrice) price = billing_rate_price_new ();

  if (before == NULL)
    return FALSE;

  billing_record_copy (BILLING_RECORD (price), before);
  price->amount = turn->act->amount;
  billing_text_set (&price->person, turn->account);
  return billing_table_update (turn->connection, BILLING_RECORD (price), error) &&
         billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (rate)), before, BILLING_RECORD (price), turn->act->notes,
                             error);
}

static gboolean
add_price (BillingTurn  *turn,
           BillingRate  *rate,
           const char   *day,
           GError      **error)
{
  g_autoptr (BillingRatePrice) price = billing_rate_price_new ();

  price->rate_id = g_strdup (billing_record_get_id (BILLING_RECORD (rate)));
  billing_text_set (&price->payer, turn->act->payer);
  price->from_on = g_strdup (day);
  price->amount = turn->act->amount;
  price->person = g_strdup (turn->account);
  price->created_at = turn->now;
  return billing_table_insert (turn->connection, BILLING_RECORD (price), error) &&
         billing_turn_audit (turn, price->rate_id, NULL, BILLING_RECORD (price), turn->act->notes, error);
}

static gboolean
remove_price (BillingTurn  *turn,
              BillingRate  *rate,
              const char   *id,
              GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;

  if (id == NULL)
    return billing_desk_refuse (error, _("No price of this payer begins on that day. Nothing was changed."));

  before = billing_table_get (turn->connection, BILLING_TYPE_RATE_PRICE, id, error);
  return before != NULL &&
         billing_rate_remove_price (turn->connection, id, error) &&
         billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (rate)), before, NULL, turn->act->notes, error);
}

/* A payer is written as it was before. */
static gboolean
put_price (BillingTurn  *turn,
           BillingRate  *rate,
           GError      **error)
{
  const char *day = billing_text_is_said (turn->act->date) ? turn->act->date : turn->today;
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = billing_rate_find_price_of (turn->connection, billing_record_get_id (BILLING_RECORD (rate)), day,
                                                    billing_text_is_said (turn->act->payer) ? turn->act->payer : NULL, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!turn->act->has_amount)
    return remove_price (turn, rate, id, error);

  return check_price (turn, rate, error) &&
         (id != NULL ? change_price (turn, rate, id, error) : add_price (turn, rate, day, error));
}

/* --- the verbs -------------------------------------------------------------------------------- */

static BillingRate *
build_rate (BillingTurn       *turn,
            BillingPayerKind   kind,
            const char        *name,
            GError           **error)
{
  BillingAct *act = turn->act;
  g_autoptr (BillingRate) rate = billing_rate_new ();

  rate->payer_kind = kind;
  rate->created_at = turn->now;
  if (!set_name (rate, name != NULL ? name : "", error) ||
      !set_code (rate, act->code != NULL ? act->code : "", act->code_system, error) || !set_flags (rate, act, error) ||
      !set_currency (turn, rate, error) || !check_unique (turn, rate, error))
    return NULL;

  return g_steal_pointer (&rate);
}

static gboolean
note_new (BillingTurn  *turn,
          BillingRate  *rate,
          GError      **error)
{
  return billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (rate)), NULL, BILLING_RECORD (rate), turn->act->notes,
                             error) &&
         (!turn->act->has_amount || put_price (turn, rate, error));
}

static gboolean
create_one (BillingTurn  *turn,
            GError      **error)
{
  g_autoptr (BillingRate) model = billing_rate_new ();
  g_autoptr (BillingRate) rate = NULL;

  if (!set_payer_kind (model, turn->act->payer_kind, error))
    return FALSE;

  rate = build_rate (turn, model->payer_kind, turn->act->name, error);
  if (rate == NULL || !billing_table_insert (turn->connection, BILLING_RECORD (rate), error) || !note_new (turn, rate, error))
    return FALSE;

  billing_turn_set_result (turn, rate->number);
  return TRUE;
}

/* The same thing for both kinds of payer: services are flipped between the two. */
static gboolean
create_twins (BillingTurn  *turn,
              GError      **error)
{
  const char *said = billing_text_is_said (turn->act->name) ? turn->act->name : NULL;
  /* Translators: what a billing rate is called that patients pay themselves: “General Service (Self-Pay)” */
  g_autofree char *own = said != NULL ? g_strdup_printf (_("%s (Self-Pay)"), said) : NULL;
  g_autoptr (BillingRate) insured = build_rate (turn, BILLING_PAYER_KIND_INSURANCE, said, error);
  g_autoptr (BillingRate) alone = insured != NULL ? build_rate (turn, BILLING_PAYER_KIND_SELF_PAY, own, error) : NULL;

  if (alone == NULL)
    return FALSE;
  if (billing_text_is_said (turn->act->payer))
    return billing_desk_refuse (error, _("A price of one insurer is set when the rates are there. Nothing was changed."));
  if (!billing_table_insert (turn->connection, BILLING_RECORD (insured), error))
    return FALSE;

  billing_text_set (&alone->twin_id, billing_record_get_id (BILLING_RECORD (insured)));
  if (!billing_table_insert (turn->connection, BILLING_RECORD (alone), error))
    return FALSE;

  billing_text_set (&insured->twin_id, billing_record_get_id (BILLING_RECORD (alone)));
  if (!billing_table_update (turn->connection, BILLING_RECORD (insured), error) || !note_new (turn, insured, error) ||
      !note_new (turn, alone, error))
    return FALSE;

  billing_turn_set_result (turn, insured->number);
  turn->act->remainder = g_strdup (alone->number);
  return TRUE;
}

/**
 * billing_desk_create_rate:
 * @turn: name, payer kind (self-pay, insurance, or both, which makes twins); code and its system, billable, invoiced, currency; a first
 *   price (amount) from a day on (date)
 * @error: return location for an error
 *
 * Returns: whether it is there; the result is its number, the remainder that of its twin
 */
gboolean
billing_desk_create_rate (BillingTurn  *turn,
                          GError      **error)
{
  if (!check_texts (turn->act, error))
    return FALSE;

  return g_strcmp0 (turn->act->payer_kind, "both") == 0 ? create_twins (turn, error) : create_one (turn, error);
}

/* Services keep who pays for them and in which money: neither can change under them. Their flags follow. */
static gboolean
check_services (BillingTurn  *turn,
                BillingRate  *before,
                BillingRate  *rate,
                GError      **error)
{
  gint64 n, n_waiting, n_never;

  if (!billing_rate_count (turn->connection, billing_record_get_id (BILLING_RECORD (rate)), &n, &n_waiting, &n_never, error))
    return FALSE;
  if (n > 0 && (before->payer_kind != rate->payer_kind || g_strcmp0 (before->currency, rate->currency) != 0))
    return billing_desk_refuse (error, g_dngettext (GETTEXT_PACKAGE,
                                                    "%" PRId64 " service is under this rate, so its kind of payer and its "
                                                    "currency stay. Nothing was changed.",
                                                    "%" PRId64 " services are under this rate, so its kind of payer and its "
                                                    "currency stay. Nothing was changed.", (gulong) n), n);
  if (before->billable && !rate->billable && n_waiting > 0)
    return billing_desk_refuse (error, g_dngettext (GETTEXT_PACKAGE,
                                                    "%" PRId64 " service under this rate waits for an insurer, so it has to "
                                                    "be billed. Nothing was changed.",
                                                    "%" PRId64 " services under this rate wait for an insurer, so they have "
                                                    "to be billed. Nothing was changed.", (gulong) n_waiting), n_waiting);
  if (!before->billable && rate->billable && rate->payer_kind == BILLING_PAYER_KIND_INSURANCE && n_never > 0)
    return billing_desk_refuse (error, g_dngettext (GETTEXT_PACKAGE,
                                                    "%" PRId64 " service under this rate was never billed to an insurer. Put "
                                                    "it under another rate first. Nothing was changed.",
                                                    "%" PRId64 " services under this rate were never billed to an insurer. "
                                                    "Put them under another rate first. Nothing was changed.", (gulong) n_never),
                                n_never);
  return TRUE;
}

static gboolean
store_rate (BillingTurn  *turn,
            BillingRate  *before,
            BillingRate  *rate,
            GError      **error)
{
  return billing_table_update (turn->connection, BILLING_RECORD (rate), error) &&
         billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (rate)), BILLING_RECORD (before), BILLING_RECORD (rate),
                             turn->act->notes, error);
}

static gboolean
set_twin_of (BillingTurn  *turn,
             const char   *id,
             const char   *twin_id,
             GError      **error)
{
  g_autoptr (BillingRate) before = load_rate (turn, id, error);
  g_autoptr (BillingRate) rate = before != NULL ? copy_rate (before) : NULL;

  if (rate == NULL)
    return FALSE;

  billing_text_set (&rate->twin_id, twin_id);
  return store_rate (turn, before, rate, error);
}

static gboolean
check_twin (BillingRate  *rate,
            BillingRate  *twin,
            GError      **error)
{
  if (rate->payer_kind == twin->payer_kind)
    return billing_desk_refuse (error, _("Twins are for different kinds of payers, and %s and %s are for the same. Nothing was changed."),
                                rate->number, twin->number);
  if (twin->twin_id != NULL && g_strcmp0 (twin->twin_id, billing_record_get_id (BILLING_RECORD (rate))) != 0)
    return billing_desk_refuse (error, _("%s has another twin already. Nothing was changed."), twin->number);

  return TRUE;
}

/* Each of two twins says which the other is. */
static gboolean
change_twin (BillingTurn  *turn,
             BillingRate  *rate,
             GError      **error)
{
  g_autoptr (BillingRate) twin = NULL;
  const char *id = billing_record_get_id (BILLING_RECORD (rate));

  if (turn->act->rate == NULL)
    return TRUE;
  if (*turn->act->rate != '\0')
    {
      twin = load_rate (turn, turn->act->rate, error);
      if (twin == NULL || !check_twin (rate, twin, error))
        return FALSE;
    }
  if (g_strcmp0 (rate->twin_id, twin != NULL ? billing_record_get_id (BILLING_RECORD (twin)) : NULL) == 0)
    return TRUE;

  if (rate->twin_id != NULL && !set_twin_of (turn, rate->twin_id, NULL, error))
    return FALSE;
  billing_text_set (&rate->twin_id, twin != NULL ? billing_record_get_id (BILLING_RECORD (twin)) : NULL);
  return twin == NULL || set_twin_of (turn, rate->twin_id, id, error);
}

/* Twins are of the same code: flipping a service from one to the other changes who pays, not what was done. */
static gboolean
change_code_of_twin (BillingTurn  *turn,
                     BillingRate  *before,
                     BillingRate  *rate,
                     GError      **error)
{
  g_autoptr (BillingRate) old = NULL;
  g_autoptr (BillingRate) twin = NULL;

  if (rate->twin_id == NULL ||
      (g_strcmp0 (before->code, rate->code) == 0 && g_strcmp0 (before->code_system, rate->code_system) == 0))
    return TRUE;

  old = load_rate (turn, rate->twin_id, error);
  if (old == NULL)
    return FALSE;

  twin = copy_rate (old);
  billing_text_set (&twin->code, rate->code);
  billing_text_set (&twin->code_system, rate->code_system);
  return check_unique (turn, twin, error) && store_rate (turn, old, twin, error);
}

/* The twin is stored on its own way, so the rate is read once more after it. */
static gboolean
change_rate (BillingTurn  *turn,
             BillingRate  *before,
             BillingRate  *rate,
             GError      **error)
{
  BillingAct *act = turn->act;

  if (!set_name (rate, act->name, error) || !set_code (rate, act->code, act->code_system, error) || !set_flags (rate, act, error) ||
      !set_payer_kind (rate, act->payer_kind, error) || !set_currency (turn, rate, error) ||
      !check_services (turn, before, rate, error) || (!rate->retired && !check_unique (turn, rate, error)))
    return FALSE;
  if (before->twin_id != NULL && before->payer_kind != rate->payer_kind)
    return billing_desk_refuse (error, _("%s has a twin for the other kind of payer. Part them first. Nothing was changed."),
                                rate->number);

  return change_twin (turn, rate, error) && change_code_of_twin (turn, before, rate, error) &&
         store_rate (turn, before, rate, error) && billing_rate_copy_flags (turn->connection, rate, error);
}

/**
 * billing_desk_edit_rate:
 * @turn: a rate; name, code, code_system, payer_kind, billable, invoiced, currency; rate: its twin, empty: it has none
 * @error: return location for an error
 *
 * Returns: whether it is changed, and with it how its services are billed that are not invoiced
 */
gboolean
billing_desk_edit_rate (BillingTurn  *turn,
                        GError      **error)
{
  g_autoptr (BillingRate) before = load_rate (turn, turn->act->subject, error);
  g_autoptr (BillingRate) rate = before != NULL ? copy_rate (before) : NULL;

  if (rate == NULL || !check_texts (turn->act, error) || !change_rate (turn, before, rate, error))
    return FALSE;

  billing_turn_set_result (turn, rate->number);
  return TRUE;
}

/**
 * billing_desk_price_rate:
 * @turn: a rate; amount: of one unit, from a day on (date, today otherwise), for a payer or for anybody; without amount the price that
 *   begins on that day is taken away
 * @error: return location for an error
 *
 * What was billed stays: services copy their price.
 *
 * Returns: whether it is set
 */
gboolean
billing_desk_price_rate (BillingTurn  *turn,
                         GError      **error)
{
  g_autoptr (BillingRate) rate = load_rate (turn, turn->act->subject, error);

  if (rate == NULL || !check_texts (turn->act, error) || !billing_turn_check_minor (turn->act->amount, rate->currency, error) ||
      !put_price (turn, rate, error))
    return FALSE;

  billing_turn_set_result (turn, rate->number);
  return TRUE;
}

static gboolean
set_retired (BillingTurn  *turn,
             gboolean      retired,
             GError      **error)
{
  g_autoptr (BillingRate) before = load_rate (turn, turn->act->subject, error);
  g_autoptr (BillingRate) rate = before != NULL ? copy_rate (before) : NULL;

  if (rate == NULL || !check_texts (turn->act, error))
    return FALSE;
  if (rate->retired == retired)
    return billing_desk_refuse (error, retired ? _("%s is retired already. Nothing was changed.")
                                               : _("%s is not retired. Nothing was changed."), rate->number);

  rate->retired = retired;
  if ((!retired && !check_unique (turn, rate, error)) || !store_rate (turn, before, rate, error))
    return FALSE;

  billing_turn_set_result (turn, rate->number);
  return TRUE;
}

/**
 * billing_desk_retire_rate:
 * @turn: a rate
 * @error: return location for an error
 *
 * Returns: whether nothing new is billed by it; what is under it stays
 */
gboolean
billing_desk_retire_rate (BillingTurn  *turn,
                          GError      **error)
{
  return set_retired (turn, TRUE, error);
}

/**
 * billing_desk_restore_rate:
 * @turn: a rate that is retired
 * @error: return location for an error
 *
 * Returns: whether things are billed by it again
 */
gboolean
billing_desk_restore_rate (BillingTurn  *turn,
                           GError      **error)
{
  return set_retired (turn, FALSE, error);
}

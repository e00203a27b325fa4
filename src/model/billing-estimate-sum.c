/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-estimate-sum"

#include "config.h"

#include "billing-estimate-private.h"

#include <glib/gi18n-lib.h>

#include "billing-money.h"

/*
 * The arithmetic. Charge by charge, as insurers settle claims: the deductible first, as far as it remains; then
 * co-insurance on the rest, rounded half to even to what can be paid; then the copays, each once. Then the most that the
 * patient still has to pay, and never more than the charge. What the insurer excludes is the patient's whole, and no maximum
 * limits it. Every step is a line, and all but the charges sum to the estimate.
 */

typedef struct {
  BillingEstimate *estimate;
  GPtrArray *benefits;  /* (element-type BillingBenefit) */
  GHashTable *consumed; /* (owned): of each deductible, what charges have used up by now (BillingBenefit → gint64) */
  GHashTable *copays;   /* (owned): those that are counted already */
  const char *principal; /* (nullable): the procedure that is charged most */
  gint64 sum;
  gint64 excluded; /* what of it no maximum limits */
  gboolean is_some_missing; /* a charge for which no co-insurance was found */
} Sum;

static void
sum_clear (Sum *sum)
{
  g_clear_pointer (&sum->consumed, g_hash_table_unref);
  g_clear_pointer (&sum->copays, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sum, sum_clear)

static gboolean
add (Sum         *sum,
     gint64       amount,
     gint64      *to,
     GError     **error)
{
  const char *currency = sum->estimate->currency;
  BillingMoney result;

  if (!billing_money_add (billing_money_new (*to, currency), billing_money_new (amount, currency), &result, error))
    return FALSE;

  *to = result.minor;
  return TRUE;
}

/* Takes @line. */
static gboolean
add_line (Sum                  *sum,
          BillingEstimateLine  *line,
          GError              **error)
{
  g_autoptr (BillingEstimateLine) owned = line;
  gint64 *to = line->step == BILLING_ESTIMATE_STEP_CHARGE ? &sum->estimate->charge : &sum->sum;

  line->currency = g_strdup (sum->estimate->currency);
  line->text = billing_estimate_line_text (line);
  g_list_store_append (sum->estimate->lines, line);
  return add (sum, line->amount, to, error);
}

static BillingEstimateLine *
make_line (BillingEstimateStep          step,
           const BillingEstimateCharge *charge,
           gint64                       amount)
{
  BillingEstimateLine *line = g_object_new (BILLING_TYPE_ESTIMATE_LINE, "step", step, "amount", amount, NULL);

  if (charge != NULL)
    g_object_set (line, "code", charge->code, "name", charge->name, NULL);
  return line;
}

static gint64
get_consumed (Sum            *sum,
              BillingBenefit *benefit)
{
  gint64 *consumed = g_hash_table_lookup (sum->consumed, benefit);

  return consumed != NULL ? *consumed : 0;
}

static void
consume (Sum                 *sum,
         BillingEstimatePool *pool,
         gint64               amount)
{
  gint64 *consumed;

  if (pool->benefit == NULL)
    return;

  consumed = g_new (gint64, 1);
  *consumed = get_consumed (sum, pool->benefit) + amount;
  g_hash_table_insert (sum->consumed, pool->benefit, consumed);
}

/* Of the individual's and the family's the smaller one applies. */
static gint64
get_smaller (const BillingEstimatePool *individual,
             const BillingEstimatePool *family,
             gboolean                  *is_family)
{
  *is_family = family->benefit != NULL && (individual->benefit == NULL || family->remaining < individual->remaining);
  if (*is_family)
    return family->remaining;

  return individual->benefit != NULL ? individual->remaining : -1;
}

static void
find_pools (Sum                          *sum,
            BillingBenefitType            type,
            const BillingEstimateService *service,
            BillingEstimatePool          *individual,
            BillingEstimatePool          *family)
{
  BillingEstimatePool *pools[] = { individual, family };

  for (int i = 0; i < 2; i++)
    {
      *pools[i] = billing_estimate_pool (sum->benefits, type, i == 1, service, sum->estimate->currency);
      if (pools[i]->benefit != NULL)
        pools[i]->remaining = MAX (pools[i]->remaining - get_consumed (sum, pools[i]->benefit), 0);
    }
}

static gboolean
add_deductible (Sum                          *sum,
                const BillingEstimateCharge  *charge,
                const BillingEstimateService *service,
                gint64                       *rest,
                GError                      **error)
{
  BillingEstimatePool individual, family;
  BillingEstimateLine *line;
  gboolean is_family;
  gint64 remaining, part;

  find_pools (sum, BILLING_BENEFIT_TYPE_DEDUCTIBLE, service, &individual, &family);
  remaining = get_smaller (&individual, &family, &is_family);
  part = CLAMP (remaining, 0, charge->amount);
  *rest = charge->amount - part;
  consume (sum, &individual, part);
  consume (sum, &family, part);
  /* One that is met is worth a line, but not with every procedure. */
  if (remaining < 0 || (part == 0 && sum->estimate->charges->len > 1))
    return TRUE;

  line = make_line (BILLING_ESTIMATE_STEP_DEDUCTIBLE, charge, part);
  g_object_set (line, "of", remaining, "family", is_family, NULL);
  return add_line (sum, line, error);
}

static gboolean
add_coinsurance (Sum                          *sum,
                 const BillingEstimateCharge  *charge,
                 const BillingEstimateService *service,
                 gint64                        rest,
                 GError                      **error)
{
  const char *currency = sum->estimate->currency;
  BillingBenefit *benefit =
    billing_estimate_pick (sum->benefits, BILLING_BENEFIT_TYPE_COINSURANCE, service, currency, NULL);
  gint64 step = billing_money_step (currency);
  BillingEstimateLine *line;
  BillingMoney part;

  if (benefit == NULL)
    sum->is_some_missing = TRUE;
  if (benefit == NULL || rest == 0)
    return TRUE;
  /* In whole steps of what can be paid: some currencies have smaller units than that. */
  if (!billing_money_scale (billing_money_new (rest, currency), benefit->percent, 10000 * step, &part, error))
    return FALSE;

  line = make_line (BILLING_ESTIMATE_STEP_COINSURANCE, charge, MIN (part.minor * step, rest));
  g_object_set (line, "of", rest, "percent", benefit->percent, NULL);
  return add_line (sum, line, error);
}

static gboolean
add_base (Sum                         *sum,
          const BillingEstimateCharge *charge,
          GError                     **error)
{
  BillingEstimateLine *line = make_line (BILLING_ESTIMATE_STEP_CHARGE, charge, charge->amount);

  g_object_set (line, "rate", charge->rate, NULL);
  return add_line (sum, line, error);
}

static gboolean
add_charge (Sum                         *sum,
            const BillingEstimateCharge *charge,
            GError                     **error)
{
  BillingEstimateService service =
    billing_estimate_service (sum->estimate->payment_type, charge->code, sum->principal);
  gint64 rest;

  if (charge->amount <= 0)
    return TRUE;
  if (!add_base (sum, charge, error))
    return FALSE;

  if (billing_estimate_is_excluded (sum->benefits, &service, sum->estimate->currency))
    return add (sum, charge->amount, &sum->excluded, error) &&
           add_line (sum, make_line (BILLING_ESTIMATE_STEP_EXCLUDED, charge, charge->amount), error);

  return add_deductible (sum, charge, &service, &rest, error) &&
         add_coinsurance (sum, charge, &service, rest, error);
}

static gboolean
is_for_code (BillingBenefit *benefit)
{
  return benefit != NULL && benefit->code != NULL && *benefit->code != '\0';
}

static gboolean
add_copay (Sum                         *sum,
           BillingBenefit              *copay,
           const BillingEstimateCharge *charge,
           GError                     **error)
{
  if (copay == NULL || !g_hash_table_add (sum->copays, copay))
    return TRUE;

  return add_line (sum, make_line (BILLING_ESTIMATE_STEP_COPAY, charge, copay->amount), error);
}

static BillingEstimateService
get_visit (Sum *sum)
{
  return billing_estimate_service (sum->estimate->payment_type, NULL, sum->principal);
}

/* That of the visit once, for all that has none of its own. */
static gboolean
add_copays (Sum     *sum,
            GError **error)
{
  GPtrArray *charges = sum->estimate->charges;
  BillingEstimateService visit = get_visit (sum);
  gboolean is_visit = charges->len == 0;

  for (guint i = 0; i < charges->len; i++)
    {
      const BillingEstimateCharge *charge = charges->pdata[i];
      BillingEstimateService service =
        billing_estimate_service (sum->estimate->payment_type, charge->code, sum->principal);
      BillingBenefit *copay =
        billing_estimate_pick (sum->benefits, BILLING_BENEFIT_TYPE_COPAY, &service, sum->estimate->currency, NULL);

      if (billing_estimate_is_excluded (sum->benefits, &service, sum->estimate->currency))
        continue;
      /* What is listed without a price comes with the rest of the visit. */
      if (!is_for_code (copay))
        is_visit = is_visit || charge->amount != 0 || charges->len == 1;
      else if (!add_copay (sum, copay, charge, error))
        return FALSE;
    }

  return !is_visit ||
         add_copay (sum, billing_estimate_pick (sum->benefits, BILLING_BENEFIT_TYPE_COPAY, &visit,
                                                sum->estimate->currency, NULL), NULL, error);
}

static gboolean
add_caps (Sum     *sum,
          GError **error)
{
  BillingEstimate *estimate = sum->estimate;
  BillingEstimateService visit = get_visit (sum);
  BillingEstimatePool individual, family;
  gboolean is_family;
  gint64 most;

  find_pools (sum, BILLING_BENEFIT_TYPE_OUT_OF_POCKET, &visit, &individual, &family);
  most = get_smaller (&individual, &family, &is_family);
  if (most >= 0 && sum->sum - sum->excluded > most)
    {
      BillingEstimateLine *line =
        make_line (BILLING_ESTIMATE_STEP_OUT_OF_POCKET, NULL, most - (sum->sum - sum->excluded));

      g_object_set (line, "of", most, "family", is_family, NULL);
      if (!add_line (sum, line, error))
        return FALSE;
    }

  return estimate->charge < 0 || sum->sum <= estimate->charge ||
         add_line (sum, make_line (BILLING_ESTIMATE_STEP_CAP, NULL, estimate->charge - sum->sum), error);
}

static void
add_benefit (BillingEstimate    *self,
             BillingBenefitType  type,
             const char         *code,
             gint64              amount,
             gint64              percent)
{
  g_autoptr (BillingEstimateBenefit) shown =
    g_object_new (BILLING_TYPE_ESTIMATE_BENEFIT, "type", type, "code", code, "given",
                  amount >= 0 || percent >= 0 || type == BILLING_BENEFIT_TYPE_EXCLUDED,
                  "currency", self->currency, "amount", amount, "percent", percent, NULL);

  billing_estimate_benefit_describe (shown);
  g_list_store_append (self->benefits, shown);
}

static void
warn_of_several (Sum            *sum,
                 BillingBenefit *used,
                 BillingBenefit *other)
{
  g_autofree char *first = NULL, *second = NULL;
  gboolean is_copay = used != NULL && used->type == BILLING_BENEFIT_TYPE_COPAY;

  if (other == NULL)
    return;

  first = is_copay ? billing_estimate_money (sum->estimate, used->amount) : billing_estimate_percent (used->percent);
  second = is_copay ? billing_estimate_money (sum->estimate, other->amount) : billing_estimate_percent (other->percent);
  billing_estimate_warn (sum->estimate,
                         /* Translators: a benefit’s amount or percentage, and another one */
                         g_strdup_printf (is_copay ? _("The insurer names several copays: %s was used, not %s.")
                                                   : _("The insurer names several co-insurances: %s was used, not %s."),
                                          first, second));
}

static void
warn_of_network (Sum *sum)
{
  billing_estimate_warn (sum->estimate,
                         g_strdup (_("Some benefits were given only for practices outside of the insurer’s network: they "
                                     "were used.")));
}

static gint64
show_pool (Sum                          *sum,
           BillingBenefitType            type,
           const BillingEstimateService *visit)
{
  BillingEstimatePool individual, family;
  gboolean is_family;
  gint64 remaining;
  gboolean is_whole;

  find_pools (sum, type, visit, &individual, &family);
  remaining = get_smaller (&individual, &family, &is_family);
  is_whole = is_family ? family.is_whole : individual.benefit != NULL && individual.is_whole;
  add_benefit (sum->estimate, type, NULL, remaining, -1);
  if (is_whole)
    billing_estimate_miss (sum->estimate,
                           g_strdup (type == BILLING_BENEFIT_TYPE_DEDUCTIBLE
                                     ? _("How much of the deductible is used was not said: all of it is taken to remain.")
                                     : _("How much of the out-of-pocket maximum is used was not said: all of it is taken to "
                                         "remain.")));
  if (remaining >= 0 && billing_estimate_is_out_of_network ((is_family ? family : individual).benefit))
    warn_of_network (sum);

  return remaining;
}

/* The benefits of the visit: the four that are always shown. */
static void
show_visit (Sum *sum)
{
  BillingEstimate *self = sum->estimate;
  BillingEstimateService visit = get_visit (sum);
  BillingBenefit *other_copay, *other_share;
  BillingBenefit *copay =
    billing_estimate_pick (sum->benefits, BILLING_BENEFIT_TYPE_COPAY, &visit, self->currency, &other_copay);
  BillingBenefit *share =
    billing_estimate_pick (sum->benefits, BILLING_BENEFIT_TYPE_COINSURANCE, &visit, self->currency, &other_share);

  self->copay = copay != NULL ? copay->amount : -1;
  self->coinsurance = share != NULL ? share->percent : -1;
  add_benefit (self, BILLING_BENEFIT_TYPE_COPAY, NULL, self->copay, -1);
  add_benefit (self, BILLING_BENEFIT_TYPE_COINSURANCE, NULL, -1, self->coinsurance);
  self->deductible = show_pool (sum, BILLING_BENEFIT_TYPE_DEDUCTIBLE, &visit);
  self->out_of_pocket = show_pool (sum, BILLING_BENEFIT_TYPE_OUT_OF_POCKET, &visit);
  warn_of_several (sum, copay, other_copay);
  warn_of_several (sum, share, other_share);
  if ((copay != NULL && billing_estimate_is_out_of_network (copay)) ||
      (share != NULL && billing_estimate_is_out_of_network (share)))
    warn_of_network (sum);
}

static void
show_procedure (Sum        *sum,
                const char *code)
{
  BillingEstimate *self = sum->estimate;
  BillingEstimateService service = billing_estimate_service (self->payment_type, code, NULL);
  BillingBenefit *copay = billing_estimate_pick (sum->benefits, BILLING_BENEFIT_TYPE_COPAY, &service, self->currency, NULL);
  BillingBenefit *share =
    billing_estimate_pick (sum->benefits, BILLING_BENEFIT_TYPE_COINSURANCE, &service, self->currency, NULL);
  const BillingBenefitType types[] = { BILLING_BENEFIT_TYPE_DEDUCTIBLE, BILLING_BENEFIT_TYPE_OUT_OF_POCKET };

  if (billing_estimate_is_excluded (sum->benefits, &service, self->currency))
    {
      add_benefit (self, BILLING_BENEFIT_TYPE_EXCLUDED, code, -1, -1);
      return;
    }
  if (is_for_code (copay))
    add_benefit (self, BILLING_BENEFIT_TYPE_COPAY, code, copay->amount, -1);
  if (is_for_code (share))
    add_benefit (self, BILLING_BENEFIT_TYPE_COINSURANCE, code, -1, share->percent);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      BillingEstimatePool individual, family;
      gboolean is_family;
      gint64 remaining;

      find_pools (sum, types[i], &service, &individual, &family);
      remaining = get_smaller (&individual, &family, &is_family);
      if (remaining >= 0 && is_for_code ((is_family ? family : individual).benefit))
        add_benefit (self, types[i], code, remaining, -1);
    }
}

/* Those that are for a procedure: of what is charged, or all where that is not known by procedures. */
static void
show_procedures (Sum *sum)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *charges = sum->estimate->charges;
  gboolean is_coded = FALSE;

  for (guint i = 0; i < charges->len; i++)
    {
      const char *code = ((BillingEstimateCharge *) charges->pdata[i])->code;

      is_coded = is_coded || code != NULL;
      if (code != NULL && g_hash_table_add (shown, (gpointer) code))
        show_procedure (sum, code);
    }

  for (guint i = 0; !is_coded && i < sum->benefits->len; i++)
    {
      BillingBenefit *benefit = sum->benefits->pdata[i];

      if (is_for_code (benefit) && g_hash_table_add (shown, benefit->code))
        show_procedure (sum, benefit->code);
    }
}

/* What was not said, as far as it would have counted. */
static void
tell_missing (Sum *sum)
{
  BillingEstimate *self = sum->estimate;

  if (self->copay < 0 && g_hash_table_size (sum->copays) == 0 && self->state == BILLING_ESTIMATE_STATE_READY)
    billing_estimate_miss (self, g_strdup (_("No copay was given: none was counted.")));
  if (sum->is_some_missing || (self->coinsurance < 0 && self->charge < 0))
    billing_estimate_miss (self, g_strdup (_("No co-insurance was given: none was counted.")));
  if (self->deductible < 0 && g_hash_table_size (sum->consumed) == 0)
    billing_estimate_miss (self, g_strdup (_("No deductible was given: none was counted.")));
  if (self->out_of_pocket < 0)
    billing_estimate_miss (self, g_strdup (_("No out-of-pocket maximum was given: nothing is limited by one.")));
  if (self->charge < 0 && self->state == BILLING_ESTIMATE_STATE_READY)
    billing_estimate_miss (self, g_strdup (_("The charge is not known: only the copay was counted.")));
}

static const char *
find_principal (BillingEstimate *self)
{
  const char *code = NULL;
  gint64 most = -1;

  for (guint i = 0; i < self->charges->len; i++)
    {
      BillingEstimateCharge *charge = self->charges->pdata[i];

      if (charge->code != NULL && charge->amount > most)
        {
          code = charge->code;
          most = charge->amount;
        }
    }

  return code;
}

static gboolean
is_usable (BillingEstimate *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->benefits)); i++)
    {
      g_autoptr (BillingEstimateBenefit) benefit = g_list_model_get_item (G_LIST_MODEL (self->benefits), i);

      if (benefit->given)
        return TRUE;
    }

  return FALSE;
}

static gboolean
run (Sum     *sum,
     GError **error)
{
  BillingEstimate *self = sum->estimate;

  show_visit (sum);
  show_procedures (sum);
  if (!is_usable (self))
    {
      self->state = BILLING_ESTIMATE_STATE_NO_BENEFITS;
      return TRUE;
    }

  for (guint i = 0; i < self->charges->len; i++)
    {
      BillingEstimateCharge *charge = self->charges->pdata[i];

      if (charge->amount > 0 && self->charge < 0)
        self->charge = 0;
      if (!add_charge (sum, charge, error))
        return FALSE;
    }

  if (!add_copays (sum, error) || !add_caps (sum, error))
    return FALSE;

  self->state = self->charge >= 0 || g_hash_table_size (sum->copays) > 0 ? BILLING_ESTIMATE_STATE_READY
                                                                        : BILLING_ESTIMATE_STATE_NO_CHARGE;
  if (self->state == BILLING_ESTIMATE_STATE_READY)
    self->amount = sum->sum;
  if (self->amount == 0)
    billing_estimate_warn (self, g_strdup (_("By this answer nothing is left for the patient to pay.")));
  tell_missing (sum);
  return TRUE;
}

/**
 * billing_estimate_compute:
 * @self: an estimate whose check was chosen, with its charges
 * @benefits: (element-type BillingBenefit): of that check
 * @error: return location for %BILLING_MODEL_ERROR_OVERFLOW
 *
 * Works the estimate out: its state, benefits, lines, amount, and what is to be said about them. Does nothing where no
 * check was chosen that something could be told of.
 *
 * Returns: %FALSE with @error set where the amounts are too large to be added
 */
gboolean
billing_estimate_compute (BillingEstimate  *self,
                          GPtrArray        *benefits,
                          GError          **error)
{
  g_auto (Sum) sum = { .estimate = self, .benefits = benefits };

  if (self->state == BILLING_ESTIMATE_STATE_READY)
    {
      sum.consumed = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      sum.copays = g_hash_table_new (NULL, NULL);
      sum.principal = find_principal (self);
      if (!run (&sum, error))
        return FALSE;
    }

  g_free (self->sentence);
  self->sentence = billing_estimate_explain (self);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-plans"

#include "config.h"

#include "billing-demo-private.h"

#include "billing-day.h"

/*
 * What happens to each payment: made up when it is created, and then done step by step on the days that follow, in the
 * order of time over all payments, as in a clinic. Steps after today are not taken: so the younger payments stand
 * where they would stand.
 */

/* One of so many payments has a document. */
#define DOCUMENTS 24

/* So many of the payments of so many days are paid from home in the last two of them; a small clinic has none. */
#define FROM_HOME 4
#define FROM_HOME_DAYS 12

static const char * const failures[] = {
  "Card declined at the terminal", "The cheque was not signed", "Transfer came back: unknown account", NULL,
};

static const char * const cancellations[] = {
  "Patient did not come", "Entered twice", "The insurer pays it after all", "Visit moved to another clinic", NULL,
};

static const char * const remarks[] = {
  "Called, will pay on Friday", "Asked for the receipt by e-mail", "Sent a reminder by post",
  "Insurance card was copied", "Prefers to be called in the evening", "Pays in two parts, agreed with Dr. Okafor",
  "Spouse will bring the cheque", "Language line used: interpreter booked for the next visit", NULL,
};

static const char * const refund_notes[] = {
  "Paid at the other location already", "Charged for the wrong code", "Visit was shorter than booked",
  "Insurer paid more than expected", "Asked at the front desk", NULL,
};

static void
plan_unref (BillingDemoPlan *plan)
{
  if (--plan->n_users > 0)
    return;

  g_free (plan->patient);
  g_free (plan->treatment);
  g_free (plan->due);
  g_free (plan->number);
  g_free (plan->rest);
  g_free (plan->refund);
  g_free (plan);
}

void
billing_demo_step_free (BillingDemoStep *step)
{
  plan_unref (step->plan);
  g_free (step);
}

/* Notes and documents may come at any time; the other steps only make sense in their order. */
static gint64
find_time (BillingDemo     *self,
           BillingDemoPlan *plan,
           guint            day,
           BillingVerb      verb)
{
  gint64 at = billing_demo_time (self, day);

  if (verb == BILLING_VERB_NOTE_ADD || verb == BILLING_VERB_DOCUMENT_ADD)
    return MAX (at, plan->created_at + 60);

  at = MAX (at, plan->last_at + 60);
  plan->last_at = at;
  if (plan->created_at == 0)
    plan->created_at = at;

  return at;
}

static BillingDemoStep *
add_step_on (BillingDemo     *self,
             BillingDemoPlan *plan,
             guint            day,
             BillingVerb      verb)
{
  BillingDemoStep *step = g_new0 (BillingDemoStep, 1);

  step->plan = plan;
  step->at = find_time (self, plan, day, verb);
  step->number = self->n_steps++;
  step->verb = verb;
  plan->n_users++;

  if (self->days[day] == NULL)
    self->days[day] = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_demo_step_free);
  g_ptr_array_add (self->days[day], step);
  return step;
}

/* So many days after the first step, when the clinic is open; %NULL where that is not before the end. */
static BillingDemoStep *
add_step (BillingDemo     *self,
          BillingDemoPlan *plan,
          int              after,
          BillingVerb      verb)
{
  guint day = billing_demo_open_day (self, self->day + (guint) after);

  return day < BILLING_DEMO_DAYS ? add_step_on (self, plan, day, verb) : NULL;
}

static void
add_reason (BillingDemo        *self,
            BillingDemoStep    *step,
            const char * const *texts)
{
  if (step != NULL)
    step->text = billing_demo_pick (self, texts);
}

static BillingTender
pick_tender (BillingDemo *self)
{
  int at = billing_demo_between (self, 0, 100);

  return at < 45 ? BILLING_TENDER_CARD
                 : at < 67 ? BILLING_TENDER_CASH : at < 82 ? BILLING_TENDER_CHEQUE : BILLING_TENDER_BANK;
}

static BillingDemoStep *
add_collection (BillingDemo     *self,
                BillingDemoPlan *plan,
                int              after)
{
  BillingDemoStep *step = add_step (self, plan, after, BILLING_VERB_PAYMENT_COLLECT);

  if (step != NULL)
    step->tender = pick_tender (self);

  return step;
}

static void
add_refund (BillingDemo     *self,
            BillingDemoPlan *plan,
            int              after,
            gint64           amount)
{
  BillingDemoStep *step = add_step (self, plan, after, BILLING_VERB_PAYMENT_REFUND);

  if (step == NULL)
    return;

  step->amount = amount;
  step->reason = billing_demo_between (self, BILLING_REFUND_REASON_PATIENT_REQUEST, BILLING_REFUND_REASON_OTHER + 1);
  if (billing_demo_chance (self, 60))
    step->text = billing_demo_pick (self, refund_notes);
  /* The manager did not get to the latest ones yet. */
  if ((amount > 0 ? amount : plan->amount) > BILLING_DEMO_REFUND_LIMIT && self->day + (guint) after + 40 < BILLING_DEMO_DAYS)
    add_step (self, plan, after + billing_demo_between (self, 1, 3), BILLING_VERB_REFUND_APPROVE);
}

/* A part of the amount, in whole dollars where it has some. */
static gint64
take_part (BillingDemo     *self,
           BillingDemoPlan *plan,
           int              from,
           int              to)
{
  gint64 part = plan->amount * billing_demo_between (self, from, to) / 100;

  return part >= 100 ? part / 100 * 100 : MAX (part, 1);
}

static BillingDemoStep *
add_charge (BillingDemo     *self,
            BillingDemoPlan *plan,
            int              after,
            const char      *outcome)
{
  static const char * const cards[] = {
    "pm_card_visa", "pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_visa_debit", NULL,
  };
  BillingDemoStep *step = add_step (self, plan, after, BILLING_VERB_PAYMENT_COLLECT);

  if (step == NULL)
    return NULL;

  step->outcome = outcome;
  step->card = g_str_equal (outcome, "failed") ? "pm_card_visa_chargeDeclined"
                                               : g_str_equal (outcome, "disputed") ? "pm_card_createDispute"
                                                                                   : billing_demo_pick (self, cards);
  return step;
}

/* It went back there, at Stripe's own dashboard; what would be tomorrow has not happened. */
static void
refund_charge (BillingDemo     *self,
               BillingDemoPlan *plan,
               BillingDemoStep *step,
               gboolean         is_part)
{
  gint64 at = step->at + billing_demo_between (self, 2, 25) * 86400;

  if (at >= self->end)
    return;

  step->outcome = is_part ? "partially_refunded" : "refunded";
  step->refunded = is_part ? take_part (self, plan, 10, 45) : plan->amount;
  step->refunded_at = at;
}

/* The patient pays with a card, through Stripe: mostly at once, sometimes after a decline. */
static void
plan_charge (BillingDemo     *self,
             BillingDemoPlan *plan,
             int              days)
{
  int at = billing_demo_between (self, 0, 1000);
  BillingDemoStep *step;

  if (at < 70)
    {
      add_charge (self, plan, days, "failed");
      if (at >= 55)
        return;
      days += billing_demo_between (self, 1, 6);
    }

  /* Those of late are told by billing-demo-disputes.c. */
  step = add_charge (self, plan, days, at >= 994 && self->day + (guint) days + BILLING_DEMO_LATELY < BILLING_DEMO_DAYS
                                         ? "disputed" : "succeeded");
  if (step != NULL && at >= 940 && at < 994)
    refund_charge (self, plan, step, at < 980);
}

/* Of late some pay from home, whatever day of the week it is: Stripe holds their money, and will pay it out. */
static gboolean
plan_from_home (BillingDemo     *self,
                BillingDemoPlan *plan)
{
  guint day = BILLING_DEMO_DAYS - 1 - self->n_from_home % 2;
  BillingDemoStep *step;

  if (self->n_payments < FROM_HOME * 100 || self->n_from_home == FROM_HOME || self->day + FROM_HOME_DAYS < BILLING_DEMO_DAYS ||
      self->day > day)
    return FALSE;

  self->n_from_home++;
  step = add_step_on (self, plan, day, BILLING_VERB_PAYMENT_COLLECT);
  step->outcome = "succeeded";
  step->card = "pm_card_visa";
  return TRUE;
}

static void
plan_plain (BillingDemo     *self,
            BillingDemoPlan *plan)
{
  if (plan_from_home (self, plan))
    return;

  if (billing_demo_chance (self, 45))
    {
      plan_charge (self, plan, billing_demo_chance (self, 55) ? 0 : billing_demo_between (self, 1, 31));
      return;
    }

  add_collection (self, plan, billing_demo_chance (self, 55) ? 0 : billing_demo_between (self, 1, 31));
}

static void
plan_draft (BillingDemo     *self,
            BillingDemoPlan *plan)
{
  int days = billing_demo_between (self, 18, 90);

  plan->draft = TRUE;
  if (billing_demo_chance (self, 60))
    {
      add_step (self, plan, days, BILLING_VERB_PAYMENT_SUBMIT);
      add_collection (self, plan, days + billing_demo_between (self, 1, 20));
    }
  else
    add_reason (self, add_step (self, plan, days, BILLING_VERB_PAYMENT_CANCEL), cancellations);
}

static void
plan_slow (BillingDemo     *self,
           BillingDemoPlan *plan)
{
  int at = billing_demo_between (self, 0, 100);
  BillingDemoStep *step;

  if (at < 65)
    add_collection (self, plan, billing_demo_between (self, 40, 120));
  else if (at < 92)
    {
      step = add_step (self, plan, billing_demo_between (self, 100, 180), BILLING_VERB_PAYMENT_WRITE_OFF);
      if (step != NULL)
        step->text = "Three reminders, no answer";
    }
}

static void
plan_failing (BillingDemo     *self,
              BillingDemoPlan *plan)
{
  int days = billing_demo_between (self, 3, 15);
  int at = billing_demo_between (self, 0, 100);

  add_reason (self, add_step (self, plan, days, BILLING_VERB_PAYMENT_FAIL), failures);
  if (at < 65)
    {
      days += billing_demo_between (self, 5, 20);
      add_step (self, plan, days, BILLING_VERB_PAYMENT_SUBMIT);
      add_collection (self, plan, days + billing_demo_between (self, 1, 15));
    }
  else if (at < 85)
    add_reason (self, add_step (self, plan, days + billing_demo_between (self, 20, 50), BILLING_VERB_PAYMENT_CANCEL),
                cancellations);
}

static void
plan_cancelled (BillingDemo     *self,
                BillingDemoPlan *plan)
{
  add_reason (self, add_step (self, plan, billing_demo_between (self, 1, 16), BILLING_VERB_PAYMENT_CANCEL), cancellations);
}

static void
plan_partly_refunded (BillingDemo     *self,
                      BillingDemoPlan *plan)
{
  int days = billing_demo_between (self, 0, 10);

  add_collection (self, plan, days);
  days += billing_demo_between (self, 2, 25);
  add_refund (self, plan, days, take_part (self, plan, 10, 45));
  if (billing_demo_chance (self, 20))
    add_refund (self, plan, days + billing_demo_between (self, 5, 25), take_part (self, plan, 10, 45));
}

static void
plan_refunded (BillingDemo     *self,
               BillingDemoPlan *plan)
{
  int days = billing_demo_between (self, 0, 10);

  add_collection (self, plan, days);
  add_refund (self, plan, days + billing_demo_between (self, 2, 25), 0);
}

static void
plan_bounced (BillingDemo     *self,
              BillingDemoPlan *plan)
{
  int days = billing_demo_between (self, 0, 10);
  BillingDemoStep *step = add_collection (self, plan, days);

  if (step != NULL)
    step->tender = BILLING_TENDER_CHEQUE;

  days += billing_demo_between (self, 4, 12);
  step = add_step (self, plan, days, BILLING_VERB_PAYMENT_REVERSE);
  if (step != NULL)
    step->text = "The cheque came back: not covered";
  if (billing_demo_chance (self, 65))
    add_collection (self, plan, days + billing_demo_between (self, 3, 20));
}

/* Part of it now; the desk makes another payment for the rest, which counts like the others. */
static void
plan_split (BillingDemo     *self,
            BillingDemoPlan *plan)
{
  int days = billing_demo_between (self, 0, 10);
  BillingDemoStep *step = plan->amount >= 4000 ? add_collection (self, plan, days) : NULL;

  if (step == NULL)
    return;

  step->amount = take_part (self, plan, 30, 65);
  self->n_planned++;

  step = billing_demo_chance (self, 70) ? add_collection (self, plan, days + billing_demo_between (self, 15, 45)) : NULL;
  if (step != NULL)
    step->on_rest = TRUE;
}

/* More than was owed: the patient has credit then, and pays a later visit with it. */
static void
plan_credit (BillingDemo     *self,
             BillingDemoPlan *plan)
{
  int days = billing_demo_between (self, 0, 10);
  BillingDemoStep *step = add_collection (self, plan, days);
  gint64 credit = billing_demo_between (self, 2, 9) * 500;
  BillingDemoPlan *later;
  guint day;

  if (step == NULL)
    return;

  step->amount = plan->amount + credit;
  days += billing_demo_between (self, 10, 60);
  day = billing_demo_open_day (self, self->day + (guint) days);
  if (!billing_demo_chance (self, 70) || day >= BILLING_DEMO_DAYS)
    return;

  later = g_new0 (BillingDemoPlan, 1);
  later->patient = g_strdup (plan->patient);
  later->type = "office-visit";
  later->memo = "Copay, taken from credit";
  later->amount = credit;
  add_step_on (self, later, day, BILLING_VERB_PAYMENT_CREATE);
  step = add_step_on (self, later, day, BILLING_VERB_PAYMENT_COLLECT);
  step->tender = BILLING_TENDER_CREDIT;
  self->n_planned++;
}

static const struct {
  int weight; /* of a thousand */
  void (*plan) (BillingDemo *self, BillingDemoPlan *plan);
} fates[] = {
  { 575, plan_plain }, { 70, plan_draft }, { 90, plan_slow }, { 55, plan_failing }, { 40, plan_cancelled },
  { 55, plan_partly_refunded }, { 35, plan_refunded }, { 15, plan_bounced }, { 45, plan_split }, { 20, plan_credit },
};

static void
plan_fate (BillingDemo     *self,
           BillingDemoPlan *plan)
{
  int at = billing_demo_between (self, 0, 1000);

  for (guint i = 0; i < G_N_ELEMENTS (fates); i++)
    {
      at -= fates[i].weight;
      if (at < 0)
        {
          fates[i].plan (self, plan);
          return;
        }
    }
}

static void
add_extras (BillingDemo     *self,
            BillingDemoPlan *plan)
{
  gint64 every = MAX (self->n_payments / DOCUMENTS, 1);

  if (billing_demo_chance (self, 8))
    add_reason (self, add_step (self, plan, billing_demo_between (self, 0, 20), BILLING_VERB_NOTE_ADD), remarks);
  if (self->n_planned % every == every / 2)
    add_step (self, plan, billing_demo_between (self, 0, 3), BILLING_VERB_DOCUMENT_ADD);
}

static const char *
intern_memo (const char *before,
             const char *description)
{
  g_autofree char *memo = g_strdup_printf ("%s: %s", before, description);

  return g_intern_string (memo);
}

/* What is asked for follows from the visit: the patient's part of it, all of it, or some of it before. */
static gboolean
plan_visit (BillingDemo      *self,
            BillingDemoPlan  *plan,
            GError          **error)
{
  int kind = billing_demo_between (self, 0, 100);
  int day = (int) self->day + (kind < 60 ? 0 : kind < 80 ? -billing_demo_between (self, 2, 30) : billing_demo_between (self, 3, 25));
  const char *description;
  gint64 charges, part;

  if (!billing_demo_add_treatment (self, plan->patient, MAX (day, 0), &plan->treatment, &description, &charges, &part, error))
    return FALSE;

  plan->type = kind >= 80 ? "treatment-pre-payment" : part == charges ? "private-pay" : "office-visit";
  plan->amount = kind >= 80 ? MAX (charges / 200 * 100, 2000) : part;
  plan->memo = kind >= 80 ? intern_memo ("Deposit", description)
                          : part == charges ? intern_memo ("Private", description) : intern_memo ("Your part", description);
  return TRUE;
}

static gboolean
plan_payment (BillingDemo  *self,
              GError      **error)
{
  BillingDemoPlan *plan = g_new0 (BillingDemoPlan, 1);
  guint patient = (guint) billing_demo_between (self, 0, (int) self->patients->len);
  gboolean done = TRUE;

  plan->n_users = 1;
  plan->patient = g_strdup (self->patients->pdata[patient]);
  if (billing_demo_chance (self, 80))
    done = plan_visit (self, plan, error);
  else
    {
      plan->amount = billing_demo_between (self, 3, 40) * 500;
      plan->type = billing_demo_chance (self, 50) ? "office-visit" : NULL;
      plan->memo = billing_demo_chance (self, 60) ? "Copay" : NULL;
    }
  if (billing_demo_chance (self, 88))
    plan->due = billing_demo_day (self, (int) self->day + billing_demo_between (self, 2, 8) * 7);

  if (done)
    {
      self->n_planned++;
      add_step (self, plan, 0, BILLING_VERB_PAYMENT_CREATE);
      if (self->n_planned < self->n_payments)
        plan_fate (self, plan);
      add_extras (self, plan);
    }

  plan_unref (plan);
  return done;
}

/* How many payments there are by the end of a day: the clinic grows, from two thirds to four thirds of its mean. */
static gint64
count_until (BillingDemo *self,
             guint        day)
{
  gint64 done = day + 1;
  gint64 days = BILLING_DEMO_DAYS;

  return self->n_payments * (2 * days * done + done * done) / (3 * days * days);
}

/**
 * billing_demo_plan_day:
 * @self: a clinic
 * @error: return location for an error
 *
 * Makes up the payments that are created on the clinic's day, and what will become of them.
 *
 * Returns: whether their visits are stored
 */
gboolean
billing_demo_plan_day (BillingDemo  *self,
                       GError      **error)
{
  gboolean last = billing_demo_open_day (self, self->day + 1) >= BILLING_DEMO_DAYS;
  gint64 until = last ? self->n_payments : count_until (self, self->day);

  while (self->n_planned < until)
    {
      if (!plan_payment (self, error))
        return FALSE;
    }

  return TRUE;
}

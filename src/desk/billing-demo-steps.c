/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-steps"

#include "config.h"

#include "billing-demo-private.h"

#include <glib/gstdio.h>

/* Doing what was planned, as the one of the clinic who does such things. */

enum {
  FRONT_DESK,
  BILLER,
  MANAGER,
};

static guint
find_person (BillingDemo     *self,
             BillingDemoStep *step)
{
  if (step->verb == BILLING_VERB_PAYMENT_WRITE_OFF || step->verb == BILLING_VERB_REFUND_APPROVE)
    return MANAGER;
  if (!billing_verb_is_allowed (step->verb, BILLING_ROLE_FRONT_DESK))
    return BILLER;

  return billing_demo_chance (self, 70) ? FRONT_DESK : BILLER;
}

static char *
make_reference (BillingDemo     *self,
                BillingDemoStep *step)
{
  int number = billing_demo_between (self, 1000, 10000);

  switch (step->tender)
    {
    case BILLING_TENDER_CHEQUE:
      return g_strdup_printf ("%d", number);
    case BILLING_TENDER_CARD:
      return g_strdup_printf ("T-%d%02d", number, billing_demo_between (self, 0, 100));
    case BILLING_TENDER_BANK:
      return g_strdup_printf ("ACH %d %d", number, billing_demo_between (self, 1000, 10000));
    case BILLING_TENDER_NONE:
    case BILLING_TENDER_STRIPE:
    case BILLING_TENDER_CASH:
    case BILLING_TENDER_CREDIT:
    default:
      return NULL;
    }
}

static void
fill_creation (BillingAct      *act,
               BillingDemoPlan *plan)
{
  g_object_set (act, "patient", plan->patient, "treatment", plan->treatment, "payment-type", plan->type, "has-amount", TRUE,
                "amount", plan->amount, "due", plan->due, "memo", plan->memo, "draft", plan->draft, NULL);
}

static const char *
find_subject (BillingDemoStep *step)
{
  if (step->verb == BILLING_VERB_REFUND_APPROVE)
    return step->plan->refund;

  return step->on_rest ? step->plan->rest : step->plan->number;
}

static BillingAct *
make_act (BillingDemo     *self,
          BillingDemoStep *step)
{
  BillingAct *act = billing_act_new (step->verb, find_subject (step));
  g_autofree char *reference = make_reference (self, step);

  if (step->verb == BILLING_VERB_PAYMENT_CREATE)
    fill_creation (act, step->plan);
  else
    g_object_set (act, "has-amount", step->amount > 0, "amount", step->amount, "tender", step->tender, "reference", reference,
                  "reason", step->reason, step->verb == BILLING_VERB_NOTE_ADD ? "text" : "notes", step->text, NULL);

  return act;
}

/* What later steps of the plan are done to. */
static void
keep_result (BillingDemoStep *step,
             BillingAct      *act)
{
  BillingDemoPlan *plan = step->plan;

  if (step->verb == BILLING_VERB_PAYMENT_CREATE)
    plan->number = g_strdup (act->result);
  if (step->verb == BILLING_VERB_PAYMENT_REFUND)
    {
      g_free (plan->refund);
      plan->refund = g_strdup (act->result);
    }
  if (act->remainder != NULL && plan->rest == NULL)
    plan->rest = g_strdup (act->remainder);
}

/**
 * billing_demo_file_document:
 * @self: a clinic
 * @act: files it
 * @path: (transfer full) (nullable): of the file, which is removed; %NULL: it could not be written
 * @error: return location for an error, or set where @path is %NULL
 *
 * Returns: whether the desk keeps it
 */
gboolean
billing_demo_file_document (BillingDemo  *self,
                            BillingAct   *act,
                            char         *path,
                            GError      **error)
{
  g_autofree char *file = path;
  gboolean done;

  if (file == NULL)
    return FALSE;

  g_object_set (act, "file", file, NULL);
  done = billing_desk_perform (self->desk, self->connection, act, error);
  g_unlink (file);

  return done;
}

/**
 * billing_demo_take_step:
 * @self: a clinic
 * @step: what happens next
 * @error: return location for an error
 *
 * Returns: whether the desk did it
 */
gboolean
billing_demo_take_step (BillingDemo      *self,
                        BillingDemoStep  *step,
                        GError          **error)
{
  g_autoptr (BillingAct) act = NULL;
  gboolean done;

  if (step->outcome != NULL)
    return billing_demo_charge (self, step, error);

  act = make_act (self, step);
  billing_desk_set_clock (self->desk, step->at);
  billing_desk_act_as (self->desk, self->persons[find_person (self, step)]);
  done = step->verb == BILLING_VERB_DOCUMENT_ADD
           ? billing_demo_file_document (self, act, billing_demo_write_file (self, step->plan, step->number, error), error)
           : billing_desk_perform (self->desk, self->connection, act, error);
  if (done)
    keep_result (step, act);

  return done;
}

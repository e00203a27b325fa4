/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-act-commands"

#include "config.h"

#include "billing-commands.h"
#include "billing-desk-estimate.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "billing-books.h"
#include "billing-console.h"
#include "billing-enums.h"
#include "billing-receipt.h"

/* An act from the command and its options; the first argument, where there is one, is what it is done to. */
static BillingAct *
make_act (BillingCall  *call,
          GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);

  if (billing_call_open_desk (call, error) == NULL || !billing_call_fill (call, act, error))
    return NULL;

  return g_steal_pointer (&act);
}

static gboolean
makes_something (BillingVerb verb)
{
  return verb == BILLING_VERB_PAYMENT_CREATE || verb == BILLING_VERB_PAYMENT_REFUND || verb == BILLING_VERB_NOTE_ADD ||
         verb == BILLING_VERB_DOCUMENT_ADD || verb == BILLING_VERB_PAYMENT_AUTHORISE ||
         verb == BILLING_VERB_PAYMENT_CAPTURE || verb == BILLING_VERB_PAYMENT_VOID || verb == BILLING_VERB_PAYMENT_LINK ||
         verb == BILLING_VERB_LATE_REFUND;
}

/* What Stripe is asked for goes there at once. */
static gboolean
asks_stripe (BillingVerb verb)
{
  return verb == BILLING_VERB_PAYMENT_AUTHORISE || verb == BILLING_VERB_PAYMENT_CAPTURE ||
         verb == BILLING_VERB_PAYMENT_VOID || verb == BILLING_VERB_PAYMENT_REFUND || verb == BILLING_VERB_REFUND_APPROVE ||
         verb == BILLING_VERB_OUTBOX_CHECK || verb == BILLING_VERB_PAYMENT_LINK || verb == BILLING_VERB_LINK_CANCEL ||
         verb == BILLING_VERB_LATE_REFUND;
}

/* By what the intent is found: mostly what it is about, of which it is the newest. */
static const char *
get_asked (BillingAct *act)
{
  return act->verb == BILLING_VERB_PAYMENT_LINK || act->verb == BILLING_VERB_LATE_REFUND ? act->result : act->subject;
}

static gboolean
perform (BillingCall  *call,
         BillingAct   *act,
         GError      **error)
{
  if (!billing_desk_do (call->desk, act, error))
    return FALSE;

  if (act->repeated)
    g_printerr (_("“%s” is kept there already, as %s; nothing was added\n"), act->file, act->result);

  /* What was made, for scripts. */
  if (makes_something (act->verb) && act->result != NULL)
    printf ("%s\n", act->result);
  if (act->remainder != NULL)
    {
      printf ("%s\n", act->remainder);
      g_printerr (_("What is left of %s is now %s\n"), act->subject, act->remainder);
    }

  return !asks_stripe (act->verb) || billing_command_deliver (call, get_asked (act), error);
}

gboolean
billing_command_act (BillingCall  *call,
                     GError      **error)
{
  g_autoptr (BillingAct) act = make_act (call, error);

  return act != NULL && perform (call, act, error);
}

/* The amount is what the patient will probably owe; by what it was worked out is kept with it. */
static gboolean
fill_estimate (BillingCall  *call,
               BillingAct   *act,
               GError      **error)
{
  g_autoptr (BillingEstimateQuestion) question = billing_estimate_question_new ();
  g_autoptr (BillingEstimate) estimate = NULL;

  g_object_set (question, "patient", act->patient, "treatment", act->treatment, "payment-type", act->payment_type, NULL);
  estimate = billing_desk_estimate (call->desk, question, NULL, error);
  if (estimate == NULL)
    return FALSE;
  if (estimate->amount <= 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           estimate->sentence != NULL ? estimate->sentence : _("By the estimate the patient will owe nothing"));
      return FALSE;
    }

  g_object_set (act, "has-amount", TRUE, "amount", estimate->amount, "has-estimate", TRUE, "estimated", estimate->amount, "charge",
                estimate->charge, "payer", estimate->payer, NULL);
  return TRUE;
}

gboolean
billing_command_create (BillingCall  *call,
                        GError      **error)
{
  g_autoptr (BillingAct) act = make_act (call, error);
  gboolean by_estimate = billing_call_get (call, "estimate") != NULL;

  if (act == NULL)
    return FALSE;
  if (by_estimate == (billing_call_get (call, "amount") != NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("Say either --amount or --estimate"));
      return FALSE;
    }

  return (!by_estimate || fill_estimate (call, act, error)) && perform (call, act, error);
}

/* Nobody's card: so that trying things out needs none. */
gboolean
billing_command_authorise (BillingCall  *call,
                           GError      **error)
{
  if (billing_call_open_desk (call, error) == NULL)
    return FALSE;

  if (billing_call_get (call, "method") == NULL && billing_desk_get_practice (call->desk)->stripe_account != NULL &&
      !billing_desk_get_practice (call->desk)->stripe_live)
    g_printerr ("%s\n", _("Test mode: Stripe’s test card pm_card_visa is authorised, and no real money moves."));

  return billing_command_act (call, error);
}

/* One command makes a link and closes it. */
gboolean
billing_command_link (BillingCall  *call,
                      GError      **error)
{
  g_autoptr (BillingAct) act = make_act (call, error);

  if (act == NULL)
    return FALSE;

  if (billing_call_get (call, "cancel") != NULL)
    act->verb = BILLING_VERB_LINK_CANCEL;
  return perform (call, act, error);
}

/* “--to” is a day everywhere else, so that it fills in nothing here. */
gboolean
billing_command_assign (BillingCall  *call,
                        GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);

  g_object_set (act, "patient", billing_call_get (call, "patient"), "reference", billing_call_get (call, "to"), NULL);
  return billing_call_open_desk (call, error) != NULL && perform (call, act, error);
}

gboolean
billing_command_note (BillingCall  *call,
                      GError      **error)
{
  g_autoptr (BillingAct) act = make_act (call, error);

  if (act == NULL)
    return FALSE;

  g_object_set (act, "text", call->arguments[1], NULL);
  return perform (call, act, error);
}

gboolean
billing_command_receipt (BillingCall  *call,
                         GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);

  return desk != NULL && billing_receipt_write (desk, call->arguments[0], call->arguments[1], error);
}

gboolean
billing_command_rename (BillingCall  *call,
                        GError      **error)
{
  g_autoptr (BillingAct) act = make_act (call, error);

  if (act == NULL)
    return FALSE;

  g_object_set (act, "name", call->arguments[1], NULL);
  return perform (call, act, error);
}

gboolean
billing_command_attach (BillingCall  *call,
                        GError      **error)
{
  for (guint i = 1; call->arguments[i] != NULL; i++)
    {
      g_autoptr (BillingAct) act = make_act (call, error);

      if (act == NULL)
        return FALSE;

      g_object_set (act, "file", call->arguments[i], NULL);
      if (!perform (call, act, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_role (BillingAct  *act,
          const char  *role,
          GError     **error)
{
  const BillingOption *option = billing_option_find ("role");

  return billing_option_check (option, role, error) &&
         billing_option_apply (option, role, BILLING_RECORD (act), "", error);
}

static gboolean
read_passphrase (BillingAct  *act,
                 GError     **error)
{
  g_autofree char *prompt = g_strdup_printf (_("New passphrase of %s:"), act->account);
  g_autofree char *passphrase = billing_console_read_secret (prompt, error);

  if (passphrase == NULL)
    return FALSE;

  g_object_set (act, "passphrase", passphrase, NULL);
  return TRUE;
}

typedef struct {
  const char *account;
  gboolean retired;
} BillingFoundPerson;

static gboolean
look_at_person_cb (BillingRecord  *record,
                   gpointer        data,
                   GError        **error)
{
  BillingFoundPerson *found = data;

  if (g_str_equal (BILLING_PERSON (record)->account, found->account))
    found->retired = BILLING_PERSON (record)->retired;

  return TRUE;
}

/* Another role or passphrase brings nobody back who does not work here any more. */
static gboolean
keep_retirement (BillingCall  *call,
                 BillingAct   *act,
                 GError      **error)
{
  g_autoptr (BillingQuery) query = billing_desk_query (call->desk, "people");
  BillingFoundPerson found = { act->account, FALSE };

  if (!billing_desk_list (call->desk, query, look_at_person_cb, &found, NULL, error))
    return FALSE;

  g_object_set (act, "retired", found.retired, NULL);
  return TRUE;
}

gboolean
billing_command_person (BillingCall  *call,
                        GError      **error)
{
  const char *name = call->command->name;
  g_autoptr (BillingAct) act = make_act (call, error);

  if (act == NULL)
    return FALSE;

  g_object_set (act, "account", call->arguments[0], NULL);
  if (!keep_retirement (call, act, error))
    return FALSE;
  if (g_str_equal (name, "user role") && !set_role (act, call->arguments[1], error))
    return FALSE;
  if (g_str_equal (name, "user retire"))
    g_object_set (act, "retired", TRUE, NULL);
  if ((g_str_equal (name, "user passphrase") || billing_call_get (call, "passphrase") != NULL) &&
      !read_passphrase (act, error))
    return FALSE;

  return perform (call, act, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-act"

#include "config.h"

#include "billing-act.h"

#include "billing-enums.h"

G_DEFINE_FINAL_TYPE (BillingAct, billing_act, BILLING_TYPE_RECORD)

static BillingField act_fields[] = {
  BILLING_ENUM_FIELD (BillingAct, verb, billing_verb_get_type, 0),
  BILLING_STRING_FIELD (BillingAct, subject, 0),
  BILLING_STRING_FIELD (BillingAct, patient, 0),
  BILLING_STRING_FIELD (BillingAct, treatment, 0),
  BILLING_STRING_FIELD (BillingAct, payment_type, 0),
  BILLING_BOOLEAN_FIELD (BillingAct, has_amount, 0),
  BILLING_INT64_FIELD (BillingAct, amount, 0),
  BILLING_STRING_FIELD (BillingAct, due, 0),
  BILLING_STRING_FIELD (BillingAct, memo, 0),
  BILLING_BOOLEAN_FIELD (BillingAct, draft, 0),
  BILLING_ENUM_FIELD (BillingAct, tender, billing_tender_get_type, 0),
  BILLING_STRING_FIELD (BillingAct, reference, 0),
  BILLING_STRING_FIELD (BillingAct, date, 0),
  BILLING_ENUM_FIELD (BillingAct, reason, billing_refund_reason_get_type, 0),
  BILLING_STRING_FIELD (BillingAct, notes, 0),
  BILLING_STRING_FIELD (BillingAct, text, 0),
  BILLING_STRING_FIELD (BillingAct, file, 0),
  BILLING_STRING_FIELD (BillingAct, account, 0),
  BILLING_STRING_FIELD (BillingAct, name, 0),
  BILLING_STRING_FIELD (BillingAct, role, 0),
  BILLING_STRING_FIELD (BillingAct, passphrase, BILLING_FIELD_SECRET),
  BILLING_BOOLEAN_FIELD (BillingAct, retired, 0),
  BILLING_STRING_FIELD (BillingAct, time_zone, 0),
  BILLING_STRING_FIELD (BillingAct, locale, 0),
  BILLING_STRING_FIELD (BillingAct, refund_limit, 0),
  BILLING_STRING_FIELD (BillingAct, method, 0),
  BILLING_BOOLEAN_FIELD (BillingAct, live, 0),
  BILLING_STRING_FIELD (BillingAct, expires, 0),
  BILLING_STRING_FIELD (BillingAct, link_days, 0),
  BILLING_STRING_FIELD (BillingAct, address_line, 0),
  BILLING_STRING_FIELD (BillingAct, city, 0),
  BILLING_STRING_FIELD (BillingAct, region, 0),
  BILLING_STRING_FIELD (BillingAct, postal_code, 0),
  BILLING_STRING_FIELD (BillingAct, country, 0),
  BILLING_STRING_FIELD (BillingAct, phone, 0),
  BILLING_STRING_FIELD (BillingAct, email, 0),
  BILLING_STRING_FIELD (BillingAct, receipt_note, 0),
  BILLING_STRING_FIELD (BillingAct, fields, 0),
  BILLING_STRING_FIELD (BillingAct, slot, 0),
  BILLING_STRING_FIELD (BillingAct, document, 0),
  BILLING_STRING_FIELD (BillingAct, currency, 0),
  BILLING_STRING_FIELD (BillingAct, rate, 0),
  BILLING_STRING_FIELD (BillingAct, code, 0),
  BILLING_STRING_FIELD (BillingAct, code_system, 0),
  BILLING_STRING_FIELD (BillingAct, payer, 0),
  BILLING_STRING_FIELD (BillingAct, payer_kind, 0),
  BILLING_STRING_FIELD (BillingAct, billable, 0),
  BILLING_STRING_FIELD (BillingAct, invoiced, 0),
  BILLING_INT64_FIELD (BillingAct, units, 0),
  BILLING_BOOLEAN_FIELD (BillingAct, has_insurer, 0),
  BILLING_INT64_FIELD (BillingAct, allowed, 0),
  BILLING_INT64_FIELD (BillingAct, paid, 0),
  BILLING_INT64_FIELD (BillingAct, adjusted, 0),
  BILLING_INT64_FIELD (BillingAct, patient_part, 0),
  BILLING_BOOLEAN_FIELD (BillingAct, has_estimate, 0),
  BILLING_INT64_FIELD (BillingAct, estimated, 0),
  BILLING_INT64_FIELD (BillingAct, charge, 0),
  BILLING_STRING_FIELD (BillingAct, selection, 0),
  BILLING_STRING_FIELD (BillingAct, except, 0),
  BILLING_INT64_FIELD (BillingAct, expected, 0),
  BILLING_STRING_FIELD (BillingAct, result, 0),
  BILLING_BOOLEAN_FIELD (BillingAct, repeated, 0),
  BILLING_STRING_FIELD (BillingAct, remainder, 0),
};

static void
billing_act_dispose (GObject *object)
{
  BillingAct *self = BILLING_ACT (object);

  g_clear_object (&self->query);

  G_OBJECT_CLASS (billing_act_parent_class)->dispose (object);
}

static void
billing_act_class_init (BillingActClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = billing_act_dispose;

  billing_record_class_install (BILLING_RECORD_CLASS (klass), "acts", "act", NULL,
                                act_fields, G_N_ELEMENTS (act_fields));
}

static void
billing_act_init (BillingAct *self)
{
  self->allowed = -1;
  self->patient_part = -1;
  self->expected = -1;
}

/**
 * billing_act_new:
 * @verb: what is to be done
 * @subject: (nullable): to what
 *
 * Returns: (transfer full): an act that says nothing else yet
 */
BillingAct *
billing_act_new (BillingVerb  verb,
                 const char  *subject)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", verb, "subject", subject, NULL);
}

/* What undoes a verb: to the same thing, but where a new one was made. A part that was collected left a payment for the
 * rest, so there is no way back to one. */
static BillingVerb
get_undoing_verb (BillingAct *done)
{
  switch ((int) done->verb)
    {
    case BILLING_VERB_PAYMENT_CREATE:
      return BILLING_VERB_PAYMENT_CANCEL;
    case BILLING_VERB_PAYMENT_FAIL:
      return BILLING_VERB_PAYMENT_SUBMIT;
    case BILLING_VERB_PAYMENT_CANCEL:
    case BILLING_VERB_PAYMENT_WRITE_OFF:
      return BILLING_VERB_PAYMENT_REOPEN;
    case BILLING_VERB_PAYMENT_COLLECT:
      return done->remainder == NULL ? BILLING_VERB_PAYMENT_REVERSE : BILLING_VERB_NONE;
    case BILLING_VERB_RATE_RETIRE:
      return BILLING_VERB_RATE_RESTORE;
    case BILLING_VERB_RATE_RESTORE:
      return BILLING_VERB_RATE_RETIRE;
    case BILLING_VERB_INVOICE_CREATE:
      return BILLING_VERB_INVOICE_VOID;
    case BILLING_VERB_SERVICE_ADD:
    case BILLING_VERB_SERVICE_RESTORE:
      return BILLING_VERB_SERVICE_REMOVE;
    case BILLING_VERB_SERVICE_REMOVE:
      return BILLING_VERB_SERVICE_RESTORE;
    case BILLING_VERB_SERVICE_REVIEW:
      return BILLING_VERB_SERVICE_UNREVIEW;
    case BILLING_VERB_SERVICE_UNREVIEW:
      return BILLING_VERB_SERVICE_REVIEW;
    case BILLING_VERB_SERVICE_INSURER:
      return BILLING_VERB_SERVICE_TAKE_BACK;
    case BILLING_VERB_DOCUMENT_REMOVE:
      return BILLING_VERB_DOCUMENT_RESTORE;
    case BILLING_VERB_PATIENT_MERGE:
      return BILLING_VERB_PATIENT_UNMERGE;
    case BILLING_VERB_NOTICE_READ:
    case BILLING_VERB_NOTICE_DONE:
    case BILLING_VERB_NOTICE_SNOOZE:
      return BILLING_VERB_NOTICE_REOPEN;
    default:
      return BILLING_VERB_NONE;
    }
}

/* Of these the remainder is what of many was left as it was: it is no part of what is undone. */
static gboolean
is_of_many (BillingAct *done)
{
  return done->verb == BILLING_VERB_SERVICE_REMOVE || done->verb == BILLING_VERB_SERVICE_RESTORE ||
         done->verb == BILLING_VERB_SERVICE_REVIEW || done->verb == BILLING_VERB_SERVICE_UNREVIEW;
}

/**
 * billing_act_build_undo:
 * @done: an act that was done
 *
 * Returns: (transfer full) (nullable): the act that undoes it; %NULL: it cannot be undone
 */
BillingAct *
billing_act_build_undo (BillingAct *done)
{
  BillingVerb verb = get_undoing_verb (done);
  gboolean is_new = done->verb == BILLING_VERB_PAYMENT_CREATE || done->verb == BILLING_VERB_INVOICE_CREATE ||
                    done->verb == BILLING_VERB_SERVICE_ADD || done->verb == BILLING_VERB_SERVICE_INSURER;
  BillingAct *undo = NULL;

  /* What a list showed it may not show any more. */
  if (verb == BILLING_VERB_NONE || (is_of_many (done) && (done->query != NULL || done->remainder != NULL)))
    return NULL;

  undo = billing_act_new (verb, is_new ? done->result : done->subject);
  undo->selection = is_of_many (done) ? g_strdup (done->selection) : NULL;
  return undo;
}

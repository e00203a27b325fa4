/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-query.h"
#include "billing-verb.h"

G_BEGIN_DECLS

#define BILLING_TYPE_ACT (billing_act_get_type ())
G_DECLARE_FINAL_TYPE (BillingAct, billing_act, BILLING, ACT, BillingRecord)

/**
 * BillingAct:
 *
 * One use of a verb: what a person asks for. Widgets and the command line fill in the properties that the verb
 * needs and give it to the desk. A string that is %NULL was not said; an empty one clears what is there.
 * People, payments, patients and treatments are named by id or by number.
 */
struct _BillingAct {
  BillingRecord parent_instance;

  BillingVerb verb;
  char *subject;       /* (owned) (nullable): what it is done to; PAY-001 or an id */
  char *patient;       /* (owned) (nullable): of a new payment */
  char *treatment;     /* (owned) (nullable): of a payment */
  char *payment_type;  /* (owned) (nullable): nick of BillingPaymentType */
  gboolean has_amount; /* whether @amount was said */
  gint64 amount;       /* minor units of the practice's currency */
  char *due;           /* (owned) (nullable): day */
  char *memo;          /* (owned) (nullable) */
  gboolean draft;      /* create, but do not submit */
  BillingTender tender;
  char *reference;     /* (owned) (nullable): of money that came in or went back */
  char *date;          /* (owned) (nullable): day on which that was; today otherwise */
  BillingRefundReason reason;
  char *notes;         /* (owned) (nullable): on a refund, a cancellation, … */
  char *text;          /* (owned) (nullable): of a note */
  char *file;          /* (owned) (nullable): path of a document */
  char *account;       /* (owned) (nullable): of a person; of a key, Stripe's */
  char *name;          /* (owned) (nullable): of a person or a practice */
  char *role;          /* (owned) (nullable): nick of BillingRole */
  char *passphrase;    /* (owned) (nullable): of a person; empty removes it */
  gboolean retired;    /* the person no longer works here */
  char *time_zone;     /* (owned) (nullable): of the practice */
  char *locale;        /* (owned) (nullable): of the practice */
  char *refund_limit;  /* (owned) (nullable): of the practice, minor units as digits */
  char *method;        /* (owned) (nullable): Stripe's payment method by which a payment is authorised */
  gboolean live;       /* of a key of Stripe's: whether it moves real money */
  char *expires;       /* (owned) (nullable): of a payment link: the last day on which it is open */
  char *link_days;     /* (owned) (nullable): of the practice, days as digits */
  char *address_line;  /* (owned) (nullable): of the practice's letterhead, as the next ones */
  char *city;          /* (owned) (nullable) */
  char *region;        /* (owned) (nullable) */
  char *postal_code;   /* (owned) (nullable) */
  char *country;       /* (owned) (nullable) */
  char *phone;         /* (owned) (nullable) */
  char *email;         /* (owned) (nullable) */
  char *receipt_note;  /* (owned) (nullable): of the practice */
  char *fields;        /* (owned) (nullable): a JSON object of texts under Stripe's own names: of a dispute's evidence, tax
                        * settings, a registration, a payout schedule */
  char *slot;          /* (owned) (nullable): of a dispute's file: the evidence field that it is for */
  char *document;      /* (owned) (nullable): id of a document that is kept already, in place of @file */
  char *currency;      /* (owned) (nullable): ISO 4217, of a payout; the practice's otherwise */
  char *rate;          /* (owned) (nullable): id or number of a billing rate */
  char *code;          /* (owned) (nullable): of a rate or a service */
  char *code_system;   /* (owned) (nullable): CPT, HCPCS or own */
  char *payer;         /* (owned) (nullable): an insurer's name */
  char *payer_kind;    /* (owned) (nullable): nick of BillingPayerKind, or “both” */
  char *billable;      /* (owned) (nullable): of a rate: yes or no */
  char *invoiced;      /* (owned) (nullable): of a rate: yes or no */
  gint64 units;        /* of a service; 0: not said */
  gboolean has_insurer; /* whether the four next ones were said */
  gint64 allowed;      /* minor units; -1: not said */
  gint64 paid;         /* minor units that the insurer paid with this answer */
  gint64 adjusted;     /* minor units that nobody pays */
  gint64 patient_part; /* minor units that are the patient's in all; -1: not said */
  gboolean has_estimate; /* of a payment that is created: whether its amount is an estimate, and the next two were said */
  gint64 estimated;    /* minor units that the patient was estimated to owe */
  gint64 charge;       /* minor units that this is a part of; the insurer whose answer it is from is @payer */
  char *selection;     /* (owned) (nullable): ids or numbers of what it is done to, where that may be many, separated by blanks */
  char *except;        /* (owned) (nullable): likewise, of what is left out of @query */
  gint64 expected;     /* how many @query had when it was chosen; -1: however many */
  BillingQuery *query; /* (owned) (nullable): all that it finds is chosen; no field */
  gint progress;       /* per mille of a long act that is done, read with g_atomic_int_get(); no field */
  char *result;        /* (owned) (nullable): what the desk made: PAY-001, or an id */
  gboolean repeated;   /* the desk found it done already: the same file with the same thing */
  char *remainder;     /* (owned) (nullable): the payment that a part collection left open */
};

BillingAct *billing_act_new        (BillingVerb  verb,
                                    const char  *subject);
BillingAct *billing_act_build_undo (BillingAct  *done);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

/**
 * BillingVerbCase:
 *
 * One use of a verb that succeeds in the practice of billing_verb_cases_make(), done by its administrator. Every verb has at least one.
 */
typedef struct {
  const char *name;
  BillingVerb verb;
  const char *subject; /* (nullable): “refund”, “unsent” and “lost” stand for a refund and intents that wait */
  const char *patient;
  const char *treatment;
  gint64 amount; /* 0: not said */
  BillingTender tender;
  BillingRefundReason reason;
  const char *text;
  const char *account;
  const char *role;
  const char *passphrase;
  const char *refund_limit;
  gboolean draft;
  gboolean retired;
  const char *said; /* (nullable): more of the act, by the names of its fields: “name=Vaccination;payer_kind=both” */
  guint n_audited; /* rows of the audit beyond the one of every act */
} BillingVerbCase;

/* The payment that stands at each status, and when it is there. */
#define BILLING_VERB_CASES_NOW G_GINT64_CONSTANT (1793000000)

extern const BillingVerbCase billing_verb_cases[];
extern const guint billing_n_verb_cases;

const char  *billing_verb_cases_payment   (BillingStatus          status);
void         billing_verb_cases_make      (const char            *folder);
BillingDesk *billing_verb_cases_open      (const char            *folder);
BillingAct  *billing_verb_cases_build_act (const BillingVerbCase *verb_case,
                                           BillingDesk           *desk);
void         billing_verb_cases_act_as    (BillingDesk           *desk,
                                           const char            *account);
gboolean     billing_verb_cases_do        (BillingDesk           *desk,
                                           const BillingVerbCase *verb_case,
                                           GError               **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-kind.h"

/* What happened before the sandbox was started: some numbers for each payment, from which its
   objects are written whenever somebody asks for them. */
typedef struct _BillingSandboxHistory BillingSandboxHistory;

#define BILLING_SANDBOX_NOWHERE G_MAXUINT

/**
 * BillingSandboxPast:
 * @payment_method: a test card's name
 * @currency: a currency, in small letters
 * @amount: in minor units
 * @created: when
 * @refunded: how much of it was given back, or 0
 * @refunded_at: when
 * @evidence: (nullable): how its dispute was answered, in its `uncategorized_text`
 * @customer: (nullable): the customer's id; %NULL: derived from the place
 * @name: (nullable): the customer's
 * @email: (nullable): the customer's; equal ones are one customer
 * @description: (nullable): what for
 * @metadata: (nullable): of payment intent and charge, a JSON object as text
 * @refund_metadata: (nullable): of the refund, likewise
 * @charge: (nullable): the charge's id; %NULL: derived from the place
 * @payment_intent: (nullable): the payment intent's id
 * @refund: (nullable): the refund's id
 *
 * One payment of the past.
 */
typedef struct
{
  const char *payment_method;
  const char *currency;
  gint64 amount;
  gint64 created;
  gint64 refunded;
  gint64 refunded_at;
  const char *evidence;
  const char *customer;
  const char *name;
  const char *email;
  const char *description;
  const char *metadata;
  const char *refund_metadata;
  const char *charge;
  const char *payment_intent;
  const char *refund;
} BillingSandboxPast;

BillingSandboxHistory *billing_sandbox_history_new (guint64 seed, gint64 until);
void billing_sandbox_history_free (BillingSandboxHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxHistory, billing_sandbox_history_free)

gboolean billing_sandbox_history_add (BillingSandboxHistory *self, const BillingSandboxPast *past,
                                      GError **error);
void billing_sandbox_history_add_some (BillingSandboxHistory *self, guint n);
gboolean billing_sandbox_history_add_lines (BillingSandboxHistory *self, const char *text,
                                            GError **error);
void billing_sandbox_history_close (BillingSandboxHistory *self, const char *bank);

gint64 billing_sandbox_history_begin (BillingSandboxHistory *self);
gint64 billing_sandbox_history_end (BillingSandboxHistory *self);
guint billing_sandbox_history_count (BillingSandboxHistory *self, BillingSandboxKind kind);
guint billing_sandbox_history_find (BillingSandboxHistory *self, const char *id,
                                    BillingSandboxKind *kind);
guint billing_sandbox_history_place (BillingSandboxHistory *self, BillingSandboxKind kind,
                                     gint64 created);
gint64 billing_sandbox_history_created (BillingSandboxHistory *self, BillingSandboxKind kind,
                                        guint place);
gboolean billing_sandbox_history_settled (BillingSandboxHistory *self, guint place);
char *billing_sandbox_history_id (BillingSandboxHistory *self, BillingSandboxKind kind,
                                  guint place);
void billing_sandbox_history_write (BillingSandboxHistory *self, BillingSandboxKind kind,
                                    guint place, gboolean with_private, GString *text);
const char *billing_sandbox_history_constant (BillingSandboxHistory *self, BillingSandboxKind kind,
                                              guint place, const char *member);
GArray *billing_sandbox_history_where (BillingSandboxHistory *self, BillingSandboxKind kind,
                                       const char *member, const char *value);

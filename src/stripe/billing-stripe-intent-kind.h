/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "billing-history.h"

G_BEGIN_DECLS

/*
 * Private to the room: what each kind of intent does at Stripe, and how it is told that it was done.
 *
 * To add a kind, add a row to the table in billing-stripe-intent-kind.c, one to that of billing-desk-intent.c (its verb, and
 * what the books do when it is done or will never be) and one to that of billing-outbox-format.c (its name in the queue). Of an
 * intent that is of no payment the subject is the id of Stripe's object, or the name of what there is one of.
 */

/* How it is found out whether an intent was done whose answer was lost for good. */
typedef enum
{
  BILLING_STRIPE_FIND_BY_STATE, /* by the object that it changes: it is as @find_problem wants it */
  BILLING_STRIPE_FIND_BY_MATCH, /* by the object, or what there is one of, that it changes: it says what the request said */
  BILLING_STRIPE_FIND_BY_MARK,  /* by the list of what its path makes: one carries our mark in its metadata */
  BILLING_STRIPE_FIND_IN_LIST,  /* by that list too: one has no metadata, and says what the request said */
} BillingStripeFinding;

typedef enum
{
  BILLING_STRIPE_KIND_PLAIN = 0,
  BILLING_STRIPE_KIND_CLOSES = 1 << 0,    /* a page: what Stripe does not know is closed as well */
  BILLING_STRIPE_KIND_MAY_RUN = 1 << 1,   /* it ends by itself as well: Stripe's no is decided by how it stands */
  BILLING_STRIPE_KIND_OF_CHARGE = 1 << 2, /* lists are narrowed to the charge that the request names */
  BILLING_STRIPE_KIND_UPLOAD = 1 << 3,    /* its body is a description; a file is sent, which the mirror does not keep */
} BillingStripeKindFlags;

typedef struct
{
  const char *kind;
  const char *object; /* what Stripe's `object` says of what it makes or changes, mirrored or a single */
  guint place;        /* where the id stands in the path: 3 of "/v1/payouts/po_1/cancel"; 0: it makes one, or changes a single */
  BillingStripeFinding finding;
  BillingStripeKindFlags flags;
  /* (nullable): why the object is not what the intent was to bring about, in words; NULL where it is. Without this function
   * what Stripe did not refuse is done. */
  char *(*find_problem) (JsonObject *object);
} BillingStripeIntentKind;

/* Of kinds that this version does not know: NULL. */
const BillingStripeIntentKind *billing_stripe_intent_kind_find   (BillingIntent *intent);

/* Returns (transfer full) (nullable): the id of what it changes, unescaped */
char                          *billing_stripe_intent_get_target  (BillingIntent *intent);
/* What the objects are that it makes or changes. */
const char                    *billing_stripe_intent_get_object  (BillingIntent *intent);
gboolean                       billing_stripe_intent_has_flag    (BillingIntent          *intent,
                                                                  BillingStripeKindFlags  flag);
char                          *billing_stripe_intent_find_problem (BillingIntent *intent,
                                                                  JsonObject    *object);

/* Whether an object of Stripe's says what the intent's request said: each parameter that Stripe shows again. */
gboolean                       billing_stripe_intent_matches     (BillingIntent *intent,
                                                                  JsonObject    *object);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "billing-json-grammar.h"

G_BEGIN_DECLS

/*
 * Private to the room: JSON that came over the network is looked through once, without a tree; and
 * what is read of a tree where there must be one.
 */

/* @at is where the machine stands, behind what it reports. Returns what is wrong, or NULL. */
typedef const char *(*BillingStripeJsonFunc) (gpointer                   data,
                                              BillingJsonEvent           event,
                                              const BillingJsonGrammar  *grammar,
                                              const guint8              *at);

/* Returns what is wrong with @body as one JSON object, in words without a full stop, or NULL.
 * @func hears of what is at most @depth brackets deep. */
const char *billing_stripe_json_scan (GBytes                *body,
                                      gsize                  depth,
                                      BillingStripeJsonFunc  func,
                                      gpointer               data);

/* Of Stripe's objects: a text, or the id of an object in its place; NULL where there is neither, or
 * no @object. */
const char *billing_stripe_json_peek_text   (JsonObject *object,
                                             const char *name);

/* Likewise an object. */
JsonObject *billing_stripe_json_peek_object (JsonObject *object,
                                             const char *name);

G_END_DECLS

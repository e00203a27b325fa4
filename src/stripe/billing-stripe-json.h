/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "billing-json-grammar.h"

G_BEGIN_DECLS

/*
 * Private to the room: JSON that came over the network is looked through once, without a tree.
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

G_END_DECLS

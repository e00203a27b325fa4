/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-stripe-answer.h"
#include "billing-stripe-key.h"
#include "billing-stripe-request.h"

G_BEGIN_DECLS

/*
 * Private to the room: one SoupSession, which serves every thread that asks, each of which waits
 * for its answer.
 *
 * libsoup sends from any thread since 3.2. It would share a connection of HTTP/2 among requests
 * that are asynchronous and from one thread, but its asynchronous way crashes in 3.2.3 where a
 * connection breaks between the head of an answer and its callback.
 */
typedef struct _BillingStripeWire BillingStripeWire;

#define BILLING_STRIPE_MAX_ANSWER (16 * 1024 * 1024)

/* @timeout in seconds: how long a connection may be silent. @is_direct: no proxy. */
BillingStripeWire   *billing_stripe_wire_new  (GUri                  *base,
                                               BillingStripeKey      *key,
                                               guint                  timeout,
                                               gboolean               is_direct);

void                 billing_stripe_wire_free (BillingStripeWire     *self);

/* Sends once. NULL where there is no answer: with BILLING_STRIPE_ERROR_OFFLINE, _TIMEOUT or
 * _UNREADABLE (over 16 MiB), or G_IO_ERROR_CANCELLED. Any status is an answer. */
BillingStripeAnswer *billing_stripe_wire_send (BillingStripeWire     *self,
                                               BillingStripeRequest  *request,
                                               GCancellable          *cancellable,
                                               GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeWire, billing_stripe_wire_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-sandbox-fault.h"

typedef struct _BillingSandboxServer BillingSandboxServer;

BillingSandboxServer *billing_sandbox_server_new (guint16 port, guint latency, guint64 seed,
                                                  GError **error);
/**
 * BillingSandboxOptions:
 * @port: the port on 127.0.0.1, or 0 for any free one
 * @latency: how many milliseconds each request takes
 * @seed: equal seeds and equal requests give equal ids
 * @payments: how many payments were made in the two years before
 * @rate: how many requests a second are answered; more get a 429; 0: all
 * @history: (nullable): a file of payments that were made before
 * @account: (nullable): what Stripe wants to know of the account and what it switched off, as the body of POST
 *   /sandbox/account
 * @state: (nullable): a file from which it goes on, and to which it is written
 */
typedef struct
{
  guint16 port;
  guint latency;
  guint64 seed;
  guint payments;
  guint rate;
  const char *history;
  const char *account;
  const char *state;
} BillingSandboxOptions;

BillingSandboxServer *billing_sandbox_server_new_with_options (const BillingSandboxOptions *options,
                                                               GError **error);
void billing_sandbox_server_free (BillingSandboxServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxServer, billing_sandbox_server_free)

char *billing_sandbox_server_get_url (BillingSandboxServer *self);

/* For tests, from any thread. */
void billing_sandbox_server_add_fault (BillingSandboxServer *self,
                                       const BillingSandboxFault *fault);
void billing_sandbox_server_clear_faults (BillingSandboxServer *self);
guint64 billing_sandbox_server_count_requests (BillingSandboxServer *self, const char *method,
                                               const char *path);
gint64 billing_sandbox_server_get_now (BillingSandboxServer *self);
void billing_sandbox_server_advance (BillingSandboxServer *self, gint64 seconds);
char *billing_sandbox_server_read (BillingSandboxServer *self, const char *id);
guint64 billing_sandbox_server_count (BillingSandboxServer *self, const char *object);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

typedef struct _BillingSandboxServer BillingSandboxServer;

BillingSandboxServer *billing_sandbox_server_new (guint16 port, guint latency, guint64 seed,
                                                  GError **error);
void billing_sandbox_server_free (BillingSandboxServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxServer, billing_sandbox_server_free)

char *billing_sandbox_server_get_url (BillingSandboxServer *self);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-memory.h"
#include "billing-sandbox-server.h"
#include "billing-sandbox.h"

/* A sandbox in a file. */
typedef struct _BillingSandboxState BillingSandboxState;

BillingSandboxState *billing_sandbox_state_open (const BillingSandboxOptions *options,
                                                 BillingSandbox *sandbox,
                                                 BillingSandboxMemory *memory, GError **error);
void billing_sandbox_state_touch (BillingSandboxState *self);
gboolean billing_sandbox_state_write (BillingSandboxState *self, GError **error);
void billing_sandbox_state_free (BillingSandboxState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxState, billing_sandbox_state_free)

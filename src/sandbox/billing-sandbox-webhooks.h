/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/* Delivers events to webhook endpoints. */
typedef struct _BillingSandboxWebhooks BillingSandboxWebhooks;

BillingSandboxWebhooks *billing_sandbox_webhooks_new (BillingSandbox *sandbox, GMutex *lock);
void billing_sandbox_webhooks_free (BillingSandboxWebhooks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxWebhooks, billing_sandbox_webhooks_free)

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

/* How often each endpoint was asked for. */
typedef struct _BillingSandboxRequests BillingSandboxRequests;

BillingSandboxRequests *billing_sandbox_requests_new (void);
void billing_sandbox_requests_free (BillingSandboxRequests *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxRequests, billing_sandbox_requests_free)

void billing_sandbox_requests_count (BillingSandboxRequests *self, const char *method,
                                     const char *pattern);
guint64 billing_sandbox_requests_sum (BillingSandboxRequests *self, const char *method,
                                      const char *path);
void billing_sandbox_requests_clear (BillingSandboxRequests *self);
JsonObject *billing_sandbox_requests_list (BillingSandboxRequests *self);

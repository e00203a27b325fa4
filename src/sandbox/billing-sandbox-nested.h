/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-call.h"

gboolean billing_sandbox_call_enter (BillingSandboxCall *call, const char *name, JsonObject *given,
                                     const char *description, BillingSandboxCall *inner);
gboolean billing_sandbox_call_enter_param (BillingSandboxCall *call, const char *name,
                                           const char *description, BillingSandboxCall *inner);
gboolean billing_sandbox_call_leave (BillingSandboxCall *call, const char *name,
                                     BillingSandboxCall *inner);
void billing_sandbox_call_drop_empty (JsonObject *params, const char *names);
JsonObject *billing_sandbox_page_of (BillingSandboxCall *call, JsonArray *all, const char *label,
                                     const char *url);

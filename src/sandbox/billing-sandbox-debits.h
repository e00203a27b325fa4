/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

gboolean billing_sandbox_debit_check (BillingSandboxCall *call, JsonObject *intent,
                                      JsonObject *method);
void billing_sandbox_debit_begin (BillingSandbox *self, JsonObject *intent, JsonObject *charge);
void billing_sandbox_debit_cancel (BillingSandbox *self, JsonObject *charge);

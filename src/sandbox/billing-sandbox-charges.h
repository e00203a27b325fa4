/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

JsonObject *billing_sandbox_charge_new (BillingSandbox *self, JsonObject *intent,
                                        JsonObject *method);
gboolean billing_sandbox_charge_failed (JsonObject *charge);
void billing_sandbox_charge_collect (BillingSandbox *self, JsonObject *charge, gint64 settles);
void billing_sandbox_charge_capture (BillingSandbox *self, JsonObject *charge, gint64 amount);
gint64 billing_sandbox_charge_fee (gint64 amount, gboolean debit);

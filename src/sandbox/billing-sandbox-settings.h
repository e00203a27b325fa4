/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/* What the account's settings say, for the parts of the sandbox that go by them. */
JsonObject *billing_sandbox_settings_get (BillingSandbox *self, BillingSandboxKind kind);
gint64 billing_sandbox_settings_delay (BillingSandbox *self);
gboolean billing_sandbox_settings_pay_out_today (BillingSandbox *self);
gboolean billing_sandbox_account_begin (BillingSandbox *self, const char *form, GError **error);
void billing_sandbox_settings_describe (BillingSandbox *self, JsonObject *account);

/* What a tax registration says of its country. */
gboolean billing_sandbox_tax_take_country (BillingSandboxCall *call, JsonObject *registration);

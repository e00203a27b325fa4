/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/* What a session or a link says of the payment to be made, for the description of parameters. */
#define BILLING_SANDBOX_INTENT_DATA                                                                \
  "capture_method:e=automatic,automatic_async,manual description:s metadata:m receipt_email:s "    \
  "setup_future_usage:e=on_session,off_session statement_descriptor:s "                            \
  "statement_descriptor_suffix:s transfer_group:s"

JsonObject *billing_sandbox_session_open (BillingSandbox *self, JsonArray *items);
void billing_sandbox_session_keep (BillingSandbox *self, JsonObject *session);
void billing_sandbox_session_pay (BillingSandbox *self, JsonObject *session, const char *method,
                                  const char *name, const char *email, BillingSandboxCall *result);
gboolean billing_sandbox_session_holds (BillingSandbox *self, JsonObject *intent);
void billing_sandbox_session_follow (BillingSandbox *self, const char *type, JsonObject *intent);

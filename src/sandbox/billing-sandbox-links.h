/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

gboolean billing_sandbox_link_is_used_up (JsonObject *link);
void billing_sandbox_link_count (BillingSandbox *self, const char *id);
JsonObject *billing_sandbox_link_visit (BillingSandbox *self, JsonObject *link, const char *email,
                                        const char *reference);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

gboolean billing_sandbox_intent_authenticate (BillingSandbox *self, JsonObject *intent,
                                              gboolean complete);

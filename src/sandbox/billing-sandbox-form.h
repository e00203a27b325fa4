/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

JsonObject *billing_sandbox_form_decode (const char *text);

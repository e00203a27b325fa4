/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

/* Small conveniences over json-glib, for code that builds and compares whole objects. */

JsonObject *billing_sandbox_json_parse (const char *text);
char *billing_sandbox_json_text (JsonObject *object);
JsonObject *billing_sandbox_json_copy (JsonObject *object);
JsonObject *billing_sandbox_json_child (JsonObject *object, const char *name);
gint64 billing_sandbox_json_int (JsonObject *object, const char *name, gint64 fallback);
const char *billing_sandbox_json_string (JsonObject *object, const char *name);
gboolean billing_sandbox_json_bool (JsonObject *object, const char *name);
void billing_sandbox_json_assign (JsonObject *target, JsonObject *source, const char *name);
JsonObject *billing_sandbox_json_before (JsonObject *before, JsonObject *after);

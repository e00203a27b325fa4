/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

/**
 * BillingSandboxCall:
 * @id: (nullable): the id in the path
 * @params: the parameters, typed once they have been checked
 * @request_id: the name of this request
 * @idempotency_key: (nullable): the client's name for it
 * @status: the HTTP status of the answer
 * @error: (nullable): what went wrong
 * @text: (nullable): the answer, where it was written as text
 * @upload: (nullable): the file that came with it
 * @content: (nullable): what is answered in place of JSON
 * @content_type: (nullable): what @content is
 * @location: (nullable): where a browser goes on
 *
 * One request while it is answered.
 */
typedef struct
{
  char *id;
  JsonObject *params;
  char *request_id;
  char *idempotency_key;
  guint status;
  JsonObject *error;
  char *text;
  GBytes *upload;
  GBytes *content;
  char *content_type;
  char *location;
} BillingSandboxCall;

void billing_sandbox_call_clear (BillingSandboxCall *call);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingSandboxCall, billing_sandbox_call_clear)

JsonObject *billing_sandbox_error_new (const char *type, const char *code, const char *param,
                                       const char *message);
gpointer billing_sandbox_fail (BillingSandboxCall *call, guint status, const char *code,
                               const char *param, const char *format, ...) G_GNUC_PRINTF (5, 6);
gpointer billing_sandbox_fail_with (BillingSandboxCall *call, guint status, JsonObject *error);
gboolean billing_sandbox_call_check (BillingSandboxCall *call, const char *description);
gboolean billing_sandbox_call_check_currency (BillingSandboxCall *call);
gboolean billing_sandbox_call_has (BillingSandboxCall *call, const char *name);
const char *billing_sandbox_call_string (BillingSandboxCall *call, const char *name);
JsonObject *billing_sandbox_call_answer (BillingSandboxCall *call, const char *type, GBytes *content);
JsonObject *billing_sandbox_call_answer_page (BillingSandboxCall *call, const char *title,
                                              const char *body);
void billing_sandbox_call_apply (BillingSandboxCall *call, JsonObject *object, const char *names);

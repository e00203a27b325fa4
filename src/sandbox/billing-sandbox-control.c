/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include "billing-sandbox-json.h"

/* The endpoints under /sandbox, which are ours and not Stripe's, except the clock's. */

static guint
read_count (BillingSandboxCall *call,
            const char         *name)
{
  gint64 value = billing_sandbox_json_int (call->params, name, 0);

  if (value < 0 || value > G_MAXINT)
    {
      billing_sandbox_fail (call, 400, "parameter_invalid_integer", name,
                            "This value must be between 0 and %d.", G_MAXINT);
      return 0;
    }

  return (guint) value;
}

JsonObject *
billing_sandbox_faults_post (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  BillingSandboxFaults *faults = billing_sandbox_get_faults (self);
  BillingSandboxFault fault = {
    .kind = billing_sandbox_fault_kind (billing_sandbox_call_string (call, "kind")),
    .method = billing_sandbox_call_string (call, "method"),
    .path = billing_sandbox_call_string (call, "path"),
    .times = read_count (call, "times"),
    .after = read_count (call, "after"),
    .ms = read_count (call, "ms"),
    .status = read_count (call, "status"),
    .code = billing_sandbox_call_string (call, "code"),
    .reason = billing_sandbox_call_string (call, "reason"),
    .should_retry = billing_sandbox_call_string (call, "should_retry"),
    .done = billing_sandbox_json_bool (call->params, "done"),
  };

  if (call->error != NULL)
    return NULL;
  if (fault.kind == BILLING_SANDBOX_FAULT_STATUS && (fault.status < 400 || fault.status > 599))
    return billing_sandbox_fail (call, 400, "parameter_invalid_integer", "status",
                                 "A fault's status is between 400 and 599.");

  billing_sandbox_faults_add (faults, &fault);
  return billing_sandbox_faults_list (faults);
}

JsonObject *
billing_sandbox_faults_get (BillingSandbox     *self,
                            BillingSandboxCall *call)
{
  return billing_sandbox_faults_list (billing_sandbox_get_faults (self));
}

JsonObject *
billing_sandbox_faults_delete (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  billing_sandbox_faults_clear (billing_sandbox_get_faults (self));
  return billing_sandbox_faults_list (billing_sandbox_get_faults (self));
}

JsonObject *
billing_sandbox_requests_get (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  return billing_sandbox_requests_list (billing_sandbox_get_requests (self));
}

JsonObject *
billing_sandbox_requests_delete (BillingSandbox     *self,
                                 BillingSandboxCall *call)
{
  billing_sandbox_requests_clear (billing_sandbox_get_requests (self));
  return billing_sandbox_requests_list (billing_sandbox_get_requests (self));
}

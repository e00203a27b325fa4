/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/**
 * BillingSandboxRoute:
 * @method: the HTTP method
 * @path: the path, in which "*" is an id
 * @params: what it may be given, as billing_sandbox_call_check() reads it
 * @handler: (nullable): what answers; without one, objects of @kind are got or listed
 * @kind: the kind that is got or listed
 * @filters: (nullable): what its list can be filtered by
 * @open: a page for browsers, which have no key
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *params;
  BillingSandboxHandler handler;
  BillingSandboxKind kind;
  const char *filters;
  gboolean open;
} BillingSandboxRoute;

const BillingSandboxRoute *billing_sandbox_route_find (const char *method, const char *path,
                                                       char **id);
JsonObject *billing_sandbox_route_answer (const BillingSandboxRoute *route, BillingSandbox *sandbox,
                                          BillingSandboxCall *call, const char *path);
gboolean billing_sandbox_route_check (const BillingSandboxRoute *route, BillingSandboxCall *call);

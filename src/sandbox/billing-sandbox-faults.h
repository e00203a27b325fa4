/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "billing-sandbox-fault.h"

void billing_sandbox_fault_clear (BillingSandboxFault *fault);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingSandboxFault, billing_sandbox_fault_clear)
BillingSandboxFaultKind billing_sandbox_fault_kind (const char *name);
gboolean billing_sandbox_fault_parse (BillingSandboxFault *fault, const char *text);
gboolean billing_sandbox_fault_is_done (const BillingSandboxFault *fault);
JsonObject *billing_sandbox_fault_error (const BillingSandboxFault *fault);
char *billing_sandbox_fault_distort (const BillingSandboxFault *fault, char *body,
                                     const char *earlier);

/* The faults that are to come, in the order in which they were asked for. */
typedef struct _BillingSandboxFaults BillingSandboxFaults;

BillingSandboxFaults *billing_sandbox_faults_new (void);
void billing_sandbox_faults_free (BillingSandboxFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxFaults, billing_sandbox_faults_free)

void billing_sandbox_faults_add (BillingSandboxFaults *self, const BillingSandboxFault *fault);
void billing_sandbox_faults_clear (BillingSandboxFaults *self);
gboolean billing_sandbox_faults_take (BillingSandboxFaults *self, const char *method,
                                      const char *path, BillingSandboxFault *fault);
JsonObject *billing_sandbox_faults_list (BillingSandboxFaults *self);

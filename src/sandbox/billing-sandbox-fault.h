/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* What a fault has as its method that strikes deliveries to webhook endpoints; its path is the
   type of their events. */
#define BILLING_SANDBOX_DELIVERY "WEBHOOK"

/**
 * BillingSandboxFaultKind:
 * @BILLING_SANDBOX_FAULT_NONE: none
 * @BILLING_SANDBOX_FAULT_LATENCY: answered as ever, but late
 * @BILLING_SANDBOX_FAULT_STATUS: an error with any HTTP status
 * @BILLING_SANDBOX_FAULT_LOST: the work is done; the connection is closed without an answer
 * @BILLING_SANDBOX_FAULT_REFUSED: the connection is closed before any work
 * @BILLING_SANDBOX_FAULT_TORN: the work is done; the connection is closed in the middle of the body
 * @BILLING_SANDBOX_FAULT_CUT: the work is done; half of the body comes as if it were all
 * @BILLING_SANDBOX_FAULT_HANG: the work is done; no answer comes until the client gives up
 * @BILLING_SANDBOX_FAULT_NOTICE: answered as ever, with @reason in the header Stripe-Notice
 * @BILLING_SANDBOX_FAULT_REPEAT: a list's page is the one that was answered before
 * @BILLING_SANDBOX_FAULT_DUPLICATE: a list's page has its first object twice
 * @BILLING_SANDBOX_FAULT_SHUFFLE: a list's page is not in order
 * @BILLING_SANDBOX_FAULT_LATE: the second newest object of a list's page is not there yet
 */
typedef enum
{
  BILLING_SANDBOX_FAULT_NONE,
  BILLING_SANDBOX_FAULT_LATENCY,
  BILLING_SANDBOX_FAULT_STATUS,
  BILLING_SANDBOX_FAULT_LOST,
  BILLING_SANDBOX_FAULT_REFUSED,
  BILLING_SANDBOX_FAULT_TORN,
  BILLING_SANDBOX_FAULT_CUT,
  BILLING_SANDBOX_FAULT_HANG,
  BILLING_SANDBOX_FAULT_NOTICE,
  BILLING_SANDBOX_FAULT_REPEAT,
  BILLING_SANDBOX_FAULT_DUPLICATE,
  BILLING_SANDBOX_FAULT_SHUFFLE,
  BILLING_SANDBOX_FAULT_LATE,
} BillingSandboxFaultKind;

/**
 * BillingSandboxFault:
 * @kind: what goes wrong
 * @method: (nullable): the HTTP method of the requests that it strikes; %NULL: any
 * @path: (nullable): their path, in which "*" stands for anything; %NULL: any
 * @times: how many requests it strikes; 0: one
 * @after: how many requests it lets pass before
 * @ms: how many milliseconds the answer takes, with any kind
 * @status: the HTTP status of a status fault
 * @code: (nullable): its error code; %NULL: what Stripe says with that status
 * @reason: (nullable): its Stripe-Rate-Limited-Reason; of a notice, its words
 * @should_retry: (nullable): its Stripe-Should-Retry, "true" or "false"
 * @done: whether the work is done before it, and the error kept under the idempotency key
 *
 * What goes wrong with some requests.  Requests under /sandbox are spared.
 */
typedef struct
{
  BillingSandboxFaultKind kind;
  const char *method;
  const char *path;
  guint times;
  guint after;
  guint ms;
  guint status;
  const char *code;
  const char *reason;
  const char *should_retry;
  gboolean done;
} BillingSandboxFault;

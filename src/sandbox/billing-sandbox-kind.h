/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

/* The kinds of object that have an id and are kept. */
typedef enum
{
  BILLING_SANDBOX_CUSTOMER,
  BILLING_SANDBOX_PAYMENT_METHOD,
  BILLING_SANDBOX_PAYMENT_INTENT,
  BILLING_SANDBOX_CHARGE,
  BILLING_SANDBOX_REFUND,
  BILLING_SANDBOX_BALANCE_TRANSACTION,
  BILLING_SANDBOX_PAYOUT,
  BILLING_SANDBOX_EVENT,
  BILLING_SANDBOX_BANK_ACCOUNT,
  BILLING_SANDBOX_SESSION,
  BILLING_SANDBOX_LINK,
  BILLING_SANDBOX_PRODUCT,
  BILLING_SANDBOX_PRICE,
  BILLING_SANDBOX_INVOICE,
  BILLING_SANDBOX_INVOICE_ITEM,
  BILLING_SANDBOX_INVOICE_PAYMENT,
  BILLING_SANDBOX_BALANCE_SETTINGS,
  BILLING_SANDBOX_TAX_SETTINGS,
  BILLING_SANDBOX_TAX_REGISTRATION,
  BILLING_SANDBOX_DISPUTE,
  BILLING_SANDBOX_WARNING,
  BILLING_SANDBOX_FILE,
  BILLING_SANDBOX_FILE_CONTENT,
  BILLING_SANDBOX_WEBHOOK_ENDPOINT,
  BILLING_SANDBOX_CONDITION,
  BILLING_SANDBOX_N_KINDS,
} BillingSandboxKind;

/**
 * BillingSandboxKindInfo:
 * @object: what the member "object" says
 * @label: what "No such ..." calls it
 * @prefix: what its ids begin with
 * @length: how many random characters follow
 * @url: where it is listed
 * @indexed: the members that lists are filtered by, separated by spaces
 * @template: a new one, with every field
 */
typedef struct
{
  const char *object;
  const char *label;
  const char *prefix;
  guint length;
  const char *url;
  const char *indexed;
  const char *template;
} BillingSandboxKindInfo;

const BillingSandboxKindInfo *billing_sandbox_kind_info (BillingSandboxKind kind);
int billing_sandbox_kind_of (JsonObject *object);
int billing_sandbox_kind_from_name (const char *name);
JsonObject *billing_sandbox_kind_template (BillingSandboxKind kind);
JsonObject *billing_sandbox_kind_new (BillingSandboxKind kind);
JsonObject *billing_sandbox_account_new (gint64 created);
extern const char billing_sandbox_condition_template[];

#define BILLING_SANDBOX_ACCOUNT "acct_1SandboxClinic0001"

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/* What a charge of a test card or account comes to. */
typedef enum
{
  BILLING_SANDBOX_SUCCEEDS,
  BILLING_SANDBOX_DECLINES,
  BILLING_SANDBOX_BLOCKS,
  BILLING_SANDBOX_ASKS,
} BillingSandboxOutcome;

typedef enum
{
  BILLING_SANDBOX_PLAIN,
  BILLING_SANDBOX_REFUND_PENDS,
  BILLING_SANDBOX_REFUND_FAILS,
  BILLING_SANDBOX_BYPASSES_PENDING,
  BILLING_SANDBOX_ELEVATED_RISK,
  BILLING_SANDBOX_DISPUTED_AS_FRAUD,
  BILLING_SANDBOX_DISPUTED_AS_MISSING,
  BILLING_SANDBOX_DISPUTED_TWICE,
  BILLING_SANDBOX_INQUIRED,
  BILLING_SANDBOX_WARNED,
  BILLING_SANDBOX_DECLINES_LATER,
  BILLING_SANDBOX_RETURNED,
  BILLING_SANDBOX_STAYS_PROCESSING,
} BillingSandboxTrait;

/**
 * BillingSandboxTestCard:
 * @name: the id by which clients name it
 * @brand: its brand
 * @last4: its last digits
 * @funding: credit or debit
 * @outcome: what charging it comes to
 * @code: (nullable): the error's code
 * @decline_code: (nullable): why it was declined
 * @message: (nullable): the sentence for the payer
 * @trait: what else is special
 * @account: (nullable): of a bank account, its number
 */
typedef struct
{
  const char *name;
  const char *brand;
  const char *last4;
  const char *funding;
  BillingSandboxOutcome outcome;
  const char *code;
  const char *decline_code;
  const char *message;
  BillingSandboxTrait trait;
  const char *account;
} BillingSandboxTestCard;

const BillingSandboxTestCard *billing_sandbox_test_card (JsonObject *payment_method);
const BillingSandboxTestCard *billing_sandbox_test_card_named (const char *name);
const BillingSandboxTestCard *billing_sandbox_test_card_of_account (const char *number);
BillingSandboxTrait billing_sandbox_trait_of (BillingSandbox *self, JsonObject *charge);
JsonObject *billing_sandbox_payment_method_new (BillingSandbox *self,
                                                const BillingSandboxTestCard *card);
JsonObject *billing_sandbox_payment_method_find (BillingSandbox *self, BillingSandboxCall *call,
                                                 const char *id);
gboolean billing_sandbox_payment_method_belongs (BillingSandboxCall *call, JsonObject *method,
                                                 const char *customer);
void billing_sandbox_payment_method_join (BillingSandbox *self, JsonObject *method,
                                          const char *customer);
gboolean billing_sandbox_is_debit (JsonObject *object);

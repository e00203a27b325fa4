/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/* What a charge of a test card comes to. */
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
} BillingSandboxTestCard;

const BillingSandboxTestCard *billing_sandbox_test_card (JsonObject *payment_method);

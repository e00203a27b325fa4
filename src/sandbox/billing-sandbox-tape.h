/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-kind.h"
#include "billing-sandbox.h"

/* A payment of the history is not written by code of its own.  A sandbox on the side does one such
   payment, and what it made is kept as a tape: the texts of its objects and events, with gaps where
   ids, amounts, times and names were.  To play the tape for another payment is to fill the gaps. */

/* How long after a payment its dispute was answered, seconds. */
#define BILLING_SANDBOX_ANSWERED_AFTER (BILLING_SANDBOX_DAY + 5400)

typedef enum
{
  BILLING_SANDBOX_PAID,
  BILLING_SANDBOX_REFUNDED,
  BILLING_SANDBOX_PARTLY_REFUNDED,
} BillingSandboxEnding;

/* Whom an id belongs to. */
typedef enum
{
  BILLING_SANDBOX_OWN,
  BILLING_SANDBOX_ITS_CUSTOMER,
  BILLING_SANDBOX_ITS_PAYOUT,
} BillingSandboxOwner;

/* What a number is counted from. */
typedef enum
{
  BILLING_SANDBOX_FROM_NOTHING,
  BILLING_SANDBOX_FROM_AMOUNT,
  BILLING_SANDBOX_FROM_FEE,
  BILLING_SANDBOX_FROM_NET,
  BILLING_SANDBOX_FROM_PART,
  BILLING_SANDBOX_FROM_CREATED,
  BILLING_SANDBOX_FROM_LATER,
  BILLING_SANDBOX_FROM_CREATED_DAY,
  BILLING_SANDBOX_FROM_LATER_DAY,
  BILLING_SANDBOX_FROM_CREATED_NIGHT,
} BillingSandboxBase;

typedef enum
{
  BILLING_SANDBOX_GAP_ID,
  BILLING_SANDBOX_GAP_NUMBER,
  BILLING_SANDBOX_GAP_RANDOM,
  BILLING_SANDBOX_GAP_NAME,
  BILLING_SANDBOX_GAP_EMAIL,
  BILLING_SANDBOX_GAP_DESCRIPTION,
  BILLING_SANDBOX_GAP_METADATA,
} BillingSandboxGapType;

/**
 * BillingSandboxNumber:
 * @base: what it is counted from
 * @negative: whether the base is taken away from @offset, not added
 * @offset: what is added: minor units, seconds, or days
 */
typedef struct
{
  BillingSandboxBase base;
  gboolean negative;
  gint64 offset;
} BillingSandboxNumber;

/**
 * BillingSandboxGap:
 * @type: what goes there
 * @whole: whether it is a whole value, with its quotation marks, and so may be null
 * @owner: whose id
 * @kind: an id's kind
 * @ordinal: which of that kind, or which random text; of metadata, whether it is a refund's
 * @length: of a random text
 * @number: what number
 */
typedef struct
{
  BillingSandboxGapType type;
  gboolean whole;
  BillingSandboxOwner owner;
  BillingSandboxKind kind;
  guint ordinal;
  guint length;
  BillingSandboxNumber number;
} BillingSandboxGap;

/* A text with gaps. */
typedef struct _BillingSandboxForm BillingSandboxForm;

/**
 * BillingSandboxFill:
 * @text: where to write
 * @gap: what to write there
 * @data: what was given with the function
 */
typedef void (*BillingSandboxFill) (GString *text, const BillingSandboxGap *gap, gpointer data);

void billing_sandbox_form_write (const BillingSandboxForm *form, gboolean with_private,
                                 GString *text, BillingSandboxFill fill, gpointer data);

/**
 * BillingSandboxTapeItem:
 * @kind: what it is
 * @ordinal: which of that kind on this tape
 * @created: when it is made
 * @net: a balance transaction's net amount
 * @available_on: when it can be paid out
 * @sample: (owned): the object from which the form was made
 * @form: (owned): its form
 */
typedef struct
{
  BillingSandboxKind kind;
  guint ordinal;
  BillingSandboxNumber created;
  BillingSandboxNumber net;
  BillingSandboxNumber available_on;
  JsonObject *sample;
  BillingSandboxForm *form;
} BillingSandboxTapeItem;

typedef struct _BillingSandboxTape BillingSandboxTape;

BillingSandboxTape *billing_sandbox_tape_new_customer (void);
BillingSandboxTape *billing_sandbox_tape_new_payment (const char *payment_method,
                                                      const char *currency,
                                                      BillingSandboxEnding ending, guint days,
                                                      const char *evidence, GError **error);
BillingSandboxTape *billing_sandbox_tape_new_payout (const char *currency);
void billing_sandbox_tape_free (BillingSandboxTape *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxTape, billing_sandbox_tape_free)

guint billing_sandbox_tape_length (BillingSandboxTape *self);
const BillingSandboxTapeItem *billing_sandbox_tape_item (BillingSandboxTape *self, guint i);
const BillingSandboxGap *billing_sandbox_tape_gap (BillingSandboxTape *self, const char *value);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-types.h"

G_BEGIN_DECLS

/**
 * BILLING_MESSAGE_LINK_MARK:
 *
 * What stands in a message where its payment link is still to come (U+FFFC).
 */
#define BILLING_MESSAGE_LINK_MARK "\xEF\xBF\xBC"

#define BILLING_MESSAGE_MAX_SUBJECT 200

/**
 * BillingMessageValues:
 * @patient: the patient's name
 * @number: (nullable): of the invoice, or of the payment
 * @amount: what is owed, or came, ready-made
 * @due: (nullable): the due day, ready-made
 * @link: (nullable): where it can be paid
 * @practice: the practice's name
 *
 * What stands for the placeholders of a template: {patient}, {number} and so on. Nothing else about a patient can.
 */
typedef struct {
  const char *patient;
  const char *number;
  const char *amount;
  const char *due;
  const char *link;
  const char *practice;
} BillingMessageValues;

const char *billing_message_text_get_subject  (BillingMessageKind           kind);
const char *billing_message_text_get_body     (BillingMessageKind           kind);
char       *billing_message_text_find_unknown (const char                  *text);
char       *billing_message_text_expand       (const char                  *text,
                                               const BillingMessageValues  *values);
char       *billing_message_text_set_link     (const char                  *body,
                                               const char                  *link);

G_END_DECLS

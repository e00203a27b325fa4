/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

/**
 * BillingOptionType:
 * @BILLING_OPTION_TEXT: any text
 * @BILLING_OPTION_TEXTS: any text, as often as one likes
 * @BILLING_OPTION_FILE: a file or folder
 * @BILLING_OPTION_FLAG: said or not
 * @BILLING_OPTION_AMOUNT: a plain decimal of the practice's currency: 250.00
 * @BILLING_OPTION_DAY: an ISO day: 2026-12-31
 * @BILLING_OPTION_WORD_OR_TAX: a word of an enumeration, checked with what it is filled into; Stripe's for taxes
 * @BILLING_OPTION_DAY_OR_ID: a day in a filter; a payment for the one command that reads it itself
 * @BILLING_OPTION_WORD: one of the words of an enumeration
 * @BILLING_OPTION_COUNT: a whole number from 0
 * @BILLING_OPTION_SORT: the name of a field, with a - before it for the other direction
 */
typedef enum {
  BILLING_OPTION_TEXT,
  BILLING_OPTION_TEXTS,
  BILLING_OPTION_FILE,
  BILLING_OPTION_FLAG,
  BILLING_OPTION_AMOUNT,
  BILLING_OPTION_DAY,
  BILLING_OPTION_WORD_OR_TAX,
  BILLING_OPTION_DAY_OR_ID,
  BILLING_OPTION_WORD,
  BILLING_OPTION_COUNT,
  BILLING_OPTION_SORT,
} BillingOptionType;

/**
 * BillingOption:
 * @name: after the two dashes
 * @property: (nullable): of the act or query that it fills in; %NULL where the command reads it itself
 * @type: what may be said
 * @get_enum: (nullable): the words of a %BILLING_OPTION_WORD
 * @placeholder: (nullable): what its help shows behind it
 * @description: to be translated
 *
 * An option, which means the same for every command that takes it.
 */
typedef struct {
  const char *name;
  const char *property;
  BillingOptionType type;
  GType (*get_enum) (void);
  const char *placeholder;
  const char *description;
} BillingOption;

const BillingOption *billing_option_find    (const char           *name);
gboolean             billing_option_check   (const BillingOption  *option,
                                             const char           *value,
                                             GError              **error);
gboolean             billing_option_apply   (const BillingOption  *option,
                                             const char           *value,
                                             BillingRecord        *record,
                                             const char           *currency,
                                             GError              **error);
char                *billing_option_words   (GType                 type);

G_END_DECLS

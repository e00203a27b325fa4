/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-account.h"

G_BEGIN_DECLS

/*
 * What Stripe says of an account, in people's words. All return new text: %NULL where Stripe does not say; its own word where nobody
 * knows it yet.
 */

char       *billing_account_format_text        (const char         *text);
char       *billing_account_format_truth       (const char         *text);
char       *billing_account_format_type        (const char         *type);
char       *billing_account_format_mcc         (const char         *code);
char       *billing_account_format_switch      (const char         *word);
char       *billing_account_format_schedule    (BillingStripeAccount *account);
char       *billing_account_format_delay       (const char         *days);
char       *billing_account_format_person      (BillingStripeAccount *account);
char       *billing_account_format_bank        (BillingBankAccount *bank);
char       *billing_account_format_bank_facts  (BillingBankAccount *bank,
                                                const char         *time_zone);
char       *billing_account_format_capability  (const char         *name);
const char *billing_account_format_standing    (const char         *standing);
const char *billing_account_format_style       (const char         *standing);
char       *billing_account_format_requirement (BillingRequirement *requirement);
char       *billing_account_format_want        (BillingRequirement *requirement,
                                                const char         *time_zone);

G_END_DECLS

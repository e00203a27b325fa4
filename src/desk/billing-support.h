/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

/**
 * BILLING_SUPPORT_ADDRESS:
 *
 * Where people write who need help.
 */
#define BILLING_SUPPORT_ADDRESS "billing-support@example.com"

/**
 * billing_support_write_report:
 * @desk: (nullable): a session; %NULL: no practice is open
 * @error: return location for a #BillingStoreError
 *
 * Describes the program, the computer and the practice for somebody who is to help: versions, counts and states, with
 * nothing of patients, amounts, keys or names of people or places. It is in English whatever the user's language, and
 * is shown before it goes anywhere.
 *
 * Returns: (transfer full) (nullable): the report
 */
char *billing_support_write_report (BillingDesk  *desk,
                                    GError      **error);

G_END_DECLS

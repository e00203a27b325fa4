/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Stripe's codes in plain words: what a field of the account's verification asks for, why something was switched off, why a
 * payment, payout or refund failed, why a dispute was opened. A code that nobody knows yet is shown as it is.
 *
 * Tables: “requirement”, “disabled”, “decline”, “payout”, “refund”, “dispute”, “fraud”, “capability”, “stream”.
 */
char *billing_notice_word (const char *table,
                           const char *code);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

/*
 * Notifications: kept up to date with what Stripe says, and told. Reading them is reading the list `notices`, whose status `open` is what is
 * shown where nothing else is asked for. What people make of them are verbs: %BILLING_VERB_NOTICE_READ and so on, with the
 * notification's id as the subject, and for %BILLING_VERB_NOTICE_SNOOZE the day until which as the date.
 */

/**
 * billing_desk_refresh_notices:
 * @desk: a session
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingStoreError
 *
 * Finds by the rules what there is to say, and writes what changed of it, in one transaction; nothing where nothing did. Blocks: for the
 * sync, after each round, and wherever there may be no round for long.
 *
 * Returns: whether the notifications say what holds now
 */
gboolean billing_desk_refresh_notices (BillingDesk   *desk,
                                       GCancellable  *cancellable,
                                       GError       **error);

/**
 * billing_desk_count_notices:
 * @desk: a session
 * @n_urgent: (out): how many want somebody to act
 * @n_open: (out): how many are open, these among them
 * @error: return location for a #BillingStoreError
 *
 * For a badge. Takes well under a millisecond.
 *
 * Returns: whether they could be counted
 */
gboolean billing_desk_count_notices   (BillingDesk   *desk,
                                       gint64        *n_urgent,
                                       gint64        *n_open,
                                       GError       **error);

/**
 * billing_desk_tell_notices:
 * @desk: a session
 * @error: return location for a #BillingStoreError
 *
 * For who tells the desktop: hands out each open urgent notification once, whichever program asks first.
 *
 * Returns: (transfer full) (nullable) (element-type BillingNotice): those that nobody was told of, the newest first
 */
GPtrArray *billing_desk_tell_notices  (BillingDesk   *desk,
                                       GError       **error);

G_END_DECLS

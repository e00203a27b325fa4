/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sync.h"

G_BEGIN_DECLS

/*
 * What the window says of the practice and Stripe, for a person, in the process's locale.
 */

char       *billing_sync_format_age              (gint64            then,
                                                  gint64            now,
                                                  const char       *time_zone);
char       *billing_sync_format_label            (BillingSyncState  state,
                                                  gint64            synced_at,
                                                  guint             n_waiting,
                                                  const char       *progress,
                                                  gint64            now,
                                                  const char       *time_zone);
const char *billing_sync_format_icon             (BillingSyncState  state);
gboolean    billing_sync_format_is_problem       (BillingSyncState  state);
char       *billing_sync_format_waiting          (guint             n_waiting,
                                                  guint             n_unknown,
                                                  guint             n_refused);
const char *billing_sync_format_permission       (const char       *name);
char       *billing_sync_format_key              (BillingStripeProbe *probe);
const char *billing_sync_format_key_place        (BillingSync       *sync);
char       *billing_sync_format_permission_state (const BillingStripePermission *permission,
                                                  gboolean          restricted);

G_END_DECLS

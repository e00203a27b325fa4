/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-service-changes.h"

G_BEGIN_DECLS

/**
 * BillingServiceMaking:
 * @n_made: services that are new
 * @n_changed: services whose lines say something else than before
 * @n_removed: services whose lines are gone
 * @n_kept: services that are invoiced or answered and stay as they are, though their lines say something else or are gone
 *
 * What became of the lines of treatments.
 */
typedef struct {
  gint64 n_made;
  gint64 n_changed;
  gint64 n_removed;
  gint64 n_kept;
} BillingServiceMaking;

gboolean   billing_service_has_rates     (BillingConnection         *connection,
                                          gboolean                  *has,
                                          GError                   **error);
gboolean   billing_service_make          (BillingConnection         *connection,
                                          const BillingServiceDeed  *deed,
                                          gboolean                   is_of_selection,
                                          gint                      *progress,
                                          GCancellable              *cancellable,
                                          BillingServiceMaking      *making,
                                          GError                   **error);
GPtrArray *billing_service_list_unbilled (BillingConnection         *connection,
                                          GError                   **error);
GPtrArray *billing_service_list_kept     (BillingConnection         *connection,
                                          GError                   **error);

G_END_DECLS

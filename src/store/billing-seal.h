/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BillingSealer:
 *
 * Seals what commits write to the ledger and the audit: a digest of it and of the seal before it, keyed with a secret
 * that the books do not hold.
 */
typedef struct _BillingSealer BillingSealer;

BillingSealer *billing_sealer_new    (BillingConnection  *connection,
                                      GBytes             *key);
void           billing_sealer_free   (BillingSealer      *self);
gboolean       billing_sealer_seal   (BillingSealer      *self,
                                      GError            **error);
gboolean       billing_seal_verify   (BillingConnection  *connection,
                                      GBytes             *key,
                                      char              **head,
                                      gint64             *n_unkeyed,
                                      GCancellable       *cancellable,
                                      GError            **error);
char          *billing_seal_key_id   (GBytes             *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSealer, billing_sealer_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BillingChanges:
 *
 * The rows that a transaction changed, by kind.
 */
typedef struct _BillingChanges BillingChanges;

/**
 * BillingChangedFunc:
 * @kind: what lists call the kind
 * @pks: (nullable) (element-type gint64): its rows that changed; %NULL: many
 * @data: the caller's
 */
typedef void (*BillingChangedFunc) (const char *kind,
                                    GArray     *pks,
                                    gpointer    data);

BillingChanges *billing_changes_new    (BillingConnection   *writer);
void            billing_changes_free   (BillingChanges      *self);
void            billing_changes_clear  (BillingChanges      *self);
gboolean        billing_changes_write  (BillingChanges      *self,
                                        GError             **error);
gboolean        billing_changes_look   (BillingConnection   *reader,
                                        gint64              *seen,
                                        BillingChangedFunc   func,
                                        gpointer             data,
                                        GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingChanges, billing_changes_free)

G_END_DECLS

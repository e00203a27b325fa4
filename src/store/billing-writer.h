/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-store.h"

G_BEGIN_DECLS

/**
 * BillingWriter:
 *
 * The one thread of a process that writes, with the one connection that does. Jobs go by priority, then in order.
 */
typedef struct _BillingWriter BillingWriter;

/**
 * BillingCommittedFunc:
 * @data: the caller's
 *
 * Told, on the writer's thread, that something was committed.
 */
typedef void (*BillingCommittedFunc) (gpointer data);

BillingWriter *billing_writer_new  (const char            *path,
                                    const char            *folder,
                                    const char            *backups,
                                    GBytes                *seal_key,
                                    BillingCommittedFunc   committed,
                                    gpointer               data,
                                    GError               **error);
void           billing_writer_stop (BillingWriter         *self);
void           billing_writer_push (BillingWriter         *self,
                                    int                    priority,
                                    BillingStoreFunc       func,
                                    gpointer               data,
                                    GTask                 *task);
gboolean       billing_writer_run  (BillingWriter         *self,
                                    int                    priority,
                                    BillingStoreFunc       func,
                                    gpointer               data,
                                    GCancellable          *cancellable,
                                    GError               **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-connection.h"

G_BEGIN_DECLS

#define BILLING_TYPE_STORE (billing_store_get_type ())
G_DECLARE_FINAL_TYPE (BillingStore, billing_store, BILLING, STORE, GObject)

/**
 * BillingStoreFunc:
 * @connection: inside a transaction, to be used in this call only
 * @data: the caller's
 * @cancellable: (nullable): checked between statements by long work
 * @error: return location for an error
 *
 * Work on the books. It must not touch the network or wait for anything else.
 *
 * Returns: %TRUE to commit, %FALSE with @error set to roll back
 */
typedef gboolean (*BillingStoreFunc) (BillingConnection *connection,
                                      gpointer           data,
                                      GCancellable      *cancellable,
                                      GError           **error);

gboolean      billing_store_create       (const char           *folder,
                                          GError              **error);
BillingStore *billing_store_open         (const char           *folder,
                                          GBytes               *seal_key,
                                          GError              **error);
char         *billing_store_read_id      (const char           *folder,
                                          GError              **error);
gboolean      billing_store_restore      (const char           *folder,
                                          const char           *backup,
                                          GError              **error);
gboolean      billing_store_back_up      (BillingStore         *self,
                                          const char           *path,
                                          GError              **error);
void          billing_store_close        (BillingStore         *self);
const char   *billing_store_get_folder   (BillingStore         *self);
char         *billing_store_build_path   (BillingStore         *self,
                                          const char           *name);

gboolean      billing_store_write        (BillingStore         *self,
                                          BillingStoreFunc      func,
                                          gpointer              data,
                                          GCancellable         *cancellable,
                                          GError              **error);
gboolean      billing_store_write_at     (BillingStore         *self,
                                          int                   priority,
                                          BillingStoreFunc      func,
                                          gpointer              data,
                                          GCancellable         *cancellable,
                                          GError              **error);
void          billing_store_write_async  (BillingStore         *self,
                                          int                   priority,
                                          BillingStoreFunc      func,
                                          gpointer              data,
                                          GDestroyNotify        destroy,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      billing_store_write_finish (BillingStore         *self,
                                          GAsyncResult         *result,
                                          GError              **error);
gboolean      billing_store_read         (BillingStore         *self,
                                          BillingStoreFunc      func,
                                          gpointer              data,
                                          GCancellable         *cancellable,
                                          GError              **error);
void          billing_store_read_async   (BillingStore         *self,
                                          BillingStoreFunc      func,
                                          gpointer              data,
                                          GDestroyNotify        destroy,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      billing_store_read_finish  (BillingStore         *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS

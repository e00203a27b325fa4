/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

/**
 * BillingExportProgress:
 * @done: rows written
 * @total: rows there are
 * @data: the caller's
 *
 * Told some times a second: in the calling thread by billing_desk_export(), in the caller's main context by
 * billing_desk_export_async().
 */
typedef void (*BillingExportProgress) (guint64  done,
                                       guint64  total,
                                       gpointer data);

gboolean billing_desk_export        (BillingDesk            *self,
                                     BillingQuery           *query,
                                     const char * const     *columns,
                                     const char             *path,
                                     BillingExportProgress   progress,
                                     gpointer                progress_data,
                                     guint64                *n_rows,
                                     GCancellable           *cancellable,
                                     GError                **error);
void     billing_desk_export_async  (BillingDesk            *self,
                                     BillingQuery           *query,
                                     const char * const     *columns,
                                     const char             *path,
                                     BillingExportProgress   progress,
                                     gpointer                progress_data,
                                     GCancellable           *cancellable,
                                     GAsyncReadyCallback     callback,
                                     gpointer                user_data);
gboolean billing_desk_export_finish (BillingDesk            *self,
                                     GAsyncResult           *result,
                                     guint64                *n_rows,
                                     GError                **error);

G_END_DECLS

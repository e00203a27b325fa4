/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

/* The care of the books: checked, copied, brought back, read out. */
gboolean  billing_desk_verify   (BillingDesk    *self,
                                 char          **report,
                                 GCancellable   *cancellable,
                                 GError        **error);
gboolean  billing_desk_back_up  (BillingDesk    *self,
                                 const char     *path,
                                 GError        **error);
gboolean  billing_desk_back_up_daily (BillingDesk *self,
                                      GError     **error);
gboolean  billing_desk_restore  (const char     *folder,
                                 const char     *path,
                                 GError        **error);

/**
 * BillingRowFunc:
 * @record: one row of a list; valid in this call
 * @data: the caller's
 * @error: return location for an error
 *
 * Returns: whether to go on
 */
typedef gboolean (*BillingRowFunc) (BillingRecord  *record,
                                    gpointer        data,
                                    GError        **error);

gboolean       billing_desk_list     (BillingDesk     *self,
                                      BillingQuery    *query,
                                      BillingRowFunc   func,
                                      gpointer         data,
                                      GCancellable    *cancellable,
                                      GError         **error);
GPtrArray     *billing_desk_report   (BillingDesk     *self,
                                      const char      *report,
                                      BillingQuery    *query,
                                      GError         **error);
BillingRecord *billing_desk_find     (BillingDesk     *self,
                                      const char      *id_or_number,
                                      GError         **error);
BillingRecord *billing_desk_find_of  (BillingDesk     *self,
                                      GType            type,
                                      const char      *id_or_number,
                                      GError         **error);
char          *billing_desk_find_stripe (BillingDesk  *self,
                                      BillingRecord   *record,
                                      GError         **error);
BillingQuery  *billing_desk_query    (BillingDesk     *self,
                                      const char      *kind);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-record.h"

G_BEGIN_DECLS

GType           billing_table_get_type_of  (const char         *kind);
gboolean        billing_table_insert       (BillingConnection  *connection,
                                            BillingRecord      *record,
                                            GError            **error);
gboolean        billing_table_update       (BillingConnection  *connection,
                                            BillingRecord      *record,
                                            GError            **error);
BillingRecord  *billing_table_get          (BillingConnection  *connection,
                                            GType               type,
                                            const char         *name,
                                            GError            **error);
gboolean        billing_table_load         (BillingConnection  *connection,
                                            GType               type,
                                            char               *id,
                                            GError             *problem,
                                            BillingRecord     **record,
                                            GError            **error);
BillingRecord  *billing_table_find         (BillingConnection  *connection,
                                            const char         *name,
                                            GError            **error);
const char     *billing_table_get_source   (GType               type);
GPtrArray      *billing_table_fetch        (BillingConnection  *connection,
                                            GType               type,
                                            const gint64       *pks,
                                            gsize               n_pks,
                                            GError            **error);
GPtrArray      *billing_table_select       (BillingConnection  *connection,
                                            GType               type,
                                            const char         *column,
                                            const char         *value,
                                            GError            **error);
BillingRecord  *billing_table_read_row     (BillingStatement   *statement,
                                            GType               type);
char           *billing_table_new_id       (BillingConnection  *connection,
                                            const char         *prefix,
                                            GError            **error);
char           *billing_table_new_number   (BillingConnection  *connection,
                                            const char         *number_prefix,
                                            GError            **error);

G_END_DECLS

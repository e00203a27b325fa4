/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-invoice.h"
#include "billing-message.h"

G_BEGIN_DECLS

BillingMailSettings *billing_message_store_load_settings   (BillingConnection      *connection,
                                                            GError                **error);
gboolean             billing_message_store_find_template   (BillingConnection      *connection,
                                                            BillingMessageKind      kind,
                                                            const char             *language,
                                                            BillingTemplate       **message_template,
                                                            GError                **error);

/* What messages are made of. */
GPtrArray           *billing_message_store_list_selected   (BillingConnection      *connection,
                                                            const char             *kind,
                                                            GError                **error);
GPtrArray           *billing_message_store_list_due        (BillingConnection      *connection,
                                                            int                     days,
                                                            const char             *after,
                                                            const char             *today,
                                                            GError                **error);
gboolean             billing_message_store_is_reminded     (BillingConnection      *connection,
                                                            const char             *invoice_id,
                                                            const char             *day,
                                                            gboolean               *is_reminded,
                                                            GError                **error);
GPtrArray           *billing_message_store_list_linkable   (BillingConnection      *connection,
                                                            const char             *invoice_id,
                                                            const char             *payment_id,
                                                            GError                **error);
gint64               billing_message_store_get_balance     (BillingConnection      *connection,
                                                            const char             *patient_id,
                                                            GError                **error);

gboolean             billing_message_store_remove_template (BillingConnection      *connection,
                                                            BillingTemplate        *message_template,
                                                            GError                **error);

/* The way of a message, within writing transactions. */
gboolean             billing_message_store_is_any_open     (BillingConnection      *connection,
                                                            gboolean               *is_any,
                                                            GError                **error);
GPtrArray           *billing_message_store_list_abandoned  (BillingConnection      *connection,
                                                            BillingMessageChannel   channel,
                                                            GError                **error);
GPtrArray           *billing_message_store_list_needless   (BillingConnection      *connection,
                                                            GError                **error);
gboolean             billing_message_store_claim           (BillingConnection      *connection,
                                                            BillingMessageChannel   channel,
                                                            const char             *id,
                                                            gint64                  now,
                                                            BillingMessage        **message,
                                                            GError                **error);
gboolean             billing_message_store_find_link       (BillingConnection      *connection,
                                                            BillingMessage         *message,
                                                            char                  **link,
                                                            GError                **error);

G_END_DECLS

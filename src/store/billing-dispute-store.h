/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/* Answers to disputes, within writing transactions. */
gboolean billing_dispute_store_remove_file    (BillingConnection  *connection,
                                               gint64              pk,
                                               GError            **error);
gboolean billing_dispute_store_set_body       (BillingConnection  *connection,
                                               gint64              pk,
                                               const char         *body,
                                               GError            **error);

G_END_DECLS

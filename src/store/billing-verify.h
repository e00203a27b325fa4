/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

gboolean billing_verify_payment (BillingConnection  *connection,
                                 const char         *payment_id,
                                 GError            **error);
gboolean billing_verify_books   (BillingConnection  *connection,
                                 GBytes             *seal_key,
                                 char              **report,
                                 GCancellable       *cancellable,
                                 GError            **error);

G_END_DECLS

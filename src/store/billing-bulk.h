/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

gboolean billing_bulk_begin (BillingConnection  *connection,
                             GError            **error);
gboolean billing_bulk_end   (BillingConnection  *connection,
                             GError            **error);

G_END_DECLS

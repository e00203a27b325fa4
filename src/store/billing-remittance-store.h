/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-remittance.h"

G_BEGIN_DECLS

gboolean   billing_remittance_find_services  (BillingConnection  *connection,
                                              const char         *remittance_id,
                                              GError            **error);
GPtrArray *billing_remittance_list_lines     (BillingConnection  *connection,
                                              const char         *remittance_id,
                                              const char         *state,
                                              GError            **error);
GPtrArray *billing_remittance_list_candidates (BillingConnection *connection,
                                              const char         *line_id,
                                              GError            **error);

G_END_DECLS

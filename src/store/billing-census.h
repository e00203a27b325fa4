/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

char *billing_census_take (BillingConnection  *connection,
                           GError            **error);

G_END_DECLS

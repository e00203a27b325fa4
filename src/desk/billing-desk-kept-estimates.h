/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-remittance.h"

G_BEGIN_DECLS

GPtrArray *billing_desk_list_estimate_scores (BillingDesk  *self,
                                              const char   *from,
                                              const char   *to,
                                              GError      **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

GPtrArray *billing_history_group_read (BillingConnection  *connection,
                                       BillingRecord      *record,
                                       GError            **error);
void       billing_history_group_add  (BillingRecordPane  *pane,
                                       GPtrArray          *entries);

G_END_DECLS

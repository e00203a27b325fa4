/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-day-close.h"
#include "billing-desk.h"
#include "billing-letter.h"

G_BEGIN_DECLS

BillingLetter *billing_deposit_slip_build       (BillingDesk  *desk,
                                                 const char   *close,
                                                 GError      **error);
gboolean       billing_deposit_slip_write       (BillingDesk  *desk,
                                                 const char   *close,
                                                 const char   *path,
                                                 GError      **error);
const char    *billing_deposit_slip_get_tender  (BillingAccount account);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-letter.h"

G_BEGIN_DECLS

BillingLetter *billing_receipt_build        (BillingDesk          *desk,
                                             const char           *payment,
                                             GError              **error);
gboolean       billing_receipt_write        (BillingDesk          *desk,
                                             const char           *payment,
                                             const char           *path,
                                             GError              **error);

G_END_DECLS

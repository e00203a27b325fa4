/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-import-item.h"
#include "billing-remittance.h"

G_BEGIN_DECLS

/* How remittances and their lines are handed over, whatever they were read from. Only for this room. */

BillingImportItem *billing_remittance_make_item      (BillingRemittance      *remittance,
                                                      const char             *type,
                                                      const char             *what,
                                                      const char             *key);
BillingImportItem *billing_remittance_line_make_item (BillingRemittanceLine  *line,
                                                      const char             *type,
                                                      const char             *what,
                                                      const char             *key,
                                                      const char             *place);

G_END_DECLS

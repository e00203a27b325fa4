/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

gboolean billing_desk_expire_links (BillingDesk  *desk,
                                    GError      **error);

G_END_DECLS

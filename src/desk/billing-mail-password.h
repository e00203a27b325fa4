/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-mail-delivery.h"
#include "billing-message.h"

G_BEGIN_DECLS

BillingMailServer  _billing_mail_get_server    (BillingMailSettings  *settings);
gboolean           _billing_mail_find_password (BillingDesk          *desk,
                                                char                **password,
                                                GError              **error);

G_END_DECLS

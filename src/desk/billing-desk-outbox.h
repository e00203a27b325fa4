/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-mirror.h"
#include "billing-stripe-client.h"

G_BEGIN_DECLS

gboolean  billing_desk_deliver      (BillingDesk          *desk,
                                     BillingStripeClient  *client,
                                     BillingMirror        *mirror,
                                     guint                *n_sent,
                                     GCancellable         *cancellable,
                                     GError              **error);
gboolean  billing_desk_find_page    (BillingDesk          *desk,
                                     const char           *intent_id,
                                     char                **url,
                                     GError              **error);

G_END_DECLS

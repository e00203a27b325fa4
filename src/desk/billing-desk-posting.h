/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-mirror.h"
#include "billing-posting-suggest.h"

G_BEGIN_DECLS

gboolean   billing_desk_post_stripe (BillingDesk    *desk,
                                     BillingMirror  *mirror,
                                     guint64        *n_posted,
                                     GCancellable   *cancellable,
                                     GError        **error);
GPtrArray *billing_desk_suggest     (BillingDesk    *desk,
                                     const char     *charge_id,
                                     GError        **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-mirror.h"

G_BEGIN_DECLS

gboolean billing_mirror_index_words (BillingConnection  *connection,
                                     GError            **error);

G_END_DECLS

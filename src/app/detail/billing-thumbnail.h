/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-filing.h"

G_BEGIN_DECLS

gboolean    billing_thumbnail_is_possible (BillingDocument      *document);
void        billing_thumbnail_load_async  (BillingDesk          *desk,
                                           BillingDocument      *document,
                                           int                   size,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GdkTexture *billing_thumbnail_load_finish (BillingDesk          *desk,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS

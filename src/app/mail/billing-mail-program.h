/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-message.h"

G_BEGIN_DECLS

void     billing_mail_program_open_async  (GtkWindow            *parent,
                                           BillingMessage       *message,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean billing_mail_program_open_finish (GtkWindow            *parent,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS

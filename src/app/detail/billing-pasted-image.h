/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* A picture from the clipboard as a file of its own, until it was filed. */
void        billing_pasted_image_save_async  (GdkTexture           *image,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GFile      *billing_pasted_image_save_finish (GdkTexture           *image,
                                              GAsyncResult         *result,
                                              GError              **error);
const char *billing_pasted_image_get_name    (GFile                *file);
void        billing_pasted_image_forget      (GFile                *file);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_DROP_ZONE (billing_drop_zone_get_type ())
/**
 * BillingDropZone:
 *
 * A pane on which files can be put: dropped anywhere on it, or pasted. While files hover over it, it says so.
 *
 * Its property `content` is the pane. It emits `files` with a #GSList of #GFile, and `image` with a #GdkTexture from the clipboard.
 */
G_DECLARE_FINAL_TYPE (BillingDropZone, billing_drop_zone, BILLING, DROP_ZONE, AdwBin)

void billing_drop_zone_set_open (BillingDropZone *self,
                                 gboolean         is_open);

G_END_DECLS

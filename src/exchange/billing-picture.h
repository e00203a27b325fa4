/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BILLING_PICTURE_MAX_SIZE:
 *
 * How many bytes the file of a picture on letters may have: 2 MiB. A logo needs a hundredth of it.
 */
#define BILLING_PICTURE_MAX_SIZE (2 * 1024 * 1024)

/**
 * BillingPicture:
 *
 * A picture for paper: a PNG, JPEG or SVG that was checked and made no larger than a head of a letter needs in print. It never changes,
 * and may be drawn by any thread.
 */
#define BILLING_TYPE_PICTURE (billing_picture_get_type ())
G_DECLARE_FINAL_TYPE (BillingPicture, billing_picture, BILLING, PICTURE, GObject)

BillingPicture *billing_picture_read       (GBytes          *bytes,
                                            GError         **error);
double          billing_picture_get_aspect (BillingPicture  *self);
cairo_surface_t *billing_picture_build_surface (BillingPicture *self);

G_END_DECLS

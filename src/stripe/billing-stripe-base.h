/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Private to the room: where a key may be sent.
 */

/* NULL with BILLING_STRIPE_ERROR_ADDRESS: https with a host and perhaps a port, or http of a
 * loopback address, and nothing else. */
GUri    *billing_stripe_base_parse       (const char  *text,
                                          GError     **error);

gboolean billing_stripe_base_is_loopback (GUri        *base);

G_END_DECLS

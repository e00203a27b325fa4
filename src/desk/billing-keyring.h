/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *billing_keyring_get_seal_key (const char  *practice_id,
                                      char       **warning);

G_END_DECLS

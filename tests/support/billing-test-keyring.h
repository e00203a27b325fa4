/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A real Secret Service: the program runs itself again in a session bus of its own, with a keyring
 * of its own. */
gboolean billing_test_keyring_is_inside (void);
gboolean billing_test_keyring_is_there  (void);
int      billing_test_keyring_run       (void);
void     billing_test_keyring_lock      (void);

G_END_DECLS

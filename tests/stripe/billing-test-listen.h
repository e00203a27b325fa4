/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* libsoup 3.2 leaks the addresses that it listens on, so GIO listens, on any free port of the loopback. @certificate: (nullable): with which
 * it is https. Returns: (transfer full): to be stopped and closed; @base is where it serves */
GSocketService *billing_test_listen (SoupServer       *server,
                                     GTlsCertificate  *certificate,
                                     char            **base);
void            billing_test_hang_up (GSocketService  *service);

G_END_DECLS

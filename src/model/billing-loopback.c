/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-loopback"

#include "config.h"

#include "billing-loopback.h"

/**
 * billing_host_is_loopback:
 * @host: a name or an address
 *
 * Returns: whether it is this computer itself, so that nobody else can listen to what is sent there
 */
gboolean
billing_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address) : g_ascii_strcasecmp (host, "localhost") == 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-base"

#include "config.h"

#include "billing-stripe-base.h"

#include <glib/gi18n-lib.h>

#include "billing-loopback.h"
#include "billing-stripe-error.h"

gboolean
billing_stripe_base_is_loopback (GUri *base)
{
  return billing_host_is_loopback (g_uri_get_host (base));
}

static gboolean
is_bare (GUri *uri)
{
  const char *host = g_uri_get_host (uri), *path = g_uri_get_path (uri);

  return host != NULL && *host != '\0' && (*path == '\0' || g_str_equal (path, "/")) &&
         g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL &&
         g_uri_get_fragment (uri) == NULL;
}

static GUri *
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_ADDRESS, sentence);
  return NULL;
}

GUri *
billing_stripe_base_parse (const char  *text,
                           GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  gboolean is_http = g_str_equal (scheme, "http");

  if (uri == NULL || !is_bare (uri) || !(is_http || g_str_equal (scheme, "https")))
    return refuse (error, _("This is not an address of Stripe's API: it is https://, a name and "
                            "perhaps a port, and nothing else."));
  if (is_http && !billing_stripe_base_is_loopback (uri))
    return refuse (error, _("A key is not sent over plain http, where others can read it, except "
                            "to this computer itself (127.0.0.1, ::1 or localhost). Use an "
                            "address that begins with https://."));

  return g_uri_build (G_URI_FLAGS_NONE, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                      "", NULL, NULL);
}

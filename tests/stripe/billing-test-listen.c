/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-test-listen"

#include "config.h"

#include "billing-test-listen.h"

#define CERTIFICATE "billing-certificate"

static GIOStream *
add_tls (GIOStream       *stream,
         GTlsCertificate *certificate)
{
  g_autoptr (GError) error = NULL;
  GIOStream *secure = g_tls_server_connection_new (stream, certificate, &error);

  g_assert_no_error (error);
  return secure;
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             SoupServer        *server)
{
  GTlsCertificate *certificate = g_object_get_data (G_OBJECT (service), CERTIFICATE);
  GIOStream *plain = G_IO_STREAM (connection);
  g_autoptr (GIOStream) stream = certificate != NULL ? add_tls (plain, certificate) : g_object_ref (plain);
  g_autoptr (GSocketAddress) here = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) there = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  soup_server_accept_iostream (server, stream, here, there, &error);
  g_assert_no_error (error);
  return TRUE;
}

GSocketService *
billing_test_listen (SoupServer       *server,
                     GTlsCertificate  *certificate,
                     char            **base)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) found = NULL;
  g_autoptr (GError) error = NULL;
  GSocketService *service = g_socket_service_new ();

  if (certificate != NULL)
    g_object_set_data_full (G_OBJECT (service), CERTIFICATE, g_object_ref (certificate), g_object_unref);
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), server);
  g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &found, &error);
  g_assert_no_error (error);
  *base = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http",
                           g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found)));
  return service;
}

void
billing_test_hang_up (GSocketService *service)
{
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  g_object_unref (service);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>

#include "billing-sandbox-server.h"

static gboolean
stop_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
serve (int      port,
       int      latency,
       gint64   seed,
       GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (BillingSandboxServer) server = NULL;
  g_autofree char *url = NULL;

  if (port < 0 || port > G_MAXUINT16 || latency < 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("A port is between 0 and 65535, and a latency is not negative"));
      return FALSE;
    }

  server = billing_sandbox_server_new ((guint16) port, (guint) latency, (guint64) seed, error);
  if (server == NULL)
    return FALSE;

  url = billing_sandbox_server_get_url (server);
  g_print ("%s\n", url);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_main_loop_run (loop);
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  int port = 12111;
  int latency = 0;
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_("Port on 127.0.0.1; 0: any free one"), "N" },
    { "latency", 0, 0, G_OPTION_ARG_INT, &latency, N_("Time that each request takes"), "MS" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_("Seed that determines the ids"), "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_option_context_set_summary (context,
                                _ ("A stand-in for Stripe’s API, for trying and testing."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      !serve (port, latency, seed, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  return 0;
}

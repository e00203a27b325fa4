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
serve (const BillingSandboxOptions  *options,
       GError                      **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (BillingSandboxServer) server =
    billing_sandbox_server_new_with_options (options, error);
  g_autofree char *url = NULL;

  if (server == NULL)
    return FALSE;

  url = billing_sandbox_server_get_url (server);
  g_print ("%s\n", url);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_main_loop_run (loop);
  return TRUE;
}

static gboolean
check (int      port,
       int      latency,
       int      payments,
       int      rate,
       GError **error)
{
  if (port >= 0 && port <= G_MAXUINT16 && latency >= 0 && payments >= 0 && rate >= 0)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _("A port is between 0 and 65535, and a number is not negative"));
  return FALSE;
}

int
main (int    argc,
      char **argv)
{
  int port = 12111;
  int latency = 0;
  int payments = 0;
  int rate = 0;
  gint64 seed = 1;
  g_autofree char *history = NULL;
  g_autofree char *account = NULL;
  g_autofree char *state = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_("Port on 127.0.0.1; 0: any free one"), "N" },
    { "latency", 0, 0, G_OPTION_ARG_INT, &latency, N_("Time that each request takes"), "MS" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_("Seed that determines the ids"), "N" },
    { "rate", 0, 0, G_OPTION_ARG_INT, &rate, N_("How many requests a second are answered"), "N" },
    { "payments", 0, 0, G_OPTION_ARG_INT, &payments, N_("How many payments were made before"),
      "N" },
    { "history", 0, 0, G_OPTION_ARG_FILENAME, &history, N_("File of payments that were made before"),
      "FILE" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account,
      N_("What the account lacks: currently_due=FIELD,FIELD&current_deadline=TIME"), "FORM" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &state, N_("File to go on from and to write to"),
      "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  BillingSandboxOptions options;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_option_context_set_summary (context,
                                _ ("A stand-in for Stripe’s API, for trying and testing."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      !check (port, latency, payments, rate, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  options = (BillingSandboxOptions) { .port = (guint16) port,
                                      .latency = (guint) latency,
                                      .seed = (guint64) seed,
                                      .payments = (guint) payments,
                                      .rate = (guint) rate,
                                      .history = history,
                                      .account = account,
                                      .state = state };
  if (!serve (&options, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  return 0;
}

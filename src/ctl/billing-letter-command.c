/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>

#include "billing-console.h"
#include "billing-letter-run.h"

/* Invoices and statements as PDF: one or many, into one file or a folder. */

static gboolean
tell_progress_cb (gpointer data)
{
  billing_console_progress (billing_letter_run_get_progress (data) / 1000.0, _("Writing"));
  return G_SOURCE_CONTINUE;
}

typedef struct {
  GMainLoop *loop;
  GError **error;
  gboolean success;
} Waiting;

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Waiting *waiting = user_data;

  waiting->success = billing_letter_run_write_finish (BILLING_LETTER_RUN (object), result, waiting->error);
  g_main_loop_quit (waiting->loop);
}

/* Many take a while: how far they are is shown meanwhile. */
static gboolean
write_letters (BillingCall  *call,
               BillingAct   *act,
               const char   *path,
               const char   *from,
               const char   *to,
               GError      **error)
{
  g_autoptr (BillingLetterRun) run = billing_letter_run_new (call->desk, act, from, to);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { loop, error, FALSE };
  guint source = g_timeout_add (200, tell_progress_cb, run);
  guint n;

  billing_letter_run_write_async (run, path, NULL, written_cb, &waiting);
  g_main_loop_run (loop);
  g_source_remove (source);
  billing_console_progress_end ();
  if (!waiting.success)
    return FALSE;

  n = billing_letter_run_get_n_letters (run);
  g_printerr (g_dngettext (GETTEXT_PACKAGE, "%u letter written\n", "%u letters written\n", n), n);
  return TRUE;
}

/* The invoices that were named before the file, or, where none was, those that the filters find. */
static gboolean
choose_invoices (BillingCall  *call,
                 BillingAct   *act,
                 guint         n_named,
                 GError      **error)
{
  if (n_named == 0)
    {
      act->query = billing_command_make_query (call, "invoices", error);
      return act->query != NULL;
    }

  for (guint i = 0; i < n_named; i++)
    {
      g_autofree char *before = act->selection;

      act->selection = before != NULL ? g_strconcat (before, " ", call->arguments[i], NULL) : g_strdup (call->arguments[i]);
    }

  return TRUE;
}

gboolean
billing_command_invoice_pdf (BillingCall  *call,
                             GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);
  guint n = g_strv_length (call->arguments) - 1;

  if (n == 0 && g_hash_table_size (call->values) == 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _("Which invoices? Name them before the file, or say for example --status open"));
      return FALSE;
    }

  return billing_call_open_desk (call, error) != NULL && choose_invoices (call, act, n, error) &&
         write_letters (call, act, call->arguments[n], NULL, NULL, error);
}

gboolean
billing_command_statement (BillingCall  *call,
                           GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);

  act->selection = g_strdup (billing_call_get (call, "patient"));
  return billing_call_open_desk (call, error) != NULL &&
         write_letters (call, act, call->arguments[0], billing_call_get (call, "from"), billing_call_get (call, "to"), error);
}

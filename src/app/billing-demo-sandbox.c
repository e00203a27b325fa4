/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-sandbox"

#include "config.h"

#include "billing-demo-sandbox.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "billing-demo.h"

#define PROGRAM "billing-sandbox"

/* What happened there since, beside the clinic's books, so that both are of one piece the next
 * time. */
#define STATE_NAME "sandbox-state.json"

struct _BillingDemoSandbox {
  GSubprocess *process; /* (owned) */
  char *url;            /* (owned) */
};

/* Beside this program where both are installed; in the next folder where they were only built. */
static char *
find_program (void)
{
  static const char * const places[] = { PROGRAM, "../sandbox/" PROGRAM };
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : NULL;

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_find_program_in_path (PROGRAM);
}

/* What Stripe wants to know of the clinic: one thing soon, another some day. */
static char *
build_account (void)
{
  return g_strdup_printf ("currently_due=person_demo.verification.document"
                          "&eventually_due=person_demo.verification.document,business_profile.support_phone"
                          "&current_deadline=%" G_GINT64_FORMAT,
                          g_get_real_time () / G_USEC_PER_SEC + G_GINT64_CONSTANT (12) * 24 * 60 * 60);
}

/* What the sandbox of the practice in @folder is started with. */
static char **
build_arguments (const char *program,
                 const char *folder)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *history = billing_demo_get_history (folder);
  g_autofree char *state = g_build_filename (folder, STATE_NAME, NULL);
  g_autofree char *account = build_account ();

  g_strv_builder_add_many (builder, program, "--port", "0", NULL);
  if (g_file_test (history, G_FILE_TEST_EXISTS))
    g_strv_builder_add_many (builder, "--history", history, NULL);
  g_strv_builder_add_many (builder, "--account", account, "--state", state, NULL);
  return g_strv_builder_end (builder);
}

/* In the child, before it becomes the sandbox. */
static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
read_line_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BillingDemoSandbox *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->url = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (object), result, NULL,
                                                         &error);
  if (self->url != NULL && g_str_has_prefix (self->url, "http://"))
    {
      g_task_return_pointer (task, self, (GDestroyNotify) billing_demo_sandbox_stop);
      return;
    }

  billing_demo_sandbox_stop (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _("The stand-in for Stripe ended before it began. The made-up clinic "
                               "works without it, but nothing can be paid by card."));
}

/**
 * billing_demo_sandbox_start_async:
 * @folder: of the made-up clinic
 * @cancellable: (nullable): what stops it
 * @callback: told when it serves
 * @user_data: for @callback
 *
 * Starts a sandbox with the clinic's history.
 */
void
billing_demo_sandbox_start_async (const char          *folder,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *program = find_program ();
  g_auto (GStrv) arguments = NULL;
  BillingDemoSandbox *self;
  GSubprocess *process;
  GError *error = NULL;

  g_task_set_source_tag (task, billing_demo_sandbox_start_async);
  if (program == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _("The program “%s” is not installed. The made-up clinic works "
                                 "without it, but nothing can be paid by card."), PROGRAM);
      return;
    }

  arguments = build_arguments (program, folder);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char * const *) arguments, &error);
  if (process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self = g_new0 (BillingDemoSandbox, 1);
  self->process = process;
  g_task_set_task_data (task, self, NULL); /* until it is returned, or stopped */
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, cancellable, read_line_cb,
                                       g_steal_pointer (&task));
}

BillingDemoSandbox *
billing_demo_sandbox_start_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
billing_demo_sandbox_get_url (BillingDemoSandbox *self)
{
  return self->url;
}

void
billing_demo_sandbox_stop (BillingDemoSandbox *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_object_unref (self->process);
  g_free (self->url);
  g_free (self);
}

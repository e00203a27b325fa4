/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-test-ctl"

#include "config.h"

#include "billing-test-ctl.h"

#include <string.h>

#include "billing-test-folder.h"

/* The built program, called as a script would call it. */

void
billing_test_ctl_set_up (BillingTestCtl *self,
                         gconstpointer   data)
{
  self->folder = billing_test_folder ();
  self->practice = billing_test_ctl_path (self, "practice");
}

/* A practice with patients, of a known day. */
void
billing_test_ctl_set_up_demo (BillingTestCtl *self,
                              gconstpointer   data)
{
  billing_test_ctl_set_up (self, data);
  billing_test_ctl_run (self, "init", "--demo", "--payments", "30", "--seed", "7", NULL);
}

void
billing_test_ctl_tear_down (BillingTestCtl *self,
                            gconstpointer   data)
{
  g_free (self->practice);
  g_free (self->out);
  g_free (self->err);
  billing_test_folder_remove (self->folder);
}

static void
call (BillingTestCtl *self,
      const char     *input,
      char          **words)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) line = NULL;
  g_autoptr (GError) error = NULL;

  g_strv_builder_add (builder, g_getenv ("BILLINGCTL"));
  g_strv_builder_add (builder, "--practice");
  g_strv_builder_add (builder, self->practice);
  g_strv_builder_addv (builder, (const char **) words);
  line = g_strv_builder_end (builder);

  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  g_subprocess_launcher_setenv (launcher, "BILLING_DEMO_TODAY", "2026-06-15", TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", self->locale != NULL ? self->locale : "C.UTF-8", TRUE);
  program = g_subprocess_launcher_spawnv (launcher, (const char * const *) line, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, input != NULL ? input : "", NULL, &self->out, &self->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (program));
  self->status = g_subprocess_get_exit_status (program);
}

static char **
collect (const char *first,
         va_list     more)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_strv_builder_add (builder, word);

  return g_strv_builder_end (builder);
}

/**
 * billing_test_ctl_call:
 * @self: a fixture
 * @input: (nullable): what is on standard input
 * @...: the line
 *
 * Calls the program, whatever comes of it.
 */
void
billing_test_ctl_call (BillingTestCtl *self,
                       const char     *input,
                       ...)
{
  g_auto (GStrv) words = NULL;
  va_list more;

  va_start (more, input);
  words = collect (va_arg (more, const char *), more);
  va_end (more);

  call (self, input, words);
}

/**
 * billing_test_ctl_run:
 * @self: a fixture
 * @...: the line
 *
 * Calls the program, which must succeed.
 */
void
billing_test_ctl_run (BillingTestCtl *self,
                      ...)
{
  g_auto (GStrv) words = NULL;
  va_list more;

  va_start (more, self);
  words = collect (va_arg (more, const char *), more);
  va_end (more);

  call (self, NULL, words);
  if (self->status != 0)
    g_error ("billingctl %s %s: %s", words[0], words[1] != NULL ? words[1] : "", self->err);
}

/**
 * billing_test_ctl_fail:
 * @self: a fixture
 * @sentence: a part of what it must say
 * @...: the line
 *
 * Calls the program, which must exit with 1, print nothing, and say one sentence.
 */
void
billing_test_ctl_fail (BillingTestCtl *self,
                       const char     *sentence,
                       ...)
{
  g_auto (GStrv) words = NULL;
  va_list more;

  va_start (more, sentence);
  words = collect (va_arg (more, const char *), more);
  va_end (more);

  call (self, NULL, words);
  g_assert_cmpint (self->status, ==, 1);
  g_assert_cmpstr (self->out, ==, "");
  g_assert_true (g_str_has_prefix (self->err, "billingctl: "));
  /* One line: one newline, and it ends the text. */
  g_assert_true (strchr (self->err, '\n') == self->err + strlen (self->err) - 1);
  if (strstr (self->err, sentence) == NULL)
    g_error ("It should say “%s”, not %s", sentence, self->err);
}

/* What was printed, which must be one line, without its end. */
char *
billing_test_ctl_line (BillingTestCtl *self)
{
  char *end = strchr (self->out, '\n');

  g_assert_true (end != NULL && end[1] == '\0');
  return g_strndup (self->out, (gsize) (end - self->out));
}

char *
billing_test_ctl_path (BillingTestCtl *self,
                       const char     *name)
{
  return g_build_filename (self->folder, name, NULL);
}

JsonNode *
billing_test_ctl_json (BillingTestCtl *self)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (self->out, &error);

  g_assert_no_error (error);
  return node;
}

/* The rows of an array that must have so many. */
JsonArray *
billing_test_ctl_rows (BillingTestCtl *self,
                       JsonNode       *node,
                       guint           n_rows)
{
  JsonArray *array = json_node_get_array (node);

  g_assert_cmpuint (json_array_get_length (array), ==, n_rows);
  return array;
}

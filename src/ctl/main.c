/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billingctl"

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "billing-books.h"
#include "billing-commands.h"
#include "billing-messages.h"
#include "billing-stripe-keys.h"

static void
set_up_language (void)
{
  setlocale (LC_ALL, "");
  /* Names are not ASCII, whatever a timer's environment says; what is read and written is UTF-8. */
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");

  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Options that stand before the command are as good behind it. */
static guint
count_leading_options (char **line)
{
  guint i = 0;

  while (line[i] != NULL && g_str_has_prefix (line[i], "--"))
    {
      gboolean alone = g_str_equal (line[i], "--practice") || g_str_equal (line[i], "--as") ||
                       g_str_equal (line[i], "--stripe-url") ||
                       g_str_equal (line[i], "--format");

      i += alone && line[i + 1] != NULL ? 2 : 1;
    }

  return i;
}

static gboolean
asks_for (char       **line,
          guint        n,
          const char  *option,
          const char  *letter)
{
  for (guint i = 0; i < n && line[i] != NULL; i++)
    {
      if (g_str_equal (line[i], option) || g_strcmp0 (line[i], letter) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What was asked for is done by now: a backup that fails is worth a word, not a failure. */
static void
back_up_daily (BillingCall *call)
{
  g_autoptr (GError) error = NULL;

  if (call->desk != NULL && !billing_desk_back_up_daily (call->desk, &error))
    g_printerr (_("Today’s backup could not be made: %s\n"), error->message);
}

static gboolean
run_call (const BillingCommand  *command,
          const char * const    *line,
          GError               **error)
{
  g_autoptr (BillingCall) call = billing_call_new (command, line, error);

  if (call == NULL)
    return FALSE;

  if (billing_call_wants_help (call))
    {
      g_autofree char *help = billing_call_get_help (command);
      gboolean is_mail = command->verb == BILLING_VERB_MESSAGE_SEND || command->verb == BILLING_VERB_TEMPLATE_EDIT;
      g_autofree char *kinds = is_mail ? g_strdup ("invoice, reminder, statement, receipt, request") : billing_command_list_kinds ();

      fputs (help, stdout);
      if (g_str_has_prefix (command->parameters, "KIND"))
        printf (_("KIND is one of: %s\n"), kinds);
      return TRUE;
    }

  if (!command->run (call, error))
    return FALSE;

  if (command->verb != BILLING_VERB_NONE)
    back_up_daily (call);
  return TRUE;
}

static gboolean
run_command (char    **line,
             guint     n_leading,
             GError  **error)
{
  char **words = line + n_leading;
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  guint n_words = 0;
  const BillingCommand *command;

  command = billing_commands_find ((const char * const *) words, &n_words, error);
  if (command == NULL)
    return FALSE;

  for (guint i = 0; i < n_leading; i++)
    g_ptr_array_add (rest, line[i]);
  for (guint i = n_words; words[i] != NULL; i++)
    g_ptr_array_add (rest, words[i]);
  g_ptr_array_add (rest, NULL);

  return run_call (command, (const char * const *) rest->pdata, error);
}

static void
print_help (const char *group)
{
  g_autofree char *help = billing_commands_help (group);

  fputs (help, stdout);
}

static gboolean
run (char    **line,
     GError  **error)
{
  guint n_leading = count_leading_options (line);
  char **words = line + n_leading;
  gboolean grouped = words[0] != NULL && words[1] != NULL && billing_commands_is_group (words[0]);

  if (asks_for (line, n_leading, "--version", NULL))
    g_print ("billingctl %s\n", PACKAGE_VERSION);
  else if (asks_for (line, n_leading, "--help", NULL) || asks_for (words, 1, "-h", "help"))
    print_help (NULL);
  else if (grouped && asks_for (words + 1, 1, "--help", "-h"))
    print_help (words[0]);
  else if (words[0] == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _("billingctl needs to know what to do; see billingctl --help"));
      return FALSE;
    }
  else
    return run_command (line, n_leading, error);

  return TRUE;
}

static gboolean
flush (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  /* Whoever reads has read enough, as `head` does. */
  if (errno == EPIPE)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("The results could not be written: %s"),
               g_strerror (errno));
  return FALSE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;

  billing_stripe_keys_take_environment ();
  billing_mail_password_take_environment ();
  set_up_language ();
  g_set_prgname ("billingctl");

  if (run (argv + 1, &error) && flush (&error))
    return EXIT_SUCCESS;

  fflush (stdout);
  g_printerr ("billingctl: %s\n", error->message);
  return EXIT_FAILURE;
}

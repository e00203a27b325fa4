/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-test-smtp"

#include "config.h"

#include "billing-test-smtp.h"

#include <stdarg.h>

/**
 * billing_test_smtp_certificate:
 *
 * Returns: (transfer full): the path of the certificate of 127.0.0.1 and its key, which nobody vouches for
 */
char *
billing_test_smtp_certificate (void)
{
  return g_test_build_filename (G_TEST_DIST, "stripe", "self-signed.pem", NULL);
}

/**
 * billing_test_smtp_new:
 * @argument: (nullable): the first of its arguments
 * @...: the others, and %NULL
 *
 * Returns: (transfer full): a mail server that listens
 */
BillingTestSmtp *
billing_test_smtp_new (const char *argument,
                       ...)
{
  BillingTestSmtp *self = g_new0 (BillingTestSmtp, 1);
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "mail", "smtp-server.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *port = NULL;
  va_list arguments;

  g_ptr_array_add (line, (gpointer) "/usr/bin/python3");
  g_ptr_array_add (line, (gpointer) "-B");
  g_ptr_array_add (line, script);
  va_start (arguments, argument);
  for (const char *next = argument; next != NULL; next = va_arg (arguments, const char *))
    g_ptr_array_add (line, (gpointer) next);
  va_end (arguments);
  g_ptr_array_add (line, NULL);

  self->process = g_subprocess_newv ((const char * const *) line->pdata,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  port = billing_test_smtp_next (self);
  self->port = (guint) g_ascii_strtoull (port, NULL, 10);
  g_assert_cmpuint (self->port, >, 0);
  return self;
}

/**
 * billing_test_smtp_next:
 * @self: a mail server
 *
 * Waits for the next line that it says.
 *
 * Returns: (transfer full): of a message that it took, its Message-ID and who gets it
 */
char *
billing_test_smtp_next (BillingTestSmtp *self)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line_utf8 (self->output, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

void
billing_test_smtp_free (BillingTestSmtp *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_free (self);
}

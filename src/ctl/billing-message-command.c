/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-message-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "billing-console.h"
#include "billing-enums.h"
#include "billing-json-texts.h"
#include "billing-messages.h"

/* E-mails to patients: sent, resolved, and how the practice sends them. */

/* What the mail server cannot be told now waits, which is no failure of the act. */
static void
send_now (BillingCall *call)
{
  g_autoptr (GError) error = NULL;
  guint n;

  if (!billing_desk_deliver_messages (call->desk, &n, NULL, &error))
    g_printerr (_("Not everything was sent yet; it waits. %s\n"), error->message);
}

static char *
build_fields (BillingCall        *call,
              const char * const *names)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; names[i] != NULL; i += 2)
    billing_call_copy (call, fields, names[i], names[i + 1]);
  return billing_json_texts_build (fields);
}

static gboolean
send (BillingCall  *call,
      const char   *kind,
      char        **subjects,
      GError      **error)
{
  static const char * const names[] = { "link", "link", NULL };
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);

  act->name = g_strdup (kind);
  act->selection = g_strjoinv (" ", subjects);
  act->method = g_strdup (billing_call_get (call, "via"));
  act->notes = g_strdup (billing_call_get (call, "notes"));
  act->fields = build_fields (call, names);
  if (billing_call_open_desk (call, error) == NULL || !billing_desk_do (call->desk, act, error))
    return FALSE;

  if (act->remainder != NULL)
    g_printerr ("%s\n", act->remainder);
  printf ("%s\n", act->result);
  send_now (call);
  return TRUE;
}

/* Prints the id of the message, or how many there are; on standard error who is left out. */
gboolean
billing_command_invoice_send (BillingCall  *call,
                              GError      **error)
{
  const char *template = billing_call_get (call, "template");

  return send (call, template != NULL ? template : "invoice", call->arguments, error);
}

gboolean
billing_command_message_send (BillingCall  *call,
                              GError      **error)
{
  return send (call, call->arguments[0], call->arguments + 1, error);
}

gboolean
billing_command_message (BillingCall  *call,
                         GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);

  act->method = g_strdup (call->arguments[1]);
  if (billing_call_open_desk (call, error) == NULL || !billing_call_fill (call, act, error) || !billing_desk_do (call->desk, act, error))
    return FALSE;

  if (call->command->verb == BILLING_VERB_MESSAGE_RESOLVE)
    send_now (call);
  return TRUE;
}

/**
 * billing_command_send_messages:
 * @call: a call
 * @error: return location for an error: the mail server cannot be reached, or lets nobody in
 *
 * With “--remind” makes the reminders of today first.
 *
 * Returns: whether all that is due was tried
 */
gboolean
billing_command_send_messages (BillingCall  *call,
                               GError      **error)
{
  guint n_made = 0, n_sent;

  if (billing_call_open_desk (call, error) == NULL ||
      (billing_call_get (call, "remind") != NULL && !billing_desk_make_reminders (call->desk, &n_made, error)) ||
      !billing_desk_deliver_messages (call->desk, &n_sent, NULL, error))
    return FALSE;

  /* For scripts: how many reminders were made, and how many messages were sent. */
  printf ("%u %u\n", n_made, n_sent);
  return TRUE;
}

/**
 * billing_command_tell_patients:
 * @call: a call with a desk
 *
 * Makes the reminders of today and sends what waits, in passing: what goes wrong is said, and no failure of what else is done.
 *
 * Returns: whether the practice sends e-mails, and nothing went wrong
 */
gboolean
billing_command_tell_patients (BillingCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingMailSettings) settings = NULL;
  guint n;

  if (!billing_desk_make_reminders (call->desk, &n, &error) || !billing_desk_deliver_messages (call->desk, &n, NULL, &error))
    {
      g_printerr ("billingctl: %s\n", error->message);
      return FALSE;
    }

  settings = billing_desk_load_mail_settings (call->desk, NULL);
  return settings != NULL && settings->channel != BILLING_MESSAGE_CHANNEL_NONE;
}

/* --- settings ------------------------------------------------------------------------------------- */

static void
print (const char *name,
       const char *value)
{
  g_autofree char *cell = billing_console_cell (value != NULL ? value : "", G_MAXINT);

  printf ("%-14s %s\n", name, cell);
}

static gboolean
print_settings (BillingCall  *call,
                GError      **error)
{
  g_autoptr (BillingMailSettings) settings = billing_desk_load_mail_settings (call->desk, error);
  g_autofree char *port = NULL;

  if (settings == NULL)
    return FALSE;

  port = g_strdup_printf ("%" PRId64, settings->port);
  print ("channel", billing_enum_nick (BILLING_TYPE_MESSAGE_CHANNEL, (int) settings->channel));
  print ("from-address", settings->from_address);
  print ("from-name", settings->from_name);
  print ("host", settings->host);
  print ("port", port);
  print ("security", settings->security);
  print ("user", settings->user);
  print ("link", settings->with_link ? "yes" : "no");
  print ("remind-before", settings->remind_before);
  print ("remind-after", settings->remind_after);
  return TRUE;
}

/* Without options it prints how it is. The password comes in by standard input, and is never printed. */
gboolean
billing_command_mail_settings (BillingCall  *call,
                               GError      **error)
{
  static const char * const names[] = { "via", "channel", "from-address", "from-address", "from-name", "from-name", "host", "host", "port", "port",
                                        "security", "security", "user", "user", "link", "link", "remind-before", "remind-before",
                                        "remind-after", "remind-after", NULL };
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);
  gboolean wants_password = billing_call_get (call, "password") != NULL;

  act->fields = build_fields (call, names);
  if (billing_call_open_desk (call, error) == NULL)
    return FALSE;
  if (g_str_equal (act->fields, "{}") && !wants_password)
    return print_settings (call, error);

  if (wants_password)
    {
      act->passphrase = billing_console_read_secret (_("Password of the mail server: "), error);
      if (act->passphrase == NULL)
        return FALSE;
    }
  act->notes = g_strdup (billing_call_get (call, "notes"));
  return billing_desk_do (call->desk, act, error);
}

gboolean
billing_command_mail_test (BillingCall  *call,
                           GError      **error)
{
  return billing_call_open_desk (call, error) != NULL && billing_desk_send_test_mail (call->desk, call->arguments[0], NULL, error);
}

/* Where only one of subject and text is said, the other stays as it is. */
static gboolean
keep_rest (BillingCall  *call,
           BillingAct   *act,
           GHashTable   *fields,
           GError      **error)
{
  g_autoptr (BillingTemplate) before = NULL;
  int kind;

  if (g_hash_table_size (fields) != 1 || !billing_enum_from_nick (BILLING_TYPE_MESSAGE_KIND, act->name, &kind))
    return TRUE;

  before = billing_desk_load_template (call->desk, (BillingMessageKind) kind, act->locale != NULL ? act->locale : "", error);
  if (before == NULL)
    return FALSE;

  if (g_hash_table_contains (fields, "body"))
    g_hash_table_insert (fields, g_strdup ("subject"), g_strdup (before->subject));
  else
    g_hash_table_insert (fields, g_strdup ("body"), g_strdup (before->body));
  return TRUE;
}

/* The text is what stands in a file; without subject and text the built-in ones are back. */
gboolean
billing_command_template_edit (BillingCall  *call,
                               GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  char *body = NULL;

  billing_call_copy (call, fields, "headline", "subject");
  if (call->arguments[1] != NULL)
    {
      if (!g_file_get_contents (call->arguments[1], &body, NULL, error))
        return FALSE;
      g_hash_table_insert (fields, g_strdup ("body"), body);
    }
  act->name = g_strdup (call->arguments[0]);
  act->locale = g_strdup (billing_call_get (call, "language"));
  act->notes = g_strdup (billing_call_get (call, "notes"));
  if (billing_call_open_desk (call, error) == NULL || !keep_rest (call, act, fields, error))
    return FALSE;

  act->fields = billing_json_texts_build (fields);
  return billing_desk_do (call->desk, act, error);
}

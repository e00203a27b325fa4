/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-mail"

#include "config.h"

#include "billing-messages-private.h"

#include <glib/gi18n-lib.h>

#include "billing-enums.h"
#include "billing-json-texts.h"
#include "billing-keyring.h"
#include "billing-mail-delivery.h"
#include "billing-mail-message.h"
#include "billing-mail-password.h"
#include "billing-message-store.h"
#include "billing-message-text.h"
#include "billing-table.h"
#include "billing-text.h"

/* How the practice sends e-mails, and what it says in them. */

/* --- settings ------------------------------------------------------------------------------------- */

static gboolean
set_channel (BillingMailSettings  *settings,
             const char           *text,
             GError              **error)
{
  int channel;

  if (!billing_enum_from_nick (BILLING_TYPE_MESSAGE_CHANNEL, text, &channel))
    return billing_desk_refuse (error, _("Messages go by “smtp”, by “portal” or not at all (“none”), not by “%s”. Nothing was changed."), text);

  settings->channel = (BillingMessageChannel) channel;
  return TRUE;
}

static gboolean
set_address (BillingMailSettings  *settings,
             const char           *text,
             GError              **error)
{
  if (*text != '\0' && !billing_mail_check_address (text, error))
    return FALSE;

  g_free (settings->from_address);
  settings->from_address = *text != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}

static gboolean
set_line (char       **line,
          const char  *text,
          GError     **error)
{
  if (!billing_turn_check_text (text, error))
    return FALSE;
  if (strpbrk (text, "\r\n") != NULL)
    return billing_desk_refuse (error, _("“%s” has more than one line. Nothing was changed."), text);

  g_free (*line);
  *line = *text != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}

static gboolean
set_name (BillingMailSettings  *settings,
          const char           *text,
          GError              **error)
{
  return set_line (&settings->from_name, text, error);
}

static gboolean
set_host (BillingMailSettings  *settings,
          const char           *text,
          GError              **error)
{
  return set_line (&settings->host, text, error);
}

static gboolean
set_user (BillingMailSettings  *settings,
          const char           *text,
          GError              **error)
{
  return set_line (&settings->user, text, error);
}

static gboolean
set_port (BillingMailSettings  *settings,
          const char           *text,
          GError              **error)
{
  guint64 port = 0;

  if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 0, 65535, &port, NULL))
    return billing_desk_refuse (error, _("“%s” is no port: a number up to 65535, or 0 for the usual one. Nothing was changed."), text);

  settings->port = (gint64) port;
  return TRUE;
}

static gboolean
set_security (BillingMailSettings  *settings,
              const char           *text,
              GError              **error)
{
  static const char * const words[] = { "tls", "starttls", "none", NULL };

  if (!g_strv_contains (words, text))
    return billing_desk_refuse (error, _("A mail server is spoken to with “tls”, with “starttls” or, on this computer only, with “none”; not with "
                                         "“%s”. Nothing was changed."), text);

  g_free (settings->security);
  settings->security = g_strdup (text);
  return TRUE;
}

static gboolean
set_link (BillingMailSettings  *settings,
          const char           *text,
          GError              **error)
{
  settings->with_link = g_str_equal (text, "yes");
  return settings->with_link || g_str_equal (text, "no") || billing_desk_refuse (error, _("Say yes or no. Nothing was changed."));
}

static gboolean
set_days (char       **days,
          const char  *text,
          GError     **error)
{
  if (!billing_mail_settings_parse_days (text, NULL))
    return billing_desk_refuse (error, _("“%s” is no list of days: write 7, 1 for a week and a day; %d at most. Nothing was changed."), text,
                                BILLING_REMIND_MAX_DAYS);

  g_free (*days);
  *days = *text != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}

static gboolean
set_before (BillingMailSettings  *settings,
            const char           *text,
            GError              **error)
{
  return set_days (&settings->remind_before, text, error);
}

static gboolean
set_after (BillingMailSettings  *settings,
           const char           *text,
           GError              **error)
{
  return set_days (&settings->remind_after, text, error);
}

static const struct {
  const char *name;
  gboolean (*set) (BillingMailSettings *settings, const char *text, GError **error);
} setters[] = {
  { "channel", set_channel },   { "from-address", set_address }, { "from-name", set_name },      { "host", set_host },
  { "port", set_port },         { "security", set_security },    { "user", set_user },           { "link", set_link },
  { "remind-before", set_before }, { "remind-after", set_after },
};

static gboolean
set_one (BillingMailSettings  *settings,
         const char           *name,
         const char           *text,
         GError              **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (setters); i++)
    {
      if (g_str_equal (setters[i].name, name))
        return setters[i].set (settings, text, error);
    }

  return billing_desk_refuse (error, _("There is no mail setting “%s”. Nothing was changed."), name);
}

static gboolean
set_all (BillingMailSettings  *settings,
         GHashTable           *fields,
         GError              **error)
{
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      if (!set_one (settings, name, text, error))
        return FALSE;
    }

  return TRUE;
}

/* Everything that a channel needs is there. */
static gboolean
check_settings (BillingMailSettings  *settings,
                GError              **error)
{
  BillingMailServer server = _billing_mail_get_server (settings);

  if (settings->channel != BILLING_MESSAGE_CHANNEL_SMTP)
    return TRUE;
  if (settings->from_address == NULL)
    return billing_desk_refuse (error, _("From which e-mail address are messages sent? Nothing was changed."));

  return billing_mail_check_server (&server, error);
}

/* Who switches reminders on does not mean the days before. */
static void
begin_reminders (BillingTurn         *turn,
                 BillingMailSettings *before,
                 BillingMailSettings *settings)
{
  gboolean was_on = before->channel != BILLING_MESSAGE_CHANNEL_NONE && (before->remind_before != NULL || before->remind_after != NULL);

  if (was_on)
    return;

  g_free (settings->reminded_on);
  settings->reminded_on = NULL;
}

/**
 * billing_desk_change_mail_settings:
 * @turn: fields: channel, from-address, from-name, host, port, security, user, link, remind-before, remind-after
 * @error: return location for an error
 *
 * Returns: whether messages go out as was said from now on. The password went into the keyring before.
 */
gboolean
billing_desk_change_mail_settings (BillingTurn  *turn,
                                   GError      **error)
{
  g_autoptr (GHashTable) fields = billing_json_texts_parse (turn->act->fields != NULL ? turn->act->fields : "{}", error);
  g_autoptr (BillingMailSettings) before = fields != NULL ? billing_message_store_load_settings (turn->connection, error) : NULL;
  g_autoptr (BillingMailSettings) settings = billing_mail_settings_new ();

  if (before == NULL)
    return FALSE;

  billing_record_copy (BILLING_RECORD (settings), BILLING_RECORD (before));
  if (!set_all (settings, fields, error) || !check_settings (settings, error) || !billing_turn_check_text (turn->act->notes, error))
    return FALSE;

  begin_reminders (turn, before, settings);
  return billing_table_update (turn->connection, BILLING_RECORD (settings), error) &&
         billing_turn_audit (turn, "mail", BILLING_RECORD (before), BILLING_RECORD (settings), turn->act->notes, error);
}

typedef struct {
  BillingMessageKind kind;
  const char *language;
  gpointer found; /* (owned) (nullable) */
} Loading;

static gboolean
load_settings_func (BillingConnection  *connection,
                    gpointer            data,
                    GCancellable       *cancellable,
                    GError            **error)
{
  Loading *loading = data;

  loading->found = billing_message_store_load_settings (connection, error);
  return loading->found != NULL;
}

/**
 * billing_desk_load_mail_settings:
 * @desk: a session
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): how the practice sends e-mails
 */
BillingMailSettings *
billing_desk_load_mail_settings (BillingDesk  *desk,
                                 GError      **error)
{
  Loading loading = { 0 };

  return billing_store_read (billing_desk_get_store (desk), load_settings_func, &loading, NULL, error) ? loading.found : NULL;
}

/* --- templates ------------------------------------------------------------------------------------ */

/* That of one language itself, not of one that stands for it. */
static gboolean
find_own (BillingConnection   *connection,
          BillingMessageKind   kind,
          const char          *language,
          BillingTemplate    **message_template,
          GError             **error)
{
  if (!billing_message_store_find_template (connection, kind, language, message_template, error))
    return FALSE;

  if (*message_template != NULL && !g_str_equal ((*message_template)->language, language))
    g_clear_object (message_template);
  return TRUE;
}

static gboolean
check_placeholders (const char  *text,
                    GError     **error)
{
  g_autofree char *unknown = billing_message_text_find_unknown (text);

  return unknown == NULL ||
         billing_desk_refuse (error, _("“%s” is no placeholder: there are {patient}, {number}, {amount}, {due}, {link} and {practice}. "
                                       "Nothing was changed."), unknown);
}

static gboolean
check_template (const char  *subject,
                const char  *body,
                GError     **error)
{
  if (subject == NULL || body == NULL || *subject == '\0' || *body == '\0')
    return billing_desk_refuse (error, _("A template has a subject and a text. Nothing was changed."));
  if (strpbrk (subject, "\r\n") != NULL || g_utf8_strlen (subject, -1) > BILLING_MESSAGE_MAX_SUBJECT)
    return billing_desk_refuse (error, _("The subject is one line of at most %d characters. Nothing was changed."), BILLING_MESSAGE_MAX_SUBJECT);

  return billing_turn_check_text (subject, error) && billing_turn_check_text (body, error) && check_placeholders (subject, error) &&
         check_placeholders (body, error);
}

static gboolean
check_language (const char  *language,
                GError     **error)
{
  g_autofree char *locale = g_strdelimit (g_strdup (language), "-", '_');

  return *language == '\0' || billing_language_is_known (locale) ||
         billing_desk_refuse (error, _("“%s” is no language. Write it like de or pt_BR. Nothing was changed."), language);
}

/* Back to what the program says by itself. */
static gboolean
remove_template (BillingTurn      *turn,
                 BillingTemplate  *before,
                 GError          **error)
{
  if (before == NULL)
    return billing_desk_refuse (error, _("There is no such template of the practice's own. Nothing was changed."));

  return billing_message_store_remove_template (turn->connection, before, error) &&
         billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (before)), BILLING_RECORD (before), NULL, turn->act->notes, error);
}

static gboolean
write_template (BillingTurn         *turn,
                BillingTemplate     *before,
                BillingMessageKind   kind,
                const char          *language,
                GHashTable          *fields,
                GError             **error)
{
  g_autoptr (BillingTemplate) after = billing_template_new ();
  const char *subject = g_hash_table_lookup (fields, "subject");
  const char *body = g_hash_table_lookup (fields, "body");

  if (!check_template (subject, body, error))
    return FALSE;

  if (before != NULL)
    billing_record_copy (BILLING_RECORD (after), BILLING_RECORD (before));
  else
    g_object_set (after, "kind", kind, "language", language, NULL);
  g_object_set (after, "subject", subject, "body", body, NULL);

  return (before != NULL ? billing_table_update (turn->connection, BILLING_RECORD (after), error)
                         : billing_table_insert (turn->connection, BILLING_RECORD (after), error)) &&
         billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (after)), BILLING_RECORD (before), BILLING_RECORD (after),
                             turn->act->notes, error);
}

/**
 * billing_desk_edit_template:
 * @turn: name: for which kind of message; locale: to whom it is said, nothing: to all for whose language there is none; fields: subject and
 *   body; without any the built-in text is back
 * @error: return location for an error
 *
 * Returns: whether messages say so from now on
 */
gboolean
billing_desk_edit_template (BillingTurn  *turn,
                            GError      **error)
{
  const char *language = turn->act->locale != NULL ? turn->act->locale : "";
  g_autoptr (GHashTable) fields = billing_json_texts_parse (turn->act->fields != NULL ? turn->act->fields : "{}", error);
  g_autoptr (BillingTemplate) before = NULL;
  int kind;

  if (fields == NULL)
    return FALSE;
  if (turn->act->name == NULL || !billing_enum_from_nick (BILLING_TYPE_MESSAGE_KIND, turn->act->name, &kind))
    return billing_desk_refuse (error, _("A template is of invoice, reminder, statement, receipt or request. Nothing was changed."));
  if (!check_language (language, error) || !billing_turn_check_text (turn->act->notes, error) ||
      !find_own (turn->connection, (BillingMessageKind) kind, language, &before, error))
    return FALSE;

  return g_hash_table_size (fields) == 0 ? remove_template (turn, before, error)
                                         : write_template (turn, before, (BillingMessageKind) kind, language, fields, error);
}

static gboolean
load_template_func (BillingConnection  *connection,
                    gpointer            data,
                    GCancellable       *cancellable,
                    GError            **error)
{
  Loading *loading = data;
  BillingTemplate *found;
  gboolean success = find_own (connection, loading->kind, loading->language, &found, error);

  loading->found = found;
  return success;
}

/**
 * billing_desk_load_template:
 * @desk: a session
 * @kind: for which messages
 * @language: to whom; empty: to all for whose language there is none
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what the practice says, or the built-in text where it says nothing of its own (it has no id then)
 */
BillingTemplate *
billing_desk_load_template (BillingDesk         *desk,
                            BillingMessageKind   kind,
                            const char          *language,
                            GError             **error)
{
  Loading loading = { kind, language, NULL };

  if (!billing_store_read (billing_desk_get_store (desk), load_template_func, &loading, NULL, error))
    return NULL;

  return loading.found != NULL ? loading.found
                               : g_object_new (BILLING_TYPE_TEMPLATE, "kind", kind, "language", language, "subject",
                                               billing_message_text_get_subject (kind), "body", billing_message_text_get_body (kind), NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-message"

#include "config.h"

#include "billing-message.h"

#include <glib/gi18n-lib.h>

#include "billing-enums.h"

/* E-mails to patients, what they say, and how the practice sends them. */

G_DEFINE_FINAL_TYPE (BillingMessage, billing_message, BILLING_TYPE_RECORD)

static BillingField message_fields[] = {
  BILLING_ENUM_FIELD (BillingMessage, kind, billing_message_kind_get_type, BILLING_FIELD_FIXED),
  BILLING_ENUM_FIELD (BillingMessage, channel, billing_message_channel_get_type, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingMessage, patient_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingMessage, invoice_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingMessage, payment_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingMessage, address, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingMessage, subject, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingMessage, body, 0),
  BILLING_STRING_FIELD (BillingMessage, language, BILLING_FIELD_FIXED),
  BILLING_BOOLEAN_FIELD (BillingMessage, with_link, 0),
  BILLING_STRING_FIELD (BillingMessage, message_id, BILLING_FIELD_FIXED),
  BILLING_ENUM_FIELD (BillingMessage, state, billing_message_state_get_type, 0),
  BILLING_STRING_FIELD (BillingMessage, day, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingMessage, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingMessage, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingMessage, sent_at, 0),
  BILLING_INT64_FIELD (BillingMessage, tries, 0),
  BILLING_INT64_FIELD (BillingMessage, next_at, 0),
  BILLING_STRING_FIELD (BillingMessage, problem, 0),
  BILLING_STRING_FIELD (BillingMessage, patient_name, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingMessage, patient_number, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingMessage, invoice, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingMessage, payment, BILLING_FIELD_JOINED),
};

static void
billing_message_class_init (BillingMessageClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "messages", "msg", NULL, message_fields, G_N_ELEMENTS (message_fields));
}

static void
billing_message_init (BillingMessage *self)
{
}

BillingMessage *
billing_message_new (void)
{
  return g_object_new (BILLING_TYPE_MESSAGE, NULL);
}

/**
 * billing_message_state_get_label:
 * @state: what became of a message
 *
 * Returns: it in words
 */
const char *
billing_message_state_get_label (BillingMessageState state)
{
  static const char * const labels[] = {
    [BILLING_MESSAGE_STATE_QUEUED] = NC_("message", "Waiting"),
    [BILLING_MESSAGE_STATE_SENDING] = NC_("message", "On its way"),
    [BILLING_MESSAGE_STATE_SENT] = NC_("message", "Sent"),
    [BILLING_MESSAGE_STATE_HANDED] = NC_("message", "Handed to the mail program"),
    [BILLING_MESSAGE_STATE_UNKNOWN] = NC_("message", "Not known"),
    [BILLING_MESSAGE_STATE_FAILED] = NC_("message", "Refused"),
    [BILLING_MESSAGE_STATE_CANCELLED] = NC_("message", "Cancelled"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "message", labels[state]);
}

/**
 * billing_message_kind_get_label:
 * @kind: what a message tells
 *
 * Returns: it in words
 */
const char *
billing_message_kind_get_label (BillingMessageKind kind)
{
  static const char * const labels[] = {
    [BILLING_MESSAGE_KIND_INVOICE] = NC_("message", "Invoice"),
    [BILLING_MESSAGE_KIND_REMINDER] = NC_("message", "Reminder"),
    [BILLING_MESSAGE_KIND_STATEMENT] = NC_("message", "Statement"),
    [BILLING_MESSAGE_KIND_RECEIPT] = NC_("message", "Receipt"),
    [BILLING_MESSAGE_KIND_REQUEST] = NC_("message", "Payment request"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "message", labels[kind]);
}

G_DEFINE_FINAL_TYPE (BillingTemplate, billing_template, BILLING_TYPE_RECORD)

static BillingField template_fields[] = {
  BILLING_ENUM_FIELD (BillingTemplate, kind, billing_message_kind_get_type, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingTemplate, language, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingTemplate, subject, 0),
  BILLING_STRING_FIELD (BillingTemplate, body, 0),
};

static void
billing_template_class_init (BillingTemplateClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "templates", "tpl", NULL, template_fields, G_N_ELEMENTS (template_fields));
}

static void
billing_template_init (BillingTemplate *self)
{
}

BillingTemplate *
billing_template_new (void)
{
  return g_object_new (BILLING_TYPE_TEMPLATE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingMailSettings, billing_mail_settings, BILLING_TYPE_RECORD)

static BillingField mail_settings_fields[] = {
  BILLING_ENUM_FIELD (BillingMailSettings, channel, billing_message_channel_get_type, 0),
  BILLING_STRING_FIELD (BillingMailSettings, from_address, 0),
  BILLING_STRING_FIELD (BillingMailSettings, from_name, 0),
  BILLING_STRING_FIELD (BillingMailSettings, host, 0),
  BILLING_INT64_FIELD (BillingMailSettings, port, 0),
  BILLING_STRING_FIELD (BillingMailSettings, security, 0),
  BILLING_STRING_FIELD (BillingMailSettings, user, 0),
  BILLING_BOOLEAN_FIELD (BillingMailSettings, with_link, 0),
  BILLING_STRING_FIELD (BillingMailSettings, remind_before, 0),
  BILLING_STRING_FIELD (BillingMailSettings, remind_after, 0),
  BILLING_STRING_FIELD (BillingMailSettings, reminded_on, 0),
};

static void
billing_mail_settings_class_init (BillingMailSettingsClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "mail_settings", "mls", NULL, mail_settings_fields,
                                G_N_ELEMENTS (mail_settings_fields));
}

static void
billing_mail_settings_init (BillingMailSettings *self)
{
  self->security = g_strdup ("starttls");
}

BillingMailSettings *
billing_mail_settings_new (void)
{
  return g_object_new (BILLING_TYPE_MAIL_SETTINGS, NULL);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) b - *(const int *) a;
}

/**
 * billing_mail_settings_parse_days:
 * @text: (nullable): “7, 1”
 * @days: (out) (transfer full) (element-type int) (optional): 7 and 1, the most first
 *
 * Returns: whether it is a list of days, of at most %BILLING_REMIND_MAX_DAYS each; an empty one is one too
 */
gboolean
billing_mail_settings_parse_days (const char  *text,
                                  GArray     **days)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (int));
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", ", ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint64 n;
      int day;

      if (*words[i] == '\0')
        continue;
      if (!g_ascii_string_to_unsigned (words[i], 10, 0, BILLING_REMIND_MAX_DAYS, &n, NULL))
        return FALSE;
      day = (int) n;
      g_array_append_val (found, day);
    }

  g_array_sort (found, compare_days);
  if (days != NULL)
    *days = g_steal_pointer (&found);
  return TRUE;
}

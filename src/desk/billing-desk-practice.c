/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-practice"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-derived.h"
#include "billing-json-texts.h"
#include "billing-letterhead.h"
#include "billing-link.h"
#include "billing-table.h"
#include "billing-text.h"

/* The practice's own settings. */

#define MAX_PREFIX 12
#define MAX_DIGITS 12
#define MAX_DUE_DAYS 366

/* A text of letters: those that are notes may have several lines. */
static gboolean
set_text (BillingPractice  *practice,
          const char       *property,
          const char       *said,
          GError          **error)
{
  g_autofree char *text = g_strstrip (g_strdup (said));

  if (!billing_turn_check_text (text, error))
    return FALSE;
  if (strchr (text, '\n') != NULL && !g_str_has_suffix (property, "-note"))
    return billing_desk_refuse (error, _("Only the sentences below letters may have several lines. Nothing was changed."));

  g_object_set (practice, property, *text != '\0' ? text : NULL, NULL);
  return TRUE;
}

/* What numbers of other things begin with: an invoice's is told from them. */
static const char * const taken[] = { "PAY-", "PT-", "TRT-", "SVC-", "RATE-" };

static gboolean
check_prefix (const char  *prefix,
              GError     **error)
{
  gsize length = strlen (prefix);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (prefix[i]) && strchr ("-/._", prefix[i]) == NULL)
        length = 0;
    }
  if (length == 0 || length > MAX_PREFIX || !g_ascii_isalpha (prefix[0]))
    return billing_desk_refuse (error, _("Numbers of invoices begin with a letter, and then at most %d letters, digits, “-”, “/”, “.” or "
                                         "“_”. Nothing was changed."), MAX_PREFIX - 1);
  if (g_ascii_isdigit (prefix[length - 1]))
    return billing_desk_refuse (error, _("What numbers of invoices begin with cannot end in a digit: it would be read as part of the number. "
                                         "Nothing was changed."));
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      if (g_str_equal (prefix, taken[i]))
        return billing_desk_refuse (error, _("Numbers of something else begin with “%s”. Nothing was changed."), prefix);
    }

  return TRUE;
}

static gboolean
set_prefix (BillingPractice  *practice,
            const char       *property,
            const char       *said,
            GError          **error)
{
  g_autofree char *upper = g_ascii_strup (said, -1);
  const char *prefix = g_strstrip (upper);

  if (!check_prefix (prefix, error))
    return FALSE;

  g_object_set (practice, property, prefix, NULL);
  return TRUE;
}

static gboolean
set_digits (BillingPractice  *practice,
            const char       *property,
            const char       *said,
            GError          **error)
{
  gint64 digits;

  if (!g_ascii_string_to_signed (said, 10, 1, MAX_DIGITS, &digits, NULL))
    return billing_desk_refuse (error, _("Numbers of invoices have 1 to %d digits. Nothing was changed."), MAX_DIGITS);

  g_object_set (practice, property, digits, NULL);
  return TRUE;
}

static gboolean
set_days (BillingPractice  *practice,
          const char       *property,
          const char       *said,
          GError          **error)
{
  gint64 days;

  if (!g_ascii_string_to_signed (said, 10, 0, MAX_DUE_DAYS, &days, NULL))
    return billing_desk_refuse (error, _("An invoice is due after 0 to %d days. Nothing was changed."), MAX_DUE_DAYS);

  g_object_set (practice, property, days, NULL);
  return TRUE;
}

static gboolean
set_switch (BillingPractice  *practice,
            const char       *property,
            const char       *said,
            GError          **error)
{
  gboolean yes = g_str_equal (said, "yes");

  if (!yes && !g_str_equal (said, "no"))
    return billing_desk_refuse (error, _("“%s” is neither yes nor no. Nothing was changed."), said);

  g_object_set (practice, property, yes, NULL);
  return TRUE;
}

/* A logo is given as a file; here it is taken away. */
static gboolean
set_logo (BillingPractice  *practice,
          const char       *property,
          const char       *said,
          GError          **error)
{
  if (*said != '\0')
    return billing_desk_refuse (error, _("A logo is a file. Nothing was changed."));

  g_object_set (practice, property, NULL, NULL);
  return TRUE;
}

static gboolean
set_name (BillingPractice  *practice,
          const char       *property,
          const char       *said,
          GError          **error)
{
  g_autofree char *name = g_strstrip (g_strdup (said));

  if (*name == '\0' || strchr (name, '\n') != NULL)
    return billing_desk_refuse (error, _("A practice needs a name of one line. Nothing was changed."));

  return set_text (practice, property, name, error);
}

static gboolean
set_time_zone (BillingPractice  *practice,
               const char       *property,
               const char       *said,
               GError          **error)
{
  if (!billing_time_zone_is_known (said))
    return billing_desk_refuse (error, _("“%s” is no time zone. Write it like Europe/Berlin. Nothing was changed."), said);

  g_object_set (practice, property, said, NULL);
  return TRUE;
}

static gboolean
set_locale (BillingPractice  *practice,
            const char       *property,
            const char       *said,
            GError          **error)
{
  if (*said != '\0' && !billing_language_is_known (said))
    return billing_desk_refuse (error, _("“%s” is no language. Write it like de or pt_BR. Nothing was changed."), said);

  g_object_set (practice, property, *said != '\0' ? said : NULL, NULL);
  return TRUE;
}

static gboolean
set_refund_limit (BillingPractice  *practice,
                  const char       *property,
                  const char       *said,
                  GError          **error)
{
  gint64 limit;

  if (!g_ascii_string_to_signed (said, 10, 0, G_MAXINT64, &limit, NULL))
    return billing_desk_refuse (error, _("The refund limit is no amount. Nothing was changed."));

  g_object_set (practice, property, limit, NULL);
  return TRUE;
}

/* No longer than any link may be open. */
static gboolean
set_link_days (BillingPractice  *practice,
               const char       *property,
               const char       *said,
               GError          **error)
{
  gint64 days;

  if (!g_ascii_string_to_signed (said, 10, 1, BILLING_LINK_MAX_DAYS, &days, NULL))
    return billing_desk_refuse (error, _("A payment link is open for 1 to %d days. Nothing was changed."),
                                BILLING_LINK_MAX_DAYS);

  g_object_set (practice, property, days, NULL);
  return TRUE;
}

/* All that can be changed, by the practice's properties; the first ones are also members of the act. */
static const struct {
  const char *property;
  gboolean (*set) (BillingPractice *practice, const char *property, const char *said, GError **error);
  gboolean is_member;
} settings[] = {
  { "name", set_name, TRUE },
  { "time-zone", set_time_zone, TRUE },
  { "locale", set_locale, TRUE },
  { "refund-limit", set_refund_limit, TRUE },
  { "link-days", set_link_days, TRUE },
  { "address-line", set_text, TRUE },
  { "city", set_text, TRUE },
  { "region", set_text, TRUE },
  { "postal-code", set_text, TRUE },
  { "country", set_text, TRUE },
  { "phone", set_text, TRUE },
  { "email", set_text, TRUE },
  { "receipt-note", set_text, TRUE },
  { "invoice-note", set_text, FALSE },
  { "invoice-prefix", set_prefix, FALSE },
  { "invoice-digits", set_digits, FALSE },
  { "invoice-days", set_days, FALSE },
  { "show-services", set_switch, FALSE },
  { "show-codes", set_switch, FALSE },
  { "logo", set_logo, FALSE },
};

static gboolean
set_field (BillingPractice  *practice,
           const char       *name,
           const char       *said,
           GError          **error)
{
  g_autofree char *property = g_strdelimit (g_strdup (name), "_", '-');

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      if (g_str_equal (settings[i].property, property))
        return settings[i].set (practice, property, said, error);
    }

  return billing_desk_refuse (error, _("“%s” is no setting of a practice. Nothing was changed."), name);
}

/* A member that is empty clears what may be empty; an empty name was never said. */
static gboolean
set_members (BillingPractice  *practice,
             BillingAct       *act,
             GError          **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings) && settings[i].is_member; i++)
    {
      g_autofree char *said = NULL;

      g_object_get (act, settings[i].property, &said, NULL);
      if (said == NULL || (*said == '\0' && settings[i].set == set_name))
        continue;
      if (!settings[i].set (practice, settings[i].property, said, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_fields (BillingPractice  *practice,
            const char       *fields,
            GError          **error)
{
  g_autoptr (GHashTable) texts = fields != NULL ? billing_json_texts_parse (fields, error) : NULL;
  GHashTableIter iter;
  gpointer name, said;

  if (texts == NULL)
    return fields == NULL;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &said))
    {
      if (!set_field (practice, name, said, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_practice (BillingTurn      *turn,
              BillingPractice  *practice,
              GError          **error)
{
  if (!set_members (practice, turn->act, error) || !set_fields (practice, turn->act->fields, error))
    return FALSE;

  if (turn->prepared != NULL)
    g_object_set (practice, "logo", BILLING_DOCUMENT (turn->prepared)->sha256, NULL);
  return TRUE;
}

static gboolean
refuse_logo (GError     **error,
             const char  *why)
{
  /* Translators: why, as a sentence */
  return billing_desk_refuse (error, _("%s Nothing was changed."), why);
}

/* What is no picture is not copied among the documents. */
static gboolean
check_picture (const char  *path,
               GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BillingPicture) picture = NULL;

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("It is no ordinary file.")), FALSE;
  if (g_file_info_get_size (info) > BILLING_PICTURE_MAX_SIZE)
    return g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                                _("The file is larger than 2 MiB: save the picture smaller.")), FALSE;

  bytes = g_file_load_bytes (file, NULL, NULL, error);
  picture = bytes != NULL ? billing_picture_read (bytes, error) : NULL;
  return picture != NULL;
}

/**
 * billing_desk_take_logo:
 * @self: a session
 * @act: perhaps with the file of a logo
 * @error: return location for an error
 *
 * Checks a logo and copies it among the documents, before the transaction that names it.
 *
 * Returns: (transfer full) (nullable): the document; %NULL without @error where no file was given
 */
BillingRecord *
billing_desk_take_logo (BillingDesk  *self,
                        BillingAct   *act,
                        GError      **error)
{
  g_autoptr (BillingAct) taking = NULL;
  g_autoptr (BillingRecord) document = NULL;
  g_autoptr (BillingPicture) picture = NULL;
  g_autoptr (GError) why = NULL;

  if (act->file == NULL)
    return NULL;

  if (!check_picture (act->file, &why))
    {
      refuse_logo (error, why->message);
      return NULL;
    }

  /* The act's name is the practice's, not the file's. */
  taking = billing_act_new (act->verb, NULL);
  taking->file = g_strdup (act->file);
  document = billing_desk_take_document (self, taking, error);
  /* What was copied may be another one by now. */
  picture = document != NULL ? billing_letterhead_load_logo (self, BILLING_DOCUMENT (document)->sha256, &why) : NULL;
  if (why != NULL)
    refuse_logo (error, why->message);
  return picture != NULL ? g_steal_pointer (&document) : NULL;
}

static gboolean
is_other_locale (BillingPractice *before,
                 BillingPractice *after)
{
  return g_strcmp0 (before->locale, after->locale) != 0;
}

/**
 * billing_desk_edit_practice:
 * @turn: the members of the act that a practice has too; its other settings by name in the fields; a logo’s file
 * @error: return location for an error
 *
 * Returns: whether the practice's settings are changed
 */
gboolean
billing_desk_edit_practice (BillingTurn  *turn,
                            GError      **error)
{
  g_autoptr (GPtrArray) found = billing_table_select (turn->connection, BILLING_TYPE_PRACTICE, "pk", "1", error);
  g_autoptr (BillingPractice) practice = billing_practice_new ();

  if (found == NULL || found->len == 0)
    return FALSE;

  billing_record_copy (BILLING_RECORD (practice), found->pdata[0]);
  return set_practice (turn, practice, error) &&
         billing_table_update (turn->connection, BILLING_RECORD (practice), error) &&
         (!is_other_locale (found->pdata[0], practice) || billing_derived_resort_patients (turn->connection, error)) &&
         billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (practice)), found->pdata[0],
                             BILLING_RECORD (practice), NULL, error);
}

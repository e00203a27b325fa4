/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-places"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-json-texts.h"
#include "billing-table.h"
#include "billing-treatment.h"

/* Where patients are treated, and by whom. Most come with an import; here they are added and put right by hand. */

/* National Provider Identifiers carry a check digit (ISO/IEC 7812, as if 80840 stood before them). */
#define NPI_LENGTH 10
#define NPI_PREFIX_SUM 24

static gboolean
is_npi (const char *npi)
{
  int sum = NPI_PREFIX_SUM;

  if (strlen (npi) != NPI_LENGTH)
    return FALSE;

  for (int i = 0; i < NPI_LENGTH; i++)
    {
      int digit = npi[i] - '0';

      if (!g_ascii_isdigit (npi[i]))
        return FALSE;
      /* Every second digit, counted from the last but one, is doubled. */
      if (i % 2 == 0)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }

  return sum % 10 == 0;
}

static gboolean
check_field (const char  *name,
             const char  *said,
             GError     **error)
{
  if (!billing_turn_check_text (said, error))
    return FALSE;
  if (strchr (said, '\n') != NULL)
    return billing_desk_refuse (error, _("This is one line. Nothing was changed."));
  if (g_str_equal (name, "npi") && *said != '\0' && !is_npi (said))
    return billing_desk_refuse (error, _("“%s” is no National Provider Identifier: that has ten digits, the last of which checks the "
                                         "others. Nothing was changed."), said);
  return TRUE;
}

static gboolean
set_field (BillingRecord  *record,
           const char     *name,
           const char     *said,
           GError        **error)
{
  g_autofree char *property = g_strdelimit (g_strdup (name), "_", '-');
  g_autofree char *text = g_strstrip (g_strdup (said));
  g_autofree char *before = NULL;
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (record), property);

  if (pspec == NULL || pspec->value_type != G_TYPE_STRING || g_str_equal (property, "id"))
    return billing_desk_refuse (error, _("There is nothing called “%s” here. Nothing was changed."), name);

  /* What was imported stays as it is where it is not touched. */
  g_object_get (record, property, &before, NULL);
  if (g_strcmp0 (before != NULL ? before : "", text) == 0)
    return TRUE;
  if (!check_field (property, text, error))
    return FALSE;

  g_object_set (record, property, *text != '\0' ? text : NULL, NULL);
  return TRUE;
}

static gboolean
set_fields (BillingTurn    *turn,
            BillingRecord  *record,
            GError        **error)
{
  g_autoptr (GHashTable) fields = billing_json_texts_parse (turn->act->fields != NULL ? turn->act->fields : "{}", error);
  GHashTableIter iter;
  gpointer name, said;

  if (fields == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, &said))
    {
      if (!set_field (record, name, said, error))
        return FALSE;
    }

  return turn->act->name == NULL || set_field (record, "name", turn->act->name, error);
}

/* Two of one name could not be told from each other in a list. */
static gboolean
check_name (BillingTurn    *turn,
            BillingRecord  *record,
            GError        **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) same = NULL;

  g_object_get (record, "name", &name, NULL);
  if (name == NULL)
    return billing_desk_refuse (error, _("It needs a name. Nothing was changed."));

  same = billing_table_select (turn->connection, G_OBJECT_TYPE (record), "name", name, error);
  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      if (g_strcmp0 (billing_record_get_id (same->pdata[i]), billing_record_get_id (record)) != 0)
        return billing_desk_refuse (error, _("There is a “%s” already. Nothing was changed."), name);
    }

  return same != NULL;
}

static gboolean
add (BillingTurn    *turn,
     BillingRecord  *record,
     GError        **error)
{
  if (!set_fields (turn, record, error) || !check_name (turn, record, error) ||
      !billing_table_insert (turn->connection, record, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (record));
  return billing_turn_audit (turn, billing_record_get_id (record), NULL, record, turn->act->notes, error);
}

/* By its id, or by its name, which only one has. */
static BillingRecord *
find (BillingTurn  *turn,
      GType         type,
      GError      **error)
{
  g_autoptr (GPtrArray) called = billing_table_select (turn->connection, type, "name", turn->act->subject, error);

  if (called == NULL)
    return NULL;
  return called->len == 1 ? g_object_ref (called->pdata[0]) : billing_table_get (turn->connection, type, turn->act->subject, error);
}

static gboolean
edit (BillingTurn    *turn,
      BillingRecord  *record,
      GError        **error)
{
  g_autoptr (BillingRecord) before = find (turn, G_OBJECT_TYPE (record), error);

  if (before == NULL)
    return FALSE;

  billing_record_copy (record, before);
  if (!set_fields (turn, record, error) || !check_name (turn, record, error) ||
      !billing_table_update (turn->connection, record, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (record));
  return billing_turn_audit (turn, billing_record_get_id (record), before, record, turn->act->notes, error);
}

/**
 * billing_desk_edit_location:
 * @turn: the id or the name of a location, or none for a new one; its name; texts under its properties’ names in the fields
 * @error: return location for an error
 *
 * Returns: whether it is so
 */
gboolean
billing_desk_edit_location (BillingTurn  *turn,
                            GError      **error)
{
  g_autoptr (BillingRecord) location = BILLING_RECORD (billing_location_new ());

  return turn->act->subject == NULL ? add (turn, location, error) : edit (turn, location, error);
}

/**
 * billing_desk_edit_physician:
 * @turn: likewise, of a physician
 * @error: return location for an error
 *
 * Returns: whether they are so
 */
gboolean
billing_desk_edit_physician (BillingTurn  *turn,
                             GError      **error)
{
  g_autoptr (BillingRecord) physician = BILLING_RECORD (billing_physician_new ());

  return turn->act->subject == NULL ? add (turn, physician, error) : edit (turn, physician, error);
}

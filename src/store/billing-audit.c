/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-audit"

#include "config.h"

#include "billing-audit.h"

#include "billing-enums.h"
#include "billing-filing.h"

static void
append_string (GString    *json,
               const char *text)
{
  g_string_append_c (json, '"');
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (json, "\\%c", *p);
      else if (*p < 0x20)
        g_string_append_printf (json, "\\u%04x", *p);
      else
        g_string_append_c (json, (char) *p);
    }
  g_string_append_c (json, '"');
}

static void
append_value (GString            *json,
              BillingRecord      *record,
              const BillingField *field)
{
  gboolean is_text = field->get_enum != NULL || field->type == G_TYPE_STRING;

  if (is_text && billing_record_get_text (record, field) == NULL)
    g_string_append (json, "null");
  else if (is_text)
    append_string (json, billing_record_get_text (record, field));
  else
    g_string_append_printf (json, "%" G_GINT64_FORMAT, billing_record_get_integer (record, field));
}

static gboolean
is_default (BillingRecord      *record,
            const BillingField *field)
{
  if (field->type == G_TYPE_STRING)
    return billing_record_get_text (record, field) == NULL;

  return billing_record_get_integer (record, field) == 0;
}

static gboolean
is_different (BillingRecord      *a,
              BillingRecord      *b,
              const BillingField *field)
{
  if (field->type == G_TYPE_STRING)
    return g_strcmp0 (billing_record_get_text (a, field), billing_record_get_text (b, field)) != 0;

  return billing_record_get_integer (a, field) != billing_record_get_integer (b, field);
}

/* What @record says, of the fields in which it differs from @other; of all that say something where there is no other. */
static char *
describe (BillingRecord *record,
          BillingRecord *other)
{
  g_autoptr (GString) json = NULL;
  BillingRecordClass *klass;

  if (record == NULL)
    return NULL;

  klass = BILLING_RECORD_GET_CLASS (record);
  json = g_string_new ("{");
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if ((field->flags & (BILLING_FIELD_SECRET | BILLING_FIELD_JOINED)) != 0 ||
          g_str_equal (field->member, "revision") ||
          (other != NULL ? !is_different (record, other, field) : is_default (record, field)))
        continue;

      if (json->len > 1)
        g_string_append_c (json, ',');
      append_string (json, field->property);
      g_string_append_c (json, ':');
      append_value (json, record, field);
    }
  g_string_append_c (json, '}');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/**
 * billing_audit_write:
 * @connection: inside a writing transaction
 * @at: Unix seconds
 * @person: the account of who did it
 * @verb: what was done
 * @subject_id: (nullable): to what
 * @before: (nullable): how it was
 * @after: (nullable): how it is, of the same type as @before; or what was made
 * @reason: (nullable): why
 * @error: return location for a #BillingStoreError
 *
 * Writes who did what, when, and what it changed.
 *
 * Returns: whether it was written
 */
gboolean
billing_audit_write (BillingConnection  *connection,
                     gint64              at,
                     const char         *person,
                     BillingVerb         verb,
                     const char         *subject_id,
                     BillingRecord      *before,
                     BillingRecord      *after,
                     const char         *reason,
                     GError            **error)
{
  g_autofree char *was = describe (before, after);
  g_autofree char *is = describe (after, before);

  return billing_connection_run (connection, error,
                                 "INSERT INTO audit (at, person, verb, subject_id, before, after, reason)"
                                 " VALUES (?, ?, ?, ?, ?, ?, ?)", "itttttt", at, person,
                                 billing_enum_nick (BILLING_TYPE_VERB, verb), subject_id, was, is, reason);
}

/* What describe() says of a new record, as SQL over the row of its table. */
static char *
build_description (BillingRecordClass *klass)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];
      const char *member = field->member;

      if ((field->flags & (BILLING_FIELD_SECRET | BILLING_FIELD_JOINED)) != 0 || g_str_equal (member, "revision"))
        continue;

      if (field->get_enum != NULL)
        g_string_append_printf (sql, " || iif (%s = '%s', '', ',\"%s\":' || json_quote (%s))", member,
                                billing_enum_nick (field->get_enum (), 0), field->property, member);
      else if (field->type == G_TYPE_STRING)
        g_string_append_printf (sql, " || ifnull (',\"%s\":' || json_quote (%s), '')", field->property, member);
      else
        g_string_append_printf (sql, " || iif (%s = 0, '', ',\"%s\":' || %s)", member, field->property, member);
    }

  return g_strdup_printf ("'{' || substr (''%s, 2) || '}'", sql->str);
}

/**
 * billing_audit_write_made:
 * @connection: inside a writing transaction
 * @at: Unix seconds
 * @person: the account of who did it
 * @verb: what was done
 * @type: of the records
 * @after_pk: the last row of their table before
 * @reason: (nullable): why
 * @error: return location for a #BillingStoreError
 *
 * Writes of many new records together what billing_audit_write() writes of one.
 *
 * Returns: whether it was written
 */
gboolean
billing_audit_write_made (BillingConnection  *connection,
                          gint64              at,
                          const char         *person,
                          BillingVerb         verb,
                          GType               type,
                          gint64              after_pk,
                          const char         *reason,
                          GError            **error)
{
  BillingRecordClass *klass = g_type_class_ref (type);
  g_autofree char *description = build_description (klass);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO audit (at, person, verb, subject_id, after, reason)"
                                          " SELECT ?, ?, ?, id, %s, ? FROM %s WHERE pk > ? ORDER BY pk",
                                          description, klass->kind);
  gboolean success = billing_connection_run (connection, error, sql, "ittti", at, person,
                                             billing_enum_nick (BILLING_TYPE_VERB, verb), reason, after_pk);

  g_type_class_unref (klass);
  return success;
}

/**
 * billing_audit_read_note:
 * @connection: a connection
 * @id: of a note
 * @error: return location for a #BillingStoreError
 *
 * Reads what a note said before it was changed, from the audit.
 *
 * Returns: (transfer full) (nullable) (element-type BillingNote): the newest first; of each, the text, who replaced it and when
 */
GPtrArray *
billing_audit_read_note (BillingConnection  *connection,
                         const char         *id,
                         GError            **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (connection,
                                "SELECT a.before ->> '$.text', a.person, p.name, a.at FROM audit a"
                                " LEFT JOIN people p ON p.account = a.person"
                                " WHERE a.subject_id = ?1 AND a.verb = 'note-edit' ORDER BY a.pk DESC", error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, id);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&versions);

      g_ptr_array_add (versions, g_object_new (BILLING_TYPE_NOTE,
                                               "text", billing_statement_get_text (statement, 0),
                                               "person", billing_statement_get_text (statement, 1),
                                               "person-name", billing_statement_get_text (statement, 2),
                                               "edited-at", billing_statement_get_integer (statement, 3), NULL));
    }

  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-filing"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-documents.h"
#include "billing-filing.h"
#include "billing-table.h"

/* Notes and documents, and what is only written into the audit. */

static BillingRecord *
find_subject (BillingTurn  *turn,
              GError      **error)
{
  if (turn->act->subject == NULL || *turn->act->subject == '\0')
    {
      billing_desk_refuse (error, _("To what? Name a payment, a treatment or a patient. Nothing was changed."));
      return NULL;
    }

  return billing_table_find (turn->connection, turn->act->subject, error);
}

/**
 * billing_desk_add_note:
 * @turn: a payment, a treatment or a patient; text
 * @error: return location for an error
 *
 * Returns: whether the note is added
 */
gboolean
billing_desk_add_note (BillingTurn  *turn,
                       GError      **error)
{
  g_autoptr (BillingRecord) subject = find_subject (turn, error);
  g_autoptr (BillingNote) note = billing_note_new ();
  g_autofree char *text = g_strdup (turn->act->text != NULL ? turn->act->text : "");

  if (subject == NULL || !billing_turn_check_text (text, error))
    return FALSE;
  if (*g_strstrip (text) == '\0')
    return billing_desk_refuse (error, _("The note is empty. Nothing was changed."));

  note->subject_id = g_strdup (billing_record_get_id (subject));
  note->text = g_steal_pointer (&text);
  note->person = g_strdup (turn->account);
  note->created_at = turn->now;
  if (!billing_table_insert (turn->connection, BILLING_RECORD (note), error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (note)));
  return billing_turn_audit (turn, note->subject_id, NULL, BILLING_RECORD (note), NULL, error);
}

/* Of the practice's records only the one kind: a payment's id names no note. */
static BillingRecord *
find_filed (BillingTurn  *turn,
            GType         type,
            const char   *question,
            GError      **error)
{
  if (turn->act->subject != NULL && *turn->act->subject != '\0')
    return billing_table_get (turn->connection, type, turn->act->subject, error);

  billing_desk_refuse (error, "%s", question);
  return NULL;
}

/* Who changed it, in the sentence of the refusal, is its author by name. */
static gboolean
check_author (BillingTurn  *turn,
              BillingNote  *note,
              GError      **error)
{
  g_autoptr (BillingRecord) author = NULL;

  if (g_str_equal (note->person, turn->account))
    return TRUE;

  author = billing_table_get (turn->connection, BILLING_TYPE_PERSON, note->person, NULL);
  g_set_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED,
               _("Only %s, who wrote the note, can change it. Add a note of your own; nothing was changed."),
               author != NULL ? BILLING_PERSON (author)->name : note->person);
  return FALSE;
}

/**
 * billing_desk_edit_note:
 * @turn: a note of one's own; text
 * @error: return location for an error
 *
 * What it said before stays in the audit.
 *
 * Returns: whether the note says it
 */
gboolean
billing_desk_edit_note (BillingTurn  *turn,
                        GError      **error)
{
  g_autoptr (BillingRecord) before = find_filed (turn, BILLING_TYPE_NOTE, _("Which note? Nothing was changed."), error);
  g_autoptr (BillingNote) note = billing_note_new ();
  g_autofree char *text = g_strdup (turn->act->text != NULL ? turn->act->text : "");

  if (before == NULL || !check_author (turn, BILLING_NOTE (before), error) || !billing_turn_check_text (text, error))
    return FALSE;
  if (*g_strstrip (text) == '\0')
    return billing_desk_refuse (error, _("The note is empty. Nothing was changed."));

  billing_record_copy (BILLING_RECORD (note), before);
  billing_turn_set_result (turn, billing_record_get_id (before));
  if (g_str_equal (note->text, text))
    return TRUE;

  g_object_set (note, "text", text, "edited-at", turn->now, NULL);
  return billing_table_update (turn->connection, BILLING_RECORD (note), error) &&
         billing_turn_audit (turn, billing_record_get_id (before), before, BILLING_RECORD (note), NULL, error);
}

/* The same file with the same thing is kept once; one that was removed does not count. */
static gboolean
find_same (BillingTurn      *turn,
           BillingDocument  *document,
           char            **id,
           GError          **error)
{
  g_autoptr (GPtrArray) there = billing_table_select (turn->connection, BILLING_TYPE_DOCUMENT, "subject_id",
                                                      document->subject_id, error);

  for (guint i = 0; there != NULL && *id == NULL && i < there->len; i++)
    {
      BillingDocument *other = there->pdata[i];

      if (other->removed_at == 0 && g_str_equal (other->sha256, document->sha256))
        *id = g_strdup (billing_record_get_id (there->pdata[i]));
    }

  return there != NULL;
}

/**
 * billing_turn_file_document:
 * @turn: an act that files something
 * @document: what was taken; it is filled in
 * @subject_id: with what it is filed
 * @id: (out) (transfer full): of the document, or of the one that was there already with the same content
 * @error: return location for an error
 *
 * Returns: whether it is filed
 */
gboolean
billing_turn_file_document (BillingTurn      *turn,
                            BillingDocument  *document,
                            const char       *subject_id,
                            char            **id,
                            GError          **error)
{
  document->subject_id = g_strdup (subject_id);
  document->person = g_strdup (turn->account);
  document->created_at = turn->now;
  *id = NULL;
  if (!find_same (turn, document, id, error))
    return FALSE;

  turn->act->repeated = *id != NULL;
  if (*id == NULL && !billing_table_insert (turn->connection, BILLING_RECORD (document), error))
    return FALSE;
  if (*id == NULL)
    *id = g_strdup (billing_record_get_id (BILLING_RECORD (document)));
  return TRUE;
}

/**
 * billing_desk_add_document:
 * @turn: a payment, a treatment or a patient, and what was taken
 * @error: return location for an error
 *
 * A file that is kept there already is not filed again: the act then says that it was repeated, and its result is the document
 * that was there.
 *
 * Returns: whether the document is filed
 */
gboolean
billing_desk_add_document (BillingTurn  *turn,
                           GError      **error)
{
  g_autoptr (BillingRecord) subject = find_subject (turn, error);
  BillingDocument *document = BILLING_DOCUMENT (turn->prepared);
  g_autofree char *id = NULL;

  if (subject == NULL || !billing_turn_file_document (turn, document, billing_record_get_id (subject), &id, error))
    return FALSE;

  billing_turn_set_result (turn, id);
  return turn->act->repeated ||
         billing_turn_audit (turn, document->subject_id, NULL, BILLING_RECORD (document), NULL, error);
}

/* The audit keeps it with the document, so that its history is read from there. */
static gboolean
update_document (BillingTurn      *turn,
                 BillingRecord    *before,
                 BillingDocument  *document,
                 GError          **error)
{
  billing_turn_set_result (turn, billing_record_get_id (before));
  return billing_table_update (turn->connection, BILLING_RECORD (document), error) &&
         billing_turn_audit (turn, billing_record_get_id (before), before, BILLING_RECORD (document), turn->act->notes,
                             error);
}

static BillingDocument *
load_document (BillingTurn    *turn,
               BillingRecord **before,
               GError        **error)
{
  BillingDocument *document;

  *before = find_filed (turn, BILLING_TYPE_DOCUMENT, _("Which document? Nothing was changed."), error);
  if (*before == NULL)
    return NULL;

  document = billing_document_new ();
  billing_record_copy (BILLING_RECORD (document), *before);
  return document;
}

/**
 * billing_desk_rename_document:
 * @turn: a document; name
 * @error: return location for an error
 *
 * Returns: whether it is called so
 */
gboolean
billing_desk_rename_document (BillingTurn  *turn,
                              GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingDocument) document = load_document (turn, &before, error);
  g_autofree char *name = g_strdup (turn->act->name != NULL ? turn->act->name : "");

  if (document == NULL || !billing_documents_check_name (g_strstrip (name), error))
    return FALSE;

  if (document->removed_at != 0)
    return billing_desk_refuse (error, _("“%s” was removed. Bring it back to rename it; nothing was changed."),
                                document->name);

  g_object_set (document, "name", name, NULL);
  return update_document (turn, before, document, error);
}

/**
 * billing_desk_remove_document:
 * @turn: a document
 * @error: return location for an error
 *
 * Takes it out of sight; its file stays, so that it can be brought back.
 *
 * Returns: whether it is removed
 */
gboolean
billing_desk_remove_document (BillingTurn  *turn,
                              GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingDocument) document = load_document (turn, &before, error);

  if (document == NULL)
    return FALSE;

  if (document->removed_at != 0)
    return billing_desk_refuse (error, _("“%s” was removed already. Nothing was changed."), document->name);

  g_object_set (document, "removed-at", turn->now, NULL);
  return update_document (turn, before, document, error);
}

/**
 * billing_desk_restore_document:
 * @turn: a document that was removed
 * @error: return location for an error
 *
 * Returns: whether it is there again
 */
gboolean
billing_desk_restore_document (BillingTurn  *turn,
                               GError      **error)
{
  g_autoptr (BillingRecord) before = NULL;
  g_autoptr (BillingDocument) document = load_document (turn, &before, error);
  g_autofree char *same = NULL;

  if (document == NULL)
    return FALSE;

  if (document->removed_at == 0)
    return billing_desk_refuse (error, _("“%s” was not removed. Nothing was changed."), document->name);
  if (!find_same (turn, document, &same, error))
    return FALSE;
  if (same != NULL)
    return billing_desk_refuse (error, _("The same file was added again meanwhile. Nothing was changed."));

  g_object_set (document, "removed-at", (gint64) 0, NULL);
  return update_document (turn, before, document, error);
}

/**
 * billing_desk_record_only:
 * @turn: an act that changes nothing in the books
 * @error: return location for an error
 *
 * Writes into the audit that somebody looked, exported, backed up or made a receipt.
 *
 * Returns: whether it was written
 */
gboolean
billing_desk_record_only (BillingTurn  *turn,
                          GError      **error)
{
  g_autoptr (BillingRecord) subject = NULL;

  if (turn->act->verb == BILLING_VERB_PATIENT_VIEW || turn->act->verb == BILLING_VERB_DOCUMENT_OPEN ||
      turn->act->verb == BILLING_VERB_PAYMENT_RECEIPT)
    {
      subject = find_subject (turn, error);
      if (subject == NULL)
        return FALSE;
    }

  return billing_turn_audit (turn, subject != NULL ? billing_record_get_id (subject) : turn->act->subject, NULL, NULL,
                             turn->act->notes, error);
}

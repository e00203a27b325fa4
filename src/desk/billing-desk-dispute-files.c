/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-dispute-files"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-dispute-private.h"
#include "billing-dispute-store.h"
#include "billing-documents.h"
#include "billing-outbox.h"
#include "billing-stripe-form.h"
#include "billing-table.h"

/*
 * The documents of an answer. Each is filed with its payment like any other, and uploaded in an intent of its own, whose body says
 * which document it is: the file itself is looked up when it is sent, and is the same each time, since documents lie under their
 * digest. When Stripe has it, its id goes into the evidence field that it is for.
 */

/**
 * billing_desk_take_evidence:
 * @self: a session
 * @act: with a file, or with a document that is kept already
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the document, not yet filed; %NULL without @error where it is kept already
 */
BillingRecord *
billing_desk_take_evidence (BillingDesk  *self,
                            BillingAct   *act,
                            GError      **error)
{
  return act->document == NULL || *act->document == '\0' ? billing_desk_take_document (self, act, error) : NULL;
}

static GMappedFile *
map (BillingDesk      *desk,
     BillingDocument  *document,
     GError          **error)
{
  g_autofree char *path = billing_documents_build_path (desk, document);
  GMappedFile *mapped = NULL;

  if (billing_documents_check (desk, document, error))
    mapped = g_mapped_file_new (path, FALSE, error);
  return mapped;
}

/* --- attaching -------------------------------------------------------------------------------- */

static BillingDocument *
find_document (BillingDisputeTurn  *self,
               GError             **error)
{
  BillingTurn *turn = self->turn;
  g_autofree char *id = NULL;

  if (turn->prepared == NULL)
    return (BillingDocument *) billing_table_get (turn->connection, BILLING_TYPE_DOCUMENT, turn->act->document, error);
  if (!billing_turn_file_document (turn, BILLING_DOCUMENT (turn->prepared), billing_dispute_turn_get_subject (self), &id, error))
    return NULL;

  return (BillingDocument *) billing_table_get (turn->connection, BILLING_TYPE_DOCUMENT, id, error);
}

static gint64
sum_files (BillingDisputeTurn *self,
           const char         *but)
{
  gint64 size = 0;

  for (guint i = 0; i < self->files->len; i++)
    {
      BillingDisputeFile *file = self->files->pdata[i];

      size += g_str_equal (file->slot, but) ? 0 : file->size;
    }

  return size;
}

/* Returns: (transfer none) (nullable): what it is, by its first bytes */
static const char *
check_document (BillingDisputeTurn  *self,
                BillingDocument     *document,
                const char          *slot,
                GError             **error)
{
  g_autoptr (GMappedFile) mapped = NULL;
  const char *type;

  if (document->removed_at != 0)
    return billing_desk_refuse (error, _("“%s” was removed. Bring it back first; nothing was changed."), document->name), NULL;
  if (document->size > BILLING_EVIDENCE_MAX_FILE)
    return billing_desk_refuse (error, _("“%s” is larger than 5 MB, which Stripe does not take as evidence. Nothing was changed."),
                                document->name), NULL;
  if (document->size + sum_files (self, slot) > BILLING_EVIDENCE_MAX_FILES)
    return billing_desk_refuse (error, _("With “%s” the files together are larger than 4.5 MB, which Stripe does not take. Nothing "
                                         "was changed."), document->name), NULL;

  mapped = map (self->turn->desk, document, error);
  if (mapped == NULL)
    return NULL;

  type = billing_evidence_type_of ((const guint8 *) g_mapped_file_get_contents (mapped), g_mapped_file_get_length (mapped));
  if (type == NULL)
    billing_desk_refuse (error, _("“%s” is neither a PDF nor a picture (JPEG, PNG), and Stripe takes nothing else as evidence. "
                                  "Nothing was changed."), document->name);
  return type;
}

/* A file's name goes to Stripe too, and names of documents name patients: the evidence field is name enough. */
static char *
make_filename (const char *slot,
               const char *type)
{
  return g_strdup_printf ("%s.%s", slot, g_str_equal (type, "application/pdf") ? "pdf" : g_str_equal (type, "image/png") ? "png" : "jpg");
}

static gboolean
queue_upload (BillingDisputeTurn  *self,
              BillingDisputeFile  *file,
              BillingDocument     *document,
              const char          *type,
              GError             **error)
{
  g_autoptr (BillingIntent) intent = billing_dispute_turn_begin (self, "dispute-file", error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autofree char *filename = make_filename (file->slot, type);

  if (intent == NULL)
    return FALSE;

  billing_stripe_form_add_string (form, "purpose", "dispute_evidence");
  billing_stripe_form_add_string (form, "filename", filename);
  billing_stripe_form_add_integer (form, "size", document->size);
  billing_stripe_form_add_string (form, "content_type", type);
  billing_stripe_form_add_string (form, "document", file->document_id);
  billing_stripe_form_add_string (form, "sha256", document->sha256);
  intent->record_id = g_strdup (billing_record_get_id (BILLING_RECORD (file)));
  return billing_turn_queue_intent (self->turn, intent, g_strdup ("/v1/files"), form, error);
}

static BillingDisputeFile *
find_file (BillingDisputeTurn *self,
           const char         *slot)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      if (g_str_equal (BILLING_DISPUTE_FILE (self->files->pdata[i])->slot, slot))
        return self->files->pdata[i];
    }

  return NULL;
}

/* What was not sent yet is not sent. What is on its way arrives, and belongs to nothing. */
static gboolean
drop (BillingDisputeTurn  *self,
      BillingDisputeFile  *file,
      GError             **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (file));

  return billing_dispute_turn_withdraw (self, "dispute-file", id, _("The file was taken away."), error) &&
         billing_dispute_turn_withdraw (self, "dispute-save", id, _("The file was taken away."), error) &&
         billing_dispute_store_remove_file (self->turn->connection, billing_record_get_pk (BILLING_RECORD (file)), error);
}

static gboolean
check_slot (const char  *slot,
            GError     **error)
{
  const BillingEvidenceField *field = billing_evidence_field_find (slot);

  return (field != NULL && field->is_file) ||
         billing_desk_refuse (error, _("“%s” is no evidence that is a file. Nothing was changed."), slot != NULL ? slot : "");
}

/**
 * billing_desk_attach_evidence:
 * @turn: a dispute; slot: the evidence field; and what was taken, or a document that is kept already
 * @error: return location for an error
 *
 * Files the document with the payment, and has it uploaded. What was in the slot before makes room.
 *
 * Returns: whether it is attached
 */
gboolean
billing_desk_attach_evidence (BillingTurn  *turn,
                              GError      **error)
{
  g_auto (BillingDisputeTurn) self = { NULL };
  g_autoptr (BillingDisputeFile) file = billing_dispute_file_new ();
  g_autoptr (BillingDocument) document = NULL;
  BillingDisputeFile *before;
  const char *type;

  if (!check_slot (turn->act->slot, error) || !billing_dispute_turn_load_open (&self, turn, error))
    return FALSE;

  document = find_document (&self, error);
  type = document != NULL ? check_document (&self, document, turn->act->slot, error) : NULL;
  before = find_file (&self, turn->act->slot);
  if (type == NULL || (before != NULL && !drop (&self, before, error)))
    return FALSE;

  file->dispute_id = g_strdup (billing_record_get_id (BILLING_RECORD (self.dispute)));
  file->slot = g_strdup (turn->act->slot);
  file->document_id = g_strdup (billing_record_get_id (BILLING_RECORD (document)));
  file->person = g_strdup (turn->account);
  file->created_at = turn->now;
  billing_turn_set_result (turn, file->document_id);
  return billing_dispute_turn_keep (&self, error) &&
         billing_table_insert (turn->connection, BILLING_RECORD (file), error) &&
         queue_upload (&self, file, document, type, error) &&
         billing_turn_audit (turn, billing_dispute_turn_get_subject (&self), (BillingRecord *) before, BILLING_RECORD (file),
                             document->name, error);
}

/* Puts the id of a file of Stripe's into its evidence field, or empties that. */
static gboolean
stage_file (BillingDisputeTurn  *self,
            const char          *slot,
            const char          *file_id,
            const char          *record_id,
            GError             **error)
{
  g_autoptr (BillingIntent) intent = billing_dispute_turn_begin (self, "dispute-save", error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  if (intent == NULL)
    return FALSE;

  billing_stripe_form_open (form, "evidence");
  billing_stripe_form_add_string (form, slot, file_id);
  billing_stripe_form_close (form);
  billing_stripe_form_add_boolean (form, "submit", FALSE);
  intent->record_id = g_strdup (record_id);
  return billing_dispute_turn_queue (self, intent, NULL, form, error);
}

/**
 * billing_desk_detach_evidence:
 * @turn: a dispute; slot: the evidence field
 * @error: return location for an error
 *
 * Takes a file from the answer, here and at Stripe. Its document stays with the payment.
 *
 * Returns: whether the field is empty
 */
gboolean
billing_desk_detach_evidence (BillingTurn  *turn,
                              GError      **error)
{
  g_auto (BillingDisputeTurn) self = { NULL };
  BillingDisputeFile *file;
  gboolean is_staged;

  if (!check_slot (turn->act->slot, error) || !billing_dispute_turn_load_open (&self, turn, error))
    return FALSE;

  file = find_file (&self, turn->act->slot);
  is_staged = (file != NULL && file->file_id != NULL) || g_hash_table_contains (self.at_stripe, turn->act->slot);
  if (file == NULL && !is_staged)
    return billing_desk_refuse (error, _("Nothing is attached there. Nothing was changed."));

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (self.dispute)));
  return (file == NULL || drop (&self, file, error)) &&
         (!is_staged || stage_file (&self, turn->act->slot, "", turn->act->slot, error)) &&
         billing_dispute_turn_keep (&self, error) &&
         billing_turn_audit (turn, billing_dispute_turn_get_subject (&self), (BillingRecord *) file, NULL,
                             file != NULL ? file->name : turn->act->slot, error);
}

/* --- delivery --------------------------------------------------------------------------------- */

typedef struct {
  const char *file_id;
  BillingRecord *document; /* (owned) (nullable) */
} Search;

static gboolean
find_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Search *search = data;
  g_autoptr (BillingRecord) file = billing_table_get (connection, BILLING_TYPE_DISPUTE_FILE, search->file_id, error);

  if (file == NULL)
    return FALSE;

  g_clear_object (&search->document);
  search->document = billing_table_get (connection, BILLING_TYPE_DOCUMENT, BILLING_DISPUTE_FILE (file)->document_id, error);
  return search->document != NULL;
}

/**
 * billing_dispute_load_file:
 * @desk: a session
 * @intent: by which a document is uploaded
 * @error: return location for an error, after which it can never be sent
 *
 * Returns: (transfer full) (nullable): the document's bytes, which are those that were attached
 */
GBytes *
billing_dispute_load_file (BillingDesk    *desk,
                           BillingIntent  *intent,
                           GError        **error)
{
  Search search = { intent->record_id != NULL ? intent->record_id : "", NULL };
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (BillingRecord) document = NULL;

  if (!billing_store_read (billing_desk_get_store (desk), find_func, &search, NULL, error))
    {
      g_clear_object (&search.document);
      return NULL;
    }

  document = search.document;
  mapped = map (desk, BILLING_DOCUMENT (document), error);
  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}

static BillingDisputeFile *
find_by_id (BillingDisputeTurn *self,
            const char         *id)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      if (g_strcmp0 (billing_record_get_id (self->files->pdata[i]), id) == 0)
        return self->files->pdata[i];
    }

  return NULL;
}

static gboolean
load (BillingDisputeTurn  *self,
      BillingTurn         *turn,
      BillingDesk         *desk,
      BillingConnection   *connection,
      BillingAct          *act,
      BillingIntent       *intent,
      GError             **error)
{
  *turn = (BillingTurn) { .desk = desk, .connection = connection, .act = act, .account = intent->person,
                          .now = billing_desk_get_now (desk) };
  return billing_dispute_turn_load_books (self, turn, intent->subject_id, error);
}

/* Stripe has the file: an answer that waits for it is complete now; otherwise the draft gets it. */
gboolean
billing_dispute_settle_file (BillingDesk        *desk,
                             BillingConnection  *connection,
                             BillingIntent      *intent,
                             GError            **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DISPUTE_ATTACH, intent->subject_id);
  g_auto (BillingDisputeTurn) self = { NULL };
  BillingTurn turn;
  BillingDisputeFile *file;
  gboolean is_submitting;

  if (!load (&self, &turn, desk, connection, act, intent, error))
    return FALSE;

  file = find_by_id (&self, intent->record_id);
  if (file == NULL) /* it was taken away meanwhile */
    return TRUE;

  g_object_set (file, "file-id", intent->result_id, "problem", NULL, NULL);
  return billing_table_update (connection, BILLING_RECORD (file), error) &&
         billing_dispute_complete_submission (&self, &is_submitting, error) &&
         (is_submitting || stage_file (&self, file->slot, file->file_id, intent->record_id, error));
}

/* An answer without a file that belongs to it is not submitted. */
static gboolean
hold_back (BillingDisputeTurn  *self,
           BillingDisputeFile  *file,
           GError             **error)
{
  g_autofree char *problem = g_strdup_printf (_("“%s” did not reach Stripe: %s The answer was not submitted."), file->name,
                                              file->problem != NULL ? file->problem : "");

  if (self->answer->state != BILLING_ANSWER_STATE_SUBMITTING || self->before == NULL)
    return TRUE;

  g_object_set (self->answer, "state", BILLING_ANSWER_STATE_DRAFT, "problem", problem, NULL);
  return billing_dispute_turn_withdraw (self, "dispute-submit", NULL, problem, error) &&
         billing_table_update (self->turn->connection, BILLING_RECORD (self->answer), error);
}

gboolean
billing_dispute_release_file (BillingDesk        *desk,
                              BillingConnection  *connection,
                              BillingIntent      *intent,
                              GError            **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DISPUTE_ATTACH, intent->subject_id);
  g_auto (BillingDisputeTurn) self = { NULL };
  BillingTurn turn;
  BillingDisputeFile *file;

  if (!load (&self, &turn, desk, connection, act, intent, error))
    return FALSE;

  file = find_by_id (&self, intent->record_id);
  if (file == NULL)
    return TRUE;

  g_object_set (file, "problem", intent->problem != NULL ? intent->problem : _("It was withdrawn before it was sent."), NULL);
  return billing_table_update (connection, BILLING_RECORD (file), error) && hold_back (&self, file, error);
}

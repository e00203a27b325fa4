/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-disputes"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-dispute-private.h"
#include "billing-dispute-store.h"
#include "billing-json-texts.h"
#include "billing-mirror.h"
#include "billing-outbox.h"
#include "billing-stripe-form.h"
#include "billing-stripe-request.h"
#include "billing-table.h"
#include "billing-text.h"

/*
 * The answer to a dispute. It is a draft here and at Stripe, where each saving goes with submit=false, since Stripe submits what it
 * is told by itself otherwise; only one act submits it, and Stripe takes that once. All that is asked for a dispute has the dispute
 * as its subject, so that it is sent in the order in which it was asked for: files before what names them, drafts before the answer.
 */

/* --- what the verbs share --------------------------------------------------------------------- */

void
billing_dispute_turn_clear (BillingDisputeTurn *self)
{
  g_clear_object (&self->dispute);
  g_clear_object (&self->before);
  g_clear_object (&self->answer);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->at_stripe, g_hash_table_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
}

static const char *
get_id (BillingDisputeTurn *self)
{
  return billing_record_get_id (BILLING_RECORD (self->dispute));
}

/* A draft that was begun at Stripe's own page goes on here. */
static void
begin_answer (BillingDisputeTurn *self)
{
  g_autoptr (GHashTable) texts = billing_dispute_copy_texts (self->at_stripe);

  self->answer->dispute_id = g_strdup (get_id (self));
  self->answer->evidence = billing_json_texts_build (texts);
  self->answer->person = g_strdup (self->turn->account);
  self->answer->created_at = self->turn->now;
  self->answer->changed_at = self->turn->now;
}

static gboolean
load_answer (BillingDisputeTurn  *self,
             GError             **error)
{
  if (!billing_dispute_find_answer (self->turn->connection, get_id (self), &self->before, error))
    return FALSE;

  self->answer = billing_dispute_answer_new ();
  if (self->before != NULL)
    billing_record_copy (BILLING_RECORD (self->answer), BILLING_RECORD (self->before));
  else
    begin_answer (self);

  self->texts = billing_json_texts_parse (self->answer->evidence, error);
  self->files = billing_table_select (self->turn->connection, BILLING_TYPE_DISPUTE_FILE, "dispute_id", get_id (self), error);
  return self->texts != NULL && self->files != NULL;
}

static gboolean
load_stripe (BillingDisputeTurn  *self,
             GError             **error)
{
  g_autofree char *json = billing_mirror_read_object (self->turn->connection, "disputes", get_id (self), error);
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;

  if (json == NULL || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_clear_error (error);
      return billing_desk_refuse (error, _("The dispute cannot be read now. Update from Stripe, then try again; nothing was "
                                           "changed."));
    }

  self->at_stripe = billing_dispute_read_evidence (json_node_get_object (node));
  self->moves = billing_dispute_read_moves (json_node_get_object (node));
  return TRUE;
}

gboolean
billing_dispute_turn_load (BillingDisputeTurn  *self,
                           BillingTurn         *turn,
                           const char          *id,
                           GError             **error)
{
  self->turn = turn;
  if (id == NULL || *id == '\0')
    return billing_desk_refuse (error, _("Which dispute? Name it by Stripe’s id, dp_…. Nothing was changed."));

  self->dispute = (BillingDispute *) billing_table_get (turn->connection, BILLING_TYPE_DISPUTE, id, error);
  return self->dispute != NULL && load_stripe (self, error) && load_answer (self, error);
}

/* Of what Stripe answered the books are enough: the mirror may be gone meanwhile. */
gboolean
billing_dispute_turn_load_books (BillingDisputeTurn  *self,
                                 BillingTurn         *turn,
                                 const char          *id,
                                 GError             **error)
{
  self->turn = turn;
  self->dispute = billing_dispute_new ();
  billing_record_set_id (BILLING_RECORD (self->dispute), id);
  self->at_stripe = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->moves = g_ptr_array_new_with_free_func (g_object_unref);
  return load_answer (self, error);
}

/* The payment's history tells of its disputes; one of nobody's has its own. */
const char *
billing_dispute_turn_get_subject (BillingDisputeTurn *self)
{
  return self->dispute->payment_id != NULL ? self->dispute->payment_id : get_id (self);
}

/* Answered and accepted is what can still be, and with Stripe connected. */
gboolean
billing_dispute_turn_load_open (BillingDisputeTurn  *self,
                                BillingTurn         *turn,
                                GError             **error)
{
  g_autofree char *obstacle = NULL;

  if (!billing_dispute_turn_load (self, turn, turn->act->subject, error) || !billing_turn_check_connected (turn, NULL, error))
    return FALSE;

  obstacle = billing_dispute_find_obstacle (self->dispute, self->answer, turn->now);
  return obstacle == NULL || billing_desk_refuse (error, _("%s Nothing was changed."), obstacle);
}

gboolean
billing_dispute_turn_keep (BillingDisputeTurn  *self,
                           GError             **error)
{
  g_autofree char *evidence = billing_json_texts_build (self->texts);
  gboolean is_new = self->before == NULL;

  g_object_set (self->answer, "evidence", evidence, "person", self->turn->account, "changed-at", self->turn->now, NULL);
  return is_new ? billing_table_insert (self->turn->connection, BILLING_RECORD (self->answer), error)
                : billing_table_update (self->turn->connection, BILLING_RECORD (self->answer), error);
}

gboolean
billing_dispute_turn_conclude (BillingDisputeTurn  *self,
                               GError             **error)
{
  billing_turn_set_result (self->turn, get_id (self));
  return billing_dispute_turn_keep (self, error) &&
         billing_turn_audit (self->turn, billing_dispute_turn_get_subject (self), (BillingRecord *) self->before,
                             BILLING_RECORD (self->answer), self->turn->act->notes, error);
}

/* --- what is told to Stripe ------------------------------------------------------------------- */

BillingIntent *
billing_dispute_turn_begin (BillingDisputeTurn  *self,
                            const char          *kind,
                            GError             **error)
{
  return billing_turn_begin_intent_of (self->turn, kind, get_id (self), 0, NULL, error);
}

gboolean
billing_dispute_turn_queue (BillingDisputeTurn  *self,
                            BillingIntent       *intent,
                            const char          *end,
                            BillingStripeForm   *form,
                            GError             **error)
{
  return billing_turn_queue_intent (self->turn, intent, billing_stripe_path_new ("disputes", get_id (self), end, NULL), form, error);
}

/* Each text is said, and each that is not there is unset: so that it does not matter which drafts came before. */
static void
add_texts (BillingDisputeTurn *self,
           BillingStripeForm  *form)
{
  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      const BillingEvidenceField *field = billing_evidence_field_nth (i);
      const char *text = g_hash_table_lookup (self->texts, field->name);

      if (!field->is_file)
        billing_stripe_form_add_string (form, field->name, text != NULL ? text : "");
    }
}

static void
add_files (BillingDisputeTurn *self,
           BillingStripeForm  *form)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      BillingDisputeFile *file = self->files->pdata[i];

      if (file->file_id != NULL)
        billing_stripe_form_add_string (form, file->slot, file->file_id);
    }
}

static BillingStripeForm *
make_evidence (BillingDisputeTurn *self,
               gboolean            is_whole)
{
  BillingStripeForm *form = billing_stripe_form_new ();

  billing_stripe_form_open (form, "evidence");
  add_texts (self, form);
  if (is_whole)
    add_files (self, form);
  billing_stripe_form_close (form);
  billing_stripe_form_add_boolean (form, "submit", is_whole);
  return form;
}

static gboolean
is_unsent (BillingIntent *intent)
{
  return intent->state == BILLING_OUTBOX_STATE_QUEUED && intent->first_sent_at == 0;
}

gboolean
billing_dispute_turn_withdraw (BillingDisputeTurn  *self,
                               const char          *kind,
                               const char          *record_id,
                               const char          *why,
                               GError             **error)
{
  g_autoptr (GPtrArray) intents = billing_table_select (self->turn->connection, BILLING_TYPE_INTENT, "subject_id", get_id (self),
                                                        error);

  for (guint i = 0; intents != NULL && i < intents->len; i++)
    {
      BillingIntent *intent = intents->pdata[i];
      gboolean is_settled;

      if (!is_unsent (intent) || !g_str_equal (intent->kind, kind) || g_strcmp0 (intent->record_id, record_id) != 0)
        continue;

      intent->state = BILLING_OUTBOX_STATE_WITHDRAWN;
      g_free (intent->problem);
      intent->problem = g_strdup (why);
      if (!billing_outbox_settle (self->turn->connection, intent, &is_settled, error))
        return FALSE;
    }

  return intents != NULL;
}

/* A draft that was not sent yet is not sent at all where a newer one says it all again. */
static gboolean
stage (BillingDisputeTurn  *self,
       GError             **error)
{
  g_autoptr (BillingStripeForm) form = make_evidence (self, FALSE);
  g_autoptr (BillingIntent) intent = NULL;

  if (!billing_dispute_turn_withdraw (self, "dispute-save", NULL, _("A newer draft took its place."), error))
    return FALSE;

  intent = billing_dispute_turn_begin (self, "dispute-save", error);
  return intent != NULL && billing_dispute_turn_queue (self, intent, NULL, form, error);
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean
check_text (const BillingEvidenceField *field,
            const char                 *text,
            GError                    **error)
{
  if (!billing_text_is_plain (text))
    return billing_desk_refuse (error, _("“%s” has characters that are no text. Nothing was changed."),
                                billing_evidence_field_get_label (field));
  if (g_utf8_strlen (text, -1) > BILLING_EVIDENCE_MAX_TEXT)
    return billing_desk_refuse (error, _("“%s” is longer than 20,000 characters, which Stripe does not take. Nothing was "
                                         "changed."), billing_evidence_field_get_label (field));
  return TRUE;
}

static gboolean
take_text (BillingDisputeTurn  *self,
           const char          *name,
           const char          *text,
           GError             **error)
{
  const BillingEvidenceField *field = billing_evidence_field_find (name);

  if (field == NULL)
    return billing_desk_refuse (error, _("“%s” is no evidence that Stripe knows. Nothing was changed."), name);
  if (field->is_file)
    return billing_desk_refuse (error, _("“%s” is a file: attach it. Nothing was changed."), billing_evidence_field_get_label (field));
  if (!check_text (field, text, error))
    return FALSE;

  if (*text != '\0')
    g_hash_table_insert (self->texts, g_strdup (name), g_strdup (text));
  else
    g_hash_table_remove (self->texts, name);
  return TRUE;
}

static gboolean
check_length (BillingDisputeTurn  *self,
              GError             **error)
{
  glong length = 0;
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    length += g_utf8_strlen (text, -1);
  if (length <= BILLING_EVIDENCE_MAX_TEXTS)
    return TRUE;

  return billing_desk_refuse (error, _("The texts together are longer than 150,000 characters, which Stripe does not take. Nothing "
                                       "was changed."));
}

static gboolean
take_texts (BillingDisputeTurn  *self,
            const char          *fields,
            GError             **error)
{
  g_autoptr (GHashTable) given = billing_json_texts_parse (fields, error);
  GHashTableIter iter;
  gpointer name;
  gpointer text;

  if (given == NULL)
    return FALSE;
  if (g_hash_table_size (given) == 0)
    return billing_desk_refuse (error, _("There is nothing to save. Nothing was changed."));

  g_hash_table_iter_init (&iter, given);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      if (!take_text (self, name, text, error))
        return FALSE;
    }

  return check_length (self, error);
}

/**
 * billing_desk_save_dispute:
 * @turn: a dispute; fields: texts by their evidence field, of which an empty one takes the text back, and what is not said stays
 * @error: return location for an error
 *
 * Keeps the draft of an answer here, and has Stripe keep it too. Nobody else sees it.
 *
 * Returns: whether it is kept
 */
gboolean
billing_desk_save_dispute (BillingTurn  *turn,
                           GError      **error)
{
  g_auto (BillingDisputeTurn) self = { NULL };

  if (!billing_dispute_turn_load_open (&self, turn, error) || !take_texts (&self, turn->act->fields, error) || !stage (&self, error))
    return FALSE;

  g_object_set (self.answer, "state", BILLING_ANSWER_STATE_STAGING, "problem", NULL, NULL);
  return billing_dispute_turn_conclude (&self, error);
}

/* --- submitting and accepting ----------------------------------------------------------------- */

/* The last file that is still on its way, and the first that Stripe did not take. */
static gboolean
look_at_files (BillingDisputeTurn  *self,
               char               **upload,
               GError             **error)
{
  g_autoptr (GPtrArray) intents = billing_table_select (self->turn->connection, BILLING_TYPE_INTENT, "subject_id", get_id (self),
                                                        error);

  for (guint i = 0; intents != NULL && i < intents->len; i++)
    {
      BillingIntent *intent = intents->pdata[i];

      if (g_str_equal (intent->kind, "dispute-file") &&
          (intent->state == BILLING_OUTBOX_STATE_QUEUED || intent->state == BILLING_OUTBOX_STATE_SENDING ||
           intent->state == BILLING_OUTBOX_STATE_UNKNOWN))
        {
          g_free (*upload);
          *upload = g_strdup (billing_record_get_id (BILLING_RECORD (intent)));
        }
    }
  if (intents == NULL)
    return FALSE;

  for (guint i = 0; i < self->files->len; i++)
    {
      BillingDisputeFile *file = self->files->pdata[i];

      if (file->problem != NULL)
        return billing_desk_refuse (error, _("“%s” did not reach Stripe: %s Attach it again, or take it away; nothing was "
                                             "submitted."), file->name, file->problem);
    }

  return TRUE;
}

static gboolean
check_anything (BillingDisputeTurn  *self,
                GError             **error)
{
  return g_hash_table_size (self->texts) > 0 || self->files->len > 0 ||
         billing_desk_refuse (error, _("There is nothing to submit yet: write something, or attach a file. Nothing was "
                                       "submitted."));
}

/**
 * billing_desk_submit_dispute:
 * @turn: a dispute whose answer is ready
 * @error: return location for an error
 *
 * Has Stripe pass the answer on to the bank, whole, when its files are there. It happens once, and cannot be taken back: that the
 * answer is on its way is written down in the transaction that queues it.
 *
 * Returns: whether it will be submitted
 */
gboolean
billing_desk_submit_dispute (BillingTurn  *turn,
                             GError      **error)
{
  g_auto (BillingDisputeTurn) self = { NULL };
  g_autoptr (BillingStripeForm) form = NULL;
  g_autoptr (BillingIntent) intent = NULL;

  if (!billing_dispute_turn_load_open (&self, turn, error) || !check_anything (&self, error))
    return FALSE;

  intent = billing_dispute_turn_begin (&self, "dispute-submit", error);
  if (intent == NULL || !look_at_files (&self, &intent->after_id, error) ||
      !billing_dispute_turn_withdraw (&self, "dispute-save", NULL, _("The answer that is submitted says it all."), error))
    return FALSE;

  form = make_evidence (&self, TRUE);
  g_object_set (self.answer, "state", BILLING_ANSWER_STATE_SUBMITTING, "problem", NULL, NULL);
  return billing_dispute_turn_queue (&self, intent, NULL, form, error) && billing_dispute_turn_conclude (&self, error);
}

/**
 * billing_desk_accept_dispute:
 * @turn: a dispute that is not worth an answer
 * @error: return location for an error
 *
 * Gives it up as lost, which cannot be taken back.
 *
 * Returns: whether it will be accepted
 */
gboolean
billing_desk_accept_dispute (BillingTurn  *turn,
                             GError      **error)
{
  g_auto (BillingDisputeTurn) self = { NULL };
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = NULL;

  if (!billing_dispute_turn_load_open (&self, turn, error) ||
      !billing_dispute_turn_withdraw (&self, "dispute-save", NULL, _("The dispute was accepted."), error))
    return FALSE;

  intent = billing_dispute_turn_begin (&self, "dispute-accept", error);
  g_object_set (self.answer, "state", BILLING_ANSWER_STATE_ACCEPTING, "problem", NULL, NULL);
  return intent != NULL && billing_dispute_turn_queue (&self, intent, "close", form, error) &&
         billing_dispute_turn_conclude (&self, error);
}

/* --- what became of it ------------------------------------------------------------------------ */

/* Whether anything of @kind is still on its way. */
static gboolean
is_waiting (BillingConnection  *connection,
            const char         *dispute_id,
            const char         *kind,
            gboolean           *waits,
            GError            **error)
{
  g_autoptr (GPtrArray) intents = billing_table_select (connection, BILLING_TYPE_INTENT, "subject_id", dispute_id, error);

  *waits = FALSE;
  for (guint i = 0; intents != NULL && i < intents->len; i++)
    {
      BillingIntent *intent = intents->pdata[i];

      *waits = *waits || (g_str_equal (intent->kind, kind) &&
                          (intent->state == BILLING_OUTBOX_STATE_QUEUED || intent->state == BILLING_OUTBOX_STATE_SENDING ||
                           intent->state == BILLING_OUTBOX_STATE_UNKNOWN));
    }

  return intents != NULL;
}

/* What Stripe says of a draft that was submitted or given up since is of no interest. */
static gboolean
take_staged (BillingConnection    *connection,
             BillingDisputeAnswer *answer,
             GError              **error)
{
  gboolean waits;

  if (answer->state != BILLING_ANSWER_STATE_STAGING)
    return TRUE;
  if (!is_waiting (connection, answer->dispute_id, "dispute-save", &waits, error))
    return FALSE;

  if (!waits)
    g_object_set (answer, "state", BILLING_ANSWER_STATE_STAGED, "problem", NULL, NULL);
  return TRUE;
}

gboolean
billing_dispute_settle (BillingDesk        *desk,
                        BillingConnection  *connection,
                        BillingIntent      *intent,
                        GError            **error)
{
  g_autoptr (BillingDisputeAnswer) answer = NULL;

  if (!billing_dispute_find_answer (connection, intent->subject_id, &answer, error))
    return FALSE;
  if (answer == NULL)
    return TRUE;

  if (g_str_equal (intent->kind, "dispute-submit"))
    g_object_set (answer, "state", BILLING_ANSWER_STATE_SUBMITTED, "submitted-at", billing_desk_get_now (desk), "problem", NULL, NULL);
  else if (g_str_equal (intent->kind, "dispute-accept"))
    g_object_set (answer, "state", BILLING_ANSWER_STATE_ACCEPTED, "problem", NULL, NULL);
  else if (!take_staged (connection, answer, error))
    return FALSE;

  return billing_table_update (connection, BILLING_RECORD (answer), error);
}

gboolean
billing_dispute_release (BillingDesk        *desk,
                         BillingConnection  *connection,
                         BillingIntent      *intent,
                         GError            **error)
{
  gboolean is_refused = intent->state == BILLING_OUTBOX_STATE_FAILED;
  gboolean is_draft = g_str_equal (intent->kind, "dispute-save");
  g_autoptr (BillingDisputeAnswer) answer = NULL;

  if (!billing_dispute_find_answer (connection, intent->subject_id, &answer, error))
    return FALSE;
  /* A draft's refusal changes nothing of an answer that is on its way itself. */
  if (answer == NULL || (is_draft && answer->state != BILLING_ANSWER_STATE_STAGING && answer->state != BILLING_ANSWER_STATE_STAGED))
    return TRUE;

  g_object_set (answer, "state", BILLING_ANSWER_STATE_DRAFT, "problem", is_refused ? intent->problem : NULL, NULL);
  return billing_table_update (connection, BILLING_RECORD (answer), error);
}

gboolean
billing_dispute_complete_submission (BillingDisputeTurn  *self,
                                     gboolean            *is_there,
                                     GError             **error)
{
  g_autoptr (GPtrArray) intents = billing_table_select (self->turn->connection, BILLING_TYPE_INTENT, "subject_id", get_id (self),
                                                        error);

  *is_there = FALSE;
  for (guint i = 0; intents != NULL && i < intents->len; i++)
    {
      BillingIntent *intent = intents->pdata[i];
      g_autoptr (BillingStripeForm) form = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *body = NULL;

      if (!is_unsent (intent) || !g_str_equal (intent->kind, "dispute-submit"))
        continue;

      form = make_evidence (self, TRUE);
      bytes = billing_stripe_form_to_bytes (form);
      body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      *is_there = TRUE;
      if (!billing_dispute_store_set_body (self->turn->connection, billing_record_get_pk (BILLING_RECORD (intent)), body, error))
        return FALSE;
    }

  return intents != NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-window"

#include "config.h"

#include "billing-dispute-window.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-clinical-words.h"
#include "billing-dispute-file-row.h"
#include "billing-dispute-format.h"
#include "billing-dispute-review.h"
#include "billing-dispute-story.h"
#include "billing-dispute-text-row.h"
#include "billing-format.h"
#include "billing-json-texts.h"
#include "billing-read.h"

/* How long after the last key the texts are looked through, milliseconds. */
#define PAUSE 300

/* What follows when the draft is kept. */
typedef enum {
  THEN_STAY,
  THEN_REVIEW,
  THEN_CLOSE,
} Then;

struct _BillingDisputeWindow {
  BillingDialog parent_instance;

  /* Template widgets */
  AdwWindowTitle *window_title; /* (not owned) */
  GtkWidget *back_button; /* (not owned) */
  GtkInfoBar *clinical_bar; /* (not owned) */
  GtkLabel *clinical_label; /* (not owned) */
  GtkStack *stack; /* (not owned) */
  GtkLabel *deadline_label; /* (not owned) */
  GtkLabel *advice_label; /* (not owned) */
  GtkLabel *state_label; /* (not owned) */
  AdwPreferencesGroup *first_group; /* (not owned) */
  GtkExpander *more_expander; /* (not owned) */
  AdwPreferencesGroup *more_group; /* (not owned) */
  AdwBin *answer_bin; /* (not owned) */
  AdwBin *review_bin; /* (not owned) */
  GtkCheckButton *read_check; /* (not owned) */
  GtkWidget *bottom; /* (not owned) */
  GtkLabel *total_label; /* (not owned) */
  GtkWidget *save_button; /* (not owned) */
  GtkWidget *review_button; /* (not owned) */
  GtkWidget *submit_button; /* (not owned) */

  char *id; /* (owned): of the dispute */
  BillingDisputeStory *story; /* (owned) (nullable): until it is read */
  GtkWidget *rows[BILLING_N_EVIDENCE_FIELDS]; /* (not owned): in the order of the fields */
  GHashTable *saved; /* (owned): what the texts were when they were read or kept last */
  GSignalGroup *store; /* (owned) */
  GCancellable *reading; /* (owned) (nullable): of the story */
  GCancellable *reading_documents; /* (owned) (nullable) */
  guint looking; /* source: looks through the texts once nobody types */
  Then then;
  gboolean is_submitted; /* once is enough */
};

G_DEFINE_FINAL_TYPE (BillingDisputeWindow, billing_dispute_window, BILLING_TYPE_DIALOG)

/* What is written. */

static char *
dup_text (BillingDisputeWindow *self,
          guint                 i)
{
  return billing_dispute_text_row_dup_text (BILLING_DISPUTE_TEXT_ROW (self->rows[i]));
}

static const char *
get_saved (BillingDisputeWindow *self,
           guint                 i)
{
  const char *text = g_hash_table_lookup (self->saved, billing_evidence_field_nth (i)->name);

  return text != NULL ? text : "";
}

static gboolean
is_text (guint i)
{
  return !billing_evidence_field_nth (i)->is_file;
}

static gboolean
is_changed (BillingDialog *dialog)
{
  BillingDisputeWindow *self = BILLING_DISPUTE_WINDOW (dialog);

  if (self->story == NULL || !self->story->can_edit)
    return FALSE;

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      g_autofree char *text = is_text (i) ? dup_text (self, i) : NULL;

      if (text != NULL && g_strcmp0 (text, get_saved (self, i)) != 0)
        return TRUE;
    }

  return FALSE;
}

/* All texts by their fields; those that were taken back are empty. */
static GHashTable *
collect_texts (BillingDisputeWindow *self)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      g_autofree char *text = is_text (i) ? dup_text (self, i) : NULL;

      if (text != NULL && (*text != '\0' || *get_saved (self, i) != '\0'))
        g_hash_table_insert (texts, g_strdup (billing_evidence_field_nth (i)->name), g_steal_pointer (&text));
    }

  return texts;
}

static guint
count_characters (BillingDisputeWindow *self)
{
  guint sum = 0;

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      if (is_text (i))
        sum += billing_dispute_text_row_get_length (BILLING_DISPUTE_TEXT_ROW (self->rows[i]));
    }

  return sum;
}

static gboolean
is_too_long (BillingDisputeWindow *self)
{
  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      if (is_text (i) && billing_dispute_text_row_is_too_long (BILLING_DISPUTE_TEXT_ROW (self->rows[i])))
        return TRUE;
    }

  return count_characters (self) > BILLING_EVIDENCE_MAX_TEXTS;
}

/* What it says of itself. */

static gboolean
is_reviewing (BillingDisputeWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "review") == 0;
}

static void
update_total (BillingDisputeWindow *self)
{
  guint n = count_characters (self);
  g_autofree char *total = g_strdup_printf (_("%'u of %'u characters in all"), n, BILLING_EVIDENCE_MAX_TEXTS);

  gtk_label_set_label (self->total_label, n > 0 ? total : "");
  if (n > BILLING_EVIDENCE_MAX_TEXTS)
    gtk_widget_add_css_class (GTK_WIDGET (self->total_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->total_label), "error");
}

static void
update_cb (BillingDisputeWindow *self)
{
  gboolean is_busy;
  gboolean is_open = self->story != NULL && self->story->can_edit && !self->is_submitted;
  gboolean reviewing = is_reviewing (self);

  g_object_get (self, "busy", &is_busy, NULL);
  gtk_widget_set_visible (self->bottom, is_open || self->is_submitted);
  gtk_widget_set_visible (self->back_button, reviewing);
  gtk_widget_set_visible (self->save_button, !reviewing);
  gtk_widget_set_visible (self->review_button, !reviewing);
  gtk_widget_set_visible (self->submit_button, reviewing);
  gtk_widget_set_sensitive (self->save_button, is_open && !is_busy);
  gtk_widget_set_sensitive (self->review_button, is_open && !is_busy && self->story->can_submit && !is_too_long (self));
  gtk_widget_set_sensitive (self->submit_button, is_open && !is_busy && gtk_check_button_get_active (self->read_check));
  gtk_widget_set_tooltip_text (self->review_button, self->story != NULL ? self->story->why_not : NULL);
  update_total (self);
}

/* What looks clinical in one text, to be said under it. */
static char *
describe_findings (GPtrArray *findings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      BillingClinicalFinding *finding = findings->pdata[i];

      g_string_append_printf (text, i > 0 ? _(", “%s” (%s)") : _("“%s” (%s)"), finding->text,
                              billing_clinical_kind_describe (finding->kind));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
note_field (GString    *fields,
            guint       i,
            const char *what)
{
  g_string_append_printf (fields, "\n%s: %s", billing_evidence_field_get_label (billing_evidence_field_nth (i)), what);
}

static void
look_through_text (BillingDisputeWindow *self,
                   guint                 i,
                   GString              *fields)
{
  g_autofree char *text = dup_text (self, i);
  g_autoptr (GPtrArray) findings = billing_dispute_find_clinical (self->story, text);
  g_autofree char *found = describe_findings (findings);
  g_autofree char *warning = findings->len > 0 ? g_strdup_printf (_("This looks clinical: %s"), found) : NULL;

  billing_dispute_text_row_warn (BILLING_DISPUTE_TEXT_ROW (self->rows[i]), warning);
  if (findings->len > 0)
    note_field (fields, i, found);
}

static void
look_through_file (BillingDisputeWindow *self,
                   BillingDisputeFile   *file,
                   GString              *fields)
{
  g_autofree char *word = file->name != NULL ? billing_clinical_find_in_name (file->name) : NULL;

  for (guint i = 0; word != NULL && i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      if (g_str_equal (billing_evidence_field_nth (i)->name, file->slot))
        note_field (fields, i, file->name);
    }
}

/* Nothing is refused: what is found may be harmless, and what is not found clinical all the same. */
static void
look_through (BillingDisputeWindow *self)
{
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      if (is_text (i))
        look_through_text (self, i, fields);
    }
  for (guint i = 0; i < self->story->files->len; i++)
    look_through_file (self, self->story->files->pdata[i], fields);

  text = g_strconcat (_("The bank must not read about the patient’s health. Look at this again before it is sent:"), fields->str,
                      NULL);
  gtk_label_set_label (self->clinical_label, text);
  gtk_info_bar_set_revealed (self->clinical_bar, fields->len > 0 && self->story->can_edit);
}

static gboolean
looking_cb (gpointer user_data)
{
  BillingDisputeWindow *self = user_data;

  self->looking = 0;
  look_through (self);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (BillingDisputeWindow *self)
{
  if (self->story == NULL)
    return;

  update_cb (self);
  g_clear_handle_id (&self->looking, g_source_remove);
  self->looking = g_timeout_add (PAUSE, looking_cb, self);
}

/* Acts. */

static void
do_verb (BillingDisputeWindow *self,
         BillingVerb           verb,
         const char           *first_property,
         const char           *first_value,
         const char           *second_property,
         const char           *second_value)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, self->id);

  if (first_property != NULL)
    g_object_set (act, first_property, first_value, NULL);
  if (second_property != NULL)
    g_object_set (act, second_property, second_value, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
save (BillingDisputeWindow *self,
      Then                  then)
{
  g_autoptr (GHashTable) texts = collect_texts (self);
  g_autofree char *fields = billing_json_texts_build (texts);

  self->then = then;
  do_verb (self, BILLING_VERB_DISPUTE_SAVE, "fields", fields, NULL, NULL);
}

static void
document_cb (BillingDisputeWindow *self,
             const char           *document,
             GtkWidget            *row)
{
  self->then = THEN_STAY;
  do_verb (self, BILLING_VERB_DISPUTE_ATTACH, "slot", gtk_widget_get_name (row), "document", document);
}

static void
file_cb (BillingDisputeWindow *self,
         GFile                *file,
         GtkWidget            *row)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *sentence = NULL;

  if (g_file_peek_path (file) == NULL)
    {
      sentence = g_strdup_printf (_("“%s” is not on this computer. Copy it here first."), name);
      billing_dialog_complain (BILLING_DIALOG (self), sentence);
      return;
    }

  self->then = THEN_STAY;
  do_verb (self, BILLING_VERB_DISPUTE_ATTACH, "slot", gtk_widget_get_name (row), "file", g_file_peek_path (file));
}

static void
removed_cb (BillingDisputeWindow *self,
            GtkWidget            *row)
{
  self->then = THEN_STAY;
  do_verb (self, BILLING_VERB_DISPUTE_DETACH, "slot", gtk_widget_get_name (row), NULL, NULL);
}

static void
fill_clicked_cb (BillingDisputeWindow *self)
{
  g_autoptr (GHashTable) known = billing_dispute_prefill (self->story);

  /* What somebody wrote is theirs. */
  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      const char *text = g_hash_table_lookup (known, billing_evidence_field_nth (i)->name);

      if (is_text (i) && text != NULL && billing_dispute_text_row_get_length (BILLING_DISPUTE_TEXT_ROW (self->rows[i])) == 0)
        billing_dispute_text_row_set_text (BILLING_DISPUTE_TEXT_ROW (self->rows[i]), text);
    }
}

static void
save_clicked_cb (BillingDisputeWindow *self)
{
  save (self, THEN_STAY);
}

static void
show_review (BillingDisputeWindow *self)
{
  g_autoptr (GHashTable) texts = collect_texts (self);

  gtk_check_button_set_active (self->read_check, FALSE);
  adw_bin_set_child (self->review_bin, billing_dispute_review_new (texts, self->story->files, self->story->at_stripe));
  gtk_stack_set_visible_child_name (self->stack, "review");
  update_cb (self);
}

static void
review_clicked_cb (BillingDisputeWindow *self)
{
  if (count_characters (self) == 0 && self->story->files->len == 0)
    {
      billing_dialog_complain (BILLING_DIALOG (self), _("There is nothing to submit yet. Write what happened, or add a file."));
      return;
    }

  if (is_changed (BILLING_DIALOG (self)))
    save (self, THEN_REVIEW);
  else
    show_review (self);
}

static void
back_clicked_cb (BillingDisputeWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "form");
  update_cb (self);
}

/* The desk refuses a second submission too. */
static void
submit_clicked_cb (BillingDisputeWindow *self)
{
  if (self->is_submitted)
    return;

  self->is_submitted = TRUE;
  self->then = THEN_CLOSE;
  update_cb (self);
  do_verb (self, BILLING_VERB_DISPUTE_SUBMIT, NULL, NULL, NULL, NULL);
}

/* Where the desk refused it, it was not submitted. */
static void
message_cb (BillingDisputeWindow *self)
{
  g_autofree char *message = NULL;

  g_object_get (self, "message", &message, NULL);
  if (message != NULL)
    self->is_submitted = FALSE;
  update_cb (self);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  BillingDisputeWindow *self = BILLING_DISPUTE_WINDOW (dialog);

  if (act->verb == BILLING_VERB_DISPUTE_SAVE)
    {
      g_clear_pointer (&self->saved, g_hash_table_unref);
      self->saved = billing_json_texts_parse (act->fields, NULL);
      billing_dialog_tell_window (dialog, "win.toast-sent", _("The draft of the answer"));
    }
  else if (act->verb == BILLING_VERB_DISPUTE_SUBMIT)
    billing_dialog_tell_window (dialog, "win.toast-sent", _("The answer to the dispute"));
}

static gboolean
stays (BillingDialog *dialog,
       BillingAct    *act)
{
  BillingDisputeWindow *self = BILLING_DISPUTE_WINDOW (dialog);

  if (self->then == THEN_REVIEW)
    show_review (self);
  return self->then != THEN_CLOSE;
}

/* What was written is kept, not asked about: the draft is there the next time. */
static gboolean
close_request (GtkWindow *window)
{
  BillingDisputeWindow *self = BILLING_DISPUTE_WINDOW (window);
  gboolean is_busy;

  g_object_get (self, "busy", &is_busy, NULL);
  if (!is_busy && self->then != THEN_CLOSE && is_changed (BILLING_DIALOG (self)))
    {
      save (self, THEN_CLOSE);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (billing_dispute_window_parent_class)->close_request (window);
}

/* What is read. */

static BillingDisputeFile *
find_file (BillingDisputeWindow *self,
           const char           *slot)
{
  for (guint i = 0; i < self->story->files->len; i++)
    {
      BillingDisputeFile *file = self->story->files->pdata[i];

      if (g_str_equal (file->slot, slot))
        return file;
    }

  return NULL;
}

static void
show_file (BillingDisputeWindow *self,
           guint                 i)
{
  BillingDisputeFileRow *row = BILLING_DISPUTE_FILE_ROW (self->rows[i]);
  const char *name = billing_evidence_field_nth (i)->name;
  BillingDisputeFile *file = find_file (self, name);

  billing_dispute_file_row_set_file (row, file);
  if (file == NULL && g_hash_table_contains (self->story->at_stripe, name))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("A file that was added in Stripe’s own dashboard"));
}

static void
show_text (BillingDisputeWindow *self,
           guint                 i)
{
  g_autofree char *written = dup_text (self, i);

  /* What somebody writes just now stays. */
  if (g_strcmp0 (written, get_saved (self, i)) == 0)
    billing_dispute_text_row_set_text (BILLING_DISPUTE_TEXT_ROW (self->rows[i]),
                                       g_hash_table_lookup (self->story->texts, billing_evidence_field_nth (i)->name));
}

/* What can no longer be changed is read in one go. */
static void
show_answer (BillingDisputeWindow *self)
{
  BillingDisputeStory *story = self->story;
  gboolean is_open = story->can_edit;

  gtk_widget_set_visible (GTK_WIDGET (self->advice_label), is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->first_group), is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->more_expander), is_open);
  adw_bin_set_child (self->answer_bin,
                     is_open ? NULL : billing_dispute_review_new (story->texts, story->files, story->at_stripe));
  if (!is_open)
    gtk_stack_set_visible_child_name (self->stack, "form");
}

static void
show_story (BillingDisputeWindow *self)
{
  BillingDisputeStory *story = self->story;
  const char *time_zone = billing_dialog_get_practice (BILLING_DIALOG (self))->time_zone;
  g_autofree char *today = billing_desk_get_today (billing_dialog_get_desk (BILLING_DIALOG (self)));
  g_autofree char *lead = billing_dispute_format_lead (story->dispute, time_zone, today);
  g_autofree char *state = story->answer != NULL ? billing_dispute_format_answer (story->answer, story->dispute, time_zone) : NULL;

  gtk_label_set_label (self->deadline_label, lead != NULL ? lead : billing_dispute_status_get_label (story->dispute->status));
  gtk_label_set_label (self->state_label, state != NULL ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), state != NULL && *state != '\0');
  show_answer (self);
  if (story->answer != NULL && story->answer->problem != NULL && story->can_edit)
    billing_dialog_complain (BILLING_DIALOG (self), story->answer->problem);

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      if (is_text (i))
        show_text (self, i);
      else
        show_file (self, i);
    }
}

static void
documents_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = billing_read_finish (BILLING_STORE (object), result, &error);
  BillingDisputeWindow *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      if (!is_text (i))
        billing_dispute_file_row_set_documents (BILLING_DISPUTE_FILE_ROW (self->rows[i]), documents);
    }
}

static void
read_documents (BillingDisputeWindow *self)
{
  BillingDesk *desk = billing_dialog_get_desk (BILLING_DIALOG (self));
  g_autoptr (BillingQuery) query = NULL;

  g_cancellable_cancel (self->reading_documents);
  g_clear_object (&self->reading_documents);
  if (self->story->dispute->payment_id == NULL)
    return;

  query = billing_desk_query (desk, "documents");
  g_object_set (query, "subject", self->story->dispute->payment_id, "status", "kept", NULL);
  self->reading_documents = g_cancellable_new ();
  billing_read_query_async (billing_desk_get_store (desk), query, self->reading_documents, documents_read_cb, self);
}

static void
show_title (BillingDisputeWindow *self)
{
  BillingDispute *dispute = self->story->dispute;
  g_autofree char *amount = billing_format_money (NULL, dispute->amount, dispute->currency);
  g_autofree char *payer = billing_dispute_format_payer (dispute);
  g_autofree char *subtitle = g_strdup_printf ("%s · \u2068%s\u2069%s%s", amount, payer, dispute->payment != NULL ? " · " : "",
                                               dispute->payment != NULL ? dispute->payment : "");

  adw_window_title_set_subtitle (self->window_title, subtitle);
  gtk_label_set_label (self->advice_label, billing_dispute_reason_get_advice (self->story->reason));
}

static void
add_text_row (BillingDisputeWindow       *self,
              guint                       i,
              const BillingEvidenceField *field)
{
  self->rows[i] = billing_dispute_text_row_new (billing_evidence_field_get_label (field), billing_evidence_field_get_hint (field),
                                                BILLING_EVIDENCE_MAX_TEXT, field->is_long);
  g_signal_connect_object (self->rows[i], "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_file_row (BillingDisputeWindow       *self,
              guint                       i,
              const BillingEvidenceField *field)
{
  self->rows[i] = billing_dispute_file_row_new (billing_evidence_field_get_label (field), billing_evidence_field_get_hint (field));
  gtk_widget_set_name (self->rows[i], field->name);
  g_signal_connect_object (self->rows[i], "document", G_CALLBACK (document_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows[i], "file", G_CALLBACK (file_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows[i], "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_row (BillingDisputeWindow *self,
         guint                 i,
         AdwPreferencesGroup  *group)
{
  const BillingEvidenceField *field = billing_evidence_field_nth (i);

  if (self->rows[i] != NULL)
    return;

  if (field->is_file)
    add_file_row (self, i, field);
  else
    add_text_row (self, i, field);
  adw_preferences_group_add (group, self->rows[i]);
}

/* What matters for the reason in its order, then the rest. */
static void
add_rows (BillingDisputeWindow *self)
{
  const BillingDisputeReason *reason = self->story->reason;

  for (guint k = 0; reason->fields[k] != NULL; k++)
    {
      for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
        {
          if (g_str_equal (billing_evidence_field_nth (i)->name, reason->fields[k]))
            add_row (self, i, self->first_group);
        }
    }
  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    add_row (self, i, self->more_group);
}

static void
take_story (BillingDisputeWindow *self,
            BillingDisputeStory  *story)
{
  gboolean is_first = self->story == NULL;

  /* The rows' signals wait until all of them are there. */
  if (is_first)
    {
      self->story = story;
      add_rows (self);
      show_title (self);
    }
  else
    {
      billing_dispute_story_free (self->story);
      self->story = story;
    }

  show_story (self);
  g_clear_pointer (&self->saved, g_hash_table_unref);
  self->saved = g_hash_table_ref (story->texts);
  if (is_first)
    read_documents (self);
  look_through (self);
  update_cb (self);
}

static void
story_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  BillingDisputeStory *story = billing_dispute_story_read_finish (result, &error);
  BillingDisputeWindow *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (story == NULL)
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  else
    take_story (self, story);
}

static void
load (BillingDisputeWindow *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  billing_dispute_story_read_async (billing_dialog_get_desk (BILLING_DIALOG (self)), self->id, self->reading, story_read_cb, self);
}

static void
store_changed_cb (BillingDisputeWindow *self,
                  const char           *kind)
{
  static const char * const kinds[] = { "dispute_answers", "dispute_files", "disputes", "outbox", NULL };

  if (g_strv_contains (kinds, kind))
    load (self);
  else if (g_str_equal (kind, "documents") && self->story != NULL)
    read_documents (self);
}

static void
billing_dispute_window_dispose (GObject *object)
{
  BillingDisputeWindow *self = BILLING_DISPUTE_WINDOW (object);

  g_clear_handle_id (&self->looking, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_cancellable_cancel (self->reading_documents);
  g_clear_object (&self->reading_documents);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (billing_dispute_window_parent_class)->dispose (object);
}

static void
billing_dispute_window_finalize (GObject *object)
{
  BillingDisputeWindow *self = BILLING_DISPUTE_WINDOW (object);

  g_clear_pointer (&self->story, billing_dispute_story_free);
  g_hash_table_unref (self->saved);
  g_free (self->id);

  G_OBJECT_CLASS (billing_dispute_window_parent_class)->finalize (object);
}

static void
billing_dispute_window_class_init (BillingDisputeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BillingDialogClass *dialog_class = BILLING_DIALOG_CLASS (klass);

  object_class->dispose = billing_dispute_window_dispose;
  object_class->finalize = billing_dispute_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  dialog_class->is_changed = is_changed;
  dialog_class->done = done;
  dialog_class->stays = stays;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/dispute-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, advice_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, answer_bin);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, bottom);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, clinical_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, clinical_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, deadline_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, first_group);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, more_expander);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, more_group);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, read_check);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, review_bin);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, review_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, state_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, submit_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, total_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeWindow, window_title);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, review_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
}

static void
billing_dispute_window_init (BillingDisputeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->saved = g_hash_table_new (g_str_hash, g_str_equal);
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);
  g_signal_connect (self, "notify::busy", G_CALLBACK (update_cb), NULL);
  g_signal_connect (self, "notify::message", G_CALLBACK (message_cb), NULL);
}

/**
 * billing_dispute_window_new:
 * @desk: who answers
 * @dispute: what is answered
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
billing_dispute_window_new (BillingDesk    *desk,
                            BillingDispute *dispute)
{
  BillingDisputeWindow *self = g_object_new (BILLING_TYPE_DISPUTE_WINDOW, "desk", desk, NULL);

  self->id = g_strdup (billing_record_get_id (BILLING_RECORD (dispute)));
  g_signal_group_set_target (self->store, billing_desk_get_store (desk));
  load (self);
  return GTK_WINDOW (self);
}

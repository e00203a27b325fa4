/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-merge-dialog"

#include "config.h"

#include "billing-merge-dialog.h"

#include <glib/gi18n.h>

#include "billing-desk-patients.h"
#include "billing-format.h"
#include "billing-message-bar.h"
#include "billing-patient-search.h"

struct _BillingMergeDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *who;
  BillingPatientSearch *search;
  AdwComboRow *stays_row;
  GtkLabel *preview_label;
  GtkWidget *merge_button;

  BillingPatient *one; /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingMergeDialog, billing_merge_dialog, BILLING_TYPE_DIALOG)

/* What one read brings. */
typedef struct {
  BillingMergeDialog *dialog; /* (not owned): gone when the read was cancelled */
  char *from; /* (owned) */
  char *into; /* (owned) */
  BillingMergePreview *preview; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->from);
  g_free (reading->into);
  g_clear_pointer (&reading->preview, billing_merge_preview_free);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static BillingPatient *
get_other (BillingMergeDialog *self)
{
  return billing_patient_search_get_patient (self->search);
}

static gboolean
other_stays (BillingMergeDialog *self)
{
  return adw_combo_row_get_selected (self->stays_row) == 1;
}

static void
show_preview (BillingMergeDialog  *self,
              BillingMergePreview *preview)
{
  g_autofree char *what = billing_merge_counts_describe (preview->counts);
  g_autofree char *credit = billing_format_money (NULL, preview->from->credit, billing_dialog_get_practice (BILLING_DIALOG (self))->currency);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: names and numbers of two patients: “Jo Smith (PT-005) becomes Joanna Smith (PT-001).” */
  g_string_append_printf (text, _("%s (%s) becomes %s (%s)."), preview->from->name, preview->from->number, preview->into->name,
                          preview->into->number);
  if (*what != '\0')
    {
      g_string_append_c (text, '\n');
      /* Translators: “2 payments, 1 treatment” */
      g_string_append_printf (text, _("What moves: %s."), what);
    }
  if (preview->from->credit > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _("Credit that comes along: %s."), credit);
    }
  g_string_append_c (text, '\n');
  g_string_append (text, _("Name, address and contact stay those of who stays. Later imports of either go to them. The merge can be taken back "
                           "until credit that came along is used."));
  gtk_label_set_label (self->preview_label, text->str);
  gtk_widget_set_sensitive (self->merge_button, TRUE);
}

static gboolean
read_preview (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Reading *reading = data;

  reading->preview = billing_merge_preview_read (connection, reading->from, reading->into, error);
  return reading->preview != NULL;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_store_read_finish (BILLING_STORE (object), result, &error))
    show_preview (reading->dialog, reading->preview);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_label (reading->dialog->preview_label, error->message);
}

static void
update (BillingMergeDialog *self)
{
  BillingPatient *other = get_other (self);
  BillingPatient *stays, *goes;
  Reading *reading;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  gtk_widget_set_sensitive (self->merge_button, FALSE);
  gtk_label_set_label (self->preview_label, "");
  if (self->one == NULL || other == NULL)
    return;

  stays = other_stays (self) ? other : self->one;
  goes = other_stays (self) ? self->one : other;
  self->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->dialog = self;
  reading->from = g_strdup (billing_record_get_id (BILLING_RECORD (goes)));
  reading->into = g_strdup (billing_record_get_id (BILLING_RECORD (stays)));
  billing_store_read_async (billing_desk_get_store (billing_dialog_get_desk (BILLING_DIALOG (self))), read_preview, reading, NULL,
                            self->reading, read_cb, reading);
}

/* Which of the two stays: by number, since their names are often the same. */
static void
patient_changed_cb (BillingMergeDialog *self)
{
  BillingPatient *other = get_other (self);
  g_autoptr (GtkStringList) choice = gtk_string_list_new (NULL);

  if (self->one == NULL)
    return;

  for (guint i = 0; i < 2 && (i == 0 || other != NULL); i++)
    {
      BillingPatient *patient = i == 0 ? self->one : other;
      g_autofree char *text = g_strdup_printf ("%s · %s", patient->number, patient->name);

      gtk_string_list_append (choice, text);
    }

  adw_combo_row_set_model (self->stays_row, G_LIST_MODEL (choice));
  gtk_widget_set_visible (GTK_WIDGET (self->stays_row), other != NULL);
  update (self);
}

static void
merge_clicked_cb (BillingMergeDialog *self)
{
  BillingPatient *other = get_other (self);
  BillingPatient *stays = other_stays (self) ? other : self->one;
  BillingPatient *goes = other_stays (self) ? self->one : other;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PATIENT_MERGE, billing_record_get_id (BILLING_RECORD (goes)));

  g_object_set (act, "patient", billing_record_get_id (BILLING_RECORD (stays)), NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
billing_merge_dialog_done (BillingDialog *dialog,
                           BillingAct    *act)
{
  BillingMergeDialog *self = BILLING_MERGE_DIALOG (dialog);
  BillingPatient *goes = other_stays (self) ? self->one : get_other (self);
  /* Translators: numbers of two patients */
  g_autofree char *toast = g_strdup_printf (_("%s merged into %s"), goes->number, act->result);

  billing_dialog_tell_done (dialog, toast, act);
  billing_dialog_tell_window (dialog, "win.show-patient", act->result);
}

static void
billing_merge_dialog_dispose (GObject *object)
{
  BillingMergeDialog *self = BILLING_MERGE_DIALOG (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->one);

  G_OBJECT_CLASS (billing_merge_dialog_parent_class)->dispose (object);
}

static void
billing_merge_dialog_class_init (BillingMergeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_merge_dialog_dispose;
  BILLING_DIALOG_CLASS (klass)->done = billing_merge_dialog_done;
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_PATIENT_SEARCH);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/patients/merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingMergeDialog, merge_button);
  gtk_widget_class_bind_template_child (widget_class, BillingMergeDialog, preview_label);
  gtk_widget_class_bind_template_child (widget_class, BillingMergeDialog, search);
  gtk_widget_class_bind_template_child (widget_class, BillingMergeDialog, stays_row);
  gtk_widget_class_bind_template_child (widget_class, BillingMergeDialog, who);
  gtk_widget_class_bind_template_callback (widget_class, merge_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, patient_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_merge_dialog_init (BillingMergeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_merge_dialog_new:
 * @desk: who acts
 * @one: a patient
 * @other: (nullable): who they may be; %NULL: to be looked for
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_merge_dialog_new (BillingDesk    *desk,
                          BillingPatient *one,
                          BillingPatient *other)
{
  BillingMergeDialog *self = g_object_new (BILLING_TYPE_MERGE_DIALOG, "desk", desk, NULL);
  g_autofree char *born = billing_format_day (NULL, one->birth_date);
  g_autofree char *who = g_strjoin (" · ", one->name, one->number, *born != '\0' ? born : NULL, NULL);

  self->one = g_object_ref (one);
  gtk_label_set_label (self->who, who);
  g_object_set (self->search, "desk", desk, NULL);
  if (other != NULL)
    billing_patient_search_set_patient (self->search, other);
  patient_changed_cb (self);
  return GTK_WINDOW (self);
}

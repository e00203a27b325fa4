/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-contact-dialog"

#include "config.h"

#include "billing-contact-dialog.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-json-texts.h"
#include "billing-message-bar.h"

struct _BillingContactDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *who;
  AdwEntryRow *email_row;
  AdwEntryRow *phone_row;
  AdwEntryRow *language_row;
  GtkSwitch *mail_switch;
  GtkSwitch *reminders_switch;

  BillingPatient *patient; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingContactDialog, billing_contact_dialog, BILLING_TYPE_DIALOG)

static void
say_text (GHashTable  *fields,
          const char  *name,
          AdwEntryRow *row,
          const char  *before)
{
  char *text = billing_entry_row_dup_text (row);

  if (g_strcmp0 (text, before != NULL ? before : "") != 0)
    g_hash_table_insert (fields, g_strdup (name), text);
  else
    g_free (text);
}

/* The switches are on for what is wanted; the books say what is not. */
static void
say_switch (GHashTable *fields,
            const char *name,
            GtkSwitch  *toggle,
            gboolean    before)
{
  gboolean is_unwanted = !gtk_switch_get_active (toggle);

  if (is_unwanted != before)
    g_hash_table_insert (fields, g_strdup (name), g_strdup (is_unwanted ? "yes" : "no"));
}

/* What is said otherwise than it was: only that becomes a person's word. */
static GHashTable *
build_fields (BillingContactDialog *self)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  say_text (fields, "email", self->email_row, self->patient->email);
  say_text (fields, "phone", self->phone_row, self->patient->phone);
  say_text (fields, "language", self->language_row, self->patient->language);
  say_switch (fields, "no-mail", self->mail_switch, self->patient->no_mail);
  say_switch (fields, "no-reminders", self->reminders_switch, self->patient->no_reminders);
  return fields;
}

static gboolean
billing_contact_dialog_is_changed (BillingDialog *dialog)
{
  g_autoptr (GHashTable) fields = build_fields (BILLING_CONTACT_DIALOG (dialog));

  return g_hash_table_size (fields) > 0;
}

static void
save_clicked_cb (BillingContactDialog *self)
{
  g_autoptr (GHashTable) fields = build_fields (self);
  g_autoptr (BillingAct) act = NULL;

  if (g_hash_table_size (fields) == 0)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  act = billing_act_new (BILLING_VERB_PATIENT_EDIT, billing_record_get_id (BILLING_RECORD (self->patient)));
  act->fields = billing_json_texts_build (fields);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
billing_contact_dialog_done (BillingDialog *dialog,
                             BillingAct    *act)
{
  billing_dialog_tell_window (dialog, "win.toast", _("Contact preferences saved"));
}

static void
billing_contact_dialog_dispose (GObject *object)
{
  g_clear_object (&BILLING_CONTACT_DIALOG (object)->patient);

  G_OBJECT_CLASS (billing_contact_dialog_parent_class)->dispose (object);
}

static void
billing_contact_dialog_class_init (BillingContactDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BillingDialogClass *dialog_class = BILLING_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_contact_dialog_dispose;
  dialog_class->is_changed = billing_contact_dialog_is_changed;
  dialog_class->done = billing_contact_dialog_done;
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/patients/contact-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingContactDialog, email_row);
  gtk_widget_class_bind_template_child (widget_class, BillingContactDialog, language_row);
  gtk_widget_class_bind_template_child (widget_class, BillingContactDialog, mail_switch);
  gtk_widget_class_bind_template_child (widget_class, BillingContactDialog, phone_row);
  gtk_widget_class_bind_template_child (widget_class, BillingContactDialog, reminders_switch);
  gtk_widget_class_bind_template_child (widget_class, BillingContactDialog, who);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
}

static void
billing_contact_dialog_init (BillingContactDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_text (AdwEntryRow *row,
           const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

/**
 * billing_contact_dialog_new:
 * @desk: who acts
 * @patient: a patient
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_contact_dialog_new (BillingDesk    *desk,
                            BillingPatient *patient)
{
  BillingContactDialog *self = g_object_new (BILLING_TYPE_CONTACT_DIALOG, "desk", desk, NULL);
  g_autofree char *who = g_strdup_printf ("%s · %s", patient->name, patient->number);

  self->patient = g_object_ref (patient);
  gtk_label_set_label (self->who, who);
  show_text (self->email_row, patient->email);
  show_text (self->phone_row, patient->phone);
  show_text (self->language_row, patient->language);
  gtk_switch_set_active (self->mail_switch, !patient->no_mail);
  gtk_switch_set_active (self->reminders_switch, !patient->no_reminders);
  return GTK_WINDOW (self);
}

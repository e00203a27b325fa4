/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-practice-dialog"

#include "config.h"

#include "billing-practice-dialog.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "billing-day.h"
#include "billing-desk.h"
#include "billing-money.h"

struct _BillingPracticeDialog {
  AdwWindow parent_instance;

  /* Template widgets. */
  GtkEditable *name;
  GtkEditable *currency;
  GtkEditable *time_zone;
  AdwActionRow *folder_row;
  GtkWidget *create;
  GtkWidget *error_revealer;
  GtkLabel *error;

  char *folder; /* (owned) */
};

enum { CREATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingPracticeDialog, billing_practice_dialog, ADW_TYPE_WINDOW)

static void
mark (GtkEditable *row,
      gboolean     good)
{
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
}

static char *
get_currency (BillingPracticeDialog *self)
{
  return g_ascii_strup (gtk_editable_get_text (self->currency), -1);
}

static void
changed_cb (BillingPracticeDialog *self)
{
  g_autofree char *currency = get_currency (self);
  const char *time_zone = gtk_editable_get_text (self->time_zone);
  gboolean named = *gtk_editable_get_text (self->name) != '\0';
  gboolean known = billing_currency_is_known (currency);
  gboolean somewhere = *time_zone != '\0' && billing_time_zone_is_known (time_zone);

  mark (self->currency, known);
  mark (self->time_zone, somewhere);
  gtk_widget_set_sensitive (self->create, named && known && somewhere);
}

static void
complain (BillingPracticeDialog *self,
          const char            *sentence)
{
  gtk_label_set_label (self->error, sentence);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->error_revealer), TRUE);
}

static void
create_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  char **words = data;
  g_autoptr (GError) error = NULL;

  if (billing_desk_create (words[0], words[1], words[2], words[3], &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BillingPracticeDialog *self = BILLING_PRACTICE_DIALOG (object);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      gtk_widget_set_sensitive (self->create, TRUE);
      complain (self, error->message);
      return;
    }

  g_signal_emit (self, signals[CREATED], 0, self->folder);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
create_cb (BillingPracticeDialog *self)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *currency = get_currency (self);
  const char *words[] = { self->folder, gtk_editable_get_text (self->name), currency,
                          gtk_editable_get_text (self->time_zone), NULL };

  if (!gtk_widget_get_sensitive (self->create))
    return;

  gtk_widget_set_sensitive (self->create, FALSE);
  task = g_task_new (self, NULL, created_cb, NULL);
  g_task_set_source_tag (task, create_cb);
  g_task_set_task_data (task, g_strdupv ((char **) words), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, create_in_thread);
}

static void
set_folder (BillingPracticeDialog *self,
            const char            *folder)
{
  g_autofree char *name = g_filename_display_name (folder);

  if (folder != self->folder)
    {
      g_free (self->folder);
      self->folder = g_strdup (folder);
    }
  adw_action_row_set_subtitle (self->folder_row, name);
}

static void
folder_chosen_cb (GtkNativeDialog       *dialog,
                  int                    response,
                  BillingPracticeDialog *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    set_folder (self, path);

  g_object_unref (dialog);
}

static void
choose_folder_cb (BillingPracticeDialog *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_("Folder of the Practice"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* What this computer's locale pays in. */
static void
fill_in_currency (BillingPracticeDialog *self)
{
  const char *symbol = localeconv ()->int_curr_symbol;
  g_autofree char *currency = g_strndup (symbol, 3);

  gtk_editable_set_text (self->currency, billing_currency_is_known (currency) ? currency : "USD");
}

static void
fill_in_time_zone (BillingPracticeDialog *self)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (here);

  if (name != NULL && billing_time_zone_is_known (name))
    gtk_editable_set_text (self->time_zone, name);
  else
    gtk_editable_set_text (self->time_zone, "UTC");
}

/* The usual folder, or one beside it if there is a practice in it already. */
static void
fill_in_folder (BillingPracticeDialog *self)
{
  g_autofree char *usual = billing_desk_get_default_folder ();
  g_autofree char *folder = g_strdup (usual);

  for (int i = 2; billing_desk_exists (folder); i++)
    {
      g_free (folder);
      folder = g_strdup_printf ("%s-%d", usual, i);
    }

  set_folder (self, folder);
}

static void
billing_practice_dialog_finalize (GObject *object)
{
  BillingPracticeDialog *self = BILLING_PRACTICE_DIALOG (object);

  g_free (self->folder);

  G_OBJECT_CLASS (billing_practice_dialog_parent_class)->finalize (object);
}

static void
billing_practice_dialog_class_init (BillingPracticeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = billing_practice_dialog_finalize;

  signals[CREATED] = g_signal_new ("created", BILLING_TYPE_PRACTICE_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/example/Billing/ui/welcome/practice-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeDialog, create);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeDialog, currency);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeDialog, error);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeDialog, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeDialog, name);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeDialog, time_zone);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
billing_practice_dialog_init (BillingPracticeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_in_currency (self);
  fill_in_time_zone (self);
  fill_in_folder (self);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

GtkWindow *
billing_practice_dialog_new (void)
{
  return g_object_new (BILLING_TYPE_PRACTICE_DIALOG, NULL);
}

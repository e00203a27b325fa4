/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-window"

#include "config.h"

#include "billing-letter-window.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-day-row.h"
#include "billing-file-choice.h"
#include "billing-letter-print.h"
#include "billing-letter-run.h"
#include "billing-letter-view.h"
#include "billing-message-bar.h"
#include "billing-payment.h"

/* Milliseconds between two looks at how far a run is. */
#define LOOK_MS 100

struct _BillingLetterWindow {
  AdwWindow parent_instance;

  /* Template widgets */
  BillingMessageBar *message_bar; /* (not owned) */
  AdwToastOverlay *toasts; /* (not owned) */
  GtkStack *stack; /* (not owned) */
  AdwStatusPage *many; /* (not owned) */
  BillingLetterView *view; /* (not owned) */
  GtkWidget *period; /* (not owned) */
  BillingDayRow *from; /* (not owned) */
  BillingDayRow *to; /* (not owned) */
  GtkWidget *print_button; /* (not owned) */
  GtkWidget *save_button; /* (not owned) */
  GtkWidget *folder_button; /* (not owned) */
  GtkWidget *send_button; /* (not owned) */
  GtkWidget *progress; /* (not owned) */
  GtkProgressBar *bar; /* (not owned) */

  BillingDesk *desk; /* (owned) */
  BillingAct *act; /* (owned): what is chosen */
  guint n_letters;
  char *file_name; /* (owned): what is suggested */
  gboolean save_when_built; /* somebody asked for that before the letter was there */
  BillingLetter *letter; /* (owned) (nullable): of one, until it was written */
  BillingLetterRun *run; /* (owned) (nullable): while letters are made */
  guint looking; /* source; 0: none */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  GCancellable *previewing; /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): of the run */
};

G_DEFINE_FINAL_TYPE (BillingLetterWindow, billing_letter_window, ADW_TYPE_WINDOW)

static gboolean
is_one (BillingLetterWindow *self)
{
  return self->n_letters == 1;
}

static void
complain (BillingLetterWindow *self,
          GError              *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    billing_message_bar_set_message (self->message_bar, error->message);
}

static void
update_buttons (BillingLetterWindow *self)
{
  gboolean is_ready = self->run == NULL && (!is_one (self) || self->letter != NULL);

  gtk_widget_set_sensitive (self->print_button, is_ready);
  gtk_widget_set_sensitive (self->save_button, is_ready);
  gtk_widget_set_sensitive (self->folder_button, is_ready);
  gtk_widget_set_sensitive (self->period, self->run == NULL);
  gtk_widget_set_visible (self->progress, self->run != NULL && !is_one (self));
}

/* The period of statements; an empty row is none. */
static gboolean
read_period (BillingLetterWindow  *self,
             char                **from,
             char                **to,
             GError              **error)
{
  return billing_day_row_get_day (self->from, from, error) && billing_day_row_get_day (self->to, to, error);
}

static BillingLetterRun *
create_run (BillingLetterWindow *self)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autoptr (GError) error = NULL;

  billing_message_bar_set_message (self->message_bar, NULL);
  if (read_period (self, &from, &to, &error))
    return billing_letter_run_new (self->desk, self->act, from, to);

  complain (self, error);
  return NULL;
}

static void
show_letter (BillingLetterWindow *self,
             BillingLetter       *letter)
{
  g_set_object (&self->letter, letter);
  g_free (self->file_name);
  self->file_name = g_strdup_printf ("%s.pdf", billing_letter_get_subject (letter));
  gtk_window_set_title (GTK_WINDOW (self), billing_letter_get_subject (letter));
  billing_letter_view_set_letter (self->view, letter);
}

static void
built_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BillingLetterWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingLetter) letter = billing_letter_run_preview_finish (BILLING_LETTER_RUN (object), result, &error);

  if (letter == NULL)
    complain (self, error);
  else
    show_letter (self, letter);
  update_buttons (self);
  if (letter != NULL && self->save_when_built)
    {
      self->save_when_built = FALSE;
      billing_letter_window_save (self);
    }
}

static void
preview (BillingLetterWindow *self)
{
  g_autoptr (BillingLetterRun) run = create_run (self);
  const char *name = self->act->subject != NULL ? self->act->subject : self->act->selection;

  g_cancellable_cancel (self->previewing);
  g_clear_object (&self->previewing);
  if (run == NULL || !is_one (self) || name == NULL)
    return;

  self->previewing = g_cancellable_new ();
  billing_letter_run_preview_async (run, name, self->previewing, built_cb, g_object_ref (self));
}

static gboolean
look_cb (gpointer data)
{
  BillingLetterWindow *self = data;

  gtk_progress_bar_set_fraction (self->bar, billing_letter_run_get_progress (self->run) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
end_run (BillingLetterWindow *self)
{
  g_clear_handle_id (&self->looking, g_source_remove);
  g_clear_object (&self->run);
  update_buttons (self);
}

static gboolean
begin_run (BillingLetterWindow *self)
{
  self->run = create_run (self);
  if (self->run == NULL)
    return FALSE;

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->bar, 0);
  self->looking = g_timeout_add (LOOK_MS, look_cb, self);
  update_buttons (self);
  return TRUE;
}

static void
printed_cb (const char *problem,
            gpointer    data)
{
  billing_message_bar_set_message (BILLING_LETTER_WINDOW (data)->message_bar, problem);
}

/* Nobody prints one before the audit says that they did. */
static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (BillingLetterWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) letters = billing_letter_run_build_finish (BILLING_LETTER_RUN (object), result, &error);

  end_run (self);
  if (letters == NULL)
    complain (self, error);
  else if (letters->len > 0)
    billing_letter_print (letters, GTK_WINDOW (self), printed_cb, g_object_ref (self), g_object_unref);
}

static void
print_clicked_cb (BillingLetterWindow *self)
{
  if (begin_run (self))
    billing_letter_run_build_async (self->run, self->cancellable, made_cb, g_object_ref (self));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BillingLetterWindow) self = user_data;
  BillingLetterRun *run = BILLING_LETTER_RUN (object);
  g_autoptr (GError) error = NULL;
  gboolean success = billing_letter_run_write_finish (run, result, &error);
  guint n = billing_letter_run_get_n_letters (run);
  g_autofree char *saved = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u letter saved", "%u letters saved", n), n);

  end_run (self);
  if (success)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (is_one (self) ? _("Saved") : saved));
  else
    complain (self, error);
}

static gboolean
place_chosen_cb (gpointer  owner,
                 GSList   *files)
{
  BillingLetterWindow *self = owner;
  const char *path = files != NULL ? g_file_peek_path (files->data) : NULL;

  g_clear_object (&self->chooser);
  if (files == NULL)
    return FALSE;

  if (path == NULL)
    billing_message_bar_set_message (self->message_bar, _("That place is not on this computer. Choose a folder here."));
  else if (begin_run (self))
    billing_letter_run_write_async (self->run, path, self->cancellable, written_cb, g_object_ref (self));
  return TRUE;
}

static void
folder_clicked_cb (BillingLetterWindow *self)
{
  if (self->chooser != NULL)
    return;

  self->chooser = billing_file_choice_ask_folder (GTK_WIDGET (self), _("Save One File Each"), self, place_chosen_cb);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* A payment of which nothing came in yet is asked for. */
static const char *
choose_sending (BillingLetterWindow *self)
{
  g_autoptr (BillingRecord) record = NULL;

  if (self->act->verb == BILLING_VERB_INVOICE_PRINT)
    return "invoice.send";
  if (self->act->verb == BILLING_VERB_STATEMENT_PRINT)
    return "win.send-statement";

  record = billing_desk_find (self->desk, self->act->subject, NULL);
  return BILLING_IS_PAYMENT (record) && BILLING_PAYMENT (record)->collected > 0 ? "win.send-receipt" : "win.send-request";
}

/* The window below asks what goes out, in place of this one. */
static void
send_clicked_cb (BillingLetterWindow *self)
{
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (self));
  const char *action = choose_sending (self);
  g_autofree char *subject = g_strdup (self->act->subject);

  gtk_window_close (GTK_WINDOW (self));
  if (below != NULL)
    gtk_widget_activate_action (GTK_WIDGET (below), action, "s", subject);
}

static void
stop_clicked_cb (BillingLetterWindow *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
period_cb (BillingLetterWindow *self)
{
  preview (self);
}

static void
billing_letter_window_dispose (GObject *object)
{
  BillingLetterWindow *self = BILLING_LETTER_WINDOW (object);

  g_cancellable_cancel (self->previewing);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->looking, g_source_remove);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (billing_letter_window_parent_class)->dispose (object);
}

static void
billing_letter_window_finalize (GObject *object)
{
  BillingLetterWindow *self = BILLING_LETTER_WINDOW (object);

  g_clear_object (&self->previewing);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_object (&self->act);
  g_clear_object (&self->letter);
  g_clear_object (&self->run);
  g_free (self->file_name);

  G_OBJECT_CLASS (billing_letter_window_parent_class)->finalize (object);
}

static void
billing_letter_window_class_init (BillingLetterWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_letter_window_dispose;
  object_class->finalize = billing_letter_window_finalize;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_LETTER_VIEW);
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/letter-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, folder_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, from);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, many);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, message_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, period);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, print_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, send_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, to);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BillingLetterWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, period_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, billing_letter_window_save);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
}

static void
billing_letter_window_init (BillingLetterWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Of many: what they are, for the title and as a file. */
static void
show_many (BillingLetterWindow *self)
{
  gboolean is_statements = self->act->verb == BILLING_VERB_STATEMENT_PRINT;
  guint n = self->n_letters;
  g_autofree char *title = g_strdup_printf (is_statements ? g_dngettext (GETTEXT_PACKAGE, "%u statement", "%u statements", n)
                                                          : g_dngettext (GETTEXT_PACKAGE, "%u invoice", "%u invoices", n), n);

  g_free (self->file_name);
  self->file_name = g_strdup_printf ("%s.pdf", is_statements ? _("Statements") : _("Invoices"));
  gtk_window_set_title (GTK_WINDOW (self), is_statements ? _("Statements") : _("Invoices"));
  adw_status_page_set_title (self->many, title);
  gtk_stack_set_visible_child_name (self->stack, "many");
  gtk_widget_set_visible (self->folder_button, TRUE);
}

/**
 * billing_letter_window_new:
 * @desk: who gives them out
 * @act: %BILLING_VERB_INVOICE_PRINT, %BILLING_VERB_STATEMENT_PRINT or %BILLING_VERB_PAYMENT_RECEIPT, with what is chosen; of one, it is the
 *   subject or the selection
 * @n_letters: how many those are
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
billing_letter_window_new (BillingDesk *desk,
                           BillingAct  *act,
                           guint        n_letters)
{
  BillingLetterWindow *self = g_object_new (BILLING_TYPE_LETTER_WINDOW, NULL);

  self->desk = g_object_ref (desk);
  self->act = g_object_ref (act);
  self->n_letters = n_letters;
  gtk_widget_set_visible (self->period, act->verb == BILLING_VERB_STATEMENT_PRINT);
  gtk_widget_set_visible (self->send_button, n_letters == 1 && act->subject != NULL && billing_desk_may (desk, BILLING_VERB_MESSAGE_SEND));
  if (n_letters != 1)
    show_many (self);
  else
    preview (self);
  update_buttons (self);
  return GTK_WINDOW (self);
}

/**
 * billing_letter_window_save:
 * @self: a window
 *
 * Asks where to save, as its button does; of one that is not there yet, once it is.
 */
void
billing_letter_window_save (BillingLetterWindow *self)
{
  self->save_when_built = is_one (self) && self->letter == NULL;
  if (self->chooser != NULL || self->save_when_built)
    return;

  billing_message_bar_set_message (self->message_bar, NULL);
  self->chooser = billing_file_choice_ask_save (GTK_WIDGET (self), _("Save as PDF"), self->file_name, self, place_chosen_cb);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

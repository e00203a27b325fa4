/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-open"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-demo.h"
#include "billing-list-read.h"

/* Opening, which may migrate, and checks a passphrase, which is slow on purpose: not in the main loop. */

typedef struct {
  char *folder; /* (owned) */
  char *account; /* (owned) (nullable) */
  char *passphrase; /* (owned) (nullable) */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->folder);
  g_free (opening->account);
  g_free (opening->passphrase);
  g_free (opening);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;
  BillingDesk *desk = billing_desk_open (opening->folder, opening->account, opening->passphrase,
                                         &error);

  if (desk != NULL)
    g_task_return_pointer (task, desk, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static const char *
get_title (GError *error)
{
  if (error->domain == BILLING_DESK_ERROR && error->code == BILLING_DESK_ERROR_UNKNOWN_PERSON)
    return _("Who Are You?");
  if (error->domain != BILLING_STORE_ERROR)
    return _("The Practice Cannot Be Opened");

  switch ((BillingStoreError) error->code)
    {
    case BILLING_STORE_ERROR_CORRUPT:
    case BILLING_STORE_ERROR_BREACH:
      return _("The Books Are Damaged");
    case BILLING_STORE_ERROR_NEWER:
      return _("Made by a Newer Version");
    case BILLING_STORE_ERROR_READ_ONLY:
      return _("The Folder Cannot Be Written");
    case BILLING_STORE_ERROR_NOT_FOUND:
      return _("There Is No Practice Here");
    case BILLING_STORE_ERROR_FULL:
      return _("The Disk Is Full");
    case BILLING_STORE_ERROR_FAILED:
    case BILLING_STORE_ERROR_EXISTS:
    case BILLING_STORE_ERROR_BUSY:
    case BILLING_STORE_ERROR_CONSTRAINT:
    case BILLING_STORE_ERROR_QUERY:
    case BILLING_STORE_ERROR_CLOSED:
    default:
      return _("The Practice Cannot Be Opened");
    }
}

static void
show_broken (BillingWindow *self,
             GError        *error)
{
  gboolean unknown = g_error_matches (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_UNKNOWN_PERSON);
  gboolean damaged = g_error_matches (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT) ||
                     g_error_matches (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH);
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_title (self->broken, get_title (error));
  adw_status_page_set_description (self->broken, text);
  gtk_widget_set_visible (self->sign_in_button, unknown);
  gtk_widget_set_visible (self->restore_button, damaged);
  gtk_stack_set_visible_child_name (self->root, "broken");
}

static void
remember_folder (BillingWindow *self)
{
  g_autofree char *demo = billing_window_get_demo_folder ();

  /* Next time the practice opens that people work in, not the one that they looked around in. */
  if (g_strcmp0 (self->folder, demo) != 0)
    g_settings_set_string (self->settings, "practice-folder", self->folder);
}

static void
back_up_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  GError *error = NULL;

  if (billing_desk_back_up_daily (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
backed_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BillingWindow *self = BILLING_WINDOW (object);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error) || self->desk == NULL)
    return;

  text = g_strdup_printf (_("Today’s backup could not be made: %s"), error->message);
  _billing_window_warn (self, text);
}

/* A large practice takes seconds to copy; nobody waits for it. */
static void
back_up_daily (BillingWindow *self,
               BillingDesk   *desk)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, backed_up_cb, NULL);

  g_task_set_source_tag (task, back_up_daily);
  g_task_set_task_data (task, g_object_ref (desk), g_object_unref);
  g_task_run_in_thread (task, back_up_in_thread);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDesk) desk = g_task_propagate_pointer (G_TASK (result), &error);
  BillingWindow *self = BILLING_WINDOW (object);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_spinner_stop (self->spinner);
  if (desk != NULL)
    {
      remember_folder (self);
      _billing_window_set_desk (self, desk);
      back_up_daily (self, desk);
    }
  else if (self->desk != NULL)
    {
      /* Signing in as somebody else failed: the practice stays open as it was. */
      _billing_window_warn (self, error->message);
    }
  else
    {
      show_broken (self, error);
    }
}

void
_billing_window_open (BillingWindow *self,
                      const char    *account,
                      const char    *passphrase)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening = g_new0 (Opening, 1);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();

  opening->folder = g_strdup (self->folder);
  opening->account = g_strdup (account);
  opening->passphrase = g_strdup (passphrase);

  if (self->desk == NULL || g_strcmp0 (billing_store_get_folder (billing_desk_get_store (self->desk)), self->folder) != 0)
    {
      g_signal_group_set_target (self->store, NULL);
      g_clear_object (&self->desk);
      _billing_window_set_sync (self);
      gtk_stack_set_visible_child_name (self->root, "opening");
      gtk_spinner_start (self->spinner);
      gtk_label_set_label (self->progress, "");
    }

  task = g_task_new (self, self->opening, opened_cb, NULL);
  g_task_set_source_tag (task, _billing_window_open);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

/* The practice to look around in. */

typedef struct {
  GWeakRef window; /* BillingWindow */
  char *what; /* (owned) */
  int percent;
} Progress;

static gboolean
progress_cb (gpointer user_data)
{
  Progress *progress = user_data;
  g_autoptr (BillingWindow) self = g_weak_ref_get (&progress->window);
  g_autofree char *text = g_strdup_printf ("%s %d %%", progress->what, progress->percent);

  if (self != NULL && self->progress != NULL)
    gtk_label_set_label (self->progress, text);

  return G_SOURCE_REMOVE;
}

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_weak_ref_clear (&progress->window);
  g_free (progress->what);
  g_free (progress);
}

/* On the working thread. */
static void
tell_progress (double      fraction,
               const char *what,
               gpointer    data)
{
  Progress *progress = g_new0 (Progress, 1);

  g_weak_ref_init (&progress->window, data);
  progress->what = g_strdup (what);
  progress->percent = (int) (fraction * 100.0);
  g_idle_add_full (G_PRIORITY_DEFAULT, progress_cb, progress, progress_free);
}

static void
make_demo_in_thread (GTask        *task,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (billing_demo_create (data, BILLING_DEMO_PAYMENTS, BILLING_DEMO_SEED, tell_progress, source,
                           cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
demo_made_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BillingWindow *self = BILLING_WINDOW (object);
  g_autoptr (GError) error = NULL;

  g_application_release (g_application_get_default ());
  if (g_task_propagate_boolean (G_TASK (result), &error))
    _billing_window_open (self, NULL, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_broken (self, error);
}

char *
billing_window_get_demo_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "billing", "demo", NULL);
}

/**
 * billing_window_open_demo:
 * @self: a window
 *
 * Opens the made-up clinic, which is made first where there is none yet.
 */
void
billing_window_open_demo (BillingWindow *self)
{
  g_autofree char *folder = billing_window_get_demo_folder ();
  g_autoptr (GTask) task = NULL;

  if (billing_desk_exists (folder))
    {
      billing_window_open_folder (self, folder);
      return;
    }

  g_free (self->folder);
  self->folder = g_strdup (folder);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->root, "opening");
  gtk_spinner_start (self->spinner);

  /* Whoever quits meanwhile leaves no half-made clinic behind: the program ends once its folder is gone. */
  g_application_hold (g_application_get_default ());
  task = g_task_new (self, self->opening, demo_made_cb, NULL);
  g_task_set_source_tag (task, billing_window_open_demo);
  g_task_set_task_data (task, g_steal_pointer (&folder), g_free);
  g_task_run_in_thread (task, make_demo_in_thread);
}

/* Restoring. */

static void
restore_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;

  if (billing_desk_restore (opening->folder, opening->account, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BillingWindow *self = BILLING_WINDOW (object);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    _billing_window_open (self, NULL, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_broken (self, error);
}

static void
backup_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  BillingWindow   *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autoptr (GTask) task = NULL;
  Opening *restoring;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    {
      restoring = g_new0 (Opening, 1);
      restoring->folder = g_strdup (self->folder);
      restoring->account = g_file_get_path (file);
      task = g_task_new (self, NULL, restored_cb, NULL);
      g_task_set_task_data (task, restoring, opening_free);
      g_task_run_in_thread (task, restore_in_thread);
    }

  g_object_unref (dialog);
}

/* Asks for a backup, in the practice's own folder of backups first. */
void
_billing_window_restore (BillingWindow *self)
{
  g_autofree char *path = g_build_filename (self->folder, "backups", NULL);
  g_autoptr (GFile) backups = g_file_new_for_path (path);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_("Restore from Backup"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _("_Restore"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), backups, NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (backup_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* What waits. */

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BillingListing) listing = billing_list_read_finish (BILLING_STORE (object), result, NULL);
  BillingWindow *self = user_data;
  g_autofree char *text = NULL;

  /* A read that was interrupted, perhaps because the window is gone. */
  if (listing == NULL)
    return;

  text = g_strdup_printf (g_dngettext (NULL, "%u overdue payment", "%u overdue payments", listing->pks->len),
                          listing->pks->len);
  billing_sidebar_row_set_count (_billing_window_find_row (self, "payments"), listing->pks->len, text);
}

void
_billing_window_count (BillingWindow *self)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->desk, "payments");

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();

  g_object_set (query, "overdue", TRUE, NULL);
  billing_list_read_async (billing_desk_get_store (self->desk), query, 0, NULL, NULL,
                           self->counting, counted_cb, self);
}

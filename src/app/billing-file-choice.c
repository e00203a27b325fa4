/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-file-choice"

#include "config.h"

#include "billing-file-choice.h"

#include <glib/gi18n.h>

/* The ways in which a person points at files: dropping them, and choosing them. */

typedef struct {
  gpointer owner; /* (not owned): it owns what asks */
  BillingFilesFunc func;
} Asking;

static void
asking_free (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static Asking *
asking_new (gpointer         owner,
            BillingFilesFunc func)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->owner = owner;
  asking->func = func;
  return asking;
}

static gboolean
drop_cb (Asking       *asking,
         const GValue *value)
{
  return asking->func (asking->owner, g_value_get_boxed (value));
}

/**
 * billing_file_choice_new_drop:
 * @owner: who takes files; it must outlive the target, as the widget does to which it is added
 * @func: takes them
 *
 * Returns: (transfer full): what lets files be dropped on a widget
 */
GtkDropTarget *
billing_file_choice_new_drop (gpointer         owner,
                              BillingFilesFunc func)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_data (target, "drop", G_CALLBACK (drop_cb), asking_new (owner, func), asking_free, G_CONNECT_SWAPPED);
  return target;
}

static void
response_cb (Asking         *asking,
             int             response,
             GtkFileChooser *chooser)
{
  g_autoptr (GListModel) files = NULL;
  g_autoslist (GFile) list = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      files = gtk_file_chooser_get_files (chooser);
      for (guint i = g_list_model_get_n_items (files); i > 0; i--)
        list = g_slist_prepend (list, g_list_model_get_item (files, i - 1));
    }

  asking->func (asking->owner, list);
}

static GtkFileChooserNative *
ask (GtkWidget            *parent,
     const char           *title,
     GtkFileChooserAction  action,
     const char           *accept_label,
     gpointer              owner,
     BillingFilesFunc      func)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, accept_label, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), asking_new (owner, func), asking_free,
                         G_CONNECT_SWAPPED);
  return chooser;
}

/**
 * billing_file_choice_ask:
 * @parent: in the window that asks
 * @title: of the dialog
 * @accept_label: of its button
 * @owner: who keeps the dialog until @func was called, and drops it when it goes away
 * @func: told what was chosen, or %NULL
 *
 * Asks for files, several at once.
 *
 * Returns: (transfer full): the dialog, to be shown
 */
GtkFileChooserNative *
billing_file_choice_ask (GtkWidget        *parent,
                         const char       *title,
                         const char       *accept_label,
                         gpointer          owner,
                         BillingFilesFunc  func)
{
  GtkFileChooserNative *chooser = ask (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, accept_label, owner, func);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  return chooser;
}

/**
 * billing_file_choice_ask_save:
 * @parent: in the window that asks
 * @title: of the dialog
 * @name: what is suggested
 * @owner: as for billing_file_choice_ask()
 * @func: told where to, a list of one, or %NULL
 *
 * Asks where a file is to be written.
 *
 * Returns: (transfer full): the dialog, to be shown
 */
GtkFileChooserNative *
billing_file_choice_ask_save (GtkWidget        *parent,
                              const char       *title,
                              const char       *name,
                              gpointer          owner,
                              BillingFilesFunc  func)
{
  GtkFileChooserNative *chooser = ask (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), owner, func);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  return chooser;
}

/**
 * billing_file_choice_ask_folder:
 * @parent: in the window that asks
 * @title: of the dialog
 * @owner: as for billing_file_choice_ask()
 * @func: told which folder, a list of one, or %NULL
 *
 * Asks for a folder that is there.
 *
 * Returns: (transfer full): the dialog, to be shown
 */
GtkFileChooserNative *
billing_file_choice_ask_folder (GtkWidget        *parent,
                                const char       *title,
                                gpointer          owner,
                                BillingFilesFunc  func)
{
  return ask (parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Save"), owner, func);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drag-source FILE...: a window out of which the files can be dragged, as out of a file manager, and which has copied them.
 * For tests of drops and of pasting: AT-SPI cannot drag, so a pointer must, and it needs something to take hold of. */

#define G_LOG_DOMAIN "drag-source"

#include "config.h"

#include <gtk/gtk.h>

#define TITLE "Drag Source"

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       user_data)
{
  return gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, user_data);
}

static GdkFileList *
make_file_list (char **paths)
{
  g_autoslist (GFile) files = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    files = g_slist_append (files, g_file_new_for_path (paths[i]));

  return gdk_file_list_new_from_list (files);
}

static GtkWidget *
make_window (GdkFileList *files)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("Take me");
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), files);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));

  gtk_window_set_title (GTK_WINDOW (window), TITLE);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  gtk_window_set_child (GTK_WINDOW (window), label);

  return window;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GdkFileList *files = NULL;
  GtkWidget *window;

  if (argc < 2)
    {
      g_printerr ("usage: drag-source FILE...\n");
      return 2;
    }

  gtk_init ();
  files = make_file_list (argv + 1);
  window = make_window (files);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (g_main_loop_quit), loop);
  gtk_window_present (GTK_WINDOW (window));
  gdk_clipboard_set (gtk_widget_get_clipboard (window), GDK_TYPE_FILE_LIST, files);
  g_main_loop_run (loop);

  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  return 0;
}

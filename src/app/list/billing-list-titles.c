/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-titles"

#include "config.h"

#include "billing-list-titles.h"

/*
 * GTK 4.8 has no alignment of a column's title, and makes a new title whenever a column is moved or shown again. So the
 * row of titles is watched, and the one with the given words is put at the end. Where another GTK builds its titles
 * differently none is found, and they stay as they are.
 */

static GtkWidget *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *label = find_label (child);

      if (label != NULL)
        return label;
    }

  return NULL;
}

/* With the arrow of the sort order before it, whose room would stand between the label and the end. */
static void
align_end (GtkWidget *label)
{
  GtkWidget *box = gtk_widget_get_parent (label);

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  if (GTK_IS_BOX (box))
    gtk_box_reorder_child_after (GTK_BOX (box), label, gtk_widget_get_last_child (box));
}

static void
titles_changed_cb (GListModel *titles,
                   guint       position,
                   guint       removed,
                   guint       added,
                   const char *title)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) button = g_list_model_get_item (titles, i);
      GtkWidget *label = find_label (button);

      if (label != NULL && g_str_equal (gtk_label_get_label (GTK_LABEL (label)), title))
        align_end (label);
    }
}

static void
free_title (gpointer  data,
            GClosure *closure)
{
  g_free (data);
}

/**
 * billing_list_titles_align_end:
 * @view: a view, with its columns or before them
 * @title: of the column whose cells are at the end, as numbers are
 *
 * Puts the title where the numbers below it are.
 */
void
billing_list_titles_align_end (GtkColumnView *view,
                               const char    *title)
{
  /* The titles' row comes before the list. */
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  g_autofree char *key = g_strconcat ("billing-list-title-", title, NULL);
  GListModel *titles;

  if (header == NULL || GTK_IS_LIST_VIEW (header))
    return;

  titles = gtk_widget_observe_children (header);
  g_signal_connect_data (titles, "items-changed", G_CALLBACK (titles_changed_cb), g_strdup (title),
                         free_title, 0);
  titles_changed_cb (titles, 0, 0, g_list_model_get_n_items (titles), title);
  g_object_set_data_full (G_OBJECT (view), key, titles, g_object_unref);
}

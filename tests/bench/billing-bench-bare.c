/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-bench-bare.h"

/*
 * The least that can show so many rows: a window with nothing but a column view of eight columns, whose texts are made up from the row's
 * place when they are asked for.
 */

#define N_COLUMNS 8

/* A row: only its place. */

#define BARE_TYPE_ROW (bare_row_get_type ())
G_DECLARE_FINAL_TYPE (BareRow, bare_row, BARE, ROW, GObject)

struct _BareRow {
  GObject parent_instance;

  guint position;
};

G_DEFINE_FINAL_TYPE (BareRow, bare_row, G_TYPE_OBJECT)

static void
bare_row_class_init (BareRowClass *klass)
{
}

static void
bare_row_init (BareRow *self)
{
}

/* The model. */

#define BARE_TYPE_MODEL (bare_model_get_type ())
G_DECLARE_FINAL_TYPE (BareModel, bare_model, BARE, MODEL, GObject)

struct _BareModel {
  GObject parent_instance;

  guint n_rows;
};

static GType
bare_model_get_item_type (GListModel *list)
{
  return BARE_TYPE_ROW;
}

static guint
bare_model_get_n_items (GListModel *list)
{
  return BARE_MODEL (list)->n_rows;
}

static gpointer
bare_model_get_item (GListModel *list,
                     guint       position)
{
  BareRow *row;

  if (position >= BARE_MODEL (list)->n_rows)
    return NULL;

  row = g_object_new (BARE_TYPE_ROW, NULL);
  row->position = position;
  return row;
}

static void
bare_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bare_model_get_item_type;
  iface->get_n_items = bare_model_get_n_items;
  iface->get_item = bare_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BareModel, bare_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bare_model_list_model_init))

static void
bare_model_class_init (BareModelClass *klass)
{
}

static void
bare_model_init (BareModel *self)
{
}

/* The window. */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (label), 6);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  column)
{
  BareRow *row = gtk_list_item_get_item (item);
  g_autofree char *text = g_strdup_printf ("Row %u, %u", row->position, GPOINTER_TO_UINT (column));

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
add_column (GtkColumnView *view,
            guint          i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autofree char *title = g_strdup_printf ("Column %u", i);
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (view, column);
}

static void
activate_cb (GtkApplication *application,
             gpointer        n_rows)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  BareModel *model = g_object_new (BARE_TYPE_MODEL, NULL);
  GtkWidget *view;

  model->n_rows = GPOINTER_TO_UINT (n_rows);
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (model))));
  for (guint i = 0; i < N_COLUMNS; i++)
    add_column (GTK_COLUMN_VIEW (view), i);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * billing_bench_bare_new:
 * @n_rows: how many
 *
 * Returns: (transfer full): an application that shows so many rows and does nothing else
 */
GtkApplication *
billing_bench_bare_new (gint64 n_rows)
{
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), GUINT_TO_POINTER ((guint) n_rows));
  return application;
}

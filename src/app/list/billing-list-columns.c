/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-columns"

#include "config.h"

#include "billing-list-columns.h"

#include <glib/gi18n.h>

#include "billing-list-cells.h"
#include "billing-list-row.h"

struct _BillingListColumns {
  GObject parent_instance;

  GtkColumnView *view; /* (owned) */
  GSettings *settings; /* (owned) */
  GSimpleActionGroup *actions; /* (owned) */
  const BillingListColumn *specs; /* (not owned): static */
  guint n_columns;
  GtkColumnViewColumn **columns; /* (owned): as many, each owned */
  char *columns_key; /* (owned) */
  char *sort_key; /* (owned) */
  char *descending_key; /* (owned) */

  const BillingListColumn *sorted; /* (not owned) */
  gboolean descending;
  const BillingListColumn *probed; /* (not owned) (nullable): while probing */
  gboolean busy; /* writing to headers or settings ourselves */
};

/* What a column's sorter says about itself. */
typedef struct {
  BillingListColumns *owner; /* (not owned) */
  const BillingListColumn *column; /* (not owned) */
} Probe;

enum { SORT_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingListColumns, billing_list_columns, G_TYPE_OBJECT)

static int
find (BillingListColumns *self,
      const char         *id)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (g_str_equal (self->specs[i].id, id))
        return (int) i;
    }

  return -1;
}

/**
 * billing_list_columns_list_shown:
 * @self: the columns
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids of those that are shown, in their order
 */
char **
billing_list_columns_list_shown (BillingListColumns *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      for (guint j = 0; j < self->n_columns; j++)
        {
          if (self->columns[j] == column && gtk_column_view_column_get_visible (column))
            g_strv_builder_add (builder, self->specs[j].id);
        }
    }

  return g_strv_builder_end (builder);
}

static void
save_columns (BillingListColumns *self)
{
  g_auto (GStrv) ids = billing_list_columns_list_shown (self);

  g_settings_set_strv (self->settings, self->columns_key, (const char * const *) ids);
}

/* GTK 4.8 does not say by which column a view is sorted. Its sorter asks the columns' sorters in order, so the first
 * one that is asked is it, and whether its answer is turned round is the direction. Nothing is ever sorted by them. */
static int
probe_cb (gconstpointer a,
          gconstpointer b,
          gpointer      user_data)
{
  Probe *probe = user_data;

  if (probe->owner->probed == NULL)
    probe->owner->probed = probe->column;

  return GTK_ORDERING_SMALLER;
}

static void
set_sort (BillingListColumns      *self,
          const BillingListColumn *column,
          gboolean                 descending)
{
  GAction *action;

  if (self->sorted == column && self->descending == descending)
    return;

  self->sorted = column;
  self->descending = descending;
  g_settings_set_string (self->settings, self->sort_key, column->sort);
  g_settings_set_boolean (self->settings, self->descending_key, descending);

  action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "sort");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (column->sort));
  action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "descending");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (descending));

  g_signal_emit (self, signals[SORT_CHANGED], 0);
}

static void
header_sort_cb (GtkSorter          *sorter,
                GtkSorterChange     change,
                BillingListColumns *self)
{
  g_autoptr (BillingListRow) a = NULL;
  g_autoptr (BillingListRow) b = NULL;
  GtkOrdering ordering;

  if (self->busy)
    return;

  a = billing_list_row_new (1, NULL);
  b = billing_list_row_new (2, NULL);
  self->probed = NULL;
  ordering = gtk_sorter_compare (sorter, a, b);
  if (self->probed != NULL)
    set_sort (self, self->probed, ordering == GTK_ORDERING_LARGER);
}

static void
show_sort (BillingListColumns *self)
{
  self->busy = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->view, self->columns[self->sorted - self->specs],
                                  self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->busy = FALSE;
}

static void
sort_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BillingListColumns *self = user_data;
  const char *sort = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (g_strcmp0 (self->specs[i].sort, sort) == 0)
        {
          set_sort (self, &self->specs[i], self->specs[i].descending);
          show_sort (self);
          return;
        }
    }
}

static void
descending_action_cb (GSimpleAction *action,
                      GVariant      *state,
                      gpointer       user_data)
{
  BillingListColumns *self = user_data;

  set_sort (self, self->sorted, g_variant_get_boolean (state));
  show_sort (self);
}

static void
columns_changed_cb (GListModel         *columns,
                    guint               position,
                    guint               removed,
                    guint               added,
                    BillingListColumns *self)
{
  /* A column that is dragged leaves and comes back. */
  if (!self->busy && g_list_model_get_n_items (columns) == self->n_columns)
    save_columns (self);
}

static void
visible_cb (BillingListColumns *self)
{
  if (!self->busy)
    save_columns (self);
}

static void
load_columns (BillingListColumns *self,
              const char         *resource,
              const char         *list)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError) error = NULL;

  gtk_builder_set_translation_domain (builder, GETTEXT_PACKAGE);
  if (!gtk_builder_add_from_resource (builder, resource, &error))
    g_error ("%s", error->message);

  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *id = self->specs[i].id;
      g_autoptr (GtkListItemFactory) factory = billing_list_cells_new_factory (list, id);

      self->columns[i] = g_object_ref (GTK_COLUMN_VIEW_COLUMN (gtk_builder_get_object (builder, id)));
      gtk_column_view_column_set_factory (self->columns[i], factory);
    }
}

static void
add_sorters (BillingListColumns *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autoptr (GtkCustomSorter) sorter = NULL;
      Probe *probe;

      if (self->specs[i].sort == NULL)
        continue;

      probe = g_new (Probe, 1);
      probe->owner = self;
      probe->column = &self->specs[i];
      sorter = gtk_custom_sorter_new (probe_cb, probe, g_free);
      gtk_column_view_column_set_sorter (self->columns[i], GTK_SORTER (sorter));
    }
}

/* Those of the settings in their order, then the others, unseen. */
static void
add_columns (BillingListColumns *self)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->settings, self->columns_key);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      int column = find (self, ids[i]);

      if (column >= 0)
        gtk_column_view_append_column (self->view, self->columns[column]);
    }

  for (guint i = 0; i < self->n_columns; i++)
    {
      gboolean shown = g_strv_contains ((const char * const *) ids, self->specs[i].id);

      gtk_column_view_column_set_visible (self->columns[i], shown);
      if (!shown)
        gtk_column_view_append_column (self->view, self->columns[i]);

      g_signal_connect_object (self->columns[i], "notify::visible", G_CALLBACK (visible_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
add_actions (BillingListColumns *self)
{
  const GActionEntry entries[] = {
    { .name = "sort", .activate = sort_action_cb, .parameter_type = "s", .state = "''" },
    { .name = "descending", .change_state = descending_action_cb, .state = "false" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);

  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *name = g_strconcat ("column-", self->specs[i].id, NULL);
      g_autoptr (GPropertyAction) action =
        g_property_action_new (name, self->columns[i], "visible");

      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
}

static void
load_sort (BillingListColumns *self)
{
  g_autofree char *sort = g_settings_get_string (self->settings, self->sort_key);
  gboolean descending = g_settings_get_boolean (self->settings, self->descending_key);

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (g_strcmp0 (self->specs[i].sort, sort) == 0)
        set_sort (self, &self->specs[i], descending);
    }

  if (self->sorted != NULL)
    show_sort (self);
}

static void
billing_list_columns_finalize (GObject *object)
{
  BillingListColumns *self = BILLING_LIST_COLUMNS (object);

  for (guint i = 0; i < self->n_columns; i++)
    {
      gtk_column_view_column_set_sorter (self->columns[i], NULL);
      g_object_unref (self->columns[i]);
    }

  g_free (self->columns);
  g_free (self->columns_key);
  g_free (self->sort_key);
  g_free (self->descending_key);
  g_clear_object (&self->view);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (billing_list_columns_parent_class)->finalize (object);
}

static void
billing_list_columns_class_init (BillingListColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = billing_list_columns_finalize;

  signals[SORT_CHANGED] = g_signal_new ("sort-changed", BILLING_TYPE_LIST_COLUMNS,
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
billing_list_columns_init (BillingListColumns *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->actions = g_simple_action_group_new ();
}

/**
 * billing_list_columns_new:
 * @view: the view that gets them
 * @resource: where their .ui file is
 * @list: what the settings' keys begin with: `payments`
 * @columns: (array length=n_columns): the columns; kept, not copied
 * @n_columns: how many
 *
 * Returns: (transfer full): the columns, in @view
 */
BillingListColumns *
billing_list_columns_new (GtkColumnView           *view,
                          const char              *resource,
                          const char              *list,
                          const BillingListColumn *columns,
                          guint                    n_columns)
{
  g_autofree char *prefix = g_strdup (list);
  BillingListColumns *self = g_object_new (BILLING_TYPE_LIST_COLUMNS, NULL);

  self->view = g_object_ref (view);
  self->specs = columns;
  self->n_columns = n_columns;
  self->columns = g_new0 (GtkColumnViewColumn *, n_columns);
  /* Keys have no underlines. */
  g_strdelimit (prefix, "_", '-');
  self->columns_key = g_strconcat (prefix, "-columns", NULL);
  self->sort_key = g_strconcat (prefix, "-sort", NULL);
  self->descending_key = g_strconcat (prefix, "-descending", NULL);

  load_columns (self, resource, list);
  add_sorters (self);
  add_columns (self);
  add_actions (self);
  load_sort (self);

  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed",
                           G_CALLBACK (header_sort_cb), self, 0);
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (columns_changed_cb), self, 0);
  return self;
}

/* Actions `sort`, `descending` and `column-…`. */
GActionGroup *
billing_list_columns_get_actions (BillingListColumns *self)
{
  return G_ACTION_GROUP (self->actions);
}

/**
 * billing_list_columns_create_menu:
 * @self: the columns
 *
 * Returns: (transfer full): a menu of what to sort by and of what to show, for the actions in a group `list`
 */
GMenuModel *
billing_list_columns_create_menu (BillingListColumns *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) sorts = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) shown = g_menu_new ();

  for (guint i = 0; i < self->n_columns; i++)
    {
      const BillingListColumn *column = &self->specs[i];
      g_autofree char *action = g_strconcat ("list.column-", column->id, NULL);

      if (column->sort != NULL)
        {
          g_autofree char *target = g_strconcat ("list.sort::", column->sort, NULL);

          g_menu_append (sorts, Q_(column->label), target);
        }
      /* The first column names the row; one without a title is there to be ticked. */
      if (i > 0 && column->label != NULL)
        g_menu_append (shown, Q_(column->label), action);
    }

  g_menu_append (order, _("Descending"), "list.descending");
  g_menu_append_section (menu, _("Sort By"), G_MENU_MODEL (sorts));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append_section (menu, _("Columns"), G_MENU_MODEL (shown));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* What the list is sorted by, in a word. */
const char *
billing_list_columns_get_label (BillingListColumns *self)
{
  return self->sorted != NULL ? Q_(self->sorted->label) : NULL;
}

void
billing_list_columns_sort (BillingListColumns *self,
                           BillingQuery       *query)
{
  if (self->sorted != NULL)
    g_object_set (query, "sort", self->sorted->sort, "descending", self->descending, NULL);
}

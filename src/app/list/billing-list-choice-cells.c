/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-choice-cells"

#include "config.h"

#include "billing-list-choice-cells.h"

#include <glib/gi18n.h>

#include "billing-list-choice.h"
#include "billing-row-label.h"

/*
 * The boxes of lists in which rows are ticked. A row's own box stands in a column of its own. Where a list is in the order of patients, the
 * first row of each says the name, with a box for all rows that follow of the same patient; further ones leave the name's place empty.
 */

/* Of one patient; nobody has more in one list. */
#define MAX_RUN 512

typedef struct {
  const BillingListCell *cell;
  GtkListItem *item; /* (not owned) */
  GtkWidget *box; /* (not owned): the list item's, with: */
  GtkCheckButton *check; /* (not owned) */
  BillingRowLabel *label; /* (not owned) (nullable): of a group; it says the whole row, too */
  BillingListRow *row; /* (not owned) (nullable): while it is bound */
  BillingListChoice *choice; /* (not owned) (nullable): likewise; the row's context keeps it */
  gulong changed;
  gboolean updating;
} ChoiceCell;

static GQuark
cell_quark (void)
{
  return g_quark_from_static_string ("billing-list-choice-cells-cell");
}

static const char *
get_name (ChoiceCell    *self,
          BillingRecord *record)
{
  return G_STRUCT_MEMBER (const char *, record, self->cell->member);
}

static BillingRecord *
get_record_at (ChoiceCell *self,
               guint       position)
{
  BillingListModel *list = self->choice != NULL ? billing_list_choice_get_list (self->choice) : NULL;
  g_autoptr (BillingListRow) row = list != NULL ? g_list_model_get_item (G_LIST_MODEL (list), position) : NULL;

  return row != NULL ? billing_list_row_get_record (row) : NULL;
}

/* Names may be the same; who they are of is not. */
static gboolean
is_of_same (BillingRecord *a,
            BillingRecord *b)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (a == NULL || b == NULL)
    return FALSE;

  g_object_get (a, "patient-id", &one, NULL);
  g_object_get (b, "patient-id", &other, NULL);
  return g_strcmp0 (one, other) == 0;
}

/* Only in the order of patients do all of one stand together. */
static gboolean
is_grouped (ChoiceCell *self)
{
  BillingListModel *list = self->choice != NULL ? billing_list_choice_get_list (self->choice) : NULL;
  BillingQuery *query = list != NULL ? billing_list_model_get_query (list) : NULL;

  return query != NULL && g_strcmp0 (query->sort, "patient") == 0;
}

static guint
count_run (ChoiceCell    *self,
           BillingRecord *first,
           guint          position)
{
  guint n = 1;

  while (n < MAX_RUN && is_of_same (first, get_record_at (self, position + n)))
    n++;
  return n;
}

static void
show_check (ChoiceCell *self,
            gboolean    active,
            gboolean    inconsistent)
{
  self->updating = TRUE;
  gtk_check_button_set_active (self->check, active);
  gtk_check_button_set_inconsistent (self->check, inconsistent);
  self->updating = FALSE;
}

static void
update_row (ChoiceCell    *self,
            BillingRecord *record)
{
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  g_object_get (record, "number", &number, NULL);
  /* TRANSLATORS: a box to tick: SVC-001 */
  name = g_strdup_printf (_("Choose %s"), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_check (self, self->choice != NULL && billing_list_choice_contains (self->choice, billing_record_get_id (record)), FALSE);
}

static void
update_group (ChoiceCell    *self,
              BillingRecord *record)
{
  guint position = gtk_list_item_get_position (self->item);
  gboolean grouped = is_grouped (self);
  gboolean is_first = !grouped || position == 0 || !is_of_same (record, get_record_at (self, position - 1));
  guint n_chosen = 0, n;
  g_autofree char *name = NULL;
  g_autofree char *sentence = self->cell->get_sentence (record, billing_list_row_get_context (self->row));

  billing_row_label_set_text (self->label, is_first ? get_name (self, record) : "");
  billing_row_label_set_sentence (self->label, sentence);
  gtk_widget_set_opacity (GTK_WIDGET (self->check), is_first && grouped ? 1.0 : 0.0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), is_first && grouped);
  gtk_widget_set_visible (GTK_WIDGET (self->check), grouped);
  if (!is_first || !grouped)
    return;

  n = count_run (self, record, position);
  for (guint i = 0; i < n; i++)
    n_chosen += billing_list_choice_contains (self->choice, billing_record_get_id (get_record_at (self, position + i)));

  /* TRANSLATORS: a box to tick, for all rows of a patient */
  name = g_strdup_printf (_("Choose all of %s"), get_name (self, record));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_check (self, n_chosen == n, n_chosen > 0 && n_chosen < n);
}

static void
update (ChoiceCell *self)
{
  BillingRecord *record;

  /* A place in the list is given before there is a row, and taken after. */
  if (self->row == NULL)
    return;

  record = billing_list_row_get_record (self->row);
  gtk_widget_set_opacity (self->box, record != NULL ? 1.0 : 0.0);
  if (record == NULL)
    return;

  if (self->cell->kind == CELL_GROUP)
    update_group (self, record);
  else
    update_row (self, record);
}

static void
row_cb (gpointer        data,
        BillingListRow *row)
{
  update (data);
}

static void
toggled_cb (GtkCheckButton *check,
            ChoiceCell     *self)
{
  BillingRecord *record = self->row != NULL ? billing_list_row_get_record (self->row) : NULL;
  guint position = gtk_list_item_get_position (self->item);
  gboolean chosen = gtk_check_button_get_active (check);

  if (self->updating || record == NULL || self->choice == NULL)
    return;

  if (self->cell->kind == CELL_GROUP)
    billing_list_choice_set_run (self->choice, position, count_run (self, record, position), chosen);
  else
    billing_list_choice_set (self->choice, billing_record_get_id (record), chosen);
}

/* The factory. */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  cell)
{
  ChoiceCell *self = g_new0 (ChoiceCell, 1);

  self->cell = cell;
  self->item = item;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->check));
  if (self->cell->kind == CELL_GROUP)
    {
      self->label = g_object_new (BILLING_TYPE_ROW_LABEL, NULL);
      gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
      gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
    }

  g_signal_connect (self->check, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect_swapped (item, "notify::position", G_CALLBACK (update), self);
  gtk_list_item_set_child (item, self->box);
  g_object_set_qdata_full (G_OBJECT (item), cell_quark (), self, g_free);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  ChoiceCell *self = g_object_get_qdata (G_OBJECT (item), cell_quark ());
  BillingListContext *context;

  self->row = gtk_list_item_get_item (item);
  context = billing_list_row_get_context (self->row);
  self->choice = context != NULL ? billing_list_context_get_choice (context) : NULL;
  if (self->choice != NULL)
    self->changed = g_signal_connect_swapped (self->choice, "changed", G_CALLBACK (update), self);
  billing_list_row_watch (self->row, row_cb, self);
  update (self);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  ChoiceCell *self = g_object_get_qdata (G_OBJECT (item), cell_quark ());

  billing_list_row_unwatch (self->row, self);
  if (self->choice != NULL)
    g_clear_signal_handler (&self->changed, self->choice);
  self->row = NULL;
  self->choice = NULL;
}

/**
 * billing_list_choice_cells_new_factory:
 * @cell: of kind %CELL_CHOICE or %CELL_GROUP; its records have `id`, `number` and `patient-id`, a group's member is the patient's name
 *
 * Returns: (transfer full): what makes the cells of the column
 */
GtkListItemFactory *
billing_list_choice_cells_new_factory (const BillingListCell *cell)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) cell);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

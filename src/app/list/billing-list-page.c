/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-page"

#include "config.h"

#include "billing-list-page.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-format.h"
#include "billing-list-cells.h"
#include "billing-list-export.h"
#include "billing-list-format.h"
#include "billing-list-titles.h"

/* Wider than any screen, and nowhere near what AdwClamp cannot count with. */
#define WIDE 16384

typedef struct {
  /* Template widgets. */
  AdwLeaflet *leaflet;
  GtkWidget *list_side;
  AdwBin *top;
  AdwBin *bottom;
  AdwBin *filters;
  GtkMenuButton *sort_button;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  AdwStatusPage *empty;
  AdwStatusPage *nothing;
  GtkInscription *footer; /* it changes with every frame that scrolls; a label would have the window measured again */
  GtkWidget *separator;
  AdwClamp *detail;

  BillingListColumns *columns; /* (owned) */
  BillingDesk *desk; /* (owned) (nullable) */
  BillingListContext *context; /* (owned) (nullable) */
  BillingListModel *model; /* (owned) (nullable) */
  char *search; /* (owned) (nullable) */

  /* The selection, by what it is and not by where it stands. */
  gint64 selected_pk;
  char *shown; /* (owned) (nullable): the id that the detail shows */
  GSignalGroup *selected_row; /* (owned): its record may still be on its way */
  gboolean restoring;

  gint64 anchor; /* the row on top of the screen while the list is replaced, 0: none */
  gboolean scroll_to_selected; /* once the list is there */
  guint laying_out; /* a tick callback */
  guint frames; /* since the list was to be scrolled */
  gboolean detail_shown;
  int detail_width;
  gboolean stale; /* to be listed once somebody looks */
} BillingListPagePrivate;

typedef enum {
  PROP_DESK = 1,
  PROP_SEARCH,
  PROP_DETAIL_SHOWN,
} BillingListPageProperty;

static GParamSpec *properties[PROP_DETAIL_SHOWN + 1];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BillingListPage, billing_list_page, ADW_TYPE_BIN)

static BillingListPagePrivate *
get_priv (BillingListPage *self)
{
  return billing_list_page_get_instance_private (self);
}

/* Places. */

/* The list inside of a column view; GTK 4.8 has no function that scrolls it. */
static GtkWidget *
find_inner_list (GtkColumnView *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_VIEW (child))
        return child;
    }

  return NULL;
}

static void
scroll_to (BillingListPage *self,
           guint            position)
{
  gtk_widget_activate_action (find_inner_list (get_priv (self)->view), "list.scroll-to-item", "u",
                              position);
}

/* A list that has not laid out its rows yet loses sight of them when it is scrolled: in the second frame it has. */
static gboolean
laid_out_cb (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  BillingListPage *self = user_data;
  BillingListPagePrivate *priv = get_priv (self);
  guint position;

  if (gtk_widget_get_height (widget) == 0 || priv->frames++ == 0)
    return G_SOURCE_CONTINUE;

  priv->laying_out = 0;
  if (priv->model != NULL && priv->selected_pk != 0 && billing_list_model_find (priv->model, priv->selected_pk, &position))
    scroll_to (self, position);
  return G_SOURCE_REMOVE;
}

static void
scroll_to_selected (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);

  priv->frames = 0;
  if (priv->laying_out == 0)
    priv->laying_out = gtk_widget_add_tick_callback (find_inner_list (priv->view), laid_out_cb, self, NULL);
}

/* All rows are of one height, so places follow from the scrollbar. */
static gboolean
get_visible_rows (BillingListPage *self,
                  guint           *first,
                  guint           *last)
{
  BillingListPagePrivate *priv = get_priv (self);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (priv->scroller);
  guint n = billing_list_page_get_n_rows (self);
  double height = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment);
  double top = gtk_adjustment_get_value (adjustment);
  double bottom = top + gtk_adjustment_get_page_size (adjustment);

  if (n == 0 || height < 1.0)
    return FALSE;

  *first = MIN ((guint) (top / height * n), n - 1);
  *last = MIN ((guint) (bottom / height * n + 0.01), n);
  *last = MAX (*last, *first + 1);
  return TRUE;
}

static void
update_footer (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;
  guint first = 0, last = 0;

  if (priv->model == NULL || !get_visible_rows (self, &first, &last))
    {
      gtk_inscription_set_text (priv->footer, "");
      return;
    }

  if (billing_list_model_is_loading (priv->model))
    {
      gtk_inscription_set_text (priv->footer, _("Counting…"));
      return;
    }

  if (klass->has_amounts)
    sum = billing_format_money (NULL, billing_list_model_get_sum (priv->model),
                                 billing_list_context_get_currency (priv->context));
  text = billing_list_format_footer (first + 1, last, billing_list_page_get_n_rows (self), sum,
                                billing_list_model_get_overdue (priv->model));
  gtk_inscription_set_text (priv->footer, text);
}

static void
update_state (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);
  gboolean searching = priv->search != NULL && *priv->search != '\0';
  gboolean nothing_at_all = FALSE;
  const char *state = "list";

  if (priv->model != NULL && billing_list_page_get_n_rows (self) == 0 &&
      !billing_list_model_is_loading (priv->model))
    {
      nothing_at_all = !searching && (klass->has_filters == NULL || !klass->has_filters (self));
      state = nothing_at_all ? "empty" : "nothing";
    }

  gtk_stack_set_visible_child_name (priv->stack, state);
  gtk_widget_set_visible (GTK_WIDGET (priv->sort_button), !nothing_at_all);
  gtk_widget_set_visible (GTK_WIDGET (priv->filters), !nothing_at_all);
  gtk_widget_set_visible (GTK_WIDGET (priv->footer), g_str_equal (state, "list"));
  update_footer (self);
}

/* The detail. */

static void
update_detail_shown (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  gboolean shown = gtk_widget_get_visible (GTK_WIDGET (priv->detail)) &&
                   adw_leaflet_get_folded (priv->leaflet) &&
                   adw_leaflet_get_visible_child (priv->leaflet) == GTK_WIDGET (priv->detail);

  if (priv->detail_shown == shown)
    return;

  priv->detail_shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL_SHOWN]);
}

/* Beside the list the detail has its own width; alone it has all there is. */
static void
folding_cb (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  int width = adw_leaflet_get_folded (priv->leaflet) ? WIDE : priv->detail_width;

  if (priv->detail == NULL)
    return;

  adw_clamp_set_maximum_size (priv->detail, width);
  adw_clamp_set_tightening_threshold (priv->detail, width);
  update_detail_shown (self);
}

static void
open_detail (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);

  gtk_widget_set_visible (priv->separator, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (priv->detail), TRUE);
  /* Beside the list it must not take the focus, which moves the selection on. */
  if (adw_leaflet_get_folded (priv->leaflet))
    adw_leaflet_set_visible_child (priv->leaflet, GTK_WIDGET (priv->detail));
  update_detail_shown (self);
}

static void
show_record (BillingListPage *self,
             const char      *id)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);

  if (g_strcmp0 (priv->shown, id) == 0)
    return;

  g_free (priv->shown);
  priv->shown = g_strdup (id);
  klass->show_record (self, id);
}

static void
show_selected (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListRow *row = gtk_single_selection_get_selected_item (priv->selection);
  BillingRecord *record = row != NULL ? billing_list_row_get_record (row) : NULL;

  if (record == NULL || billing_record_get_pk (record) != priv->selected_pk)
    return;

  show_record (self, billing_record_get_id (record));
  if (!adw_leaflet_get_folded (priv->leaflet))
    open_detail (self);
}

static void
selected_cb (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListRow *row = gtk_single_selection_get_selected_item (priv->selection);

  /* Rows that go while the list is replaced take the selection with them; it comes back by its key. */
  if (priv->restoring || row == NULL)
    return;

  priv->selected_pk = billing_list_row_get_pk (row);
  g_signal_group_set_target (priv->selected_row, row);
  show_selected (self);
}

static void
restore_selection (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListRow *row = gtk_single_selection_get_selected_item (priv->selection);
  guint position;

  if (priv->selected_pk == 0 || (row != NULL && billing_list_row_get_pk (row) == priv->selected_pk))
    return;

  priv->restoring = TRUE;
  if (billing_list_model_find (priv->model, priv->selected_pk, &position))
    gtk_single_selection_set_selected (priv->selection, position);
  else
    gtk_single_selection_set_selected (priv->selection, GTK_INVALID_LIST_POSITION);
  priv->restoring = FALSE;
}

static void
activate_cb (BillingListPage *self,
             guint            position)
{
  gtk_single_selection_set_selected (get_priv (self)->selection, position);
  show_selected (self);
  open_detail (self);
}

/* In a narrow window a click opens what it selected; the arrow keys only select. */
static void
open_clicked_cb (gpointer user_data)
{
  g_autoptr (BillingListPage) self = user_data;
  BillingListPagePrivate *priv = get_priv (self);

  if (priv->selection == NULL || gtk_single_selection_get_selected_item (priv->selection) == NULL)
    return;

  selected_cb (self);
  open_detail (self);
}

static void
released_cb (BillingListPage *self,
             int              n_press,
             double           x,
             double           y)
{
  BillingListPagePrivate *priv = get_priv (self);
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (priv->view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *list = find_inner_list (priv->view);

  /* To tick a row is not to look at it. */
  if (picked != NULL && gtk_widget_get_ancestor (picked, GTK_TYPE_CHECK_BUTTON) != NULL)
    return;

  if (n_press == 1 && picked != NULL && picked != list && gtk_widget_is_ancestor (picked, list))
    g_idle_add_once (open_clicked_cb, g_object_ref (self));
}

/* The list. */

static void
items_changed_cb (BillingListPage *self)
{
  restore_selection (self);
  update_state (self);
}

static void
resetting_cb (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  guint first, last;

  priv->anchor = 0;
  if (get_visible_rows (self, &first, &last) && first > 0)
    priv->anchor = billing_list_model_get_pk (priv->model, last - 1);
}

static void
listed_cb (BillingListPage *self,
           gboolean         new_query)
{
  BillingListPagePrivate *priv = get_priv (self);
  guint position;

  if (priv->scroll_to_selected)
    scroll_to_selected (self);
  else if (priv->anchor != 0 && !new_query && billing_list_model_find (priv->model, priv->anchor, &position))
    scroll_to (self, position);

  priv->anchor = 0;
  priv->scroll_to_selected = FALSE;
  restore_selection (self);
  update_state (self);
}

static void
failed_cb (BillingListPage *self,
           GError          *error)
{
  update_state (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.warn", "s", error->message);
}

static void
update_sort_label (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  const char *sort = billing_list_columns_get_label (priv->columns);
  /* TRANSLATORS: the button that says what a list is sorted by */
  g_autofree char *label = g_strdup_printf (_("Sort: %s"), sort != NULL ? sort : "");

  gtk_menu_button_set_label (priv->sort_button, label);
}

static void
sort_changed_cb (BillingListPage *self)
{
  update_sort_label (self);
  billing_list_page_update (self);
}

static void
add_columns (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);
  g_autoptr (GMenuModel) menu = NULL;

  priv->columns = billing_list_columns_new (priv->view, klass->columns_resource, klass->list,
                                            klass->columns, klass->n_columns);
  menu = billing_list_columns_create_menu (priv->columns);
  gtk_menu_button_set_menu_model (priv->sort_button, menu);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list",
                                  billing_list_columns_get_actions (priv->columns));
  g_signal_connect_object (priv->columns, "sort-changed", G_CALLBACK (sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_sort_label (self);
}

static void
add_model (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);

  priv->context = billing_list_context_new_for_desk (priv->desk);
  priv->model = billing_list_model_new (billing_desk_get_store (priv->desk),
                                        klass->get_record_type (), priv->context);
  g_signal_connect_object (priv->model, "resetting", G_CALLBACK (resetting_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->model, "listed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->context, "notify::today", G_CALLBACK (billing_list_page_update),
                           self, G_CONNECT_SWAPPED);

  gtk_single_selection_set_model (priv->selection, G_LIST_MODEL (priv->model));
  /* After the view has followed: what is selected then is what it shows. */
  g_signal_connect_object (priv->model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
billing_list_page_map (GtkWidget *widget)
{
  BillingListPage *self = BILLING_LIST_PAGE (widget);

  GTK_WIDGET_CLASS (billing_list_page_parent_class)->map (widget);

  if (get_priv (self)->stale)
    billing_list_page_update (self);
}

/* The titles of amounts stand where the amounts do. */
static void
align_titles (BillingListPage *self)
{
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);

  for (guint i = 0; i < klass->n_columns; i++)
    {
      if (billing_list_cells_is_amount (klass->list, klass->columns[i].id))
        billing_list_titles_align_end (get_priv (self)->view, Q_(klass->columns[i].label));
    }
}

static void
billing_list_page_constructed (GObject *object)
{
  BillingListPage *self = BILLING_LIST_PAGE (object);
  BillingListPagePrivate *priv = get_priv (self);
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (priv->scroller);

  G_OBJECT_CLASS (billing_list_page_parent_class)->constructed (object);

  add_columns (self);
  align_titles (self);
  adw_status_page_set_icon_name (priv->empty, klass->empty_icon);
  adw_status_page_set_title (priv->empty, _(klass->empty_title));
  adw_status_page_set_description (priv->empty, _(klass->empty_text));
  if (klass->nothing_title != NULL)
    adw_status_page_set_title (priv->nothing, _(klass->nothing_title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(klass->title), -1);

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (update_footer), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (update_footer), self,
                           G_CONNECT_SWAPPED);
}

static void
billing_list_page_dispose (GObject *object)
{
  BillingListPage *self = BILLING_LIST_PAGE (object);
  BillingListPagePrivate *priv = get_priv (self);

  if (priv->selection != NULL)
    {
      priv->restoring = TRUE;
      gtk_single_selection_set_model (priv->selection, NULL);
      priv->selection = NULL;
    }

  g_clear_object (&priv->selected_row);
  g_clear_object (&priv->columns);
  g_clear_object (&priv->model);
  g_clear_object (&priv->context);
  g_clear_object (&priv->desk);
  g_clear_pointer (&priv->search, g_free);
  g_clear_pointer (&priv->shown, g_free);
  /* gtk_widget_dispose_template() looks for the template of the subclass, which has none. */
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_list_page_parent_class)->dispose (object);
}

static void
billing_list_page_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BillingListPage *self = BILLING_LIST_PAGE (object);

  switch ((BillingListPageProperty) property_id)
    {
    case PROP_DESK:
      g_value_set_object (value, billing_list_page_get_desk (self));
      break;
    case PROP_SEARCH:
      g_value_set_string (value, billing_list_page_get_search (self));
      break;
    case PROP_DETAIL_SHOWN:
      g_value_set_boolean (value, billing_list_page_get_detail_shown (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_list_page_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BillingListPage *self = BILLING_LIST_PAGE (object);

  switch ((BillingListPageProperty) property_id)
    {
    case PROP_DESK:
      billing_list_page_set_desk (self, g_value_get_object (value));
      break;
    case PROP_SEARCH:
      billing_list_page_set_search (self, g_value_get_string (value));
      break;
    case PROP_DETAIL_SHOWN:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_list_page_class_init (BillingListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = billing_list_page_constructed;
  object_class->dispose = billing_list_page_dispose;
  object_class->get_property = billing_list_page_get_property;
  object_class->set_property = billing_list_page_set_property;
  widget_class->map = billing_list_page_map;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, BILLING_TYPE_DESK, flags);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL_SHOWN] =
    g_param_spec_boolean ("detail-shown", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/list/list-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, bottom);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, detail);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, empty);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, filters);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, footer);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, leaflet);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, list_side);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, nothing);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, selection);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, separator);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, sort_button);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, top);
  gtk_widget_class_bind_template_child_private (widget_class, BillingListPage, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, folding_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
billing_list_page_init (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);

  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);

  priv->detail_width = g_settings_get_int (settings, "detail-width");
  priv->selected_row = g_signal_group_new (BILLING_TYPE_LIST_ROW);
  g_signal_group_connect_swapped (priv->selected_row, "notify::record", G_CALLBACK (show_selected),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
  folding_cb (self);
}

BillingDesk *
billing_list_page_get_desk (BillingListPage *self)
{
  return get_priv (self)->desk;
}

void
billing_list_page_set_desk (BillingListPage *self,
                            BillingDesk     *desk)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);

  if (!g_set_object (&priv->desk, desk))
    return;

  billing_list_page_close_detail (self);
  gtk_single_selection_set_model (priv->selection, NULL);
  g_clear_object (&priv->model);
  g_clear_object (&priv->context);

  if (desk != NULL)
    add_model (self);
  if (klass->desk_changed != NULL)
    klass->desk_changed (self);

  billing_list_page_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESK]);
}

const char *
billing_list_page_get_search (BillingListPage *self)
{
  return get_priv (self)->search;
}

void
billing_list_page_set_search (BillingListPage *self,
                              const char      *search)
{
  BillingListPagePrivate *priv = get_priv (self);

  if (g_strcmp0 (priv->search, search) == 0)
    return;

  g_free (priv->search);
  priv->search = g_strdup (search);
  billing_list_page_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
}

/**
 * billing_list_page_create_query:
 * @self: a page that has a desk
 *
 * Returns: (transfer full): what is listed, by what is searched, filtered and sorted by now
 */
BillingQuery *
billing_list_page_create_query (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);
  BillingQuery *query = billing_desk_query (priv->desk, klass->list);

  if (priv->search != NULL && *priv->search != '\0')
    g_object_set (query, "search", priv->search, NULL);
  if (klass->filter != NULL)
    klass->filter (self, query);
  billing_list_columns_sort (priv->columns, query);

  return query;
}

/**
 * billing_list_page_list_columns:
 * @self: a page
 *
 * Returns: (transfer full) (array zero-terminated=1): the properties of the columns on the screen, as a file has them
 */
char **
billing_list_page_list_columns (BillingListPage *self)
{
  g_auto (GStrv) shown = billing_list_columns_list_shown (get_priv (self)->columns);

  return billing_list_export_columns (BILLING_LIST_PAGE_GET_CLASS (self)->list, (const char * const *) shown);
}

/**
 * billing_list_page_update:
 * @self: a page
 *
 * Lists again, by what is searched, filtered and sorted by now.
 */
void
billing_list_page_update (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);
  g_autoptr (BillingQuery) query = NULL;

  /* A page that nobody looks at costs nothing, not at the start and not when the books change. */
  priv->stale = priv->model != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (priv->model == NULL || priv->stale)
    return;

  query = billing_list_page_create_query (self);
  billing_list_model_set_query (priv->model, query);
}

/**
 * billing_list_page_show:
 * @self: a page
 * @name: id or number of one of its records
 * @error: return location for a #BillingStoreError
 *
 * Selects a record and opens its detail, also if the list does not contain it.
 *
 * Returns: whether there is one
 */
gboolean
billing_list_page_show (BillingListPage  *self,
                        const char       *name,
                        GError          **error)
{
  BillingListPagePrivate *priv = get_priv (self);
  GType type = BILLING_LIST_PAGE_GET_CLASS (self)->get_record_type ();
  g_autoptr (BillingRecord) record = billing_desk_find_of (priv->desk, type, name, error);
  guint position;

  if (record == NULL)
    return FALSE;

  priv->selected_pk = billing_record_get_pk (record);
  restore_selection (self);
  if (billing_list_model_find (priv->model, priv->selected_pk, &position))
    scroll_to_selected (self);
  else
    priv->scroll_to_selected = TRUE;

  show_record (self, billing_record_get_id (record));
  open_detail (self);
  return TRUE;
}

void
billing_list_page_close_detail (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);

  priv->selected_pk = 0;
  g_signal_group_set_target (priv->selected_row, NULL);
  gtk_single_selection_set_selected (priv->selection, GTK_INVALID_LIST_POSITION);
  show_record (self, NULL);

  if (adw_leaflet_get_folded (priv->leaflet))
    adw_leaflet_set_visible_child (priv->leaflet, priv->list_side);
  gtk_widget_set_visible (priv->separator, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (priv->detail), FALSE);
  update_detail_shown (self);
}

gboolean
billing_list_page_get_detail_shown (BillingListPage *self)
{
  return get_priv (self)->detail_shown;
}

gboolean
billing_list_page_has_detail (BillingListPage *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (get_priv (self)->detail));
}

/**
 * billing_list_page_get_shown:
 * @self: a page
 *
 * Returns: (nullable): the id of what the detail shows
 */
const char *
billing_list_page_get_shown (BillingListPage *self)
{
  return get_priv (self)->shown;
}

void
billing_list_page_clear_filters (BillingListPage *self)
{
  BillingListPageClass *klass = BILLING_LIST_PAGE_GET_CLASS (self);

  if (klass->clear_filters != NULL)
    klass->clear_filters (self);
}

guint
billing_list_page_get_n_rows (BillingListPage *self)
{
  BillingListPagePrivate *priv = get_priv (self);

  return priv->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (priv->model)) : 0;
}

void
billing_list_page_go_to_row (BillingListPage *self,
                             guint            position)
{
  BillingListPagePrivate *priv = get_priv (self);

  if (position >= billing_list_page_get_n_rows (self))
    return;

  gtk_single_selection_set_selected (priv->selection, position);
  scroll_to (self, position);
}

void
billing_list_page_focus_list (BillingListPage *self)
{
  gtk_widget_child_focus (find_inner_list (get_priv (self)->view), GTK_DIR_TAB_FORWARD);
}

void
billing_list_page_set_detail (BillingListPage *self,
                              GtkWidget       *detail)
{
  adw_clamp_set_child (get_priv (self)->detail, detail);
}

/**
 * billing_list_page_set_top:
 * @self: a page
 * @top: stands over the list and its filters
 */
void
billing_list_page_set_top (BillingListPage *self,
                           GtkWidget       *top)
{
  adw_bin_set_child (get_priv (self)->top, top);
}

/**
 * billing_list_page_set_bottom:
 * @self: a page
 * @bottom: stands under the list
 */
void
billing_list_page_set_bottom (BillingListPage *self,
                              GtkWidget       *bottom)
{
  adw_bin_set_child (get_priv (self)->bottom, bottom);
}

void
billing_list_page_add_filter_bar (BillingListPage *self,
                                  GtkWidget       *bar)
{
  adw_bin_set_child (get_priv (self)->filters, bar);
}

void
billing_list_page_set_empty_actions (BillingListPage *self,
                                     GtkWidget       *actions)
{
  adw_status_page_set_child (get_priv (self)->empty, actions);
}

/**
 * billing_list_page_set_empty_text:
 * @self: a page
 * @title: shown when there is nothing at all, in place of what its class says
 * @text: likewise: what to do first
 */
void
billing_list_page_set_empty_text (BillingListPage *self,
                                  const char      *title,
                                  const char      *text)
{
  BillingListPagePrivate *priv = get_priv (self);

  adw_status_page_set_title (priv->empty, title);
  adw_status_page_set_description (priv->empty, text);
}

BillingListContext *
billing_list_page_get_context (BillingListPage *self)
{
  return get_priv (self)->context;
}

/**
 * billing_list_page_get_selected:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the record of the selected row; %NULL also while it is on its way
 */
BillingRecord *
billing_list_page_get_selected (BillingListPage *self)
{
  BillingListRow *row = gtk_single_selection_get_selected_item (get_priv (self)->selection);

  return row != NULL ? billing_list_row_get_record (row) : NULL;
}

/**
 * billing_list_page_get_list:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the rows that it lists; another object with each desk
 */
BillingListModel *
billing_list_page_get_list (BillingListPage *self)
{
  return get_priv (self)->model;
}

GtkWidget *
billing_list_page_get_view (BillingListPage *self)
{
  return GTK_WIDGET (get_priv (self)->view);
}

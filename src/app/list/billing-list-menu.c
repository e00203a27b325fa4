/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-menu"

#include "config.h"

#include "billing-list-menu.h"

struct _BillingListMenu {
  GObject parent_instance;

  BillingListPage *page; /* (not owned): it owns this */
  BillingListMenuFunc func;
  GtkPopoverMenu *popover; /* (not owned) (nullable): a child of the page, until it is closed */
};

G_DEFINE_FINAL_TYPE (BillingListMenu, billing_list_menu, G_TYPE_OBJECT)

static void
pop_up (BillingListMenu *self,
        double           x,
        double           y)
{
  BillingRecord *record = billing_list_page_get_selected (self->page);
  g_autoptr (GMenuModel) menu = NULL;

  if (record == NULL || self->popover == NULL || billing_list_page_get_desk (self->page) == NULL)
    return;

  menu = self->func (self->page, record);
  gtk_popover_menu_set_menu_model (self->popover, menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* The row under the pointer is a child of the list that the view scrolls. */
static gboolean
select_row_at (GtkWidget *view,
               double     x,
               double     y)
{
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && widget != view && !GTK_IS_LIST_VIEW (gtk_widget_get_parent (widget)))
    widget = gtk_widget_get_parent (widget);

  return widget != NULL && widget != view &&
         gtk_widget_activate_action (widget, "listitem.select", "(bb)", FALSE, FALSE);
}

static void
released_cb (BillingListMenu *self,
             int              n_press,
             double           x,
             double           y)
{
  GtkWidget *view = billing_list_page_get_view (self->page);
  graphene_point_t point;

  if (!select_row_at (view, x, y))
    return;

  if (gtk_widget_compute_point (view, GTK_WIDGET (self->page), &GRAPHENE_POINT_INIT ((float) x, (float) y),
                                &point))
    pop_up (self, (double) point.x, (double) point.y);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  BillingListMenu *self = user_data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *view = billing_list_page_get_view (self->page);
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, view) ||
      !gtk_widget_compute_bounds (focus, widget, &bounds))
    return FALSE;

  pop_up (self, (double) (bounds.origin.x + 24.0f),
          (double) (bounds.origin.y + bounds.size.height / 2.0f));
  return TRUE;
}

static void
add_keys (BillingListMenu *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger =
    gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Menu, 0), gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (trigger, gtk_callback_action_new (menu_key_cb, g_object_ref (self), g_object_unref)));
  gtk_widget_add_controller (GTK_WIDGET (self->page), controller);
}

static void
billing_list_menu_class_init (BillingListMenuClass *klass)
{
}

static void
billing_list_menu_init (BillingListMenu *self)
{
}

/**
 * billing_list_menu_new:
 * @page: a page
 * @func: makes the menu of a row
 *
 * Returns: (transfer full): the menu of its rows
 */
BillingListMenu *
billing_list_menu_new (BillingListPage     *page,
                       BillingListMenuFunc  func)
{
  BillingListMenu *self = g_object_new (BILLING_TYPE_LIST_MENU, NULL);
  GtkGesture *gesture = gtk_gesture_click_new ();

  self->page = page;
  self->func = func;
  self->popover = GTK_POPOVER_MENU (gtk_popover_menu_new_from_model (NULL));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (page));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  /* A menu that opens with the press takes the release, and the row would look pressed for good. */
  g_signal_connect_object (gesture, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (billing_list_page_get_view (page), GTK_EVENT_CONTROLLER (gesture));
  add_keys (self);
  return self;
}

/* Before the page goes. */
void
billing_list_menu_close (BillingListMenu *self)
{
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
}

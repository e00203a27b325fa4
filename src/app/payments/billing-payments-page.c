/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payments-page"

#include "config.h"

#include "billing-payments-page.h"

#include <glib/gi18n.h>

#include "billing-dashboard.h"
#include "billing-list-menu.h"
#include "billing-notes-section.h"
#include "billing-payment-filters.h"
#include "billing-payment-menu.h"
#include "billing-payment-pane.h"
#include "billing-payment.h"

/* Milliseconds until a menu that closes has given the focus back. */
#define FOCUS_DELAY 200

struct _BillingPaymentsPage {
  BillingListPage parent_instance;

  BillingDashboard *dashboard; /* (not owned): in the page */
  BillingPaymentFilters *filters; /* (not owned): in the page */
  BillingPaymentPane *pane; /* (not owned): in the page */
  BillingListMenu *menu; /* (owned) (nullable): until disposed */
  GSimpleActionGroup *acts; /* (owned) */
};

/* Where the seed's list of columns begins with Payment ID: payments are numbered as they are created. */
static const BillingListColumn columns[] = {
  { "payment", N_("Payment ID"), NULL, FALSE },
  { "patient", N_("Patient"), "patient", FALSE },
  { "amount", N_("Amount"), "amount", TRUE },
  { "status", N_("Status"), "status", FALSE },
  { "due", N_("Due Date"), "due", FALSE },
  { "treatment", N_("Treatment"), NULL, FALSE },
  { "created", N_("Created"), "created", TRUE },
  { "memo", N_("Memo"), NULL, FALSE },
};

G_DEFINE_FINAL_TYPE (BillingPaymentsPage, billing_payments_page, BILLING_TYPE_LIST_PAGE)

/* The menu of a row. */

static void
act_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  BillingPaymentsPage *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self->pane), g_variant_get_string (parameter, NULL), NULL);
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BillingPaymentsPage *self = user_data;
  BillingRecord *payment = billing_list_page_get_selected (BILLING_LIST_PAGE (self));

  if (payment != NULL)
    billing_list_page_show (BILLING_LIST_PAGE (self), billing_record_get_id (payment), NULL);
}

static GtkWidget *
find_notes (GtkWidget *widget)
{
  if (BILLING_IS_NOTES_SECTION (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_notes (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Once the menu has given the focus back. */
static void
focus_notes_cb (gpointer user_data)
{
  g_autoptr (BillingPaymentsPage) self = user_data;
  GtkWidget *notes = self->pane != NULL ? find_notes (GTK_WIDGET (self->pane)) : NULL;

  if (notes != NULL)
    gtk_widget_child_focus (notes, GTK_DIR_TAB_FORWARD);
}

static void
note_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  open_cb (action, parameter, user_data);
  g_timeout_add_once (FOCUS_DELAY, focus_notes_cb, g_object_ref (user_data));
}

static void
add_acts (BillingPaymentsPage *self)
{
  const GActionEntry entries[] = {
    { .name = "act", .activate = act_cb, .parameter_type = "s" },
    { .name = "open", .activate = open_cb },
    { .name = "note", .activate = note_cb },
  };

  self->acts = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->acts), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "row", G_ACTION_GROUP (self->acts));
}

static GMenuModel *
create_menu (BillingListPage *page,
             BillingRecord   *record)
{
  return billing_payment_menu_new (GTK_WIDGET (BILLING_PAYMENTS_PAGE (page)->pane), billing_list_page_get_desk (page),
                                   BILLING_PAYMENT (record));
}

/* What the page says about itself. */

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_payment_pane_set_payment (BILLING_PAYMENTS_PAGE (page)->pane, id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  billing_payment_filters_apply (BILLING_PAYMENTS_PAGE (page)->filters, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_payment_filters_are_active (BILLING_PAYMENTS_PAGE (page)->filters);
}

static void
clear_filters (BillingListPage *page)
{
  billing_payment_filters_clear (BILLING_PAYMENTS_PAGE (page)->filters);
}

static void
desk_changed (BillingListPage *page)
{
  BillingPaymentsPage *self = BILLING_PAYMENTS_PAGE (page);
  BillingDesk *desk = billing_list_page_get_desk (page);

  billing_payment_pane_set_desk (self->pane, desk);
  billing_payment_filters_set_desk (self->filters, desk);
  billing_dashboard_set_desk (self->dashboard, desk);
  if (desk != NULL)
    g_signal_connect_object (billing_list_page_get_context (page), "notify::today",
                             G_CALLBACK (billing_dashboard_update), self->dashboard,
                             G_CONNECT_SWAPPED);
}

static GtkWidget *
create_button (const char *label,
               const char *action,
               gboolean    suggested)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");

  return button;
}

static void
add_empty_actions (BillingPaymentsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), create_button (_("Create Payment"), "win.create-payment", TRUE));
  gtk_box_append (GTK_BOX (box), create_button (_("Import…"), "win.import", FALSE));
  billing_list_page_set_empty_actions (BILLING_LIST_PAGE (self), box);
}

static void
billing_payments_page_dispose (GObject *object)
{
  BillingPaymentsPage *self = BILLING_PAYMENTS_PAGE (object);

  if (self->menu != NULL)
    billing_list_menu_close (self->menu);
  g_clear_object (&self->menu);
  g_clear_object (&self->acts);

  G_OBJECT_CLASS (billing_payments_page_parent_class)->dispose (object);
}

static void
billing_payments_page_class_init (BillingPaymentsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  object_class->dispose = billing_payments_page_dispose;

  page_class->list = "payments";
  page_class->get_record_type = billing_payment_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/payments/columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Payments");
  page_class->search_label = N_("Search payments");
  page_class->empty_icon = "billing-payments-symbolic";
  page_class->empty_title = N_("No Payments Yet");
  page_class->empty_text = N_("Ask for a first payment, or import patients and their treatments.");
  page_class->nothing_title = N_("No Payments Match");
  page_class->has_amounts = TRUE;
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_payments_page_init (BillingPaymentsPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);

  self->dashboard = BILLING_DASHBOARD (billing_dashboard_new ());
  self->filters = g_object_new (BILLING_TYPE_PAYMENT_FILTERS, NULL);
  self->pane = BILLING_PAYMENT_PANE (billing_payment_pane_new (NULL));
  billing_list_page_set_top (page, GTK_WIDGET (self->dashboard));
  billing_list_page_add_filter_bar (page, GTK_WIDGET (self->filters));
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  add_empty_actions (self);
  add_acts (self);
  self->menu = billing_list_menu_new (page, create_menu);
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (billing_list_page_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dashboard, "filter", G_CALLBACK (billing_payments_page_show_query),
                           self, G_CONNECT_SWAPPED);
}

/**
 * billing_payments_page_show_query:
 * @self: the page
 * @query: a query for payments
 *
 * Lists exactly the payments of @query, each of its filters as a chip, in the order of the list: what a number on a card or in a report is
 * made of.
 */
void
billing_payments_page_show_query (BillingPaymentsPage *self,
                                  BillingQuery        *query)
{
  billing_list_page_set_search (BILLING_LIST_PAGE (self), query->search != NULL ? query->search : "");
  billing_payment_filters_set_query (self->filters, query);
}

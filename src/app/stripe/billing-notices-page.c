/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notices-page"

#include "config.h"

#include "billing-notices-page.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-list-menu.h"
#include "billing-notice-format.h"
#include "billing-notice-pane.h"
#include "billing-notice-rules.h"
#include "billing-stripe-section.h"
#include "billing-undo.h"

struct _BillingNoticesPage {
  BillingListPage parent_instance;

  BillingNoticePane *pane; /* (not owned): in the page */
  GtkDropDown *filter; /* (not owned): likewise */
  BillingListMenu *menu; /* (owned) (nullable): until disposed */
};

static const BillingListColumn columns[] = {
  { "notice", N_("What"), "urgency", TRUE },
  { "since", N_("Since"), "created", TRUE },
  { "due", N_("By When"), "due", FALSE },
  { "about", N_("Payment"), NULL, FALSE },
  { "state", N_("Status"), NULL, FALSE },
};

/* In the order of the dropdown; what is open is listed where nothing else is asked for. */
static const char * const filters[] = { NULL, "snoozed", "done", "new,read,snoozed,done,ended" };

#define FILTER_ALL (G_N_ELEMENTS (filters) - 1)

static void billing_notices_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingNoticesPage, billing_notices_page, BILLING_TYPE_LIST_PAGE,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_notices_page_section_init))

/* What people make of them. */

/* One act, and what is said of it. */
typedef struct {
  GtkWidget *page; /* (owned) */
  char *id; /* (owned): of the notification */
  const char *toast; /* (nullable): %NULL: nothing is said */
} Doing;

static void
doing_free (Doing *doing)
{
  g_object_unref (doing->page);
  g_free (doing->id);
  g_free (doing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doing, doing_free)

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  g_autoptr (BillingAct) undo = NULL;
  g_autoptr (GError) error = NULL;
  BillingDesk *desk = BILLING_DESK (object);

  if (!billing_desk_do_finish (desk, result, &error))
    {
      /* That somebody else was quicker to read it is nothing to be told. */
      if (doing->toast != NULL)
        gtk_widget_activate_action (doing->page, "win.warn", "s", error->message);
      return;
    }
  if (doing->toast == NULL || gtk_widget_get_root (doing->page) == NULL)
    return;

  undo = billing_act_new (BILLING_VERB_NOTICE_REOPEN, doing->id);
  billing_undo_tell (doing->page, desk, doing->toast, undo);
}

static void
do_act (BillingNoticesPage *self,
        BillingNotice      *notice,
        BillingVerb         verb,
        const char         *day,
        const char         *toast)
{
  BillingDesk *desk = billing_list_page_get_desk (BILLING_LIST_PAGE (self));
  const char *id = billing_record_get_id (BILLING_RECORD (notice));
  g_autoptr (BillingAct) act = billing_act_new (verb, id);
  Doing *doing = g_new0 (Doing, 1);

  g_object_set (act, "date", day, NULL);
  doing->page = GTK_WIDGET (g_object_ref (self));
  doing->id = g_strdup (id);
  doing->toast = toast;
  billing_desk_do_async (desk, act, NULL, done_cb, doing);
}

/* What is selected; what the pane shows may have left the list. */
static BillingNotice *
get_notice (BillingNoticesPage *self)
{
  BillingRecord *record = billing_list_page_get_selected (BILLING_LIST_PAGE (self));

  return record != NULL ? BILLING_NOTICE (record) : billing_notice_pane_get_notice (self->pane);
}

/* Whoever works in the list goes on with the next row when one leaves it. */
static void
go_on (BillingNoticesPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);
  GtkWidget *view = billing_list_page_get_view (page);
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  guint n = billing_list_page_get_n_rows (page);
  guint position = gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, view) || position == GTK_INVALID_LIST_POSITION || n < 2 ||
      gtk_drop_down_get_selected (self->filter) == FILTER_ALL)
    return;

  billing_list_page_go_to_row (page, position + 1 < n ? position + 1 : position - 1);
}

static void
read_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingNoticesPage *self = BILLING_NOTICES_PAGE (widget);
  BillingNotice *notice = get_notice (self);

  if (notice != NULL)
    do_act (self, notice, BILLING_VERB_NOTICE_READ, NULL, _("Marked as read"));
}

/* It leaves the list of what is open. */
static void
put_away (BillingNoticesPage *self,
          BillingVerb         verb,
          const char         *day,
          const char         *toast)
{
  BillingNotice *found = get_notice (self);
  g_autoptr (BillingNotice) notice = found != NULL ? g_object_ref (found) : NULL;

  if (notice == NULL)
    return;

  go_on (self);
  do_act (self, notice, verb, day, toast);
}

static void
done_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  put_away (BILLING_NOTICES_PAGE (widget), BILLING_VERB_NOTICE_DONE, NULL, _("Notification done"));
}

static void
snooze_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  put_away (BILLING_NOTICES_PAGE (widget), BILLING_VERB_NOTICE_SNOOZE, g_variant_get_string (parameter, NULL),
            _("Notification snoozed"));
}

static void
reopen_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingNoticesPage *self = BILLING_NOTICES_PAGE (widget);
  BillingNotice *notice = get_notice (self);

  if (notice != NULL)
    do_act (self, notice, BILLING_VERB_NOTICE_REOPEN, NULL, NULL);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingNotice *notice = get_notice (BILLING_NOTICES_PAGE (widget));

  if (notice != NULL)
    billing_list_page_show (BILLING_LIST_PAGE (widget), billing_record_get_id (BILLING_RECORD (notice)), NULL);
}

static void
show_all_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  gtk_drop_down_set_selected (BILLING_NOTICES_PAGE (widget)->filter, FILTER_ALL);
}

static void
opened_cb (BillingNoticesPage *self)
{
  BillingNotice *notice = billing_notice_pane_get_notice (self->pane);
  BillingDesk *desk = billing_list_page_get_desk (BILLING_LIST_PAGE (self));

  if (notice->state == BILLING_NOTICE_STATE_NEW && notice->ended_at == 0 &&
      billing_desk_may (desk, BILLING_VERB_NOTICE_READ))
    do_act (self, notice, BILLING_VERB_NOTICE_READ, NULL, NULL);
}

/* The menu of a row. */

static void
append_snooze (GMenu      *menu,
               const char *label,
               const char *day)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "notice.snooze", "s", day);
  g_menu_append_item (menu, item);
}

static GMenu *
create_acts (BillingDesk   *desk,
             BillingNotice *notice)
{
  g_autoptr (GMenu) acts = g_menu_new ();
  g_autofree char *today = billing_desk_get_today (desk);
  g_autofree char *tomorrow = billing_day_add (today, 1);
  g_autofree char *next_week = billing_notice_format_next_week (today);
  gboolean is_open = billing_notice_is_open (notice, g_get_real_time () / G_USEC_PER_SEC);

  if (notice->ended_at != 0 || !billing_desk_may (desk, BILLING_VERB_NOTICE_DONE))
    return g_steal_pointer (&acts);

  if (notice->state == BILLING_NOTICE_STATE_NEW)
    g_menu_append (acts, _("Mark as Read"), "notice.read");
  else
    g_menu_append (acts, is_open ? _("Mark as Unread") : _("Reopen"), "notice.reopen");
  if (notice->state != BILLING_NOTICE_STATE_DONE)
    g_menu_append (acts, _("Done"), "notice.done");
  if (is_open)
    {
      append_snooze (acts, _("Snooze Until Tomorrow"), tomorrow);
      append_snooze (acts, _("Snooze Until Next Week"), next_week);
    }
  return g_steal_pointer (&acts);
}

static GMenuModel *
create_menu (BillingListPage *page,
             BillingRecord   *record)
{
  BillingDesk *desk = billing_list_page_get_desk (page);
  BillingNotice *notice = BILLING_NOTICE (record);
  g_autoptr (BillingNoticeText) text = billing_notice_describe (notice, billing_desk_get_practice (desk)->time_zone);
  g_autoptr (GMenuItem) deal = g_menu_item_new (text->button, NULL);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) places = g_menu_new ();
  g_autoptr (GMenu) acts = create_acts (desk, notice);

  g_menu_append (places, _("Open"), "notice.open");
  g_menu_item_set_action_and_target (deal, text->action, "s", text->target);
  g_menu_append_item (places, deal);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (places));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (acts));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* What the page says about itself. */

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_RECORD_PANE (BILLING_NOTICES_PAGE (page)->pane), id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  g_object_set (query, "status", filters[gtk_drop_down_get_selected (BILLING_NOTICES_PAGE (page)->filter)], NULL);
}

static gboolean
has_filters (BillingListPage *page)
{
  return gtk_drop_down_get_selected (BILLING_NOTICES_PAGE (page)->filter) != 0;
}

static void
clear_filters (BillingListPage *page)
{
  gtk_drop_down_set_selected (BILLING_NOTICES_PAGE (page)->filter, 0);
}

static void
desk_changed (BillingListPage *page)
{
  BillingNoticesPage *self = BILLING_NOTICES_PAGE (page);

  billing_record_pane_set_desk (BILLING_RECORD_PANE (self->pane), billing_list_page_get_desk (page));
}

static void
set_sync (BillingStripeSection *section,
          BillingDesk          *desk,
          BillingSync          *sync)
{
  billing_list_page_set_desk (BILLING_LIST_PAGE (section), desk);
}

/* The rows are in the list when the key is pressed on one of them: in an entry it deletes a letter. */
static gboolean
delete_key_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *view = billing_list_page_get_view (BILLING_LIST_PAGE (widget));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, view))
    return FALSE;

  gtk_widget_activate_action (widget, "notice.done", NULL);
  return TRUE;
}

static void
billing_notices_page_dispose (GObject *object)
{
  BillingNoticesPage *self = BILLING_NOTICES_PAGE (object);

  if (self->menu != NULL)
    billing_list_menu_close (self->menu);
  g_clear_object (&self->menu);

  G_OBJECT_CLASS (billing_notices_page_parent_class)->dispose (object);
}

static void
billing_notices_page_section_init (BillingStripeSectionInterface *iface)
{
  iface->set_sync = set_sync;
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "notice.done", NULL, done_action);
  gtk_widget_class_install_action (widget_class, "notice.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "notice.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "notice.reopen", NULL, reopen_action);
  gtk_widget_class_install_action (widget_class, "notice.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "notice.snooze", "s", snooze_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_key_cb, NULL);
}

static void
billing_notices_page_class_init (BillingNoticesPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_notices_page_dispose;

  page_class->list = "notices";
  page_class->get_record_type = billing_notice_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/stripe/notice-columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Notifications");
  page_class->search_label = N_("Search notifications");
  page_class->empty_icon = "emblem-ok-symbolic";
  page_class->empty_title = N_("Nothing Needs You");
  page_class->empty_text = N_("Failed payments and payouts, disputes, what Stripe wants to know and what else should be dealt with "
                              "stands here, with the day until which it can wait.");
  page_class->nothing_title = N_("No Such Notifications");
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;

  install_actions (GTK_WIDGET_CLASS (klass));
}

static void
add_filter (BillingNoticesPage *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/example/Billing/ui/stripe/notice-filter.ui");

  self->filter = GTK_DROP_DOWN (gtk_builder_get_object (builder, "filter"));
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (billing_list_page_update), self, G_CONNECT_SWAPPED);
  billing_list_page_add_filter_bar (BILLING_LIST_PAGE (self), GTK_WIDGET (self->filter));
  billing_list_page_set_empty_actions (BILLING_LIST_PAGE (self), GTK_WIDGET (gtk_builder_get_object (builder, "show_all")));
}

static void
billing_notices_page_init (BillingNoticesPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);

  self->pane = g_object_new (BILLING_TYPE_NOTICE_PANE, NULL);
  g_signal_connect_object (self->pane, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  add_filter (self);
  self->menu = billing_list_menu_new (page, create_menu);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>

#include "billing-invoices-page.h"
#include "billing-list-host.h"
#include "billing-patient.h"
#include "billing-patients-page.h"
#include "billing-payment.h"
#include "billing-payments-page.h"
#include "billing-rates-page.h"
#include "billing-row-label.h"
#include "billing-treatment.h"
#include "billing-treatments-page.h"

static const struct {
  const char *name;
  const char *label;
  const char *icon;
} sidebar_rows[] = {
  { "payments", N_("Payments"), "billing-payments-symbolic" },
  { "invoices", N_("Invoices"), "billing-invoices-symbolic" },
  { "treatments", N_("Treatments"), "billing-treatments-symbolic" },
  { "patients", N_("Patients"), "system-users-symbolic" },
  { "stripe", N_("Stripe Dashboard"), "network-server-symbolic" },
  { "reports", N_("Reports"), "x-office-spreadsheet-symbolic" },
  { "rates", N_("Billing Rates"), "billing-rates-symbolic" },
  { "administration", N_("Administration"), "emblem-system-symbolic" },
};

G_DEFINE_FINAL_TYPE (BillingWindow, billing_window, ADW_TYPE_APPLICATION_WINDOW)

/* Pages. */

/* The page of a list that is shown; %NULL where the page that is shown is none. */
BillingListPage *
_billing_window_get_page (BillingWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (BILLING_IS_LIST_HOST (page))
    return billing_list_host_get_list_page (BILLING_LIST_HOST (page));
  return BILLING_IS_LIST_PAGE (page) ? BILLING_LIST_PAGE (page) : NULL;
}

/* The row in the sidebar; NULL where there is no such page. */
BillingSidebarRow *
_billing_window_find_row (BillingWindow *self,
                          const char    *page)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->sidebar)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (g_strcmp0 (billing_sidebar_row_get_page (BILLING_SIDEBAR_ROW (row)), page) == 0)
        return BILLING_SIDEBAR_ROW (row);
    }

  return NULL;
}

void
_billing_window_show_page (BillingWindow *self,
                           const char    *page)
{
  BillingSidebarRow *row = _billing_window_find_row (self, page);

  if (row != NULL)
    gtk_list_box_select_row (self->sidebar, GTK_LIST_BOX_ROW (row));
}

static void
page_selected_cb (BillingWindow     *self,
                  BillingSidebarRow *row)
{
  if (row != NULL)
    gtk_stack_set_visible_child_name (self->pages, billing_sidebar_row_get_page (row));
}

static void
page_activated_cb (BillingWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
update_header (BillingWindow *self)
{
  BillingListPage *page = _billing_window_get_page (self);
  gboolean alone = page != NULL && billing_list_page_get_detail_shown (page);

  gtk_widget_set_visible (self->back_button, alone);
  gtk_widget_set_visible (self->sidebar_button, !alone);
  gtk_widget_set_visible (self->create_button, page != NULL && !alone);
  gtk_widget_set_visible (GTK_WIDGET (self->search), page != NULL && !alone);
  gtk_widget_set_visible (GTK_WIDGET (self->page_title), page == NULL);
}

/* A page that is no list has its name where the others have their search. */
static void
show_title (BillingWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);

  for (guint i = 0; i < G_N_ELEMENTS (sidebar_rows); i++)
    {
      if (g_strcmp0 (sidebar_rows[i].name, name) == 0)
        adw_window_title_set_title (self->page_title, _(sidebar_rows[i].label));
    }
}

static void
show_search (BillingWindow   *self,
             BillingListPage *page)
{
  const char *label = _(BILLING_LIST_PAGE_GET_CLASS (page)->search_label);
  const char *search = billing_list_page_get_search (page);

  g_object_set (self->search, "placeholder-text", label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_editable_set_text (GTK_EDITABLE (self->search), search != NULL ? search : "");
}

static void
page_changed_cb (BillingWindow *self)
{
  BillingListPage *page;

  /* The stack changes while the window is made, and while it goes. */
  if (self->search == NULL || self->pages == NULL)
    return;

  page = _billing_window_get_page (self);
  if (page != NULL)
    show_search (self, page);
  else
    show_title (self);
  _billing_window_update_actions (self);
  update_header (self);
}

static gboolean
update_header_cb (gpointer user_data)
{
  BillingWindow *self = user_data;

  self->header_source = 0;
  update_header (self);
  return G_SOURCE_REMOVE;
}

/* The page folds while the window is being laid out, where the header bar has its place already. */
static void
detail_shown_cb (BillingWindow *self)
{
  if (self->pages != NULL && self->header_source == 0)
    self->header_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_header_cb, self, NULL);
}

static void
add_sidebar_rows (BillingWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (sidebar_rows); i++)
    gtk_list_box_append (self->sidebar,
                         billing_sidebar_row_new (sidebar_rows[i].name, _(sidebar_rows[i].label),
                                                  sidebar_rows[i].icon));

  _billing_window_show_page (self, "payments");
}

/* What a number of a report is made of. */
static void
report_payments_cb (BillingWindow *self,
                    BillingQuery  *query)
{
  billing_payments_page_show_query (BILLING_PAYMENTS_PAGE (self->payments), query);
  _billing_window_show_page (self, "payments");
}

/* Search. */

static void
search_cb (BillingWindow *self)
{
  BillingListPage *page = _billing_window_get_page (self);

  if (page != NULL)
    billing_list_page_set_search (page, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* A card or a report took the search away. */
static void
page_search_cb (BillingWindow *self)
{
  BillingListPage *page = self->pages != NULL ? _billing_window_get_page (self) : NULL;
  const char *search = page != NULL ? billing_list_page_get_search (page) : NULL;

  if (page != NULL && g_strcmp0 (search, gtk_editable_get_text (GTK_EDITABLE (self->search))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->search), search != NULL ? search : "");
}

static void
stop_search_cb (BillingWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  billing_list_page_focus_list (_billing_window_get_page (self));
}

static void
search_activate_cb (BillingWindow *self)
{
  billing_list_page_focus_list (_billing_window_get_page (self));
}

/* Otherwise the arrow would go to what happens to stand below, which is a card. */
static gboolean
search_key_pressed_cb (BillingWindow   *self,
                       guint            key,
                       guint            code,
                       GdkModifierType  modifiers)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  search_activate_cb (self);
  return GDK_EVENT_STOP;
}

/* What went wrong, where the work is. */

void
_billing_window_warn (BillingWindow *self,
                      const char    *sentence)
{
  gtk_label_set_label (self->info_label, sentence);
  gtk_info_bar_set_revealed (self->info_bar, TRUE);
}

static void
info_response_cb (BillingWindow *self)
{
  gtk_info_bar_set_revealed (self->info_bar, FALSE);
}

/* The practice. */

static void
update_names (BillingWindow *self)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  BillingPerson *person = billing_desk_get_person (self->desk);
  g_autofree char *who = g_strdup_printf ("%s · %s", person->name,
                                          billing_role_get_label (person->role));

  gtk_window_set_title (GTK_WINDOW (self), practice->name);
  gtk_label_set_label (self->practice_name, practice->name);
  gtk_label_set_label (self->person, who);
}

static void
set_desk_of_pages (BillingWindow *self,
                   BillingDesk   *desk)
{
  billing_list_page_set_desk (self->payments, desk);
  billing_invoices_page_set_desk (self->invoices, desk);
  billing_list_page_set_desk (self->treatments, desk);
  billing_list_page_set_desk (self->patients, desk);
  billing_reports_page_set_desk (self->reports, desk);
  billing_list_page_set_desk (self->rates, desk);
}

static void
store_changed_cb (BillingWindow *self,
                  const char    *kind)
{
  if (g_strcmp0 (kind, "practice") == 0)
    {
      /* The lists write by the practice's time zone and currency. */
      set_desk_of_pages (self, NULL);
      set_desk_of_pages (self, self->desk);
      update_names (self);
    }
  else if (g_strcmp0 (kind, "people") == 0)
    {
      update_names (self);
    }
  else if (g_strcmp0 (kind, "payments") == 0)
    {
      _billing_window_count (self);
    }
  else if (g_strcmp0 (kind, "notices") == 0)
    {
      _billing_window_count_notices (self);
    }

  if (g_strcmp0 (kind, "services") == 0 || g_strcmp0 (kind, "invoices") == 0)
    _billing_window_count_invoices (self);
}

/* Without a keyring everything works; who looks after the books should know all the same. Made-up books need no seal. */
static void
warn_of_seals (BillingWindow *self)
{
  const char *warning = billing_desk_get_warning (self->desk);
  g_autofree char *demo = billing_window_get_demo_folder ();

  if (warning != NULL && g_strcmp0 (self->folder, demo) != 0 && billing_desk_may (self->desk, BILLING_VERB_BACKUP))
    _billing_window_warn (self, warning);
}

void
_billing_window_set_desk (BillingWindow *self,
                          BillingDesk   *desk)
{
  g_set_object (&self->desk, desk);
  g_signal_group_set_target (self->store, billing_desk_get_store (desk));
  set_desk_of_pages (self, desk);
  update_names (self);

  gtk_info_bar_set_revealed (self->info_bar, FALSE);
  warn_of_seals (self);

  gtk_stack_set_visible_child_name (self->root, "main");
  _billing_window_update_actions (self);
  _billing_window_set_sync (self);
  _billing_window_count (self);
  _billing_window_count_invoices (self);
  _billing_window_set_news (self);
  _billing_window_set_postman (self);
  _billing_window_show_waiting (self);

  if (self->when_open != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), self->when_open, NULL);
  self->when_open = NULL;
}

/* What is remembered. */

static void
load_settings (BillingWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  adw_flap_set_reveal_flap (self->flap, g_settings_get_boolean (self->settings, "show-sidebar"));
}

static gboolean
billing_window_close_request (GtkWindow *window)
{
  BillingWindow *self = BILLING_WINDOW (window);
  gboolean maximized = gtk_window_is_maximized (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  if (!maximized && width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  if (!adw_flap_get_folded (self->flap))
    g_settings_set_boolean (self->settings, "show-sidebar", adw_flap_get_reveal_flap (self->flap));
  g_cancellable_cancel (self->opening);

  return GTK_WINDOW_CLASS (billing_window_parent_class)->close_request (window);
}

static void
billing_window_dispose (GObject *object)
{
  BillingWindow *self = BILLING_WINDOW (object);

  g_clear_handle_id (&self->header_source, g_source_remove);
  g_clear_weak_pointer (&self->toast);
  g_cancellable_cancel (self->opening);
  g_cancellable_cancel (self->counting);
  g_cancellable_cancel (self->counting_invoices);
  g_clear_object (&self->opening);
  g_clear_object (&self->counting);
  g_clear_object (&self->counting_invoices);
  g_clear_object (&self->store);
  g_clear_object (&self->sync_signals);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_WINDOW);
  g_clear_object (&self->news);
  g_clear_object (&self->notice_news);
  if (self->postman != NULL)
    billing_postman_stop (self->postman);
  g_clear_object (&self->postman);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->payment_to_show, g_free);
  g_clear_pointer (&self->section_to_show, g_free);
  g_clear_pointer (&self->sandbox, billing_demo_sandbox_stop);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->stripe_url, g_free);

  G_OBJECT_CLASS (billing_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, administration);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, broken);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, care_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, create_button);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, info_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, info_label);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, invoices);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, patients);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, payments);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, person);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, practice_button);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, practice_name);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, rates);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, reports);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, root);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, search);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, stripe);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, test_mode);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, test_mode_alone);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, treatments);
  gtk_widget_class_bind_template_child (widget_class, BillingWindow, welcome);
}

static void
billing_window_class_init (BillingWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  /* Before any template or column names them. */
  g_type_ensure (BILLING_TYPE_LIST_CONTEXT);
  g_type_ensure (BILLING_TYPE_LIST_ROW);
  g_type_ensure (BILLING_TYPE_PATIENT);
  g_type_ensure (BILLING_TYPE_PAYMENT);
  g_type_ensure (BILLING_TYPE_ADMINISTRATION_PAGE);
  g_type_ensure (BILLING_TYPE_CARE_BAR);
  g_type_ensure (BILLING_TYPE_INVOICES_PAGE);
  g_type_ensure (BILLING_TYPE_REPORTS_PAGE);
  g_type_ensure (BILLING_TYPE_ROW_LABEL);
  g_type_ensure (BILLING_TYPE_STRIPE_DASHBOARD);
  g_type_ensure (BILLING_TYPE_SYNC_BUTTON);
  g_type_ensure (BILLING_TYPE_TREATMENT);
  g_type_ensure (BILLING_TYPE_PATIENTS_PAGE);
  g_type_ensure (BILLING_TYPE_PAYMENTS_PAGE);
  g_type_ensure (BILLING_TYPE_RATES_PAGE);
  g_type_ensure (BILLING_TYPE_TREATMENTS_PAGE);
  g_type_ensure (BILLING_TYPE_WELCOME);

  object_class->dispose = billing_window_dispose;
  window_class->close_request = billing_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, detail_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, info_response_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, report_payments_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, _billing_window_update_stripe);

  _billing_window_install_actions (widget_class);
  _billing_window_install_stripe_actions (widget_class);
  _billing_window_install_invoice_actions (widget_class);
  _billing_window_install_mail_actions (widget_class);
  _billing_window_install_letter_actions (widget_class);
  _billing_window_install_patient_actions (widget_class);
  _billing_window_install_rate_actions (widget_class);
  _billing_window_install_remittance_actions (widget_class);
}

static void
billing_window_init (BillingWindow *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);
  _billing_window_init_stripe (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  add_sidebar_rows (self);
  page_changed_cb (self);
  load_settings (self);
  _billing_window_update_actions (self);
  _billing_window_update_stripe (self);
}

BillingWindow *
billing_window_new (GtkApplication *application)
{
  return g_object_new (BILLING_TYPE_WINDOW, "application", application, NULL);
}

const char *
billing_window_get_folder (BillingWindow *self)
{
  return self->folder;
}

/**
 * billing_window_get_topic:
 * @self: a window
 *
 * Returns: (nullable): what is in sight, for the help: a page as the sidebar names it, or a section of the Stripe Dashboard such as
 *   `payments/payouts` once there is a key; %NULL without a practice
 */
const char *
billing_window_get_topic (BillingWindow *self)
{
  const char *page = self->desk != NULL ? gtk_stack_get_visible_child_name (self->pages) : NULL;

  if (g_strcmp0 (page, "stripe") == 0 && self->sync != NULL && billing_sync_is_connected (self->sync))
    return billing_stripe_dashboard_get_section (self->stripe);

  return page;
}

BillingDesk *
billing_window_get_desk (BillingWindow *self)
{
  return self->desk;
}

/**
 * billing_window_open_folder:
 * @self: a window
 * @folder: a practice's
 *
 * Opens the practice without blocking, and shows it or why it cannot be shown.
 */
void
billing_window_open_folder (BillingWindow *self,
                            const char    *folder)
{
  g_autofree char *copy = g_strdup (folder);

  g_free (self->folder);
  self->folder = g_steal_pointer (&copy);
  _billing_window_open (self, NULL, NULL);
}

void
billing_window_welcome (BillingWindow *self)
{
  g_clear_pointer (&self->folder, g_free);
  gtk_stack_set_visible_child_name (self->root, "welcome");
}

/* Opens the form for a payment, as soon as there is a practice. */
void
billing_window_create_payment (BillingWindow *self)
{
  if (self->desk != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.create-payment", NULL);
  else
    self->when_open = "win.create-payment";
}

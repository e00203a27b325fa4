/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-dashboard"

#include "config.h"

#include "billing-stripe-dashboard.h"

#include <glib/gi18n.h>

#include "billing-account-page.h"
#include "billing-actionable.h"
#include "billing-balance-bar.h"
#include "billing-charges-page.h"
#include "billing-disputes-page.h"
#include "billing-payouts-page.h"
#include "billing-reconciliation-page.h"
#include "billing-list-host.h"
#include "billing-notices-page.h"
#include "billing-stripe-section.h"
#include "billing-sync-format.h"
#include "billing-today-page.h"
#include "billing-tax-registrations-page.h"
#include "billing-tax-settings-page.h"
#include "billing-wrap-layout.h"
#include "billing-year-end-page.h"

struct _BillingStripeDashboard {
  AdwBin parent_instance;

  /* Template widgets. */
  BillingBalanceBar *balance_bar;
  GtkInfoBar *info_bar;
  GtkLabel *info_label;
  GtkButton *info_button;
  GtkStack *root;
  AdwViewStack *tabs;
  GtkStackSwitcher *sections;

  BillingSync *sync;   /* (owned) (nullable) */
  GSignalGroup *syncs; /* (owned) */
  GSettings *settings; /* (owned) */
  char *section;       /* (owned) (nullable) */
  GPtrArray *pages;    /* (owned) (element-type GtkStackPage): of all sections, in their order */
};

enum { PROP_SECTION = 1, PROP_DETAIL_SHOWN, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

static void billing_stripe_dashboard_list_host_init (BillingListHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingStripeDashboard, billing_stripe_dashboard, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_LIST_HOST, billing_stripe_dashboard_list_host_init))

/* Sections. */

static GtkStack *
get_stack (BillingStripeDashboard *self)
{
  GtkWidget *stack = adw_view_stack_get_visible_child (self->tabs);

  return stack != NULL ? GTK_STACK (stack) : NULL;
}

static BillingStripeSection *
get_shown (BillingStripeDashboard *self)
{
  GtkStack *stack = get_stack (self);
  GtkWidget *child = stack != NULL ? gtk_stack_get_visible_child (stack) : NULL;

  return child != NULL ? BILLING_STRIPE_SECTION (child) : NULL;
}

/* What the key may not read of what is shown, in people's words. */
static char *
list_denied (BillingStripeDashboard *self,
             guint                  *n_denied)
{
  BillingStripeSection *section = get_shown (self);
  const char * const *streams = section != NULL ? billing_stripe_section_get_streams (section) : NULL;
  BillingStripeProbe *probe = self->sync != NULL ? billing_sync_get_probe (self->sync) : NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  *n_denied = 0;
  for (guint i = 0; streams != NULL && probe != NULL && streams[i] != NULL; i++)
    {
      const BillingStripePermission *permission = billing_stripe_probe_find (probe, streams[i]);

      if (permission == NULL || permission->access != BILLING_STRIPE_ACCESS_DENIED)
        continue;
      g_string_append_printf (names, "%s“%s”", *n_denied > 0 ? ", " : "", billing_sync_format_permission (streams[i]));
      *n_denied += 1;
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
show_info (BillingStripeDashboard *self,
           const char             *text,
           const char             *button,
           const char             *action,
           const char             *target)
{
  gtk_label_set_label (self->info_label, text != NULL ? text : "");
  if (button != NULL)
    gtk_button_set_label (self->info_button, button);
  billing_actionable_set_action (GTK_ACTIONABLE (self->info_button), action, target);
  gtk_info_bar_set_revealed (self->info_bar, text != NULL);
}

/* What keeps the section from being whole: no key any more, or a key that may not. */
static void
update_info (BillingStripeDashboard *self)
{
  gboolean has_key = self->sync != NULL && billing_sync_is_connected (self->sync);
  guint n_denied;
  g_autofree char *denied = list_denied (self, &n_denied);
  g_autofree char *text = NULL;

  if (!has_key)
    {
      show_info (self, self->sync != NULL ? _("Not connected to Stripe: what is shown here is as it was.") : NULL,
                 _("Billing Setup"), "win.connect-stripe", NULL);
      return;
    }
  if (n_denied == 0)
    {
      show_info (self, NULL, NULL, NULL, NULL);
      return;
    }

  /* Translators: one or more permissions of Stripe's, each in quotes */
  text = g_strdup_printf (ngettext ("The key lacks a permission for this page: %s. Allow it to read that in Stripe, and sync again.",
                                    "The key lacks permissions for this page: %s. Allow it to read those in Stripe, and sync again.",
                                    n_denied), denied);
  show_info (self, text, _("Open Stripe’s Keys"), "win.open-stripe", "apikeys");
}

/* Where there never was a key, what comes first is said in place of empty lists. */
static void
update_state (BillingStripeDashboard *self)
{
  gboolean is_new = self->sync != NULL && !billing_sync_is_connected (self->sync) &&
                    billing_sync_get_state (self->sync) == BILLING_SYNC_STATE_NOT_CONNECTED &&
                    billing_sync_get_synced_at (self->sync) == 0;

  gtk_stack_set_visible_child_name (self->root, is_new ? "new" : "tabs");
  if (is_new)
    show_info (self, NULL, NULL, NULL, NULL);
  else
    update_info (self);
}

static void
remember (BillingStripeDashboard *self)
{
  const char *tab = adw_view_stack_get_visible_child_name (self->tabs);
  GtkStack *stack = get_stack (self);
  const char *name = stack != NULL ? gtk_stack_get_visible_child_name (stack) : NULL;
  g_autofree char *section = tab != NULL && name != NULL ? g_strconcat (tab, "/", name, NULL) : NULL;

  if (g_strcmp0 (section, self->section) == 0)
    return;

  g_free (self->section);
  self->section = g_steal_pointer (&section);
  if (self->section != NULL)
    g_settings_set_string (self->settings, "stripe-section", self->section);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECTION]);
}

/* The tab or the section is another one. */
static void
turned_cb (BillingStripeDashboard *self)
{
  BillingStripeSection *section;

  /* While the page is made, and while it goes. */
  if (self->pages == NULL || get_stack (self) == NULL)
    return;

  gtk_stack_switcher_set_stack (self->sections, get_stack (self));
  section = get_shown (self);
  if (section != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    billing_stripe_section_shown (section);
  update_state (self);
  remember (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL_SHOWN]);
}

static void
detail_shown_cb (BillingStripeDashboard *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL_SHOWN]);
}

static void
collect_sections (BillingStripeDashboard *self,
                  GtkStack               *stack)
{
  g_autoptr (GtkSelectionModel) model = gtk_stack_get_pages (stack);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      GtkStackPage *page = g_list_model_get_item (G_LIST_MODEL (model), i);
      GtkWidget *child = gtk_stack_page_get_child (page);

      g_ptr_array_add (self->pages, page);
      if (BILLING_IS_LIST_PAGE (child))
        g_signal_connect_object (child, "notify::detail-shown", G_CALLBACK (detail_shown_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (stack, "notify::visible-child", G_CALLBACK (turned_cb), self, G_CONNECT_SWAPPED);
}

static void
collect_tabs (BillingStripeDashboard *self)
{
  g_autoptr (GtkSelectionModel) model = adw_view_stack_get_pages (self->tabs);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);

  self->pages = pages;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (model), i);

      collect_sections (self, GTK_STACK (adw_view_stack_page_get_child (page)));
    }
  self->pages = g_steal_pointer (&pages);
}

static char *
make_section_name (GtkStackPage *page)
{
  GtkWidget *stack = gtk_widget_get_parent (gtk_stack_page_get_child (page));
  AdwViewStack *tabs = ADW_VIEW_STACK (gtk_widget_get_parent (stack));
  AdwViewStackPage *tab = adw_view_stack_get_page (tabs, stack);

  return g_strconcat (adw_view_stack_page_get_name (tab), "/", gtk_stack_page_get_name (page), NULL);
}

/* The section's place among all of them; -1: there is none of this name. */
static int
find_section (BillingStripeDashboard *self,
              const char             *section)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      g_autofree char *name = make_section_name (self->pages->pdata[i]);

      if (g_strcmp0 (name, section) == 0)
        return (int) i;
    }

  return -1;
}

static void
show_nth (BillingStripeDashboard *self,
          guint                   i)
{
  GtkWidget *child = gtk_stack_page_get_child (self->pages->pdata[i]);
  GtkWidget *stack = gtk_widget_get_parent (child);

  gtk_stack_set_visible_child (GTK_STACK (stack), child);
  adw_view_stack_set_visible_child (self->tabs, stack);
}

/* The section that is shown, if it is a list. */
static BillingListPage *
billing_stripe_dashboard_get_list_page (BillingListHost *host)
{
  BillingStripeDashboard *self = BILLING_STRIPE_DASHBOARD (host);
  BillingStripeSection *section = get_shown (self);
  const char *state = gtk_stack_get_visible_child_name (self->root);

  return BILLING_IS_LIST_PAGE (section) && g_strcmp0 (state, "tabs") == 0 ? BILLING_LIST_PAGE (section) : NULL;
}

static void
billing_stripe_dashboard_list_host_init (BillingListHostInterface *iface)
{
  iface->get_list_page = billing_stripe_dashboard_get_list_page;
}

static void
map_cb (BillingStripeDashboard *self)
{
  BillingStripeSection *section = get_shown (self);

  if (section != NULL)
    billing_stripe_section_shown (section);
}

static void
billing_stripe_dashboard_get_property (GObject    *object,
                                       guint       property_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  BillingStripeDashboard *self = BILLING_STRIPE_DASHBOARD (object);
  BillingListPage *page;

  switch (property_id)
    {
    case PROP_SECTION:
      g_value_set_string (value, self->section);
      break;
    case PROP_DETAIL_SHOWN:
      page = billing_list_host_get_list_page (BILLING_LIST_HOST (self));
      g_value_set_boolean (value, page != NULL && billing_list_page_get_detail_shown (page));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_stripe_dashboard_set_property (GObject      *object,
                                       guint         property_id,
                                       const GValue *value,
                                       GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_SECTION:
      billing_stripe_dashboard_set_section (BILLING_STRIPE_DASHBOARD (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_stripe_dashboard_dispose (GObject *object)
{
  BillingStripeDashboard *self = BILLING_STRIPE_DASHBOARD (object);

  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_object (&self->syncs);
  g_clear_object (&self->sync);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->section, g_free);

  G_OBJECT_CLASS (billing_stripe_dashboard_parent_class)->dispose (object);
}

/* Before the template names them. */
static void
ensure_types (void)
{
  g_type_ensure (BILLING_TYPE_ACCOUNT_PAGE);
  g_type_ensure (BILLING_TYPE_BALANCE_BAR);
  g_type_ensure (BILLING_TYPE_CHARGES_PAGE);
  g_type_ensure (BILLING_TYPE_DISPUTES_PAGE);
  g_type_ensure (BILLING_TYPE_PAYOUTS_PAGE);
  g_type_ensure (BILLING_TYPE_RECONCILIATION_PAGE);
  g_type_ensure (BILLING_TYPE_NOTICES_PAGE);
  g_type_ensure (BILLING_TYPE_TODAY_PAGE);
  g_type_ensure (BILLING_TYPE_TAX_REGISTRATIONS_PAGE);
  g_type_ensure (BILLING_TYPE_TAX_SETTINGS_PAGE);
  g_type_ensure (BILLING_TYPE_YEAR_END_PAGE);
  g_type_ensure (BILLING_TYPE_WRAP_LAYOUT);
}

static void
billing_stripe_dashboard_class_init (BillingStripeDashboardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = billing_stripe_dashboard_get_property;
  object_class->set_property = billing_stripe_dashboard_set_property;
  object_class->dispose = billing_stripe_dashboard_dispose;

  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, NULL,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DETAIL_SHOWN] = g_param_spec_boolean ("detail-shown", NULL, NULL, FALSE,
                                                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/stripe-dashboard.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingStripeDashboard, balance_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeDashboard, info_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeDashboard, info_button);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeDashboard, info_label);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeDashboard, root);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeDashboard, sections);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeDashboard, tabs);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, turned_cb);
}

static void
billing_stripe_dashboard_init (BillingStripeDashboard *self)
{
  g_autofree char *section = NULL;

  self->settings = g_settings_new ("com.example.Billing");
  self->syncs = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->syncs, "notify", G_CALLBACK (update_state), self);

  gtk_widget_init_template (GTK_WIDGET (self));

  collect_tabs (self);
  section = g_settings_get_string (self->settings, "stripe-section");
  billing_stripe_dashboard_set_section (self, section);
  turned_cb (self);
}

/**
 * billing_stripe_dashboard_set_sync:
 * @self: the page
 * @desk: (nullable): who looks at it, and in which practice
 * @sync: (nullable): of the practice
 */
void
billing_stripe_dashboard_set_sync (BillingStripeDashboard *self,
                                   BillingDesk            *desk,
                                   BillingSync            *sync)
{
  g_set_object (&self->sync, sync);
  g_signal_group_set_target (self->syncs, sync);
  billing_balance_bar_set_desk (self->balance_bar, desk);
  billing_balance_bar_set_sync (self->balance_bar, sync);
  for (guint i = 0; i < self->pages->len; i++)
    billing_stripe_section_set_sync (BILLING_STRIPE_SECTION (gtk_stack_page_get_child (self->pages->pdata[i])), desk, sync);

  update_state (self);
}

/* A section that this version does not have stays where it is. */
void
billing_stripe_dashboard_set_section (BillingStripeDashboard *self,
                                      const char             *section)
{
  int i = find_section (self, section);

  if (i >= 0)
    show_nth (self, (guint) i);
}

const char *
billing_stripe_dashboard_get_section (BillingStripeDashboard *self)
{
  return self->section;
}

/**
 * billing_stripe_dashboard_turn:
 * @self: the page
 * @by: 1: to the next section, of all tabs; -1: to the one before
 */
void
billing_stripe_dashboard_turn (BillingStripeDashboard *self,
                               int                     by)
{
  int n = (int) self->pages->len;
  int i = find_section (self, self->section);

  show_nth (self, (guint) ((i + by + n) % n));
}

/**
 * billing_stripe_dashboard_show:
 * @self: the page
 * @target: a section, such as `payments/payouts`, and perhaps the id of a thing in it: `payments/payouts/po_1`
 * @error: return location for an error
 *
 * Returns: whether there is such a thing; the section is shown in any case
 */
gboolean
billing_stripe_dashboard_show (BillingStripeDashboard  *self,
                               const char              *target,
                               GError                 **error)
{
  g_auto (GStrv) parts = g_strsplit (target, "/", 3);
  g_autofree char *section = g_strv_length (parts) >= 2 ? g_strjoin ("/", parts[0], parts[1], NULL) : NULL;

  billing_stripe_dashboard_set_section (self, section);
  if (section == NULL || parts[2] == NULL || get_shown (self) == NULL)
    return TRUE;

  return billing_stripe_section_show_item (get_shown (self), parts[2], error);
}

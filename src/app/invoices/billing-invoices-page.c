/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoices-page"

#include "config.h"

#include "billing-invoices-page.h"

#include <glib/gi18n.h>

#include "billing-invoiced-page.h"
#include "billing-list-host.h"
#include "billing-to-invoice-page.h"

struct _BillingInvoicesPage {
  AdwBin parent_instance;

  /* Template widgets. */
  AdwViewStack *tabs;
  BillingToInvoicePage *to_invoice;
  BillingInvoicedPage *invoiced;
};

typedef enum {
  PROP_TAB = 1,
  PROP_DETAIL_SHOWN,
} BillingInvoicesPageProperty;

static GParamSpec *properties[PROP_DETAIL_SHOWN + 1];

static void billing_invoices_page_list_host_init (BillingListHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingInvoicesPage, billing_invoices_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_LIST_HOST, billing_invoices_page_list_host_init))

static BillingListPage *
billing_invoices_page_get_list_page (BillingListHost *host)
{
  BillingInvoicesPage *self = BILLING_INVOICES_PAGE (host);
  GtkWidget *child = self->tabs != NULL ? adw_view_stack_get_visible_child (self->tabs) : NULL;

  return child != NULL ? BILLING_LIST_PAGE (child) : NULL;
}

static void
billing_invoices_page_list_host_init (BillingListHostInterface *iface)
{
  iface->get_list_page = billing_invoices_page_get_list_page;
}

static void
detail_shown_cb (BillingInvoicesPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL_SHOWN]);
}

static void
turned_cb (BillingInvoicesPage *self)
{
  /* While the page is made, and while it goes. */
  if (self->invoiced == NULL)
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TAB]);
  detail_shown_cb (self);
}

static void
billing_invoices_page_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  BillingInvoicesPage *self = BILLING_INVOICES_PAGE (object);
  BillingListPage *page = billing_list_host_get_list_page (BILLING_LIST_HOST (self));

  switch ((BillingInvoicesPageProperty) property_id)
    {
    case PROP_TAB:
      g_value_set_string (value, adw_view_stack_get_visible_child_name (self->tabs));
      break;
    case PROP_DETAIL_SHOWN:
      g_value_set_boolean (value, page != NULL && billing_list_page_get_detail_shown (page));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_invoices_page_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch ((BillingInvoicesPageProperty) property_id)
    {
    case PROP_TAB:
      billing_invoices_page_set_tab (BILLING_INVOICES_PAGE (object), g_value_get_string (value));
      break;
    case PROP_DETAIL_SHOWN:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_invoices_page_class_init (BillingInvoicesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = billing_invoices_page_get_property;
  object_class->set_property = billing_invoices_page_set_property;

  properties[PROP_TAB] = g_param_spec_string ("tab", NULL, NULL, NULL,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DETAIL_SHOWN] = g_param_spec_boolean ("detail-shown", NULL, NULL, FALSE,
                                                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (BILLING_TYPE_INVOICED_PAGE);
  g_type_ensure (BILLING_TYPE_TO_INVOICE_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/invoices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesPage, invoiced);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesPage, to_invoice);
  gtk_widget_class_bind_template_callback (widget_class, detail_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, turned_cb);
}

static void
billing_invoices_page_init (BillingInvoicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_invoices_page_set_desk (BillingInvoicesPage *self,
                                BillingDesk         *desk)
{
  billing_list_page_set_desk (BILLING_LIST_PAGE (self->to_invoice), desk);
  billing_list_page_set_desk (BILLING_LIST_PAGE (self->invoiced), desk);
}

void
billing_invoices_page_set_tab (BillingInvoicesPage *self,
                               const char          *tab)
{
  adw_view_stack_set_visible_child_name (self->tabs, tab);
}

/**
 * billing_invoices_page_show:
 * @self: the page, with a desk
 * @name: id or number of a service or an invoice
 * @error: return location for a #BillingStoreError
 *
 * Selects it behind its tab and opens its detail.
 *
 * Returns: whether there is one
 */
gboolean
billing_invoices_page_show (BillingInvoicesPage  *self,
                            const char           *name,
                            GError              **error)
{
  gboolean is_service = g_ascii_strncasecmp (name, "svc", 3) == 0;

  billing_invoices_page_set_tab (self, is_service ? "to-invoice" : "invoiced");
  return billing_list_page_show (billing_list_host_get_list_page (BILLING_LIST_HOST (self)), name, error);
}

/**
 * billing_invoices_page_fill_act:
 * @self: the page
 * @act: what is done to invoices
 *
 * Says in @act that it is done to the invoices that are ticked.
 *
 * Returns: how many they are; 0: none is
 */
guint
billing_invoices_page_fill_act (BillingInvoicesPage *self,
                                BillingAct          *act)
{
  BillingListChoice *choice = billing_invoiced_page_get_choice (self->invoiced);

  billing_list_choice_fill_act (choice, act);
  return billing_list_choice_get_n (choice);
}

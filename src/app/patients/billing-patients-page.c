/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patients-page"

#include "config.h"

#include "billing-patients-page.h"

#include <glib/gi18n.h>

#include "billing-patient-pane.h"
#include "billing-patient.h"
#include "billing-patients-filter.h"

struct _BillingPatientsPage {
  BillingListPage parent_instance;

  BillingRecordPane *pane; /* (not owned): in the page */
  BillingPatientsFilter *filter; /* (not owned): likewise */
};

static const BillingListColumn columns[] = {
  { "patient", N_("Patient ID"), "number", FALSE },
  { "name", N_("Name"), "name", FALSE },
  { "birth-date", N_("Birth Date"), "birth-date", FALSE },
  { "balance", N_("Balance"), NULL, FALSE },
  { "credit", N_("Credit"), NULL, FALSE },
  { "oldest-due", N_("Oldest Due"), NULL, FALSE },
  { "phone", N_("Phone"), NULL, FALSE },
  { "email", N_("Email"), NULL, FALSE },
};

G_DEFINE_FINAL_TYPE (BillingPatientsPage, billing_patients_page, BILLING_TYPE_LIST_PAGE)

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_PATIENTS_PAGE (page)->pane, id);
}

static void
filter (BillingListPage *page,
        BillingQuery    *query)
{
  billing_patients_filter_apply (BILLING_PATIENTS_PAGE (page)->filter, query);
}

static gboolean
has_filters (BillingListPage *page)
{
  return billing_patients_filter_is_active (BILLING_PATIENTS_PAGE (page)->filter);
}

static void
clear_filters (BillingListPage *page)
{
  billing_patients_filter_clear (BILLING_PATIENTS_PAGE (page)->filter);
}

static void
desk_changed (BillingListPage *page)
{
  BillingPatientsPage *self = BILLING_PATIENTS_PAGE (page);

  billing_record_pane_set_desk (self->pane, billing_list_page_get_desk (page));
  billing_patients_filter_set_desk (self->filter, billing_list_page_get_desk (page));
}

static void
billing_patients_page_class_init (BillingPatientsPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  page_class->list = "patients";
  page_class->get_record_type = billing_patient_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/patients/columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Patients");
  page_class->search_label = N_("Search patients");
  page_class->empty_icon = "system-users-symbolic";
  page_class->empty_title = N_("No Patients Yet");
  page_class->empty_text = N_("Import them from FHIR, X12 or CSV files.");
  page_class->nothing_title = N_("No Such Patients");
  page_class->show_record = show_record;
  page_class->filter = filter;
  page_class->has_filters = has_filters;
  page_class->clear_filters = clear_filters;
  page_class->desk_changed = desk_changed;
}

static void
billing_patients_page_init (BillingPatientsPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);
  GtkWidget *import = gtk_button_new_with_label (_("Import…"));

  self->pane = g_object_new (BILLING_TYPE_PATIENT_PANE, NULL);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));
  self->filter = g_object_new (BILLING_TYPE_PATIENTS_FILTER, NULL);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (billing_list_page_update), self, G_CONNECT_SWAPPED);
  billing_list_page_add_filter_bar (page, GTK_WIDGET (self->filter));

  gtk_widget_set_halign (import, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (import, "pill");
  gtk_widget_add_css_class (import, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "win.import");
  billing_list_page_set_empty_actions (page, import);
}

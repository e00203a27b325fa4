/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-treatments-page"

#include "config.h"

#include "billing-treatments-page.h"

#include <glib/gi18n.h>

#include "billing-treatment-pane.h"
#include "billing-treatment.h"

struct _BillingTreatmentsPage {
  BillingListPage parent_instance;

  BillingRecordPane *pane; /* (not owned): in the page */
};

static const BillingListColumn columns[] = {
  { "treatment", N_("Treatment ID"), "number", TRUE },
  { "patient", N_("Patient"), NULL, FALSE },
  { "day", N_("Date"), "date", TRUE },
  { "physician", N_("Physician"), NULL, FALSE },
  { "location", N_("Location"), NULL, FALSE },
  { "codes", N_("Codes"), NULL, FALSE },
  { "charges", N_("Charges"), "charges", TRUE },
  { "balance", N_("Balance"), NULL, FALSE },
};

G_DEFINE_FINAL_TYPE (BillingTreatmentsPage, billing_treatments_page, BILLING_TYPE_LIST_PAGE)

static void
show_record (BillingListPage *page,
             const char      *id)
{
  billing_record_pane_set_record (BILLING_TREATMENTS_PAGE (page)->pane, id);
}

static void
desk_changed (BillingListPage *page)
{
  billing_record_pane_set_desk (BILLING_TREATMENTS_PAGE (page)->pane,
                                billing_list_page_get_desk (page));
}

static void
billing_treatments_page_class_init (BillingTreatmentsPageClass *klass)
{
  BillingListPageClass *page_class = BILLING_LIST_PAGE_CLASS (klass);

  page_class->list = "treatments";
  page_class->get_record_type = billing_treatment_get_type;
  page_class->columns_resource = "/com/example/Billing/ui/treatments/columns.ui";
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->title = N_("Treatments");
  page_class->search_label = N_("Search treatments");
  page_class->empty_icon = "billing-treatments-symbolic";
  page_class->empty_title = N_("No Treatments Yet");
  page_class->empty_text = N_("They come in with the patients, from FHIR or CSV files.");
  page_class->has_amounts = TRUE;
  page_class->show_record = show_record;
  page_class->desk_changed = desk_changed;
}

static void
billing_treatments_page_init (BillingTreatmentsPage *self)
{
  BillingListPage *page = BILLING_LIST_PAGE (self);
  GtkWidget *import = gtk_button_new_with_label (_("Import…"));

  self->pane = g_object_new (BILLING_TYPE_TREATMENT_PANE, NULL);
  billing_list_page_set_detail (page, GTK_WIDGET (self->pane));

  gtk_widget_set_halign (import, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (import, "pill");
  gtk_widget_add_css_class (import, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "win.import");
  billing_list_page_set_empty_actions (page, import);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-treatment-section"

#include "config.h"

#include "billing-treatment-section.h"

#include "billing-detail-format.h"
#include "billing-format.h"

struct _BillingTreatmentSection {
  BillingDetailSection parent_instance;

  /* Template widgets */
  GtkListBox *codes_list; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingTreatmentSection, billing_treatment_section, BILLING_TYPE_DETAIL_SECTION)

static void
billing_treatment_section_dossier_changed (BillingDetailSection *section,
                                           BillingDossier       *dossier)
{
  BillingTreatmentSection *self = BILLING_TREATMENT_SECTION (section);

  billing_detail_section_bind_rows (section, self->codes_list, "codes");
}

static void
billing_treatment_section_class_init (BillingTreatmentSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_treatment_section_dossier_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/treatment-section.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTreatmentSection, codes_list);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_has_items);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_sum);
  gtk_widget_class_bind_template_callback (widget_class, billing_format_instant);
}

static void
billing_treatment_section_init (BillingTreatmentSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

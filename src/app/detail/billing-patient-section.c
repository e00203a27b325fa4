/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patient-section"

#include "config.h"

#include "billing-patient-section.h"

#include "billing-detail-format.h"

struct _BillingPatientSection {
  BillingDetailSection parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingPatientSection, billing_patient_section, BILLING_TYPE_DETAIL_SECTION)

static void
billing_patient_section_class_init (BillingPatientSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/patient-section.ui");
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_address);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_birth);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_gender);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_language);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_sum);
}

static void
billing_patient_section_init (BillingPatientSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

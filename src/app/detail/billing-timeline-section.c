/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-timeline-section"

#include "config.h"

#include "billing-timeline-section.h"

struct _BillingTimelineSection {
  BillingDetailSection parent_instance;

  /* Template widgets */
  GtkListBox *list; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingTimelineSection, billing_timeline_section, BILLING_TYPE_DETAIL_SECTION)

static void
billing_timeline_section_dossier_changed (BillingDetailSection *section,
                                          BillingDossier       *dossier)
{
  billing_detail_section_bind_rows (section, BILLING_TIMELINE_SECTION (section)->list, "timeline");
}

static void
billing_timeline_section_class_init (BillingTimelineSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_timeline_section_dossier_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/timeline-section.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTimelineSection, list);
}

static void
billing_timeline_section_init (BillingTimelineSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

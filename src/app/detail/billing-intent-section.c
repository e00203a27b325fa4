/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-intent-section"

#include "config.h"

#include "billing-intent-section.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-intent-row.h"

struct _BillingIntentSection {
  BillingDetailSection parent_instance;

  /* Template widgets */
  GtkWidget *rows; /* (not owned) */
  GtkWidget *page_box; /* (not owned) */
  GtkLabel *page_label; /* (not owned) */

  char *shown; /* (owned) (nullable): ids and revisions of the rows */
  GSignalGroup *dossier_signals; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingIntentSection, billing_intent_section, BILLING_TYPE_DETAIL_SECTION)

static void
update_page (BillingIntentSection *self,
             BillingDossier       *dossier)
{
  gint64 expires_at;
  const char *page = billing_dossier_get_page (dossier, &expires_at);
  g_autofree char *until = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->page_box, page != NULL);
  if (page == NULL)
    return;

  until = billing_format_instant (NULL, expires_at,
                                  billing_dossier_get_practice (dossier)->time_zone);
  /* Translators: a date and time */
  text = g_strdup_printf (_("The patient can enter the card on Stripe’s page until %s."), until);
  gtk_label_set_label (self->page_label, text);
}

static void
update (BillingIntentSection *self)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  g_autoptr (GPtrArray) news = NULL;

  if (billing_dossier_get_payment (dossier) == NULL)
    return;

  news = billing_dossier_list_news (dossier);
  billing_detail_section_fill_rows (BILLING_DETAIL_SECTION (self), GTK_BOX (self->rows), news, &self->shown,
                                    billing_intent_row_new);
  update_page (self, dossier);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->rows) ||
                          gtk_widget_get_visible (self->page_box));
}

static void
billing_intent_section_dossier_changed (BillingDetailSection *section,
                                        BillingDossier       *dossier)
{
  BillingIntentSection *self = BILLING_INTENT_SECTION (section);

  g_signal_group_set_target (self->dossier_signals, dossier);
  update (self);
}

static void
billing_intent_section_dispose (GObject *object)
{
  BillingIntentSection *self = BILLING_INTENT_SECTION (object);

  g_clear_object (&self->dossier_signals);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (billing_intent_section_parent_class)->dispose (object);
}

static void
billing_intent_section_class_init (BillingIntentSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_intent_section_dispose;
  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_intent_section_dossier_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/intent-section.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingIntentSection, page_box);
  gtk_widget_class_bind_template_child (widget_class, BillingIntentSection, page_label);
  gtk_widget_class_bind_template_child (widget_class, BillingIntentSection, rows);
}

static void
billing_intent_section_init (BillingIntentSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->dossier_signals = g_signal_group_new (BILLING_TYPE_DOSSIER);
  g_signal_group_connect_swapped (self->dossier_signals, "loaded", G_CALLBACK (update), self);
}

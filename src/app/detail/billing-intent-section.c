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

static char *
describe_rows (GPtrArray *news)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < news->len; i++)
    {
      BillingRecord *record = news->pdata[i];

      g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", billing_record_get_id (record),
                              billing_record_get_revision (record));
    }

  return g_string_free (text, FALSE);
}

/* Rows that stay keep the focus: only what differs is made anew. */
static void
update_rows (BillingIntentSection *self,
             BillingDossier       *dossier)
{
  g_autoptr (GPtrArray) news = billing_dossier_list_news (dossier);
  g_autofree char *shown = describe_rows (news);
  GtkWidget *row;

  if (g_strcmp0 (self->shown, shown) == 0)
    return;

  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), row);
  for (guint i = 0; i < news->len; i++)
    gtk_box_append (GTK_BOX (self->rows),
                    billing_intent_row_new (news->pdata[i], billing_dossier_get_desk (dossier)));

  gtk_widget_set_visible (self->rows, news->len > 0);
  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
}

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

  if (billing_dossier_get_payment (dossier) == NULL)
    return;

  update_rows (self, dossier);
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

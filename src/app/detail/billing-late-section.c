/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-late-section"

#include "config.h"

#include "billing-late-section.h"

#include <glib/gi18n.h>

#include "billing-late-row.h"

struct _BillingLateSection {
  BillingDetailSection parent_instance;

  /* Template widgets */
  GtkBox *rows; /* (not owned) */

  char *shown; /* (owned) (nullable): ids and revisions of the rows */
  GSignalGroup *dossier_signals; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingLateSection, billing_late_section, BILLING_TYPE_DETAIL_SECTION)

static GPtrArray *
list_late_money (BillingDossier *dossier)
{
  g_autoptr (GListModel) list = NULL;
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  g_object_get (dossier, "late-money", &list, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (records, g_list_model_get_item (list, i));

  return records;
}

static void
update (BillingLateSection *self)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  g_autoptr (GPtrArray) records = list_late_money (dossier);

  billing_detail_section_fill_rows (BILLING_DETAIL_SECTION (self), self->rows, records, &self->shown,
                                    billing_late_row_new);
  gtk_widget_set_visible (GTK_WIDGET (self), records->len > 0);
}

/* late.keep and late.refund, by the id of what came. */
static void
late_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gboolean keep = g_str_has_suffix (action_name, "keep");
  g_autoptr (BillingAct) act = billing_act_new (keep ? BILLING_VERB_LATE_KEEP : BILLING_VERB_LATE_REFUND,
                                                g_variant_get_string (parameter, NULL));

  billing_detail_section_do (BILLING_DETAIL_SECTION (widget), act, keep ? "win.toast" : "win.toast-sent",
                             keep ? _("Kept as credit") : _("The refund of late money"));
}

static void
billing_late_section_dossier_changed (BillingDetailSection *section,
                                      BillingDossier       *dossier)
{
  BillingLateSection *self = BILLING_LATE_SECTION (section);

  g_signal_group_set_target (self->dossier_signals, dossier);
  update (self);
}

static void
billing_late_section_dispose (GObject *object)
{
  BillingLateSection *self = BILLING_LATE_SECTION (object);

  g_clear_object (&self->dossier_signals);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (billing_late_section_parent_class)->dispose (object);
}

static void
billing_late_section_class_init (BillingLateSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_late_section_dispose;
  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_late_section_dossier_changed;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/late-section.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingLateSection, rows);
  gtk_widget_class_install_action (widget_class, "late.keep", "s", late_action);
  gtk_widget_class_install_action (widget_class, "late.refund", "s", late_action);
}

static void
billing_late_section_init (BillingLateSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->dossier_signals = g_signal_group_new (BILLING_TYPE_DOSSIER);
  g_signal_group_connect_swapped (self->dossier_signals, "loaded", G_CALLBACK (update), self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-late-row"

#include "config.h"

#include "billing-late-row.h"

#include "billing-link-format.h"

struct _BillingLateRow {
  GtkBox parent_instance;

  /* Template widgets */
  GtkLabel *sentence; /* (not owned) */
  GtkWidget *buttons; /* (not owned) */
  GtkWidget *keep_button; /* (not owned) */
  GtkWidget *refund_button; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingLateRow, billing_late_row, GTK_TYPE_BOX)

/* Whoever may not is shown it all the same, and told who may. */
static void
set_up_button (GtkWidget   *button,
               BillingVerb  verb,
               const char  *id,
               BillingDesk *desk)
{
  g_autofree char *refusal = NULL;

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  if (billing_desk_may (desk, verb))
    return;

  refusal = billing_verb_refusal (verb, billing_desk_get_person (desk)->role);
  gtk_widget_set_tooltip_text (button, refusal);
  gtk_widget_set_sensitive (button, FALSE);
}

static void
billing_late_row_class_init (BillingLateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/late-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingLateRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, BillingLateRow, keep_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLateRow, refund_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLateRow, sentence);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
billing_late_row_init (BillingLateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_late_row_new:
 * @late: (type BillingLateMoney): what came too late
 * @desk: who looks
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_late_row_new (gpointer     late,
                      BillingDesk *desk)
{
  BillingLateRow *self = g_object_new (BILLING_TYPE_LATE_ROW, NULL);
  const char *id = billing_record_get_id (late);
  gboolean open = BILLING_LATE_MONEY (late)->state == BILLING_LATE_STATE_OPEN;
  g_autofree char *sentence = billing_link_format_late (late, billing_desk_get_practice (desk)->time_zone);

  gtk_label_set_label (self->sentence, sentence);
  /* Only what somebody has still to say something about stands out. */
  if (open)
    gtk_widget_add_css_class (GTK_WIDGET (self), "open");
  gtk_widget_set_visible (self->buttons, open);
  set_up_button (self->keep_button, BILLING_VERB_LATE_KEEP, id, desk);
  set_up_button (self->refund_button, BILLING_VERB_LATE_REFUND, id, desk);
  return GTK_WIDGET (self);
}

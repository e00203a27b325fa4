/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-intent-row"

#include "config.h"

#include "billing-intent-row.h"

#include <glib/gi18n.h>

#include "billing-detail-format.h"
#include "billing-outbox-format.h"
#include "billing-verb.h"

struct _BillingIntentRow {
  GtkBox parent_instance;

  /* Template widgets */
  GtkLabel *sentence; /* (not owned) */
  GtkLabel *explanation; /* (not owned) */
  GtkWidget *buttons; /* (not owned) */
  GtkWidget *withdraw_button; /* (not owned) */
  GtkWidget *check_button; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingIntentRow, billing_intent_row, GTK_TYPE_BOX)

/* Shown where it makes sense; the action is not for everybody, and then the button says whose it
 * is. */
static void
show_button (GtkWidget     *button,
             gboolean       is_shown,
             BillingVerb    verb,
             BillingIntent *intent,
             BillingDesk   *desk)
{
  g_autofree char *refusal = NULL;

  gtk_widget_set_visible (button, is_shown);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    billing_record_get_id (BILLING_RECORD (intent)));
  if (billing_desk_may (desk, verb))
    return;

  refusal = billing_verb_refusal (verb, billing_desk_get_person (desk)->role);
  gtk_widget_set_tooltip_text (button, refusal);
}

static void
fill_in (BillingIntentRow *self,
         BillingIntent    *intent,
         BillingDesk      *desk)
{
  gboolean is_unsent = intent->state == BILLING_OUTBOX_STATE_QUEUED && intent->first_sent_at == 0;
  gboolean is_unknown = intent->state == BILLING_OUTBOX_STATE_UNKNOWN;
  g_autofree char *sentence = billing_detail_format_intent (intent, billing_desk_get_practice (desk)->time_zone);
  g_autofree char *explanation = billing_outbox_format_explanation (intent);

  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->explanation, explanation);
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), *explanation != '\0');
  gtk_widget_add_css_class (GTK_WIDGET (self->sentence),
                            is_unknown || intent->state == BILLING_OUTBOX_STATE_FAILED ? "error" : "warning");
  show_button (self->withdraw_button, is_unsent, BILLING_VERB_OUTBOX_WITHDRAW, intent, desk);
  show_button (self->check_button, is_unknown, BILLING_VERB_OUTBOX_CHECK, intent, desk);
  gtk_widget_set_visible (self->buttons, intent->state != BILLING_OUTBOX_STATE_FAILED);
}

static void
billing_intent_row_class_init (BillingIntentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/intent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingIntentRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, BillingIntentRow, check_button);
  gtk_widget_class_bind_template_child (widget_class, BillingIntentRow, explanation);
  gtk_widget_class_bind_template_child (widget_class, BillingIntentRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, BillingIntentRow, withdraw_button);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
billing_intent_row_init (BillingIntentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_intent_row_new:
 * @intent: (type BillingIntent): what Stripe was asked to do
 * @desk: who looks
 *
 * Returns: (transfer floating): its lines under the payment's status
 */
GtkWidget *
billing_intent_row_new (gpointer     intent,
                        BillingDesk *desk)
{
  BillingIntentRow *self = g_object_new (BILLING_TYPE_INTENT_ROW, NULL);

  fill_in (self, intent, desk);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-outbox-row"

#include "config.h"

#include "billing-outbox-row.h"

#include <glib/gi18n.h>

#include "billing-outbox-format.h"

struct _BillingOutboxRow {
  GtkListBoxRow parent_instance;

  /* Template widgets. */
  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *subject;
  GtkLabel *explanation;
  GtkLabel *when;
  GtkWidget *buttons;
  GtkWidget *check;
  GtkWidget *withdraw;
  GtkWidget *open;

  BillingIntent *intent; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingOutboxRow, billing_outbox_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_text (GtkLabel *label,
           char     *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
  g_free (text);
}

/* A button of many says what it is for; it is shown where it makes sense, and says why where it is
 * not for everybody. */
static void
show_button (GtkWidget   *button,
             gboolean     is_shown,
             const char  *what,
             BillingVerb  verb,
             BillingDesk *desk)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", gtk_button_get_label (GTK_BUTTON (button)),
                                           what);
  g_autofree char *refusal = NULL;

  gtk_widget_set_visible (button, is_shown);
  /* A button is named after its label; this name says more. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (verb == BILLING_VERB_NONE || billing_desk_may (desk, verb))
    return;

  refusal = billing_verb_refusal (verb, billing_desk_get_person (desk)->role);
  gtk_widget_set_sensitive (button, FALSE);
  gtk_widget_set_tooltip_text (button, refusal);
}

static void
show_buttons (BillingOutboxRow *self,
              BillingDesk      *desk)
{
  BillingIntent *intent = self->intent;
  const char *number = intent->payment_number != NULL ? intent->payment_number : "";
  gboolean is_unknown = intent->state == BILLING_OUTBOX_STATE_UNKNOWN;
  gboolean is_unsent = intent->state == BILLING_OUTBOX_STATE_QUEUED && intent->first_sent_at == 0;
  gboolean has_payment = *number != '\0';

  show_button (self->check, is_unknown, number, BILLING_VERB_OUTBOX_CHECK, desk);
  show_button (self->withdraw, is_unsent, number, BILLING_VERB_OUTBOX_WITHDRAW, desk);
  show_button (self->open, has_payment, number, BILLING_VERB_NONE, desk);
  gtk_widget_set_visible (self->buttons, is_unknown || is_unsent || has_payment);
}

static void
show_intent (BillingOutboxRow *self,
             BillingDesk      *desk)
{
  BillingOutboxState state = self->intent->state;
  g_autofree char *name = billing_outbox_format_title (self->intent);

  show_text (self->title, billing_outbox_format_title (self->intent));
  show_text (self->subject, billing_outbox_format_subject (self->intent));
  show_text (self->explanation, billing_outbox_format_explanation (self->intent));
  show_text (self->when,
             billing_outbox_format_when (self->intent,
                                         billing_desk_get_practice (desk)->time_zone));
  gtk_label_set_label (self->state, billing_outbox_format_state (state));
  gtk_widget_add_css_class (GTK_WIDGET (self->state), billing_outbox_format_state_class (state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_buttons (self, desk);
}

static void
check_cb (BillingOutboxRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "outbox.check", "s",
                              billing_record_get_id (BILLING_RECORD (self->intent)));
}

static void
withdraw_cb (BillingOutboxRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "outbox.withdraw", "s",
                              billing_record_get_id (BILLING_RECORD (self->intent)));
}

static void
open_cb (BillingOutboxRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "outbox.open", "s", self->intent->payment_number);
}

static void
billing_outbox_row_dispose (GObject *object)
{
  BillingOutboxRow *self = BILLING_OUTBOX_ROW (object);

  g_clear_object (&self->intent);
  /* Its child goes with it: gtk_widget_dispose_template() would take away what GtkListBoxRow looks for afterwards. */

  G_OBJECT_CLASS (billing_outbox_row_parent_class)->dispose (object);
}

static void
billing_outbox_row_class_init (BillingOutboxRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_outbox_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/setup/outbox-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, check);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, explanation);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, open);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, state);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, subject);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, title);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, when);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxRow, withdraw);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, withdraw_cb);
}

static void
billing_outbox_row_init (BillingOutboxRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_outbox_row_new:
 * @intent: what it shows; it is made anew where that changes
 * @desk: who looks at it, and in which practice
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_outbox_row_new (BillingIntent *intent,
                        BillingDesk   *desk)
{
  BillingOutboxRow *self = g_object_new (BILLING_TYPE_OUTBOX_ROW, NULL);

  self->intent = g_object_ref (intent);
  show_intent (self, desk);
  return GTK_WIDGET (self);
}

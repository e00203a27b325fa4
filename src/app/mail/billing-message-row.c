/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-message-row"

#include "config.h"

#include "billing-message-row.h"

#include <glib/gi18n.h>

#include "billing-day.h"

struct _BillingMessageRow {
  GtkListBoxRow parent_instance;

  /* Template widgets. */
  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *address;
  GtkLabel *problem;
  GtkLabel *when;
  GtkWidget *buttons;
  GtkWidget *sent;
  GtkWidget *again;
  GtkWidget *hand;
  GtkWidget *cancel;

  BillingMessage *message; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingMessageRow, billing_message_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_class (BillingMessageState state)
{
  switch (state)
    {
    case BILLING_MESSAGE_STATE_SENT:
    case BILLING_MESSAGE_STATE_HANDED:
      return "paid";
    case BILLING_MESSAGE_STATE_UNKNOWN:
      return "pending";
    case BILLING_MESSAGE_STATE_FAILED:
      return "failed";
    case BILLING_MESSAGE_STATE_QUEUED:
    case BILLING_MESSAGE_STATE_SENDING:
      return "processing";
    case BILLING_MESSAGE_STATE_CANCELLED:
    default:
      return "cancelled";
    }
}

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static char *
build_title (BillingMessage *message)
{
  const char *number = message->invoice != NULL ? message->invoice : message->payment;

  return number != NULL ? g_strdup_printf ("%s · %s · %s", billing_message_kind_get_label (message->kind), number, message->patient_name)
                        : g_strdup_printf ("%s · %s", billing_message_kind_get_label (message->kind), message->patient_name);
}

/* Of what each button is the name is said too: there are many of them in a list. */
static void
show_button (GtkWidget   *button,
             gboolean     is_shown,
             const char  *title,
             BillingVerb  verb,
             BillingDesk *desk)
{
  g_autofree char *refusal = NULL;

  gtk_widget_set_visible (button, is_shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  if (!is_shown || billing_desk_may (desk, verb))
    return;

  refusal = billing_verb_refusal (verb, billing_desk_get_person (desk)->role);
  gtk_widget_set_sensitive (button, FALSE);
  gtk_widget_set_tooltip_text (button, refusal);
}

static void
show_message (BillingMessageRow *self,
              BillingDesk       *desk)
{
  BillingMessage *message = self->message;
  gboolean is_unknown = message->state == BILLING_MESSAGE_STATE_UNKNOWN;
  gboolean is_waiting = message->state == BILLING_MESSAGE_STATE_QUEUED;
  gboolean is_failed = message->state == BILLING_MESSAGE_STATE_FAILED;
  gboolean is_handed = is_waiting && message->channel == BILLING_MESSAGE_CHANNEL_PORTAL;
  g_autofree char *title = build_title (message);
  g_autofree char *when = billing_instant_format (message->sent_at != 0 ? message->sent_at : message->created_at,
                                                  billing_desk_get_practice (desk)->time_zone, NULL);

  show_text (self->title, title);
  show_text (self->address, message->address);
  show_text (self->problem, is_waiting && message->with_link ? _("It waits for its payment link.") : message->problem);
  show_text (self->when, when);
  gtk_label_set_label (self->state, billing_message_state_get_label (message->state));
  gtk_widget_add_css_class (GTK_WIDGET (self->state), get_class (message->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  show_button (self->sent, is_unknown, title, BILLING_VERB_MESSAGE_RESOLVE, desk);
  show_button (self->again, is_unknown || is_failed, title, BILLING_VERB_MESSAGE_RESOLVE, desk);
  show_button (self->hand, is_handed, title, BILLING_VERB_MESSAGE_SEND, desk);
  show_button (self->cancel, is_waiting, title, BILLING_VERB_MESSAGE_CANCEL, desk);
  gtk_widget_set_visible (self->buttons, is_unknown || is_failed || is_waiting);
}

static void
activate (BillingMessageRow *self,
          const char        *action,
          const char        *method)
{
  const char *id = billing_record_get_id (BILLING_RECORD (self->message));

  if (method != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, "(ss)", id, method);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), action, "s", id);
}

static void
sent_cb (BillingMessageRow *self)
{
  activate (self, "messages.resolve", "sent");
}

static void
again_cb (BillingMessageRow *self)
{
  activate (self, "messages.resolve", "again");
}

static void
hand_cb (BillingMessageRow *self)
{
  activate (self, "messages.hand", NULL);
}

static void
cancel_cb (BillingMessageRow *self)
{
  activate (self, "messages.cancel", NULL);
}

static void
billing_message_row_dispose (GObject *object)
{
  g_clear_object (&BILLING_MESSAGE_ROW (object)->message);
  /* Its child goes with it: gtk_widget_dispose_template() would take away what GtkListBoxRow looks for afterwards. */

  G_OBJECT_CLASS (billing_message_row_parent_class)->dispose (object);
}

static void
billing_message_row_class_init (BillingMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_message_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/mail/message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, address);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, again);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, cancel);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, hand);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, problem);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, sent);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, state);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, title);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageRow, when);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, hand_cb);
  gtk_widget_class_bind_template_callback (widget_class, sent_cb);
}

static void
billing_message_row_init (BillingMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_message_row_new:
 * @message: what it shows; it is made anew where that changes
 * @desk: who looks at it, and in which practice
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_message_row_new (BillingMessage *message,
                         BillingDesk    *desk)
{
  BillingMessageRow *self = g_object_new (BILLING_TYPE_MESSAGE_ROW, NULL);

  self->message = g_object_ref (message);
  show_message (self, desk);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-charge-actions"

#include "config.h"

#include "billing-charge-actions.h"

#include <glib/gi18n.h>

#include "billing-capture-dialog.h"
#include "billing-payment-rules.h"
#include "billing-reason-dialog.h"
#include "billing-refund-dialog.h"
#include "billing-stripe-format.h"
#include "billing-stripe-status.h"

struct _BillingChargeActions {
  GtkBox parent_instance;

  /* Template widgets, not owned. */
  GtkLabel *status;
  GtkWidget *nobody;
  GtkWidget *assign_button;
  GtkWidget *owner_box;
  GtkWidget *payment_button;
  GtkWidget *patient_button;
  GtkWidget *refund_button;
  GtkWidget *capture_button;
  GtkWidget *void_button;
  GtkLabel *reason;

  BillingDesk *desk; /* (owned) */
  BillingPayment *ours; /* (owned) (nullable) */
  gboolean is_inquiry; /* no money has gone yet */
  char *uri; /* (owned) (nullable): in Stripe's dashboard */
};

G_DEFINE_FINAL_TYPE (BillingChargeActions, billing_charge_actions, GTK_TYPE_BOX)

static gboolean
is_among (const char *status,
          const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);

  return status != NULL && g_strv_contains ((const char * const *) all, status);
}

static gboolean
can_assign (BillingStripePayment *stripe)
{
  return stripe->patient_id == NULL && stripe->charge != NULL &&
         !is_among (stripe->status, "failed blocked canceled incomplete refunded");
}

/* Why not, or %NULL: it can be. Those of one's role come last: what nobody can do, one need not be allowed. */
static char *
find_reason (BillingChargeActions *self,
             BillingStripePayment *stripe,
             BillingVerb           verb)
{
  if (verb == BILLING_VERB_PAYMENT_REFUND && is_among (stripe->status, "failed blocked canceled incomplete uncaptured pending"))
    return g_strdup (_("There is nothing to refund: no money was collected."));
  if (verb == BILLING_VERB_PAYMENT_REFUND && is_among (stripe->status, "refunded"))
    return g_strdup (_("All of it was refunded."));
  if (verb == BILLING_VERB_PAYMENT_REFUND && is_among (stripe->status, "disputed") && !self->is_inquiry)
    return g_strdup (_("What is disputed cannot be refunded: the payer’s bank has taken the money already."));
  if (self->ours == NULL && stripe->patient_id != NULL)
    return g_strdup (_("It became credit of the patient. Refunded in Stripe’s dashboard, it goes from there."));
  if (self->ours == NULL)
    return g_strdup (_("Assign it first: what becomes of the money is to stand in the books."));
  if (!billing_payment_rules_is_legal (verb, self->ours))
    return g_strdup_printf (_("%s has nothing left for it, or waits for Stripe."), self->ours->number);
  if (!billing_desk_may (self->desk, verb))
    return billing_verb_refusal (verb, billing_desk_get_person (self->desk)->role);

  return NULL;
}

/* The first reason stands under the buttons; each has its own as a tooltip, too. */
static void
update_act (BillingChargeActions *self,
            GtkWidget            *button,
            BillingStripePayment *stripe,
            BillingVerb           verb)
{
  g_autofree char *reason = find_reason (self, stripe, verb);

  gtk_widget_set_sensitive (button, reason == NULL);
  gtk_widget_set_tooltip_text (button, reason);
  if (reason == NULL || !gtk_widget_get_visible (button) || gtk_widget_get_visible (GTK_WIDGET (self->reason)))
    return;

  gtk_label_set_label (self->reason, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), TRUE);
}

static void
update_acts (BillingChargeActions *self,
             BillingStripePayment *stripe)
{
  gboolean is_held = is_among (stripe->status, "uncaptured");

  gtk_widget_set_visible (self->capture_button, is_held);
  gtk_widget_set_visible (self->void_button, is_held);
  gtk_widget_set_visible (self->refund_button, !is_held);
  update_act (self, self->refund_button, stripe, BILLING_VERB_PAYMENT_REFUND);
  update_act (self, self->capture_button, stripe, BILLING_VERB_PAYMENT_CAPTURE);
  update_act (self, self->void_button, stripe, BILLING_VERB_PAYMENT_VOID);
}

static void
present (BillingChargeActions *self,
         GtkWindow            *dialog)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (dialog);
}

static void
refund_cb (BillingChargeActions *self)
{
  present (self, billing_refund_dialog_new (self->desk, self->ours));
}

static void
capture_cb (BillingChargeActions *self)
{
  present (self, billing_capture_dialog_new (self->desk, self->ours));
}

/* Voiding. The pane may be filled anew, or gone, before it is answered. */

static void
voided_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    /* TRANSLATORS: what is being sent to Stripe: “Release of the authorisation is being sent to Stripe” */
    gtk_widget_activate_action (GTK_WIDGET (window), "win.toast-sent", "s", _("Release of the authorisation"));
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "s", error->message);
}

static void
void_response_cb (BillingReasonDialog *dialog,
                  const char          *response,
                  BillingDesk         *desk)
{
  g_autofree char *reason = billing_reason_dialog_dup_reason (dialog);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_VOID,
                                                g_object_get_data (G_OBJECT (dialog), "billing-payment"));

  if (!g_str_equal (response, "do"))
    return;

  if (reason != NULL && *reason != '\0')
    g_object_set (act, "notes", reason, NULL);
  billing_desk_do_async (desk, act, NULL, voided_cb, g_object_ref (gtk_window_get_transient_for (GTK_WINDOW (dialog))));
}

static void
void_cb (BillingChargeActions *self)
{
  AdwMessageDialog *dialog = billing_reason_dialog_new (BILLING_VERB_PAYMENT_VOID, self->ours);

  g_object_set_data_full (G_OBJECT (dialog), "billing-payment",
                          g_strdup (billing_record_get_id (BILLING_RECORD (self->ours))), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (void_response_cb), self->desk, 0);
  present (self, GTK_WINDOW (dialog));
}

static void
open_cb (BillingChargeActions *self)
{
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->uri, GDK_CURRENT_TIME);
}

static void
show_button (GtkWidget  *button,
             const char *id)
{
  gtk_widget_set_visible (button, id != NULL);
  /* Without one, the action would not fit. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id != NULL ? id : "");
}

static char *
make_uri (BillingStripePayment *stripe,
          gboolean              is_test)
{
  g_autofree char *escaped = g_uri_escape_string (billing_record_get_id (BILLING_RECORD (stripe)), NULL, FALSE);

  return g_strdup_printf ("https://dashboard.stripe.com/%spayments/%s", is_test ? "test/" : "", escaped);
}

static void
billing_charge_actions_dispose (GObject *object)
{
  BillingChargeActions *self = BILLING_CHARGE_ACTIONS (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->ours);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_CHARGE_ACTIONS);

  G_OBJECT_CLASS (billing_charge_actions_parent_class)->dispose (object);
}

static void
billing_charge_actions_finalize (GObject *object)
{
  g_free (BILLING_CHARGE_ACTIONS (object)->uri);

  G_OBJECT_CLASS (billing_charge_actions_parent_class)->finalize (object);
}

static void
billing_charge_actions_class_init (BillingChargeActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_charge_actions_dispose;
  G_OBJECT_CLASS (klass)->finalize = billing_charge_actions_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/stripe/charge-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, assign_button);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, capture_button);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, nobody);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, owner_box);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, patient_button);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, payment_button);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, reason);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, refund_button);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, status);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, void_button);
  gtk_widget_class_bind_template_callback (widget_class, capture_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, refund_cb);
  gtk_widget_class_bind_template_callback (widget_class, void_cb);
}

static void
billing_charge_actions_init (BillingChargeActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_charge_actions_new:
 * @desk: who acts
 * @stripe: a payment at Stripe
 * @ours: (nullable): the payment that it collects
 * @is_inquiry: whether the payer's bank has only asked about it, so that a refund still helps
 * @is_test: which of Stripe's dashboards it stands in
 *
 * Returns: (transfer floating): its buttons
 */
GtkWidget *
billing_charge_actions_new (BillingDesk          *desk,
                            BillingStripePayment *stripe,
                            BillingPayment       *ours,
                            gboolean              is_inquiry,
                            gboolean              is_test)
{
  BillingChargeActions *self = g_object_new (BILLING_TYPE_CHARGE_ACTIONS, NULL);

  g_set_object (&self->desk, desk);
  g_set_object (&self->ours, ours);
  self->is_inquiry = is_inquiry;
  self->uri = make_uri (stripe, is_test);
  gtk_label_set_label (self->status, billing_stripe_status_get_label (stripe->status));
  gtk_widget_add_css_class (GTK_WIDGET (self->status), billing_stripe_format_status_class (stripe));
  gtk_widget_set_visible (self->nobody, can_assign (stripe));
  show_button (self->assign_button, can_assign (stripe) ? stripe->charge : NULL);
  show_button (self->payment_button, stripe->payment_id);
  show_button (self->patient_button, stripe->patient_id);
  gtk_widget_set_visible (self->owner_box, stripe->patient_id != NULL);
  update_acts (self, stripe);
  return GTK_WIDGET (self);
}

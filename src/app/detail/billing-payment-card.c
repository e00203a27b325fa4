/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-card"

#include "config.h"

#include "billing-payment-card.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-detail-format.h"
#include "billing-format.h"
#include "billing-intent-section.h"
#include "billing-late-section.h"
#include "billing-payment-fields.h"
#include "billing-payment-rules.h"
#include "billing-status.h"

/* What leads on from a status, in the order of the menu; the last ones are also buttons of the card. */
enum {
  PENDING,
  AUTHORISED,
  PAID,
  CAPTURED,
  VOIDED,
  FAILED,
  CANCELLED,
  WRITTEN_OFF,
  REFUNDED,
  REVERSED,
  SUBMIT_BUTTON,
  COLLECT_BUTTON,
  AUTHORISE_BUTTON,
  CAPTURE_BUTTON,
  VOID_BUTTON,
  REFUND_BUTTON,
  RECEIPT_BUTTON,
  N_CHOICES,
};

struct _BillingPaymentCard {
  BillingDetailSection parent_instance;

  /* Template widgets */
  GtkWidget *choices[N_CHOICES]; /* (not owned) */
  GtkMenuButton *status_button; /* (not owned) */
  GtkWidget *patient_button; /* (not owned) */
  GtkWidget *nothing_label; /* (not owned) */
  GtkWidget *overdue_label; /* (not owned) */
  GtkWidget *refund_waiting_label; /* (not owned) */
  GtkWidget *written_off_label; /* (not owned) */
  GtkBox *buttons_box; /* (not owned) */
  GtkLabel *dispute_label; /* (not owned) */
  GtkWidget *waiting_box; /* (not owned) */
  GtkLabel *waiting_label; /* (not owned) */
  GtkWidget *approve_button; /* (not owned) */
  GtkWidget *lock_label; /* (not owned) */

  GSignalGroup *dossier_signals; /* (owned) */
};

static const struct {
  const char *child;
  BillingVerb verb;
  const char *label; /* what it is called, without the dots of its text */
} choices[N_CHOICES] = {
  [PENDING] = { "pending_button", BILLING_VERB_PAYMENT_SUBMIT, N_("Pending") },
  [PAID] = { "paid_button", BILLING_VERB_PAYMENT_COLLECT, N_("Paid") },
  [AUTHORISED] = { "authorised_button", BILLING_VERB_PAYMENT_AUTHORISE, N_("Authorise") },
  [CAPTURED] = { "captured_button", BILLING_VERB_PAYMENT_CAPTURE, N_("Paid") },
  [VOIDED] = { "voided_button", BILLING_VERB_PAYMENT_VOID, N_("Voided") },
  [FAILED] = { "failed_button", BILLING_VERB_PAYMENT_FAIL, N_("Failed") },
  [CANCELLED] = { "cancelled_button", BILLING_VERB_PAYMENT_CANCEL, N_("Cancelled") },
  [WRITTEN_OFF] = { "written_off_button", BILLING_VERB_PAYMENT_WRITE_OFF, N_("Written Off") },
  [REFUNDED] = { "refunded_button", BILLING_VERB_PAYMENT_REFUND, N_("Refunded") },
  [REVERSED] = { "reversed_button", BILLING_VERB_PAYMENT_REVERSE, N_("Reverse Collection") },
  [SUBMIT_BUTTON] = { "submit_button", BILLING_VERB_PAYMENT_SUBMIT, N_("Submit") },
  [AUTHORISE_BUTTON] = { "authorise_button", BILLING_VERB_PAYMENT_AUTHORISE, N_("Authorise") },
  [CAPTURE_BUTTON] = { "capture_button", BILLING_VERB_PAYMENT_CAPTURE, N_("Capture") },
  [VOID_BUTTON] = { "void_button", BILLING_VERB_PAYMENT_VOID, N_("Void") },
  [COLLECT_BUTTON] = { "collect_button", BILLING_VERB_PAYMENT_COLLECT, N_("Collect") },
  [REFUND_BUTTON] = { "refund_button", BILLING_VERB_PAYMENT_REFUND, N_("Refund") },
  [RECEIPT_BUTTON] = { "receipt_button", BILLING_VERB_PAYMENT_RECEIPT, N_("Receipt") },
};

G_DEFINE_FINAL_TYPE (BillingPaymentCard, billing_payment_card, BILLING_TYPE_DETAIL_SECTION)

/* What is legal is shown; what the role does not allow is shown insensitive, with the sentence that says why. */
static void
update_choices (BillingPaymentCard *self,
                BillingDossier     *dossier)
{
  BillingRole role = billing_desk_get_person (billing_dossier_get_desk (dossier))->role;
  gboolean any = FALSE;

  for (guint i = 0; i < N_CHOICES; i++)
    {
      gboolean legal = billing_payment_rules_is_offered (choices[i].verb, dossier);
      g_autofree char *refusal = NULL;

      if (legal && !billing_verb_is_allowed (choices[i].verb, role))
        refusal = billing_verb_refusal (choices[i].verb, role);

      any = any || (legal && i <= REVERSED);
      gtk_widget_set_visible (self->choices[i], legal);
      gtk_widget_set_tooltip_text (self->choices[i], refusal);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->choices[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _(choices[i].label),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, refusal != NULL ? refusal : "",
                                      -1);
    }

  gtk_widget_set_visible (self->nothing_label, !any);
}

/* What is next comes first, and stands out where it brings money in. Whoever was declined pays otherwise sooner than again. */
static void
update_order (BillingPaymentCard *self,
              BillingStatus       status)
{
  static const guint leading[] = { SUBMIT_BUTTON, COLLECT_BUTTON, CAPTURE_BUTTON };
  gboolean has_failed = status == BILLING_STATUS_FAILED;
  gboolean found = FALSE;

  gtk_box_reorder_child_after (self->buttons_box, self->choices[SUBMIT_BUTTON],
                               has_failed ? self->choices[AUTHORISE_BUTTON] : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (leading); i++)
    {
      GtkWidget *button = self->choices[leading[i]];
      gboolean leads = !found && gtk_widget_get_visible (button) && !(has_failed && leading[i] == SUBMIT_BUTTON);

      if (leads)
        gtk_widget_add_css_class (button, "suggested-action");
      else
        gtk_widget_remove_css_class (button, "suggested-action");
      found = found || leads;
    }
}

/* A refund that waits for a second person, and who may let it go. */
static void
update_waiting (BillingPaymentCard *self,
                BillingDossier     *dossier)
{
  BillingRefund *refund = billing_dossier_find_waiting_refund (dossier);
  BillingPerson *person = billing_desk_get_person (billing_dossier_get_desk (dossier));
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->waiting_box, refund != NULL);
  if (refund == NULL)
    return;

  amount = billing_format_money (NULL, refund->amount, refund->currency);
  text = g_strdup_printf (_("A refund of %s waits for a second person."), amount);
  gtk_label_set_label (self->waiting_label, text);
  gtk_widget_set_visible (self->approve_button,
                          billing_verb_is_allowed (BILLING_VERB_REFUND_APPROVE, person->role) &&
                          g_strcmp0 (refund->person, person->account) != 0);
}

static void
update_dispute (BillingPaymentCard *self,
                BillingPayment     *payment)
{
  g_autofree char *text = billing_detail_format_dispute (NULL, payment->dispute);

  gtk_label_set_label (self->dispute_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->dispute_label), *text != '\0');
}

static void
update_status (BillingPaymentCard *self,
               BillingDossier     *dossier)
{
  BillingPayment *payment = billing_dossier_get_payment (dossier);
  g_autofree char *today = billing_desk_get_today (billing_dossier_get_desk (dossier));

  billing_detail_name_button (self->status_button, _("Status"), billing_status_get_label (payment->status));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->patient_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, payment->patient_name, -1);
  gtk_widget_set_visible (self->overdue_label,
                          billing_format_is_overdue (NULL, payment->status, payment->due_on, today));
  gtk_widget_set_visible (self->refund_waiting_label, payment->waiting > 0);
  gtk_widget_set_visible (self->written_off_label, payment->written_off_at != 0);
  update_dispute (self, payment);
  gtk_widget_set_visible (self->lock_label,
                          !billing_verb_is_legal (BILLING_VERB_PAYMENT_EDIT, payment->status));
}

static void
update (BillingPaymentCard *self)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));

  if (billing_dossier_get_payment (dossier) == NULL)
    return;

  update_status (self, dossier);
  update_choices (self, dossier);
  update_order (self, billing_dossier_get_payment (dossier)->status);
  update_waiting (self, dossier);
}

static void
billing_payment_card_dossier_changed (BillingDetailSection *section,
                                      BillingDossier       *dossier)
{
  BillingPaymentCard *self = BILLING_PAYMENT_CARD (section);

  g_signal_group_set_target (self->dossier_signals, dossier);
  update (self);
}

static void
billing_payment_card_dispose (GObject *object)
{
  BillingPaymentCard *self = BILLING_PAYMENT_CARD (object);

  g_clear_object (&self->dossier_signals);

  G_OBJECT_CLASS (billing_payment_card_parent_class)->dispose (object);
}

static void
billing_payment_card_class_init (BillingPaymentCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_payment_card_dispose;
  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_payment_card_dossier_changed;

  g_type_ensure (BILLING_TYPE_INTENT_SECTION);
  g_type_ensure (BILLING_TYPE_LATE_SECTION);
  g_type_ensure (BILLING_TYPE_PAYMENT_FIELDS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/payment-card.ui");
  for (guint i = 0; i < N_CHOICES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, choices[i].child, FALSE,
                                               G_STRUCT_OFFSET (BillingPaymentCard, choices) +
                                               (gssize) (i * sizeof (GtkWidget *)));
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, approve_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, buttons_box);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, dispute_label);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, lock_label);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, overdue_label);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, patient_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, refund_waiting_label);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, status_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentCard, written_off_label);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_lock);
  gtk_widget_class_bind_template_callback (widget_class, billing_format_money);
  gtk_widget_class_bind_template_callback (widget_class, billing_format_status);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
billing_payment_card_init (BillingPaymentCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->dossier_signals = g_signal_group_new (BILLING_TYPE_DOSSIER);
  g_signal_group_connect_swapped (self->dossier_signals, "loaded", G_CALLBACK (update), self);
}

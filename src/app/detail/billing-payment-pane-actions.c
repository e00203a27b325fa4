/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-pane"

#include "config.h"

#include "billing-payment-pane-private.h"

#include <glib/gi18n.h>

#include "billing-authorise-dialog.h"
#include "billing-capture-dialog.h"
#include "billing-collect-dialog.h"
#include "billing-letter-window.h"
#include "billing-payment-dialog.h"
#include "billing-payment-rules.h"
#include "billing-reason-dialog.h"
#include "billing-refund-dialog.h"
#include "billing-undo.h"

/* The actions that use a verb, each as it is named in the menus. */
static const struct {
  const char *action;
  BillingVerb verb;
} verbs[] = {
  { "payment.edit", BILLING_VERB_PAYMENT_EDIT },
  { "payment.submit", BILLING_VERB_PAYMENT_SUBMIT },
  { "payment.fail", BILLING_VERB_PAYMENT_FAIL },
  { "payment.cancel", BILLING_VERB_PAYMENT_CANCEL },
  { "payment.write-off", BILLING_VERB_PAYMENT_WRITE_OFF },
  { "payment.collect", BILLING_VERB_PAYMENT_COLLECT },
  { "payment.link", BILLING_VERB_PAYMENT_LINK },
  { "payment.reverse", BILLING_VERB_PAYMENT_REVERSE },
  { "payment.refund", BILLING_VERB_PAYMENT_REFUND },
  { "payment.authorise", BILLING_VERB_PAYMENT_AUTHORISE },
  { "payment.capture", BILLING_VERB_PAYMENT_CAPTURE },
  { "payment.void", BILLING_VERB_PAYMENT_VOID },
};

static BillingVerb
find_verb (const char *action_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_str_equal (verbs[i].action, action_name))
        return verbs[i].verb;
    }

  return BILLING_VERB_NONE;
}

/* The one that is in sight: nobody acts on what they do not see. */
static BillingPayment *
get_payment (BillingPaymentPane *self)
{
  if (self->dossier == NULL ||
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "payment") != 0)
    return NULL;

  return billing_dossier_get_payment (self->dossier);
}

static void
complain (BillingPaymentPane *self,
          const char         *sentence)
{
  billing_message_bar_set_message (self->message_bar, sentence);
}

/* What was done, in the words of a toast: “PAY-0412 submitted”. */
static char *
describe_done (BillingVerb  verb,
               const char  *number)
{
  switch ((int) verb)
    {
    case BILLING_VERB_PAYMENT_SUBMIT:
      return g_strdup_printf (_("%s submitted"), number);
    case BILLING_VERB_PAYMENT_FAIL:
      return g_strdup_printf (_("%s marked as failed"), number);
    case BILLING_VERB_PAYMENT_CANCEL:
      return g_strdup_printf (_("%s cancelled"), number);
    case BILLING_VERB_PAYMENT_WRITE_OFF:
      return g_strdup_printf (_("%s written off"), number);
    case BILLING_VERB_PAYMENT_REVERSE:
      return g_strdup_printf (_("Collection of %s reversed"), number);
    case BILLING_VERB_REFUND_APPROVE:
      return g_strdup_printf (_("Refund of %s approved"), number);
    case BILLING_VERB_REFUND_DECLINE:
      return g_strdup_printf (_("Refund of %s withdrawn"), number);
    case BILLING_VERB_PAYMENT_VOID:
      return g_strdup_printf (_("Release of %s"), number);
    case BILLING_VERB_OUTBOX_WITHDRAW:
      return g_strdup_printf (_("%s: withdrawn, nothing was sent to Stripe"), number);
    case BILLING_VERB_OUTBOX_CHECK:
      return g_strdup_printf (_("%s: Stripe is asked what became of it"), number);
    default:
      return g_strdup_printf (_("%s changed"), number);
    }
}

/* An act on its way, and what to say when it is done. */
typedef struct {
  BillingPaymentPane *pane; /* (owned) */
  BillingAct *act; /* (owned) */
  char *toast; /* (owned) */
} BillingErrand;

static void
errand_free (BillingErrand *errand)
{
  g_object_unref (errand->pane);
  g_object_unref (errand->act);
  g_free (errand->toast);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingErrand, errand_free)

/* What waits for Stripe is sent at once where that can be; the window knows whether it can. */
static void
tell_window (BillingErrand *errand)
{
  GtkWidget *pane = GTK_WIDGET (errand->pane);
  BillingVerb verb = errand->act->verb;
  g_autoptr (BillingAct) undo = billing_act_build_undo (errand->act);

  if (verb == BILLING_VERB_PAYMENT_VOID)
    gtk_widget_activate_action (pane, "win.toast-sent", "s", errand->toast);
  else if (errand->pane->desk != NULL)
    billing_undo_tell (pane, errand->pane->desk, errand->toast, undo);
  if (verb == BILLING_VERB_OUTBOX_CHECK || verb == BILLING_VERB_REFUND_APPROVE)
    gtk_widget_activate_action (pane, "win.sync-now", NULL);
}

static void
act_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (BillingErrand) errand = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    tell_window (errand);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    complain (errand->pane, error->message);
}

static void
act (BillingPaymentPane *self,
     BillingVerb         verb,
     const char         *subject,
     const char         *number,
     const char         *reason)
{
  g_autoptr (BillingAct) what = billing_act_new (verb, subject);
  BillingErrand *errand = g_new0 (BillingErrand, 1);

  if (reason != NULL && *reason != '\0')
    g_object_set (what, "notes", reason, NULL);

  complain (self, NULL);
  errand->pane = g_object_ref (self);
  errand->act = g_object_ref (what);
  errand->toast = describe_done (verb, number);
  billing_desk_do_async (self->desk, what, self->acting, act_cb, errand);
}

/* What the reason dialog was opened for: the payment shown may be another one when it closes. */
typedef struct {
  BillingPaymentPane *pane; /* (owned) */
  BillingVerb verb;
  char *id; /* (owned) */
  char *number; /* (owned) */
} BillingQuestion;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  BillingQuestion *question = data;

  g_object_unref (question->pane);
  g_free (question->id);
  g_free (question->number);
  g_free (question);
}

static void
reason_response_cb (BillingReasonDialog *dialog,
                    const char          *response,
                    gpointer             user_data)
{
  BillingQuestion *question = user_data;
  g_autofree char *reason = NULL;

  if (!g_str_equal (response, "do") || question->pane->desk == NULL)
    return;

  reason = billing_reason_dialog_dup_reason (dialog);
  act (question->pane, question->verb, question->id, question->number, reason);
}

static void
present (BillingPaymentPane *self,
         GtkWindow          *dialog)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (dialog);
}

static void
ask (BillingPaymentPane *self,
     BillingVerb         verb,
     BillingPayment     *payment)
{
  AdwMessageDialog *dialog = billing_reason_dialog_new (verb, payment);
  BillingQuestion *question = g_new0 (BillingQuestion, 1);

  question->pane = g_object_ref (self);
  question->verb = verb;
  question->id = g_strdup (billing_record_get_id (BILLING_RECORD (payment)));
  question->number = g_strdup (payment->number);

  g_signal_connect_data (dialog, "response", G_CALLBACK (reason_response_cb), question, question_free, 0);
  present (self, GTK_WINDOW (dialog));
}

static void
verb_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingPaymentPane *self = BILLING_PAYMENT_PANE (widget);
  BillingPayment *payment = get_payment (self);
  BillingVerb verb = find_verb (action_name);

  /* The action is enabled only with a payment. */
  g_return_if_fail (payment != NULL);

  switch ((int) verb)
    {
    case BILLING_VERB_PAYMENT_EDIT:
      present (self, GTK_WINDOW (billing_payment_dialog_new_edit (self->desk, payment)));
      break;
    case BILLING_VERB_PAYMENT_COLLECT:
      present (self, billing_collect_dialog_new (self->desk, payment,
                                                 billing_patient_get_free_credit (billing_dossier_get_patient (self->dossier))));
      break;
    case BILLING_VERB_PAYMENT_LINK:
      billing_link_section_make (self->link_section);
      break;
    case BILLING_VERB_PAYMENT_AUTHORISE:
      present (self, billing_authorise_dialog_new (self->desk, payment));
      break;
    case BILLING_VERB_PAYMENT_CAPTURE:
      present (self, billing_capture_dialog_new (self->desk, payment));
      break;
    case BILLING_VERB_PAYMENT_REFUND:
      present (self, billing_refund_dialog_new (self->desk, payment));
      break;
    /* Why is worth asking; a plain cancellation is undone from its toast. */
    case BILLING_VERB_PAYMENT_WRITE_OFF:
    case BILLING_VERB_PAYMENT_REVERSE:
    case BILLING_VERB_PAYMENT_VOID:
      ask (self, verb, payment);
      break;
    default:
      act (self, verb, billing_record_get_id (BILLING_RECORD (payment)), payment->number, NULL);
    }
}

static void
approve_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BillingPaymentPane *self = BILLING_PAYMENT_PANE (widget);
  BillingPayment *payment = get_payment (self);
  BillingRefund *refund = payment != NULL ? billing_dossier_find_waiting_refund (self->dossier) : NULL;
  BillingVerb verb = g_str_has_suffix (action_name, "approve") ? BILLING_VERB_REFUND_APPROVE : BILLING_VERB_REFUND_DECLINE;

  if (refund != NULL)
    act (self, verb, billing_record_get_id (BILLING_RECORD (refund)), payment->number, NULL);
}

/* Both by the id of what waits in the queue. */
static void
intent_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingPaymentPane *self = BILLING_PAYMENT_PANE (widget);
  BillingPayment *payment = get_payment (self);
  BillingVerb verb = g_str_has_suffix (action_name, "check") ? BILLING_VERB_OUTBOX_CHECK : BILLING_VERB_OUTBOX_WITHDRAW;

  if (payment != NULL)
    act (self, verb, g_variant_get_string (parameter, NULL), payment->number, NULL);
}

static void
page_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingPaymentPane *self = BILLING_PAYMENT_PANE (widget);
  const char *page = get_payment (self) != NULL ? billing_dossier_get_page (self->dossier, NULL) : NULL;

  if (page == NULL)
    return;

  if (g_str_equal (action_name, "payment.open-page"))
    {
      gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), page, GDK_CURRENT_TIME);
      return;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), page);
  gtk_widget_activate_action (widget, "win.toast", "s", _("Link copied"));
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingPayment *payment = get_payment (BILLING_PAYMENT_PANE (widget));

  g_return_if_fail (payment != NULL);

  if (g_str_equal (action_name, "payment.show-patient"))
    gtk_widget_activate_action (widget, "win.show-patient", "s", payment->patient_id);
  else if (g_str_equal (action_name, "payment.show-invoice"))
    gtk_widget_activate_action (widget, "win.show-invoice", "s", payment->invoice_id);
  else
    gtk_widget_activate_action (widget, "win.show-treatment", "s", payment->treatment_id);
}

static void
receipt_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BillingPaymentPane *self = BILLING_PAYMENT_PANE (widget);
  BillingPayment *payment = get_payment (self);
  g_autoptr (BillingAct) act = NULL;

  if (payment == NULL)
    return;

  act = billing_act_new (BILLING_VERB_PAYMENT_RECEIPT, billing_record_get_id (BILLING_RECORD (payment)));
  present (self, billing_letter_window_new (self->desk, act, 1));
}

static void
copy_number_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BillingPayment *payment = get_payment (BILLING_PAYMENT_PANE (widget));

  g_return_if_fail (payment != NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), payment->number);
}

static void
complain_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  const char *sentence = g_variant_get_string (parameter, NULL);

  complain (BILLING_PAYMENT_PANE (widget), *sentence != '\0' ? sentence : NULL);
}

void
_billing_payment_pane_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_class_install_action (widget_class, verbs[i].action, NULL, verb_action);

  gtk_widget_class_install_action (widget_class, "payment.approve", NULL, approve_action);
  gtk_widget_class_install_action (widget_class, "payment.decline", NULL, approve_action);
  gtk_widget_class_install_action (widget_class, "payment.check", "s", intent_action);
  gtk_widget_class_install_action (widget_class, "payment.withdraw", "s", intent_action);
  gtk_widget_class_install_action (widget_class, "payment.copy-page", NULL, page_action);
  gtk_widget_class_install_action (widget_class, "payment.open-page", NULL, page_action);
  gtk_widget_class_install_action (widget_class, "payment.copy-number", NULL, copy_number_action);
  gtk_widget_class_install_action (widget_class, "payment.receipt", NULL, receipt_action);
  gtk_widget_class_install_action (widget_class, "payment.show-invoice", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "payment.show-patient", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "payment.show-treatment", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "pane.complain", "s", complain_action);
}

/* Everything that can be done from here, in one place. */
void
_billing_payment_pane_update_actions (BillingPaymentPane *self)
{
  BillingPayment *payment = get_payment (self);
  GtkWidget *widget = GTK_WIDGET (self);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_action_set_enabled (widget, verbs[i].action,
                                   payment != NULL &&
                                   billing_payment_rules_is_offered (verbs[i].verb, self->dossier) &&
                                   billing_desk_may (self->desk, verbs[i].verb));

  gtk_widget_action_set_enabled (widget, "payment.approve",
                                 payment != NULL &&
                                 billing_desk_may (self->desk, BILLING_VERB_REFUND_APPROVE));
  gtk_widget_action_set_enabled (widget, "payment.decline",
                                 payment != NULL &&
                                 billing_desk_may (self->desk, BILLING_VERB_REFUND_DECLINE));
  gtk_widget_action_set_enabled (widget, "payment.check",
                                 payment != NULL && billing_desk_may (self->desk, BILLING_VERB_OUTBOX_CHECK));
  gtk_widget_action_set_enabled (widget, "payment.withdraw",
                                 payment != NULL && billing_desk_may (self->desk, BILLING_VERB_OUTBOX_WITHDRAW));
  gtk_widget_action_set_enabled (widget, "payment.copy-number", payment != NULL);
  gtk_widget_action_set_enabled (widget, "payment.receipt",
                                 payment != NULL && billing_desk_may (self->desk, BILLING_VERB_PAYMENT_RECEIPT));
  gtk_widget_action_set_enabled (widget, "payment.show-invoice", payment != NULL && payment->invoice_id != NULL);
  gtk_widget_action_set_enabled (widget, "payment.show-patient", payment != NULL);
  gtk_widget_action_set_enabled (widget, "payment.show-treatment",
                                 payment != NULL && payment->treatment_id != NULL);
}

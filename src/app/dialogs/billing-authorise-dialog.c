/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-authorise-dialog"

#include "config.h"

#include "billing-authorise-dialog.h"

#include <glib/gi18n.h>

#include "billing-format.h"

/* How the patient pays, by Stripe's words; the last one is there in live mode too. */
enum { VISA, DECLINED, INSUFFICIENT_FUNDS, AUTHENTICATION, PAGE, N_METHODS };

static const struct {
  const char *child;
  const char *method;
} methods[N_METHODS] = {
  [VISA] = { "visa_button", "pm_card_visa" },
  [DECLINED] = { "declined_button", "pm_card_visa_chargeDeclined" },
  [INSUFFICIENT_FUNDS] = { "funds_button", "pm_card_visa_chargeDeclinedInsufficientFunds" },
  [AUTHENTICATION] = { "authentication_button", "pm_card_authenticationRequired" },
  [PAGE] = { "page_button", "page" },
};

struct _BillingAuthoriseDialog {
  BillingDialog parent_instance;

  /* Template widgets */
  GtkLabel *subject_label; /* (not owned) */
  GtkWidget *methods_group; /* (not owned) */
  GtkCheckButton *buttons[N_METHODS]; /* (not owned) */
  GtkLabel *outcome_label; /* (not owned) */
  GtkButton *authorise_button; /* (not owned) */

  BillingPayment *payment; /* (owned) (nullable): as it was when the dialog was opened */
};

G_DEFINE_FINAL_TYPE (BillingAuthoriseDialog, billing_authorise_dialog, BILLING_TYPE_DIALOG)

static guint
get_method (BillingAuthoriseDialog *self)
{
  for (guint i = 0; i < PAGE; i++)
    {
      if (gtk_check_button_get_active (self->buttons[i]))
        return i;
    }

  return PAGE;
}

static char *
describe_outcome (BillingAuthoriseDialog *self,
                  guint                   method)
{
  g_autofree char *amount = billing_format_money (NULL, self->payment->amount,
                                                  self->payment->currency);

  switch (method)
    {
    case VISA:
      return g_strdup_printf (_("%s is held on the card until you capture or void it."), amount);
    case PAGE:
      /* Translators: a number of a payment, an amount */
      return g_strdup_printf (_("Stripe makes a page for %s, on which the patient enters a card "
                                "in the browser. When that is done, %s is held until you capture "
                                "or void it."), self->payment->number, amount);
    case AUTHENTICATION:
      return g_strdup (_("The card’s bank asks who pays, which only the patient can answer: "
                         "nothing is held."));
    default:
      return g_strdup (_("Stripe says why, and nothing is held."));
    }
}

/* Says what will happen. */
static void
update (BillingAuthoriseDialog *self)
{
  guint method = get_method (self);
  g_autofree char *text = NULL;

  if (self->payment == NULL)
    return;

  text = describe_outcome (self, method);
  gtk_label_set_label (self->outcome_label, text);
  gtk_button_set_label (self->authorise_button, method == PAGE ? _("Make Page") : _("Authorise"));
}

static void
do_clicked_cb (BillingAuthoriseDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_AUTHORISE,
                                                billing_record_get_id (BILLING_RECORD (self->payment)));

  g_object_set (act, "method", methods[get_method (self)].method, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
billing_authorise_dialog_done (BillingDialog *dialog,
                               BillingAct    *act)
{
  BillingAuthoriseDialog *self = BILLING_AUTHORISE_DIALOG (dialog);
  g_autofree char *text = NULL;

  /* Translators: a number of a payment */
  text = g_strdup_printf (g_str_equal (act->method, methods[PAGE].method) ? _("Payment page of %s") : _("Authorisation of %s"),
                          self->payment->number);
  billing_dialog_tell_window (dialog, "win.toast-sent", text);
}

static void
fill_in (BillingAuthoriseDialog *self)
{
  g_autofree char *amount = billing_format_money (NULL, self->payment->amount,
                                                  self->payment->currency);
  g_autofree char *subject = g_strdup_printf ("%s · \u2068%s\u2069 · %s", self->payment->number,
                                              self->payment->patient_name, amount);
  gboolean is_live = billing_dialog_get_practice (BILLING_DIALOG (self))->stripe_live;

  gtk_label_set_label (self->subject_label, subject);
  /* Real cards are nothing for a clinic's computer. */
  gtk_widget_set_visible (self->methods_group, !is_live);
  if (is_live)
    gtk_check_button_set_active (self->buttons[PAGE], TRUE);
  update (self);
}

static void
billing_authorise_dialog_finalize (GObject *object)
{
  BillingAuthoriseDialog *self = BILLING_AUTHORISE_DIALOG (object);

  g_clear_object (&self->payment);

  G_OBJECT_CLASS (billing_authorise_dialog_parent_class)->finalize (object);
}

static void
billing_authorise_dialog_class_init (BillingAuthoriseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_authorise_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = billing_authorise_dialog_done;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/authorise-dialog.ui");
  for (guint i = 0; i < N_METHODS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, methods[i].child, FALSE,
                                               G_STRUCT_OFFSET (BillingAuthoriseDialog, buttons) +
                                               (gssize) (i * sizeof (GtkCheckButton *)));
  gtk_widget_class_bind_template_child (widget_class, BillingAuthoriseDialog, authorise_button);
  gtk_widget_class_bind_template_child (widget_class, BillingAuthoriseDialog, methods_group);
  gtk_widget_class_bind_template_child (widget_class, BillingAuthoriseDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingAuthoriseDialog, subject_label);
  gtk_widget_class_bind_template_callback (widget_class, do_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_authorise_dialog_init (BillingAuthoriseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_authorise_dialog_new:
 * @desk: whose practice, connected to Stripe
 * @payment: what is to be authorised; copied
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_authorise_dialog_new (BillingDesk    *desk,
                              BillingPayment *payment)
{
  BillingAuthoriseDialog *self = g_object_new (BILLING_TYPE_AUTHORISE_DIALOG, "desk", desk, NULL);

  self->payment = billing_payment_new ();
  billing_record_copy (BILLING_RECORD (self->payment), BILLING_RECORD (payment));
  fill_in (self);

  return GTK_WINDOW (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-refund-dialog"

#include "config.h"

#include "billing-refund-dialog.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-entry.h"
#include "billing-field-row.h"
#include "billing-format.h"
#include "billing-money-row.h"
#include "billing-payment-rules.h"
#include "billing-problem-row.h"
#include "billing-read.h"
#include "billing-refund-result.h"
#include "billing-report.h"
#include "billing-status.h"
#include "billing-stripe-records.h"

/* The steps, in their order; what became of it comes after them. */
static const char * const steps[] = { "amount", "reason", "summary" };

/* How money goes back; the tender by which it came in stands first. */
static const BillingTender tenders[] = {
  BILLING_TENDER_CASH,
  BILLING_TENDER_CHEQUE,
  BILLING_TENDER_CARD,
  BILLING_TENDER_BANK,
  BILLING_TENDER_CREDIT,
};

#define N_REASONS BILLING_REFUND_REASON_OTHER

struct _BillingRefundDialog {
  BillingDialog parent_instance;

  /* Template widgets */
  GtkLabel *subject_label; /* (not owned) */
  GtkLabel *step_label; /* (not owned) */
  GtkStack *stack; /* (not owned) */
  GtkWidget *back_button; /* (not owned) */
  GtkWidget *next_button; /* (not owned) */
  GtkWidget *confirm_button; /* (not owned) */
  GtkWidget *close_button; /* (not owned) */
  BillingRefundResult *result; /* (not owned) */
  AdwActionRow *full_row; /* (not owned) */
  GtkCheckButton *full_button; /* (not owned) */
  AdwActionRow *partial_row; /* (not owned) */
  GtkCheckButton *partial_button; /* (not owned) */
  BillingMoneyRow *amount_row; /* (not owned) */
  BillingProblemRow *amount_problem; /* (not owned) */
  GtkCheckButton *reasons[N_REASONS]; /* (not owned) */
  BillingProblemRow *reason_problem; /* (not owned) */
  AdwEntryRow *notes_row; /* (not owned) */
  AdwComboRow *tender_row; /* (not owned) */
  AdwEntryRow *reference_row; /* (not owned) */
  BillingFieldRow *summary_amount; /* (not owned) */
  BillingFieldRow *summary_tender; /* (not owned) */
  BillingFieldRow *summary_reason; /* (not owned) */
  BillingFieldRow *summary_notes; /* (not owned) */
  BillingFieldRow *summary_left; /* (not owned) */
  BillingFieldRow *summary_status; /* (not owned) */
  GtkLabel *limit_label; /* (not owned) */
  GtkWidget *stripe_row; /* (not owned) */
  BillingFieldRow *summary_source; /* (not owned) */
  BillingFieldRow *summary_fee; /* (not owned) */

  BillingPayment *payment; /* (owned): as it was when the dialog was opened */
  gint64 fee; /* minor units that Stripe kept of the payment; 0: not known */
  GArray *tenders; /* (owned) (element-type BillingTender): in the order of the row */
  guint step;
};

static const char * const reason_children[N_REASONS] = {
  "patient_request_button",
  "billing_error_button",
  "service_not_rendered_button",
  "duplicate_charge_button",
  "insurance_adjustment_button",
  "other_button",
};

G_DEFINE_FINAL_TYPE (BillingRefundDialog, billing_refund_dialog, BILLING_TYPE_DIALOG)

static BillingRefundReason
get_reason (BillingRefundDialog *self)
{
  for (guint i = 0; i < N_REASONS; i++)
    {
      if (gtk_check_button_get_active (self->reasons[i]))
        return BILLING_REFUND_REASON_PATIENT_REQUEST + i;
    }

  return BILLING_REFUND_REASON_NONE;
}

/* What Stripe collected goes back by Stripe, to the card that it came from: nobody chooses. */
static gboolean
is_by_stripe (BillingRefundDialog *self)
{
  return self->payment->tender == BILLING_TENDER_STRIPE;
}

static BillingTender
get_tender (BillingRefundDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->tender_row);

  return selected < self->tenders->len ? g_array_index (self->tenders, BillingTender, selected)
                                       : BILLING_TENDER_NONE;
}

static gboolean
get_amount (BillingRefundDialog  *self,
            gint64               *amount,
            GError              **error)
{
  gint64 most = billing_payment_rules_get_refundable (self->payment);
  g_autofree char *text = NULL;

  *amount = most;
  if (gtk_check_button_get_active (self->full_button))
    return TRUE;

  if (!billing_money_row_get_amount (self->amount_row, amount, error))
    return FALSE;
  if (*amount <= most)
    return TRUE;

  text = billing_format_money (NULL, most, self->payment->currency);
  /* Translators: an amount */
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("No more than %s of this payment can be refunded."), text);
  return FALSE;
}

static void
show_step (BillingRefundDialog *self,
           guint                step)
{
  gboolean last = step == G_N_ELEMENTS (steps) - 1;
  g_autofree char *text = g_strdup_printf (_("Step %u of %u"), step + 1, (guint) G_N_ELEMENTS (steps));

  self->step = step;
  gtk_stack_set_visible_child_name (self->stack, steps[step]);
  gtk_label_set_label (self->step_label, text);
  gtk_widget_set_visible (self->back_button, step > 0);
  gtk_widget_set_visible (self->next_button, !last);
  gtk_widget_set_visible (self->confirm_button, last);
  gtk_window_set_default_widget (GTK_WINDOW (self), last ? self->confirm_button : self->next_button);

  /* The keyboard goes on where the step begins. */
  if (step == 1)
    gtk_widget_grab_focus (GTK_WIDGET (self->reasons[0]));
  else if (last)
    gtk_widget_grab_focus (self->confirm_button);
}

/* While the amount is written: what it leaves, or what is wrong with it. */
static void
update_amount (BillingRefundDialog *self)
{
  gboolean partial = gtk_check_button_get_active (self->partial_button);
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;
  g_autofree char *text = NULL;
  gint64 amount;

  if (self->payment == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->amount_row), partial);
  billing_problem_row_set_message (self->amount_problem, NULL);

  if (partial && get_amount (self, &amount, &error))
    {
      left = billing_format_money (NULL, billing_payment_rules_get_refundable (self->payment) - amount,
                                   self->payment->currency);
      /* Translators: what stays collected after a part was refunded */
      text = g_strdup_printf (_("leaves %s"), left);
    }
  else if (partial && *gtk_editable_get_text (GTK_EDITABLE (self->amount_row)) != '\0')
    billing_problem_row_set_message (self->amount_problem, error->message);

  adw_action_row_set_subtitle (self->partial_row, text != NULL ? text : "");
}

static void
kind_toggled_cb (BillingRefundDialog *self)
{
  update_amount (self);
  if (gtk_check_button_get_active (self->partial_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
}

static void
reason_toggled_cb (BillingRefundDialog *self)
{
  billing_problem_row_set_message (self->reason_problem, NULL);
}

static void
show_limit (BillingRefundDialog *self,
            gint64               amount)
{
  gint64 limit = billing_dialog_get_practice (BILLING_DIALOG (self))->refund_limit;
  g_autofree char *text = NULL;
  g_autofree char *sentence = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->limit_label), limit > 0 && amount > limit);
  if (limit <= 0 || amount <= limit)
    return;

  text = billing_format_money (NULL, limit, self->payment->currency);
  sentence = g_strdup_printf (_("Refunds of more than %s wait until a second person approves them."), text);
  gtk_label_set_label (self->limit_label, sentence);
}

static const char *
get_way_back (BillingRefundDialog *self)
{
  return is_by_stripe (self) ? _("Stripe, to the patient’s card") : billing_tender_get_label (get_tender (self));
}

/* What Stripe can pay out now, in the payment's currency. */
static gboolean
find_balance (BillingRefundDialog *self,
              gint64              *available)
{
  BillingDesk *desk = billing_dialog_get_desk (BILLING_DIALOG (self));
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "charges");
  g_autoptr (GPtrArray) lines = billing_desk_report (desk, "stripe-balance", query, NULL);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      BillingReportLine *line = lines->pdata[i];

      *available = line->amount;
      if (g_str_equal (line->name, "available") && g_strcmp0 (line->currency, self->payment->currency) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What the refund does at Stripe. A balance that does not suffice is Stripe's to fill, from what comes in next. */
static void
show_stripe_summary (BillingRefundDialog *self,
                     gint64               amount)
{
  const char *currency = self->payment->currency;
  g_autofree char *fee = self->fee > 0 ? billing_format_money (NULL, self->fee, currency) : NULL;
  g_autofree char *kept = NULL;
  g_autofree char *source = NULL;
  gint64 available;

  if (fee != NULL)
    {
      /* Translators: Stripe's fee, an amount */
      kept = g_strdup_printf (_("%s is not returned"), fee);
      billing_field_row_set_value (self->summary_fee, kept);
    }
  if (find_balance (self, &available))
    {
      g_autofree char *before = billing_format_money (NULL, available, currency);
      g_autofree char *after = billing_format_money (NULL, available - amount, currency);

      /* Translators: the amount that is available at Stripe, before and after the refund */
      source = g_strdup_printf (_("The Stripe balance: %s, then %s"), before, after);
      billing_field_row_set_value (self->summary_source, source);
    }
}

static void
show_summary (BillingRefundDialog *self,
              gint64               amount)
{
  BillingPayment *payment = self->payment;
  gint64 left = billing_payment_rules_get_refundable (payment) - amount;
  gboolean whole = payment->refunded + amount == payment->collected;
  g_autofree char *amount_text = billing_format_money (NULL, amount, payment->currency);
  g_autofree char *left_text = billing_format_money (NULL, left, payment->currency);
  g_autofree char *notes = billing_entry_row_dup_text (self->notes_row);

  billing_field_row_set_value (self->summary_amount, amount_text);
  billing_field_row_set_value (self->summary_tender, get_way_back (self));
  billing_field_row_set_value (self->summary_reason, billing_refund_reason_get_label (get_reason (self)));
  billing_field_row_set_value (self->summary_notes, notes);
  billing_field_row_set_value (self->summary_left, left_text);
  billing_field_row_set_value (self->summary_status,
                               billing_status_get_label (whole ? BILLING_STATUS_REFUNDED
                                                               : BILLING_STATUS_PARTIALLY_REFUNDED));
  if (is_by_stripe (self))
    show_stripe_summary (self, amount);
  show_limit (self, amount);
}

static void
next_clicked_cb (BillingRefundDialog *self)
{
  g_autoptr (GError) error = NULL;
  gint64 amount;

  if (!get_amount (self, &amount, &error))
    {
      billing_problem_row_set_message (self->amount_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
      return;
    }

  if (self->step == 1 && get_reason (self) == BILLING_REFUND_REASON_NONE)
    {
      billing_problem_row_set_message (self->reason_problem, _("Choose a reason."));
      return;
    }

  if (self->step == 1)
    show_summary (self, amount);
  show_step (self, self->step + 1);
}

/* The choice that a key is pressed on: the keyboard stands on a row, or on the button in it. */
static GtkWidget *
find_choice (BillingRefundDialog *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (ADW_IS_ACTION_ROW (focus))
    focus = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (focus));

  return GTK_IS_CHECK_BUTTON (focus) ? focus : NULL;
}

/* Enter chooses, and goes on where that is chosen already. */
static gboolean
key_pressed_cb (BillingRefundDialog *self,
                guint                key,
                guint                code,
                GdkModifierType      modifiers)
{
  GtkWidget *choice = find_choice (self);

  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || choice == NULL)
    return GDK_EVENT_PROPAGATE;

  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (choice)))
    next_clicked_cb (self);
  else
    gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  return GDK_EVENT_STOP;
}

static void
back_clicked_cb (BillingRefundDialog *self)
{
  show_step (self, self->step - 1);
}

static void
confirm_clicked_cb (BillingRefundDialog *self)
{
  g_autoptr (BillingAct) act = NULL;
  g_autofree char *notes = billing_entry_row_dup_text (self->notes_row);
  g_autofree char *reference = billing_entry_row_dup_text (self->reference_row);
  gint64 amount;

  if (!get_amount (self, &amount, NULL))
    return;

  act = billing_act_new (BILLING_VERB_PAYMENT_REFUND,
                         billing_record_get_id (BILLING_RECORD (self->payment)));
  g_object_set (act,
                "has-amount", TRUE,
                "amount", amount,
                "reason", get_reason (self),
                "tender", is_by_stripe (self) ? BILLING_TENDER_STRIPE : get_tender (self),
                "notes", *notes != '\0' ? notes : NULL,
                "reference", *reference != '\0' ? reference : NULL,
                NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static gboolean
billing_refund_dialog_is_changed (BillingDialog *dialog)
{
  BillingRefundDialog *self = BILLING_REFUND_DIALOG (dialog);

  return *gtk_editable_get_text (GTK_EDITABLE (self->notes_row)) != '\0' ||
         *gtk_editable_get_text (GTK_EDITABLE (self->amount_row)) != '\0';
}

/* What is not over with the click is followed where it was asked for. */
static void
show_result (BillingRefundDialog *self,
             BillingAct          *act)
{
  g_autofree char *subject = g_strdup_printf ("%s · \u2068%s\u2069", self->payment->number, self->payment->patient_name);

  gtk_label_set_label (self->subject_label, subject); /* its status may be another one now */
  gtk_label_set_label (self->step_label, "");
  gtk_stack_set_visible_child_name (self->stack, "result");
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_widget_set_visible (self->confirm_button, FALSE);
  gtk_widget_set_visible (self->close_button, TRUE);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->close_button);
  gtk_widget_grab_focus (self->close_button);
  billing_refund_result_follow (self->result, billing_dialog_get_desk (BILLING_DIALOG (self)),
                                billing_record_get_id (BILLING_RECORD (self->payment)), act->result);
}

static gboolean
waits_for_person (BillingRefundDialog *self,
                  gint64               amount)
{
  gint64 limit = billing_dialog_get_practice (BILLING_DIALOG (self))->refund_limit;

  return limit > 0 && amount > limit;
}

static gboolean
billing_refund_dialog_stays (BillingDialog *dialog,
                             BillingAct    *act)
{
  BillingRefundDialog *self = BILLING_REFUND_DIALOG (dialog);

  return is_by_stripe (self) || waits_for_person (self, act->amount);
}

static void
billing_refund_dialog_done (BillingDialog *dialog,
                            BillingAct    *act)
{
  BillingRefundDialog *self = BILLING_REFUND_DIALOG (dialog);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *amount = billing_format_money (NULL, act->amount, self->payment->currency);
  g_autofree char *toast = NULL;

  /* Where the dialog goes on telling, a toast beside it would say it twice. */
  if (billing_refund_dialog_stays (dialog, act))
    {
      if (parent != NULL && is_by_stripe (self) && !waits_for_person (self, act->amount))
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.sync-now", NULL);
      show_result (self, act);
    }
  else
    {
      toast = g_strdup_printf (_("%s of %s refunded"), amount, self->payment->number);
      billing_dialog_tell_window (dialog, "win.toast", toast);
    }
}

static void
fill_tenders (BillingRefundDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tenders); i++)
    {
      if (tenders[i] == self->payment->tender)
        g_array_prepend_val (self->tenders, tenders[i]);
      else
        g_array_append_val (self->tenders, tenders[i]);
    }

  for (guint i = 0; i < self->tenders->len; i++)
    gtk_string_list_append (model, billing_tender_get_label (g_array_index (self->tenders, BillingTender, i)));

  adw_combo_row_set_model (self->tender_row, G_LIST_MODEL (model));
}

/* Where the charge is not known yet, the summary says no amount. */
static void
charge_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BillingRefundDialog *self = user_data;
  g_autoptr (GPtrArray) charges = billing_read_finish (BILLING_STORE (object), result, NULL);

  if (charges != NULL)
    self->fee = BILLING_CHARGE (charges->pdata[0])->fee;
}

/* The summary says what Stripe does; there is nothing to be chosen or noted. */
static void
show_stripe (BillingRefundDialog *self)
{
  gboolean is_stripe = is_by_stripe (self);

  gtk_widget_set_visible (GTK_WIDGET (self->tender_row), !is_stripe);
  gtk_widget_set_visible (GTK_WIDGET (self->reference_row), !is_stripe);
  gtk_widget_set_visible (self->stripe_row, is_stripe);
  gtk_widget_set_visible (GTK_WIDGET (self->summary_source), is_stripe);
  gtk_widget_set_visible (GTK_WIDGET (self->summary_fee), is_stripe);
  if (is_stripe)
    billing_read_record_async (billing_desk_get_store (billing_dialog_get_desk (BILLING_DIALOG (self))),
                               BILLING_TYPE_CHARGE, self->payment->reference,
                               billing_dialog_get_cancellable (BILLING_DIALOG (self)), charge_cb, self);
}

static void
fill_in (BillingRefundDialog *self)
{
  BillingPayment *payment = self->payment;
  g_autofree char *amount = billing_format_money (NULL, payment->amount, payment->currency);
  g_autofree char *most = billing_format_money (NULL, billing_payment_rules_get_refundable (payment),
                                                payment->currency);
  g_autofree char *subject = g_strdup_printf ("%s · \u2068%s\u2069 · %s · %s", payment->number, payment->patient_name,
                                              amount, billing_status_get_label (payment->status));
  /* Translators: what of a payment can still be refunded */
  g_autofree char *remaining = g_strdup_printf (_("%s remaining"), most);

  gtk_label_set_label (self->subject_label, subject);
  adw_action_row_set_subtitle (self->full_row, remaining);
  billing_money_row_set_currency (self->amount_row, payment->currency);
  fill_tenders (self);
  show_stripe (self);
  update_amount (self);
  show_step (self, 0);
}

static void
billing_refund_dialog_finalize (GObject *object)
{
  BillingRefundDialog *self = BILLING_REFUND_DIALOG (object);

  g_clear_object (&self->payment);
  g_array_unref (self->tenders);

  G_OBJECT_CLASS (billing_refund_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < N_REASONS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, reason_children[i], FALSE,
                                               G_STRUCT_OFFSET (BillingRefundDialog, reasons) +
                                               (gssize) (i * sizeof (GtkCheckButton *)));
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, amount_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, full_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, full_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, limit_label);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, next_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, notes_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, partial_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, partial_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, reason_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, reference_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, result);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, step_label);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, subject_label);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, stripe_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, summary_amount);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, summary_fee);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, summary_left);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, summary_notes);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, summary_reason);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, summary_source);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, summary_status);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, summary_tender);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundDialog, tender_row);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_amount);
}

static void
billing_refund_dialog_class_init (BillingRefundDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_refund_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->is_changed = billing_refund_dialog_is_changed;
  BILLING_DIALOG_CLASS (klass)->done = billing_refund_dialog_done;
  BILLING_DIALOG_CLASS (klass)->stays = billing_refund_dialog_stays;

  g_type_ensure (BILLING_TYPE_FIELD_ROW);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  g_type_ensure (BILLING_TYPE_REFUND_RESULT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/refund-dialog.ui");
  bind_template (widget_class);
}

static void
billing_refund_dialog_init (BillingRefundDialog *self)
{
  self->tenders = g_array_new (FALSE, FALSE, sizeof (BillingTender));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_refund_dialog_new:
 * @desk: whose practice
 * @payment: of which money goes back; copied
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_refund_dialog_new (BillingDesk    *desk,
                           BillingPayment *payment)
{
  BillingRefundDialog *self = g_object_new (BILLING_TYPE_REFUND_DIALOG, "desk", desk, NULL);

  self->payment = billing_payment_new ();
  billing_record_copy (BILLING_RECORD (self->payment), BILLING_RECORD (payment));
  fill_in (self);

  return GTK_WINDOW (self);
}

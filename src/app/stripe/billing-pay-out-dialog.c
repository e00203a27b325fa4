/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-pay-out-dialog"

#include "config.h"

#include "billing-pay-out-dialog.h"

#include <glib/gi18n.h>

#include "billing-desk-payouts.h"
#include "billing-format.h"
#include "billing-message-bar.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"

struct _BillingPayOutDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwComboRow *currency_row;
  BillingMoneyRow *amount_row;
  BillingProblemRow *amount_problem;
  AdwComboRow *method_row;
  GtkLabel *outcome_label;
  GtkLabel *schedule_label;
  GtkWidget *pay_out_button;

  BillingPayoutOutlook *outlook; /* (owned) (nullable): NULL where it could not be read */
};

G_DEFINE_FINAL_TYPE (BillingPayOutDialog, billing_pay_out_dialog, BILLING_TYPE_DIALOG)

static BillingPayoutBalance *
get_balance (BillingPayOutDialog *self)
{
  guint i = adw_combo_row_get_selected (self->currency_row);

  return self->outlook != NULL && i < self->outlook->balances->len
           ? &g_array_index (self->outlook->balances, BillingPayoutBalance, i) : NULL;
}

static gboolean
is_instant (BillingPayOutDialog *self)
{
  return adw_combo_row_get_selected (self->method_row) == 1;
}

static gint64
get_limit (BillingPayOutDialog  *self,
           BillingPayoutBalance *balance)
{
  return MAX (is_instant (self) ? balance->instant : balance->available, 0);
}

static char *
describe (BillingPayOutDialog  *self,
          BillingPayoutBalance *balance,
          gint64                amount)
{
  g_autofree char *sum = billing_format_money (NULL, amount, balance->currency);
  g_autofree char *rest = billing_format_money (NULL, balance->available - amount, balance->currency);

  if (is_instant (self))
    return g_strdup_printf (_("%s goes to the bank within minutes. Stripe takes a fee for that, by its price list, from the balance."),
                            sum);

  return g_strdup_printf (_("%s goes to the bank, which takes some working days and costs nothing. %s stays available at Stripe."),
                          sum, rest);
}

/* Says what will happen, or what is wrong with the amount while it is written. */
static void
update (BillingPayOutDialog *self)
{
  BillingPayoutBalance *balance = get_balance (self);
  g_autofree char *outcome = NULL;
  g_autofree char *problem = NULL;
  gint64 amount;

  if (balance == NULL)
    return;

  if (billing_money_row_get_amount (self->amount_row, &amount, NULL))
    {
      if (amount > get_limit (self, balance))
        {
          g_autofree char *limit = billing_format_money (NULL, get_limit (self, balance), balance->currency);

          problem = g_strdup_printf (_("Not more than %s can be paid out."), limit);
        }
      else if (amount > 0)
        {
          outcome = describe (self, balance, amount);
        }
    }

  billing_problem_row_set_message (self->amount_problem, problem);
  gtk_label_set_label (self->outcome_label, outcome != NULL ? outcome : get_limit (self, balance) == 0 ?
                                            _("Nothing is available to be paid out now.") : "");
  gtk_widget_set_sensitive (self->pay_out_button, outcome != NULL);
}

/* Another currency, or another way to pay: all that there is. */
static void
currency_cb (BillingPayOutDialog *self)
{
  BillingPayoutBalance *balance = get_balance (self);
  g_autoptr (GtkStringList) methods = gtk_string_list_new (NULL);

  if (balance == NULL)
    return;

  /* First: what is written below is read again at once. */
  billing_money_row_set_currency (self->amount_row, balance->currency);
  gtk_string_list_append (methods, _("Standard"));
  if (balance->instant > 0)
    gtk_string_list_append (methods, _("Instant"));
  adw_combo_row_set_model (self->method_row, G_LIST_MODEL (methods));
  gtk_widget_set_visible (GTK_WIDGET (self->method_row), balance->instant > 0);
  billing_money_row_set_amount (self->amount_row, MAX (balance->available, 0));
  update (self);
}

static void
clicked_cb (BillingPayOutDialog *self)
{
  BillingPayoutBalance *balance = get_balance (self);
  g_autoptr (BillingAct) act = NULL;
  g_autoptr (GError) error = NULL;
  gint64 amount;

  if (!billing_money_row_get_amount (self->amount_row, &amount, &error))
    {
      billing_problem_row_set_message (self->amount_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
      return;
    }

  act = billing_act_new (BILLING_VERB_PAYOUT_CREATE, NULL);
  g_object_set (act, "has-amount", TRUE, "amount", amount, "currency", balance->currency, "method",
                is_instant (self) ? "instant" : "standard", NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  g_autofree char *amount = billing_format_money (NULL, act->amount, act->currency);
  /* TRANSLATORS: what Stripe is asked to do, as the beginning of a sentence: “Payout of $80.00 is being sent to Stripe” */
  g_autofree char *what = g_strdup_printf (_("Payout of %s"), amount);

  billing_dialog_tell_window (dialog, "win.toast-sent", what);
}

static void
fill_in (BillingPayOutDialog *self)
{
  g_autoptr (GtkStringList) currencies = gtk_string_list_new (NULL);
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  BillingPayoutSchedule *schedule = self->outlook->schedule;

  for (guint i = 0; i < self->outlook->balances->len; i++)
    gtk_string_list_append (currencies, g_array_index (self->outlook->balances, BillingPayoutBalance, i).currency);
  adw_combo_row_set_model (self->currency_row, G_LIST_MODEL (currencies));
  gtk_widget_set_visible (GTK_WIDGET (self->currency_row), self->outlook->balances->len > 1);
  currency_cb (self);

  if (schedule->interval != BILLING_PAYOUT_INTERVAL_MANUAL && schedule->interval != BILLING_PAYOUT_INTERVAL_UNKNOWN)
    {
      words = billing_payout_schedule_describe (schedule);
      /* TRANSLATORS: a schedule: “Every week: Friday” */
      text = g_strdup_printf (_("Stripe pays out by itself, too (%s): what is paid out now is not in the next payout."), words);
    }
  gtk_label_set_label (self->schedule_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->schedule_label), text != NULL);
}

static void
billing_pay_out_dialog_finalize (GObject *object)
{
  g_clear_pointer (&BILLING_PAY_OUT_DIALOG (object)->outlook, billing_payout_outlook_free);

  G_OBJECT_CLASS (billing_pay_out_dialog_parent_class)->finalize (object);
}

static void
billing_pay_out_dialog_class_init (BillingPayOutDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_pay_out_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/pay-out-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPayOutDialog, amount_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPayOutDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPayOutDialog, currency_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPayOutDialog, method_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPayOutDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingPayOutDialog, pay_out_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPayOutDialog, schedule_label);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, currency_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_pay_out_dialog_init (BillingPayOutDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_pay_out_dialog_new:
 * @desk: whose practice
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_pay_out_dialog_new (BillingDesk *desk)
{
  BillingPayOutDialog *self = g_object_new (BILLING_TYPE_PAY_OUT_DIALOG, "desk", desk, NULL);
  g_autoptr (GError) error = NULL;

  self->outlook = billing_desk_read_payout_outlook (desk, &error);
  if (self->outlook == NULL)
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  else if (self->outlook->balances->len == 0)
    billing_dialog_complain (BILLING_DIALOG (self), _("What Stripe holds is not known yet. Bring Stripe’s data up to date first."));
  else
    fill_in (self);

  return GTK_WINDOW (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-price-dialog"

#include "config.h"

#include "billing-price-dialog.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-format.h"
#include "billing-message-bar.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"
#include "billing-rate.h"

struct _BillingPriceDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwPreferencesGroup *group;
  BillingMoneyRow *amount_row;
  BillingProblemRow *amount_problem;
  BillingDayRow *day_row;
  BillingProblemRow *day_problem;
  AdwEntryRow *payer_row;
  GtkWidget *save_button;

  BillingRate *rate; /* (owned) (nullable): %NULL where it could not be read */
};

G_DEFINE_FINAL_TYPE (BillingPriceDialog, billing_price_dialog, BILLING_TYPE_DIALOG)

static void
changed_cb (BillingPriceDialog *self)
{
  billing_problem_row_set_message (self->amount_problem, NULL);
  billing_problem_row_set_message (self->day_problem, NULL);
}

static void
clicked_cb (BillingPriceDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_RATE_PRICE, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;
  g_autofree char *payer = billing_entry_row_dup_text (self->payer_row);
  gint64 amount;

  if (!billing_money_row_get_amount (self->amount_row, &amount, &error))
    {
      billing_problem_row_set_message (self->amount_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
      return;
    }
  if (!billing_day_row_get_day (self->day_row, &day, &error))
    {
      billing_problem_row_set_message (self->day_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->day_row));
      return;
    }

  g_object_set (act, "subject", billing_record_get_id (BILLING_RECORD (self->rate)), "has-amount", TRUE, "amount", amount, "date", day,
                "payer", payer, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  BillingRate *rate = BILLING_PRICE_DIALOG (dialog)->rate;
  g_autofree char *amount = billing_format_money (NULL, act->amount, rate->currency);
  /* TRANSLATORS: a billing rate and its new price */
  g_autofree char *toast = g_strdup_printf (_("%s costs %s"), rate->name, amount);

  billing_dialog_tell_done (dialog, toast, act);
}

static void
billing_price_dialog_finalize (GObject *object)
{
  g_clear_object (&BILLING_PRICE_DIALOG (object)->rate);

  G_OBJECT_CLASS (billing_price_dialog_parent_class)->finalize (object);
}

static void
billing_price_dialog_class_init (BillingPriceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_price_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/rates/price-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPriceDialog, amount_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPriceDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPriceDialog, day_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPriceDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPriceDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BillingPriceDialog, payer_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPriceDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
billing_price_dialog_init (BillingPriceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  billing_money_row_allow_zero (self->amount_row);
}

/**
 * billing_price_dialog_new:
 * @desk: whose practice
 * @rate: id of a billing rate
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_price_dialog_new (BillingDesk *desk,
                          const char  *rate)
{
  BillingPriceDialog *self = g_object_new (BILLING_TYPE_PRICE_DIALOG, "desk", desk, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) record = billing_desk_find (desk, rate, &error);
  g_autofree char *today = billing_desk_get_today (desk);

  gtk_widget_set_sensitive (self->save_button, BILLING_IS_RATE (record));
  if (!BILLING_IS_RATE (record))
    {
      billing_dialog_complain (BILLING_DIALOG (self), error != NULL ? error->message : NULL);
      return GTK_WINDOW (self);
    }

  self->rate = BILLING_RATE (g_steal_pointer (&record));
  adw_preferences_group_set_title (self->group, self->rate->name);
  billing_money_row_set_currency (self->amount_row, self->rate->currency);
  billing_day_row_set_day (self->day_row, today);
  gtk_widget_set_visible (GTK_WIDGET (self->payer_row), self->rate->payer_kind == BILLING_PAYER_KIND_INSURANCE);
  return GTK_WINDOW (self);
}

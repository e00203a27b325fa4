/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-dialog"

#include "config.h"

#include "billing-rate-dialog.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-code.h"
#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-message-bar.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"
#include "billing-rate.h"

struct _BillingRateDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwEntryRow *name_row;
  AdwEntryRow *code_row;
  AdwComboRow *system_row;
  AdwComboRow *kind_row;
  GtkSwitch *bill_switch;
  GtkSwitch *invoiced_switch;
  GtkWidget *price_group;
  BillingMoneyRow *amount_row;
  BillingProblemRow *amount_problem;
  BillingDayRow *day_row;
  BillingProblemRow *day_problem;
  GtkButton *save_button;

  BillingRate *rate; /* (owned) (nullable): that is changed; %NULL: a new one is made */
};

G_DEFINE_FINAL_TYPE (BillingRateDialog, billing_rate_dialog, BILLING_TYPE_DIALOG)

/* In the order of the rows. */
static const char * const systems[] = { NULL, BILLING_CODE_CPT, BILLING_CODE_HCPCS, BILLING_CODE_OWN };
static const char * const kinds[] = { "self-pay", "insurance", "both" };

static void
changed_cb (BillingRateDialog *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  const char *code = gtk_editable_get_text (GTK_EDITABLE (self->code_row));

  billing_problem_row_set_message (self->amount_problem, NULL);
  billing_problem_row_set_message (self->day_problem, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->system_row), *code != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), *name != '\0');
}

static gboolean
read_price (BillingRateDialog *self,
            BillingAct        *act)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;
  gint64 amount;

  if (self->rate != NULL || *gtk_editable_get_text (GTK_EDITABLE (self->amount_row)) == '\0')
    return TRUE;
  if (!billing_money_row_get_amount (self->amount_row, &amount, &error))
    {
      billing_problem_row_set_message (self->amount_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
      return FALSE;
    }
  if (!billing_day_row_get_day (self->day_row, &day, &error))
    {
      billing_problem_row_set_message (self->day_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->day_row));
      return FALSE;
    }

  g_object_set (act, "has-amount", TRUE, "amount", amount, "date", day, NULL);
  return TRUE;
}

/* What the switch shows of a rate that is not billed counts for nothing. */
static void
clicked_cb (BillingRateDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (self->rate != NULL ? BILLING_VERB_RATE_EDIT : BILLING_VERB_RATE_CREATE,
                                                self->rate != NULL ? billing_record_get_id (BILLING_RECORD (self->rate)) : NULL);
  g_autofree char *name = billing_entry_row_dup_text (self->name_row);
  g_autofree char *code = billing_entry_row_dup_text (self->code_row);
  gboolean bills = gtk_switch_get_active (self->bill_switch);
  gboolean has_code = code != NULL && *code != '\0';

  if (!read_price (self, act))
    return;

  g_object_set (act, "name", name != NULL ? name : "", "code", has_code ? code : "", "code-system",
                has_code ? systems[adw_combo_row_get_selected (self->system_row)] : NULL, "payer-kind",
                kinds[adw_combo_row_get_selected (self->kind_row)], "billable", bills ? "yes" : "no", "invoiced",
                bills && gtk_switch_get_active (self->invoiced_switch) ? "yes" : "no", NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  g_autofree char *toast = NULL;

  if (act->verb == BILLING_VERB_RATE_EDIT)
    toast = g_strdup_printf (_("%s saved"), act->name);
  else if (act->remainder != NULL)
    toast = g_strdup_printf (_("%s and %s created"), act->result, act->remainder);
  else
    toast = g_strdup_printf (_("%s created"), act->result);
  billing_dialog_tell_done (dialog, toast, act);
}

static void
billing_rate_dialog_finalize (GObject *object)
{
  g_clear_object (&BILLING_RATE_DIALOG (object)->rate);

  G_OBJECT_CLASS (billing_rate_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, amount_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, bill_switch);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, day_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, invoiced_switch);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, price_group);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRateDialog, system_row);
}

static void
billing_rate_dialog_class_init (BillingRateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_rate_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/rates/rate-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
billing_rate_dialog_init (BillingRateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  billing_money_row_allow_zero (self->amount_row);
}

/* Who pays is said once: services and a twin stand on it. */
static void
show_rate (BillingRateDialog *self)
{
  BillingRate *rate = self->rate;

  gtk_window_set_title (GTK_WINDOW (self), _("Edit Rate"));
  gtk_button_set_label (self->save_button, _("Save"));
  for (guint i = 1; i < G_N_ELEMENTS (systems); i++)
    {
      if (rate->code != NULL && g_strcmp0 (rate->code_system, systems[i]) == 0)
        adw_combo_row_set_selected (self->system_row, i);
    }
  adw_combo_row_set_selected (self->kind_row, rate->payer_kind == BILLING_PAYER_KIND_INSURANCE ? 1 : 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind_row), rate->n_services == 0 && rate->twin_id == NULL);
  gtk_switch_set_active (self->invoiced_switch, rate->invoiced);
  gtk_switch_set_active (self->bill_switch, rate->billable);
  gtk_widget_set_visible (self->price_group, FALSE);
  billing_entry_row_show_text (self->code_row, rate->code != NULL ? rate->code : "");
  billing_entry_row_show_text (self->name_row, rate->name);
}

/**
 * billing_rate_dialog_new:
 * @desk: whose practice
 * @rate: (nullable): id of the billing rate to change; %NULL: a new one is made
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_rate_dialog_new (BillingDesk *desk,
                         const char  *rate)
{
  BillingRateDialog *self = g_object_new (BILLING_TYPE_RATE_DIALOG, "desk", desk, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) record = rate != NULL ? billing_desk_find (desk, rate, &error) : NULL;
  g_autofree char *today = billing_desk_get_today (desk);

  billing_money_row_set_currency (self->amount_row, billing_desk_get_practice (desk)->currency);
  billing_day_row_set_day (self->day_row, today);
  if (error != NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
    }
  else if (BILLING_IS_RATE (record))
    {
      self->rate = BILLING_RATE (g_steal_pointer (&record));
      show_rate (self);
    }
  changed_cb (self);
  return GTK_WINDOW (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-close-day-dialog"

#include "config.h"

#include "billing-close-day-dialog.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-day-close.h"
#include "billing-day-row.h"
#include "billing-deposit-slip.h"
#include "billing-file-choice.h"
#include "billing-format.h"
#include "billing-letter-print.h"
#include "billing-message-bar.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"

struct _BillingCloseDayDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkStack *steps;
  BillingMoneyRow *counted_row;
  BillingProblemRow *counted_problem;
  BillingDayRow *day_row;
  BillingProblemRow *day_problem;
  GtkWidget *compare_button;
  GtkLabel *comparison;
  GtkWidget *reason_group;
  AdwEntryRow *reason_row;
  GtkWidget *close_button;
  AdwPreferencesGroup *totals;
  GtkWidget *print_button;

  BillingDayClose *count;        /* (owned) (nullable): what was counted last */
  GtkFileChooserNative *chooser; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingCloseDayDialog, billing_close_day_dialog, BILLING_TYPE_DIALOG)

static void
changed_cb (BillingCloseDayDialog *self)
{
  billing_problem_row_set_message (self->counted_problem, NULL);
  billing_problem_row_set_message (self->day_problem, NULL);
}

/* --- counting --------------------------------------------------------------------------------- */

static void
compare_cb (BillingCloseDayDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DAY_CLOSE, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;
  gint64 counted;

  if (!billing_money_row_get_amount (self->counted_row, &counted, &error))
    {
      billing_problem_row_set_message (self->counted_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->counted_row));
      return;
    }
  if (!billing_day_row_get_day (self->day_row, &day, &error))
    {
      billing_problem_row_set_message (self->day_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->day_row));
      return;
    }

  g_object_set (act, "draft", TRUE, "has-amount", TRUE, "amount", counted, "date", day, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
show_step (BillingCloseDayDialog *self,
           const char            *step,
           GtkWidget             *button)
{
  gtk_stack_set_visible_child_name (self->steps, step);
  gtk_window_set_default_widget (GTK_WINDOW (self), button);
}

static void
again_cb (BillingCloseDayDialog *self)
{
  billing_dialog_complain (BILLING_DIALOG (self), NULL);
  show_step (self, "count", self->compare_button);
  gtk_widget_grab_focus (GTK_WIDGET (self->counted_row));
}

/* --- comparing -------------------------------------------------------------------------------- */

static void
reason_cb (BillingCloseDayDialog *self)
{
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason_row));

  gtk_widget_set_sensitive (self->close_button, self->count->variance == 0 || *reason != '\0');
}

static char *
describe (BillingDayClose *count)
{
  g_autofree char *expected = billing_format_money (NULL, count->expected, count->currency);
  g_autofree char *counted = billing_format_money (NULL, count->counted, count->currency);
  g_autofree char *difference = billing_format_money (NULL, ABS (count->variance), count->currency);

  if (count->variance == 0)
    return g_strdup_printf (_("Counted: %s. That is what the books say."), counted);

  return g_strdup_printf (count->variance > 0 ? _("Counted: %s. Expected by the books: %s. There is %s more.")
                                              : _("Counted: %s. Expected by the books: %s. %s is missing."),
                          counted, expected, difference);
}

static void
show_comparison (BillingCloseDayDialog *self)
{
  g_autofree char *text = describe (self->count);

  gtk_label_set_label (self->comparison, text);
  gtk_widget_set_visible (self->reason_group, self->count->variance != 0);
  gtk_editable_set_text (GTK_EDITABLE (self->reason_row), "");
  reason_cb (self);
  show_step (self, "compare", self->close_button);
}

static void
close_day_cb (BillingCloseDayDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DAY_CLOSE, NULL);

  g_object_set (act, "date", self->count->day, "notes",
                self->count->variance != 0 ? gtk_editable_get_text (GTK_EDITABLE (self->reason_row)) : NULL, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

/* --- done ------------------------------------------------------------------------------------- */

static gboolean
add_total (BillingRecord  *record,
           gpointer        data,
           GError        **error)
{
  BillingCloseDayDialog *self = data;
  BillingDayTotal *total = BILLING_DAY_TOTAL (record);
  g_autofree char *amount = billing_format_money (NULL, total->amount, total->currency);
  g_autofree char *title = g_strdup_printf ("%s · %s", billing_deposit_slip_get_tender (total->account), total->who);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (amount);

  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->totals, row);
  return TRUE;
}

static void
show_totals (BillingCloseDayDialog *self)
{
  BillingDesk *desk = billing_dialog_get_desk (BILLING_DIALOG (self));
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "day_totals");
  g_autoptr (GError) error = NULL;
  g_autofree char *day = billing_format_day (NULL, self->count->day);
  g_autofree char *text = g_strdup_printf (_("Nothing can be posted on %s or before it any more, unless a manager reopens it."), day);

  g_object_set (query, "subject", billing_record_get_id (BILLING_RECORD (self->count)), NULL);
  adw_preferences_group_set_description (self->totals, text);
  if (!billing_desk_list (desk, query, add_total, self, NULL, &error))
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  show_step (self, "done", self->print_button);
}

static gboolean
stays (BillingDialog *dialog,
       BillingAct    *act)
{
  BillingCloseDayDialog *self = BILLING_CLOSE_DAY_DIALOG (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) record = billing_desk_find (billing_dialog_get_desk (dialog), act->result, &error);

  if (!BILLING_IS_DAY_CLOSE (record))
    {
      billing_dialog_complain (dialog, error != NULL ? error->message : NULL);
      return TRUE;
    }

  g_set_object (&self->count, BILLING_DAY_CLOSE (record));
  if (act->draft)
    show_comparison (self);
  else
    show_totals (self);
  return TRUE;
}

static void
printed_cb (const char *problem,
            gpointer    data)
{
  if (problem != NULL)
    billing_dialog_complain (data, problem);
}

static void
print_cb (BillingCloseDayDialog *self)
{
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  BillingLetter *letter = billing_deposit_slip_build (billing_dialog_get_desk (BILLING_DIALOG (self)),
                                                      billing_record_get_id (BILLING_RECORD (self->count)), &error);

  if (letter == NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  g_ptr_array_add (letters, letter);
  billing_letter_print (letters, GTK_WINDOW (self), printed_cb, g_object_ref (self), g_object_unref);
}

static gboolean
chosen_cb (gpointer  owner,
           GSList   *files)
{
  BillingCloseDayDialog *self = owner;
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;
  g_autoptr (GError) error = NULL;

  if (path != NULL &&
      !billing_deposit_slip_write (billing_dialog_get_desk (BILLING_DIALOG (self)),
                                   billing_record_get_id (BILLING_RECORD (self->count)), path, &error))
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  g_clear_object (&self->chooser);
  return path != NULL;
}

static void
save_cb (BillingCloseDayDialog *self)
{
  g_autofree char *name = g_strdup_printf (_("deposit-slip-%s.pdf"), self->count->day);

  g_clear_object (&self->chooser);
  self->chooser = billing_file_choice_ask_save (GTK_WIDGET (self), _("Save Deposit Slip"), name, self, chosen_cb);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
billing_close_day_dialog_dispose (GObject *object)
{
  g_clear_object (&BILLING_CLOSE_DAY_DIALOG (object)->chooser);
  g_clear_object (&BILLING_CLOSE_DAY_DIALOG (object)->count);

  G_OBJECT_CLASS (billing_close_day_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, compare_button);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, comparison);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, counted_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, counted_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, day_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, print_button);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, reason_group);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, BillingCloseDayDialog, totals);
}

static void
billing_close_day_dialog_class_init (BillingCloseDayDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_close_day_dialog_dispose;
  BILLING_DIALOG_CLASS (klass)->stays = stays;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/reports/close-day-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
billing_close_day_dialog_init (BillingCloseDayDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  billing_money_row_allow_zero (self->counted_row);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->compare_button);
}

/**
 * billing_close_day_dialog_new:
 * @desk: whose practice
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_close_day_dialog_new (BillingDesk *desk)
{
  BillingCloseDayDialog *self = g_object_new (BILLING_TYPE_CLOSE_DAY_DIALOG, "desk", desk, NULL);
  g_autofree char *today = billing_desk_get_today (desk);

  billing_money_row_set_currency (self->counted_row, billing_desk_get_practice (desk)->currency);
  billing_day_row_set_day (self->day_row, today);
  return GTK_WINDOW (self);
}

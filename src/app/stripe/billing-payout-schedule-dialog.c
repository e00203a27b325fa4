/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-schedule-dialog"

#include "config.h"

#include "billing-payout-schedule-dialog.h"

#include <glib/gi18n.h>

#include "billing-desk-payouts.h"
#include "billing-entry.h"
#include "billing-json-texts.h"
#include "billing-message-bar.h"

#define N_WEEKDAYS 5

struct _BillingPayoutScheduleDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwPreferencesGroup *group;
  AdwComboRow *interval_row;
  AdwPreferencesRow *weekdays_row;
  GtkBox *weekdays_box;
  AdwEntryRow *month_days_row;
  AdwEntryRow *descriptor_row;
  GtkLabel *explanation;
  GtkWidget *save_button;
  GtkWidget *stripe_button;

  GtkToggleButton *weekdays[N_WEEKDAYS]; /* (not owned) */
  BillingPayoutOutlook *outlook;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingPayoutScheduleDialog, billing_payout_schedule_dialog, BILLING_TYPE_DIALOG)

/* In the order of the row; Stripe's words. */
static const char * const intervals[] = { "manual", "daily", "weekly", "monthly" };

static const char *
get_interval (BillingPayoutScheduleDialog *self)
{
  return intervals[MIN (adw_combo_row_get_selected (self->interval_row), G_N_ELEMENTS (intervals) - 1)];
}

static char *
list_weekdays (BillingPayoutScheduleDialog *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < N_WEEKDAYS; i++)
    {
      if (gtk_toggle_button_get_active (self->weekdays[i]))
        g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", billing_payout_weekday_get_word (i + 1));
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What is asked for now, in words. */
static char *
describe (BillingPayoutScheduleDialog *self)
{
  g_autofree char *weekdays = list_weekdays (self);
  g_autofree char *month_days = billing_entry_row_dup_text (self->month_days_row);
  g_autoptr (BillingPayoutSchedule) wanted = billing_payout_schedule_new (get_interval (self), weekdays, month_days);
  g_autofree char *words = billing_payout_schedule_describe (wanted);

  if (wanted->interval == BILLING_PAYOUT_INTERVAL_MANUAL)
    return g_strdup (_("Nothing is paid out until somebody asks for it."));

  /* TRANSLATORS: a schedule: “Every week: Friday” */
  return g_strdup_printf (_("Stripe pays out all that is available. %s."), words);
}

static void
update (BillingPayoutScheduleDialog *self)
{
  const char *interval = get_interval (self);
  g_autofree char *words = NULL;

  if (self->outlook == NULL || !self->outlook->schedule->can_be_changed)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->weekdays_row), g_str_equal (interval, "weekly"));
  gtk_widget_set_visible (GTK_WIDGET (self->month_days_row), g_str_equal (interval, "monthly"));
  words = describe (self);
  gtk_label_set_label (self->explanation, words);
}

static void
save_cb (BillingPayoutScheduleDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYOUT_SCHEDULE, NULL);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree char *descriptor = billing_entry_row_dup_text (self->descriptor_row);
  const char *interval = get_interval (self);

  g_hash_table_insert (fields, (gpointer) "interval", g_strdup (interval));
  if (g_str_equal (interval, "weekly"))
    g_hash_table_insert (fields, (gpointer) "weekly_payout_days", list_weekdays (self));
  if (g_str_equal (interval, "monthly"))
    g_hash_table_insert (fields, (gpointer) "monthly_payout_days", billing_entry_row_dup_text (self->month_days_row));
  if (g_strcmp0 (descriptor, self->outlook->schedule->descriptor != NULL ? self->outlook->schedule->descriptor : "") != 0)
    g_hash_table_insert (fields, (gpointer) "statement_descriptor", g_strdup (descriptor));
  act->fields = billing_json_texts_build (fields);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  billing_dialog_tell_window (dialog, "win.toast-sent", _("The payout schedule"));
}

static void
add_weekdays (BillingPayoutScheduleDialog *self)
{
  for (guint i = 0; i < N_WEEKDAYS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (billing_payout_weekday_get_label (i + 1));

      self->weekdays[i] = GTK_TOGGLE_BUTTON (button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->weekdays_box, button);
    }
}

static void
fill_in (BillingPayoutScheduleDialog *self)
{
  BillingPayoutSchedule *schedule = self->outlook->schedule;
  g_autoptr (GString) days = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      if (g_strcmp0 (intervals[i], schedule->word) == 0)
        adw_combo_row_set_selected (self->interval_row, i);
    }
  for (guint i = 0; i < N_WEEKDAYS; i++)
    gtk_toggle_button_set_active (self->weekdays[i], (schedule->weekdays & (1u << (i + 1))) != 0);
  for (guint day = 1; day <= 31; day++)
    {
      if ((schedule->month_days & ((guint32) 1 << day)) != 0)
        g_string_append_printf (days, "%s%u", days->len > 0 ? ", " : "", day);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->month_days_row), days->str);
  gtk_editable_set_text (GTK_EDITABLE (self->descriptor_row), schedule->descriptor != NULL ? schedule->descriptor : "");
  update (self);
}

/* What is not to be changed from here is said, and where it is. */
static void
lock (BillingPayoutScheduleDialog *self)
{
  g_autofree char *words = billing_payout_schedule_describe (self->outlook->schedule);
  /* TRANSLATORS: a schedule: “Every week: Friday” */
  g_autofree char *text = g_strdup_printf (_("Schedule: %s. Stripe does not let this key change it; it is changed on Stripe’s own page."),
                                           words);

  gtk_label_set_label (self->explanation, text);
  gtk_widget_set_visible (GTK_WIDGET (self->group), FALSE);
  gtk_widget_set_visible (self->save_button, FALSE);
  gtk_widget_set_visible (self->stripe_button, TRUE);
}

static void
stripe_cb (BillingPayoutScheduleDialog *self)
{
  billing_dialog_tell_window (BILLING_DIALOG (self), "win.open-stripe", "settings/payouts");
  gtk_window_close (GTK_WINDOW (self));
}

static void
billing_payout_schedule_dialog_finalize (GObject *object)
{
  g_clear_pointer (&BILLING_PAYOUT_SCHEDULE_DIALOG (object)->outlook, billing_payout_outlook_free);

  G_OBJECT_CLASS (billing_payout_schedule_dialog_parent_class)->finalize (object);
}

static void
billing_payout_schedule_dialog_class_init (BillingPayoutScheduleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_payout_schedule_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/payout-schedule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, descriptor_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, interval_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, month_days_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, stripe_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, weekdays_box);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutScheduleDialog, weekdays_row);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, stripe_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_payout_schedule_dialog_init (BillingPayoutScheduleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_weekdays (self);
}

/**
 * billing_payout_schedule_dialog_new:
 * @desk: whose practice
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_payout_schedule_dialog_new (BillingDesk *desk)
{
  BillingPayoutScheduleDialog *self = g_object_new (BILLING_TYPE_PAYOUT_SCHEDULE_DIALOG, "desk", desk, NULL);
  g_autoptr (GError) error = NULL;

  self->outlook = billing_desk_read_payout_outlook (desk, &error);
  if (self->outlook == NULL)
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  else if (self->outlook->schedule->can_be_changed)
    fill_in (self);
  else
    lock (self);

  return GTK_WINDOW (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-set-rate-dialog"

#include "config.h"

#include "billing-set-rate-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-books.h"
#include "billing-desk-services.h"
#include "billing-entry.h"
#include "billing-format.h"
#include "billing-rate.h"
#include "billing-read.h"

/* Of what changes, row by row; the sums are of all. */
#define MAX_SHOWN 30

struct _BillingSetRateDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *subject_label;
  AdwComboRow *rate_row;
  AdwEntryRow *payer_row;
  GtkLabel *outcome_label;
  AdwPreferencesGroup *changes_group;
  GtkWidget *change_button;

  BillingAct *act; /* (owned): says which services */
  GPtrArray *rates; /* (owned) (nullable) (element-type BillingRate): behind the row's first, which is the twin */
  GPtrArray *rows; /* (owned) (element-type GtkWidget): of the changes shown */
  GCancellable *asking; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingSetRateDialog, billing_set_rate_dialog, BILLING_TYPE_DIALOG)

/* NULL: of each its twin. */
static BillingRate *
get_rate (BillingSetRateDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->rate_row);

  return self->rates != NULL && selected > 0 && selected <= self->rates->len ? self->rates->pdata[selected - 1] : NULL;
}

static void
clear_rows (BillingSetRateDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->changes_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static char *
describe_change (BillingServiceChange *change)
{
  g_autofree char *amount = billing_format_money (NULL, change->amount, change->currency);
  g_autofree char *new_amount = billing_format_money (NULL, change->new_amount, change->currency);
  g_autofree char *patient = billing_format_money (NULL, change->patient_part, change->currency);
  g_autofree char *new_patient = billing_format_money (NULL, change->new_patient_part, change->currency);

  if (change->refusal != NULL)
    return billing_service_change_build_reason (change->refusal, change->invoice);

  /* TRANSLATORS: amounts before and after, then the patient's part of them before and after */
  return g_strdup_printf (_("%s → %s · patient’s part %s → %s"), amount, new_amount, patient, new_patient);
}

static void
add_change (BillingSetRateDialog *self,
            BillingServiceChange *change)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *day = billing_format_day (NULL, change->day);
  g_autofree char *title = g_strjoin (" · ", change->number, change->patient_name, day, change->name, NULL);
  g_autofree char *subtitle = describe_change (change);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->changes_group, row);
  g_ptr_array_add (self->rows, row);
}

static char *
describe_sums (BillingServiceChangeSums *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *before = sums->currency != NULL ? billing_format_money (NULL, sums->patient_part, sums->currency) : NULL;
  g_autofree char *after = sums->currency != NULL ? billing_format_money (NULL, sums->new_patient_part, sums->currency) : NULL;

  g_string_append_printf (text, ngettext ("%'" PRId64 " of %'" PRId64 " service changes.", "%'" PRId64 " of %'" PRId64 " services change.",
                                          (gulong) sums->n), sums->n_changed, sums->n);
  if (before != NULL && sums->n_changed > 0)
    {
      g_string_append_c (text, ' ');
      /* TRANSLATORS: two amounts */
      g_string_append_printf (text, _("The patients’ part goes from %s to %s."), before, after);
    }
  if (sums->n_refused > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%'" PRId64 " cannot, and stays as it is.", "%'" PRId64 " cannot, and stay as they are.",
                                              (gulong) sums->n_refused), sums->n_refused);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BillingSetRateDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRateOutlook) outlook = billing_desk_look_at_rate_finish (BILLING_DESK (object), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  clear_rows (self);
  gtk_widget_set_sensitive (self->change_button, outlook != NULL && outlook->sums->n_changed > 0);
  if (outlook == NULL)
    {
      gtk_label_set_label (self->outcome_label, error->message);
      return;
    }

  text = describe_sums (outlook->sums);
  gtk_label_set_label (self->outcome_label, text);
  for (guint i = 0; i < outlook->changes->len; i++)
    add_change (self, outlook->changes->pdata[i]);
}

static void
fill_act (BillingSetRateDialog *self)
{
  BillingRate *rate = get_rate (self);
  g_autofree char *payer = billing_entry_row_dup_text (self->payer_row);
  gboolean insured = rate != NULL && rate->payer_kind == BILLING_PAYER_KIND_INSURANCE;

  g_object_set (self->act, "rate", rate != NULL ? billing_record_get_id (BILLING_RECORD (rate)) : NULL, "payer",
                insured && *payer != '\0' ? payer : NULL, NULL);
}

/* What changes is shown before it is done, by the act's own arithmetic. */
static void
ask_cb (BillingSetRateDialog *self)
{
  BillingRate *rate = get_rate (self);

  if (self->rates == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->payer_row), rate != NULL && rate->payer_kind == BILLING_PAYER_KIND_INSURANCE);
  gtk_widget_set_sensitive (self->change_button, FALSE);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  fill_act (self);
  billing_desk_look_at_rate_async (billing_dialog_get_desk (BILLING_DIALOG (self)), self->act, MAX_SHOWN, self->asking, looked_cb, self);
}

static void
rates_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BillingSetRateDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rates = billing_read_finish (BILLING_STORE (object), result, &error);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rates == NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  gtk_string_list_append (names, _("The Rate for the Other Kind of Payer"));
  for (guint i = 0; i < rates->len; i++)
    gtk_string_list_append (names, BILLING_RATE (rates->pdata[i])->name);
  self->rates = g_steal_pointer (&rates);
  adw_combo_row_set_model (self->rate_row, G_LIST_MODEL (names));
  ask_cb (self);
}

static void
clicked_cb (BillingSetRateDialog *self)
{
  fill_act (self);
  billing_dialog_do (BILLING_DIALOG (self), self->act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  billing_dialog_tell_done (dialog, _("The rate was changed"), act);
}

static void
billing_set_rate_dialog_dispose (GObject *object)
{
  BillingSetRateDialog *self = BILLING_SET_RATE_DIALOG (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);

  G_OBJECT_CLASS (billing_set_rate_dialog_parent_class)->dispose (object);
}

static void
billing_set_rate_dialog_finalize (GObject *object)
{
  BillingSetRateDialog *self = BILLING_SET_RATE_DIALOG (object);

  g_clear_object (&self->act);
  g_clear_pointer (&self->rates, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (billing_set_rate_dialog_parent_class)->finalize (object);
}

static void
billing_set_rate_dialog_class_init (BillingSetRateDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_set_rate_dialog_dispose;
  object_class->finalize = billing_set_rate_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/set-rate-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingSetRateDialog, change_button);
  gtk_widget_class_bind_template_child (widget_class, BillingSetRateDialog, changes_group);
  gtk_widget_class_bind_template_child (widget_class, BillingSetRateDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingSetRateDialog, payer_row);
  gtk_widget_class_bind_template_child (widget_class, BillingSetRateDialog, rate_row);
  gtk_widget_class_bind_template_child (widget_class, BillingSetRateDialog, subject_label);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
billing_set_rate_dialog_init (BillingSetRateDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_set_rate_dialog_new:
 * @desk: whose practice
 * @act: says of which services
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_set_rate_dialog_new (BillingDesk *desk,
                             BillingAct  *act)
{
  BillingSetRateDialog *self = g_object_new (BILLING_TYPE_SET_RATE_DIALOG, "desk", desk, NULL);
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "rates");

  self->act = g_object_ref (act);
  gtk_label_set_label (self->subject_label, _("Put services under another billing rate, at its price of the day of each."));
  g_object_set (query, "status", "current", NULL);
  billing_read_query_async (billing_desk_get_store (desk), query, billing_dialog_get_cancellable (BILLING_DIALOG (self)), rates_cb, self);
  return GTK_WINDOW (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-assign-dialog"

#include "config.h"

#include "billing-assign-dialog.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-detail-format.h"
#include "billing-format.h"
#include "billing-patient-search.h"
#include "billing-payment.h"
#include "billing-posting-suggest.h"
#include "billing-read.h"
#include "billing-stripe-format.h"
#include "billing-stripe-records.h"
#include "billing-suggestion-row.h"
#include "billing-table.h"

/* Nobody looks for more in a list that drops down. */
#define N_PAYMENTS 50

struct _BillingAssignDialog {
  BillingDialog parent_instance;

  /* Template widgets */
  GtkLabel *subject_label; /* (not owned) */
  GtkWidget *suggestions_box; /* (not owned) */
  GtkListBox *suggestions; /* (not owned) */
  BillingPatientSearch *patient_search; /* (not owned) */
  AdwComboRow *payment_row; /* (not owned) */
  GtkLabel *outcome_label; /* (not owned) */
  GtkWidget *assign_button; /* (not owned) */

  char *charge_id; /* (owned) */
  BillingCharge *charge; /* (owned) (nullable): until it was read */
  GPtrArray *rows; /* (owned) (element-type BillingSuggestionRow): in @suggestions */
  GPtrArray *found; /* (owned) (nullable) (element-type BillingSuggestion): what they show */
  GPtrArray *payments; /* (owned) (nullable) (element-type BillingPayment): of the patient who was looked for */
  GCancellable *reading; /* (owned) (nullable): of these */
  gboolean choosing; /* one way to say it gives way to the other */
};

G_DEFINE_FINAL_TYPE (BillingAssignDialog, billing_assign_dialog, BILLING_TYPE_DIALOG)

/* Whose it will be. */
typedef struct {
  const char *patient_id; /* (nullable): nobody's yet */
  const char *patient_name;
  const char *payment_id; /* (nullable): it becomes credit */
  const char *payment;
  gint64 amount; /* that the payment asks for */
} Choice;

static const BillingSuggestion *
get_suggestion (BillingAssignDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BillingSuggestionRow *row = self->rows->pdata[i];

      if (billing_suggestion_row_is_chosen (row))
        return billing_suggestion_row_get (row);
    }

  return NULL;
}

/* Row 0 is for no payment. */
static BillingPayment *
get_payment (BillingAssignDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->payment_row);

  if (self->payments == NULL || selected == 0 || selected > self->payments->len)
    return NULL;

  return self->payments->pdata[selected - 1];
}

static Choice
get_choice (BillingAssignDialog *self)
{
  const BillingSuggestion *suggestion = get_suggestion (self);
  BillingPatient *patient = billing_patient_search_get_patient (self->patient_search);
  BillingPayment *payment = get_payment (self);

  if (suggestion != NULL)
    return (Choice) { suggestion->patient_id, suggestion->patient_name, suggestion->payment_id, suggestion->payment,
                      suggestion->amount };
  if (patient == NULL)
    return (Choice) { NULL };
  if (payment == NULL)
    return (Choice) { billing_record_get_id (BILLING_RECORD (patient)), patient->name };

  return (Choice) { billing_record_get_id (BILLING_RECORD (patient)), patient->name,
                    billing_record_get_id (BILLING_RECORD (payment)), payment->number, payment->amount };
}

/* Of what was only authorised, nothing was captured yet. */
static gint64
get_money (BillingAssignDialog *self)
{
  return self->charge->captured != 0 ? self->charge->captured : self->charge->amount;
}

static char *
describe_choice (BillingAssignDialog *self,
                 const Choice        *choice)
{
  g_autofree char *amount = NULL;

  if (choice->payment_id != NULL)
    return billing_detail_format_outcome (choice->payment, choice->amount, get_money (self),
                                          self->charge->currency);

  amount = billing_format_money (NULL, get_money (self), self->charge->currency);
  /* Translators: an amount, the name of a patient */
  return g_strdup_printf (_("%s becomes credit of %s."), amount, choice->patient_name);
}

static void
update (BillingAssignDialog *self)
{
  Choice choice = get_choice (self);
  g_autofree char *outcome = NULL;

  if (choice.patient_id != NULL && self->charge != NULL)
    outcome = describe_choice (self, &choice);

  gtk_label_set_label (self->outcome_label, outcome != NULL ? outcome : "");
  gtk_widget_set_sensitive (self->assign_button, outcome != NULL);
}

static void
show_payments (BillingAssignDialog *self,
               GPtrArray           *payments)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  g_clear_pointer (&self->payments, g_ptr_array_unref);
  self->payments = payments != NULL ? g_ptr_array_ref (payments) : NULL;
  gtk_string_list_append (model, _("None, as credit"));
  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      BillingPayment *payment = payments->pdata[i];
      g_autofree char *amount = billing_format_money (NULL, payment->amount, payment->currency);
      g_autofree char *text = g_strdup_printf ("%s · %s", payment->number, amount);

      gtk_string_list_append (model, text);
    }

  adw_combo_row_set_model (self->payment_row, G_LIST_MODEL (model));
  gtk_widget_set_visible (GTK_WIDGET (self->payment_row), payments != NULL && payments->len > 0);
  update (self);
}

static void
payments_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments = billing_read_finish (BILLING_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    billing_dialog_complain (BILLING_DIALOG (user_data), error->message);
  else
    show_payments (user_data, payments);
}

static void
read_payments (BillingAssignDialog *self,
               BillingPatient      *patient)
{
  BillingDesk *desk = billing_dialog_get_desk (BILLING_DIALOG (self));
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "payments");

  self->reading = g_cancellable_new ();
  g_object_set (query,
                "patient", billing_record_get_id (BILLING_RECORD (patient)),
                "status", "draft,pending,failed",
                "limit", (gint64) N_PAYMENTS,
                NULL);
  billing_read_query_async (billing_desk_get_store (desk), query, self->reading, payments_cb, self);
}

static void
patient_changed_cb (BillingAssignDialog *self)
{
  BillingPatient *patient = billing_patient_search_get_patient (self->patient_search);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  show_payments (self, NULL);
  if (patient == NULL)
    return;

  self->choosing = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    billing_suggestion_row_set_chosen (self->rows->pdata[i], FALSE);
  self->choosing = FALSE;
  read_payments (self, patient);
  update (self);
}

static void
suggestion_chosen_cb (BillingAssignDialog  *self,
                      BillingSuggestionRow *row)
{
  if (self->choosing)
    return;

  if (billing_suggestion_row_is_chosen (row))
    billing_patient_search_set_patient (self->patient_search, NULL);
  update (self);
}

static void
do_clicked_cb (BillingAssignDialog *self)
{
  Choice choice = get_choice (self);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_CHARGE_ASSIGN, self->charge_id);

  if (choice.payment_id != NULL)
    g_object_set (act, "reference", choice.payment_id, NULL);
  else
    g_object_set (act, "patient", choice.patient_id, NULL);

  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
billing_assign_dialog_done (BillingDialog *dialog,
                            BillingAct    *act)
{
  BillingAssignDialog *self = BILLING_ASSIGN_DIALOG (dialog);
  Choice choice = get_choice (self);
  g_autofree char *amount = billing_format_money (NULL, get_money (self), self->charge->currency);
  /* Translators: an amount, and whose it is now: a number of a payment or a name */
  g_autofree char *text = g_strdup_printf (_("%s assigned to %s"), amount,
                                           choice.payment != NULL ? choice.payment : choice.patient_name);

  billing_dialog_tell_window (dialog, "win.toast", text);
}

/* The charge and whose it may be, read together. */
typedef struct {
  BillingAssignDialog *dialog; /* (not owned): gone when the read was cancelled */
  char *charge_id; /* (owned) */
  BillingRecord *charge; /* (owned) (nullable) */
  GPtrArray *suggestions; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->charge_id);
  g_clear_object (&reading->charge);
  g_clear_pointer (&reading->suggestions, g_ptr_array_unref);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gboolean
read_charge (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Reading *reading = data;

  reading->charge = billing_table_get (connection, BILLING_TYPE_CHARGE, reading->charge_id, error);
  if (reading->charge == NULL)
    return FALSE;

  reading->suggestions = billing_posting_suggest (connection, reading->charge_id, error);
  return reading->suggestions != NULL;
}

static void
add_suggestions (BillingAssignDialog *self)
{
  for (guint i = 0; i < self->found->len; i++)
    {
      BillingSuggestionRow *group = i > 0 ? self->rows->pdata[0] : NULL;
      GtkWidget *row = billing_suggestion_row_new (self->found->pdata[i], self->charge->currency,
                                                   group);

      g_signal_connect_object (row, "chosen", G_CALLBACK (suggestion_chosen_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_list_box_append (self->suggestions, row);
      g_ptr_array_add (self->rows, row);
    }

  gtk_widget_set_visible (self->suggestions_box, self->found->len > 0);
}

static void
show_charge (BillingAssignDialog *self)
{
  g_autofree char *amount = billing_format_money (NULL, get_money (self), self->charge->currency);
  g_autofree char *payer = billing_stripe_format_who (self->charge->patient_name, self->charge->payer, self->charge->email);
  const char *email = self->charge->payer != NULL ? self->charge->email : NULL;
  g_autofree char *subject = email != NULL ? g_strdup_printf ("%s · \u2068%s\u2069 · %s", amount, payer, email)
                                           : g_strdup_printf ("%s · \u2068%s\u2069", amount, payer);

  gtk_label_set_label (self->subject_label, subject);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  BillingAssignDialog *self = reading->dialog;
  g_autoptr (GError) error = NULL;

  if (!billing_store_read_finish (BILLING_STORE (object), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  self->charge = BILLING_CHARGE (g_steal_pointer (&reading->charge));
  self->found = g_steal_pointer (&reading->suggestions);
  show_charge (self);
  add_suggestions (self);
  update (self);
  gtk_widget_grab_focus (self->rows->len > 0 ? GTK_WIDGET (self->rows->pdata[0]) : GTK_WIDGET (self->patient_search));
}

static void
billing_assign_dialog_dispose (GObject *object)
{
  BillingAssignDialog *self = BILLING_ASSIGN_DIALOG (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);

  G_OBJECT_CLASS (billing_assign_dialog_parent_class)->dispose (object);
}

static void
billing_assign_dialog_finalize (GObject *object)
{
  BillingAssignDialog *self = BILLING_ASSIGN_DIALOG (object);

  g_free (self->charge_id);
  g_clear_object (&self->charge);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);

  G_OBJECT_CLASS (billing_assign_dialog_parent_class)->finalize (object);
}

static void
billing_assign_dialog_class_init (BillingAssignDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_assign_dialog_dispose;
  object_class->finalize = billing_assign_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = billing_assign_dialog_done;

  g_type_ensure (BILLING_TYPE_PATIENT_SEARCH);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/assign-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingAssignDialog, assign_button);
  gtk_widget_class_bind_template_child (widget_class, BillingAssignDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingAssignDialog, patient_search);
  gtk_widget_class_bind_template_child (widget_class, BillingAssignDialog, payment_row);
  gtk_widget_class_bind_template_child (widget_class, BillingAssignDialog, subject_label);
  gtk_widget_class_bind_template_child (widget_class, BillingAssignDialog, suggestions);
  gtk_widget_class_bind_template_child (widget_class, BillingAssignDialog, suggestions_box);
  gtk_widget_class_bind_template_callback (widget_class, do_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, patient_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_assign_dialog_init (BillingAssignDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * billing_assign_dialog_new:
 * @desk: whose practice
 * @charge_id: Stripe's id of a charge that is nobody's yet
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_assign_dialog_new (BillingDesk *desk,
                           const char  *charge_id)
{
  BillingAssignDialog *self = g_object_new (BILLING_TYPE_ASSIGN_DIALOG, "desk", desk, NULL);
  Reading *reading = g_new0 (Reading, 1);

  g_object_set (self->patient_search, "desk", desk, NULL);
  self->charge_id = g_strdup (charge_id);
  reading->dialog = self;
  reading->charge_id = g_strdup (charge_id);
  billing_store_read_async (billing_desk_get_store (desk), read_charge, reading, NULL,
                            billing_dialog_get_cancellable (BILLING_DIALOG (self)), read_cb,
                            reading);

  return GTK_WINDOW (self);
}

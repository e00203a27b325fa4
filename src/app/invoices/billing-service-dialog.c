/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-service-dialog"

#include "config.h"

#include "billing-service-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-books.h"
#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-format.h"
#include "billing-money-row.h"
#include "billing-patient-search.h"
#include "billing-problem-row.h"
#include "billing-rate.h"
#include "billing-read.h"
#include "billing-service.h"
#include "billing-treatment-row.h"

#define MAX_UNITS 1000000

struct _BillingServiceDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  BillingPatientSearch *patient_search;
  GtkLabel *subject_label;
  BillingTreatmentRow *treatment_row;
  AdwComboRow *rate_row;
  BillingDayRow *date_row;
  BillingProblemRow *date_problem;
  AdwEntryRow *name_row;
  AdwEntryRow *code_row;
  AdwEntryRow *units_row;
  BillingProblemRow *units_problem;
  BillingMoneyRow *price_row;
  BillingProblemRow *price_problem;
  AdwEntryRow *payer_row;
  GtkLabel *outcome_label;
  GtkWidget *save_button;

  BillingService *service; /* (owned) (nullable): what is changed; %NULL: one is added */
  GPtrArray *rates; /* (owned) (nullable) (element-type BillingRate) */
};

G_DEFINE_FINAL_TYPE (BillingServiceDialog, billing_service_dialog, BILLING_TYPE_DIALOG)

static BillingRate *
get_rate (BillingServiceDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->rate_row);

  return self->rates != NULL && selected < self->rates->len ? self->rates->pdata[selected] : NULL;
}

static gboolean
read_units (BillingServiceDialog  *self,
            gint64                *units,
            GError               **error)
{
  g_autofree char *text = billing_entry_row_dup_text (self->units_row);

  return g_ascii_string_to_signed (text, 10, 1, MAX_UNITS, units, error);
}

/* The rate's price of the day, unless another is written. */
static gboolean
read_price (BillingServiceDialog  *self,
            gint64                *price,
            GError               **error)
{
  *price = -1;
  return *gtk_editable_get_text (GTK_EDITABLE (self->price_row)) == '\0' || billing_money_row_get_amount (self->price_row, price, error);
}

static void
update (BillingServiceDialog *self)
{
  BillingRate *rate = get_rate (self);
  gint64 units, price;
  gint64 amount = 0;
  g_autofree char *text = NULL;

  if (rate != NULL && read_units (self, &units, NULL) && read_price (self, &price, NULL))
    {
      price = price >= 0 ? price : rate->price;
      if (price >= 0 && !__builtin_mul_overflow (units, price, &amount))
        {
          g_autofree char *sum = billing_format_money (NULL, amount, rate->currency);

          /* TRANSLATORS: the amount of a service, units times price */
          text = g_strdup_printf (_("Amount: %s"), sum);
        }
    }

  gtk_label_set_label (self->outcome_label, text != NULL ? text : "");
  gtk_widget_set_sensitive (self->save_button, self->service != NULL ||
                            (rate != NULL && billing_patient_search_get_patient (self->patient_search) != NULL));
}

static void
changed_cb (BillingServiceDialog *self)
{
  billing_problem_row_set_message (self->date_problem, NULL);
  billing_problem_row_set_message (self->units_problem, NULL);
  billing_problem_row_set_message (self->price_problem, NULL);
  update (self);
}

/* A rate brings its name and its code; what a person wrote of them stays. */
static void
rate_cb (BillingServiceDialog *self)
{
  BillingRate *rate = get_rate (self);

  if (rate == NULL)
    return;

  if (self->service == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), rate->name);
      gtk_editable_set_text (GTK_EDITABLE (self->code_row), rate->code != NULL ? rate->code : "");
    }
  billing_money_row_set_currency (self->price_row, rate->currency);
  gtk_widget_set_visible (GTK_WIDGET (self->payer_row), rate->payer_kind == BILLING_PAYER_KIND_INSURANCE);
  update (self);
}

static void
patient_cb (BillingServiceDialog *self)
{
  BillingPatient *patient = billing_patient_search_get_patient (self->patient_search);

  billing_treatment_row_set_patient (self->treatment_row, billing_dialog_get_desk (BILLING_DIALOG (self)),
                                     patient != NULL ? billing_record_get_id (BILLING_RECORD (patient)) : NULL, NULL);
  update (self);
}

static gboolean
check (BillingServiceDialog  *self,
       char                 **day,
       gint64                *units,
       gint64                *price)
{
  g_autoptr (GError) error = NULL;

  if (!billing_day_row_get_day (self->date_row, day, &error))
    billing_problem_row_set_message (self->date_problem, error->message);
  else if (!read_units (self, units, &error))
    billing_problem_row_set_message (self->units_problem, _("A whole number, 1 or more."));
  else if (!read_price (self, price, &error))
    billing_problem_row_set_message (self->price_problem, error->message);

  return error == NULL;
}

static BillingAct *
create_act (BillingServiceDialog *self)
{
  BillingPatient *patient = billing_patient_search_get_patient (self->patient_search);
  BillingRate *rate = get_rate (self);
  BillingAct *act;

  if (self->service != NULL)
    return billing_act_new (BILLING_VERB_SERVICE_EDIT, billing_record_get_id (BILLING_RECORD (self->service)));

  act = billing_act_new (BILLING_VERB_SERVICE_ADD, NULL);
  g_object_set (act, "patient", billing_record_get_id (BILLING_RECORD (patient)), "treatment",
                billing_treatment_row_get_id (self->treatment_row), "rate", billing_record_get_id (BILLING_RECORD (rate)), NULL);
  return act;
}

static void
clicked_cb (BillingServiceDialog *self)
{
  g_autoptr (BillingAct) act = NULL;
  g_autofree char *day = NULL;
  g_autofree char *name = billing_entry_row_dup_text (self->name_row);
  g_autofree char *code = billing_entry_row_dup_text (self->code_row);
  g_autofree char *payer = billing_entry_row_dup_text (self->payer_row);
  gint64 units, price;

  if (!check (self, &day, &units, &price))
    return;

  act = create_act (self);
  g_object_set (act, "date", day, "units", units, "name", *name != '\0' ? name : NULL, "code", *code != '\0' ? code : NULL, "payer",
                *payer != '\0' && gtk_widget_get_visible (GTK_WIDGET (self->payer_row)) ? payer : NULL, NULL);
  if (price >= 0)
    g_object_set (act, "has-amount", TRUE, "amount", price, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  BillingServiceDialog *self = BILLING_SERVICE_DIALOG (dialog);

  billing_dialog_tell_done (dialog, self->service != NULL ? _("The service was changed") : _("The service was added"), act);
}

static void
rates_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BillingServiceDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rates = billing_read_finish (BILLING_STORE (object), result, &error);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rates == NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }
  if (rates->len == 0)
    billing_dialog_complain (BILLING_DIALOG (self), _("There is no billing rate yet. Add one under Billing Rates first."));

  for (guint i = 0; i < rates->len; i++)
    {
      gtk_string_list_append (names, BILLING_RATE (rates->pdata[i])->name);
      if (self->service != NULL && g_strcmp0 (self->service->rate_id, billing_record_get_id (rates->pdata[i])) == 0)
        selected = i;
    }
  self->rates = g_steal_pointer (&rates);
  adw_combo_row_set_model (self->rate_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->rate_row, selected);
  rate_cb (self);
}

/* To change one: of whom it is, and under which rate, has its own ways. */
static void
show_service (BillingServiceDialog *self)
{
  BillingService *service = self->service;
  g_autofree char *subject = g_strdup_printf ("%s · \u2068%s\u2069", service->number, service->patient_name);
  g_autofree char *units = g_strdup_printf ("%" PRId64, service->units);

  gtk_window_set_title (GTK_WINDOW (self), _("Edit Service"));
  gtk_button_set_label (GTK_BUTTON (self->save_button), _("Save"));
  gtk_label_set_label (self->subject_label, subject);
  gtk_widget_set_visible (GTK_WIDGET (self->subject_label), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->patient_search), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->treatment_row), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rate_row), FALSE);
  billing_day_row_set_day (self->date_row, service->day);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), service->name);
  gtk_editable_set_text (GTK_EDITABLE (self->code_row), service->code != NULL ? service->code : "");
  gtk_editable_set_text (GTK_EDITABLE (self->payer_row), service->payer != NULL ? service->payer : "");
  gtk_editable_set_text (GTK_EDITABLE (self->units_row), units);
  billing_money_row_set_amount (self->price_row, service->price);
}

static void
billing_service_dialog_finalize (GObject *object)
{
  BillingServiceDialog *self = BILLING_SERVICE_DIALOG (object);

  g_clear_object (&self->service);
  g_clear_pointer (&self->rates, g_ptr_array_unref);

  G_OBJECT_CLASS (billing_service_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, date_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, patient_search);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, payer_row);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, price_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, price_row);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, rate_row);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, subject_label);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, treatment_row);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, units_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingServiceDialog, units_row);
}

static void
billing_service_dialog_class_init (BillingServiceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_service_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PATIENT_SEARCH);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  g_type_ensure (BILLING_TYPE_TREATMENT_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/service-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, patient_cb);
  gtk_widget_class_bind_template_callback (widget_class, rate_cb);
}

static void
billing_service_dialog_init (BillingServiceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_service_dialog_new:
 * @desk: whose practice
 * @service: (nullable): id or number of what is changed; %NULL: one is added
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_service_dialog_new (BillingDesk *desk,
                            const char  *service)
{
  BillingServiceDialog *self = g_object_new (BILLING_TYPE_SERVICE_DIALOG, "desk", desk, NULL);
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "rates");
  g_autoptr (GError) error = NULL;
  g_autofree char *today = billing_desk_get_today (desk);

  billing_money_row_set_currency (self->price_row, billing_desk_get_practice (desk)->currency);
  billing_day_row_set_day (self->date_row, today);
  gtk_editable_set_text (GTK_EDITABLE (self->units_row), "1");
  if (service != NULL)
    {
      self->service = BILLING_SERVICE (billing_desk_find_of (desk, BILLING_TYPE_SERVICE, service, &error));
      if (self->service != NULL)
        show_service (self);
      else
        billing_dialog_complain (BILLING_DIALOG (self), error->message);
    }

  g_object_set (query, "status", "current", NULL);
  billing_read_query_async (billing_desk_get_store (desk), query, billing_dialog_get_cancellable (BILLING_DIALOG (self)), rates_cb, self);
  update (self);
  return GTK_WINDOW (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-dialog"

#include "config.h"

#include "billing-payment-dialog.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-enums.h"
#include "billing-estimate-view.h"
#include "billing-format.h"
#include "billing-money-row.h"
#include "billing-patient-search.h"
#include "billing-problem-row.h"
#include "billing-read.h"
#include "billing-status.h"
#include "billing-treatment-row.h"

/* The form alone, and with the estimate beside it. */
#define NARROW 480
#define WIDE 930
#define TALL 740

/* Typing is over when there was none for this long. */
#define TYPING_MS 150

struct _BillingPaymentDialog {
  BillingDialog parent_instance;

  /* Template widgets */
  BillingPatientSearch *patient_search; /* (not owned) */
  BillingMoneyRow *amount_row; /* (not owned) */
  BillingProblemRow *amount_problem; /* (not owned) */
  BillingTreatmentRow *treatment_row; /* (not owned) */
  AdwComboRow *type_row; /* (not owned) */
  BillingMoneyRow *charge_row; /* (not owned) */
  BillingProblemRow *charge_problem; /* (not owned) */
  BillingDayRow *due_row; /* (not owned) */
  BillingProblemRow *due_problem; /* (not owned) */
  AdwEntryRow *memo_row; /* (not owned) */
  GtkWidget *draft_button; /* (not owned) */
  GtkButton *create_button; /* (not owned) */
  BillingEstimateView *estimate_view; /* (not owned) */
  GtkWidget *estimate_child; /* (not owned) */

  BillingPayment *payment; /* (owned) (nullable): the one that is edited */
  char *patient_name; /* (owned) (nullable): id or number asked for by the caller */
  char *treatment_name; /* (owned) (nullable): likewise */
  BillingAct *before; /* (owned) (nullable): what the form said when it was opened */
  guint estimate_source; /* waits until nobody types */
  BillingEstimate *used_estimate; /* (owned) (nullable): that the amount was taken from */
};

typedef enum {
  PROP_PAYMENT = 1,
  PROP_PATIENT,
  PROP_TREATMENT,
} BillingPaymentDialogProperty;

static GParamSpec *properties[PROP_TREATMENT + 1];

G_DEFINE_FINAL_TYPE (BillingPaymentDialog, billing_payment_dialog, BILLING_TYPE_DIALOG)

static BillingAct *
read_form (BillingPaymentDialog *self)
{
  BillingPatient *patient = billing_patient_search_get_patient (self->patient_search);
  BillingAct *act = billing_act_new (self->payment != NULL ? BILLING_VERB_PAYMENT_EDIT
                                                           : BILLING_VERB_PAYMENT_CREATE, NULL);
  g_autofree char *memo = billing_entry_row_dup_text (self->memo_row);
  guint type = adw_combo_row_get_selected (self->type_row);

  g_object_set (act,
                "patient", patient != NULL ? billing_record_get_id (BILLING_RECORD (patient)) : NULL,
                "treatment", billing_treatment_row_get_id (self->treatment_row),
                "payment-type", billing_enum_nick (billing_payment_type_get_type (), (int) type),
                "memo", memo,
                NULL);

  if (self->payment != NULL)
    g_object_set (act, "subject", billing_record_get_id (BILLING_RECORD (self->payment)), NULL);

  return act;
}

/* Keeps the form as it stands now, to know later what was written. */
static void
remember_form (BillingPaymentDialog *self)
{
  g_clear_object (&self->before);
  self->before = read_form (self);
  g_object_set (self->before,
                "due", gtk_editable_get_text (GTK_EDITABLE (self->due_row)),
                "text", gtk_editable_get_text (GTK_EDITABLE (self->amount_row)), NULL);
}

static gboolean
billing_payment_dialog_is_changed (BillingDialog *dialog)
{
  BillingPaymentDialog *self = BILLING_PAYMENT_DIALOG (dialog);
  g_autoptr (BillingAct) now = read_form (self);

  return self->before != NULL &&
         (g_strcmp0 (now->patient, self->before->patient) != 0 ||
          (now->patient == NULL && !billing_patient_search_is_empty (self->patient_search)) ||
          g_strcmp0 (now->treatment, self->before->treatment) != 0 ||
          g_strcmp0 (now->payment_type, self->before->payment_type) != 0 ||
          g_strcmp0 (now->memo, self->before->memo) != 0 ||
          g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->due_row)), self->before->due) != 0 ||
          g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->amount_row)), self->before->text) != 0);
}

static BillingPaymentType
get_type (BillingPaymentDialog *self)
{
  guint type = adw_combo_row_get_selected (self->type_row);

  return type == GTK_INVALID_LIST_POSITION ? BILLING_PAYMENT_TYPE_NONE : (BillingPaymentType) type;
}

/* What the treatment does not say is asked for. */
static gboolean
has_charges (BillingPaymentDialog *self)
{
  BillingTreatment *treatment = billing_treatment_row_get_treatment (self->treatment_row);

  return treatment != NULL && treatment->charges > 0;
}

static gboolean
is_charge_empty (BillingPaymentDialog *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->charge_row)) == '\0';
}

/* -1 where there is none; what is wrong with it is said below it. */
static gint64
read_charge (BillingPaymentDialog *self)
{
  g_autoptr (GError) error = NULL;
  gint64 charge;

  if (has_charges (self) || is_charge_empty (self))
    return -1;
  if (billing_money_row_get_amount (self->charge_row, &charge, &error))
    return charge;

  billing_problem_row_set_message (self->charge_problem, error->message);
  return -1;
}

static BillingEstimateQuestion *
make_question (BillingPaymentDialog *self)
{
  BillingEstimateQuestion *question = billing_estimate_question_new ();
  g_autoptr (BillingAct) act = read_form (self);
  gint64 charge = read_charge (self);

  g_object_set (question, "patient", act->patient, "payment-type", act->payment_type, "treatment", act->treatment,
                "has-amount", charge > 0, "amount", MAX (charge, 0), NULL);
  return question;
}

static void
ask_estimate (BillingPaymentDialog *self)
{
  g_autoptr (BillingEstimateQuestion) question = NULL;

  g_clear_handle_id (&self->estimate_source, g_source_remove);
  if (billing_patient_search_get_patient (self->patient_search) == NULL || !billing_estimate_applies (get_type (self)))
    {
      billing_estimate_view_clear (self->estimate_view);
      return;
    }

  question = make_question (self);
  billing_estimate_view_ask (self->estimate_view, billing_dialog_get_desk (BILLING_DIALOG (self)), question);
}

static gboolean
estimate_timeout_cb (gpointer user_data)
{
  BillingPaymentDialog *self = user_data;

  self->estimate_source = 0;
  ask_estimate (self);
  return G_SOURCE_REMOVE;
}

/* Patient, treatment, type and charge often change together. */
static void
queue_estimate (BillingPaymentDialog *self)
{
  g_clear_handle_id (&self->estimate_source, g_source_remove);
  self->estimate_source = g_timeout_add (TYPING_MS, estimate_timeout_cb, self);
}

static void
charge_changed_cb (BillingPaymentDialog *self)
{
  billing_problem_row_set_message (self->charge_problem, NULL);
  queue_estimate (self);
}

/* A charge is of use where the insurer's answer is, and nothing else says it. */
static gboolean
wants_charge (BillingPaymentDialog *self)
{
  BillingEstimate *estimate = billing_estimate_view_get_estimate (self->estimate_view);

  if (estimate == NULL || has_charges (self))
    return FALSE;

  return estimate->state == BILLING_ESTIMATE_STATE_NO_CHARGE ||
         (estimate->state == BILLING_ESTIMATE_STATE_READY && (estimate->charge < 0 || !is_charge_empty (self)));
}

/* The estimate stands beside the form where the window below is wide enough for that, else below the form. */
static void
fit_width (BillingPaymentDialog *self)
{
  gboolean is_shown = billing_estimate_view_get_estimate (self->estimate_view) != NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  int room = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : WIDE;
  int tall = parent != NULL ? MIN (gtk_widget_get_height (GTK_WIDGET (parent)), TALL) : TALL;
  int width, height;

  if (gtk_widget_get_visible (self->estimate_child) == is_shown)
    return;

  gtk_widget_set_visible (self->estimate_child, is_shown);
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (is_shown && width == NARROW && room >= WIDE)
    gtk_window_set_default_size (GTK_WINDOW (self), WIDE, MAX (height, tall));
  else if (!is_shown && width == WIDE)
    gtk_window_set_default_size (GTK_WINDOW (self), NARROW, height);
}

static void
estimate_changed_cb (BillingPaymentDialog *self)
{
  gboolean wanted = wants_charge (self);

  fit_width (self);
  gtk_widget_set_visible (GTK_WIDGET (self->charge_row), wanted);
  if (!wanted)
    billing_problem_row_set_message (self->charge_problem, NULL);
}

static void
use_amount_cb (BillingPaymentDialog *self,
               gint64                amount)
{
  g_set_object (&self->used_estimate, billing_estimate_view_get_estimate (self->estimate_view));
  billing_money_row_set_amount (self->amount_row, amount);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
}

/* A treatment that the form was opened with is not something that a person wrote. */
static void
treatments_loaded_cb (BillingPaymentDialog *self,
                      const char           *problem)
{
  if (problem != NULL)
    billing_dialog_complain (BILLING_DIALOG (self), problem);
  if (self->before != NULL)
    g_object_set (self->before, "treatment", billing_treatment_row_get_id (self->treatment_row), NULL);
}

static void
patient_changed_cb (BillingPaymentDialog *self)
{
  BillingPatient *patient = billing_patient_search_get_patient (self->patient_search);

  billing_treatment_row_set_patient (self->treatment_row, billing_dialog_get_desk (BILLING_DIALOG (self)),
                                     patient != NULL ? billing_record_get_id (BILLING_RECORD (patient)) : NULL,
                                     self->treatment_name);
  queue_estimate (self);
}

static void
amount_changed_cb (BillingPaymentDialog *self)
{
  billing_problem_row_set_message (self->amount_problem, NULL);
}

static void
due_changed_cb (BillingPaymentDialog *self)
{
  billing_problem_row_set_message (self->due_problem, NULL);
}

static gboolean
check_patient (BillingPaymentDialog *self)
{
  if (billing_patient_search_choose_only (self->patient_search))
    return TRUE;

  billing_patient_search_set_problem (self->patient_search,
                                      billing_patient_search_is_empty (self->patient_search)
                                      ? _("Choose a patient.")
                                      : _("Choose one of the patients who match."));
  gtk_widget_grab_focus (GTK_WIDGET (self->patient_search));
  return FALSE;
}

static gboolean
check_amount (BillingPaymentDialog *self,
              gint64               *amount)
{
  g_autoptr (GError) error = NULL;

  if (billing_money_row_get_amount (self->amount_row, amount, &error))
    return TRUE;

  billing_problem_row_set_message (self->amount_problem, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
  return FALSE;
}

static gboolean
check_due (BillingPaymentDialog  *self,
           char                 **due)
{
  g_autoptr (GError) error = NULL;

  if (billing_day_row_get_day (self->due_row, due, &error))
    return TRUE;

  billing_problem_row_set_message (self->due_problem, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->due_row));
  return FALSE;
}

/* An amount that was taken over and changed by hand is no estimate any more. */
static void
say_estimate (BillingPaymentDialog *self,
              BillingAct           *act)
{
  if (act->verb != BILLING_VERB_PAYMENT_CREATE || self->used_estimate == NULL || self->used_estimate->amount != act->amount ||
      g_strcmp0 (self->used_estimate->patient_id, act->patient) != 0)
    return;

  g_object_set (act, "has-estimate", TRUE, "estimated", self->used_estimate->amount, "charge", self->used_estimate->charge,
                "payer", self->used_estimate->payer, NULL);
}

static void
save (BillingPaymentDialog *self,
      gboolean              draft)
{
  g_autoptr (BillingAct) act = NULL;
  g_autofree char *due = NULL;
  gint64 amount = 0;
  gboolean good;

  /* All fields say what is wrong with them; the first one gets the focus. */
  good = check_due (self, &due);
  good = check_amount (self, &amount) && good;
  good = check_patient (self) && good;
  if (!good)
    return;

  act = read_form (self);
  g_object_set (act, "has-amount", TRUE, "amount", amount, "due", due != NULL ? due : "", "draft", draft, NULL);
  say_estimate (self, act);
  /* The patient of a payment stays who it is. */
  if (self->payment != NULL)
    g_object_set (act, "patient", NULL, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
create_clicked_cb (BillingPaymentDialog *self)
{
  save (self, FALSE);
}

static void
draft_clicked_cb (BillingPaymentDialog *self)
{
  save (self, TRUE);
}

static void
billing_payment_dialog_done (BillingDialog *dialog,
                             BillingAct    *act)
{
  BillingPaymentDialog *self = BILLING_PAYMENT_DIALOG (dialog);
  g_autofree char *toast = NULL;

  if (self->payment != NULL)
    toast = g_strdup_printf (_("%s changed"), self->payment->number);
  else if (act->draft)
    toast = g_strdup_printf (_("%s saved as draft"), act->result);
  else
    toast = g_strdup_printf (_("%s created"), act->result);

  billing_dialog_tell_done (dialog, toast, act);
  if (self->payment == NULL)
    billing_dialog_tell_window (dialog, "win.show-payment", act->result);
}

static void
patient_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BillingPaymentDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = billing_read_finish (BILLING_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  else
    {
      billing_patient_search_set_patient (self->patient_search, g_ptr_array_index (found, 0));
      remember_form (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
    }
}

static void
read_patient (BillingPaymentDialog *self)
{
  BillingDialog *dialog = BILLING_DIALOG (self);

  if (self->patient_name != NULL)
    billing_read_record_async (billing_desk_get_store (billing_dialog_get_desk (dialog)),
                               BILLING_TYPE_PATIENT, self->patient_name,
                               billing_dialog_get_cancellable (dialog), patient_cb, self);
}

/* Who knows the treatment knows the patient. */
static void
treatment_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BillingPaymentDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = billing_read_finish (BILLING_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  g_free (self->patient_name);
  self->patient_name = g_strdup (BILLING_TREATMENT (g_ptr_array_index (found, 0))->patient_id);
  read_patient (self);
}

/* The names that the caller gave are known only after construction; they are looked up once. */
static void
billing_payment_dialog_map (GtkWidget *widget)
{
  BillingPaymentDialog *self = BILLING_PAYMENT_DIALOG (widget);
  BillingDialog *dialog = BILLING_DIALOG (widget);

  GTK_WIDGET_CLASS (billing_payment_dialog_parent_class)->map (widget);

  if (self->patient_name != NULL)
    read_patient (self);
  else if (self->treatment_name != NULL)
    billing_read_record_async (billing_desk_get_store (billing_dialog_get_desk (dialog)),
                               BILLING_TYPE_TREATMENT, self->treatment_name,
                               billing_dialog_get_cancellable (dialog), treatment_cb, self);
}

/* The form over a payment that is there. */
static void
fill_in (BillingPaymentDialog *self)
{
  BillingPayment *payment = self->payment;
  g_autofree char *title = g_strdup_printf (_("Edit %s"), payment->number);

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (self->create_button, _("Save"));
  gtk_widget_set_visible (self->draft_button, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->patient_search), FALSE);

  billing_money_row_set_amount (self->amount_row, payment->amount);
  billing_day_row_set_day (self->due_row, payment->due_on);
  adw_combo_row_set_selected (self->type_row, payment->payment_type);
  gtk_editable_set_text (GTK_EDITABLE (self->memo_row), payment->memo != NULL ? payment->memo : "");
  self->patient_name = g_strdup (payment->patient_id);
  self->treatment_name = g_strdup (payment->treatment_id);
}

static void
fill_types (BillingPaymentDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (int type = BILLING_PAYMENT_TYPE_NONE; type <= BILLING_PAYMENT_TYPE_PRIVATE_PAY; type++)
    gtk_string_list_append (model, billing_payment_type_get_label (type));

  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (model));
}

static void
billing_payment_dialog_constructed (GObject *object)
{
  BillingPaymentDialog *self = BILLING_PAYMENT_DIALOG (object);
  BillingDialog *dialog = BILLING_DIALOG (object);

  G_OBJECT_CLASS (billing_payment_dialog_parent_class)->constructed (object);

  g_object_set (self->patient_search, "desk", billing_dialog_get_desk (dialog), NULL);
  billing_money_row_set_currency (self->amount_row, billing_dialog_get_practice (dialog)->currency);
  billing_money_row_set_currency (self->charge_row, billing_dialog_get_practice (dialog)->currency);
  fill_types (self);
  if (self->payment != NULL)
    fill_in (self);
  remember_form (self);
}

static void
billing_payment_dialog_dispose (GObject *object)
{
  BillingPaymentDialog *self = BILLING_PAYMENT_DIALOG (object);

  g_clear_handle_id (&self->estimate_source, g_source_remove);
  g_clear_object (&self->payment);
  g_clear_object (&self->before);
  g_clear_object (&self->used_estimate);
  g_clear_pointer (&self->patient_name, g_free);
  g_clear_pointer (&self->treatment_name, g_free);

  G_OBJECT_CLASS (billing_payment_dialog_parent_class)->dispose (object);
}

static void
billing_payment_dialog_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  BillingPaymentDialog *self = BILLING_PAYMENT_DIALOG (object);

  switch ((BillingPaymentDialogProperty) property_id)
    {
    case PROP_PAYMENT:
      g_value_set_object (value, self->payment);
      break;
    case PROP_PATIENT:
      g_value_set_string (value, self->patient_name);
      break;
    case PROP_TREATMENT:
      g_value_set_string (value, self->treatment_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_payment_dialog_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  BillingPaymentDialog *self = BILLING_PAYMENT_DIALOG (object);

  switch ((BillingPaymentDialogProperty) property_id)
    {
    case PROP_PAYMENT:
      self->payment = g_value_dup_object (value);
      break;
    case PROP_PATIENT:
      g_free (self->patient_name);
      self->patient_name = g_value_dup_string (value);
      break;
    case PROP_TREATMENT:
      g_free (self->treatment_name);
      self->treatment_name = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_PAYMENT] =
    g_param_spec_object ("payment", NULL, NULL, BILLING_TYPE_PAYMENT, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_PATIENT] = g_param_spec_string ("patient", NULL, NULL, NULL, flags);
  properties[PROP_TREATMENT] = g_param_spec_string ("treatment", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
billing_payment_dialog_class_init (BillingPaymentDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = billing_payment_dialog_constructed;
  object_class->dispose = billing_payment_dialog_dispose;
  object_class->get_property = billing_payment_dialog_get_property;
  object_class->set_property = billing_payment_dialog_set_property;
  widget_class->map = billing_payment_dialog_map;
  BILLING_DIALOG_CLASS (klass)->is_changed = billing_payment_dialog_is_changed;
  BILLING_DIALOG_CLASS (klass)->done = billing_payment_dialog_done;
  install_properties (object_class);

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_ESTIMATE_VIEW);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PATIENT_SEARCH);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  g_type_ensure (BILLING_TYPE_TREATMENT_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/payment-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, amount_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, charge_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, charge_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, draft_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, due_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, due_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, estimate_child);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, estimate_view);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, memo_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, patient_search);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, treatment_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentDialog, type_row);
  gtk_widget_class_bind_template_callback (widget_class, amount_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_estimate);
  gtk_widget_class_bind_template_callback (widget_class, charge_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, draft_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, estimate_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, patient_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, queue_estimate);
  gtk_widget_class_bind_template_callback (widget_class, treatments_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_amount_cb);
}

static void
billing_payment_dialog_init (BillingPaymentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_payment_dialog_new:
 * @desk: whose practice
 *
 * Returns: (transfer none): *Create Payment*, to be presented
 */
BillingPaymentDialog *
billing_payment_dialog_new (BillingDesk *desk)
{
  return g_object_new (BILLING_TYPE_PAYMENT_DIALOG, "desk", desk, NULL);
}

/**
 * billing_payment_dialog_new_edit:
 * @desk: whose practice
 * @payment: what is to be edited
 *
 * Returns: (transfer none): the form over @payment, to be presented
 */
BillingPaymentDialog *
billing_payment_dialog_new_edit (BillingDesk    *desk,
                                 BillingPayment *payment)
{
  return g_object_new (BILLING_TYPE_PAYMENT_DIALOG, "desk", desk, "payment", payment, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-filter-form"

#include "config.h"

#include "billing-payment-filter-form.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-enums.h"
#include "billing-money-row.h"
#include "billing-patient-search.h"
#include "billing-problem-row.h"
#include "billing-status.h"
#include "billing-treatment.h"

#define N_STATUSES (BILLING_STATUS_VOIDED + 1)
#define STATUSES_IN_A_ROW 3

/* Milliseconds after the last key: half a date is no date, and need not be said to be none. */
#define PAUSE 350

typedef struct {
  BillingPaymentFilterForm *form; /* (not owned) */
  const char *property; /* of the query */
  GtkWidget *row; /* (not owned) */
  BillingProblemRow *problem; /* (not owned) */
  char *day; /* (owned) (nullable): what is in force */
  gint64 amount; /* likewise, -1: none */
} Field;

enum { DUE_FROM, DUE_TO, FROM, TO, MIN_AMOUNT, MAX_AMOUNT, N_FIELDS };

struct _BillingPaymentFilterForm {
  AdwBin parent_instance;

  /* Template widgets. */
  GtkGrid *statuses;
  GtkDropDown *locations;
  GtkStringList *location_names;
  GtkCheckButton *overdue;
  BillingPatientSearch *patient;
  GtkWidget *rows[N_FIELDS];
  BillingProblemRow *problems[N_FIELDS];

  GtkCheckButton *checks[N_STATUSES]; /* (not owned) */
  GPtrArray *location_ids; /* (owned) (element-type utf8): as the drop down has them; "" is all */
  Field fields[N_FIELDS];
  guint pause; /* the source that waits for the end of the writing, 0: none */
  gboolean busy; /* setting our own widgets */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingPaymentFilterForm, billing_payment_filter_form, ADW_TYPE_BIN)

static void
changed (BillingPaymentFilterForm *self)
{
  if (!self->busy)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* What is written in a field. */

static gboolean
is_empty (Field *field)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->row))));

  return *text == '\0';
}

static gboolean
read_day (Field   *field,
          char   **day,
          GError **error)
{
  return billing_day_row_get_day (BILLING_DAY_ROW (field->row), day, error);
}

static gboolean
read_amount (Field   *field,
             gint64  *amount,
             GError **error)
{
  *amount = -1;
  return is_empty (field) || billing_money_row_get_amount (BILLING_MONEY_ROW (field->row), amount, error);
}

/* Whether what is written there makes sense, and is something else than what is in force; then it is in force. */
static gboolean
take (Field     *field,
      GError   **error)
{
  g_autofree char *day = NULL;
  gint64 amount = -1;

  if (BILLING_IS_DAY_ROW (field->row) ? !read_day (field, &day, error) : !read_amount (field, &amount, error))
    return FALSE;
  if (g_strcmp0 (day, field->day) == 0 && amount == field->amount)
    return FALSE;

  g_free (field->day);
  field->day = g_steal_pointer (&day);
  field->amount = amount;
  return TRUE;
}

/* Nothing can be after the last day and before the first. */
static const char *
find_contradiction (BillingPaymentFilterForm *self,
                    guint                     i)
{
  Field *first = &self->fields[i - i % 2];
  Field *last = first + 1;

  if (i % 2 == 0)
    return NULL;
  if (first->day != NULL && last->day != NULL && strcmp (first->day, last->day) > 0)
    return _("This is before the first day.");
  if (first->amount >= 0 && last->amount >= 0 && first->amount > last->amount)
    return _("This is less than the lowest amount.");

  return NULL;
}

static void
show_contradictions (BillingPaymentFilterForm *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (i % 2 == 1)
        billing_problem_row_set_message (self->problems[i], find_contradiction (self, i));
    }
}

/* Takes what is written. What makes no sense is complained about once its writer is done with it. */
static void
take_all (BillingPaymentFilterForm *self,
          Field                    *done)
{
  gboolean any = FALSE;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autoptr (GError) error = NULL;

      any |= take (&self->fields[i], &error);
      if (error == NULL)
        billing_problem_row_set_message (self->problems[i], find_contradiction (self, i));
      else if (done == &self->fields[i])
        billing_problem_row_set_message (self->problems[i], error->message);
    }

  if (any)
    {
      show_contradictions (self);
      changed (self);
    }
}

static void
stop_waiting (BillingPaymentFilterForm *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
}

static gboolean
pause_cb (gpointer user_data)
{
  BillingPaymentFilterForm *self = user_data;

  self->pause = 0;
  take_all (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
written_cb (Field *field)
{
  BillingPaymentFilterForm *self = field->form;

  if (self->busy)
    return;

  billing_problem_row_set_message (field->problem, NULL);
  stop_waiting (self);
  self->pause = g_timeout_add (PAUSE, pause_cb, self);
}

static void
done_cb (Field *field)
{
  if (field->form->busy)
    return;

  stop_waiting (field->form);
  take_all (field->form, field);
}

static void
add_fields (BillingPaymentFilterForm *self)
{
  static const char * const properties[N_FIELDS] = { "due-from", "due-to", "from", "to", "min", "max" };

  for (guint i = 0; i < N_FIELDS; i++)
    {
      Field *field = &self->fields[i];
      GtkEventController *focus = gtk_event_controller_focus_new ();

      field->form = self;
      field->property = properties[i];
      field->row = self->rows[i];
      field->problem = self->problems[i];
      field->amount = -1;
      g_signal_connect_swapped (field->row, "changed", G_CALLBACK (written_cb), field);
      g_signal_connect_swapped (field->row, "entry-activated", G_CALLBACK (done_cb), field);
      g_signal_connect_swapped (focus, "leave", G_CALLBACK (done_cb), field);
      gtk_widget_add_controller (field->row, focus);
    }
}

static void
show_field (Field        *field,
            BillingQuery *query)
{
  g_clear_pointer (&field->day, g_free);
  field->amount = -1;
  if (BILLING_IS_DAY_ROW (field->row))
    {
      g_object_get (query, field->property, &field->day, NULL);
      billing_day_row_set_day (BILLING_DAY_ROW (field->row), field->day);
    }
  else
    {
      g_object_get (query, field->property, &field->amount, NULL);
      if (field->amount >= 0)
        billing_money_row_set_amount (BILLING_MONEY_ROW (field->row), field->amount);
      else
        gtk_editable_set_text (GTK_EDITABLE (field->row), "");
    }
  billing_problem_row_set_message (field->problem, NULL);
}

/* Statuses and locations. */

static char *
join_statuses (BillingPaymentFilterForm *self)
{
  g_autoptr (GString) nicks = g_string_new (NULL);

  for (int i = 0; i < N_STATUSES; i++)
    {
      if (gtk_check_button_get_active (self->checks[i]))
        g_string_append_printf (nicks, "%s%s", nicks->len > 0 ? "," : "", billing_enum_nick (BILLING_TYPE_STATUS, i));
    }

  return nicks->len > 0 ? g_string_free (g_steal_pointer (&nicks), FALSE) : NULL;
}

static void
show_statuses (BillingPaymentFilterForm *self,
               const char               *status)
{
  g_auto (GStrv) nicks = g_strsplit (status != NULL ? status : "", ",", -1);

  for (int i = 0; i < N_STATUSES; i++)
    gtk_check_button_set_active (self->checks[i], g_strv_contains ((const char * const *) nicks,
                                                                   billing_enum_nick (BILLING_TYPE_STATUS, i)));
}

static void
add_statuses (BillingPaymentFilterForm *self)
{
  for (int i = 0; i < N_STATUSES; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (billing_status_get_label ((BillingStatus) i));

      self->checks[i] = GTK_CHECK_BUTTON (check);
      gtk_grid_attach (self->statuses, check, i % STATUSES_IN_A_ROW, i / STATUSES_IN_A_ROW, 1, 1);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (changed), self);
    }
}

static const char *
get_location (BillingPaymentFilterForm *self)
{
  guint selected = gtk_drop_down_get_selected (self->locations);

  return selected > 0 && selected < self->location_ids->len ? self->location_ids->pdata[selected] : NULL;
}

static void
show_location (BillingPaymentFilterForm *self,
               const char               *location)
{
  guint selected = 0;

  for (guint i = 1; i < self->location_ids->len && location != NULL; i++)
    {
      /* By its id or, on the command line and in reports, by its name. */
      if (g_str_equal (self->location_ids->pdata[i], location) ||
          g_str_equal (gtk_string_list_get_string (self->location_names, i), location))
        selected = i;
    }
  gtk_drop_down_set_selected (self->locations, selected);
}

static void
add_location (BillingPaymentFilterForm *self,
              const char               *id,
              const char               *name)
{
  g_ptr_array_add (self->location_ids, g_strdup (id));
  gtk_string_list_append (self->location_names, name);
}

static void
billing_payment_filter_form_dispose (GObject *object)
{
  BillingPaymentFilterForm *self = BILLING_PAYMENT_FILTER_FORM (object);

  stop_waiting (self);
  self->busy = TRUE;
  /* AdwBin looks for its child afterwards, which gtk_widget_dispose_template() would have taken away. */
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_payment_filter_form_parent_class)->dispose (object);
}

static void
billing_payment_filter_form_finalize (GObject *object)
{
  BillingPaymentFilterForm *self = BILLING_PAYMENT_FILTER_FORM (object);

  for (guint i = 0; i < N_FIELDS; i++)
    g_free (self->fields[i].day);
  g_clear_pointer (&self->location_ids, g_ptr_array_unref);

  G_OBJECT_CLASS (billing_payment_filter_form_parent_class)->finalize (object);
}

static void
bind_fields (GtkWidgetClass *widget_class)
{
  static const char * const names[N_FIELDS] = { "due_from", "due_to", "from", "to", "min", "max" };

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *problem = g_strconcat (names[i], "_problem", NULL);

      gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                                 G_STRUCT_OFFSET (BillingPaymentFilterForm, rows) +
                                                 (gssize) (i * sizeof (GtkWidget *)));
      gtk_widget_class_bind_template_child_full (widget_class, problem, FALSE,
                                                 G_STRUCT_OFFSET (BillingPaymentFilterForm, problems) +
                                                 (gssize) (i * sizeof (BillingProblemRow *)));
    }
}

static void
billing_payment_filter_form_class_init (BillingPaymentFilterFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_payment_filter_form_dispose;
  object_class->finalize = billing_payment_filter_form_finalize;

  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_PAYMENT_FILTER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PATIENT_SEARCH);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/payments/payment-filter-form.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, location_names);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, locations);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, overdue);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, patient);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, statuses);
  bind_fields (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed);
}

static void
billing_payment_filter_form_init (BillingPaymentFilterForm *self)
{
  self->location_ids = g_ptr_array_new_with_free_func (g_free);

  self->busy = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_statuses (self);
  add_fields (self);
  self->busy = FALSE;
}

void
billing_payment_filter_form_set_desk (BillingPaymentFilterForm *self,
                                      BillingDesk              *desk)
{
  g_object_set (self->patient, "desk", desk, NULL);
  if (desk == NULL)
    return;

  billing_money_row_set_currency (BILLING_MONEY_ROW (self->rows[MIN_AMOUNT]), billing_desk_get_practice (desk)->currency);
  billing_money_row_set_currency (BILLING_MONEY_ROW (self->rows[MAX_AMOUNT]), billing_desk_get_practice (desk)->currency);
}

/**
 * billing_payment_filter_form_set_locations:
 * @self: a form
 * @locations: (element-type BillingLocation): the locations that there are
 */
void
billing_payment_filter_form_set_locations (BillingPaymentFilterForm *self,
                                           GPtrArray                *locations)
{
  g_autofree char *before = g_strdup (get_location (self));

  self->busy = TRUE;
  g_ptr_array_set_size (self->location_ids, 0);
  gtk_string_list_splice (self->location_names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->location_names)), NULL);
  add_location (self, "", _("All locations"));
  add_location (self, BILLING_QUERY_NO_LOCATION, _("No location"));
  for (guint i = 0; i < locations->len; i++)
    {
      BillingLocation *location = locations->pdata[i];

      add_location (self, billing_record_get_id (BILLING_RECORD (location)), location->name);
    }
  show_location (self, before);
  self->busy = FALSE;
}

/**
 * billing_payment_filter_form_show:
 * @self: a form
 * @query: the filters that are in force
 * @patient: (nullable): who the query's patient is
 */
void
billing_payment_filter_form_show (BillingPaymentFilterForm *self,
                                  BillingQuery             *query,
                                  BillingPatient           *patient)
{
  self->busy = TRUE;
  stop_waiting (self);
  show_statuses (self, query->status);
  show_location (self, query->location);
  gtk_check_button_set_active (self->overdue, query->overdue);
  billing_patient_search_set_patient (self->patient, patient);
  for (guint i = 0; i < N_FIELDS; i++)
    show_field (&self->fields[i], query);
  self->busy = FALSE;
}

/**
 * billing_payment_filter_form_apply:
 * @self: a form
 * @query: gets the filters of the form; others that it has stay
 */
void
billing_payment_filter_form_apply (BillingPaymentFilterForm *self,
                                   BillingQuery             *query)
{
  g_autofree char *status = join_statuses (self);
  BillingPatient *patient = billing_patient_search_get_patient (self->patient);

  g_object_set (query, "status", status, "location", get_location (self), "overdue",
                gtk_check_button_get_active (self->overdue), "patient",
                patient != NULL ? billing_record_get_id (BILLING_RECORD (patient)) : NULL, NULL);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (BILLING_IS_DAY_ROW (self->fields[i].row))
        g_object_set (query, self->fields[i].property, self->fields[i].day, NULL);
      else
        g_object_set (query, self->fields[i].property, self->fields[i].amount, NULL);
    }
}

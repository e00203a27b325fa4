/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-filter-form"

#include "config.h"

#include "billing-payment-filter-form.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-enums.h"
#include "billing-filter-checks.h"
#include "billing-filter-range.h"
#include "billing-money-row.h"
#include "billing-patient-search.h"
#include "billing-status.h"
#include "billing-treatment.h"

#define STATUSES_IN_A_ROW 3

enum { DUE, CREATED, AMOUNT, N_RANGES };

struct _BillingPaymentFilterForm {
  AdwBin parent_instance;

  /* Template widgets. */
  BillingFilterChecks *statuses;
  GtkDropDown *locations;
  GtkStringList *location_names;
  GtkCheckButton *overdue;
  BillingPatientSearch *patient;
  BillingFilterRange *ranges[N_RANGES];

  GPtrArray *location_ids; /* (owned) (element-type utf8): as the drop down has them; "" is all */
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

/* Statuses and locations. */

static void
add_statuses (BillingPaymentFilterForm *self)
{
  for (int i = 0; i <= BILLING_STATUS_VOIDED; i++)
    billing_filter_checks_add (self->statuses, billing_enum_nick (BILLING_TYPE_STATUS, i), billing_status_get_label ((BillingStatus) i),
                               STATUSES_IN_A_ROW);
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

  self->busy = TRUE;
  /* AdwBin looks for its child afterwards, which gtk_widget_dispose_template() would have taken away. */
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_payment_filter_form_parent_class)->dispose (object);
}

static void
billing_payment_filter_form_finalize (GObject *object)
{
  BillingPaymentFilterForm *self = BILLING_PAYMENT_FILTER_FORM (object);

  g_clear_pointer (&self->location_ids, g_ptr_array_unref);

  G_OBJECT_CLASS (billing_payment_filter_form_parent_class)->finalize (object);
}

static void
bind_ranges (GtkWidgetClass *widget_class)
{
  static const char * const names[N_RANGES] = { "due", "created", "amount" };

  for (guint i = 0; i < N_RANGES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               G_STRUCT_OFFSET (BillingPaymentFilterForm, ranges) +
                                               (gssize) (i * sizeof (BillingFilterRange *)));
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
  g_type_ensure (BILLING_TYPE_FILTER_CHECKS);
  g_type_ensure (BILLING_TYPE_FILTER_RANGE);
  g_type_ensure (BILLING_TYPE_PATIENT_SEARCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/payments/payment-filter-form.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, location_names);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, locations);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, overdue);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, patient);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilterForm, statuses);
  bind_ranges (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed);
}

static void
billing_payment_filter_form_init (BillingPaymentFilterForm *self)
{
  self->location_ids = g_ptr_array_new_with_free_func (g_free);

  self->busy = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_statuses (self);
  self->busy = FALSE;
}

void
billing_payment_filter_form_set_desk (BillingPaymentFilterForm *self,
                                      BillingDesk              *desk)
{
  g_object_set (self->patient, "desk", desk, NULL);
  if (desk == NULL)
    return;

  billing_filter_range_set_currency (self->ranges[AMOUNT], billing_desk_get_practice (desk)->currency);
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
  billing_filter_checks_show (self->statuses, query->status);
  show_location (self, query->location);
  gtk_check_button_set_active (self->overdue, query->overdue);
  billing_patient_search_set_patient (self->patient, patient);
  for (guint i = 0; i < N_RANGES; i++)
    billing_filter_range_show (self->ranges[i], query);
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
  g_autofree char *status = billing_filter_checks_join (self->statuses);
  BillingPatient *patient = billing_patient_search_get_patient (self->patient);

  g_object_set (query, "status", status, "location", get_location (self), "overdue",
                gtk_check_button_get_active (self->overdue), "patient",
                patient != NULL ? billing_record_get_id (BILLING_RECORD (patient)) : NULL, NULL);
  for (guint i = 0; i < N_RANGES; i++)
    billing_filter_range_apply (self->ranges[i], query);
}

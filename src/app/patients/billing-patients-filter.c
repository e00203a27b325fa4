/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patients-filter"

#include "config.h"

#include "billing-patients-filter.h"

#include <glib/gi18n.h>

#include "billing-read.h"
#include "billing-treatment.h"

struct _BillingPatientsFilter {
  GtkBox parent_instance;

  /* Template widgets (not owned) */
  GtkDropDown *status;
  GtkDropDown *location;
  GtkWidget *clear;

  GPtrArray *locations; /* (owned) (nullable) (element-type BillingLocation): in the order of the dropdown, behind the first row */
  GCancellable *reading; /* (owned) (nullable) */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingPatientsFilter, billing_patients_filter, GTK_TYPE_BOX)

/* In the order of the dropdown; the first lists all. */
static const char * const statuses[] = { NULL, "owing", "overdue", "credit" };

static void
changed_cb (BillingPatientsFilter *self)
{
  gtk_widget_set_visible (self->clear, billing_patients_filter_is_active (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
locations_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BillingPatientsFilter *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) locations = billing_read_finish (BILLING_STORE (object), result, &error);
  g_autoptr (GtkStringList) names = NULL;

  if (locations == NULL)
    return;

  self = user_data;
  names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, _("All Locations"));
  for (guint i = 0; i < locations->len; i++)
    gtk_string_list_append (names, BILLING_LOCATION (locations->pdata[i])->name);

  g_clear_pointer (&self->locations, g_ptr_array_unref);
  self->locations = g_steal_pointer (&locations);
  gtk_drop_down_set_model (self->location, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->location), self->locations->len > 1);
}

static void
billing_patients_filter_dispose (GObject *object)
{
  BillingPatientsFilter *self = BILLING_PATIENTS_FILTER (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->locations, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_PATIENTS_FILTER);

  G_OBJECT_CLASS (billing_patients_filter_parent_class)->dispose (object);
}

static void
billing_patients_filter_class_init (BillingPatientsFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_patients_filter_dispose;

  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_PATIENTS_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/patients/patients-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPatientsFilter, clear);
  gtk_widget_class_bind_template_child (widget_class, BillingPatientsFilter, location);
  gtk_widget_class_bind_template_child (widget_class, BillingPatientsFilter, status);
  gtk_widget_class_bind_template_callback (widget_class, billing_patients_filter_clear);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
billing_patients_filter_init (BillingPatientsFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_patients_filter_set_desk (BillingPatientsFilter *self,
                                  BillingDesk           *desk)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (desk != NULL)
    billing_read_list_again (desk, "locations", &self->reading, locations_cb, self);
}

void
billing_patients_filter_apply (BillingPatientsFilter *self,
                               BillingQuery          *query)
{
  guint chosen = gtk_drop_down_get_selected (self->location);
  gboolean has_location = self->locations != NULL && chosen > 0 && chosen <= self->locations->len;

  g_object_set (query,
                "status", statuses[gtk_drop_down_get_selected (self->status)],
                "location", has_location ? billing_record_get_id (self->locations->pdata[chosen - 1]) : NULL,
                NULL);
}

gboolean
billing_patients_filter_is_active (BillingPatientsFilter *self)
{
  guint chosen = gtk_drop_down_get_selected (self->location);

  return gtk_drop_down_get_selected (self->status) != 0 || (chosen != 0 && chosen != GTK_INVALID_LIST_POSITION);
}

void
billing_patients_filter_clear (BillingPatientsFilter *self)
{
  gtk_drop_down_set_selected (self->status, 0);
  gtk_drop_down_set_selected (self->location, 0);
}

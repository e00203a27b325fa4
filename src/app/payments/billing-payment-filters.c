/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-filters"

#include "config.h"

#include "billing-payment-filters.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-filter-chips.h"
#include "billing-patient.h"
#include "billing-payment-filter-form.h"
#include "billing-payment-filter.h"
#include "billing-read.h"
#include "billing-treatment.h"

struct _BillingPaymentFilters {
  GtkBox parent_instance;

  /* Template widgets. */
  BillingPaymentFilterForm *form;
  BillingFilterChips *chips;

  GSettings *settings; /* (owned) */
  GSignalGroup *store; /* (owned) */
  BillingDesk *desk; /* (owned) (nullable) */
  BillingQuery *query; /* (owned): what is in force */
  GHashTable *names; /* (owned) (element-type utf8 utf8): of ids, as far as they were looked up */
  GCancellable *reading; /* (owned) (nullable) */
  gboolean is_shown; /* by a card or a report, and so not remembered */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingPaymentFilters, billing_payment_filters, GTK_TYPE_BOX)

/* What things are called. */

static char *
get_record_name (BillingRecord *record)
{
  const char *property = g_object_class_find_property (G_OBJECT_GET_CLASS (record), "name") != NULL ? "name" : "number";
  char *name;

  g_object_get (record, property, &name, NULL);
  return name;
}

/* One row by its key, where a chip first names it. */
static const char *
find_name (BillingPaymentFilters *self,
           const char            *id)
{
  g_autoptr (BillingRecord) record = NULL;

  if (id == NULL || *id == '\0' || self->desk == NULL || g_str_equal (id, BILLING_QUERY_NO_LOCATION))
    return NULL;

  if (!g_hash_table_contains (self->names, id))
    {
      record = billing_desk_find (self->desk, id, NULL);
      if (record == NULL)
        return NULL;
      g_hash_table_insert (self->names, g_strdup (id), get_record_name (record));
    }

  return g_hash_table_lookup (self->names, id);
}

/* Chips. */

static void
removed_cb (BillingPaymentFilters *self,
            int                    filter)
{
  billing_payment_filter_clear ((BillingPaymentFilter) filter, self->query);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
update_chips (BillingPaymentFilters *self)
{
  const BillingPaymentFilterNames names = {
    .location = find_name (self, self->query->location),
    .patient = find_name (self, self->query->patient),
    .treatment = find_name (self, self->query->subject),
    .physician = find_name (self, self->query->physician),
    .currency = self->desk != NULL ? billing_desk_get_practice (self->desk)->currency : NULL,
  };

  billing_filter_chips_clear (self->chips);
  for (int i = 0; i < BILLING_N_PAYMENT_FILTERS; i++)
    {
      g_autofree char *text = billing_payment_filter_format ((BillingPaymentFilter) i, self->query, &names);

      if (text != NULL)
        billing_filter_chips_add (self->chips, i, text);
    }

  if (billing_payment_filters_are_active (self))
    billing_filter_chips_add_clear (self->chips);
}

/* What is remembered. */

static void
save (BillingPaymentFilters *self)
{
  g_auto (GStrv) statuses = g_strsplit (self->query->status != NULL ? self->query->status : "", ",", -1);

  if (!billing_payment_filters_are_active (self))
    self->is_shown = FALSE;
  if (self->is_shown)
    return;

  g_settings_set_strv (self->settings, "payments-status", (const char * const *) statuses);
  g_settings_set_string (self->settings, "payments-location", self->query->location != NULL ? self->query->location : "");
}

static void
load (BillingPaymentFilters *self)
{
  g_auto (GStrv) statuses = g_settings_get_strv (self->settings, "payments-status");
  g_autofree char *joined = g_strjoinv (",", statuses);
  g_autofree char *location = g_settings_get_string (self->settings, "payments-location");

  g_object_set (self->query, "status", *joined != '\0' ? joined : NULL, "location", *location != '\0' ? location : NULL,
                NULL);
}

static void
billing_payment_filters_changed (BillingPaymentFilters *self)
{
  save (self);
  update_chips (self);
}

/* The form. */

static void
opened_cb (BillingPaymentFilters *self)
{
  const char *id = self->query->patient;
  g_autoptr (BillingRecord) patient =
    id != NULL && self->desk != NULL ? billing_desk_find (self->desk, id, NULL) : NULL;

  billing_payment_filter_form_show (self->form, self->query, BILLING_IS_PATIENT (patient) ? BILLING_PATIENT (patient) : NULL);
}

static void
form_changed_cb (BillingPaymentFilters *self)
{
  billing_payment_filter_form_apply (self->form, self->query);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Locations. */

static void
take_locations (BillingPaymentFilters *self,
                GPtrArray             *locations)
{
  for (guint i = 0; i < locations->len; i++)
    {
      BillingLocation *location = locations->pdata[i];

      g_hash_table_insert (self->names, g_strdup (billing_record_get_id (BILLING_RECORD (location))),
                           g_strdup (location->name));
    }

  billing_payment_filter_form_set_locations (self->form, locations);
}

/* A location that was remembered may be another practice's. */
static gboolean
forget_unknown_location (BillingPaymentFilters *self)
{
  const char *location = self->query->location;

  if (self->is_shown || location == NULL || g_str_equal (location, BILLING_QUERY_NO_LOCATION) ||
      g_hash_table_contains (self->names, location))
    return FALSE;

  billing_payment_filter_clear (BILLING_PAYMENT_FILTER_LOCATION, self->query);
  return TRUE;
}

static void
locations_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BillingPaymentFilters *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) locations = billing_read_finish (BILLING_STORE (object), result, &error);

  if (locations == NULL)
    return;

  take_locations (self, locations);
  if (forget_unknown_location (self))
    g_signal_emit (self, signals[CHANGED], 0);
  else
    update_chips (self);
}

static void
load_locations (BillingPaymentFilters *self)
{
  billing_read_list_again (self->desk, "locations", &self->reading, locations_cb, self);
}

static void
store_changed_cb (BillingPaymentFilters *self,
                  const char            *kind)
{
  if (g_strcmp0 (kind, "locations") == 0)
    load_locations (self);
}

static void
billing_payment_filters_dispose (GObject *object)
{
  BillingPaymentFilters *self = BILLING_PAYMENT_FILTERS (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_object (&self->query);
  g_clear_pointer (&self->names, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_PAYMENT_FILTERS);

  G_OBJECT_CLASS (billing_payment_filters_parent_class)->dispose (object);
}

static void
billing_payment_filters_class_init (BillingPaymentFiltersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_payment_filters_dispose;

  signals[CHANGED] = g_signal_new_class_handler ("changed", BILLING_TYPE_PAYMENT_FILTERS,
                                                 G_SIGNAL_RUN_FIRST,
                                                 G_CALLBACK (billing_payment_filters_changed),
                                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BILLING_TYPE_FILTER_CHIPS);
  g_type_ensure (BILLING_TYPE_PAYMENT_FILTER_FORM);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/example/Billing/ui/payments/payment-filters.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilters, chips);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilters, form);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
}

static void
billing_payment_filters_init (BillingPaymentFilters *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->query = billing_query_new ("payments");
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);
  load (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  update_chips (self);
}

void
billing_payment_filters_set_desk (BillingPaymentFilters *self,
                                  BillingDesk           *desk)
{
  gboolean is_other = self->desk != NULL;

  if (!g_set_object (&self->desk, desk))
    return;

  /* The patients and days of one practice say nothing in another. */
  if (is_other)
    {
      g_hash_table_remove_all (self->names);
      billing_payment_filters_clear (self);
    }

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  billing_payment_filter_form_set_desk (self->form, desk);
  if (desk != NULL)
    load_locations (self);
}

/**
 * billing_payment_filters_set_query:
 * @self: the filters
 * @query: a query for payments
 *
 * Narrows the list to what @query is narrowed to, and to nothing else: cards and reports show their rows by it.
 */
void
billing_payment_filters_set_query (BillingPaymentFilters *self,
                                   BillingQuery          *query)
{
  for (int i = 0; i < BILLING_N_PAYMENT_FILTERS; i++)
    billing_payment_filter_copy ((BillingPaymentFilter) i, query, self->query);

  self->is_shown = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * billing_payment_filters_apply:
 * @self: the filters
 * @query: a query for payments, to be narrowed by them
 */
void
billing_payment_filters_apply (BillingPaymentFilters *self,
                               BillingQuery          *query)
{
  for (int i = 0; i < BILLING_N_PAYMENT_FILTERS; i++)
    billing_payment_filter_copy ((BillingPaymentFilter) i, self->query, query);
}

gboolean
billing_payment_filters_are_active (BillingPaymentFilters *self)
{
  for (int i = 0; i < BILLING_N_PAYMENT_FILTERS; i++)
    {
      if (billing_payment_filter_is_active ((BillingPaymentFilter) i, self->query))
        return TRUE;
    }

  return FALSE;
}

void
billing_payment_filters_clear (BillingPaymentFilters *self)
{
  for (int i = 0; i < BILLING_N_PAYMENT_FILTERS; i++)
    billing_payment_filter_clear ((BillingPaymentFilter) i, self->query);

  g_signal_emit (self, signals[CHANGED], 0);
}

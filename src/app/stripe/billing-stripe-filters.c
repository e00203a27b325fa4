/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-filters"

#include "config.h"

#include "billing-stripe-filters.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-filter-checks.h"
#include "billing-filter-chips.h"
#include "billing-filter-range.h"
#include "billing-money-row.h"
#include "billing-payment-filter.h"
#include "billing-stripe-format.h"
#include "billing-stripe-status.h"

#define STATUSES_IN_A_ROW 2

struct _BillingStripeFilters {
  GtkBox parent_instance;

  /* Template widgets, not owned. */
  BillingFilterChecks *statuses;
  GtkCheckButton *nobody;
  GtkDropDown *methods;
  BillingFilterRange *amount;
  BillingFilterRange *date;
  BillingFilterChips *chips;

  BillingDesk *desk; /* (owned) (nullable) */
  BillingQuery *query; /* (owned): what is in force */
  gboolean busy; /* setting our own widgets */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingStripeFilters, billing_stripe_filters, GTK_TYPE_BOX)

/* In the order of the chips. */
static const BillingPaymentFilter filters[] = {
  BILLING_PAYMENT_FILTER_STATUS, BILLING_PAYMENT_FILTER_PATIENT, BILLING_PAYMENT_FILTER_CREATED, BILLING_PAYMENT_FILTER_AMOUNT,
  BILLING_PAYMENT_FILTER_METHOD,
};

static void
update_chips (BillingStripeFilters *self)
{
  const BillingPaymentFilterNames names = {
    .currency = self->desk != NULL ? billing_desk_get_practice (self->desk)->currency : NULL,
  };

  billing_filter_chips_clear (self->chips);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *text = billing_payment_filter_format (filters[i], self->query, &names);

      if (text != NULL)
        billing_filter_chips_add (self->chips, (int) filters[i], text);
    }

  if (billing_stripe_filters_are_active (self))
    billing_filter_chips_add_clear (self->chips);
}

static void
removed_cb (BillingStripeFilters *self,
            int                   filter)
{
  billing_payment_filter_clear ((BillingPaymentFilter) filter, self->query);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The form. The first method is any. */

static const char *
get_method (BillingStripeFilters *self)
{
  guint selected = gtk_drop_down_get_selected (self->methods);

  return selected > 0 ? billing_stripe_format_nth_method_type (selected - 1) : NULL;
}

static void
show_method (BillingStripeFilters *self)
{
  guint selected = 0;

  for (guint i = 0; billing_stripe_format_nth_method_type (i) != NULL; i++)
    {
      if (g_strcmp0 (billing_stripe_format_nth_method_type (i), self->query->method) == 0)
        selected = i + 1;
    }

  gtk_drop_down_set_selected (self->methods, selected);
}

static void
opened_cb (BillingStripeFilters *self)
{
  self->busy = TRUE;
  billing_filter_checks_show (self->statuses, self->query->status);
  gtk_check_button_set_active (self->nobody, self->query->patient != NULL);
  show_method (self);
  billing_filter_range_show (self->amount, self->query);
  billing_filter_range_show (self->date, self->query);
  self->busy = FALSE;
}

static void
form_changed_cb (BillingStripeFilters *self)
{
  g_autofree char *status = NULL;

  if (self->busy)
    return;

  status = billing_filter_checks_join (self->statuses);
  g_object_set (self->query, "status", status, "method", get_method (self), "patient",
                gtk_check_button_get_active (self->nobody) ? BILLING_QUERY_NO_LOCATION : NULL, NULL);
  billing_filter_range_apply (self->amount, self->query);
  billing_filter_range_apply (self->date, self->query);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_choices (BillingStripeFilters *self)
{
  const char * const *words = billing_stripe_status_list_words ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    billing_filter_checks_add (self->statuses, words[i], billing_stripe_status_get_label (words[i]), STATUSES_IN_A_ROW);

  gtk_string_list_append (labels, _("All methods"));
  for (guint i = 0; billing_stripe_format_nth_method_type (i) != NULL; i++)
    gtk_string_list_append (labels, billing_stripe_format_method_type (billing_stripe_format_nth_method_type (i)));
  gtk_drop_down_set_model (self->methods, G_LIST_MODEL (labels));
}

static void
billing_stripe_filters_dispose (GObject *object)
{
  BillingStripeFilters *self = BILLING_STRIPE_FILTERS (object);

  self->busy = TRUE;
  g_clear_object (&self->desk);
  g_clear_object (&self->query);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_STRIPE_FILTERS);

  G_OBJECT_CLASS (billing_stripe_filters_parent_class)->dispose (object);
}

static void
billing_stripe_filters_class_init (BillingStripeFiltersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_stripe_filters_dispose;

  signals[CHANGED] = g_signal_new_class_handler ("changed", BILLING_TYPE_STRIPE_FILTERS, G_SIGNAL_RUN_FIRST,
                                                 G_CALLBACK (update_chips), NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_FILTER_CHECKS);
  g_type_ensure (BILLING_TYPE_FILTER_CHIPS);
  g_type_ensure (BILLING_TYPE_FILTER_RANGE);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/stripe-filters.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingStripeFilters, amount);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeFilters, chips);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeFilters, date);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeFilters, methods);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeFilters, nobody);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeFilters, statuses);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
}

static void
billing_stripe_filters_init (BillingStripeFilters *self)
{
  self->query = billing_query_new ("stripe_payments");
  self->busy = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_choices (self);
  self->busy = FALSE;
}

void
billing_stripe_filters_set_desk (BillingStripeFilters *self,
                                 BillingDesk          *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;

  if (desk != NULL)
    billing_filter_range_set_currency (self->amount, billing_desk_get_practice (desk)->currency);
  update_chips (self);
}

/**
 * billing_stripe_filters_apply:
 * @self: the filters
 * @query: a query for payments at Stripe, to be narrowed by them
 */
void
billing_stripe_filters_apply (BillingStripeFilters *self,
                              BillingQuery         *query)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    billing_payment_filter_copy (filters[i], self->query, query);
}

gboolean
billing_stripe_filters_are_active (BillingStripeFilters *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      if (billing_payment_filter_is_active (filters[i], self->query))
        return TRUE;
    }

  return FALSE;
}

void
billing_stripe_filters_clear (BillingStripeFilters *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    billing_payment_filter_clear (filters[i], self->query);

  g_signal_emit (self, signals[CHANGED], 0);
}

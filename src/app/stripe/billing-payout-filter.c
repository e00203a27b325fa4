/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-filter"

#include "config.h"

#include "billing-payout-filter.h"

#include "billing-day-row.h"
#include "billing-filter-range.h"
#include "billing-money-row.h"

struct _BillingPayoutFilter {
  GtkBox parent_instance;

  /* Template widgets (not owned) */
  GtkDropDown *status;
  GtkMenuButton *more;
  GtkWidget *clear;
  BillingFilterRange *created;
  BillingFilterRange *amount;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingPayoutFilter, billing_payout_filter, GTK_TYPE_BOX)

/* In the order of the dropdown, Stripe's words; the first lists all. */
static const char * const statuses[] = { NULL, "pending", "in_transit", "paid", "failed", "canceled" };

static gboolean
has_ranges (BillingPayoutFilter *self)
{
  g_autoptr (BillingQuery) query = billing_query_new ("payouts");

  billing_filter_range_apply (self->created, query);
  billing_filter_range_apply (self->amount, query);
  return query->from != NULL || query->to != NULL || query->min >= 0 || query->max >= 0;
}

static void
changed_cb (BillingPayoutFilter *self)
{
  gtk_widget_set_visible (self->clear, billing_payout_filter_is_active (self));
  if (has_ranges (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->more), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->more), "accent");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
billing_payout_filter_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_PAYOUT_FILTER);

  G_OBJECT_CLASS (billing_payout_filter_parent_class)->dispose (object);
}

static void
billing_payout_filter_class_init (BillingPayoutFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_payout_filter_dispose;

  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_PAYOUT_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_FILTER_RANGE);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/payout-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutFilter, amount);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutFilter, clear);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutFilter, created);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutFilter, more);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutFilter, status);
  gtk_widget_class_bind_template_callback (widget_class, billing_payout_filter_clear);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
billing_payout_filter_init (BillingPayoutFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_payout_filter_set_currency (BillingPayoutFilter *self,
                                    const char          *currency)
{
  billing_filter_range_set_currency (self->amount, currency);
}

void
billing_payout_filter_apply (BillingPayoutFilter *self,
                             BillingQuery        *query)
{
  g_object_set (query, "status", statuses[gtk_drop_down_get_selected (self->status)], NULL);
  billing_filter_range_apply (self->created, query);
  billing_filter_range_apply (self->amount, query);
}

gboolean
billing_payout_filter_is_active (BillingPayoutFilter *self)
{
  return gtk_drop_down_get_selected (self->status) != 0 || has_ranges (self);
}

void
billing_payout_filter_clear (BillingPayoutFilter *self)
{
  g_autoptr (BillingQuery) nothing = billing_query_new ("payouts");

  billing_filter_range_show (self->created, nothing);
  billing_filter_range_show (self->amount, nothing);
  gtk_drop_down_set_selected (self->status, 0);
  changed_cb (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-filter"

#include "config.h"

#include "billing-dispute-filter.h"

struct _BillingDisputeFilter {
  AdwBin parent_instance;

  /* Template widgets */
  GtkDropDown *standing; /* (not owned) */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingDisputeFilter, billing_dispute_filter, ADW_TYPE_BIN)

/* In the order of the dropdown; the first lists all. */
static const char * const statuses[] = {
  NULL,
  "needs-answer",
  "under-review",
  "won",
  "lost",
  "warning_needs_response,warning_under_review,warning_closed",
};

static void
selected_cb (BillingDisputeFilter *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
billing_dispute_filter_class_init (BillingDisputeFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_DISPUTE_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/dispute-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeFilter, standing);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
billing_dispute_filter_init (BillingDisputeFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_dispute_filter_apply (BillingDisputeFilter *self,
                              BillingQuery         *query)
{
  g_object_set (query, "status", statuses[gtk_drop_down_get_selected (self->standing)], NULL);
}

gboolean
billing_dispute_filter_is_active (BillingDisputeFilter *self)
{
  return gtk_drop_down_get_selected (self->standing) != 0;
}

void
billing_dispute_filter_clear (BillingDisputeFilter *self)
{
  gtk_drop_down_set_selected (self->standing, 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-estimate-row"

#include "config.h"

#include "billing-estimate-row.h"

#include "billing-format.h"

/* What is owed of a charge stands in from it. */
#define STEP_INDENT 12

struct _BillingEstimateRow {
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkWidget *title_label; /* (not owned) */
  GtkWidget *value_label; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingEstimateRow, billing_estimate_row, GTK_TYPE_LIST_BOX_ROW)

static void
billing_estimate_row_class_init (BillingEstimateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/dialogs/estimate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateRow, value_label);
}

static void
billing_estimate_row_init (BillingEstimateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The row speaks both its texts at once. */
static BillingEstimateRow *
make_row (const char *title,
          const char *value)
{
  BillingEstimateRow *self = g_object_new (BILLING_TYPE_ESTIMATE_ROW, NULL);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", title, value);

  gtk_label_set_label (GTK_LABEL (self->title_label), title);
  gtk_label_set_label (GTK_LABEL (self->value_label), value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return self;
}

/**
 * billing_estimate_row_new_benefit:
 * @benefit: a benefit
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_estimate_row_new_benefit (BillingEstimateBenefit *benefit)
{
  BillingEstimateRow *self = make_row (benefit->title, benefit->value);

  if (!benefit->given)
    gtk_widget_add_css_class (self->value_label, "dim-label");

  return GTK_WIDGET (self);
}

/**
 * billing_estimate_row_new_line:
 * @line: a line of the receipt
 *
 * Returns: (transfer floating): its row. What is charged stands back, since only the other amounts are added up.
 */
GtkWidget *
billing_estimate_row_new_line (BillingEstimateLine *line)
{
  g_autofree char *amount = billing_format_money (NULL, line->amount, line->currency);
  BillingEstimateRow *self = make_row (line->text, amount);

  if (line->step == BILLING_ESTIMATE_STEP_CHARGE)
    gtk_widget_add_css_class (self->value_label, "dim-label");
  else
    gtk_widget_set_margin_start (self->title_label, STEP_INDENT);

  return GTK_WIDGET (self);
}

/**
 * billing_estimate_row_new_sum:
 * @title: what is added up
 * @value: what it comes to
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_estimate_row_new_sum (const char *title,
                              const char *value)
{
  return GTK_WIDGET (make_row (title, value));
}

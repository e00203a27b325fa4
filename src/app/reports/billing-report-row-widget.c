/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-row-widget"

#include "config.h"

#include "billing-report-row-widget.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-format.h"

struct _BillingReportRowWidget {
  GtkBox parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *count;
  GtkButton *first;
  GtkLabel *first_amount;
  GtkButton *second;
  GtkLabel *second_amount;

  BillingReportLine *lines[BILLING_REPORT_TABLE_MAX_SERIES]; /* (owned) (nullable) */
};

enum { ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingReportRowWidget, billing_report_row_widget, GTK_TYPE_BOX)

static void
activate (BillingReportRowWidget *self,
          guint                   series)
{
  if (self->lines[series] != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, self->lines[series], series);
}

static void
first_cb (BillingReportRowWidget *self)
{
  activate (self, 0);
}

static void
second_cb (BillingReportRowWidget *self)
{
  activate (self, 1);
}

/* SPOKEN is what a screen reader says: the row and the column of an amount are out of its sight. */
static void
set_amount (BillingReportRowWidget *self,
            guint                   series,
            const char             *text,
            const char             *spoken,
            gboolean                dim)
{
  GtkLabel *label = series == 0 ? self->first_amount : self->second_amount;
  GtkButton *button = series == 0 ? self->first : self->second;

  gtk_label_set_label (label, text);
  if (dim)
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static char *
format_spoken (const char *title,
               const char *name,
               const char *amount)
{
  /* Translators: a row of a table, one of its amounts: “November 2026, Collected: $250.00” */
  return g_strdup_printf (_("%s, %s: %s"), title, name, amount);
}

/* A row becomes another where the table changes. */
static void
reset (BillingReportRowWidget *self,
       const char             *title,
       const char             *count,
       guint                   n_series)
{
  gtk_label_set_label (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), *title != '\0' ? title : NULL);
  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->second), n_series > 1);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "total");
  for (guint i = 0; i < BILLING_REPORT_TABLE_MAX_SERIES; i++)
    g_clear_object (&self->lines[i]);
}

/* What is no amount of rows cannot be clicked, and is only read. */
static void
set_clickable (BillingReportRowWidget *self,
               guint                   series,
               gboolean                clickable)
{
  GtkWidget *button = GTK_WIDGET (series == 0 ? self->first : self->second);

  gtk_widget_set_can_target (button, clickable);
  gtk_widget_set_focusable (button, clickable);
}

static void
billing_report_row_widget_dispose (GObject *object)
{
  BillingReportRowWidget *self = BILLING_REPORT_ROW_WIDGET (object);
  GtkWidget *child;

  for (guint i = 0; i < BILLING_REPORT_TABLE_MAX_SERIES; i++)
    g_clear_object (&self->lines[i]);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (billing_report_row_widget_parent_class)->dispose (object);
}

static void
billing_report_row_widget_class_init (BillingReportRowWidgetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_report_row_widget_dispose;

  signals[ACTIVATED] = g_signal_new ("activated", BILLING_TYPE_REPORT_ROW_WIDGET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, BILLING_TYPE_REPORT_LINE, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/reports/report-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowWidget, count);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowWidget, first);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowWidget, first_amount);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowWidget, second);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowWidget, second_amount);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowWidget, title);
  gtk_widget_class_bind_template_callback (widget_class, first_cb);
  gtk_widget_class_bind_template_callback (widget_class, second_cb);
}

static void
billing_report_row_widget_init (BillingReportRowWidget *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
billing_report_row_widget_new (void)
{
  return g_object_new (BILLING_TYPE_REPORT_ROW_WIDGET, NULL);
}

/**
 * billing_report_row_widget_set_header:
 * @self: a row
 * @names: (array length=n_series): what the amounts are called, translated
 * @n_series: how many there are
 * @has_counts: whether rows say how many payments they have
 */
void
billing_report_row_widget_set_header (BillingReportRowWidget *self,
                                      const char * const     *names,
                                      guint                   n_series,
                                      gboolean                has_counts)
{
  reset (self, "", has_counts ? _("Count") : "", n_series);
  for (guint i = 0; i < n_series; i++)
    {
      set_amount (self, i, names[i], names[i], TRUE);
      set_clickable (self, i, FALSE);
    }
}

/**
 * billing_report_row_widget_set_row:
 * @self: a row
 * @row: what it shows
 * @names: (array length=n_series): what the amounts are called, translated
 * @n_series: how many there are
 */
void
billing_report_row_widget_set_row (BillingReportRowWidget *self,
                                   const BillingReportRow *row,
                                   const char * const     *names,
                                   guint                   n_series)
{
  reset (self, row->title, "", n_series);

  /* Beside two amounts nobody would know whose the count is. */
  if (n_series == 1 && row->lines[0] != NULL && row->lines[0]->payments >= 0)
    {
      g_autofree char *count = g_strdup_printf ("%'" PRId64, row->lines[0]->payments);

      gtk_label_set_label (self->count, count);
    }

  for (guint i = 0; i < n_series; i++)
    {
      g_autofree char *amount = billing_report_row_get_shown (row, i);
      g_autofree char *spoken = format_spoken (row->title, names[i], amount);
      gboolean has_rows = row->lines[i] != NULL && row->lines[i]->amount != 0;

      g_set_object (&self->lines[i], row->lines[i]);
      set_amount (self, i, amount, spoken, !has_rows);
      set_clickable (self, i, has_rows);
    }
}

/**
 * billing_report_row_widget_set_totals:
 * @self: a row
 * @table: what it sums up, in the table's currency
 * @names: (array length=n_series): what the amounts are called, translated
 */
void
billing_report_row_widget_set_totals (BillingReportRowWidget   *self,
                                      const BillingReportTable *table,
                                      const char * const       *names)
{
  reset (self, _("Total"), "", table->n_series);
  gtk_widget_add_css_class (GTK_WIDGET (self), "total");

  for (guint i = 0; i < table->n_series; i++)
    {
      g_autofree char *amount = billing_format_money (NULL, table->totals[i], table->currency);
      g_autofree char *spoken = format_spoken (_("Total"), names[i], amount);

      set_amount (self, i, amount, spoken, FALSE);
      set_clickable (self, i, FALSE);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-rows-row"

#include "config.h"

#include "billing-report-rows-row.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-payment.h"
#include "billing-stripe-records.h"

struct _BillingReportRowsRow {
  GtkBox parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *amount;

  BillingListRow *row; /* (owned) (nullable) */
  gboolean by_fee;     /* what counts is what Stripe kept */
};

G_DEFINE_FINAL_TYPE (BillingReportRowsRow, billing_report_rows_row, GTK_TYPE_BOX)

static void
show (BillingReportRowsRow *self,
      const char           *title,
      const char           *subtitle,
      gint64                amount,
      const char           *currency)
{
  g_autofree char *text = billing_format_money (NULL, amount, currency);
  g_autofree char *sentence = g_strdup_printf ("%s, %s, %s", title, text, subtitle);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_label_set_label (self->amount, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

/* Why is what the window is about. */
static void
show_refund (BillingReportRowsRow *self,
             BillingRefund        *refund)
{
  g_autofree char *day = billing_format_day (NULL, refund->refunded_on);
  g_autofree char *tender = billing_format_tender (NULL, refund->tender);
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", tender, refund->notes != NULL ? " · " : "",
                                               refund->notes != NULL ? refund->notes : "");

  show (self, day, subtitle, refund->amount, refund->currency);
}

static void
show_transaction (BillingReportRowsRow      *self,
                  BillingBalanceTransaction *transaction,
                  const char                *time_zone)
{
  g_autofree char *when = billing_format_instant (NULL, transaction->created_at, time_zone);
  g_autofree char *gross = billing_format_money (NULL, transaction->amount, transaction->currency);
  /* Translators: when Stripe wrote a line of its ledger, of which kind it is (“charge”), and its whole amount */
  g_autofree char *subtitle = g_strdup_printf (_("%s · %s of %s"), when, transaction->type, gross);
  const char *title = transaction->description != NULL ? transaction->description : transaction->source;

  show (self, title != NULL ? title : transaction->type, subtitle,
        self->by_fee ? transaction->fee : transaction->amount, transaction->currency);
}

static void
show_payout (BillingReportRowsRow *self,
             BillingPayout        *payout,
             const char           *time_zone)
{
  g_autofree char *made = billing_format_instant (NULL, payout->created_at, time_zone);
  g_autofree char *arrives = billing_format_instant (NULL, payout->arrives_at, time_zone);
  g_autofree char *items = payout->automatic ? billing_format_money (NULL, payout->itemised, payout->currency)
                                             : g_strdup (_("not itemised by Stripe"));
  /* Translators: the amount that a payout’s parts add up to, and when it is in the bank’s account */
  g_autofree char *subtitle = g_strdup_printf (_("made of: %s · in the bank: %s"), items, arrives);

  show (self, made, subtitle, payout->amount, payout->currency);
}

/* The record arrives after the row. */
static void
update (BillingReportRowsRow *self)
{
  BillingRecord *record = self->row != NULL ? billing_list_row_get_record (self->row) : NULL;

  const char *time_zone = NULL;

  if (record == NULL)
    return;

  time_zone = billing_list_context_get_time_zone (billing_list_row_get_context (self->row));
  if (BILLING_IS_REFUND (record))
    show_refund (self, BILLING_REFUND (record));
  else if (BILLING_IS_PAYOUT (record))
    show_payout (self, BILLING_PAYOUT (record), time_zone);
  else if (BILLING_IS_BALANCE_TRANSACTION (record))
    show_transaction (self, BILLING_BALANCE_TRANSACTION (record), time_zone);
}

static void
renewed_cb (gpointer        data,
            BillingListRow *row)
{
  update (data);
}

static void
billing_report_rows_row_dispose (GObject *object)
{
  BillingReportRowsRow *self = BILLING_REPORT_ROWS_ROW (object);

  billing_report_rows_row_set_row (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_REPORT_ROWS_ROW);

  G_OBJECT_CLASS (billing_report_rows_row_parent_class)->dispose (object);
}

static void
billing_report_rows_row_class_init (BillingReportRowsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_report_rows_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/reports/report-rows-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowsRow, amount);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowsRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowsRow, title);
}

static void
billing_report_rows_row_init (BillingReportRowsRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_report_rows_row_new:
 * @by_fee: whether what counts is what Stripe kept
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
billing_report_rows_row_new (gboolean by_fee)
{
  BillingReportRowsRow *self = g_object_new (BILLING_TYPE_REPORT_ROWS_ROW, NULL);

  self->by_fee = by_fee;
  return GTK_WIDGET (self);
}

/**
 * billing_report_rows_row_set_row:
 * @self: a row
 * @row: (nullable): what it shows
 */
void
billing_report_rows_row_set_row (BillingReportRowsRow *self,
                                 BillingListRow       *row)
{
  if (self->row != NULL)
    billing_list_row_unwatch (self->row, self);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;

  billing_list_row_watch (row, renewed_cb, self);
  update (self);
}

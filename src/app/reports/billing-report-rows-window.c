/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-rows-window"

#include "config.h"

#include "billing-report-rows-window.h"

#include "billing-format.h"
#include "billing-list-model.h"
#include "billing-message-bar.h"
#include "billing-payment.h"
#include "billing-report-rows-row.h"
#include "billing-table.h"

struct _BillingReportRowsWindow {
  AdwWindow parent_instance;

  /* Template widgets */
  AdwWindowTitle *heading;
  BillingMessageBar *problem;
  GtkListView *view;
  GtkNoSelection *selection;

  gboolean by_fee;
};

G_DEFINE_FINAL_TYPE (BillingReportRowsWindow, billing_report_rows_window, ADW_TYPE_WINDOW)

static void
setup_cb (BillingReportRowsWindow *self,
          GtkListItem       *item)
{
  gtk_list_item_set_child (item, billing_report_rows_row_new (self->by_fee));
}

static void
bind_cb (BillingReportRowsWindow *self,
         GtkListItem       *item)
{
  billing_report_rows_row_set_row (BILLING_REPORT_ROWS_ROW (gtk_list_item_get_child (item)),
                                   gtk_list_item_get_item (item));
}

static void
unbind_cb (BillingReportRowsWindow *self,
           GtkListItem       *item)
{
  billing_report_rows_row_set_row (BILLING_REPORT_ROWS_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
activate_cb (BillingReportRowsWindow *self,
             guint              position)
{
  g_autoptr (BillingListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  BillingRecord *record = row != NULL ? billing_list_row_get_record (row) : NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!BILLING_IS_REFUND (record) || parent == NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-payment", "s", BILLING_REFUND (record)->payment_id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
failed_cb (BillingReportRowsWindow *self,
           GError            *error)
{
  billing_message_bar_set_message (self->problem, error->message);
}

static void
billing_report_rows_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_REPORT_ROWS_WINDOW);

  G_OBJECT_CLASS (billing_report_rows_window_parent_class)->dispose (object);
}

static void
billing_report_rows_window_class_init (BillingReportRowsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  G_OBJECT_CLASS (klass)->dispose = billing_report_rows_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/reports/report-rows-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowsWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowsWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowsWindow, selection);
  gtk_widget_class_bind_template_child (widget_class, BillingReportRowsWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
billing_report_rows_window_init (BillingReportRowsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_report_rows_window_new:
 * @desk: a session
 * @query: which rows
 * @line: what they add up to
 * @what: what that is called
 *
 * Returns: (transfer none): a window, to be presented
 */
GtkWindow *
billing_report_rows_window_new (BillingDesk       *desk,
                                BillingQuery      *query,
                                BillingReportLine *line,
                                const char        *what)
{
  BillingReportRowsWindow *self = g_object_new (BILLING_TYPE_REPORT_ROWS_WINDOW, NULL);
  g_autoptr (BillingListContext) context = billing_list_context_new_for_desk (desk);
  g_autoptr (BillingListModel) model =
    billing_list_model_new (billing_desk_get_store (desk), billing_table_get_type_of (query->list), context);
  g_autofree char *amount = billing_format_money (NULL, line->amount, line->currency);

  /* Of all lines of Stripe's ledger, it is the fees that add up. */
  self->by_fee = g_str_equal (query->list, "balance_transactions") && query->status == NULL;
  gtk_window_set_title (GTK_WINDOW (self), what);
  adw_window_title_set_title (self->heading, what);
  adw_window_title_set_subtitle (self->heading, amount);

  g_signal_connect_object (model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (model));
  billing_list_model_set_query (model, query);
  return GTK_WINDOW (self);
}

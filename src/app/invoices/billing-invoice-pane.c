/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-pane"

#include "config.h"

#include "billing-invoice-pane.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-format.h"
#include "billing-history-group.h"
#include "billing-invoice-format.h"
#include "billing-invoice-payment.h"
#include "billing-invoice-preview.h"
#include "billing-status.h"
#include "billing-table.h"

struct _BillingInvoicePane {
  BillingRecordPane parent_instance;

  BillingInvoicePayment *payment; /* (owned): stays while the pane is filled anew, as the next one */
  BillingInvoicePreview *preview; /* (owned) */
};

/* What is read besides the invoice. */
typedef struct {
  GPtrArray *lines; /* (owned) (element-type BillingInvoiceLine) */
  GPtrArray *prepayments; /* (owned) (element-type BillingPrepayment) */
  GPtrArray *payments; /* (owned) (element-type BillingPayment) */
  GPtrArray *history; /* (owned) (element-type BillingAuditEntry) */
} InvoiceRead;

G_DEFINE_FINAL_TYPE (BillingInvoicePane, billing_invoice_pane, BILLING_TYPE_RECORD_PANE)

static void
invoice_read_free (InvoiceRead *read)
{
  g_clear_pointer (&read->lines, g_ptr_array_unref);
  g_clear_pointer (&read->prepayments, g_ptr_array_unref);
  g_clear_pointer (&read->payments, g_ptr_array_unref);
  g_clear_pointer (&read->history, g_ptr_array_unref);
  g_free (read);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InvoiceRead, invoice_read_free)

static gboolean
read_of_invoice (BillingConnection  *connection,
                 GType               type,
                 const char         *id,
                 GPtrArray         **records,
                 GError            **error)
{
  *records = billing_table_select (connection, type, "invoice_id", id, error);
  return *records != NULL;
}

static gpointer
read_more (BillingConnection  *connection,
           BillingRecord      *record,
           GError            **error)
{
  g_autoptr (InvoiceRead) read = g_new0 (InvoiceRead, 1);
  const char *id = billing_record_get_id (record);

  if (!read_of_invoice (connection, BILLING_TYPE_INVOICE_LINE, id, &read->lines, error) ||
      !read_of_invoice (connection, BILLING_TYPE_PREPAYMENT, id, &read->prepayments, error) ||
      !read_of_invoice (connection, BILLING_TYPE_PAYMENT, id, &read->payments, error))
    return NULL;

  read->history = billing_history_group_read (connection, record, error);
  return read->history != NULL ? g_steal_pointer (&read) : NULL;
}

/* The one that is still asked for, or the last. */
static BillingPayment *
find_payment (GPtrArray *payments)
{
  BillingPayment *found = NULL;

  for (guint i = 0; i < payments->len; i++)
    {
      BillingPayment *payment = payments->pdata[i];

      if (found == NULL || !billing_status_is_owed (found->status))
        found = payment;
    }

  return found;
}

/* A line of the invoice: what it was on the left, what is asked for it on the right. */
static void
add_line (AdwPreferencesGroup *group,
          BillingInvoiceLine  *line,
          const char          *currency)
{
  g_autofree char *day = billing_format_day (NULL, line->day);
  g_autofree char *what = billing_invoice_format_code (NULL, line->code, line->name);
  g_autofree char *units = line->units != 1 ? g_strdup_printf ("%" PRId64 " ×", line->units) : NULL;
  g_autofree char *charge = billing_format_money (NULL, line->charge, currency);
  /* TRANSLATORS: an amount: what a service costs in full, before the insurer’s part */
  g_autofree char *full = line->insurer != 0 ? g_strdup_printf (_("of %s"), charge) : NULL;
  g_autofree char *subtitle = g_strjoin (" · ", day, line->service, full != NULL ? full : units, NULL);
  g_autofree char *amount = billing_format_money (NULL, line->amount, currency);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (amount);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
}

static void
add_amount (AdwPreferencesGroup *group,
            const char          *title,
            gint64               amount,
            const char          *currency)
{
  g_autofree char *text = amount != 0 ? billing_format_money (NULL, amount, currency) : NULL;

  billing_record_pane_add_fact (group, title, text);
}

static void
add_lines (BillingRecordPane *pane,
           BillingInvoice    *invoice,
           InvoiceRead       *read)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, _("Services"));
  g_autofree char *balance = billing_format_money (NULL, invoice->balance, invoice->currency);

  for (guint i = 0; i < read->lines->len; i++)
    add_line (group, read->lines->pdata[i], invoice->currency);

  group = billing_record_pane_add_group (pane, _("Amounts"));
  add_amount (group, _("In full"), invoice->insurer != 0 ? invoice->charges : 0, invoice->currency);
  add_amount (group, _("Insurer’s part"), -invoice->insurer, invoice->currency);
  add_amount (group, _("Amount"), invoice->amount, invoice->currency);
  add_amount (group, _("Pre-payments"), -invoice->prepaid, invoice->currency);
  add_amount (group, _("Changed by the insurer later"), -invoice->lowered, invoice->currency);
  add_amount (group, _("Became credit"), invoice->credited, invoice->currency);
  add_amount (group, _("Paid"), -invoice->collected, invoice->currency);
  add_amount (group, _("Written off"), -invoice->written_off, invoice->currency);
  billing_record_pane_add_fact (group, _("Balance"), balance);
}

static void
add_facts (BillingRecordPane *pane,
           BillingInvoice    *invoice)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, NULL);
  g_autofree char *invoiced = billing_format_day (NULL, invoice->invoiced_on);
  g_autofree char *due = billing_format_day (NULL, invoice->due_on);

  billing_record_pane_add_link (group, invoice->patient_name, invoice->patient_number, "win.show-patient", invoice->patient_id);
  billing_record_pane_add_fact (group, _("Invoiced date"), invoiced);
  billing_record_pane_add_fact (group, _("Due date"), due);
  billing_record_pane_add_fact (group, _("Memo"), invoice->memo);
}

static void
add_prepayments (BillingRecordPane *pane,
                 BillingInvoice    *invoice,
                 GPtrArray         *prepayments)
{
  AdwPreferencesGroup *group;

  if (prepayments->len == 0)
    return;

  group = billing_record_pane_add_group (pane, _("Pre-payments Taken Off"));
  for (guint i = 0; i < prepayments->len; i++)
    {
      BillingPrepayment *prepayment = prepayments->pdata[i];
      g_autofree char *amount = billing_format_money (NULL, prepayment->amount, invoice->currency);
      g_autofree char *day = billing_format_day (NULL, prepayment->paid_on);
      g_autofree char *subtitle = g_strjoin (" · ", prepayment->payment, *day != '\0' ? day : NULL, NULL);

      billing_record_pane_add_link (group, amount, subtitle, "win.show-payment", prepayment->payment_id);
    }
}

static void
set_button (GtkBuilder *builder,
            const char *name,
            gboolean    visible,
            const char *id)
{
  GtkWidget *button = GTK_WIDGET (gtk_builder_get_object (builder, name));

  gtk_widget_set_visible (button, visible);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
}

/* Printing, saving and sending are others’ actions: what is not there is not sensitive. */
static GMenuModel *
create_menu (const char *id)
{
  static const struct {
    const char *label;
    const char *action;
  } items[] = {
    { N_("_Print…"), "invoice.print" },
    { N_("_Save as PDF…"), "invoice.save" },
    { N_("S_end…"), "invoice.send" },
  };
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(items[i].label), NULL);

      g_menu_item_set_action_and_target (item, items[i].action, "s", id);
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
add_acts (BillingRecordPane *pane,
          BillingInvoice    *invoice)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/example/Billing/ui/invoices/invoice-acts.ui");
  const char *id = billing_record_get_id (BILLING_RECORD (invoice));
  g_autoptr (GMenuModel) menu = create_menu (id);
  gboolean open = invoice->voided_at == 0 && invoice->balance > 0;

  set_button (builder, "mark_paid", open, id);
  set_button (builder, "edit", invoice->voided_at == 0, id);
  set_button (builder, "void", invoice->voided_at == 0 && invoice->collected == 0, id);
  set_button (builder, "write_off", open, id);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (gtk_builder_get_object (builder, "more")), menu);
  gtk_box_append (billing_record_pane_get_body (pane), GTK_WIDGET (gtk_builder_get_object (builder, "acts")));
}

/* At its place among what is filled anew. */
static void
put (BillingRecordPane *pane,
     GtkWidget         *widget)
{
  GtkBox *body = billing_record_pane_get_body (pane);

  if (gtk_widget_get_parent (widget) != NULL)
    gtk_box_remove (body, widget);
  gtk_box_append (body, widget);
}

static void
add_preview (BillingInvoicePane *self,
             BillingInvoice     *invoice)
{
  BillingRecordPane *pane = BILLING_RECORD_PANE (self);

  billing_invoice_preview_set_invoice (self->preview, billing_record_pane_get_desk (pane), billing_record_get_id (BILLING_RECORD (invoice)));
  put (pane, GTK_WIDGET (self->preview));
}

/* The link to pay by is the payment’s. */
static void
add_payment (BillingInvoicePane *self,
             BillingInvoice     *invoice,
             GPtrArray          *payments)
{
  BillingRecordPane *pane = BILLING_RECORD_PANE (self);
  BillingPayment *payment = find_payment (payments);

  billing_invoice_payment_set_desk (self->payment, billing_record_pane_get_desk (pane));
  billing_invoice_payment_set_invoice (self->payment, billing_record_get_id (BILLING_RECORD (invoice)),
                                       payment != NULL ? billing_record_get_id (BILLING_RECORD (payment)) : NULL);
  put (pane, GTK_WIDGET (self->payment));
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingInvoicePane *self = BILLING_INVOICE_PANE (pane);
  BillingInvoice *invoice = BILLING_INVOICE (record);
  InvoiceRead *read = billing_record_pane_get_read (pane);
  g_autofree char *today = billing_desk_get_today (billing_record_pane_get_desk (pane));
  g_autofree char *status = billing_invoice_format_status (invoice, today);

  billing_record_pane_set_title (pane, invoice->number, status);
  add_acts (pane, invoice);
  add_preview (self, invoice);
  add_facts (pane, invoice);
  add_lines (pane, invoice, read);
  if (read->payments->len > 0)
    billing_record_pane_add_payments (pane, read->payments);
  add_prepayments (pane, invoice, read->prepayments);
  add_payment (self, invoice, read->payments);
  billing_history_group_add (pane, read->history);
}

static void
billing_invoice_pane_dispose (GObject *object)
{
  BillingInvoicePane *self = BILLING_INVOICE_PANE (object);

  g_clear_object (&self->payment);
  g_clear_object (&self->preview);

  G_OBJECT_CLASS (billing_invoice_pane_parent_class)->dispose (object);
}

static void
billing_invoice_pane_class_init (BillingInvoicePaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_invoice_pane_dispose;

  pane_class->get_record_type = billing_invoice_get_type;
  pane_class->read = read_more;
  pane_class->free_read = (GDestroyNotify) invoice_read_free;
  pane_class->fill = fill;
}

static void
billing_invoice_pane_init (BillingInvoicePane *self)
{
  self->payment = g_object_ref_sink (g_object_new (BILLING_TYPE_INVOICE_PAYMENT, NULL));
  self->preview = g_object_ref_sink (g_object_new (BILLING_TYPE_INVOICE_PREVIEW, NULL));
}

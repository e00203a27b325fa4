/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-ledger"

#include "config.h"

#include "billing-payout-ledger.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-books.h"
#include "billing-estimate-row.h"
#include "billing-format.h"
#include "billing-list-cells.h"
#include "billing-list-model.h"
#include "billing-list-row.h"
#include "billing-list-titles.h"
#include "billing-payout-sums.h"
#include "billing-stripe-records.h"

#define ROWS_SEEN 12

struct _BillingPayoutLedger {
  AdwBin parent_instance;

  /* Template widgets (not owned) */
  GtkImage *standing_icon;
  GtkLabel *standing;
  GtkListBox *lines;
  GtkWidget *items_box;
  GtkLabel *items_title;
  GtkScrolledWindow *items_window;
  GtkActionable *export;
  GtkColumnView *items;
  GtkColumnViewColumn *what;
  GtkColumnViewColumn *net;
  GtkNoSelection *selection;

  BillingDesk *desk;         /* (owned) (nullable) */
  BillingListModel *model;   /* (owned) (nullable) */
  GSignalGroup *store;       /* (owned) */
  GCancellable *reading;     /* (owned) (nullable) */
  char *payout;              /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingPayoutLedger, billing_payout_ledger, ADW_TYPE_BIN)

/* What one read brings. */
typedef struct {
  BillingPayoutLedger *self;         /* (not owned): gone when the read was cancelled */
  char *payout;                      /* (owned) */
  BillingPayoutStatement *statement; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->statement, billing_payout_statement_free);
  g_free (reading->payout);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

/* The icon and the colour of each. */
static const struct {
  const char *icon;
  const char *style;
} standings[] = {
  [BILLING_PAYOUT_STANDING_NOT_ITEMISED] = { "dialog-information-symbolic", "dim-label" },
  [BILLING_PAYOUT_STANDING_IN_PROGRESS] = { "content-loading-symbolic", "dim-label" },
  [BILLING_PAYOUT_STANDING_INCOMPLETE] = { "content-loading-symbolic", "dim-label" },
  [BILLING_PAYOUT_STANDING_MATCHES] = { "emblem-ok-symbolic", "success" },
  [BILLING_PAYOUT_STANDING_DIFFERS] = { "dialog-warning-symbolic", "error" },
};

static void
show_standing (BillingPayoutLedger    *self,
               BillingPayoutStatement *statement)
{
  g_autofree char *words = billing_payout_statement_describe (statement);

  for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->standing_icon), standings[i].style);
  gtk_widget_add_css_class (GTK_WIDGET (self->standing_icon), standings[statement->standing].style);
  gtk_image_set_from_icon_name (self->standing_icon, standings[statement->standing].icon);
  gtk_label_set_label (self->standing, words);
}

static void
add_line (BillingPayoutLedger *self,
          const char          *title,
          gint64               count,
          gint64               amount,
          const char          *currency,
          const char          *style)
{
  g_autofree char *value = billing_format_money (NULL, amount, currency);
  g_autofree char *many = count >= 0 ? g_strdup_printf ("%s (%" PRId64 ")", title, count) : g_strdup (title);
  GtkWidget *row = billing_estimate_row_new_sum (many, value);

  if (style != NULL)
    gtk_widget_add_css_class (row, style);
  gtk_list_box_append (self->lines, row);
}

static void
clear_lines (BillingPayoutLedger *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_list_box_remove (self->lines, child);
}

/* Payments, refunds, disputes and fees always; the others where there are any. */
static void
show_lines (BillingPayoutLedger    *self,
            BillingPayoutStatement *statement)
{
  gboolean is_shown = statement->standing != BILLING_PAYOUT_STANDING_NOT_ITEMISED && statement->count > 0;

  clear_lines (self);
  for (guint i = 0; is_shown && i < BILLING_PAYOUT_N_GROUPS; i++)
    {
      if (i <= BILLING_PAYOUT_GROUP_FEES || statement->lines[i].count > 0)
        add_line (self, billing_payout_group_get_label (i), statement->lines[i].count, statement->lines[i].amount,
                  statement->currency, NULL);
    }
  if (is_shown)
    {
      add_line (self, _("Net"), -1, statement->net, statement->currency, "statement-net");
      if (statement->standing == BILLING_PAYOUT_STANDING_DIFFERS)
        add_line (self, _("Payout"), -1, statement->amount, statement->currency, "error");
    }

  gtk_widget_set_visible (GTK_WIDGET (self->lines), is_shown);
}

/* A list in a scrolled window does not ask for the room of its rows. A row is a little higher than the titles. */
static void
make_room (BillingPayoutLedger *self,
           gint64               count)
{
  GtkWidget *titles = gtk_widget_get_first_child (GTK_WIDGET (self->items));
  int height;

  gtk_widget_measure (titles, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->items_window, (height + 3) * (int) (MIN (count, ROWS_SEEN) + 1));
}

static void
show_items (BillingPayoutLedger    *self,
            BillingPayoutStatement *statement)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%" PRId64 " Transaction", "%" PRId64 " Transactions",
                                                      (gulong) statement->count), statement->count);
  g_autoptr (BillingQuery) query = NULL;

  gtk_label_set_label (self->items_title, title);
  gtk_widget_set_visible (self->items_box, statement->count > 0);
  if (statement->count == 0)
    return;

  make_room (self, statement->count);
  query = billing_desk_query (self->desk, "balance_transactions");
  g_object_set (query, "payout", self->payout, NULL);
  billing_list_model_set_query (self->model, query);
}

static gboolean
read_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Reading *reading = data;

  reading->statement = billing_payout_read_statement (connection, reading->payout, error);
  return reading->statement != NULL;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_store_read_finish (BILLING_STORE (object), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_label_set_label (reading->self->standing, error->message);
      return;
    }

  show_standing (reading->self, reading->statement);
  show_lines (reading->self, reading->statement);
  show_items (reading->self, reading->statement);
}

static void
load (BillingPayoutLedger *self)
{
  Reading *reading;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->desk == NULL || self->payout == NULL)
    return;

  self->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->self = self;
  reading->payout = g_strdup (self->payout);
  billing_store_read_async (billing_desk_get_store (self->desk), read_func, reading, NULL, self->reading, read_cb, reading);
}

static void
changed_cb (BillingPayoutLedger *self,
            const char          *kind)
{
  static const char * const kinds[] = { "balance_transactions", "payout_items", "payout_lists", "payouts", NULL };

  if (g_strv_contains (kinds, kind))
    load (self);
}

/* A transaction leads to its payment, or else to what Stripe has of it. */
static void
activate_cb (BillingPayoutLedger *self,
             guint                position)
{
  g_autoptr (BillingListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  BillingRecord *record = row != NULL ? billing_list_row_get_record (row) : NULL;
  BillingBalanceTransaction *item;
  g_autofree char *target = NULL;

  if (record == NULL)
    return;

  item = BILLING_BALANCE_TRANSACTION (record);
  if (item->payment_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-payment", "s", item->payment_id);
  else if (item->dispute != NULL)
    target = g_strconcat ("payments/disputes/", item->dispute, NULL);
  else if (item->charge != NULL)
    target = g_strconcat ("payments/payments/", item->charge, NULL);
  else if (item->source != NULL && g_str_has_prefix (item->source, "po_"))
    target = g_strconcat ("payments/payouts/", item->source, NULL);
  if (target != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-stripe", "s", target);
}

static void
billing_payout_ledger_dispose (GObject *object)
{
  BillingPayoutLedger *self = BILLING_PAYOUT_LEDGER (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->payout, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_payout_ledger_parent_class)->dispose (object);
}

static void
billing_payout_ledger_class_init (BillingPayoutLedgerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_payout_ledger_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/payout-ledger.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, export);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, items);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, items_box);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, items_title);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, items_window);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, lines);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, net);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, selection);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, standing);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, standing_icon);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutLedger, what);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
set_factory (GtkColumnViewColumn *column,
             const char          *name)
{
  g_autoptr (GtkListItemFactory) factory = billing_list_cells_new_factory ("balance_transactions", name);

  gtk_column_view_column_set_factory (column, factory);
}

static void
billing_payout_ledger_init (BillingPayoutLedger *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  set_factory (self->what, "what");
  set_factory (self->net, "net");
  billing_list_titles_align_end (self->items, _("Net"));
}

void
billing_payout_ledger_set_desk (BillingPayoutLedger *self,
                                BillingDesk         *desk)
{
  g_autoptr (BillingListContext) context = NULL;

  if (!g_set_object (&self->desk, desk))
    return;

  gtk_no_selection_set_model (self->selection, NULL);
  g_clear_object (&self->model);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  if (desk == NULL)
    return;

  context = billing_list_context_new_for_desk (desk);
  self->model = billing_list_model_new (billing_desk_get_store (desk), BILLING_TYPE_BALANCE_TRANSACTION, context);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  load (self);
}

/**
 * billing_payout_ledger_set_payout:
 * @self: a ledger
 * @payout: (nullable): id of a payout
 */
void
billing_payout_ledger_set_payout (BillingPayoutLedger *self,
                                  const char          *payout)
{
  if (g_strcmp0 (self->payout, payout) == 0)
    return;

  g_free (self->payout);
  self->payout = g_strdup (payout);
  gtk_actionable_set_action_target (self->export, "s", payout != NULL ? payout : "");
  gtk_label_set_label (self->standing, "");
  gtk_widget_set_visible (GTK_WIDGET (self->lines), FALSE);
  gtk_widget_set_visible (self->items_box, FALSE);
  load (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-upcoming"

#include "config.h"

#include "billing-upcoming.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-format.h"
#include "billing-payout-format.h"
#include "billing-payout-sums.h"
#include "billing-wrap-layout.h"

/* Of what is upcoming and on its way; the list and the report have all of it. */
#define MAX_LINES 4

struct _BillingUpcoming {
  GtkBox parent_instance;

  /* Template widgets (not owned) */
  GtkGrid *balances;
  GtkGrid *upcoming;
  GtkGrid *underway;
  GtkLabel *schedule;

  BillingDesk *desk;     /* (owned) (nullable) */
  GSignalGroup *store;   /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingUpcoming, billing_upcoming, GTK_TYPE_BOX)

/* What one read brings. */
typedef struct {
  BillingUpcoming *self;         /* (not owned): gone when the read was cancelled */
  char *today;                   /* (owned) */
  BillingPayoutOutlook *outlook; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->outlook, billing_payout_outlook_free);
  g_free (reading->today);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
clear (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static GtkWidget *
add_text (GtkGrid    *grid,
          const char *text,
          int         column,
          int         row,
          const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), g_strcmp0 (style, "amount") == 0 ? 1.0f : 0.0f);
  gtk_widget_add_css_class (label, "numeric");
  if (g_strcmp0 (style, "amount") != 0 && style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (grid, label, column, row, 1, 1);
  return label;
}

static void
add_amount (GtkGrid    *grid,
            gint64      amount,
            const char *currency,
            int         column,
            int         row)
{
  g_autofree char *text = billing_format_money (NULL, amount, currency);

  add_text (grid, text, column, row, "amount");
}

static void
show_balances (BillingUpcoming *self,
               GArray          *balances)
{
  static const char * const titles[] = { NULL, N_("Available"), N_("Stripe balance|Pending"), N_("Instant") };

  clear (self->balances);
  for (int i = 1; balances->len > 0 && i < (int) G_N_ELEMENTS (titles); i++)
    gtk_label_set_xalign (GTK_LABEL (add_text (self->balances, Q_(titles[i]), i, 0, "dim-label")), 1.0);
  for (guint i = 0; i < balances->len; i++)
    {
      BillingPayoutBalance *balance = &g_array_index (balances, BillingPayoutBalance, i);
      int row = (int) i + 1;

      add_text (self->balances, balance->currency, 0, row, "dim-label");
      add_amount (self->balances, balance->available, balance->currency, 1, row);
      add_amount (self->balances, balance->pending, balance->currency, 2, row);
      if (balance->instant >= 0)
        add_amount (self->balances, balance->instant, balance->currency, 3, row);
      else
        add_text (self->balances, "–", 3, row, "amount");
    }
  if (balances->len == 0)
    add_text (self->balances, _("Not known yet"), 0, 0, "dim-label");
}

static char *
describe_payout_day (BillingPayoutUpcoming *upcoming)
{
  g_autofree char *day = upcoming->pays_out_on != NULL ? billing_format_day (NULL, upcoming->pays_out_on) : NULL;

  /* TRANSLATORS: a day on which Stripe pays money out by itself */
  return day != NULL ? g_strdup_printf (_("paid out %s"), day) : g_strdup (_("stays until it is paid out"));
}

static void
show_upcoming (BillingUpcoming      *self,
               BillingPayoutOutlook *outlook)
{
  GPtrArray *lines = outlook->upcoming;

  clear (self->upcoming);
  for (guint i = 0; i < MIN (lines->len, MAX_LINES); i++)
    {
      BillingPayoutUpcoming *line = lines->pdata[i];
      g_autofree char *day = billing_format_day (NULL, line->day);
      g_autofree char *when = outlook->schedule->interval != BILLING_PAYOUT_INTERVAL_UNKNOWN ? describe_payout_day (line) : NULL;

      add_text (self->upcoming, day, 0, (int) i, NULL);
      add_amount (self->upcoming, line->amount, line->currency, 1, (int) i);
      if (when != NULL)
        add_text (self->upcoming, when, 2, (int) i, "dim-label");
    }
  if (lines->len > MAX_LINES)
    {
      guint n = lines->len - MAX_LINES;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more day", "and %u more days", n), n);

      add_text (self->upcoming, more, 0, MAX_LINES, "dim-label");
    }
  if (lines->len == 0)
    add_text (self->upcoming, _("Nothing is pending"), 0, 0, "dim-label");
}

static void
add_payout (BillingUpcoming *self,
            BillingPayout   *payout,
            int              row)
{
  g_autofree char *amount = billing_format_money (NULL, payout->amount, payout->currency);
  g_autofree char *target = g_strconcat ("payments/payouts/", billing_record_get_id (BILLING_RECORD (payout)), NULL);
  g_autofree char *day = billing_payout_format_arrival (payout);
  GtkWidget *button = gtk_button_new_with_label (amount);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  gtk_widget_add_css_class (button, "inline-link");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-stripe");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_grid_attach (self->underway, button, 0, row, 1, 1);
  add_text (self->underway, billing_payout_format_status (payout), 1, row, NULL);
  if (day != NULL)
    {
      /* TRANSLATORS: the day on which a payout should be in the bank */
      g_autofree char *arrives = g_strdup_printf (_("arrives %s"), day);

      add_text (self->underway, arrives, 2, row, "dim-label");
    }
}

static void
show_underway (BillingUpcoming *self,
               GPtrArray       *payouts)
{
  clear (self->underway);
  for (guint i = 0; i < MIN (payouts->len, MAX_LINES); i++)
    add_payout (self, payouts->pdata[i], (int) i);
  if (payouts->len == 0)
    add_text (self->underway, _("Nothing is on its way"), 0, 0, "dim-label");
}

static void
show_schedule (BillingUpcoming       *self,
               BillingPayoutSchedule *schedule)
{
  g_autofree char *words = billing_payout_schedule_describe (schedule);
  /* TRANSLATORS: when Stripe pays out by itself: “Every week: Friday” */
  g_autofree char *text = g_strdup_printf (_("Schedule: %s"), words);

  gtk_label_set_label (self->schedule, text);
}

static gboolean
read_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Reading *reading = data;

  reading->outlook = billing_payout_read_outlook (connection, reading->today, error);
  return reading->outlook != NULL;
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
        gtk_widget_activate_action (GTK_WIDGET (reading->self), "win.warn", "s", error->message);
      return;
    }

  show_balances (reading->self, reading->outlook->balances);
  show_upcoming (reading->self, reading->outlook);
  show_underway (reading->self, reading->outlook->underway);
  show_schedule (reading->self, reading->outlook->schedule);
}

static void
load (BillingUpcoming *self)
{
  Reading *reading;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->desk == NULL)
    return;

  self->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->self = self;
  reading->today = billing_desk_get_today (self->desk);
  billing_store_read_async (billing_desk_get_store (self->desk), read_func, reading, NULL, self->reading, read_cb, reading);
}

static void
changed_cb (BillingUpcoming *self,
            const char      *kind)
{
  static const char * const kinds[] = {
    "account", "balance", "balance_settings", "balance_transactions", "payouts", NULL
  };

  if (g_strv_contains (kinds, kind))
    load (self);
}

static void
billing_upcoming_dispose (GObject *object)
{
  BillingUpcoming *self = BILLING_UPCOMING (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_UPCOMING);

  G_OBJECT_CLASS (billing_upcoming_parent_class)->dispose (object);
}

static void
billing_upcoming_class_init (BillingUpcomingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_upcoming_dispose;

  g_type_ensure (BILLING_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/upcoming.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingUpcoming, balances);
  gtk_widget_class_bind_template_child (widget_class, BillingUpcoming, schedule);
  gtk_widget_class_bind_template_child (widget_class, BillingUpcoming, underway);
  gtk_widget_class_bind_template_child (widget_class, BillingUpcoming, upcoming);
}

static void
billing_upcoming_init (BillingUpcoming *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_upcoming_set_desk (BillingUpcoming *self,
                           BillingDesk     *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  load (self);
}

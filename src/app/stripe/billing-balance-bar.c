/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-balance-bar"

#include "config.h"

#include "billing-balance-bar.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-day.h"
#include "billing-format.h"
#include "billing-report.h"

struct _BillingBalanceBar {
  GtkBox parent_instance;

  /* Template widgets */
  GtkLabel *available;
  GtkLabel *pending;
  GtkLabel *freshness;
  GtkWidget *test_mode;

  BillingDesk *desk;   /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  BillingSync *sync;   /* (owned) (nullable) */
  GSignalGroup *syncs; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingBalanceBar, billing_balance_bar, GTK_TYPE_BOX)

static void
append (GString    *text,
        const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static void
show_balance (BillingBalanceBar *self,
              GPtrArray         *lines)
{
  g_autoptr (GString) available = g_string_new (NULL);
  g_autoptr (GString) pending = g_string_new (NULL);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      BillingReportLine *line = lines->pdata[i];
      g_autofree char *amount = billing_format_money (NULL, line->amount, line->currency);

      append (g_str_equal (line->name, "available") ? available : pending, amount);
    }

  gtk_label_set_label (self->available, available->len > 0 ? available->str : _("not known"));
  gtk_label_set_label (self->pending, pending->len > 0 ? pending->str : _("not known"));
  /* Several currencies may be cut off. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->available), available->len > 0 ? available->str : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pending), pending->len > 0 ? pending->str : NULL);
}

static void
update_balance (BillingBalanceBar *self)
{
  g_autoptr (BillingQuery) query = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (self->desk == NULL)
    return;

  /* Two rows of one object: read at once. */
  query = billing_desk_query (self->desk, "charges");
  lines = billing_desk_report (self->desk, "stripe-balance", query, NULL);
  show_balance (self, lines);
}

static void
update_freshness (BillingBalanceBar *self)
{
  gint64 at = self->sync != NULL ? billing_sync_get_synced_at (self->sync) : 0;
  gboolean is_test = self->sync != NULL &&
                     billing_sync_get_mode (self->sync) == BILLING_SYNC_MODE_TEST;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (at != 0 && self->desk != NULL)
    {
      when = billing_instant_format (at, billing_desk_get_practice (self->desk)->time_zone, NULL);
      /* TRANSLATORS: how fresh what is shown of Stripe is: a date and time */
      text = g_strdup_printf (_("As of %s"), when);
    }

  gtk_label_set_label (self->freshness, text != NULL ? text : _("Not fetched yet"));
  gtk_widget_set_visible (self->test_mode, is_test);
}

static void
changed_cb (BillingBalanceBar *self,
            const char        *kind,
            GArray            *pks,
            BillingStore      *store)
{
  if (g_str_equal (kind, "balance"))
    update_balance (self);
}

static void
billing_balance_bar_dispose (GObject *object)
{
  BillingBalanceBar *self = BILLING_BALANCE_BAR (object);
  GtkWidget *child;

  g_clear_object (&self->store);
  g_clear_object (&self->syncs);
  g_clear_object (&self->desk);
  g_clear_object (&self->sync);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (billing_balance_bar_parent_class)->dispose (object);
}

static void
billing_balance_bar_class_init (BillingBalanceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_balance_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/stripe/balance-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingBalanceBar, available);
  gtk_widget_class_bind_template_child (widget_class, BillingBalanceBar, freshness);
  gtk_widget_class_bind_template_child (widget_class, BillingBalanceBar, pending);
  gtk_widget_class_bind_template_child (widget_class, BillingBalanceBar, test_mode);
}

static void
billing_balance_bar_init (BillingBalanceBar *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);
  self->syncs = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->syncs, "notify::synced-at", G_CALLBACK (update_freshness),
                                  self);
  g_signal_group_connect_swapped (self->syncs, "notify::mode", G_CALLBACK (update_freshness), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_balance_bar_set_desk (BillingBalanceBar *self,
                              BillingDesk       *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  update_balance (self);
  update_freshness (self);
}

void
billing_balance_bar_set_sync (BillingBalanceBar *self,
                              BillingSync       *sync)
{
  if (!g_set_object (&self->sync, sync))
    return;

  g_signal_group_set_target (self->syncs, sync);
  update_freshness (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-pane"

#include "config.h"

#include "billing-payout-pane.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-payout-actions.h"
#include "billing-payout-format.h"
#include "billing-payout-ledger.h"
#include "billing-stripe-records.h"

struct _BillingPayoutPane {
  BillingRecordPane parent_instance;

  BillingPayoutLedger *ledger; /* (owned): stays while the pane is filled anew, so that its list stays where it is */
};

G_DEFINE_FINAL_TYPE (BillingPayoutPane, billing_payout_pane, BILLING_TYPE_RECORD_PANE)

static char *
format_instant (BillingPayoutPane *self,
                gint64             instant)
{
  BillingDesk *desk = billing_record_pane_get_desk (BILLING_RECORD_PANE (self));

  return instant != 0 ? billing_instant_format (instant, billing_desk_get_practice (desk)->time_zone, NULL) : NULL;
}

static void
add_ledger (BillingPayoutPane *self,
            BillingPayout     *payout)
{
  BillingRecordPane *pane = BILLING_RECORD_PANE (self);
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, C_("payout", "Statement"));

  if (gtk_widget_get_parent (GTK_WIDGET (self->ledger)) != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->ledger));
  billing_payout_ledger_set_desk (self->ledger, billing_record_pane_get_desk (pane));
  billing_payout_ledger_set_payout (self->ledger, billing_record_get_id (BILLING_RECORD (payout)));
  adw_preferences_group_add (group, GTK_WIDGET (self->ledger));
}

static void
add_facts (BillingPayoutPane *self,
           BillingPayout     *payout)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Payout"));
  g_autofree char *created = format_instant (self, payout->created_at);
  g_autofree char *arrival = billing_payout_format_arrival (payout);
  g_autofree char *bank = billing_payout_format_bank (payout);
  g_autofree char *trace = billing_payout_format_trace (payout);

  billing_record_pane_add_fact (group, _("Created"), created);
  billing_record_pane_add_fact (group, g_strcmp0 (payout->status, "paid") == 0 ? _("Arrived") : _("Should arrive"), arrival);
  billing_record_pane_add_fact (group, _("Bank"), bank);
  billing_record_pane_add_fact (group, _("Kind"), billing_payout_format_kind (payout));
  billing_record_pane_add_fact (group, _("Trace ID"), trace);
  billing_record_pane_add_fact (group, _("On the bank statement"), payout->descriptor);
  billing_record_pane_add_fact (group, _("Description"), payout->description);
  billing_record_pane_add_fact (group, _("Payout ID"), billing_record_get_id (BILLING_RECORD (payout)));
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingPayoutPane *self = BILLING_PAYOUT_PANE (pane);
  BillingPayout *payout = BILLING_PAYOUT (record);
  g_autofree char *amount = billing_format_money (NULL, payout->amount, payout->currency);
  AdwPreferencesGroup *group;

  billing_record_pane_set_title (pane, amount, billing_payout_format_status (payout));
  group = billing_record_pane_add_group (pane, NULL);
  adw_preferences_group_add (group, billing_payout_actions_new (payout));
  add_ledger (self, payout);
  add_facts (self, payout);
}

static void
billing_payout_pane_dispose (GObject *object)
{
  g_clear_object (&BILLING_PAYOUT_PANE (object)->ledger);

  G_OBJECT_CLASS (billing_payout_pane_parent_class)->dispose (object);
}

static void
billing_payout_pane_class_init (BillingPayoutPaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_payout_pane_dispose;

  pane_class->get_record_type = billing_payout_get_type;
  pane_class->fill = fill;
}

static void
billing_payout_pane_init (BillingPayoutPane *self)
{
  self->ledger = g_object_ref_sink (g_object_new (BILLING_TYPE_PAYOUT_LEDGER, NULL));
}

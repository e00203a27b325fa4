/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-charge-pane"

#include "config.h"

#include "billing-charge-pane.h"

#include <glib/gi18n.h>

#include "billing-charge-actions.h"
#include "billing-day.h"
#include "billing-format.h"
#include "billing-stripe-format.h"

struct _BillingChargePane {
  BillingRecordPane parent_instance;

  BillingSync *sync; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingChargePane, billing_charge_pane, BILLING_TYPE_RECORD_PANE)

static void
add_actions (BillingChargePane *self,
             BillingCharge     *charge)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), NULL);
  gboolean is_test = self->sync != NULL &&
                     billing_sync_get_mode (self->sync) == BILLING_SYNC_MODE_TEST;

  adw_preferences_group_add (group, billing_charge_actions_new (charge, is_test));
}

static char *
format_instant (BillingChargePane *self,
                gint64             at)
{
  BillingDesk *desk = billing_record_pane_get_desk (BILLING_RECORD_PANE (self));

  return at != 0 ? billing_instant_format (at, billing_desk_get_practice (desk)->time_zone, NULL) : NULL;
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
add_money (BillingChargePane *self,
           BillingCharge     *charge)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self),
                                                              _("Money"));
  g_autofree char *available = format_instant (self, charge->available_at);

  add_amount (group, _("Amount"), charge->amount, charge->currency);
  if (charge->captured != charge->amount)
    add_amount (group, _("Captured"), charge->captured, charge->currency);
  add_amount (group, _("Refunded"), charge->refunded, charge->currency);
  add_amount (group, _("Stripe’s fee"), charge->fee, charge->currency);
  add_amount (group, _("Net"), charge->net, charge->currency);
  billing_record_pane_add_fact (group, _("Available"), available);
  billing_record_pane_add_fact (group, _("Payout"), charge->payout);
}

static void
add_facts (BillingChargePane *self,
           BillingCharge     *charge)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self),
                                                              _("Charge"));
  g_autofree char *when = format_instant (self, charge->created_at);
  g_autofree char *status = billing_stripe_format_status (charge);
  g_autofree char *method = billing_stripe_format_method (charge);

  billing_record_pane_add_fact (group, _("Status"), status);
  billing_record_pane_add_fact (group, _("Why"), charge->outcome);
  billing_record_pane_add_fact (group, _("When"), when);
  billing_record_pane_add_fact (group, _("Method"), method);
  billing_record_pane_add_fact (group, _("Payment"), charge->payment);
  billing_record_pane_add_fact (group, _("Patient"), charge->patient_name);
  billing_record_pane_add_fact (group, _("Payer at Stripe"), charge->payer);
  billing_record_pane_add_fact (group, _("Email"), charge->email);
  billing_record_pane_add_fact (group, _("Description"), charge->description);
  billing_record_pane_add_fact (group, _("Risk"), charge->risk);
  billing_record_pane_add_fact (group, _("Charge"),
                                billing_record_get_id (BILLING_RECORD (charge)));
  billing_record_pane_add_fact (group, _("Payment intent"), charge->payment_intent);
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingChargePane *self = BILLING_CHARGE_PANE (pane);
  BillingCharge *charge = BILLING_CHARGE (record);
  g_autofree char *amount = billing_format_money (NULL, charge->amount, charge->currency);
  g_autofree char *payer = billing_stripe_format_payer (charge);

  billing_record_pane_set_title (pane, amount, payer);
  add_actions (self, charge);
  add_money (self, charge);
  add_facts (self, charge);
}

static void
billing_charge_pane_dispose (GObject *object)
{
  g_clear_object (&BILLING_CHARGE_PANE (object)->sync);

  G_OBJECT_CLASS (billing_charge_pane_parent_class)->dispose (object);
}

static void
billing_charge_pane_class_init (BillingChargePaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_charge_pane_dispose;

  pane_class->get_record_type = billing_charge_get_type;
  pane_class->fill = fill;
}

static void
billing_charge_pane_init (BillingChargePane *self)
{
}

void
billing_charge_pane_set_sync (BillingChargePane *self,
                              BillingSync       *sync)
{
  g_set_object (&self->sync, sync);
}

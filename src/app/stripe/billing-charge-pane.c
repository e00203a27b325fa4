/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-charge-pane"

#include "config.h"

#include "billing-charge-pane.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-stripe-format.h"

struct _BillingChargePane {
  BillingRecordPane parent_instance;

  BillingSync *sync; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingChargePane, billing_charge_pane, BILLING_TYPE_RECORD_PANE)

static void
open_cb (GtkButton         *button,
         BillingChargePane *self)
{
  gboolean is_test = self->sync != NULL && billing_sync_get_mode (self->sync) == BILLING_SYNC_MODE_TEST;
  const char *id = g_object_get_data (G_OBJECT (button), "billing-id");
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *uri = g_strdup_printf ("https://dashboard.stripe.com/%spayments/%s", is_test ? "test/" : "", escaped);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static GtkWidget *
add_button (GtkWidget  *box,
            const char *label,
            const char *action,
            const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (action != NULL)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
    }
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
add_actions (BillingChargePane *self,
             BillingCharge     *charge)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *id = billing_record_get_id (BILLING_RECORD (charge));
  gboolean can_assign = charge->patient_id == NULL && g_strcmp0 (charge->status, "succeeded") == 0;
  GtkWidget *open;

  if (charge->payment_id != NULL)
    add_button (box, _("Show Payment"), "win.show-payment", charge->payment_id);
  if (charge->patient_id != NULL)
    add_button (box, _("Show Patient"), "win.show-patient", charge->patient_id);
  if (can_assign)
    gtk_widget_add_css_class (add_button (box, _("Assign…"), "win.assign-charge", id), "suggested-action");

  open = add_button (box, _("Open in Stripe"), NULL, NULL);
  g_object_set_data_full (G_OBJECT (open), "billing-id",
                          g_strdup (charge->payment_intent != NULL ? charge->payment_intent : id), g_free);
  g_signal_connect_object (open, "clicked", G_CALLBACK (open_cb), self, 0);
  adw_preferences_group_add (group, box);
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
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Money"));
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
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Charge"));
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
  billing_record_pane_add_fact (group, _("E-mail"), charge->email);
  billing_record_pane_add_fact (group, _("Description"), charge->description);
  billing_record_pane_add_fact (group, _("Risk"), charge->risk);
  billing_record_pane_add_fact (group, _("Charge"), billing_record_get_id (BILLING_RECORD (charge)));
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

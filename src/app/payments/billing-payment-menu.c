/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-menu"

#include "config.h"

#include "billing-payment-menu.h"

#include <glib/gi18n.h>

#include "billing-payment-rules.h"
#include "billing-verb.h"

/* What can be done with a row; the pane does it. */
static const struct {
  const char *pane_action;
  BillingVerb verb;
} acts[] = {
  { "payment.submit", BILLING_VERB_PAYMENT_SUBMIT },
  { "payment.collect", BILLING_VERB_PAYMENT_COLLECT },
  { "payment.link", BILLING_VERB_PAYMENT_LINK },
  { "payment.authorise", BILLING_VERB_PAYMENT_AUTHORISE },
  { "payment.capture", BILLING_VERB_PAYMENT_CAPTURE },
  { "payment.void", BILLING_VERB_PAYMENT_VOID },
  { "payment.refund", BILLING_VERB_PAYMENT_REFUND },
  { "payment.reverse", BILLING_VERB_PAYMENT_REVERSE },
  { "payment.fail", BILLING_VERB_PAYMENT_FAIL },
  { "payment.write-off", BILLING_VERB_PAYMENT_WRITE_OFF },
  { "payment.cancel", BILLING_VERB_PAYMENT_CANCEL },
};

static gboolean
has_action (GtkWidget  *pane,
            const char *name)
{
  const GVariantType *parameter;
  const char *action, *property;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (pane), i, &owner, &action, &parameter, &property);
       i++)
    {
      if (g_str_equal (action, name))
        return TRUE;
    }

  return FALSE;
}

static void
append (GMenu      *menu,
        GtkWidget  *pane,
        const char *label,
        const char *pane_action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (!has_action (pane, pane_action))
    return;

  g_menu_item_set_action_and_target (item, "row.act", "s", pane_action);
  g_menu_append_item (menu, item);
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenu *
create_acts (GtkWidget      *pane,
             BillingDesk    *desk,
             BillingPayment *payment)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      if (billing_payment_rules_is_legal (acts[i].verb, payment) && billing_desk_may (desk, acts[i].verb))
        append (section, pane, billing_verb_get_label (acts[i].verb), acts[i].pane_action);
    }

  return g_steal_pointer (&section);
}

static GMenu *
create_filing (GtkWidget      *pane,
               BillingDesk    *desk,
               BillingPayment *payment)
{
  g_autoptr (GMenu) section = g_menu_new ();

  if (billing_verb_is_legal (BILLING_VERB_PAYMENT_EDIT, payment->status) &&
      billing_desk_may (desk, BILLING_VERB_PAYMENT_EDIT))
    append (section, pane, billing_verb_get_label (BILLING_VERB_PAYMENT_EDIT), "payment.edit");
  append (section, pane, _("Receipt…"), "payment.receipt");
  g_menu_append (section, _("Add Note"), "row.note");

  return g_steal_pointer (&section);
}

static GMenu *
create_places (GtkWidget      *pane,
               BillingPayment *payment)
{
  g_autoptr (GMenu) section = g_menu_new ();

  append (section, pane, _("Open Patient"), "payment.show-patient");
  if (payment->treatment_id != NULL)
    append (section, pane, _("Open Treatment"), "payment.show-treatment");
  append (section, pane, _("Copy Number"), "payment.copy-number");

  return g_steal_pointer (&section);
}

/**
 * billing_payment_menu_new:
 * @pane: the pane of payments
 * @desk: a session
 * @payment: a payment
 *
 * Returns: (transfer full): everything that can be done with the row of @payment, for the actions `row.open`, `row.note` and `row.act`,
 *   whose parameter is the action of @pane that does it
 */
GMenuModel *
billing_payment_menu_new (GtkWidget      *pane,
                          BillingDesk    *desk,
                          BillingPayment *payment)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) done = create_acts (pane, desk, payment);
  g_autoptr (GMenu) filing = create_filing (pane, desk, payment);
  g_autoptr (GMenu) places = create_places (pane, payment);

  g_menu_append (open, _("Open"), "row.open");
  append_section (menu, open);
  append_section (menu, done);
  append_section (menu, filing);
  append_section (menu, places);

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

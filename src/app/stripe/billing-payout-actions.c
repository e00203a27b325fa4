/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-actions"

#include "config.h"

#include "billing-payout-actions.h"

#include <glib/gi18n.h>

#include "billing-payout-format.h"

struct _BillingPayoutActions {
  GtkBox parent_instance;

  /* Template widgets (not owned) */
  GtkWidget *failure_box;
  GtkLabel *failure;
  GtkWidget *cancel;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (BillingPayoutActions, billing_payout_actions, GTK_TYPE_BOX)

static void
billing_payout_actions_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_PAYOUT_ACTIONS);

  G_OBJECT_CLASS (billing_payout_actions_parent_class)->dispose (object);
}

static void
billing_payout_actions_class_init (BillingPayoutActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_payout_actions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/payout-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutActions, cancel);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutActions, failure);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutActions, failure_box);
  gtk_widget_class_bind_template_child (widget_class, BillingPayoutActions, open);
}

static void
billing_payout_actions_init (BillingPayoutActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The money of a failed payout is in the balance again; it goes out when the bank account is right. */
static void
show_failure (BillingPayoutActions *self,
              BillingPayout        *payout)
{
  g_autofree char *reason = billing_payout_format_failure (payout);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->failure_box, reason != NULL);
  if (reason == NULL)
    return;

  /* TRANSLATORS: the reason is a sentence: “The bank account has been closed.” */
  text = g_strdup_printf (_("%s The money is in the Stripe balance again. Correct the bank account at Stripe; then it is paid "
                            "out anew."), reason);
  gtk_label_set_label (self->failure, text);
}

/**
 * billing_payout_actions_new:
 * @payout: a payout
 *
 * Returns: (transfer floating): what can be done
 */
GtkWidget *
billing_payout_actions_new (BillingPayout *payout)
{
  BillingPayoutActions *self = g_object_new (BILLING_TYPE_PAYOUT_ACTIONS, NULL);
  const char *id = billing_record_get_id (BILLING_RECORD (payout));
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *page = g_strconcat ("payouts/", escaped, NULL);

  show_failure (self, payout);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", page);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->cancel), "s", id);
  gtk_widget_set_visible (self->cancel, !payout->automatic && g_strcmp0 (payout->status, "pending") == 0);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-care-bar"

#include "config.h"

#include "billing-care-bar.h"

#include <glib/gi18n.h>

#include "billing-actionable.h"
#include "billing-sync-format.h"

/* What needs a person, what deals with it, and who may. */
typedef struct {
  BillingSyncState state;
  BillingVerb verb; /* none: everybody */
  const char *label;
  const char *action;
  const char *target; /* (nullable) */
} Care;

static const Care cares[] = {
  { BILLING_SYNC_STATE_KEY_REFUSED, BILLING_VERB_STRIPE_CONNECT, N_("Replace Key…"), "win.replace-key", NULL },
  { BILLING_SYNC_STATE_LOCKED, BILLING_VERB_NONE, N_("Unlock"), "win.unlock-keyring", NULL },
  { BILLING_SYNC_STATE_DENIED, BILLING_VERB_STRIPE_CONNECT, N_("Billing Setup"), "win.show-page", "administration" },
  { BILLING_SYNC_STATE_FAILED, BILLING_VERB_NONE, N_("Sync Now"), "win.sync-now", NULL },
};

/* An answer that is unknown is no state of the sync: it goes on. */
static const Care unknown = {
  BILLING_SYNC_STATE_CURRENT, BILLING_VERB_OUTBOX_CHECK, N_("Open Queue"), "win.show-queue", NULL,
};

struct _BillingCareBar {
  AdwBin parent_instance;

  /* Template widgets. */
  GtkInfoBar *info_bar;
  GtkLabel *label;
  GtkButton *button;

  BillingDesk *desk; /* (owned) (nullable) */
  BillingSync *sync; /* (owned) (nullable) */
  GSignalGroup *signals; /* (owned) */
  const Care *care; /* (not owned) (nullable): static */
  const Care *closed; /* (not owned) (nullable): what the person has put aside, until it is over */
};

G_DEFINE_FINAL_TYPE (BillingCareBar, billing_care_bar, ADW_TYPE_BIN)

static gboolean
may (BillingCareBar *self,
     const Care     *care)
{
  return care->verb == BILLING_VERB_NONE || billing_desk_may (self->desk, care->verb);
}

/* While a round is under way, what kept the last one from going well still does. */
static const Care *
find_care (BillingCareBar *self)
{
  BillingSyncState state = billing_sync_get_state (self->sync);

  for (guint i = 0; i < G_N_ELEMENTS (cares); i++)
    {
      if (cares[i].state == state && may (self, &cares[i]))
        return &cares[i];
    }

  if (billing_sync_get_n_unknown (self->sync) > 0 && may (self, &unknown))
    return &unknown;

  return state == BILLING_SYNC_STATE_SYNCING && self->care != &unknown ? self->care : NULL;
}

static void
show (BillingCareBar *self)
{
  g_autofree char *text = NULL;

  if (self->care == &unknown)
    text = billing_sync_format_waiting (billing_sync_get_n_waiting (self->sync),
                                        billing_sync_get_n_unknown (self->sync), 0);
  else if (billing_sync_get_state (self->sync) == self->care->state)
    text = g_strdup (billing_sync_get_sentence (self->sync));

  /* The text stays while a round tries again. */
  if (text != NULL)
    gtk_label_set_label (self->label, text);
  gtk_button_set_label (self->button, _(self->care->label));
  billing_actionable_set_action (GTK_ACTIONABLE (self->button), self->care->action, self->care->target);
}

static void
update (BillingCareBar *self)
{
  self->care = self->sync != NULL ? find_care (self) : NULL;
  if (self->care != self->closed)
    self->closed = NULL;
  if (self->care != NULL)
    show (self);

  gtk_info_bar_set_revealed (self->info_bar, self->care != NULL && self->closed == NULL);
}

static void
response_cb (BillingCareBar *self)
{
  self->closed = self->care;
  update (self);
}

static void
billing_care_bar_dispose (GObject *object)
{
  BillingCareBar *self = BILLING_CARE_BAR (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_care_bar_parent_class)->dispose (object);
}

static void
billing_care_bar_class_init (BillingCareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_care_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/setup/care-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingCareBar, button);
  gtk_widget_class_bind_template_child (widget_class, BillingCareBar, info_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingCareBar, label);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
billing_care_bar_init (BillingCareBar *self)
{
  self->signals = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_care_bar_set_sync:
 * @self: a bar
 * @desk: (nullable): who looks at it, and in which practice
 * @sync: (nullable): of the practice
 */
void
billing_care_bar_set_sync (BillingCareBar *self,
                           BillingDesk    *desk,
                           BillingSync    *sync)
{
  g_set_object (&self->desk, desk);
  g_set_object (&self->sync, sync);
  g_signal_group_set_target (self->signals, sync);
  self->closed = NULL;
  update (self);
}

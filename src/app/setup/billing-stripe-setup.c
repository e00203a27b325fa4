/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-setup"

#include "config.h"

#include "billing-stripe-setup.h"

#include <glib/gi18n.h>

#include "billing-key-form.h"
#include "billing-permissions-row.h"
#include "billing-sync-format.h"

struct _BillingStripeSetup {
  AdwPreferencesGroup parent_instance;

  /* Template widgets. */
  GtkWidget *list;
  AdwActionRow *state_row;
  GtkImage *state_icon;
  GtkButton *state_button;
  AdwActionRow *warning_row;
  AdwActionRow *account_row;
  GtkLabel *mode;
  AdwActionRow *key_row;
  GtkWidget *replace;
  GtkWidget *remove;
  BillingPermissionsRow *permissions_row;
  GtkWidget *form_box;
  GtkLabel *purpose;
  BillingKeyForm *form;

  BillingDesk *desk; /* (owned) (nullable) */
  BillingSync *sync; /* (owned) (nullable) */
  GSignalGroup *signals; /* (owned): of the sync */
  guint update_source;
};

G_DEFINE_FINAL_TYPE (BillingStripeSetup, billing_stripe_setup, ADW_TYPE_PREFERENCES_GROUP)

static BillingPractice *
get_practice (BillingStripeSetup *self)
{
  return billing_desk_get_practice (self->desk);
}

/* How it stands, and what to do about it. */

static const struct {
  BillingSyncState state;
  const char *label;
  const char *action;
} next_steps[] = {
  { BILLING_SYNC_STATE_LOCKED, N_("Unlock"), "win.unlock-keyring" },
  { BILLING_SYNC_STATE_OFFLINE, N_("Try Again"), "win.sync-now" },
  { BILLING_SYNC_STATE_FAILED, N_("Try Again"), "win.sync-now" },
  { BILLING_SYNC_STATE_LIMITED, N_("Sync Now"), "win.sync-now" },
  { BILLING_SYNC_STATE_CURRENT, N_("Sync Now"), "win.sync-now" },
};

static void
show_next_step (BillingStripeSetup *self,
                BillingSyncState    state)
{
  gtk_widget_set_visible (GTK_WIDGET (self->state_button), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (next_steps); i++)
    {
      if (next_steps[i].state != state)
        continue;

      gtk_button_set_label (self->state_button, _(next_steps[i].label));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->state_button), next_steps[i].action);
      gtk_widget_set_visible (GTK_WIDGET (self->state_button), TRUE);
    }
}

static void
show_state (BillingStripeSetup *self,
            BillingSyncState    state)
{
  g_autofree char *title =
    billing_sync_format_label (state, billing_sync_get_synced_at (self->sync),
                               billing_sync_get_n_waiting (self->sync),
                               billing_sync_get_progress (self->sync),
                               g_get_real_time () / G_USEC_PER_SEC, get_practice (self)->time_zone);

  /* Where there is no key yet, the form says everything. */
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), state != BILLING_SYNC_STATE_NOT_CONNECTED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), title);
  adw_action_row_set_subtitle (self->state_row, billing_sync_get_sentence (self->sync));
  gtk_image_set_from_icon_name (self->state_icon, billing_sync_format_icon (state));
  if (billing_sync_format_is_problem (state))
    gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), "error");
  show_next_step (self, state);
}

/* Whose key it is. */

static void
show_mode (BillingStripeSetup *self)
{
  gboolean is_live = billing_sync_get_mode (self->sync) == BILLING_SYNC_MODE_LIVE;

  gtk_widget_set_visible (GTK_WIDGET (self->mode),
                          billing_sync_get_mode (self->sync) != BILLING_SYNC_MODE_NONE);
  gtk_label_set_label (self->mode, is_live ? _("Live mode") : _("Test mode"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->mode), is_live ? _("Real money moves") : _("No real money moves"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->mode), is_live ? "pending" : "paid");
  gtk_widget_add_css_class (GTK_WIDGET (self->mode), is_live ? "paid" : "pending");
}

/* The practice stays bound to its account without a key. */
static void
show_account (BillingStripeSetup *self)
{
  BillingStripeProbe *probe = billing_sync_get_probe (self->sync);
  const char *account = get_practice (self)->stripe_account;
  g_autofree char *name = NULL;

  g_object_get (self->sync, "account-name", &name, NULL);
  if (account == NULL && probe != NULL)
    account = probe->account;

  gtk_widget_set_visible (GTK_WIDGET (self->account_row), account != NULL);
  if (account == NULL)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row), name != NULL ? name : _("Stripe account"));
  adw_action_row_set_subtitle (self->account_row, account);
  show_mode (self);
}

static void
show_key (BillingStripeSetup *self)
{
  g_autofree char *title = billing_sync_format_key (billing_sync_get_probe (self->sync));
  gboolean is_refused = billing_sync_get_state (self->sync) == BILLING_SYNC_STATE_KEY_REFUSED;

  if (is_refused)
    gtk_widget_add_css_class (self->replace, "suggested-action");
  else
    gtk_widget_remove_css_class (self->replace, "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->key_row), billing_sync_is_connected (self->sync));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key_row), title);
  adw_action_row_set_subtitle (self->key_row, billing_sync_format_key_place (self->sync));
}

/* The form, for those who may. */

static char *
get_purpose (BillingStripeSetup *self)
{
  BillingPractice *practice = get_practice (self);

  if (practice->stripe_account == NULL)
    return g_strdup (_("With Stripe, patients can pay by card and bank, refunds go back the way "
                       "the money came, and what was collected, paid out and charged in fees "
                       "stands here, up to date. Stripe is told payment numbers and amounts, "
                       "never a diagnosis or a note."));

  return g_strdup_printf (practice->stripe_live
                          ? _("This practice belongs to the account %s, in live mode. Enter a key of that account to connect again; nothing was lost.")
                          : _("This practice belongs to the account %s, in test mode. Enter a key of that account to connect again; nothing was lost."),
                          practice->stripe_account);
}

static void
show_form (BillingStripeSetup *self,
           BillingSyncState    state)
{
  gboolean may = billing_desk_may (self->desk, BILLING_VERB_STRIPE_CONNECT);
  gboolean has_key = billing_sync_is_connected (self->sync);
  g_autofree char *purpose = get_purpose (self);
  g_autofree char *refusal = NULL;

  if (!may)
    refusal = billing_verb_refusal (BILLING_VERB_STRIPE_CONNECT,
                                    billing_desk_get_person (self->desk)->role);

  gtk_widget_set_visible (self->form_box, !has_key && may && state != BILLING_SYNC_STATE_LOCKED &&
                          state != BILLING_SYNC_STATE_STARTING);
  gtk_label_set_label (self->purpose, purpose);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), refusal);
  gtk_widget_set_visible (self->replace, may);
  gtk_widget_set_visible (self->remove, may);
}

/* A list in which nothing stands is a line. */
static void
show_list (BillingStripeSetup *self)
{
  gboolean has_rows = FALSE;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    has_rows = has_rows || gtk_widget_get_visible (row);

  gtk_widget_set_visible (self->list, has_rows);
}

static void
update (BillingStripeSetup *self)
{
  BillingSyncState state;

  if (self->sync == NULL)
    return;

  state = billing_sync_get_state (self->sync);
  show_state (self, state);
  show_account (self);
  show_key (self);
  billing_permissions_row_set_probe (self->permissions_row,
                                     billing_sync_is_connected (self->sync) ? billing_sync_get_probe (self->sync) : NULL);
  show_form (self, state);
  show_list (self);
}

static gboolean
update_cb (gpointer user_data)
{
  BillingStripeSetup *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Several properties change at once. */
static void
sync_changed_cb (BillingStripeSetup *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (update_cb, self);
}

static void
connected_cb (BillingStripeSetup *self,
              const char         *warning)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.connected", "s", warning != NULL ? warning : "");
}

static gboolean
billing_stripe_setup_grab_focus (GtkWidget *widget)
{
  BillingStripeSetup *self = BILLING_STRIPE_SETUP (widget);

  /* gtk_widget_child_focus() ends by grabbing, and would come here again. */
  if (gtk_widget_get_visible (self->form_box))
    return gtk_widget_grab_focus (GTK_WIDGET (self->form));

  return GTK_WIDGET_CLASS (billing_stripe_setup_parent_class)->grab_focus (widget);
}

static void
billing_stripe_setup_dispose (GObject *object)
{
  BillingStripeSetup *self = BILLING_STRIPE_SETUP (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_stripe_setup_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, account_row);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, form);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, form_box);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, key_row);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, list);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, mode);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, permissions_row);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, purpose);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, remove);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, replace);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, state_button);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, state_icon);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, state_row);
  gtk_widget_class_bind_template_child (widget_class, BillingStripeSetup, warning_row);
  gtk_widget_class_bind_template_callback (widget_class, connected_cb);
}

static void
billing_stripe_setup_class_init (BillingStripeSetupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_stripe_setup_dispose;
  widget_class->grab_focus = billing_stripe_setup_grab_focus;

  g_type_ensure (BILLING_TYPE_KEY_FORM);
  g_type_ensure (BILLING_TYPE_PERMISSIONS_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/setup/stripe-setup.ui");
  bind_template (widget_class);
}

static void
billing_stripe_setup_init (BillingStripeSetup *self)
{
  self->signals = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (sync_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_stripe_setup_set_sync:
 * @self: the section
 * @desk: (nullable): who looks at it, and in which practice
 * @sync: (nullable): of the practice
 */
void
billing_stripe_setup_set_sync (BillingStripeSetup *self,
                               BillingDesk        *desk,
                               BillingSync        *sync)
{
  g_set_object (&self->desk, desk);
  g_set_object (&self->sync, sync);
  g_signal_group_set_target (self->signals, sync);
  billing_key_form_set_sync (self->form, sync);
  billing_stripe_setup_warn (self, NULL);
}

/**
 * billing_stripe_setup_warn:
 * @self: the section
 * @warning: (nullable): what somebody should know of the key that Stripe has accepted; %NULL:
 *   nothing
 */
void
billing_stripe_setup_warn (BillingStripeSetup *self,
                           const char         *warning)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->warning_row), warning != NULL ? warning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning_row), warning != NULL);
  update (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-key-form"

#include "config.h"

#include "billing-key-form.h"

#include <glib/gi18n.h>

#include "billing-problem-row.h"

struct _BillingKeyForm {
  AdwBin parent_instance;

  /* Template widgets. */
  GtkEditable *secret;
  BillingProblemRow *problem;
  GtkEditable *publishable;
  GtkLabel *keep;
  GtkSpinner *spinner;
  GtkWidget *asking;
  GtkWidget *connect;

  BillingSync *sync; /* (owned) (nullable) */
  GSignalGroup *signals; /* (owned) */
  GCancellable *connecting; /* (owned) (nullable): while Stripe is asked */
  gboolean for_session; /* the keyring was not there when it was needed */
};

enum {
  CONNECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingKeyForm, billing_key_form, ADW_TYPE_BIN)

static void
update (BillingKeyForm *self)
{
  gboolean is_busy = self->connecting != NULL;
  gboolean has_key = *gtk_editable_get_text (self->secret) != '\0';

  gtk_widget_set_sensitive (self->connect, has_key && !is_busy);
  gtk_editable_set_editable (self->secret, !is_busy);
  gtk_editable_set_editable (self->publishable, !is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (self->asking, is_busy);
}

static gboolean
has_keyring (BillingKeyForm *self)
{
  return !self->for_session &&
         (self->sync == NULL ||
          billing_sync_get_state (self->sync) != BILLING_SYNC_STATE_NO_KEYRING);
}

static void
show_keep (BillingKeyForm *self)
{
  gtk_label_set_label (self->keep, has_keyring (self)
                       ? _("The key is kept in this computer’s keyring, and nowhere else.")
                       : _("This computer has no keyring: the key is kept in memory, and forgotten when Billing is closed."));
  gtk_button_set_label (GTK_BUTTON (self->connect), has_keyring (self) ? _("Connect") : _("Connect for This Session"));
}

static void
changed_cb (BillingKeyForm *self)
{
  billing_problem_row_set_message (self->problem, NULL);
  update (self);
}

/* Without a keyring it can be done again for as long as the program runs, if that is wanted. */
static void
show_problem (BillingKeyForm *self,
              GError         *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->for_session = g_error_matches (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_NO_KEYRING);
  show_keep (self);
  billing_problem_row_set_message (self->problem, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->secret));
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (BillingKeyForm) self = user_data;
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeProbe) probe =
    billing_sync_connect_finish (BILLING_SYNC (object), result, &warning, &error);

  g_clear_object (&self->connecting);

  /* The form may have gone meanwhile. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  update (self);
  if (probe == NULL)
    {
      show_problem (self, error);
      return;
    }

  gtk_editable_set_text (self->secret, "");
  gtk_editable_set_text (self->publishable, "");
  /* GTK 4.8 lets the cursor blink on in an entry that is hidden with the focus in it. */
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  g_signal_emit (self, signals[CONNECTED], 0, warning);
}

static void
connect_cb (BillingKeyForm *self)
{
  const char *publishable = gtk_editable_get_text (self->publishable);

  if (self->connecting != NULL || *gtk_editable_get_text (self->secret) == '\0')
    return;

  billing_problem_row_set_message (self->problem, NULL);
  self->connecting = g_cancellable_new ();
  update (self);
  billing_sync_connect_async (self->sync, gtk_editable_get_text (self->secret),
                              *publishable != '\0' ? publishable : NULL,
                              has_keyring (self) ? BILLING_SYNC_KEEP_IN_KEYRING : BILLING_SYNC_KEEP_FOR_SESSION,
                              self->connecting, connected_cb, g_object_ref (self));
}

static gboolean
billing_key_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BILLING_KEY_FORM (widget)->secret));
}

/* Whoever closes the dialog does not want it any more. */
static void
billing_key_form_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (BILLING_KEY_FORM (widget)->connecting);

  GTK_WIDGET_CLASS (billing_key_form_parent_class)->unroot (widget);
}

static void
billing_key_form_dispose (GObject *object)
{
  BillingKeyForm *self = BILLING_KEY_FORM (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (billing_key_form_parent_class)->dispose (object);
}

static void
billing_key_form_class_init (BillingKeyFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_key_form_dispose;
  widget_class->grab_focus = billing_key_form_grab_focus;
  widget_class->unroot = billing_key_form_unroot;

  signals[CONNECTED] = g_signal_new ("connected", BILLING_TYPE_KEY_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/setup/key-form.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingKeyForm, asking);
  gtk_widget_class_bind_template_child (widget_class, BillingKeyForm, connect);
  gtk_widget_class_bind_template_child (widget_class, BillingKeyForm, keep);
  gtk_widget_class_bind_template_child (widget_class, BillingKeyForm, problem);
  gtk_widget_class_bind_template_child (widget_class, BillingKeyForm, publishable);
  gtk_widget_class_bind_template_child (widget_class, BillingKeyForm, secret);
  gtk_widget_class_bind_template_child (widget_class, BillingKeyForm, spinner);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

static void
billing_key_form_init (BillingKeyForm *self)
{
  self->signals = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (show_keep), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  show_keep (self);
  update (self);
}

/**
 * billing_key_form_set_sync:
 * @self: a form
 * @sync: (nullable): of the practice that the keys are for
 */
void
billing_key_form_set_sync (BillingKeyForm *self,
                           BillingSync    *sync)
{
  if (!g_set_object (&self->sync, sync))
    return;

  g_signal_group_set_target (self->signals, sync);
  show_keep (self);
}

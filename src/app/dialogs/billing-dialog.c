/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dialog"

#include "config.h"

#include "billing-dialog.h"

#include <glib/gi18n.h>

#include "billing-message-bar.h"
#include "billing-undo.h"

typedef struct {
  BillingDesk *desk; /* (owned) */
  BillingAct *act; /* (owned) (nullable): on its way */
  GCancellable *acting; /* (owned) (nullable): of it */
  GCancellable *cancellable; /* (owned): of everything that the dialog reads */
  char *message; /* (owned) (nullable) */
  gboolean busy;
  gboolean done; /* nothing can be lost any more */
} BillingDialogPrivate;

typedef enum {
  PROP_DESK = 1,
  PROP_MESSAGE,
  PROP_BUSY,
} BillingDialogProperty;

enum { DONE, N_SIGNALS };

static GParamSpec *properties[PROP_BUSY + 1];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BillingDialog, billing_dialog, ADW_TYPE_WINDOW)

static gboolean
close_cb (gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));

  return G_SOURCE_REMOVE;
}

static void
discard_response_cb (BillingDialog *self,
                     const char    *response)
{
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  if (!g_str_equal (response, "discard"))
    return;

  priv->done = TRUE;
  /* The question must be gone before the window that it stands over. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_cb, g_object_ref (self), g_object_unref);
}

static void
ask_to_discard (BillingDialog *self)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/com/example/Billing/ui/dialogs/discard-dialog.ui");
  GtkWindow *question = GTK_WINDOW (gtk_builder_get_object (builder, "dialog"));

  gtk_window_set_transient_for (question, GTK_WINDOW (self));
  g_signal_connect_object (question, "response", G_CALLBACK (discard_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (question);
}

static gboolean
billing_dialog_close_request (GtkWindow *window)
{
  BillingDialog *self = BILLING_DIALOG (window);
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);
  BillingDialogClass *klass = BILLING_DIALOG_GET_CLASS (self);

  /* What is on its way to the books cannot be called back; the dialog closes when it is there. */
  if (priv->act != NULL)
    return TRUE;

  if (!priv->done && klass->is_changed != NULL && klass->is_changed (self))
    {
      ask_to_discard (self);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (billing_dialog_parent_class)->close_request (window);
}

static void
do_cb (GObject      *object,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (BillingDialog) self = user_data;
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);
  BillingDialogClass *klass = BILLING_DIALOG_GET_CLASS (self);
  g_autoptr (BillingAct) act = g_steal_pointer (&priv->act);
  g_autoptr (GError) error = NULL;
  gboolean done = billing_desk_do_finish (BILLING_DESK (object), result, &error);

  g_clear_object (&priv->acting);
  if (!done)
    {
      gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      billing_dialog_set_busy (self, FALSE);
      billing_dialog_complain (self, stopped ? _("Stopped. Nothing was changed.") : error->message);
      return;
    }

  priv->done = TRUE;
  billing_dialog_set_busy (self, FALSE);
  if (klass->done != NULL)
    klass->done (self, act);
  g_signal_emit (self, signals[DONE], 0);
  if (klass->stays == NULL || !klass->stays (self, act))
    gtk_window_close (GTK_WINDOW (self));
}

static void
billing_dialog_dispose (GObject *object)
{
  BillingDialog *self = BILLING_DIALOG (object);
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  g_cancellable_cancel (priv->cancellable);

  G_OBJECT_CLASS (billing_dialog_parent_class)->dispose (object);
}

static void
billing_dialog_finalize (GObject *object)
{
  BillingDialog *self = BILLING_DIALOG (object);
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  g_clear_object (&priv->cancellable);
  g_clear_object (&priv->acting);
  g_clear_object (&priv->desk);
  g_free (priv->message);

  G_OBJECT_CLASS (billing_dialog_parent_class)->finalize (object);
}

static void
billing_dialog_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BillingDialog *self = BILLING_DIALOG (object);
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  switch ((BillingDialogProperty) property_id)
    {
    case PROP_DESK:
      g_value_set_object (value, priv->desk);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, priv->message);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_dialog_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  BillingDialog *self = BILLING_DIALOG (object);
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  switch ((BillingDialogProperty) property_id)
    {
    case PROP_DESK:
      priv->desk = g_value_dup_object (value);
      break;
    case PROP_MESSAGE:
      billing_dialog_complain (self, g_value_get_string (value));
      break;
    case PROP_BUSY:
      billing_dialog_set_busy (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_dialog_class_init (BillingDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = billing_dialog_dispose;
  object_class->finalize = billing_dialog_finalize;
  object_class->get_property = billing_dialog_get_property;
  object_class->set_property = billing_dialog_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = billing_dialog_close_request;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, BILLING_TYPE_DESK, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[DONE] = g_signal_new ("done", BILLING_TYPE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
}

static void
billing_dialog_init (BillingDialog *self)
{
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  priv->cancellable = g_cancellable_new ();
}

BillingDesk *
billing_dialog_get_desk (BillingDialog *self)
{
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  return priv->desk;
}

BillingPractice *
billing_dialog_get_practice (BillingDialog *self)
{
  return billing_desk_get_practice (billing_dialog_get_desk (self));
}

/**
 * billing_dialog_get_cancellable:
 * @self: a dialog
 *
 * Returns: (transfer none): what is cancelled when the dialog goes away
 */
GCancellable *
billing_dialog_get_cancellable (BillingDialog *self)
{
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  return priv->cancellable;
}

void
billing_dialog_set_busy (BillingDialog *self,
                         gboolean       busy)
{
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  if (priv->busy == busy)
    return;

  priv->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/**
 * billing_dialog_complain:
 * @self: a dialog
 * @sentence: (nullable): what went wrong; %NULL: nothing
 *
 * Shows @sentence at the top of the dialog.
 */
void
billing_dialog_complain (BillingDialog *self,
                         const char    *sentence)
{
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  if (g_strcmp0 (priv->message, sentence) == 0)
    return;

  g_free (priv->message);
  priv->message = g_strdup (sentence);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

/**
 * billing_dialog_tell_window:
 * @self: a dialog
 * @action: an action of the window below, with a string for parameter
 * @text: the parameter
 *
 * Activates @action in the window that the dialog stands over.
 */
void
billing_dialog_tell_window (BillingDialog *self,
                            const char    *action,
                            const char    *text)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), action, "s", text);
}

/**
 * billing_dialog_tell_done:
 * @self: a dialog
 * @toast: what was done
 * @act: it
 *
 * Says in the window below what was done, with *Undo* where that is possible.
 */
void
billing_dialog_tell_done (BillingDialog *self,
                          const char    *toast,
                          BillingAct    *act)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autoptr (BillingAct) undo = billing_act_build_undo (act);

  if (parent != NULL)
    billing_undo_tell (GTK_WIDGET (parent), billing_dialog_get_desk (self), toast, undo);
}

/**
 * billing_dialog_do:
 * @self: a dialog
 * @act: what it is for
 *
 * Gives @act to the desk. When it is done the dialog says so and closes; when it is refused it stays and says why.
 */
void
billing_dialog_do (BillingDialog *self,
                   BillingAct    *act)
{
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  if (priv->act != NULL)
    return;

  priv->act = g_object_ref (act);
  priv->acting = g_cancellable_new ();
  billing_dialog_complain (self, NULL);
  billing_dialog_set_busy (self, TRUE);
  billing_desk_do_async (priv->desk, act, priv->acting, do_cb, g_object_ref (self));
}

/**
 * billing_dialog_stop:
 * @self: a dialog whose act is on its way
 *
 * Stops an act that takes long; the dialog says so when nothing of it was done, or closes where it was done already.
 */
void
billing_dialog_stop (BillingDialog *self)
{
  BillingDialogPrivate *priv = billing_dialog_get_instance_private (self);

  g_cancellable_cancel (priv->acting);
}

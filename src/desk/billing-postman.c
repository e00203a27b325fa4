/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-postman"

#include "config.h"

#include "billing-postman.h"

#include "billing-messages.h"

/* What is due is looked for at least so often, in seconds: also the beginning of a day. It reads a row or two. */
#define ROUND 30

/* What is queued together goes together, in milliseconds. */
#define PATIENCE 200

struct _BillingPostman {
  GObject parent_instance;

  BillingDesk *desk;         /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char *problem;             /* (owned) (nullable) */
  guint round_source;
  guint soon_source;
  gulong changed_handler;
  gboolean is_busy;
  gboolean is_wanted;        /* once more, after this one */
  gboolean has_recovered;
};

enum {
  PROP_PROBLEM = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BillingPostman, billing_postman, G_TYPE_OBJECT)

static void begin (BillingPostman *self);

static void
set_problem (BillingPostman *self,
             const char     *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/* What a window left with the mail program is unknown once that window is gone; there is one window a practice. */
static gboolean
run (BillingPostman  *self,
     GCancellable    *cancellable,
     GError         **error)
{
  guint n;

  if (!self->has_recovered && !billing_desk_recover_messages (self->desk, BILLING_MESSAGE_CHANNEL_PORTAL, error))
    return FALSE;

  self->has_recovered = TRUE;
  return billing_desk_make_reminders (self->desk, &n, error) && billing_desk_deliver_messages (self->desk, &n, cancellable, error);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  GError *error = NULL;

  if (run (source, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  BillingPostman *self = BILLING_POSTMAN (object);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  self->is_busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  set_problem (self, error != NULL ? error->message : NULL);
  if (self->is_wanted)
    begin (self);
}

static void
begin (BillingPostman *self)
{
  g_autoptr (GTask) task = NULL;

  self->is_wanted = self->is_busy;
  if (self->is_busy)
    return;

  self->is_busy = TRUE;
  task = g_task_new (self, self->cancellable, run_cb, NULL);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_run_in_thread (task, run_thread);
}

static gboolean
round_cb (gpointer user_data)
{
  begin (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
soon_cb (gpointer user_data)
{
  BillingPostman *self = user_data;

  self->soon_source = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BillingPostman *self,
            const char     *kind)
{
  gboolean is_ours = g_strcmp0 (kind, "messages") == 0 || g_strcmp0 (kind, "links") == 0 || g_strcmp0 (kind, "mail_settings") == 0;

  if (is_ours && self->soon_source == 0)
    self->soon_source = g_timeout_add (PATIENCE, soon_cb, self);
}

static void
billing_postman_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, BILLING_POSTMAN (object)->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_postman_dispose (GObject *object)
{
  BillingPostman *self = BILLING_POSTMAN (object);

  if (self->desk != NULL)
    billing_postman_stop (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (billing_postman_parent_class)->dispose (object);
}

static void
billing_postman_class_init (BillingPostmanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = billing_postman_dispose;
  object_class->get_property = billing_postman_get_property;
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
billing_postman_init (BillingPostman *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * billing_postman_new:
 * @desk: a session
 *
 * Returns: (transfer full): a postman that does nothing yet
 */
BillingPostman *
billing_postman_new (BillingDesk *desk)
{
  BillingPostman *self = g_object_new (BILLING_TYPE_POSTMAN, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

void
billing_postman_start (BillingPostman *self)
{
  self->round_source = g_timeout_add_seconds (ROUND, round_cb, self);
  self->changed_handler = g_signal_connect_swapped (billing_desk_get_store (self->desk), "changed", G_CALLBACK (changed_cb), self);
  begin (self);
}

/**
 * billing_postman_stop:
 * @self: a postman
 *
 * Ends it. A message that was handed over already is waited for by nobody: it is unknown then.
 */
void
billing_postman_stop (BillingPostman *self)
{
  g_clear_signal_handler (&self->changed_handler, billing_desk_get_store (self->desk));
  g_clear_handle_id (&self->round_source, g_source_remove);
  g_clear_handle_id (&self->soon_source, g_source_remove);
  self->is_wanted = FALSE;
  g_cancellable_cancel (self->cancellable);
}

const char *
billing_postman_get_problem (BillingPostman *self)
{
  return self->problem;
}

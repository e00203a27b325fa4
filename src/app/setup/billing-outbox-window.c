/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-outbox-window"

#include "config.h"

#include "billing-outbox-window.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-message-bar.h"
#include "billing-outbox-row.h"
#include "billing-outbox-seen.h"
#include "billing-read.h"

/* Nobody reads more; the command line lists them all. */
#define MAX_WAITING 200
#define MAX_FINISHED 30

struct _BillingOutboxWindow {
  AdwWindow parent_instance;

  /* Template widgets. */
  BillingMessageBar *message;
  GtkStack *stack;
  GtkWidget *asking_group;
  GtkWidget *waiting_group;
  GtkWidget *finished_group;
  GtkListBox *asking;
  GtkListBox *waiting;
  GtkListBox *finished;

  BillingDesk *desk; /* (owned) (nullable) */
  BillingSync *sync; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
  GPtrArray *open; /* (owned) (nullable): of the read under way, what is not answered */
  gint64 seen_at; /* what was refused later is new to this person */
  guint reload_source;
};

G_DEFINE_FINAL_TYPE (BillingOutboxWindow, billing_outbox_window, ADW_TYPE_WINDOW)

/* Showing. */

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static GtkListBox *
get_list (BillingOutboxWindow *self,
          BillingIntent       *intent)
{
  if (billing_outbox_seen_needs_person (intent, self->seen_at))
    return self->asking;

  switch (intent->state)
    {
    case BILLING_OUTBOX_STATE_QUEUED:
    case BILLING_OUTBOX_STATE_SENDING:
      return self->waiting;
    case BILLING_OUTBOX_STATE_DONE:
    case BILLING_OUTBOX_STATE_FAILED:
    case BILLING_OUTBOX_STATE_WITHDRAWN:
    case BILLING_OUTBOX_STATE_UNKNOWN:
    default:
      return self->finished;
    }
}

static void
add_rows (BillingOutboxWindow *self,
          GPtrArray           *intents)
{
  for (guint i = 0; i < intents->len; i++)
    {
      BillingIntent *intent = g_ptr_array_index (intents, i);

      gtk_list_box_append (get_list (self, intent), billing_outbox_row_new (intent, self->desk));
    }
}

static void
update_groups (BillingOutboxWindow *self)
{
  GtkListBox *lists[] = { self->asking, self->waiting, self->finished };
  GtkWidget *groups[] = { self->asking_group, self->waiting_group, self->finished_group };
  gboolean has_any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      gboolean has_rows = gtk_widget_get_first_child (GTK_WIDGET (lists[i])) != NULL;

      gtk_widget_set_visible (groups[i], has_rows);
      has_any = has_any || has_rows;
    }

  gtk_stack_set_visible_child_name (self->stack, has_any ? "list" : "empty");
}

static void
show (BillingOutboxWindow *self,
      GPtrArray           *open,
      GPtrArray           *finished)
{
  clear (self->asking);
  clear (self->waiting);
  clear (self->finished);
  add_rows (self, open);
  add_rows (self, finished);
  update_groups (self);
  billing_outbox_seen_set (self->desk);
}

/* Reading. */

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) finished = billing_read_finish (BILLING_STORE (object), result, &error);
  BillingOutboxWindow *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (finished != NULL)
    show (self, self->open, finished);
  else
    billing_message_bar_set_message (self->message, error->message);
}

static void
read_outbox (BillingOutboxWindow *self,
             const char          *states,
             gboolean             descending,
             gint64               limit,
             GAsyncReadyCallback  callback)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->desk, "outbox");

  g_object_set (query, "status", states, "descending", descending, "limit", limit, NULL);
  billing_read_query_async (billing_desk_get_store (self->desk), query, self->reading, callback,
                            self);
}

static void
open_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = billing_read_finish (BILLING_STORE (object), result, &error);
  BillingOutboxWindow *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (open == NULL)
    {
      billing_message_bar_set_message (self->message, error->message);
      return;
    }

  g_clear_pointer (&self->open, g_ptr_array_unref);
  self->open = g_steal_pointer (&open);
  read_outbox (self, "done,failed,withdrawn", TRUE, MAX_FINISHED, finished_cb);
}

static void
reload (BillingOutboxWindow *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  read_outbox (self, "queued,sending,unknown", FALSE, MAX_WAITING, open_cb);
}

static gboolean
reload_cb (gpointer user_data)
{
  BillingOutboxWindow *self = user_data;

  self->reload_source = 0;
  reload (self);
  return G_SOURCE_REMOVE;
}

/* One commit tells of several kinds; they are read once. */
static void
store_changed_cb (BillingOutboxWindow *self,
                  const char          *kind)
{
  if (g_strcmp0 (kind, "outbox") == 0 && self->reload_source == 0)
    self->reload_source = g_idle_add (reload_cb, self);
}

/* Acting. */

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (BillingOutboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = billing_desk_do_finish (BILLING_DESK (object), result, &error);

  /* The window may have been closed meanwhile. */
  if (self->desk == NULL)
    return;

  billing_message_bar_set_message (self->message, done ? NULL : error->message);
  if (done)
    billing_sync_now (self->sync);
}

static void
act_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BillingOutboxWindow *self = BILLING_OUTBOX_WINDOW (widget);
  BillingVerb verb = g_str_has_suffix (action_name, "check") ? BILLING_VERB_OUTBOX_CHECK
                                                             : BILLING_VERB_OUTBOX_WITHDRAW;
  g_autoptr (BillingAct) act = billing_act_new (verb, g_variant_get_string (parameter, NULL));

  billing_desk_do_async (self->desk, act, NULL, done_cb, g_object_ref (self));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-payment", "s",
                                g_variant_get_string (parameter, NULL));
  gtk_window_close (GTK_WINDOW (widget));
}

static void
billing_outbox_window_dispose (GObject *object)
{
  BillingOutboxWindow *self = BILLING_OUTBOX_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_OUTBOX_WINDOW);

  G_OBJECT_CLASS (billing_outbox_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxWindow, asking);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxWindow, asking_group);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxWindow, finished);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxWindow, finished_group);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxWindow, message);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxWindow, waiting);
  gtk_widget_class_bind_template_child (widget_class, BillingOutboxWindow, waiting_group);
}

static void
billing_outbox_window_class_init (BillingOutboxWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_outbox_window_dispose;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/setup/outbox-window.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "outbox.check", "s", act_action);
  gtk_widget_class_install_action (widget_class, "outbox.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "outbox.withdraw", "s", act_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
billing_outbox_window_init (BillingOutboxWindow *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  update_groups (self);
}

/**
 * billing_outbox_window_new:
 * @desk: who looks, and in which practice
 * @sync: which sends what waits
 *
 * Returns: (transfer none): a window
 */
GtkWindow *
billing_outbox_window_new (BillingDesk *desk,
                           BillingSync *sync)
{
  BillingOutboxWindow *self = g_object_new (BILLING_TYPE_OUTBOX_WINDOW, NULL);

  self->desk = g_object_ref (desk);
  self->sync = g_object_ref (sync);
  self->seen_at = billing_outbox_seen_get (desk);
  g_signal_group_set_target (self->store, billing_desk_get_store (desk));
  reload (self);
  return GTK_WINDOW (self);
}

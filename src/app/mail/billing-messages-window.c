/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-messages-window"

#include "config.h"

#include "billing-messages-window.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-mail-program.h"
#include "billing-message-bar.h"
#include "billing-message-row.h"
#include "billing-messages.h"
#include "billing-read.h"

/* Nobody reads more; the command line lists them all. */
#define MAX_ROWS 200

struct _BillingMessagesWindow {
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
  BillingPostman *postman; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
  guint reload_source;
};

G_DEFINE_FINAL_TYPE (BillingMessagesWindow, billing_messages_window, ADW_TYPE_WINDOW)

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static GtkListBox *
get_list (BillingMessagesWindow *self,
          BillingMessage        *message)
{
  switch (message->state)
    {
    case BILLING_MESSAGE_STATE_UNKNOWN:
    case BILLING_MESSAGE_STATE_FAILED:
      return self->asking;
    case BILLING_MESSAGE_STATE_QUEUED:
    case BILLING_MESSAGE_STATE_SENDING:
      return self->waiting;
    case BILLING_MESSAGE_STATE_SENT:
    case BILLING_MESSAGE_STATE_HANDED:
    case BILLING_MESSAGE_STATE_CANCELLED:
    default:
      return self->finished;
    }
}

static void
update_groups (BillingMessagesWindow *self)
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
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = billing_read_finish (BILLING_STORE (object), result, &error);
  BillingMessagesWindow *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (messages == NULL)
    {
      billing_message_bar_set_message (self->message, error->message);
      return;
    }

  clear (self->asking);
  clear (self->waiting);
  clear (self->finished);
  for (guint i = 0; i < messages->len; i++)
    gtk_list_box_append (get_list (self, messages->pdata[i]), billing_message_row_new (messages->pdata[i], self->desk));
  update_groups (self);
}

static void
reload (BillingMessagesWindow *self)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->desk, "messages");

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  g_object_set (query, "descending", TRUE, "limit", (gint64) MAX_ROWS, NULL);
  billing_read_query_async (billing_desk_get_store (self->desk), query, self->reading, read_cb, self);
}

static gboolean
reload_cb (gpointer user_data)
{
  BillingMessagesWindow *self = user_data;

  self->reload_source = 0;
  reload (self);
  return G_SOURCE_REMOVE;
}

/* One commit tells of several kinds; they are read once. */
static void
store_changed_cb (BillingMessagesWindow *self,
                  const char            *kind)
{
  if (g_strcmp0 (kind, "messages") == 0 && self->reload_source == 0)
    self->reload_source = g_idle_add (reload_cb, self);
}

static void
problem_cb (BillingMessagesWindow *self)
{
  billing_message_bar_set_message (self->message, billing_postman_get_problem (self->postman));
}

/* Acting. */

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (BillingMessagesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = billing_desk_do_finish (BILLING_DESK (object), result, &error);

  /* The window may have been closed meanwhile. */
  if (self->desk != NULL)
    billing_message_bar_set_message (self->message, done ? NULL : error->message);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingMessagesWindow *self = BILLING_MESSAGES_WINDOW (widget);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MESSAGE_CANCEL, g_variant_get_string (parameter, NULL));

  billing_desk_do_async (self->desk, act, NULL, done_cb, g_object_ref (self));
}

static void
resolve_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BillingMessagesWindow *self = BILLING_MESSAGES_WINDOW (widget);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MESSAGE_RESOLVE, NULL);
  const char *id, *method;

  g_variant_get (parameter, "(&s&s)", &id, &method);
  g_object_set (act, "subject", id, "method", method, NULL);
  billing_desk_do_async (self->desk, act, NULL, done_cb, g_object_ref (self));
}

typedef struct {
  BillingMessagesWindow *window; /* (owned) */
  BillingMessage *message; /* (owned) */
} Handing;

static void
handed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Handing *handing = user_data;
  g_autoptr (BillingMessagesWindow) self = handing->window;
  g_autoptr (BillingMessage) message = handing->message;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;

  g_free (handing);
  billing_mail_program_open_finish (GTK_WINDOW (object), result, &problem);
  if (self->desk == NULL)
    return;
  if (!billing_desk_hand_message (self->desk, message, problem != NULL ? problem->message : NULL, &error))
    billing_message_bar_set_message (self->message, error->message);
}

/* One at a time: the next one is opened by the next press. */
static void
hand_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingMessagesWindow *self = BILLING_MESSAGES_WINDOW (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingMessage) message = NULL;
  Handing *handing;

  if (!billing_desk_take_message (self->desk, g_variant_get_string (parameter, NULL), &message, &error))
    {
      billing_message_bar_set_message (self->message, error->message);
      return;
    }
  if (message == NULL)
    {
      billing_message_bar_set_message (self->message, _("It waits for its payment link, which Stripe has still to make."));
      return;
    }

  handing = g_new (Handing, 1);
  handing->window = g_object_ref (self);
  handing->message = g_object_ref (message);
  billing_mail_program_open_async (GTK_WINDOW (self), message, NULL, handed_cb, handing);
}

static void
billing_messages_window_dispose (GObject *object)
{
  BillingMessagesWindow *self = BILLING_MESSAGES_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->postman);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_MESSAGES_WINDOW);

  G_OBJECT_CLASS (billing_messages_window_parent_class)->dispose (object);
}

static void
billing_messages_window_class_init (BillingMessagesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_messages_window_dispose;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/mail/messages-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingMessagesWindow, asking);
  gtk_widget_class_bind_template_child (widget_class, BillingMessagesWindow, asking_group);
  gtk_widget_class_bind_template_child (widget_class, BillingMessagesWindow, finished);
  gtk_widget_class_bind_template_child (widget_class, BillingMessagesWindow, finished_group);
  gtk_widget_class_bind_template_child (widget_class, BillingMessagesWindow, message);
  gtk_widget_class_bind_template_child (widget_class, BillingMessagesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingMessagesWindow, waiting);
  gtk_widget_class_bind_template_child (widget_class, BillingMessagesWindow, waiting_group);
  gtk_widget_class_install_action (widget_class, "messages.cancel", "s", cancel_action);
  gtk_widget_class_install_action (widget_class, "messages.hand", "s", hand_action);
  gtk_widget_class_install_action (widget_class, "messages.resolve", "(ss)", resolve_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
billing_messages_window_init (BillingMessagesWindow *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  update_groups (self);
}

/**
 * billing_messages_window_new:
 * @desk: who looks, and in which practice
 * @postman: who sends
 *
 * Returns: (transfer none): a window
 */
GtkWindow *
billing_messages_window_new (BillingDesk    *desk,
                             BillingPostman *postman)
{
  BillingMessagesWindow *self = g_object_new (BILLING_TYPE_MESSAGES_WINDOW, NULL);

  self->desk = g_object_ref (desk);
  self->postman = g_object_ref (postman);
  g_signal_connect_object (postman, "notify::problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  problem_cb (self);
  g_signal_group_set_target (self->store, billing_desk_get_store (desk));
  reload (self);
  return GTK_WINDOW (self);
}

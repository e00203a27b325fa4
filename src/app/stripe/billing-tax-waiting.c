/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-waiting"

#include "config.h"

#include "billing-tax-waiting.h"

#include "billing-books.h"
#include "billing-outbox-row.h"
#include "billing-read.h"

/* Whoever asked for more has the queue. */
#define MAX_READ 60

struct _BillingTaxWaiting {
  AdwBin parent_instance;

  /* Template widgets. */
  GtkListBox *list;

  char **kinds;          /* (owned) */
  BillingDesk *desk;     /* (owned) (nullable) */
  BillingSync *sync;     /* (owned) (nullable) */
  GSignalGroup *store;   /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
};

enum { PROP_KINDS = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (BillingTaxWaiting, billing_tax_waiting, ADW_TYPE_BIN)

/* Newest first: what was refused is over as soon as something newer was asked. */
static gboolean
is_shown (BillingIntent *intent,
          gboolean       is_newest)
{
  switch (intent->state)
    {
    case BILLING_OUTBOX_STATE_QUEUED:
    case BILLING_OUTBOX_STATE_SENDING:
    case BILLING_OUTBOX_STATE_UNKNOWN:
      return TRUE;
    case BILLING_OUTBOX_STATE_FAILED:
      return is_newest;
    case BILLING_OUTBOX_STATE_DONE:
    case BILLING_OUTBOX_STATE_WITHDRAWN:
    default:
      return FALSE;
    }
}

static void
show_intents (BillingTaxWaiting *self,
              GPtrArray         *intents)
{
  GtkWidget *row;
  gboolean is_newest = TRUE;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);

  for (guint i = 0; i < intents->len; i++)
    {
      BillingIntent *intent = intents->pdata[i];

      if (!g_strv_contains ((const char * const *) self->kinds, intent->kind))
        continue;
      if (is_shown (intent, is_newest))
        gtk_list_box_append (self->list, billing_outbox_row_new (intent, self->desk));
      is_newest = FALSE;
    }

  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) intents = billing_read_finish (BILLING_STORE (object), result, &error);
  BillingTaxWaiting *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (intents != NULL)
    show_intents (self, intents);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.warn", "s", error->message);
}

static void
read_again (BillingTaxWaiting *self)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->desk, "outbox");

  g_object_set (query, "descending", TRUE, "limit", (gint64) MAX_READ, NULL);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  billing_read_query_async (billing_desk_get_store (self->desk), query, self->reading, read_cb, self);
}

static void
store_changed_cb (BillingTaxWaiting *self,
                  const char        *kind)
{
  if (g_strcmp0 (kind, "outbox") == 0)
    read_again (self);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (BillingTaxWaiting) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.warn", "s", error->message);
  else if (self->sync != NULL)
    billing_sync_now (self->sync);
}

static void
act_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BillingTaxWaiting *self = BILLING_TAX_WAITING (widget);
  BillingVerb verb = g_str_has_suffix (action_name, "check") ? BILLING_VERB_OUTBOX_CHECK : BILLING_VERB_OUTBOX_WITHDRAW;
  g_autoptr (BillingAct) act = billing_act_new (verb, g_variant_get_string (parameter, NULL));

  billing_desk_do_async (self->desk, act, NULL, done_cb, g_object_ref (self));
}

static void
billing_tax_waiting_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BillingTaxWaiting *self = BILLING_TAX_WAITING (object);

  switch (property_id)
    {
    case PROP_KINDS:
      g_strfreev (self->kinds);
      self->kinds = g_strsplit (g_value_get_string (value), " ", -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_tax_waiting_dispose (GObject *object)
{
  BillingTaxWaiting *self = BILLING_TAX_WAITING (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_tax_waiting_parent_class)->dispose (object);
}

static void
billing_tax_waiting_finalize (GObject *object)
{
  g_strfreev (BILLING_TAX_WAITING (object)->kinds);

  G_OBJECT_CLASS (billing_tax_waiting_parent_class)->finalize (object);
}

static void
billing_tax_waiting_class_init (BillingTaxWaitingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_tax_waiting_dispose;
  object_class->finalize = billing_tax_waiting_finalize;
  object_class->set_property = billing_tax_waiting_set_property;
  properties[PROP_KINDS] = g_param_spec_string ("kinds", NULL, NULL, "",
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/tax-waiting.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTaxWaiting, list);
  gtk_widget_class_install_action (widget_class, "outbox.check", "s", act_action);
  gtk_widget_class_install_action (widget_class, "outbox.withdraw", "s", act_action);
}

static void
billing_tax_waiting_init (BillingTaxWaiting *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_tax_waiting_set_sync (BillingTaxWaiting *self,
                              BillingDesk       *desk,
                              BillingSync       *sync)
{
  g_set_object (&self->sync, sync);
  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  if (desk != NULL)
    read_again (self);
}

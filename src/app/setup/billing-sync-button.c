/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-button"

#include "config.h"

#include "billing-sync-button.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-format.h"
#include "billing-outbox-seen.h"
#include "billing-read.h"
#include "billing-sync-format.h"

/* “2 min ago” grows old by the minute. */
#define AGE_SECONDS 60

/* A round that is over sooner is nothing that anybody has to be told. */
#define SYNCING_MILLISECONDS 1500

/* Of refusals that nobody has seen, more need no counting. */
#define MAX_REFUSED 20

struct _BillingSyncButton {
  AdwBin parent_instance;

  /* Template widgets. */
  GtkMenuButton *button;
  GtkWidget *content;
  GtkStack *sign;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *label;
  GtkLabel *count;
  GtkPopover *popover;
  GtkLabel *sentence;
  GtkWidget *progress_box;
  GtkProgressBar *bar;
  GtkLabel *progress;
  GtkLabel *freshness;
  GtkLabel *waiting;
  GtkWidget *sync_now;

  BillingDesk *desk; /* (owned) (nullable) */
  BillingSync *sync; /* (owned) (nullable) */
  GSignalGroup *signals; /* (owned): of the sync */
  GSignalGroup *store; /* (owned) */
  GSettings *settings; /* (owned) */
  GCancellable *counting; /* (owned) (nullable) */
  guint n_refused; /* that this person has not seen */
  guint age_source;
  guint syncing_source;
  guint update_source;
  gboolean is_long; /* the round under way takes so long that it is shown */
};

G_DEFINE_FINAL_TYPE (BillingSyncButton, billing_sync_button, ADW_TYPE_BIN)

static const char *
get_time_zone (BillingSyncButton *self)
{
  return billing_desk_get_practice (self->desk)->time_zone;
}

/* What is shown: a short round changes nothing, and is not worth a word. */
static BillingSyncState
get_state (BillingSyncButton *self)
{
  BillingSyncState state = billing_sync_get_state (self->sync);

  if (state == BILLING_SYNC_STATE_SYNCING && !self->is_long &&
      billing_sync_get_synced_at (self->sync) != 0)
    return BILLING_SYNC_STATE_CURRENT;

  return state;
}

static void
show_label (BillingSyncButton *self,
            BillingSyncState   state)
{
  g_autofree char *text =
    billing_sync_format_label (state, billing_sync_get_synced_at (self->sync),
                               billing_sync_get_n_waiting (self->sync),
                               billing_sync_get_progress (self->sync),
                               g_get_real_time () / G_USEC_PER_SEC, get_time_zone (self));

  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), billing_sync_get_sentence (self->sync));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_sign (BillingSyncButton *self,
           BillingSyncState   state)
{
  gboolean is_busy = state == BILLING_SYNC_STATE_SYNCING || state == BILLING_SYNC_STATE_STARTING;

  gtk_image_set_from_icon_name (self->icon, billing_sync_format_icon (state));
  gtk_stack_set_visible_child_name (self->sign, is_busy ? "spinner" : "icon");
  gtk_spinner_set_spinning (self->spinner, is_busy);
  if (billing_sync_format_is_problem (state))
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "problem");
}

static void
show_count (BillingSyncButton *self)
{
  guint n = billing_sync_get_n_unknown (self->sync) + self->n_refused;
  g_autofree char *text = g_strdup_printf ("%'u", n);

  gtk_label_set_label (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > 0);
}

static void
show_progress (BillingSyncButton *self,
               BillingSyncState   state)
{
  int permille = billing_sync_get_permille (self->sync);
  const char *progress = billing_sync_get_progress (self->sync);

  gtk_widget_set_visible (self->progress_box, state == BILLING_SYNC_STATE_SYNCING);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), permille >= 0);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (permille, 0, 1000) / 1000.0);
  gtk_label_set_label (self->progress, progress != NULL ? progress : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), progress != NULL);
}

static void
show_freshness (BillingSyncButton *self)
{
  gint64 synced_at = billing_sync_get_synced_at (self->sync);
  g_autofree char *when = billing_format_instant (NULL, synced_at, get_time_zone (self));
  g_autofree char *text = synced_at != 0 ? g_strdup_printf (_("Last synced: %s"), when)
                                         : g_strdup (_("Not synced yet"));

  gtk_label_set_label (self->freshness, text);
}

static void
update (BillingSyncButton *self)
{
  BillingSyncState state;
  g_autofree char *waiting = NULL;

  if (self->sync == NULL)
    return;

  state = get_state (self);
  waiting = billing_sync_format_waiting (billing_sync_get_n_waiting (self->sync),
                                         billing_sync_get_n_unknown (self->sync),
                                         self->n_refused);
  show_label (self, state);
  show_sign (self, state);
  show_count (self);
  show_progress (self, state);
  show_freshness (self);
  gtk_label_set_label (self->waiting, waiting);
  gtk_label_set_label (self->sentence, billing_sync_get_sentence (self->sync));
  gtk_widget_set_visible (self->sync_now, billing_sync_is_connected (self->sync));
}

/* When it changes. */

static gboolean
age_cb (gpointer user_data)
{
  BillingSyncButton *self = user_data;

  if (self->sync != NULL)
    show_label (self, get_state (self));

  return G_SOURCE_CONTINUE;
}

static gboolean
syncing_cb (gpointer user_data)
{
  BillingSyncButton *self = user_data;

  self->syncing_source = 0;
  self->is_long = TRUE;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
watch_round (BillingSyncButton *self)
{
  if (billing_sync_get_state (self->sync) != BILLING_SYNC_STATE_SYNCING)
    {
      g_clear_handle_id (&self->syncing_source, g_source_remove);
      self->is_long = FALSE;
    }
  else if (!self->is_long && self->syncing_source == 0)
    {
      self->syncing_source = g_timeout_add (SYNCING_MILLISECONDS, syncing_cb, self);
    }
}

static gboolean
update_cb (gpointer user_data)
{
  BillingSyncButton *self = user_data;

  self->update_source = 0;
  if (self->sync != NULL)
    watch_round (self);
  update (self);
  return G_SOURCE_REMOVE;
}

/* Several properties change at once. */
static void
sync_changed_cb (BillingSyncButton *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (update_cb, self);
}

/* Refusals that nobody has seen. */

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GPtrArray) refused = billing_read_finish (BILLING_STORE (object), result, NULL);
  BillingSyncButton *self = user_data;
  gint64 seen_at;

  /* A read that was interrupted, perhaps because the button is gone. */
  if (refused == NULL)
    return;

  self->n_refused = 0;
  seen_at = billing_outbox_seen_get (self->desk);
  for (guint i = 0; i < refused->len; i++)
    {
      if (billing_outbox_seen_needs_person (g_ptr_array_index (refused, i), seen_at))
        self->n_refused++;
    }

  update (self);
}

static void
count (BillingSyncButton *self)
{
  g_autoptr (BillingQuery) query = NULL;

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  if (self->desk == NULL)
    return;

  self->counting = g_cancellable_new ();
  query = billing_desk_query (self->desk, "outbox");
  g_object_set (query, "status", "failed", "descending", TRUE, "limit", (gint64) MAX_REFUSED, NULL);
  billing_read_query_async (billing_desk_get_store (self->desk), query, self->counting, counted_cb,
                            self);
}

static void
store_changed_cb (BillingSyncButton *self,
                  const char        *kind)
{
  if (g_strcmp0 (kind, "outbox") == 0)
    count (self);
}

/* A button of the popover does what it does in the window, and the popover has been read. */
static void
close_cb (BillingSyncButton *self)
{
  gtk_popover_popdown (self->popover);
}

static void
billing_sync_button_dispose (GObject *object)
{
  BillingSyncButton *self = BILLING_SYNC_BUTTON (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_handle_id (&self->age_source, g_source_remove);
  g_clear_handle_id (&self->syncing_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_sync_button_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, bar);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, content);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, count);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, freshness);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, icon);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, label);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, popover);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, progress);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, progress_box);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, sentence);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, sign);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, spinner);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, sync_now);
  gtk_widget_class_bind_template_child (widget_class, BillingSyncButton, waiting);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
billing_sync_button_class_init (BillingSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_sync_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/setup/sync-button.ui");
  bind_template (widget_class);
}

static void
billing_sync_button_init (BillingSyncButton *self)
{
  self->signals = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (sync_changed_cb), self);
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);
  self->settings = g_settings_new (APPLICATION_ID);
  g_signal_connect_object (self->settings, "changed::outbox-seen", G_CALLBACK (count), self,
                           G_CONNECT_SWAPPED);

  gtk_widget_init_template (GTK_WIDGET (self));
  /* GTK 4.8 puts what stands in a menu button into its middle. */
  gtk_widget_set_halign (gtk_widget_get_parent (self->content), GTK_ALIGN_FILL);
  self->age_source = g_timeout_add_seconds (AGE_SECONDS, age_cb, self);
}

/**
 * billing_sync_button_set_sync:
 * @self: a button
 * @desk: (nullable): who looks at it, and in which practice
 * @sync: (nullable): of the practice
 */
void
billing_sync_button_set_sync (BillingSyncButton *self,
                              BillingDesk       *desk,
                              BillingSync       *sync)
{
  g_set_object (&self->desk, desk);
  g_set_object (&self->sync, sync);
  g_signal_group_set_target (self->signals, sync);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  self->n_refused = 0;
  if (sync != NULL)
    watch_round (self);
  update (self);
  count (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dashboard"

#include "config.h"

#include "billing-dashboard.h"

#include <glib/gi18n.h>

#include "billing-bar-chart.h"
#include "billing-chart-legend.h"
#include "billing-chart-text.h"
#include "billing-dashboard-card.h"
#include "billing-dashboard-numbers.h"
#include "billing-dashboard-row.h"
#include "billing-dashboard-text.h"
#include "billing-enums.h"
#include "billing-month.h"
#include "billing-share-chart.h"
#include "billing-status.h"

/* A window that is lower has its room for the list. */
#define LOW 620

/* Changes that come together are read together. */
#define DELAY_MS 100

struct _BillingDashboard {
  GtkBox parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkButton *fold_button;
  BillingDashboardCard *collected;
  BillingDashboardCard *outstanding;
  BillingDashboardCard *breakdown;
  BillingDashboardRow *failed;
  BillingDashboardRow *overdue;
  BillingDashboardRow *collected_line;
  BillingDashboardRow *outstanding_line;
  BillingDashboardRow *breakdown_line;
  BillingChart *months;
  BillingChart *parts;
  BillingChart *shares;

  BillingDesk *desk;      /* (owned) (nullable) */
  GSettings *settings;    /* (owned) */
  GSignalGroup *store;    /* (owned) */
  GSignalGroup *surface;  /* (owned): of the window, for its height */
  GCancellable *reading;  /* (owned) (nullable): while numbers are being read */
  guint timeout;          /* until they will be, 0: none */
  guint idle;             /* until the window's height is looked at, 0: none */
  gboolean stale;         /* to be read once somebody looks */
  gboolean low;           /* the window is */
  gboolean unfolded;      /* all the same */
};

enum { FILTER, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingDashboard, billing_dashboard, GTK_TYPE_BOX)

/* Clicks. */

static void
filter (BillingDashboard     *self,
        BillingDashboardPart  part,
        const char           *key)
{
  g_autoptr (BillingQuery) query = billing_dashboard_build_query (self->desk, part, key);

  g_signal_emit (self, signals[FILTER], 0, query);
}

static void
collected_cb (BillingDashboard *self)
{
  filter (self, BILLING_DASHBOARD_COLLECTED, NULL);
}

static void
outstanding_cb (BillingDashboard *self)
{
  filter (self, BILLING_DASHBOARD_OUTSTANDING, NULL);
}

static void
failed_cb (BillingDashboard *self)
{
  filter (self, BILLING_DASHBOARD_FAILED, NULL);
}

static void
overdue_cb (BillingDashboard *self)
{
  filter (self, BILLING_DASHBOARD_OVERDUE, NULL);
}

static void
all_cb (BillingDashboard *self)
{
  filter (self, BILLING_DASHBOARD_ALL, NULL);
}

static void
month_cb (BillingDashboard  *self,
          BillingChartPoint *point)
{
  filter (self, BILLING_DASHBOARD_MONTH, billing_chart_point_get_key (point));
}

static void
status_cb (BillingDashboard  *self,
           BillingChartPoint *point)
{
  filter (self, BILLING_DASHBOARD_STATUS, billing_chart_point_get_key (point));
}

/* The cards. */

/* What there is of it, with commas or dots between. */
static char *
join (const char *separator,
      const char *a,
      const char *b,
      const char *c)
{
  const char *parts[] = { a, b, c };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, separator);
      g_string_append (text, parts[i]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_months (BillingDashboard              *self,
             const BillingDashboardNumbers *numbers)
{
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < BILLING_DASHBOARD_MONTHS; i++)
    {
      g_autofree char *label = billing_month_format (numbers->months[i], BILLING_MONTH_SHORT, NULL);
      g_autofree char *title = billing_month_format (numbers->months[i], BILLING_MONTH_FULL, NULL);

      g_ptr_array_add (points, billing_chart_point_new (numbers->months[i], label, title,
                                                        numbers->collected[i]));
    }

  billing_chart_set_currency (self->months, numbers->sum.currency);
  billing_chart_set_points (self->months, points);
}

static void
show_collected (BillingDashboard              *self,
                const BillingDashboardNumbers *numbers)
{
  gint64 percent;
  BillingDashboardTrend trend = billing_dashboard_get_trend (numbers, &percent);
  g_autofree char *number = billing_dashboard_text_amount (&numbers->sum, numbers->sum.collected);
  g_autofree char *others =
    billing_dashboard_text_others (numbers, offsetof (BillingDashboardSum, collected));
  g_autofree char *refunded = billing_dashboard_text_refunded (numbers);
  g_autofree char *note = billing_dashboard_text_trend (numbers, FALSE);
  g_autofree char *words = billing_dashboard_text_trend (numbers, TRUE);
  g_autofree char *beside = join (" · ", others, refunded, NULL);
  g_autofree char *spoken = join (", ", number, beside, words);

  billing_dashboard_card_set_text (self->collected, number, beside, note,
                                   trend == BILLING_DASHBOARD_TREND_UP ? "success" : NULL, spoken);
  billing_dashboard_row_set_text (self->collected_line, others, number, spoken);
  show_months (self, numbers);
}

static BillingChartPoint *
create_status_point (BillingStatus status,
                     gint64        value)
{
  const char *nick = billing_enum_nick (BILLING_TYPE_STATUS, (int) status);
  const char *name = billing_status_get_label (status);
  g_autofree char *css_class = g_strconcat ("share-", nick, NULL);
  BillingChartPoint *point = billing_chart_point_new (nick, name, name, value);

  billing_chart_point_set_class (point, css_class);
  return point;
}

static void
show_parts (BillingDashboard              *self,
            const BillingDashboardNumbers *numbers)
{
  static const BillingStatus statuses[] = {
    BILLING_STATUS_DRAFT, BILLING_STATUS_PENDING, BILLING_STATUS_PROCESSING,
  };
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    g_ptr_array_add (points, create_status_point (statuses[i], numbers->amounts[statuses[i]]));

  billing_chart_set_currency (self->parts, numbers->sum.currency);
  billing_chart_set_points (self->parts, points);
}

static void
show_owed (BillingDashboardRow       *row,
           const BillingDashboardSum *sum,
           gint64                     amount,
           gint64                     n)
{
  g_autofree char *formatted = billing_dashboard_text_amount (sum, amount);
  g_autofree char *count = billing_chart_text_value (n, NULL);
  g_autofree char *payments = billing_dashboard_text_payments (n);
  g_autofree char *spoken = join (", ", formatted, payments, NULL);

  billing_dashboard_row_set_text (row, count, formatted, spoken);
  gtk_widget_set_sensitive (GTK_WIDGET (row), n > 0);
}

static void
show_outstanding (BillingDashboard              *self,
                  const BillingDashboardNumbers *numbers)
{
  const BillingDashboardSum *sum = &numbers->sum;
  g_autofree char *number = billing_dashboard_text_amount (sum, sum->outstanding);
  g_autofree char *others =
    billing_dashboard_text_others (numbers, offsetof (BillingDashboardSum, outstanding));
  g_autofree char *payments = billing_dashboard_text_payments (sum->n_outstanding);
  g_autofree char *overdue = billing_dashboard_text_overdue (sum->n_overdue);
  g_autofree char *late = join (" · ", others, overdue, NULL);
  g_autofree char *spoken = join (", ", number, others, payments);

  billing_dashboard_card_set_text (self->outstanding, number, others, payments, NULL, spoken);
  billing_dashboard_row_set_text (self->outstanding_line, late, number, spoken);
  show_parts (self, numbers);
  show_owed (self->failed, sum, sum->failed, sum->n_failed);
  show_owed (self->overdue, sum, sum->overdue, sum->n_overdue);
  if (sum->n_overdue > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->overdue), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->overdue), "late");
}

static void
show_breakdown (BillingDashboard              *self,
                const BillingDashboardNumbers *numbers)
{
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *payments = NULL;
  gint64 n = 0;

  for (int i = 0; i < BILLING_DASHBOARD_STATUSES; i++)
    {
      g_ptr_array_add (points, create_status_point ((BillingStatus) i, numbers->counts[i]));
      n += numbers->counts[i];
    }

  payments = billing_dashboard_text_payments (n);
  billing_chart_set_points (self->shares, points);
  billing_dashboard_card_set_text (self->breakdown, payments, "", "", NULL, payments);
  billing_dashboard_row_set_text (self->breakdown_line, "", payments, payments);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

/* Reading. */

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDashboardNumbers) numbers =
    billing_dashboard_numbers_read_finish (BILLING_DESK (object), result, &error);
  BillingDashboard *self = user_data;

  /* Only a cancelled one may find us gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  if (numbers == NULL)
    {
      g_warning ("The numbers of the cards cannot be read: %s", error->message);
      return;
    }

  show_collected (self, numbers);
  show_outstanding (self, numbers);
  show_breakdown (self, numbers);

  if (self->stale)
    billing_dashboard_update (self);
}

static void
stop (BillingDashboard *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
start (BillingDashboard *self)
{
  self->stale = FALSE;
  self->reading = g_cancellable_new ();
  billing_dashboard_numbers_read_async (self->desk, self->reading, read_cb, self);
}

static gboolean
timeout_cb (gpointer user_data)
{
  BillingDashboard *self = user_data;

  self->timeout = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BillingDashboard *self,
            const char       *kind)
{
  if (g_str_equal (kind, "payments") || g_str_equal (kind, "refunds"))
    billing_dashboard_update (self);
}

/* Folding. */

static gboolean
is_folded (BillingDashboard *self)
{
  if (self->low)
    return !self->unfolded;

  return g_settings_get_boolean (self->settings, "dashboard-folded");
}

static void
update_folded (BillingDashboard *self)
{
  gboolean folded = is_folded (self);
  const char *label = folded ? _("Unfold Cards") : _("Fold Cards");

  gtk_stack_set_visible_child_name (self->stack, folded ? "line" : "cards");
  gtk_button_set_icon_name (self->fold_button, folded ? "pan-down-symbolic" : "pan-up-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fold_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fold_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
fold_cb (BillingDashboard *self)
{
  if (self->low)
    self->unfolded = !self->unfolded;
  else
    g_settings_set_boolean (self->settings, "dashboard-folded", !is_folded (self));

  update_folded (self);
}

static gboolean
look_at_height_cb (gpointer user_data)
{
  BillingDashboard *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean low = root != NULL && gtk_widget_get_height (GTK_WIDGET (root)) < LOW;

  self->idle = 0;
  if (low != self->low)
    {
      self->low = low;
      self->unfolded = FALSE;
      update_folded (self);
    }

  return G_SOURCE_REMOVE;
}

/* Afterwards: nothing may change its size while it gets one. */
static void
look_at_height (BillingDashboard *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (look_at_height_cb, self);
}

static void
billing_dashboard_realize (GtkWidget *widget)
{
  BillingDashboard *self = BILLING_DASHBOARD (widget);

  GTK_WIDGET_CLASS (billing_dashboard_parent_class)->realize (widget);

  g_signal_group_set_target (self->surface, gtk_native_get_surface (gtk_widget_get_native (widget)));
  look_at_height (self);
}

static void
billing_dashboard_unrealize (GtkWidget *widget)
{
  BillingDashboard *self = BILLING_DASHBOARD (widget);

  g_signal_group_set_target (self->surface, NULL);
  g_clear_handle_id (&self->idle, g_source_remove);

  GTK_WIDGET_CLASS (billing_dashboard_parent_class)->unrealize (widget);
}

static void
billing_dashboard_dispose (GObject *object)
{
  BillingDashboard *self = BILLING_DASHBOARD (object);

  stop (self);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->surface);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_DASHBOARD);

  G_OBJECT_CLASS (billing_dashboard_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, breakdown);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, breakdown_line);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, collected);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, collected_line);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, failed);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, fold_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, months);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, outstanding);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, outstanding_line);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, overdue);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, parts);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, shares);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboard, stack);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
  gtk_widget_class_bind_template_callback (widget_class, collected_cb);
  gtk_widget_class_bind_template_callback (widget_class, failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fold_cb);
  gtk_widget_class_bind_template_callback (widget_class, month_cb);
  gtk_widget_class_bind_template_callback (widget_class, outstanding_cb);
  gtk_widget_class_bind_template_callback (widget_class, overdue_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_cb);
}

static void
billing_dashboard_class_init (BillingDashboardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_dashboard_dispose;
  widget_class->realize = billing_dashboard_realize;
  widget_class->unrealize = billing_dashboard_unrealize;

  signals[FILTER] = g_signal_new ("filter", BILLING_TYPE_DASHBOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, BILLING_TYPE_QUERY);

  g_type_ensure (BILLING_TYPE_BAR_CHART);
  g_type_ensure (BILLING_TYPE_CHART_LEGEND);
  g_type_ensure (BILLING_TYPE_DASHBOARD_CARD);
  g_type_ensure (BILLING_TYPE_DASHBOARD_ROW);
  g_type_ensure (BILLING_TYPE_SHARE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dashboard/dashboard.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
}

static void
billing_dashboard_init (BillingDashboard *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);
  self->surface = g_signal_group_new (GDK_TYPE_SURFACE);
  g_signal_group_connect_swapped (self->surface, "layout", G_CALLBACK (look_at_height), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  update_folded (self);
}

GtkWidget *
billing_dashboard_new (void)
{
  return g_object_new (BILLING_TYPE_DASHBOARD, NULL);
}

/**
 * billing_dashboard_set_desk:
 * @self: the cards
 * @desk: (nullable): whose numbers they show
 */
void
billing_dashboard_set_desk (BillingDashboard *self,
                            BillingDesk      *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;

  stop (self);
  self->stale = FALSE;
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (desk != NULL)
    start (self);
}

/**
 * billing_dashboard_update:
 * @self: the cards
 *
 * Reads the numbers again, soon: the books changed, or it is another day.
 */
void
billing_dashboard_update (BillingDashboard *self)
{
  if (self->desk == NULL)
    return;

  if (self->reading != NULL)
    self->stale = TRUE;
  else if (self->timeout == 0)
    self->timeout = g_timeout_add (DELAY_MS, timeout_cb, self);
}

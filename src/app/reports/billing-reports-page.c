/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reports-page"

#include "config.h"

#include "billing-reports-page.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-day-row.h"
#include "billing-day.h"
#include "billing-message-bar.h"
#include "billing-read.h"
#include "billing-report-card.h"
#include "billing-report-period.h"
#include "billing-report-print.h"
#include "billing-report-rows-window.h"
#include "billing-treatment.h"

/* Many things change at once; they are added up once. */
#define UPDATE_MSEC 400


struct _BillingReportsPage {
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwStatusPage *refused;
  GtkDropDown *period;
  GtkDropDown *locations;
  GtkStringList *location_names;
  GtkLabel *days;
  GtkRevealer *custom;
  BillingDayRow *from;
  BillingDayRow *to;
  BillingMessageBar *problem;
  GtkBox *cards;

  BillingDesk *desk;       /* (owned) (nullable) */
  GSignalGroup *store;     /* (owned) */
  GCancellable *reading;   /* (owned) (nullable): the locations */
  GPtrArray *location_ids; /* (owned) (element-type utf8): as the dropdown has them */
  guint update_source;     /* will add up once more */
  gboolean stale;          /* something changed while nobody looked */
  gboolean announced;      /* this session's looking was noted */
};

enum { PAYMENTS, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingReportsPage, billing_reports_page, ADW_TYPE_BIN)

/* What is asked for. */

static const char *
get_location (BillingReportsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->locations);

  return selected < self->location_ids->len ? g_ptr_array_index (self->location_ids, selected) : NULL;
}

static gboolean
fill_days (BillingReportsPage *self,
           BillingQuery       *query)
{
  g_autoptr (GError) error = NULL;
  gboolean valid = TRUE;

  if (!billing_report_period_get_days (gtk_drop_down_get_selected (self->period), query->today, &query->from, &query->to))
    valid = billing_day_row_get_day (self->from, &query->from, &error) &&
            billing_day_row_get_day (self->to, &query->to, &error);
  if (valid && query->from != NULL && query->to != NULL && g_strcmp0 (query->from, query->to) > 0)
    {
      billing_message_bar_set_message (self->problem, _("The first day is after the last one."));
      return FALSE;
    }

  billing_message_bar_set_message (self->problem, error != NULL ? error->message : NULL);
  return valid;
}

/* Returns NULL, and says why, where the days make no sense. */
static BillingQuery *
create_query (BillingReportsPage *self)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->desk, "payments");

  query->location = g_strdup (get_location (self));
  return fill_days (self, query) ? g_steal_pointer (&query) : NULL;
}

static char *
describe (BillingReportsPage *self,
          BillingQuery       *query)
{
  g_autofree char *days = billing_report_period_describe (query->from, query->to);
  GtkStringObject *location = gtk_drop_down_get_selected_item (self->locations);

  if (query->location == NULL || location == NULL)
    return g_steal_pointer (&days);

  return g_strdup_printf ("%s · %s", days, gtk_string_object_get_string (location));
}

static void
update (BillingReportsPage *self)
{
  g_autoptr (BillingQuery) query = NULL;
  g_autofree char *days = NULL;

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->desk == NULL || !billing_desk_may (self->desk, BILLING_VERB_REPORT_VIEW))
    return;

  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  query = self->stale ? NULL : create_query (self);
  if (query == NULL)
    return;

  days = billing_report_period_describe (query->from, query->to);
  gtk_label_set_label (self->days, days);
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    billing_report_card_read (BILLING_REPORT_CARD (card), query);
}

static gboolean
update_cb (gpointer user_data)
{
  BillingReportsPage *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* What changes all the time is added up now and then, not never. */
static void
update_soon (BillingReportsPage *self)
{
  if (self->update_source == 0)
    self->update_source = g_timeout_add (UPDATE_MSEC, update_cb, self);
}

static void
period_cb (BillingReportsPage *self)
{
  gboolean is_custom = gtk_drop_down_get_selected (self->period) == BILLING_REPORT_PERIOD_CUSTOM;

  gtk_revealer_set_reveal_child (self->custom, is_custom);
  update (self);
}

static void
location_cb (BillingReportsPage *self)
{
  update (self);
}

static void
days_cb (BillingReportsPage *self)
{
  if (gtk_drop_down_get_selected (self->period) == BILLING_REPORT_PERIOD_CUSTOM)
    update_soon (self);
}

/* Locations. */

static guint
find_location (BillingReportsPage *self,
               const char         *id)
{
  for (guint i = 0; i < self->location_ids->len; i++)
    {
      if (g_strcmp0 (self->location_ids->pdata[i], id) == 0)
        return i;
    }

  return 0;
}

static void
add_location (BillingReportsPage *self,
              const char         *id,
              const char         *name)
{
  g_ptr_array_add (self->location_ids, g_strdup (id));
  gtk_string_list_append (self->location_names, name);
}

static void
set_locations (BillingReportsPage *self,
               GPtrArray          *locations)
{
  g_autofree char *chosen = g_strdup (get_location (self));

  g_signal_handlers_block_by_func (self->locations, location_cb, self);
  g_ptr_array_set_size (self->location_ids, 0);
  gtk_string_list_splice (self->location_names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->location_names)), NULL);
  add_location (self, NULL, _("All Locations"));
  add_location (self, BILLING_QUERY_NO_LOCATION, _("No Location"));
  for (guint i = 0; locations != NULL && i < locations->len; i++)
    {
      BillingLocation *location = locations->pdata[i];

      add_location (self, billing_record_get_id (BILLING_RECORD (location)), location->name);
    }
  gtk_drop_down_set_selected (self->locations, find_location (self, chosen));
  g_signal_handlers_unblock_by_func (self->locations, location_cb, self);
}

static void
locations_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) locations = billing_read_finish (BILLING_STORE (object), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_locations (user_data, locations);
}

static void
read_locations (BillingReportsPage *self)
{
  billing_read_list_again (self->desk, "locations", &self->reading, locations_cb, self);
}

/* What a number is made of. */

static void
rows_cb (BillingReportsPage *self,
         BillingQuery       *query,
         BillingReportLine  *line,
         const char         *what)
{
  GtkWindow *rows;

  if (g_str_equal (query->list, "payments"))
    {
      g_signal_emit (self, signals[PAYMENTS], 0, query);
      return;
    }

  rows = billing_report_rows_window_new (self->desk, query, line, what);
  gtk_window_set_transient_for (rows, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (rows);
}

/* Paper. */

static BillingReportPage *
create_paper (BillingReportsPage *self)
{
  g_autoptr (BillingQuery) query = create_query (self);
  g_autofree char *about = NULL;
  g_autofree char *today = NULL;
  g_autofree char *text = NULL;
  g_autofree char *subheading = NULL;

  if (query == NULL)
    return NULL;

  about = describe (self, query);
  today = billing_day_format (query->today, NULL);
  /* Translators: of which days and places a report is, and on which day it was printed */
  text = g_strdup_printf (_("%s; printed on %s"), about, today);
  subheading = billing_report_subheading (billing_desk_get_practice (self->desk), text);
  return billing_report_page_new (billing_desk_get_practice (self->desk)->name, subheading);
}

static void
printed_cb (const char *problem,
            gpointer    data)
{
  BillingReportsPage *self = data;

  billing_message_bar_set_message (self->problem, problem);
}

static void
print_paper (BillingReportsPage *self,
             BillingReportPage  *paper)
{
  if (paper == NULL)
    return;

  if (paper->sheets->len > 0)
    {
      billing_report_print (paper, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), printed_cb, g_object_ref (self),
                            g_object_unref);
      return;
    }

  billing_message_bar_set_message (self->problem, _("There is nothing to print yet."));
  billing_report_page_free (paper);
}

static void
add_card (BillingReportPage *paper,
          BillingReportCard *card)
{
  BillingReportSheet *sheet = billing_report_card_create_sheet (card);

  if (sheet != NULL)
    billing_report_page_add (paper, sheet);
}

static void
print_card_cb (BillingReportsPage *self,
               BillingReportCard  *card)
{
  BillingReportPage *paper = create_paper (self);

  if (paper != NULL)
    add_card (paper, card);
  print_paper (self, paper);
}

static void
print_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  billing_reports_page_print (BILLING_REPORTS_PAGE (widget));
}

/* The page. */

static gboolean
is_added_up (const char *kind)
{
  return g_str_equal (kind, "payments") || g_str_equal (kind, "refunds") || g_str_equal (kind, "balance_transactions") ||
         g_str_equal (kind, "payouts") || g_str_equal (kind, "treatments") || g_str_equal (kind, "physicians") || g_str_equal (kind, "practice");
}

static void
changed_cb (BillingReportsPage *self,
            const char         *kind)
{
  if (g_str_equal (kind, "locations"))
    read_locations (self);
  if (is_added_up (kind) || g_str_equal (kind, "locations"))
    update_soon (self);
}

static void
announced_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (BillingReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error) && self->problem != NULL)
    billing_message_bar_set_message (self->problem, error->message);
}

/* Who looked at the practice's numbers is noted, once a session. */
static void
announce (BillingReportsPage *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REPORT_VIEW, NULL);

  if (self->announced)
    return;

  self->announced = TRUE;
  billing_desk_do_async (self->desk, act, NULL, announced_cb, g_object_ref (self));
}

static void
show_allowed (BillingReportsPage *self)
{
  BillingRole role = billing_desk_get_person (self->desk)->role;
  gboolean may = billing_desk_may (self->desk, BILLING_VERB_REPORT_VIEW);
  g_autofree char *refusal = may ? NULL : billing_verb_refusal (BILLING_VERB_REPORT_VIEW, role);

  adw_status_page_set_description (self->refused, refusal);
  gtk_stack_set_visible_child_name (self->stack, may ? "reports" : "refused");
}

static void
billing_reports_page_map (GtkWidget *widget)
{
  BillingReportsPage *self = BILLING_REPORTS_PAGE (widget);

  GTK_WIDGET_CLASS (billing_reports_page_parent_class)->map (widget);

  if (self->desk == NULL)
    return;

  show_allowed (self);
  if (!billing_desk_may (self->desk, BILLING_VERB_REPORT_VIEW))
    return;

  announce (self);
  if (self->stale)
    update (self);
}

static void
cancel (BillingReportsPage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->update_source, g_source_remove);
}

static void
billing_reports_page_dispose (GObject *object)
{
  BillingReportsPage *self = BILLING_REPORTS_PAGE (object);

  cancel (self);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  /* AdwBin looks for its child afterwards, which gtk_widget_dispose_template() would have taken away. */
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_reports_page_parent_class)->dispose (object);
}

static void
billing_reports_page_finalize (GObject *object)
{
  g_ptr_array_unref (BILLING_REPORTS_PAGE (object)->location_ids);

  G_OBJECT_CLASS (billing_reports_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/reports/reports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, custom);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, days);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, from);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, location_names);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, locations);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, period);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, problem);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, refused);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingReportsPage, to);
  gtk_widget_class_bind_template_callback (widget_class, billing_reports_page_print);
  gtk_widget_class_bind_template_callback (widget_class, days_cb);
  gtk_widget_class_bind_template_callback (widget_class, location_cb);
  gtk_widget_class_bind_template_callback (widget_class, period_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_card_cb);
  gtk_widget_class_bind_template_callback (widget_class, rows_cb);
}

static void
billing_reports_page_class_init (BillingReportsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_REPORT_CARD);
  object_class->dispose = billing_reports_page_dispose;
  object_class->finalize = billing_reports_page_finalize;
  widget_class->map = billing_reports_page_map;

  signals[PAYMENTS] = g_signal_new ("payments", BILLING_TYPE_REPORTS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, BILLING_TYPE_QUERY);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "reports.print", NULL, print_action);
}

static void
billing_reports_page_init (BillingReportsPage *self)
{
  self->location_ids = g_ptr_array_new_with_free_func (g_free);
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  set_locations (self, NULL);
}

/**
 * billing_reports_page_set_desk:
 * @self: the page
 * @desk: (nullable): a session
 */
void
billing_reports_page_set_desk (BillingReportsPage *self,
                               BillingDesk        *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;

  cancel (self);
  self->announced = FALSE;
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    billing_report_card_set_desk (BILLING_REPORT_CARD (card), desk);
  if (desk == NULL)
    return;

  show_allowed (self);
  read_locations (self);
  update (self);
}

/**
 * billing_reports_page_print:
 * @self: the page
 *
 * Asks for a printer, and prints all charts on one page.
 */
void
billing_reports_page_print (BillingReportsPage *self)
{
  BillingReportPage *paper = NULL;

  if (self->desk == NULL || !billing_desk_may (self->desk, BILLING_VERB_REPORT_VIEW))
    return;

  paper = create_paper (self);
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); paper != NULL && card != NULL;
       card = gtk_widget_get_next_sibling (card))
    add_card (paper, BILLING_REPORT_CARD (card));
  print_paper (self, paper);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-card"

#include "config.h"

#include "billing-report-card.h"

#include <glib/gi18n.h>

#include "billing-bar-chart.h"
#include "billing-message-bar.h"
#include "billing-report-export.h"
#include "billing-report-question.h"
#include "billing-report-read.h"
#include "billing-report-row-widget.h"

/* What is there sooner needs no spinner. */
#define SPINNER_MSEC 300

#define STANDING_HEIGHT 200

struct _BillingReportCard {
  GtkBox parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *caption;
  GtkLabel *conclusion;
  GtkSpinner *spinner;
  GtkDropDown *views;
  GtkStringList *view_names;
  BillingMessageBar *problem;
  BillingBarChart *chart;
  GtkBox *rows;
  GtkWidget *export_button;
  GtkWidget *print_button;

  const BillingReportQuestion *question;
  BillingDesk *desk;             /* (owned) (nullable) */
  BillingQuery *query;           /* (owned) (nullable): what is read, or was */
  GCancellable *reading;         /* (owned) (nullable) */
  guint spinner_source;          /* will say that it takes a while */

  /* What is shown, until something else was read. */
  BillingReportTable *table;     /* (owned) (nullable) */
  const BillingReportView *view; /* (not owned) (nullable) */
  BillingQuery *shown_query;     /* (owned) (nullable) */
};

typedef enum {
  PROP_QUESTION = 1,
} BillingReportCardProperty;

static GParamSpec *properties[PROP_QUESTION + 1];

enum { ROWS, PRINT, READ, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingReportCard, billing_report_card, GTK_TYPE_BOX)

static const BillingReportView *
get_view (BillingReportCard *self)
{
  guint selected = gtk_drop_down_get_selected (self->views);

  return &self->question->views[selected < billing_report_question_get_n_views (self->question) ? selected : 0];
}

/* What the amounts are called, for people. */
static char **
create_names (BillingReportCard *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; self->question->series[i] != NULL; i++)
    g_strv_builder_add (names, _(self->question->series[i]));

  return g_strv_builder_end (names);
}

/* The spinner. */

static gboolean
spinner_cb (gpointer user_data)
{
  BillingReportCard *self = user_data;

  self->spinner_source = 0;
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
stop_spinner (BillingReportCard *self)
{
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_spinner_stop (self->spinner);
}

/* What a number is made of. */

static void
open_line (BillingReportCard *self,
           BillingReportLine *line,
           guint              series)
{
  const BillingReport *report = billing_report_find (self->view->reports[series]);
  g_autoptr (BillingQuery) query = billing_report_build_query (report, line, self->shown_query);
  BillingReportRow *row = billing_report_table_find (self->table, line->key);
  g_autofree char *what = NULL;

  if (query == NULL)
    return;

  /* Translators: what an amount is called, and what it is about: “Collected · November 2026” */
  what = g_strdup_printf (_("%s · %s"), _(self->question->series[series]), row != NULL ? row->title : line->name);
  g_signal_emit (self, signals[ROWS], 0, query, line, what);
}

static void
chart_activated_cb (BillingReportCard *self,
                    BillingChartPoint *point,
                    guint              series)
{
  BillingReportRow *row = billing_report_table_find (self->table, billing_chart_point_get_key (point));

  if (row != NULL && row->lines[series] != NULL)
    open_line (self, row->lines[series], series);
}

static void
row_activated_cb (BillingReportCard *self,
                  BillingReportLine *line,
                  guint              series)
{
  open_line (self, line, series);
}

/* What was read. */

/* Rows are kept as long as there are so many: numbers that change take neither the focus nor a click away. */
static void
set_n_rows (BillingReportCard *self,
            guint              n_rows)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows));
  guint n_kept;

  for (n_kept = 0; child != NULL && n_kept < n_rows; n_kept++)
    child = gtk_widget_get_next_sibling (child);

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (self->rows, child);
      child = next;
    }

  for (; n_kept < n_rows; n_kept++)
    {
      child = billing_report_row_widget_new ();
      g_signal_connect_object (child, "activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->rows, child);
    }
}

static gboolean
has_counts (BillingReportTable *table)
{
  for (guint i = 0; i < table->rows->len; i++)
    {
      BillingReportRow *row = table->rows->pdata[i];

      if (table->n_series == 1 && row->lines[0] != NULL && row->lines[0]->payments >= 0)
        return TRUE;
    }

  return FALSE;
}

/* A row of names, the rows, and their sum. */
static void
show_rows (BillingReportCard *self)
{
  g_auto (GStrv) names = create_names (self);
  const char * const *titles = (const char * const *) names;
  GtkWidget *widget;

  set_n_rows (self, self->table->rows->len + 2);
  widget = gtk_widget_get_first_child (GTK_WIDGET (self->rows));
  billing_report_row_widget_set_header (BILLING_REPORT_ROW_WIDGET (widget), titles, self->table->n_series,
                                        has_counts (self->table));
  for (guint i = 0; i < self->table->rows->len; i++)
    {
      widget = gtk_widget_get_next_sibling (widget);
      billing_report_row_widget_set_row (BILLING_REPORT_ROW_WIDGET (widget), self->table->rows->pdata[i], titles,
                                         self->table->n_series);
    }
  widget = gtk_widget_get_next_sibling (widget);
  billing_report_row_widget_set_totals (BILLING_REPORT_ROW_WIDGET (widget), self->table, titles);
}

/* Amounts of other currencies have no place on the axis. */
static GPtrArray *
create_points (BillingReportTable *table)
{
  GPtrArray *points = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < table->rows->len; i++)
    {
      BillingReportRow *row = table->rows->pdata[i];
      BillingChartPoint *point;

      if (!g_str_equal (row->currency, table->currency))
        continue;

      point = billing_chart_point_new (row->key, row->label, row->title, billing_report_row_get_amount (row, 0));
      for (guint series = 1; series < table->n_series; series++)
        billing_chart_point_set_value (point, series, billing_report_row_get_amount (row, series));
      g_ptr_array_add (points, point);
    }

  return points;
}

static gboolean
is_empty (BillingReportTable *table)
{
  for (guint i = 0; i < table->rows->len; i++)
    {
      for (guint series = 0; series < table->n_series; series++)
        {
          if (billing_report_row_get_amount (table->rows->pdata[i], series) != 0)
            return FALSE;
        }
    }

  return TRUE;
}

static void
show_chart (BillingReportCard *self)
{
  BillingChart *chart = BILLING_CHART (self->chart);
  g_auto (GStrv) names = create_names (self);
  g_autoptr (GPtrArray) points = is_empty (self->table) ? g_ptr_array_new () : create_points (self->table);

  billing_bar_chart_set_horizontal (self->chart, !self->view->is_time);
  /* Bars that lie are as many as they are; bars that stand need room to differ. */
  gtk_widget_set_size_request (GTK_WIDGET (self->chart), -1, self->view->is_time ? STANDING_HEIGHT : -1);
  billing_chart_set_title (chart, gtk_label_get_label (self->title));
  billing_chart_set_currency (chart, self->table->currency);
  billing_chart_set_series (chart, self->table->n_series > 1 ? (const char * const *) names : NULL, NULL);
  billing_chart_set_points (chart, points);
}

static void
show_conclusion (BillingReportCard *self,
                 gboolean           empty)
{
  g_autofree char *text = !empty && self->question->conclude != NULL ? self->question->conclude (self->table) : NULL;

  gtk_label_set_label (self->conclusion, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->conclusion), text != NULL);
}

static void
show_table (BillingReportCard *self)
{
  gboolean empty = is_empty (self->table);

  show_conclusion (self, empty);
  show_chart (self);
  show_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), !empty);
  gtk_widget_set_sensitive (self->export_button, !empty);
  gtk_widget_set_sensitive (self->print_button, !empty);
}

static void
take_tables (BillingReportCard *self,
             GPtrArray         *tables)
{
  const BillingReportView *view = get_view (self);
  const BillingReport *reports[BILLING_REPORT_TABLE_MAX_SERIES] = { NULL };

  for (guint i = 0; i < tables->len; i++)
    reports[i] = billing_report_find (view->reports[i]);

  self->view = view;
  g_set_object (&self->shown_query, self->query);
  g_clear_pointer (&self->table, billing_report_table_unref);
  self->table = billing_report_table_new (reports, (GPtrArray * const *) tables->pdata, tables->len,
                                          billing_desk_get_practice (self->desk)->currency);
  show_table (self);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = billing_report_read_finish (BILLING_STORE (object), result, &error);
  BillingReportCard *self = user_data;

  /* Another read follows, or there is nobody any more to be shown it. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  stop_spinner (self);
  g_clear_object (&self->reading);
  billing_message_bar_set_message (self->problem, error != NULL ? error->message : NULL);
  if (tables != NULL)
    take_tables (self, tables);
  g_signal_emit (self, signals[READ], 0);
}

static void
cancel (BillingReportCard *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  stop_spinner (self);
}

static void
read_now (BillingReportCard *self)
{
  cancel (self);
  if (self->desk == NULL || self->query == NULL)
    return;

  self->reading = g_cancellable_new ();
  self->spinner_source = g_timeout_add (SPINNER_MSEC, spinner_cb, self);
  billing_report_read_async (billing_desk_get_store (self->desk), get_view (self)->reports, self->query, self->reading,
                             read_cb, self);
}

/* The reader's choices. */

static void
show_view (BillingReportCard *self)
{
  gtk_label_set_label (self->title, _(get_view (self)->title));
}

static void
view_cb (BillingReportCard *self)
{
  if (self->question == NULL)
    return;

  show_view (self);
  read_now (self);
}

static void
export_cb (BillingReportCard *self)
{
  if (self->table != NULL)
    billing_report_export (GTK_WIDGET (self), self->desk, self->question->file_name,
                           billing_report_table_to_csv (self->table, self->question->series));
}

static void
print_cb (BillingReportCard *self)
{
  g_signal_emit (self, signals[PRINT], 0);
}

static void
billing_report_card_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BillingReportCard *self = BILLING_REPORT_CARD (object);

  switch ((BillingReportCardProperty) id)
    {
    case PROP_QUESTION:
      self->question = billing_report_question_find (g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
billing_report_card_constructed (GObject *object)
{
  BillingReportCard *self = BILLING_REPORT_CARD (object);
  const BillingReportQuestion *question = g_steal_pointer (&self->question);
  guint n_views = billing_report_question_get_n_views (question);

  G_OBJECT_CLASS (billing_report_card_parent_class)->constructed (object);

  for (guint i = 0; i < n_views; i++)
    gtk_string_list_append (self->view_names, _(question->views[i].name));
  self->question = question;

  gtk_widget_set_visible (GTK_WIDGET (self->views), n_views > 1);
  gtk_label_set_label (self->caption, _(question->caption));
  billing_chart_set_empty_text (BILLING_CHART (self->chart), _(question->empty));
  show_view (self);
}

static void
billing_report_card_dispose (GObject *object)
{
  BillingReportCard *self = BILLING_REPORT_CARD (object);
  GtkWidget *child;

  if (self->spinner != NULL)
    cancel (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->query);
  g_clear_object (&self->shown_query);
  g_clear_pointer (&self->table, billing_report_table_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->spinner = NULL;

  G_OBJECT_CLASS (billing_report_card_parent_class)->dispose (object);
}

static void
billing_report_card_class_init (BillingReportCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BILLING_TYPE_BAR_CHART);
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  object_class->constructed = billing_report_card_constructed;
  object_class->set_property = billing_report_card_set_property;
  object_class->dispose = billing_report_card_dispose;

  properties[PROP_QUESTION] = g_param_spec_string ("question", NULL, NULL, NULL,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ROWS] = g_signal_new ("rows", BILLING_TYPE_REPORT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                BILLING_TYPE_QUERY, BILLING_TYPE_REPORT_LINE, G_TYPE_STRING);
  signals[PRINT] = g_signal_new ("print", BILLING_TYPE_REPORT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[READ] = g_signal_new ("read", BILLING_TYPE_REPORT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/reports/report-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, caption);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, chart);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, conclusion);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, export_button);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, print_button);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, problem);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, rows);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, title);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, view_names);
  gtk_widget_class_bind_template_child (widget_class, BillingReportCard, views);
  gtk_widget_class_bind_template_callback (widget_class, chart_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
}

static void
billing_report_card_init (BillingReportCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_report_card_set_desk:
 * @self: a card
 * @desk: (nullable): whose reports it shows, from the next read on
 */
void
billing_report_card_set_desk (BillingReportCard *self,
                              BillingDesk       *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;

  cancel (self);
  g_clear_object (&self->query);
}

/**
 * billing_report_card_read:
 * @self: a card with a desk
 * @query: from, to, location; copied
 *
 * Reads what the card shows. What is shown stays until then.
 */
void
billing_report_card_read (BillingReportCard *self,
                          BillingQuery      *query)
{
  g_clear_object (&self->query);
  self->query = billing_query_copy (query);
  read_now (self);
}

/**
 * billing_report_card_is_read:
 * @self: a card
 *
 * Returns: whether it shows what was asked of it last
 */
gboolean
billing_report_card_is_read (BillingReportCard *self)
{
  return self->table != NULL && self->reading == NULL;
}

/**
 * billing_report_card_create_sheet:
 * @self: a card
 *
 * Returns: (transfer full) (nullable): what it shows, for paper; %NULL while it shows nothing
 */
BillingReportSheet *
billing_report_card_create_sheet (BillingReportCard *self)
{
  g_auto (GStrv) names = create_names (self);
  const char *conclusion = gtk_label_get_label (self->conclusion);
  g_autofree char *caption = g_strdup_printf ("%s%s%s", gtk_label_get_label (self->caption), *conclusion != '\0' ? ". " : "",
                                              conclusion);

  if (self->table == NULL || is_empty (self->table))
    return NULL;

  return billing_report_sheet_new (gtk_label_get_label (self->title), caption,
                                   (const char * const *) names, self->table);
}

/**
 * billing_report_card_warn:
 * @self: a card
 * @problem: (nullable): what went wrong
 */
void
billing_report_card_warn (BillingReportCard *self,
                          const char        *problem)
{
  billing_message_bar_set_message (self->problem, problem);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconciliation-page"

#include "config.h"

#include "billing-reconciliation-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "billing-books.h"
#include "billing-day-row.h"
#include "billing-day.h"
#include "billing-filter-range.h"
#include "billing-format.h"
#include "billing-month.h"
#include "billing-reconcile.h"
#include "billing-reconciliation-row.h"
#include "billing-record-csv.h"
#include "billing-report-export.h"
#include "billing-report-period.h"
#include "billing-report-print.h"
#include "billing-stripe-section.h"
#include "billing-wrap-layout.h"

/* So many months there are to choose among, and then other days. */
#define N_MONTHS 24

/* Milliseconds between a change and the reading of it. */
#define PAUSE 200
/* While a sync goes on everything changes all the time. */
#define CHANGES_PAUSE 2000

/* On paper, so many rows that do not fit, and so many payouts. */
#define MAX_PRINTED 40

typedef enum {
  GROUP_BREACHES,
  GROUP_STATEMENT,
  GROUP_ANCHOR,
  GROUP_BOOKS,
  GROUP_PAYOUTS,
  N_GROUPS,
} Group;

struct _BillingReconciliationPage {
  AdwBin parent_instance;

  /* Template widgets. */
  GtkStack *stack;
  AdwStatusPage *refused;
  GtkDropDown *period;
  GtkStringList *months;
  GtkDropDown *currency;
  GtkStringList *currencies;
  GtkRevealer *custom;
  BillingFilterRange *days;
  GtkWidget *print_button;
  GtkWidget *csv_button;
  GtkImage *mark;
  GtkLabel *sentence;
  GtkLabel *about;
  AdwPreferencesGroup *groups[N_GROUPS];

  BillingDesk *desk;       /* (owned) (nullable) */
  GSignalGroup *store;     /* (owned) */
  GCancellable *reading;   /* (owned) (nullable) */
  BillingReconciliation *shown; /* (owned) (nullable) */
  GPtrArray *rows[N_GROUPS]; /* (owned) (element-type GtkWidget): as they were filled in */
  guint pause;
  gboolean stale;          /* changed while nobody looked */
  gboolean busy;           /* setting our own widgets */
};

static void billing_reconciliation_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingReconciliationPage, billing_reconciliation_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_reconciliation_page_section_init))

/* Which line stands where. */
static const struct {
  const char *part;
  Group group;
} places[] = {
  { BILLING_RECONCILIATION_BREACH, GROUP_BREACHES },
  { BILLING_RECONCILIATION_BALANCE, GROUP_STATEMENT },
  { BILLING_RECONCILIATION_MOVED, GROUP_STATEMENT },
  { BILLING_RECONCILIATION_ANCHOR, GROUP_ANCHOR },
  { BILLING_RECONCILIATION_BOOKS, GROUP_BOOKS },
  { BILLING_RECONCILIATION_PAYOUT, GROUP_PAYOUTS },
};

static Group
get_group (BillingReconciliationLine *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_str_equal (places[i].part, line->part))
        return places[i].group;
    }

  g_return_val_if_reached (GROUP_BREACHES);
}

/* What is asked for. */

static char *
get_month (BillingReconciliationPage *self,
           guint                      back)
{
  g_autofree char *today = billing_desk_get_today (self->desk);
  g_autofree char *month = billing_month_of (today);

  return billing_month_add (month, -(int) back);
}

static gboolean
get_days (BillingReconciliationPage  *self,
          char                      **from,
          char                      **to)
{
  guint selected = gtk_drop_down_get_selected (self->period);
  g_autoptr (BillingQuery) query = NULL;

  if (selected < N_MONTHS)
    {
      g_autofree char *month = get_month (self, selected);

      *from = billing_month_first_day (month);
      *to = billing_month_last_day (month);
      return TRUE;
    }

  query = billing_desk_query (self->desk, "balance_transactions");
  billing_filter_range_apply (self->days, query);
  *from = g_strdup (query->from);
  *to = g_strdup (query->to != NULL ? query->to : query->today);
  return query->from != NULL && strcmp (query->from, *to) <= 0;
}

static const char *
get_currency (BillingReconciliationPage *self)
{
  GtkStringObject *selected = gtk_drop_down_get_selected_item (self->currency);

  return selected != NULL ? gtk_string_object_get_string (selected) : billing_desk_get_practice (self->desk)->currency;
}

/* What is shown. */

static void
clear_rows (BillingReconciliationPage *self)
{
  for (guint group = 0; group < N_GROUPS; group++)
    {
      for (guint i = 0; i < self->rows[group]->len; i++)
        adw_preferences_group_remove (self->groups[group], self->rows[group]->pdata[i]);
      g_ptr_array_set_size (self->rows[group], 0);
    }
}

static void
fill_rows (BillingReconciliationPage *self)
{
  const char *time_zone = billing_desk_get_practice (self->desk)->time_zone;

  clear_rows (self);
  for (guint i = 0; self->shown != NULL && i < self->shown->lines->len; i++)
    {
      BillingReconciliationLine *line = self->shown->lines->pdata[i];
      GtkWidget *row = billing_reconciliation_row_new (line, time_zone);

      adw_preferences_group_add (self->groups[get_group (line)], row);
      g_ptr_array_add (self->rows[get_group (line)], row);
    }

  for (guint group = 0; group < N_GROUPS; group++)
    gtk_widget_set_visible (GTK_WIDGET (self->groups[group]), self->rows[group]->len > 0);
}

static void
set_mark (BillingReconciliationPage *self,
          gboolean                   fits)
{
  gboolean is_open = self->shown == NULL || self->shown->incomplete != NULL;

  gtk_image_set_from_icon_name (self->mark, is_open ? "dialog-information-symbolic"
                                                    : fits ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->mark), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->mark), "warning");
  if (!is_open)
    gtk_widget_add_css_class (GTK_WIDGET (self->mark), fits ? "success" : "warning");
}

static char *
describe_payouts (BillingReconciliation *shown)
{
  g_autofree char *n = g_strdup_printf (ngettext ("%u payout", "%u payouts", shown->n_payouts), shown->n_payouts);

  if (shown->n_unitemised == 0)
    /* Translators: “3 payouts”, and how many of them */
    return g_strdup_printf (_("%s, %u matched with their contents"), n, shown->n_matched);

  return g_strdup_printf (_("%s, %u matched with their contents, %u that Stripe does not itemise"), n, shown->n_matched,
                          shown->n_unitemised);
}

static char *
describe_about (BillingReconciliation *shown,
                const char            *time_zone)
{
  g_autofree char *days = billing_report_period_describe (shown->from, shown->to);
  g_autofree char *payouts = describe_payouts (shown);
  g_autofree char *at = shown->balance_at > 0 ? billing_format_instant (NULL, shown->balance_at, time_zone) : NULL;

  if (at == NULL)
    return g_strdup_printf ("%s · %s", days, payouts);

  /* Translators: days, payouts, and when */
  return g_strdup_printf (_("%s · %s · Stripe’s balance as of %s"), days, payouts, at);
}

static void
show_result (BillingReconciliationPage *self,
             const char                *problem)
{
  g_autofree char *sentence = self->shown != NULL ? billing_reconciliation_describe (self->shown) : g_strdup (problem);
  g_autofree char *about = self->shown != NULL
    ? describe_about (self->shown, billing_desk_get_practice (self->desk)->time_zone) : g_strdup ("");

  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->about, about);
  set_mark (self, self->shown != NULL && billing_reconciliation_fits (self->shown));
  gtk_widget_set_sensitive (self->print_button, self->shown != NULL);
  gtk_widget_set_sensitive (self->csv_button, self->shown != NULL);
  fill_rows (self);
}

/* What is read. */

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (BillingReconciliationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  BillingReconciliation *read = billing_desk_reconcile_finish (BILLING_DESK (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  g_clear_pointer (&self->shown, billing_reconciliation_free);
  self->shown = read;
  show_result (self, error != NULL ? error->message : NULL);
}

static void
stop_reading (BillingReconciliationPage *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_now (BillingReconciliationPage *self)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  stop_reading (self);
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->desk == NULL || self->stale || !billing_desk_may (self->desk, BILLING_VERB_REPORT_VIEW))
    return;

  if (!get_days (self, &from, &to))
    {
      g_clear_pointer (&self->shown, billing_reconciliation_free);
      show_result (self, _("Say from which day to which."));
      return;
    }

  self->reading = g_cancellable_new ();
  billing_desk_reconcile_async (self->desk, get_currency (self), from, to, self->reading, read_cb, g_object_ref (self));
}

static gboolean
pause_cb (gpointer user_data)
{
  BillingReconciliationPage *self = user_data;

  self->pause = 0;
  read_now (self);
  return G_SOURCE_REMOVE;
}

static void
read_soon (BillingReconciliationPage *self)
{
  if (!self->busy && self->pause == 0)
    self->pause = g_timeout_add (PAUSE, pause_cb, self);
}

static void
period_cb (BillingReconciliationPage *self)
{
  gtk_revealer_set_reveal_child (self->custom, gtk_drop_down_get_selected (self->period) == N_MONTHS);
  read_soon (self);
}

static void
changed_cb (BillingReconciliationPage *self,
            const char                *kind)
{
  static const char * const kinds[] = { "balance_transactions", "payouts", "charges", "stripe_refunds", "disputes", "payments", NULL };

  if (g_strv_contains (kinds, kind) && self->pause == 0)
    self->pause = g_timeout_add (CHANGES_PAUSE, pause_cb, self);
}

/* What can be chosen. */

static void
fill_months (BillingReconciliationPage *self)
{
  gtk_string_list_splice (self->months, 0, g_list_model_get_n_items (G_LIST_MODEL (self->months)), NULL);
  for (guint back = 0; back < N_MONTHS; back++)
    {
      g_autofree char *month = get_month (self, back);
      g_autofree char *name = billing_month_format (month, BILLING_MONTH_FULL, NULL);

      gtk_string_list_append (self->months, name);
    }
  gtk_string_list_append (self->months, _("Other Days"));
}

/* The practice's own comes first. */
static void
fill_currencies (BillingReconciliationPage *self)
{
  const char *own = billing_desk_get_practice (self->desk)->currency;
  g_auto (GStrv) found = billing_desk_list_stripe_currencies (self->desk, NULL);
  g_autofree char *chosen = g_strdup (get_currency (self));

  gtk_string_list_splice (self->currencies, 0, g_list_model_get_n_items (G_LIST_MODEL (self->currencies)), NULL);
  gtk_string_list_append (self->currencies, own);
  for (guint i = 0; found != NULL && found[i] != NULL; i++)
    {
      if (g_str_equal (found[i], own))
        continue;
      gtk_string_list_append (self->currencies, found[i]);
      if (g_str_equal (found[i], chosen))
        gtk_drop_down_set_selected (self->currency, g_list_model_get_n_items (G_LIST_MODEL (self->currencies)) - 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->currency), g_list_model_get_n_items (G_LIST_MODEL (self->currencies)) > 1);
}

static void
show_allowed (BillingReconciliationPage *self)
{
  gboolean may = billing_desk_may (self->desk, BILLING_VERB_REPORT_VIEW);
  g_autofree char *refusal =
    may ? NULL : billing_verb_refusal (BILLING_VERB_REPORT_VIEW, billing_desk_get_person (self->desk)->role);

  adw_status_page_set_description (self->refused, refusal);
  gtk_stack_set_visible_child_name (self->stack, may ? "reconciliation" : "refused");
}

static void
start (BillingReconciliationPage *self)
{
  self->busy = TRUE;
  fill_months (self);
  /* What is closed is the month that is over. */
  gtk_drop_down_set_selected (self->period, 1);
  fill_currencies (self);
  show_allowed (self);
  self->busy = FALSE;
}

static void
set_sync (BillingStripeSection *section,
          BillingDesk          *desk,
          BillingSync          *sync)
{
  BillingReconciliationPage *self = BILLING_RECONCILIATION_PAGE (section);

  if (!g_set_object (&self->desk, desk))
    return;

  stop_reading (self);
  g_clear_pointer (&self->shown, billing_reconciliation_free);
  clear_rows (self);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  if (desk == NULL)
    return;

  start (self);
  read_now (self);
}

static void
shown (BillingStripeSection *section)
{
  BillingReconciliationPage *self = BILLING_RECONCILIATION_PAGE (section);

  if (self->desk == NULL)
    return;

  self->busy = TRUE;
  fill_currencies (self);
  self->busy = FALSE;
  if (self->stale || self->shown == NULL)
    read_soon (self);
}

/* Paper and files. */

static void
add_lines (BillingReconciliationPage *self,
           BillingReportPage         *paper,
           Group                      group)
{
  const char *time_zone = billing_desk_get_practice (self->desk)->time_zone;
  const char *title = adw_preferences_group_get_title (self->groups[group]);
  g_autofree char *caption = NULL;
  BillingReportSheet *sheet;
  guint n = 0;

  if (self->rows[group]->len == 0)
    return;

  caption = self->rows[group]->len > MAX_PRINTED ? g_strdup_printf (_("The first %d; the CSV file has all."), MAX_PRINTED) : g_strdup ("");
  sheet = billing_report_sheet_new_statement (title, caption);
  for (guint i = 0; i < self->shown->lines->len; i++)
    {
      BillingReconciliationLine *line = self->shown->lines->pdata[i];
      g_autofree char *label = billing_reconciliation_row_format_title (line, time_zone);
      g_autofree char *note = billing_reconciliation_row_format_subtitle (line);
      g_autofree char *amount = billing_format_money (NULL, line->amount, line->currency);

      if (get_group (line) == group && n++ < MAX_PRINTED)
        billing_report_sheet_add_line (sheet, label, note, amount, g_str_equal (line->part, BILLING_RECONCILIATION_BALANCE));
    }
  billing_report_page_add (paper, sheet);
}

static void
printed_cb (const char *problem,
            gpointer    data)
{
  if (problem != NULL)
    gtk_widget_activate_action (data, "win.warn", "s", problem);
}

static void
print_cb (BillingReconciliationPage *self)
{
  g_autofree char *days = NULL;
  g_autofree char *today = billing_desk_get_today (self->desk);
  g_autofree char *printed = billing_day_format (today, NULL);
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;
  g_autofree char *subheading = NULL;
  g_autofree char *heading = NULL;
  BillingReportPage *paper;

  if (self->shown == NULL)
    return;

  days = billing_report_period_describe (self->shown->from, self->shown->to);
  sentence = billing_reconciliation_describe (self->shown);
  /* Translators: the name of the practice */
  heading = g_strdup_printf (_("%s: Reconciliation with Stripe"), billing_desk_get_practice (self->desk)->name);
  /* Translators: days, a currency, how it came out, and the day of printing */
  text = g_strdup_printf (_("%s, %s; %s Printed on %s"), days, self->shown->currency, sentence, printed);
  subheading = billing_report_subheading (billing_desk_get_practice (self->desk), text);
  paper = billing_report_page_new (heading, subheading);
  for (guint group = 0; group < N_GROUPS; group++)
    add_lines (self, paper, group);
  billing_report_print (paper, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), printed_cb, g_object_ref (self), g_object_unref);
}

static void
csv_cb (BillingReconciliationPage *self)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  BillingColumnFormat format = { practice->currency, practice->time_zone };
  g_autofree char *header = billing_record_csv_header ("reconciliation");
  g_autoptr (GString) csv = g_string_new (header);
  g_autofree char *name = NULL;

  if (self->shown == NULL)
    return;

  for (guint i = 0; i < self->shown->lines->len; i++)
    {
      g_autofree char *row = billing_record_csv_row (self->shown->lines->pdata[i], &format);

      g_string_append (csv, row);
    }

  name = g_strdup_printf ("reconciliation-%s-%s-%s.csv", self->shown->currency, self->shown->from, self->shown->to);
  billing_report_export (GTK_WIDGET (self), self->desk, name, g_string_free (g_steal_pointer (&csv), FALSE));
}

/* The page. */

static void
billing_reconciliation_page_map (GtkWidget *widget)
{
  BillingReconciliationPage *self = BILLING_RECONCILIATION_PAGE (widget);

  GTK_WIDGET_CLASS (billing_reconciliation_page_parent_class)->map (widget);
  if (self->stale)
    read_now (self);
}

static void
billing_reconciliation_page_dispose (GObject *object)
{
  BillingReconciliationPage *self = BILLING_RECONCILIATION_PAGE (object);

  self->busy = TRUE;
  stop_reading (self);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  /* AdwBin looks for its child afterwards, which gtk_widget_dispose_template() would have taken away. */
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_reconciliation_page_parent_class)->dispose (object);
}

static void
billing_reconciliation_page_finalize (GObject *object)
{
  BillingReconciliationPage *self = BILLING_RECONCILIATION_PAGE (object);

  g_clear_pointer (&self->shown, billing_reconciliation_free);
  for (guint group = 0; group < N_GROUPS; group++)
    g_ptr_array_unref (self->rows[group]);

  G_OBJECT_CLASS (billing_reconciliation_page_parent_class)->finalize (object);
}

static void
billing_reconciliation_page_section_init (BillingStripeSectionInterface *iface)
{
  static const char * const streams[] = { "balance_transactions", "payouts", NULL };

  iface->set_sync = set_sync;
  iface->shown = shown;
  iface->streams = streams;
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  static const char * const groups[N_GROUPS] = { "breaches", "statement", "anchor", "books", "payouts" };

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/reconciliation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, about);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, csv_button);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, currencies);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, currency);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, custom);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, days);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, mark);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, months);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, period);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, print_button);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, refused);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationPage, stack);
  for (guint i = 0; i < N_GROUPS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, groups[i], FALSE,
                                               (gssize) (G_STRUCT_OFFSET (BillingReconciliationPage, groups) + i * sizeof (gpointer)));
  gtk_widget_class_bind_template_callback (widget_class, csv_cb);
  gtk_widget_class_bind_template_callback (widget_class, period_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_soon);
}

static void
billing_reconciliation_page_class_init (BillingReconciliationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_FILTER_RANGE);
  g_type_ensure (BILLING_TYPE_WRAP_LAYOUT);
  object_class->dispose = billing_reconciliation_page_dispose;
  object_class->finalize = billing_reconciliation_page_finalize;
  widget_class->map = billing_reconciliation_page_map;

  bind_template (widget_class);
}

static void
billing_reconciliation_page_init (BillingReconciliationPage *self)
{
  for (guint group = 0; group < N_GROUPS; group++)
    self->rows[group] = g_ptr_array_new ();
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);

  self->busy = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint group = 0; group < N_GROUPS; group++)
    gtk_widget_set_visible (GTK_WIDGET (self->groups[group]), FALSE);
  self->busy = FALSE;
}

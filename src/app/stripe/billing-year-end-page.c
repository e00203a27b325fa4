/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-year-end-page"

#include "config.h"

#include "billing-year-end-page.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-message-bar.h"
#include "billing-report-export.h"
#include "billing-report-print.h"
#include "billing-stripe-section.h"
#include "billing-year-end-read.h"
#include "billing-year-end-table.h"
#include "billing-year-end.h"

struct _BillingYearEndPage {
  AdwBin parent_instance;

  /* Template widgets. */
  BillingMessageBar *message;
  GtkDropDown *years;
  GtkWidget *export_button;
  GtkWidget *print_button;
  GtkLabel *tax;
  GtkLabel *freshness;
  GtkBox *tables;

  BillingDesk *desk;       /* (owned) (nullable) */
  BillingSync *sync;       /* (owned) (nullable) */
  GSignalGroup *store;     /* (owned) */
  GCancellable *reading;   /* (owned) (nullable) */
  BillingYearEnd *shown;   /* (owned) (nullable) */
  gboolean is_filling;
  guint reload_source;
};

static void billing_year_end_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingYearEndPage, billing_year_end_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_year_end_page_section_init))

/* Tables. */

static void
attach (GtkGrid    *grid,
        const char *text,
        int         column,
        int         row,
        const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0.0 : 1.0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
attach_row (GtkGrid            *grid,
            BillingReportTable *table,
            BillingReportRow   *row,
            int                 place)
{
  gboolean is_other = !g_str_equal (row->currency, table->currency);
  g_autofree char *title = is_other ? g_strdup_printf ("%s (%s)", row->title, row->currency) : g_strdup (row->title);

  attach (grid, title, 0, place, NULL);
  for (guint i = 0; i < table->n_series; i++)
    {
      g_autofree char *amount = billing_report_row_get_shown (row, i);

      /* What is not there is less to look at. */
      attach (grid, amount, (int) i + 1, place, billing_report_row_get_amount (row, i) == 0 ? "dim-label" : NULL);
    }
}

static GtkWidget *
create_grid (BillingReportTable  *table,
             const char * const  *names)
{
  GtkWidget *widget = gtk_grid_new ();
  GtkGrid *grid = GTK_GRID (widget);
  int place = (int) table->rows->len + 2;

  gtk_grid_set_column_spacing (grid, 18);
  gtk_grid_set_row_spacing (grid, 6);
  attach (grid, _("Month"), 0, 0, "heading");
  for (guint i = 0; i < table->n_series; i++)
    attach (grid, names[i], (int) i + 1, 0, "heading");
  for (guint i = 0; i < table->rows->len; i++)
    attach_row (grid, table, table->rows->pdata[i], (int) i + 1);

  gtk_grid_attach (grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, place - 1, (int) table->n_series + 1, 1);
  attach (grid, _("Total"), 0, place, "heading");
  for (guint i = 0; i < table->n_series; i++)
    {
      g_autofree char *total = billing_format_money (NULL, table->totals[i], table->currency);

      attach (grid, total, (int) i + 1, place, "heading");
    }

  return widget;
}

static void
add_block (BillingYearEndPage        *self,
           const BillingYearEndBlock *block)
{
  g_autoptr (BillingReportTable) table = billing_year_end_build_table (self->shown->lines, block,
                                                                       billing_desk_get_practice (self->desk)->currency);
  g_auto (GStrv) names = billing_year_end_list_names (block);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *grid = create_grid (table, (const char * const *) names);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(block->title));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _(block->caption));
  gtk_widget_set_margin_top (grid, 12);
  gtk_widget_set_margin_bottom (grid, 12);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _(block->title), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), grid);
  gtk_widget_add_css_class (scroller, "card");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scroller);
  gtk_box_append (self->tables, group);
}

static gboolean
has_tax (BillingYearEnd *year)
{
  for (guint i = 0; i < year->lines->len; i++)
    {
      if (BILLING_YEAR_END_LINE (year->lines->pdata[i])->tax != 0)
        return TRUE;
    }

  return FALSE;
}

static void
show_freshness (BillingYearEndPage *self)
{
  gint64 synced_at = self->sync != NULL ? billing_sync_get_synced_at (self->sync) : 0;
  g_autofree char *when =
    synced_at != 0 ? billing_format_instant (NULL, synced_at, billing_desk_get_practice (self->desk)->time_zone) : NULL;
  g_autofree char *text = when != NULL ? g_strdup_printf (_("Stripe’s numbers as of %s."), when)
                                       : g_strdup (_("Stripe’s numbers are not whole yet: they are as far as Billing has fetched them."));

  gtk_label_set_label (self->freshness, text);
}

static void
show_years (BillingYearEndPage *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  int last = MAX (self->shown->last, self->shown->year);
  int first = self->shown->first != 0 ? MIN (self->shown->first, self->shown->year) : self->shown->year;

  for (int year = last; year >= first; year--)
    {
      g_autofree char *text = g_strdup_printf ("%d", year);

      gtk_string_list_append (list, text);
    }

  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->years, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->years, (guint) (last - self->shown->year));
  self->is_filling = FALSE;
}

static void
show_year (BillingYearEndPage *self)
{
  guint n_blocks;
  const BillingYearEndBlock *blocks = billing_year_end_blocks (&n_blocks);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tables))) != NULL)
    gtk_box_remove (self->tables, child);
  for (guint i = 0; i < n_blocks; i++)
    add_block (self, &blocks[i]);

  gtk_label_set_label (self->tax, has_tax (self->shown)
                                    ? _("“Tax in It” is what paid invoices and payment pages say they contain.")
                                    : _("No tax was collected: no charge or invoice of this year carries any."));
  show_freshness (self);
  gtk_widget_set_sensitive (self->export_button, billing_desk_may (self->desk, BILLING_VERB_EXPORT));
  gtk_widget_set_sensitive (self->print_button, TRUE);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingYearEnd) year = billing_year_end_read_finish (BILLING_STORE (object), result, &error);
  BillingYearEndPage *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  billing_message_bar_set_message (self->message, error != NULL ? error->message : NULL);
  if (year == NULL)
    return;

  g_clear_pointer (&self->shown, billing_year_end_free);
  self->shown = g_steal_pointer (&year);
  show_years (self);
  show_year (self);
}

static void
read_year (BillingYearEndPage *self,
           int                 year)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->desk == NULL)
    return;

  self->reading = g_cancellable_new ();
  billing_year_end_read_async (self->desk, year, self->reading, read_cb, self);
}

static void
year_cb (BillingYearEndPage *self)
{
  GtkStringObject *selected = gtk_drop_down_get_selected_item (self->years);

  if (!self->is_filling && selected != NULL)
    read_year (self, (int) g_ascii_strtoll (gtk_string_object_get_string (selected), NULL, 10));
}

static gboolean
reload_cb (gpointer user_data)
{
  BillingYearEndPage *self = user_data;

  self->reload_source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_year (self, self->shown != NULL ? self->shown->year : 0);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (BillingYearEndPage *self,
                  const char         *kind)
{
  static const char * const kinds[] = { "balance_transactions", "payments", "refunds", "stripe_invoices", "checkout_sessions", NULL };

  if (self->reload_source == 0 && g_strv_contains (kinds, kind))
    self->reload_source = g_timeout_add_seconds (1, reload_cb, self);
}

/* Out of the program. */

static void
export_cb (BillingYearEndPage *self)
{
  g_autofree char *name = NULL;

  if (self->shown == NULL || self->desk == NULL)
    return;

  name = g_strdup_printf ("year-end-%d.csv", self->shown->year);
  billing_report_export (GTK_WIDGET (self), self->desk, name,
                         billing_year_end_build_csv (self->shown->lines, billing_desk_get_practice (self->desk)->time_zone));
}

static void
printed_cb (const char *problem,
            gpointer    data)
{
  BillingYearEndPage *self = data;

  billing_message_bar_set_message (self->message, problem);
}

static void
print_cb (BillingYearEndPage *self)
{
  guint n_blocks;
  const BillingYearEndBlock *blocks = billing_year_end_blocks (&n_blocks);
  g_autofree char *heading = NULL;
  g_autofree char *text = NULL;
  g_autofree char *subheading = NULL;
  BillingReportPage *page;

  if (self->shown == NULL || self->desk == NULL)
    return;

  /* Translators: on paper: the name of the practice, and a year */
  heading = g_strdup_printf (_("%s: Year-End %d"), billing_desk_get_practice (self->desk)->name, self->shown->year);
  text = g_strdup_printf ("%s %s", gtk_label_get_label (self->freshness), gtk_label_get_label (self->tax));
  subheading = billing_report_subheading (billing_desk_get_practice (self->desk), text);
  page = billing_report_page_new (heading, subheading);
  for (guint i = 0; i < n_blocks; i++)
    {
      g_autoptr (BillingReportTable) table = billing_year_end_build_table (self->shown->lines, &blocks[i],
                                                                           billing_desk_get_practice (self->desk)->currency);
      g_auto (GStrv) names = billing_year_end_list_names (&blocks[i]);

      billing_report_page_add (page, billing_report_sheet_new (_(blocks[i].title), _(blocks[i].caption),
                                                               (const char * const *) names, table));
    }

  billing_report_print (page, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), printed_cb, g_object_ref (self), g_object_unref);
}

/* The section. */

static void
billing_year_end_page_set_sync (BillingStripeSection *section,
                                BillingDesk          *desk,
                                BillingSync          *sync)
{
  BillingYearEndPage *self = BILLING_YEAR_END_PAGE (section);

  g_set_object (&self->sync, sync);
  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  g_clear_pointer (&self->shown, billing_year_end_free);
  read_year (self, 0);
}

static void
billing_year_end_page_shown (BillingStripeSection *section)
{
  BillingYearEndPage *self = BILLING_YEAR_END_PAGE (section);

  read_year (self, self->shown != NULL ? self->shown->year : 0);
}

static void
billing_year_end_page_section_init (BillingStripeSectionInterface *iface)
{
  static const char * const streams[] = { "balance_transactions", "stripe_invoices", "checkout_sessions", "payment_intents", NULL };

  iface->set_sync = billing_year_end_page_set_sync;
  iface->shown = billing_year_end_page_shown;
  iface->streams = streams;
}

static void
billing_year_end_page_dispose (GObject *object)
{
  BillingYearEndPage *self = BILLING_YEAR_END_PAGE (object);

  g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, billing_year_end_free);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_year_end_page_parent_class)->dispose (object);
}

static void
billing_year_end_page_class_init (BillingYearEndPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_year_end_page_dispose;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/year-end-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingYearEndPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, BillingYearEndPage, freshness);
  gtk_widget_class_bind_template_child (widget_class, BillingYearEndPage, message);
  gtk_widget_class_bind_template_child (widget_class, BillingYearEndPage, print_button);
  gtk_widget_class_bind_template_child (widget_class, BillingYearEndPage, tables);
  gtk_widget_class_bind_template_child (widget_class, BillingYearEndPage, tax);
  gtk_widget_class_bind_template_child (widget_class, BillingYearEndPage, years);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, year_cb);
}

static void
billing_year_end_page_init (BillingYearEndPage *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoices-filter"

#include "config.h"

#include "billing-invoices-filter.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-filter-range.h"
#include "billing-list-statuses.h"
#include "billing-money-row.h"
#include "billing-rate.h"
#include "billing-read.h"
#include "billing-wrap-layout.h"

struct _BillingInvoicesFilter {
  GtkBox parent_instance;

  /* Template widgets (not owned) */
  GtkDropDown *state;
  GtkDropDown *reviewed;
  GtkBox *chips;
  GtkMenuButton *more;
  GtkWidget *clear;
  GtkWidget *of_services;
  AdwComboRow *rate;
  AdwComboRow *location;
  AdwEntryRow *payer;
  GtkWidget *due_label;
  BillingFilterRange *days;
  BillingFilterRange *due;
  BillingFilterRange *amount;

  const char *list; /* (not owned): a static string */
  BillingDesk *desk; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  GCancellable *reading_rates; /* (owned) (nullable) */
  GCancellable *reading_locations; /* (owned) (nullable) */
  GPtrArray *rates; /* (owned) (element-type utf8): ids, behind the row's first, which is any */
  GPtrArray *locations; /* (owned) (element-type utf8): likewise */
  gboolean updating;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingInvoicesFilter, billing_invoices_filter, GTK_TYPE_BOX)

/* In the order of the dropdown. */
static const char * const states[] = {
  "to-invoice", "with-insurer", "to-invoice,with-insurer", "not-invoiced", "not-billed", "settled", "invoiced", "removed", NULL
};
static const char * const reviews[] = { NULL, "yes", "no" };

static gboolean
is_services (BillingInvoicesFilter *self)
{
  return g_strcmp0 (self->list, "services") == 0;
}

/* The one that is chosen behind a row's first; NULL: any. */
static const char *
get_chosen (AdwComboRow *row,
            GPtrArray   *ids)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected > 0 && selected <= ids->len ? ids->pdata[selected - 1] : NULL;
}

static char *
dup_payer (BillingInvoicesFilter *self)
{
  g_autofree char *payer = billing_entry_row_dup_text (self->payer);

  return *payer != '\0' ? g_steal_pointer (&payer) : NULL;
}

static gboolean
has_more (BillingInvoicesFilter *self)
{
  g_autoptr (BillingQuery) query = billing_query_new (self->list);
  g_autofree char *payer = dup_payer (self);

  billing_filter_range_apply (self->days, query);
  billing_filter_range_apply (self->due, query);
  billing_filter_range_apply (self->amount, query);
  return query->from != NULL || query->to != NULL || query->due_from != NULL || query->due_to != NULL || query->min >= 0 || query->max >= 0 ||
         payer != NULL || get_chosen (self->rate, self->rates) != NULL || get_chosen (self->location, self->locations) != NULL;
}

static void
changed_cb (BillingInvoicesFilter *self)
{
  if (self->updating || self->list == NULL)
    return;

  gtk_widget_set_visible (self->clear, billing_invoices_filter_is_active (self));
  if (has_more (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->more), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->more), "accent");
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The statuses of invoices, each a chip. */

static void
add_chip (BillingInvoicesFilter *self,
          const char            *word,
          const char            *label)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (chip, "chip");
  g_object_set_data_full (G_OBJECT (chip), "word", g_strdup (word), g_free);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->chips, chip);
}

static void
add_chips (BillingInvoicesFilter *self)
{
  g_auto (GStrv) statuses = billing_list_statuses_of (self->list);

  add_chip (self, "overdue", _("Overdue"));
  for (guint i = 0; statuses[i] != NULL; i++)
    {
      g_autofree char *label = billing_list_statuses_get_label (self->list, statuses[i]);

      add_chip (self, statuses[i], label);
    }
}

/* What the pressed chips say, between commas; what is overdue is apart. */
static char *
join_chips (BillingInvoicesFilter *self,
            gboolean              *overdue)
{
  g_autoptr (GString) words = g_string_new (NULL);

  *overdue = FALSE;
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips)); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    {
      const char *word = g_object_get_data (G_OBJECT (chip), "word");

      if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
        continue;
      if (g_str_equal (word, "overdue"))
        *overdue = TRUE;
      else
        g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", word);
    }

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/* Rates and locations. */

static void
show_names (BillingInvoicesFilter *self,
            AdwComboRow           *row,
            GPtrArray            **ids,
            GPtrArray             *records,
            const char            *any)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_strdup (get_chosen (row, *ids));
  guint selected = 0;

  g_ptr_array_unref (*ids);
  *ids = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (names, any);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *name = NULL;

      g_object_get (records->pdata[i], "name", &name, NULL);
      gtk_string_list_append (names, name);
      g_ptr_array_add (*ids, g_strdup (billing_record_get_id (records->pdata[i])));
      if (g_strcmp0 ((*ids)->pdata[i], chosen) == 0)
        selected = i + 1;
    }

  self->updating = TRUE;
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, selected);
  self->updating = FALSE;
}

static void
rates_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BillingInvoicesFilter *self = user_data;
  g_autoptr (GPtrArray) rates = billing_read_finish (BILLING_STORE (object), result, NULL);

  if (rates != NULL)
    show_names (self, self->rate, &self->rates, rates, _("Any Rate"));
}

static void
locations_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BillingInvoicesFilter *self = user_data;
  g_autoptr (GPtrArray) locations = billing_read_finish (BILLING_STORE (object), result, NULL);

  if (locations != NULL)
    show_names (self, self->location, &self->locations, locations, _("Any Location"));
}

static void
store_changed_cb (BillingInvoicesFilter *self,
                  const char            *kind)
{
  if (g_strcmp0 (kind, "rates") == 0)
    billing_read_list_again (self->desk, "rates", &self->reading_rates, rates_cb, self);
  if (g_strcmp0 (kind, "locations") == 0)
    billing_read_list_again (self->desk, "locations", &self->reading_locations, locations_cb, self);
}

static void
billing_invoices_filter_dispose (GObject *object)
{
  BillingInvoicesFilter *self = BILLING_INVOICES_FILTER (object);

  g_cancellable_cancel (self->reading_rates);
  g_cancellable_cancel (self->reading_locations);
  g_clear_object (&self->reading_rates);
  g_clear_object (&self->reading_locations);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_INVOICES_FILTER);

  G_OBJECT_CLASS (billing_invoices_filter_parent_class)->dispose (object);
}

static void
billing_invoices_filter_finalize (GObject *object)
{
  BillingInvoicesFilter *self = BILLING_INVOICES_FILTER (object);

  g_ptr_array_unref (self->rates);
  g_ptr_array_unref (self->locations);

  G_OBJECT_CLASS (billing_invoices_filter_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, amount);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, chips);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, clear);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, days);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, due);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, due_label);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, location);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, more);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, of_services);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, payer);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, rate);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, reviewed);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicesFilter, state);
}

static void
billing_invoices_filter_class_init (BillingInvoicesFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_invoices_filter_dispose;
  object_class->finalize = billing_invoices_filter_finalize;

  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_INVOICES_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_FILTER_RANGE);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/invoices-filter.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, billing_invoices_filter_clear);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
billing_invoices_filter_init (BillingInvoicesFilter *self)
{
  self->rates = g_ptr_array_new_with_free_func (g_free);
  self->locations = g_ptr_array_new_with_free_func (g_free);
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_invoices_filter_new:
 * @list: `services` or `invoices`; a static string
 *
 * Returns: (transfer floating): the filters of the list
 */
GtkWidget *
billing_invoices_filter_new (const char *list)
{
  BillingInvoicesFilter *self = g_object_new (BILLING_TYPE_INVOICES_FILTER, NULL);
  gboolean of_services = g_str_equal (list, "services");

  gtk_widget_set_visible (GTK_WIDGET (self->state), of_services);
  gtk_widget_set_visible (GTK_WIDGET (self->reviewed), of_services);
  gtk_widget_set_visible (self->of_services, of_services);
  gtk_widget_set_visible (GTK_WIDGET (self->chips), !of_services);
  gtk_widget_set_visible (self->due_label, !of_services);
  gtk_widget_set_visible (GTK_WIDGET (self->due), !of_services);
  gtk_menu_button_set_label (self->more, of_services ? _("More Filters") : _("Date and Amount"));
  self->list = list;
  if (!of_services)
    add_chips (self);
  return GTK_WIDGET (self);
}

void
billing_invoices_filter_set_desk (BillingInvoicesFilter *self,
                                  BillingDesk           *desk)
{
  g_set_object (&self->desk, desk);
  g_signal_group_set_target (self->store, desk != NULL && is_services (self) ? billing_desk_get_store (desk) : NULL);
  if (desk == NULL)
    return;

  billing_filter_range_set_currency (self->amount, billing_desk_get_practice (desk)->currency);
  if (is_services (self))
    {
      store_changed_cb (self, "rates");
      store_changed_cb (self, "locations");
    }
}

void
billing_invoices_filter_apply (BillingInvoicesFilter *self,
                               BillingQuery          *query)
{
  g_autofree char *payer = dup_payer (self);
  g_autofree char *statuses = NULL;
  gboolean overdue;

  billing_filter_range_apply (self->days, query);
  billing_filter_range_apply (self->amount, query);
  if (is_services (self))
    {
      g_object_set (query, "status", states[gtk_drop_down_get_selected (self->state)], "reviewed",
                    reviews[gtk_drop_down_get_selected (self->reviewed)], "rate", get_chosen (self->rate, self->rates), "location",
                    get_chosen (self->location, self->locations), "payer", payer, NULL);
      return;
    }

  statuses = join_chips (self, &overdue);
  billing_filter_range_apply (self->due, query);
  g_object_set (query, "status", statuses, "overdue", overdue, NULL);
}

gboolean
billing_invoices_filter_is_active (BillingInvoicesFilter *self)
{
  g_autofree char *statuses = NULL;
  gboolean overdue;

  if (is_services (self))
    return gtk_drop_down_get_selected (self->state) != 0 || gtk_drop_down_get_selected (self->reviewed) != 0 || has_more (self);

  statuses = join_chips (self, &overdue);
  return statuses != NULL || overdue || has_more (self);
}

void
billing_invoices_filter_clear (BillingInvoicesFilter *self)
{
  g_autoptr (BillingQuery) nothing = billing_query_new (self->list);

  self->updating = TRUE;
  billing_filter_range_show (self->days, nothing);
  billing_filter_range_show (self->due, nothing);
  billing_filter_range_show (self->amount, nothing);
  gtk_drop_down_set_selected (self->state, 0);
  gtk_drop_down_set_selected (self->reviewed, 0);
  adw_combo_row_set_selected (self->rate, 0);
  adw_combo_row_set_selected (self->location, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->payer), "");
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips)); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), FALSE);
  self->updating = FALSE;
  changed_cb (self);
}

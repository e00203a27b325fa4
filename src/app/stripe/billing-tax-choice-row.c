/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-choice-row"

#include "config.h"

#include "billing-tax-choice-row.h"

#include <glib/gi18n.h>

#include "billing-tax-scheme.h"

/* With more than fit on a screen they are found by their beginnings. */
#define MANY 12

struct _BillingTaxChoiceRow {
  AdwActionRow parent_instance;

  /* Template widgets. */
  GtkDropDown *choices;

  GPtrArray *words;      /* (owned) (element-type utf8): the first one is empty: nothing was chosen */
  GtkStringList *labels; /* (owned): of each of them */
  GtkWidget *search;     /* (not owned) (nullable): the drop-down's own */
  guint focus_source;
  gboolean is_filling;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingTaxChoiceRow, billing_tax_choice_row, ADW_TYPE_ACTION_ROW)

static void
selected_cb (BillingTaxChoiceRow *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* GTK 4.8 leaves the focus in the list, where typing finds nothing. */
static gboolean
focus_cb (gpointer user_data)
{
  BillingTaxChoiceRow *self = user_data;

  self->focus_source = 0;
  gtk_widget_grab_focus (self->search);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (BillingTaxChoiceRow *self)
{
  if (self->focus_source == 0)
    self->focus_source = g_idle_add (focus_cb, self);
}

static GtkWidget *
find_search (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_SEARCH_ENTRY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_search (child);

  return found;
}

static void
billing_tax_choice_row_dispose (GObject *object)
{
  g_clear_handle_id (&BILLING_TAX_CHOICE_ROW (object)->focus_source, g_source_remove);

  G_OBJECT_CLASS (billing_tax_choice_row_parent_class)->dispose (object);
}

static void
billing_tax_choice_row_finalize (GObject *object)
{
  BillingTaxChoiceRow *self = BILLING_TAX_CHOICE_ROW (object);

  g_ptr_array_unref (self->words);
  g_object_unref (self->labels);

  G_OBJECT_CLASS (billing_tax_choice_row_parent_class)->finalize (object);
}

static void
billing_tax_choice_row_class_init (BillingTaxChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_tax_choice_row_dispose;
  object_class->finalize = billing_tax_choice_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_TAX_CHOICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/tax-choice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTaxChoiceRow, choices);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
title_cb (BillingTaxChoiceRow *self)
{
  /* By a label that a screen reader is told of, and not by the widget that has it. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->choices), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choices), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
billing_tax_choice_row_init (BillingTaxChoiceRow *self)
{
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->labels = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->search = find_search (GTK_WIDGET (self->choices));
  if (self->search != NULL)
    g_signal_connect_object (self->search, "map", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::title", G_CALLBACK (title_cb), NULL);
  billing_tax_choice_row_clear (self);
}

/**
 * billing_tax_choice_row_clear:
 * @self: a row
 *
 * Takes all choices away but that of none; until billing_tax_choice_row_finish() it is being filled.
 */
void
billing_tax_choice_row_clear (BillingTaxChoiceRow *self)
{
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->choices, NULL);
  g_ptr_array_set_size (self->words, 0);
  g_clear_object (&self->labels);
  self->labels = gtk_string_list_new (NULL);
  billing_tax_choice_row_add (self, "", _("Not chosen"));
}

void
billing_tax_choice_row_add (BillingTaxChoiceRow *self,
                            const char          *word,
                            const char          *label)
{
  g_ptr_array_add (self->words, g_strdup (word));
  gtk_string_list_append (self->labels, label);
}

typedef struct {
  const char *country;
  char *label; /* (owned) */
  char *key;   /* (owned) */
} Country;

static void
country_clear (gpointer data)
{
  Country *country = data;

  g_free (country->label);
  g_free (country->key);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  return g_strcmp0 (((const Country *) a)->key, ((const Country *) b)->key);
}

/* By their names, as the user's language sorts them. */
void
billing_tax_choice_row_add_countries (BillingTaxChoiceRow *self,
                                      const char * const  *countries)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Country));

  g_array_set_clear_func (sorted, country_clear);
  for (guint i = 0; countries[i] != NULL; i++)
    {
      Country country = { countries[i], billing_tax_get_country_label (countries[i], NULL), NULL };

      country.key = g_utf8_collate_key (country.label, -1);
      g_array_append_val (sorted, country);
    }

  g_array_sort (sorted, compare_cb);
  for (guint i = 0; i < sorted->len; i++)
    {
      Country *country = &g_array_index (sorted, Country, i);

      billing_tax_choice_row_add (self, country->country, country->label);
    }
}

void
billing_tax_choice_row_finish (BillingTaxChoiceRow *self)
{
  gtk_drop_down_set_model (self->choices, G_LIST_MODEL (self->labels));
  gtk_drop_down_set_enable_search (self->choices, self->words->len > MANY);
  /* What cannot be chosen otherwise is chosen. */
  gtk_drop_down_set_selected (self->choices, self->words->len == 2 ? 1 : 0);
  self->is_filling = FALSE;
}

/* How many there are to choose from. */
guint
billing_tax_choice_row_get_n (BillingTaxChoiceRow *self)
{
  return self->words->len - 1;
}

/**
 * billing_tax_choice_row_get_word:
 * @self: a row
 *
 * Returns: (transfer none): what is chosen; empty: nothing
 */
const char *
billing_tax_choice_row_get_word (BillingTaxChoiceRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->choices);

  return selected < self->words->len ? self->words->pdata[selected] : "";
}

/**
 * billing_tax_choice_row_set_word:
 * @self: a row
 * @word: (nullable): what is chosen; one that is not known is shown as it is
 */
void
billing_tax_choice_row_set_word (BillingTaxChoiceRow *self,
                                 const char          *word)
{
  guint place;

  if (word == NULL)
    word = "";
  if (!g_ptr_array_find_with_equal_func (self->words, word, g_str_equal, &place))
    {
      place = self->words->len;
      billing_tax_choice_row_add (self, word, word);
    }

  gtk_drop_down_set_selected (self->choices, place);
}

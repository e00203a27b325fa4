/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-filter-checks"

#include "config.h"

#include "billing-filter-checks.h"

struct _BillingFilterChecks {
  GtkGrid parent_instance;

  GPtrArray *checks; /* (owned) (element-type GtkCheckButton): not owned */
  GPtrArray *words; /* (owned) (element-type utf8): as the checks */
  gboolean busy; /* setting our own widgets */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingFilterChecks, billing_filter_checks, GTK_TYPE_GRID)

static void
toggled_cb (BillingFilterChecks *self)
{
  if (!self->busy)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
billing_filter_checks_finalize (GObject *object)
{
  BillingFilterChecks *self = BILLING_FILTER_CHECKS (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->words);

  G_OBJECT_CLASS (billing_filter_checks_parent_class)->finalize (object);
}

static void
billing_filter_checks_class_init (BillingFilterChecksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_filter_checks_finalize;
  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_FILTER_CHECKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
billing_filter_checks_init (BillingFilterChecks *self)
{
  self->checks = g_ptr_array_new ();
  self->words = g_ptr_array_new_with_free_func (g_free);
  gtk_grid_set_column_spacing (GTK_GRID (self), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self), 3);
}

/**
 * billing_filter_checks_add:
 * @self: the checks
 * @word: of a query
 * @label: what people read
 * @n_columns: how many stand in a row
 */
void
billing_filter_checks_add (BillingFilterChecks *self,
                           const char          *word,
                           const char          *label,
                           guint                n_columns)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);
  guint i = self->checks->len;

  g_ptr_array_add (self->checks, check);
  g_ptr_array_add (self->words, g_strdup (word));
  gtk_grid_attach (GTK_GRID (self), check, (int) (i % n_columns), (int) (i / n_columns), 1, 1);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (toggled_cb), self);
}

/**
 * billing_filter_checks_show:
 * @self: the checks
 * @words: (nullable): those that are chosen, between commas
 */
void
billing_filter_checks_show (BillingFilterChecks *self,
                            const char          *words)
{
  g_auto (GStrv) chosen = g_strsplit (words != NULL ? words : "", ",", -1);

  self->busy = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i], g_strv_contains ((const char * const *) chosen, self->words->pdata[i]));
  self->busy = FALSE;
}

/**
 * billing_filter_checks_join:
 * @self: the checks
 *
 * Returns: (transfer full) (nullable): the words that are chosen, between commas; %NULL: none is
 */
char *
billing_filter_checks_join (BillingFilterChecks *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->checks->len; i++)
    {
      if (gtk_check_button_get_active (self->checks->pdata[i]))
        g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", (const char *) self->words->pdata[i]);
    }

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

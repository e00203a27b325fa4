/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-suggestion-row"

#include "config.h"

#include "billing-suggestion-row.h"

#include <glib/gi18n.h>

#include "billing-format.h"

struct _BillingSuggestionRow {
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkCheckButton *check; /* (not owned) */

  const BillingSuggestion *suggestion; /* (not owned): outlives the row */
};

enum { CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingSuggestionRow, billing_suggestion_row, ADW_TYPE_ACTION_ROW)

static const char *
get_reason (const BillingSuggestion *suggestion)
{
  switch (suggestion->reason)
    {
    case BILLING_SUGGESTION_CUSTOMER:
      return _("Earlier charges of this Stripe customer are theirs");
    case BILLING_SUGGESTION_EMAIL:
      return _("It is their e-mail address");
    case BILLING_SUGGESTION_NAME:
      return _("It is their name");
    case BILLING_SUGGESTION_AMOUNT:
    default:
      return _("Only the amount is the same");
    }
}

static char *
format_title (const BillingSuggestion *suggestion,
              const char              *currency)
{
  g_autofree char *amount = NULL;

  if (suggestion->payment_id == NULL)
    /* Translators: the name of a patient, to whom money would be credited */
    return g_strdup_printf (_("%s · as credit"), suggestion->patient_name);

  amount = billing_format_money (NULL, suggestion->amount, currency);
  return g_strdup_printf ("\u2068%s\u2069 · %s · %s", suggestion->patient_name, suggestion->payment,
                          amount);
}

static void
toggled_cb (BillingSuggestionRow *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
billing_suggestion_row_class_init (BillingSuggestionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/suggestion-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingSuggestionRow, check);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
billing_suggestion_row_init (BillingSuggestionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_suggestion_row_new:
 * @suggestion: whose a charge may be; not copied
 * @currency: of the charge
 * @group: (nullable): one of the rows of which only one can be chosen
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_suggestion_row_new (const BillingSuggestion *suggestion,
                            const char              *currency,
                            BillingSuggestionRow    *group)
{
  BillingSuggestionRow *self = g_object_new (BILLING_TYPE_SUGGESTION_ROW, NULL);
  g_autofree char *title = format_title (suggestion, currency);

  self->suggestion = suggestion;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), get_reason (suggestion));
  if (group != NULL)
    gtk_check_button_set_group (self->check, group->check);
  return GTK_WIDGET (self);
}

const BillingSuggestion *
billing_suggestion_row_get (BillingSuggestionRow *self)
{
  return self->suggestion;
}

gboolean
billing_suggestion_row_is_chosen (BillingSuggestionRow *self)
{
  return gtk_check_button_get_active (self->check);
}

void
billing_suggestion_row_set_chosen (BillingSuggestionRow *self,
                                   gboolean              chosen)
{
  gtk_check_button_set_active (self->check, chosen);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-text-row"

#include "config.h"

#include "billing-dispute-text-row.h"

#include <glib/gi18n.h>

/* Of a text for which a line is enough, and of one for which it is not. */
#define SHORT_HEIGHT 32
#define LONG_HEIGHT 72

struct _BillingDisputeTextRow {
  AdwPreferencesRow parent_instance;

  /* Template widgets */
  GtkLabel *title_label; /* (not owned) */
  GtkLabel *counter_label; /* (not owned) */
  GtkLabel *hint_label; /* (not owned) */
  GtkTextView *view; /* (not owned) */
  GtkTextBuffer *buffer; /* (not owned) */
  GtkLabel *problem_label; /* (not owned) */

  guint limit;
  char *warning; /* (owned) (nullable) */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingDisputeTextRow, billing_dispute_text_row, ADW_TYPE_PREFERENCES_ROW)

static void
show_problem (BillingDisputeTextRow *self,
              const char            *sentence,
              const char            *style)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem_label), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem_label), "warning");
  if (sentence != NULL)
    {
      gtk_label_set_label (self->problem_label, sentence);
      gtk_widget_add_css_class (GTK_WIDGET (self->problem_label), style);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), sentence != NULL);
}

/* Too long is an error, which Stripe would refuse; the rest is only to be thought over. */
static void
update (BillingDisputeTextRow *self)
{
  gboolean is_too_long = billing_dispute_text_row_is_too_long (self);
  g_autofree char *counter = g_strdup_printf (_("%'u of %'u"), billing_dispute_text_row_get_length (self), self->limit);
  g_autofree char *too_long = g_strdup_printf (_("Stripe takes no more than %'u characters here."), self->limit);

  gtk_label_set_label (self->counter_label, counter);
  /* Where nothing was written, how much could be is no news. */
  gtk_widget_set_visible (GTK_WIDGET (self->counter_label), billing_dispute_text_row_get_length (self) > 0);
  if (is_too_long)
    show_problem (self, too_long, "error");
  else
    show_problem (self, self->warning, "warning");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
                               is_too_long ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
changed_cb (BillingDisputeTextRow *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
billing_dispute_text_row_finalize (GObject *object)
{
  g_free (BILLING_DISPUTE_TEXT_ROW (object)->warning);

  G_OBJECT_CLASS (billing_dispute_text_row_parent_class)->finalize (object);
}

static void
billing_dispute_text_row_class_init (BillingDisputeTextRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_dispute_text_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_DISPUTE_TEXT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/dispute-text-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeTextRow, buffer);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeTextRow, counter_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeTextRow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeTextRow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeTextRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeTextRow, view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
billing_dispute_text_row_init (BillingDisputeTextRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_dispute_text_row_new:
 * @title: what is written here
 * @hint: (nullable): what of it helps
 * @limit: how many characters Stripe takes
 * @is_long: whether more than a line is expected
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
billing_dispute_text_row_new (const char *title,
                              const char *hint,
                              guint       limit,
                              gboolean    is_long)
{
  BillingDisputeTextRow *self = g_object_new (BILLING_TYPE_DISPUTE_TEXT_ROW, NULL);

  self->limit = limit;
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->hint_label, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), hint != NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->view), -1, is_long ? LONG_HEIGHT : SHORT_HEIGHT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * billing_dispute_text_row_dup_text:
 * @self: a row
 *
 * Returns: (transfer full): what is written there, without white space around it
 */
char *
billing_dispute_text_row_dup_text (BillingDisputeTextRow *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

void
billing_dispute_text_row_set_text (BillingDisputeTextRow *self,
                                   const char            *text)
{
  g_autofree char *old = billing_dispute_text_row_dup_text (self);

  if (g_strcmp0 (old, text != NULL ? text : "") != 0)
    gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
}

/* In characters, as Stripe counts. */
guint
billing_dispute_text_row_get_length (BillingDisputeTextRow *self)
{
  g_autofree char *text = billing_dispute_text_row_dup_text (self);

  return (guint) g_utf8_strlen (text, -1);
}

gboolean
billing_dispute_text_row_is_too_long (BillingDisputeTextRow *self)
{
  return billing_dispute_text_row_get_length (self) > self->limit;
}

/**
 * billing_dispute_text_row_warn:
 * @self: a row
 * @sentence: (nullable): what should be thought over; %NULL: nothing
 */
void
billing_dispute_text_row_warn (BillingDisputeTextRow *self,
                               const char            *sentence)
{
  if (g_strcmp0 (self->warning, sentence) == 0)
    return;

  g_free (self->warning);
  self->warning = g_strdup (sentence);
  update (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-estimate-view"

#include "config.h"

#include "billing-estimate-view.h"

#include <glib/gi18n.h>

#include "billing-estimate-row.h"
#include "billing-format.h"

struct _BillingEstimateView {
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *source_label; /* (not owned) */
  AdwComboRow *check_row; /* (not owned) */
  GtkWidget *check_group; /* (not owned) */
  GtkLabel *sentence_label; /* (not owned) */
  GtkWidget *sentence_box; /* (not owned) */
  GtkListBox *benefit_list; /* (not owned) */
  GtkWidget *benefit_box; /* (not owned) */
  GtkListBox *line_list; /* (not owned) */
  GtkWidget *receipt_box; /* (not owned) */
  GtkLabel *total_label; /* (not owned) */
  GtkLabel *remarks_label; /* (not owned) */
  GtkLabel *caveat_label; /* (not owned) */
  GtkWidget *use_button; /* (not owned) */

  BillingDesk *desk; /* (owned) (nullable): of the last question */
  BillingEstimateQuestion *question; /* (owned) (nullable): the last one */
  BillingEstimate *estimate; /* (owned) (nullable): what is shown */
  GCancellable *reading; /* (owned) (nullable) */
  char *patient; /* (owned) (nullable): whose check was chosen */
  char *check; /* (owned) (nullable): the check that was chosen; NULL: by the rules */
  char *choices; /* (owned) (nullable): what the row shows, see join_choices() */
  gboolean is_filling; /* the program chooses among the checks, not a person */
};

enum { USE_AMOUNT, CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingEstimateView, billing_estimate_view, ADW_TYPE_BIN)

static GtkWidget *
create_benefit (gpointer item,
                gpointer user_data)
{
  return billing_estimate_row_new_benefit (item);
}

static GtkWidget *
create_line (gpointer item,
             gpointer user_data)
{
  return billing_estimate_row_new_line (item);
}

/* What there is to choose from, in one text: as long as it stays the same, the row keeps its focus. */
static char *
join_choices (BillingEstimate *estimate)
{
  GString *text = g_string_new (estimate->check_id == NULL ? "none" : "");

  for (guint i = 0; i < estimate->checks->len; i++)
    g_string_append_printf (text, " %s", billing_record_get_id (estimate->checks->pdata[i]));

  return g_string_free (text, FALSE);
}

/* All checks of the patient, with the one that the estimate is from; where it is from none, a first line says so. */
static void
show_checks (BillingEstimateView *self)
{
  BillingEstimate *estimate = self->estimate;
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autofree char *choices = join_choices (estimate);
  gboolean is_none = estimate->check_id == NULL;
  guint selected = 0;

  if (is_none)
    gtk_string_list_append (model, _("None"));
  for (guint i = 0; i < estimate->checks->len; i++)
    {
      g_autofree char *text = billing_estimate_dup_choice (estimate, i);

      gtk_string_list_append (model, text);
      if (g_strcmp0 (billing_record_get_id (estimate->checks->pdata[i]), estimate->check_id) == 0)
        selected = i;
    }

  self->is_filling = TRUE;
  if (g_strcmp0 (choices, self->choices) != 0)
    adw_combo_row_set_model (self->check_row, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->check_row, selected);
  self->is_filling = FALSE;
  gtk_widget_set_visible (self->check_group, estimate->checks->len > (is_none ? 0u : 1u));
  g_free (self->choices);
  self->choices = g_steal_pointer (&choices);
}

/* What to bear in mind and what is missing, a sentence a line. */
static void
show_remarks (BillingEstimateView *self)
{
  GPtrArray *groups[] = { self->estimate->warnings, self->estimate->missing };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      for (guint i = 0; i < groups[g]->len; i++)
        g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "", (char *) groups[g]->pdata[i]);
    }

  gtk_label_set_label (self->remarks_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks_label), text->len > 0);
}

static void
show_receipt (BillingEstimateView *self)
{
  BillingEstimate *estimate = self->estimate;
  g_autofree char *amount = billing_format_money (NULL, MAX (estimate->amount, 0), estimate->currency);

  gtk_list_box_bind_model (self->benefit_list, G_LIST_MODEL (estimate->benefits), create_benefit, NULL, NULL);
  gtk_list_box_bind_model (self->line_list, G_LIST_MODEL (estimate->lines), create_line, NULL, NULL);
  gtk_label_set_label (self->caveat_label, billing_estimate_get_caveat (estimate));
  gtk_widget_set_visible (self->benefit_box, g_list_model_get_n_items (G_LIST_MODEL (estimate->benefits)) > 0);
  gtk_widget_set_visible (self->receipt_box, estimate->amount >= 0);
  gtk_label_set_label (self->total_label, amount);
  /* Nobody can be asked for nothing. */
  gtk_widget_set_sensitive (self->use_button, estimate->amount > 0);
}

static void
show_estimate (BillingEstimateView *self)
{
  BillingEstimate *estimate = self->estimate;
  g_autofree char *source = billing_estimate_dup_source (estimate);

  gtk_label_set_label (self->source_label, source != NULL ? source : "");
  gtk_widget_set_visible (GTK_WIDGET (self->source_label), source != NULL);
  gtk_label_set_label (self->sentence_label, estimate->sentence != NULL ? estimate->sentence : "");
  gtk_widget_set_visible (self->sentence_box, estimate->sentence != NULL);
  show_checks (self);
  show_receipt (self);
  show_remarks (self);
}

/* Takes @estimate. */
static void
set_estimate (BillingEstimateView *self,
              BillingEstimate     *estimate)
{
  g_clear_object (&self->estimate);
  self->estimate = estimate;
  if (estimate != NULL)
    show_estimate (self);
  gtk_widget_set_visible (GTK_WIDGET (self), estimate != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Where the books could not be read there is no estimate, and the reason stands in its place. */
static void
show_error (BillingEstimateView *self,
            GError              *error)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  g_autofree char *today = billing_desk_get_today (self->desk);
  BillingEstimate *estimate = billing_estimate_new (BILLING_PAYMENT_TYPE_NONE, practice->currency, today);

  g_object_set (estimate, "sentence", error->message, NULL);
  set_estimate (self, estimate);
}

static void
estimate_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BillingEstimateView *self = user_data;
  g_autoptr (GError) error = NULL;
  BillingEstimate *estimate = billing_desk_estimate_finish (BILLING_DESK (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  if (estimate != NULL)
    set_estimate (self, estimate);
  else
    show_error (self, error);
}

static void
stop (BillingEstimateView *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
ask (BillingEstimateView *self)
{
  stop (self);
  self->reading = g_cancellable_new ();
  g_object_set (self->question, "check", self->check, NULL);
  billing_desk_estimate_async (self->desk, self->question, self->reading, estimate_cb, self);
}

static void
check_selected_cb (BillingEstimateView *self)
{
  guint selected = adw_combo_row_get_selected (self->check_row);
  guint offset = self->estimate != NULL && self->estimate->check_id == NULL ? 1 : 0;

  if (self->is_filling || self->estimate == NULL || selected == GTK_INVALID_LIST_POSITION || selected < offset)
    return;

  g_free (self->check);
  self->check = g_strdup (billing_record_get_id (self->estimate->checks->pdata[selected - offset]));
  ask (self);
}

static void
use_clicked_cb (BillingEstimateView *self)
{
  if (self->estimate != NULL && self->estimate->amount > 0)
    g_signal_emit (self, signals[USE_AMOUNT], 0, self->estimate->amount);
}

static void
billing_estimate_view_dispose (GObject *object)
{
  BillingEstimateView *self = BILLING_ESTIMATE_VIEW (object);

  stop (self);
  g_clear_object (&self->question);
  g_clear_object (&self->estimate);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->patient, g_free);
  g_clear_pointer (&self->check, g_free);
  g_clear_pointer (&self->choices, g_free);

  G_OBJECT_CLASS (billing_estimate_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, benefit_box);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, benefit_list);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, caveat_label);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, check_group);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, check_row);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, line_list);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, receipt_box);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, remarks_label);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, sentence_box);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, source_label);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, total_label);
  gtk_widget_class_bind_template_child (widget_class, BillingEstimateView, use_button);
  gtk_widget_class_bind_template_callback (widget_class, check_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_clicked_cb);
}

static void
billing_estimate_view_class_init (BillingEstimateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_estimate_view_dispose;

  signals[USE_AMOUNT] = g_signal_new ("use-amount", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/dialogs/estimate-view.ui");
  bind_children (widget_class);
}

static void
billing_estimate_view_init (BillingEstimateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_label (self->caveat_label, billing_estimate_get_caveat (NULL));
}

/**
 * billing_estimate_view_ask:
 * @self: a view
 * @desk: whose practice
 * @question: for whom and what; its check is that of the view. Copied
 *
 * Reads an estimate without blocking, in place of any that is still being read, and shows it. A check that was chosen stays
 * chosen as long as the patient does.
 */
void
billing_estimate_view_ask (BillingEstimateView     *self,
                           BillingDesk             *desk,
                           BillingEstimateQuestion *question)
{
  if (g_strcmp0 (self->patient, question->patient) != 0)
    {
      g_clear_pointer (&self->check, g_free);
      g_free (self->patient);
      self->patient = g_strdup (question->patient);
    }

  g_set_object (&self->desk, desk);
  g_clear_object (&self->question);
  self->question = billing_estimate_question_new ();
  billing_record_copy (BILLING_RECORD (self->question), BILLING_RECORD (question));
  ask (self);
}

/**
 * billing_estimate_view_clear:
 * @self: a view
 *
 * Shows nothing, and reads nothing more.
 */
void
billing_estimate_view_clear (BillingEstimateView *self)
{
  stop (self);
  if (self->estimate != NULL)
    set_estimate (self, NULL);
}

/**
 * billing_estimate_view_get_estimate:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what is shown
 */
BillingEstimate *
billing_estimate_view_get_estimate (BillingEstimateView *self)
{
  return self->estimate;
}

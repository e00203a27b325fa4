/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-row"

#include "config.h"

#include "billing-remittance-row.h"

#include <glib/gi18n.h>

#include "billing-actionable.h"
#include "billing-day.h"
#include "billing-format.h"
#include "billing-remittance-words.h"

struct _BillingRemittanceRow {
  AdwExpanderRow parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *state;
  GtkLabel *problem;
  GtkWidget *problem_row;
  GtkLabel *claim;
  GtkLabel *reasons;
  GtkWidget *reasons_row;
  GtkLabel *service;
  GtkWidget *service_row;
  GtkWidget *buttons_row;
  GtkWidget *match;
  GtkWidget *dismiss;
};

G_DEFINE_FINAL_TYPE (BillingRemittanceRow, billing_remittance_row, ADW_TYPE_EXPANDER_ROW)

static void
billing_remittance_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_REMITTANCE_ROW);

  G_OBJECT_CLASS (billing_remittance_row_parent_class)->dispose (object);
}

static void
billing_remittance_row_class_init (BillingRemittanceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_remittance_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/remittances/remittance-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, buttons_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, claim);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, dismiss);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, match);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, problem);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, problem_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, reasons);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, reasons_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, service);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, service_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceRow, state);
}

static void
billing_remittance_row_init (BillingRemittanceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Whose, and what was done; a claim as a whole has no code. */
static char *
make_title (BillingRemittanceLine *line)
{
  const char *who = line->patient_name != NULL ? line->patient_name : line->claim;

  if (line->code != NULL)
    return g_strdup_printf ("%s · %s", who, line->code);

  return g_strdup_printf ("%s · %s", who, g_str_equal (line->level, "rest") ? _("besides its services") : _("whole claim"));
}

static void
append_money (GString    *text,
              const char *format,
              gint64      amount,
              const char *currency)
{
  g_autofree char *money = NULL;

  if (amount == 0)
    return;

  money = billing_format_money (NULL, amount, currency);
  g_string_append (text, text->len > 0 ? " · " : "");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, format, money);
#pragma GCC diagnostic pop
}

static char *
make_subtitle (BillingRemittanceLine *line)
{
  g_autofree char *day = line->day != NULL ? billing_day_format (line->day, NULL) : NULL;
  g_autofree char *paid = billing_format_money (NULL, line->paid, line->currency);
  g_autoptr (GString) text = g_string_new (day);

  g_string_append_printf (text, "%s", text->len > 0 ? " · " : "");
  /* TRANSLATORS: an amount */
  g_string_append_printf (text, _("paid %s"), paid);
  append_money (text, _("adjusted %s"), line->adjusted, line->currency);
  append_money (text, _("decided before %s"), line->prior, line->currency);
  append_money (text, _("patient’s %s"), line->patient, line->currency);
  append_money (text, _("does not fit by %s"), line->imbalance, line->currency);
  return g_strdup (text->str);
}

static void
show_text (GtkLabel   *label,
           GtkWidget  *row,
           const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (row, text != NULL && *text != '\0');
}

static void
show_state (BillingRemittanceRow  *self,
            BillingRemittanceLine *line)
{
  static const char * const styles[] = { "pending", "processing", "paid", "failed", "quiet" };
  g_autofree char *problem = billing_remittance_line_explain_state (line);

  gtk_label_set_label (self->state, billing_remittance_line_get_state_label (line->state));
  gtk_widget_add_css_class (GTK_WIDGET (self->state), styles[line->state]);
  show_text (self->problem, self->problem_row, problem);
}

static void
show_claim (BillingRemittanceRow  *self,
            BillingRemittanceLine *line)
{
  const char *status = billing_claim_status_get_words (line->claim_status);
  g_autofree char *charge = billing_format_money (NULL, line->charge, line->currency);
  /* TRANSLATORS: number of a claim, and what was asked for with it */
  g_autofree char *claim = g_strdup_printf (_("Claim %s, %s charged"), line->claim, charge);
  g_autofree char *text = status != NULL ? g_strdup_printf ("%s\n%s", claim, status) : g_strdup (claim);

  gtk_label_set_label (self->claim, text);
}

/**
 * billing_remittance_row_new:
 * @line: a line of a remittance
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_remittance_row_new (BillingRemittanceLine *line)
{
  BillingRemittanceRow *self = g_object_new (BILLING_TYPE_REMITTANCE_ROW, NULL);
  const char *id = billing_record_get_id (BILLING_RECORD (line));
  gboolean can_change = line->state != BILLING_REMITTANCE_LINE_STATE_POSTED;
  g_autofree char *title = make_title (line);
  g_autofree char *subtitle = make_subtitle (line);
  g_autofree char *reasons = billing_remittance_line_describe (line);
  g_autofree char *service = line->service != NULL ? g_strdup_printf ("%s · %s", line->service, line->service_name) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  show_state (self, line);
  show_claim (self, line);
  show_text (self->reasons, self->reasons_row, reasons);
  show_text (self->service, self->service_row, service);
  gtk_widget_set_visible (self->buttons_row, can_change);
  gtk_widget_set_visible (self->dismiss, line->state != BILLING_REMITTANCE_LINE_STATE_DISMISSED);
  billing_actionable_set_action (GTK_ACTIONABLE (self->match), "remittance.match", id);
  billing_actionable_set_action (GTK_ACTIONABLE (self->dismiss), "remittance.dismiss", id);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconciliation-row"

#include "config.h"

#include "billing-reconciliation-row.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-format.h"
#include "billing-list-format.h"

struct _BillingReconciliationRow {
  AdwActionRow parent_instance;

  /* Template widgets. */
  GtkImage *mark;
  GtkLabel *amount;
  GtkLabel *difference;
  GtkWidget *arrow;
};

G_DEFINE_FINAL_TYPE (BillingReconciliationRow, billing_reconciliation_row, ADW_TYPE_ACTION_ROW)

static gboolean
is_part (BillingReconciliationLine *line,
         const char                *part)
{
  return g_str_equal (line->part, part);
}

/* Where each of Stripe's objects is shown, by how its id begins. */
static const struct {
  const char *prefix;
  const char *section;
} sections[] = {
  { "po_", "payments/payouts/" },
  { "ch_", "payments/payments/" },
  { "py_", "payments/payments/" },
  { "du_", "payments/disputes/" },
  { "dp_", "payments/disputes/" },
};

static void
lead (BillingReconciliationRow  *self,
      const char                *action,
      const char                *target)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
  gtk_widget_set_visible (self->arrow, TRUE);
}

static void
lead_to_row (BillingReconciliationRow  *self,
             BillingReconciliationLine *line)
{
  for (guint i = 0; line->payment == NULL && line->about != NULL && i < G_N_ELEMENTS (sections); i++)
    {
      if (g_str_has_prefix (line->about, sections[i].prefix))
        {
          g_autofree char *target = g_strconcat (sections[i].section, line->about, NULL);

          lead (self, "win.show-stripe", target);
        }
    }

  if (line->payment != NULL)
    lead (self, "win.show-payment", line->payment);
}

static void
set_mark (BillingReconciliationRow  *self,
          BillingReconciliationLine *line)
{
  gboolean fits = line->difference == 0 && !is_part (line, BILLING_RECONCILIATION_BREACH);
  gboolean is_checked = g_str_equal (line->what, "stripe") || (is_part (line, BILLING_RECONCILIATION_PAYOUT) && line->note == NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->mark), is_checked || !fits);
  gtk_image_set_from_icon_name (self->mark, fits ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), fits ? "success" : "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fits ? _("It fits") : _("It does not fit"), -1);
}

static void
set_amounts (BillingReconciliationRow  *self,
             BillingReconciliationLine *line)
{
  g_autofree char *amount = billing_format_money (NULL, line->amount, line->currency);
  g_autofree char *difference = billing_format_money (NULL, line->difference, line->currency);
  /* Translators: by which amount a row does not fit */
  g_autofree char *text = g_strdup_printf (_("by %s"), difference);

  gtk_label_set_label (self->amount, amount);
  if (is_part (line, BILLING_RECONCILIATION_BALANCE) || g_str_equal (line->what, "now"))
    gtk_widget_add_css_class (GTK_WIDGET (self->amount), "heading");
  gtk_label_set_label (self->difference, text);
  gtk_widget_set_visible (GTK_WIDGET (self->difference), line->difference != 0);
}

static void
billing_reconciliation_row_class_init (BillingReconciliationRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/reconciliation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationRow, amount);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationRow, difference);
  gtk_widget_class_bind_template_child (widget_class, BillingReconciliationRow, mark);
}

static void
billing_reconciliation_row_init (BillingReconciliationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_reconciliation_row_format_title:
 * @line: a line
 * @time_zone: of the practice
 *
 * Returns: (transfer full): what it is
 */
char *
billing_reconciliation_row_format_title (BillingReconciliationLine *line,
                                         const char                *time_zone)
{
  g_autofree char *day = line->at > 0 ? billing_list_format_instant_day (line->at, time_zone) : NULL;

  if (line->payment != NULL)
    return g_strdup_printf ("%s · %s", line->payment, line->about);
  if (is_part (line, BILLING_RECONCILIATION_PAYOUT))
    return g_strdup_printf ("%s · %s", day, line->about);

  return g_strdup (line->name != NULL ? line->name : _("Stripe’s balance"));
}

/**
 * billing_reconciliation_row_format_subtitle:
 * @line: a line
 *
 * Returns: (transfer full): what else there is to say
 */
char *
billing_reconciliation_row_format_subtitle (BillingReconciliationLine *line)
{
  if (line->note != NULL)
    return g_strdup (line->note);
  if (line->count <= 0)
    return g_strdup ("");
  if (is_part (line, BILLING_RECONCILIATION_BOOKS))
    return g_strdup_printf (ngettext ("%'" PRId64 " payment", "%'" PRId64 " payments", (gulong) line->count), line->count);

  return g_strdup_printf (ngettext ("%'" PRId64 " transaction", "%'" PRId64 " transactions", (gulong) line->count), line->count);
}

/**
 * billing_reconciliation_row_new:
 * @line: what it shows
 * @time_zone: of the practice
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
billing_reconciliation_row_new (BillingReconciliationLine *line,
                                const char                *time_zone)
{
  BillingReconciliationRow *self = g_object_new (BILLING_TYPE_RECONCILIATION_ROW, NULL);
  g_autofree char *title = billing_reconciliation_row_format_title (line, time_zone);
  g_autofree char *subtitle = billing_reconciliation_row_format_subtitle (line);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  set_amounts (self, line);
  set_mark (self, line);
  lead_to_row (self, line);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-today-row"

#include "config.h"

#include "billing-today-row.h"

#include <glib/gi18n.h>

#include "billing-actionable.h"

struct _BillingTodayRow {
  AdwActionRow parent_instance;

  /* Template widgets. */
  GtkImage *icon;
  GtkLabel *value;
  GtkWidget *arrow;

  const char *nick; /* (nullable): of the line */
};

/* What stands before it, its colour, and what a screen reader says for it. */
static const struct {
  const char *icon;
  const char *style;
  const char *word;
} signs[] = {
  [BILLING_TODAY_STATE_DONE] = { "object-select-symbolic", "success", N_("nothing to do") },
  [BILLING_TODAY_STATE_OPEN] = { "dialog-warning-symbolic", "warning", N_("to be looked at") },
  [BILLING_TODAY_STATE_PLAIN] = { "billing-dot-symbolic", "dim-label", NULL },
};

G_DEFINE_FINAL_TYPE (BillingTodayRow, billing_today_row, ADW_TYPE_ACTION_ROW)

static void
billing_today_row_class_init (BillingTodayRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/today-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTodayRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, BillingTodayRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BillingTodayRow, value);
}

static void
billing_today_row_init (BillingTodayRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The row says all of itself, not its title alone. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
show_sign (BillingTodayRow  *self,
           BillingTodayLine *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), signs[i].style);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), signs[line->state].style);
  gtk_image_set_from_icon_name (self->icon, signs[line->state].icon);
}

/* The row is the button: where it leads is what deals with it. */
static void
show_action (BillingTodayRow  *self,
             BillingTodayLine *line)
{
  gboolean leads = line->action != NULL;

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), leads);
  gtk_widget_set_visible (self->arrow, leads);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), line->button);
  billing_actionable_set_action (GTK_ACTIONABLE (self), line->action, line->target);
}

static void
say (BillingTodayRow  *self,
     BillingTodayLine *line)
{
  g_autoptr (GString) name = g_string_new (line->title);

  if (line->value != NULL && *line->value != '\0')
    g_string_append_printf (name, ": %s", line->value);
  if (line->sentence != NULL && *line->sentence != '\0')
    g_string_append_printf (name, ", %s", line->sentence);
  if (signs[line->state].word != NULL)
    g_string_append_printf (name, ", %s", _(signs[line->state].word));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

/**
 * billing_today_row_new:
 * @line: a line of the Today list
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_today_row_new (BillingTodayLine *line)
{
  BillingTodayRow *self = g_object_new (BILLING_TYPE_TODAY_ROW, NULL);

  billing_today_row_set_line (self, line);
  return GTK_WIDGET (self);
}

void
billing_today_row_set_line (BillingTodayRow  *self,
                            BillingTodayLine *line)
{
  self->nick = line->nick;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), line->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), line->sentence != NULL ? line->sentence : "");
  gtk_label_set_label (self->value, line->value != NULL ? line->value : "");
  show_sign (self, line);
  show_action (self, line);
  say (self, line);
}

/* By which lines are told from each other. */
const char *
billing_today_row_get_nick (BillingTodayRow *self)
{
  return self->nick;
}

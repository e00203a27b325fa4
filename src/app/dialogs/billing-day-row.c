/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-day-row"

#include "config.h"

#include "billing-day-row.h"

#include "billing-day.h"
#include "billing-format.h"

struct _BillingDayRow {
  AdwEntryRow parent_instance;

  /* Template widgets */
  GtkCalendar *calendar; /* (not owned) */
  GtkPopover *popover; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingDayRow, billing_day_row, ADW_TYPE_ENTRY_ROW)

/* The calendar opens on the day that is written. */
static void
popover_map_cb (BillingDayRow *self)
{
  g_autofree char *day = NULL;
  g_autoptr (GDateTime) date = NULL;
  int y, m, d;

  if (!billing_day_row_get_day (self, &day, NULL) || day == NULL ||
      sscanf (day, "%d-%d-%d", &y, &m, &d) != 3)
    return;

  date = g_date_time_new_local (y, m, d, 12, 0, 0);
  if (date != NULL)
    gtk_calendar_select_day (self->calendar, date);
}

static void
day_selected_cb (BillingDayRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");

  /* Also told while the calendar is opened on the day that is there. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self->calendar)))
    return;

  billing_day_row_set_day (self, day);
  gtk_popover_popdown (self->popover);
}

static void
billing_day_row_class_init (BillingDayRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);


  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/day-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDayRow, calendar);
  gtk_widget_class_bind_template_child (widget_class, BillingDayRow, popover);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_map_cb);
}

static void
billing_day_row_init (BillingDayRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_day_row_set_day:
 * @self: an entry
 * @day: (nullable): ISO 8601; %NULL: none
 */
void
billing_day_row_set_day (BillingDayRow *self,
                         const char    *day)
{
  g_autofree char *text = billing_format_day (NULL, day);

  gtk_editable_set_text (GTK_EDITABLE (self), text);
}

/**
 * billing_day_row_get_day:
 * @self: an entry
 * @day: (out) (transfer full) (nullable): ISO 8601, %NULL where nothing is written
 * @error: return location for what is wrong with the text: a sentence
 *
 * Returns: whether a day, or nothing, is written there
 */
gboolean
billing_day_row_get_day (BillingDayRow  *self,
                         char          **day,
                         GError        **error)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));

  *day = NULL;
  return *text == '\0' || billing_day_parse (text, NULL, day, error);
}

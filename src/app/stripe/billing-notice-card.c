/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice-card"

#include "config.h"

#include "billing-notice-card.h"

#include <glib/gi18n.h>

#include "billing-actionable.h"
#include "billing-day.h"
#include "billing-format.h"
#include "billing-notice-format.h"
#include "billing-notice-rules.h"

struct _BillingNoticeCard {
  GtkBox parent_instance;

  /* Template widgets. */
  GtkLabel *body;
  GtkWidget *due_box;
  GtkLabel *due;
  GtkLabel *standing;
  GtkButton *deal_button;
  GtkWidget *acts;
  GtkWidget *done_button;
  GtkWidget *snooze_button;
  GtkPopover *snooze;
  GtkCalendar *calendar;
  GtkButton *until_button;
  GtkButton *reopen_button;
  GtkWidget *read_button;

  BillingDesk *desk; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingNoticeCard, billing_notice_card, GTK_TYPE_BOX)

/* Snoozing. */

static char *
get_day (BillingNoticeCard *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);

  return g_date_time_format (date, "%Y-%m-%d");
}

/* A day that is over is none until which anything can wait. */
static void
day_cb (BillingNoticeCard *self)
{
  g_autofree char *day = NULL;
  g_autofree char *today = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *label = NULL;

  if (self->desk == NULL)
    return;

  day = get_day (self);
  today = billing_desk_get_today (self->desk);
  shown = billing_format_day (NULL, day);
  /* Translators: a day, on which a notification comes back */
  label = g_strdup_printf (_("Until %s"), shown);
  gtk_button_set_label (self->until_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->until_button), g_strcmp0 (day, today) > 0);
}

static void
snooze_until (BillingNoticeCard *self,
              const char        *day)
{
  gtk_popover_popdown (self->snooze);
  gtk_widget_activate_action (GTK_WIDGET (self), "notice.snooze", "s", day);
}

static void
tomorrow_cb (BillingNoticeCard *self)
{
  g_autofree char *today = billing_desk_get_today (self->desk);
  g_autofree char *day = billing_day_add (today, 1);

  snooze_until (self, day);
}

static void
next_week_cb (BillingNoticeCard *self)
{
  g_autofree char *today = billing_desk_get_today (self->desk);
  g_autofree char *day = billing_notice_format_next_week (today);

  snooze_until (self, day);
}

static void
until_cb (BillingNoticeCard *self)
{
  g_autofree char *day = get_day (self);

  snooze_until (self, day);
}

/* What it shows. */

static void
show_text (GtkLabel   *label,
           GtkWidget  *widget,
           const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (widget, text != NULL && *text != '\0');
}

static void
show_due (BillingNoticeCard *self,
          BillingNotice     *notice,
          const char        *due,
          gint64             now,
          const char        *time_zone)
{
  g_autofree char *rest = notice->ended_at == 0 ? billing_notice_describe_rest (notice->due_at, now, time_zone) : NULL;
  /* Translators: by when something has to be done, and how many days are left */
  g_autofree char *text = due != NULL && rest != NULL ? g_strdup_printf (_("%s. %s."), due, rest) : g_strdup (due);

  show_text (self->due, self->due_box, text);
  if (billing_notice_format_is_pressing (notice, now))
    gtk_widget_add_css_class (GTK_WIDGET (self->due), "overdue");
}

static void
show_deal (BillingNoticeCard *self,
           BillingNoticeText *text,
           gboolean           is_open)
{
  gtk_button_set_label (self->deal_button, text->button);
  billing_actionable_set_action (GTK_ACTIONABLE (self->deal_button), text->action, text->target);
  if (is_open)
    gtk_widget_add_css_class (GTK_WIDGET (self->deal_button), "suggested-action");
}

/* What was said of it before can be taken back. */
static const char *
get_reopen_label (BillingNotice *notice,
                  gboolean       is_open)
{
  if (is_open)
    return _("Mark as Unread");

  return notice->state == BILLING_NOTICE_STATE_SNOOZED ? _("Show Again Now") : _("Reopen");
}

static void
show_acts (BillingNoticeCard *self,
           BillingNotice     *notice,
           gboolean           is_open)
{
  gboolean is_over = notice->ended_at != 0;
  gboolean is_done = notice->state == BILLING_NOTICE_STATE_DONE;
  gboolean is_new = notice->state == BILLING_NOTICE_STATE_NEW;

  gtk_widget_set_visible (self->acts, !is_over && billing_desk_may (self->desk, BILLING_VERB_NOTICE_DONE));
  gtk_widget_set_visible (self->done_button, !is_done);
  gtk_widget_set_visible (self->snooze_button, is_open);
  gtk_widget_set_visible (self->read_button, is_new);
  gtk_widget_set_visible (GTK_WIDGET (self->reopen_button), !is_new);
  gtk_button_set_label (self->reopen_button, get_reopen_label (notice, is_open));
}

static void
billing_notice_card_dispose (GObject *object)
{
  BillingNoticeCard *self = BILLING_NOTICE_CARD (object);
  GtkWidget *child;

  g_clear_object (&self->desk);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (billing_notice_card_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, acts);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, body);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, calendar);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, deal_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, done_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, due);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, due_box);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, read_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, reopen_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, snooze);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, snooze_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, standing);
  gtk_widget_class_bind_template_child (widget_class, BillingNoticeCard, until_button);
  gtk_widget_class_bind_template_callback (widget_class, day_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_week_cb);
  gtk_widget_class_bind_template_callback (widget_class, tomorrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, until_cb);
}

static void
billing_notice_card_class_init (BillingNoticeCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_notice_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/notice-card.ui");
  bind_template (widget_class);
}

static void
billing_notice_card_init (BillingNoticeCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_notice_card_new:
 * @notice: a notification
 * @desk: who looks at it
 *
 * Returns: (transfer floating): what it says, and what can be done about it
 */
GtkWidget *
billing_notice_card_new (BillingNotice *notice,
                         BillingDesk   *desk)
{
  BillingNoticeCard *self = g_object_new (BILLING_TYPE_NOTICE_CARD, NULL);
  const char *time_zone = billing_desk_get_practice (desk)->time_zone;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gboolean is_open = billing_notice_is_open (notice, now);
  g_autoptr (BillingNoticeText) text = billing_notice_describe (notice, time_zone);
  g_autofree char *standing = billing_notice_format_standing (notice, now, time_zone);

  self->desk = g_object_ref (desk);
  show_text (self->body, GTK_WIDGET (self->body), text->body);
  show_due (self, notice, text->due, now, time_zone);
  show_text (self->standing, GTK_WIDGET (self->standing), standing);
  show_deal (self, text, is_open);
  show_acts (self, notice, is_open);
  day_cb (self);
  return GTK_WIDGET (self);
}

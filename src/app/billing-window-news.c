/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-news"

#include "config.h"

#include "billing-window-private.h"

#include "billing-notice-rules.h"
#include "billing-payment.h"

/* The desktop hears of what was paid through Stripe, and of what somebody should do there. Its notifications outlive the window, and the
 * program. */

#define NOTICES "general/notifications"

static void
notify (BillingWindow *self,
        const char    *id,
        const char    *title,
        const char    *action,
        const char    *target)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, billing_desk_get_practice (self->desk)->name);
  g_notification_set_default_action_and_target (notification, action, "(ss)", self->folder, target);
  g_application_send_notification (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), id, notification);
}

static void
paid_cb (BillingWindow *self,
         GPtrArray     *payments,
         guint          n)
{
  g_autofree char *many = NULL;

  if (self->desk == NULL || !g_settings_get_boolean (self->settings, "notify-paid"))
    return;

  if (n > BILLING_PAID_NEWS_MAX)
    {
      many = billing_paid_news_format_many (n);
      notify (self, "paid", many, "app.show-payment", "");
      return;
    }

  for (guint i = 0; i < payments->len; i++)
    {
      BillingPayment *payment = payments->pdata[i];
      const char *id = billing_record_get_id (BILLING_RECORD (payment));
      g_autofree char *title = billing_paid_news_format_one (payment->number);

      notify (self, id, title, "app.show-payment", id);
    }
}

/* Only those of which somebody wants to hear. */
static guint
count_wanted (BillingWindow  *self,
              GPtrArray      *notices,
              BillingNotice **one)
{
  guint n = 0;

  for (guint i = 0; i < notices->len; i++)
    {
      const BillingNoticeRule *rule = billing_notice_rule_find (BILLING_NOTICE (notices->pdata[i])->rule);

      if (rule == NULL || !g_settings_get_boolean (self->settings, rule->preference))
        continue;
      *one = notices->pdata[i];
      n++;
    }

  return n;
}

/* Several at once are one notification. */
static void
told_cb (BillingWindow *self,
         GPtrArray     *notices)
{
  g_autofree char *title = NULL;
  BillingNotice *one = NULL;
  guint n = self->desk != NULL ? count_wanted (self, notices, &one) : 0;

  if (n == 0)
    return;

  title = n == 1 ? billing_notice_news_format_one (one) : billing_notice_news_format_many (n);
  notify (self, n == 1 ? one->key : "notices", title, "app.show-stripe", NOTICES);
}

/* Of the practice that is open from now on. */
void
_billing_window_set_news (BillingWindow *self)
{
  g_clear_object (&self->news);
  self->news = billing_paid_news_new (billing_desk_get_store (self->desk));
  g_signal_connect_object (self->news, "paid", G_CALLBACK (paid_cb), self, G_CONNECT_SWAPPED);

  g_clear_object (&self->notice_news);
  self->notice_news = billing_notice_news_new (self->desk);
  g_signal_connect_object (self->notice_news, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
}

static void
show_payment (BillingWindow *self,
              const char    *payment)
{
  if (*payment != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-payment", "s", payment);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "payments");
}

/**
 * billing_window_show_payment:
 * @self: a window
 * @payment: id or number of a payment; empty: the list of them
 *
 * Shows it, as soon as there is a practice.
 */
void
billing_window_show_payment (BillingWindow *self,
                             const char    *payment)
{
  g_free (self->payment_to_show);
  self->payment_to_show = g_strdup (payment);
  if (self->desk != NULL)
    _billing_window_show_waiting (self);
}

/**
 * billing_window_show_stripe:
 * @self: a window
 * @section: of the Stripe Dashboard, and perhaps what is in it
 *
 * Shows it, as soon as there is a practice.
 */
void
billing_window_show_stripe (BillingWindow *self,
                            const char    *section)
{
  g_free (self->section_to_show);
  self->section_to_show = g_strdup (section);
  if (self->desk != NULL)
    _billing_window_show_waiting (self);
}

/* What was asked for while the practice was still to be opened. */
void
_billing_window_show_waiting (BillingWindow *self)
{
  g_autofree char *payment = g_steal_pointer (&self->payment_to_show);
  g_autofree char *section = g_steal_pointer (&self->section_to_show);

  if (payment != NULL)
    show_payment (self, payment);
  if (section != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-stripe", "s", section);
}

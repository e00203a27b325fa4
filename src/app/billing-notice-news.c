/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice-news"

#include "config.h"

#include "billing-notice-news.h"

#include <glib/gi18n.h>

#include "billing-desk-notices.h"
#include "billing-notice-rules.h"

struct _BillingNoticeNews {
  GObject parent_instance;

  BillingDesk *desk; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gboolean asking;
  gboolean outdated; /* something changed meanwhile */
};

enum { TOLD, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingNoticeNews, billing_notice_news, G_TYPE_OBJECT)

static void ask (BillingNoticeNews *self);

static void
ask_thread (GTask        *task,
            gpointer      source,
            gpointer      desk,
            GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *notices = billing_desk_tell_notices (desk, &error);

  if (notices != NULL)
    g_task_return_pointer (task, notices, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = g_task_propagate_pointer (G_TASK (result), &error);
  BillingNoticeNews *self = BILLING_NOTICE_NEWS (object);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* The next change is another try; nobody is kept from working by it. */
  if (error != NULL)
    g_info ("The notifications could not be read: %s", error->message);

  self->asking = FALSE;
  if (notices != NULL && notices->len > 0)
    g_signal_emit (self, signals[TOLD], 0, notices);
  if (self->outdated)
    ask (self);
}

static void
ask (BillingNoticeNews *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, asked_cb, NULL);

  self->asking = TRUE;
  self->outdated = FALSE;
  g_task_set_source_tag (task, ask);
  g_task_set_task_data (task, g_object_ref (self->desk), g_object_unref);
  g_task_run_in_thread (task, ask_thread);
}

static void
changed_cb (BillingNoticeNews *self,
            const char        *kind)
{
  if (!g_str_equal (kind, "notices"))
    return;

  if (self->asking)
    self->outdated = TRUE;
  else
    ask (self);
}

static void
billing_notice_news_dispose (GObject *object)
{
  BillingNoticeNews *self = BILLING_NOTICE_NEWS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_notice_news_parent_class)->dispose (object);
}

static void
billing_notice_news_finalize (GObject *object)
{
  g_object_unref (BILLING_NOTICE_NEWS (object)->cancellable);

  G_OBJECT_CLASS (billing_notice_news_parent_class)->finalize (object);
}

static void
billing_notice_news_class_init (BillingNoticeNewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = billing_notice_news_dispose;
  object_class->finalize = billing_notice_news_finalize;

  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_PTR_ARRAY);
}

static void
billing_notice_news_init (BillingNoticeNews *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * billing_notice_news_new:
 * @desk: a session
 *
 * Returns: (transfer full): what tells of its notifications
 */
BillingNoticeNews *
billing_notice_news_new (BillingDesk *desk)
{
  BillingNoticeNews *self = g_object_new (BILLING_TYPE_NOTICE_NEWS, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (billing_desk_get_store (desk), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  ask (self);
  return self;
}

/**
 * billing_notice_news_format_one:
 * @notice: a notification
 *
 * Other people may see the screen: what it is about and the number of the payment alone say it, without a patient or an amount.
 *
 * Returns: (transfer full): a sentence
 */
char *
billing_notice_news_format_one (BillingNotice *notice)
{
  const char *about = billing_notice_rule_get_label (notice->rule);

  if (notice->payment == NULL)
    return g_strdup_printf (_("Stripe: %s"), about);

  /* Translators: a notification and a number of a payment: “Disputes to answer: PAY-0412” */
  return g_strdup_printf (_("%s: %s"), about, notice->payment);
}

/**
 * billing_notice_news_format_many:
 * @n: how many notifications
 *
 * Returns: (transfer full): a sentence
 */
char *
billing_notice_news_format_many (guint n)
{
  return g_strdup_printf (ngettext ("Stripe: %u urgent notification", "Stripe: %u urgent notifications", n), n);
}

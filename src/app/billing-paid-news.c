/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-paid-news"

#include "config.h"

#include "billing-paid-news.h"

#include <glib/gi18n.h>

#include "billing-paid.h"

struct _BillingPaidNews {
  GObject parent_instance;

  BillingStore *store; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gint64 last; /* the line of the ledger after which there may be news, -1: not known yet */
  gboolean reading;
  gboolean outdated; /* something changed while it was read */
};

enum { PAID, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingPaidNews, billing_paid_news, G_TYPE_OBJECT)

/* What one read brings, on its way from the reading thread. */
typedef struct {
  BillingPaidNews *news; /* (owned) */
  gint64 last;
  GPtrArray *payments; /* (owned) (nullable) */
  guint n;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->news);
  g_clear_pointer (&reading->payments, g_ptr_array_unref);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gboolean
read_news (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Reading *reading = data;

  /* The first look only finds out where the news begin. */
  if (reading->last < 0)
    return billing_paid_find_last (connection, &reading->last, error);

  return billing_paid_list (connection, &reading->last, BILLING_PAID_NEWS_MAX, &reading->payments, &reading->n, error);
}

static void start_reading (BillingPaidNews *self);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  BillingPaidNews *self = reading->news;
  g_autoptr (GError) error = NULL;

  if (!billing_store_read_finish (BILLING_STORE (object), result, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      /* The next change is another try; nobody is kept from working by it. */
      g_warning ("What was paid could not be read: %s", error->message);
    }

  self->reading = FALSE;
  if (error == NULL)
    {
      self->last = reading->last;
      if (reading->n > 0)
        g_signal_emit (self, signals[PAID], 0, reading->payments, reading->n);
    }
  if (self->outdated)
    start_reading (self);
}

static void
start_reading (BillingPaidNews *self)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->news = g_object_ref (self);
  reading->last = self->last;
  self->reading = TRUE;
  self->outdated = FALSE;
  billing_store_read_async (self->store, read_news, reading, NULL, self->cancellable, read_cb, reading);
}

static void
changed_cb (BillingPaidNews *self,
            const char      *kind)
{
  if (!g_str_equal (kind, "payments"))
    return;

  if (self->reading)
    self->outdated = TRUE;
  else
    start_reading (self);
}

static void
billing_paid_news_dispose (GObject *object)
{
  BillingPaidNews *self = BILLING_PAID_NEWS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (billing_paid_news_parent_class)->dispose (object);
}

static void
billing_paid_news_finalize (GObject *object)
{
  g_object_unref (BILLING_PAID_NEWS (object)->cancellable);

  G_OBJECT_CLASS (billing_paid_news_parent_class)->finalize (object);
}

static void
billing_paid_news_class_init (BillingPaidNewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = billing_paid_news_dispose;
  object_class->finalize = billing_paid_news_finalize;

  signals[PAID] = g_signal_new ("paid", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_UINT);
}

static void
billing_paid_news_init (BillingPaidNews *self)
{
  self->cancellable = g_cancellable_new ();
  self->last = -1;
}

/**
 * billing_paid_news_new:
 * @store: the books
 *
 * Returns: (transfer full): what tells of payments that are paid from now on
 */
BillingPaidNews *
billing_paid_news_new (BillingStore *store)
{
  BillingPaidNews *self = g_object_new (BILLING_TYPE_PAID_NEWS, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  start_reading (self);
  return self;
}

/**
 * billing_paid_news_format_one:
 * @number: of a payment
 *
 * Other people may see the screen: the number alone says it, without a patient or an amount.
 *
 * Returns: (transfer full): a sentence
 */
char *
billing_paid_news_format_one (const char *number)
{
  /* Translators: a number of a payment: “PAY-0412 was paid” */
  return g_strdup_printf (_("%s was paid"), number);
}

/**
 * billing_paid_news_format_many:
 * @n: how many payments
 *
 * Returns: (transfer full): a sentence
 */
char *
billing_paid_news_format_many (guint n)
{
  return g_strdup_printf (ngettext ("%u payment was paid", "%u payments were paid", n), n);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-client"

#include "config.h"

#include "billing-stripe-client.h"

#include "billing-stripe-base.h"
#include "billing-stripe-error.h"
#include "billing-stripe-key.h"
#include "billing-stripe-limiter.h"
#include "billing-stripe-refusal.h"
#include "billing-stripe-retry.h"
#include "billing-stripe-wire.h"

#define TIMEOUT 80

/* How many asynchronous requests are under way at once; more of them wait. */
#define MAX_WORKERS 16

/* Of Stripe's notices: how many are kept until somebody takes them, and how much of each. */
#define MAX_NOTICES 20
#define MAX_NOTICE 1000

struct _BillingStripeClient
{
  GObject parent_instance;

  BillingStripeKey *key;           /* (owned) */
  BillingStripeWire *wire;         /* (owned) */
  BillingStripeLimiter *limiter;   /* (owned) */
  const BillingStripeClock *clock; /* (not owned) */
  gboolean is_stand_in; /* this computer answers, not Stripe */

  GMutex mutex;
  GHashTable *notices; /* (owned), under @mutex: what Stripe said besides */
};

G_DEFINE_FINAL_TYPE (BillingStripeClient, billing_stripe_client, G_TYPE_OBJECT)

static gboolean
pause_before_retry (BillingStripeClient  *self,
                    guint                 done,
                    GCancellable         *cancellable,
                    GError              **error)
{
  const BillingStripeClock *clock = self->clock;
  gint64 delay = billing_stripe_retry_get_delay (done, clock->get_random (clock->data));

  return clock->wait (clock->data, clock->get_time (clock->data) + delay, cancellable, error);
}

/* Only what was not answered at all may be answered the next time. */
static gboolean
is_final (const GError *error)
{
  return error != NULL &&
         !g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE) &&
         !g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_TIMEOUT);
}

static gboolean
is_retry_due (guint                done,
              BillingStripeAnswer *answer,
              const GError        *error)
{
  if (is_final (error))
    return FALSE;
  return billing_stripe_retry_is_due (done, answer != NULL ? answer->status : 0,
                                      answer != NULL ? answer->should_retry : NULL);
}

/* Whoever stands in between may write what they like there: one line of text, without keys, and not too much of it. */
static void
keep_notice (BillingStripeClient *self,
             const char          *notice)
{
  g_autofree char *hidden = billing_stripe_refusal_hide_keys (notice);
  g_autofree char *text = g_utf8_substring (hidden, 0, MIN (g_utf8_strlen (hidden, -1), MAX_NOTICE));

  for (char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c))
        *c = ' ';
    }
  g_strstrip (text);

  g_mutex_lock (&self->mutex);
  if (*text != '\0' && g_hash_table_size (self->notices) < MAX_NOTICES)
    g_hash_table_add (self->notices, g_steal_pointer (&text));
  g_mutex_unlock (&self->mutex);
}

/* Neither ids nor parameters are logged: the endpoint names nobody. */
static BillingStripeAnswer *
send_once (BillingStripeClient   *self,
           BillingStripeRequest  *request,
           GCancellable          *cancellable,
           GError               **error)
{
  const char *endpoint = billing_stripe_request_get_endpoint (request);
  BillingStripeAnswer *answer;

  if (!billing_stripe_limiter_take (self->limiter, endpoint, cancellable, error))
    return NULL;

  answer = billing_stripe_wire_send (self->wire, request, cancellable, error);
  if (answer != NULL)
    g_debug ("%s: %u %s", endpoint, answer->status, answer->request_id != NULL ? answer->request_id : "");
  else
    g_debug ("%s: no answer", endpoint);
  if (answer != NULL && answer->notice != NULL)
    keep_notice (self, answer->notice);
  return answer;
}

static BillingStripeAnswer *
send_and_retry (BillingStripeClient   *self,
                BillingStripeRequest  *request,
                GCancellable          *cancellable,
                GError               **error)
{
  gboolean may_be_heard = FALSE;

  for (guint done = 0;; done++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (BillingStripeAnswer) answer = send_once (self, request, cancellable, &local_error);

      /* What was heard once is not unheard because the next time nobody was there. */
      may_be_heard = may_be_heard || !billing_stripe_error_is_unheard (local_error);
      if (local_error != NULL && may_be_heard)
        billing_stripe_error_set_unheard (local_error, FALSE);
      if (is_retry_due (done, answer, local_error))
        {
          if (!pause_before_retry (self, done, cancellable, error))
            return NULL;
          continue;
        }
      if (answer != NULL && answer->status / 100 == 2)
        return g_steal_pointer (&answer);

      g_propagate_error (error, answer != NULL ? billing_stripe_refusal_to_error (answer)
                                               : g_steal_pointer (&local_error));
      return NULL;
    }
}

/* --- asynchronously --------------------------------------------------------------------------- */

static void
send_in_worker (gpointer data,
                gpointer unused)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BillingStripeAnswer *answer = billing_stripe_client_send (g_task_get_source_object (task),
                                                            g_task_get_task_data (task),
                                                            g_task_get_cancellable (task), &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) billing_stripe_answer_free);
  else
    g_task_return_error (task, error);
}

/* GTask's own threads are few and shared with all of GIO: a server that hangs must not hold
 * them. */
static GThreadPool *
get_workers (void)
{
  static GThreadPool *workers;

  if (g_once_init_enter (&workers))
    g_once_init_leave (&workers,
                       g_thread_pool_new (send_in_worker, NULL, MAX_WORKERS, FALSE, NULL));
  return workers;
}

/* --- object ----------------------------------------------------------------------------------- */

static void
billing_stripe_client_finalize (GObject *object)
{
  BillingStripeClient *self = BILLING_STRIPE_CLIENT (object);

  g_clear_pointer (&self->wire, billing_stripe_wire_free);
  g_clear_pointer (&self->limiter, billing_stripe_limiter_free);
  g_clear_pointer (&self->key, billing_stripe_key_free);
  g_clear_pointer (&self->notices, g_hash_table_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (billing_stripe_client_parent_class)->finalize (object);
}

static void
billing_stripe_client_class_init (BillingStripeClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_stripe_client_finalize;
}

static void
billing_stripe_client_init (BillingStripeClient *self)
{
  g_mutex_init (&self->mutex);
  self->notices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

BillingStripeClient *
billing_stripe_client_new (const char  *base,
                           const char  *key,
                           GError     **error)
{
  return billing_stripe_client_new_full (base, key, 0, NULL, error);
}

BillingStripeClient *
billing_stripe_client_new_full (const char                *base,
                                const char                *key,
                                guint                      timeout,
                                const BillingStripeClock  *clock,
                                GError                   **error)
{
  g_autoptr (BillingStripeKey) checked = NULL;
  g_autoptr (GUri) uri = NULL;
  BillingStripeClient *self;

  g_return_val_if_fail (key != NULL, NULL);

  uri = billing_stripe_base_parse (base != NULL ? base : BILLING_STRIPE_BASE, error);
  if (uri == NULL)
    return NULL;
  checked = billing_stripe_key_new (key, error);
  if (checked == NULL)
    return NULL;

  self = g_object_new (BILLING_TYPE_STRIPE_CLIENT, NULL);
  self->key = g_steal_pointer (&checked);
  self->clock = clock != NULL ? clock : billing_stripe_clock_get_default ();
  self->limiter = billing_stripe_limiter_new (billing_stripe_key_is_live (self->key), self->clock);
  self->is_stand_in = billing_stripe_base_is_loopback (uri);
  self->wire = billing_stripe_wire_new (uri, self->key, timeout != 0 ? timeout : TIMEOUT, self->is_stand_in);
  return self;
}

gboolean
billing_stripe_client_is_live (BillingStripeClient *self)
{
  g_return_val_if_fail (BILLING_IS_STRIPE_CLIENT (self), FALSE);

  return billing_stripe_key_is_live (self->key);
}

gboolean
billing_stripe_client_is_restricted (BillingStripeClient *self)
{
  g_return_val_if_fail (BILLING_IS_STRIPE_CLIENT (self), FALSE);

  return billing_stripe_key_is_restricted (self->key);
}

BillingStripeAnswer *
billing_stripe_client_send (BillingStripeClient   *self,
                            BillingStripeRequest  *request,
                            GCancellable          *cancellable,
                            GError               **error)
{
  g_autoptr (BillingStripeAnswer) answer = NULL;

  g_return_val_if_fail (BILLING_IS_STRIPE_CLIENT (self) && request != NULL, NULL);

  answer = send_and_retry (self, request, cancellable, error);
  if (answer == NULL || !billing_stripe_answer_check (answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}

void
billing_stripe_client_send_async (BillingStripeClient  *self,
                                  BillingStripeRequest *request,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BILLING_IS_STRIPE_CLIENT (self) && request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, billing_stripe_client_send_async);
  g_task_set_check_cancellable (task, FALSE); /* an answer that came is never dropped */
  g_task_set_task_data (task, billing_stripe_request_ref (request),
                        (GDestroyNotify) billing_stripe_request_unref);
  g_thread_pool_push (get_workers (), g_steal_pointer (&task), NULL);
}

BillingStripeAnswer *
billing_stripe_client_send_finish (BillingStripeClient  *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

BillingStripePage *
billing_stripe_client_get_page (BillingStripeClient   *self,
                                BillingStripeRequest  *request,
                                const char            *cursor,
                                GCancellable          *cancellable,
                                GError               **error)
{
  g_autoptr (BillingStripeAnswer) answer = NULL;

  g_return_val_if_fail (BILLING_IS_STRIPE_CLIENT (self) && request != NULL, NULL);

  answer = send_and_retry (self, request, cancellable, error);
  return answer != NULL ? billing_stripe_page_new (answer, cursor, error) : NULL;
}

GStrv
billing_stripe_client_take_notices (BillingStripeClient *self)
{
  g_autoptr (GPtrArray) notices = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer notice;

  g_return_val_if_fail (BILLING_IS_STRIPE_CLIENT (self), NULL);

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->notices);
  while (g_hash_table_iter_next (&iter, &notice, NULL))
    {
      g_ptr_array_add (notices, notice);
      g_hash_table_iter_steal (&iter);
    }
  g_mutex_unlock (&self->mutex);

  g_ptr_array_add (notices, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&notices), FALSE);
}

const BillingStripeClock *
billing_stripe_client_get_clock (BillingStripeClient *self)
{
  return self->clock;
}

/* Not everything that answers in Stripe's place says in Stripe's words that there is no such
 * path. */
gboolean
billing_stripe_client_lacks (BillingStripeClient *self,
                             const GError        *error)
{
  const BillingStripeDetail *detail = billing_stripe_error_get_detail (error);

  if (!self->is_stand_in)
    return FALSE;
  return g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND) ||
         g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID) ||
         (g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE) &&
          detail != NULL &&
          (detail->status == 404 || detail->status == 405));
}

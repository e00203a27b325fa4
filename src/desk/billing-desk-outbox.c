/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-outbox"

#include "config.h"

#include "billing-desk-outbox.h"

#include "billing-audit.h"
#include "billing-desk-posting.h"
#include "billing-desk-private.h"
#include "billing-outbox.h"
#include "billing-stripe-delivery.h"
#include "billing-stripe-error.h"
#include "billing-table.h"

/*
 * Telling Stripe what waits (design.md, section 6): an intent is claimed in one transaction, sent
 * in none, and settled in another. What Stripe answers is in the mirror before it is posted, and
 * posted before the intent counts as done: so that what it had reserved is never free while its
 * effect is not yet there. Between any two of these steps the program may be killed: the intent is
 * then sent again with the same key, Stripe answers as before, and what was posted is posted once.
 */

/* Seconds until the second try; each further wait is twice as long, up to an hour, and at random
 * down to a half of that. */
#define FIRST_WAIT 15
#define LONGEST_WAIT 3600

/* After so many intents in a row for which Stripe could not be reached the others wait too. */
#define MAX_LOST_IN_A_ROW 2

typedef struct {
  BillingDesk *desk;
  BillingStripeClient *client;
  BillingMirror *mirror;
  GCancellable *cancellable;
  guint n_sent;
  guint n_lost; /* in a row */

  gboolean (*claim) (BillingConnection *connection, gint64 now, BillingIntent **intent,
                     GError **error);
  void (*deliver) (BillingStripeClient *client, BillingMirror *mirror, BillingIntent *intent,
                   BillingStripeDelivery *delivery, GCancellable *cancellable);
  gboolean is_sending; /* not looking up */

  /* Of the intent in hand. */
  BillingIntent *intent; /* (owned) (nullable) */
  BillingStripeDelivery delivery;
} Work;

static gboolean
recover_func (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Work *work = data;

  return billing_outbox_recover (connection, billing_desk_get_now (work->desk), error);
}

static gboolean
claim_func (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Work *work = data;

  g_clear_object (&work->intent);
  return work->claim (connection, billing_desk_get_now (work->desk), &work->intent, error);
}

static gint64
get_wait (gint64 tries)
{
  gint64 longest = MIN (LONGEST_WAIT, FIRST_WAIT << MIN (tries, 10));

  return g_random_int_range ((gint32) longest / 2, (gint32) longest + 1);
}

/* Puts it back, to be sent again, or looked up again. */
static gboolean
postpone_func (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  Work *work = data;
  BillingIntent *intent = work->intent;
  gint64 now = billing_desk_get_now (work->desk);
  gboolean is_unknown = intent->state == BILLING_OUTBOX_STATE_UNKNOWN ||
                        work->delivery.outcome == BILLING_STRIPE_OUTCOME_UNKNOWN;

  intent->state = is_unknown ? BILLING_OUTBOX_STATE_UNKNOWN : BILLING_OUTBOX_STATE_QUEUED;
  intent->next_at = work->delivery.outcome == BILLING_STRIPE_OUTCOME_UNKNOWN ? 0 : now + get_wait (intent->tries);
  if (intent->first_sent_at == 0 && work->delivery.outcome != BILLING_STRIPE_OUTCOME_UNHEARD)
    intent->first_sent_at = now;
  g_free (intent->problem);
  intent->problem = g_strdup (work->delivery.problem);
  g_free (intent->request_id);
  intent->request_id = g_strdup (work->delivery.request_id);
  return billing_outbox_postpone (connection, intent, error);
}

static void
take_delivery (BillingIntent               *intent,
               const BillingStripeDelivery *delivery)
{
  gboolean is_done = delivery->outcome == BILLING_STRIPE_OUTCOME_DONE;

  intent->state = is_done ? BILLING_OUTBOX_STATE_DONE : BILLING_OUTBOX_STATE_FAILED;
  g_free (intent->problem);
  intent->problem = g_strdup (delivery->problem);
  g_free (intent->answer);
  intent->answer = g_strdup (delivery->answer);
  g_free (intent->request_id);
  intent->request_id = g_strdup (delivery->request_id);
  g_free (intent->result_id);
  intent->result_id = g_strdup (delivery->result_id);
}

/* Stripe's no is as much a part of the history as the wish. */
static gboolean
audit_refusal (Work               *work,
               BillingConnection  *connection,
               BillingRecord      *before,
               GError            **error)
{
  g_autoptr (BillingRecord) after = billing_table_get (connection, BILLING_TYPE_INTENT,
                                                       billing_record_get_id (before), error);
  g_autofree char *owner = billing_intent_find_owner (work->intent, connection);

  return after != NULL &&
         billing_audit_write (connection, billing_desk_get_now (work->desk), BILLING_DESK_STRIPE,
                              billing_intent_get_verb (work->intent), owner,
                              before, after, work->intent->problem, error);
}

static gboolean
settle_func (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Work *work = data;
  g_autoptr (BillingRecord) before = billing_table_get (connection, BILLING_TYPE_INTENT,
                                                        billing_record_get_id (BILLING_RECORD (work->intent)), error);
  gboolean is_settled;

  if (before == NULL)
    return FALSE;

  take_delivery (work->intent, &work->delivery);
  if (!billing_outbox_settle (connection, work->intent, &is_settled, error))
    return FALSE;

  if (!is_settled)
    return TRUE;
  if (work->intent->state == BILLING_OUTBOX_STATE_DONE)
    return billing_intent_settle (work->intent, work->desk, connection, error);

  return billing_intent_release (work->intent, work->desk, connection, error) &&
         audit_refusal (work, connection, before, error);
}

/* Where the books cannot be posted to, the queue of what is to be posted keeps it; the answer is
 * written down all the same. */
static gboolean
conclude (Work    *work,
          GError **error)
{
  BillingStore *store = billing_desk_get_store (work->desk);
  BillingStripeOutcome outcome = work->delivery.outcome;
  gboolean is_settled;
  gboolean is_posted;
  guint64 n_posted;

  if (outcome != BILLING_STRIPE_OUTCOME_DONE && outcome != BILLING_STRIPE_OUTCOME_REFUSED)
    return billing_store_write (store, postpone_func, work, NULL, error);

  work->n_sent++;
  is_posted = billing_desk_post_stripe (work->desk, work->mirror, &n_posted, NULL, error);
  is_settled = billing_store_write (store, settle_func, work, NULL, is_posted ? error : NULL);
  return is_posted && is_settled;
}

static gboolean
is_unreachable (const GError *error)
{
  return g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE) ||
         g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_TIMEOUT);
}

/* Whether the others can be tried; with @error where they cannot. */
static gboolean
may_go_on (Work    *work,
           GError **error)
{
  work->n_lost = is_unreachable (work->delivery.error) ? work->n_lost + 1 : 0;
  if (!billing_stripe_delivery_stops (&work->delivery) && work->n_lost < MAX_LOST_IN_A_ROW)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&work->delivery.error));
  return FALSE;
}

/* A document that is damaged or gone cannot be sent, now or later. */
static void
send_file (Work *work)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = billing_dispute_load_file (work->desk, work->intent, &error);

  if (file != NULL)
    billing_stripe_delivery_send_file (work->client, work->mirror, work->intent, file, &work->delivery, work->cancellable);
  else
    work->delivery = (BillingStripeDelivery) { .outcome = BILLING_STRIPE_OUTCOME_REFUSED, .problem = g_strdup (error->message) };
}

static void
deliver_one (Work *work)
{
  if (work->is_sending && g_str_equal (work->intent->kind, "dispute-file"))
    send_file (work);
  else
    work->deliver (work->client, work->mirror, work->intent, &work->delivery, work->cancellable);
}

/* Claims, delivers and concludes what is due, one after the other. */
static gboolean
deliver_all (Work    *work,
             GError **error)
{
  BillingStore *store = billing_desk_get_store (work->desk);
  gboolean success = TRUE;

  while (success)
    {
      if (g_cancellable_set_error_if_cancelled (work->cancellable, error) ||
          !billing_store_write (store, claim_func, work, NULL, error))
        return FALSE;
      if (work->intent == NULL)
        return TRUE;

      deliver_one (work);
      success = conclude (work, error) && may_go_on (work, error);
      billing_stripe_delivery_clear (&work->delivery);
    }

  return FALSE;
}

/**
 * billing_desk_deliver:
 * @desk: a session
 * @client: for the account that the practice is bound to
 * @mirror: of the practice; the caller holds its lock file
 * @n_sent: (out) (optional): how many intents Stripe answered, with yes or no
 * @cancellable: (nullable): stops it; what is on its way is sent again the next time, with the same
 *   key
 * @error: return location for a #BillingStripeError or #BillingStoreError
 *
 * Tells Stripe what is due, posts what it answers, and looks up what people asked about. An intent
 * that Stripe refuses, or does not answer, is no error: it says so itself, and the others go on.
 * Not for the thread of a main loop.
 *
 * Returns: whether everything that is due was tried; %FALSE where Stripe cannot be reached or takes
 *   no more, or where the books cannot be written. Nothing is lost then.
 */
gboolean
billing_desk_deliver (BillingDesk          *desk,
                      BillingStripeClient  *client,
                      BillingMirror        *mirror,
                      guint                *n_sent,
                      GCancellable         *cancellable,
                      GError              **error)
{
  Work work = { .desk = desk, .client = client, .mirror = mirror, .cancellable = cancellable };
  gboolean success;

  work.claim = billing_outbox_claim;
  work.deliver = billing_stripe_delivery_send;
  work.is_sending = TRUE;
  success = billing_store_write (billing_desk_get_store (desk), recover_func, &work, cancellable,
                                 error) &&
            deliver_all (&work, error);
  if (success)
    {
      work.claim = billing_outbox_claim_check;
      work.deliver = billing_stripe_delivery_look_up;
      work.is_sending = FALSE;
      success = deliver_all (&work, error);
    }

  if (n_sent != NULL)
    *n_sent = work.n_sent;
  g_clear_object (&work.intent);
  return success;
}

typedef struct {
  const char *id;
  char *url; /* (owned) (nullable) */
} Page;

static gboolean
find_page_func (BillingConnection  *connection,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  Page *page = data;
  g_autoptr (BillingRecord) intent = billing_table_get (connection, BILLING_TYPE_INTENT, page->id,
                                                        error);

  if (intent == NULL)
    return FALSE;

  page->url = billing_stripe_delivery_get_url (BILLING_INTENT (intent)->answer);
  return TRUE;
}

/**
 * billing_desk_find_page:
 * @desk: a session
 * @intent_id: the result of an authorisation by `page`
 * @url: (out) (transfer full) (nullable): where the patient enters the card; %NULL while Stripe has
 *   not made the page
 * @error: return location for an error
 *
 * Returns: whether it could be read
 */
gboolean
billing_desk_find_page (BillingDesk  *desk,
                        const char   *intent_id,
                        char        **url,
                        GError      **error)
{
  Page page = { intent_id, NULL };
  gboolean success = billing_store_read (billing_desk_get_store (desk), find_page_func, &page, NULL,
                                         error);

  *url = page.url;
  return success;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-links"

#include "config.h"

#include "billing-desk-links.h"

#include <glib/gi18n-lib.h>

#include "billing-audit.h"
#include "billing-day.h"
#include "billing-desk-private.h"
#include "billing-ledger.h"
#include "billing-link-store.h"
#include "billing-outbox.h"
#include "billing-stripe-delivery.h"
#include "billing-stripe-request.h"
#include "billing-table.h"

/*
 * Payment links: pages of Stripe's on which one payment can be paid once, until a day that we enforce, since Stripe ends none by itself. A link
 * closes in the same act as what makes it wrong: closed here at once, and at Stripe as soon as it can be told. First it is made inactive, so that
 * nobody opens it any more, then the visits that were open at that time are ended. What slips through between is late money.
 */

/* Stripe takes amounts of eight digits. */
#define MAX_STRIPE_AMOUNT G_GINT64_CONSTANT (99999999)

#define LINKS_PATH "/v1/payment_links/"

/* --- closing ---------------------------------------------------------------------------------- */

static gboolean
queue_close (BillingTurn  *turn,
             BillingLink  *link,
             const char   *after_id,
             GError      **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = billing_turn_begin_intent_of (turn, "link-close", link->payment_id, 0, link->currency,
                                                                   error);

  if (intent == NULL)
    return FALSE;

  intent->record_id = g_strdup (billing_record_get_id (BILLING_RECORD (link)));
  intent->after_id = g_strdup (after_id);
  billing_stripe_form_add_boolean (form, "active", FALSE);
  billing_stripe_form_add_string (form, "inactive_message", _("This link can no longer be paid. Please ask the practice "
                                                              "for a new one."));
  /* What Stripe has still to make has no id yet; the path is completed when it is sent. */
  return billing_turn_queue_intent (turn, intent,
                                    link->stripe_id != NULL ? billing_stripe_path_new ("payment_links", link->stripe_id, NULL)
                                                            : g_strdup (LINKS_PATH),
                                    form, error);
}

/* A page that is open in somebody's browser. */
static gboolean
queue_expiry (BillingTurn  *turn,
              const char   *payment_id,
              const char   *currency,
              const char   *link_id,
              const char   *session,
              GError      **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = billing_turn_begin_intent_of (turn, "session-expire", payment_id, 0, currency, error);

  if (intent == NULL)
    return FALSE;

  intent->record_id = g_strdup (link_id);
  return billing_turn_queue_intent (turn, intent, billing_stripe_path_new ("checkout", "sessions", session, "expire", NULL),
                                    form, error);
}

/* Ends the visits of a closed link that are open, and the link where nothing is left to do. */
static gboolean
advance (BillingTurn  *turn,
         BillingLink  *link,
         GError      **error)
{
  g_autoptr (GPtrArray) sessions = billing_link_store_list_sessions (turn->connection, link, error);
  BillingLinkStanding standing;

  if (sessions == NULL)
    return FALSE;

  for (guint i = 0; i < sessions->len; i++)
    {
      if (!queue_expiry (turn, link->payment_id, link->currency, billing_record_get_id (BILLING_RECORD (link)),
                         sessions->pdata[i], error))
        return FALSE;
    }

  if (!billing_link_store_look (turn->connection, link, &standing, error))
    return FALSE;
  if (standing.pending > 0 || standing.sessions > 0 || standing.close_failed)
    return TRUE;

  link->state = BILLING_LINK_STATE_CLOSED;
  link->closed_at = turn->now;
  return billing_table_update (turn->connection, BILLING_RECORD (link), error);
}

static gboolean
withdraw (BillingTurn    *turn,
          BillingIntent  *intent,
          GError        **error)
{
  gboolean is_settled;

  intent->state = BILLING_OUTBOX_STATE_WITHDRAWN;
  return billing_outbox_settle (turn->connection, intent, &is_settled, error);
}

/* One that Stripe does not know yet is not made any more; where that is too late, it is closed when it is made. */
static gboolean
close_unmade (BillingTurn  *turn,
              BillingLink  *link,
              GError      **error)
{
  g_autoptr (BillingIntent) maker = NULL;

  if (!billing_link_store_find_maker (turn->connection, link, &maker, error))
    return FALSE;

  if (maker == NULL || (maker->state == BILLING_OUTBOX_STATE_QUEUED && maker->first_sent_at == 0))
    {
      link->state = BILLING_LINK_STATE_CLOSED;
      link->closed_at = turn->now;
      return maker == NULL || withdraw (turn, maker, error);
    }

  link->state = BILLING_LINK_STATE_CLOSING;
  return queue_close (turn, link, billing_record_get_id (BILLING_RECORD (maker)), error);
}

/* Whoever closes it, it says why. */
static gboolean
audit (BillingTurn  *turn,
       BillingLink  *before,
       BillingLink  *link,
       GError      **error)
{
  return billing_audit_write (turn->connection, turn->now, turn->account, BILLING_VERB_LINK_CANCEL, link->payment_id,
                              BILLING_RECORD (before), BILLING_RECORD (link), link->why, error);
}

/* Where Stripe closed it itself, there is nothing to be told but to those who have it open. */
static gboolean
close_link (BillingTurn  *turn,
            BillingLink  *link,
            const char   *why,
            gboolean      is_used_up,
            GError      **error)
{
  g_autoptr (BillingLink) before = billing_link_new ();

  billing_record_copy (BILLING_RECORD (before), BILLING_RECORD (link));
  g_free (link->why);
  link->why = g_strdup (why);

  if (link->state == BILLING_LINK_STATE_WAITING)
    {
      if (!close_unmade (turn, link, error))
        return FALSE;
    }
  else
    {
      link->state = BILLING_LINK_STATE_CLOSING;
      if (!is_used_up && !queue_close (turn, link, NULL, error))
        return FALSE;
    }

  return billing_table_update (turn->connection, BILLING_RECORD (link), error) &&
         audit (turn, before, link, error) &&
         (!is_used_up || advance (turn, link, error));
}

/**
 * billing_turn_close_pages:
 * @turn: an act after which the payment is not to be paid on the page that is open for it
 * @payment: it
 * @why: the word that the link keeps: collected, cancelled, amount, replaced, authorised
 * @error: return location for an error
 *
 * Closes its payment link, and the page on which it could be authorised, if there are any.
 *
 * Returns: whether they are closed here, and Stripe will be told
 */
gboolean
billing_turn_close_pages (BillingTurn     *turn,
                          BillingPayment  *payment,
                          const char      *why,
                          GError         **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (payment));
  g_autoptr (GPtrArray) pages = billing_link_store_list_pages (turn->connection, id, error);
  g_autoptr (BillingLink) link = NULL;

  if (pages == NULL || !billing_link_store_find_open (turn->connection, id, &link, error) ||
      (link != NULL && !close_link (turn, link, why, FALSE, error)))
    return FALSE;

  for (guint i = 0; i < pages->len; i++)
    {
      if (!queue_expiry (turn, id, payment->currency, NULL, pages->pdata[i], error))
        return FALSE;
    }

  return TRUE;
}

/* --- what comes about by itself --------------------------------------------------------------- */

/* What nobody at the desk does is done in the name of @account. */
static void
begin_turn (BillingTurn        *turn,
            BillingDesk        *desk,
            BillingConnection  *connection,
            BillingAct         *act,
            const char         *account,
            const char         *today)
{
  *turn = (BillingTurn) { .desk = desk, .connection = connection, .act = act, .account = account,
                          .now = billing_desk_get_now (desk), .today = today };
}

static gboolean
close_used_up (BillingTurn  *turn,
               GError      **error)
{
  g_autoptr (GPtrArray) links = billing_link_store_list_used_up (turn->connection, error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      if (!close_link (turn, links->pdata[i], "paid", TRUE, error))
        return FALSE;
    }

  return links != NULL;
}

static gboolean
close_unwanted (BillingTurn  *turn,
                GError      **error)
{
  g_autoptr (GPtrArray) links = billing_link_store_list_unwanted (turn->connection, error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      BillingLink *link = links->pdata[i];
      g_autoptr (BillingRecord) payment = billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, link->payment_id, error);
      gboolean is_paid = payment != NULL && BILLING_PAYMENT (payment)->collected > 0;

      if (payment == NULL || !close_link (turn, link, is_paid ? "paid" : "cancelled", FALSE, error))
        return FALSE;
    }

  return links != NULL;
}

/**
 * billing_desk_close_links:
 * @desk: a session
 * @connection: inside a writing transaction
 * @error: return location for an error
 *
 * Closes the links by which payments were paid, and those of payments that Stripe's money has settled in another way.
 *
 * Returns: whether none of these can be paid any more
 */
gboolean
billing_desk_close_links (BillingDesk        *desk,
                          BillingConnection  *connection,
                          GError            **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_LINK_CANCEL, NULL);
  g_autofree char *today = billing_desk_get_today (desk);
  BillingTurn turn;

  begin_turn (&turn, desk, connection, act, BILLING_DESK_STRIPE, today);
  return close_used_up (&turn, error) && close_unwanted (&turn, error);
}

static gboolean
expire_func (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  BillingDesk *desk = data;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_LINK_CANCEL, NULL);
  g_autoptr (GPtrArray) links = billing_link_store_list_expired (connection, billing_desk_get_now (desk), error);
  g_autofree char *today = billing_desk_get_today (desk);
  BillingTurn turn;

  begin_turn (&turn, desk, connection, act, BILLING_DESK_CLOCK, today);
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      if (!close_link (&turn, links->pdata[i], "expired", FALSE, error))
        return FALSE;
    }

  return links != NULL;
}

typedef struct {
  BillingDesk *desk;
  gboolean is_due;
} Expiry;

static gboolean
look_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Expiry *expiry = data;
  g_autoptr (GPtrArray) links = billing_link_store_list_expired (connection, billing_desk_get_now (expiry->desk), error);

  expiry->is_due = links != NULL && links->len > 0;
  return links != NULL;
}

/**
 * billing_desk_expire_links:
 * @desk: a session
 * @error: return location for an error
 *
 * Closes the links whose last day is over, with or without a network: Stripe is told with the next round. Blocks for a moment; to be called
 * whenever somebody looks: by the window, by the timer, by the portal.
 *
 * Returns: whether none is open longer than it may be
 */
gboolean
billing_desk_expire_links (BillingDesk  *desk,
                           GError      **error)
{
  BillingStore *store = billing_desk_get_store (desk);
  Expiry expiry = { desk, FALSE };

  return billing_store_read (store, look_func, &expiry, NULL, error) &&
         (!expiry.is_due || billing_store_write (store, expire_func, desk, NULL, error));
}

/* --- what Stripe answers ---------------------------------------------------------------------- */

static BillingLink *
load_link (BillingConnection  *connection,
           BillingIntent      *intent,
           GError            **error)
{
  return (BillingLink *) billing_table_get (connection, BILLING_TYPE_LINK, intent->record_id, error);
}

/* One that was closed meanwhile stays so; Stripe is told next. */
static gboolean
open_link (BillingTurn    *turn,
           BillingLink    *link,
           BillingIntent  *maker,
           GError        **error)
{
  g_free (link->stripe_id);
  link->stripe_id = g_strdup (maker->result_id);
  g_free (link->url);
  link->url = billing_stripe_delivery_get_url (maker->answer);
  link->opened_at = turn->now;
  if (link->state == BILLING_LINK_STATE_WAITING)
    link->state = BILLING_LINK_STATE_OPEN;

  return billing_table_update (turn->connection, BILLING_RECORD (link), error);
}

/**
 * billing_link_settle:
 * @desk: a session
 * @connection: inside a writing transaction
 * @intent: that Stripe has done
 * @error: return location for an error
 *
 * Opens the link that Stripe has made, or brings one that is being closed a step further. Other intents are left alone.
 *
 * Returns: whether it is written
 */
gboolean
billing_link_settle (BillingDesk        *desk,
                     BillingConnection  *connection,
                     BillingIntent      *intent,
                     GError            **error)
{
  BillingVerb verb = billing_intent_get_verb (intent);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_LINK_CANCEL, NULL);
  g_autofree char *today = billing_desk_get_today (desk);
  g_autoptr (BillingLink) link = NULL;
  BillingTurn turn;

  if ((verb != BILLING_VERB_PAYMENT_LINK && verb != BILLING_VERB_LINK_CANCEL) || intent->record_id == NULL)
    return TRUE;

  link = load_link (connection, intent, error);
  if (link == NULL)
    return FALSE;

  begin_turn (&turn, desk, connection, act, intent->person, today);
  if (verb == BILLING_VERB_PAYMENT_LINK)
    return open_link (&turn, link, intent, error);

  return link->state != BILLING_LINK_STATE_CLOSING || advance (&turn, link, error);
}

/**
 * billing_link_release:
 * @desk: a session
 * @connection: inside a writing transaction
 * @intent: by which a link was to be made, and never will be
 * @error: return location for an error
 *
 * Returns: whether there is no such link any more
 */
gboolean
billing_link_release (BillingDesk        *desk,
                      BillingConnection  *connection,
                      BillingIntent      *intent,
                      GError            **error)
{
  gboolean is_refused = intent->state == BILLING_OUTBOX_STATE_FAILED;
  g_autoptr (BillingLink) link = load_link (connection, intent, error);

  if (link == NULL)
    return FALSE;

  if (link->state == BILLING_LINK_STATE_WAITING)
    {
      g_free (link->why);
      link->why = g_strdup (is_refused ? intent->problem : "cancelled");
      link->state = is_refused ? BILLING_LINK_STATE_FAILED : BILLING_LINK_STATE_CLOSED;
    }
  else if (link->state == BILLING_LINK_STATE_CLOSING)
    {
      link->state = BILLING_LINK_STATE_CLOSED;
    }
  link->closed_at = billing_desk_get_now (desk);
  return billing_table_update (connection, BILLING_RECORD (link), error) &&
         billing_outbox_withdraw_followers (connection, billing_record_get_id (BILLING_RECORD (intent)), error);
}

/* --- the verbs -------------------------------------------------------------------------------- */

static char *
choose_day (BillingTurn  *turn,
            GError      **error)
{
  const char *said = turn->act->expires;
  g_autofree char *day = NULL;
  gint64 days;

  if (!billing_turn_check_day (said, error))
    return NULL;

  day = said != NULL && *said != '\0' ? g_strdup (said)
                                      : billing_day_add (turn->today, (int) billing_desk_get_practice (turn->desk)->link_days);
  days = day != NULL ? billing_day_difference (day, turn->today) : -1;
  if (days >= 0 && days <= BILLING_LINK_MAX_DAYS)
    return g_steal_pointer (&day);

  billing_desk_refuse (error, _("A payment link is open until today at least, and for %d days at most. Nothing was "
                                "changed."), BILLING_LINK_MAX_DAYS);
  return NULL;
}

static gboolean
check_amount (BillingPayment  *payment,
              GError         **error)
{
  if (payment->amount <= MAX_STRIPE_AMOUNT)
    return billing_turn_check_minor (payment->amount, payment->currency, error);

  return billing_desk_refuse (error, _("Stripe does not take as much as %s asks for at once. Nothing was changed."),
                              payment->number);
}

static BillingLink *
begin_link (BillingTurn     *turn,
            BillingPayment  *payment,
            const char      *day,
            GError         **error)
{
  g_autofree char *id = billing_table_new_id (turn->connection, "lnk", error);
  g_autofree char *next = billing_day_add (day, 1);
  BillingLink *link;

  if (id == NULL)
    return NULL;

  link = billing_link_new ();
  billing_record_set_id (BILLING_RECORD (link), id);
  link->payment_id = g_strdup (billing_record_get_id (BILLING_RECORD (payment)));
  link->state = BILLING_LINK_STATE_WAITING;
  link->amount = payment->amount;
  link->currency = g_strdup (payment->currency);
  link->expires_on = g_strdup (day);
  link->expires_at = billing_day_start (next, billing_desk_get_practice (turn->desk)->time_zone);
  link->person = g_strdup (turn->account);
  link->created_at = turn->now;
  return link;
}

/* Paid once and by all of it; what comes of it carries our marks. */
static void
fill_form (BillingStripeForm *form,
           BillingIntent     *intent,
           BillingLink       *link,
           const char        *number)
{
  g_autofree char *description = billing_intent_describe (number);

  billing_intent_add_line (intent, form, number);
  billing_stripe_form_open (form, "restrictions");
  billing_stripe_form_open (form, "completed_sessions");
  billing_stripe_form_add_integer (form, "limit", 1);
  billing_stripe_form_close (form);
  billing_stripe_form_close (form);
  billing_stripe_form_open (form, "payment_intent_data");
  billing_stripe_form_add_string (form, "description", description);
  billing_intent_add_metadata (intent, form, number);
  billing_stripe_form_close (form);
  billing_stripe_form_open (form, "metadata");
  billing_intent_add_marks (intent, form, number);
  billing_stripe_form_add_integer (form, "expires_at", link->expires_at);
  billing_stripe_form_close (form);
  billing_stripe_form_add_string (form, "inactive_message", _("This link has been paid, or can no longer be paid. Please "
                                                              "ask the practice."));
}

static gboolean
queue_link (BillingTurn     *turn,
            BillingPayment  *payment,
            BillingLink     *link,
            GError         **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingIntent) intent = billing_turn_begin_intent (turn, BILLING_VERB_PAYMENT_LINK, payment, link->amount,
                                                                error);

  if (intent == NULL)
    return FALSE;

  intent->record_id = g_strdup (billing_record_get_id (BILLING_RECORD (link)));
  fill_form (form, intent, link, payment->number);
  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (intent)));
  return billing_turn_queue_intent (turn, intent, billing_stripe_path_new ("payment_links", NULL), form, error);
}

/**
 * billing_desk_make_link:
 * @turn: a payment; expires: the last day on which the link is open (otherwise after so many days as the practice says)
 * @error: return location for an error
 *
 * Returns: whether Stripe will be asked for a page on which the payment can be paid; the result is the id of the intent. An
 *   older page is closed.
 */
gboolean
billing_desk_make_link (BillingTurn  *turn,
                        GError      **error)
{
  g_autoptr (BillingPayment) before = NULL;
  g_autoptr (BillingPayment) payment = billing_turn_load_payment (turn, &before, error);
  g_autofree char *day = NULL;
  g_autoptr (BillingLink) link = NULL;

  if (payment == NULL || !billing_turn_check_connected (turn, NULL, error) ||
      !billing_turn_check_nothing_waits (turn, payment, error) || !check_amount (payment, error))
    return FALSE;

  day = choose_day (turn, error);
  link = day != NULL ? begin_link (turn, payment, day, error) : NULL;
  return link != NULL &&
         billing_turn_submit_first (turn, payment, error) &&
         billing_turn_close_pages (turn, payment, "replaced", error) &&
         billing_table_insert (turn->connection, BILLING_RECORD (link), error) &&
         queue_link (turn, payment, link, error) &&
         billing_ledger_settle (turn->connection, payment, error) &&
         billing_turn_audit (turn, link->payment_id, NULL, BILLING_RECORD (link), NULL, error);
}

/* The link of a payment that is not closed for good, or the one that is named. */
static gboolean
find_link (BillingTurn   *turn,
           BillingLink  **link,
           GError       **error)
{
  const char *name = turn->act->subject != NULL ? turn->act->subject : "";
  g_autoptr (BillingRecord) record = NULL;
  const char *id;

  *link = NULL;
  if (g_str_has_prefix (name, "lnk_"))
    {
      *link = (BillingLink *) billing_table_get (turn->connection, BILLING_TYPE_LINK, name, error);
      return *link != NULL;
    }

  record = billing_table_get (turn->connection, BILLING_TYPE_PAYMENT, name, error);
  if (record == NULL)
    return FALSE;

  id = billing_record_get_id (record);
  return billing_link_store_find_open (turn->connection, id, link, error) &&
         (*link != NULL || billing_link_store_find_newest (turn->connection, id, link, error));
}

/* Stripe refused to close it: perhaps it does not now. */
static gboolean
close_again (BillingTurn  *turn,
             BillingLink  *link,
             GError      **error)
{
  BillingLinkStanding standing;

  if (!billing_link_store_look (turn->connection, link, &standing, error))
    return FALSE;
  if (standing.pending > 0)
    return billing_desk_refuse (error, _("The link is closed here already, and Stripe will be told. Nothing was changed."));

  return queue_close (turn, link, NULL, error) && audit (turn, link, link, error);
}

/**
 * billing_desk_cancel_link:
 * @turn: a payment, or the id of a link
 * @error: return location for an error
 *
 * Returns: whether the link is closed here, and Stripe will be told
 */
gboolean
billing_desk_cancel_link (BillingTurn  *turn,
                          GError      **error)
{
  g_autoptr (BillingLink) link = NULL;

  if (!find_link (turn, &link, error))
    return FALSE;

  if (link != NULL)
    billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (link)));
  if (link != NULL && (link->state == BILLING_LINK_STATE_WAITING || link->state == BILLING_LINK_STATE_OPEN))
    return close_link (turn, link, "cancelled", FALSE, error);
  if (link != NULL && link->state == BILLING_LINK_STATE_CLOSING)
    return close_again (turn, link, error);

  return billing_desk_refuse (error, _("There is no open payment link to cancel. Nothing was changed."));
}

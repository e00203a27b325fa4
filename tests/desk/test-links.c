/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-books.h"
#include "billing-day.h"
#include "billing-desk-links.h"
#include "billing-desk-outbox.h"
#include "billing-desk-posting.h"
#include "billing-desk-private.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-facts.h"
#include "billing-test-stripe.h"

/* Payment links, made, paid and closed at the sandbox; and the money that comes too late. */

#define LINKS "/v1/payment_links"
#define DAY (24 * 60 * 60)
#define HOUR 3600

static BillingAct *
link_until (Fixture    *self,
            const char *day)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_LINK, "subject", self->number, "expires", day, NULL);
}

static void
make_link (Fixture *self)
{
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_LINK));
}

static void
collect (Fixture *self)
{
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", self->number, "tender",
                              BILLING_TENDER_CASH, NULL));
}

static void
edit_amount (Fixture *self,
             gint64   amount)
{
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_EDIT, "subject", self->number, "has-amount",
                              TRUE, "amount", amount, NULL));
}

/* A round: what is over is closed, what waits is sent, what is new is fetched and posted. */
static void
sync_all (Fixture *self)
{
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;
  guint64 n_posted;

  billing_desk_expire_links (self->practice.desk, &error);
  g_assert_no_error (error);
  deliver (self);
  billing_stripe_sync (self->stripe.client, self->mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
  billing_desk_post_stripe (self->practice.desk, self->mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
  deliver (self);
}

static void
assert_payment (Fixture       *self,
                BillingStatus  status,
                gint64         collected)
{
  billing_test_practice_assert_payment (&self->practice, self->number, status, 25000, collected, 0);
}

static char *
read_text (Fixture    *self,
           const char *sql)
{
  return billing_test_text (self->practice.folder, sql);
}

/* How the newest link stands, and why. */
static void
assert_link (Fixture    *self,
             const char *expected)
{
  assert_sql (self, "SELECT state || ifnull (' ' || why, '') FROM links ORDER BY pk DESC LIMIT 1", expected);
}

static char *
get_url (Fixture *self)
{
  return read_text (self, "SELECT url FROM links ORDER BY pk DESC LIMIT 1");
}

/* Made, and open. */
static void
open_link (Fixture *self)
{
  make_link (self);
  deliver (self);
  assert_link (self, "open");
}

/* Where a payer who opened the newest link can pay; NULL: not any more. */
static char *
visit (Fixture *self)
{
  g_autofree char *url = get_url (self);

  return billing_test_sandbox_open (url);
}

static void
pay_at (const char *place,
        const char *card)
{
  g_autofree char *form = g_strdup_printf ("card=%s&name=Ann&email=ann@example.com", card);
  g_autofree char *page = billing_test_sandbox_visit (place, form);

  g_assert_nonnull (page);
}

static void
pay_link (Fixture    *self,
          const char *card)
{
  g_autofree char *place = visit (self);

  g_assert_nonnull (place);
  pay_at (place, card);
}

/* A practice without Stripe has no links, and is told so. */
static void
test_unconnected (void)
{
  g_autoptr (BillingAct) act = NULL;
  g_autoptr (GError) error = NULL;
  BillingTestPractice practice = { 0 };
  g_autofree char *number = NULL;

  billing_test_practice_set_up (&practice);
  number = billing_test_practice_create_payment (&practice, 25000, FALSE);
  act = billing_act_new (BILLING_VERB_PAYMENT_LINK, number);
  g_assert_false (billing_desk_do (practice.desk, act, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "not connected"));
  billing_test_practice_tear_down (&practice);
}

/* The very bytes: the amount once, our marks on the link and on what comes of it, and nothing about the patient. */
static void
test_bytes (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *id = billing_test_facts_get_id (&self->practice, self->number);
  g_autofree char *body = NULL;
  g_autofree char *marks = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *expires = NULL;

  make_link (self);
  expires = read_text (self, "SELECT expires_at FROM links");
  body = read_text (self, "SELECT body FROM outbox");
  marks = g_strdup_printf ("metadata[billing_payment]=%s&metadata[billing_number]=PAY-001&metadata[billing_intent]=%s", id,
                           self->last);
  expected = g_strdup_printf (
    "line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=25000"
    "&line_items[0][price_data][product_data][name]=Payment%%20PAY-001&line_items[0][quantity]=1"
    "&restrictions[completed_sessions][limit]=1&payment_intent_data[description]=Payment%%20PAY-001"
    "&payment_intent_data[metadata][billing_payment]=%s&payment_intent_data[metadata][billing_number]=PAY-001"
    "&payment_intent_data[metadata][billing_intent]=%s&%s&metadata[expires_at]=%s&inactive_message=",
    id, self->last, marks, expires);
  g_assert_true (g_str_has_prefix (body, expected));
  g_assert_null (strstr (body, "ngstr"));
  assert_sql (self, "SELECT method || ' ' || path || ' ' || kind || ' ' || state FROM outbox",
              "POST /v1/payment_links link queued");
  assert_sql (self, "SELECT record_id = (SELECT id FROM links) FROM outbox", "1");
}

/* Offline it waits, which can be seen; told to Stripe it has an address, until the end of the day that the practice's setting says. */
static void
test_made (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autofree char *object = NULL;
  g_autofree char *stripe_id = NULL;

  make_link (self);
  assert_link (self, "waiting");
  assert_sql (self, "SELECT url IS NULL AND stripe_id IS NULL AND opened_at = 0 FROM links", "1");
  billing_test_practice_verify (&self->practice);

  pass (self, HOUR);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_link (self, "open");
  url = get_url (self);
  g_assert_true (g_str_has_prefix (url, "http"));
  stripe_id = read_text (self, "SELECT stripe_id FROM links");
  object = billing_sandbox_server_read (self->stripe.sandbox.server, stripe_id);
  g_assert_nonnull (strstr (object, "Payment PAY-001"));
  g_assert_nonnull (strstr (object, self->last));
  assert_sql (self, "SELECT opened_at - created_at FROM links", "3600");
  assert_sql (self, "SELECT julianday (expires_on) - julianday ((SELECT substr (day, 1, 10) FROM transactions LIMIT 1)) FROM links",
              "30.0");
  assert_payment (self, BILLING_STATUS_PENDING, 0);
  g_assert_cmpuint (count_posts (self, LINKS), ==, 1);
}

/* The day is said by who makes it: today at the earliest, and within a year and a day. */
static void
test_day (Fixture       *self,
          gconstpointer  data)
{
  g_autofree char *today = billing_desk_get_today (self->practice.desk);
  g_autofree char *yesterday = billing_day_add (today, -1);
  g_autofree char *far = billing_day_add (today, 366);
  g_autofree char *too_far = billing_day_add (today, 367);
  g_autofree char *next = billing_day_add (today, 1);
  const char *time_zone = billing_desk_get_practice (self->practice.desk)->time_zone;
  g_autofree char *end = g_strdup_printf ("%" G_GINT64_FORMAT, billing_day_start (next, time_zone));

  refuse_act (self, link_until (self, yesterday));
  refuse_act (self, link_until (self, too_far));
  refuse_act (self, link_until (self, "tomorrow"));
  do_act (self, link_until (self, far));
  do_act (self, link_until (self, today));
  assert_sql (self, "SELECT expires_at FROM links ORDER BY pk DESC LIMIT 1", end);
}

/* Making a link asks for a draft; what nobody owes has none, and what Stripe does not take is refused. */
static void
test_status (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *draft = billing_test_practice_create_payment (&self->practice, 4000, TRUE);
  g_autofree char *huge = billing_test_practice_create_payment (&self->practice, G_GINT64_CONSTANT (100000000), FALSE);

  refuse_act (self, billing_act_new (BILLING_VERB_PAYMENT_LINK, huge));
  do_act (self, billing_act_new (BILLING_VERB_PAYMENT_LINK, draft));
  billing_test_practice_assert_payment (&self->practice, draft, BILLING_STATUS_PENDING, 4000, 0, 0);
  collect (self);
  {
    g_autoptr (BillingAct) act = act_on (self, BILLING_VERB_PAYMENT_LINK);

    billing_test_practice_do_refused (&self->practice, act, BILLING_DESK_ERROR_ILLEGAL);
  }
}

/* Paid on the page is Paid with the next round; the link is done for, and Stripe need not be told. */
static void
test_paid (Fixture       *self,
           gconstpointer  data)
{
  open_link (self);
  pay_link (self, "pm_card_visa");
  sync_all (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000);
  assert_link (self, "closed paid");
  assert_sql (self, "SELECT tender FROM payments", "stripe");
  assert_sql (self, "SELECT count(*) FROM outbox", "1");
  g_assert_null (visit (self));
}

/* A card that is declined leaves it open: the payment is Failed, and Paid when another card is taken on the same page. */
static void
test_declined (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *place = NULL;

  open_link (self);
  place = visit (self);
  pay_at (place, "pm_card_visa_chargeDeclined");
  sync_all (self);
  assert_payment (self, BILLING_STATUS_FAILED, 0);
  assert_link (self, "open");
  pass (self, 60);
  pay_at (place, "pm_card_visa");
  sync_all (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000);
  assert_link (self, "closed paid");
}

/* Bank debits take days: the link is used up when one is on its way, and the payment waits for it. */
static void
test_debit (Fixture       *self,
            gconstpointer  data)
{
  open_link (self);
  pay_link (self, "pm_usBankAccount_success");
  sync_all (self);
  assert_payment (self, BILLING_STATUS_PROCESSING, 0);
  assert_link (self, "closed paid");
  pass (self, 7 * DAY);
  sync_all (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000);
}

/* Cash closes it in the same act; then nobody opens it any more, and who had it open cannot pay. */
static void
test_cash (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *place = NULL;

  open_link (self);
  place = visit (self);
  collect (self);
  assert_link (self, "closing collected");
  assert_sql (self, "SELECT count(*) FROM links WHERE closed_at = 0", "1");
  billing_test_practice_verify (&self->practice);
  g_assert_cmpuint (deliver (self), ==, 2);
  assert_link (self, "closed collected");
  assert_sql (self, "SELECT group_concat (kind || ':' || state, ' ') FROM outbox",
              "link:done link-close:done session-expire:done");
  g_assert_null (visit (self));
  pay_at (place, "pm_card_visa");
  sync_all (self);
  assert_sql (self, "SELECT count(*) FROM late_money", "0");
  assert_sql (self, "SELECT count(*) FROM postings WHERE account = 'stripe'", "0");
}

/* So do cancelling, writing off, another amount, an authorisation, and a part that is taken; each says why. */
static void
test_reasons (Fixture       *self,
              gconstpointer  data)
{
  open_link (self);
  edit_amount (self, 20000);
  assert_link (self, "closing amount");
  edit_amount (self, 25000);
  deliver (self);
  assert_link (self, "closed amount");

  open_link (self);
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_EDIT, "subject", self->number, "memo", "Knee", NULL));
  assert_link (self, "open");
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_AUTHORISE));
  assert_link (self, "closing authorised");
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, self->last));
  deliver (self);

  open_link (self);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_FAIL));
  assert_link (self, "open");
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_CANCEL));
  assert_link (self, "closing cancelled");
  deliver (self);
  assert_link (self, "closed cancelled");
  assert_sql (self, "SELECT group_concat (verb || ':' || reason, ' ') FROM audit WHERE verb = 'link-cancel'",
              "link-cancel:amount link-cancel:authorised link-cancel:cancelled");
}

static void
test_written_off (Fixture       *self,
                  gconstpointer  data)
{
  open_link (self);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_WRITE_OFF));
  assert_link (self, "closing cancelled");
  deliver (self);
  assert_link (self, "closed cancelled");
}

/* What comes in part closes it; the payment for the rest has none. */
static void
test_part (Fixture       *self,
           gconstpointer  data)
{
  open_link (self);
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", self->number, "tender",
                              BILLING_TENDER_CASH, "has-amount", TRUE, "amount", (gint64) 10000, NULL));
  assert_link (self, "closing collected");
  assert_sql (self, "SELECT count(*) FROM links", "1");
}

/* A page on which it can be authorised ends as well, and is not shown any more. */
static void
test_page (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *url = NULL;

  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_AUTHORISE, "subject", self->number, "method",
                              "page", NULL));
  deliver (self);
  billing_desk_find_page (self->practice.desk, self->last, &url, NULL);
  g_assert_nonnull (url);
  make_link (self);
  g_assert_cmpuint (deliver (self), ==, 2);
  assert_sql (self, "SELECT group_concat (kind || ':' || state, ' ') FROM outbox",
              "authorise:done session-expire:done link:done");
  {
    g_autofree char *page = billing_test_sandbox_visit (url, NULL);

    g_assert_nonnull (strstr (page, "expired"));
  }
}

/* A new link takes the place of the one before, whether that is open or still waits. */
static void
test_replaced (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *first = NULL;

  open_link (self);
  first = get_url (self);
  make_link (self);
  make_link (self);
  assert_sql (self, "SELECT group_concat (state || ifnull (' ' || why, ''), ', ') FROM links",
              "closing replaced, closed replaced, waiting");
  deliver (self);
  assert_sql (self, "SELECT group_concat (state || ifnull (' ' || why, ''), ', ') FROM links",
              "closed replaced, closed replaced, open");
  g_assert_null (billing_test_sandbox_open (first));
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "payment_link"), ==, 2);
  pay_link (self, "pm_card_visa");
  sync_all (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000);
}

/* A person closes it, by the payment or by the link itself; what was never sent is never made. */
static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *id = NULL;

  refuse_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  make_link (self);
  do_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  assert_link (self, "closed cancelled");
  assert_sql (self, "SELECT group_concat (kind || ':' || state, ' ') FROM outbox", "link:withdrawn");
  g_assert_cmpuint (deliver (self), ==, 0);
  refuse_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));

  open_link (self);
  id = read_text (self, "SELECT id FROM links WHERE state = 'open'");
  do_act (self, billing_act_new (BILLING_VERB_LINK_CANCEL, id));
  assert_link (self, "closing cancelled");
  refuse_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  {
    g_autofree char *closing = read_text (self, "SELECT id FROM outbox WHERE kind = 'link-close'");

    refuse_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, closing));
  }
  deliver (self);
  assert_link (self, "closed cancelled");
  assert_payment (self, BILLING_STATUS_PENDING, 0);
}

/* Withdrawn in the outbox, it is no link either. */
static void
test_withdrawn (Fixture       *self,
                gconstpointer  data)
{
  make_link (self);
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, self->last));
  assert_link (self, "closed cancelled");
  open_link (self);
}

/* On the day after its last one it is closed, with or without a network; the payment stays owed. */
static void
test_expired (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *today = billing_desk_get_today (self->practice.desk);
  g_autofree char *place = NULL;
  g_autoptr (GError) error = NULL;

  do_act (self, link_until (self, today));
  deliver (self);
  place = visit (self);
  billing_desk_expire_links (self->practice.desk, &error);
  g_assert_no_error (error);
  assert_link (self, "open");

  pass (self, DAY);
  billing_desk_expire_links (self->practice.desk, &error);
  g_assert_no_error (error);
  assert_link (self, "closing expired");
  assert_sql (self, "SELECT person FROM audit ORDER BY pk DESC LIMIT 1", "clock");
  assert_payment (self, BILLING_STATUS_PENDING, 0);
  deliver (self);
  assert_link (self, "closed expired");
  pay_at (place, "pm_card_visa");
  sync_all (self);
  assert_payment (self, BILLING_STATUS_PENDING, 0);

  /* And another may be made. */
  open_link (self);
}

/* Stripe's no: the link has failed, in Stripe's words, and the payment is as before. */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .path = LINKS, .status = 400,
                                .times = 1 };

  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  make_link (self);
  deliver (self);
  assert_sql (self, "SELECT state FROM links", "failed");
  assert_sql (self, "SELECT why = (SELECT problem FROM outbox) FROM links", "1");
  assert_payment (self, BILLING_STATUS_PENDING, 0);
  refuse_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  open_link (self);
}

static void
find_again (Fixture *self)
{
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  pass (self, HOUR);
  sync_all (self);
}

/* Every way in which an answer can get lost, on the way to a link and on the way to its end: each is made once, and ended. */
static void
test_lost (Fixture       *self,
           gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *place = NULL;
  g_autofree char *closing = NULL;

  lose (self, i, LINKS);
  make_link (self);
  try_to_deliver (self);
  assert_link (self, "waiting");
  find_again (self);
  assert_link (self, "open");
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "payment_link"), ==, 1);

  place = visit (self);
  closing = read_text (self, "SELECT '" LINKS "/' || stripe_id FROM links");
  lose (self, i, closing);
  collect (self);
  try_to_deliver (self);
  assert_link (self, "closing collected");
  find_again (self);
  assert_link (self, "closed collected");
  g_assert_null (visit (self));
  pay_at (place, "pm_card_visa");
  sync_all (self);
  assert_sql (self, "SELECT count(*) FROM late_money", "0");
}

/* Closed while nobody knows whether it was made: its end waits for that, and follows it. */
static void
test_lost_and_closed (Fixture       *self,
                      gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);

  lose (self, i, LINKS);
  make_link (self);
  try_to_deliver (self);
  do_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  assert_link (self, "closing cancelled");
  assert_sql (self, "SELECT path FROM outbox WHERE kind = 'link-close'", "/v1/payment_links/");
  find_again (self);
  assert_link (self, "closed cancelled");
  assert_sql (self, "SELECT path = '" LINKS "/' || (SELECT stripe_id FROM links) FROM outbox WHERE kind = 'link-close'", "1");
  g_assert_null (visit (self));
}

/* Returns what was to make it. */
static char *
lose_link_for_a_day (Fixture *self,
                     guint    how)
{
  char *making;

  lose (self, how, LINKS);
  make_link (self);
  making = g_strdup (self->last);
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  pass (self, DAY);
  return making;
}

/* After a day without an answer it is looked up, by its mark; then it is open, or closed as was wanted. */
static void
test_unknown (Fixture       *self,
              gconstpointer  data)
{
  gboolean is_closed = GPOINTER_TO_INT (data);
  g_autofree char *making = lose_link_for_a_day (self, LOST_DONE);

  if (is_closed)
    collect (self);
  sync_all (self);
  assert_sql (self, "SELECT state FROM outbox WHERE kind = 'link'", "unknown");
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, making));
  sync_all (self);
  sync_all (self);
  assert_sql (self, "SELECT state FROM outbox WHERE kind = 'link'", "done");
  assert_link (self, is_closed ? "closed collected" : "open");
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "payment_link"), ==, 1);
}

/* And where it never was made, there is no link, whatever was wanted of it. */
static void
test_never_made (Fixture       *self,
                 gconstpointer  data)
{
  gboolean is_closed = GPOINTER_TO_INT (data);
  g_autofree char *making = lose_link_for_a_day (self, LOST_UNDONE);

  if (is_closed)
    collect (self);
  try_to_deliver (self);
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, making));
  sync_all (self);
  assert_sql (self, "SELECT state FROM outbox WHERE kind = 'link'", "failed");
  assert_sql (self, "SELECT state FROM links", is_closed ? "closed" : "failed");
  assert_sql (self, "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'unknown')", "0");
}

/* What keeps Stripe from closing it is said, and the person who cancels again has it asked for again. */
static void
test_close_refused (Fixture       *self,
                    gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 403, .times = 1 };
  g_autofree char *closing = NULL;

  open_link (self);
  closing = read_text (self, "SELECT '" LINKS "/' || stripe_id FROM links");
  fault.path = closing;
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  do_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  deliver (self);
  assert_link (self, "closing cancelled");
  assert_sql (self, "SELECT state || (problem IS NOT NULL) FROM outbox ORDER BY pk DESC LIMIT 1", "failed1");
  do_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  deliver (self);
  assert_link (self, "closed cancelled");
}

/* A link that Stripe does not know, as where a sandbox began anew, cannot be paid there: it is closed. */
static void
test_gone (Fixture       *self,
           gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 404, .times = 1 };
  g_autofree char *closing = NULL;

  open_link (self);
  closing = read_text (self, "SELECT '" LINKS "/' || stripe_id FROM links");
  fault.path = closing;
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  do_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  deliver (self);
  assert_link (self, "closed cancelled");
}

/* A key that may not list visits closes the link all the same. */
static void
test_unlisted (Fixture       *self,
               gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "GET", .path = "/v1/checkout/sessions",
                                .status = 403, .times = 1 };
  g_autofree char *place = NULL;

  open_link (self);
  place = visit (self);
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  do_act (self, act_on (self, BILLING_VERB_LINK_CANCEL));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_link (self, "closed cancelled");
  g_assert_null (visit (self));
}

/* --- late money ------------------------------------------------------------------------------- */

/* Cash at the desk, while a payer pays on the page that could not be ended in time. */
static void
pay_twice (Fixture    *self,
           const char *card)
{
  open_link (self);
  pay_link (self, card);
  collect (self);
  sync_all (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000);
  assert_sql (self, "SELECT state || ' ' || amount || ' ' || refunded || ' ' || held FROM late_money", "open 25000 0 0");
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
  assert_link (self, "closed collected");
}

static char *
get_charge (Fixture *self)
{
  return read_text (self, "SELECT charge_id FROM late_money");
}

/* Paid twice: the second money is the patient's credit, and somebody is asked. Kept, it can be used. */
static void
test_keep (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *charge = NULL;
  g_autofree char *other = NULL;

  pay_twice (self, "pm_card_visa");
  charge = get_charge (self);
  do_act (self, billing_act_new (BILLING_VERB_LATE_KEEP, charge));
  assert_sql (self, "SELECT state FROM late_money", "kept");
  refuse_act (self, billing_act_new (BILLING_VERB_LATE_KEEP, charge));
  other = billing_test_practice_create_payment (&self->practice, 25000, FALSE);
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", other, "tender",
                              BILLING_TENDER_CREDIT, NULL));

  /* Used, it cannot go back. */
  refuse_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
}

/* Refunded: held while Stripe is asked, so that nobody uses it meanwhile, and then gone. */
static void
test_refund (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *charge = NULL;
  g_autofree char *other = NULL;

  pay_twice (self, "pm_card_visa");
  charge = get_charge (self);
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  assert_sql (self, "SELECT state || ' ' || held FROM late_money", "refunding 25000");
  assert_sql (self, "SELECT credit || ' ' || credit_held FROM patients WHERE credit > 0", "25000 25000");
  assert_sql (self, "SELECT body LIKE 'charge=ch_%&amount=25000&reason=duplicate&metadata%' AND body NOT LIKE '%billing_refund%'"
                    " FROM outbox WHERE kind = 'late-refund'", "1");
  refuse_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  refuse_act (self, billing_act_new (BILLING_VERB_LATE_KEEP, charge));
  other = billing_test_practice_create_payment (&self->practice, 1000, FALSE);
  refuse_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", other, "tender",
                                  BILLING_TENDER_CREDIT, NULL));
  refuse_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_CREDIT_REFUND, "subject", self->practice.patient,
                                  "has-amount", TRUE, "amount", (gint64) 1, "tender", BILLING_TENDER_CASH, NULL));
  billing_test_practice_verify (&self->practice);

  deliver (self);
  assert_sql (self, "SELECT state || ' ' || refunded || ' ' || held FROM late_money", "refunded 25000 0");
  assert_sql (self, "SELECT sum (credit) || ' ' || sum (credit_held) FROM patients", "0 0");
  assert_payment (self, BILLING_STATUS_PAID, 25000);
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "refund"), ==, 1);
  sync_all (self);
  refuse_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
}

/* A refund that takes its time is held until it is there; one that fails, even after it succeeded, is asked about again. */
static void
test_refund_pending (Fixture       *self,
                     gconstpointer  data)
{
  gboolean fails = GPOINTER_TO_INT (data);
  g_autofree char *charge = NULL;

  pay_twice (self, fails ? "pm_card_refundFail" : "pm_card_pendingRefund");
  charge = get_charge (self);
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  deliver (self);
  if (!fails)
    assert_sql (self, "SELECT state || ' ' || held FROM late_money", "refunding 25000");
  billing_test_practice_verify (&self->practice);
  pass (self, 7 * DAY);
  sync_all (self);
  assert_sql (self, "SELECT state || ' ' || refunded || ' ' || held FROM late_money", fails ? "open 0 0" : "refunded 25000 0");
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, fails ? 25000 : 0);
}

/* Stripe's no: the credit can be used again, and somebody is asked again. So where it is withdrawn. */
static void
test_refund_refused (Fixture       *self,
                     gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .path = "/v1/refunds", .status = 400,
                                .times = 1 };
  g_autofree char *charge = NULL;

  pay_twice (self, "pm_card_visa");
  charge = get_charge (self);
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, self->last));
  assert_sql (self, "SELECT state || ' ' || held FROM late_money", "open 0");
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  deliver (self);
  assert_sql (self, "SELECT state || ' ' || held FROM late_money", "open 0");
  assert_sql (self, "SELECT problem IS NOT NULL FROM outbox ORDER BY pk DESC LIMIT 1", "1");
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  deliver (self);
  assert_sql (self, "SELECT state FROM late_money", "refunded");
}

/* Every lost answer of it ends in one refund. */
static void
test_refund_lost (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *charge = NULL;

  pay_twice (self, "pm_card_visa");
  charge = get_charge (self);
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  lose (self, GPOINTER_TO_UINT (data), "/v1/refunds");
  try_to_deliver (self);
  /* Even where nobody heard of it but by the sync. */
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  {
    g_auto (BillingStripeSyncSummary) summary = { 0 };
    guint64 n_posted;

    billing_stripe_sync (self->stripe.client, self->mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL, NULL);
    billing_desk_post_stripe (self->practice.desk, self->mirror, &n_posted, NULL, NULL);
  }
  billing_test_practice_verify (&self->practice);
  find_again (self);
  assert_sql (self, "SELECT state || ' ' || refunded || ' ' || held FROM late_money", "refunded 25000 0");
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "refund"), ==, 1);
}

/* More than the practice's limit is refunded by who may approve refunds. */
static void
test_limit (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *charge = NULL;

  billing_test_practice_add_person (&self->practice, "bob", "biller", "correct horse");
  pay_twice (self, "pm_card_visa");
  charge = get_charge (self);
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PRACTICE_EDIT, "refund-limit", "20000", NULL));
  billing_test_practice_sign_in (&self->practice, "bob", "correct horse");
  refuse_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  billing_test_practice_sign_in (&self->practice, NULL, NULL);
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
}

/* The old amount was paid when it had just become less: what is too much can go back, and only that. */
static void
test_overpaid (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *charge = NULL;

  open_link (self);
  pay_link (self, "pm_card_visa");
  edit_amount (self, 20000);
  sync_all (self);
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PAID, 20000, 20000, 0);
  assert_sql (self, "SELECT state || ' ' || amount FROM late_money", "open 5000");
  charge = get_charge (self);
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  deliver (self);
  assert_sql (self, "SELECT state || ' ' || refunded FROM late_money", "refunded 5000");
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PAID, 20000, 20000, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* What somebody gives back in Stripe's own pages is known here: a part first, and of that only the rest. */
static void
test_refunded_elsewhere (Fixture       *self,
                         gconstpointer  data)
{
  g_autofree char *charge = NULL;
  g_autofree char *form = NULL;
  g_autofree char *refund = NULL;

  pay_twice (self, "pm_card_visa");
  charge = get_charge (self);
  form = g_strdup_printf ("charge=%s&amount=10000", charge);
  refund = billing_test_mirror_post (&self->stripe, "/v1/refunds", form);
  sync_all (self);
  assert_sql (self, "SELECT state || ' ' || refunded FROM late_money", "open 10000");
  do_act (self, billing_act_new (BILLING_VERB_LATE_REFUND, charge));
  assert_sql (self, "SELECT amount FROM outbox WHERE kind = 'late-refund'", "15000");
  deliver (self);
  assert_sql (self, "SELECT state || ' ' || refunded || ' ' || held FROM late_money", "refunded 25000 0");
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
#define ADD_WITH(name, data, func) g_test_add ("/links/" name, Fixture, data, set_up, func, tear_down)
#define ADD(name, func) ADD_WITH (name, NULL, func)
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/links/unconnected", test_unconnected);
  ADD ("bytes", test_bytes);
  ADD ("made", test_made);
  ADD ("day", test_day);
  ADD ("status", test_status);
  ADD ("paid", test_paid);
  ADD ("declined", test_declined);
  ADD ("debit", test_debit);
  ADD ("cash", test_cash);
  ADD ("reasons", test_reasons);
  ADD ("written-off", test_written_off);
  ADD ("part", test_part);
  ADD ("page", test_page);
  ADD ("replaced", test_replaced);
  ADD ("cancel", test_cancel);
  ADD ("withdrawn", test_withdrawn);
  ADD ("expired", test_expired);
  ADD ("refused", test_refused);
  for (guint i = 0; i < N_LOSSES; i++)
    {
      g_autofree char *lost = g_strdup_printf ("/links/lost/%u", i);
      g_autofree char *closed = g_strdup_printf ("/links/lost-and-closed/%u", i);
      g_autofree char *refund = g_strdup_printf ("/late/lost/%u", i);

      g_test_add (lost, Fixture, GUINT_TO_POINTER (i), set_up, test_lost, tear_down);
      g_test_add (closed, Fixture, GUINT_TO_POINTER (i), set_up, test_lost_and_closed, tear_down);
      g_test_add (refund, Fixture, GUINT_TO_POINTER (i), set_up, test_refund_lost, tear_down);
    }
  ADD_WITH ("unknown/open", GINT_TO_POINTER (FALSE), test_unknown);
  ADD_WITH ("unknown/closed", GINT_TO_POINTER (TRUE), test_unknown);
  ADD_WITH ("never-made/open", GINT_TO_POINTER (FALSE), test_never_made);
  ADD_WITH ("never-made/closed", GINT_TO_POINTER (TRUE), test_never_made);
  ADD ("close-refused", test_close_refused);
  ADD ("gone", test_gone);
  ADD ("unlisted", test_unlisted);
  ADD ("late/keep", test_keep);
  ADD ("late/refund", test_refund);
  ADD_WITH ("late/pending", GINT_TO_POINTER (FALSE), test_refund_pending);
  ADD_WITH ("late/fails", GINT_TO_POINTER (TRUE), test_refund_pending);
  ADD ("late/refused", test_refund_refused);
  ADD ("late/limit", test_limit);
  ADD ("late/overpaid", test_overpaid);
  ADD ("late/elsewhere", test_refunded_elsewhere);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-books.h"
#include "billing-desk-notices.h"
#include "billing-desk-private.h"
#include "billing-link.h"
#include "billing-mirror-look.h"
#include "billing-mirror-streams.h"
#include "billing-notice-find.h"
#include "billing-notice-rules.h"
#include "billing-test-facts.h"
#include "billing-today.h"

/* What people are told of Stripe: each rule finds what it is about, stops when it is over, and begins again; what people say of it stays. */

#define NOW G_GINT64_CONSTANT (1793000000)
#define DAY (24 * 60 * 60)

typedef struct {
  BillingTestPractice practice;
  BillingMirror *mirror; /* (owned) */
  char *number;          /* (owned): of a payment of 250.00 */
  char *id;              /* (owned): of it */
} Fixture;

typedef gboolean (*MirrorFunc) (BillingMirror *mirror, gconstpointer data, GError **error);

static void
change_mirror (Fixture       *self,
               MirrorFunc     func,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_mirror_begin (self->mirror, &error);
  g_assert_no_error (error);
  func (self->mirror, data, &error);
  g_assert_no_error (error);
  billing_mirror_commit (self->mirror, &error);
  g_assert_no_error (error);
}

static gboolean
set_synced (BillingMirror  *mirror,
            gconstpointer   data,
            GError        **error)
{
  return billing_mirror_set_state (mirror, "synced_at", data, error);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&self->practice);
  billing_desk_set_clock (self->practice.desk, NOW);
  self->mirror = billing_mirror_open (self->practice.folder, &error);
  g_assert_no_error (error);
  change_mirror (self, set_synced, "1793000000");
  self->number = billing_test_practice_create_payment (&self->practice, 25000, FALSE);
  self->id = billing_test_facts_get_id (&self->practice, self->number);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  billing_test_practice_verify (&self->practice);
  billing_mirror_close (self->mirror);
  billing_test_practice_tear_down (&self->practice);
  g_free (self->number);
  g_free (self->id);
}

static void
refresh (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  billing_desk_refresh_notices (self->practice.desk, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
keep_cb (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  g_ptr_array_add (data, g_object_ref (record));
  return TRUE;
}

/* @status %NULL: what the list shows where nobody asks for more. */
static GPtrArray *
list (Fixture    *self,
      const char *status)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->practice.desk, "notices");
  g_autoptr (GError) error = NULL;
  GPtrArray *notices = g_ptr_array_new_with_free_func (g_object_unref);

  g_object_set (query, "status", status, NULL);
  billing_desk_list (self->practice.desk, query, keep_cb, notices, NULL, &error);
  g_assert_no_error (error);
  return notices;
}

/* The only one of a rule, ended or not. */
static BillingNotice *
find (Fixture    *self,
      const char *rule)
{
  g_autoptr (GPtrArray) notices = list (self, "");
  BillingNotice *found = NULL;

  for (guint i = 0; i < notices->len; i++)
    {
      BillingNotice *notice = notices->pdata[i];

      if (!g_str_equal (notice->rule, rule))
        continue;
      g_assert_null (found);
      found = g_object_ref (notice);
    }

  return found;
}

static BillingNotice *
must_find (Fixture    *self,
           const char *rule)
{
  BillingNotice *notice = find (self, rule);

  g_assert_nonnull (notice);
  return notice;
}

static void
act (Fixture     *self,
     BillingVerb  verb,
     const char  *id,
     const char  *date)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, id);

  g_object_set (act, "date", date, NULL);
  billing_test_practice_do (&self->practice, act);
}

static void
act_refused (Fixture     *self,
             BillingVerb  verb,
             const char  *id,
             const char  *date)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, id);

  g_object_set (act, "date", date, NULL);
  billing_test_practice_do_refused (&self->practice, act, BILLING_DESK_ERROR_INVALID);
}

/* --- the rules -------------------------------------------------------------------------------- */

/* Where it is put, what makes the rule hold, and what makes it hold no longer. */
typedef struct {
  const char *rule;
  const char *place; /* a stream of the mirror, or: account, state, stream */
  const char *holds;
  const char *is_over;
  const char *title; /* a part of what is said */
  const char *target;
  gint64 due_at;
} RuleCase;

#define DISPUTE(status) \
  "{\"id\":\"dp_1\",\"object\":\"dispute\",\"created\":1792900000,\"amount\":5000,\"currency\":\"usd\",\"reason\":\"fraudulent\"," \
  "\"charge\":\"ch_1\",\"evidence_details\":{\"due_by\":1793500000},\"status\":\"" status "\"}"
#define PAYOUT(created, rest) \
  "{\"id\":\"po_1\",\"object\":\"payout\",\"created\":" created ",\"amount\":90000,\"currency\":\"usd\",\"automatic\":true," rest "}"
#define WARNING(actionable) \
  "{\"id\":\"issfr_1\",\"object\":\"radar.early_fraud_warning\",\"created\":1792900000,\"charge\":\"ch_1\"," \
  "\"fraud_type\":\"made_with_stolen_card\",\"actionable\":" actionable "}"
#define ACCOUNT(rest) "{\"id\":\"acct_1\",\"object\":\"account\"," rest "}"
#define CHARGE(id, status, rest) \
  "{\"id\":\"" id "\",\"object\":\"charge\",\"created\":1792990000,\"amount\":4200,\"amount_captured\":4200,\"amount_refunded\":0," \
  "\"currency\":\"usd\",\"captured\":true,\"status\":\"" status "\"" rest "}"
#define REFUND(status) \
  "{\"id\":\"re_1\",\"object\":\"refund\",\"created\":1792990000,\"amount\":4200,\"currency\":\"usd\",\"charge\":\"ch_1\"," \
  "\"failure_reason\":\"lost_or_stolen_card\",\"status\":\"" status "\"}"

static const RuleCase rule_cases[] = {
  { "dispute-due", "disputes", DISPUTE ("needs_response"), DISPUTE ("under_review"), "dispute over $50.00", "payments/disputes/dp_1",
    1793500000 },
  { "inquiry-due", "disputes", DISPUTE ("warning_needs_response"), DISPUTE ("warning_closed"), "bank asks", "payments/disputes/dp_1",
    1793500000 },
  { "dispute-lost", "disputes", DISPUTE ("lost"), DISPUTE ("won"), "was lost", "payments/disputes/dp_1", 0 },
  { "dispute-won", "disputes", DISPUTE ("won"), DISPUTE ("lost"), "was won", "payments/disputes/dp_1", 0 },
  { "fraud-warning", "early_fraud_warnings", WARNING ("true"), WARNING ("false"), "reported as fraud", "payments/payments/ch_1", 0 },
  { "requirement-past-due", "account",
    ACCOUNT ("\"requirements\":{\"past_due\":[\"external_account\"],\"currently_due\":[\"external_account\"],"
             "\"current_deadline\":1792000000}"),
    ACCOUNT ("\"requirements\":{\"past_due\":[],\"currently_due\":[]}"), "bank account for payouts", "settings/account", 1792000000 },
  { "requirement-due", "account",
    ACCOUNT ("\"requirements\":{\"past_due\":[],\"currently_due\":[\"individual.dob.day\"],\"eventually_due\":[\"individual.dob.day\"],"
             "\"current_deadline\":1794000000,\"errors\":[{\"code\":\"invalid\",\"reason\":\"Too young\","
             "\"requirement\":\"individual.dob.day\"}]}"),
    ACCOUNT ("\"requirements\":{\"currently_due\":[]}"), "a date of birth (Too young)", "settings/account", 1794000000 },
  { "requirement-eventual", "account",
    ACCOUNT ("\"requirements\":{\"currently_due\":[],\"eventually_due\":[\"person_1.martian_id\"]}"), ACCOUNT ("\"requirements\":null"),
    "person_1.martian_id", "settings/account", 0 },
  { "requirement-future", "account",
    ACCOUNT ("\"future_requirements\":{\"currently_due\":[\"company.tax_id\"],\"current_deadline\":1799000000}"),
    ACCOUNT ("\"future_requirements\":{\"currently_due\":[]}"), "tax id", "settings/account", 1799000000 },
  { "charges-off", "account",
    ACCOUNT ("\"charges_enabled\":false,\"requirements\":{\"disabled_reason\":\"requirements.past_due\"}"),
    ACCOUNT ("\"charges_enabled\":true"), "takes no payments", "settings/account", 0 },
  { "payouts-off", "account", ACCOUNT ("\"payouts_enabled\":false,\"requirements\":{}"), ACCOUNT ("\"id_of\":1"), "pays nothing out", "settings/account", 0 },
  { "capability-off", "account", ACCOUNT ("\"capabilities\":{\"card_payments\":\"inactive\",\"transfers\":\"active\"}"),
    ACCOUNT ("\"capabilities\":{\"card_payments\":\"active\"}"), "payments by card", "settings/account", 0 },
  { "capability-pending", "account", ACCOUNT ("\"capabilities\":{\"moon_payments\":\"pending\"}"), ACCOUNT ("\"capabilities\":{}"),
    "moon_payments", "settings/account", 0 },
  { "key-refused", "state", "1792990000", NULL, "refuses the practice’s key", "administration", 0 },
  { "permission-missing", "stream", "denied", "done", "disputes", "administration", 0 },
  { "payout-failed", "payouts", PAYOUT ("1792900000", "\"status\":\"failed\",\"failure_code\":\"insufficient_funds\""),
    PAYOUT ("1792900000", "\"status\":\"paid\""), "payout of $900.00 failed", "payments/payouts/po_1", 0 },
  { "payout-late", "payouts", PAYOUT ("1792700000", "\"status\":\"in_transit\",\"arrival_date\":1792800000"),
    PAYOUT ("1792700000", "\"status\":\"paid\",\"arrival_date\":1792800000"), "is late", "payments/payouts/po_1", 0 },
  { "payout-canceled", "payouts", PAYOUT ("1792900000", "\"status\":\"canceled\""), PAYOUT ("1792900000", "\"status\":\"pending\""),
    "was cancelled", "payments/payouts/po_1", 0 },
  { "bank-account", "payouts", PAYOUT ("1792900000", "\"status\":\"paid\",\"destination\":{\"id\":\"ba_1\",\"status\":\"errored\"}"),
    PAYOUT ("1792900000", "\"status\":\"paid\",\"destination\":{\"id\":\"ba_1\",\"status\":\"verified\"}"), "bank account",
    "settings/payouts", 0 },
  { "refund-failed", "stripe_refunds", REFUND ("failed"), REFUND ("succeeded"), "$42.00 did not go back", "payments/payments/ch_1", 0 },
  { "charge-failed", "charges", CHARGE ("ch_1", "failed", ",\"failure_code\":\"expired_card\""), CHARGE ("ch_1", "pending", ""),
    "payment of $42.00 failed", "payments/payments/ch_1", 0 },
  { "charge-unassigned", "charges", CHARGE ("ch_1", "succeeded", ""), CHARGE ("ch_1", "pending", ""), "$42.00 has no patient",
    "payments/payments/ch_1", 0 },
};

static const char *const apart[] = { "payment-failed", "header-notice", NULL }; /* these have tests of their own */

typedef struct {
  const char *place;
  const char *text;
} Fact;

static gboolean
put_single (BillingMirror  *mirror,
            gconstpointer   data,
            GError        **error)
{
  const Fact *fact = data;
  static gint64 fetched = 0;

  if (g_str_equal (fact->place, "state"))
    return billing_mirror_set_state (mirror, "key_refused_at", fact->text, error);
  if (g_str_equal (fact->place, "stream"))
    return billing_mirror_stream_set_state (mirror, "disputes", fact->text, NULL, error);

  return billing_mirror_put_single (mirror, fact->place, fact->text, strlen (fact->text), ++fetched, error);
}

static void
put (Fixture    *self,
     const char *place,
     const char *text)
{
  Fact fact = { place, text };

  if (billing_mirror_kind_find (place) != NULL)
    billing_test_facts_put (self->mirror, place, text);
  else
    change_mirror (self, put_single, &fact);
}

static void
check_words (BillingNotice  *notice,
             const RuleCase *rule_case)
{
  g_autoptr (BillingNoticeText) text = billing_notice_describe (notice, "America/New_York");

  g_test_message ("%s: %s | %s | %s", notice->rule, text->title, text->body, text->due != NULL ? text->due : "");
  g_assert_nonnull (strstr (text->title, rule_case->title));
  g_assert_cmpstr (text->target, ==, rule_case->target);
  g_assert_true (*text->button != '\0' && g_str_has_prefix (text->action, "win."));
  g_assert_null (strchr (text->title, '{'));
  g_assert_null (strchr (text->body, '{'));
  g_assert_cmpint (notice->due_at, ==, rule_case->due_at);
  g_assert_cmpint (text->due != NULL, ==, rule_case->due_at != 0);
  g_assert_cmpint (notice->urgent, ==, billing_notice_rule_find (notice->rule)->urgent);
}

/* What makes a rule hold is found once, by its words; when it is over the notification has ended; when it is so again it is open again, and
 * the same one. */
static void
test_rule (Fixture       *self,
           gconstpointer  data)
{
  const RuleCase *rule_case = data;
  g_autoptr (BillingNotice) first = NULL;
  g_autoptr (BillingNotice) over = NULL;
  g_autoptr (BillingNotice) again = NULL;

  put (self, rule_case->place, rule_case->holds);
  refresh (self);
  refresh (self);
  first = must_find (self, rule_case->rule);
  check_words (first, rule_case);
  g_assert_true (billing_notice_is_open (first, NOW));
  g_assert_cmpint (first->found_at, ==, NOW);
  g_assert_cmpint (first->created_at, >, 0);

  put (self, rule_case->place, rule_case->is_over);
  refresh (self);
  over = must_find (self, rule_case->rule);
  g_assert_cmpint (over->ended_at, ==, NOW);
  g_assert_false (billing_notice_is_open (over, NOW));

  put (self, rule_case->place, rule_case->holds);
  refresh (self);
  again = must_find (self, rule_case->rule);
  g_assert_cmpint (again->ended_at, ==, 0);
  g_assert_cmpstr (billing_record_get_id (BILLING_RECORD (again)), ==, billing_record_get_id (BILLING_RECORD (first)));
  check_words (again, rule_case);
}

/* No rule is without a test, and none is without a way to find it. */
static void
test_table (void)
{
  const BillingNoticeRule *rule;

  for (guint i = 0; (rule = billing_notice_rule_nth (i)) != NULL; i++)
    {
      gboolean has_test = g_strv_contains (apart, rule->nick);

      for (guint k = 0; k < G_N_ELEMENTS (rule_cases); k++)
        has_test |= g_str_equal (rule_cases[k].rule, rule->nick);
      g_test_message ("%s", rule->nick);
      g_assert_true (has_test);
      g_assert_nonnull (billing_notice_find_sql (rule->nick));
      g_assert_true (g_str_has_prefix (rule->preference, "notify-"));
    }
}

static void
put_charge (Fixture    *self,
            const char *id,
            const char *status,
            gint64      created)
{
  billing_test_facts_put_charge (self->mirror, &(BillingTestCharge) { .id = id, .status = status, .created = created,
                                                                       .amount = 25000, .payment = self->id,
                                                                       .failure_message = "Your card was declined." });
}

/* A payment of ours is told to have failed once, by its last attempt, for as long as it is owed: not when it was paid otherwise, and not
 * after thirty days. */
static void
test_payment_failed (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (BillingNotice) second = NULL;
  g_autoptr (BillingAct) collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, self->number);
  g_autoptr (BillingAct) reverse = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, self->number);
  g_autoptr (BillingNoticeText) text = NULL;
  g_autoptr (GPtrArray) open = NULL;

  put_charge (self, "ch_first", "failed", NOW - 2 * DAY);
  refresh (self);
  put_charge (self, "ch_second", "failed", NOW - DAY);
  refresh (self);
  open = list (self, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  second = g_object_ref (open->pdata[0]);
  g_assert_cmpstr (second->subject, ==, "ch_second");
  g_assert_cmpstr (second->payment, ==, self->number);
  text = billing_notice_describe (second, "UTC");
  g_assert_cmpstr (text->action, ==, "win.show-payment");
  g_assert_cmpstr (text->target, ==, self->id);
  g_assert_nonnull (strstr (text->title, self->number));

  collect->tender = BILLING_TENDER_CASH;
  billing_test_practice_do (&self->practice, collect);
  refresh (self);
  g_clear_pointer (&open, g_ptr_array_unref);
  open = list (self, NULL);
  g_assert_cmpuint (open->len, ==, 0);

  billing_test_practice_do (&self->practice, reverse);
  refresh (self);
  g_clear_pointer (&open, g_ptr_array_unref);
  open = list (self, NULL);
  g_assert_cmpuint (open->len, ==, 1);

  billing_desk_set_clock (self->practice.desk, NOW + 30 * DAY);
  refresh (self);
  g_clear_pointer (&open, g_ptr_array_unref);
  open = list (self, NULL);
  g_assert_cmpuint (open->len, ==, 0);
}

static gboolean
put_header (BillingMirror  *mirror,
            gconstpointer   data,
            GError        **error)
{
  return billing_mirror_put_header_notice (mirror, data, NOW, error);
}

/* What Stripe says in a header is shown as it is, and for a month after it was said last. */
static void
test_header_notice (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (BillingNotice) notice = NULL;
  g_autoptr (BillingNotice) over = NULL;
  g_autoptr (BillingNoticeText) text = NULL;

  change_mirror (self, put_header, "This version of the API ends in {amount} days.");
  refresh (self);
  notice = must_find (self, "header-notice");
  g_assert_false (notice->urgent);
  text = billing_notice_describe (notice, "UTC");
  g_assert_cmpstr (text->body, ==, "This version of the API ends in {amount} days.");

  billing_desk_set_clock (self->practice.desk, NOW + 31 * DAY);
  refresh (self);
  over = must_find (self, "header-notice");
  g_assert_cmpint (over->ended_at, >, 0);
}

/* Money of nobody is told by the day: several charges are one notification, which says how many. */
static void
test_many_unassigned (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr (BillingNotice) notice = NULL;
  g_autoptr (BillingNoticeText) text = NULL;

  put (self, "charges", CHARGE ("ch_1", "succeeded", ""));
  put (self, "charges", CHARGE ("ch_2", "succeeded", ""));
  put (self, "charges", CHARGE ("ch_3", "failed", ",\"payment_intent\":\"pi_1\""));
  put (self, "charges", CHARGE ("ch_4", "succeeded", ",\"payment_intent\":\"pi_1\""));
  refresh (self);

  notice = must_find (self, "charge-unassigned");
  text = billing_notice_describe (notice, "UTC");
  g_assert_nonnull (strstr (text->title, "3 Stripe payments"));
  g_assert_nonnull (strstr (text->title, "$126.00"));
  g_assert_cmpstr (text->target, ==, "payments/payments");
  /* A later attempt of the same intent succeeded. */
  g_assert_null (find (self, "charge-failed"));
}

/* --- what people say -------------------------------------------------------------------------- */

/* Read, done and snoozed stay so for as long as it is the same; done ends when it comes back; what was put off comes back on its day. */
static void
test_verbs (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (BillingNotice) notice = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autofree char *id = NULL;

  put (self, "disputes", DISPUTE ("needs_response"));
  refresh (self);
  notice = must_find (self, "dispute-due");
  id = g_strdup (billing_record_get_id (BILLING_RECORD (notice)));

  act_refused (self, BILLING_VERB_NOTICE_REOPEN, id, NULL);
  act (self, BILLING_VERB_NOTICE_READ, id, NULL);
  act_refused (self, BILLING_VERB_NOTICE_READ, id, NULL);
  act_refused (self, BILLING_VERB_NOTICE_SNOOZE, id, NULL);
  act_refused (self, BILLING_VERB_NOTICE_SNOOZE, id, "2026-10-26");
  act_refused (self, BILLING_VERB_NOTICE_SNOOZE, id, "tomorrow");
  act (self, BILLING_VERB_NOTICE_SNOOZE, id, "2026-10-28");
  refresh (self);
  open = list (self, "open");
  g_assert_cmpuint (open->len, ==, 0);
  g_clear_pointer (&open, g_ptr_array_unref);
  open = list (self, "snoozed");
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpint (BILLING_NOTICE (open->pdata[0])->state, ==, BILLING_NOTICE_STATE_SNOOZED);
  g_assert_cmpstr (BILLING_NOTICE (open->pdata[0])->person, ==, g_get_user_name ());

  billing_desk_set_clock (self->practice.desk, NOW + 3 * DAY);
  refresh (self);
  g_clear_pointer (&open, g_ptr_array_unref);
  open = list (self, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpint (BILLING_NOTICE (open->pdata[0])->state, ==, BILLING_NOTICE_STATE_NEW);

  act (self, BILLING_VERB_NOTICE_DONE, id, NULL);
  act_refused (self, BILLING_VERB_NOTICE_DONE, id, NULL);
  act_refused (self, BILLING_VERB_NOTICE_SNOOZE, id, "2026-12-01");
  refresh (self);
  g_clear_object (&notice);
  notice = must_find (self, "dispute-due");
  g_assert_cmpint (notice->state, ==, BILLING_NOTICE_STATE_DONE);
  act (self, BILLING_VERB_NOTICE_REOPEN, id, NULL);
  act (self, BILLING_VERB_NOTICE_DONE, id, NULL);

  put (self, "disputes", DISPUTE ("under_review"));
  refresh (self);
  act_refused (self, BILLING_VERB_NOTICE_REOPEN, id, NULL);
  put (self, "disputes", DISPUTE ("needs_response"));
  refresh (self);
  g_clear_object (&notice);
  notice = must_find (self, "dispute-due");
  g_assert_cmpint (notice->state, ==, BILLING_NOTICE_STATE_NEW);
}

/* What is done can be taken back, so that a message may offer it. */
static void
test_undo (void)
{
  static const BillingVerb verbs[] = { BILLING_VERB_NOTICE_READ, BILLING_VERB_NOTICE_DONE, BILLING_VERB_NOTICE_SNOOZE };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (BillingAct) done = billing_act_new (verbs[i], "ntc_1");
      g_autoptr (BillingAct) undo = billing_act_build_undo (done);

      g_assert_cmpint (undo->verb, ==, BILLING_VERB_NOTICE_REOPEN);
      g_assert_cmpstr (undo->subject, ==, "ntc_1");
    }
}

/* A mirror that is dropped and filled again makes no notification end, nor begin again. */
static void
test_dropped_mirror (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (BillingNotice) before = NULL;
  g_autoptr (BillingNotice) between = NULL;
  g_autoptr (BillingNotice) after = NULL;
  g_autoptr (GError) error = NULL;

  put (self, "disputes", DISPUTE ("needs_response"));
  refresh (self);
  before = must_find (self, "dispute-due");
  act (self, BILLING_VERB_NOTICE_READ, billing_record_get_id (BILLING_RECORD (before)), NULL);

  billing_test_facts_put (self->mirror, "disputes",
                          "{\"id\":\"dp_1\",\"object\":\"dispute\",\"created\":1,\"status\":\"unknown_to_us\"}");
  change_mirror (self, set_synced, NULL);
  refresh (self);
  between = must_find (self, "dispute-due");
  g_assert_cmpint (between->ended_at, ==, 0);

  put (self, "disputes", DISPUTE ("needs_response"));
  change_mirror (self, set_synced, "1793000001");
  refresh (self);
  after = must_find (self, "dispute-due");
  g_assert_cmpint (after->ended_at, ==, 0);
  g_assert_cmpint (after->state, ==, BILLING_NOTICE_STATE_READ);
}

/* --- lists, badge, desktop -------------------------------------------------------------------- */

/* The urgent ones first, of these the nearest deadline, then the newest; and the badge counts what the list shows. */
static void
test_order (Fixture       *self,
            gconstpointer  data)
{
  static const char *const expected[] = { "dispute-due", "requirement-due", "charges-off", "payout-canceled" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = NULL;
  gint64 n_urgent, n_open;

  put (self, "payouts", PAYOUT ("1792900000", "\"status\":\"canceled\""));
  put (self, "account", ACCOUNT ("\"charges_enabled\":false,\"requirements\":{\"currently_due\":[\"owners\"],"
                                 "\"current_deadline\":1799000000}"));
  put (self, "disputes", DISPUTE ("needs_response"));
  refresh (self);

  open = list (self, NULL);
  g_assert_cmpuint (open->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < open->len; i++)
    g_assert_cmpstr (BILLING_NOTICE (open->pdata[i])->rule, ==, expected[i]);

  billing_desk_count_notices (self->practice.desk, &n_urgent, &n_open, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_urgent, ==, 3);
  g_assert_cmpint (n_open, ==, 4);
}

/* The desktop hears of each urgent one once, and again only when it came back. */
static void
test_told (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      static const guint expected[] = { 1, 0, 0, 1 };
      g_autoptr (GPtrArray) told = NULL;

      put (self, "payouts", PAYOUT ("1792900000", "\"status\":\"canceled\""));
      put (self, "disputes", i == 2 ? DISPUTE ("under_review") : DISPUTE ("needs_response"));
      refresh (self);
      told = billing_desk_tell_notices (self->practice.desk, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (told->len, ==, expected[i]);
    }
}

/* Days left are the practice's days. */
static void
test_rest (void)
{
  g_autofree char *week = billing_notice_describe_rest (NOW + 7 * DAY, NOW, "UTC");
  g_autofree char *one = billing_notice_describe_rest (NOW + DAY, NOW, "UTC");
  g_autofree char *last = billing_notice_describe_rest (NOW + 60, NOW, "UTC");
  g_autofree char *over = billing_notice_describe_rest (NOW, NOW, "UTC");

  g_assert_cmpstr (week, ==, "7 days left");
  g_assert_cmpstr (one, ==, "1 day left");
  g_assert_cmpstr (last, ==, "Today is the last day");
  g_assert_cmpstr (over, ==, "The time is over");
  g_assert_null (billing_notice_describe_rest (0, NOW, "UTC"));
}

/* --- how it is read --------------------------------------------------------------------------- */

/* What may have a million rows. */
static gboolean
is_large (const char *detail)
{
  static const char *const names[] = { "c", "c2", "l", "b", "i", "p", "a", "charges", "payments", "o", NULL };
  g_auto (GStrv) words = g_strsplit (detail, " ", 3);

  if (g_strcmp0 (words[0], "SCAN") != 0 || strstr (detail, "VIRTUAL TABLE") != NULL)
    return FALSE;

  return g_strv_contains (names, words[1]);
}

static gboolean
explain (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  const BillingNoticeRule *rule;

  for (guint i = 0; (rule = billing_notice_rule_nth (i)) != NULL; i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", billing_notice_find_sql (rule->nick), NULL);
      g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
      gboolean row;

      g_assert_no_error (*error);
      while (billing_statement_step (statement, &row, error) && row)
        {
          const char *detail = billing_statement_get_text (statement, 3);

          g_test_message ("%s: %s", rule->nick, detail);
          g_assert_false (is_large (detail));
        }
    }

  return TRUE;
}

/* No rule looks at every charge, payment or event: each is found by an index. */
static void
test_plans (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_store_read (billing_desk_get_store (self->practice.desk), explain, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* --- today ------------------------------------------------------------------------------------ */

static BillingTodayLine *
find_line (GPtrArray  *lines,
           const char *nick)
{
  for (guint i = 0; i < lines->len; i++)
    {
      BillingTodayLine *line = lines->pdata[i];

      if (g_str_equal (line->nick, nick))
        return line;
    }

  return NULL;
}

static BillingTodayLine *
must_find_line (GPtrArray  *lines,
                const char *nick)
{
  BillingTodayLine *line = find_line (lines, nick);

  if (line == NULL)
    g_error ("There is no line of %s", nick);
  return line;
}

static GPtrArray *
list_today (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *lines = billing_today_list (self->practice.desk, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      BillingTodayLine *line = lines->pdata[i];

      g_test_message ("%s: %s | %s | %s", line->nick, line->title, line->value != NULL ? line->value : "", line->sentence);
      g_assert_null (strchr (line->sentence, '{'));
      g_assert_cmpint (line->state == BILLING_TODAY_STATE_DONE && line->button != NULL, ==, FALSE);
    }
  return lines;
}

/* A quiet day: there is nothing to do, and nothing is said that nobody knows. */
static void
test_today_quiet (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) lines = list_today (self);

  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpint (((BillingTodayLine *) lines->pdata[i])->state, !=, BILLING_TODAY_STATE_OPEN);
  g_assert_nonnull (find_line (lines, "reconciliation"));
  g_assert_null (find_line (lines, "payouts-coming"));
}

/* A day on which much happened: each line says how much, and what deals with it. */
static void
test_today_busy (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (BillingAct) collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, self->number);
  g_autoptr (GPtrArray) lines = NULL;

  collect->tender = BILLING_TENDER_CASH;
  billing_test_practice_do (&self->practice, collect);
  put (self, "disputes", DISPUTE ("needs_response"));
  put (self, "charges", CHARGE ("ch_1", "succeeded", ""));
  put (self, "payouts", PAYOUT ("1792990000", "\"status\":\"in_transit\",\"arrival_date\":1793059200"));
  put (self, "account", ACCOUNT ("\"requirements\":{\"currently_due\":[\"owners\",\"external_account\"],"
                                 "\"past_due\":[\"owners\"],\"current_deadline\":1799000000}"));
  change_mirror (self, set_synced, NULL);
  refresh (self);

  lines = list_today (self);
  g_assert_cmpstr (must_find_line (lines, "disputes")->value, ==, "1");
  g_assert_cmpstr (must_find_line (lines, "disputes")->target, ==, "payments/disputes");
  g_assert_nonnull (strstr (must_find_line (lines, "disputes")->sentence, "$50.00"));
  g_assert_cmpint (must_find_line (lines, "unassigned")->count, ==, 1);
  g_assert_cmpint (must_find_line (lines, "verification")->count, ==, 2);
  g_assert_cmpint (must_find_line (lines, "notifications")->state, ==, BILLING_TODAY_STATE_OPEN);
  g_assert_cmpstr (must_find_line (lines, "collected-otherwise")->value, ==, "$250.00");
  g_assert_cmpint (must_find_line (lines, "collected-stripe")->count, ==, 0);
  g_assert_cmpstr (must_find_line (lines, "payouts-coming")->value, ==, "$900.00");
  g_assert_cmpint (must_find_line (lines, "backfill")->state, ==, BILLING_TODAY_STATE_OPEN);
  /* Not all of it is here: that there is none does not follow. */
  g_assert_cmpint (must_find_line (lines, "month-underway")->state, ==, BILLING_TODAY_STATE_PLAIN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rule_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/desk/notices/rule/", rule_cases[i].rule, NULL);

      g_test_add (path, Fixture, &rule_cases[i], set_up, test_rule, tear_down);
    }
  g_test_add_func ("/desk/notices/table", test_table);
  g_test_add_func ("/desk/notices/undo", test_undo);
  g_test_add_func ("/desk/notices/rest", test_rest);
#define ADD(name, func) g_test_add ("/desk/notices/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rule/payment-failed", test_payment_failed);
  ADD ("rule/header-notice", test_header_notice);
  ADD ("many-unassigned", test_many_unassigned);
  ADD ("verbs", test_verbs);
  ADD ("dropped-mirror", test_dropped_mirror);
  ADD ("order", test_order);
  ADD ("told", test_told);
  ADD ("plans", test_plans);
  ADD ("today/quiet", test_today_quiet);
  ADD ("today/busy", test_today_busy);

  return g_test_run ();
}

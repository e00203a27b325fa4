/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-disputes"

#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "billing-books.h"
#include "billing-clinical-words.h"
#include "billing-desk-outbox.h"
#include "billing-desk-posting.h"
#include "billing-desk-private.h"
#include "billing-dispute-story.h"
#include "billing-outbox.h"
#include "billing-stripe-delivery.h"
#include "billing-stripe-sync.h"
#include "billing-test-dump.h"
#include "billing-test-facts.h"
#include "billing-test-stripe.h"

/* Disputes, answered in a sandbox: drafts and files, one submission whatever goes wrong, and what becomes of the money. */

#define HOUR 3600
#define DAY 86400
#define FILES "/v1/files"
#define ANSWER "/v1/disputes/*"
#define CLOSE "/v1/disputes/*/close"

/* --- a dispute -------------------------------------------------------------------------------- */

static void
sync_mirror (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  guint64 n_posted;

  billing_stripe_sync (self->stripe.client, self->mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
  billing_desk_post_stripe (self->practice.desk, self->mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
}

static void
pass (Fixture *self,
      gint64   seconds)
{
  billing_test_mirror_advance (&self->stripe, seconds);
  self->now += seconds;
  billing_desk_set_clock (self->practice.desk, self->now);
}

static char *
read_mirror (Fixture    *self,
             const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text;

  billing_mirror_begin (self->mirror, &error);
  g_assert_no_error (error);
  text = billing_connection_get_text (billing_mirror_get_connection (self->mirror), &error, sql, "");
  g_assert_no_error (error);
  billing_mirror_rollback (self->mirror);
  return text;
}

/* Has the payment paid with a card whose owner disputes it. Returns: (transfer full): the dispute's id */
static char *
begin_dispute (Fixture    *self,
               const char *method)
{
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_AUTHORISE, "subject", self->number, "method", method,
                              NULL));
  g_assert_cmpuint (deliver (self), ==, 1);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_CAPTURE));
  g_assert_cmpuint (deliver (self), ==, 1);
  pass (self, HOUR);
  sync_mirror (self);
  return read_mirror (self, "SELECT id FROM disputes ORDER BY created DESC LIMIT 1");
}

static BillingAct *
act (BillingVerb  verb,
     const char  *id)
{
  return billing_act_new (verb, id);
}

static BillingAct *
save (const char *id,
      const char *fields)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DISPUTE_SAVE, "subject", id, "fields", fields, NULL);
}

/* A file of @size bytes that begins like a PDF, and is another one each time. */
static char *
make_file (gsize       size,
           const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("billing-evidence-XXXXXX", &error);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GString) content = g_string_new ("%PDF-1.4\n");

  g_string_append_printf (content, "%s\n", path);
  while (content->len < size)
    g_string_append_c (content, '\n');
  g_assert_true (g_file_set_contents (path, content->str, (gssize) content->len, &error));
  g_assert_no_error (error);
  return path;
}

static void
remove_file (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (path);
}

static BillingAct *
attach (const char *id,
        const char *slot,
        const char *path)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DISPUTE_ATTACH, "subject", id, "slot", slot, "file", path, NULL);
}

static BillingAct *
detach (const char *id,
        const char *slot)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DISPUTE_DETACH, "subject", id, "slot", slot, NULL);
}

/* What the sandbox has of a dispute: `status`, `evidence.receipt`, `evidence_details.submission_count`; empty: null. */
static char *
look (Fixture    *self,
      const char *id,
      const char *path)
{
  g_autofree char *json = billing_sandbox_server_read (self->stripe.sandbox.server, id);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = root;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
      node = json_object_get_member (json_node_get_object (node), names[i]);
      if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        return g_strdup ("");
    }
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_to_string (node, FALSE);
}

static void
assert_stripe (Fixture    *self,
               const char *id,
               const char *path,
               const char *expected)
{
  g_autofree char *found = look (self, id, path);

  g_test_message ("%s", path);
  g_assert_cmpstr (found, ==, expected);
}

static void
assert_answer (Fixture    *self,
               const char *state)
{
  assert_sql (self, "SELECT state FROM dispute_answers", state);
}

/* --- the answer ------------------------------------------------------------------------------- */

/* A draft is kept here and at Stripe, and nobody else sees it; the one submission has the texts and the file. Won, the money is
 * there again, in the books too. */
static void
test_won (Fixture       *self,
          gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  char *path = make_file (2000, "Receipt.pdf");
  g_autofree char *file = NULL;

  assert_sql (self, "SELECT withdrawn FROM payments", "25000");
  do_act (self, save (id, "{\"customer_name\":\"Ana\",\"uncategorized_text\":\"winning_evidence\"}"));
  do_act (self, attach (id, "receipt", path));
  assert_answer (self, "staging");
  assert_sql (self, "SELECT name FROM documents WHERE subject_id = (SELECT id FROM payments)", "Receipt.pdf");
  g_assert_cmpuint (deliver (self), ==, 3);
  assert_answer (self, "staged");
  assert_stripe (self, id, "status", "needs_response");
  assert_stripe (self, id, "evidence_details.submission_count", "0");
  assert_stripe (self, id, "evidence.customer_name", "Ana");
  file = look (self, id, "evidence.receipt");
  assert_stripe (self, file, "filename", "receipt.pdf");
  assert_stripe (self, file, "purpose", "dispute_evidence");

  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  assert_answer (self, "submitting");
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_answer (self, "submitted");
  assert_sql (self, "SELECT submitted_at > 0 FROM dispute_answers", "1");
  assert_stripe (self, id, "status", "under_review");
  assert_stripe (self, id, "evidence_details.submission_count", "1");
  assert_stripe (self, id, "evidence.receipt", file);
  billing_test_practice_verify (&self->practice);

  pass (self, HOUR);
  sync_mirror (self);
  assert_stripe (self, id, "status", "won");
  assert_sql (self, "SELECT withdrawn FROM payments", "0");
  remove_file (path);
}

/* Drafts that were not sent yet are one; a text that was taken back is taken back at Stripe, also one that another draft had. */
static void
test_drafts (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");

  do_act (self, save (id, "{\"customer_name\":\"Ana\",\"billing_address\":\"1 Elm St\"}"));
  do_act (self, save (id, "{\"customer_name\":\"Ana Mejia\"}"));
  g_assert_cmpuint (deliver (self), ==, 1);
  g_assert_cmpuint (count_posts (self, ANSWER), ==, 1);
  assert_stripe (self, id, "evidence.customer_name", "Ana Mejia");
  assert_stripe (self, id, "evidence.billing_address", "1 Elm St");

  do_act (self, save (id, "{\"billing_address\":\"\"}"));
  do_act (self, save (id, "{\"service_date\":\"2026-07-01\"}"));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_stripe (self, id, "evidence.billing_address", "");
  assert_stripe (self, id, "evidence.service_date", "2026-07-01");
  assert_sql (self, "SELECT evidence FROM dispute_answers", "{\"customer_name\":\"Ana Mejia\",\"service_date\":\"2026-07-01\"}");
  assert_sql (self, "SELECT group_concat (state) FROM outbox WHERE kind = 'dispute-save'", "withdrawn,done,withdrawn,done");
}

/* What Stripe would not take, or is no evidence, is refused before anything is kept. */
static void
test_limits (Fixture       *self,
             gconstpointer  data)
{
  static const char * const long_fields[] = {
    "access_activity_log", "billing_address", "cancellation_policy_disclosure", "cancellation_rebuttal", "customer_name",
    "product_description", "refund_policy_disclosure", "refund_refusal_explanation",
  };
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  g_autofree char *text = g_strnfill (20001, 'x');
  g_autofree char *fields = g_strdup_printf ("{\"customer_name\":\"%s\"}", text);
  g_autoptr (GString) all = g_string_new ("{");
  char *large = make_file (5000001, "large.pdf"), *half = make_file (2500000, "half.pdf"), *other = make_file (2500000, "other.pdf");

  refuse_act (self, save (id, fields));
  refuse_act (self, save (id, "{\"receipt\":\"file_1\"}"));
  refuse_act (self, save (id, "{\"favourite_colour\":\"blue\"}"));
  refuse_act (self, save (id, "{}"));
  refuse_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  for (guint i = 0; i < G_N_ELEMENTS (long_fields); i++)
    g_string_append_printf (all, "%s\"%s\":\"%.20000s\"", i > 0 ? "," : "", long_fields[i], text);
  g_string_append_c (all, '}');
  refuse_act (self, save (id, all->str));

  refuse_act (self, attach (id, "receipt", large));
  refuse_act (self, attach (id, "receipt", "/proc/version"));
  refuse_act (self, attach (id, "customer_name", half));
  refuse_act (self, detach (id, "receipt"));
  do_act (self, attach (id, "receipt", half));
  refuse_act (self, attach (id, "refund_policy", other));
  do_act (self, attach (id, "receipt", other));
  assert_sql (self, "SELECT count (*) FROM dispute_files", "1");
  g_assert_cmpuint (deliver (self), ==, 2);
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "file"), ==, 1);
  remove_file (large);
  remove_file (half);
  remove_file (other);
}

/* A file is taken away again: before it was sent it never is, and after that its field is emptied. Its document stays. */
static void
test_detach (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  char *path = make_file (2000, "Policy.pdf");
  g_autofree char *document = NULL;

  do_act (self, attach (id, "refund_policy", path));
  document = g_strdup (self->last);
  do_act (self, detach (id, "refund_policy"));
  g_assert_cmpuint (deliver (self), ==, 0);

  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DISPUTE_ATTACH, "subject", id, "slot", "refund_policy",
                              "document", document, NULL));
  g_assert_cmpuint (deliver (self), ==, 2);
  assert_sql (self, "SELECT file_id IS NOT NULL FROM dispute_files", "1");
  do_act (self, detach (id, "refund_policy"));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_stripe (self, id, "evidence.refund_policy", "");
  assert_sql (self, "SELECT (SELECT count (*) FROM documents) || (SELECT count (*) FROM dispute_files)", "10");
  remove_file (path);
}

/* Nobody submits twice: not while the first is on its way, not when it arrived, and not what somebody submitted at Stripe's own
 * page. After that nothing of the answer can be changed. */
static void
test_once (Fixture       *self,
           gconstpointer  data)
{
  gboolean is_elsewhere = GPOINTER_TO_INT (data);
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  g_autofree char *path = g_strconcat ("/v1/disputes/", id, NULL);

  if (is_elsewhere)
    {
      g_autofree char *unused = billing_test_mirror_post (&self->stripe, path, "evidence[customer_name]=Ana");

      sync_mirror (self);
    }
  else
    {
      do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
      do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
      refuse_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
      refuse_act (self, save (id, "{\"customer_name\":\"Bea\"}"));
      g_assert_cmpuint (deliver (self), ==, 1);
    }

  refuse_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  refuse_act (self, act (BILLING_VERB_DISPUTE_ACCEPT, id));
  refuse_act (self, save (id, "{\"customer_name\":\"Bea\"}"));
  refuse_act (self, detach (id, "receipt"));
  assert_stripe (self, id, "evidence_details.submission_count", "1");
}

/* A submission waits for the files that it names, and goes without none: where one is not taken, it is not submitted. */
static void
test_waiting_file (Fixture       *self,
                   gconstpointer  data)
{
  gboolean is_taken = GPOINTER_TO_INT (data);
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .path = FILES, .status = 400, .times = 1 };
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  char *first = make_file (2000, "a.pdf"), *second = make_file (2000, "b.pdf");

  do_act (self, attach (id, "receipt", first));
  do_act (self, attach (id, "refund_policy", second));
  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  if (!is_taken)
    billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  deliver (self);

  assert_answer (self, is_taken ? "submitted" : "draft");
  assert_sql (self, "SELECT count (*) FROM outbox WHERE kind = 'dispute-submit' AND state = 'done'", is_taken ? "1" : "0");
  assert_stripe (self, id, "evidence_details.submission_count", is_taken ? "1" : "0");
  if (is_taken)
    {
      assert_sql (self, "SELECT count (*) FROM dispute_files WHERE file_id IS NOT NULL", "2");
      assert_sql (self, "SELECT body LIKE '%receipt%' AND body LIKE '%refund_policy%' FROM outbox WHERE kind = 'dispute-submit'", "1");
    }
  else
    {
      assert_sql (self, "SELECT count (*) FROM dispute_files WHERE problem IS NOT NULL", "1");
      assert_sql (self, "SELECT problem IS NOT NULL FROM dispute_answers", "1");
      refuse_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
      do_act (self, detach (id, "receipt"));
      do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
      deliver (self);
      assert_answer (self, "submitted");
    }
  remove_file (first);
  remove_file (second);
}

/* What Stripe says no to is said in its words, and can be tried again. */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .path = ANSWER, .status = 400, .times = 1 };
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");

  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  deliver (self);
  assert_answer (self, "draft");
  assert_sql (self, "SELECT a.problem = o.problem FROM dispute_answers a, outbox o WHERE o.kind = 'dispute-submit'", "1");
  assert_sql (self, "SELECT a.verb || ' ' || p.number FROM audit a JOIN payments p ON p.id = a.subject_id WHERE a.person = 'stripe'"
                    " ORDER BY a.pk DESC LIMIT 1", "dispute-submit PAY-001");
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  deliver (self);
  assert_answer (self, "submitted");
  assert_sql (self, "SELECT problem IS NULL FROM dispute_answers", "1");
}

/* A question that becomes a dispute is answered twice, and no money moves before. */
static void
test_inquiry (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDisputeInquiry");

  assert_sql (self, "SELECT withdrawn FROM payments", "0");
  do_act (self, save (id, "{\"uncategorized_text\":\"escalate_inquiry_evidence\"}"));
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  deliver (self);
  assert_stripe (self, id, "status", "warning_under_review");
  refuse_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));

  pass (self, HOUR);
  sync_mirror (self);
  assert_stripe (self, id, "status", "needs_response");
  assert_sql (self, "SELECT withdrawn FROM payments", "25000");
  do_act (self, save (id, "{\"uncategorized_text\":\"losing_evidence\"}"));
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  deliver (self);
  pass (self, HOUR);
  sync_mirror (self);
  assert_stripe (self, id, "status", "lost");
  assert_answer (self, "submitted");
}

/* After its day nothing can be answered. */
static void
test_past_due (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");

  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  deliver (self);
  self->now += 12 * DAY;
  billing_desk_set_clock (self->practice.desk, self->now);
  refuse_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  refuse_act (self, save (id, "{\"customer_name\":\"Bea\"}"));
}

/* --- what goes wrong -------------------------------------------------------------------------- */

static void
wait_for_retry (Fixture *self)
{
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  self->now += HOUR;
  billing_desk_set_clock (self->practice.desk, self->now);
}

/* Each way in which an answer can get lost, at each step: it is sent again, and done once. */
static void
test_lost (Fixture       *self,
           gconstpointer  data)
{
  guint way = GPOINTER_TO_UINT (data);
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  char *path = make_file (2000, "a.pdf");

  do_act (self, attach (id, "receipt", path));
  lose (self, way, FILES);
  try_to_deliver (self);
  wait_for_retry (self);
  lose (self, way, ANSWER);
  try_to_deliver (self);
  wait_for_retry (self);
  g_assert_cmpuint (deliver (self), >=, 1);
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "file"), ==, 1);

  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  lose (self, way, ANSWER);
  try_to_deliver (self);
  wait_for_retry (self);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_answer (self, "staged");

  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  lose (self, way, ANSWER);
  try_to_deliver (self);
  assert_answer (self, "submitting");
  refuse_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  wait_for_retry (self);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_answer (self, "submitted");
  assert_stripe (self, id, "evidence_details.submission_count", "1");
  assert_stripe (self, id, "evidence.customer_name", "Ana");
  assert_sql (self, "SELECT group_concat (DISTINCT state) FROM outbox", "done");
  remove_file (path);
}

/* The same for giving it up. */
static void
test_lost_accept (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");

  do_act (self, act (BILLING_VERB_DISPUTE_ACCEPT, id));
  lose (self, GPOINTER_TO_UINT (data), CLOSE);
  try_to_deliver (self);
  assert_answer (self, "accepting");
  wait_for_retry (self);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_answer (self, "accepted");
  assert_stripe (self, id, "status", "lost");
}

/* A day later Stripe has forgotten the key. Drafts and files are sent again, since that does no harm; of what is final it is looked
 * up whether it was done. */
static void
test_unknown (Fixture       *self,
              gconstpointer  data)
{
  gboolean is_done = GPOINTER_TO_INT (data);
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  g_autofree char *intent = NULL;
  char *path = make_file (2000, "a.pdf");

  do_act (self, attach (id, "receipt", path));
  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  lose (self, is_done ? LOST_DONE : LOST_UNDONE, FILES);
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  pass (self, 25 * HOUR);
  deliver (self);
  assert_answer (self, "staged");
  assert_sql (self, "SELECT file_id IS NOT NULL FROM dispute_files", "1");

  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  intent = billing_test_text (self->practice.folder, "SELECT id FROM outbox WHERE kind = 'dispute-submit'");
  lose (self, is_done ? LOST_DONE : LOST_UNDONE, ANSWER);
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  pass (self, 25 * HOUR);
  g_assert_cmpuint (deliver (self), ==, 0);
  assert_answer (self, "submitting");
  do_act (self, act (BILLING_VERB_OUTBOX_CHECK, intent));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_answer (self, is_done ? "submitted" : "draft");
  assert_stripe (self, id, "evidence_details.submission_count", is_done ? "1" : "0");
  if (!is_done)
    {
      do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
      deliver (self);
      assert_stripe (self, id, "evidence_details.submission_count", "1");
    }
  remove_file (path);
}

/* A document that was damaged on the disk is not sent in place of what was attached. */
static void
test_damaged (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  g_autofree char *sha256 = NULL, *start = NULL, *kept = NULL, *content = NULL;
  gsize length;
  char *path = make_file (2000, "a.pdf");

  do_act (self, attach (id, "receipt", path));
  sha256 = billing_test_text (self->practice.folder, "SELECT sha256 FROM documents");
  start = g_strndup (sha256, 2);
  kept = g_build_filename (self->practice.folder, "documents", start, sha256, NULL);
  g_assert_true (g_file_get_contents (kept, &content, &length, NULL));
  g_assert_true (g_file_set_contents (kept, "%PDF-another", -1, NULL));
  deliver (self);
  assert_sql (self, "SELECT problem LIKE '%damaged%' FROM dispute_files", "1");
  g_assert_cmpuint (count_posts (self, FILES), ==, 0);
  g_assert_true (g_file_set_contents (kept, content, (gssize) length, NULL));
  remove_file (path);
}

/* --- a program that dies between two steps ---------------------------------------------------- */

enum {
  AFTER_CLAIM,
  AFTER_ANSWER,
  AFTER_POSTING,
  N_DEATHS,
};

static gboolean
claim_func (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  return billing_outbox_claim (connection, G_MAXINT64 / 2, data, error);
}

static void
die (Fixture *self,
     guint    death)
{
  g_autoptr (BillingIntent) intent = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (BillingStripeDelivery) delivery = { 0 };
  g_autoptr (GBytes) file = NULL;
  guint64 n_posted;

  billing_store_write (billing_desk_get_store (self->practice.desk), claim_func, &intent, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (intent);
  intent->sent_at = self->now;
  if (g_str_equal (intent->kind, "dispute-file"))
    file = billing_dispute_load_file (self->practice.desk, intent, &error);
  g_assert_no_error (error);
  if (death >= AFTER_ANSWER && file != NULL)
    billing_stripe_delivery_send_file (self->stripe.client, self->mirror, intent, file, &delivery, NULL);
  else if (death >= AFTER_ANSWER)
    billing_stripe_delivery_send (self->stripe.client, self->mirror, intent, &delivery, NULL);
  if (death >= AFTER_POSTING)
    billing_desk_post_stripe (self->practice.desk, self->mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
}

/* Killed at each step of each thing that is asked: what follows ends where it would have ended. */
static void
test_death (Fixture       *self,
            gconstpointer  data)
{
  guint death = GPOINTER_TO_UINT (data);
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  char *path = make_file (2000, "a.pdf");

  do_act (self, attach (id, "receipt", path));
  die (self, death);
  deliver (self);
  assert_sql (self, "SELECT file_id IS NOT NULL FROM dispute_files", "1");
  do_act (self, save (id, "{\"uncategorized_text\":\"winning_evidence\"}"));
  die (self, death);
  deliver (self);
  assert_answer (self, "staged");
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  die (self, death);
  deliver (self);
  assert_answer (self, "submitted");
  assert_sql (self, "SELECT group_concat (DISTINCT state) FROM outbox", "done");
  assert_stripe (self, id, "evidence_details.submission_count", "1");
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "file"), ==, 1);
  remove_file (path);
}

/* --- the money -------------------------------------------------------------------------------- */

static char *
lose_dispute (Fixture *self)
{
  char *id = begin_dispute (self, "pm_card_createDispute");

  do_act (self, act (BILLING_VERB_DISPUTE_ACCEPT, id));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_answer (self, "accepted");
  sync_mirror (self);
  return id;
}

/* What was lost is asked for once more, in a payment of its own, and never a second time. */
static void
test_bill_again (Fixture       *self,
                 gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  g_autofree char *lost = NULL;

  refuse_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  do_act (self, act (BILLING_VERB_DISPUTE_ACCEPT, id));
  refuse_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  deliver (self);
  do_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  lost = g_strdup (self->last);
  billing_test_practice_assert_payment (&self->practice, lost, BILLING_STATUS_PENDING, 25000, 0, 0);
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PAID, 25000, 25000, 0);
  assert_sql (self, "SELECT instr (b.memo, a.number) > 0 FROM payments a, payments b WHERE a.pk = 1 AND b.pk = 2", "1");
  assert_sql (self, "SELECT outcome || (outcome_id = (SELECT id FROM payments WHERE pk = 2)) FROM dispute_answers", "billed-again1");
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'disputes'", "0");
  refuse_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  refuse_act (self, act (BILLING_VERB_DISPUTE_WRITE_OFF, id));
}

/* Or the practice does without it. What comes back all the same takes that back too. */
static void
test_write_off (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *id = lose_dispute (self);
  g_autofree char *charge = read_mirror (self, "SELECT charge FROM disputes");

  do_act (self, act (BILLING_VERB_DISPUTE_WRITE_OFF, id));
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'adjustments'", "25000");
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'disputes'", "0");
  assert_sql (self, "SELECT withdrawn FROM payments", "25000");
  refuse_act (self, act (BILLING_VERB_DISPUTE_WRITE_OFF, id));
  refuse_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  billing_test_practice_verify (&self->practice);

  billing_test_facts_put_move (self->mirror, "txn_back", "dispute_reversal", id, self->now, 25000);
  billing_test_facts_queue_all (self->mirror);
  billing_test_facts_post (&self->practice, self->mirror);
  assert_sql (self, "SELECT withdrawn FROM payments", "0");
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'adjustments'", "0");
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'disputes'", "0");
  assert_sql (self, "SELECT outcome FROM dispute_answers", "none");
}

/* --- its story -------------------------------------------------------------------------------- */

/* All that is known of a dispute is read at once; what the books fill in is nothing clinical, and says nothing to Stripe. */
static void
test_story (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDisputeProductNotReceived");
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDisputeStory) story = NULL;
  g_autoptr (BillingDisputeStory) later = NULL;
  g_autoptr (BillingDisputeStory) none = NULL;
  g_autoptr (GHashTable) texts = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer text;

  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_NOTE_ADD, "subject", self->number, "text",
                              "Came with a swollen ankle after football.", NULL));
  story = billing_dispute_story_read (self->practice.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (story->reason->reason, ==, "product_not_received");
  g_assert_cmpstr (story->dispute->network_code, ==, "13.1");
  g_assert_cmpstr (story->dispute->case_type, ==, "chargeback");
  g_assert_cmpstr (story->payment->number, ==, self->number);
  g_assert_nonnull (story->patient);
  g_assert_nonnull (story->charge);
  g_assert_null (story->answer);
  g_assert_cmpuint (story->moves->len, ==, 1);
  g_assert_cmpint (BILLING_BALANCE_TRANSACTION (story->moves->pdata[0])->amount, ==, -25000);
  g_assert_cmpint (BILLING_BALANCE_TRANSACTION (story->moves->pdata[0])->fee, ==, 1500);
  g_assert_cmpint (story->dispute->withdrawn, ==, 25000);
  g_assert_cmpint (story->dispute->fee, ==, 1500);
  g_assert_cmpint (story->in_books, ==, 25000);
  g_assert_true (story->can_edit && story->can_submit && story->can_accept && !story->can_settle);
  g_assert_null (story->why_not);

  texts = billing_dispute_prefill (story);
  g_assert_cmpstr (g_hash_table_lookup (texts, "customer_name"), !=, NULL);
  g_assert_nonnull (strstr (g_hash_table_lookup (texts, "product_description"), self->number));
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      g_autoptr (GPtrArray) found = billing_dispute_find_clinical (story, text);

      g_test_message ("%s: %s", (char *) name, (char *) text);
      g_assert_cmpuint (found->len, ==, 0);
    }
  {
    g_autoptr (GPtrArray) found = billing_dispute_find_clinical (story, "He had a swollen ankle after football, he says.");

    g_assert_cmpuint (found->len, ==, 1);
    g_assert_cmpint (((BillingClinicalFinding *) found->pdata[0])->kind, ==, BILLING_CLINICAL_OWN);
  }
  assert_sql (self, "SELECT count (*) FROM outbox WHERE subject_id LIKE 'dp_%'", "0");

  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  later = billing_dispute_story_read (self->practice.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (later->texts, "customer_name"), ==, "Ana");
  g_assert_cmpuint (later->n_waiting, ==, 1);
  g_assert_false (later->can_edit || later->can_submit || later->can_accept);
  g_assert_nonnull (later->why_not);

  none = billing_dispute_story_read (self->practice.desk, "dp_none", &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

/* Of what is said to be a duplicate, the other payment of as much by the same patient is filled in; of another reason it is not. */
static void
test_twin (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *first = g_strdup (self->number);
  g_autofree char *id = NULL, *charge = NULL, *json = NULL, *changed = NULL;
  g_autoptr (BillingDisputeStory) story = NULL;
  g_autoptr (GHashTable) texts = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;

  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_AUTHORISE, "subject", first, NULL));
  deliver (self);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_CAPTURE));
  deliver (self);
  g_free (self->number);
  self->number = billing_test_practice_create_payment (&self->practice, 25000, FALSE);
  id = begin_dispute (self, "pm_card_createDispute");
  charge = read_mirror (self, "SELECT id FROM charges WHERE id NOT IN (SELECT charge FROM disputes)");

  json = billing_sandbox_server_read (self->stripe.sandbox.server, id);
  parts = g_strsplit (json, "\"reason\":\"fraudulent\"", 2);
  changed = g_strjoinv ("\"reason\":\"duplicate\"", parts);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  billing_mirror_begin (self->mirror, &error);
  billing_mirror_put (self->mirror, billing_mirror_kind_find ("disputes"), changed, strlen (changed), G_MAXINT64, &error);
  billing_mirror_commit (self->mirror, &error);
  g_assert_no_error (error);

  story = billing_dispute_story_read (self->practice.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (story->twin, ==, charge);
  texts = billing_dispute_prefill (story);
  g_assert_cmpstr (g_hash_table_lookup (texts, "duplicate_charge_id"), ==, charge);
}

/* --- the list --------------------------------------------------------------------------------- */

static gboolean
count_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  ++*(guint *) data;
  return TRUE;
}

static void
assert_listed (Fixture    *self,
               const char *status,
               const char *sort,
               guint       expected)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->practice.desk, "disputes");
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_object_set (query, "status", status, "sort", sort, NULL);
  billing_desk_list (self->practice.desk, query, count_cb, &n, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s by %s", status, sort);
  g_assert_cmpuint (n, ==, expected);
}

/* A dispute is found by Stripe's word for where it stands, and by what somebody has to do. */
static void
test_list (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDisputeInquiry");

  assert_listed (self, "warning_needs_response", "due", 1);
  assert_listed (self, "needs-answer", "amount", 1);
  assert_listed (self, "needs_response,won", "created", 0);
  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  deliver (self);
  assert_listed (self, "needs-answer", "due", 0);
  assert_listed (self, "under-review", "due", 1);
  assert_listed (self, "closed", "due", 0);
}

/* --- whatever happens ------------------------------------------------------------------------- */

/* One step of somebody who does anything at any time, while anything goes wrong. What is refused is refused. */
static void
do_something (Fixture    *self,
              const char *id,
              char      **files)
{
  static const char * const slots[] = { "receipt", "refund_policy", "customer_signature" };
  const char *slot = slots[g_test_rand_int_range (0, G_N_ELEMENTS (slots))];
  g_autofree char *fields = g_strdup_printf ("{\"customer_name\":\"%d\"}", g_test_rand_int_range (0, 100));
  g_autoptr (BillingAct) something = NULL;
  g_autoptr (GError) error = NULL;

  switch (g_test_rand_int_range (0, 10))
    {
    case 0: case 1:
      something = save (id, fields);
      break;
    case 2: case 3:
      something = attach (id, slot, files[g_test_rand_int_range (0, 3)]);
      break;
    case 4:
      something = detach (id, slot);
      break;
    case 5:
      something = act (BILLING_VERB_DISPUTE_SUBMIT, id);
      break;
    case 6: case 7:
      lose (self, (guint) g_test_rand_int_range (0, N_LOSSES), g_test_rand_bit () ? FILES : ANSWER);
      try_to_deliver (self);
      break;
    case 8:
      wait_for_retry (self);
      break;
    default:
      try_to_deliver (self);
    }

  if (something != NULL)
    billing_desk_do (self->practice.desk, something, &error);
}

/* Whatever was done in whatever order: one submission at the most, and Stripe has at its end what the books say. */
static void
test_random (Fixture       *self,
             gconstpointer  data)
{
  const char *steps = g_getenv ("BILLING_TEST_STEPS");
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  char *files[] = { make_file (1000, "a.pdf"), make_file (1100, "b.pdf"), make_file (1200, "c.pdf") };
  g_autofree char *count = NULL, *submitted = NULL, *name = NULL, *own_name = NULL;
  int n = steps != NULL ? atoi (steps) : 40;

  for (int i = 0; i < n; i++)
    do_something (self, id, files);
  for (int i = 0; i < 4; i++)
    {
      wait_for_retry (self);
      try_to_deliver (self);
    }

  assert_sql (self, "SELECT count (*) FROM outbox WHERE state IN ('queued', 'sending', 'unknown')", "0");
  count = look (self, id, "evidence_details.submission_count");
  submitted = billing_test_text (self->practice.folder, "SELECT count (*) FROM outbox WHERE kind = 'dispute-submit' AND state = 'done'");
  g_assert_cmpstr (count, ==, submitted);
  g_assert_cmpint (atoi (count), <=, 1);
  name = look (self, id, "evidence.customer_name");
  own_name = billing_test_text (self->practice.folder, "SELECT ifnull (evidence ->> '$.customer_name', '') FROM dispute_answers");
  g_assert_cmpstr (name, ==, own_name != NULL ? own_name : "");
  {
    static const char * const slots[] = { "receipt", "refund_policy", "customer_signature" };

    for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
      {
        g_autofree char *sql = g_strdup_printf ("SELECT ifnull ((SELECT file_id FROM dispute_files WHERE slot = '%s'), '')", slots[i]);
        g_autofree char *path = g_strconcat ("evidence.", slots[i], NULL);
        g_autofree char *there = look (self, id, path);

        assert_sql (self, sql, there);
      }
  }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    remove_file (files[i]);
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/disputes/won", NULL, test_won);
  ADD ("/disputes/drafts", NULL, test_drafts);
  ADD ("/disputes/limits", NULL, test_limits);
  ADD ("/disputes/detach", NULL, test_detach);
  ADD ("/disputes/once", GINT_TO_POINTER (FALSE), test_once);
  ADD ("/disputes/once/elsewhere", GINT_TO_POINTER (TRUE), test_once);
  ADD ("/disputes/waiting-file", GINT_TO_POINTER (TRUE), test_waiting_file);
  ADD ("/disputes/refused-file", GINT_TO_POINTER (FALSE), test_waiting_file);
  ADD ("/disputes/refused", NULL, test_refused);
  ADD ("/disputes/inquiry", NULL, test_inquiry);
  ADD ("/disputes/past-due", NULL, test_past_due);
  for (guint i = 0; i < N_LOSSES; i++)
    {
      g_autofree char *path = g_strdup_printf ("/disputes/lost/%u", i);
      g_autofree char *accept = g_strdup_printf ("/disputes/lost-accept/%u", i);

      ADD (path, GUINT_TO_POINTER (i), test_lost);
      ADD (accept, GUINT_TO_POINTER (i), test_lost_accept);
    }
  ADD ("/disputes/unknown/done", GINT_TO_POINTER (TRUE), test_unknown);
  ADD ("/disputes/unknown/undone", GINT_TO_POINTER (FALSE), test_unknown);
  ADD ("/disputes/damaged", NULL, test_damaged);
  for (guint i = 0; i < N_DEATHS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/disputes/death/%u", i);

      ADD (path, GUINT_TO_POINTER (i), test_death);
    }
  ADD ("/disputes/bill-again", NULL, test_bill_again);
  ADD ("/disputes/write-off", NULL, test_write_off);
  ADD ("/disputes/story", NULL, test_story);
  ADD ("/disputes/twin", NULL, test_twin);
  ADD ("/disputes/list", NULL, test_list);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *path = g_strdup_printf ("/disputes/random/%u", i);

      ADD (path, NULL, test_random);
    }

  return g_test_run ();
}

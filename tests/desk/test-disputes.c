/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-disputes"

#include "config.h"

#include "billing-desk-outbox.h"
#include "billing-desk-private.h"
#include "billing-test-dispute.h"
#include "billing-test-dump.h"
#include "billing-test-facts.h"

/* Disputes, answered in a sandbox: drafts and files, and one submission whatever goes wrong. */

#define HOUR 3600
#define DAY 86400
#define FILES "/v1/files"
#define ANSWER "/v1/disputes/*"
#define CLOSE "/v1/disputes/*/close"

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
  wait_for (self, HOUR);
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
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *path = g_strdup_printf ("/disputes/random/%u", i);

      ADD (path, NULL, test_random);
    }

  return g_test_run ();
}

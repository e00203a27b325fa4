/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-ctl"

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "billing-test-ctl.h"

/* A language that writes 1.250,50 */
#define GERMAN "de_DE.UTF-8"

static char *
create (BillingTestCtl *t,
        const char     *amount,
        const char     *memo)
{
  billing_test_ctl_run (t, "payment", "create", "--patient", "PT-001", "--amount", amount, "--memo", memo, NULL);
  return billing_test_ctl_line (t);
}

/* One thing as JSON. */
static JsonNode *
show (BillingTestCtl *t,
      const char     *id)
{
  billing_test_ctl_run (t, "show", id, NULL);
  return billing_test_ctl_json (t);
}

static void
assert_payment (BillingTestCtl *t,
                const char     *id,
                const char     *status,
                gint64          amount,
                gint64          refunded)
{
  g_autoptr (JsonNode) node = show (t, id);
  JsonObject *payment = json_node_get_object (node);

  g_assert_cmpstr (json_object_get_string_member (payment, "status"), ==, status);
  g_assert_cmpint (json_object_get_int_member (payment, "amount"), ==, amount);
  g_assert_cmpint (json_object_get_int_member (payment, "refunded"), ==, refunded);
}

/* A new practice prints where it is, is empty, checks, and cannot be made twice. */
static void
test_init (BillingTestCtl *t,
           gconstpointer   data)
{
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;
  GStatBuf info;

  billing_test_ctl_run (t, "init", "--name", "Clinic", "--currency", "EUR", "--time-zone", "Europe/Berlin", NULL);
  line = billing_test_ctl_line (t);
  g_assert_cmpstr (line, ==, t->practice);
  g_assert_cmpint (g_stat (t->practice, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  billing_test_ctl_run (t, "list", "payments", "--format", "json", NULL);
  node = billing_test_ctl_json (t);
  billing_test_ctl_rows (t, node, 0);
  billing_test_ctl_run (t, "list", "payments", NULL);
  g_assert_cmpstr (t->out, ==, "Payment ID  Patient  Amount  Status  Due Date  Treatment  Created  Memo\n");
  billing_test_ctl_run (t, "verify", NULL);
  g_assert_cmpstr (t->out, !=, "");

  billing_test_ctl_fail (t, t->practice, "init", NULL);
  billing_test_ctl_fail (t, t->practice, "init", "--demo", NULL);
}

/* What makes no sense makes no practice. */
static void
test_init_refused (BillingTestCtl *t,
                   gconstpointer   data)
{
  billing_test_ctl_fail (t, "XYZW", "init", "--currency", "XYZW", NULL);
  billing_test_ctl_fail (t, "Mars/Base", "init", "--time-zone", "Mars/Base", NULL);
  billing_test_ctl_fail (t, "--demo", "init", "--payments", "5", NULL);
  billing_test_ctl_fail (t, "own name", "init", "--demo", "--name", "X", NULL);
  billing_test_ctl_fail (t, "whole number", "init", "--demo", "--payments", "many", NULL);
  g_assert_false (g_file_test (t->practice, G_FILE_TEST_EXISTS));
  billing_test_ctl_fail (t, "billingctl init", "list", "payments", NULL);
}

/* The demo has as many payments as were asked for, and the same seed gives the same CSV. */
static void
test_demo (BillingTestCtl *t,
           gconstpointer   data)
{
  g_autofree char *first = NULL;
  g_autofree char *practice = NULL;
  g_auto (GStrv) lines = NULL;

  billing_test_ctl_run (t, "list", "payments", "--format", "csv", NULL);
  first = g_steal_pointer (&t->out);
  lines = g_strsplit (first, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 32);

  practice = g_steal_pointer (&t->practice);
  t->practice = billing_test_ctl_path (t, "another");
  billing_test_ctl_run (t, "init", "--demo", "--payments", "30", "--seed", "7", NULL);
  billing_test_ctl_run (t, "list", "payments", "--format", "csv", NULL);
  g_assert_cmpstr (t->out, ==, first);
}

/* A payment's life: created, edited, collected in part, which splits it, refunded in part; the rest fails, is asked for
 * again and written off. Its JSON has everything that belongs to it. */
static void
test_life (BillingTestCtl *t,
           gconstpointer   data)
{
  g_autofree char *id = create (t, "250.00", "Crown");
  g_autofree char *rest = NULL;
  g_autofree char *refund = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *payment, *part;

  g_assert_cmpstr (id, ==, "PAY-031");
  assert_payment (t, id, "pending", 25000, 0);
  billing_test_ctl_run (t, "payment", "edit", id, "--amount", "260", "--due", "2026-12-31", "--type", "private-pay", NULL);
  g_assert_cmpstr (t->out, ==, "");
  assert_payment (t, id, "pending", 26000, 0);

  billing_test_ctl_run (t, "payment", "collect", id, "--tender", "cheque", "--amount", "100", "--reference", "1234",
                        "--date", "2026-06-01", NULL);
  rest = billing_test_ctl_line (t);
  g_assert_cmpstr (rest, ==, "PAY-032");
  g_assert_nonnull (strstr (t->err, "PAY-032"));
  assert_payment (t, id, "paid", 10000, 0);
  assert_payment (t, rest, "pending", 16000, 0);

  billing_test_ctl_run (t, "payment", "refund", id, "--amount", "30.50", "--reason", "billing-error", "--notes", "Wrong code",
                        NULL);
  refund = billing_test_ctl_line (t);
  g_assert_true (g_str_has_prefix (refund, "ref_"));
  assert_payment (t, id, "partially-refunded", 10000, 3050);

  billing_test_ctl_run (t, "payment", "fail", rest, "--notes", "Declined", NULL);
  assert_payment (t, rest, "failed", 16000, 0);
  billing_test_ctl_run (t, "payment", "submit", rest, NULL);
  billing_test_ctl_run (t, "payment", "write-off", rest, NULL);
  assert_payment (t, rest, "cancelled", 16000, 0);

  node = show (t, id);
  payment = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (payment, "number"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (payment, "memo"), ==, "Crown");
  g_assert_cmpstr (json_object_get_string_member (payment, "due-on"), ==, "2026-12-31");
  g_assert_cmpstr (json_object_get_string_member (payment, "payment-type"), ==, "private-pay");
  g_assert_cmpstr (json_object_get_string_member (payment, "tender"), ==, "cheque");
  g_assert_cmpstr (json_object_get_string_member (payment, "paid-on"), ==, "2026-06-01");
  part = json_array_get_object_element (json_object_get_array_member (payment, "refunds"), 0);
  g_assert_cmpint (json_object_get_int_member (part, "amount"), ==, 3050);
  g_assert_cmpstr (json_object_get_string_member (part, "reason"), ==, "billing-error");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (payment, "timeline")), ==, 4);

  billing_test_ctl_run (t, "verify", NULL);
}

/* A draft is cancelled, a collection reversed, more than was owed becomes credit, which pays and goes back. */
static void
test_other_ways (BillingTestCtl *t,
                 gconstpointer   data)
{
  g_autofree char *draft = NULL;
  g_autofree char *paid = create (t, "40", "Copay");
  g_autofree char *next = create (t, "10", "Copay");
  g_autoptr (JsonNode) node = NULL;

  billing_test_ctl_run (t, "payment", "create", "--patient", "PT-001", "--amount", "5", "--draft", NULL);
  draft = billing_test_ctl_line (t);
  assert_payment (t, draft, "draft", 500, 0);
  billing_test_ctl_run (t, "payment", "cancel", draft, NULL);
  assert_payment (t, draft, "cancelled", 500, 0);

  billing_test_ctl_run (t, "payment", "collect", paid, "--tender", "cash", NULL);
  g_assert_cmpstr (t->out, ==, "");
  billing_test_ctl_run (t, "payment", "reverse", paid, "--notes", "Counted twice", NULL);
  assert_payment (t, paid, "pending", 4000, 0);
  billing_test_ctl_run (t, "payment", "collect", paid, "--tender", "bank", "--amount", "55", NULL);
  billing_test_ctl_run (t, "payment", "collect", next, "--tender", "credit", NULL);
  assert_payment (t, next, "paid", 1000, 0);
  billing_test_ctl_run (t, "credit", "refund", "PT-001", "--amount", "5", "--tender", "cash", NULL);

  node = show (t, "PT-001");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "credit"), ==, 0);
  billing_test_ctl_run (t, "verify", NULL);
}

/* Notes and files are kept with a payment and shown with it; a text may begin with a dash. */
static void
test_filing (BillingTestCtl *t,
             gconstpointer   data)
{
  g_autofree char *id = create (t, "40", "Copay");
  g_autofree char *file = billing_test_ctl_path (t, "Überweisung 1.txt");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *note, *document;

  g_assert_true (g_file_set_contents (file, "Dear clinic,\n", -1, NULL));
  billing_test_ctl_run (t, "payment", "note", id, "--", "-5 % promised", NULL);
  g_assert_true (g_str_has_prefix (t->out, "not_"));
  billing_test_ctl_run (t, "payment", "attach", id, "Überweisung 1.txt", NULL);
  g_assert_true (g_str_has_prefix (t->out, "doc_"));
  billing_test_ctl_fail (t, "missing.txt", "payment", "attach", id, "missing.txt", NULL);

  node = show (t, id);
  note = json_array_get_object_element (json_object_get_array_member (json_node_get_object (node), "notes"), 0);
  document = json_array_get_object_element (json_object_get_array_member (json_node_get_object (node), "documents"), 0);
  g_assert_cmpstr (json_object_get_string_member (note, "text"), ==, "-5 % promised");
  g_assert_cmpstr (json_object_get_string_member (document, "name"), ==, "Überweisung 1.txt");
  g_assert_cmpint (json_object_get_int_member (document, "size"), ==, 13);

  billing_test_ctl_run (t, "list", "notes", "--subject", id, "--format", "csv", NULL);
  g_assert_nonnull (strstr (t->out, ",-5 % promised\r\n") != NULL ? t->out : strstr (t->out, "-5 % promised"));
}

static char *
find_id (BillingTestCtl *t,
         const char     *kind,
         const char     *subject)
{
  g_autoptr (JsonNode) rows = NULL;

  billing_test_ctl_run (t, "list", kind, "--subject", subject, "--format", "json", NULL);
  rows = json_from_string (t->out, NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (rows)), ==, 1);
  return g_strdup (json_object_get_string_member (json_array_get_object_element (json_node_get_array (rows), 0), "id"));
}

/* What was filed is corrected: a note's text, a document's name; a document goes and comes back, and the same file comes in once. */
static void
test_refiling (BillingTestCtl *t,
               gconstpointer   data)
{
  g_autofree char *id = create (t, "40", "Copay");
  g_autofree char *file = billing_test_ctl_path (t, "a.txt");
  g_autofree char *note = NULL;
  g_autofree char *document = NULL;

  g_assert_true (g_file_set_contents (file, "Dear clinic,\n", -1, NULL));
  billing_test_ctl_run (t, "payment", "note", id, "On Friday", NULL);
  note = find_id (t, "notes", id);
  billing_test_ctl_run (t, "note", "edit", note, "On Monday", NULL);
  billing_test_ctl_run (t, "list", "notes", "--subject", id, "--format", "csv", NULL);
  g_assert_nonnull (strstr (t->out, "On Monday"));

  billing_test_ctl_run (t, "payment", "attach", id, "a.txt", NULL);
  billing_test_ctl_run (t, "payment", "attach", id, "a.txt", NULL);
  document = find_id (t, "documents", id);
  g_assert_true (g_str_has_prefix (t->out, "[") && strstr (t->out, document) != NULL);
  billing_test_ctl_run (t, "document", "rename", document, "b.txt", NULL);
  billing_test_ctl_run (t, "document", "remove", document, NULL);
  billing_test_ctl_run (t, "list", "documents", "--format", "csv", NULL);
  g_assert_null (strstr (t->out, "b.txt"));
  billing_test_ctl_run (t, "list", "documents", "--status", "removed", "--format", "csv", NULL);
  g_assert_nonnull (strstr (t->out, "b.txt"));
  billing_test_ctl_run (t, "document", "restore", document, NULL);
  billing_test_ctl_run (t, "list", "documents", "--format", "csv", NULL);
  g_assert_nonnull (strstr (t->out, "b.txt"));
}

/* A receipt is a PDF, of a payment of any status; a folder that is not there is told. */
static void
test_receipt (BillingTestCtl *t,
              gconstpointer   data)
{
  g_autofree char *id = create (t, "40", "Copay");
  g_autofree char *path = billing_test_ctl_path (t, "receipt.pdf");
  g_autofree char *content = NULL;

  billing_test_ctl_run (t, "practice", "edit", "--address", "12 Elm Street", "--city", "Springfield", NULL);
  billing_test_ctl_run (t, "payment", "receipt", id, "receipt.pdf", NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  billing_test_ctl_fail (t, "receipt.pdf", "payment", "receipt", id, "missing/receipt.pdf", NULL);
  billing_test_ctl_fail (t, "PAY-404", "payment", "receipt", "PAY-404", "receipt.pdf", NULL);
}

/* Lists as JSON are arrays of objects named like the records' properties; filters, order, limit and offset hold. */
static void
test_list (BillingTestCtl *t,
           gconstpointer   data)
{
  g_autofree char *small = create (t, "1.01", "first");
  g_autofree char *large = create (t, "99999.99", "second");
  g_autoptr (JsonNode) by_amount = NULL;
  g_autoptr (JsonNode) between = NULL;
  g_autoptr (JsonNode) second = NULL;
  JsonArray *rows;

  billing_test_ctl_run (t, "list", "payments", "--sort", "-amount", "--limit", "1", "--format", "json", NULL);
  by_amount = billing_test_ctl_json (t);
  rows = billing_test_ctl_rows (t, by_amount, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 0), "number"), ==, large);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (rows, 0), "amount"), ==, 9999999);

  billing_test_ctl_run (t, "list", "payments", "--min", "1", "--max", "1.01", "--status", "pending,draft", "--patient",
                        "PT-001", "--format", "json", NULL);
  between = billing_test_ctl_json (t);
  rows = billing_test_ctl_rows (t, between, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 0), "memo"), ==, "first");

  billing_test_ctl_run (t, "list", "payments", "--sort", "amount", "--offset", "31", "--format", "json", NULL);
  second = billing_test_ctl_json (t);
  rows = billing_test_ctl_rows (t, second, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 0), "number"), ==, large);
}

/* Of the rows that were printed, each says this; there are some. */
static void
assert_all (BillingTestCtl *t,
            const char     *member,
            const char     *value)
{
  g_autoptr (JsonNode) node = billing_test_ctl_json (t);
  JsonArray *rows = json_node_get_array (node);

  g_assert_cmpuint (json_array_get_length (rows), >, 0);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, i), member), ==, value);
}

/* Payments by the day and the way they came in, by when they are due and by who treated; refunds by their reason. What a list cannot be
 * filtered by is refused. */
static void
test_filters (BillingTestCtl *t,
              gconstpointer   data)
{
  g_autofree char *number = create (t, "77.70", "paid by cheque");
  g_autofree char *late = create (t, "78.70", "due late");

  billing_test_ctl_run (t, "payment", "collect", number, "--tender", "cheque", "--date", "2026-01-07", NULL);
  billing_test_ctl_run (t, "list", "payments", "--paid-from", "2026-01-07", "--paid-to", "2026-01-07", "--tender", "cheque",
                        "--search", number, "--format", "json", NULL);
  assert_all (t, "number", number);
  billing_test_ctl_run (t, "list", "payments", "--tender", "cash", "--format", "json", NULL);
  assert_all (t, "tender", "cash");

  billing_test_ctl_run (t, "payment", "edit", late, "--due", "2031-02-03", NULL);
  billing_test_ctl_run (t, "list", "payments", "--due-from", "2031-02-03", "--due-to", "2031-02-03", "--age", "not-due",
                        "--age-basis", "due", "--format", "json", NULL);
  assert_all (t, "due-on", "2031-02-03");
  billing_test_ctl_run (t, "list", "payments", "--physician", "none", "--search", number, "--format", "json", NULL);
  assert_all (t, "number", number);

  billing_test_ctl_run (t, "payment", "refund", number, "--reason", "duplicate-charge", "--amount", "1", NULL);
  billing_test_ctl_run (t, "list", "refunds", "--reason", "duplicate-charge", "--patient", "PT-001", "--format", "json", NULL);
  assert_all (t, "reason", "duplicate-charge");

  billing_test_ctl_fail (t, "cannot be filtered by", "list", "patients", "--tender", "cash", NULL);
  billing_test_ctl_fail (t, "--due-from", "list", "payments", "--due-from", "soon", NULL);
  billing_test_ctl_fail (t, "--tender", "list", "payments", "--tender", "shells", NULL);

  /* A slip is said, for an empty list would be believed. */
  billing_test_ctl_fail (t, "“payed” is no status in the list of payouts", "list", "payouts", "--status", "paid,payed", NULL);
  billing_test_ctl_fail (t, "needs_response", "export", "disputes", "-", "--status", "open", NULL);
  billing_test_ctl_fail (t, "first day is after the last", "list", "charges", "--from", "2026-12-01", "--to", "2026-01-01", NULL);
  billing_test_ctl_fail (t, "least amount is more", "list", "charges", "--min", "100", "--max", "5", NULL);
  billing_test_ctl_run (t, "list", "payouts", "--status", "failed,canceled", NULL);
  billing_test_ctl_run (t, "list", "charges", "--status", "blocked,failed", "--from", "2026-01-01", "--to", "2026-01-01", NULL);
}

/* The table is aligned and shows amounts and days as people read them; CSV is plain. */
static void
test_formats (BillingTestCtl *t,
              gconstpointer   data)
{
  g_autofree char *id = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *name = NULL;
  g_autofree char *today = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (GStrv) lines = NULL;

  billing_test_ctl_run (t, "payment", "create", "--patient", "PT-001", "--amount", "1250", "--due", "2026-12-31", "--memo",
                        "Crown,\nupper \"left\"", NULL);
  id = billing_test_ctl_line (t);
  node = show (t, "PT-001");
  name = g_strdup (json_object_get_string_member (json_node_get_object (node), "name"));

  billing_test_ctl_run (t, "list", "payments", "--min", "1250", "--max", "1250", "--format", "csv", NULL);
  lines = g_strsplit (t->out, "\r\n", 2);
  g_assert_cmpstr (lines[0], ==, "Payment ID,Patient,Amount,Currency,Status,Due Date,Treatment,Created,Memo");
  expected = g_strdup_printf ("%s,%s,1250.00,USD,pending,2026-12-31,,", id, name);
  g_assert_true (g_str_has_prefix (lines[1], expected));
  g_assert_true (g_str_has_suffix (lines[1], ",\"Crown,\nupper \"\"left\"\"\"\r\n"));

  billing_test_ctl_run (t, "list", "payments", "--min", "1250", "--max", "1250", NULL);
  g_strfreev (g_steal_pointer (&lines));
  lines = g_strsplit (t->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "Payment ID  Patient"));
  g_assert_nonnull (strstr (lines[1], "$1,250.00  Pending  Dec 31, 2026"));
  g_assert_true (g_str_has_suffix (lines[1], "  Crown, upper \"left\""));
  /* The second column begins below its heading, and the numbers end below the end of theirs. */
  g_assert_cmpint (strstr (lines[1], name) - lines[1], ==, strlen ("Payment ID  "));
}

/* People see the numbers of their language; files, and what scripts write and read, have one form everywhere. */
static void
test_locale (BillingTestCtl *t,
             gconstpointer   data)
{
  static const char * const formats[] = { "csv", "json" };
  g_autofree char *current = g_strdup (setlocale (LC_ALL, NULL));
  gboolean known = setlocale (LC_ALL, GERMAN) != NULL;

  setlocale (LC_ALL, current);
  if (!known)
    {
      g_test_skip ("The locale " GERMAN " is not on this computer.");
      return;
    }

  t->locale = GERMAN;
  billing_test_ctl_run (t, "payment", "create", "--patient", "PT-001", "--amount", "1250.50", "--due", "2026-12-31", NULL);
  billing_test_ctl_run (t, "list", "payments", "--min", "1250.50", "--max", "1250.50", NULL);
  g_assert_nonnull (strstr (t->out, "1.250,50"));
  g_assert_nonnull (strstr (t->out, "31.12.2026"));

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *german = NULL;

      t->locale = GERMAN;
      billing_test_ctl_run (t, "list", "payments", "--format", formats[i], NULL);
      german = g_steal_pointer (&t->out);

      t->locale = NULL;
      billing_test_ctl_run (t, "list", "payments", "--format", formats[i], NULL);
      g_assert_cmpstr (german, ==, t->out);
    }
}

/* Everything that can be listed can be listed in every form; every row of JSON is an object with an id. */
static void
test_kinds (BillingTestCtl *t,
            gconstpointer   data)
{
  static const char * const kinds[] = {
    "payments", "treatments", "patients", "locations", "physicians", "notes", "documents", "refunds", "audit", "users", "outbox",
    "timeline", "eligibility-checks", "benefits", "coverages", "treatment-codes", "postings", "attempts",
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (JsonNode) node = NULL;
      JsonArray *rows;

      billing_test_ctl_run (t, "list", kinds[i], "--format", "json", NULL);
      node = billing_test_ctl_json (t);
      rows = json_node_get_array (node);
      for (guint row = 0; row < json_array_get_length (rows); row++)
        g_assert_nonnull (json_object_get_string_member (json_array_get_object_element (rows, row), "id"));
      billing_test_ctl_run (t, "list", kinds[i], NULL);
      billing_test_ctl_run (t, "list", kinds[i], "--format", "csv", NULL);
      g_assert_nonnull (strchr (t->out, ','));
    }
}

/* What is not understood gets one sentence, which says what could have been meant. */
static void
test_mistakes (BillingTestCtl *t,
               gconstpointer   data)
{
  g_autofree char *id = create (t, "10", "x");

  billing_test_ctl_fail (t, "what to do", NULL);
  billing_test_ctl_fail (t, "Did you mean “list”?", "lsit", "payments", NULL);
  billing_test_ctl_fail (t, "Did you mean “payment collect”?", "payment", "colect", id, NULL);
  billing_test_ctl_fail (t, "There is no command “frobnicate”", "frobnicate", NULL);
  billing_test_ctl_fail (t, "payment --help", "payment", NULL);
  billing_test_ctl_fail (t, "Did you mean --tender?", "payment", "collect", id, "--tendre", "cash", NULL);
  billing_test_ctl_fail (t, "needs --tender", "payment", "collect", id, NULL);
  billing_test_ctl_fail (t, "cash, cheque", "payment", "collect", id, "--tender", "gold", NULL);
  billing_test_ctl_fail (t, "payment collect ID", "payment", "collect", "--tender", "cash", NULL);
  billing_test_ctl_fail (t, "“ten”", "payment", "edit", id, "--amount", "ten", NULL);
  billing_test_ctl_fail (t, "10.001", "payment", "edit", id, "--amount", "10.001", NULL);
  billing_test_ctl_fail (t, "like 2026-12-31", "list", "payments", "--from", "yesterday", NULL);
  billing_test_ctl_fail (t, "table, csv or json", "list", "payments", "--format", "xml", NULL);
  billing_test_ctl_fail (t, "Did you mean “payments”?", "list", "payment", NULL);
  billing_test_ctl_fail (t, "Did you mean “invoices”?", "list", "invoice", NULL);
  billing_test_ctl_fail (t, "“owed”", "list", "invoices", "--status", "owed", NULL);
  billing_test_ctl_fail (t, "INV-9999", "invoice", "void", "INV-9999", "--notes=Twice", NULL);
  billing_test_ctl_fail (t, "--notes", "invoice", "void", "INV-9999", NULL);
  billing_test_ctl_fail (t, "needs --notes", "invoice", "write-off", "INV-001", NULL);
  billing_test_ctl_fail (t, "no option --limit", "invoice", "pdf", "--status", "open", "--limit", "1", "x.pdf", NULL);
  billing_test_ctl_fail (t, "at least 1", "service", "add", "--patient", "PT-001", "--rate", "RATE-001", "--units", "0", NULL);
  billing_test_ctl_fail (t, "colour", "list", "payments", "--sort", "colour", NULL);
  billing_test_ctl_fail (t, "paidd", "list", "payments", "--status", "paidd", NULL);
  billing_test_ctl_fail (t, "PAY-999", "show", "PAY-999", NULL);
  billing_test_ctl_fail (t, "PAY-999", "payment", "submit", "PAY-999", NULL);
  billing_test_ctl_fail (t, "Pending", "payment", "reverse", id, NULL);
  billing_test_ctl_fail (t, "PT-999", "payment", "create", "--patient", "PT-999", "--amount", "1", NULL);
  billing_test_ctl_fail (t, "2026-13-01", "payment", "edit", id, "--due", "2026-13-01", NULL);
}

/* Each command explains itself, and the whole does. */
static void
test_help (BillingTestCtl *t,
           gconstpointer   data)
{
  g_auto (GStrv) lines = NULL;
  guint n_commands = 0;

  billing_test_ctl_run (t, "--help", NULL);
  lines = g_strsplit (t->out, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *usage = NULL;
      g_auto (GStrv) words = NULL;

      if (!g_str_has_prefix (lines[i], "  ") || strlen (lines[i]) < 22 || g_str_has_prefix (lines[i], "  billingctl"))
        continue;

      name = g_strchomp (g_strndup (lines[i] + 2, 18));
      words = g_strsplit (name, " ", 2);
      billing_test_ctl_run (t, words[0], words[1] != NULL ? words[1] : "--help", words[1] != NULL ? "--help" : NULL, NULL);
      usage = g_strdup_printf ("  billingctl %s [OPTION…]", name);
      g_assert_nonnull (strstr (t->out, usage));
      g_assert_nonnull (strstr (t->out, "--practice=DIR"));
      n_commands++;
    }

  g_assert_cmpuint (n_commands, >=, 26);
  billing_test_ctl_run (t, "payment", "--help", NULL);
  g_assert_nonnull (strstr (t->out, "payment refund"));
  g_assert_null (strstr (t->out, "  verify"));
  billing_test_ctl_run (t, "--version", NULL);
  g_assert_cmpstr (t->out, ==, "billingctl " PACKAGE_VERSION "\n");
}

/* People act with their passphrase, read from standard input, and only as their role allows. */
static void
test_people (BillingTestCtl *t,
             gconstpointer   data)
{
  g_autofree char *id = create (t, "10", "x");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *audit;

  billing_test_ctl_call (t, "open sesame\n", "user", "add", "nora", "--role", "front-desk", "--name", "Nora Ek",
                         "--passphrase", NULL);
  g_assert_cmpint (t->status, ==, 0);

  billing_test_ctl_call (t, "open sesame\n", "--as", "nora", "payment", "collect", id, "--tender", "cash", NULL);
  g_assert_cmpint (t->status, ==, 0);
  billing_test_ctl_call (t, "open sesame\n", "payment", "refund", id, "--reason", "other", "--as", "nora", NULL);
  g_assert_cmpint (t->status, ==, 1);
  g_assert_nonnull (strstr (t->err, "Front desk"));
  billing_test_ctl_call (t, "open\n", "--as", "nora", "list", "payments", NULL);
  g_assert_cmpint (t->status, ==, 1);
  g_assert_nonnull (strstr (t->err, "nora"));
  g_assert_null (strstr (t->err, "sesame"));

  billing_test_ctl_run (t, "list", "audit", "--limit", "2", "--format", "json", NULL);
  node = billing_test_ctl_json (t);
  audit = json_array_get_object_element (json_node_get_array (node), 0);
  g_assert_cmpstr (json_object_get_string_member (audit, "person"), ==, "nora");
  g_assert_cmpstr (json_object_get_string_member (audit, "verb"), ==, "payment-collect");

  billing_test_ctl_run (t, "user", "role", "nora", "biller", NULL);
  billing_test_ctl_call (t, "new words\n", "user", "passphrase", "nora", NULL);
  g_assert_cmpint (t->status, ==, 0);
  billing_test_ctl_call (t, "new words\n", "payment", "refund", id, "--reason", "other", "--as", "nora", NULL);
  g_assert_cmpint (t->status, ==, 0);

  billing_test_ctl_run (t, "user", "retire", "nora", NULL);
  billing_test_ctl_call (t, "new words\n", "--as", "nora", "list", "payments", NULL);
  g_assert_cmpint (t->status, ==, 1);
  billing_test_ctl_run (t, "user", "role", "nora", "manager", NULL);
  billing_test_ctl_call (t, "new words\n", "--as", "nora", "list", "payments", NULL);
  g_assert_cmpint (t->status, ==, 1);

  billing_test_ctl_run (t, "list", "users", "--format", "json", NULL);
  g_assert_null (strstr (t->out, "passphrase"));
  billing_test_ctl_fail (t, "front-desk", "user", "add", "max", "--role", "king", NULL);
}

/* A refund above the limit waits for somebody else. */
static void
test_approval (BillingTestCtl *t,
               gconstpointer   data)
{
  g_autofree char *id = create (t, "500", "x");
  g_autofree char *refund = NULL;

  billing_test_ctl_run (t, "practice", "edit", "--refund-limit", "99.99", NULL);
  billing_test_ctl_call (t, "long secret\n", "user", "add", "mia", "--role", "manager", "--passphrase", NULL);
  g_assert_cmpint (t->status, ==, 0);
  billing_test_ctl_run (t, "payment", "collect", id, "--tender", "card", NULL);
  billing_test_ctl_run (t, "payment", "refund", id, "--amount", "100", "--reason", "duplicate-charge", NULL);
  refund = billing_test_ctl_line (t);
  assert_payment (t, id, "paid", 50000, 0);

  billing_test_ctl_fail (t, "somebody else", "approve", refund, NULL);
  billing_test_ctl_call (t, "long secret\n", "approve", refund, "--as", "mia", NULL);
  g_assert_cmpint (t->status, ==, 0);
  assert_payment (t, id, "partially-refunded", 50000, 10000);
  billing_test_ctl_run (t, "verify", NULL);
}

/* An export is the list as CSV, private to its owner; who may not, gets no file. */
static void
test_export (BillingTestCtl *t,
             gconstpointer   data)
{
  g_autofree char *path = billing_test_ctl_path (t, "payments.csv");
  g_autofree char *refused = billing_test_ctl_path (t, "refused.csv");
  g_autofree char *contents = NULL;
  GStatBuf info;

  billing_test_ctl_run (t, "export", "payments", path, "--status", "paid", "--sort", "amount", NULL);
  g_assert_cmpstr (t->out, ==, "");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpuint (strlen (contents), >, 200);

  billing_test_ctl_run (t, "list", "payments", "--status", "paid", "--sort", "amount", "--format", "csv", NULL);
  g_assert_cmpstr (t->out, ==, contents);
  billing_test_ctl_run (t, "export", "payments", "-", "--status", "paid", "--sort", "amount", NULL);
  g_assert_cmpstr (t->out, ==, contents);

  billing_test_ctl_fail (t, "/nowhere/x.csv", "export", "payments", "/nowhere/x.csv", NULL);
  billing_test_ctl_call (t, "long secret\n", "user", "add", "nora", "--role", "front-desk", "--passphrase", NULL);
  g_assert_cmpint (t->status, ==, 0);
  billing_test_ctl_call (t, "long secret\n", "export", "payments", refused, "--as", "nora", NULL);
  g_assert_cmpint (t->status, ==, 1);
  g_assert_nonnull (strstr (t->err, "Front desk"));
  g_assert_false (g_file_test (refused, G_FILE_TEST_EXISTS));
}

static const char fhir[] =
  "{\"resourceType\": \"Bundle\", \"type\": \"collection\", \"entry\": ["
  "{\"fullUrl\": \"urn:uuid:1\", \"resource\": {\"resourceType\": \"Patient\", \"id\": \"1\","
  " \"name\": [{\"family\": \"Mejía\", \"given\": [\"Ana\"]}], \"birthDate\": \"1980-02-03\"}},"
  "{\"resource\": {\"resourceType\": \"Patient\", \"id\": \"2\", \"name\": \"nobody\"}}]}";

/* An import says what came in on standard output, and what did not on standard error; a file that is none makes it
 * exit with 1, and what can come in comes in all the same. */
static void
test_import (BillingTestCtl *t,
             gconstpointer   data)
{
  g_autofree char *bundle = billing_test_ctl_path (t, "bundle.json");
  g_autofree char *table = billing_test_ctl_path (t, "patients.csv");
  g_autofree char *junk = billing_test_ctl_path (t, "junk.json");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) patients = NULL;
  JsonObject *count;

  g_assert_true (g_file_set_contents (bundle, fhir, -1, NULL));
  g_assert_true (g_file_set_contents (table, "Patient ID;Name;Birth Date\nX-9;Ole Ålund;1999-12-31\n", -1, NULL));
  g_assert_true (g_file_set_contents (junk, "{\"resourceType\": ", -1, NULL));
  billing_test_ctl_run (t, "init", "--currency", "USD", NULL);

  billing_test_ctl_run (t, "import", bundle, "--dry-run", NULL);
  billing_test_ctl_run (t, "list", "patients", "--format", "json", NULL);
  g_assert_cmpstr (t->out, ==, "[]\n");

  billing_test_ctl_run (t, "import", bundle, "--format", "json", NULL);
  g_assert_nonnull (strstr (t->err, "Patient/2"));
  node = billing_test_ctl_json (t);
  count = json_array_get_object_element (json_node_get_array (node), 0);
  g_assert_cmpstr (json_object_get_string_member (count, "kind"), ==, "Patient");
  g_assert_cmpint (json_object_get_int_member (count, "added"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (count, "refused"), ==, 1);

  billing_test_ctl_call (t, NULL, "import", table, junk, NULL);
  g_assert_cmpint (t->status, ==, 1);
  g_assert_nonnull (strstr (t->err, "junk.json"));
  billing_test_ctl_run (t, "list", "patients", "--format", "json", NULL);
  patients = billing_test_ctl_json (t);
  billing_test_ctl_rows (t, patients, 2);
  g_assert_nonnull (strstr (t->out, "Ole Ålund"));
  g_assert_nonnull (strstr (t->out, "Ana Mejía"));

  billing_test_ctl_call (t, NULL, "import", junk, NULL);
  g_assert_cmpint (t->status, ==, 1);
  g_assert_nonnull (strstr (t->err, "billingctl: Nothing came in\n"));
  billing_test_ctl_call (t, NULL, "import", "missing.json", NULL);
  g_assert_cmpint (t->status, ==, 1);
  g_assert_nonnull (strstr (t->err, "missing.json"));
}

static const char answer[] =
  "ISA*00*          *00*          *ZZ*ACME           *ZZ*CLINIC         *260203*0915*^*00501*000000001*0*T*:~"
  "GS*HB*ACME*CLINIC*20260203*0915*1*X*005010X279A1~ST*271*0001*005010X279A1~BHT*0022*11*R1*20260203*0915~HL*1**20*1~"
  "NM1*PR*2*ACME HEALTH*****PI*ACME1~HL*2*1*21*1~NM1*1P*2*CLINIC*****XX*1234567893~HL*3*2*22*0~TRN*2*T1*9CLINIC~"
  "NM1*IL*1*LEE*ANN****MI*M100~DMG*D8*19800304*F~EB*1**30*PR*GOLD PPO~EB*B*IND*98***27*25.00*****Y~SE*13*0001~GE*1*1~"
  "IEA*1*000000001~";

/* An insurer's answer is told by its content from everything else, and can be listed and shown with its benefits. */
static void
test_import_answer (BillingTestCtl *t,
                    gconstpointer   data)
{
  g_autofree char *path = billing_test_ctl_path (t, "answer.txt");
  g_autoptr (JsonNode) checks = NULL;
  g_autoptr (JsonNode) check = NULL;
  JsonObject *benefit;
  const char *id;

  g_assert_true (g_file_set_contents (path, answer, -1, NULL));
  billing_test_ctl_run (t, "init", "--currency", "USD", NULL);
  billing_test_ctl_run (t, "import", path, NULL);
  g_assert_nonnull (strstr (t->out, "Eligibility checks (X12 271)"));

  billing_test_ctl_run (t, "list", "eligibility-checks", "--format", "json", NULL);
  checks = billing_test_ctl_json (t);
  id = json_object_get_string_member (json_array_get_object_element (json_node_get_array (checks), 0), "id");
  billing_test_ctl_run (t, "show", id, NULL);
  check = billing_test_ctl_json (t);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (check), "status"), ==, "active");
  benefit = json_array_get_object_element (json_object_get_array_member (json_node_get_object (check), "benefits"), 0);
  g_assert_cmpstr (json_object_get_string_member (benefit, "type"), ==, "copay");
  g_assert_cmpint (json_object_get_int_member (benefit, "amount"), ==, 2500);
}

/* Before anything is written, the columns of a CSV file are shown with what they are taken for, and can be corrected: in a dry run with
 * values, and where something is written without them, on standard error. What fits no file is refused. */
static void
test_import_columns (BillingTestCtl *t,
                     gconstpointer   data)
{
  g_autofree char *table = billing_test_ctl_path (t, "patients.csv");
  g_autofree char *odd = billing_test_ctl_path (t, "odd.csv");
  g_autofree char *bundle = billing_test_ctl_path (t, "bundle.json");

  g_assert_true (g_file_set_contents (table, "Patient ID;Name;Birth Date;a=b\nX-9;Ole Ålund;03/04/1999;555-1\n", -1, NULL));
  g_assert_true (g_file_set_contents (odd, "Wer;Wann\nUwe Übel;1990-01-02\n", -1, NULL));
  g_assert_true (g_file_set_contents (bundle, fhir, -1, NULL));
  billing_test_ctl_run (t, "init", "--currency", "USD", NULL);

  billing_test_ctl_run (t, "import", table, "--dry-run", NULL);
  g_assert_true (g_str_has_prefix (t->out, "patients.csv: patients, UTF-8\nColumn "));
  g_assert_true (g_regex_match_simple ("^Patient ID +Patient number +number +X-9 *$", t->out, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^Birth Date +Birth date +birth_date +03/04/1999 +nothing in the file .* check this$",
                                       t->out, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^a=b +Left out +555-1", t->out, G_REGEX_MULTILINE, 0));
  g_assert_cmpint (strstr (t->out, "Left out") - t->out, <, strstr (t->out, "Patients") - t->out);
  g_assert_null (strstr (t->err, "Birth"));

  /* For programs nothing stands before the counts. */
  billing_test_ctl_run (t, "import", table, "--dry-run", "--format", "json", NULL);
  json_node_unref (billing_test_ctl_json (t));
  g_assert_nonnull (strstr (t->err, "03/04/1999"));

  billing_test_ctl_run (t, "import", table, "--dry-run", "--map", "a=b=phone", "--map", "Name=", "--map",
                        "Patient ID=name", "--dates", "dmy", NULL);
  g_assert_true (g_regex_match_simple ("^a=b +Phone +phone +555-1", t->out, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^Name +Left out +Ole", t->out, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^Patient ID +Name +name +X-9", t->out, G_REGEX_MULTILINE, 0));
  g_assert_nonnull (strstr (t->out, "day, month, year"));

  billing_test_ctl_fail (t, "one of dmy, mdy, ymd", "import", table, "--dates", "dym", NULL);
  billing_test_ctl_fail (t, "“shoe” is no target; it is one of number, name, ", "import", table, "--map", "Name=shoe", NULL);
  billing_test_ctl_fail (t, "HEADER=TARGET", "import", table, "--map", "Name", NULL);
  billing_test_ctl_fail (t, "a column “Nom”", "import", table, bundle, "--map", "Nom=name", NULL);
  billing_test_ctl_fail (t, "None of the files is a CSV file", "import", bundle, "--dates", "dmy", NULL);
  billing_test_ctl_fail (t, "say it with --kind", "import", odd, "--map", "Wer=name", NULL);
  billing_test_ctl_run (t, "list", "patients", "--format", "json", NULL);
  g_assert_cmpstr (t->out, ==, "[]\n");

  billing_test_ctl_run (t, "import", table, "--map", "a=b=phone", "--dates", "mdy", NULL);
  g_assert_nonnull (strstr (t->err, "patients.csv: patients, UTF-8\n"));
  g_assert_nonnull (strstr (t->err, "month, day, year"));
  g_assert_null (strstr (t->err, "Ålund"));
  billing_test_ctl_run (t, "import", odd, "--kind", "patients", "--map", "Wer=name", "--map", "Wann=birth_date", NULL);
  billing_test_ctl_run (t, "list", "patients", "--sort", "name", "--format", "csv", NULL);
  g_assert_nonnull (strstr (t->out, "X-9,Ole Ålund,,,1999-03-04,,555-1,"));
  g_assert_nonnull (strstr (t->out, "Uwe Übel,,,1990-01-02,"));
}

/* A backup brings the practice back as it was; what is no backup does not. */
static void
test_backup (BillingTestCtl *t,
             gconstpointer   data)
{
  g_autofree char *path = billing_test_ctl_path (t, "practice.backup");
  g_autofree char *junk = billing_test_ctl_path (t, "junk");
  g_autofree char *before = NULL;
  g_autofree char *id = NULL;

  billing_test_ctl_run (t, "list", "payments", "--format", "json", NULL);
  before = g_steal_pointer (&t->out);
  billing_test_ctl_run (t, "backup", path, NULL);
  id = create (t, "10", "afterwards");

  g_assert_true (g_file_set_contents (junk, "no practice", -1, NULL));
  billing_test_ctl_call (t, NULL, "restore", junk, NULL);
  g_assert_cmpint (t->status, ==, 1);
  assert_payment (t, id, "pending", 1000, 0);

  billing_test_ctl_run (t, "restore", path, NULL);
  billing_test_ctl_run (t, "list", "payments", "--format", "json", NULL);
  g_assert_cmpstr (t->out, ==, before);
  billing_test_ctl_run (t, "verify", NULL);
}

/* Options stand before or behind the command, and names of any script pass in any environment. */
static void
test_environment (BillingTestCtl *t,
                  gconstpointer   data)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_setenv ("LC_ALL", "C", TRUE);
  id = create (t, "10", "王秀英 Mejía");
  billing_test_ctl_run (t, "--format", "json", "list", "payments", "--limit=1", NULL);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);

  node = billing_test_ctl_json (t);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (json_node_get_array (node), 0), "memo"), ==,
                   "王秀英 Mejía");
}

/* Results that cannot be written whole are a failure, not a short list. */
static void
test_full (BillingTestCtl *t,
           gconstpointer   data)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) program = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  program = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("BILLINGCTL"), "--practice", t->practice, "list",
                                         "payments", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 1);
  g_assert_true (g_str_has_prefix (err, "billingctl: "));
}

/* Interrupted, the making of a large demo says so and leaves nothing behind. */
static void
test_interrupted (BillingTestCtl *t,
                  gconstpointer   data)
{
  g_autoptr (GSubprocess) program = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;

  program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, g_getenv ("BILLINGCTL"), "--practice", t->practice,
                              "init", "--demo", "--payments", "1000000", NULL);
  g_assert_no_error (error);

  /* Its folder is there: it is at work. */
  for (gboolean at_work = FALSE; !at_work;)
    {
      g_autoptr (GDir) look = g_dir_open (t->folder, 0, NULL);

      at_work = g_dir_read_name (look) != NULL;
      g_usleep (50000);
    }
  g_subprocess_send_signal (program, SIGINT);

  g_subprocess_communicate_utf8 (program, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (program));
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 1);
  g_assert_cmpstr (err, ==, "billingctl: Stopped; no practice was made\n");
  dir = g_dir_open (t->folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

static gint64
sum_report (BillingTestCtl *t,
            const char     *report,
            const char     *name,
            const char     *member)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *lines;
  gint64 sum = 0;

  billing_test_ctl_run (t, "report", report, "--format", "json", NULL);
  node = billing_test_ctl_json (t);
  lines = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);

      if (name == NULL || g_str_equal (json_object_get_string_member (line, "name"), name))
        sum += json_object_get_int_member (line, member);
    }

  return sum;
}

/* The reports agree with the lists and with each other; one that there is not is refused. */
static void
test_report (BillingTestCtl *t,
             gconstpointer   data)
{
  static const char * const owed[] = { "outstanding-by-month", "outstanding-by-location", "outstanding-by-physician",
                                       "aging-by-service", "aging-by-created" };
  static const char * const came_in[] = { "collected-by-location", "collected-by-physician" };
  gint64 outstanding = sum_report (t, "outstanding", "outstanding", "amount");

  g_assert_cmpint (sum_report (t, "status", NULL, "payments"), ==, 30);
  g_assert_cmpint (outstanding, >, 0);
  g_assert_cmpint (sum_report (t, "aging", NULL, "amount"), ==, outstanding);
  g_assert_cmpint (sum_report (t, "status", "draft", "amount") + sum_report (t, "status", "pending", "amount"), ==,
                   outstanding);
  g_assert_cmpint (sum_report (t, "collected", NULL, "amount"), ==, sum_report (t, "tenders", NULL, "amount"));
  g_assert_cmpint (sum_report (t, "collected", NULL, "amount"), >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (owed); i++)
    g_assert_cmpint (sum_report (t, owed[i], NULL, "amount"), ==, outstanding);
  for (guint i = 0; i < G_N_ELEMENTS (came_in); i++)
    g_assert_cmpint (sum_report (t, came_in[i], NULL, "amount"), ==, sum_report (t, "collected", NULL, "amount"));
  /* Without Stripe there are no fees; an id says nothing to anybody outside. */
  billing_test_ctl_run (t, "report", "fees", "--format", "csv", NULL);
  g_assert_cmpstr (t->out, ==, "What,Payments,Amount,Refunded,Currency\r\n");
  billing_test_ctl_run (t, "report", "collected-by-physician", "--format", "json", NULL);
  g_assert_null (strstr (t->out, "key"));
  billing_test_ctl_fail (t, "aging", "report", "profit", NULL);
}

/* What changes the books makes the day's backup, which only its owner can read. */
static void
test_daily_backup (BillingTestCtl *t,
                   gconstpointer   data)
{
  g_autofree char *folder = g_build_filename (t->practice, "backups", NULL);
  g_autofree char *id = create (t, "1.00", "First of the day");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = g_dir_read_name (dir);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf info;

  g_assert_true (g_str_has_prefix (name, "daily-"));
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  billing_test_ctl_run (t, "restore", path, NULL);
  billing_test_ctl_run (t, "show", id, NULL);
}

#define ADD(path, set_up, func) \
  g_test_add ("/ctl/" path, BillingTestCtl, NULL, set_up, func, billing_test_ctl_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("init", billing_test_ctl_set_up, test_init);
  ADD ("init-refused", billing_test_ctl_set_up, test_init_refused);
  ADD ("help", billing_test_ctl_set_up, test_help);
  ADD ("interrupted", billing_test_ctl_set_up, test_interrupted);
  ADD ("import", billing_test_ctl_set_up, test_import);
  ADD ("import-answer", billing_test_ctl_set_up, test_import_answer);
  ADD ("import-columns", billing_test_ctl_set_up, test_import_columns);
  ADD ("demo", billing_test_ctl_set_up_demo, test_demo);
  ADD ("report", billing_test_ctl_set_up_demo, test_report);
  ADD ("daily-backup", billing_test_ctl_set_up_demo, test_daily_backup);
  ADD ("life", billing_test_ctl_set_up_demo, test_life);
  ADD ("other-ways", billing_test_ctl_set_up_demo, test_other_ways);
  ADD ("filing", billing_test_ctl_set_up_demo, test_filing);
  ADD ("refiling", billing_test_ctl_set_up_demo, test_refiling);
  ADD ("receipt", billing_test_ctl_set_up_demo, test_receipt);
  ADD ("list", billing_test_ctl_set_up_demo, test_list);
  ADD ("filters", billing_test_ctl_set_up_demo, test_filters);
  ADD ("formats", billing_test_ctl_set_up_demo, test_formats);
  ADD ("locale", billing_test_ctl_set_up_demo, test_locale);
  ADD ("kinds", billing_test_ctl_set_up_demo, test_kinds);
  ADD ("mistakes", billing_test_ctl_set_up_demo, test_mistakes);
  ADD ("people", billing_test_ctl_set_up_demo, test_people);
  ADD ("approval", billing_test_ctl_set_up_demo, test_approval);
  ADD ("export", billing_test_ctl_set_up_demo, test_export);
  ADD ("backup", billing_test_ctl_set_up_demo, test_backup);
  ADD ("full", billing_test_ctl_set_up_demo, test_full);
  ADD ("environment", billing_test_ctl_set_up_demo, test_environment);

  return g_test_run ();
}

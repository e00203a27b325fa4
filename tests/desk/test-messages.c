/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-invoice.h"
#include "billing-message-text.h"
#include "billing-messages.h"
#include "billing-service.h"
#include "billing-table.h"
#include "billing-test-practice.h"
#include "billing-test-smtp.h"

/* E-mails to patients: who gets them, what they say, and what becomes of them, against a mail server of the test's own. */

#define NOON G_GINT64_CONSTANT (1793030400) /* 2026-10-26 12:00 in New York */
#define DAY 86400

/* What of a patient is set for one test. */
static void
set_patient (BillingTestPractice *practice,
             const char          *fields)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PATIENT_EDIT, practice->patient);

  act->fields = g_strdup (fields);
  billing_test_practice_do (practice, act);
}

static gboolean
serve (BillingConnection  *connection,
       gpointer            data,
       GCancellable       *cancellable,
       GError            **error)
{
  BillingTestPractice *practice = data;
  g_autoptr (BillingRecord) service =
    g_object_new (BILLING_TYPE_SERVICE, "patient-id", practice->patient, "treatment-id", practice->treatment, "day", "2026-10-26", "name",
                  "Visit", "units", (gint64) 1, "price", (gint64) 15000, "amount", (gint64) 15000, "currency", "USD", "billable", TRUE,
                  "rate-invoiced", TRUE, "allowed", (gint64) -1, "created-at", NOON, NULL);

  return billing_table_insert (connection, service, error);
}

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (practice);
  billing_desk_set_clock (practice->desk, NOON);
  billing_store_write (billing_desk_get_store (practice->desk), serve, practice, NULL, &error);
  g_assert_no_error (error);
  act->query = billing_desk_query (practice->desk, "services");
  billing_test_practice_do (practice, act);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_verify (practice);
  billing_test_practice_tear_down (practice);
}

static void
set_mail (BillingTestPractice *practice,
          const char          *fields)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MAIL_SETTINGS, NULL);

  act->fields = g_strdup (fields);
  billing_test_practice_do (practice, act);
}

static void
use_server (BillingTestPractice *practice,
            BillingTestSmtp     *smtp)
{
  g_autofree char *fields = g_strdup_printf ("{\"channel\":\"smtp\",\"from-address\":\"office@clinic.example\",\"host\":\"127.0.0.1\","
                                             "\"port\":\"%u\",\"security\":\"none\"}", smtp->port);

  set_mail (practice, fields);
}

static BillingAct *
make_send (const char *subject,
           const char *kind)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_MESSAGE_SEND, "subject", subject, "name", kind, NULL);
}

static char *
send (BillingTestPractice *practice,
      const char          *subject,
      const char          *kind)
{
  g_autoptr (BillingAct) act = make_send (subject, kind);

  billing_test_practice_do (practice, act);
  return g_steal_pointer (&act->result);
}

static void
assert_left_out (BillingTestPractice *practice,
                 const char          *subject,
                 const char          *kind,
                 const char          *why)
{
  g_autoptr (BillingAct) act = make_send (subject, kind);
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_desk_do (practice->desk, act, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, why));
}

static guint
deliver (BillingTestPractice *practice)
{
  g_autoptr (GError) error = NULL;
  guint n;

  billing_desk_deliver_messages (practice->desk, &n, NULL, &error);
  return n;
}

static BillingMessage *
load (BillingTestPractice *practice,
      const char          *id)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *message = billing_desk_find_of (practice->desk, BILLING_TYPE_MESSAGE, id, &error);

  g_assert_no_error (error);
  return BILLING_MESSAGE (message);
}

static void
assert_state (BillingTestPractice *practice,
              const char          *id,
              BillingMessageState  state)
{
  g_autoptr (BillingMessage) message = load (practice, id);

  g_assert_cmpint (message->state, ==, state);
}

static gboolean
count_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  guint *n = data;

  (*n)++;
  return TRUE;
}

static guint
count (BillingTestPractice *practice,
       const char          *list,
       const char          *subject)
{
  g_autoptr (BillingQuery) query = billing_desk_query (practice->desk, list);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_object_set (query, "subject", subject, NULL);
  billing_desk_list (practice->desk, query, count_cb, &n, NULL, &error);
  g_assert_no_error (error);
  return n;
}

/* An invoice is told of with its number, amount and day, and nothing else of the patient; it is sent once, and its timeline says so. */
static void
test_send (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autoptr (BillingTestSmtp) smtp = billing_test_smtp_new (NULL, NULL);
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (BillingMessage) message = NULL;

  use_server (practice, smtp);
  id = send (practice, "INV-001", NULL);
  assert_state (practice, id, BILLING_MESSAGE_STATE_QUEUED);
  g_assert_cmpuint (deliver (practice), ==, 1);
  g_assert_cmpuint (deliver (practice), ==, 0);

  message = load (practice, id);
  line = billing_test_smtp_next (smtp);
  expected = g_strdup_printf ("<%s> zoe@example.org", message->message_id);
  g_assert_cmpstr (line, ==, expected);
  g_assert_cmpint (message->state, ==, BILLING_MESSAGE_STATE_SENT);
  g_assert_cmpint (message->sent_at, ==, NOON);
  g_assert_cmpstr (message->subject, ==, "Your invoice INV-001 from Test Clinic");
  g_assert_nonnull (strstr (message->body, "Dear Zoë Ångström,\n"));
  g_assert_nonnull (strstr (message->body, "150.00"));
  g_assert_null (strstr (message->body, "{"));
  g_assert_null (strstr (message->body, "Visit"));
  g_assert_null (strstr (message->body, "You can pay it here"));
  g_assert_cmpuint (count (practice, "timeline", message->invoice_id), >=, 2);
  g_assert_cmpuint (count (practice, "messages", message->invoice_id), ==, 1);
}

/* Nobody is written to who does not want it, whose address is not known, or who owes nothing; and all of it is said. */
static void
test_left_out (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autoptr (BillingAct) paid = billing_act_new (BILLING_VERB_INVOICE_MARK_PAID, "INV-001");

  assert_left_out (practice, "INV-001", "invoice", "sets up how");
  set_mail (practice, "{\"channel\":\"portal\"}");
  assert_left_out (practice, "INV-001", "parcel", "is no message");

  set_patient (practice, "{\"no-reminders\":\"yes\"}");
  assert_left_out (practice, "INV-001", "reminder", "wants no reminders");
  set_patient (practice, "{\"no-reminders\":\"no\",\"no-mail\":\"yes\"}");
  assert_left_out (practice, "INV-001", "invoice", "wants no e-mail");
  set_patient (practice, "{\"no-mail\":\"no\",\"email\":\"\"}");
  assert_left_out (practice, "INV-001", "invoice", "No e-mail address");
  set_patient (practice, "{\"email\":\"zoe@example.org\"}");

  g_object_set (paid, "tender", BILLING_TENDER_CASH, NULL);
  billing_test_practice_do (practice, paid);
  assert_left_out (practice, "INV-001", "invoice", "is paid");
  assert_left_out (practice, "PT-001", "statement", "owes nothing");
  g_assert_cmpuint (count (practice, "messages", NULL), ==, 0);
}

static void
resolve (BillingTestPractice *practice,
         const char          *id,
         const char          *method)
{
  g_autoptr (BillingAct) act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_MESSAGE_RESOLVE, "subject", id, "method", method, NULL);

  billing_test_practice_do (practice, act);
}

/* Where the answer was lost nothing goes out again by itself: a person says that it went, or sends it again, under the same Message-ID. */
static void
test_unknown (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autoptr (BillingTestSmtp) lost = billing_test_smtp_new ("--lose", NULL);
  g_autoptr (BillingTestSmtp) good = billing_test_smtp_new (NULL, NULL);
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  use_server (practice, lost);
  id = send (practice, "INV-001", "invoice");
  g_assert_cmpuint (deliver (practice), ==, 0);
  assert_state (practice, id, BILLING_MESSAGE_STATE_UNKNOWN);
  first = billing_test_smtp_next (lost);

  use_server (practice, good);
  g_assert_cmpuint (deliver (practice), ==, 0);
  resolve (practice, id, "again");
  g_assert_cmpuint (deliver (practice), ==, 1);
  second = billing_test_smtp_next (good);
  g_assert_cmpstr (first, ==, second);
  assert_state (practice, id, BILLING_MESSAGE_STATE_SENT);

  {
    g_autoptr (BillingAct) again = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_MESSAGE_RESOLVE, "subject", id, "method", "again", NULL);

    billing_test_practice_do_refused (practice, again, BILLING_DESK_ERROR_INVALID);
  }
}

static gboolean
abandon (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  return billing_connection_run (connection, error, "UPDATE messages SET state = 'sending'", "");
}

/* A message that was on its way when the program died is unknown, not sent a second time; a person says that it went. */
static void
test_killed (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autoptr (BillingTestSmtp) smtp = billing_test_smtp_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  use_server (practice, smtp);
  id = send (practice, "INV-001", "invoice");
  billing_store_write (billing_desk_get_store (practice->desk), abandon, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deliver (practice), ==, 0);
  assert_state (practice, id, BILLING_MESSAGE_STATE_UNKNOWN);
  resolve (practice, id, "sent");
  assert_state (practice, id, BILLING_MESSAGE_STATE_SENT);
}

/* A refusal for good ends a message, in the server's words; one for now waits, and its problem says why. */
static void
test_refused (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autoptr (BillingTestSmtp) smtp = billing_test_smtp_new (NULL, NULL);
  g_autofree char *never = NULL;
  g_autofree char *later = NULL;
  g_autoptr (BillingMessage) refused = NULL;
  g_autoptr (BillingMessage) waiting = NULL;
  g_autoptr (BillingAct) cancel = NULL;

  use_server (practice, smtp);
  set_patient (practice, "{\"email\":\"never@example.org\"}");
  never = send (practice, "INV-001", "invoice");
  set_patient (practice, "{\"email\":\"later@example.org\"}");
  later = send (practice, "INV-001", "reminder");
  g_assert_cmpuint (deliver (practice), ==, 0);

  refused = load (practice, never);
  g_assert_cmpint (refused->state, ==, BILLING_MESSAGE_STATE_FAILED);
  g_assert_nonnull (strstr (refused->problem, "550 No such mailbox here"));
  waiting = load (practice, later);
  g_assert_cmpint (waiting->state, ==, BILLING_MESSAGE_STATE_QUEUED);
  g_assert_cmpint (waiting->next_at, ==, NOON + 60);
  g_assert_nonnull (strstr (waiting->problem, "451 Come again later"));

  cancel = billing_act_new (BILLING_VERB_MESSAGE_CANCEL, later);
  billing_test_practice_do (practice, cancel);
  assert_state (practice, later, BILLING_MESSAGE_STATE_CANCELLED);
  billing_test_practice_do_refused (practice, cancel, BILLING_DESK_ERROR_INVALID);
}

/* What is paid before a message had its turn is not asked for any more. */
static void
test_needless (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autoptr (BillingTestSmtp) smtp = billing_test_smtp_new (NULL, NULL);
  g_autoptr (BillingAct) paid = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_INVOICE_MARK_PAID, "subject", "INV-001", "tender",
                                              BILLING_TENDER_CASH, NULL);
  g_autofree char *id = NULL;

  use_server (practice, smtp);
  id = send (practice, "INV-001", "invoice");
  billing_test_practice_do (practice, paid);
  g_assert_cmpuint (deliver (practice), ==, 0);
  assert_state (practice, id, BILLING_MESSAGE_STATE_CANCELLED);
}

/* The mail program gets one message at a time, and what it says of it is kept. */
static void
test_portal (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autoptr (BillingMessage) message = NULL;
  g_autoptr (BillingMessage) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  set_mail (practice, "{\"channel\":\"portal\"}");
  id = send (practice, "INV-001", "invoice");
  g_assert_cmpuint (deliver (practice), ==, 0);
  assert_state (practice, id, BILLING_MESSAGE_STATE_QUEUED);

  g_assert_true (billing_desk_take_message (practice->desk, id, &message, &error));
  g_assert_nonnull (message);
  g_assert_true (billing_desk_take_message (practice->desk, id, &none, &error));
  g_assert_null (none);
  g_assert_true (billing_desk_hand_message (practice->desk, message, NULL, &error));
  assert_state (practice, id, BILLING_MESSAGE_STATE_HANDED);
}

static guint
remind (BillingTestPractice *practice,
        gint64               now)
{
  g_autoptr (GError) error = NULL;
  guint n;

  billing_desk_set_clock (practice->desk, now);
  billing_desk_make_reminders (practice->desk, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* Reminders come on their days, once; days on which nobody was there are made up for once; who pays or wants none is left alone. */
static void
test_reminders (BillingTestPractice *practice,
                gconstpointer        data)
{
  /* Invoiced on 26 October, due after thirty days: on 25 November. */
  gint64 due = NOON + 30 * DAY;

  g_assert_cmpuint (remind (practice, due), ==, 0);
  set_mail (practice, "{\"channel\":\"portal\",\"remind-before\":\"7, 1\",\"remind-after\":\"3\"}");
  g_assert_cmpuint (remind (practice, due - 8 * DAY), ==, 0);
  g_assert_cmpuint (remind (practice, due - 7 * DAY), ==, 1);
  g_assert_cmpuint (remind (practice, due - 7 * DAY + 60), ==, 0);
  assert_left_out (practice, "INV-001", "reminder", "of today already");
  g_assert_cmpuint (remind (practice, due - 3 * DAY), ==, 0);
  /* The day before it was a holiday. */
  g_assert_cmpuint (remind (practice, due), ==, 1);
  set_patient (practice, "{\"no-reminders\":\"yes\"}");
  g_assert_cmpuint (remind (practice, due + 3 * DAY), ==, 0);
  g_assert_cmpuint (count (practice, "messages", NULL), ==, 2);
}

/* Templates take the place of the built-in texts, for a language or for all, and only what is known stands in braces. */
static void
test_templates (BillingTestPractice *practice,
                gconstpointer        data)
{
  g_autoptr (BillingAct) odd = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_TEMPLATE_EDIT, "name", "invoice", "fields",
                                             "{\"subject\":\"A\",\"body\":\"{diagnosis}\"}", NULL);
  g_autoptr (BillingAct) german = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_TEMPLATE_EDIT, "name", "invoice", "locale", "de",
                                                "fields", "{\"subject\":\"Rechnung {number}\",\"body\":\"{amount} bis {due}\\n{link}\"}", NULL);
  g_autoptr (BillingAct) back = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_TEMPLATE_EDIT, "name", "invoice", "locale", "de", NULL);
  g_autofree char *id = NULL;
  g_autoptr (BillingMessage) message = NULL;

  billing_test_practice_do_refused (practice, odd, BILLING_DESK_ERROR_INVALID);
  billing_test_practice_do (practice, german);
  set_mail (practice, "{\"channel\":\"portal\"}");
  set_patient (practice, "{\"language\":\"de_AT\"}");
  id = send (practice, "INV-001", "invoice");
  message = load (practice, id);
  g_assert_cmpstr (message->subject, ==, "Rechnung INV-001");
  g_assert_cmpstr (message->body, ==, "150,00\302\240$ bis 25.11.2026");
  g_assert_cmpstr (message->language, ==, "de");
  billing_test_practice_do (practice, back);
  billing_test_practice_do_refused (practice, back, BILLING_DESK_ERROR_INVALID);
}

/* A line of which something is not known is left out, with the empty line that it leaves. */
static void
test_expand (void)
{
  BillingMessageValues values = { "Ana {due}", "INV-1", "$5.00", NULL, NULL, "Clinic" };
  g_autofree char *text = billing_message_text_expand ("Dear {patient},\n\nPay: {link}\n\n{amount} by {due}\n{practice}\n", &values);
  g_autofree char *unknown = billing_message_text_find_unknown ("{patient} {codes} x");

  g_assert_cmpstr (text, ==, "Dear Ana {due},\n\nClinic\n");
  g_assert_cmpstr (unknown, ==, "{codes}");
}

/* Settings that cannot work are refused. */
static void
test_settings (BillingTestPractice *practice,
               gconstpointer        data)
{
  static const char * const bad[] = {
    "{\"channel\":\"pigeon\"}", "{\"channel\":\"smtp\"}", "{\"from-address\":\"nobody\"}", "{\"remind-before\":\"soon\"}", "{\"port\":\"70000\"}",
    "{\"channel\":\"smtp\",\"from-address\":\"a@b.org\",\"host\":\"smtp.example.org\",\"security\":\"none\"}", "{\"colour\":\"red\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (BillingAct) act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_MAIL_SETTINGS, "fields", bad[i], NULL);

      g_assert_false (billing_desk_do (practice->desk, act, NULL));
    }
}

#define ADD(name, func) g_test_add ("/desk/messages/" name, BillingTestPractice, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/messages/expand", test_expand);
  ADD ("send", test_send);
  ADD ("left-out", test_left_out);
  ADD ("unknown", test_unknown);
  ADD ("killed", test_killed);
  ADD ("refused", test_refused);
  ADD ("needless", test_needless);
  ADD ("portal", test_portal);
  ADD ("reminders", test_reminders);
  ADD ("templates", test_templates);
  ADD ("settings", test_settings);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-enums.h"
#include "billing-status.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"

/* Who may do what, from which status, and what each act leaves behind: the tables of design.md, written a second time and tried whole. */

typedef struct {
  char *folder;
  BillingDesk *desk;
} Fixture;

/* Made once; each test works on copies. */
static char *original;

static void
begin (Fixture *fixture)
{
  fixture->folder = billing_test_folder ();
  billing_test_copy (original, fixture->folder);
  fixture->desk = billing_verb_cases_open (fixture->folder);
}

static void
end (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  billing_desk_verify (fixture->desk, &report, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->desk);
  billing_test_folder_remove (g_steal_pointer (&fixture->folder));
}

/* The lowest role of each verb; every higher one may too. */
static const BillingRole lowest_roles[] = {
  [BILLING_VERB_PAYMENT_CREATE] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_PAYMENT_EDIT] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_PAYMENT_SUBMIT] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_PAYMENT_FAIL] = BILLING_ROLE_BILLER,
  [BILLING_VERB_PAYMENT_CANCEL] = BILLING_ROLE_BILLER,
  [BILLING_VERB_PAYMENT_WRITE_OFF] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_PAYMENT_REOPEN] = BILLING_ROLE_BILLER,
  [BILLING_VERB_REFUND_DECLINE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_PAYMENT_COLLECT] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_PAYMENT_REVERSE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_PAYMENT_REFUND] = BILLING_ROLE_BILLER,
  [BILLING_VERB_CREDIT_REFUND] = BILLING_ROLE_BILLER,
  [BILLING_VERB_NOTE_ADD] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_DOCUMENT_ADD] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_DOCUMENT_OPEN] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_DOCUMENT_RENAME] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_DOCUMENT_REMOVE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_DOCUMENT_RESTORE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_NOTE_EDIT] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_PAYMENT_RECEIPT] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_PATIENT_VIEW] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_REPORT_VIEW] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_IMPORT] = BILLING_ROLE_BILLER,
  [BILLING_VERB_EXPORT] = BILLING_ROLE_BILLER,
  [BILLING_VERB_REFUND_APPROVE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_PERSON_ADD] = BILLING_ROLE_ADMINISTRATOR,
  [BILLING_VERB_PERSON_EDIT] = BILLING_ROLE_ADMINISTRATOR,
  [BILLING_VERB_PRACTICE_EDIT] = BILLING_ROLE_ADMINISTRATOR,
  [BILLING_VERB_BACKUP] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_STRIPE_CONNECT] = BILLING_ROLE_ADMINISTRATOR,
  [BILLING_VERB_PAYMENT_AUTHORISE] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_PAYMENT_CAPTURE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_PAYMENT_VOID] = BILLING_ROLE_BILLER,
  [BILLING_VERB_CHARGE_ASSIGN] = BILLING_ROLE_BILLER,
  [BILLING_VERB_PAYMENT_LINK] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_LINK_CANCEL] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_LATE_KEEP] = BILLING_ROLE_BILLER,
  [BILLING_VERB_LATE_REFUND] = BILLING_ROLE_BILLER,
  [BILLING_VERB_OUTBOX_CHECK] = BILLING_ROLE_BILLER,
  [BILLING_VERB_OUTBOX_WITHDRAW] = BILLING_ROLE_BILLER,
  [BILLING_VERB_NOTICE_READ] = BILLING_ROLE_BILLER,
  [BILLING_VERB_NOTICE_DONE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_NOTICE_SNOOZE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_NOTICE_REOPEN] = BILLING_ROLE_BILLER,
  [BILLING_VERB_PAYOUT_CREATE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_PAYOUT_CANCEL] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_PAYOUT_SCHEDULE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_DISPUTE_SAVE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_DISPUTE_ATTACH] = BILLING_ROLE_BILLER,
  [BILLING_VERB_DISPUTE_DETACH] = BILLING_ROLE_BILLER,
  [BILLING_VERB_DISPUTE_SUBMIT] = BILLING_ROLE_BILLER,
  [BILLING_VERB_DISPUTE_ACCEPT] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_DISPUTE_BILL_AGAIN] = BILLING_ROLE_BILLER,
  [BILLING_VERB_DISPUTE_WRITE_OFF] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_TAX_SETTINGS] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_TAX_REGISTER] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_TAX_END] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_RATE_CREATE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_RATE_EDIT] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_RATE_PRICE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_RATE_RETIRE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_RATE_RESTORE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_SERVICE_MAKE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_ADD] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_EDIT] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_REVIEW] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_UNREVIEW] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_SET_RATE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_INSURER] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_TAKE_BACK] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_REMOVE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_SERVICE_RESTORE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_INVOICE_CREATE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_INVOICE_EDIT] = BILLING_ROLE_BILLER,
  [BILLING_VERB_INVOICE_MARK_PAID] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_INVOICE_VOID] = BILLING_ROLE_BILLER,
  [BILLING_VERB_INVOICE_WRITE_OFF] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_INVOICE_PRINT] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_STATEMENT_PRINT] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_REMITTANCE_POST] = BILLING_ROLE_BILLER,
  [BILLING_VERB_REMITTANCE_MATCH] = BILLING_ROLE_BILLER,
  [BILLING_VERB_REMITTANCE_DISMISS] = BILLING_ROLE_BILLER,
  [BILLING_VERB_MESSAGE_SEND] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_MESSAGE_RESOLVE] = BILLING_ROLE_BILLER,
  [BILLING_VERB_MESSAGE_CANCEL] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_MAIL_SETTINGS] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_TEMPLATE_EDIT] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_PATIENT_EDIT] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_PATIENT_MERGE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_PATIENT_UNMERGE] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_DAY_CLOSE] = BILLING_ROLE_FRONT_DESK,
  [BILLING_VERB_DAY_REOPEN] = BILLING_ROLE_MANAGER,
  [BILLING_VERB_LOCATION_EDIT] = BILLING_ROLE_ADMINISTRATOR,
  [BILLING_VERB_PHYSICIAN_EDIT] = BILLING_ROLE_ADMINISTRATOR,
};

static const char * const accounts[] = {
  [BILLING_ROLE_FRONT_DESK] = "desk",
  [BILLING_ROLE_BILLER] = "biller",
  [BILLING_ROLE_MANAGER] = "manager",
  [BILLING_ROLE_ADMINISTRATOR] = "boss",
};

static void
try_refused (Fixture               *fixture,
             const BillingVerbCase *verb_case,
             BillingRole            role)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = billing_test_dump (fixture->folder);
  g_autofree char *after = NULL;

  g_assert_false (billing_verb_cases_do (fixture->desk, verb_case, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED);
  for (guint r = 0; r < G_N_ELEMENTS (accounts); r++)
    {
      if (r >= lowest_roles[verb_case->verb] || r == role)
        g_assert_nonnull (strstr (error->message, billing_role_get_label (r)));
    }
  after = billing_test_dump (fixture->folder);
  g_assert_cmpstr (before, ==, after);
}

/* What is refused changes nothing, so that all who may not do it, and the first who may, try it in one practice; every other in their own. */
static void
try_roles (const BillingVerbCase *verb_case)
{
  const BillingRole lowest = lowest_roles[verb_case->verb];
  Fixture fixture;

  begin (&fixture);
  for (guint role = 0; role < G_N_ELEMENTS (accounts); role++)
    {
      g_autoptr (GError) error = NULL;

      if (role > lowest)
        {
          end (&fixture);
          begin (&fixture);
        }
      billing_verb_cases_act_as (fixture.desk, accounts[role]);
      g_test_message ("%s by %s", verb_case->name, accounts[role]);
      g_assert_cmpint (billing_desk_may (fixture.desk, verb_case->verb), ==, role >= lowest);
      if (role < lowest)
        {
          try_refused (&fixture, verb_case, role);
          continue;
        }
      billing_verb_cases_do (fixture.desk, verb_case, &error);
      g_assert_no_error (error);
    }
  end (&fixture);
}

/* Every verb by every role: done, or refused with a sentence that says who may, and then nothing is written. */
static void
test_roles (void)
{
  for (guint i = 0; i < billing_n_verb_cases; i++)
    try_roles (&billing_verb_cases[i]);
}

/* Every verb is tried: there is a case for each, and a role for each. */
static void
test_whole (void)
{
  g_autoptr (GEnumClass) verbs = g_type_class_ref (BILLING_TYPE_VERB);

  g_assert_cmpuint (verbs->n_values, ==, G_N_ELEMENTS (lowest_roles));
  for (guint v = 1; v < verbs->n_values; v++)
    {
      gboolean is_there = FALSE;

      for (guint i = 0; i < billing_n_verb_cases; i++)
        is_there = is_there || billing_verb_cases[i].verb == (BillingVerb) verbs->values[v].value;
      if (!is_there)
        g_error ("Nothing tries %s", verbs->values[v].value_nick);
    }
}

/* What people may do to a payment, by its status, and where that leads. */
static const struct {
  BillingStatus status;
  BillingVerb verb;
  BillingStatus leads_to;
} steps[] = {
  { BILLING_STATUS_DRAFT, BILLING_VERB_PAYMENT_EDIT, BILLING_STATUS_DRAFT },
  { BILLING_STATUS_DRAFT, BILLING_VERB_PAYMENT_SUBMIT, BILLING_STATUS_PENDING },
  { BILLING_STATUS_DRAFT, BILLING_VERB_PAYMENT_CANCEL, BILLING_STATUS_CANCELLED },
  { BILLING_STATUS_DRAFT, BILLING_VERB_PAYMENT_COLLECT, BILLING_STATUS_PAID },
  { BILLING_STATUS_DRAFT, BILLING_VERB_PAYMENT_AUTHORISE, BILLING_STATUS_PENDING },
  { BILLING_STATUS_PENDING, BILLING_VERB_PAYMENT_EDIT, BILLING_STATUS_PENDING },
  { BILLING_STATUS_PENDING, BILLING_VERB_PAYMENT_FAIL, BILLING_STATUS_FAILED },
  { BILLING_STATUS_PENDING, BILLING_VERB_PAYMENT_CANCEL, BILLING_STATUS_CANCELLED },
  { BILLING_STATUS_PENDING, BILLING_VERB_PAYMENT_WRITE_OFF, BILLING_STATUS_CANCELLED },
  { BILLING_STATUS_PENDING, BILLING_VERB_PAYMENT_COLLECT, BILLING_STATUS_PAID },
  /* Stripe is asked; what it does is seen when it answers. */
  { BILLING_STATUS_PENDING, BILLING_VERB_PAYMENT_AUTHORISE, BILLING_STATUS_PENDING },
  { BILLING_STATUS_DRAFT, BILLING_VERB_PAYMENT_LINK, BILLING_STATUS_PENDING },
  { BILLING_STATUS_PENDING, BILLING_VERB_PAYMENT_LINK, BILLING_STATUS_PENDING },
  { BILLING_STATUS_FAILED, BILLING_VERB_PAYMENT_LINK, BILLING_STATUS_FAILED },
  { BILLING_STATUS_PROCESSING, BILLING_VERB_PAYMENT_CAPTURE, BILLING_STATUS_PROCESSING },
  { BILLING_STATUS_PROCESSING, BILLING_VERB_PAYMENT_VOID, BILLING_STATUS_PROCESSING },
  { BILLING_STATUS_FAILED, BILLING_VERB_PAYMENT_AUTHORISE, BILLING_STATUS_FAILED },
  { BILLING_STATUS_FAILED, BILLING_VERB_PAYMENT_EDIT, BILLING_STATUS_FAILED },
  { BILLING_STATUS_FAILED, BILLING_VERB_PAYMENT_SUBMIT, BILLING_STATUS_PENDING },
  { BILLING_STATUS_FAILED, BILLING_VERB_PAYMENT_CANCEL, BILLING_STATUS_CANCELLED },
  { BILLING_STATUS_FAILED, BILLING_VERB_PAYMENT_WRITE_OFF, BILLING_STATUS_CANCELLED },
  { BILLING_STATUS_FAILED, BILLING_VERB_PAYMENT_COLLECT, BILLING_STATUS_PAID },
  /* A slip is taken back the same day. */
  { BILLING_STATUS_CANCELLED, BILLING_VERB_PAYMENT_REOPEN, BILLING_STATUS_PENDING },
  { BILLING_STATUS_PAID, BILLING_VERB_PAYMENT_REVERSE, BILLING_STATUS_PENDING },
  { BILLING_STATUS_PAID, BILLING_VERB_PAYMENT_REFUND, BILLING_STATUS_REFUNDED },
  /* A part went back already, so the collection was no mistake: legal by its status, refused by its refunds. */
  { BILLING_STATUS_PARTIALLY_REFUNDED, BILLING_VERB_PAYMENT_REVERSE, BILLING_STATUS_PARTIALLY_REFUNDED },
  { BILLING_STATUS_PARTIALLY_REFUNDED, BILLING_VERB_PAYMENT_REFUND, BILLING_STATUS_REFUNDED },
};

static const BillingVerb payment_verbs[] = {
  BILLING_VERB_PAYMENT_EDIT,      BILLING_VERB_PAYMENT_SUBMIT,  BILLING_VERB_PAYMENT_FAIL,
  BILLING_VERB_PAYMENT_CANCEL,    BILLING_VERB_PAYMENT_WRITE_OFF, BILLING_VERB_PAYMENT_COLLECT,
  BILLING_VERB_PAYMENT_REVERSE,   BILLING_VERB_PAYMENT_REFUND,  BILLING_VERB_PAYMENT_AUTHORISE,
  BILLING_VERB_PAYMENT_CAPTURE,   BILLING_VERB_PAYMENT_VOID,    BILLING_VERB_PAYMENT_REOPEN,
  BILLING_VERB_PAYMENT_LINK,
};

static BillingAct *
build_sensible_act (BillingVerb    verb,
                    BillingStatus  status)
{
  BillingAct *act = billing_act_new (verb, billing_verb_cases_payment (status));

  act->memo = g_strdup ("Changed");
  act->tender = verb == BILLING_VERB_PAYMENT_COLLECT ? BILLING_TENDER_CASH : BILLING_TENDER_NONE;
  act->reason = BILLING_REFUND_REASON_PATIENT_REQUEST;
  return act;
}

/* What is refused changes nothing, so that the next step is tried in the same practice. Returns: whether it was done */
static gboolean
try_step (Fixture      *fixture,
          BillingVerb   verb,
          BillingStatus status)
{
  g_autoptr (BillingAct) act = build_sensible_act (verb, status);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) payment = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  BillingStatus leads_to = status;
  gboolean is_legal = FALSE;
  gboolean is_done;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (steps[i].status == status && steps[i].verb == verb)
        {
          is_legal = TRUE;
          leads_to = steps[i].leads_to;
        }
    }

  before = billing_test_dump (fixture->folder);
  g_test_message ("%s: %s", billing_status_get_label (status), billing_verb_get_label (verb));
  g_assert_cmpint (billing_verb_is_legal (verb, status), ==, is_legal);
  is_done = billing_desk_do (fixture->desk, act, &error);
  if (!is_done)
    {
      after = billing_test_dump (fixture->folder);
      g_assert_cmpstr (before, ==, after);
      if (is_legal)
        g_assert_cmpint (verb, ==, BILLING_VERB_PAYMENT_REVERSE);
      g_assert_error (error, BILLING_DESK_ERROR,
                      (is_legal ? BILLING_DESK_ERROR_INVALID : BILLING_DESK_ERROR_ILLEGAL));
      g_clear_error (&error);
    }
  else
    g_assert_true (is_legal);

  payment = billing_desk_find (fixture->desk, billing_verb_cases_payment (status), &error);
  g_assert_no_error (error);
  g_assert_cmpint (BILLING_PAYMENT (payment)->status, ==, leads_to);
  return is_done;
}

/* Every verb on a payment of every status: it leads where the design says, or is refused and nothing at all changes. */
static void
test_statuses (void)
{
  Fixture fixture;

  begin (&fixture);
  for (BillingStatus status = BILLING_STATUS_DRAFT; status <= BILLING_STATUS_VOIDED; status++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (payment_verbs); i++)
        {
          if (!try_step (&fixture, payment_verbs[i], status))
            continue;
          end (&fixture);
          begin (&fixture);
        }
    }
  end (&fixture);
}

/* The practice of these tests has a payment of every status; otherwise the table above would not be tried whole. */
static void
test_reached (void)
{
  Fixture fixture;

  begin (&fixture);
  for (BillingStatus status = BILLING_STATUS_DRAFT; status <= BILLING_STATUS_VOIDED; status++)
    {
      g_autoptr (BillingRecord) payment = billing_desk_find (fixture.desk, billing_verb_cases_payment (status), NULL);

      g_assert_cmpint (BILLING_PAYMENT (payment)->status, ==, status);
    }
  end (&fixture);
}

/* Every act leaves one row of the audit (one for each payment that it touches) and one seal, and the row says who did what. */
static void
test_audit (void)
{
  for (guint i = 0; i < billing_n_verb_cases; i++)
    {
      const BillingVerbCase *verb_case = &billing_verb_cases[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *last = NULL;
      g_autofree char *expected = g_strconcat ("boss ", billing_enum_nick (BILLING_TYPE_VERB, verb_case->verb), NULL);
      gint64 n_audited;
      gint64 n_seals;
      Fixture fixture;

      begin (&fixture);
      billing_verb_cases_act_as (fixture.desk, "boss");
      n_audited = billing_test_integer (fixture.folder, "SELECT count(*) FROM audit");
      n_seals = billing_test_integer (fixture.folder, "SELECT count(*) FROM seals");
      billing_verb_cases_do (fixture.desk, verb_case, &error);
      g_assert_no_error (error);

      g_test_message ("%s", verb_case->name);
      g_assert_cmpint (billing_test_integer (fixture.folder, "SELECT count(*) FROM audit"), ==,
                       n_audited + 1 + verb_case->n_audited);
      g_assert_cmpint (billing_test_integer (fixture.folder, "SELECT count(*) FROM seals"), ==, n_seals + 1);
      g_assert_cmpint (billing_test_integer (fixture.folder, "SELECT at FROM audit ORDER BY pk DESC LIMIT 1"), ==,
                       BILLING_VERB_CASES_NOW + 3600);
      last = billing_test_text (fixture.folder, "SELECT person || ' ' || verb FROM audit ORDER BY pk DESC LIMIT 1");
      g_assert_cmpstr (last, ==, expected);
      end (&fixture);
    }
}

static void
assert_changed (const char *case_name,
                const char *before,
                const char *after)
{
  for (guint i = 0; i < billing_n_verb_cases; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *was = NULL;
      g_autofree char *is = NULL;
      Fixture fixture;

      if (!g_str_equal (billing_verb_cases[i].name, case_name))
        continue;

      begin (&fixture);
      billing_verb_cases_do (fixture.desk, &billing_verb_cases[i], &error);
      g_assert_no_error (error);
      was = billing_test_text (fixture.folder, "SELECT before FROM audit ORDER BY pk DESC LIMIT 1");
      is = billing_test_text (fixture.folder, "SELECT after FROM audit ORDER BY pk DESC LIMIT 1");
      g_assert_cmpstr (was, ==, before);
      g_assert_cmpstr (is, ==, after);
      end (&fixture);
      return;
    }
  g_assert_not_reached ();
}

/* The audit says how what was changed was before and is after, and nothing else. */
static void
test_before_and_after (void)
{
  assert_changed ("edit", "{\"amount\":25000,\"memo\":null}", "{\"amount\":30000,\"memo\":\"Knee\"}");
  assert_changed ("collect-part",
                  "{\"amount\":25000,\"status\":\"pending\",\"paid-on\":null,\"tender\":\"none\",\"collected\":0}",
                  "{\"amount\":10000,\"status\":\"paid\",\"paid-on\":\"2026-10-26\",\"tender\":\"cash\","
                  "\"collected\":10000}");
  assert_changed ("refund-credit", "{\"credit\":18000}", "{\"credit\":3000}");
  assert_changed ("practice-edit", "{\"refund-limit\":15000}", "{\"refund-limit\":500}");
  assert_changed ("person-edit", "{\"role\":\"biller\",\"retired\":0}", "{\"role\":\"manager\",\"retired\":1}");
  assert_changed ("view", NULL, NULL);
}

/* No passphrase, and no hash of one, gets into anything but the person's own row. */
static void
test_secrets (void)
{
  Fixture fixture;

  begin (&fixture);
  for (guint i = 0; i < billing_n_verb_cases; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *books = NULL;

      if (billing_verb_cases[i].verb != BILLING_VERB_PERSON_ADD)
        continue;

      billing_verb_cases_do (fixture.desk, &billing_verb_cases[i], &error);
      g_assert_no_error (error);
      books = billing_test_dump (fixture.folder);
      g_assert_null (strstr (books, "correct horse"));
      g_assert_cmpint (billing_test_integer (fixture.folder, "SELECT count(*) FROM people WHERE passphrase LIKE '$y$%'"),
                       ==, 1);
      g_assert_cmpint (billing_test_integer (fixture.folder, "SELECT count(*) FROM audit WHERE"
                                             " ifnull (before, '') || ifnull (after, '') LIKE '%$y$%'"), ==, 0);
      g_assert_cmpint (billing_test_integer (fixture.folder, "SELECT count(*) FROM audit WHERE"
                                             " ifnull (before, '') || ifnull (after, '') LIKE '%passphrase%'"), ==, 0);
    }
  end (&fixture);
}

/* A role that was taken away, or a person who left, counts at once in sessions that are open. */
static void
test_role_changes (void)
{
  g_autoptr (BillingAct) cancel = billing_act_new (BILLING_VERB_PAYMENT_CANCEL,
                                                   billing_verb_cases_payment (BILLING_STATUS_PENDING));
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDesk) other = NULL;
  g_autoptr (BillingAct) demote = billing_act_new (BILLING_VERB_PERSON_EDIT, "biller");
  Fixture fixture;

  begin (&fixture);
  other = billing_verb_cases_open (fixture.folder);
  billing_verb_cases_act_as (fixture.desk, "biller");
  demote->role = g_strdup ("front-desk");
  billing_desk_do (other, demote, &error);
  g_assert_no_error (error);
  g_assert_false (billing_desk_do (fixture.desk, cancel, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED);
  g_clear_error (&error);

  demote->retired = TRUE;
  billing_desk_do (other, demote, &error);
  g_assert_no_error (error);
  g_assert_false (billing_desk_do (fixture.desk, cancel, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_UNKNOWN_PERSON);
  end (&fixture);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  billing_test_folder_use_memory ();
  original = billing_test_folder ();
  billing_verb_cases_make (original);

  g_test_add_func ("/verb-tables/whole", test_whole);
  g_test_add_func ("/verb-tables/reached", test_reached);
  g_test_add_func ("/verb-tables/roles", test_roles);
  g_test_add_func ("/verb-tables/statuses", test_statuses);
  g_test_add_func ("/verb-tables/audit", test_audit);
  g_test_add_func ("/verb-tables/before-and-after", test_before_and_after);
  g_test_add_func ("/verb-tables/secrets", test_secrets);
  g_test_add_func ("/verb-tables/role-changes", test_role_changes);

  result = g_test_run ();
  billing_test_folder_remove (original);
  return result;
}

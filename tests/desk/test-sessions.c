/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-patient.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"

/* Who works in a practice, and the practice's own settings. */

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  billing_test_practice_set_up (practice);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_verify (practice);
  billing_test_practice_tear_down (practice);
}

static void
assert_not_signed_in (BillingTestPractice *practice,
                      const char          *account,
                      const char          *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = g_strdup (billing_desk_get_person (practice->desk)->account);

  g_assert_false (billing_desk_sign_in (practice->desk, account, passphrase, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_UNKNOWN_PERSON);
  if (passphrase != NULL && *passphrase != '\0')
    g_assert_null (strstr (error->message, passphrase));
  g_assert_cmpstr (billing_desk_get_person (practice->desk)->account, ==, before);
}

/* Somebody at a shared desk signs in with their passphrase, exactly; who has none cannot. */
static void
test_sign_in (BillingTestPractice *practice,
              gconstpointer        data)
{
  billing_test_practice_add_person (practice, "zoë", "biller", "Pässwörter sind läng");
  billing_test_practice_add_person (practice, "nobody", "biller", NULL);

  assert_not_signed_in (practice, "zoë", "pässwörter sind läng");
  assert_not_signed_in (practice, "zoë", "");
  assert_not_signed_in (practice, "zoë", NULL);
  assert_not_signed_in (practice, "nobody", NULL);
  assert_not_signed_in (practice, "nobody", "");
  assert_not_signed_in (practice, "nobody", "anything");
  assert_not_signed_in (practice, "stranger", "Pässwörter sind läng");
  assert_not_signed_in (practice, "", NULL);
  assert_not_signed_in (practice, g_get_user_name (), "wrong passphrase");

  billing_test_practice_sign_in (practice, "zoë", "Pässwörter sind läng");
  g_assert_cmpstr (billing_desk_get_person (practice->desk)->account, ==, "zoë");
  g_assert_false (billing_desk_may (practice->desk, BILLING_VERB_PERSON_ADD));
  billing_test_practice_sign_in (practice, NULL, NULL);
  g_assert_true (billing_desk_may (practice->desk, BILLING_VERB_PERSON_ADD));
}

/* A passphrase is long enough, and an act forgets it as soon as it is hashed. */
static void
test_passphrase (BillingTestPractice *practice,
                 gconstpointer        data)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PERSON_ADD, NULL);

  act->account = g_strdup ("zoe");
  act->role = g_strdup ("biller");
  act->passphrase = g_strdup ("sevenes");
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM people"), ==, 1);

  act->passphrase = g_strdup ("eighteen");
  billing_test_practice_do (practice, act);
  g_assert_null (act->passphrase);
  billing_test_practice_sign_in (practice, "zoe", "eighteen");
}

/* A passphrase can be changed and taken away. */
static void
test_new_passphrase (BillingTestPractice *practice,
                     gconstpointer        data)
{
  g_autoptr (BillingAct) change = billing_act_new (BILLING_VERB_PERSON_EDIT, "zoe");
  g_autoptr (BillingAct) clear = billing_act_new (BILLING_VERB_PERSON_EDIT, "zoe");

  billing_test_practice_add_person (practice, "zoe", "biller", "the old one");
  change->passphrase = g_strdup ("the new one");
  billing_test_practice_do (practice, change);
  assert_not_signed_in (practice, "zoe", "the old one");
  billing_test_practice_sign_in (practice, "zoe", "the new one");

  billing_test_practice_sign_in (practice, NULL, NULL);
  clear->passphrase = g_strdup ("");
  billing_test_practice_do (practice, clear);
  assert_not_signed_in (practice, "zoe", "the new one");
  assert_not_signed_in (practice, "zoe", "");
}

/* Who left cannot sign in, and can come back. */
static void
test_retired (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autoptr (BillingAct) leave = billing_act_new (BILLING_VERB_PERSON_EDIT, "zoe");
  g_autoptr (BillingAct) come_back = billing_act_new (BILLING_VERB_PERSON_EDIT, "zoe");

  billing_test_practice_add_person (practice, "zoe", "biller", "a passphrase");
  leave->retired = TRUE;
  billing_test_practice_do (practice, leave);
  assert_not_signed_in (practice, "zoe", "a passphrase");
  billing_test_practice_do (practice, come_back);
  billing_test_practice_sign_in (practice, "zoe", "a passphrase");
}

/* The last administrator neither leaves nor loses the role; once there is another, they may. */
static void
test_last_administrator (BillingTestPractice *practice,
                         gconstpointer        data)
{
  g_autoptr (BillingAct) leave = billing_act_new (BILLING_VERB_PERSON_EDIT, g_get_user_name ());
  g_autoptr (BillingAct) demote = billing_act_new (BILLING_VERB_PERSON_EDIT, g_get_user_name ());
  g_autoptr (BillingAct) note = billing_act_new (BILLING_VERB_NOTE_ADD, practice->patient);
  g_autofree char *before = billing_test_dump (practice->folder);
  g_autofree char *after = NULL;

  leave->retired = TRUE;
  demote->role = g_strdup ("front-desk");
  billing_test_practice_do_refused (practice, leave, BILLING_DESK_ERROR_INVALID);
  billing_test_practice_do_refused (practice, demote, BILLING_DESK_ERROR_INVALID);
  after = billing_test_dump (practice->folder);
  g_assert_cmpstr (before, ==, after);

  billing_test_practice_add_person (practice, "boss", "administrator", "a passphrase");
  billing_test_practice_do (practice, demote);
  g_assert_false (billing_desk_may (practice->desk, BILLING_VERB_PERSON_ADD));
  billing_test_practice_do_refused (practice, leave, BILLING_DESK_ERROR_REFUSED);
  note->text = g_strdup ("Still here.");
  billing_test_practice_do (practice, note);
}

/* People are added once, with a role that there is. */
static void
test_people (BillingTestPractice *practice,
             gconstpointer        data)
{
  static const struct {
    const char *account;
    const char *role;
  } wrong[] = {
    { "zoe", "biller" }, { NULL, "biller" }, { "", "biller" }, { "new", NULL }, { "new", "king" }, { "new", "" },
    { "new\x01", "biller" },
  };

  billing_test_practice_add_person (practice, "zoe", "biller", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PERSON_ADD, NULL);

      act->account = g_strdup (wrong[i].account);
      act->role = g_strdup (wrong[i].role);
      billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
    }
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM people"), ==, 2);
}

/* The settings change at once for this session; what makes no sense is refused. */
static void
test_practice (BillingTestPractice *practice,
               gconstpointer        data)
{
  static const char * const limits[] = { "-1", "ten", "", "99999999999999999999", "1.5" };
  g_autoptr (BillingAct) zone = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autoptr (BillingAct) nowhere = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autofree char *today = NULL;
  g_autofree char *there = NULL;

  billing_desk_set_clock (practice->desk, 1793059200); /* 2026-10-27T00:00:00Z */
  today = billing_desk_get_today (practice->desk);
  g_assert_cmpstr (today, ==, "2026-10-26");
  zone->name = g_strdup ("Clínica \"Ñandú\"");
  zone->time_zone = g_strdup ("Asia/Tokyo");
  billing_test_practice_do (practice, zone);
  there = billing_desk_get_today (practice->desk);
  g_assert_cmpstr (there, ==, "2026-10-27");
  g_assert_cmpstr (billing_desk_get_practice (practice->desk)->name, ==, "Clínica \"Ñandú\"");

  nowhere->time_zone = g_strdup ("Mars/Olympus");
  billing_test_practice_do_refused (practice, nowhere, BILLING_DESK_ERROR_INVALID);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);

      act->refund_limit = g_strdup (limits[i]);
      billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
    }
}

static gboolean
insert_neighbour (BillingConnection  *connection,
                  gpointer            data,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", "Anders Zorn", "given-name", "Anders",
                                                    "family-name", "Zorn", NULL);

  return billing_table_insert (connection, patient, error);
}

static void
assert_first (BillingTestPractice *practice,
              const char          *locale,
              const char          *name)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autofree char *first = NULL;

  act->locale = g_strdup (locale);
  billing_test_practice_do (practice, act);
  first = billing_test_text (practice->folder, "SELECT name FROM patients ORDER BY sort_key LIMIT 1");
  g_assert_cmpstr (first, ==, name);
  billing_test_practice_verify (practice);
}

/* Names sort as the practice's language has it, also those that were there before it was said; their payments go with them. */
static void
test_locale (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 100, FALSE);
  g_autoptr (GError) error = NULL;

  billing_store_write (billing_desk_get_store (practice->desk), insert_neighbour, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_first (practice, "sv_SE", "Anders Zorn");
  assert_first (practice, "de_DE", "Zoë Ångström");
  assert_first (practice, "sv_SE", "Anders Zorn");
  assert_first (practice, "", "Zoë Ångström");
}

/* A practice is made with settings that make sense, or not at all. */
static void
test_create (void)
{
  static const char * const wrong[][3] = {
    { "", "USD", "Europe/Berlin" }, { NULL, "USD", "Europe/Berlin" }, { "X", "XXQ", "Europe/Berlin" },
    { "X", "", "Europe/Berlin" },   { "X", "USD", "Nowhere" },        { "X", "USD", NULL },
  };
  char *parent = billing_test_folder ();
  g_autofree char *folder = g_build_filename (parent, "practice", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (billing_desk_create (folder, wrong[i][0], wrong[i][1], wrong[i][2], &error));
      g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
    }
  g_assert_false (billing_desk_exists (folder));
  billing_desk_create (folder, "X", "JPY", "Asia/Tokyo", &error);
  g_assert_no_error (error);
  g_assert_true (billing_desk_exists (folder));
  g_assert_false (billing_desk_create (folder, "Y", "USD", "Asia/Tokyo", &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_EXISTS);
  billing_test_folder_remove (parent);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void (*func) (BillingTestPractice *, gconstpointer);
  } tests[] = {
    { "sign-in", test_sign_in },
    { "passphrase", test_passphrase },
    { "new-passphrase", test_new_passphrase },
    { "retired", test_retired },
    { "last-administrator", test_last_administrator },
    { "people", test_people },
    { "practice", test_practice },
    { "locale", test_locale },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/sessions/", tests[i].name, NULL);

      g_test_add (path, BillingTestPractice, NULL, set_up, tests[i].func, tear_down);
    }
  g_test_add_func ("/sessions/create", test_create);
  return g_test_run ();
}

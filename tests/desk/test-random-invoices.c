/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-table.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"
#include "billing-treatment.h"

/*
 * Random services are invoiced, flipped, answered by insurers and paid in random ways, before and after: pre-payments, parts, too much, credit,
 * refunds, reversals, voids, write-offs. After each act the whole of the books is checked: every invariant; what was asked for in all; and the
 * cash, which this test counts by itself from what was handed over and given back.
 *
 * BILLING_TEST_STEPS says how many acts, BILLING_TEST_SEED which; the seed is printed.
 */

#define NOW G_GINT64_CONSTANT (1793000000)
#define N_PATIENTS 3
#define N_TREATMENTS 6
#define VERIFY_EVERY 5

typedef struct {
  BillingTestPractice practice;
  sqlite3 *db; /* (owned) */
  GRand *rand; /* (owned) */
  char *patients[N_PATIENTS];
  char *treatments[N_TREATMENTS];
  gint64 cash; /* what is in the drawer by this test's own count */
  guint n_done;
  guint n_refused;
  guint done[BILLING_VERB_PHYSICIAN_EDIT + 1];
} World;

static guint
below (World *world,
       guint  n)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) n);
}

static gboolean
chance (World *world,
        guint  percent)
{
  return below (world, 100) < percent;
}

static gint64
read_integer (World      *world,
              const char *sql,
              const char *value)
{
  sqlite3_stmt *statement;
  gint64 found = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (world->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (value != NULL)
    sqlite3_bind_text (statement, 1, value, -1, SQLITE_TRANSIENT);
  if (sqlite3_step (statement) == SQLITE_ROW)
    found = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return found;
}

/* The number of any row of a kind, mostly a late one. %NULL: there is none. */
static char *
pick (World      *world,
      const char *kind)
{
  g_autofree char *counting = g_strdup_printf ("SELECT count (*) FROM %s", kind);
  g_autofree char *finding = g_strdup_printf ("SELECT number FROM %s LIMIT 1 OFFSET ?", kind);
  guint n = (guint) read_integer (world, counting, NULL);
  guint i = n > 0 ? below (world, n) : 0;
  sqlite3_stmt *statement;
  char *number = NULL;

  if (n > 12 && chance (world, 70))
    i = n - 1 - below (world, 12);
  g_assert_cmpint (sqlite3_prepare_v2 (world->db, finding, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_int64 (statement, 1, i);
  if (sqlite3_step (statement) == SQLITE_ROW)
    number = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return number;
}

/* What may not be done is refused with a sentence, by the desk or by who looks for the rows, and never because the books would break. */
static gboolean
try (World      *world,
     BillingAct *act)
{
  g_autoptr (GError) error = NULL;

  if (billing_desk_do (world->practice.desk, act, &error))
    {
      world->n_done++;
      world->done[act->verb]++;
      return TRUE;
    }

  if (error->domain != BILLING_DESK_ERROR && !g_error_matches (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY))
    g_error ("%s", error->message);
  world->n_refused++;
  return FALSE;
}

static void
add_service (World *world)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_ADD, NULL);

  act->treatment = g_strdup (world->treatments[below (world, N_TREATMENTS)]);
  act->rate = g_strdup (chance (world, 60) ? "RATE-002" : "RATE-001");
  act->date = g_strdup ("2026-10-20");
  act->units = 1 + below (world, 3);
  act->has_amount = chance (world, 50);
  act->amount = below (world, 100) * 100;
  try (world, act);
}

static void
answer (World *world)
{
  g_autofree char *service = pick (world, "services");
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_INSURER, service);

  if (service == NULL)
    return;

  act->has_insurer = TRUE;
  act->paid = (gint64) below (world, 80) * 100 - 1000;
  act->adjusted = chance (world, 30) ? below (world, 20) * 100 : 0;
  act->patient_part = chance (world, 70) ? (gint64) below (world, 120) * 100 : -1;
  try (world, act);
}

static void
prepay (World *world)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);
  guint i = below (world, N_TREATMENTS);

  act->treatment = g_strdup (world->treatments[i]);
  act->patient = g_strdup (world->patients[i % N_PATIENTS]);
  act->payment_type = g_strdup (chance (world, 80) ? "treatment-pre-payment" : "office-visit");
  act->draft = chance (world, 20);
  act->has_amount = TRUE;
  act->amount = 100 + below (world, 120) * 100;
  try (world, act);
}

/* Collected whole or in part, or with something beyond; what was handed over is counted. */
static void
collect (World       *world,
         BillingVerb  verb,
         const char  *kind,
         const char  *open)
{
  g_autofree char *number = pick (world, kind);
  g_autoptr (BillingAct) act = billing_act_new (verb, number);
  gint64 whole;

  if (number == NULL)
    return;

  whole = read_integer (world, open, number);
  act->tender = chance (world, 75) ? BILLING_TENDER_CASH : BILLING_TENDER_CREDIT;
  act->has_amount = chance (world, 60);
  act->amount = 1 + below (world, (guint) MAX (whole, 1) + (chance (world, 30) ? 3000 : 0));
  if (try (world, act) && act->tender == BILLING_TENDER_CASH)
    world->cash += act->has_amount ? act->amount : whole;
}

/* What a payment brought into the drawer, with what was beyond. */
#define BROUGHT \
  "SELECT ifnull (sum (s.amount), 0) FROM transactions t JOIN postings s ON s.transaction_pk = t.pk AND s.account = 'cash'" \
  " WHERE t.payment_id = (SELECT id FROM payments WHERE number = ?)"

static void
reverse (World *world)
{
  g_autofree char *number = pick (world, "payments");
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, number);
  gint64 brought = number != NULL ? read_integer (world, BROUGHT, number) : 0;

  if (number != NULL && try (world, act))
    world->cash -= brought;
}

static void
refund (World *world)
{
  g_autofree char *number = pick (world, "payments");
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_REFUND, number);

  if (number == NULL)
    return;

  act->reason = BILLING_REFUND_REASON_OTHER;
  act->tender = chance (world, 70) ? BILLING_TENDER_CASH : BILLING_TENDER_CREDIT;
  act->has_amount = TRUE;
  act->amount = 1 + below (world, 6000);
  if (try (world, act) && act->tender == BILLING_TENDER_CASH)
    world->cash -= act->amount;
}

static void
refund_credit (World *world)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_CREDIT_REFUND, world->patients[below (world, N_PATIENTS)]);

  act->tender = BILLING_TENDER_CASH;
  act->has_amount = TRUE;
  act->amount = 1 + below (world, 3000);
  if (try (world, act))
    world->cash -= act->amount;
}

/* A few that are named, or all that can be. */
static void
invoice (World *world)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);
  g_autofree char *first = pick (world, "services");
  g_autofree char *second = pick (world, "services");

  if (first == NULL)
    return;

  if (chance (world, 70))
    act->selection = g_strdup_printf ("%s %s", first, second);
  else
    act->query = billing_query_new ("services");
  if (try (world, act) && chance (world, 15))
    {
      g_autoptr (BillingAct) undo = billing_act_build_undo (act);

      g_assert_true (try (world, undo));
    }
}

static void
do_to (World       *world,
       BillingVerb  verb,
       const char  *kind)
{
  g_autofree char *number = pick (world, kind);
  g_autoptr (BillingAct) act = billing_act_new (verb, number);

  if (number == NULL)
    return;

  act->notes = g_strdup ("So it is.");
  if (verb == BILLING_VERB_PAYMENT_EDIT)
    {
      act->has_amount = TRUE;
      act->amount = 1 + below (world, 9000);
    }
  if (verb == BILLING_VERB_INVOICE_EDIT)
    act->due = g_strdup (chance (world, 50) ? "2027-01-15" : "2020-01-01");
  try (world, act);
}

static void
step (World *world)
{
  static const struct {
    BillingVerb verb;
    const char *kind;
  } plain[] = {
    { BILLING_VERB_INVOICE_VOID, "invoices" }, { BILLING_VERB_INVOICE_WRITE_OFF, "invoices" }, { BILLING_VERB_INVOICE_EDIT, "invoices" },
    { BILLING_VERB_SERVICE_SET_RATE, "services" }, { BILLING_VERB_SERVICE_TAKE_BACK, "services" }, { BILLING_VERB_SERVICE_REMOVE, "services" },
    { BILLING_VERB_PAYMENT_CANCEL, "payments" }, { BILLING_VERB_PAYMENT_REOPEN, "payments" }, { BILLING_VERB_PAYMENT_WRITE_OFF, "payments" },
    { BILLING_VERB_PAYMENT_FAIL, "payments" }, { BILLING_VERB_PAYMENT_SUBMIT, "payments" }, { BILLING_VERB_PAYMENT_EDIT, "payments" },
  };
  guint which = below (world, 100);
  guint i = below (world, G_N_ELEMENTS (plain));

  if (which < 16)
    add_service (world);
  else if (which < 28)
    invoice (world);
  else if (which < 42)
    answer (world);
  else if (which < 50)
    prepay (world);
  else if (which < 58)
    collect (world, BILLING_VERB_PAYMENT_COLLECT, "payments", "SELECT amount FROM payments WHERE number = ?");
  else if (which < 66)
    collect (world, BILLING_VERB_INVOICE_MARK_PAID, "invoices", "SELECT balance FROM invoices WHERE number = ?");
  else if (which < 71)
    reverse (world);
  else if (which < 75)
    refund (world);
  else if (which < 77)
    refund_credit (world);
  else
    do_to (world, plain[i].verb, plain[i].kind);
}

/* What was asked for in all: of insurers their parts, of patients their payments, without what was credited because it had been paid. */
static void
check (World *world)
{
  g_assert_cmpint (read_integer (world, "SELECT ifnull (sum (amount), 0) FROM postings WHERE account = 'cash'", NULL), ==, world->cash);
  g_assert_cmpint (read_integer (world, "SELECT ifnull (-sum (amount), 0) FROM postings WHERE account = 'asked'", NULL), ==,
                   read_integer (world, "SELECT (SELECT ifnull (sum (insurer_part), 0) FROM services WHERE removed_at = 0)"
                                        " + (SELECT ifnull (sum (amount), 0) FROM payments WHERE submitted_at > 0 AND cancelled_at = 0)"
                                        " - (SELECT ifnull (sum (credited), 0) FROM invoices)", NULL));
  g_assert_cmpint (read_integer (world, "SELECT count (*) FROM services WHERE invoice_id IS NOT NULL AND invoice_id NOT IN"
                                        " (SELECT id FROM invoices WHERE voided_at = 0)", NULL), ==, 0);
}

static gboolean
fill (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  World *world = data;

  for (guint i = 0; i < N_PATIENTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Patient %u", i);
      g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", name, NULL);

      g_assert_true (billing_table_insert (connection, patient, error));
      world->patients[i] = g_strdup (billing_record_get_id (patient));
    }

  for (guint i = 0; i < N_TREATMENTS; i++)
    {
      g_autoptr (BillingRecord) treatment = g_object_new (BILLING_TYPE_TREATMENT, "patient-id", world->patients[i % N_PATIENTS], "starts-at",
                                                          NOW - 86400 * 6, "day", "2026-10-20", "state", "finished", "currency", "USD", NULL);

      g_assert_true (billing_table_insert (connection, treatment, error));
      world->treatments[i] = g_strdup (billing_record_get_id (treatment));
    }
  return TRUE;
}

static void
begin (World   *world,
       guint32  seed)
{
  g_autoptr (BillingAct) rate = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "General Service", "code", "99213",
                                              "payer-kind", "both", "invoiced", "yes", "has-amount", TRUE, "amount", (gint64) 5000, "date",
                                              "2026-01-01", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  billing_test_folder_use_memory ();
  world->rand = g_rand_new_with_seed (seed);
  billing_test_practice_set_up (&world->practice);
  billing_desk_set_clock (world->practice.desk, NOW);
  billing_store_write (billing_desk_get_store (world->practice.desk), fill, world, NULL, &error);
  g_assert_no_error (error);
  billing_test_practice_do (&world->practice, rate);
  path = g_build_filename (world->practice.folder, "practice.db", NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &world->db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
}

static void
end (World *world)
{
  sqlite3_close (world->db);
  billing_test_practice_tear_down (&world->practice);
  g_rand_free (world->rand);
  for (guint i = 0; i < N_PATIENTS; i++)
    g_free (world->patients[i]);
  for (guint i = 0; i < N_TREATMENTS; i++)
    g_free (world->treatments[i]);
}

static guint64
get_number (const char *variable,
            guint64     otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* After any number of random acts the books are whole, and the cash is what was handed over less what was given back. */
static void
test_random_invoices (void)
{
  guint32 seed = (guint32) get_number ("BILLING_TEST_SEED", g_random_int ());
  guint n_steps = (guint) get_number ("BILLING_TEST_STEPS", 1500);
  World world = { 0, };

  g_test_message ("BILLING_TEST_SEED=%u BILLING_TEST_STEPS=%u", seed, n_steps);
  begin (&world, seed);
  for (guint i = 1; i <= n_steps; i++)
    {
      step (&world);
      check (&world);
      if (i % VERIFY_EVERY == 0)
        billing_test_practice_verify (&world.practice);
    }

  billing_test_practice_verify (&world.practice);
  g_test_message ("%u acts done, %u refused; %u invoicings, %u voids, %u marked as paid, %u answers, %u reversals", world.n_done,
                  world.n_refused, world.done[BILLING_VERB_INVOICE_CREATE], world.done[BILLING_VERB_INVOICE_VOID],
                  world.done[BILLING_VERB_INVOICE_MARK_PAID], world.done[BILLING_VERB_SERVICE_INSURER],
                  world.done[BILLING_VERB_PAYMENT_REVERSE]);
  /* A test in which nothing happens proves nothing. */
  g_assert_cmpuint (world.n_done, >, n_steps / 5);
  if (n_steps >= 1000)
    {
      g_assert_cmpuint (world.done[BILLING_VERB_INVOICE_CREATE], >, 0);
      g_assert_cmpuint (world.done[BILLING_VERB_INVOICE_VOID], >, 0);
      g_assert_cmpuint (world.done[BILLING_VERB_INVOICE_MARK_PAID], >, 0);
      g_assert_cmpint (read_integer (&world, "SELECT count (*) FROM invoices WHERE credited > 0", NULL), >, 0);
      g_assert_cmpint (read_integer (&world, "SELECT count (*) FROM prepayments", NULL), >, 0);
    }
  end (&world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/random-invoices", test_random_invoices);

  return g_test_run ();
}

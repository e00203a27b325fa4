/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-table.h"
#include "billing-test-practice.h"

/*
 * Random people bill random services: under rates and their twins, answered by insurers and not, invoiced, paid, refunded, voided. A model of
 * the rules of services, written here a second time and without a ledger, says what every service must say after each act, and of the acts on
 * services whether they may succeed. What becomes of invoices and payments the books check themselves, as a whole.
 *
 * BILLING_TEST_STEPS says how many acts, BILLING_TEST_SEED which; the seed is printed.
 */

#define NOW G_GINT64_CONSTANT (1793000000)
#define MOST_SERVICES 60
#define VERIFY_EVERY 10

typedef struct {
  char *id; /* (owned) */
  gint64 paid;
  gint64 adjusted;
  gint64 patient;
  gboolean stands;
} Answer;

typedef struct {
  char *number; /* (owned) */
  guint rate;
  const char *payer; /* (nullable) */
  const char *day;
  gint64 units;
  gint64 price;
  gboolean removed;
  GArray *answers; /* (owned) (element-type Answer) */
} Service;

typedef struct {
  BillingTestPractice practice;
  GRand *rand;      /* (owned) */
  sqlite3 *db;      /* (owned) */
  GPtrArray *services; /* (owned) (element-type Service) */
  guint n_done;
  guint n_refused;
} World;

enum { INSURED, SELF_PAY, NEVER, N_RATES };

static const char * const rates[] = { "RATE-001", "RATE-002", "RATE-003" };
static const char * const payers[] = { "Acme", "Other" };
static const char * const days[] = { "2026-03-01", "2026-10-20" };

/* What stands in the books as prices; said once more. */
static gint64
find_price (guint       rate,
            const char *payer,
            const char *day)
{
  if (rate == NEVER)
    return 500;
  if (rate == SELF_PAY)
    return 7000;
  if (g_strcmp0 (payer, "Acme") == 0)
    return 8000;

  return strcmp (day, "2026-06-01") >= 0 ? 11000 : 10000;
}

static void
clear_answer (gpointer data)
{
  g_free (((Answer *) data)->id);
}

static void
free_service (gpointer data)
{
  Service *service = data;

  g_free (service->number);
  g_array_unref (service->answers);
  g_free (service);
}

static guint
below (World *world,
       guint  n)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) n);
}

static gint64
count (World      *world,
       const char *sql)
{
  sqlite3_stmt *statement;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (world->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

/* --- the model -------------------------------------------------------------------------------- */

typedef struct {
  gint64 amount;
  gint64 part;
  gint64 paid;
  gint64 adjusted;
  gboolean is_answered;
  gboolean has_money;
} Standing;

static Standing
work_out (Service *service)
{
  Standing standing = { .amount = service->units * service->price };

  if (service->removed)
    return standing;

  standing.part = service->rate == INSURED ? standing.amount : 0;
  for (guint i = 0; i < service->answers->len; i++)
    {
      Answer *answer = &g_array_index (service->answers, Answer, i);

      if (!answer->stands)
        continue;
      standing.is_answered = TRUE;
      standing.has_money |= answer->paid != 0 || answer->adjusted != 0;
      standing.paid += answer->paid;
      standing.adjusted += answer->adjusted;
      if (answer->patient >= 0)
        standing.part = standing.amount - answer->patient;
      else if (standing.paid + standing.adjusted > standing.part)
        standing.part = MIN (standing.amount, standing.paid + standing.adjusted);
    }

  return standing;
}

static void
forget_answers (Service *service)
{
  for (guint i = 0; i < service->answers->len; i++)
    g_array_index (service->answers, Answer, i).stands = FALSE;
}

static gboolean
is_invoiced (World   *world,
             Service *service)
{
  g_autofree char *sql = g_strdup_printf ("SELECT invoice_id IS NOT NULL FROM services WHERE number = '%s'", service->number);

  return count (world, sql) != 0;
}

static gboolean
may_change (World   *world,
            Service *service)
{
  return !service->removed && !is_invoiced (world, service) && !work_out (service).has_money;
}

static void
assert_service (World   *world,
                Service *service)
{
  g_autofree char *sql = g_strdup_printf ("SELECT amount, insurer_part, insurer_paid, insurer_adjusted, removed_at > 0,"
                                          " answered_on IS NOT NULL FROM services WHERE number = '%s'", service->number);
  Standing standing = work_out (service);
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (world->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int64 (statement, 0), ==, standing.amount);
  g_assert_cmpint (sqlite3_column_int64 (statement, 1), ==, standing.part);
  g_assert_cmpint (sqlite3_column_int64 (statement, 2), ==, standing.paid);
  g_assert_cmpint (sqlite3_column_int64 (statement, 3), ==, standing.adjusted);
  g_assert_cmpint (sqlite3_column_int (statement, 4), ==, service->removed);
  g_assert_cmpint (sqlite3_column_int (statement, 5), ==, standing.is_answered);
  sqlite3_finalize (statement);
}

/* --- acts ------------------------------------------------------------------------------------- */

/* Whether it was done. What is refused is refused with a reason for people, never by the books themselves. */
static gboolean
try (World      *world,
     BillingAct *act)
{
  g_autoptr (GError) error = NULL;
  gboolean done = billing_desk_do (world->practice.desk, act, &error);

  g_test_message ("%d %s %s: %s", act->verb, act->subject != NULL ? act->subject : "", act->selection != NULL ? act->selection : "",
                  done ? act->result : error->message);
  if (done)
    world->n_done++;
  else
    world->n_refused++;
  if (!done && error->domain != BILLING_DESK_ERROR)
    g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY);
  return done;
}

static Service *
pick (World *world)
{
  return world->services->pdata[below (world, world->services->len)];
}

static void
add (World *world)
{
  Service *service = g_new0 (Service, 1);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_ADD, NULL);

  service->rate = below (world, 8) == 0 ? NEVER : below (world, 2);
  service->payer = service->rate == SELF_PAY ? NULL : payers[below (world, 2)];
  service->day = days[below (world, 2)];
  service->units = 1 + below (world, 3);
  service->price = find_price (service->rate, service->payer, service->day);
  service->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_array_set_clear_func (service->answers, clear_answer);

  act->patient = g_strdup (below (world, 2) == 0 ? "PT-001" : "PT-002");
  act->rate = g_strdup (rates[service->rate]);
  act->payer = g_strdup (service->payer);
  act->date = g_strdup (service->day);
  act->units = service->units;
  if (below (world, 6) == 0)
    {
      act->has_amount = TRUE;
      act->amount = service->price = below (world, 3) * 1500;
    }
  g_assert_true (try (world, act));
  service->number = g_strdup (act->result);
  g_ptr_array_add (world->services, service);
}

/* Whether the model would put it under the rate. */
static gboolean
put_under (World      *world,
           Service    *service,
           guint       rate,
           const char *payer,
           gboolean    really)
{
  const char *asked = rate == SELF_PAY ? NULL : payer != NULL ? payer : service->payer;
  gint64 price = find_price (rate, asked, service->day);
  gboolean is_same = service->rate == rate && g_strcmp0 (service->payer, asked) == 0 && service->price == price &&
                     !work_out (service).is_answered;

  if (!may_change (world, service) || is_same || (rate != SELF_PAY && asked == NULL))
    return FALSE;
  if (!really)
    return TRUE;

  service->rate = rate;
  service->payer = asked;
  service->price = price;
  forget_answers (service);
  return TRUE;
}

static void
flip (World *world)
{
  Service *service = pick (world);
  guint rate = below (world, N_RATES);
  const char *payer = below (world, 2) == 0 ? NULL : payers[below (world, 2)];
  gboolean expected = put_under (world, service, rate, payer, FALSE);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_SET_RATE, service->number);

  act->rate = g_strdup (rates[rate]);
  act->payer = g_strdup (payer);
  g_assert_cmpint (try (world, act), ==, expected);
  put_under (world, service, rate, payer, TRUE);
}

/* All of them at once: those that can are put under it, and are as many as is said. */
static void
flip_all (World *world)
{
  guint rate = below (world, 2);
  const char *payer = payers[below (world, 2)];
  g_autoptr (BillingAct) act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_SERVICE_SET_RATE, "expected", (gint64) 0, NULL);
  guint n = 0;

  for (guint i = 0; i < world->services->len; i++)
    {
      n += put_under (world, world->services->pdata[i], rate, payer, FALSE);
      act->expected += !((Service *) world->services->pdata[i])->removed;
    }

  act->query = billing_query_new ("services");
  act->rate = g_strdup (rates[rate]);
  act->payer = g_strdup (payer);
  g_assert_cmpint (try (world, act), ==, n > 0);
  if (n > 1)
    g_assert_cmpint (g_ascii_strtoll (act->result, NULL, 10), ==, n);
  for (guint i = 0; i < world->services->len; i++)
    put_under (world, world->services->pdata[i], rate, payer, TRUE);
}

static void
edit (World *world)
{
  Service *service = pick (world);
  gint64 units = 1 + below (world, 4);
  gboolean may = !service->removed && !is_invoiced (world, service) &&
                 (!work_out (service).is_answered || units * service->price == work_out (service).amount);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_EDIT, service->number);

  act->units = units;
  g_assert_cmpint (try (world, act), ==, may);
  if (may)
    service->units = units;
}

static void
remove_or_restore (World *world)
{
  Service *service = pick (world);
  gboolean may = service->removed || may_change (world, service);
  g_autoptr (BillingAct) act = billing_act_new (service->removed ? BILLING_VERB_SERVICE_RESTORE : BILLING_VERB_SERVICE_REMOVE,
                                                service->number);

  g_assert_cmpint (try (world, act), ==, may);
  if (!may)
    return;

  service->removed = !service->removed;
  forget_answers (service);
}

static void
answer (World *world)
{
  Service *service = pick (world);
  Standing standing = work_out (service);
  Answer said = { .stands = TRUE, .patient = -1 };
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_INSURER, service->number);
  gboolean may;

  said.paid = (gint64) below (world, 5) * 1000 * (below (world, 6) == 0 ? -1 : 1);
  said.adjusted = (gint64) below (world, 3) * 500;
  if (below (world, 2) == 0)
    said.patient = (gint64) below (world, 6) * 1000;
  may = !service->removed && service->rate != NEVER && standing.paid + said.paid >= 0 && said.patient <= standing.amount;

  act->has_insurer = TRUE;
  act->paid = said.paid;
  act->adjusted = said.adjusted;
  act->patient_part = said.patient;
  act->code = g_strdup ("CO-45");
  g_assert_cmpint (try (world, act), ==, may);
  if (!may)
    return;

  said.id = g_strdup (act->result);
  g_array_append_val (service->answers, said);
}

static void
take_back (World *world)
{
  Service *service = pick (world);
  Answer *taken;
  gboolean may;
  g_autoptr (BillingAct) act = NULL;

  if (service->answers->len == 0)
    return;

  taken = &g_array_index (service->answers, Answer, below (world, service->answers->len));
  may = taken->stands && work_out (service).paid - taken->paid >= 0;
  act = billing_act_new (BILLING_VERB_SERVICE_TAKE_BACK, taken->id);
  g_assert_cmpint (try (world, act), ==, may);
  if (may)
    taken->stands = FALSE;
}

/* One of an invoice, a payment, of which there are so many. */
static void
do_to_any (World       *world,
           BillingVerb  verb,
           const char  *kind,
           const char  *prefix,
           gint64       amount)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", kind);
  gint64 n = count (world, sql);
  g_autofree char *name = NULL;
  g_autoptr (BillingAct) act = NULL;

  if (n == 0)
    return;

  name = g_strdup_printf ("%s-%03u", prefix, 1 + below (world, (guint) n));
  act = billing_act_new (verb, name);
  act->tender = BILLING_TENDER_CASH;
  act->has_amount = amount > 0;
  act->amount = amount;
  act->reason = BILLING_REFUND_REASON_OTHER;
  act->notes = g_strdup ("So it is.");
  try (world, act);
}

static void
invoice (World *world)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);

  if (below (world, 3) > 0)
    act->selection = g_strdup_printf ("%s %s", pick (world)->number, pick (world)->number);
  else
    {
      act->query = billing_query_new ("services");
      act->query->status = g_strdup ("to-invoice");
    }
  try (world, act);
}

static void
step (World *world)
{
  guint which = world->services->len < 3 ? 0 : below (world, 22);

  if (which <= 1 && world->services->len < MOST_SERVICES)
    add (world);
  else if (which <= 4)
    flip (world);
  else if (which == 5)
    edit (world);
  else if (which == 6)
    remove_or_restore (world);
  else if (which <= 10)
    answer (world);
  else if (which <= 12)
    take_back (world);
  else if (which <= 14)
    invoice (world);
  else if (which == 15)
    do_to_any (world, BILLING_VERB_INVOICE_VOID, "invoices", "INV", 0);
  else if (which == 16)
    do_to_any (world, BILLING_VERB_INVOICE_MARK_PAID, "invoices", "INV", below (world, 2) * (1 + below (world, 5)) * 1000);
  else if (which == 17)
    do_to_any (world, BILLING_VERB_INVOICE_WRITE_OFF, "invoices", "INV", 0);
  else if (which == 18)
    do_to_any (world, BILLING_VERB_PAYMENT_COLLECT, "payments", "PAY", below (world, 2) * (1 + below (world, 9)) * 1000);
  else if (which == 19)
    do_to_any (world, BILLING_VERB_PAYMENT_REFUND, "payments", "PAY", below (world, 2) * (1 + below (world, 3)) * 1000);
  else if (which == 20)
    do_to_any (world, BILLING_VERB_PAYMENT_REVERSE, "payments", "PAY", 0);
  else
    flip_all (world);
}

/* --- the world -------------------------------------------------------------------------------- */

static void
must (World      *world,
      BillingAct *act)
{
  billing_test_practice_do (&world->practice, act);
  g_object_unref (act);
}

static void
set_price (World      *world,
           const char *rate,
           const char *payer,
           const char *day,
           gint64      amount)
{
  must (world, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_PRICE, "subject", rate, "payer", payer, "date", day, "has-amount",
                             TRUE, "amount", amount, NULL));
}

static gboolean
add_patient (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", "Ana Lima", NULL);

  return billing_table_insert (connection, patient, error);
}

static void
set_up (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  billing_test_practice_set_up (&world->practice);
  billing_desk_set_clock (world->practice.desk, NOW);
  billing_store_write (billing_desk_get_store (world->practice.desk), add_patient, NULL, NULL, &error);
  g_assert_no_error (error);
  must (world, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "Visit", "code", "99213", "payer-kind", "both",
                             "billable", "yes", "invoiced", "yes", NULL));
  must (world, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "Call", "payer-kind", "insurance", "billable",
                             "no", NULL));
  set_price (world, rates[INSURED], NULL, "2026-01-01", 10000);
  set_price (world, rates[INSURED], NULL, "2026-06-01", 11000);
  set_price (world, rates[INSURED], "Acme", "2026-01-01", 8000);
  set_price (world, rates[SELF_PAY], NULL, "2026-01-01", 7000);
  set_price (world, rates[NEVER], NULL, "2026-01-01", 500);

  world->services = g_ptr_array_new_with_free_func (free_service);
  path = g_build_filename (world->practice.folder, "practice.db", NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &world->db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
}

static guint32
read_number (const char *name,
             guint32     otherwise)
{
  const char *said = g_getenv (name);

  return said != NULL ? (guint32) g_ascii_strtoull (said, NULL, 10) : otherwise;
}

/* Whatever is done in whatever order, every service says what its answers come to, and the books hold all of their rules. */
static void
test_random (void)
{
  World world = { 0, };
  guint32 seed = read_number ("BILLING_TEST_SEED", g_random_int ());
  guint32 n_steps = read_number ("BILLING_TEST_STEPS", 600);

  g_print ("# BILLING_TEST_SEED=%u\n", seed);
  world.rand = g_rand_new_with_seed (seed);
  set_up (&world);
  for (guint i = 0; i < n_steps; i++)
    {
      step (&world);
      for (guint s = 0; s < world.services->len; s++)
        assert_service (&world, world.services->pdata[s]);
      if (i % VERIFY_EVERY == 0)
        billing_test_practice_verify (&world.practice);
    }
  billing_test_practice_verify (&world.practice);

  g_test_message ("%u done, %u refused, %" G_GINT64_FORMAT " invoices, %" G_GINT64_FORMAT " payments", world.n_done, world.n_refused,
                  count (&world, "SELECT count (*) FROM invoices"), count (&world, "SELECT count (*) FROM payments"));
  g_assert_cmpuint (world.n_done, >, n_steps / 10);
  g_ptr_array_unref (world.services);
  sqlite3_close (world.db);
  g_rand_free (world.rand);
  billing_test_practice_tear_down (&world.practice);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/random-services/books", test_random);

  return g_test_run ();
}

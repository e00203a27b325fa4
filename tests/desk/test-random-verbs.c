/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-enums.h"
#include "billing-status.h"
#include "billing-table.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"
#include "billing-treatment.h"
#include "billing-verify.h"

/*
 * Random people do random things to a small practice, sensible and not. A model of the rules, written here a second time and without a
 * ledger, says of each act whether it may succeed and what every payment and every patient must say afterwards.
 *
 * BILLING_TEST_STEPS says how many acts, BILLING_TEST_SEED which; the seed is printed.
 */

#define N_PATIENTS 5
#define N_TREATMENTS 8
#define FULL_EVERY 1000
#define LARGEST G_GINT64_CONSTANT (1000000000000)
#define NOW G_GINT64_CONSTANT (1793000000)

typedef struct {
  char *number; /* (owned) */
  guint patient;
  BillingStatus status;
  gint64 amount;
  gint64 collected;
  gint64 refunded;
  gint64 waiting;
  gint64 excess; /* what its collection brought as credit */
  BillingTender tender;
} Payment;

typedef struct {
  char *id; /* (owned) */
  guint payment;
  gint64 amount;
  BillingTender tender;
  char *person; /* (owned) */
  gboolean waits;
} Refund;

typedef struct {
  BillingTestPractice practice;
  sqlite3 *db;               /* (owned): not the program's; sees each commit as a new data_version */
  sqlite3_stmt *version;     /* (owned) */
  GRand *rand;               /* (owned) */
  GArray *payments;          /* (owned) (element-type Payment) */
  GArray *refunds;           /* (owned) (element-type Refund) */
  char *patients[N_PATIENTS];
  char *treatments[N_TREATMENTS];
  gint64 credit[N_PATIENTS];
  gint64 limit;
  const char *account;
  BillingRole role;
  guint n_done;
  guint n_refused;

  /* How often the rarer things happened. */
  guint n_splits;
  guint n_overpaid;
  guint n_credit_used;
  guint n_credit_returned;
  guint n_at_limit;
  guint n_approved;
} World;

static const struct {
  const char *account;
  BillingRole role;
} people[] = {
  { "desk", BILLING_ROLE_FRONT_DESK },  { "biller", BILLING_ROLE_BILLER },
  { "manager", BILLING_ROLE_MANAGER },  { "manager2", BILLING_ROLE_MANAGER },
  { "boss", BILLING_ROLE_ADMINISTRATOR },
};

static void
clear_payment (gpointer data)
{
  g_free (((Payment *) data)->number);
}

static void
clear_refund (gpointer data)
{
  g_free (((Refund *) data)->id);
  g_free (((Refund *) data)->person);
}

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
      g_autoptr (BillingRecord) treatment = g_object_new (BILLING_TYPE_TREATMENT, "patient-id",
                                                          world->patients[i % N_PATIENTS], "starts-at", NOW - i * 86400,
                                                          "day", "2026-10-01", "state", "finished", "currency", "USD",
                                                          NULL);

      g_assert_true (billing_table_insert (connection, treatment, error));
      world->treatments[i] = g_strdup (billing_record_get_id (treatment));
    }
  return TRUE;
}

static World *
make_world (guint32 seed)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  billing_test_folder_use_memory ();
  world->rand = g_rand_new_with_seed (seed);
  world->payments = g_array_new (FALSE, TRUE, sizeof (Payment));
  g_array_set_clear_func (world->payments, clear_payment);
  world->refunds = g_array_new (FALSE, TRUE, sizeof (Refund));
  g_array_set_clear_func (world->refunds, clear_refund);
  billing_test_practice_set_up (&world->practice);
  billing_desk_set_clock (world->practice.desk, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PERSON_ADD, NULL);
      static const char * const roles[] = { "front-desk", "biller", "manager", "administrator" };

      act->account = g_strdup (people[i].account);
      act->role = g_strdup (roles[people[i].role]);
      billing_test_practice_do (&world->practice, act);
    }
  billing_store_write (billing_desk_get_store (world->practice.desk), fill, world, NULL, &error);
  g_assert_no_error (error);

  path = g_build_filename (world->practice.folder, "practice.db", NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &world->db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (world->db, "PRAGMA data_version", -1, &world->version, NULL), ==, SQLITE_OK);
  return world;
}

static void
free_world (World *world)
{
  sqlite3_finalize (world->version);
  sqlite3_close (world->db);
  billing_test_practice_tear_down (&world->practice);
  g_array_unref (world->payments);
  g_array_unref (world->refunds);
  g_rand_free (world->rand);
  for (guint i = 0; i < N_PATIENTS; i++)
    g_free (world->patients[i]);
  for (guint i = 0; i < N_TREATMENTS; i++)
    g_free (world->treatments[i]);
  g_free (world);
}

static gint64
get_version (World *world)
{
  gint64 version;

  g_assert_cmpint (sqlite3_step (world->version), ==, SQLITE_ROW);
  version = sqlite3_column_int64 (world->version, 0);
  sqlite3_reset (world->version);
  return version;
}

/* Somebody else comes to the desk. */
static void
change_person (World *world)
{
  g_autoptr (BillingPerson) person = billing_person_new ();
  guint i = below (world, G_N_ELEMENTS (people));

  person->account = g_strdup (people[i].account);
  person->role = people[i].role;
  world->account = people[i].account;
  world->role = people[i].role;
  billing_desk_act_as (world->practice.desk, person);
}

/* Any payment, more often a late one: the early ones are mostly at their end. */
static Payment *
pick_payment (World *world)
{
  guint n = world->payments->len;
  guint i;

  if (n == 0)
    return NULL;

  i = chance (world, 70) ? n - 1 - below (world, MIN (n, 30)) : below (world, n);
  return &g_array_index (world->payments, Payment, i);
}

static gint64
pick_amount (World *world,
             gint64 around)
{
  switch (below (world, 12))
    {
    case 0:
      return 0;
    case 1:
      return -1 - (gint64) below (world, 1000);
    case 2:
      return chance (world, 50) ? LARGEST + 1 : G_MAXINT64;
    case 3:
    case 4:
      return around;
    case 5:
      return around + 1 + below (world, 5000);
    case 6:
      return 1;
    default:
      return around > 1 ? 1 + (gint64) below (world, (guint) MIN (around, 1000000)) : 1;
    }
}

static gboolean
is_amount (gint64 amount)
{
  return amount > 0 && amount <= LARGEST;
}

/* Statuses from which a verb is legal, in design.md's words. */
static gboolean
is_legal (BillingVerb   verb,
          BillingStatus status)
{
  gboolean is_open = status == BILLING_STATUS_DRAFT || status == BILLING_STATUS_PENDING ||
                     status == BILLING_STATUS_FAILED;

  if (verb == BILLING_VERB_PAYMENT_SUBMIT)
    return status == BILLING_STATUS_DRAFT || status == BILLING_STATUS_FAILED;
  if (verb == BILLING_VERB_PAYMENT_FAIL)
    return status == BILLING_STATUS_PENDING;
  if (verb == BILLING_VERB_PAYMENT_WRITE_OFF)
    return status == BILLING_STATUS_PENDING || status == BILLING_STATUS_FAILED;
  if (verb == BILLING_VERB_PAYMENT_REVERSE || verb == BILLING_VERB_PAYMENT_REFUND)
    return status == BILLING_STATUS_PAID || status == BILLING_STATUS_PARTIALLY_REFUNDED;

  return is_open;
}

static BillingRole
get_lowest_role (BillingVerb verb)
{
  if (verb == BILLING_VERB_PAYMENT_CREATE || verb == BILLING_VERB_PAYMENT_EDIT || verb == BILLING_VERB_PAYMENT_SUBMIT ||
      verb == BILLING_VERB_PAYMENT_COLLECT || verb == BILLING_VERB_NOTE_ADD)
    return BILLING_ROLE_FRONT_DESK;
  if (verb == BILLING_VERB_PAYMENT_WRITE_OFF || verb == BILLING_VERB_REFUND_APPROVE)
    return BILLING_ROLE_MANAGER;
  if (verb == BILLING_VERB_PRACTICE_EDIT)
    return BILLING_ROLE_ADMINISTRATOR;

  return BILLING_ROLE_BILLER;
}

/* Does @act; it must succeed exactly where @is_right says so, and leave no trace where it does not. */
static gboolean
do_act (World      *world,
        BillingAct *act,
        Payment    *payment,
        gboolean    is_right)
{
  g_autoptr (GError) error = NULL;
  gint64 before = get_version (world);
  gboolean is_allowed = world->role >= get_lowest_role (act->verb);
  gboolean is_there = payment == NULL || is_legal (act->verb, payment->status);
  gboolean success = billing_desk_do (world->practice.desk, act, &error);

  if (success != (is_allowed && is_there && is_right))
    g_error ("%s of %s (%s) by %s: %s", billing_enum_nick (billing_verb_get_type (), act->verb),
             payment != NULL ? payment->number : "nothing", payment != NULL ? billing_status_get_label (payment->status) : "",
             world->account, error != NULL ? error->message : "done, and should not have been");

  if (success)
    {
      g_assert_cmpint (get_version (world), !=, before);
      world->n_done++;
      return TRUE;
    }

  if (!is_allowed)
    g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED);
  else if (!is_there)
    g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_ILLEGAL);
  else
    g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_assert_cmpint (get_version (world), ==, before);
  world->n_refused++;
  return FALSE;
}

static guint
add_payment (World         *world,
             const char    *number,
             guint          patient,
             BillingStatus  status,
             gint64         amount)
{
  Payment payment = { .number = g_strdup (number), .patient = patient, .status = status, .amount = amount };

  g_array_append_val (world->payments, payment);
  return world->payments->len - 1;
}

static void
try_create (World *world)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);
  guint patient = below (world, N_PATIENTS);
  guint treatment = below (world, N_TREATMENTS);
  gboolean has_treatment = chance (world, 40);

  act->patient = g_strdup (world->patients[patient]);
  act->has_amount = TRUE;
  act->amount = chance (world, 80) ? 1 + below (world, 50000) : pick_amount (world, 10000);
  act->draft = chance (world, 30);
  if (has_treatment)
    act->treatment = g_strdup (world->treatments[treatment]);
  if (do_act (world, act, NULL, is_amount (act->amount) && (!has_treatment || treatment % N_PATIENTS == patient)))
    add_payment (world, act->result, patient, act->draft ? BILLING_STATUS_DRAFT : BILLING_STATUS_PENDING, act->amount);
}

static void
try_edit (World   *world,
          Payment *payment)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_EDIT, payment->number);

  act->has_amount = chance (world, 70);
  act->amount = pick_amount (world, payment->amount);
  act->due = chance (world, 30) ? g_strdup (chance (world, 80) ? "2026-12-24" : "tomorrow") : NULL;
  if (do_act (world, act, payment,
              (!act->has_amount || is_amount (act->amount)) && g_strcmp0 (act->due, "tomorrow") != 0) &&
      act->has_amount)
    payment->amount = act->amount;
}

static void
try_step (World         *world,
          Payment       *payment,
          BillingVerb    verb,
          BillingStatus  to)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, payment->number);

  if (do_act (world, act, payment, TRUE))
    payment->status = to;
}

static void
try_collect (World   *world,
             Payment *payment)
{
  static const char * const days[] = { NULL, "", "2026-10-26", "2026-01-31", "2026-10-27", "2026-02-30" };
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, payment->number);
  guint day = chance (world, 90) ? below (world, 4) : below (world, G_N_ELEMENTS (days));
  gint64 *credit = &world->credit[payment->patient];
  gint64 amount;
  gboolean is_right;

  act->date = g_strdup (days[day]);
  act->tender = below (world, BILLING_TENDER_CREDIT + 1);
  act->has_amount = chance (world, 50);
  act->amount = pick_amount (world, payment->amount);
  if (act->tender == BILLING_TENDER_CREDIT && *credit > 0 && chance (world, 80))
    {
      act->has_amount = TRUE;
      act->amount = MIN (*credit, payment->amount);
    }
  amount = act->has_amount ? act->amount : payment->amount;
  is_right = day < 4 && is_amount (amount) && act->tender != BILLING_TENDER_NONE &&
             act->tender != BILLING_TENDER_STRIPE &&
             (act->tender != BILLING_TENDER_CREDIT || (amount <= *credit && amount <= payment->amount));
  if (!do_act (world, act, payment, is_right))
    return;

  if (amount < payment->amount)
    {
      guint patient = payment->patient;
      gint64 left = payment->amount - amount;
      guint i = (guint) (payment - (Payment *) (gpointer) world->payments->data);

      g_assert_nonnull (act->remainder);
      add_payment (world, act->remainder, patient, BILLING_STATUS_PENDING, left);
      payment = &g_array_index (world->payments, Payment, i);
      payment->amount = amount;
      world->n_splits++;
    }
  else
    g_assert_null (act->remainder);

  payment->excess = amount - payment->amount;
  payment->collected = payment->amount;
  payment->tender = act->tender;
  payment->status = BILLING_STATUS_PAID;
  *credit += act->tender == BILLING_TENDER_CREDIT ? -payment->amount : payment->excess;
  world->n_overpaid += payment->excess > 0;
  world->n_credit_used += act->tender == BILLING_TENDER_CREDIT;
}

static void
try_reverse (World   *world,
             Payment *payment)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_REVERSE, payment->number);
  gint64 *credit = &world->credit[payment->patient];

  if (!do_act (world, act, payment, payment->refunded == 0 && payment->waiting == 0 && *credit >= payment->excess))
    return;

  *credit -= payment->excess;
  if (payment->tender == BILLING_TENDER_CREDIT)
    {
      *credit += payment->collected;
      world->n_credit_returned++;
    }
  payment->excess = 0;
  payment->collected = 0;
  payment->tender = BILLING_TENDER_NONE;
  payment->status = BILLING_STATUS_PENDING;
}

static void
give_back (World   *world,
           Payment *payment,
           gint64   amount,
           gint64   tender)
{
  payment->refunded += amount;
  payment->status = payment->refunded == payment->collected ? BILLING_STATUS_REFUNDED
                                                            : BILLING_STATUS_PARTIALLY_REFUNDED;
  if (tender == BILLING_TENDER_CREDIT)
    world->credit[payment->patient] += amount;
}

static void
try_refund (World   *world,
            Payment *payment)
{
  static const BillingTender tenders[] = {
    BILLING_TENDER_NONE, BILLING_TENDER_NONE, BILLING_TENDER_CASH, BILLING_TENDER_CREDIT, BILLING_TENDER_STRIPE,
  };
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_REFUND, payment->number);
  gint64 rest = payment->collected - payment->refunded - payment->waiting;
  BillingTender tender;
  gint64 amount;

  act->reason = chance (world, 90) ? BILLING_REFUND_REASON_OTHER : BILLING_REFUND_REASON_NONE;
  act->tender = tenders[below (world, G_N_ELEMENTS (tenders))];
  act->has_amount = chance (world, 70);
  act->amount = world->limit > 0 && chance (world, 20) ? world->limit + below (world, 2) : pick_amount (world, rest);
  amount = act->has_amount ? act->amount : rest;
  tender = act->tender != BILLING_TENDER_NONE ? act->tender : payment->tender;
  if (!do_act (world, act, payment, act->reason != BILLING_REFUND_REASON_NONE && is_amount (amount) && amount <= rest &&
                                      tender != BILLING_TENDER_STRIPE))
    return;

  if (world->limit > 0 && amount > world->limit)
    {
      Refund refund = {
        .id = g_strdup (act->result),
        .payment = (guint) (payment - (Payment *) (gpointer) world->payments->data),
        .amount = amount,
        .tender = tender,
        .person = g_strdup (world->account),
        .waits = TRUE,
      };

      g_array_append_val (world->refunds, refund);
      payment->waiting += amount;
      return;
    }

  world->n_at_limit += amount == world->limit;
  give_back (world, payment, amount, tender);
}

static Payment *
try_approve (World *world)
{
  g_autoptr (BillingAct) act = NULL;
  Refund *refund;
  Payment *payment;

  if (world->refunds->len == 0)
    return NULL;

  refund = &g_array_index (world->refunds, Refund, below (world, world->refunds->len));
  payment = &g_array_index (world->payments, Payment, refund->payment);
  act = billing_act_new (BILLING_VERB_REFUND_APPROVE, refund->id);
  if (do_act (world, act, NULL, refund->waits && !g_str_equal (refund->person, world->account)))
    {
      refund->waits = FALSE;
      world->n_approved++;
      payment->waiting -= refund->amount;
      give_back (world, payment, refund->amount, refund->tender);
    }
  return payment;
}

static void
try_credit_refund (World *world)
{
  guint patient = below (world, N_PATIENTS);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_CREDIT_REFUND, world->patients[patient]);

  act->tender = below (world, BILLING_TENDER_CREDIT + 1);
  act->has_amount = TRUE;
  act->amount = pick_amount (world, world->credit[patient]);
  if (do_act (world, act, NULL, is_amount (act->amount) && act->amount <= world->credit[patient] &&
                                  act->tender != BILLING_TENDER_NONE && act->tender != BILLING_TENDER_STRIPE &&
                                  act->tender != BILLING_TENDER_CREDIT))
    world->credit[patient] -= act->amount;
}

static void
try_limit (World *world)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  gint64 limit = chance (world, 30) ? 0 : 1 + below (world, chance (world, 50) ? 500 : 20000);

  act->refund_limit = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  if (do_act (world, act, NULL, TRUE))
    world->limit = limit;
}

static void
try_note (World   *world,
          Payment *payment)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_NOTE_ADD, payment->number);

  act->text = g_strdup (chance (world, 80) ? "Called." : " \n");
  do_act (world, act, NULL, g_str_equal (act->text, "Called."));
}

/* One act. Returns the place of the payment that it was about, or one past the last. */
static guint
try_anything (World *world)
{
  Payment *payment = pick_payment (world);
  guint which = below (world, 100);
  guint place = payment != NULL ? (guint) (payment - (Payment *) (gpointer) world->payments->data) : 0;

  if (payment == NULL || which < 16)
    {
      try_create (world);
      return world->payments->len > 0 ? world->payments->len - 1 : 0;
    }

  if (which < 24)
    try_edit (world, payment);
  else if (which < 32)
    try_step (world, payment, BILLING_VERB_PAYMENT_SUBMIT, BILLING_STATUS_PENDING);
  else if (which < 38)
    try_step (world, payment, BILLING_VERB_PAYMENT_FAIL, BILLING_STATUS_FAILED);
  else if (which < 41)
    try_step (world, payment, BILLING_VERB_PAYMENT_CANCEL, BILLING_STATUS_CANCELLED);
  else if (which < 44)
    try_step (world, payment, BILLING_VERB_PAYMENT_WRITE_OFF, BILLING_STATUS_CANCELLED);
  else if (which < 66)
    try_collect (world, payment);
  else if (which < 72)
    try_reverse (world, payment);
  else if (which < 86)
    try_refund (world, payment);
  else if (which < 91)
    {
      payment = try_approve (world);
      return payment != NULL ? (guint) (payment - (Payment *) (gpointer) world->payments->data) : place;
    }
  else if (which < 95)
    try_credit_refund (world);
  else if (which < 97)
    try_limit (world);
  else
    try_note (world, payment);
  return place;
}

typedef struct {
  World *world;
  guint place;
} Check;

static void
check_payment (const Payment  *expected,
               BillingPayment *payment)
{
  g_assert_cmpint (payment->status, ==, expected->status);
  g_assert_cmpint (payment->amount, ==, expected->amount);
  g_assert_cmpint (payment->collected, ==, expected->collected);
  g_assert_cmpint (payment->refunded, ==, expected->refunded);
  g_assert_cmpint (payment->waiting, ==, expected->waiting);
  g_assert_cmpint (payment->tender, ==, expected->tender);
}

/* What was touched, and every patient's credit. The last payment too: a part that was collected leaves a rest. */
static gboolean
check_touched (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  Check *check = data;
  guint places[] = { check->place, check->world->payments->len - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const Payment *expected = &g_array_index (check->world->payments, Payment, places[i]);
      g_autoptr (BillingRecord) record = billing_table_get (connection, BILLING_TYPE_PAYMENT, expected->number, error);

      if (record == NULL || !billing_verify_payment (connection, billing_record_get_id (record), error))
        return FALSE;
      check_payment (expected, BILLING_PAYMENT (record));
    }

  for (guint i = 0; i < N_PATIENTS; i++)
    {
      g_autoptr (BillingRecord) patient = billing_table_get (connection, BILLING_TYPE_PATIENT, check->world->patients[i],
                                                             error);

      g_assert_nonnull (patient);
      g_assert_cmpint (BILLING_PATIENT (patient)->credit, ==, check->world->credit[i]);
    }
  return TRUE;
}

static gint64
read_integer (World      *world,
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

/* The whole of the books against the whole of the model, and every invariant. */
static void
check_all (World *world)
{
  gint64 collected = 0;
  gint64 refunded = 0;
  gint64 owed = 0;
  gint64 credit = 0;

  for (guint i = 0; i < world->payments->len; i++)
    {
      const Payment *payment = &g_array_index (world->payments, Payment, i);

      collected += payment->collected;
      refunded += payment->refunded;
      if (payment->status == BILLING_STATUS_PENDING || payment->status == BILLING_STATUS_FAILED)
        owed += payment->amount;
    }
  for (guint i = 0; i < N_PATIENTS; i++)
    credit += world->credit[i];

  g_assert_cmpint (read_integer (world, "SELECT count(*) FROM payments"), ==, world->payments->len);
  g_assert_cmpint (read_integer (world, "SELECT ifnull (sum (collected), 0) FROM payments"), ==, collected);
  g_assert_cmpint (read_integer (world, "SELECT ifnull (sum (refunded), 0) FROM payments"), ==, refunded);
  g_assert_cmpint (read_integer (world, "SELECT ifnull (sum (collected), 0) FROM collection_totals"), ==, collected);
  g_assert_cmpint (read_integer (world, "SELECT ifnull (sum (refunded), 0) FROM collection_totals"), ==, refunded);
  g_assert_cmpint (read_integer (world, "SELECT ifnull (sum (amount), 0) FROM postings"
                                        " WHERE account = 'patient-receivable'"), ==, owed);
  g_assert_cmpint (read_integer (world, "SELECT ifnull (-sum (amount), 0) FROM postings WHERE account = 'credit'"), ==,
                   credit);
  g_assert_cmpint (read_integer (world, "SELECT count(*) - count(DISTINCT source) FROM transactions"), ==, 0);
  billing_test_practice_verify (&world->practice);
}

static guint64
get_number (const char *variable,
            guint64     otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* After any number of random acts the books say what a naive reckoning says, and every act that must fail changes nothing. */
static void
test_random_verbs (void)
{
  guint32 seed = (guint32) get_number ("BILLING_TEST_SEED", g_random_int ());
  guint n_steps = (guint) get_number ("BILLING_TEST_STEPS", 10000);
  World *world = make_world (seed);

  g_test_message ("BILLING_TEST_SEED=%u BILLING_TEST_STEPS=%u", seed, n_steps);
  change_person (world);
  for (guint i = 1; i <= n_steps; i++)
    {
      g_autoptr (GError) error = NULL;
      Check check = { world, 0 };

      if (chance (world, 40))
        change_person (world);
      check.place = try_anything (world);
      if (world->payments->len > 0)
        billing_store_read (billing_desk_get_store (world->practice.desk), check_touched, &check, NULL, &error);
      g_assert_no_error (error);
      if (i % FULL_EVERY == 0)
        check_all (world);
    }

  check_all (world);
  g_test_message ("%u acts done, %u refused, %u payments, %u refunds waited", world->n_done, world->n_refused,
                  world->payments->len, world->refunds->len);
  g_test_message ("%u splits, %u overpaid, %u paid with credit, %u of them reversed, %u refunds at the limit, %u approved",
                  world->n_splits, world->n_overpaid, world->n_credit_used, world->n_credit_returned, world->n_at_limit,
                  world->n_approved);
  /* A test in which nothing happens proves nothing. */
  g_assert_cmpuint (world->n_done, >, n_steps / 5);
  g_assert_cmpuint (world->n_refused, >, n_steps / 10);
  if (n_steps >= 50000)
    {
      g_assert_cmpuint (world->n_splits, >, 0);
      g_assert_cmpuint (world->n_overpaid, >, 0);
      g_assert_cmpuint (world->n_credit_used, >, 0);
      g_assert_cmpuint (world->n_credit_returned, >, 0);
      g_assert_cmpuint (world->n_at_limit, >, 0);
      g_assert_cmpuint (world->n_approved, >, 0);
    }
  free_world (world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/random-verbs", test_random_verbs);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-posting.h"
#include "billing-ledger.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-facts.h"
#include "billing-test-practice.h"

/*
 * A Stripe of a few arrays, to which random things happen: cards are charged, held, declined,
 * debits settle, fail and come back, refunds wait, succeed and fail, banks dispute. Of what
 * changed, the mirror hears late and in any order, each thing as it is by then; in between people
 * collect, cancel and spend credit at the desk. Whatever is heard, the books are in order; once all
 * is heard, Stripe's account in the ledger holds for each patient just what this Stripe took and
 * did not give back; looked at again, nothing changes.
 *
 * BILLING_TEST_STEPS says how many things happen, BILLING_TEST_SEED which; the seed is printed.
 */

#define NOW G_GINT64_CONSTANT (1793000000)
#define N_PATIENTS 3
#define N_PAYMENTS 12
#define STEPS_A_PRACTICE 100

typedef enum {
  CHARGE_PENDING,
  CHARGE_HELD,
  CHARGE_SUCCEEDED,
  CHARGE_FAILED,
  CHARGE_LET_GO,
} ChargeState;

typedef struct {
  char *id;     /* (owned) */
  char *intent; /* (owned) (nullable): that carries the payment in its stead */
  guint payment;
  gint64 created;
  gint64 amount;
  gint64 captured;
  gint64 refunded; /* what its refunds say, with the release of what was not captured */
  ChargeState state;
  gboolean is_debit;
  gboolean is_foreign;
  gboolean has_expired;
  gboolean is_disputed;
  gboolean is_news;
  gboolean is_intent_news;
} Charge;

typedef struct {
  char *id;         /* (owned) */
  char *refund;     /* (owned) (nullable): ours */
  const char *status;
  guint charge;
  gint64 created;
  gint64 amount;
  gboolean is_release;
  gboolean is_news;
} Refund;

typedef struct {
  char *id; /* (owned) */
  const char *status;
  guint charge;
  gint64 created;
  gint64 amount;
  gboolean is_news;
  gboolean is_withdrawn;
  gboolean is_withdrawal_news;
  gboolean is_reinstated;
  gboolean is_reinstatement_news;
} Dispute;

typedef struct {
  BillingTestPractice practice;
  BillingMirror *mirror; /* (owned) */
  GRand *rand;           /* (owned) */
  char *patients[N_PATIENTS];
  char *numbers[N_PAYMENTS];
  char *ids[N_PAYMENTS];
  GArray *charges;  /* (owned) (element-type Charge) */
  GArray *refunds;  /* (owned) (element-type Refund) */
  GArray *disputes; /* (owned) (element-type Dispute) */
  gint64 clock;
} World;

#define CHARGE(w, i) (&g_array_index ((w)->charges, Charge, i))
#define REFUND(w, i) (&g_array_index ((w)->refunds, Refund, i))
#define DISPUTE(w, i) (&g_array_index ((w)->disputes, Dispute, i))

static guint
pick (World *w,
      guint  n)
{
  return (guint) g_rand_int_range (w->rand, 0, (int) n);
}

static gint64
pick_amount (World  *w,
             gint64  most)
{
  return pick (w, 3) == 0 ? most : 1 + (gint64) pick (w, (guint) most);
}

static char *
make_id (World      *w,
         const char *prefix)
{
  /* Ids say nothing about the order in which things were made. */
  return g_strdup_printf ("%s_%08x%" G_GINT64_FORMAT, prefix, g_rand_int (w->rand), ++w->clock);
}

static gboolean
add_patients (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  World *w = data;

  for (guint i = 0; i < N_PATIENTS; i++)
    {
      g_autoptr (BillingPatient) patient = billing_patient_new ();
      g_autofree char *name = g_strdup_printf ("Patient %u", i);

      g_object_set (patient, "name", name, NULL);
      g_assert_true (billing_table_insert (connection, BILLING_RECORD (patient), error));
      w->patients[i] = g_strdup (billing_record_get_id (BILLING_RECORD (patient)));
    }

  return TRUE;
}

static void
set_up (World *w,
        guint  seed)
{
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&w->practice);
  w->mirror = billing_mirror_open (w->practice.folder, &error);
  g_assert_no_error (error);
  w->rand = g_rand_new_with_seed (seed);
  w->charges = g_array_new (FALSE, TRUE, sizeof (Charge));
  w->refunds = g_array_new (FALSE, TRUE, sizeof (Refund));
  w->disputes = g_array_new (FALSE, TRUE, sizeof (Dispute));
  billing_store_write (billing_desk_get_store (w->practice.desk), add_patients, w, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < N_PAYMENTS; i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);

      act->patient = g_strdup (w->patients[i % N_PATIENTS]);
      act->has_amount = TRUE;
      act->amount = 100 * (1 + (gint64) pick (w, 9));
      act->draft = pick (w, 4) == 0;
      billing_test_practice_do (&w->practice, act);
      w->numbers[i] = g_strdup (act->result);
      w->ids[i] = billing_test_facts_get_id (&w->practice, act->result);
    }
}

static void
tear_down (World *w)
{
  for (guint i = 0; i < w->charges->len; i++)
    {
      g_free (CHARGE (w, i)->id);
      g_free (CHARGE (w, i)->intent);
    }
  for (guint i = 0; i < w->refunds->len; i++)
    {
      g_free (REFUND (w, i)->id);
      g_free (REFUND (w, i)->refund);
    }
  for (guint i = 0; i < w->disputes->len; i++)
    g_free (DISPUTE (w, i)->id);
  for (guint i = 0; i < N_PAYMENTS; i++)
    {
      g_free (w->numbers[i]);
      g_free (w->ids[i]);
    }
  for (guint i = 0; i < N_PATIENTS; i++)
    g_free (w->patients[i]);
  g_array_unref (w->charges);
  g_array_unref (w->refunds);
  g_array_unref (w->disputes);
  g_rand_free (w->rand);
  billing_mirror_close (w->mirror);
  billing_test_practice_tear_down (&w->practice);
}

/* What happens at Stripe. */

static void
add_charge (World *w)
{
  static const ChargeState states[] = { CHARGE_SUCCEEDED, CHARGE_SUCCEEDED, CHARGE_FAILED, CHARGE_HELD, CHARGE_PENDING };
  Charge charge = { .payment = pick (w, N_PAYMENTS), .state = states[pick (w, G_N_ELEMENTS (states))] };
  g_autoptr (BillingRecord) payment = billing_desk_find (w->practice.desk,
                                                         w->numbers[charge.payment], NULL);
  const gint64 amount = BILLING_PAYMENT (payment)->amount;

  charge.created = NOW + ++w->clock;
  charge.amount = pick (w, 3) > 0 ? amount : 1 + (gint64) pick (w, (guint) (2 * amount));
  charge.captured = charge.state == CHARGE_SUCCEEDED ? charge.amount : 0;
  charge.is_debit = charge.state == CHARGE_PENDING;
  charge.is_foreign = pick (w, 20) == 0;
  charge.id = make_id (w, charge.is_debit ? "py" : "ch");
  charge.intent = charge.state == CHARGE_HELD || pick (w, 2) == 0 ? make_id (w, "pi") : NULL;
  charge.is_news = TRUE;
  charge.is_intent_news = charge.intent != NULL;
  g_array_append_val (w->charges, charge);
}

static void
add_refund (World      *w,
            guint       charge,
            gint64      amount,
            const char *status,
            gboolean    is_release,
            char       *ours)
{
  Refund refund = { make_id (w, "re"), ours, status, charge, NOW + ++w->clock, amount, is_release, TRUE };

  g_array_append_val (w->refunds, refund);
  CHARGE (w, charge)->refunded += amount;
  CHARGE (w, charge)->is_news = TRUE;
}

static void
end_hold (World *w,
          guint  i)
{
  Charge *charge = CHARGE (w, i);

  charge->is_news = TRUE;
  charge->is_intent_news = TRUE;
  if (pick (w, 3) == 0)
    {
      charge->state = CHARGE_LET_GO;
      charge->has_expired = pick (w, 2) == 0;
      charge->refunded = charge->amount;
      return;
    }

  charge->state = CHARGE_SUCCEEDED;
  charge->captured = pick_amount (w, charge->amount);
  if (charge->captured < charge->amount)
    add_refund (w, i, charge->amount - charge->captured, "succeeded", TRUE, NULL);
}

static gboolean
has_anything (World *w,
              guint  charge)
{
  for (guint i = 0; i < w->refunds->len; i++)
    {
      if (REFUND (w, i)->charge == charge)
        return TRUE;
    }

  return CHARGE (w, charge)->is_disputed;
}

typedef struct {
  World *w;
  guint payment;
  gint64 amount;
  char *id; /* (owned) (nullable) */
} Reservation;

static gboolean
reserve_cb (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Reservation *reservation = data;
  g_autoptr (BillingRecord) record = billing_table_get (connection, BILLING_TYPE_PAYMENT,
                                                        reservation->w->ids[reservation->payment],
                                                        error);
  BillingPayment *payment = BILLING_PAYMENT (record);
  g_autoptr (BillingRefund) refund = billing_refund_new ();

  if (payment->tender != BILLING_TENDER_STRIPE ||
      payment->collected - payment->refunded - payment->waiting - payment->withdrawn < reservation->amount)
    return TRUE;

  refund->payment_id = g_strdup (billing_record_get_id (record));
  refund->amount = reservation->amount;
  refund->currency = g_strdup ("USD");
  refund->reason = BILLING_REFUND_REASON_BILLING_ERROR;
  refund->tender = BILLING_TENDER_STRIPE;
  refund->person = g_strdup ("somebody");
  refund->created_at = NOW;
  if (!billing_table_insert (connection, BILLING_RECORD (refund), error) ||
      !billing_ledger_settle (connection, payment, error))
    return FALSE;

  reservation->id = g_strdup (billing_record_get_id (BILLING_RECORD (refund)));
  return TRUE;
}

/* Some refunds were asked for here. */
static char *
reserve (World  *w,
         guint   payment,
         gint64  amount)
{
  g_autoptr (GError) error = NULL;
  Reservation reservation = { w, payment, amount, NULL };

  if (pick (w, 2) == 0)
    return NULL;

  billing_store_write (billing_desk_get_store (w->practice.desk), reserve_cb, &reservation, NULL,
                       &error);
  g_assert_no_error (error);
  return reservation.id;
}

static void
change_charge (World *w,
               guint  i)
{
  Charge *charge = CHARGE (w, i);
  const gint64 left = charge->state == CHARGE_SUCCEEDED ? charge->amount - charge->refunded : 0;

  if (charge->state == CHARGE_HELD)
    end_hold (w, i);
  else if (charge->state == CHARGE_PENDING)
    {
      charge->state = pick (w, 3) == 0 ? CHARGE_FAILED : CHARGE_SUCCEEDED;
      charge->captured = charge->state == CHARGE_SUCCEEDED ? charge->amount : 0;
      charge->is_news = TRUE;
    }
  else if (charge->state == CHARGE_SUCCEEDED && charge->is_debit && !has_anything (w, i) &&
           pick (w, 2) == 0)
    {
      charge->state = CHARGE_FAILED;
      charge->captured = 0;
      charge->is_news = TRUE;
    }
  else if (left > 0 && !charge->is_disputed && pick (w, 3) == 0)
    {
      Dispute dispute = { make_id (w, "dp"), "needs_response", i, NOW + ++w->clock, pick_amount (w, left), TRUE };

      charge->is_disputed = TRUE;
      charge->is_news = TRUE;
      dispute.is_withdrawn = dispute.is_withdrawal_news = pick (w, 4) > 0;
      if (!dispute.is_withdrawn)
        dispute.status = "warning_needs_response";
      g_array_append_val (w->disputes, dispute);
    }
  else if (left > 0 && !charge->is_disputed)
    {
      const gint64 amount = pick_amount (w, left);
      char *ours = charge->is_foreign ? NULL : reserve (w, charge->payment, amount);

      add_refund (w, i, amount, pick (w, 2) == 0 ? "pending" : "succeeded", FALSE, ours);
    }
}

static void
change_refund (World  *w,
               Refund *refund)
{
  const gboolean is_pending = g_str_equal (refund->status, "pending");

  if (refund->is_release || (!is_pending && !g_str_equal (refund->status, "succeeded")) ||
      (!is_pending && pick (w, 3) > 0))
    return;

  refund->status = is_pending && pick (w, 2) == 0 ? "succeeded" : is_pending && pick (w, 2) == 0 ? "canceled" : "failed";
  refund->is_news = TRUE;
  if (g_str_equal (refund->status, "succeeded"))
    return;

  CHARGE (w, refund->charge)->refunded -= refund->amount;
  CHARGE (w, refund->charge)->is_news = TRUE;
}

static void
change_dispute (World   *w,
                Dispute *dispute)
{
  if (!g_str_has_suffix (dispute->status, "needs_response"))
    return;

  dispute->is_news = TRUE;
  if (!dispute->is_withdrawn)
    dispute->status = "warning_closed";
  else if (pick (w, 2) == 0)
    dispute->status = "lost";
  else
    {
      dispute->status = "won";
      dispute->is_reinstated = dispute->is_reinstatement_news = TRUE;
    }
}

/* What the mirror hears. */

static void
tell_charge (World  *w,
             Charge *charge)
{
  static const char * const words[] = { "pending", "succeeded", "succeeded", "failed", "succeeded" };
  BillingTestCharge fact = {
    .id = charge->id, .status = words[charge->state], .created = charge->created, .amount = charge->amount,
    .captured = charge->captured, .refunded = charge->refunded, .intent = charge->intent,
    .is_authorised = charge->state == CHARGE_HELD || charge->state == CHARGE_LET_GO, .is_disputed = charge->is_disputed,
    .currency = charge->is_foreign ? "eur" : "usd", .payment = charge->intent == NULL ? w->ids[charge->payment] : NULL,
  };

  charge->is_news = FALSE;
  billing_test_facts_put_charge (w->mirror, &fact);
}

static void
tell_intent (World  *w,
             Charge *charge)
{
  static const char * const words[] = { "processing", "requires_capture", "succeeded", "requires_payment_method",
                                        "canceled" };

  charge->is_intent_news = FALSE;
  billing_test_facts_put_intent (w->mirror, charge->intent, words[charge->state],
                                 charge->has_expired ? "automatic" : NULL, w->ids[charge->payment]);
}

static void
tell_refund (World  *w,
             Refund *refund)
{
  BillingTestRefund fact = { refund->id, refund->status, refund->created, refund->amount,
                             CHARGE (w, refund->charge)->is_foreign ? "eur" : "usd", CHARGE (w, refund->charge)->id,
                             refund->refund, NULL };

  refund->is_news = FALSE;
  billing_test_facts_put_refund (w->mirror, &fact);
}

static void
tell_move (World      *w,
           Dispute    *dispute,
           const char *category,
           gint64      amount,
           gboolean   *is_news)
{
  g_autofree char *id = g_strdup_printf ("txn_%s_%s", dispute->id, category);

  *is_news = FALSE;
  billing_test_facts_put_move (w->mirror, id, category, dispute->id, dispute->created + (amount > 0 ? 1000 : 0), amount);
}

static gboolean
tell_dispute (World   *w,
              Dispute *dispute,
              guint    which)
{
  if (which == 0 && dispute->is_news)
    {
      dispute->is_news = FALSE;
      billing_test_facts_put_dispute (w->mirror, dispute->id, dispute->status,
                                      CHARGE (w, dispute->charge)->id, dispute->created,
                                      dispute->amount);
    }
  else if (which == 1 && dispute->is_withdrawal_news)
    tell_move (w, dispute, "dispute", -dispute->amount, &dispute->is_withdrawal_news);
  else if (which == 2 && dispute->is_reinstatement_news)
    tell_move (w, dispute, "dispute_reversal", dispute->amount, &dispute->is_reinstatement_news);
  else
    return FALSE;

  return TRUE;
}

/* The n-th of all that could be news. */
static void
tell (World *w,
      guint  n)
{
  const guint n_charges = w->charges->len;
  const guint n_refunds = w->refunds->len;

  if (n < 2 * n_charges)
    {
      Charge *charge = CHARGE (w, n / 2);

      if (n % 2 == 0 && charge->is_news)
        tell_charge (w, charge);
      if (n % 2 == 1 && charge->is_intent_news)
        tell_intent (w, charge);
    }
  else if (n < 2 * n_charges + n_refunds)
    {
      Refund *refund = REFUND (w, n - 2 * n_charges);

      if (refund->is_news)
        tell_refund (w, refund);
    }
  else
    {
      n -= 2 * n_charges + n_refunds;
      tell_dispute (w, DISPUTE (w, n / 3), n % 3);
    }
}

/* All of @share in a hundred news, in any order. */
static void
tell_some (World *w,
           guint  share)
{
  const guint n = 2 * w->charges->len + w->refunds->len + 3 * w->disputes->len;
  g_autofree guint *order = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const guint j = pick (w, i + 1);

      order[i] = order[j];
      order[j] = i;
    }
  for (guint i = 0; i < n; i++)
    {
      if (pick (w, 100) < share)
        tell (w, order[i]);
    }
}

/* What people do meanwhile; much of it is refused. */
static void
act (World *w)
{
  static const BillingVerb verbs[] = { BILLING_VERB_PAYMENT_SUBMIT, BILLING_VERB_PAYMENT_CANCEL, BILLING_VERB_PAYMENT_WRITE_OFF,
                                       BILLING_VERB_PAYMENT_COLLECT, BILLING_VERB_PAYMENT_FAIL };
  static const BillingTender tenders[] = { BILLING_TENDER_CASH, BILLING_TENDER_CREDIT, BILLING_TENDER_CREDIT };
  g_autoptr (BillingAct) doing = billing_act_new (verbs[pick (w, G_N_ELEMENTS (verbs))],
                                                  w->numbers[pick (w, N_PAYMENTS)]);
  g_autoptr (GError) error = NULL;

  doing->tender = tenders[pick (w, G_N_ELEMENTS (tenders))];
  if (!billing_desk_do (w->practice.desk, doing, &error))
    g_assert_true (error->domain == BILLING_DESK_ERROR);
}

static void
post (World *w)
{
  billing_test_facts_post (&w->practice, w->mirror);
  billing_test_practice_verify (&w->practice);
}

/* What this Stripe took of a patient and did not give back. */
static gint64
sum_taken (World *w,
           guint  patient)
{
  gint64 sum = 0;

  for (guint i = 0; i < w->charges->len; i++)
    {
      if (CHARGE (w, i)->payment % N_PATIENTS == patient && !CHARGE (w, i)->is_foreign)
        sum += CHARGE (w, i)->captured;
    }
  for (guint i = 0; i < w->refunds->len; i++)
    {
      Refund *refund = REFUND (w, i);
      Charge *charge = CHARGE (w, refund->charge);

      if (charge->payment % N_PATIENTS == patient && !charge->is_foreign && !refund->is_release &&
          g_str_equal (refund->status, "succeeded"))
        sum -= refund->amount;
    }
  for (guint i = 0; i < w->disputes->len; i++)
    {
      Dispute *dispute = DISPUTE (w, i);
      Charge *charge = CHARGE (w, dispute->charge);

      if (charge->payment % N_PATIENTS == patient && !charge->is_foreign && dispute->is_withdrawn &&
          !dispute->is_reinstated)
        sum -= dispute->amount;
    }

  return sum;
}

static gboolean
check_cb (BillingConnection  *connection,
          gpointer            data,
          GCancellable       *cancellable,
          GError            **error)
{
  World *w = data;
  gint64 n;

  for (guint i = 0; i < N_PATIENTS; i++)
    {
      gint64 sum;

      g_assert_true (billing_connection_get_integer (connection, &sum, error,
        "SELECT ifnull (sum (s.amount), 0) FROM transactions t JOIN postings s ON s.transaction_pk = t.pk"
        " WHERE s.account = 'stripe' AND t.patient_id = ?", "t", w->patients[i]));
      g_assert_cmpint (sum, ==, sum_taken (w, i));
    }

  /* Only the other currency is for people to look at. */
  g_assert_true (billing_connection_get_integer (connection, &n, error,
    "SELECT count(*) FROM posting_problems m JOIN mirror.charges c ON c.id = m.charge_id WHERE c.currency = 'usd'", ""));
  g_assert_cmpint (n, ==, 0);
  return TRUE;
}

/* A payment for which money came is collected, or was closed by a person before; one for which none
 * came is not. */
static void
check_payment (World *w,
               guint  i)
{
  g_autoptr (BillingRecord) record = billing_desk_find (w->practice.desk, w->numbers[i], NULL);
  BillingPayment *payment = BILLING_PAYMENT (record);
  gboolean has_money = FALSE;
  gboolean was_lost = FALSE;

  for (guint c = 0; c < w->charges->len; c++)
    {
      Charge *charge = CHARGE (w, c);

      if (charge->payment != i || charge->is_foreign)
        continue;
      has_money = has_money || charge->captured > 0;
      was_lost = was_lost || charge->state == CHARGE_LET_GO ||
                 (charge->state == CHARGE_FAILED && charge->is_debit);
    }

  if (payment->tender == BILLING_TENDER_STRIPE)
    g_assert_true (has_money);
  else if (payment->collected == 0 && !was_lost && payment->cancelled_at == 0 &&
           payment->written_off_at == 0)
    g_assert_false (has_money);
}

static void
check_all (World *w)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  tell_some (w, 100);
  post (w);
  billing_store_read (billing_desk_get_store (w->practice.desk), check_cb, w, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_PAYMENTS; i++)
    check_payment (w, i);

  before = billing_test_dump (w->practice.folder);
  billing_test_facts_queue_all (w->mirror);
  g_assert_cmpuint (billing_test_facts_post (&w->practice, w->mirror), ==, 0);
  after = billing_test_dump (w->practice.folder);
  g_assert_true (g_str_equal (before, after));
}

static void
happen (World *w)
{
  const guint what = pick (w, 20);

  if (what < 5)
    add_charge (w);
  else if (what < 11 && w->charges->len > 0)
    change_charge (w, pick (w, w->charges->len));
  else if (what < 13 && w->refunds->len > 0)
    change_refund (w, REFUND (w, pick (w, w->refunds->len)));
  else if (what < 15 && w->disputes->len > 0)
    change_dispute (w, DISPUTE (w, pick (w, w->disputes->len)));
  else if (what < 16)
    act (w);
  else if (what < 18)
    tell_some (w, 30);
  else
    post (w);
}

static guint
get_number (const char *name,
            guint       otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* As told above, over several practices, each looked at in the middle and at the end. */
static void
test_random (void)
{
  const guint n_steps = get_number ("BILLING_TEST_STEPS", 500);
  const guint seed = get_number ("BILLING_TEST_SEED", g_random_int ());

  g_test_message ("BILLING_TEST_SEED=%u", seed);
  for (guint done = 0; done < n_steps; done += STEPS_A_PRACTICE)
    {
      World w = { 0, };

      set_up (&w, seed + done);
      for (guint i = 0; i < STEPS_A_PRACTICE; i++)
        {
          happen (&w);
          if (i == STEPS_A_PRACTICE / 2)
            check_all (&w);
        }
      check_all (&w);
      tear_down (&w);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desk/posting/random", test_random);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-stripe-payment.h"
#include "billing-stripe-records.h"
#include "billing-stripe-status.h"
#include "billing-test-facts.h"

/* The list of Stripe's payments: what each is called is found out here a second time, in C and from the objects themselves, and every filter
 * is compared with looking at each payment. */

#define N_PAYMENTS 400
#define DAY 86400

typedef struct {
  gboolean is_there;
  char id[32];
  const char *status;
  gboolean is_blocked;
  gint64 created;
  gint64 captured;
  gint64 refunded;
  gboolean is_disputed; /* says the charge itself */
  const char *refund;   /* (nullable): status of its refund */
  const char *dispute;  /* (nullable): likewise */
  int warning;          /* -1: none; whether something can be done */
} Charge;

typedef struct {
  char id[32];
  const char *intent; /* (nullable): the status of its intent; %NULL: it has none in the mirror */
  gboolean has_intent; /* the charges say one */
  gboolean has_problem;
  gint64 created;
  gint64 amount;
  const char *method;
  int owner; /* 0: nobody; 1: our payment; 2: one that we do not have */
  Charge charges[2];
  int latest; /* -1: none */
} Payment;

typedef struct {
  BillingTestPractice practice;
  BillingMirror *mirror;
  char *ours; /* (owned): id of a payment of ours */
  Payment payments[N_PAYMENTS];
} Fixture;

typedef struct {
  const char *table; /* (not owned) */
  char *json;
} Object;

static void
object_free (Object *object)
{
  g_free (object->json);
  g_free (object);
}

static const char *
pick (const char * const *words,
      guint               n)
{
  return words[g_test_rand_int_range (0, (int) n)];
}

static gboolean
one_in (int n)
{
  return g_test_rand_int_range (0, n) == 0;
}

static void
add (GPtrArray  *objects,
     const char *table,
     char       *json)
{
  Object *object = g_new (Object, 1);

  object->table = table;
  object->json = json;
  g_ptr_array_add (objects, object);
}

static const char *
get_owner (Fixture *fixture,
           Payment *payment)
{
  return payment->owner == 1 ? fixture->ours : payment->owner == 2 ? "pay_of_another_practice" : "";
}

/* What becomes of a charge, sometimes in ways that make no sense: the rules must not care. */
static void
make_charge (Charge  *charge,
             Payment *payment,
             guint    k,
             guint    i)
{
  static const char * const statuses[] = { "succeeded", "succeeded", "succeeded", "failed", "pending", "thought_of_later" };
  static const char * const refunds[] = { "succeeded", "pending", "requires_action", "failed", "canceled" };
  static const char * const disputes[] = { "needs_response", "won", "lost", "under_review", "warning_needs_response", "warning_closed",
                                           "prevented" };
  gint64 amount = payment->amount;
  gint64 refunds_of[] = { 0, 0, amount / 2, amount };

  charge->is_there = TRUE;
  g_snprintf (charge->id, sizeof charge->id, "ch_%u_%u", k, i);
  charge->status = pick (statuses, G_N_ELEMENTS (statuses));
  charge->is_blocked = one_in (3);
  charge->created = payment->created + i;
  charge->captured = one_in (4) ? 0 : one_in (4) ? amount / 2 : amount;
  charge->refunded = refunds_of[g_test_rand_int_range (0, 4)];
  charge->is_disputed = one_in (8);
  charge->refund = one_in (3) ? pick (refunds, G_N_ELEMENTS (refunds)) : NULL;
  charge->dispute = one_in (5) ? pick (disputes, G_N_ELEMENTS (disputes)) : NULL;
  charge->warning = one_in (6) ? g_test_rand_int_range (0, 2) : -1;
}

static void
make_payment (Payment *payment,
              guint    k)
{
  static const char * const intents[] = {
    "succeeded", "requires_payment_method", "requires_confirmation", "requires_action", "processing", "requires_capture", "canceled",
  };
  static const char * const methods[] = { "card", "us_bank_account", "link" };
  guint n_charges;

  payment->has_intent = !one_in (5);
  payment->intent = payment->has_intent && !one_in (6) ? pick (intents, G_N_ELEMENTS (intents)) : NULL;
  payment->has_problem = one_in (2);
  payment->created = 1793059200 + g_test_rand_int_range (0, 20) * DAY / 2;
  payment->amount = 100 * g_test_rand_int_range (1, 9);
  payment->method = pick (methods, G_N_ELEMENTS (methods));
  payment->owner = g_test_rand_int_range (0, 3);
  n_charges = payment->intent != NULL ? (guint) g_test_rand_int_range (0, 3) : 1;
  for (guint i = 0; i < n_charges; i++)
    make_charge (&payment->charges[i], payment, k, i);
  payment->latest = (int) n_charges - 1;
  if (payment->has_intent)
    g_snprintf (payment->id, sizeof payment->id, "pi_%u", k);
  else
    g_strlcpy (payment->id, payment->charges[0].id, sizeof payment->id);
}

static char *
write_charge (Fixture    *fixture,
              Payment    *payment,
              Charge     *charge,
              const char *status)
{
  g_autofree char *intent = payment->has_intent ? g_strdup_printf ("\"%s\"", payment->id) : g_strdup ("null");

  return g_strdup_printf ("{\"id\":\"%s\",\"created\":%" G_GINT64_FORMAT ",\"amount\":%" G_GINT64_FORMAT ",\"amount_captured\":%"
                          G_GINT64_FORMAT ",\"amount_refunded\":%" G_GINT64_FORMAT ",\"captured\":%s,\"refunded\":%s,\"disputed\":%s,"
                          "\"status\":\"%s\",\"currency\":\"usd\",\"payment_intent\":%s,\"outcome\":{\"type\":\"%s\"},\"metadata\":"
                          "{\"billing_payment\":\"%s\"},\"payment_method_details\":{\"type\":\"%s\"}}", charge->id, charge->created,
                          payment->amount, charge->captured, charge->refunded, charge->captured > 0 ? "true" : "false",
                          charge->refunded == payment->amount ? "true" : "false", charge->is_disputed ? "true" : "false", status,
                          intent, charge->is_blocked ? "blocked" : "authorized", get_owner (fixture, payment), payment->method);
}

static char *
write_intent (Fixture    *fixture,
              Payment    *payment,
              const char *status)
{
  g_autofree char *latest = payment->latest >= 0 ? g_strdup_printf ("\"%s\"", payment->charges[payment->latest].id) : g_strdup ("null");

  return g_strdup_printf ("{\"id\":\"%s\",\"created\":%" G_GINT64_FORMAT ",\"amount\":%" G_GINT64_FORMAT ",\"currency\":\"usd\","
                          "\"status\":\"%s\",\"latest_charge\":%s,\"last_payment_error\":%s,\"metadata\":{\"billing_payment\":\"%s\"}}",
                          payment->id, payment->created, payment->amount, status, latest,
                          payment->has_problem ? "{\"type\":\"card_error\"}" : "null", get_owner (fixture, payment));
}

/* Each object once as it is, and some as they were before, to be known by their age. */
static void
write_charges (Fixture   *fixture,
               Payment   *payment,
               GPtrArray *objects,
               GPtrArray *before)
{
  for (guint i = 0; i < G_N_ELEMENTS (payment->charges) && payment->charges[i].is_there; i++)
    {
      Charge *charge = &payment->charges[i];

      add (objects, "charges", write_charge (fixture, payment, charge, charge->status));
      if (one_in (3))
        add (before, "charges", write_charge (fixture, payment, charge, "pending"));
      if (charge->refund != NULL)
        add (objects, "stripe_refunds", g_strdup_printf ("{\"id\":\"re_%s\",\"status\":\"%s\",\"charge\":\"%s\"}", charge->id,
                                                         charge->refund, charge->id));
      if (charge->refund != NULL && one_in (2))
        add (before, "stripe_refunds", g_strdup_printf ("{\"id\":\"re_%s\",\"status\":\"pending\",\"charge\":\"%s\"}", charge->id,
                                                        charge->id));
      if (charge->dispute != NULL)
        add (objects, "disputes", g_strdup_printf ("{\"id\":\"dp_%s\",\"status\":\"%s\",\"charge\":\"%s\"}", charge->id,
                                                   charge->dispute, charge->id));
      if (charge->dispute != NULL && one_in (2))
        add (before, "disputes", g_strdup_printf ("{\"id\":\"dp_%s\",\"status\":\"needs_response\",\"charge\":\"%s\"}", charge->id,
                                                  charge->id));
      if (charge->warning >= 0)
        add (objects, "early_fraud_warnings", g_strdup_printf ("{\"id\":\"issfr_%s\",\"actionable\":%s,\"charge\":\"%s\"}", charge->id,
                                                               charge->warning == 1 ? "true" : "false", charge->id));
    }
}

static int
compare_randomly (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  return g_str_hash ((*(Object **) a)->json) < g_str_hash ((*(Object **) b)->json) ? -1 : 1;
}

static void
put_all (Fixture   *fixture,
         GPtrArray *objects,
         gint64     fetched)
{
  g_autoptr (GError) error = NULL;

  g_ptr_array_sort_with_data (objects, compare_randomly, NULL);
  g_assert_true (billing_mirror_begin (fixture->mirror, &error));
  for (guint i = 0; i < objects->len; i++)
    {
      Object *object = objects->pdata[i];

      billing_mirror_put (fixture->mirror, billing_mirror_kind_find (object->table), object->json, strlen (object->json), fetched, &error);
      g_assert_no_error (error);
    }
  g_assert_true (billing_mirror_commit (fixture->mirror, &error));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func ((GDestroyNotify) object_free);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func ((GDestroyNotify) object_free);
  g_autofree char *number = NULL;
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&fixture->practice);
  number = billing_test_practice_create_payment (&fixture->practice, 5000, FALSE);
  fixture->ours = billing_test_facts_get_id (&fixture->practice, number);
  fixture->mirror = billing_mirror_open (fixture->practice.folder, &error);
  g_assert_no_error (error);

  for (guint k = 0; k < N_PAYMENTS; k++)
    {
      Payment *payment = &fixture->payments[k];

      make_payment (payment, k);
      write_charges (fixture, payment, objects, before);
      if (payment->intent != NULL)
        add (objects, "payment_intents", write_intent (fixture, payment, payment->intent));
      if (payment->intent != NULL && one_in (3))
        add (before, "payment_intents", write_intent (fixture, payment, "requires_confirmation"));
    }

  put_all (fixture, before, 1);
  put_all (fixture, objects, 2);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  billing_mirror_close (fixture->mirror);
  g_free (fixture->ours);
  billing_test_practice_tear_down (&fixture->practice);
}

/* The plain side. */

static gboolean
is_one_of (const char *word,
           const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);

  return word != NULL && g_strv_contains ((const char * const *) all, word);
}

static const char *
get_status_of_charge (Payment *payment,
                      Charge  *charge)
{
  gboolean is_gone = charge->refunded == payment->amount;

  if (g_str_equal (charge->status, "failed"))
    return charge->is_blocked ? "blocked" : "failed";
  if (charge->dispute != NULL ? !is_one_of (charge->dispute, "won warning_closed prevented") : charge->is_disputed)
    return "disputed";
  if (charge->warning == 1)
    return "early_fraud_warning";
  if (is_one_of (charge->refund, "pending requires_action"))
    return "refund_pending";
  if (is_gone)
    return "refunded";
  if (charge->captured > 0 && charge->refunded > payment->amount - charge->captured)
    return "partially_refunded";
  if (g_str_equal (charge->status, "succeeded"))
    return charge->captured > 0 ? "successful" : "uncaptured";

  return charge->status;
}

static const char *
get_status_of_intent (Payment *payment)
{
  if (g_str_equal (payment->intent, "requires_payment_method") && payment->has_problem)
    return "failed";
  if (g_str_equal (payment->intent, "requires_capture"))
    return "uncaptured";
  if (g_str_equal (payment->intent, "processing"))
    return "pending";

  return g_str_equal (payment->intent, "succeeded") ? "successful" : "incomplete";
}

static const char *
get_status (Payment *payment)
{
  Charge *charge = payment->latest >= 0 ? &payment->charges[payment->latest] : NULL;

  if (g_strcmp0 (payment->intent, "canceled") == 0)
    return "canceled";
  if (charge == NULL)
    return get_status_of_intent (payment);
  if (g_str_equal (charge->status, "succeeded") && charge->captured == 0 && charge->refunded == payment->amount)
    return "canceled";

  return get_status_of_charge (payment, charge);
}

typedef struct {
  const char *statuses; /* (nullable): between commas */
  const char *method;   /* (nullable) */
  gint64 min, max;      /* -1: open */
  int from, to;         /* days after the first; -1: open */
  gboolean is_nobodys;
} Filter;

static gboolean
is_nobodys (Payment *payment)
{
  return payment->owner != 1;
}

static gboolean
is_let_through (Payment      *payment,
                const Filter *filter)
{
  g_auto (GStrv) words = g_strsplit (filter->statuses != NULL ? filter->statuses : "", ",", -1);
  int day = (int) ((payment->created - 1793059200) / DAY);

  return (filter->statuses == NULL || g_strv_contains ((const char * const *) words, get_status (payment))) &&
         (filter->method == NULL || (payment->latest >= 0 && g_str_equal (filter->method, payment->method))) &&
         (filter->min < 0 || payment->amount >= filter->min) && (filter->max < 0 || payment->amount <= filter->max) &&
         (filter->from < 0 || day >= filter->from) && (filter->to < 0 || day <= filter->to) &&
         (!filter->is_nobodys || is_nobodys (payment));
}

/* Days of UTC. */
static char *
format_day (int day)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (1793059200 + day * DAY);

  return g_date_time_format (time, "%F");
}

static BillingQuery *
make_query (Fixture      *fixture,
            const Filter *filter)
{
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "stripe_payments");
  g_autofree char *from = filter->from >= 0 ? format_day (filter->from) : NULL;
  g_autofree char *to = filter->to >= 0 ? format_day (filter->to) : NULL;

  g_object_set (query, "status", filter->statuses, "method", filter->method, "min", filter->min, "max", filter->max, "from", from,
                "to", to, "time-zone", "UTC", "patient", filter->is_nobodys ? BILLING_QUERY_NO_LOCATION : NULL, NULL);
  return g_steal_pointer (&query);
}

static gboolean
take_cb (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  g_ptr_array_add (data, g_object_ref (record));
  return TRUE;
}

static GPtrArray *
list (Fixture      *fixture,
      BillingQuery *query)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  billing_desk_list (fixture->practice.desk, query, take_cb, rows, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&rows);
}

static Payment *
find_payment (Fixture    *fixture,
              const char *id)
{
  for (guint k = 0; k < N_PAYMENTS; k++)
    {
      if (g_str_equal (fixture->payments[k].id, id))
        return &fixture->payments[k];
    }

  g_error ("There is no payment %s.", id);
}

/* What is listed is what looking at each finds, and each says the status by which it was found. */
static void
assert_filter (Fixture      *fixture,
               const Filter *filter)
{
  g_autoptr (BillingQuery) query = make_query (fixture, filter);
  g_autoptr (GPtrArray) rows = list (fixture, query);
  guint n_expected = 0;

  for (guint k = 0; k < N_PAYMENTS; k++)
    n_expected += is_let_through (&fixture->payments[k], filter);
  g_assert_cmpuint (rows->len, ==, n_expected);

  for (guint i = 0; i < rows->len; i++)
    {
      BillingStripePayment *row = rows->pdata[i];
      Payment *payment = find_payment (fixture, billing_record_get_id (BILLING_RECORD (row)));

      g_assert_true (is_let_through (payment, filter));
      g_assert_cmpstr (row->status, ==, get_status (payment));
      g_assert_cmpint (row->amount, ==, payment->amount);
      g_assert_cmpint (row->created_at, ==, payment->created);
      g_assert_cmpstr (row->charge, ==, payment->latest >= 0 ? payment->charges[payment->latest].id : NULL);
      g_assert_cmpint (row->patient_id == NULL, ==, is_nobodys (payment));
    }
}

#define ALL NULL, NULL, -1, -1, -1, -1, FALSE

/* Every payment stands in the list once, whatever arrived first, and each of the twelve statuses is what the objects say. */
static void
test_statuses (Fixture       *fixture,
               gconstpointer  data)
{
  const char * const *words = billing_stripe_status_list_words ();

  assert_filter (fixture, &(Filter) { ALL });
  g_assert_cmpuint (g_strv_length ((GStrv) words), ==, 12);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const Filter filter = { words[i], NULL, -1, -1, -1, -1, FALSE };
      guint n = 0;

      for (guint k = 0; k < N_PAYMENTS; k++)
        n += is_let_through (&fixture->payments[k], &filter);
      g_test_message ("%s: %u", words[i], n);
      assert_filter (fixture, &filter);
    }
}

/* Several statuses at once, amounts, days, methods and what is nobody's narrow the list one by one and together. */
static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  const char * const *words = billing_stripe_status_list_words ();
  static const char * const methods[] = { "card", "us_bank_account", "link" };

  assert_filter (fixture, &(Filter) { NULL, NULL, 300, 300, -1, -1, FALSE });
  assert_filter (fixture, &(Filter) { NULL, NULL, -1, -1, -1, -1, TRUE });
  for (guint i = 0; i < 60; i++)
    {
      int from = g_test_rand_int_range (-1, 8);
      g_autofree char *two = g_strdup_printf ("%s,%s", pick (words, 12), pick (words, 12));
      const Filter filter = {
        one_in (3) ? NULL : two, one_in (2) ? pick (methods, 3) : NULL, one_in (2) ? 100 * g_test_rand_int_range (1, 6) : -1,
        one_in (2) ? 100 * g_test_rand_int_range (4, 9) : -1, from, one_in (2) && from >= 0 ? from + 2 : -1, one_in (3)
      };

      assert_filter (fixture, &filter);
    }
}

/* Both orders, both ways. */
static void
test_sorts (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const sorts[] = { "created", "amount" };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (BillingQuery) query = make_query (fixture, &(Filter) { ALL });
      g_autoptr (GPtrArray) rows = NULL;

      g_object_set (query, "sort", sorts[i / 2], "descending", i % 2 == 1, NULL);
      rows = list (fixture, query);
      g_assert_cmpuint (rows->len, ==, N_PAYMENTS);
      for (guint r = 1; r < rows->len; r++)
        {
          BillingStripePayment *a = rows->pdata[r - (i % 2 == 0)];
          BillingStripePayment *b = rows->pdata[r - (i % 2 == 1)];

          if (i / 2 == 0)
            g_assert_cmpint (a->created_at, <=, b->created_at);
          else
            g_assert_cmpint (a->amount, <=, b->amount);
        }
    }
}

/* A payment is found by its own id and by that of its charge; by anything that Stripe says of either; and a status that there is not is refused. */
static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (BillingQuery) query = make_query (fixture, &(Filter) { ALL });
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  Payment *payment = NULL;

  for (guint k = 0; k < N_PAYMENTS && payment == NULL; k++)
    {
      if (fixture->payments[k].intent != NULL && fixture->payments[k].latest >= 0)
        payment = &fixture->payments[k];
    }
  g_assert_nonnull (payment);

  g_object_set (query, "search", payment->charges[payment->latest].id, NULL);
  rows = list (fixture, query);
  g_assert_cmpuint (rows->len, >=, 1);

  g_object_set (query, "search", NULL, "status", "paid", NULL);
  g_assert_false (billing_desk_list (fixture->practice.desk, query, take_cb, rows, NULL, &error));
  g_assert_nonnull (strstr (error->message, "early_fraud_warning"));
}

/* The list of charges is found by the same words. */
static void
test_charges (Fixture       *fixture,
              gconstpointer  data)
{
  const char * const *words = billing_stripe_status_list_words ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "charges");
      g_autoptr (GPtrArray) rows = NULL;
      guint n_standing = 0, n_expected = 0;

      g_object_set (query, "status", words[i], NULL);
      rows = list (fixture, query);
      for (guint r = 0; r < rows->len; r++)
        {
          BillingCharge *charge = rows->pdata[r];

          n_standing += g_strcmp0 (charge->standing, words[i]) == 0;
          g_assert_true (g_strcmp0 (charge->standing, words[i]) == 0 || g_strcmp0 (charge->status, words[i]) == 0);
        }
      for (guint k = 0; k < N_PAYMENTS; k++)
        n_expected += fixture->payments[k].latest >= 0 && g_str_equal (get_status (&fixture->payments[k]), words[i]);
      g_assert_cmpuint (n_standing, ==, n_expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define TEST(name, func) g_test_add ("/store/stripe-payments/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("statuses", test_statuses);
  TEST ("filters", test_filters);
  TEST ("sorts", test_sorts);
  TEST ("names", test_names);
  TEST ("charges", test_charges);
#undef TEST

  return g_test_run ();
}

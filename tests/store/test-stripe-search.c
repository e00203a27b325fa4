/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-list.h"
#include "billing-mirror.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-store.h"
#include "billing-table.h"
#include "billing-test-folder.h"
#include "billing-test-words.h"
#include "billing-text.h"

/* The search of Stripe's payments, compared with looking at each payment for each word. */

#define N_PATIENTS 120
#define N_PAYMENTS 150
#define N_STRIPE 300
#define N_CUSTOMERS 20

typedef struct {
  char *name;        /* (owned) (nullable) */
  char *email;       /* (owned) (nullable) */
  char *description; /* (owned) (nullable) */
  const char *last4; /* (nullable) */
} Said;

typedef struct {
  char *id;          /* (owned) */
  char *charges[2];  /* (owned) (nullable): the last one counts */
  Said said;         /* by the last charge, or the intent */
  gint64 amount;
  int customer;      /* -1: none */
  BillingPayment *payment;    /* (not owned) (nullable): of ours */
  BillingPatient *assigned;   /* (not owned) (nullable): by hand, to this patient */
  gboolean has_refund;
} StripePayment;

static char *folder;             /* (owned) */
static BillingStore *store;      /* (owned) */
static GPtrArray *patients;      /* (owned) (element-type BillingPatient) */
static GPtrArray *payments;      /* (owned) (element-type BillingPayment) */
static StripePayment stripe[N_STRIPE];
static Said customers[N_CUSTOMERS];

static const char * const names[] = {
  "Zoë Ångström", "Łukasz Zając", "Jürgen Groß", "José Mejía", "Anna Müller", "Al Hakim", "Ståle Ødegård", "O'Neil \\\"Bo\\\" Ng", "王小明",
  "smith", "Jean-Luc %", "Ana_x",
};
static const char * const descriptions[] = {
  "Crown, upper left", "Ihr Anteil: Größe", "100% of it", "Copay", "PAY-007 copay", "Visit \\u00e9t\\u00e9", "定金 首次", "4242 Elm Street",
};
static const char * const digits[] = { "4242", "0007", "0199", "1980" };

static const char *
pick (const char * const *words,
      guint               n)
{
  return words[g_test_rand_int_range (0, (gint32) n)];
}

static gboolean
one_in (int n)
{
  return g_test_rand_int_range (0, n) == 0;
}

static void
insert (BillingConnection *connection,
        gpointer           record,
        GPtrArray         *into)
{
  g_autoptr (GError) error = NULL;

  billing_table_insert (connection, record, &error);
  g_assert_no_error (error);
  g_ptr_array_add (into, record);
}

static gboolean
fill_books (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  static const char * const given[] = { "Zoë", "Łukasz", "Jürgen", "Anna", "Bo", "Ståle" };
  static const char * const family[] = { "Ångström", "Groß", "Müller", "Ng", "smith", "Al Hakim", "王小明" };

  billing_connection_run (connection, error, "INSERT INTO practice (id, name, currency, time_zone, desk, created_at)"
                          " VALUES ('prc_1', 'Elm Clinic', 'USD', 'UTC', 'a', 1)", "");
  for (guint i = 0; i < N_PATIENTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %s", pick (given, G_N_ELEMENTS (given)), pick (family, G_N_ELEMENTS (family)));
      g_autofree char *email = g_strdup_printf ("p%u@example.org", i);

      insert (connection, g_object_new (BILLING_TYPE_PATIENT, "name", name, "email", email, "created-at", (gint64) 1, NULL), patients);
    }
  for (guint i = 0; i < N_PAYMENTS; i++)
    {
      BillingRecord *patient = patients->pdata[g_test_rand_int_range (0, N_PATIENTS)];

      insert (connection, g_object_new (BILLING_TYPE_PAYMENT, "patient-id", billing_record_get_id (patient), "amount", (gint64) 5000,
                                        "currency", "USD", "created-at", (gint64) 1, NULL), payments);
    }

  return TRUE;
}

static void
make_said (Said *said,
           guint k)
{
  said->name = one_in (4) ? NULL : g_strdup (pick (names, G_N_ELEMENTS (names)));
  said->email = one_in (4) ? NULL : g_strdup_printf ("payer%u@%s.test", k % 40, one_in (2) ? "Mail" : "elsewhere");
  said->description = one_in (3) ? NULL : g_strdup (pick (descriptions, G_N_ELEMENTS (descriptions)));
  said->last4 = one_in (3) ? NULL : pick (digits, G_N_ELEMENTS (digits));
}

static void
clear_said (Said *said)
{
  g_free (said->name);
  g_free (said->email);
  g_free (said->description);
}

/* A charge without an intent is called by itself. An intent without a charge has no payer of its own and no card. */
static void
make_stripe (StripePayment *payment,
             guint          k)
{
  guint n_charges = (guint) g_test_rand_int_range (0, 3);
  gboolean has_intent = n_charges != 1 || !one_in (4);

  make_said (&payment->said, k);
  for (guint i = 0; i < n_charges; i++)
    payment->charges[i] = g_strdup_printf ("ch_%uC%u", k, i);
  payment->id = has_intent ? g_strdup_printf ("pi_%uI", k) : g_strdup (payment->charges[0]);
  if (n_charges == 0)
    {
      g_clear_pointer (&payment->said.name, g_free);
      g_clear_pointer (&payment->said.email, g_free);
      payment->said.last4 = NULL;
    }
  payment->amount = (gint64) g_test_rand_int_range (1, 40) * 500 + (k % 3 == 0 ? 25 : 0);
  payment->customer = one_in (3) ? g_test_rand_int_range (0, N_CUSTOMERS) : -1;
  payment->payment = one_in (2) ? payments->pdata[g_test_rand_int_range (0, N_PAYMENTS)] : NULL;
  payment->has_refund = n_charges > 0 && one_in (4);
}

static char *
quote (const char *text)
{
  return text != NULL ? g_strdup_printf ("\"%s\"", text) : g_strdup ("null");
}

static char *
get_latest (StripePayment *payment)
{
  return payment->charges[1] != NULL ? payment->charges[1] : payment->charges[0];
}

static char *
write_head (StripePayment *payment,
            const char    *id)
{
  g_autofree char *customer = payment->customer >= 0 ? g_strdup_printf ("\"cus_%dZ\"", payment->customer) : g_strdup ("null");
  const char *ours = payment->payment != NULL ? billing_record_get_id (BILLING_RECORD (payment->payment)) : "";

  return g_strdup_printf ("\"id\":\"%s\",\"created\":1,\"amount\":%" G_GINT64_FORMAT ",\"currency\":\"usd\",\"customer\":%s,\"metadata\":"
                          "{\"billing_payment\":\"%s\"}", id, payment->amount, customer, ours);
}

static char *
write_charge (StripePayment *payment,
              const char    *id,
              Said          *said,
              const char    *status)
{
  g_autofree char *head = write_head (payment, id);
  g_autofree char *intent = quote (g_str_has_prefix (payment->id, "pi_") ? payment->id : NULL);
  g_autofree char *name = quote (said->name);
  g_autofree char *email = quote (said->email);
  g_autofree char *description = quote (said->description);
  g_autofree char *last4 = quote (said->last4);
  gboolean is_card = payment->amount % 500 == 0;

  return g_strdup_printf ("{%s,\"status\":\"%s\",\"payment_intent\":%s,\"billing_details\":{\"name\":%s,\"email\":%s},\"description\":%s,"
                          "\"payment_method_details\":{\"type\":\"x\",\"%s\":{\"last4\":%s}}}", head, status, intent, name, email,
                          description, is_card ? "card" : "us_bank_account", last4);
}

static char *
write_intent (StripePayment *payment)
{
  g_autofree char *head = write_head (payment, payment->id);
  g_autofree char *latest = quote (get_latest (payment));
  g_autofree char *description = quote (payment->said.description);

  return g_strdup_printf ("{%s,\"status\":\"succeeded\",\"latest_charge\":%s,\"description\":%s}", head, latest, description);
}

static void
put (BillingMirror *mirror,
     const char    *stream,
     char          *json,
     gint64         fetched)
{
  g_autofree char *owned = json;
  g_autoptr (GError) error = NULL;

  billing_mirror_put (mirror, billing_mirror_kind_find (stream), owned, strlen (owned), fetched, &error);
  g_assert_no_error (error);
}

static void
put_customers (BillingMirror *mirror)
{
  for (guint i = 0; i < N_CUSTOMERS; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *email = NULL;

      if (customers[i].name == NULL && customers[i].email == NULL)
        make_said (&customers[i], i + 100);
      name = quote (customers[i].name);
      email = quote (customers[i].email);
      put (mirror, "customers", g_strdup_printf ("{\"id\":\"cus_%uZ\",\"created\":1,\"name\":%s,\"email\":%s}", i, name, email), 2);
    }
}

/* What belongs together comes in any order, and some of it was something else before. */
static void
put_parts (BillingMirror *mirror,
           StripePayment *payment)
{
  static Said before = { .name = (char *) "Formerly Somebody", .email = (char *) "former@mail.test", .description = (char *) "Obsolete" };
  gboolean intent_first = one_in (2);
  gboolean has_intent = g_str_has_prefix (payment->id, "pi_");

  if (has_intent && intent_first)
    put (mirror, "payment_intents", write_intent (payment), 2);
  for (guint i = 0; i < 2 && payment->charges[i] != NULL; i++)
    {
      gboolean is_latest = payment->charges[i] == get_latest (payment);

      put (mirror, "charges", write_charge (payment, payment->charges[i], is_latest && one_in (2) ? &payment->said : &before, "pending"), 1);
      if (is_latest)
        put (mirror, "charges", write_charge (payment, payment->charges[i], &payment->said, "succeeded"), 2);
    }
  if (has_intent && !intent_first)
    put (mirror, "payment_intents", write_intent (payment), 2);
  if (payment->has_refund)
    put (mirror, "stripe_refunds", g_strdup_printf ("{\"id\":\"re_%s\",\"status\":\"succeeded\",\"charge\":\"%s\"}", payment->id,
                                                    get_latest (payment)), 2);
}

static void
fill_mirror (void)
{
  g_autoptr (GError) error = NULL;
  BillingMirror *mirror = billing_mirror_open (folder, &error);

  g_assert_no_error (error);
  for (guint k = 0; k < N_STRIPE; k++)
    {
      make_stripe (&stripe[k], k);
      g_assert_true (billing_mirror_begin (mirror, &error));
      put_parts (mirror, &stripe[k]);
      if (k == N_STRIPE / 2)
        put_customers (mirror);
      g_assert_true (billing_mirror_commit (mirror, &error));
    }
  billing_mirror_close (mirror);
}

/* Some are given to a patient by hand, some of these although they carry a payment. */
static gboolean
assign (BillingConnection  *connection,
        gpointer            data,
        GCancellable       *cancellable,
        GError            **error)
{
  for (guint k = 0; k < N_STRIPE; k++)
    {
      StripePayment *payment = &stripe[k];
      g_autofree char *id = g_strdup_printf ("asg_%u", k);
      BillingPayment *to = one_in (2) ? payments->pdata[g_test_rand_int_range (0, N_PAYMENTS)] : NULL;

      if (get_latest (payment) == NULL || !one_in (5))
        continue;

      payment->assigned = patients->pdata[g_test_rand_int_range (0, N_PATIENTS)];
      if (to != NULL)
        payment->payment = to;
      if (!billing_connection_run (connection, error, "INSERT INTO assignments (id, charge_id, patient_id, payment_id, person, created_at)"
                                   " VALUES (?, ?, ?, ?, 'ada', 1)", "tttt", id, get_latest (payment),
                                   billing_record_get_id (BILLING_RECORD (payment->assigned)),
                                   to != NULL ? billing_record_get_id (BILLING_RECORD (to)) : NULL))
        return FALSE;
    }

  return TRUE;
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;

  patients = g_ptr_array_new_with_free_func (g_object_unref);
  payments = g_ptr_array_new_with_free_func (g_object_unref);
  folder = billing_test_folder ();
  billing_store_create (folder, &error);
  g_assert_no_error (error);
  store = billing_store_open (folder, NULL, &error);
  g_assert_no_error (error);
  billing_store_write (store, fill_books, NULL, NULL, &error);
  g_assert_no_error (error);
  fill_mirror ();
  billing_store_write (store, assign, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (void)
{
  g_clear_object (&store);
  g_ptr_array_unref (patients);
  g_ptr_array_unref (payments);
  for (guint k = 0; k < N_STRIPE; k++)
    {
      g_free (stripe[k].id);
      g_free (stripe[k].charges[0]);
      g_free (stripe[k].charges[1]);
      clear_said (&stripe[k].said);
    }
  for (guint i = 0; i < N_CUSTOMERS; i++)
    clear_said (&customers[i]);
  billing_test_folder_remove (folder);
}

/* The plain side. */

static BillingPatient *
find_patient (StripePayment *payment)
{
  for (guint i = 0; payment->payment != NULL && i < patients->len; i++)
    {
      if (g_str_equal (billing_record_get_id (patients->pdata[i]), payment->payment->patient_id))
        return patients->pdata[i];
    }

  return payment->assigned;
}

/* As Stripe's JSON is read. */
static char *
unescape (const char *text)
{
  g_auto (GStrv) quotes = g_strsplit (text, "\\\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"", quotes);
  g_auto (GStrv) parts = g_strsplit (quoted, "\\u00e9", -1);

  return g_strjoinv ("é", parts);
}

static gboolean
said_has_word (Said       *said,
               const char *word)
{
  const char * const texts[] = { said->name, said->email, said->description, said->last4 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = texts[i] != NULL ? unescape (texts[i]) : NULL;

      if (billing_test_words_has_text (text, word))
        return TRUE;
    }

  return FALSE;
}

static gboolean
customer_has_word (int         i,
                   const char *word)
{
  Said said = { 0 };

  if (i < 0)
    return FALSE;

  said.name = customers[i].name;
  said.email = customers[i].email;
  return said_has_word (&said, word);
}

static gboolean
is_id (StripePayment *payment,
       const char    *word)
{
  g_autofree char *refund = payment->has_refund ? g_strconcat ("re_", payment->id, NULL) : NULL;
  g_autofree char *customer = payment->customer >= 0 ? g_strdup_printf ("cus_%dZ", payment->customer) : NULL;
  const char * const ids[] = { payment->id, payment->charges[0], payment->charges[1], refund, customer };

  for (guint i = 0; strchr (word, '_') != NULL && i < G_N_ELEMENTS (ids); i++)
    {
      if (ids[i] != NULL && g_str_has_prefix (ids[i], word))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_word (StripePayment *payment,
          const char    *word)
{
  g_autofree char *folded = billing_text_fold (word);
  BillingPatient *patient = find_patient (payment);

  return (patient != NULL && billing_test_words_has_patient (patient, folded)) ||
         (payment->payment != NULL && billing_test_words_has_number (payment->payment->number, folded)) ||
         said_has_word (&payment->said, folded) || customer_has_word (payment->customer, folded) ||
         billing_test_words_has_amount (payment->amount, folded) || is_id (payment, word);
}

static gboolean
is_meant (StripePayment *payment,
          const char    *search)
{
  g_auto (GStrv) words = g_strsplit (search, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0' && !has_word (payment, words[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
compare (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  BillingQuery *query = data;
  g_autoptr (GPtrArray) rows = billing_list_rows (connection, query, error);
  g_autoptr (BillingListing) listing = rows != NULL ? billing_list_listing (connection, query, error) : NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_expected = 0;

  if (listing == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (ids, (gpointer) billing_record_get_id (rows->pdata[i]));
  for (guint k = 0; k < N_STRIPE; k++)
    {
      if (is_meant (&stripe[k], query->search) != g_hash_table_contains (ids, stripe[k].id))
        g_error ("“%s” and %s", query->search, stripe[k].id);
      n_expected += is_meant (&stripe[k], query->search);
    }

  g_assert_cmpuint (rows->len, ==, n_expected);
  g_assert_cmpuint (listing->pks->len, ==, n_expected);
  return TRUE;
}

static void
check (const char *search)
{
  g_autoptr (BillingQuery) query = billing_query_new ("stripe_payments");
  g_autoptr (GError) error = NULL;

  query->search = g_strdup (search);
  query->time_zone = g_strdup ("UTC");
  billing_store_read (store, compare, query, NULL, &error);
  g_assert_no_error (error);
}

/* What one payment is found by, in letters of any size, and parts of it. */
static char *
make_word (void)
{
  StripePayment *payment = &stripe[g_test_rand_int_range (0, N_STRIPE)];
  BillingPatient *patient = find_patient (payment);
  g_autofree char *said = payment->said.name != NULL ? unescape (payment->said.name) : NULL;
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", payment->amount / 100, (int) (payment->amount % 100));
  const char * const texts[] = {
    said, payment->said.email, payment->said.last4, patient != NULL ? patient->name : NULL,
    payment->payment != NULL ? payment->payment->number : NULL, payment->id, payment->charges[0], amount, "Größe", "COPAY", "été", "首次",
  };
  const char *text = pick (texts, G_N_ELEMENTS (texts));
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "an", " ", -1);
  const char *word = words[g_test_rand_int_range (0, (int) g_strv_length (words))];
  glong length = g_utf8_strlen (word, -1);
  glong from = one_in (3) && length > 3 ? 1 : 0;

  /* Half an amount is another one, which may be written in more ways than one. */
  if (text == amount)
    return g_strdup (word);

  return one_in (3) ? g_utf8_strup (word, -1) : g_utf8_substring (word, from, one_in (2) ? length : MIN (length, from + 4));
}

/* Names of ours and of Stripe's, numbers, e-mails, descriptions, digits, amounts and ids find what looking at each payment finds. */
static void
test_random (void)
{
  for (guint i = 0; i < 800; i++)
    {
      g_autofree char *one = make_word ();
      g_autofree char *two = one_in (3) ? make_word () : g_strdup ("");
      g_autofree char *search = g_strjoin (" ", one, two, NULL);

      check (search);
    }
}

/* Signs that mean something to SQLite or to nobody; and what was said once and is said no longer. */
static void
test_signs (void)
{
  static const char * const texts[] = {
    "%", "_", "a_b", "\"", "\"Bo\"", "'", "100%", "*", "Formerly", "obsolete", "ch_", "pi_1", "CH_1", "re_pi", "cus_1", "zz", "O'Neil ng", "£", "-",
    "former@mail.test", "zoe ångstrom", "groß", "GROSS",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check (texts[i]);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  set_up ();
  g_test_add_func ("/store/stripe-search/random", test_random);
  g_test_add_func ("/store/stripe-search/signs", test_signs);
  result = g_test_run ();
  tear_down ();
  return result;
}

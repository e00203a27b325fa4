/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "billing-connection-private.h"
#include "billing-enums.h"
#include "billing-filing.h"
#include "billing-list.h"
#include "billing-mirror.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-practice.h"
#include "billing-store.h"
#include "billing-table.h"
#include "billing-test-folder.h"
#include "billing-test-words.h"
#include "billing-text.h"
#include "billing-treatment.h"

/* Lists, compared with a naive reckoning over the same rows, for every order, filter and search. */

#define N_PATIENTS 120
#define N_PAYMENTS 600
#define N_TREATMENTS 40
#define N_REFUNDS 200
#define N_NOTES 150
#define N_CHARGES 80
#define TODAY "2026-06-15"
#define START G_GINT64_CONSTANT (1767225600) /* 2026-01-01 UTC */

typedef struct {
  char *folder;           /* (owned) */
  BillingStore *store;    /* (owned) */
  GPtrArray *patients;    /* (owned) (element-type BillingPatient) */
  GPtrArray *locations;   /* (owned) (element-type BillingLocation) */
  GPtrArray *physicians;  /* (owned) (element-type BillingPhysician) */
  GPtrArray *treatments;  /* (owned) (element-type BillingTreatment) */
  GPtrArray *payments;    /* (owned) (element-type BillingPayment) */
  GPtrArray *refunds;     /* (owned) (element-type BillingRefund) */
  GPtrArray *notes;       /* (owned) (element-type BillingNote) */
  GPtrArray *cards;       /* (owned) (element-type utf8): a payment's id, a colon, the last four digits of a card */
  GHashTable *by_id;      /* (owned) (element-type utf8 BillingPatient): not owning */
} Clinic;

static Clinic clinic;

static const char * const given_names[] = {
  "Zoë", "Łukasz", "Jürgen", "José", "Anna", "Al", "Alva", "Bo", "Ståle", "Ñusta", "O'Neil", "李", "Jean-Luc", "%", "_x",
};

static const char * const family_names[] = {
  "Ångström", "Groß", "Mejía", "Müller", "Al Hakim", "Søndergård", "Smith", "smith", "Zając", "Ødegård", "Ng", "王小明",
};

static const char * const memos[] = {
  "Copay", "Copay", "Copay", "copay", "COPAY Zoë", "Ihr Anteil: Größe", "100% of it", "a_b", "Müller's \"own\" part", "定金 首次",
  "Crown, upper left", "  ", "x", "PAY-412 again",
};

static const char * const note_texts[] = {
  "Zoë rang: pays on Friday", "called back, left a message", "Wants a plan", "ZOE", "15.25 is right", "约定 下周", "O'Neil's sister pays",
};

static const char *
pick (const char * const *words,
      guint               n)
{
  return words[g_test_rand_int_range (0, (gint32) n)];
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

static void
insert_patient (BillingConnection *connection,
                guint              i)
{
  const char *given = pick (given_names, G_N_ELEMENTS (given_names));
  const char *family = pick (family_names, G_N_ELEMENTS (family_names));
  g_autofree char *name = g_strdup_printf ("%s %s", given, family);
  g_autofree char *email = g_strdup_printf ("p%u_100%%@example.org", i);
  gboolean has_parts = i % 3 != 0;

  insert (connection, g_object_new (BILLING_TYPE_PATIENT, "name", name, "given-name", has_parts ? given : NULL,
                                    "family-name", has_parts ? family : NULL, "birth-date",
                                    i % 4 != 0 ? "1980-02-29" : NULL, "email", i % 2 != 0 ? email : NULL, "phone",
                                    i % 5 == 0 ? "+1 555 0199" : NULL, "created-at", START + i % 7, NULL),
          clinic.patients);
}

static const char * const days[] = { "2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01", "2026-06-30" };

static gboolean
is_collected (BillingPayment *payment)
{
  return payment->status == BILLING_STATUS_PAID || payment->status == BILLING_STATUS_REFUNDED;
}

static void
insert_payment (BillingConnection *connection,
                guint              i)
{
  BillingRecord *patient = clinic.patients->pdata[g_test_rand_int_range (0, N_PATIENTS)];
  BillingPayment *payment = billing_payment_new ();
  guint place = (guint) g_test_rand_int_range (0, 4);

  g_object_set (payment, "patient-id", billing_record_get_id (patient), "amount",
                (gint64) g_test_rand_int_range (1, 40) * 500 + (i % 3 == 0 ? 25 : 0), "currency", "USD", "status",
                /* Refunded ones are rare, so that they go by their own index. */
                i % 40 == 0 ? BILLING_STATUS_REFUNDED : g_test_rand_int_range (0, BILLING_STATUS_REFUNDED),
                "created-at", START + g_test_rand_int_range (0, 300) * G_GINT64_CONSTANT (43200), NULL);
  if (place < 3)
    g_object_set (payment, "location-id", billing_record_get_id (clinic.locations->pdata[place]), NULL);
  if (g_test_rand_bit ())
    payment->due_on = g_strdup_printf ("2026-06-%02d", g_test_rand_int_range (1, 31));
  if (g_test_rand_bit ())
    payment->treatment_id = g_strdup (billing_record_get_id (clinic.treatments->pdata[g_test_rand_int_range (0, N_TREATMENTS)]));
  if (i % 3 != 1)
    payment->memo = g_strdup (i % 7 == 0 ? "" : pick (memos, G_N_ELEMENTS (memos)));
  if (is_collected (payment))
    g_object_set (payment, "paid-on", days[g_test_rand_int_range (0, G_N_ELEMENTS (days))], "tender",
                  g_test_rand_int_range (BILLING_TENDER_STRIPE, BILLING_TENDER_CREDIT + 1), "collected", payment->amount,
                  "refunded", payment->status == BILLING_STATUS_REFUNDED ? payment->amount : 0, NULL);
  insert (connection, payment, clinic.payments);
}

/* Of a payment or, now and then, a patient. Some are written anew. */
static void
insert_note (BillingConnection *connection,
             guint              i)
{
  BillingRecord *subject = i % 3 == 0 ? clinic.patients->pdata[g_test_rand_int_range (0, N_PATIENTS)]
                                      : clinic.payments->pdata[g_test_rand_int_range (0, N_PAYMENTS)];
  g_autoptr (GError) error = NULL;
  BillingNote *note = g_object_new (BILLING_TYPE_NOTE, "subject-id", billing_record_get_id (subject), "text",
                                    pick (note_texts, G_N_ELEMENTS (note_texts)), "person", "ada", "created-at",
                                    START + i, NULL);

  insert (connection, note, clinic.notes);
  if (i % 4 != 0)
    return;

  g_object_set (note, "text", pick (note_texts, G_N_ELEMENTS (note_texts)), NULL);
  billing_table_update (connection, BILLING_RECORD (note), &error);
  g_assert_no_error (error);
}

/* Memos change, too. */
static void
change_memo (BillingConnection *connection,
             guint              i)
{
  BillingPayment *payment = clinic.payments->pdata[i];
  g_autoptr (GError) error = NULL;

  g_object_set (payment, "memo", i % 20 == 0 ? NULL : pick (memos, G_N_ELEMENTS (memos)), NULL);
  billing_table_update (connection, BILLING_RECORD (payment), &error);
  g_assert_no_error (error);
}

static void
insert_refund (BillingConnection *connection,
               guint              i)
{
  BillingPayment *payment = clinic.payments->pdata[g_test_rand_int_range (0, N_PAYMENTS)];
  gboolean posted = g_test_rand_bit ();

  insert (connection, g_object_new (BILLING_TYPE_REFUND, "payment-id", billing_record_get_id (BILLING_RECORD (payment)),
                                    "amount", (gint64) 100 + i, "currency", "USD", "reason",
                                    g_test_rand_int_range (BILLING_REFUND_REASON_PATIENT_REQUEST,
                                                           BILLING_REFUND_REASON_OTHER + 1),
                                    "tender", i % 2 == 0 ? BILLING_TENDER_STRIPE : BILLING_TENDER_CASH, "state",
                                    posted ? BILLING_REFUND_STATE_POSTED : BILLING_REFUND_STATE_FAILED, "refunded-on",
                                    posted ? days[i % G_N_ELEMENTS (days)] : NULL, "person", "ada", "created-at",
                                    START + i, NULL),
          clinic.refunds);
}

static void
insert_treatment (BillingConnection *connection,
                  guint              i)
{
  BillingTreatment *treatment = billing_treatment_new ();

  g_object_set (treatment, "patient-id", billing_record_get_id (clinic.patients->pdata[i]), "starts-at", START + i, "day",
                "2026-01-01", "state", "finished", "currency", "USD", NULL);
  if (i % 4 < 3)
    treatment->physician_id = g_strdup (billing_record_get_id (clinic.physicians->pdata[i % 4]));
  insert (connection, treatment, clinic.treatments);
}

static gboolean
fill (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  static const char * const places[] = { "Main Street", "O'Hare \"North\"", "none at all" };
  /* Two are of one name. */
  static const char * const doctors[] = { "Dr. Okafor", "Dr. Ng", "Dr. Ng" };

  /* In its currency amounts are searched for. */
  billing_connection_run (connection, error, "INSERT INTO practice (id, name, currency, time_zone, desk, created_at)"
                          " VALUES ('prc_1', 'Elm Clinic', 'USD', 'UTC', 'a', 1)", "");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    insert (connection, g_object_new (BILLING_TYPE_LOCATION, "name", places[i], NULL), clinic.locations);
  for (guint i = 0; i < N_PATIENTS; i++)
    insert_patient (connection, i);
  for (guint i = 0; i < N_PATIENTS; i++)
    g_hash_table_insert (clinic.by_id, (gpointer) billing_record_get_id (clinic.patients->pdata[i]),
                         clinic.patients->pdata[i]);
  for (guint i = 0; i < G_N_ELEMENTS (doctors); i++)
    insert (connection, g_object_new (BILLING_TYPE_PHYSICIAN, "name", doctors[i], NULL), clinic.physicians);
  for (guint i = 0; i < N_TREATMENTS; i++)
    insert_treatment (connection, i);
  for (guint i = 0; i < N_PAYMENTS; i++)
    insert_payment (connection, i);
  for (guint i = 0; i < N_REFUNDS; i++)
    insert_refund (connection, i);
  for (guint i = 0; i < N_NOTES; i++)
    insert_note (connection, i);
  for (guint i = 0; i < N_PAYMENTS; i += 10)
    change_memo (connection, i);
  return TRUE;
}

/* Charges of Stripe's that carry a payment; some payments have several. */
static void
add_charges (void)
{
  static const char * const digits[] = { "4242", "0007", "0199", "1980", "4444" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingMirror) mirror = billing_mirror_open (clinic.folder, &error);

  g_assert_no_error (error);
  g_assert_true (billing_mirror_begin (mirror, &error));
  for (guint i = 0; i < N_CHARGES; i++)
    {
      const char *id = billing_record_get_id (clinic.payments->pdata[g_test_rand_int_range (0, N_PAYMENTS)]);
      const char *last4 = pick (digits, G_N_ELEMENTS (digits));
      g_autofree char *json = g_strdup_printf ("{\"id\":\"ch_%u\",\"created\":1,\"amount\":5,\"status\":\"succeeded\","
                                               "\"metadata\":{\"billing_payment\":\"%s\"},\"payment_method_details\":"
                                               "{\"type\":\"card\",\"card\":{\"last4\":\"%s\"}}}", i, id, last4);

      billing_mirror_put (mirror, billing_mirror_kind_find ("charges"), json, strlen (json), 10, &error);
      g_assert_no_error (error);
      g_ptr_array_add (clinic.cards, g_strconcat (id, ":", last4, NULL));
    }
  g_assert_true (billing_mirror_commit (mirror, &error));
}

static void
make_clinic (void)
{
  g_autoptr (GError) error = NULL;

  clinic.patients = g_ptr_array_new_with_free_func (g_object_unref);
  clinic.locations = g_ptr_array_new_with_free_func (g_object_unref);
  clinic.physicians = g_ptr_array_new_with_free_func (g_object_unref);
  clinic.treatments = g_ptr_array_new_with_free_func (g_object_unref);
  clinic.payments = g_ptr_array_new_with_free_func (g_object_unref);
  clinic.refunds = g_ptr_array_new_with_free_func (g_object_unref);
  clinic.notes = g_ptr_array_new_with_free_func (g_object_unref);
  clinic.cards = g_ptr_array_new_with_free_func (g_free);
  clinic.by_id = g_hash_table_new (g_str_hash, g_str_equal);
  clinic.folder = billing_test_folder ();
  billing_store_create (clinic.folder, &error);
  g_assert_no_error (error);
  clinic.store = billing_store_open (clinic.folder, NULL, &error);
  g_assert_no_error (error);
  billing_store_write (clinic.store, fill, NULL, NULL, &error);
  g_assert_no_error (error);
  add_charges ();
}

static void
free_clinic (void)
{
  g_clear_object (&clinic.store);
  g_ptr_array_unref (clinic.patients);
  g_ptr_array_unref (clinic.locations);
  g_ptr_array_unref (clinic.physicians);
  g_ptr_array_unref (clinic.treatments);
  g_ptr_array_unref (clinic.payments);
  g_ptr_array_unref (clinic.refunds);
  g_ptr_array_unref (clinic.notes);
  g_ptr_array_unref (clinic.cards);
  g_hash_table_unref (clinic.by_id);
  billing_test_folder_remove (clinic.folder);
}

/* The naive side. */

static GBytes *
get_patient_key (BillingPayment *payment)
{
  BillingPatient *patient = g_hash_table_lookup (clinic.by_id, payment->patient_id);
  g_autofree char *text = NULL;

  if (patient->family_name != NULL)
    text = g_strdup_printf ("%s %s", patient->family_name, patient->given_name);
  else
    text = g_strdup (patient->name);
  return billing_text_sort_key (text, NULL);
}

static int
compare_integers (gint64 a,
                  gint64 b)
{
  return a < b ? -1 : a > b;
}

static int
compare_keys (BillingPayment *a,
              BillingPayment *b,
              const char     *sort)
{
  if (g_str_equal (sort, "amount"))
    return compare_integers (a->amount, b->amount);
  if (g_str_equal (sort, "due"))
    return g_strcmp0 (a->due_on, b->due_on);
  if (g_str_equal (sort, "status"))
    return compare_integers (a->status, b->status);
  if (g_str_equal (sort, "patient"))
    {
      g_autoptr (GBytes) x = get_patient_key (a);
      g_autoptr (GBytes) y = get_patient_key (b);

      return g_bytes_compare (x, y);
    }
  if (g_str_equal (sort, "number"))
    return 0;

  return compare_integers (a->created_at, b->created_at);
}

static int
compare_payments (gconstpointer x,
                  gconstpointer y,
                  gpointer      data)
{
  BillingQuery *query = data;
  BillingPayment *a = *(BillingPayment * const *) x;
  BillingPayment *b = *(BillingPayment * const *) y;
  const char *sort = query->sort != NULL ? query->sort : "created";
  int result = compare_keys (a, b, sort);

  if (result == 0 && !g_str_equal (sort, "number"))
    result = compare_integers (a->created_at, b->created_at);
  if (result == 0)
    result = compare_integers (billing_record_get_pk (BILLING_RECORD (a)), billing_record_get_pk (BILLING_RECORD (b)));

  /* Nobody asked for an order: newest first. */
  return query->descending != (query->sort == NULL) ? -result : result;
}

static gboolean
notes_have_word (BillingRecord *subject,
                 const char    *word)
{
  for (guint i = 0; i < clinic.notes->len; i++)
    {
      BillingNote *note = clinic.notes->pdata[i];

      if (g_str_equal (note->subject_id, billing_record_get_id (subject)) && billing_test_words_has_text (note->text, word))
        return TRUE;
    }
  return FALSE;
}

static gboolean
was_paid_by_card (BillingPayment *payment,
                  const char     *word)
{
  g_autofree char *card = g_strconcat (billing_record_get_id (BILLING_RECORD (payment)), ":", word, NULL);

  return strlen (word) == 4 && g_ptr_array_find_with_equal_func (clinic.cards, card, g_str_equal, NULL);
}

static gboolean
payment_has_word (BillingPayment *payment,
                  const char     *word)
{
  return billing_test_words_has_patient (g_hash_table_lookup (clinic.by_id, payment->patient_id), word) ||
         billing_test_words_has_number (payment->number, word) || billing_test_words_has_text (payment->memo, word) ||
         notes_have_word (BILLING_RECORD (payment), word) || billing_test_words_has_amount (payment->amount, word) ||
         was_paid_by_card (payment, word);
}

static gboolean
matches_search (BillingPayment *payment,
                const char     *search)
{
  g_autofree char *folded = billing_text_fold (search);
  g_auto (GStrv) words = g_strsplit (g_strstrip (folded), " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!payment_has_word (payment, words[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
matches_status (BillingPayment *payment,
                const char     *status)
{
  g_auto (GStrv) words = g_strsplit (status, ",", -1);

  return g_strv_contains ((const char * const *) words, billing_enum_nick (BILLING_TYPE_STATUS, payment->status));
}

static gboolean
matches_location (BillingPayment *payment,
                  const char     *location)
{
  if (g_str_equal (location, BILLING_QUERY_NO_LOCATION))
    return payment->location_id == NULL;

  for (guint i = 0; i < clinic.locations->len; i++)
    {
      BillingLocation *place = clinic.locations->pdata[i];

      if (g_strcmp0 (payment->location_id, billing_record_get_id (BILLING_RECORD (place))) == 0)
        return g_str_equal (location, place->name) || g_str_equal (location, payment->location_id);
    }
  return FALSE;
}

static gboolean
is_overdue (BillingPayment *payment)
{
  return payment->due_on != NULL && strcmp (payment->due_on, TODAY) < 0 &&
         (payment->status == BILLING_STATUS_PENDING || payment->status == BILLING_STATUS_PROCESSING ||
          payment->status == BILLING_STATUS_FAILED);
}

static gboolean
matches_days (BillingPayment *payment,
              BillingQuery   *query)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (payment->created_at);
  g_autofree char *day = g_date_time_format (time, "%Y-%m-%d");

  return (query->from == NULL || strcmp (day, query->from) >= 0) && (query->to == NULL || strcmp (day, query->to) <= 0);
}

static gboolean
is_said (const char *filter)
{
  return filter != NULL && *filter != '\0';
}

static gboolean
is_within (const char *day,
           const char *from,
           const char *to)
{
  if (from == NULL && to == NULL)
    return TRUE;

  return day != NULL && (from == NULL || strcmp (day, from) >= 0) && (to == NULL || strcmp (day, to) <= 0);
}

static gboolean
matches_tender (BillingTender  tender,
                const char    *paid_on,
                const char    *word)
{
  return paid_on != NULL && g_str_equal (billing_enum_nick (BILLING_TYPE_TENDER, tender), word);
}

static gboolean
matches_physician (const char *treatment_id,
                   const char *physician)
{
  const char *id = NULL;

  for (guint i = 0; i < clinic.treatments->len && treatment_id != NULL; i++)
    {
      if (g_str_equal (billing_record_get_id (clinic.treatments->pdata[i]), treatment_id))
        id = BILLING_TREATMENT (clinic.treatments->pdata[i])->physician_id;
    }

  if (g_str_equal (physician, BILLING_QUERY_NO_LOCATION) || id == NULL)
    return g_str_equal (physician, BILLING_QUERY_NO_LOCATION) && id == NULL;

  for (guint i = 0; i < clinic.physicians->len; i++)
    {
      BillingPhysician *doctor = clinic.physicians->pdata[i];

      if (g_str_equal (id, billing_record_get_id (BILLING_RECORD (doctor))))
        return g_str_equal (physician, id) || g_str_equal (physician, doctor->name);
    }
  g_assert_not_reached ();
}

static gboolean
matches (BillingPayment *payment,
         BillingQuery   *query)
{
  return (!is_said (query->status) || matches_status (payment, query->status)) &&
         (!is_said (query->location) || matches_location (payment, query->location)) &&
         (!is_said (query->patient) || g_str_equal (payment->patient_id, query->patient)) &&
         (!is_said (query->search) || matches_search (payment, query->search)) &&
         matches_days (payment, query) &&
         is_within (payment->due_on, query->due_from, query->due_to) &&
         is_within (payment->paid_on, query->paid_from, query->paid_to) &&
         (!is_said (query->tender) || matches_tender (payment->tender, payment->paid_on, query->tender)) &&
         (!is_said (query->physician) || matches_physician (payment->treatment_id, query->physician)) &&
         (query->min < 0 || payment->amount >= query->min) && (query->max < 0 || payment->amount <= query->max) &&
         (!query->overdue || is_overdue (payment));
}

static GPtrArray *
find_naively (BillingQuery *query)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < clinic.payments->len; i++)
    {
      if (matches (clinic.payments->pdata[i], query))
        g_ptr_array_add (found, clinic.payments->pdata[i]);
    }
  g_ptr_array_sort_with_data (found, compare_payments, query);
  if (query->offset > 0)
    g_ptr_array_remove_range (found, 0, (guint) MIN (query->offset, found->len));
  if (query->limit >= 0 && found->len > query->limit)
    g_ptr_array_set_size (found, (int) query->limit);
  return found;
}

/* Both sides. */

static char *
describe (BillingQuery *query)
{
  return g_strdup_printf ("status %s, location %s, patient %s, search “%s”, %s to %s, due %s to %s, paid %s to %s by %s, "
                          "physician %s, %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", overdue %d, sort %s%s, %" G_GINT64_FORMAT " from %" G_GINT64_FORMAT,
                          query->status, query->location, query->patient, query->search, query->from, query->to,
                          query->due_from, query->due_to, query->paid_from, query->paid_to, query->tender, query->physician,
                          query->min, query->max, query->overdue, query->descending ? "-" : "", query->sort,
                          query->limit, query->offset);
}

static gboolean
compare (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  BillingQuery *query = data;
  g_autoptr (GPtrArray) expected = find_naively (query);
  g_autoptr (GPtrArray) rows = billing_list_rows (connection, query, error);
  g_autoptr (BillingListing) listing = rows != NULL ? billing_list_listing (connection, query, error) : NULL;
  g_autofree char *description = describe (query);
  gint64 sum = 0;
  gint64 overdue = 0;

  if (listing == NULL)
    {
      g_test_message ("%s", description);
      return FALSE;
    }

  if (rows->len != expected->len || listing->pks->len != expected->len)
    g_error ("%s: %u rows and %u keys, not %u", description, rows->len, listing->pks->len, expected->len);
  for (guint i = 0; i < expected->len; i++)
    {
      BillingPayment *payment = expected->pdata[i];

      if (billing_record_get_pk (rows->pdata[i]) != billing_record_get_pk (BILLING_RECORD (payment)))
        g_error ("%s: row %u is %s, not %s", description, i, BILLING_PAYMENT (rows->pdata[i])->number, payment->number);
      g_assert_cmpint (g_array_index (listing->pks, gint64, i), ==, billing_record_get_pk (BILLING_RECORD (payment)));
      sum += payment->amount;
      overdue += is_overdue (payment);
    }
  g_assert_cmpint (listing->sum, ==, sum);
  g_assert_cmpint (listing->overdue, ==, overdue);
  return TRUE;
}

static void
check (BillingQuery *query)
{
  g_autoptr (GError) error = NULL;

  query->today = g_strdup (TODAY);
  query->time_zone = g_strdup ("UTC");
  billing_store_read (clinic.store, compare, query, NULL, &error);
  g_assert_no_error (error);
}

static const char * const sorts[] = { "created", "amount", "due", "status", "patient", "number" };

/* Every order, both ways, whole and by the page. */
static void
test_sorts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      for (guint j = 0; j < 6; j++)
        {
          g_autoptr (BillingQuery) query = billing_query_new ("payments");

          query->sort = g_strdup (sorts[i]);
          query->descending = j % 2 != 0;
          query->limit = j < 2 ? -1 : 50;
          query->offset = j < 4 ? 0 : 570;
          check (query);
        }
    }
}

static const char * const searches[] = {
  "zoe", "ZOË", "angstrom", "Ångström", "gross", "Groß", "groß", "lukasz", "Łuk", "mejia", "Mejía", "al", "AL", "a", "ng",
  "smith", "zoe ang", "ang zoe", "al hakim", "zoe zoe", "12", "412", "pay-4", "PAY-41", "pay-", "pay-007", "7", "007", "PT-01",
  "pt-001", "example", "p1_", "_", "%", "100%", "__", "%%", "'", "\"", "\"\"", "\"zoe\"", "o'neil", "O'N", "*", "zoe*",
  "zoe OR anna", "NOT", "AND", "(", "zoe AND", "^zoe", "search:zoe", "\\", "\\%", "李", "王小", "王小明", "jean-luc", "n-l",
  "555", "0199", "1980-02-29", "1980", "  zoe   ", "\t", "", "999999999999999999999999", "12 zoe", "zoe 41", "-", "--", ";",
  "copay", "COPAY", "opa", "copay zoe", "copay copay", "copay 412", "copay anna", "größe", "grosse", "100% of", "a_b", "upper",
  "定金 首", "首次", "friday", "friday zoe", "message al", "下周", "15", "15.00", "15.25", "$15.25", "$15", "15.25 copay", "10 smith",
  "25", "sister's", "o'neil's", "\"own\"", "pay-412", "again pay-412",
  "4242", "4444 copay", "0007", "42424", "424", "4242 4444",
  "xyzzy", "é", "ß", "ø", "sondergard", "ødegård", "odegard", "+1 555",
};

/* What people type, in every script, with every character that SQL or FTS could trip over, finds what it should and nothing else. */
static void
test_searches (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (BillingQuery) query = billing_query_new ("payments");

      query->search = g_strdup (searches[i]);
      check (query);
    }
}

static void
add_random_days (BillingQuery *query)
{
  if (g_test_rand_int_range (0, 5) == 0)
    query->due_from = g_strdup_printf ("2026-06-%02d", g_test_rand_int_range (1, 31));
  if (g_test_rand_int_range (0, 5) == 0)
    query->due_to = g_strdup_printf ("2026-06-%02d", g_test_rand_int_range (1, 31));
  if (g_test_rand_int_range (0, 5) == 0)
    query->paid_from = g_strdup (pick (days, G_N_ELEMENTS (days)));
  if (g_test_rand_int_range (0, 5) == 0)
    query->paid_to = g_strdup (pick (days, G_N_ELEMENTS (days)));
}

static BillingQuery *
make_random_query (void)
{
  static const char * const tenders[] = { "cash", "stripe", "credit", "none", "" };
  static const char * const doctors[] = { "Dr. Okafor", "Dr. Ng", "none", "Dr. Nobody", "" };
  static const char * const statuses[] = {
    "pending", "paid,pending", "refunded", "draft,refunded,paid", "failed,processing", "voided", "",
  };
  static const char * const places[] = { "Main Street", "O'Hare \"North\"", "none", "none at all", "nowhere", "" };
  BillingQuery *query = billing_query_new ("payments");

  if (g_test_rand_bit ())
    query->sort = g_strdup (pick (sorts, G_N_ELEMENTS (sorts)));
  query->descending = g_test_rand_bit ();
  if (g_test_rand_int_range (0, 3) == 0)
    query->status = g_strdup (pick (statuses, G_N_ELEMENTS (statuses)));
  if (g_test_rand_int_range (0, 3) == 0)
    query->location = g_strdup (pick (places, G_N_ELEMENTS (places)));
  if (g_test_rand_int_range (0, 5) == 0)
    query->patient = g_test_rand_int_range (0, 4) == 0
      ? g_strdup ("") : g_strdup (billing_record_get_id (clinic.patients->pdata[g_test_rand_int_range (0, N_PATIENTS)]));
  if (g_test_rand_int_range (0, 3) == 0)
    query->search = g_strdup (pick (searches, G_N_ELEMENTS (searches)));
  if (g_test_rand_int_range (0, 4) == 0)
    query->from = g_strdup_printf ("2026-0%d-10", g_test_rand_int_range (1, 6));
  if (g_test_rand_int_range (0, 4) == 0)
    query->to = g_strdup_printf ("2026-0%d-20", g_test_rand_int_range (1, 6));
  if (g_test_rand_int_range (0, 4) == 0)
    query->min = g_test_rand_int_range (0, 20000);
  if (g_test_rand_int_range (0, 4) == 0)
    query->max = g_test_rand_int_range (0, 20000);
  add_random_days (query);
  if (g_test_rand_int_range (0, 6) == 0)
    query->tender = g_strdup (pick (tenders, G_N_ELEMENTS (tenders)));
  if (g_test_rand_int_range (0, 6) == 0)
    query->physician = g_strdup (g_test_rand_bit () ? pick (doctors, G_N_ELEMENTS (doctors))
                                                    : billing_record_get_id (clinic.physicians->pdata[1]));
  query->overdue = g_test_rand_int_range (0, 5) == 0;
  if (g_test_rand_int_range (0, 3) == 0)
    query->limit = g_test_rand_int_range (0, 100);
  if (g_test_rand_int_range (0, 4) == 0)
    query->offset = g_test_rand_int_range (0, 200);
  return query;
}

/* Any filters together. */
static void
test_random (void)
{
  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (BillingQuery) query = make_random_query ();

      check (query);
    }
}

static gboolean
refund_matches (BillingRefund *refund,
                BillingQuery  *query)
{
  BillingPayment *payment = NULL;

  for (guint i = 0; i < clinic.payments->len; i++)
    {
      if (g_str_equal (billing_record_get_id (clinic.payments->pdata[i]), refund->payment_id))
        payment = clinic.payments->pdata[i];
    }

  return is_within (refund->refunded_on, query->paid_from, query->paid_to) &&
         (!is_said (query->reason) ||
          g_str_equal (query->reason, billing_enum_nick (BILLING_TYPE_REFUND_REASON, refund->reason))) &&
         (!is_said (query->tender) || matches_tender (refund->tender, refund->refunded_on, query->tender)) &&
         (!is_said (query->location) || matches_location (payment, query->location)) &&
         (!is_said (query->physician) || matches_physician (payment->treatment_id, query->physician)) &&
         (!is_said (query->patient) || g_str_equal (query->patient, payment->patient_id));
}

static gboolean
compare_refunds (BillingConnection  *connection,
                 gpointer            data,
                 GCancellable       *cancellable,
                 GError            **error)
{
  BillingQuery *query = data;
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = billing_list_rows (connection, query, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = clinic.refunds->len; i > 0; i--)
    {
      if (refund_matches (clinic.refunds->pdata[i - 1], query))
        g_ptr_array_add (expected, clinic.refunds->pdata[i - 1]);
    }
  g_assert_cmpuint (rows->len, ==, expected->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (billing_record_get_pk (rows->pdata[i]), ==, billing_record_get_pk (expected->pdata[i]));
  return TRUE;
}

/* Refunds are found by day, reason and tender, and by what only their payments know: place, physician, patient. */
static void
test_refunds (void)
{
  static const char * const reasons[] = { "patient-request", "duplicate-charge", "other", "none", "" };
  static const char * const tenders[] = { "stripe", "cash", "bank" };
  static const char * const places[] = { "Main Street", "none", "nowhere" };
  static const char * const doctors[] = { "Dr. Okafor", "Dr. Ng", "none" };

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (BillingQuery) query = billing_query_new ("refunds");
      g_autoptr (GError) error = NULL;
      BillingPayment *payment = clinic.payments->pdata[g_test_rand_int_range (0, N_PAYMENTS)];

      query->paid_from = g_test_rand_bit () ? g_strdup (pick (days, G_N_ELEMENTS (days))) : NULL;
      query->paid_to = g_test_rand_bit () ? g_strdup (pick (days, G_N_ELEMENTS (days))) : NULL;
      query->reason = g_test_rand_bit () ? g_strdup (pick (reasons, G_N_ELEMENTS (reasons))) : NULL;
      query->tender = i % 3 == 0 ? g_strdup (pick (tenders, G_N_ELEMENTS (tenders))) : NULL;
      query->location = i % 4 == 0 ? g_strdup (pick (places, G_N_ELEMENTS (places))) : NULL;
      query->physician = i % 5 == 0 ? g_strdup (pick (doctors, G_N_ELEMENTS (doctors))) : NULL;
      query->patient = i % 7 == 0 ? g_strdup (payment->patient_id) : NULL;
      billing_store_read (clinic.store, compare_refunds, query, NULL, &error);
      g_assert_no_error (error);
    }
}

static GBytes *
get_name_key (BillingPatient *patient)
{
  g_autofree char *text = patient->family_name != NULL
    ? g_strdup_printf ("%s %s", patient->family_name, patient->given_name) : g_strdup (patient->name);

  return billing_text_sort_key (text, NULL);
}

static int
compare_patients (gconstpointer x,
                  gconstpointer y,
                  gpointer      data)
{
  BillingQuery *query = data;
  BillingPatient *a = *(BillingPatient * const *) x;
  BillingPatient *b = *(BillingPatient * const *) y;
  g_autoptr (GBytes) key_a = get_name_key (a);
  g_autoptr (GBytes) key_b = get_name_key (b);
  int result = 0;

  if (query->sort == NULL || g_str_equal (query->sort, "name"))
    result = g_bytes_compare (key_a, key_b);
  else if (g_str_equal (query->sort, "birth-date"))
    result = g_strcmp0 (a->birth_date, b->birth_date);
  else if (g_str_equal (query->sort, "created"))
    result = compare_integers (a->created_at, b->created_at);
  if (result == 0)
    result = compare_integers (billing_record_get_pk (BILLING_RECORD (a)), billing_record_get_pk (BILLING_RECORD (b)));

  return query->descending ? -result : result;
}

static gboolean
patient_matches (BillingPatient *patient,
                 const char     *search)
{
  g_autofree char *folded = billing_text_fold (search);
  g_auto (GStrv) words = g_strsplit (g_strstrip (folded), " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!billing_test_words_has_patient (patient, words[i]) && !notes_have_word (BILLING_RECORD (patient), words[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compare_patient_list (BillingConnection  *connection,
                      gpointer            data,
                      GCancellable       *cancellable,
                      GError            **error)
{
  BillingQuery *query = data;
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = billing_list_rows (connection, query, error);

  for (guint i = 0; i < clinic.patients->len; i++)
    {
      if (!is_said (query->search) || patient_matches (clinic.patients->pdata[i], query->search))
        g_ptr_array_add (expected, clinic.patients->pdata[i]);
    }
  g_ptr_array_sort_with_data (expected, compare_patients, query);
  if (rows == NULL)
    return FALSE;

  if (rows->len != expected->len)
    g_error ("“%s”: %u patients, not %u", query->search, rows->len, expected->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpstr (BILLING_PATIENT (rows->pdata[i])->number, ==, BILLING_PATIENT (expected->pdata[i])->number);
  return TRUE;
}

/* Patients, by name in the order of people, by birth date, by number: every order, both ways, with everything that people type. */
static void
test_patients (void)
{
  static const char * const patient_sorts[] = { NULL, "name", "birth-date", "created", "number" };

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (patient_sorts); j++)
        {
          g_autoptr (BillingQuery) query = billing_query_new ("patients");
          g_autoptr (GError) error = NULL;

          query->search = g_strdup (searches[i]);
          query->sort = g_strdup (patient_sorts[j]);
          query->descending = g_test_rand_bit ();
          billing_store_read (clinic.store, compare_patient_list, query, NULL, &error);
          g_assert_no_error (error);
        }
    }
}

static gboolean
list_rows (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (GPtrArray) rows = billing_list_rows (connection, data, error);

  return rows != NULL;
}

static void
assert_refused (BillingQuery *query,
                int           code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_store_read (clinic.store, list_rows, query, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, code);
}

/* A filter that a list does not have is refused with a sentence, never left out silently. */
static void
test_refused (void)
{
  static const struct {
    const char *list;
    const char *property;
    const char *value;
  } wrong[] = {
    { "nothing", "list", "nothing" },         { "payments", "sort", "colour" },
    { "payments", "status", "pending,lost" }, { "payments", "from", "yesterday" },
    { "payments", "to", "2026-02-30" },       { "locations", "status", "paid" },
    { "people", "location", "Main Street" },   { "notes", "patient", "PT-001" },
    { "people", "search", "zoe" },            { "locations", "from", "2026-01-01" },
    { "payments", "due-from", "soon" },       { "payments", "due-to", "2026-02-30" },
    { "payments", "paid-from", "june" },      { "payments", "paid-to", "2026-13-01" },
    { "payments", "tender", "shells" },       { "refunds", "reason", "because" },
    { "refunds", "due-from", "2026-01-01" },  { "payments", "reason", "other" },
    { "treatments", "tender", "cash" },       { "patients", "paid-to", "2026-01-01" },
    { "attempts", "physician", "Dr. Ng" },    { "refunds", "age", "91+" },
    { "practice", "subject", "PAY-001" },     { "payments", "sort", "created_at; DROP TABLE payments" },
  };
  g_autoptr (BillingQuery) amounts = billing_query_new ("patients");
  g_autoptr (BillingQuery) nobody = billing_query_new ("payments");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (BillingQuery) query = billing_query_new (wrong[i].list);

      g_object_set (query, wrong[i].property, wrong[i].value, NULL);
      assert_refused (query, BILLING_STORE_ERROR_QUERY);
    }

  amounts->min = 1;
  assert_refused (amounts, BILLING_STORE_ERROR_QUERY);
  nobody->patient = g_strdup ("PT-999");
  assert_refused (nobody, BILLING_STORE_ERROR_NOT_FOUND);
}

/* Every list that is offered can be read, in each of its orders, both ways. */
static void
test_all_kinds (void)
{
  static const char * const lists[] = {
    "payments", "treatments", "patients", "locations", "physicians", "people", "practice", "refunds", "attempts", "notes",
    "documents", "eligibility_checks", "benefits", "coverages", "treatment_codes", "outbox", "audit", "postings", "timeline",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (GStrv) offered = billing_list_get_sorts (lists[i]);

      g_assert_cmpuint (g_strv_length (offered), >, 0);
      for (guint j = 0; offered[j] != NULL; j++)
        {
          for (guint k = 0; k < 2; k++)
            {
              g_autoptr (BillingQuery) query = billing_query_new (lists[i]);
              g_autoptr (GError) error = NULL;

              query->sort = g_strdup (offered[j]);
              query->descending = k == 1;
              billing_store_read (clinic.store, list_rows, query, NULL, &error);
              g_assert_no_error (error);
            }
        }
    }
}

/* The plans of the statements that were run last. */

static GPtrArray *run_statements;

static int
trace_cb (unsigned int kind,
          void        *data,
          void        *statement,
          void        *text)
{
  /* The statement itself, without the triggers' comments. */
  g_ptr_array_add (run_statements, g_strdup (sqlite3_sql (statement)));
  return 0;
}

static char *
explain (BillingConnection *connection,
         const char        *sql)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GString) plan = g_string_new (NULL);
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (connection->db, question, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (plan, "%s\n", (const char *) sqlite3_column_text (statement, 3));
  sqlite3_finalize (statement);
  return g_string_free (g_steal_pointer (&plan), FALSE);
}

static gint64
get_root_page (BillingConnection *connection,
               const char        *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
  sqlite3_stmt *statement;
  gint64 root;

  g_assert_cmpint (sqlite3_prepare_v2 (connection->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  root = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return root;
}

/*
 * Whether a statement reads columns from a table rather than from its index. SQLite never calls an index with a generated column “covering”, but
 * reads from it what stands in it; so the byte code is asked, not the plan.
 */
static gboolean
reads_table (BillingConnection *connection,
             const char        *sql,
             const char        *table)
{
  g_autofree char *question = g_strconcat ("EXPLAIN ", sql, NULL);
  gint64 root = get_root_page (connection, table);
  gint64 cursor = -1;
  gboolean does = FALSE;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (connection->db, question, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *operation = (const char *) sqlite3_column_text (statement, 1);

      if (g_str_equal (operation, "OpenRead") && sqlite3_column_int64 (statement, 3) == root)
        cursor = sqlite3_column_int64 (statement, 2);
      if (g_str_equal (operation, "Column") && sqlite3_column_int64 (statement, 2) == cursor)
        does = TRUE;
    }
  sqlite3_finalize (statement);
  return does;
}

typedef struct {
  BillingQuery *query;
  gboolean sorts; /* it is known to sort what it found */
  gboolean covers; /* and to find all of it in its index nevertheless */
} Plan;

static gboolean
check_plan (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Plan *plan = data;
  g_autoptr (BillingListing) listing = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint n_keys = 0;

  run_statements = g_ptr_array_new_with_free_func (g_free);
  sqlite3_trace_v2 (connection->db, SQLITE_TRACE_STMT, trace_cb, NULL);
  listing = billing_list_listing (connection, plan->query, error);
  plan->query->limit = 128;
  rows = billing_list_rows (connection, plan->query, error);
  sqlite3_trace_v2 (connection->db, 0, NULL, NULL);
  g_assert_nonnull (listing);
  g_assert_nonnull (rows);

  for (guint i = 0; i < run_statements->len; i++)
    {
      const char *sql = run_statements->pdata[i];
      g_autofree char *found = NULL;

      if (!g_str_has_prefix (sql, "SELECT pk") || strstr (sql, "ORDER BY") == NULL || strstr (sql, "json_each") != NULL)
        continue;

      n_keys++;
      found = explain (connection, sql);
      /* The order of the numbers is the table's own. */
      if ((!plan->sorts || plan->covers) && g_strcmp0 (plan->query->sort, "number") != 0 &&
          reads_table (connection, sql, plan->query->list))
        g_error ("%s\n%s\nreads the table", sql, found);
      if (!plan->sorts && strstr (found, "TEMP B-TREE") != NULL)
        g_error ("%s\n%s\nsorts", sql, found);
    }
  g_assert_cmpuint (n_keys, ==, 2);
  g_clear_pointer (&run_statements, g_ptr_array_unref);
  return TRUE;
}

static void
assert_plan (const char *status,
             const char *location,
             const char *sort,
             gboolean    descending,
             gboolean    is_sorting)
{
  g_autoptr (BillingQuery) query = billing_query_new ("payments");
  g_autoptr (GError) error = NULL;
  Plan plan = { query, is_sorting, FALSE };

  query->status = g_strdup (status);
  query->location = g_strdup (location);
  query->sort = g_strdup (sort);
  query->descending = descending;
  query->today = g_strdup (TODAY);
  query->time_zone = g_strdup ("UTC");
  billing_store_read (clinic.store, check_plan, &plan, NULL, &error);
  g_assert_no_error (error);
}

/* Treatments and patients likewise. */
static void
test_other_plans (void)
{
  static const char * const orders[][2] = {
    { "treatments", "date" }, { "treatments", "charges" },     { "patients", "name" }, { "patients", "birth-date" },
    { "patients", "created" }, { "locations", "name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders) * 2; i++)
    {
      g_autoptr (BillingQuery) query = billing_query_new (orders[i / 2][0]);
      g_autoptr (GError) error = NULL;
      Plan plan = { query, FALSE, FALSE };

      query->sort = g_strdup (orders[i / 2][1]);
      query->descending = i % 2 != 0;
      billing_store_read (clinic.store, check_plan, &plan, NULL, &error);
      g_assert_no_error (error);
    }
}

/*
 * Whole lists and first pages come from an index that covers them, in its order, without sorting: that is what keeps a practice of a million
 * payments quick. What is sorted after all: a rare status, whose few rows are found by it; and what is filtered in the order of the numbers, which
 * no index has.
 */
static void
test_plans (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      for (guint j = 0; j < 2; j++)
        {
          assert_plan (NULL, NULL, sorts[i], j != 0, FALSE);
          if (g_str_equal (sorts[i], "number"))
            continue;
          assert_plan ("pending,paid", NULL, sorts[i], j != 0, FALSE);
          assert_plan ("pending,paid", "Main Street", sorts[i], j != 0, FALSE);
          assert_plan (NULL, "none", sorts[i], j != 0, FALSE);
          assert_plan ("refunded", NULL, sorts[i], j != 0, TRUE);
        }
    }
}

static gboolean
check_timeline_plan (BillingConnection  *connection,
                     gpointer            data,
                     GCancellable       *cancellable,
                     GError            **error)
{
  static const char * const tables[] = { "a", "b", "c", "d", "i", "m", "n", "o", "t" };
  g_autofree char *found = explain (connection, "SELECT pk FROM timeline_view WHERE payment_id = 'pay_1' ORDER BY at");

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *whole = g_strdup_printf ("SCAN %s\n", tables[i]);

      if (strstr (found, whole) != NULL)
        g_error ("%s\nreads a whole table", found);
    }
  g_assert_nonnull (strstr (found, "SEARCH c "));
  return TRUE;
}

/* What happened to one payment is found from it on: neither all charges nor all transactions are read for it. */
static void
test_timeline_plan (void)
{
  g_autoptr (GError) error = NULL;

  billing_store_read (clinic.store, check_timeline_plan, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* What was paid in some days, by some tender, is found in the index on the days of payment, which knows all that lists need. */
static void
test_paid_plans (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts) * 2; i++)
    {
      g_autoptr (BillingQuery) query = billing_query_new ("payments");
      g_autoptr (GError) error = NULL;
      Plan plan = { query, TRUE, TRUE };

      query->paid_from = g_strdup ("2026-06-30");
      query->status = i % 3 == 0 ? g_strdup ("paid,refunded") : NULL;
      query->tender = i % 4 == 0 ? g_strdup ("cash") : NULL;
      query->location = i % 5 == 0 ? g_strdup ("Main Street") : NULL;
      query->due_from = i % 7 == 0 ? g_strdup ("2026-06-01") : NULL;
      query->sort = g_strdup (sorts[i / 2]);
      query->descending = i % 2 != 0;
      query->today = g_strdup (TODAY);
      query->time_zone = g_strdup ("UTC");
      billing_store_read (clinic.store, check_plan, &plan, NULL, &error);
      g_assert_no_error (error);
    }
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_clinic ();
  g_test_add_func ("/list/sorts", test_sorts);
  g_test_add_func ("/list/searches", test_searches);
  g_test_add_func ("/list/random", test_random);
  g_test_add_func ("/list/refunds", test_refunds);
  g_test_add_func ("/list/patients", test_patients);
  g_test_add_func ("/list/refused", test_refused);
  g_test_add_func ("/list/all-kinds", test_all_kinds);
  g_test_add_func ("/list/plans", test_plans);
  g_test_add_func ("/list/timeline-plan", test_timeline_plan);
  g_test_add_func ("/list/paid-plans", test_paid_plans);
  g_test_add_func ("/list/other-plans", test_other_plans);
  result = g_test_run ();
  free_clinic ();
  return result;
}

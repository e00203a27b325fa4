/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-demo"

#include "config.h"

#include <glib/gstdio.h>

#include "billing-books.h"
#include "billing-demo.h"
#include "billing-enums.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-test-folder.h"
#include "billing-treatment.h"

typedef struct {
  char *folder;   /* (owned): of the test */
  char *practice; /* (owned): where the practice is to be */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = billing_test_folder ();
  fixture->practice = g_build_filename (fixture->folder, "practice", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_free (fixture->practice);
  billing_test_folder_remove (fixture->folder);
}

static BillingDesk *
make (const char *folder,
      gint64      n_payments,
      guint64     seed)
{
  g_autoptr (GError) error = NULL;
  BillingDesk *desk;

  billing_demo_create (folder, n_payments, seed, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  desk = billing_desk_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);

  return desk;
}

static gboolean
keep_cb (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  g_ptr_array_add (data, g_object_ref (record));
  return TRUE;
}

static GPtrArray *
list (BillingDesk *desk,
      const char  *kind,
      const char  *status)
{
  g_autoptr (BillingQuery) query = billing_desk_query (desk, kind);
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_object_set (query, "status", status, NULL);
  billing_desk_list (desk, query, keep_cb, records, NULL, &error);
  g_assert_no_error (error);

  return records;
}

static guint
count (BillingDesk *desk,
       const char  *kind,
       const char  *status)
{
  g_autoptr (GPtrArray) records = list (desk, kind, status);

  return records->len;
}

static void
verify (BillingDesk *desk)
{
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  billing_desk_verify (desk, &report, NULL, &error);
  g_assert_no_error (error);
}

/* The clinic that everybody sees first has what the screens need: every status that comes without Stripe, every
 * tender, refunds, splits, credit, and the books agree with themselves. */
static void
test_believable (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char * const statuses[] = {
    "draft", "pending", "paid", "failed", "cancelled", "refunded", "partially-refunded",
  };
  static const char * const billed[][2] = {
    { "rates", NULL }, { "services", "to-invoice" }, { "services", "with-insurer" }, { "services", "invoiced" },
    { "services", "not-billed" }, { "services", "settled" }, { "invoices", "open" }, { "invoices", "partly-paid" },
    { "invoices", "paid" }, { "invoices", "void" }, { "invoices", "written-off" },
  };
  g_autoptr (BillingDesk) desk = NULL;
  g_autoptr (GPtrArray) payments = NULL;
  guint tenders = 0, splits = 0, types = 0, written_off = 0;

  g_setenv ("BILLING_DEMO_TODAY", "2026-11-20", TRUE);
  desk = make (fixture->practice, 0, BILLING_DEMO_SEED);
  g_unsetenv ("BILLING_DEMO_TODAY");
  payments = list (desk, "payments", NULL);

  g_assert_cmpuint (payments->len, ==, BILLING_DEMO_PAYMENTS);
  g_assert_cmpuint (count (desk, "patients", NULL), ==, 400);
  g_assert_cmpuint (count (desk, "locations", NULL), ==, 3);
  g_assert_cmpuint (count (desk, "physicians", NULL), ==, 6);
  g_assert_cmpuint (count (desk, "people", NULL), ==, 4);
  g_assert_cmpuint (count (desk, "treatments", NULL), >, 800);
  g_assert_cmpuint (count (desk, "eligibility_checks", "active"), >, 200);
  g_assert_cmpuint (count (desk, "benefits", NULL), >, 1000);
  g_assert_cmpuint (count (desk, "notes", NULL), >, 50);
  g_assert_cmpuint (count (desk, "documents", NULL), >, 15);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    g_assert_cmpuint (count (desk, "payments", statuses[i]), >, 1);
  for (guint i = 0; i < G_N_ELEMENTS (billed); i++)
    g_assert_cmpuint (count (desk, billed[i][0], billed[i][1]), >, 0);

  for (guint i = 0; i < payments->len; i++)
    {
      BillingPayment *payment = payments->pdata[i];

      tenders |= 1u << payment->tender;
      types |= 1u << payment->payment_type;
      splits += payment->split_from != NULL;
      written_off += payment->written_off_at != 0;
    }
  g_assert_cmpuint (tenders, ==, (1 << BILLING_TENDER_NONE) | (1 << BILLING_TENDER_STRIPE) |
                                 (1 << BILLING_TENDER_CASH) | (1 << BILLING_TENDER_CHEQUE) |
                                 (1 << BILLING_TENDER_CARD) | (1 << BILLING_TENDER_BANK) | (1 << BILLING_TENDER_CREDIT));
  g_assert_cmpuint (types, ==, 0xf);
  g_assert_cmpuint (splits, >, 10);
  g_assert_cmpuint (written_off, >, 5);

  verify (desk);
}

/* It looks current: payments up to the last days, planned visits in the next weeks, nothing later than now. */
static void
test_current (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (BillingDesk) desk = make (fixture->practice, 500, 1);
  g_autoptr (GPtrArray) payments = list (desk, "payments", NULL);
  g_autoptr (GPtrArray) treatments = list (desk, "treatments", NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 latest = 0;
  guint planned = 0;

  for (guint i = 0; i < payments->len; i++)
    latest = MAX (latest, ((BillingPayment *) payments->pdata[i])->created_at);
  for (guint i = 0; i < treatments->len; i++)
    planned += ((BillingTreatment *) treatments->pdata[i])->starts_at > now;

  g_assert_cmpint (latest, <, now);
  g_assert_cmpint (latest, >, now - 7 * 86400);
  g_assert_cmpuint (planned, >, 0);
}

/* Everything that can be told from the outside, without the ids, which are unique to each practice. */
static char *
describe (BillingDesk *desk)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) payments = list (desk, "payments", NULL);
  g_autoptr (GPtrArray) patients = list (desk, "patients", NULL);

  for (guint i = 0; i < payments->len; i++)
    {
      BillingPayment *p = payments->pdata[i];

      g_string_append_printf (text, "%s %s %s %" G_GINT64_FORMAT " %d %s %s %" G_GINT64_FORMAT " %s %s %d %s\n", p->number,
                              p->patient_number, p->treatment, p->amount, p->status, p->due_on, p->memo, p->created_at,
                              p->location, p->paid_on, p->tender, p->reference);
    }
  for (guint i = 0; i < patients->len; i++)
    {
      BillingPatient *p = patients->pdata[i];

      g_string_append_printf (text, "%s %s %s %s %s %" G_GINT64_FORMAT "\n", p->number, p->name, p->birth_date, p->phone,
                              p->email, p->credit);
    }

  return g_string_free (text, FALSE);
}

/* The same seed makes the same clinic, another seed another one. */
static void
test_deterministic (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *other_folder = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *third_folder = g_build_filename (fixture->folder, "third", NULL);
  g_autoptr (BillingDesk) desk = NULL;
  g_autoptr (BillingDesk) other = NULL;
  g_autoptr (BillingDesk) third = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;
  g_autofree char *third_text = NULL;

  g_setenv ("BILLING_DEMO_TODAY", "2026-06-15", TRUE);
  desk = make (fixture->practice, 200, 5);
  other = make (other_folder, 200, 5);
  third = make (third_folder, 200, 6);
  g_unsetenv ("BILLING_DEMO_TODAY");

  text = describe (desk);
  other_text = describe (other);
  third_text = describe (third);
  g_assert_cmpstr (text, ==, other_text);
  g_assert_cmpstr (text, !=, third_text);
}

/* As many payments as were asked for, to the last one, however few they are, and on whatever day of the week. */
static void
test_exact (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const days[] = { "2026-06-13", "2026-06-14", "2026-06-15", "2026-06-16" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *folder = g_build_filename (fixture->folder, days[i], NULL);
      g_autoptr (BillingDesk) desk = NULL;
      gint64 n_payments = 1 + 23 * i;

      g_setenv ("BILLING_DEMO_TODAY", days[i], TRUE);
      desk = make (folder, n_payments, i);
      g_assert_cmpuint (count (desk, "payments", NULL), ==, n_payments);
      verify (desk);
    }
  g_unsetenv ("BILLING_DEMO_TODAY");
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

typedef struct {
  GCancellable *cancellable;
  double last;
  guint n_reports;
} Watch;

static void
cancel_later_cb (double      fraction,
                 const char *what,
                 gpointer    data)
{
  Watch *watch = data;

  g_assert_cmpfloat (fraction, >=, watch->last);
  g_assert_nonnull (what);
  watch->last = fraction;
  if (++watch->n_reports == 30)
    g_cancellable_cancel (watch->cancellable);
}

/* Stopped half way, nothing is left of it, not even the hidden folder in which it grows. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { cancellable, 0.0, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_demo_create (fixture->practice, 300, 1, cancel_later_cb, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (watch.n_reports, ==, 30);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* A practice that is there, or a folder full of something else, is left alone. */
static void
test_occupied (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *file = g_build_filename (fixture->practice, "diary.txt", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autoptr (BillingDesk) desk = make (elsewhere, 5, 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_demo_create (elsewhere, 5, 1, NULL, NULL, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_cmpint (g_mkdir (fixture->practice, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "dear", -1, NULL));
  g_assert_false (billing_demo_create (fixture->practice, 5, 1, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "dear");
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/demo/believable", Fixture, NULL, set_up, test_believable, tear_down);
  g_test_add ("/demo/current", Fixture, NULL, set_up, test_current, tear_down);
  g_test_add ("/demo/deterministic", Fixture, NULL, set_up, test_deterministic, tear_down);
  g_test_add ("/demo/exact", Fixture, NULL, set_up, test_exact, tear_down);
  g_test_add ("/demo/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/demo/occupied", Fixture, NULL, set_up, test_occupied, tear_down);

  return g_test_run ();
}

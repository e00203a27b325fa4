/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-list-format"

#include "config.h"

#include "billing-list-format.h"

#include <locale.h>

#include "billing-enums.h"
#include "billing-format.h"
#include "billing-status.h"

#define TODAY "2026-11-21"

static BillingPayment *
make_payment (BillingStatus  status,
              const char    *due_on)
{
  return g_object_new (BILLING_TYPE_PAYMENT,
                       "number", "PAY-412",
                       "patient-name", "Ana Mejía",
                       "amount", (gint64) 25000,
                       "currency", "USD",
                       "status", status,
                       "due-on", due_on,
                       NULL);
}

/* Overdue is what was due before today and is still owed: not what is due today, and not what is paid. */
static void
test_overdue (void)
{
  static const struct {
    BillingStatus status;
    const char *due_on;
    gboolean overdue;
  } cases[] = {
    { BILLING_STATUS_PENDING, "2026-11-20", TRUE },
    { BILLING_STATUS_FAILED, "2026-11-20", TRUE },
    { BILLING_STATUS_PENDING, TODAY, FALSE },
    { BILLING_STATUS_PENDING, "2026-11-22", FALSE },
    { BILLING_STATUS_PENDING, NULL, FALSE },
    { BILLING_STATUS_PAID, "2026-11-20", FALSE },
    { BILLING_STATUS_CANCELLED, "2026-11-20", FALSE },
    { BILLING_STATUS_DRAFT, "2026-11-20", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingPayment) payment = make_payment (cases[i].status, cases[i].due_on);

      g_test_message ("%s, due %s", billing_status_get_label (cases[i].status), cases[i].due_on);
      g_assert_true (billing_list_format_is_overdue (payment, TODAY) == cases[i].overdue);
    }
}

/* That a payment is late is a word in its row, not only a colour. */
static void
test_due (void)
{
  g_autoptr (BillingPayment) late = make_payment (BILLING_STATUS_PENDING, "2026-10-01");
  g_autoptr (BillingPayment) fine = make_payment (BILLING_STATUS_PAID, "2026-10-01");
  g_autoptr (BillingPayment) whenever = make_payment (BILLING_STATUS_PENDING, NULL);
  g_autofree char *late_text = billing_list_format_due (late, TODAY);
  g_autofree char *fine_text = billing_list_format_due (fine, TODAY);
  g_autofree char *whenever_text = billing_list_format_due (whenever, TODAY);

  g_assert_true (g_str_has_prefix (late_text, "Overdue · "));
  g_assert_cmpstr (late_text + strlen ("Overdue · "), ==, fine_text);
  g_assert_nonnull (strstr (fine_text, "2026"));
  g_assert_cmpstr (whenever_text, ==, "");
}

/* One instant is two days, depending on where the practice is. */
static void
test_day_of_instant (void)
{
  /* 2026-11-20T23:30:00Z */
  const gint64 instant = 1795217400;
  g_autofree char *utc = billing_list_format_instant_day (instant, "UTC");
  g_autofree char *tokyo = billing_list_format_instant_day (instant, "Asia/Tokyo");
  g_autofree char *never = billing_list_format_instant_day (0, "UTC");

  g_assert_nonnull (strstr (utc, "20"));
  g_assert_nonnull (strstr (tokyo, "21"));
  g_assert_cmpstr (never, ==, "");
}

/* A screen reader hears the whole row from its first cell. */
static void
test_sentence (void)
{
  g_autoptr (BillingPayment) payment = make_payment (BILLING_STATUS_PENDING, "2026-10-01");
  g_autofree char *amount = billing_format_money (NULL, payment->amount, payment->currency);
  g_autofree char *late = billing_list_format_payment_sentence (payment, TODAY);
  g_autofree char *early = billing_list_format_payment_sentence (payment, "2026-09-30");

  g_assert_true (g_str_has_prefix (late, "PAY-412, Ana Mejía, "));
  g_assert_nonnull (strstr (late, amount));
  g_assert_nonnull (strstr (late, "Pending, overdue since"));
  g_assert_nonnull (strstr (early, "Pending, due "));
}

/* Every status has a colour of its kind, and a new one would be noticed here. */
static void
test_status_classes (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (BILLING_TYPE_STATUS);

  g_assert_cmpuint (klass->n_values, ==, BILLING_STATUS_VOIDED + 1);
  g_assert_cmpstr (billing_list_format_status_class (BILLING_STATUS_PAID), ==, "paid");
  g_assert_cmpstr (billing_list_format_status_class (BILLING_STATUS_PENDING), ==, "pending");
  g_assert_cmpstr (billing_list_format_status_class (BILLING_STATUS_FAILED), ==, "failed");
  g_assert_cmpstr (billing_list_format_status_class (BILLING_STATUS_REFUNDED), ==, "refunded");
  g_assert_cmpstr (billing_list_format_status_class (BILLING_STATUS_DRAFT), ==, "quiet");
}

/* The line under a list says which rows are on the screen, of how many, what they come to, and how many are late. */
static void
test_footer (void)
{
  g_autofree char *all = billing_list_format_footer (1, 38, 412, "$61,204.00", 9);
  g_autofree char *patients = billing_list_format_footer (1, 3, 3, NULL, 0);
  g_autofree char *none = billing_list_format_footer (0, 0, 0, "$0.00", 0);

  g_assert_cmpstr (all, ==, "1–38 of 412 · $61,204.00 · 9 overdue");
  g_assert_cmpstr (patients, ==, "1–3 of 3");
  g_assert_cmpstr (none, ==, "");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/list-format/overdue", test_overdue);
  g_test_add_func ("/list-format/due", test_due);
  g_test_add_func ("/list-format/day-of-instant", test_day_of_instant);
  g_test_add_func ("/list-format/sentence", test_sentence);
  g_test_add_func ("/list-format/status-classes", test_status_classes);
  g_test_add_func ("/list-format/footer", test_footer);

  return g_test_run ();
}

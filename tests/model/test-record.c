/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libglib-testing/signal-logger.h>

#include "billing-enums.h"
#include "billing-payment.h"
#include "billing-practice.h"

/* A record's field table is its properties: what is set is what is read, and only a real change is told. */

/* Strings, numbers and enumerations go through properties and members alike. */
static void
test_properties (void)
{
  g_autoptr (BillingPayment) payment = billing_payment_new ();
  g_autofree char *memo = NULL;
  BillingStatus status;
  gint64 amount;

  g_object_set (payment, "memo", "Knee", "amount", G_MAXINT64, "status", BILLING_STATUS_PAID, NULL);
  g_assert_cmpstr (payment->memo, ==, "Knee");
  g_assert_cmpint (payment->amount, ==, G_MAXINT64);
  g_assert_cmpint (payment->status, ==, BILLING_STATUS_PAID);

  g_object_get (payment, "memo", &memo, "amount", &amount, "status", &status, NULL);
  g_assert_cmpstr (memo, ==, "Knee");
  g_assert_cmpint (amount, ==, G_MAXINT64);
  g_assert_cmpint (status, ==, BILLING_STATUS_PAID);
}

/* Setting what is there already tells nobody. */
static void
test_notify (void)
{
  g_autoptr (BillingPayment) payment = billing_payment_new ();
  g_autoptr (GtSignalLogger) logger = gt_signal_logger_new ();

  gt_signal_logger_connect (logger, payment, "notify::memo");
  g_object_set (payment, "memo", "a", NULL);
  gt_signal_logger_assert_notify_emission_pop (logger, payment, "memo");
  g_object_set (payment, "memo", "a", NULL);
  gt_signal_logger_assert_no_emissions (logger);
}

/* Copying makes two records say the same, and leaves no string shared. */
static void
test_copy (void)
{
  g_autoptr (BillingPayment) a = billing_payment_new ();
  g_autoptr (BillingPayment) b = billing_payment_new ();

  g_object_set (a, "id", "pay_1", "number", "PAY-001", "amount", (gint64) 5, "tender", BILLING_TENDER_CASH, NULL);
  billing_record_copy (BILLING_RECORD (b), BILLING_RECORD (a));
  g_assert_cmpstr (billing_record_get_id (BILLING_RECORD (b)), ==, "pay_1");
  g_assert_cmpstr (b->number, ==, "PAY-001");
  g_assert_true (a->number != b->number);
  g_assert_cmpint (b->amount, ==, 5);
  g_assert_cmpint (b->tender, ==, BILLING_TENDER_CASH);
}

/* Columns and properties name the same field; enumerations are told by their nicks and by nothing else. */
static void
test_fields (void)
{
  g_autoptr (BillingPayment) payment = billing_payment_new ();
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (payment);
  const BillingField *field = billing_record_class_find (klass, "payment-type");

  g_assert_nonnull (field);
  g_assert_true (field == billing_record_class_find (klass, "payment_type"));
  g_assert_null (billing_record_class_find (klass, "no-such-field"));
  g_assert_true (billing_record_set_nick (BILLING_RECORD (payment), field, "office-visit"));
  g_assert_cmpstr (billing_record_get_text (BILLING_RECORD (payment), field), ==, "office-visit");
  g_assert_false (billing_record_set_nick (BILLING_RECORD (payment), field, "Office Visit"));
  g_assert_false (billing_record_set_nick (BILLING_RECORD (payment), field, NULL));
  g_assert_cmpint (payment->payment_type, ==, BILLING_PAYMENT_TYPE_OFFICE_VISIT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record/properties", test_properties);
  g_test_add_func ("/record/notify", test_notify);
  g_test_add_func ("/record/copy", test_copy);
  g_test_add_func ("/record/fields", test_fields);

  return g_test_run ();
}

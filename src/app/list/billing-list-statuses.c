/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-statuses"

#include "config.h"

#include "billing-list-statuses.h"

#include <glib/gi18n.h>

#include "billing-dispute-reason.h"
#include "billing-enums.h"
#include "billing-status.h"
#include "billing-stripe-status.h"

/* The statuses of the lists that have some; of the others somebody else knows the words. */
static const struct {
  const char *list;
  const char *status;
  const char *label;
} words[] = {
  { "charges", "succeeded", N_("Succeeded") },
  { "charges", "pending", N_("Pending") },
  { "charges", "failed", N_("Failed") },
  { "payouts", "pending", N_("Pending") },
  { "payouts", "in_transit", N_("In transit") },
  { "payouts", "paid", N_("Paid") },
  { "payouts", "failed", N_("Failed") },
  { "payouts", "canceled", N_("Cancelled") },
  { "rates", "current", N_("Current") },
  { "rates", "retired", N_("Retired") },
  { "balance_transactions", "charge", N_("Card payment") },
  { "balance_transactions", "payment", N_("Other payment") },
  { "balance_transactions", "refund", N_("Refund of a card payment") },
  { "balance_transactions", "payment_refund", N_("Refund of another payment") },
  { "balance_transactions", "payment_failure_refund", N_("Payment that failed later") },
  { "balance_transactions", "refund_failure", N_("Refund that failed") },
  { "balance_transactions", "adjustment", N_("Dispute or adjustment") },
  { "balance_transactions", "stripe_fee", N_("Stripe’s fee") },
  { "balance_transactions", "payout", N_("Payout") },
  { "balance_transactions", "payout_failure", N_("Payout that failed") },
  { "balance_transactions", "payout_cancel", N_("Payout that was cancelled") },
  { "tax_registrations", "active", N_("Active") },
  { "tax_registrations", "scheduled", N_("Scheduled") },
  { "tax_registrations", "expired", N_("Ended") },
  { "services", "to-invoice", N_("To invoice") },
  { "services", "with-insurer", N_("With insurer") },
  { "services", "invoiced", N_("Invoiced") },
  { "services", "not-billed", N_("Not billed") },
  { "services", "not-invoiced", N_("Not invoiced") },
  { "services", "settled", N_("Settled") },
  { "services", "removed", N_("Removed") },
  { "invoices", "open", N_("invoice|Open") },
  { "invoices", "partly-paid", N_("Partly paid") },
  { "invoices", "paid", N_("Paid") },
  { "invoices", "written-off", N_("Written off") },
  { "invoices", "void", N_("invoice|Void") },
  { "remittances", "open", N_("To post") },
  { "remittances", "partly-posted", N_("Partly posted") },
  { "remittances", "posted", N_("Posted") },
  { "remittances", "closed", N_("Closed") },
  { "notices", "new", N_("New") },
  { "notices", "read", N_("Read") },
  { "notices", "snoozed", N_("Snoozed") },
  { "notices", "done", N_("Done") },
  { "notices", "ended", N_("No longer so") },
};

static void
add_known (GPtrArray          *statuses,
           const char * const *known)
{
  for (guint i = 0; known[i] != NULL; i++)
    g_ptr_array_add (statuses, g_strdup (known[i]));
}

static void
add_payment_statuses (GPtrArray *statuses)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (BILLING_TYPE_STATUS);

  for (guint i = 0; i < klass->n_values; i++)
    g_ptr_array_add (statuses, g_strdup (klass->values[i].value_nick));
}

/**
 * billing_list_statuses_of:
 * @list: a kind that is listed
 *
 * Returns: (transfer full) (array zero-terminated=1): its statuses, as queries call them
 */
char **
billing_list_statuses_of (const char *list)
{
  g_autoptr (GPtrArray) statuses = g_ptr_array_new_with_free_func (g_free);

  if (g_str_equal (list, "payments"))
    add_payment_statuses (statuses);
  else if (g_str_equal (list, "stripe_payments"))
    add_known (statuses, billing_stripe_status_list_words ());
  else if (g_str_equal (list, "disputes"))
    {
      for (guint i = 0; billing_dispute_status_nth (i) != NULL; i++)
        g_ptr_array_add (statuses, g_strdup (billing_dispute_status_nth (i)->status));
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].list, list))
        g_ptr_array_add (statuses, g_strdup (words[i].status));
    }

  g_ptr_array_add (statuses, NULL);
  return (char **) g_ptr_array_steal (statuses, NULL);
}

/**
 * billing_list_statuses_get_label:
 * @list: a kind that is listed
 * @status: one of its statuses, or a word that nobody knows
 *
 * Returns: (transfer full): what people call it
 */
char *
billing_list_statuses_get_label (const char *list,
                                 const char *status)
{
  int value;

  if (g_str_equal (list, "payments") && billing_enum_from_nick (BILLING_TYPE_STATUS, status, &value))
    return g_strdup (billing_status_get_label (value));
  if (g_str_equal (list, "stripe_payments"))
    return g_strdup (billing_stripe_status_get_label (status));
  if (g_str_equal (list, "disputes"))
    return g_strdup (billing_dispute_status_get_label (status));

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].list, list) && g_str_equal (words[i].status, status))
        return g_strdup (Q_(words[i].label));
    }

  return g_strdup (status);
}

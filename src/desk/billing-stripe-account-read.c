/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-account"

#include "config.h"

#include "billing-stripe-account.h"

#include "billing-single.h"
#include "billing-store.h"

typedef struct {
  BillingStripeAccount *account; /* (owned) (nullable) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->account);
  g_free (reading);
}

/* The last used comes first; those that were never used come last. */
static int
compare_banks (gconstpointer a,
               gconstpointer b)
{
  const BillingBankAccount *one = *(BillingBankAccount * const *) a;
  const BillingBankAccount *other = *(BillingBankAccount * const *) b;

  return (one->last_used_at < other->last_used_at) - (one->last_used_at > other->last_used_at);
}

static gboolean
add_destinations (BillingStripeAccount     *account,
                  BillingConnection  *connection,
                  GError            **error)
{
  g_autoptr (GPtrArray) destinations = billing_single_list_destinations (connection, error);

  if (destinations == NULL)
    return FALSE;

  for (guint i = 0; i < destinations->len; i++)
    {
      BillingDestination *destination = destinations->pdata[i];

      billing_stripe_account_add_bank (account, destination->json, destination->last_at, destination->n_payouts);
    }

  g_ptr_array_sort (account->banks, compare_banks);
  return TRUE;
}

static gboolean
read_account (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Reading *reading = data;
  g_auto (BillingSingle) single = { 0 };
  g_auto (BillingSingle) settings = { 0 };

  if (!billing_single_read (&single, connection, "account", error) ||
      !billing_single_read (&settings, connection, "balance_settings", error))
    return FALSE;

  g_clear_object (&reading->account); /* a read that is begun again */
  reading->account = billing_stripe_account_new (single.json, settings.json);
  reading->account->fetched_at = single.fetched_at;
  reading->account->state = g_steal_pointer (&single.state);
  reading->account->problem = g_steal_pointer (&single.problem);
  return add_destinations (reading->account, connection, error);
}

/**
 * billing_desk_read_stripe_account:
 * @desk: a session
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what the mirror knows of the practice's account at Stripe, which may be nothing
 */
BillingStripeAccount *
billing_desk_read_stripe_account (BillingDesk  *desk,
                           GError      **error)
{
  Reading reading = { NULL };

  if (!billing_store_read (billing_desk_get_store (desk), read_account, &reading, NULL, error))
    g_clear_object (&reading.account);
  return reading.account;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  if (billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&reading->account), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
billing_desk_read_stripe_account_async (BillingDesk         *desk,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (desk, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, billing_desk_read_stripe_account_async);
  g_task_set_task_data (task, reading, reading_free);
  billing_store_read_async (billing_desk_get_store (desk), read_account, reading, NULL, cancellable, read_cb, task);
}

BillingStripeAccount *
billing_desk_read_stripe_account_finish (BillingDesk   *desk,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

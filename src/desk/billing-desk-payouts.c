/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-payouts"

#include "config.h"

#include "billing-desk-payouts.h"

/* Money on its way from Stripe to the practice's bank: looked at, asked for, taken back, and when Stripe sends it by itself. */

typedef struct {
  const char *id;
  BillingPayoutStatement *statement; /* (owned) (nullable) */
} Reading;

static gboolean
read_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Reading *reading = data;

  reading->statement = billing_payout_read_statement (connection, reading->id, error);
  return reading->statement != NULL;
}

/**
 * billing_desk_read_payout:
 * @self: a session
 * @id: of a payout
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what it consists of
 */
BillingPayoutStatement *
billing_desk_read_payout (BillingDesk  *self,
                          const char   *id,
                          GError      **error)
{
  Reading reading = { id, NULL };

  billing_store_read (billing_desk_get_store (self), read_func, &reading, NULL, error);
  return reading.statement;
}

typedef struct {
  char *today;                   /* (owned) */
  BillingPayoutOutlook *outlook; /* (owned) (nullable) */
} Looking;

static gboolean
look_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Looking *looking = data;

  looking->outlook = billing_payout_read_outlook (connection, looking->today, error);
  return looking->outlook != NULL;
}

/**
 * billing_desk_read_payout_outlook:
 * @self: a session
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what Stripe holds, and what becomes of it
 */
BillingPayoutOutlook *
billing_desk_read_payout_outlook (BillingDesk  *self,
                                  GError      **error)
{
  Looking looking = { billing_desk_get_today (self), NULL };

  billing_store_read (billing_desk_get_store (self), look_func, &looking, NULL, error);
  g_free (looking.today);
  return looking.outlook;
}

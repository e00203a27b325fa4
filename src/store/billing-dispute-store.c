/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-store"

#include "config.h"

#include "billing-dispute-store.h"

#include <glib/gi18n-lib.h>

/**
 * billing_dispute_store_remove_file:
 * @connection: inside a writing transaction
 * @pk: of a file of an answer
 * @error: return location for a #BillingStoreError
 *
 * Takes a file from its answer; its document stays.
 *
 * Returns: whether it is gone
 */
gboolean
billing_dispute_store_remove_file (BillingConnection  *connection,
                                   gint64              pk,
                                   GError            **error)
{
  return billing_connection_run (connection, error, "DELETE FROM dispute_files WHERE pk = ?", "i", pk);
}

/**
 * billing_dispute_store_set_body:
 * @connection: inside a writing transaction
 * @pk: of an intent that was never sent
 * @body: what is to be sent in place of what was written first
 * @error: return location for a #BillingStoreError
 *
 * What an answer is submitted with is complete only when its files have their ids at Stripe. What was sent once is never changed.
 *
 * Returns: whether it was changed
 */
gboolean
billing_dispute_store_set_body (BillingConnection  *connection,
                                gint64              pk,
                                const char         *body,
                                GError            **error)
{
  if (!billing_connection_run (connection, error,
                               "UPDATE outbox SET body = ?, revision = revision + 1 WHERE pk = ? AND state = 'queued'"
                               " AND first_sent_at = 0", "ti", body, pk))
    return FALSE;
  if (billing_connection_get_n_changed (connection) == 1)
    return TRUE;

  g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT,
                       _("This was sent already, and cannot be changed any more. Nothing was changed."));
  return FALSE;
}

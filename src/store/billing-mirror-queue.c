/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mirror-queue"

#include "config.h"

#include "billing-mirror-queue.h"

/**
 * billing_mirror_drop_queue:
 * @mirror: the mirror, in no transaction of the caller's
 * @seq: up to where the books say what the mirror says
 * @error: return location for a #BillingStoreError
 *
 * Removes what was looked at from the queue, after the books were committed. A crash before it only
 * means a second look.
 *
 * Returns: whether it is removed
 */
gboolean
billing_mirror_drop_queue (BillingMirror  *mirror,
                           gint64          seq,
                           GError        **error)
{
  if (!billing_mirror_begin (mirror, error))
    return FALSE;

  if (billing_connection_run (billing_mirror_get_connection (mirror), error,
                              "DELETE FROM posting_queue WHERE seq <= ?", "i", seq))
    return billing_mirror_commit (mirror, error);

  billing_mirror_rollback (mirror);
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-status"

#include "config.h"

#include "billing-stripe-status.h"

#include <glib/gi18n-lib.h>

static const char * const words[] = {
  "successful", "pending", "uncaptured", "failed", "blocked", "incomplete", "canceled", "partially_refunded", "refunded",
  "refund_pending", "disputed", "early_fraud_warning", NULL,
};

static const char * const labels[] = {
  N_("Succeeded"), N_("Pending"), N_("Uncaptured"), N_("Failed"), N_("Blocked"), N_("Incomplete"), N_("Canceled"),
  N_("Partially Refunded"), N_("Refunded"), N_("Refund Pending"), N_("Disputed"), N_("Early Fraud Warning"),
};

/**
 * billing_stripe_status_list_words:
 *
 * Returns: (transfer none) (array zero-terminated=1): all statuses, those first that are looked for most
 */
const char * const *
billing_stripe_status_list_words (void)
{
  return words;
}

/**
 * billing_stripe_status_get_label:
 * @word: (nullable): a status
 *
 * Returns: (transfer none): what people read; a word that is not known is returned as it is
 */
const char *
billing_stripe_status_get_label (const char *word)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_strcmp0 (words[i], word) == 0)
        return _(labels[i]);
    }

  return word != NULL ? word : "";
}

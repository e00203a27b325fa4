/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-history.h"

G_BEGIN_DECLS

/**
 * BILLING_OUTBOX_LIFE:
 *
 * For how long after its first sending an intent is sent again, in seconds: Stripe keeps
 * idempotency keys for 24 hours.
 */
#define BILLING_OUTBOX_LIFE (23 * 60 * 60)

/* What the verbs ask, within a transaction. */
gboolean billing_outbox_find_open       (BillingConnection  *connection,
                                         const char         *payment_id,
                                         BillingIntent     **intent,
                                         GError            **error);
gboolean billing_outbox_find_authorised (BillingConnection  *connection,
                                         const char         *payment_id,
                                         char              **charge,
                                         char              **payment_intent,
                                         gint64             *amount,
                                         GError            **error);
gboolean billing_outbox_find_collected  (BillingConnection  *connection,
                                         const char         *payment_id,
                                         char              **charge,
                                         GError            **error);
gboolean billing_outbox_find_page       (BillingConnection  *connection,
                                         const char         *payment_id,
                                         char              **url,
                                         gint64             *expires_at,
                                         GError            **error);
gboolean billing_outbox_count_open      (BillingConnection  *connection,
                                         const char         *kind,
                                         const char         *subject,
                                         const char         *currency,
                                         gint64             *n,
                                         gint64             *amount,
                                         GError            **error);

/* The way of an intent, within writing transactions. */
gboolean billing_outbox_recover         (BillingConnection  *connection,
                                         gint64              now,
                                         GError            **error);
gboolean billing_outbox_claim           (BillingConnection  *connection,
                                         gint64              now,
                                         BillingIntent     **intent,
                                         GError            **error);
gboolean billing_outbox_claim_check     (BillingConnection  *connection,
                                         gint64              now,
                                         BillingIntent     **intent,
                                         GError            **error);
gboolean billing_outbox_withdraw_followers (BillingConnection *connection,
                                            const char        *id,
                                            GError           **error);
gboolean billing_outbox_settle          (BillingConnection  *connection,
                                         BillingIntent      *intent,
                                         gboolean           *is_settled,
                                         GError            **error);
gboolean billing_outbox_postpone        (BillingConnection  *connection,
                                         BillingIntent      *intent,
                                         GError            **error);

G_END_DECLS

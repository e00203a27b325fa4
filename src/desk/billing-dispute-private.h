/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "billing-connection.h"
#include "billing-dispute-answer.h"
#include "billing-dispute-story.h"

G_BEGIN_DECLS

/* Private to the room: what the verbs of disputes and their story share. */

/* Of Stripe's object: (transfer full) its evidence by field, texts and ids of files; and (transfer full) what moved on the balance,
 * the oldest first. */
GHashTable *billing_dispute_read_evidence (JsonObject            *dispute);
GPtrArray  *billing_dispute_read_moves    (JsonObject            *dispute);

/* What of @moves the ledger of a payment says was withdrawn, and was not given back. */
gboolean    billing_dispute_sum_books     (BillingConnection     *connection,
                                           GPtrArray             *moves,
                                           gint64                *amount,
                                           GError               **error);
/* @answer is (transfer full) (nullable). */
gboolean    billing_dispute_find_answer   (BillingConnection     *connection,
                                           const char            *dispute_id,
                                           BillingDisputeAnswer **answer,
                                           GError               **error);
/* (transfer full) (nullable): why it can be neither answered nor accepted, a sentence; NULL: it can */
char       *billing_dispute_find_obstacle (BillingDispute        *dispute,
                                           BillingDisputeAnswer  *answer,
                                           gint64                 now);
gboolean    billing_dispute_can_settle    (BillingDispute        *dispute,
                                           BillingDisputeAnswer  *answer,
                                           gint64                 in_books);

G_END_DECLS

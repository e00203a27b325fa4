/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "billing-connection.h"
#include "billing-desk-private.h"
#include "billing-dispute-answer.h"
#include "billing-dispute-story.h"
#include "billing-stripe-form.h"

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

/* (transfer full): the texts among evidence, without the ids of files. */
GHashTable *billing_dispute_copy_texts    (GHashTable            *evidence);

/* billing-desk-disputes.c: an act on a dispute, with all that it is judged by. */
typedef struct
{
  BillingTurn *turn; /* (not owned) */
  BillingDispute *dispute; /* (owned) */
  BillingDisputeAnswer *before; /* (owned) (nullable): as it is; NULL: there is none yet */
  BillingDisputeAnswer *answer; /* (owned): as it is to be */
  GHashTable *texts; /* (owned): of it, by their field */
  GPtrArray *files; /* (owned): of it */
  GHashTable *at_stripe; /* (owned): what Stripe has of the evidence */
  GPtrArray *moves; /* (owned): on the balance */
} BillingDisputeTurn;

void           billing_dispute_turn_clear          (BillingDisputeTurn  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingDisputeTurn, billing_dispute_turn_clear)

gboolean       billing_dispute_turn_load           (BillingDisputeTurn  *self,
                                                    BillingTurn         *turn,
                                                    const char          *id,
                                                    GError             **error);
gboolean       billing_dispute_turn_load_books     (BillingDisputeTurn  *self,
                                                    BillingTurn         *turn,
                                                    const char          *id,
                                                    GError             **error);
gboolean       billing_dispute_turn_load_open      (BillingDisputeTurn  *self,
                                                    BillingTurn         *turn,
                                                    GError             **error);
const char    *billing_dispute_turn_get_subject    (BillingDisputeTurn  *self);
/* Stores the answer; or that, the audit and the result of the act. */
gboolean       billing_dispute_turn_keep           (BillingDisputeTurn  *self,
                                                    GError             **error);
gboolean       billing_dispute_turn_conclude       (BillingDisputeTurn  *self,
                                                    GError             **error);
BillingIntent *billing_dispute_turn_begin          (BillingDisputeTurn  *self,
                                                    const char          *kind,
                                                    GError             **error);
/* @end is what follows the dispute's id in the path. */
gboolean       billing_dispute_turn_queue          (BillingDisputeTurn  *self,
                                                    BillingIntent       *intent,
                                                    const char          *end,
                                                    BillingStripeForm   *form,
                                                    GError             **error);
/* Takes back what of this kind was never sent. */
gboolean       billing_dispute_turn_withdraw       (BillingDisputeTurn  *self,
                                                    const char          *kind,
                                                    const char          *record_id,
                                                    const char          *why,
                                                    GError             **error);
/* Gives an answer that waits for its files what they are called at Stripe. */
gboolean       billing_dispute_complete_submission (BillingDisputeTurn  *self,
                                                    gboolean            *is_there,
                                                    GError             **error);

G_END_DECLS

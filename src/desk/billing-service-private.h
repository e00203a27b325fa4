/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk-private.h"
#include "billing-desk-services.h"
#include "billing-rate.h"

G_BEGIN_DECLS

/* Private to the room: the verbs of services, and what they share. */

/* billing-desk-services.c */
gboolean        billing_desk_add_service        (BillingTurn *turn, GError **error);
gboolean        billing_desk_edit_service       (BillingTurn *turn, GError **error);

/* billing-desk-services-many.c: what is done to a selection */
gboolean        billing_desk_review_services    (BillingTurn *turn, GError **error);
gboolean        billing_desk_remove_services    (BillingTurn *turn, GError **error);
gboolean        billing_desk_restore_services   (BillingTurn *turn, GError **error);
gboolean        billing_desk_set_rate           (BillingTurn *turn, GError **error);
gboolean        billing_desk_make_services      (BillingTurn *turn, GError **error);

/* billing-desk-insurer.c */
gboolean        billing_desk_note_answer        (BillingTurn *turn, GError **error);
gboolean        billing_desk_take_answer_back   (BillingTurn *turn, GError **error);

BillingService *billing_turn_load_service       (BillingTurn           *turn,
                                                 const char            *name,
                                                 BillingService       **before,
                                                 GError               **error);
char           *billing_turn_find_open_day      (BillingTurn           *turn,
                                                 GError               **error);
gboolean        billing_turn_move_insurer       (BillingTurn           *turn,
                                                 BillingService        *service,
                                                 gint64                 before,
                                                 GError               **error);
/* @answer says payer, day, reference, allowed, paid, adjusted, patient, codes and source; the rest is filled in. For what posts many. */
gboolean        billing_turn_post_answer        (BillingTurn           *turn,
                                                 BillingService        *before,
                                                 BillingInsurerAnswer  *answer,
                                                 GError               **error);
gboolean        billing_turn_unpost_answer      (BillingTurn           *turn,
                                                 BillingInsurerAnswer  *answer,
                                                 GError               **error);
gboolean        billing_service_work_out_rate   (BillingConnection     *connection,
                                                 BillingAct            *act,
                                                 GError               **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk-private.h"
#include "billing-invoice.h"
#include "billing-messages.h"

G_BEGIN_DECLS

/**
 * BillingDrafting:
 * @turn: whose
 * @settings: (owned): how the practice sends e-mails
 * @kind: what is told
 * @channel: how it goes
 * @subject: (owned) (nullable): in place of the template's
 * @body: (owned) (nullable): likewise
 * @with_link: whether a payment link is wanted
 *
 * What all messages of one act have in common.
 */
typedef struct {
  BillingTurn *turn;
  BillingMailSettings *settings;
  BillingMessageKind kind;
  BillingMessageChannel channel;
  char *subject;
  char *body;
  gboolean with_link;
} BillingDrafting;

void                 _billing_drafting_clear (BillingDrafting  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingDrafting, _billing_drafting_clear)

gboolean             _billing_drafting_begin (BillingDrafting  *self,
                                              BillingTurn      *turn,
                                              GError          **error);
BillingMessageDraft *_billing_drafting_make  (BillingDrafting  *self,
                                              BillingRecord    *about,
                                              GError          **error);
GPtrArray           *_billing_drafting_list  (BillingDrafting  *self,
                                              GError          **error);

/* billing-desk-messages.c */
gboolean             _billing_message_queue  (BillingDrafting  *drafting,
                                              BillingMessage   *message,
                                              GError          **error);
gboolean             _billing_message_store  (BillingTurn      *turn,
                                              BillingMessage   *before,
                                              BillingMessage   *message,
                                              GError          **error);

/* Whose acts nobody at the desk does. */
void                 _billing_turn_begin     (BillingTurn        *turn,
                                              BillingDesk        *desk,
                                              BillingConnection  *connection,
                                              BillingAct         *act,
                                              const char         *today);

G_END_DECLS

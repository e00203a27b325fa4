/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-message.h"

G_BEGIN_DECLS

/**
 * BillingMessageDraft:
 * @message: (owned) (nullable): as it would go out, with the patient's name and the numbers; %NULL where it is not known to whom
 * @name: (owned): what it is about: INV-001, PAY-001, PT-001
 * @left_out: (owned) (nullable): why nothing goes out, as a sentence
 *
 * One message as it would be, before it is sent.
 */
typedef struct {
  BillingMessage *message;
  char *name;
  char *left_out;
} BillingMessageDraft;

/* What MESSAGE_SEND would do, in its own words and amounts; reads only. */
GPtrArray           *billing_desk_draft_messages     (BillingDesk            *desk,
                                                      BillingAct             *act,
                                                      GCancellable           *cancellable,
                                                      GError                **error);

/* How the practice sends e-mails, and what it says. */
BillingMailSettings *billing_desk_load_mail_settings (BillingDesk            *desk,
                                                      GError                **error);
BillingTemplate     *billing_desk_load_template      (BillingDesk            *desk,
                                                      BillingMessageKind      kind,
                                                      const char             *language,
                                                      GError                **error);
char                *billing_desk_show_template      (BillingDesk            *desk,
                                                      const char             *text);
void                 billing_mail_password_take_environment (void);

/* By the mail server. Not for the thread of a main loop. */
gboolean             billing_desk_deliver_messages   (BillingDesk            *desk,
                                                      guint                  *n_sent,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
gboolean             billing_desk_send_test_mail     (BillingDesk            *desk,
                                                      const char             *address,
                                                      GCancellable           *cancellable,
                                                      GError                **error);

/* By the mail program of the desktop: taken, shown to a person, and said what became of it. */
gboolean             billing_desk_take_message       (BillingDesk            *desk,
                                                      const char             *id,
                                                      BillingMessage        **message,
                                                      GError                **error);
gboolean             billing_desk_hand_message       (BillingDesk            *desk,
                                                      BillingMessage         *message,
                                                      const char             *problem,
                                                      GError                **error);
gboolean             billing_desk_recover_messages   (BillingDesk            *desk,
                                                      BillingMessageChannel   channel,
                                                      GError                **error);

/* Reminders by rule, for the days since they were made last. */
gboolean             billing_desk_make_reminders     (BillingDesk            *desk,
                                                      guint                  *n,
                                                      GError                **error);

void                 billing_message_draft_free      (BillingMessageDraft    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingMessageDraft, billing_message_draft_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_MESSAGE (billing_message_get_type ())
G_DECLARE_FINAL_TYPE (BillingMessage, billing_message, BILLING, MESSAGE, BillingRecord)

/**
 * BillingMessage:
 *
 * An e-mail to a patient, as it goes out. Nothing clinical stands in it.
 * To be read by its members; changed by its properties.
 */
struct _BillingMessage {
  BillingRecord parent_instance;

  BillingMessageKind kind; /* what it tells */
  BillingMessageChannel channel; /* how it goes */
  char *patient_id; /* (owned): who gets it */
  char *invoice_id; /* (owned) (nullable): of which invoice it tells */
  char *payment_id; /* (owned) (nullable): of which payment it tells */
  char *address; /* (owned): where it goes */
  char *subject; /* (owned): one line */
  char *body; /* (owned): plain text; BILLING_MESSAGE_LINK_MARK where a payment link is still to come */
  char *language; /* (owned) (nullable): BCP 47, of both */
  gboolean with_link; /* it waits for the payment link of what it tells of */
  char *message_id; /* (owned): the Message-ID under which it goes, however often that is tried */
  BillingMessageState state; /* what became of it */
  char *day; /* (owned): on which it was made, in the practice's time zone */
  char *person; /* (owned): who sends it; “clock” for a reminder by rule */
  gint64 created_at; /* Unix seconds */
  gint64 sent_at; /* Unix seconds, 0: not yet */
  gint64 tries; /* how often it was tried */
  gint64 next_at; /* Unix seconds before which it is not tried again */
  char *problem; /* (owned) (nullable): why it did not go, for people */
  char *patient_name; /* (owned) */
  char *patient_number; /* (owned) */
  char *invoice; /* (owned) (nullable): number of the invoice */
  char *payment; /* (owned) (nullable): number of the payment */
};

BillingMessage *billing_message_new             (void);
const char     *billing_message_state_get_label (BillingMessageState  state);
const char     *billing_message_kind_get_label  (BillingMessageKind   kind);

#define BILLING_TYPE_TEMPLATE (billing_template_get_type ())
G_DECLARE_FINAL_TYPE (BillingTemplate, billing_template, BILLING, TEMPLATE, BillingRecord)

/**
 * BillingTemplate:
 *
 * What the practice says to its patients, with placeholders (billing-message-text.h).
 */
struct _BillingTemplate {
  BillingRecord parent_instance;

  BillingMessageKind kind; /* for which messages */
  char *language; /* (owned): to whom; empty: to all for whose language there is none */
  char *subject; /* (owned) */
  char *body; /* (owned) */
};

BillingTemplate *billing_template_new (void);

#define BILLING_TYPE_MAIL_SETTINGS (billing_mail_settings_get_type ())
G_DECLARE_FINAL_TYPE (BillingMailSettings, billing_mail_settings, BILLING, MAIL_SETTINGS, BillingRecord)

/**
 * BillingMailSettings:
 *
 * How the practice sends e-mails. There is one row; the password is in the keyring.
 */
struct _BillingMailSettings {
  BillingRecord parent_instance;

  BillingMessageChannel channel; /* how messages go */
  char *from_address; /* (owned) (nullable): from which address */
  char *from_name; /* (owned) (nullable): by which name; %NULL: the practice's */
  char *host; /* (owned) (nullable): the mail server */
  gint64 port; /* 0: the usual one */
  char *security; /* (owned): tls, starttls, none */
  char *user; /* (owned) (nullable): who signs in there; %NULL: nobody does */
  gboolean with_link; /* messages bring a payment link where Stripe is connected */
  char *remind_before; /* (owned) (nullable): days before the due day, as “7,1” */
  char *remind_after; /* (owned) (nullable): days after it */
  char *reminded_on; /* (owned) (nullable): the last day for which reminders were made */
};

BillingMailSettings *billing_mail_settings_new          (void);

/* “7,1” as days, the most first; no more than BILLING_REMIND_MAX_DAYS. */
#define BILLING_REMIND_MAX_DAYS 365

gboolean             billing_mail_settings_parse_days   (const char  *text,
                                                         GArray     **days);

G_END_DECLS

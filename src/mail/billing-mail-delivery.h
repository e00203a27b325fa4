/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingMailSecurity:
 * @BILLING_MAIL_SECURITY_TLS: TLS from the first byte (port 465)
 * @BILLING_MAIL_SECURITY_STARTTLS: TLS before anything is said (port 587); nothing is sent where the server offers none
 * @BILLING_MAIL_SECURITY_NONE: none, to this computer itself only
 *
 * How what goes to a mail server is kept from others.
 */
typedef enum {
  BILLING_MAIL_SECURITY_TLS,
  BILLING_MAIL_SECURITY_STARTTLS,
  BILLING_MAIL_SECURITY_NONE,
} BillingMailSecurity;

/**
 * BillingMailServer:
 * @host: its name
 * @port: where it listens; 0: where the security usually does
 * @security: how it is spoken to
 * @user: (nullable): who signs in; %NULL: nobody does
 * @password: (nullable): theirs
 * @authorities: (nullable): path of the certificates that are trusted; %NULL: those of the system
 * @timeout: seconds for one message in all; 0: five minutes
 *
 * A mail server, to which messages are submitted. It owns nothing.
 */
typedef struct {
  const char *host;
  guint port;
  BillingMailSecurity security;
  const char *user;
  const char *password;
  const char *authorities;
  guint timeout;
} BillingMailServer;

/**
 * BillingMailOutcome:
 * @BILLING_MAIL_SENT: the server took it over
 * @BILLING_MAIL_REFUSED: the server refused it, and will again
 * @BILLING_MAIL_DEFERRED: it did not go now, and can go later
 * @BILLING_MAIL_UNKNOWN: the server had all of it, and its answer was lost: it may have gone
 *
 * What became of a message.
 */
typedef enum {
  BILLING_MAIL_SENT,
  BILLING_MAIL_REFUSED,
  BILLING_MAIL_DEFERRED,
  BILLING_MAIL_UNKNOWN,
} BillingMailOutcome;

/**
 * BillingMailResult:
 * @outcome: what became of it
 * @problem: (owned) (nullable): why, for people; with the server's own words where it said any
 * @stops: whether others need not be tried now: the server cannot be reached, or lets nobody in
 *
 * Begin with zeros; billing_mail_result_clear() at the end.
 */
typedef struct {
  BillingMailOutcome outcome;
  char *problem;
  gboolean stops;
} BillingMailResult;

void     billing_mail_result_clear (BillingMailResult        *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingMailResult, billing_mail_result_clear)

gboolean billing_mail_check_server (const BillingMailServer  *server,
                                    GError                  **error);
void     billing_mail_deliver      (const BillingMailServer  *server,
                                    const char               *from,
                                    const char               *to,
                                    GBytes                   *message,
                                    BillingMailResult        *result,
                                    GCancellable             *cancellable);

G_END_DECLS

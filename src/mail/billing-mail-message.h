/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BILLING_MAIL_ERROR (billing_mail_error_quark ())

/**
 * BillingMailError:
 * @BILLING_MAIL_ERROR_ADDRESS: something is no e-mail address, or a name that no header can hold
 * @BILLING_MAIL_ERROR_SERVER: something is no mail server, or one to which nothing may be sent
 *
 * The errors of this room; their messages are sentences for people.
 */
typedef enum {
  BILLING_MAIL_ERROR_ADDRESS,
  BILLING_MAIL_ERROR_SERVER,
} BillingMailError;

GQuark billing_mail_error_quark (void);

/**
 * BillingMailMessage:
 * @from_address: of the practice
 * @from_name: (nullable): its name
 * @to_address: of the patient
 * @to_name: (nullable): their name
 * @subject: one line
 * @body: plain text
 * @language: (nullable): BCP 47, of subject and body
 * @message_id: without its angle brackets: billing_mail_message_build_id()
 * @sent_at: Unix seconds
 * @attachment: (nullable): a PDF
 * @attachment_name: (nullable): what its file is called
 *
 * What one e-mail is made of. It owns nothing.
 */
typedef struct {
  const char *from_address;
  const char *from_name;
  const char *to_address;
  const char *to_name;
  const char *subject;
  const char *body;
  const char *language;
  const char *message_id;
  gint64 sent_at;
  GBytes *attachment;
  const char *attachment_name;
} BillingMailMessage;

gboolean  billing_mail_check_address    (const char                *address,
                                         GError                   **error);
char     *billing_mail_message_build_id (const char                *id,
                                         const char                *practice_id,
                                         const char                *from_address);
GBytes   *billing_mail_message_build    (const BillingMailMessage  *self,
                                         GError                   **error);

G_END_DECLS

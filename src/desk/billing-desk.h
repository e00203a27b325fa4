/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-act.h"
#include "billing-practice.h"
#include "billing-store.h"

G_BEGIN_DECLS

#define BILLING_DESK_ERROR (billing_desk_error_quark ())

/**
 * BillingDeskError:
 * @BILLING_DESK_ERROR_REFUSED: the person's role does not allow it
 * @BILLING_DESK_ERROR_ILLEGAL: the payment's status does not allow it
 * @BILLING_DESK_ERROR_INVALID: something that was said makes no sense; the message says what
 * @BILLING_DESK_ERROR_UNKNOWN_PERSON: nobody of that name works in this practice, or the passphrase is wrong
 *
 * The errors of this room; their messages are sentences for people. Errors of the store pass through.
 */
typedef enum {
  BILLING_DESK_ERROR_REFUSED,
  BILLING_DESK_ERROR_ILLEGAL,
  BILLING_DESK_ERROR_INVALID,
  BILLING_DESK_ERROR_UNKNOWN_PERSON,
} BillingDeskError;

GQuark billing_desk_error_quark (void);

#define BILLING_TYPE_DESK (billing_desk_get_type ())
G_DECLARE_FINAL_TYPE (BillingDesk, billing_desk, BILLING, DESK, GObject)

/* A practice folder: made once, with the account of the operating system as its administrator. */
char            *billing_desk_get_default_folder (void);
gboolean         billing_desk_exists             (const char           *folder);
gboolean         billing_desk_create             (const char           *folder,
                                                  const char           *name,
                                                  const char           *currency,
                                                  const char           *time_zone,
                                                  GError              **error);

/* A session: who is acting, on which practice. */
BillingDesk     *billing_desk_open               (const char           *folder,
                                                  const char           *account,
                                                  const char           *passphrase,
                                                  GError              **error);
gboolean         billing_desk_sign_in            (BillingDesk          *self,
                                                  const char           *account,
                                                  const char           *passphrase,
                                                  GError              **error);
BillingStore    *billing_desk_get_store          (BillingDesk          *self);
BillingPractice *billing_desk_get_practice       (BillingDesk          *self);
BillingPerson   *billing_desk_get_person         (BillingDesk          *self);
gboolean         billing_desk_may                (BillingDesk          *self,
                                                  BillingVerb           verb);
char            *billing_desk_get_today          (BillingDesk          *self);
const char      *billing_desk_get_warning        (BillingDesk          *self);

/* The verbs. */
gboolean         billing_desk_do                 (BillingDesk          *self,
                                                  BillingAct           *act,
                                                  GError              **error);
void             billing_desk_do_async           (BillingDesk          *self,
                                                  BillingAct           *act,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         billing_desk_do_finish          (BillingDesk          *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_SIGN_IN (billing_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (BillingSignIn, billing_sign_in, BILLING, SIGN_IN, AdwMessageDialog)

/**
 * BillingSignIn:
 *
 * Asks who is there. It answers by #AdwMessageDialog::response with `sign-in` or `cancel`.
 */
BillingSignIn *billing_sign_in_new            (GtkWindow     *parent);
const char    *billing_sign_in_get_account    (BillingSignIn *self);
const char    *billing_sign_in_get_passphrase (BillingSignIn *self);

G_END_DECLS

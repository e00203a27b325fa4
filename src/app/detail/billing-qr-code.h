/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BILLING_TYPE_QR_CODE (billing_qr_code_get_type ())
/**
 * BillingQrCode:
 *
 * A text (`text`) as a QR code, dark on white in any theme, as cameras want it.  Its modules are whole pixels, so that their
 * edges are sharp; `size` is the least width and height in pixels.
 */
G_DECLARE_FINAL_TYPE (BillingQrCode, billing_qr_code, BILLING, QR_CODE, GtkWidget)

const char *billing_qr_code_get_text    (BillingQrCode *self);
void        billing_qr_code_set_text    (BillingQrCode *self,
                                         const char    *text);
int         billing_qr_code_get_n_modules (BillingQrCode *self);

G_END_DECLS

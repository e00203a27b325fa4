/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-letter.h"

G_BEGIN_DECLS

gboolean billing_letter_write_pdf (BillingLetter  *letter,
                                   GOutputStream  *stream,
                                   GError        **error);

G_END_DECLS

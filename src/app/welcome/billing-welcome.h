/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_WELCOME (billing_welcome_get_type ())
G_DECLARE_FINAL_TYPE (BillingWelcome, billing_welcome, BILLING, WELCOME, AdwBin)

/**
 * BillingWelcome:
 *
 * What a person sees who has no practice yet: the ways in.
 */

G_END_DECLS

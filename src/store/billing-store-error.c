/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-store-error"

#include "config.h"

#include "billing-store-error.h"

G_DEFINE_QUARK (billing-store-error-quark, billing_store_error)

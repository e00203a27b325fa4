/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-exchange-error"

#include "config.h"

#include "billing-exchange-error.h"

G_DEFINE_QUARK (billing-exchange-error-quark, billing_exchange_error)

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-model-error"

#include "config.h"

#include "billing-model-error.h"

G_DEFINE_QUARK (billing-model-error-quark, billing_model_error)

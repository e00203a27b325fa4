/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-rate.h"

G_BEGIN_DECLS

const char *billing_rate_format_kind     (BillingRate      *rate);
const char *billing_rate_format_billing  (BillingRate      *rate);
char       *billing_rate_format_code     (BillingRate      *rate);
char       *billing_rate_format_price    (BillingRate      *rate);
char       *billing_rate_format_sentence (BillingRate      *rate);
char       *billing_rate_format_since    (BillingRatePrice *price);

G_END_DECLS

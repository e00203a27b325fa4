/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-remittance.h"

G_BEGIN_DECLS

const char *billing_reason_get_words              (const char            *code);
const char *billing_remark_get_words              (const char            *code);
const char *billing_provider_adjustment_get_words (const char            *code);
char       *billing_remittance_line_describe      (BillingRemittanceLine *line);
char       *billing_remittance_line_explain_state (BillingRemittanceLine *line);
char       *billing_remittance_describe_provider  (BillingRemittance     *remittance);
char       *billing_remittance_describe_balance   (BillingRemittance     *remittance);
const char *billing_remittance_get_state_label    (BillingRemittanceState state);
const char *billing_remittance_line_get_state_label (BillingRemittanceLineState state);
const char *billing_claim_status_get_words        (const char            *code);

G_END_DECLS

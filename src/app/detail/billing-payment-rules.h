/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dossier.h"
#include "billing-payment.h"
#include "billing-verb.h"

G_BEGIN_DECLS

gint64   billing_payment_rules_get_refundable (BillingPayment *payment);
gboolean billing_payment_rules_is_legal       (BillingVerb     verb,
                                               BillingPayment *payment);
gboolean billing_payment_rules_is_offered     (BillingVerb     verb,
                                               BillingDossier *dossier);

G_END_DECLS

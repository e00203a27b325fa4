/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-patient.h"

G_BEGIN_DECLS

gboolean billing_test_words_has_patient (BillingPatient *patient,
                                         const char     *word);
gboolean billing_test_words_has_number  (const char     *number,
                                         const char     *word);
gboolean billing_test_words_has_text    (const char     *text,
                                         const char     *word);
gboolean billing_test_words_has_amount  (gint64          amount,
                                         const char     *word);

G_END_DECLS

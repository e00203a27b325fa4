/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-model-error.h"

G_BEGIN_DECLS

/*
 * How old what is owed is: the word of an age (`0-30`, by days before today), or a stretch of days (`2026-11-01..2026-11-30`, either side
 * may be left out). Both come down to days, counted by a basis: the day on which a payment is due, on which the treatment was, or on which
 * the payment was made. A payment without the first two goes by the third.
 */

#define BILLING_AGE_BASIS_DUE "due"
#define BILLING_AGE_BASIS_SERVICE "service"
#define BILLING_AGE_BASIS_CREATED "created"

const char * const *billing_age_list_words  (void);
const char * const *billing_age_list_bases  (void);
gboolean            billing_age_check       (const char  *age,
                                             const char  *basis,
                                             GError     **error);
void                billing_age_get_days    (const char  *age,
                                             const char  *today,
                                             char       **from,
                                             char       **to);
char               *billing_age_of_days     (const char  *from,
                                             const char  *to);
const char         *billing_age_get_text    (const char  *age);
char               *billing_age_get_label   (const char  *age,
                                             const char  *locale);
char               *billing_age_describe    (const char  *age,
                                             const char  *basis,
                                             const char  *locale);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The statuses of Stripe's own list of payments (stripe-facts 2.4), by its words. The rules that give a payment its status are SQL: the view
 * stripe_payment_states of the mirror. A word that is not among these is Stripe's own, too new to be known, and shown as it is.
 */

const char * const *billing_stripe_status_list_words (void);
const char         *billing_stripe_status_get_label  (const char *word);

G_END_DECLS

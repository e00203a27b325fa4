/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/* Between billing-list-search.c, which finds patients and rows by their patients, billing-list-word.c, which finds rows by all else, and
 * billing-list-search-stripe.c, which finds Stripe's payments. */

/* With more of the rows than one in this many, they are better found in the order of the list. */
#define BILLING_SEARCH_SHARE 50

/* The trigram indices find no shorter words. */
#define BILLING_SEARCH_TRIGRAM 3

/**
 * BillingListWord:
 *
 * A word that somebody searches payments or treatments for, and where it was found.
 */
typedef struct _BillingListWord BillingListWord;

guint            _billing_search_add_value       (GPtrArray          *values,
                                                  char               *value);
char            *_billing_search_quote           (const char         *word);
void             _billing_search_append_patients (GString            *sql,
                                                  GPtrArray          *values,
                                                  GStrv               words);
char            *_billing_search_find_few        (BillingConnection  *connection,
                                                  GStrv               words,
                                                  GError            **error);
char            *_billing_search_get_number_start (const char        *prefix,
                                                  const char         *word);
gint64           _billing_search_read_amount     (BillingConnection  *connection,
                                                  const char         *text);
gboolean         _billing_search_stripe_payments (BillingConnection  *connection,
                                                  const char         *text,
                                                  GString            *where,
                                                  GPtrArray          *values,
                                                  GError            **error);

BillingListWord *_billing_list_word_new          (BillingConnection  *connection,
                                                  const char         *table,
                                                  const char         *text,
                                                  gboolean            only_some,
                                                  GError            **error);
gboolean         _billing_list_word_is_name      (BillingListWord    *self);
gboolean         _billing_list_word_find_people  (BillingListWord    *self,
                                                  BillingConnection  *connection,
                                                  GError            **error);
gboolean         _billing_list_word_is_rare      (BillingListWord    *self);
void             _billing_list_word_append_set   (BillingListWord    *self,
                                                  GString            *where,
                                                  GPtrArray          *values);
void             _billing_list_word_append_test  (BillingListWord    *self,
                                                  gboolean            only_some,
                                                  GString            *where,
                                                  GPtrArray          *values);
void             _billing_list_word_free         (BillingListWord    *self);

G_END_DECLS

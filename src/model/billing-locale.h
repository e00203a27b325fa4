/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <unicode/unum.h>

G_BEGIN_DECLS

/*
 * What the model's ICU users share. Only for this room: everything above it passes locale names.
 */

/**
 * BillingLocaleOpenFunc:
 * @locale: an ICU locale
 * @variant: what else the formatter depends on: a currency, a time zone
 *
 * Opens an ICU object.
 *
 * Returns: (transfer full) (nullable): the object
 */
typedef gpointer (*BillingLocaleOpenFunc) (const char *locale, const char *variant);

/**
 * BillingLocaleCache:
 * @tables: a table for each thread, since ICU's formatters are not for sharing between threads
 * @open: opens an object that is not in the table yet
 * @close: closes it
 *
 * A cache of open ICU objects. Opening one costs about a thousand times what using it does.
 */
typedef struct {
  GPrivate tables;
  BillingLocaleOpenFunc open;
  GDestroyNotify close;
} BillingLocaleCache;

#define BILLING_LOCALE_CACHE_INIT(open, close) \
  { G_PRIVATE_INIT ((GDestroyNotify) g_hash_table_unref), open, close }

const char *billing_locale_resolve (const char *locale, int category);
gpointer billing_locale_cache_get (BillingLocaleCache *cache, const char *locale,
                                   const char *variant);

UNumberFormat *billing_locale_open_currency (const char *locale, const char *currency);

UChar *billing_utf16_from_utf8 (const char *text, int32_t *length);
char *billing_utf16_to_utf8 (const UChar *text, int32_t length);

G_END_DECLS

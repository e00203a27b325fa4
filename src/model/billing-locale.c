/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-locale"

#include "config.h"

#include "billing-locale.h"

#include <locale.h>
#include <string.h>
#include <unicode/uloc.h>

/* A desk uses one locale and a currency or two. This only bounds what strange data can make us
 * keep. */
#define CACHE_LIMIT 256

static gboolean
is_untranslated (const char *locale)
{
  return *locale == '\0' || g_str_equal (locale, "C") || g_str_has_prefix (locale, "C.")
         || g_str_equal (locale, "POSIX");
}

/**
 * billing_locale_resolve:
 * @locale: (nullable): a POSIX or ICU locale name; the process's own if %NULL
 * @category: the category of the process's locale, such as `LC_MONETARY`
 *
 * Finds ICU's name of a locale. The C locale is read as American English: ICU's en_US_POSIX groups
 * no digits, which nobody wants to read.
 *
 * Returns: (transfer none): the name, which is never freed
 */
const char *
billing_locale_resolve (const char *locale, int category)
{
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;

  if (locale == NULL)
    locale = setlocale (category, NULL);

  if (locale == NULL || is_untranslated (locale))
    return "en_US";

  uloc_canonicalize (locale, name, sizeof name, &status);

  if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING)
    return "en_US";

  return g_intern_string (name);
}

/**
 * billing_locale_cache_get:
 * @cache: a cache
 * @locale: an ICU locale
 * @variant: what else the object depends on
 *
 * Finds or opens this thread's object. It stays valid until the next call with the same cache.
 *
 * Returns: (transfer none) (nullable): the object
 */
gpointer
billing_locale_cache_get (BillingLocaleCache *cache, const char *locale, const char *variant)
{
  GHashTable *table = g_private_get (&cache->tables);
  g_autofree char *key = g_strconcat (locale, "\n", variant, NULL);
  gpointer object;

  if (table == NULL) {
    table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cache->close);
    g_private_set (&cache->tables, table);
  }

  object = g_hash_table_lookup (table, key);
  if (object != NULL)
    return object;

  if (g_hash_table_size (table) >= CACHE_LIMIT)
    g_hash_table_remove_all (table);

  object = cache->open (locale, variant);
  if (object != NULL)
    g_hash_table_insert (table, g_steal_pointer (&key), object);

  return object;
}

/**
 * billing_locale_open_currency:
 * @locale: an ICU locale
 * @currency: a text that begins with a currency
 *
 * Opens a formatter for amounts of a currency, with whatever decimals ICU gives it.
 *
 * Returns: (transfer full) (nullable): the formatter
 */
UNumberFormat *
billing_locale_open_currency (const char *locale, const char *currency)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *code = g_strndup (currency, 3);
  g_autofree UChar *wide = billing_utf16_from_utf8 (code, NULL);
  UNumberFormat *format = unum_open (UNUM_CURRENCY, NULL, 0, locale, NULL, &status);

  if (U_FAILURE (status))
    return NULL;

  unum_setTextAttribute (format, UNUM_CURRENCY_CODE, wide, 3, &status);
  return format;
}

/**
 * billing_utf16_from_utf8:
 * @text: text; what of it is not UTF-8 becomes U+FFFD
 * @length: (out) (optional): the units of the result, without the terminator
 *
 * Returns: (transfer full): the text as ICU takes it
 */
UChar *
billing_utf16_from_utf8 (const char *text, int32_t *length)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  glong units = 0;
  gunichar2 *result = g_utf8_to_utf16 (valid != NULL ? valid : text, -1, NULL, &units, NULL);

  if (length != NULL)
    *length = (int32_t) units;

  return result;
}

/**
 * billing_utf16_to_utf8:
 * @text: ICU's text
 * @length: its units, or -1 if terminated
 *
 * Returns: (transfer full): the text as UTF-8
 */
char *
billing_utf16_to_utf8 (const UChar *text, int32_t length)
{
  char *result = g_utf16_to_utf8 (text, length, NULL, NULL, NULL);

  return result != NULL ? result : g_strdup ("");
}

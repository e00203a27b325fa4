/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-text"

#include "config.h"

#include "billing-text.h"

#include "billing-locale.h"

#include <locale.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

/* Marks of a lower combining class are part of a letter: the viramas of Indian scripts, the voicing
 * of kana. */
#define FIRST_ACCENT_CLASS 10

static gpointer open_transliterator (const char *locale, const char *variant);
static gpointer open_collator (const char *locale, const char *variant);
static void close_transliterator (gpointer transliterator);
static void close_collator (gpointer collator);

static BillingLocaleCache transliterators
    = BILLING_LOCALE_CACHE_INIT (open_transliterator, close_transliterator);
static BillingLocaleCache collators = BILLING_LOCALE_CACHE_INIT (open_collator, close_collator);

static gpointer
open_transliterator (const char *locale, const char *variant)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree UChar *wide = billing_utf16_from_utf8 (variant, NULL);
  UTransliterator *result = utrans_openU (wide, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);

  return U_SUCCESS (status) ? result : NULL;
}

static void
close_transliterator (gpointer transliterator)
{
  utrans_close (transliterator);
}

static gpointer
open_collator (const char *locale, const char *variant)
{
  UErrorCode status = U_ZERO_ERROR;
  UCollator *collator = ucol_open (locale, &status);

  if (U_FAILURE (status))
    return NULL;

  ucol_setStrength (collator, UCOL_TERTIARY);
  ucol_setAttribute (collator, UCOL_ALTERNATE_HANDLING, UCOL_NON_IGNORABLE, &status);
  ucol_setAttribute (collator, UCOL_NORMALIZATION_MODE, UCOL_ON, &status);
  return collator;
}

static void
close_collator (gpointer collator)
{
  ucol_close (collator);
}

/* Puts ASCII in small letters and makes any whitespace one space, none at the ends. */
static char *
finish_fold (char *text)
{
  char *end = text;

  for (const char *p = text; *p != '\0'; p++) {
    if (!g_ascii_isspace (*p) && *p != '\v')
      *end++ = g_ascii_tolower (*p);
    else if (end > text && end[-1] != ' ')
      *end++ = ' ';
  }

  if (end > text && end[-1] == ' ')
    end--;

  *end = '\0';
  return text;
}

static UChar *
normalize (const UNormalizer2 *normalizer, const UChar *text, int32_t *length)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t needed = unorm2_normalize (normalizer, text, *length, NULL, 0, &status);
  UChar *result = g_new (UChar, needed + 1);

  status = U_ZERO_ERROR;
  *length = unorm2_normalize (normalizer, text, *length, result, needed + 1, &status);
  return result;
}

static gboolean
is_accent (UChar32 character)
{
  return u_charType (character) == U_NON_SPACING_MARK
         && u_getCombiningClass (character) >= FIRST_ACCENT_CLASS;
}

static void
drop_accents (UChar *text, int32_t *length)
{
  int32_t end = 0;

  for (int32_t i = 0; i < *length;) {
    UChar32 character;

    U16_NEXT (text, i, *length, character);

    if (u_isUWhiteSpace (character))
      character = ' ';

    if (!is_accent (character))
      U16_APPEND_UNSAFE (text, end, character);
  }

  *length = end;
}

static UChar *
transliterate (const UChar *text, int32_t *length)
{
  UTransliterator *latin = billing_locale_cache_get (&transliterators, "", "Latin-ASCII");
  int32_t capacity = *length * 2 + 1;
  UChar *result = NULL;
  UErrorCode status;

  /* ICU says how much it needs when it has less, and then has changed nothing that we keep. */
  do {
    int32_t limit = *length;
    int32_t end = *length;

    status = U_ZERO_ERROR;
    result = g_renew (UChar, result, capacity);
    memcpy (result, text, (gsize) *length * sizeof (UChar));

    if (latin != NULL)
      utrans_transUChars (latin, result, &end, capacity, 0, &limit, &status);

    if (status == U_BUFFER_OVERFLOW_ERROR)
      capacity = end + 1;
    else
      *length = end;
  } while (status == U_BUFFER_OVERFLOW_ERROR);

  return result;
}

static char *
fold_wide (const char *text)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance (&status);
  const UNormalizer2 *decompose = unorm2_getNFKDInstance (&status);
  const UNormalizer2 *compose = unorm2_getNFCInstance (&status);
  int32_t length;
  g_autofree UChar *wide = billing_utf16_from_utf8 (text, &length);
  g_autofree UChar *folded = normalize (fold, wide, &length);
  g_autofree UChar *decomposed = normalize (decompose, folded, &length);
  g_autofree UChar *latin = NULL;
  g_autofree UChar *composed = NULL;

  drop_accents (decomposed, &length);
  latin = transliterate (decomposed, &length);
  composed = normalize (compose, latin, &length);

  return finish_fold (billing_utf16_to_utf8 (composed, length));
}

/**
 * billing_text_fold:
 * @text: text
 *
 * Makes of a text what searches compare, so that who types `mejia`, `strasse` or `lodz` finds
 * *Mejía*, *Straße* and *Łódź*: small letters without accents, Latin letters as ASCII, typographic
 * quotes and dashes as ASCII, one space for any whitespace. Other scripts stay in their letters.
 *
 * The result is stored. When it changes, the columns that hold it have to be filled again.
 *
 * Returns: (transfer full): the folded text
 */
char *
billing_text_fold (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_str_is_ascii (text) ? finish_fold (g_strdup (text)) : fold_wide (text);
}

/**
 * billing_text_sort_key:
 * @text: text
 * @locale: (nullable): the practice's locale; what all languages have in common if %NULL
 *
 * Makes a key that sorts as people expect names sorted, when compared with memcmp(), which is how
 * SQLite compares blobs. Case and accents decide only between names that are otherwise the same.
 *
 * The key is stored, so it depends on nothing of the process, but it does on the version of ICU.
 *
 * Returns: (transfer full): the key
 */
GBytes *
billing_text_sort_key (const char *text, const char *locale)
{
  const char *name = locale != NULL ? billing_locale_resolve (locale, 0) : "root";
  UCollator *collator = billing_locale_cache_get (&collators, name, "");
  int32_t length;
  g_autofree UChar *wide = NULL;
  g_autofree guint8 *key = NULL;
  int32_t needed;

  g_return_val_if_fail (text != NULL, NULL);

  if (collator == NULL)
    return g_bytes_new (text, strlen (text));

  wide = billing_utf16_from_utf8 (text, &length);
  needed = ucol_getSortKey (collator, wide, length, NULL, 0);
  key = g_malloc ((gsize) needed);
  ucol_getSortKey (collator, wide, length, key, needed);

  /* The terminator adds nothing to the order of blobs. */
  return g_bytes_new_take (g_steal_pointer (&key), (gsize) MAX (needed - 1, 0));
}

/**
 * billing_text_is_plain:
 * @text: (nullable): text
 *
 * Returns: whether it is UTF-8 without control characters other than newline and tab
 */
gboolean
billing_text_is_plain (const char *text)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)) && *text != '\n' && *text != '\t')
      return FALSE;

  return TRUE;
}

/**
 * billing_language_is_known:
 * @locale: a POSIX or ICU locale name, such as `de` or `pt_BR`
 *
 * Tells whether it begins with a language's code. ICU takes every other word for a locale too, and sorts by it as if
 * nothing had been said.
 */
gboolean
billing_language_is_known (const char *locale)
{
  return locale != NULL && *uloc_getISO3Language (locale) != '\0';
}

/**
 * billing_language_format:
 * @language: (nullable): a BCP 47 tag, such as `pt-BR`, or whatever was written
 * @locale: (nullable): whose words; the process's own if %NULL
 *
 * Returns: (transfer full): the language's name there (`Portuguese (Brazil)`), what was written where it is none, empty for none
 */
char *
billing_language_format (const char *language, const char *locale)
{
  UChar name[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length;

  if (language == NULL || !billing_language_is_known (language))
    return g_strdup (language != NULL ? language : "");

  length = uloc_getDisplayName (language, billing_locale_resolve (locale, LC_MESSAGES), name, G_N_ELEMENTS (name), &status);
  return U_SUCCESS (status) && length > 0 && length < (int32_t) G_N_ELEMENTS (name) ? billing_utf16_to_utf8 (name, length)
                                                                                     : g_strdup (language);
}

/**
 * billing_language_get_locale:
 * @language: a BCP 47 tag: `de`, `pt-BR`
 * @locale: (nullable): a locale of the place; the process's own if %NULL
 *
 * Finds how somebody of that language writes amounts and days in that place: the region is the tag's own where it names one.
 *
 * Returns: (transfer full): an ICU locale
 */
char *
billing_language_get_locale (const char *language, const char *locale)
{
  const char *own = billing_locale_resolve (language, LC_MESSAGES);
  const char *place = billing_locale_resolve (locale, LC_MONETARY);
  char region[ULOC_COUNTRY_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;

  if (uloc_getCountry (own, region, sizeof region, &status) > 0 || U_FAILURE (status))
    return g_strdup (own);

  uloc_getCountry (place, region, sizeof region, &status);
  return U_SUCCESS (status) && *region != '\0' ? g_strdup_printf ("%s_%s", own, region) : g_strdup (own);
}

/**
 * billing_text_is_said:
 * @text: (nullable): what somebody may have said
 *
 * Returns: whether there is anything in it
 */
gboolean
billing_text_is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * billing_text_set:
 * @place: (inout) (nullable): a text
 * @text: (nullable): what it becomes, without blanks around it
 *
 * Puts a text into its place, where nothing is kept of nothing.
 */
void
billing_text_set (char       **place,
                  const char  *text)
{
  g_autofree char *old = g_steal_pointer (place);

  *place = billing_text_is_said (text) ? g_strstrip (g_strdup (text)) : NULL;
}

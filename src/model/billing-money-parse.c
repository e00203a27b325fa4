/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-money-parse"

#include "config.h"

#include "billing-money.h"

#include "billing-decimal.h"
#include "billing-locale.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>
#include <unicode/ucurr.h>

/* Longer than any symbol or separator. */
#define SYMBOL_LENGTH 64

/* How amounts are written in a locale, as plain as fold_text() makes what a person wrote. */
typedef struct {
  char *symbols[4];   /* (owned): the currency's code and symbols */
  char *points[2];    /* (owned): what stands before the decimals */
  char *groupings[2]; /* (owned): what stands between groups of digits */
  int last_group;
  int other_groups;
} BillingMoneyReading;

static gboolean
has_other_number (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_type (g_utf8_get_char (text)) == G_UNICODE_OTHER_NUMBER)
      return TRUE;

  return FALSE;
}

/* Makes all spaces, minus signs, apostrophes and widths of a character the same, drops the marks
 * of writing direction, and ignores case. Tabs and newlines stay: what they part is two amounts. */
static char *
fold_text (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (normal, -1);
  g_autoptr (GString) result = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar character = g_utf8_get_char (p);

    if (character == 0x2212 || character == 0x2010 || character == 0x2013)
      character = '-';
    else if (character == 0x2019)
      character = '\'';
    else if (g_unichar_type (character) == G_UNICODE_SPACE_SEPARATOR)
      character = ' ';

    if (g_unichar_type (character) != G_UNICODE_FORMAT)
      g_string_append_unichar (result, character);
  }

  return g_strstrip (g_string_free (g_steal_pointer (&result), FALSE));
}

static char *
fold_wide (const UChar *wide)
{
  g_autofree char *text = billing_utf16_to_utf8 (wide, -1);

  return fold_text (text);
}

/* A space is a separator too, so nothing is stripped from it. */
static char *
read_separator (const UNumberFormat *format, UNumberFormatSymbol symbol)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[SYMBOL_LENGTH] = { 0 };
  char *folded;

  unum_getSymbol (format, symbol, wide, SYMBOL_LENGTH - 1, &status);
  folded = fold_wide (wide);

  if (*folded == '\0' && *wide != 0)
    folded = (g_free (folded), g_strdup (" "));

  return folded;
}

static char *
read_currency_name (const char *locale, const UChar *code, UCurrNameStyle style)
{
  UErrorCode status = U_ZERO_ERROR;
  UBool is_choice;
  int32_t length;
  const UChar *name = ucurr_getName (code, locale, style, &is_choice, &length, &status);

  return U_SUCCESS (status) ? fold_wide (name) : g_strdup ("");
}

/* @variant is the currency. */
static gpointer
open_reading (const char *locale, const char *variant)
{
  BillingMoneyReading *reading;
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[SYMBOL_LENGTH] = { 0 };
  g_autofree UChar *code = billing_utf16_from_utf8 (variant, NULL);
  UNumberFormat *format = billing_locale_open_currency (locale, variant);

  if (format == NULL)
    return NULL;

  reading = g_new0 (BillingMoneyReading, 1);
  reading->symbols[0] = fold_wide (code);
  reading->symbols[1] = read_currency_name (locale, code, UCURR_SYMBOL_NAME);
  reading->symbols[2] = read_currency_name (locale, code, UCURR_NARROW_SYMBOL_NAME);
  unum_getSymbol (format, UNUM_CURRENCY_SYMBOL, wide, SYMBOL_LENGTH - 1, &status);
  reading->symbols[3] = fold_wide (wide);

  /* A few locales write amounts with other separators than numbers. Where the two contradict each
   * other, amounts are what is read here, and points are looked for before groupings. */
  reading->points[0] = read_separator (format, UNUM_MONETARY_SEPARATOR_SYMBOL);
  reading->groupings[0] = read_separator (format, UNUM_MONETARY_GROUPING_SEPARATOR_SYMBOL);
  reading->groupings[1] = read_separator (format, UNUM_GROUPING_SEPARATOR_SYMBOL);
  reading->points[1] = read_separator (format, UNUM_DECIMAL_SEPARATOR_SYMBOL);
  if (g_str_equal (reading->points[1], reading->groupings[0])) {
    g_free (reading->points[1]);
    reading->points[1] = g_strdup (reading->points[0]);
  }

  reading->last_group = unum_getAttribute (format, UNUM_GROUPING_SIZE);
  reading->other_groups = unum_getAttribute (format, UNUM_SECONDARY_GROUPING_SIZE);
  if (reading->last_group <= 0)
    reading->last_group = 3;
  if (reading->other_groups <= 0)
    reading->other_groups = reading->last_group;

  unum_close (format);
  return reading;
}

static void
close_reading (gpointer data)
{
  BillingMoneyReading *reading = data;

  for (gsize i = 0; i < G_N_ELEMENTS (reading->symbols); i++)
    g_free (reading->symbols[i]);

  for (gsize i = 0; i < G_N_ELEMENTS (reading->points); i++) {
    g_free (reading->points[i]);
    g_free (reading->groupings[i]);
  }

  g_free (reading);
}

static BillingLocaleCache readings = BILLING_LOCALE_CACHE_INIT (open_reading, close_reading);

static void
skip_spaces (const char **start, const char **end)
{
  while (*start < *end && **start == ' ')
    (*start)++;

  while (*start < *end && (*end)[-1] == ' ')
    (*end)--;
}

static gboolean
is_sign (char character)
{
  return character == '-' || character == '+';
}

static gboolean
skip_sign (const char **start, const char **end, gboolean *negative)
{
  skip_spaces (start, end);

  if (*start == *end || !is_sign (**start))
    return FALSE;

  *negative = *(*start)++ == '-';
  skip_spaces (start, end);
  return TRUE;
}

/* West Frisian writes it behind, and so do bookkeepers elsewhere. */
static void
skip_sign_behind (const char *start, const char **end, gboolean *negative)
{
  if (*end == start || !is_sign ((*end)[-1]))
    return;

  *negative = *--(*end) == '-';
  skip_spaces (&start, end);
}

static gsize
prefix_length (const char *start, const char *end, const char *prefix)
{
  gsize length = strlen (prefix);

  if (length > (gsize) (end - start) || strncmp (start, prefix, length) != 0)
    return 0;

  return length;
}

static gsize
suffix_length (const char *start, const char *end, const char *suffix)
{
  gsize length = strlen (suffix);

  if (length > (gsize) (end - start) || strncmp (end - length, suffix, length) != 0)
    return 0;

  return length;
}

/* Takes the longest symbol there is: "Rs." before "Rs". It may stand on either side, once. */
static void
skip_symbol (const BillingMoneyReading *reading, const char **start, const char **end)
{
  gsize before = 0, after = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (reading->symbols); i++) {
    before = MAX (before, prefix_length (*start, *end, reading->symbols[i]));
    after = MAX (after, suffix_length (*start, *end, reading->symbols[i]));
  }

  if (before > 0)
    *start += before;
  else
    *end -= after;

  skip_spaces (start, end);
}

/* The digit zero of a character's own script, or 0 if it is no digit. */
static gunichar
find_zero (gunichar character)
{
  if (!g_unichar_isdigit (character))
    return 0;

  return character - (gunichar) g_unichar_digit_value (character);
}

static gunichar
find_first_zero (const char *text)
{
  gunichar zero = 0;

  for (; *text != '\0' && zero == 0; text = g_utf8_next_char (text))
    zero = find_zero (g_utf8_get_char (text));

  return zero;
}

/* Reads digits of one script. Returns how many they are. */
static int
read_digits (const char **start, const char *end, gunichar zero, GString *digits)
{
  int n_digits = 0;

  for (; *start < end; *start = g_utf8_next_char (*start), n_digits++) {
    gunichar character = g_utf8_get_char (*start);

    if (find_zero (character) != zero)
      break;

    g_string_append_c (digits, (char) ('0' + (character - zero)));
  }

  return n_digits;
}

static gsize
point_length (const BillingMoneyReading *reading, const char *start, const char *end)
{
  return MAX (prefix_length (start, end, reading->points[0]),
              prefix_length (start, end, reading->points[1]));
}

/* Whatever the locale groups with, a space is understood: that is what the world agreed on. */
static gsize
grouping_length (const BillingMoneyReading *reading, const char *start, const char *end)
{
  gsize length = MAX (prefix_length (start, end, reading->groupings[0]),
                      prefix_length (start, end, reading->groupings[1]));

  return MAX (length, prefix_length (start, end, " "));
}

/* The groups are all of three digits, or as large as they are in the locale: 12,34,567 in India. */
static gboolean
check_groups (const BillingMoneyReading *reading, const GArray *groups, const GString *digits)
{
  int n_others = (int) groups->len - 1;
  int first = g_array_index (groups, int, 0);
  int last = g_array_index (groups, int, n_others);
  gboolean threes = first <= 3 && last == 3;
  gboolean usual = first <= reading->other_groups && last == reading->last_group;

  for (int i = 1; i < n_others; i++) {
    threes = threes && g_array_index (groups, int, i) == 3;
    usual = usual && g_array_index (groups, int, i) == reading->other_groups;
  }

  /* 0,125 is meant as a fraction by whoever writes it. */
  return (threes || usual) && digits->str[0] != '0';
}

/* Reads the digits before the point. All groupings are the same, or else they mean something. */
static gboolean
read_whole (const BillingMoneyReading *reading,
            const char **start,
            const char *end,
            gunichar zero,
            GString *digits)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (int));
  const char *grouping = NULL;
  gsize length = 0;

  while (TRUE) {
    int n_digits = read_digits (start, end, zero, digits);

    if (n_digits == 0 && groups->len > 0)
      return FALSE;

    g_array_append_val (groups, n_digits);

    if (n_digits == 0 || point_length (reading, *start, end) > 0)
      break;

    if (grouping == NULL) {
      grouping = *start;
      length = grouping_length (reading, *start, end);
    }

    if (length == 0 || (gsize) (end - *start) < length || strncmp (*start, grouping, length) != 0)
      break;

    *start += length;
  }

  return groups->len == 1 || check_groups (reading, groups, digits);
}

static gboolean
read_number (const BillingMoneyReading *reading,
             const char *start,
             const char *end,
             gunichar zero,
             BillingDecimal *decimal)
{
  gsize length;

  if (!read_whole (reading, &start, end, zero, decimal->digits))
    return FALSE;

  decimal->point = (gint64) decimal->digits->len;
  length = point_length (reading, start, end);

  if (length == 0)
    return start == end && decimal->digits->len > 0;

  start += length;
  return read_digits (&start, end, zero, decimal->digits) > 0 && start == end;
}

/* The symbol and the sign stand in either order, but one sign is enough: -$5, $-5, $5-. */
static gboolean
read_amount (const BillingMoneyReading *reading,
             const char *text,
             gunichar zero,
             BillingDecimal *decimal)
{
  const char *start = text;
  const char *end = text + strlen (text);
  gboolean is_signed = skip_sign (&start, &end, &decimal->negative);

  skip_symbol (reading, &start, &end);

  if (!is_signed && !skip_sign (&start, &end, &decimal->negative))
    skip_sign_behind (start, &end, &decimal->negative);

  return read_number (reading, start, end, zero, decimal);
}

/* Where a locale has digits of its own, they come with separators of their own, and the digits of
 * a Western keyboard with the Western ones. */
static BillingMoneyReading *
find_reading (const char *locale, const char *currency, gunichar zero)
{
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;

  g_strlcpy (name, locale, sizeof name);
  uloc_setKeywordValue ("numbers", zero == '0' ? "latn" : "native", name, sizeof name, &status);

  return billing_locale_cache_get (&readings, U_SUCCESS (status) ? name : locale, currency);
}

static void
set_parse_error (const char *text, const char *currency, const char *locale, GError **error)
{
  int digits = billing_money_digits (currency);
  gint64 minor = digits == 0 ? 1250 : digits == 3 ? 1250500 : 125050;
  g_autofree char *example = billing_money_format (billing_money_new (minor, currency), locale);
  g_autofree char *shown = billing_decimal_quote (text);

  if (*shown == '\0')
    g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_AMOUNT,
                 _("An amount is missing. Write it like %s"), example);
  else
    g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_AMOUNT,
                 _("“%s” cannot be read as an amount in %s. Write it like %s"), shown, currency,
                 example);
}

/**
 * billing_money_parse:
 * @text: what a person wrote
 * @currency: the currency it is in
 * @locale: (nullable): whose way of writing; the process's if %NULL
 * @money: (out caller-allocates): the amount
 * @error: return location of a `BILLING_MODEL_ERROR_AMOUNT` or `BILLING_MODEL_ERROR_OVERFLOW`
 *
 * Reads an amount as it is written in @locale: `250,00` is two hundred and fifty in Germany and is
 * refused in America, rather than taken for 25,000. The currency's symbol or code may stand before
 * or after it, and so may a sign. Digits may be grouped as the locale does it, or with spaces.
 *
 * Returns: whether @text is an amount
 */
gboolean
billing_money_parse (const char *text,
                     const char *currency,
                     const char *locale,
                     BillingMoney *money,
                     GError **error)
{
  BillingMoney code = billing_money_new (0, currency);
  const char *name = billing_locale_resolve (locale, LC_MONETARY);
  g_auto (BillingDecimal) decimal = { 0 };
  g_autofree char *folded = NULL;
  BillingMoneyReading *reading;
  gunichar zero;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (*code.currency != '\0', FALSE);

  billing_decimal_init (&decimal);

  if (g_utf8_validate (text, -1, NULL) && !has_other_number (text)) {
    folded = fold_text (text);
    zero = find_first_zero (folded);
    reading = find_reading (name, code.currency, zero);

    if (zero != 0 && reading != NULL && read_amount (reading, folded, zero, &decimal))
      return billing_decimal_to_money (&decimal, text, currency, FALSE, money, error);
  }

  set_parse_error (text, code.currency, name, error);
  return FALSE;
}

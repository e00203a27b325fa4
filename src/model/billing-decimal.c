/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-decimal"

#include "config.h"

#include "billing-decimal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More digits than any gint64 has. */
#define MAX_DIGITS 20

/* What a sentence can show of a text that is not an amount. */
#define MAX_QUOTED 40

/* Half to even: what is cut off decides, and if it is exactly a half, the last digit that stays. */
static gboolean
rounds_up (const char *kept, gsize n_kept, const char *cut)
{
  if (*cut != '5')
    return *cut > '5';

  if (strspn (cut + 1, "0") < strlen (cut + 1))
    return TRUE;

  return n_kept > 0 && (kept[n_kept - 1] - '0') % 2 == 1;
}

/* Counts downwards, since there is one more number below zero than above. */
static gboolean
append_digit (gint64 *minor, int digit)
{
  return !__builtin_mul_overflow (*minor, 10, minor)
         && !__builtin_sub_overflow (*minor, digit, minor);
}

static gboolean
read_units (const char *digits, gint64 n_units, gboolean negative, gint64 *minor)
{
  gsize length = strlen (digits);
  gsize n_kept = (gsize) CLAMP (n_units, 0, (gint64) length);
  gint64 result = 0;

  for (gsize i = 0; i < n_kept; i++)
    if (!append_digit (&result, digits[i] - '0'))
      return FALSE;

  for (gint64 i = (gint64) length; i < n_units; i++)
    if (!append_digit (&result, 0))
      return FALSE;

  /* Where n_units is below 0, the first digit that is cut is a zero that is not written. */
  if (n_units >= 0 && rounds_up (digits, n_kept, digits + n_kept)
      && __builtin_sub_overflow (result, 1, &result))
    return FALSE;

  if (!negative && __builtin_sub_overflow (0, result, &result))
    return FALSE;

  *minor = result;
  return TRUE;
}

/**
 * billing_decimal_init:
 * @decimal: (out caller-allocates): a number
 *
 * Starts a number without digits.
 */
void
billing_decimal_init (BillingDecimal *decimal)
{
  *decimal = (BillingDecimal) { .digits = g_string_new (NULL) };
}

/**
 * billing_decimal_clear:
 * @decimal: a number
 *
 * Frees what @decimal holds.
 */
void
billing_decimal_clear (BillingDecimal *decimal)
{
  if (decimal->digits != NULL)
    g_string_free (g_steal_pointer (&decimal->digits), TRUE);
}

/**
 * billing_decimal_to_money:
 * @decimal: a number
 * @text: what the person wrote, for the error
 * @currency: a currency
 * @round: whether decimals beyond the currency's are rounded, half to even, instead of refused
 * @money: (out caller-allocates): the amount
 * @error: return location of a `BILLING_MODEL_ERROR_AMOUNT` or `BILLING_MODEL_ERROR_OVERFLOW`
 *
 * Returns: whether the number is an amount of @currency
 */
gboolean
billing_decimal_to_money (const BillingDecimal *decimal,
                          const char *text,
                          const char *currency,
                          gboolean round,
                          BillingMoney *money,
                          GError **error)
{
  BillingMoney result = billing_money_new (0, currency);
  int n_decimals = billing_money_digits (result.currency);
  gsize n_zeros = strspn (decimal->digits->str, "0");
  const char *digits = decimal->digits->str + n_zeros;
  gint64 point = decimal->point - (gint64) n_zeros;
  g_autofree char *quoted = billing_decimal_quote (text);

  if (!round && (gint64) decimal->digits->len - decimal->point > n_decimals) {
    g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_AMOUNT,
                 _("%s has more decimals than %s"), quoted, result.currency);
    return FALSE;
  }

  if (*digits != '\0'
      && (point > MAX_DIGITS
          || !read_units (digits, point + n_decimals, decimal->negative, &result.minor))) {
    g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_OVERFLOW,
                 _("%s is too large an amount"), quoted);
    return FALSE;
  }

  *money = result;
  return TRUE;
}

/**
 * billing_decimal_append:
 * @out: where to append
 * @minor: an amount in minor units
 * @digits: how many decimals it has
 *
 * Writes a decimal number with a point and no grouping. Exports write millions of them.
 */
void
billing_decimal_append (GString *out, gint64 minor, int digits)
{
  guint64 magnitude = minor < 0 ? -(guint64) minor : (guint64) minor;
  char text[32];
  char *start = text + sizeof text;
  int n = 0;

  while (magnitude > 0 || n <= digits)
    {
      if (n == digits && digits > 0)
        *--start = '.';
      *--start = (char) ('0' + magnitude % 10);
      magnitude /= 10;
      n++;
    }
  if (minor < 0)
    *--start = '-';

  g_string_append_len (out, start, text + sizeof text - start);
}

/**
 * billing_decimal_from_minor:
 * @minor: an amount in minor units
 * @digits: how many decimals it has
 *
 * Returns: (transfer full): the number, by billing_decimal_append()
 */
char *
billing_decimal_from_minor (gint64 minor, int digits)
{
  GString *out = g_string_new (NULL);

  billing_decimal_append (out, minor, digits);
  return g_string_free (out, FALSE);
}

/**
 * billing_decimal_quote:
 * @text: what a person or a file gave as an amount
 *
 * Makes a text fit for a sentence: valid, on one line and not long.
 *
 * Returns: (transfer full): the text
 */
char *
billing_decimal_quote (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_strstrip (g_strdelimit (valid, "\n\r\t", ' '));

  if (g_utf8_strlen (valid, -1) <= MAX_QUOTED)
    return g_steal_pointer (&valid);

  *g_utf8_offset_to_pointer (valid, MAX_QUOTED) = '\0';
  return g_strconcat (valid, "…", NULL);
}

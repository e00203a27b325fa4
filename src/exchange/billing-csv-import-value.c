/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-csv-import-value"

#include "config.h"

#include "billing-csv-import-private.h"

#include <stdio.h>
#include <string.h>

#include "billing-day.h"
#include "billing-money.h"

/* Dates and amounts in the forms that the programs of practices write. 03/04/2020 alone is a riddle; a whole column rarely is. */

/* Three numbers with dots, slashes or dashes between them; what follows is a time. */
static gboolean
split_date (const char *text,
            int         numbers[3],
            guint      *first_length)
{
  char separator[2] = { 0 };
  int length = 0;
  int first = 0;

  while (g_ascii_isdigit (text[first]))
    first++;
  *first_length = (guint) first;

  if (sscanf (text, "%4d%1[-./]%2d%1[-./]%4d%n", &numbers[0], separator, &numbers[1], separator, &numbers[2], &length) != 5)
    return FALSE;

  return text[length] == '\0' || text[length] == ' ' || text[length] == 'T' || text[length] == ',';
}

static void
add_amount (BillingCsvEvidence *self,
            const char         *value)
{
  const char *comma = strrchr (value, ',');
  const char *point = strrchr (value, '.');
  const char *last = comma > point ? comma : point;
  gsize after;

  if (last == NULL)
    return;

  after = strspn (last + 1, "0123456789");
  if (comma != NULL && point != NULL)
    *(last == comma ? &self->comma : &self->point) += 1;
  else if (after != 3 && strchr (value, *last) == last)
    *(*last == ',' ? &self->comma : &self->point) += 1;
}

/**
 * billing_csv_evidence_add:
 * @self: what a column looks like so far
 * @value: one more value
 *
 * Notes what the value says about how those of its column are to be read.
 */
void
billing_csv_evidence_add (BillingCsvEvidence *self,
                          const char         *value)
{
  int numbers[3];
  guint first_length;

  self->values++;
  if (!split_date (value, numbers, &first_length))
    {
      add_amount (self, value);
      return;
    }
  if (first_length > 2)
    return;

  self->dates++;
  /* 13/13 is wrong either way and says nothing. */
  self->first_large += numbers[0] > 12 && numbers[1] <= 12;
  self->second_large += numbers[1] > 12 && numbers[0] <= 12;
  /* Nobody puts months first and dots between. */
  self->first_large += strchr (value, '.') != NULL && numbers[1] <= 12;
}

static int
complete_year (int year)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  int this_year = g_date_time_get_year (now);

  if (year >= 100)
    return year;

  year += this_year - this_year % 100;
  return year > this_year + 1 ? year - 100 : year;
}

/**
 * billing_csv_parse_day:
 * @text: a date, perhaps with a time behind it
 * @order: dmy or mdy, for dates that do not begin with the year
 * @locale: (nullable): whose words may stand in it
 *
 * Returns: (transfer full) (nullable): the day, %NULL where there is no such day
 */
char *
billing_csv_parse_day (const char *text,
                       const char *order,
                       const char *locale)
{
  int numbers[3];
  guint first_length;
  char *day = NULL;

  if (!split_date (text, numbers, &first_length))
    return billing_day_parse (text, locale, &day, NULL) ? day : NULL;

  if (first_length > 2)
    day = g_strdup_printf ("%04d-%02d-%02d", numbers[0], numbers[1], numbers[2]);
  else if (g_str_equal (order, "mdy"))
    day = g_strdup_printf ("%04d-%02d-%02d", complete_year (numbers[2]), numbers[0], numbers[1]);
  else
    day = g_strdup_printf ("%04d-%02d-%02d", complete_year (numbers[2]), numbers[1], numbers[0]);

  if (!billing_day_is_valid (day))
    g_clear_pointer (&day, g_free);
  return day;
}

/**
 * billing_csv_parse_time:
 * @text: a time, alone or behind a date: 9:30, 09:30:00, 2:15 PM
 * @seconds: (out): since midnight
 *
 * Returns: whether there is one
 */
gboolean
billing_csv_parse_time (const char *text,
                        int        *seconds)
{
  const char *colon = strchr (text, ':');
  const char *start = colon;
  int hour;
  int minute;
  int second = 0;

  if (colon == NULL)
    return FALSE;

  while (start > text && g_ascii_isdigit (start[-1]))
    start--;
  if (sscanf (start, "%2d:%2d:%2d", &hour, &minute, &second) < 2)
    return FALSE;

  if (strcasestr (colon, "pm") != NULL && hour < 12)
    hour += 12;
  else if (strcasestr (colon, "am") != NULL && hour == 12)
    hour = 0;

  *seconds = hour * 3600 + minute * 60 + second;
  return hour < 24 && minute < 60 && second < 60;
}

/**
 * billing_csv_plain_number:
 * @text: an amount as people write it, with a currency's sign, grouped
 * @decimal: what stands before the cents: a comma or a point
 *
 * Returns: (transfer full): the number in digits, with a point
 */
char *
billing_csv_plain_number (const char *text,
                          char        decimal)
{
  GString *out = g_string_new (NULL);
  gboolean negative = strchr (text, '-') != NULL || strstr (text, "−") != NULL || (text[0] == '(' && strchr (text, ')') != NULL);
  gboolean bad = FALSE;

  if (negative)
    g_string_append_c (out, '-');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_printf (out, "%d", g_unichar_digit_value (c));
      else if (c == (gunichar) decimal)
        g_string_append_c (out, '.');
      /* Words between digits are no amount: `12 of 30`. */
      else if (g_unichar_isalpha (c) && out->len > (negative ? 1 : 0) && p[1] != '\0' && strpbrk (p, "0123456789") != NULL)
        bad = TRUE;
    }

  if (bad)
    g_string_assign (out, "");
  return g_string_free (out, FALSE);
}

/**
 * billing_csv_is_in_currency:
 * @text: an amount as people write it
 * @currency: which currency it is taken for
 *
 * Returns: whether it bears no other currency’s sign or code: €5.00 is not five dollars
 */
gboolean
billing_csv_is_in_currency (const char *text,
                            const char *currency)
{
  g_autofree char *own = billing_money_format (billing_money_new (0, currency), NULL);
  gsize n_letters = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL && g_utf8_strchr (own, -1, c) == NULL)
        return FALSE;

      n_letters = g_ascii_isupper (*p) ? n_letters + 1 : 0;
      if (n_letters == 3 && !g_ascii_isalpha (p[1]) && strncmp (p - 2, currency, 3) != 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * billing_csv_guess_order:
 * @locale: (nullable): whose way of writing
 *
 * Returns: in which order dates stand there: dmy or mdy
 */
const char *
billing_csv_guess_order (const char *locale)
{
  static const char * const texts[] = { "03/04/2020", "3/4/20", "03.04.2020", "3.4.20", "03-04-2020" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *day = NULL;

      if (billing_day_parse (texts[i], locale, &day, NULL))
        return g_str_has_suffix (day, "-04") ? "mdy" : "dmy";
    }

  return "dmy";
}

char
billing_csv_guess_decimal (const char *locale,
                           const char *currency)
{
  BillingMoney money;

  return billing_money_digits (currency) > 0 && billing_money_parse ("1,5", currency, locale, &money, NULL) ? ',' : '.';
}

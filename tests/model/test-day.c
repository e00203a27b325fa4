/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "billing-day-cache.h"
#include "billing-day.h"
#include "billing-text.h"

#include <string.h>

static void
assert_day (const char *text, const char *locale, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("“%s” in %s", escaped, locale);

  if (expected != NULL) {
    billing_day_parse (text, locale, &day, &error);
    g_assert_no_error (error);
  } else {
    g_assert_false (billing_day_parse (text, locale, &day, &error));
    g_assert_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY);
  }

  g_assert_cmpstr (day, ==, expected);
}

static void
assert_day_of (gint64 instant, const char *time_zone, const char *expected)
{
  g_autofree char *day = billing_day_from_instant (instant, time_zone);

  g_assert_cmpstr (day, ==, expected);
}

static void
assert_sum (const char *day, int days, const char *expected)
{
  g_autofree char *sum = billing_day_add (day, days);

  g_assert_cmpstr (sum, ==, expected);
}

static void
assert_instant (const char *text, const char *time_zone, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  gint64 instant = 0;

  g_test_message ("“%s” in %s", text, time_zone);
  billing_instant_parse (text, time_zone, &instant, &error);
  g_assert_no_error (error);
  g_assert_cmpint (instant, ==, expected);
}

/* A day is exactly ten characters of a date that exists. */
static void
test_valid (void)
{
  const char *const invalid[]
      = { "",           "2026",       "2026-11",     "2026-2-03",  "2026-02-29", "2026-13-01",
          "2026-00-01", "2026-01-00", "0000-01-01",  "2026-11-3",  "2026-11-03 ", "2026-11-03T",
          "20261103",   "+026-11-03", "2026-11-031", "1900-02-29", "2026-04-31",  "２026-04-30" };

  g_assert_true (billing_day_is_valid ("2026-11-03"));
  g_assert_true (billing_day_is_valid ("2024-02-29"));
  g_assert_true (billing_day_is_valid ("2000-02-29"));
  g_assert_true (billing_day_is_valid ("0001-01-01"));
  g_assert_true (billing_day_is_valid ("9999-12-31"));
  g_assert_false (billing_day_is_valid (NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (billing_day_is_valid (invalid[i]));
}

/* An instant is a different day in different places. */
static void
test_zones (void)
{
  g_autofree char *today = billing_day_today ("UTC");

  g_assert_true (billing_day_is_valid (today));
  assert_day_of (0, "UTC", "1970-01-01");
  assert_day_of (0, "America/New_York", "1969-12-31");
  assert_day_of (86399, "UTC", "1970-01-01");
  assert_day_of (86399, "Asia/Tokyo", "1970-01-02");
  assert_day_of (-1, "UTC", "1969-12-31");
  assert_day_of (-62135596800, "UTC", "0001-01-01");
  assert_day_of (253402300799, "UTC", "9999-12-31");
  assert_day_of (253402300800, "UTC", NULL);
  assert_day_of (253402300799, "Asia/Tokyo", NULL);
  assert_day_of (G_MAXINT64, "UTC", NULL);
  assert_day_of (G_MININT64, "UTC", NULL);

  g_assert_cmpint (billing_day_start ("1970-01-02", "UTC"), ==, 86400);
  g_assert_cmpint (billing_day_start ("2026-11-03", "America/New_York"), ==, 1793682000);

  /* On this day the clocks in Toronto went from 23:30 of the day before to 00:30. */
  g_assert_cmpint (billing_day_start ("1919-03-31", "America/Toronto"), ==,
                   billing_day_start ("1919-03-31", "UTC") + 16200);

  g_assert_true (billing_time_zone_is_known ("Europe/Berlin"));
  g_assert_true (billing_time_zone_is_known ("UTC"));
  g_assert_false (billing_time_zone_is_known ("Europe/Bärlin"));
  g_assert_false (billing_time_zone_is_known ("Mars/Olympus_Mons"));
  g_assert_false (billing_time_zone_is_known ("Etc/Unknown"));
  g_assert_false (billing_time_zone_is_known (""));
  g_assert_false (billing_time_zone_is_known (NULL));
}

/* Every day begins at the first instant that is in it and ends at the next one's, also where the
 * clocks are put forward over midnight or back across it. */
static void
test_day_start (void)
{
  const char *const zones[] = { "UTC",          "America/New_York", "America/Sao_Paulo",
                                "Asia/Beirut",  "America/Havana",   "Australia/Lord_Howe",
                                "Asia/Kolkata", "Africa/Cairo",     "Atlantic/Azores" };

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++) {
    g_autofree char *day = g_strdup ("2015-01-01");

    while (strcmp (day, "2019-01-01") < 0) {
      g_autofree char *next = billing_day_add (day, 1);
      g_autofree char *before = billing_day_add (day, -1);
      gint64 start = billing_day_start (day, zones[i]);

      g_test_message ("%s in %s", day, zones[i]);
      assert_day_of (start, zones[i], day);
      assert_day_of (start - 1, zones[i], before);
      assert_day_of (billing_day_start (next, zones[i]) - 1, zones[i], day);

      g_free (day);
      day = g_steal_pointer (&next);
    }
  }
}

/* Days are counted over leap years and centuries, and end where the calendar does. */
static void
test_add (void)
{
  assert_sum ("2026-11-03", 30, "2026-12-03");
  assert_sum ("2024-02-28", 1, "2024-02-29");
  assert_sum ("2023-02-28", 1, "2023-03-01");
  assert_sum ("1900-02-28", 1, "1900-03-01");
  assert_sum ("2026-01-01", -1, "2025-12-31");
  assert_sum ("1582-10-04", 1, "1582-10-05");
  assert_sum ("9999-12-31", 1, NULL);
  assert_sum ("0001-01-01", -1, NULL);
  assert_sum ("2026-01-01", G_MAXINT, NULL);
  assert_sum ("2026-01-01", G_MININT, NULL);

  g_assert_cmpint (billing_day_difference ("2026-11-03", "2026-10-03"), ==, 31);
  g_assert_cmpint (billing_day_difference ("2026-10-03", "2026-11-03"), ==, -31);
  g_assert_cmpint (billing_day_difference ("9999-12-31", "0001-01-01"), ==, 3652058);

  for (int i = 0; i < 1000; i++) {
    int days = g_test_rand_int_range (-700000, 2900000);
    g_autofree char *day = billing_day_add ("1970-01-01", days);

    g_assert_cmpint (billing_day_difference (day, "1970-01-01"), ==, days);
    g_assert_cmpint (billing_day_start (day, "UTC"), ==, days * G_GINT64_CONSTANT (86400));
  }
}

/* Days are read as people of the place write them, and nothing is guessed. */
static void
test_parse (void)
{
  assert_day ("2026-11-03", "en_US", "2026-11-03");
  assert_day (" 2026-11-03 ", "de_DE", "2026-11-03");
  assert_day ("11/3/2026", "en_US", "2026-11-03");
  assert_day ("11/03/26", "en_US", "2026-11-03");
  assert_day ("11/3/26", "C", "2026-11-03");
  assert_day ("Nov 3, 2026", "en_US", "2026-11-03");
  assert_day ("3.11.2026", "de_DE", "2026-11-03");
  assert_day ("03.11.26", "de_DE", "2026-11-03");
  assert_day ("03/11/2026", "en_GB", "2026-11-03");
  assert_day ("03/11/26", "fr_FR", "2026-11-03");
  assert_day ("03/11/00", "fr_FR", "2000-11-03");
  assert_day ("3 nov. 2026", "fr_FR", "2026-11-03");
  assert_day ("2026/11/03", "ja_JP", "2026-11-03");
  assert_day ("03/11/65", "fr_FR", "1965-11-03");
  assert_day ("3/11/2026", "ar_EG", "2026-11-03");
  assert_day ("٣/١١/٢٠٢٦", "ar_EG", "2026-11-03");
  assert_day ("3/11/2026", "th_TH", "2026-11-03");
  assert_day ("29.02.2024", "de_DE", "2024-02-29");

  assert_day ("", "en_US", NULL);
  assert_day ("13/3/2026", "en_US", NULL);
  assert_day ("31.11.2026", "de_DE", NULL);
  assert_day ("29.02.2026", "de_DE", NULL);
  assert_day ("2026-02-29", "en_US", NULL);
  assert_day ("11/3/2026 x", "en_US", NULL);
  assert_day ("11/3/226", "en_US", NULL);
  assert_day ("11/3", "en_US", NULL);
  assert_day ("3.11.2026", "en_US", NULL);
  assert_day ("tomorrow", "en_US", NULL);
  assert_day ("\xff", "en_US", NULL);
}

/* The sentence of a refusal shows how a day is written there. */
static void
test_refuse (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;

  g_assert_false (billing_day_parse ("31/12/2026", "en_US", &day, &error));
  g_assert_cmpstr (error->message, ==, "This is not a date. Write it like 12/31/26 or 2026-12-31");
}

/* Days are shown as people of the place write them, and read back. */
static void
test_format (void)
{
  const char *const locales[] = { "en_US", "en_GB", "de_DE", "fr_FR", "ja_JP", "ar_KW", "fa_IR",
                                  "th_TH", "es_ES", "pl_PL", "he_IL", "zh_CN", "pt_BR", "sv_SE" };
  g_autofree char *american = billing_day_format ("2026-11-03", "en_US");
  g_autofree char *british = billing_day_format ("2026-11-03", "en_GB");
  g_autofree char *german = billing_day_format ("2026-11-03", "de_DE");
  g_autofree char *oldest = billing_day_format ("1500-03-01", "en_GB");

  g_assert_cmpstr (american, ==, "Nov 3, 2026");
  g_assert_cmpstr (british, ==, "3 Nov 2026");
  g_assert_cmpstr (german, ==, "03.11.2026");
  g_assert_cmpstr (oldest, ==, "1 Mar 1500");

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++) {
    for (int j = 0; j < 50; j++) {
      g_autofree char *day = billing_day_add ("1900-01-01", g_test_rand_int_range (0, 70000));
      g_autofree char *text = billing_day_format (day, locales[i]);

      assert_day (text, locales[i], day);
    }
  }
}

/* A time is shown in the practice's time zone. */
static void
test_instant_format (void)
{
  g_autofree char *american = billing_instant_format (1793682000, "America/New_York", "en_US");
  g_autofree char *german = billing_instant_format (1793682000, "Europe/Berlin", "de_DE");
  g_autofree char *folded = billing_text_fold (american);

  /* Which space stands before AM depends on the version of ICU. */
  g_assert_cmpstr (folded, ==, "nov 3, 2026, 12:00 am");
  g_assert_cmpstr (german, ==, "03.11.2026, 06:00");
}

/* What has to be done by a time says also on which day of the week that is. */
static void
test_instant_format_full (void)
{
  g_autofree char *british
      = billing_instant_format_full (1795737599, "America/New_York", "en_GB");
  g_autofree char *german = billing_instant_format_full (1795737599, "Europe/Berlin", "de_DE");

  g_assert_true (g_str_has_prefix (british, "Thursday, 26 November 2026"));
  g_assert_true (g_str_has_suffix (british, "18:59"));
  g_assert_true (g_str_has_prefix (german, "Freitag, 27. November 2026"));
  g_assert_true (g_str_has_suffix (german, "00:59"));
}

/* FHIR's dates of every precision are read; the less precise begin where they begin. */
static void
test_instant_parse (void)
{
  const char *const bad[]
      = { "",
          "now",
          "0000",
          "2026-13",
          "2026-02-30",
          "2026-11-03T09",
          "2026-11-03T09:00",
          "2026-11-03T09:00Z",
          "2026-11-03T09:00:00",
          "2026-11-03 09:00:00Z",
          "2026-11-03T24:00:00Z",
          "2026-11-03T09:60:00Z",
          "2026-11-03T09:00:61Z",
          "2026-11-03T09:00:00.Z",
          "2026-11-03T09:00:00+15:00",
          "2026-11-03T09:00:00+0100",
          "2026-11-03T09:00:00+01:60",
          "2026-11-03T09:00:00Zx",
          "2026-11T09:00:00Z",
          "2026-11-03T",
          "2026-",
          "2026-11-03Z" };

  assert_instant ("1970", "UTC", 0);
  assert_instant ("1970-02", "UTC", 31 * 86400);
  assert_instant ("1970-01-02", "UTC", 86400);
  assert_instant ("2026-11-03", "America/New_York", 1793682000);
  assert_instant ("2026-11-03T00:00:00-05:00", "UTC", 1793682000);
  assert_instant ("2026-11-03T05:00:00Z", "Asia/Tokyo", 1793682000);
  assert_instant ("2026-11-03T05:00:00.999999999Z", "UTC", 1793682000);
  assert_instant ("2026-11-03T10:30:00+05:30", "UTC", 1793682000);
  assert_instant ("2016-12-31T23:59:60Z", "UTC", 1483228800);
  assert_instant ("0001-01-01T00:00:00Z", "UTC", -62135596800);
  assert_instant ("9999-12-31T23:59:59Z", "UTC", 253402300799);
  assert_instant ("1969-12-31T23:59:59.5Z", "UTC", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    gint64 instant = 5;

    g_test_message ("“%s”", bad[i]);
    g_assert_false (billing_instant_parse (bad[i], "UTC", &instant, &error));
    g_assert_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY);
    g_assert_cmpint (instant, ==, 5);
  }
}

/* A birth date that is known to the year stays so. */
static void
test_partial (void)
{
  const char *const good[] = { "1970", "1970-12", "1970-12-31", "0001", "9999-12" };
  const char *const bad[]
      = { "",           "197",   "0000",   "1970-00",         "1970-13",
          "1970-02-30", "1970-", "1970-1", "1970-12-31T00:00" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autofree char *day = NULL;

    g_assert_true (billing_day_parse_partial (good[i], &day, NULL));
    g_assert_cmpstr (day, ==, good[i]);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *day = NULL;

    g_test_message ("“%s”", bad[i]);
    g_assert_false (billing_day_parse_partial (bad[i], &day, &error));
    g_assert_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY);
    g_assert_null (day);
  }
}

/* A cache says of any instant what the calendar says, in whatever order it is asked: across changes of clocks, before 1970, in zones
 * that skipped a day, and where there is no such day. */
static void
test_cache (void)
{
  static const char * const zones[] = { "UTC", "America/New_York", "Europe/London", "Asia/Kathmandu", "Pacific/Apia",
                                        "Australia/Lord_Howe", "America/Sao_Paulo", "Atlantic/Azores" };

  for (guint z = 0; z < G_N_ELEMENTS (zones); z++) {
    g_autoptr (BillingDayCache) cache = billing_day_cache_new (zones[z]);
    g_autoptr (GString) out = g_string_new (NULL);

    for (guint i = 0; i < 20000; i++) {
      /* 1960 to 2040; every other time near the ends of a UTC day. */
      gint64 instant = (gint64) g_test_rand_int_range (-3652, 25568) * 86400 +
                       (i % 2 == 0 ? g_test_rand_int_range (0, 86400) : g_test_rand_int_range (-2, 3) * 1800);
      g_autofree char *day = billing_day_from_instant (instant, zones[z]);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant);
      g_autofree char *text = g_date_time_format_iso8601 (utc);

      g_string_truncate (out, 0);
      billing_day_cache_append_day (cache, out, instant);
      g_assert_cmpstr (out->str, ==, day);
      g_string_truncate (out, 0);
      billing_day_cache_append_instant (cache, out, instant);
      g_assert_cmpstr (out->str, ==, text);
    }

    g_string_truncate (out, 0);
    billing_day_cache_append_day (cache, out, G_MAXINT64 / 2);
    billing_day_cache_append_instant (cache, out, G_MAXINT64 / 2);
    g_assert_cmpstr (out->str, ==, "");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/day/valid", test_valid);
  g_test_add_func ("/day/zones", test_zones);
  g_test_add_func ("/day/cache", test_cache);
  g_test_add_func ("/day/start", test_day_start);
  g_test_add_func ("/day/add", test_add);
  g_test_add_func ("/day/parse", test_parse);
  g_test_add_func ("/day/refuse", test_refuse);
  g_test_add_func ("/day/format", test_format);
  g_test_add_func ("/day/instant-format", test_instant_format);
  g_test_add_func ("/day/instant-format-full", test_instant_format_full);
  g_test_add_func ("/day/instant-parse", test_instant_parse);
  g_test_add_func ("/day/partial", test_partial);

  return g_test_run ();
}

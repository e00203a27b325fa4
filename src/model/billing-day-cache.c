/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-day-cache"

#include "config.h"

#include "billing-day-cache.h"

#include "billing-day.h"

#define SECONDS_A_DAY 86400

/* One day of UTC: which days it is there, and when the second one begins. */
typedef struct {
  gint64 number;  /* of days since 1970, the key */
  char *utc;      /* (owned) (nullable): the day in UTC; %NULL outside of the years 1 to 9999 */
  char *first;    /* (owned) (nullable): the day there as it begins */
  char *second;   /* (owned) (nullable): the day there from @turn on */
  gint64 turn;
} Day;

struct _BillingDayCache {
  char *time_zone; /* (owned) (nullable) */
  GHashTable *days; /* (owned) (element-type gint64 Day) */
  Day *last;        /* (not owned) (nullable): neighbours are alike */
};

static void
day_free (gpointer data)
{
  Day *day = data;

  g_free (day->utc);
  g_free (day->first);
  g_free (day->second);
  g_free (day);
}

/**
 * billing_day_cache_new:
 * @time_zone: (nullable): where
 *
 * Returns: (transfer full): an empty cache
 */
BillingDayCache *
billing_day_cache_new (const char *time_zone)
{
  BillingDayCache *self = g_new0 (BillingDayCache, 1);

  self->time_zone = g_strdup (time_zone);
  self->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, day_free);
  return self;
}

void
billing_day_cache_free (BillingDayCache *self)
{
  g_free (self->time_zone);
  g_hash_table_unref (self->days);
  g_free (self);
}

/* A day there is at least 23 hours long, so that at most two begin in one of UTC, and then the first begins with it. */
static Day *
make_day (BillingDayCache *self,
          gint64           number)
{
  Day *day = g_new0 (Day, 1);
  gint64 start = number * SECONDS_A_DAY;

  day->number = number;
  day->turn = G_MAXINT64;
  day->utc = billing_day_from_instant (start, "UTC");
  day->first = billing_day_from_instant (start, self->time_zone);
  if (day->first != NULL)
    day->second = billing_day_from_instant (start + SECONDS_A_DAY - 1, self->time_zone);
  if (g_strcmp0 (day->first, day->second) != 0 && day->second != NULL)
    day->turn = billing_day_start (day->second, self->time_zone);

  g_hash_table_insert (self->days, &day->number, day);
  return day;
}

static Day *
find_day (BillingDayCache *self,
          gint64           instant)
{
  gint64 number = instant / SECONDS_A_DAY - (instant % SECONDS_A_DAY < 0 ? 1 : 0);

  if (self->last == NULL || self->last->number != number)
    self->last = g_hash_table_lookup (self->days, &number);
  if (self->last == NULL)
    self->last = make_day (self, number);

  return self->last;
}

/**
 * billing_day_cache_append_day:
 * @self: a cache
 * @out: where to append
 * @instant: an instant
 *
 * Appends the day it is there, as billing_day_from_instant() gives it; nothing where that gives nothing.
 */
void
billing_day_cache_append_day (BillingDayCache *self,
                              GString         *out,
                              gint64           instant)
{
  Day *day = find_day (self, instant);
  const char *text = instant < day->turn ? day->first : day->second;

  if (text != NULL)
    g_string_append (out, text);
}

static void
append_two (GString *out,
            gint64   number)
{
  g_string_append_c (out, (char) ('0' + number / 10));
  g_string_append_c (out, (char) ('0' + number % 10));
}

/**
 * billing_day_cache_append_instant:
 * @self: a cache
 * @out: where to append
 * @instant: an instant
 *
 * Appends it by ISO 8601 in UTC: `2026-11-03T09:15:00Z`.
 */
void
billing_day_cache_append_instant (BillingDayCache *self,
                                  GString         *out,
                                  gint64           instant)
{
  Day *day = find_day (self, instant);
  gint64 second = instant - day->number * SECONDS_A_DAY;

  if (day->utc == NULL)
    return;

  g_string_append (out, day->utc);
  g_string_append_c (out, 'T');
  append_two (out, second / 3600);
  g_string_append_c (out, ':');
  append_two (out, second / 60 % 60);
  g_string_append_c (out, ':');
  append_two (out, second % 60);
  g_string_append_c (out, 'Z');
}

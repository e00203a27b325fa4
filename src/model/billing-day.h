/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "billing-model-error.h"

G_BEGIN_DECLS

/*
 * A day is its ISO 8601 text, `2026-11-03`, in the Gregorian calendar, from 0001-01-01 to
 * 9999-12-31: it sorts as text and needs no conversion on its way to SQLite or FHIR. An instant is
 * a gint64 of Unix seconds. Time zones are named as in `Europe/Berlin`; %NULL is the computer's.
 */

gboolean billing_time_zone_is_known (const char *time_zone);

gboolean billing_day_is_valid (const char *day);
char *billing_day_from_instant (gint64 instant, const char *time_zone);
char *billing_day_today (const char *time_zone);
gint64 billing_day_start (const char *day, const char *time_zone);
char *billing_day_add (const char *day, int days);
gint64 billing_day_difference (const char *a, const char *b);

gboolean billing_day_parse (const char *text, const char *locale, char **day, GError **error);
gboolean billing_day_parse_partial (const char *text, char **day, GError **error);
char *billing_day_format (const char *day, const char *locale);

gboolean billing_instant_parse (const char *text, const char *time_zone, gint64 *instant,
                                GError **error);
char *billing_instant_format (gint64 instant, const char *time_zone, const char *locale);
char *billing_instant_format_full (gint64 instant, const char *time_zone, const char *locale);

G_END_DECLS

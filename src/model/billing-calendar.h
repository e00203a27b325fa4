/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <unicode/ucal.h>

G_BEGIN_DECLS

/*
 * Civil days and clocks in time zones. Only for this room.
 */

/**
 * BillingCivil:
 *
 * A date and a time of day, in the proleptic Gregorian calendar.
 */
typedef struct {
  int year;   /* 1 to 9999 */
  int month;  /* 1 to 12 */
  int day;    /* 1 to 31 */
  int hour;
  int minute;
  int second; /* 60 in a leap second */
} BillingCivil;

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z */
#define BILLING_INSTANT_MIN G_GINT64_CONSTANT (-62135596800)
#define BILLING_INSTANT_MAX G_GINT64_CONSTANT (253402300799)

gboolean billing_civil_is_valid (const BillingCivil *civil);
gint64 billing_civil_to_days (const BillingCivil *civil);
void billing_civil_from_days (gint64 days, BillingCivil *civil);

UCalendar *billing_calendar_open (const char *time_zone);
gint64 billing_calendar_to_instant (const BillingCivil *civil, const char *time_zone);
gboolean billing_calendar_from_instant (gint64 instant, const char *time_zone, BillingCivil *civil);

G_END_DECLS

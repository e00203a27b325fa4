/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice-format"

#include "config.h"

#include "billing-notice-format.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-list-format.h"
#include "billing-notice-rules.h"

/* Seconds before a deadline from which it is shown as pressing. */
#define PRESSING (3 * 24 * 60 * 60)

#define WEEK 7

/* A Monday. */
#define A_MONDAY "1970-01-05"

typedef enum {
  STANDING_NEW,
  STANDING_OPEN,
  STANDING_SNOOZED,
  STANDING_DONE,
  STANDING_ENDED,
} Standing;

/* The word and the colour of each. */
static const struct {
  const char *label;
  const char *style;
} standings[] = {
  [STANDING_NEW] = { N_("New"), "pending" },
  [STANDING_OPEN] = { N_("notification|Open"), "processing" },
  [STANDING_SNOOZED] = { N_("Snoozed"), "refunded" },
  [STANDING_DONE] = { N_("Done"), "paid" },
  [STANDING_ENDED] = { N_("Over"), "quiet" },
};

static Standing
get_standing (BillingNotice *notice,
              gint64         now)
{
  if (notice->ended_at != 0)
    return STANDING_ENDED;
  if (notice->state == BILLING_NOTICE_STATE_DONE)
    return STANDING_DONE;
  if (!billing_notice_is_open (notice, now))
    return STANDING_SNOOZED;

  return notice->state == BILLING_NOTICE_STATE_NEW ? STANDING_NEW : STANDING_OPEN;
}

char *
billing_notice_format_title (BillingNotice *notice,
                             const char    *time_zone)
{
  g_autoptr (BillingNoticeText) text = billing_notice_describe (notice, time_zone);

  return g_steal_pointer (&text->title);
}

/**
 * billing_notice_format_deadline:
 * @notice: a notification
 * @now: Unix seconds
 * @time_zone: the practice's
 *
 * Returns: (transfer full): the days that are left, and until which
 */
char *
billing_notice_format_deadline (BillingNotice *notice,
                                gint64         now,
                                const char    *time_zone)
{
  g_autofree char *rest = notice->ended_at == 0 ? billing_notice_describe_rest (notice->due_at, now, time_zone) : NULL;
  g_autofree char *when = billing_list_format_instant_day (notice->due_at, time_zone);

  if (notice->due_at == 0)
    return g_strdup ("");

  return rest != NULL ? g_strdup_printf ("%s · %s", rest, when) : g_steal_pointer (&when);
}

gboolean
billing_notice_format_is_pressing (BillingNotice *notice,
                                   gint64         now)
{
  return notice->due_at != 0 && notice->due_at - now < PRESSING && billing_notice_is_open (notice, now);
}

/* Our payment and whose it is; otherwise how much it is about. */
char *
billing_notice_format_about (BillingNotice *notice)
{
  if (notice->payment != NULL && notice->patient_name != NULL)
    return g_strdup_printf ("%s · %s", notice->payment, notice->patient_name);
  if (notice->payment != NULL)
    return g_strdup (notice->payment);

  return notice->amount != 0 && notice->currency != NULL ? billing_format_money (NULL, notice->amount, notice->currency)
                                                         : g_strdup ("");
}

/* Stripe's own: a code, and perhaps a sentence behind it. */
char *
billing_notice_format_words (BillingNotice *notice)
{
  g_auto (GStrv) lines = g_strsplit (notice->detail != NULL ? notice->detail : "", "\n", 2);

  /* A number or a day that the rule found is no word of Stripe's. */
  if (lines[0] == NULL || billing_day_is_valid (lines[0]) || g_ascii_isdigit (*lines[0]))
    return g_strdup ("");
  if (lines[1] == NULL || *lines[1] == '\0')
    return g_strdup (lines[0]);

  return *lines[0] != '\0' ? g_strdup_printf ("%s: %s", lines[0], lines[1]) : g_strdup (lines[1]);
}

const char *
billing_notice_format_state (BillingNotice *notice,
                             gint64         now)
{
  return Q_(standings[get_standing (notice, now)].label);
}

const char *
billing_notice_format_style (BillingNotice *notice,
                             gint64         now)
{
  return standings[get_standing (notice, now)].style;
}

static char *
format_person (BillingNotice *notice,
               const char    *time_zone)
{
  g_autofree char *when = billing_format_instant (NULL, notice->changed_at, time_zone);

  if (notice->person == NULL)
    return g_strdup_printf (_("Marked as done on %s"), when);

  /* Translators: who dealt with a notification, and when */
  return g_strdup_printf (_("Marked as done by %s on %s"), notice->person, when);
}

/**
 * billing_notice_format_standing:
 * @notice: a notification
 * @now: Unix seconds
 * @time_zone: the practice's
 *
 * Returns: (transfer full): why it is not open; an empty text where it is
 */
char *
billing_notice_format_standing (BillingNotice *notice,
                                gint64         now,
                                const char    *time_zone)
{
  g_autofree char *when = NULL;

  switch (get_standing (notice, now))
    {
    case STANDING_SNOOZED:
      when = billing_format_instant (NULL, notice->snoozed_until, time_zone);
      return g_strdup_printf (_("Out of sight until %s"), when);
    case STANDING_DONE:
      return format_person (notice, time_zone);
    case STANDING_ENDED:
      when = billing_format_instant (NULL, notice->ended_at, time_zone);
      return g_strdup_printf (_("No longer so since %s: there is nothing left to do"), when);
    case STANDING_NEW:
    case STANDING_OPEN:
    default:
      return g_strdup ("");
    }
}

static void
append (GString    *text,
        const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, ", %s", part);
}

/**
 * billing_notice_format_sentence:
 * @notice: a notification
 * @now: Unix seconds
 * @time_zone: the practice's
 *
 * Returns: (transfer full): the whole row, as a screen reader says it
 */
char *
billing_notice_format_sentence (BillingNotice *notice,
                                gint64         now,
                                const char    *time_zone)
{
  g_autofree char *title = billing_notice_format_title (notice, time_zone);
  g_autofree char *deadline = billing_notice_format_deadline (notice, now, time_zone);
  g_autofree char *about = billing_notice_format_about (notice);
  g_autoptr (GString) text = g_string_new (title);

  append (text, billing_notice_format_state (notice, now));
  append (text, notice->urgent ? _("needs action") : NULL);
  append (text, deadline);
  append (text, about);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * billing_notice_format_next_week:
 * @today: an ISO day
 *
 * Returns: (transfer full): the Monday after it
 */
char *
billing_notice_format_next_week (const char *today)
{
  gint64 days = billing_day_difference (today, A_MONDAY);

  return billing_day_add (today, (int) (WEEK - ((days % WEEK) + WEEK) % WEEK));
}

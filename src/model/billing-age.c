/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-age"

#include "config.h"

#include "billing-age.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-day.h"

#define TO ".."

/* Days before today, both of which belong to it; the youngest reaches into the future, the oldest into the past. */
static const struct {
  const char *word;
  int youngest;
  int oldest;
  const char *label;
} ages[] = {
  { "not-due", G_MININT, -1, N_("Not yet") },
  { "0-30", 0, 30, N_("0–30 days") },
  { "31-60", 31, 60, N_("31–60 days") },
  { "61-90", 61, 90, N_("61–90 days") },
  { "91+", 91, G_MAXINT, N_("91 days and more") },
};

static const char * const words[] = { "not-due", "0-30", "31-60", "61-90", "91+", NULL };
static const char * const bases[] = { BILLING_AGE_BASIS_DUE, BILLING_AGE_BASIS_SERVICE, BILLING_AGE_BASIS_CREATED, NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (words) == G_N_ELEMENTS (ages) + 1);

static int
find_word (const char *age)
{
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      if (g_str_equal (ages[i].word, age))
        return (int) i;
    }

  return -1;
}

/**
 * billing_age_list_words:
 *
 * Returns: (transfer none) (array zero-terminated=1): the ages of a report, the youngest first
 */
const char * const *
billing_age_list_words (void)
{
  return words;
}

/**
 * billing_age_list_bases:
 *
 * Returns: (transfer none) (array zero-terminated=1): by which days ages are counted, the usual one first
 */
const char * const *
billing_age_list_bases (void)
{
  return bases;
}

static gboolean
is_stretch (const char *age)
{
  g_auto (GStrv) days = g_strsplit (age, TO, 2);

  return g_strv_length (days) == 2 && (*days[0] != '\0' || *days[1] != '\0') &&
         (*days[0] == '\0' || billing_day_is_valid (days[0])) && (*days[1] == '\0' || billing_day_is_valid (days[1]));
}

/**
 * billing_age_check:
 * @age: (nullable): what somebody asks for
 * @basis: (nullable): by which days
 * @error: return location for a %BILLING_MODEL_ERROR_DAY
 *
 * Returns: whether both make sense
 */
gboolean
billing_age_check (const char  *age,
                   const char  *basis,
                   GError     **error)
{
  if (age != NULL && find_word (age) < 0 && !is_stretch (age))
    {
      g_autofree char *all = g_strjoinv (", ", (char **) words);

      g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY,
                   /* Translators: what was typed, the words that there are, and an example of two days */
                   _("“%s” is no age. There are: %s; or days, like %s."), age, all, "2026-11-01..2026-11-30");
      return FALSE;
    }

  if (basis != NULL && !g_strv_contains (bases, basis))
    {
      g_autofree char *all = g_strjoinv (", ", (char **) bases);

      g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY,
                   _("Ages are not counted by “%s”. They are by: %s."), basis, all);
      return FALSE;
    }

  return TRUE;
}

/**
 * billing_age_get_days:
 * @age: an age that billing_age_check() accepts
 * @today: from which words count back
 * @from: (out) (transfer full) (nullable): the first day, %NULL: any before
 * @to: (out) (transfer full) (nullable): the last day, %NULL: any after
 */
void
billing_age_get_days (const char  *age,
                      const char  *today,
                      char       **from,
                      char       **to)
{
  int i = find_word (age);
  const char *middle = strstr (age, TO);

  *from = *to = NULL;
  if (i >= 0)
    {
      *from = ages[i].oldest < G_MAXINT ? billing_day_add (today, -ages[i].oldest) : NULL;
      *to = ages[i].youngest > G_MININT ? billing_day_add (today, -ages[i].youngest) : NULL;
    }
  else if (middle != NULL)
    {
      *from = middle > age ? g_strndup (age, (gsize) (middle - age)) : NULL;
      *to = middle[strlen (TO)] != '\0' ? g_strdup (middle + strlen (TO)) : NULL;
    }
}

/**
 * billing_age_of_days:
 * @from: (nullable): the first day
 * @to: (nullable): the last day
 *
 * Returns: (transfer full) (nullable): the age of what is from these days; %NULL where both are open
 */
char *
billing_age_of_days (const char *from,
                     const char *to)
{
  if (from == NULL && to == NULL)
    return NULL;

  return g_strconcat (from != NULL ? from : "", TO, to != NULL ? to : "", NULL);
}

static char *
label_days (const char *from,
            const char *to,
            const char *locale)
{
  g_autofree char *first = from != NULL ? billing_day_format (from, locale) : NULL;
  g_autofree char *last = to != NULL ? billing_day_format (to, locale) : NULL;

  if (first == NULL)
    /* Translators: a day */
    return g_strdup_printf (_("until %s"), last);
  if (last == NULL)
    /* Translators: a day */
    return g_strdup_printf (_("from %s"), first);

  /* Translators: two days */
  return g_strdup_printf (_("%s to %s"), first, last);
}

/**
 * billing_age_get_text:
 * @age: one of billing_age_list_words()
 *
 * Returns: what people call it as the program has it, for whoever translates it for somebody else
 */
const char *
billing_age_get_text (const char *age)
{
  return ages[find_word (age)].label;
}

/**
 * billing_age_get_label:
 * @age: an age that billing_age_check() accepts
 * @locale: (nullable): whose words for days; %NULL: the user's
 *
 * Returns: (transfer full): what people call it: “31–60 days”
 */
char *
billing_age_get_label (const char *age,
                       const char *locale)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  int i = find_word (age);

  if (i >= 0)
    return g_strdup (_(ages[i].label));

  billing_age_get_days (age, NULL, &from, &to);
  return label_days (from, to, locale);
}

/**
 * billing_age_describe:
 * @age: an age that billing_age_check() accepts
 * @basis: (nullable): by which days
 * @locale: (nullable): whose words for days; %NULL: the user's
 *
 * Returns: (transfer full): what is filtered by it, for people: “Since due: 31–60 days”
 */
char *
billing_age_describe (const char *age,
                      const char *basis,
                      const char *locale)
{
  g_autofree char *label = billing_age_get_label (age, locale);
  gboolean is_word = find_word (age) >= 0;

  if (g_strcmp0 (basis, BILLING_AGE_BASIS_SERVICE) == 0)
    /* Translators: an age, “31–60 days”, or days, “Nov 1 to Nov 30” */
    return g_strdup_printf (is_word ? _("Since service: %s") : _("Service: %s"), label);
  if (g_strcmp0 (basis, BILLING_AGE_BASIS_CREATED) == 0)
    /* Translators: an age, “31–60 days”, or days, “Nov 1 to Nov 30” */
    return g_strdup_printf (is_word ? _("Since created: %s") : _("Made: %s"), label);

  /* Translators: an age, “31–60 days”, or days, “Nov 1 to Nov 30” */
  return g_strdup_printf (is_word ? _("Since due: %s") : _("Due or made: %s"), label);
}

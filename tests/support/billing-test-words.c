/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-test-words.h"

#include <string.h>

#include "billing-text.h"

/* What the search of lists should find, found out plainly, word by folded word. */

gboolean
billing_test_words_has_patient (BillingPatient *patient,
                                const char     *word)
{
  g_autofree char *all = g_strjoin (" ", patient->name, patient->number,
                                    patient->birth_date != NULL ? patient->birth_date : "",
                                    patient->email != NULL ? patient->email : "",
                                    patient->phone != NULL ? patient->phone : "", NULL);
  g_autofree char *folded = billing_text_fold (all);
  g_auto (GStrv) words = NULL;

  if (g_utf8_strlen (word, -1) >= 3)
    return strstr (folded, word) != NULL;

  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_has_prefix (words[i], word))
        return TRUE;
    }
  return FALSE;
}

/* PAY-007 is found by “7”, “007”, “pay-0”; PAY-412 by “412”, “pay-4”. */
gboolean
billing_test_words_has_number (const char *number,
                               const char *word)
{
  g_autofree char *upper = g_ascii_strup (word, -1);
  g_autofree char *start = NULL;

  if (g_str_has_prefix (upper, "PAY-"))
    return strlen (upper) > 4 && strspn (upper + 4, "0123456789") == strlen (upper + 4) &&
           g_str_has_prefix (number, upper);
  if (*word == '\0' || strspn (word, "0123456789") != strlen (word))
    return FALSE;

  start = *word == '0' ? g_strconcat ("PAY-", word, NULL)
                       : g_strdup_printf ("PAY-%03" G_GINT64_FORMAT, g_ascii_strtoll (word, NULL, 10));
  return g_str_has_prefix (number, start);
}

/* Any part of a text, from three characters on. */
gboolean
billing_test_words_has_text (const char *text,
                             const char *word)
{
  g_autofree char *folded = text != NULL ? billing_text_fold (text) : NULL;

  return folded != NULL && g_utf8_strlen (word, -1) >= 3 && strstr (folded, word) != NULL;
}

/* $15.25 is found by “15.25” and “$15.25”, $15.00 also by “15”. */
gboolean
billing_test_words_has_amount (gint64      amount,
                               const char *word)
{
  g_autofree char *whole = g_strdup_printf ("%" G_GINT64_FORMAT, amount / 100);
  g_autofree char *full = g_strdup_printf ("%s.%02d", whole, (int) (amount % 100));
  const char *bare = *word == '$' ? word + 1 : word;

  return g_str_equal (bare, full) || (amount % 100 == 0 && g_str_equal (bare, whole));
}

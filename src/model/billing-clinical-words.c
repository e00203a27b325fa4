/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-clinical-words"

#include "config.h"

#include "billing-clinical-words.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* How many words in a row are no accident. */
#define RUN 5

/* ICD-10 with its dot; HCPCS, CDT and CPT of categories II and III; CPT where it is called so, and the codes of visits and of
 * psychotherapy, which no street number of five digits is likely to be. */
#define CODES \
  "\\b[A-TV-Z][0-9][0-9AB]\\.[0-9A-Z]{1,4}\\b|\\b[ABCDEGHJKLMPQRSTV][0-9]{4}\\b|\\b[0-9]{4}[FTU]\\b" \
  "|\\b(?i:cpt|hcpcs|icd(?:-?(?:9|10|11))?(?:-?cm)?|dx|procedure code)\\b[ :#]*[A-Z]?[0-9][0-9A-Z.]{1,6}\\b" \
  "|\\b99[234][0-9]{2}\\b|\\b90[78][0-9]{2}\\b"

/* English and German; the ends of words are left open where they decline. */
#define WORDS \
  "\\b(?:diagnos(?:is|es|ed|tic|en|e)|symptoms?|prognosis|prescri(?:bed|ption|ptions)|medications?|medicines?|dosages?|anti(?:biotics?|depressants?)" \
  "|psychotherapy|chemotherapy|physiotherapy|therap(?:y|ies|ist)|counsel(?:l)?ing|psychiatr(?:y|ic|ist)|depress(?:ion|ive)|anxiety|bipolar" \
  "|schizophreni[ac]|adhd|autis(?:m|tic)|addict(?:ion|ed)|substance abuse|suicid(?:e|al)|cancer|carcinoma|tumou?rs?|oncolog(?:y|ist)" \
  "|diabet(?:es|ic)|hypertension|asthma|hiv|aids|hepatitis|pregnan(?:cy|t)|abortion|miscarriage|fertility|contracept(?:ion|ive)" \
  "|surger(?:y|ies)|surgical|biops(?:y|ies)|mri|ct scan|x-?rays?|ultrasound|blood (?:test|work|count)|lab(?:oratory)? results?" \
  "|injur(?:y|ies|ed)|fractures?|infect(?:ion|ions|ed)|chronic|disorders?|syndrome|disabilit(?:y|ies)|medical history|chart notes?|clinical notes?" \
  "|root canal|filling|extraction|crown|vaccin(?:e|es|ation|ated)|allerg(?:y|ies|ic)" \
  "|befunde?|symptome?|medikamente?|rezepte?|therapien?|behandlungs(?:bericht|plan)|depressionen?|angstst\xc3\xb6rung|krebs|schwangerschaft|operation(?:en)?" \
  "|erkrankung(?:en)?|krankheit(?:en)?|st\xc3\xb6rung(?:en)?|verletzung(?:en)?|arztbrief|krankenakte)\\b"

#define BIRTH "\\b(?:d\\.?o\\.?b\\.?|date of birth|birth ?date|born on|geburtsdatum|geboren am)(?![A-Za-z])"

/* Of names of files, where words are joined by anything. */
#define NAMES \
  "(?:chart|clinical|diagnos|progress|soap|lab|result|befund|arztbrief|x-?ray|r\xc3\xb6ntgen|mri|scan report|biops|patholog|prescription|rezept|medication" \
  "|referral|\xc3\xbc" "berweisung|discharge|history|treatment.?(?:plan|note)|therapy|psych|intake|assessment|consult)"

static void
finding_free (gpointer data)
{
  BillingClinicalFinding *finding = data;

  g_free (finding->text);
  g_free (finding);
}

static void
add (GPtrArray           *findings,
     BillingClinicalKind  kind,
     const char          *text,
     int                  start,
     int                  end)
{
  BillingClinicalFinding *finding = g_new0 (BillingClinicalFinding, 1);

  finding->kind = kind;
  finding->start = (gsize) start;
  finding->length = (gsize) (end - start);
  finding->text = g_strndup (text + start, finding->length);
  g_ptr_array_add (findings, finding);
}

static void
find_pattern (GPtrArray           *findings,
              BillingClinicalKind  kind,
              const char          *text,
              const char          *pattern,
              GRegexCompileFlags   flags)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, flags | G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_return_if_fail (regex != NULL);

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int start;
      int end;

      if (g_match_info_fetch_pos (match, 0, &start, &end) && end > start)
        add (findings, kind, text, start, end);
    }
}

/* --- birth dates ------------------------------------------------------------------------------ */

/* A birth date as people write it: 1980-03-04, 3/4/1980, 4.3.1980, March 4, 1980, 4 March 1980. A year alone says too little. */
static char *
make_birth_pattern (const char *day)
{
  static const char * const months[] = { "jan", "feb", "m(?:ar|\xc3\xa4r)", "apr", "ma[iy]", "jun", "jul", "aug", "sep", "o[ck]t", "nov", "de[cz]" };
  int y, m, d;

  if (day == NULL || sscanf (day, "%4d-%2d-%2d", &y, &m, &d) != 3 || m < 1 || m > 12)
    return NULL;

  return g_strdup_printf ("\\b(?:%d[-/.]0?%d[-/.]0?%d|0?%d[-/.]0?%d[-/.](?:%d|%02d)|0?%d[-/.] ?0?%d[-/.] ?(?:%d|%02d)"
                          "|%s[a-z]*\\.? 0?%d(?:st|nd|rd|th)?,? %d|0?%d\\.? (?:of )?%s[a-z]*\\.?,? %d)\\b",
                          y, m, d, m, d, y, y % 100, d, m, y, y % 100, months[m - 1], d, y, d, months[m - 1], y);
}

static void
find_birth (GPtrArray      *findings,
            const char     *text,
            BillingPatient *patient)
{
  g_autofree char *pattern = patient != NULL ? make_birth_pattern (patient->birth_date) : NULL;

  if (pattern != NULL)
    find_pattern (findings, BILLING_CLINICAL_BIRTH, text, pattern, G_REGEX_CASELESS);
  find_pattern (findings, BILLING_CLINICAL_BIRTH, text, BIRTH, G_REGEX_CASELESS);
}

/* --- the patient's own ------------------------------------------------------------------------ */

static char *
join_words (GPtrArray *words,
            guint      from,
            guint      n)
{
  GString *pattern = g_string_new ("(?<![\\p{L}\\p{N}])");

  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *word = g_regex_escape_string (words->pdata[i], -1);

      g_string_append_printf (pattern, "%s%s", i > from ? "[^\\p{L}\\p{N}]+" : "", word);
    }

  g_string_append (pattern, "(?![\\p{L}\\p{N}])");
  return g_string_free (pattern, FALSE);
}

static GPtrArray *
split_words (const char *text)
{
  g_auto (GStrv) pieces = g_regex_split_simple ("[^\\p{L}\\p{N}.]+", text, 0, 0);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; pieces != NULL && pieces[i] != NULL; i++)
    {
      char *word = g_strdup (pieces[i]);
      gsize length = strlen (word);

      while (length > 0 && word[length - 1] == '.')
        word[--length] = '\0';
      if (length > 0)
        g_ptr_array_add (words, word);
      else
        g_free (word);
    }

  return words;
}

/* A code of three characters or more is told from a number of things by its digit. */
static gboolean
is_code (GPtrArray *words)
{
  const char *word = words->len == 1 ? words->pdata[0] : "";

  return strlen (word) >= 3 && strpbrk (word, G_CSET_DIGITS) != NULL;
}

static void
find_own (GPtrArray  *findings,
          const char *text,
          const char *own)
{
  g_autoptr (GPtrArray) words = split_words (own);
  guint run = is_code (words) ? 1 : MIN (RUN, words->len);

  /* One or two words of a description, like “office visit”, say nothing. */
  if (words->len == 0 || (run < 3 && !is_code (words)))
    return;

  for (guint i = 0; i + run <= words->len; i++)
    {
      g_autofree char *pattern = join_words (words, i, run);

      find_pattern (findings, BILLING_CLINICAL_OWN, text, pattern, G_REGEX_CASELESS);
    }
}

/* --- all of it -------------------------------------------------------------------------------- */

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  const BillingClinicalFinding *one = *(BillingClinicalFinding * const *) a;
  const BillingClinicalFinding *other = *(BillingClinicalFinding * const *) b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return one->length > other->length ? -1 : one->length < other->length;
}

/* What overlaps is one thing, of the kind that begins first. */
static void
merge (GPtrArray  *findings,
       const char *text)
{
  g_ptr_array_sort (findings, compare_findings);
  for (guint i = 1; i < findings->len;)
    {
      BillingClinicalFinding *before = findings->pdata[i - 1];
      BillingClinicalFinding *after = findings->pdata[i];

      if (after->start >= before->start + before->length)
        {
          i++;
          continue;
        }
      before->length = MAX (before->length, after->start + after->length - before->start);
      g_free (before->text);
      before->text = g_strndup (text + before->start, before->length);
      g_ptr_array_remove_index (findings, i);
    }
}

GPtrArray *
billing_clinical_find (const char     *text,
                       BillingPatient *patient,
                       GPtrArray      *own)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (finding_free);

  if (text == NULL || *text == '\0' || !g_utf8_validate (text, -1, NULL))
    return findings;

  find_pattern (findings, BILLING_CLINICAL_CODE, text, CODES, 0);
  find_pattern (findings, BILLING_CLINICAL_WORD, text, WORDS, G_REGEX_CASELESS);
  find_birth (findings, text, patient);
  for (guint i = 0; own != NULL && i < own->len; i++)
    find_own (findings, text, own->pdata[i]);

  merge (findings, text);
  return findings;
}

char *
billing_clinical_find_in_name (const char *name)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (finding_free);

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return NULL;

  find_pattern (findings, BILLING_CLINICAL_WORD, name, NAMES, G_REGEX_CASELESS);
  return findings->len > 0 ? g_strdup (((BillingClinicalFinding *) findings->pdata[0])->text) : NULL;
}

const char *
billing_clinical_kind_describe (BillingClinicalKind kind)
{
  switch (kind)
    {
    case BILLING_CLINICAL_CODE:
      return _("a diagnosis or procedure code");
    case BILLING_CLINICAL_WORD:
      return _("a clinical word");
    case BILLING_CLINICAL_BIRTH:
      return _("a birth date");
    case BILLING_CLINICAL_OWN:
      return _("words from the patient’s record");
    default:
      return "";
    }
}

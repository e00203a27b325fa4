/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-search"

#include "config.h"

#include "billing-list-search.h"

#include "billing-table.h"
#include "billing-text.h"

/*
 * Searching goes by words; each must be found. A word is part of the patient's name, number, e-mail or phone (accents and case do not
 * matter), or the beginning of the row's own number. Patients are few where payments are many, so words are looked up among the patients first.
 */

/* With more of the patients than one in this many, rows are better found in the order of the list. */
#define SELECTIVE_SHARE 50

/* The trigram index finds no shorter words. */
#define TRIGRAM 3

static guint
add_value (GPtrArray *values,
           char      *value)
{
  g_ptr_array_add (values, value);
  return values->len;
}

static char *
quote_phrase (const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  return g_strdup_printf ("\"%s\"", doubled);
}

/* A condition on the row of a patient. */
static void
append_patient_word (GString    *sql,
                     GPtrArray  *values,
                     const char *word)
{
  if (g_utf8_strlen (word, -1) >= TRIGRAM)
    g_string_append_printf (sql, "patients.pk IN (SELECT rowid FROM patients_search WHERE patients_search MATCH ?%u)",
                            add_value (values, quote_phrase (word)));
  else
    g_string_append_printf (sql, "billing_has_word (search, ?%u)", add_value (values, g_strdup (word)));
}

static void
append_patients (GString    *sql,
                 GPtrArray  *values,
                 GStrv       words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (sql, " AND ");
      append_patient_word (sql, values, words[i]);
    }
}

/* The beginning of a row's number that the word may be: “412”, “pay-4”. %NULL: none. */
static char *
get_number_start (const char *prefix,
                  const char *word)
{
  const char *digits = word;
  g_autofree char *upper = g_ascii_strup (word, -1);
  g_autofree char *start = g_strconcat (prefix, "-", NULL);

  if (g_str_has_prefix (upper, start))
    digits = word + strlen (start);
  if (*digits == '\0' || strspn (digits, "0123456789") != strlen (digits) || strlen (digits) > 18)
    return NULL;

  /* PAY-7 is written PAY-007. */
  return digits == word && *digits != '0'
    ? g_strdup_printf ("%s-%03" G_GINT64_FORMAT, prefix, g_ascii_strtoll (digits, NULL, 10))
    : g_strconcat (start, digits, NULL);
}

/* Rows whose number begins with @start; ':' is the character after '9'. */
static void
append_number (GString    *sql,
               GPtrArray  *values,
               const char *table,
               const char *start)
{
  guint low = add_value (values, g_strdup (start));

  g_string_append_printf (sql, "SELECT pk FROM %s WHERE number >= ?%u AND number < ?%u || ':'", table, low, low);
}

static void
append_row_word (GString    *sql,
                 GPtrArray  *values,
                 const char *table,
                 const char *prefix,
                 const char *word)
{
  g_autofree char *start = get_number_start (prefix, word);

  g_string_append_printf (sql, " AND pk IN (SELECT pk FROM %s WHERE patient_id IN (SELECT id FROM patients WHERE ",
                          table);
  append_patient_word (sql, values, word);
  g_string_append (sql, ")");
  if (start != NULL)
    {
      g_string_append (sql, " UNION ALL ");
      append_number (sql, values, table, start);
    }
  g_string_append (sql, ")");
}

static gboolean
has_number (const char *prefix,
            GStrv       words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *start = get_number_start (prefix, words[i]);

      if (start != NULL)
        return TRUE;
    }

  return FALSE;
}

/* The ids of the patients that are meant, as a JSON array; %NULL without @error where they are not few. No patient is ever deleted, so the last
 * row tells how many there are. */
static char *
find_few (BillingConnection  *connection,
          GStrv               words,
          GError            **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;

  g_string_printf (sql, "SELECT json_group_array (id), count (*) * %d <= (SELECT max (pk) FROM patients)"
                   " FROM (SELECT id FROM patients WHERE ", SELECTIVE_SHARE);
  append_patients (sql, values, words);
  g_string_append_printf (sql, " LIMIT (SELECT max (pk) FROM patients) / %d + 1)", SELECTIVE_SHARE);
  statement = billing_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < values->len; i++)
    billing_statement_bind_text (statement, (int) i + 1, values->pdata[i]);
  if (!billing_statement_step (statement, &row, error) || !row || billing_statement_get_integer (statement, 1) == 0)
    return NULL;

  return g_strdup (billing_statement_get_text (statement, 0));
}

/* A condition on the row of a payment or treatment. Where the patients are many and only some of their rows are wanted, each row asks for its
 * own patient: that finds enough long before all patients are looked through. */
static void
append_meant (GString    *where,
              GPtrArray  *values,
              GStrv       words,
              const char *few,
              gboolean    only_some)
{
  if (few != NULL)
    {
      g_string_append_printf (where, " AND patient_id IN (SELECT value FROM json_each (?%u))",
                              add_value (values, g_strdup (few)));
      return;
    }

  g_string_append (where, only_some ? " AND EXISTS (SELECT 1 FROM patients WHERE patients.id = patient_id AND "
                                    : " AND patient_id IN (SELECT id FROM patients WHERE ");
  append_patients (where, values, words);
  g_string_append_c (where, ')');
}

static gboolean
search_of_patient (BillingConnection  *connection,
                   const char         *table,
                   GStrv               words,
                   gboolean            only_some,
                   GString            *where,
                   GPtrArray          *values,
                   gboolean           *is_selective,
                   GError            **error)
{
  BillingRecordClass *klass = g_type_class_peek (billing_table_get_type_of (table));
  g_autoptr (GError) local = NULL;
  g_autofree char *few = NULL;

  if (has_number (klass->number_prefix, words))
    {
      for (guint i = 0; words[i] != NULL; i++)
        append_row_word (where, values, table, klass->number_prefix, words[i]);
      *is_selective = TRUE;
      return TRUE;
    }

  few = find_few (connection, words, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  *is_selective = few != NULL;
  append_meant (where, values, words, few, only_some);
  return TRUE;
}

/* Ids, names, e-mails, the last four digits, our numbers: all of it stands in the JSON. */
static void
append_stripe (GString    *where,
               GPtrArray  *values,
               const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_string_append_printf (where, " AND instr (lower (json), lower (?%u)) > 0",
                                add_value (values, g_strdup (words[i])));
    }
}

/**
 * billing_list_search:
 * @connection: inside a transaction
 * @search: how the list is searched
 * @table: the table of its rows
 * @text: (nullable): what was typed
 * @only_some: whether the first few rows are wanted, not all
 * @where: gets the conditions
 * @values: (element-type utf8): gets their values; numbered parameters go by its length
 * @is_selective: (out): whether the conditions find few rows, so that they should lead
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether the conditions could be made
 */
gboolean
billing_list_search (BillingConnection  *connection,
                     BillingSearchKind   search,
                     const char         *table,
                     const char         *text,
                     gboolean            only_some,
                     GString            *where,
                     GPtrArray          *values,
                     gboolean           *is_selective,
                     GError            **error)
{
  g_autofree char *folded = text != NULL ? billing_text_fold (text) : NULL;
  g_auto (GStrv) words = NULL;

  *is_selective = FALSE;
  if (search == BILLING_SEARCH_NONE || folded == NULL || *g_strstrip (folded) == '\0')
    return TRUE;

  if (search == BILLING_SEARCH_STRIPE)
    {
      append_stripe (where, values, text);
      return TRUE;
    }

  words = g_strsplit (folded, " ", -1);
  if (search == BILLING_SEARCH_OF_PATIENT)
    return search_of_patient (connection, table, words, only_some, where, values, is_selective, error);

  g_string_append (where, " AND ");
  append_patients (where, values, words);
  *is_selective = TRUE;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-search"

#include "config.h"

#include "billing-list-search.h"

#include "billing-list-search-private.h"
#include "billing-text.h"

/*
 * Searching goes by words; each must be found. A word is part of the patient's name, number, e-mail or phone (accents and case do not
 * matter), or what billing-list-word.c finds: the row's own number, memo, notes, amount, card. Patients are few where payments are many, so
 * words that are only names are looked up among the patients first, together.
 */

guint
_billing_search_add_value (GPtrArray *values,
                           char      *value)
{
  g_ptr_array_add (values, value);
  return values->len;
}

char *
_billing_search_quote (const char *word)
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
  if (g_utf8_strlen (word, -1) >= BILLING_SEARCH_TRIGRAM)
    g_string_append_printf (sql, "patients.pk IN (SELECT rowid FROM patients_search WHERE patients_search MATCH ?%u)",
                            _billing_search_add_value (values, _billing_search_quote (word)));
  else
    g_string_append_printf (sql, "billing_has_word (search, ?%u)", _billing_search_add_value (values, g_strdup (word)));
}

void
_billing_search_append_patients (GString   *sql,
                                 GPtrArray *values,
                                 GStrv      words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (sql, " AND ");
      append_patient_word (sql, values, words[i]);
    }
}

/* The ids of the patients that are meant, as a JSON array; %NULL without @error where they are not few. No patient is ever deleted, so the last
 * row tells how many there are. */
char *
_billing_search_find_few (BillingConnection  *connection,
                          GStrv               words,
                          GError            **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;

  g_string_printf (sql, "SELECT json_group_array (id), count (*) * %d <= (SELECT max (pk) FROM patients)"
                   " FROM (SELECT id FROM patients WHERE ", BILLING_SEARCH_SHARE);
  _billing_search_append_patients (sql, values, words);
  g_string_append_printf (sql, " LIMIT (SELECT max (pk) FROM patients) / %d + 1)", BILLING_SEARCH_SHARE);
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
                              _billing_search_add_value (values, g_strdup (few)));
      return;
    }

  g_string_append (where, only_some ? " AND EXISTS (SELECT 1 FROM patients WHERE patients.id = patient_id AND "
                                    : " AND patient_id IN (SELECT id FROM patients WHERE ");
  _billing_search_append_patients (where, values, words);
  g_string_append_c (where, ')');
}

/* Words of which one is more than a name. Where one of them is rare, it finds the rows, and the others are asked of each. */
static void
append_words (GPtrArray *words,
              gboolean   only_some,
              GString   *where,
              GPtrArray *values,
              gboolean  *is_selective)
{
  *is_selective = FALSE;
  for (guint i = 0; i < words->len; i++)
    *is_selective |= _billing_list_word_is_rare (words->pdata[i]);

  for (guint i = 0; i < words->len; i++)
    {
      if (_billing_list_word_is_rare (words->pdata[i]))
        _billing_list_word_append_set (words->pdata[i], where, values);
      else
        _billing_list_word_append_test (words->pdata[i], only_some || *is_selective, where, values);
    }
}

static gboolean
search_names (BillingConnection  *connection,
              GStrv               words,
              gboolean            only_some,
              GString            *where,
              GPtrArray          *values,
              gboolean           *is_selective,
              GError            **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *few = _billing_search_find_few (connection, words, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  *is_selective = few != NULL;
  append_meant (where, values, words, few, only_some);
  return TRUE;
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
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) _billing_list_word_free);
  gboolean are_names = TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      BillingListWord *word = _billing_list_word_new (connection, table, words[i], only_some, error);

      if (word == NULL)
        return FALSE;
      g_ptr_array_add (found, word);
      are_names &= _billing_list_word_is_name (word);
    }

  if (are_names)
    return search_names (connection, words, only_some, where, values, is_selective, error);

  for (guint i = 0; i < found->len; i++)
    {
      if (!_billing_list_word_find_people (found->pdata[i], connection, error))
        return FALSE;
    }

  append_words (found, only_some, where, values, is_selective);
  return TRUE;
}

/* A patient is found by notes, too. */
static gboolean
search_patients (BillingConnection  *connection,
                 GStrv               words,
                 GString            *where,
                 GPtrArray          *values,
                 GError            **error)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word[] = { words[i], NULL };
      gint64 has_notes = 0;

      if (g_utf8_strlen (words[i], -1) >= BILLING_SEARCH_TRIGRAM)
        {
          g_autofree char *phrase = _billing_search_quote (words[i]);

          if (!billing_connection_get_integer (connection, &has_notes, error,
                                               "SELECT EXISTS (SELECT 1 FROM notes_search WHERE notes_search MATCH ?)", "t",
                                               phrase))
            return FALSE;
        }

      g_string_append (where, has_notes ? " AND (" : " AND ");
      _billing_search_append_patients (where, values, (GStrv) word);
      if (has_notes)
        g_string_append_printf (where, " OR id IN (SELECT n.subject_id FROM notes_search CROSS JOIN notes n"
                                " ON n.pk = notes_search.rowid WHERE notes_search MATCH ?%u))",
                                _billing_search_add_value (values, _billing_search_quote (words[i])));
    }

  return TRUE;
}

#define OF_NOTICE "rule || ' ' || ifnull (subject, '') || ' ' || ifnull (detail, '') || ' ' || ifnull ((SELECT p.number || ' ' || c.name" \
                  " FROM payments p JOIN patients c ON c.id = p.patient_id WHERE p.id = notices.payment_id), '')"

/* Of whom Stripe withdraws money is nowhere in what it says of that; there are few. */
#define OF_DISPUTE "json || ' ' || (SELECT ifnull (v.payment, '') || ' ' || ifnull (v.patient_name, '') || ' ' || ifnull (v.payer, '')" \
                   " FROM disputes_view v WHERE v.pk = disputes.pk)"

/* Ids, names, e-mails, the last four digits, our numbers: all of it stands in the JSON. */
static const char * const stripe_texts[] = {
  [BILLING_SEARCH_STRIPE] = "json",
  [BILLING_SEARCH_DISPUTE] = OF_DISPUTE,
  [BILLING_SEARCH_NOTICE] = OF_NOTICE,
  [BILLING_SEARCH_RATE] = "number || ' ' || ifnull (code, '') || ' ' || name",
};

static void
append_stripe (GString           *where,
               GPtrArray         *values,
               BillingSearchKind  search,
               const char        *text)
{
  /* Accents are for short lists of people: of a million of Stripe's objects each would be folded anew. */
  const char *fold = search == BILLING_SEARCH_STRIPE ? "lower" : "billing_fold";
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_string_append_printf (where, " AND instr (%s (%s), %s (?%u)) > 0", fold, stripe_texts[search], fold,
                                _billing_search_add_value (values, g_strdup (words[i])));
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

  if (search == BILLING_SEARCH_STRIPE_PAYMENT)
    {
      *is_selective = TRUE;
      return _billing_search_stripe_payments (connection, text, where, values, error);
    }

  if (search >= BILLING_SEARCH_STRIPE)
    {
      append_stripe (where, values, search, text);
      return TRUE;
    }

  words = g_strsplit (folded, " ", -1);
  if (search == BILLING_SEARCH_OF_PATIENT)
    return search_of_patient (connection, table, words, only_some, where, values, is_selective, error);

  *is_selective = TRUE;
  return search_patients (connection, words, where, values, error);
}

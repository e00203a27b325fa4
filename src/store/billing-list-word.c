/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-word"

#include "config.h"

#include "billing-list-search-private.h"

#include <inttypes.h>

#include "billing-money.h"
#include "billing-record.h"
#include "billing-table.h"

/*
 * Where a word may be found, beside the patient: the beginning of the row's number, its notes, and of a payment its memo, its amount and the
 * last four digits of the card that paid it. It is asked first how much there is of each: what is nowhere is left out of the query, and
 * what is rare leads it.
 */

#define FEW 2000

struct _BillingListWord {
  const char *table; /* (not owned) */
  const char *text; /* (not owned): folded */
  gint64 enough; /* more rows than this are many */
  gint64 found; /* rows, about, up to @enough or somewhat more */

  char *few; /* (owned) (nullable): ids of the patients, as JSON */
  gboolean has_many_patients;
  char *number; /* (owned) (nullable): what a number begins with */
  gint64 amount; /* minor units, 0: it is none */
  gboolean has_memos;
  gboolean has_notes;
  gboolean has_cards;
};

/* Each finds rows as `pk`; the word is ?%u. The joins are as they are written: what matches comes first. */
#define OF_MEMOS \
  "SELECT p.pk AS pk FROM memos_search CROSS JOIN memos m ON m.pk = memos_search.rowid" \
  " CROSS JOIN payments p INDEXED BY payments_by_memo ON p.memo = m.text WHERE memos_search MATCH ?%u"
#define OF_NOTES \
  "SELECT r.pk AS pk FROM notes_search CROSS JOIN notes n ON n.pk = notes_search.rowid" \
  " CROSS JOIN %s r ON r.id = n.subject_id WHERE notes_search MATCH ?%u"
#define OF_CARDS \
  "SELECT p.pk AS pk FROM mirror.charges c CROSS JOIN temp.charge_owners o ON o.charge_pk = c.pk" \
  " CROSS JOIN main.payments p ON p.id = o.payment_id WHERE c.last4 = ?%u"
#define OF_AMOUNT \
  "SELECT pk FROM payments INDEXED BY payments_by_amount WHERE amount = %" PRId64
/* ':' is the character after '9'. */
#define OF_NUMBER \
  "SELECT pk FROM %s WHERE number >= ?%u AND number < ?%u || ':'"

static gboolean
is_payments (BillingListWord *self)
{
  return g_str_equal (self->table, "payments");
}

/* The beginning of a row's number that the word may be: “412”, “pay-4”. %NULL: none. */
char *
_billing_search_get_number_start (const char *prefix,
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

/* As the practice numbers its invoices now, or, of a number that is written whole, as it did before. */
static char *
find_invoice_start (BillingConnection *connection,
                    const char        *word)
{
  g_autofree char *upper = g_ascii_strup (word, -1);
  gsize length = strlen (upper);

  if (length == 0 || length > 18 || !g_ascii_isdigit (upper[length - 1]))
    return NULL;
  if (strspn (upper, "0123456789") < length)
    return g_steal_pointer (&upper);
  if (*upper == '0')
    return billing_connection_get_text (connection, NULL, "SELECT invoice_prefix || ? FROM practice", "t", upper);

  return billing_connection_get_text (connection, NULL, "SELECT printf ('%s%0*d', invoice_prefix, invoice_digits, ?) FROM practice", "i",
                                      g_ascii_strtoll (upper, NULL, 10));
}

static gboolean
is_digits (const char *text,
           gsize       length)
{
  return strlen (text) == length && strspn (text, "0123456789") == length;
}

/* As the user's locale writes it; as a computer does, where that is nothing in the locale. */
gint64
_billing_search_read_amount (BillingConnection *connection,
                             const char        *text)
{
  g_autofree char *currency = NULL;
  BillingMoney money;

  if (strpbrk (text, "0123456789") == NULL)
    return 0;

  currency = billing_connection_get_text (connection, NULL, "SELECT currency FROM practice", "");
  if (currency == NULL || (!billing_money_parse (text, currency, NULL, &money, NULL) &&
                           !billing_money_parse (text, currency, "en_US", &money, NULL)))
    return 0;

  return MAX (money.minor, 0);
}

/* How many rows a set has; no more than @self->enough and one are counted. */
static gboolean
count (BillingListWord    *self,
       BillingConnection  *connection,
       const char         *set,
       const char         *value,
       gint64             *n,
       GError            **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM (%s LIMIT %" PRId64 ")", set, self->enough + 1);

  return billing_connection_get_integer (connection, n, error, sql, value != NULL ? "t" : "", value);
}

static gboolean
find_texts (BillingListWord    *self,
            BillingConnection  *connection,
            GError            **error)
{
  g_autofree char *phrase = _billing_search_quote (self->text);
  g_autofree char *memos = g_strdup_printf (OF_MEMOS, 1);
  g_autofree char *notes = g_strdup_printf (OF_NOTES, self->table, 1);
  gint64 n_memos = 0, n_notes = 0;

  if (g_utf8_strlen (self->text, -1) < BILLING_SEARCH_TRIGRAM)
    return TRUE;

  if ((is_payments (self) && !count (self, connection, memos, phrase, &n_memos, error)) ||
      !count (self, connection, notes, phrase, &n_notes, error))
    return FALSE;

  self->has_memos = n_memos > 0;
  self->has_notes = n_notes > 0;
  self->found += n_memos + n_notes;
  return TRUE;
}

static gboolean
find_cards (BillingListWord    *self,
            BillingConnection  *connection,
            GError            **error)
{
  g_autofree char *cards = g_strdup_printf (OF_CARDS, 1);
  gint64 n;

  if (!is_payments (self) || !is_digits (self->text, 4))
    return TRUE;

  if (!billing_connection_get_integer (connection, &n, error,
                                       "SELECT count(*) FROM pragma_database_list WHERE name = 'mirror'", ""))
    return FALSE;
  if (n == 0)
    return TRUE;

  if (!count (self, connection, cards, self->text, &n, error))
    return FALSE;

  self->has_cards = n > 0;
  self->found += n;
  return TRUE;
}

static gboolean
find_number (BillingListWord    *self,
             BillingConnection  *connection,
             GError            **error)
{
  BillingRecordClass *klass = g_type_class_peek (billing_table_get_type_of (self->table));
  g_autofree char *start = g_str_equal (self->table, "invoices") ? find_invoice_start (connection, self->text)
                                                                 : _billing_search_get_number_start (klass->number_prefix, self->text);
  g_autofree char *numbers = g_strdup_printf (OF_NUMBER, self->table, 1, 1);
  gint64 n;

  if (start == NULL)
    return TRUE;

  if (!count (self, connection, numbers, start, &n, error))
    return FALSE;

  self->number = g_steal_pointer (&start);
  self->found += n;
  return TRUE;
}

static gboolean
find_amount (BillingListWord    *self,
             BillingConnection  *connection,
             GError            **error)
{
  gint64 amount = is_payments (self) ? _billing_search_read_amount (connection, self->text) : 0;
  g_autofree char *amounts = g_strdup_printf (OF_AMOUNT, amount);
  gint64 n;

  if (amount == 0)
    return TRUE;

  if (!count (self, connection, amounts, NULL, &n, error))
    return FALSE;

  self->amount = n > 0 ? amount : 0;
  self->found += n;
  return TRUE;
}

/* No payment is ever deleted, so the last row tells how many there are. Of a few rows that are wanted, more than @FEW to choose from are many:
 * counting them would take longer than looking for the first. */
static gboolean
find_enough (BillingListWord    *self,
             BillingConnection  *connection,
             gboolean            only_some,
             GError            **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT ifnull (max (pk), 0) FROM %s", self->table);

  if (!billing_connection_get_integer (connection, &self->enough, error, sql, ""))
    return FALSE;

  self->enough /= BILLING_SEARCH_SHARE;
  if (only_some)
    self->enough = MIN (self->enough, FEW);
  return TRUE;
}

/*
 * _billing_list_word_new:
 * @table: of payments or treatments; not copied
 * @text: the word, folded; not copied
 * @only_some: whether the first few rows are wanted, not all
 *
 * Returns: (transfer full) (nullable): where it is found, but for the patients
 */
BillingListWord *
_billing_list_word_new (BillingConnection  *connection,
                        const char         *table,
                        const char         *text,
                        gboolean            only_some,
                        GError            **error)
{
  BillingListWord *self = g_new0 (BillingListWord, 1);

  self->table = table;
  self->text = text;
  if (find_enough (self, connection, only_some, error) && find_texts (self, connection, error) &&
      find_cards (self, connection, error) && find_number (self, connection, error) &&
      find_amount (self, connection, error))
    return self;

  _billing_list_word_free (self);
  return NULL;
}

/* Whether it can only be a patient's. */
gboolean
_billing_list_word_is_name (BillingListWord *self)
{
  return !self->has_memos && !self->has_notes && !self->has_cards && self->number == NULL && self->amount == 0;
}

/* Looks for it among the patients, too: where it is not only a name, it counts by itself. */
gboolean
_billing_list_word_find_people (BillingListWord    *self,
                                BillingConnection  *connection,
                                GError            **error)
{
  const char *words[] = { self->text, NULL };
  g_autoptr (GError) local = NULL;

  self->few = _billing_search_find_few (connection, (GStrv) words, &local);
  self->has_many_patients = self->few == NULL;
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
_billing_list_word_is_rare (BillingListWord *self)
{
  return !self->has_many_patients && self->found <= self->enough;
}

G_GNUC_PRINTF (3, 4)
static void
append_part (GString    *sql,
             const char *between,
             const char *part,
             ...)
{
  va_list arguments;

  if (sql->len > 0)
    g_string_append (sql, between);

  va_start (arguments, part);
  g_string_append_vprintf (sql, part, arguments);
  va_end (arguments);
}

/* The sets of rows that are found by what no index of a list knows. */
static void
append_sets (BillingListWord *self,
             GString         *sets,
             GPtrArray       *values)
{
  if (self->has_memos)
    append_part (sets, " UNION ALL ", OF_MEMOS, _billing_search_add_value (values, _billing_search_quote (self->text)));
  if (self->has_notes)
    append_part (sets, " UNION ALL ", OF_NOTES, self->table,
                 _billing_search_add_value (values, _billing_search_quote (self->text)));
  if (self->has_cards)
    append_part (sets, " UNION ALL ", OF_CARDS, _billing_search_add_value (values, g_strdup (self->text)));
  if (self->number != NULL)
    {
      guint start = _billing_search_add_value (values, g_strdup (self->number));

      append_part (sets, " UNION ALL ", OF_NUMBER, self->table, start, start);
    }
}

/*
 * _billing_list_word_append_set:
 * @where: gets the condition that the row is one of those that have the word, which are found first
 */
void
_billing_list_word_append_set (BillingListWord *self,
                               GString         *where,
                               GPtrArray       *values)
{
  g_autoptr (GString) sets = g_string_new (NULL);

  append_sets (self, sets, values);
  if (self->amount > 0)
    append_part (sets, " UNION ALL ", OF_AMOUNT, self->amount);
  if (self->few != NULL)
    append_part (sets, " UNION ALL ", "SELECT pk FROM %s WHERE patient_id IN (SELECT value FROM json_each (?%u))",
                 self->table, _billing_search_add_value (values, g_strdup (self->few)));

  g_string_append_printf (where, " AND pk IN (%s)", sets->len > 0 ? sets->str : "NULL");
}

/* Where many patients have it and only some rows are wanted, each row asks for its own: that finds enough long before all are looked through. */
static void
append_people_test (BillingListWord *self,
                    gboolean         only_some,
                    GString         *tests,
                    GPtrArray       *values)
{
  const char *words[] = { self->text, NULL };

  if (self->few != NULL)
    {
      append_part (tests, " OR ", "patient_id IN (SELECT value FROM json_each (?%u))",
                   _billing_search_add_value (values, g_strdup (self->few)));
      return;
    }

  append_part (tests, " OR ", "%s", only_some ? "EXISTS (SELECT 1 FROM patients WHERE patients.id = patient_id AND "
                                              : "patient_id IN (SELECT id FROM patients WHERE ");
  _billing_search_append_patients (tests, values, (GStrv) words);
  g_string_append_c (tests, ')');
}

/* Likewise each asks for its own memo. */
static void
append_memo_test (BillingListWord *self,
                  GString         *tests,
                  GPtrArray       *values)
{
  append_part (tests, " OR ", "instr ((SELECT m.search FROM memos m WHERE m.text = payments.memo), ?%u) > 0",
               _billing_search_add_value (values, g_strdup (self->text)));
}

/*
 * _billing_list_word_append_test:
 * @only_some: whether the first few rows are wanted, not all
 * @where: gets the condition that the row has the word, to be asked of each row that something else found
 */
void
_billing_list_word_append_test (BillingListWord *self,
                                gboolean         only_some,
                                GString         *where,
                                GPtrArray       *values)
{
  g_autoptr (GString) tests = g_string_new (NULL);
  g_autoptr (GString) sets = g_string_new (NULL);
  gboolean has_memos = self->has_memos;

  append_people_test (self, only_some, tests, values);
  if (self->amount > 0)
    append_part (tests, " OR ", "amount = %" PRId64, self->amount);
  if (only_some && has_memos)
    {
      append_memo_test (self, tests, values);
      self->has_memos = FALSE;
    }

  append_sets (self, sets, values);
  self->has_memos = has_memos;
  if (sets->len > 0)
    append_part (tests, " OR ", "pk IN (%s)", sets->str);

  g_string_append_printf (where, " AND (%s)", tests->str);
}

void
_billing_list_word_free (BillingListWord *self)
{
  g_free (self->few);
  g_free (self->number);
  g_free (self);
}

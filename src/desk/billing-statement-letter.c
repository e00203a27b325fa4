/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-statement-letter"

#include "config.h"

#include "billing-statement-letter.h"

#include <glib/gi18n-lib.h>

#include "billing-age.h"
#include "billing-day.h"
#include "billing-desk-private.h"
#include "billing-letterhead.h"
#include "billing-patient-account.h"
#include "billing-status.h"
#include "billing-table.h"

/*
 * A statement: what a patient was asked for and what they paid in a period, out of the ledger, with what they owe after each line, and how old
 * what they owe now is. What they owe is less their credit.
 */

typedef struct {
  const char *name;         /* of the patient */
  const char *from;         /* (nullable): day */
  const char *to;           /* (nullable): day; today otherwise */
  const char *today;
  BillingPatient *patient;  /* (owned) */
  GPtrArray *moves;         /* (owned) (element-type BillingAccountMove) */
  GPtrArray *payments;      /* (owned) (element-type BillingPayment) */
  BillingLetterhead *head;  /* (owned): in the patient's language */
} Facts;

/* A line of the statement. */
typedef struct {
  char *day;     /* (owned) */
  char *text;    /* (owned) */
  char *key;     /* (owned) (nullable): what is asked for the same thing on the same day is one line */
  gint64 asked;  /* minor units */
  gint64 paid;   /* minor units */
} Line;

static void
facts_clear (Facts *facts)
{
  g_clear_object (&facts->patient);
  g_clear_pointer (&facts->moves, g_ptr_array_unref);
  g_clear_pointer (&facts->payments, g_ptr_array_unref);
  g_clear_pointer (&facts->head, billing_letterhead_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->day);
  g_free (line->text);
  g_free (line->key);
  g_free (line);
}

/* A text of the program, in the patient's language. */
static const char * say (Facts *facts, const char *text) G_GNUC_FORMAT (2);

static const char *
say (Facts      *facts,
     const char *text)
{
  return billing_letterhead_say (facts->head, text);
}

static gboolean
read_facts (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Facts *facts = data;
  const char *id;

  facts->patient = (BillingPatient *) billing_table_get (connection, BILLING_TYPE_PATIENT, facts->name, error);
  if (facts->patient == NULL)
    return FALSE;

  id = billing_record_get_id (BILLING_RECORD (facts->patient));
  facts->payments = billing_table_select (connection, BILLING_TYPE_PAYMENT, "patient_id", id, error);
  facts->moves = facts->payments != NULL ? billing_patient_account_read (connection, id, facts->to, error) : NULL;
  return facts->moves != NULL;
}

static char *
format_money (Facts  *facts,
              gint64  amount)
{
  return billing_letterhead_format_money (facts->head, amount, facts->head->practice->currency);
}

static gint64
get_change (BillingAccountMove *move)
{
  return move->receivable - move->credit;
}

/* What was asked for: by its invoice, or by itself. */
static char *
describe_asked (Facts              *facts,
                BillingAccountMove *move)
{
  if (move->invoice != NULL)
    /* Translators: a line of a statement: an invoice’s number */
    return g_strdup_printf (say (facts, N_("Invoice %s")), move->invoice);
  if (move->payment != NULL)
    /* Translators: a line of a statement: a payment’s number */
    return g_strdup_printf (say (facts, N_("Payment request %s")), move->payment);
  return g_strdup (say (facts, N_("Adjusted after your insurer’s answer")));
}

/* What was done with money. */
static const char *
find_words (Facts              *facts,
            BillingAccountMove *move)
{
  if (move->withdrawn != 0)
    return say (facts, N_("Withdrawn by your bank after a dispute"));
  if (move->refunded != 0)
    return move->refunded > 0 ? say (facts, N_("Refunded")) : say (facts, N_("Refund that did not arrive"));
  if (move->adjusted != 0)
    return move->adjusted > 0 ? say (facts, N_("Waived")) : say (facts, N_("Asked for again"));
  if (move->tender == BILLING_TENDER_NONE)
    return move->credit < 0 ? say (facts, N_("Settled with your credit")) : say (facts, N_("Back to your credit"));
  if (get_change (move) <= 0)
    return move->receivable == 0 ? say (facts, N_("Paid, kept as your credit")) : say (facts, N_("Paid"));
  return move->receivable == 0 ? say (facts, N_("Credit paid back")) : say (facts, N_("Payment taken back"));
}

/* “Paid: Cash, PAY-001”. */
static char *
describe_money (Facts              *facts,
                BillingAccountMove *move)
{
  g_autofree char *how = billing_letterhead_format_tender (facts->head, move->tender, NULL, NULL);
  g_autofree char *credit = move->tender == BILLING_TENDER_NONE && move->credit != 0 ? format_money (facts, ABS (move->credit)) : NULL;
  g_autoptr (GString) text = g_string_new (find_words (facts, move));
  const char *parts[] = { how, credit, move->payment };
  gboolean is_first = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      g_string_append_printf (text, "%s%s", is_first ? ": " : ", ", parts[i]);
      is_first = FALSE;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_asking (BillingAccountMove *move)
{
  return move->asked != 0 && move->tender == BILLING_TENDER_NONE;
}

/* What went back lowers what was asked and what was paid: the visit costs less, and nothing more is owed. */
static void
set_amounts (Line               *line,
             BillingAccountMove *move)
{
  if (is_asking (move))
    line->asked = get_change (move);
  else
    {
      line->asked = -move->refunded - move->withdrawn;
      line->paid = line->asked - get_change (move);
    }
}

static Line *
find_same (GPtrArray  *lines,
           const char *day,
           const char *key)
{
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = lines->pdata[i];

      if (line->key != NULL && g_str_equal (line->key, key) && g_str_equal (line->day, day))
        return line;
    }

  return NULL;
}

static void
add_move (Facts              *facts,
          GPtrArray          *lines,
          BillingAccountMove *move)
{
  const char *key = !is_asking (move) ? NULL : move->invoice != NULL ? move->invoice : move->root;
  Line *same = key != NULL ? find_same (lines, move->day, key) : NULL;
  Line *line;

  if (same != NULL)
    {
      same->asked += get_change (move);
      return;
    }

  line = g_new0 (Line, 1);
  line->day = g_strdup (move->day);
  line->key = g_strdup (key);
  line->text = is_asking (move) ? describe_asked (facts, move) : describe_money (facts, move);
  set_amounts (line, move);
  g_ptr_array_add (lines, line);
}

/* The lines of the period, and what was owed before it. */
static GPtrArray *
make_lines (Facts  *facts,
            gint64 *opening)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  *opening = 0;
  for (guint i = 0; i < facts->moves->len; i++)
    {
      BillingAccountMove *move = facts->moves->pdata[i];

      if (facts->from != NULL && strcmp (move->day, facts->from) < 0)
        *opening += get_change (move);
      else
        add_move (facts, lines, move);
    }

  return lines;
}

static void
add_row (Facts              *facts,
         BillingLetterTable *table,
         const char         *day,
         const char         *text,
         Line               *line,
         gint64              balance)
{
  g_autofree char *date = billing_letterhead_format_day (facts->head, day);
  g_autofree char *asked = line != NULL && line->asked != 0 ? format_money (facts, line->asked) : g_strdup ("");
  g_autofree char *paid = line != NULL && line->paid != 0 ? format_money (facts, line->paid) : g_strdup ("");
  g_autofree char *owed = format_money (facts, balance);
  const char *cells[] = { date, text, asked, paid, owed, NULL };

  billing_letter_table_add_row (table, cells);
}

static gint64
add_table (BillingLetter *letter,
           Facts         *facts)
{
  BillingLetterTable *table = billing_letter_add_table (letter);
  gint64 balance;
  g_autoptr (GPtrArray) lines = make_lines (facts, &balance);

  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_WORD, say (facts, N_("Date")));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_TEXT, say (facts, N_("What")));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, say (facts, N_("Asked")));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, say (facts, N_("Paid")));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, say (facts, N_("Balance")));

  if (facts->from != NULL)
    add_row (facts, table, facts->from, say (facts, N_("Opening balance")), NULL, balance);
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = lines->pdata[i];

      /* What was asked in parts and taken back the same day is nothing to a patient. */
      if (line->key != NULL && line->asked == 0)
        continue;
      balance += line->asked - line->paid;
      add_row (facts, table, line->day, line->text, line, balance);
    }

  return balance;
}

/* The day from which a payment's age counts. */
static char *
get_due (Facts          *facts,
         BillingPayment *payment)
{
  return payment->due_on != NULL ? g_strdup (payment->due_on)
                                 : billing_day_from_instant (payment->created_at, facts->head->practice->time_zone);
}

static gint64
sum_age (Facts      *facts,
         const char *age)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  gint64 sum = 0;

  billing_age_get_days (age, facts->today, &from, &to);
  for (guint i = 0; i < facts->payments->len; i++)
    {
      BillingPayment *payment = facts->payments->pdata[i];
      g_autofree char *due = get_due (facts, payment);

      if (billing_status_is_owed (payment->status) && (from == NULL || strcmp (due, from) >= 0) &&
          (to == NULL || strcmp (due, to) <= 0))
        sum += payment->amount;
    }

  return sum;
}

static void
add_ages (BillingLetter *letter,
          Facts         *facts)
{
  const char * const *ages = billing_age_list_words ();
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *day = billing_letterhead_format_day (facts->head, facts->today);
  /* Translators: above the ages of what a patient owes; the day */
  g_autofree char *heading = g_strdup_printf (say (facts, N_("How long it has been due, on %s")), day);
  BillingLetterTable *table;

  billing_letter_add (letter, BILLING_LETTER_HEADING, heading, NULL);
  table = billing_letter_add_table (letter);
  for (guint i = 0; ages[i] != NULL; i++)
    {
      billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT,
                                       billing_catalogue_get (facts->head->words, billing_age_get_text (ages[i])));
      g_ptr_array_add (cells, format_money (facts, sum_age (facts, ages[i])));
    }
  g_ptr_array_add (cells, NULL);
  billing_letter_table_add_row (table, (const char * const *) cells->pdata);
  /* The balance is less it, the ages are not. */
  if (facts->patient->credit > 0)
    {
      g_autofree char *credit = format_money (facts, facts->patient->credit);

      billing_letter_add (letter, BILLING_LETTER_SUM, say (facts, N_("Your credit with us")), credit);
    }
}

static void
add_facts (BillingLetter *letter,
           Facts         *facts)
{
  g_autofree char *date = billing_letterhead_format_day (facts->head, facts->today);
  g_autofree char *from = facts->from != NULL ? billing_letterhead_format_day (facts->head, facts->from) : NULL;
  g_autofree char *to = billing_letterhead_format_day (facts->head, facts->to);
  /* Translators: two days */
  g_autofree char *period = from != NULL ? g_strdup_printf (say (facts, N_("%s to %s")), from, to)
                                         /* Translators: a day */
                                         : g_strdup_printf (say (facts, N_("until %s")), to);

  billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Date")), date);
  billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Period")), period);
  billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Patient")), facts->patient->name);
  billing_letter_add (letter, BILLING_LETTER_FACT, say (facts, N_("Patient number")), facts->patient->number);
}

static void
add_balance (BillingLetter *letter,
             Facts         *facts,
             gint64         balance)
{
  g_autofree char *amount = format_money (facts, ABS (balance));

  billing_letter_add (letter, BILLING_LETTER_SUM_TOTAL,
                      balance < 0 ? say (facts, N_("Your credit with us")) : say (facts, N_("Balance due")), amount);
}

static BillingLetter *
write_letter (Facts *facts)
{
  const char *title = say (facts, N_("Statement"));
  const char *note = facts->head->practice->invoice_note;
  g_autofree char *subject = g_strdup_printf ("%s %s", title, facts->patient->number);
  BillingLetter *letter = billing_letterhead_begin (facts->head, title, subject);

  billing_letterhead_set_recipient (facts->head, letter, facts->patient);
  add_facts (letter, facts);
  add_balance (letter, facts, add_table (letter, facts));
  add_ages (letter, facts);
  if (note != NULL && *note != '\0')
    billing_letter_add (letter, BILLING_LETTER_NOTE, note, NULL);
  return letter;
}

static gboolean
check_period (Facts   *facts,
              GError **error)
{
  if (!billing_turn_check_day (facts->from, error) || !billing_turn_check_day (facts->to, error))
    return FALSE;
  if (facts->from != NULL && strcmp (facts->from, facts->to) > 0)
    return billing_desk_refuse (error, _("The period ends before it begins."));
  return TRUE;
}

/**
 * billing_statement_letter_build:
 * @desk: a session
 * @patient: id or number of a patient
 * @from: (nullable): the first day; %NULL: from the beginning
 * @to: (nullable): the last day; %NULL: today
 * @error: return location for a #BillingDeskError or #BillingStoreError
 *
 * Writes what a patient was asked for and paid in a period, in their language where the program speaks it.
 *
 * Returns: (transfer full) (nullable): the letter
 */
BillingLetter *
billing_statement_letter_build (BillingDesk  *desk,
                                const char   *patient,
                                const char   *from,
                                const char   *to,
                                GError      **error)
{
  g_autofree char *today = billing_desk_get_today (desk);
  g_auto (Facts) facts = { .name = patient, .from = from, .to = to != NULL ? to : today, .today = today };

  if (!check_period (&facts, error) || !billing_store_read (billing_desk_get_store (desk), read_facts, &facts, NULL, error))
    return NULL;

  facts.head = billing_letterhead_new (desk, facts.patient);
  return write_letter (&facts);
}

static void
build_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GPtrArray *said = task_data;
  GError *error = NULL;
  BillingLetter *letter = billing_statement_letter_build (source, said->pdata[0], said->pdata[1], said->pdata[2], &error);

  if (letter != NULL)
    g_task_return_pointer (task, letter, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * billing_statement_letter_build_async:
 * @desk: a session
 * @patient: id or number of a patient
 * @from: (nullable): the first day
 * @to: (nullable): the last day
 * @cancellable: (nullable): stops the wait
 * @callback: called when the letter is there
 * @user_data: data for @callback
 *
 * As billing_statement_letter_build(), on another thread.
 */
void
billing_statement_letter_build_async (BillingDesk         *desk,
                                      const char          *patient,
                                      const char          *from,
                                      const char          *to,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);
  GPtrArray *said = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (said, g_strdup (patient));
  g_ptr_array_add (said, g_strdup (from));
  g_ptr_array_add (said, g_strdup (to));
  g_task_set_source_tag (task, billing_statement_letter_build_async);
  g_task_set_task_data (task, said, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, build_thread);
}

/**
 * billing_statement_letter_build_finish:
 * @desk: a session
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the letter
 */
BillingLetter *
billing_statement_letter_build_finish (BillingDesk   *desk,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-deposit-slip"

#include "config.h"

#include "billing-deposit-slip.h"

#include <glib/gi18n-lib.h>

#include "billing-day-close-store.h"
#include "billing-letter-pdf.h"
#include "billing-letterhead.h"
#include "billing-safe-file.h"
#include "billing-table.h"

/* What goes to the bank with the cash of a day: what was counted and expected, who took in what by which tender, and the head of the seals,
 * which is thereby written down outside of the program. */

typedef struct {
  const char *id;
  BillingDayClose *close; /* (owned) */
  GPtrArray *totals;      /* (owned) (element-type BillingDayTotal) */
  char *seal;             /* (owned) (nullable) */
} Facts;

static void
facts_clear (Facts *facts)
{
  g_clear_object (&facts->close);
  g_clear_pointer (&facts->totals, g_ptr_array_unref);
  g_free (facts->seal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static gboolean
read_facts (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Facts *facts = data;
  g_autoptr (GError) problem = NULL;

  facts->close = (BillingDayClose *) billing_table_get (connection, BILLING_TYPE_DAY_CLOSE, facts->id, error);
  facts->totals = facts->close != NULL ? billing_table_select (connection, BILLING_TYPE_DAY_TOTAL, "close_id", facts->id, error) : NULL;
  if (facts->totals == NULL)
    return FALSE;

  facts->seal = billing_day_close_read_seal (connection, &problem);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * billing_deposit_slip_get_tender:
 * @account: where money is
 *
 * Returns: by which tender it came there, translated
 */
const char *
billing_deposit_slip_get_tender (BillingAccount account)
{
  switch ((int) account)
    {
    case BILLING_ACCOUNT_CASH:
      return _("Cash");
    case BILLING_ACCOUNT_CHEQUES:
      return _("Cheques");
    case BILLING_ACCOUNT_CARD_TERMINAL:
      return _("Card terminal");
    case BILLING_ACCOUNT_BANK:
      return _("Bank");
    case BILLING_ACCOUNT_STRIPE:
      return _("Stripe");
    default:
      return "";
    }
}

static void
add_cash (BillingLetter     *letter,
          BillingLetterhead *head,
          BillingDayClose   *close)
{
  g_autofree char *expected = billing_letterhead_format_money (head, close->expected, close->currency);
  g_autofree char *counted = billing_letterhead_format_money (head, close->counted, close->currency);
  g_autofree char *variance = billing_letterhead_format_money (head, close->variance, close->currency);

  billing_letter_add (letter, BILLING_LETTER_HEADING, _("Cash"), NULL);
  billing_letter_add (letter, BILLING_LETTER_LINE, _("Expected by the books"), expected);
  billing_letter_add (letter, BILLING_LETTER_TOTAL, _("Counted: to be deposited"), counted);
  if (close->variance != 0)
    billing_letter_add (letter, BILLING_LETTER_LINE, _("Variance"), variance);
  if (close->variance != 0 && close->reason != NULL)
    billing_letter_add (letter, BILLING_LETTER_PARAGRAPH, close->reason, NULL);
}

static void
add_totals (BillingLetter     *letter,
            BillingLetterhead *head,
            GPtrArray         *totals)
{
  BillingLetterTable *table;

  if (totals->len == 0)
    return;

  billing_letter_add (letter, BILLING_LETTER_HEADING, _("By tender and person"), NULL);
  table = billing_letter_add_table (letter);
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_WORD, _("Tender"));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_TEXT, _("Person"));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, _("Entries"));
  billing_letter_table_add_column (table, BILLING_LETTER_COLUMN_AMOUNT, _("Amount"));
  for (guint i = 0; i < totals->len; i++)
    {
      BillingDayTotal *total = totals->pdata[i];
      g_autofree char *count = g_strdup_printf ("%'" G_GINT64_FORMAT, total->count);
      g_autofree char *amount = billing_letterhead_format_money (head, total->amount, total->currency);
      const char *cells[] = { billing_deposit_slip_get_tender (total->account), total->who, count, amount, NULL };

      billing_letter_table_add_row (table, cells);
    }
}

/**
 * billing_deposit_slip_build:
 * @desk: a session
 * @close: id of the close of a day
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what goes to the bank with the cash
 */
BillingLetter *
billing_deposit_slip_build (BillingDesk  *desk,
                            const char   *close,
                            GError      **error)
{
  g_auto (Facts) facts = { .id = close };
  g_autoptr (BillingLetterhead) head = NULL;
  g_autofree char *day = NULL;
  g_autofree char *since = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *seal = NULL;
  BillingLetter *letter;

  if (!billing_store_read (billing_desk_get_store (desk), read_facts, &facts, NULL, error))
    return NULL;

  head = billing_letterhead_new (desk, NULL);
  day = billing_letterhead_format_day (head, facts.close->day);
  since = billing_letterhead_format_day (head, facts.close->since_on);
  subject = g_strdup_printf (_("Deposit slip of %s"), day);
  letter = billing_letterhead_begin (head, _("Deposit Slip"), subject);
  billing_letter_add (letter, BILLING_LETTER_FACT, _("Day"), day);
  if (!g_str_equal (facts.close->since_on, facts.close->day))
    billing_letter_add (letter, BILLING_LETTER_FACT, _("Since"), since);
  billing_letter_add (letter, BILLING_LETTER_FACT, _("Closed by"), facts.close->person);
  add_cash (letter, head, facts.close);
  add_totals (letter, head, facts.totals);
  seal = g_strdup_printf (_("The last seal of the books is %s. Keep this sheet: “verify” shows whether they still lead there."),
                          facts.seal != NULL ? facts.seal : "–");
  billing_letter_add (letter, BILLING_LETTER_NOTE, seal, NULL);
  return letter;
}

/**
 * billing_deposit_slip_write:
 * @desk: a session
 * @close: id of the close of a day
 * @path: the file
 * @error: return location for an error
 *
 * Returns: whether the slip stands there as PDF
 */
gboolean
billing_deposit_slip_write (BillingDesk  *desk,
                            const char   *close,
                            const char   *path,
                            GError      **error)
{
  g_autoptr (BillingLetter) letter = billing_deposit_slip_build (desk, close, error);
  g_autoptr (BillingSafeFile) file = letter != NULL ? billing_safe_file_open (path, error) : NULL;

  return file != NULL && billing_letter_write_pdf (letter, billing_safe_file_get_stream (file), error) &&
         billing_safe_file_commit (file, error);
}

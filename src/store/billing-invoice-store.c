/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-store"

#include "config.h"

#include "billing-invoice-store.h"

#include "billing-audit.h"
#include "billing-enums.h"
#include "billing-invoice.h"
#include "billing-payment.h"
#include "billing-selection.h"

/*
 * Services become invoices in sets, however many there are: first it is worked out in temporary tables what is to be written, which is also what
 * is shown before; then it is written, some invoices at a time, so that it can be told how far it is.
 *
 * temp.invoicing: an invoice each · invoicing_lines: their services · invoicing_money: pre-payments of their treatments · invoicing_head:
 * what all have in common, and where the series of ids and numbers stand.
 */

#define TABLES \
  "CREATE TEMP TABLE IF NOT EXISTS invoicing (n INTEGER PRIMARY KEY, patient_id TEXT NOT NULL UNIQUE, charges INTEGER, insurer INTEGER," \
  " amount INTEGER, prepaid INTEGER DEFAULT 0, joined INTEGER DEFAULT 0, treatment_id TEXT, location_id TEXT, payment_n INTEGER);" \
  "CREATE TEMP TABLE IF NOT EXISTS invoicing_lines (n INTEGER, line INTEGER, service_pk INTEGER UNIQUE, PRIMARY KEY (n, line))" \
  " WITHOUT ROWID;" \
  "CREATE TEMP TABLE IF NOT EXISTS invoicing_money (k INTEGER PRIMARY KEY, n INTEGER, payment_pk INTEGER, available INTEGER," \
  " is_open INTEGER, taken INTEGER DEFAULT 0);" \
  "CREATE INDEX IF NOT EXISTS temp.invoicing_money_of ON invoicing_money (n);" \
  "CREATE TEMP TABLE IF NOT EXISTS invoicing_head (at INTEGER, person TEXT, today TEXT, invoiced_on TEXT, due_on TEXT, memo TEXT," \
  " reason TEXT, desk TEXT, currency TEXT, prefix TEXT, digits INTEGER, inv INTEGER, number INTEGER, ivl INTEGER, ppy INTEGER," \
  " pay INTEGER, pay_number INTEGER, txn INTEGER);" \
  "DELETE FROM temp.invoicing; DELETE FROM temp.invoicing_lines; DELETE FROM temp.invoicing_money; DELETE FROM temp.invoicing_head;"

#define CAN_BE "s.pk = selection.pk AND +s.state = 'to-invoice' AND s.currency = (SELECT currency FROM practice)"

/* What all services of an invoice have in common, or nothing. */
#define COMMON(column) "nullif (iif (min (ifnull (" column ", '')) = max (ifnull (" column ", '')), min (" column "), ''), '')"

static const char leave_out[] =
  "DELETE FROM temp.selection WHERE NOT EXISTS (SELECT 1 FROM services s WHERE " CAN_BE ")";

/* In the order of names, so that a pile of invoices can be found one's way in. */
static const char gather_invoices[] =
  "INSERT INTO temp.invoicing (patient_id, charges, insurer, amount, treatment_id, location_id)"
  " SELECT s.patient_id, sum (s.amount), sum (s.insurer_part), sum (s.patient_part), " COMMON ("s.treatment_id") ","
  "   " COMMON ("s.location_id")
  " FROM temp.selection x CROSS JOIN services s ON s.pk = x.pk GROUP BY s.patient_id ORDER BY min (s.patient_key), s.patient_id";

static const char gather_lines[] =
  "INSERT INTO temp.invoicing_lines (n, line, service_pk)"
  " SELECT n, row_number () OVER (ORDER BY n, day, pk), pk FROM (SELECT g.n, s.day, s.pk FROM temp.selection x"
  "   CROSS JOIN services s ON s.pk = x.pk CROSS JOIN temp.invoicing g ON g.patient_id = s.patient_id)";

/* Pre-payments of the treatments that are invoiced: what is left of paid ones, and open ones in full. */
static const char gather_money[] =
  "INSERT INTO temp.invoicing_money (n, payment_pk, available, is_open)"
  " SELECT n, pk, available, is_open FROM (SELECT t.n, p.pk, p.status_rank IN (0, 1, 2, 4) AS is_open,"
  "     iif (p.status_rank IN (0, 1, 2, 4), p.amount, p.collected - p.refunded - p.waiting - p.withdrawn"
  "       - (SELECT ifnull (sum (amount), 0) FROM prepayments WHERE payment_id = p.id)) AS available"
  "   FROM (SELECT DISTINCT l.n, s.treatment_id FROM temp.invoicing_lines l CROSS JOIN services s ON s.pk = l.service_pk"
  "     WHERE s.treatment_id IS NOT NULL) t"
  "   CROSS JOIN payments p ON p.treatment_id = t.treatment_id"
  "   WHERE p.payment_type = 'treatment-pre-payment' AND p.invoice_id IS NULL"
  "     AND p.patient_id = (SELECT patient_id FROM temp.invoicing WHERE n = t.n)"
  "     AND p.currency = (SELECT currency FROM practice))"
  " WHERE available > 0 ORDER BY n, pk";

/* The oldest first, until the invoice is paid. */
static const char take_off[] =
  "UPDATE temp.invoicing_money SET taken = max (0, min (available, q.amount - q.before))"
  " FROM (SELECT m.k, g.amount, ifnull (sum (m.available) OVER (PARTITION BY m.n ORDER BY m.k ROWS BETWEEN UNBOUNDED PRECEDING"
  "     AND 1 PRECEDING), 0) AS before FROM temp.invoicing_money m JOIN temp.invoicing g ON g.n = m.n WHERE NOT m.is_open) q"
  " WHERE invoicing_money.k = q.k";

static const char sum_taken[] =
  "UPDATE temp.invoicing SET prepaid = (SELECT ifnull (sum (taken) FILTER (WHERE NOT is_open), 0) FROM temp.invoicing_money m"
  " WHERE m.n = invoicing.n), joined = (SELECT ifnull (sum (taken) FILTER (WHERE is_open), 0) FROM temp.invoicing_money m"
  " WHERE m.n = invoicing.n) WHERE n IN (SELECT n FROM temp.invoicing_money)";

static const char number_payments[] =
  "UPDATE temp.invoicing SET payment_n = q.place FROM (SELECT n, row_number () OVER (ORDER BY n) AS place FROM temp.invoicing"
  " WHERE amount > prepaid + joined) q WHERE invoicing.n = q.n";

static const char sum_up[] =
  "SELECT (SELECT count (*) FROM temp.invoicing_lines), count (*), sum (charges), sum (insurer), sum (amount),"
  " (SELECT count (*) FROM temp.invoicing_money WHERE taken > 0 AND NOT is_open), sum (prepaid),"
  " (SELECT count (*) FROM temp.invoicing_money WHERE taken > 0 AND is_open), sum (joined),"
  " count (payment_n), sum (amount - prepaid - joined), max (amount) FROM temp.invoicing";

static gboolean
count_left_out (BillingConnection     *connection,
                BillingInvoicingSums  *sums,
                GError               **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT s.state, s.currency = (SELECT currency FROM practice), count (*)"
    " FROM temp.selection x CROSS JOIN services s ON s.pk = x.pk GROUP BY 1, 2", error);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      int state = BILLING_SERVICE_STATE_TO_INVOICE;
      gint64 n;

      if (!row)
        return TRUE;

      n = billing_statement_get_integer (statement, 2);
      billing_enum_from_nick (BILLING_TYPE_SERVICE_STATE, billing_statement_get_text (statement, 0), &state);
      if (state != BILLING_SERVICE_STATE_TO_INVOICE)
        sums->n_left_out[state] += n;
      else if (billing_statement_get_integer (statement, 1) == 0)
        sums->n_foreign += n;
    }

  return FALSE;
}

/* Open ones that fit into what is left of their invoice join it, the oldest first. */
static gboolean
join_open (BillingConnection  *connection,
           GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT m.k, m.n, m.available, g.amount - g.prepaid FROM temp.invoicing_money m JOIN temp.invoicing g ON g.n = m.n"
    " WHERE m.is_open ORDER BY m.k", error);
  gint64 invoice = 0;
  gint64 left = 0;
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      gint64 amount;

      if (!row)
        return TRUE;

      if (billing_statement_get_integer (statement, 1) != invoice)
        left = billing_statement_get_integer (statement, 3);
      invoice = billing_statement_get_integer (statement, 1);
      amount = billing_statement_get_integer (statement, 2);
      if (amount > left)
        continue;

      left -= amount;
      if (!billing_connection_run (connection, error, "UPDATE temp.invoicing_money SET taken = available WHERE k = ?", "i",
                                   billing_statement_get_integer (statement, 0)))
        return FALSE;
    }

  return FALSE;
}

static gboolean
read_sums (BillingConnection     *connection,
           BillingInvoicingSums  *sums,
           GError               **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sum_up, error);
  gint64 *places[] = { &sums->n_services, &sums->n_invoices, &sums->charges, &sums->insurer, &sums->amount, &sums->n_prepaid,
                       &sums->prepaid, &sums->n_joined, &sums->joined, &sums->n_asked, &sums->asked, &sums->largest };
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    *places[i] = billing_statement_get_integer (statement, (int) i);
  return TRUE;
}

/**
 * billing_invoice_store_gather:
 * @connection: whose selection was filled with services, and which may write to temporary tables
 * @sums: (out caller-allocates): what it comes to
 * @error: return location for a #BillingStoreError
 *
 * Works out the invoices of the services that are selected. Those that cannot be invoiced leave the selection.
 *
 * Returns: whether it is worked out
 */
gboolean
billing_invoice_store_gather (BillingConnection     *connection,
                              BillingInvoicingSums  *sums,
                              GError               **error)
{
  *sums = (BillingInvoicingSums) { 0, };
  return billing_connection_execute (connection, TABLES, error) &&
         count_left_out (connection, sums, error) &&
         billing_connection_run (connection, error, leave_out, "") &&
         billing_connection_run (connection, error, gather_invoices, "") &&
         billing_connection_run (connection, error, gather_lines, "") &&
         billing_connection_run (connection, error, gather_money, "") &&
         billing_connection_run (connection, error, take_off, "") &&
         billing_connection_run (connection, error, sum_taken, "") &&
         join_open (connection, error) &&
         billing_connection_run (connection, error, sum_taken, "") &&
         billing_connection_run (connection, error, number_payments, "") &&
         read_sums (connection, sums, error);
}

/**
 * billing_invoice_store_preview:
 * @connection: inside a transaction, a reader's too
 * @act: which services are chosen
 * @sums: (out caller-allocates): what invoicing them comes to
 * @error: return location for a #BillingStoreError
 *
 * Works out what would be written, by the same SQL.
 *
 * Returns: whether it is worked out
 */
gboolean
billing_invoice_store_preview (BillingConnection     *connection,
                               BillingAct            *act,
                               BillingInvoicingSums  *sums,
                               GError               **error)
{
  gboolean was_closed;

  return billing_selection_fill (connection, act, "services", error) &&
         billing_selection_open (connection, &was_closed, error) &&
         billing_selection_close (connection, was_closed, billing_invoice_store_gather (connection, sums, error), error);
}

/**
 * billing_invoice_store_find_stray:
 * @connection: whose selection was filled with services
 * @state: (out): why it cannot be invoiced; %BILLING_SERVICE_STATE_TO_INVOICE: it is in another currency
 * @invoice: (out) (transfer full) (nullable): the number of the invoice on which it stands
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the number of one that cannot be invoiced; %NULL without @error where all can
 */
char *
billing_invoice_store_find_stray (BillingConnection    *connection,
                                  BillingServiceState  *state,
                                  char                **invoice,
                                  GError              **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT v.number, v.state, v.invoice FROM temp.selection CROSS JOIN services_view v ON v.pk = selection.pk"
    " WHERE NOT EXISTS (SELECT 1 FROM services s WHERE " CAN_BE ") LIMIT 1", error);
  int found = BILLING_SERVICE_STATE_TO_INVOICE;
  gboolean row;

  *invoice = NULL;
  if (statement == NULL || !billing_statement_step (statement, &row, error) || !row)
    return NULL;

  billing_enum_from_nick (BILLING_TYPE_SERVICE_STATE, billing_statement_get_text (statement, 1), &found);
  *state = found;
  *invoice = g_strdup (billing_statement_get_text (statement, 2));
  return g_strdup (billing_statement_get_text (statement, 0));
}

#define SERIES(name) "ifnull ((SELECT next FROM sequences WHERE name = '" name "'), 0)"

/* Series go on only in the transaction that uses them, so that one that is rolled back leaves no gap. */
static gboolean
advance (BillingConnection  *connection,
         const char         *name,
         const char         *count,
         GError            **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO sequences SELECT ?, n FROM (SELECT %s) WHERE n > 0"
                                          " ON CONFLICT DO UPDATE SET next = next + excluded.next", count);

  return billing_connection_run (connection, error, sql, "t", name);
}

/**
 * billing_invoice_store_begin:
 * @connection: inside a writing transaction, after billing_invoice_store_gather()
 * @head: what the invoices have in common
 * @error: return location for a #BillingStoreError
 *
 * Takes their ids and numbers.
 *
 * Returns: whether they can be written
 */
gboolean
billing_invoice_store_begin (BillingConnection           *connection,
                             const BillingInvoicingHead  *head,
                             GError                     **error)
{
  const char *n_invoices = "count (*) AS n FROM temp.invoicing";
  const char *n_payments = "count (payment_n) AS n FROM temp.invoicing";

  return billing_connection_run (connection, error,
                                 "INSERT INTO temp.invoicing_head SELECT ?, ?, ?, ?, ?, ?, ?, desk, currency, invoice_prefix,"
                                 " invoice_digits, " SERIES ("inv") ", " SERIES ("INV") ", " SERIES ("ivl") ", " SERIES ("ppy") ","
                                 " " SERIES ("pay") ", " SERIES ("PAY") ", (SELECT ifnull (max (pk), 0) FROM transactions)"
                                 " FROM practice", "itttttt", head->at, head->person, head->today, head->invoiced_on, head->due_on,
                                 head->memo, head->reason) &&
         advance (connection, "inv", n_invoices, error) &&
         advance (connection, "INV", n_invoices, error) &&
         advance (connection, "ivl", "count (*) AS n FROM temp.invoicing_lines", error) &&
         advance (connection, "ppy", "count (*) AS n FROM temp.invoicing_money", error) &&
         advance (connection, "pay", n_payments, error) &&
         advance (connection, "PAY", n_payments, error);
}

#define INVOICE_ID(n) "'inv_' || h.desk || (h.inv + " n ")"
#define PAYMENT_ID "'pay_' || h.desk || (h.pay + g.payment_n)"
#define EACH "FROM temp.invoicing_head h CROSS JOIN temp.invoicing g"

/* Of the invoices from ?1 to ?2. What single verbs write is written the same way: the payments of a revision that was submitted, their entry
 * under the name of the one before. */
static const char * const writes[] = {
  "INSERT INTO invoices (id, number, patient_id, invoiced_on, due_on, currency, charges, insurer, amount, prepaid, balance, memo, person,"
  "   created_at, patient_key)"
  " SELECT " INVOICE_ID ("g.n") ", printf ('%s%0*d', h.prefix, h.digits, h.number + g.n), g.patient_id, h.invoiced_on, h.due_on,"
  "   h.currency, g.charges, g.insurer, g.amount, g.prepaid, g.amount - g.prepaid - g.joined, h.memo, h.person, h.at,"
  "   (SELECT sort_key FROM patients WHERE id = g.patient_id)"
  " " EACH " WHERE g.n BETWEEN ?1 AND ?2 ORDER BY g.n",

  "INSERT INTO invoice_lines (id, invoice_id, service_id, day, code, name, units, price, charge, insurer, amount)"
  " SELECT 'ivl_' || h.desk || (h.ivl + l.line), " INVOICE_ID ("l.n") ", s.id, s.day, s.code, s.name, s.units, s.price, s.amount,"
  "   s.insurer_part, s.patient_part"
  " FROM temp.invoicing_head h CROSS JOIN temp.invoicing_lines l CROSS JOIN services s ON s.pk = l.service_pk"
  " WHERE l.n BETWEEN ?1 AND ?2 ORDER BY l.n, l.line",

  /* Who chooses a service to be invoiced has looked at it. */
  "UPDATE services SET revision = revision + 1,"
  "   invoice_id = (SELECT " INVOICE_ID ("l.n") " FROM temp.invoicing_head h CROSS JOIN temp.invoicing_lines l WHERE l.service_pk = services.pk),"
  "   reviewed_by = iif (reviewed_at = 0, (SELECT person FROM temp.invoicing_head), reviewed_by),"
  "   reviewed_at = iif (reviewed_at = 0, (SELECT at FROM temp.invoicing_head), reviewed_at)"
  " WHERE pk IN (SELECT service_pk FROM temp.invoicing_lines WHERE n BETWEEN ?1 AND ?2)",

  "INSERT INTO prepayments (id, invoice_id, payment_id, amount)"
  " SELECT 'ppy_' || h.desk || (h.ppy + m.k), " INVOICE_ID ("m.n") ", p.id, m.taken"
  " FROM temp.invoicing_head h CROSS JOIN temp.invoicing_money m CROSS JOIN payments p ON p.pk = m.payment_pk"
  " WHERE m.n BETWEEN ?1 AND ?2 AND m.taken > 0 AND NOT m.is_open ORDER BY m.k",

  "INSERT INTO payments (id, revision, number, patient_id, treatment_id, location_id, amount, currency, due_on, status, created_at,"
  "   submitted_at, invoice_id, patient_key)"
  " SELECT " PAYMENT_ID ", 2, printf ('PAY-%03d', h.pay_number + g.payment_n), g.patient_id, g.treatment_id,"
  "   iif (g.treatment_id IS NULL, g.location_id, (SELECT location_id FROM treatments WHERE id = g.treatment_id)),"
  "   g.amount - g.prepaid - g.joined, h.currency, h.due_on, 'pending', h.at, h.at, " INVOICE_ID ("g.n") ","
  "   (SELECT sort_key FROM patients WHERE id = g.patient_id)"
  " " EACH " WHERE g.n BETWEEN ?1 AND ?2 AND g.payment_n > 0 ORDER BY g.n",

  "INSERT INTO transactions (pk, at, day, act, person, patient_id, payment_id, reason, source)"
  " SELECT h.txn + g.payment_n, h.at, h.today, 'submit', h.person, g.patient_id, " PAYMENT_ID ", h.reason,"
  "   " PAYMENT_ID " || ':submit:1'"
  " " EACH " WHERE g.n BETWEEN ?1 AND ?2 AND g.payment_n > 0 ORDER BY g.n",

  "INSERT INTO postings (transaction_pk, account, currency, amount)"
  " SELECT h.txn + g.payment_n, a.account, h.currency, a.sign * (g.amount - g.prepaid - g.joined)"
  " " EACH " CROSS JOIN (SELECT 1 AS sign, 'patient-receivable' AS account UNION ALL SELECT -1, 'asked') a"
  " WHERE g.n BETWEEN ?1 AND ?2 AND g.payment_n > 0 ORDER BY g.n, a.sign DESC",
};

static gboolean
audit (BillingConnection  *connection,
       GType               type,
       gint64              after_pk,
       GError            **error)
{
  g_autoptr (BillingStatement) head = billing_connection_prepare (connection, "SELECT at, person, reason FROM temp.invoicing_head",
                                                                  error);
  gboolean row;

  return head != NULL && billing_statement_step (head, &row, error) &&
         billing_audit_write_made (connection, billing_statement_get_integer (head, 0), billing_statement_get_text (head, 1),
                                   BILLING_VERB_INVOICE_CREATE, type, after_pk, billing_statement_get_text (head, 2), error);
}

/**
 * billing_invoice_store_write:
 * @connection: inside a writing transaction, after billing_invoice_store_begin()
 * @first: place of an invoice, from 1
 * @last: place of another
 * @error: return location for a #BillingStoreError
 *
 * Writes the invoices between the two, with their lines, what pre-payments paid, their payments, ledger and audit.
 *
 * Returns: whether they are written
 */
gboolean
billing_invoice_store_write (BillingConnection  *connection,
                             gint64              first,
                             gint64              last,
                             GError            **error)
{
  gint64 last_invoice;
  gint64 last_payment;

  if (!billing_connection_get_integer (connection, &last_invoice, error, "SELECT ifnull (max (pk), 0) FROM invoices", "") ||
      !billing_connection_get_integer (connection, &last_payment, error, "SELECT ifnull (max (pk), 0) FROM payments", ""))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      if (!billing_connection_run (connection, error, writes[i], "ii", first, last))
        return FALSE;
    }

  return audit (connection, BILLING_TYPE_INVOICE, last_invoice, error) &&
         audit (connection, BILLING_TYPE_PAYMENT, last_payment, error);
}

static GStrv
read_ids (BillingStatement  *statement,
          GError           **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_strv_builder_end (ids);
      for (int i = 0; i < billing_statement_n_columns (statement); i++)
        g_strv_builder_add (ids, billing_statement_get_text (statement, i));
    }

  return NULL;
}

/**
 * billing_invoice_store_list_joining:
 * @connection: inside a transaction, after billing_invoice_store_write() of all
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the ids of the open pre-payments that join an invoice, each followed by the id of the invoice
 */
GStrv
billing_invoice_store_list_joining (BillingConnection  *connection,
                                    GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT p.id, " INVOICE_ID ("m.n") " FROM temp.invoicing_head h CROSS JOIN temp.invoicing_money m"
    " CROSS JOIN payments p ON p.pk = m.payment_pk WHERE m.is_open AND m.taken > 0 ORDER BY m.k", error);

  return read_ids (statement, error);
}

/**
 * billing_invoice_store_list_chosen:
 * @connection: whose selection was filled with invoices
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): their ids, the oldest first
 */
GStrv
billing_invoice_store_list_chosen (BillingConnection  *connection,
                                   GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT i.id FROM temp.selection x CROSS JOIN invoices i ON i.pk = x.pk ORDER BY x.pk", error);

  return read_ids (statement, error);
}

/**
 * billing_invoice_store_name:
 * @connection: inside a transaction, after billing_invoice_store_write() of all
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the numbers of the invoices that were made: INV-005, or INV-005..INV-104
 */
char *
billing_invoice_store_name (BillingConnection  *connection,
                            GError            **error)
{
  return billing_connection_get_text (connection, error,
    "SELECT iif (n = 1, first, first || '" BILLING_INVOICE_RANGE "' || last) FROM (SELECT count (*) AS n,"
    " min (printf ('%s%0*d', h.prefix, h.digits, h.number + 1)) AS first,"
    " min (printf ('%s%0*d', h.prefix, h.digits, h.number + (SELECT max (n) FROM temp.invoicing))) AS last " EACH ")", "");
}

static gboolean
find_end (BillingConnection  *connection,
          const char         *number,
          gint64             *pk,
          GError            **error)
{
  return billing_connection_get_integer (connection, pk, error, "SELECT pk FROM invoices WHERE number = upper (?)", "t", number);
}

/**
 * billing_invoice_store_expand:
 * @connection: inside a transaction
 * @selection: numbers or ids of invoices, separated by blanks; or the first and the last that were made together, INV-005..INV-104
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the same, each by itself
 */
char *
billing_invoice_store_expand (BillingConnection  *connection,
                              const char         *selection,
                              GError            **error)
{
  g_auto (GStrv) ends = g_strsplit (selection, BILLING_INVOICE_RANGE, -1);
  gint64 first;
  gint64 last;

  if (g_strv_length (ends) != 2)
    return g_strdup (selection);
  if (!find_end (connection, ends[0], &first, error) || !find_end (connection, ends[1], &last, error))
    return NULL;

  /* Where one end is unknown, that is for who looks for each to say. */
  if (first == 0 || last == 0)
    return g_strdup (selection);
  return billing_connection_get_text (connection, error,
                                      "SELECT ifnull (group_concat (number, ' '), '') FROM invoices WHERE pk BETWEEN ? AND ?", "ii",
                                      first, last);
}

/**
 * billing_invoice_store_release:
 * @connection: inside a writing transaction
 * @invoice_id: an invoice that is void
 * @error: return location for a #BillingStoreError
 *
 * Its services are to be invoiced again, and what pre-payments paid of it is free again. Its lines stay: they are what it said.
 *
 * Returns: whether it was written
 */
gboolean
billing_invoice_store_release (BillingConnection  *connection,
                               const char         *invoice_id,
                               GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE services SET revision = revision + 1, invoice_id = NULL WHERE invoice_id = ?", "t",
                                 invoice_id) &&
         billing_connection_run (connection, error, "DELETE FROM prepayments WHERE invoice_id = ?", "t", invoice_id);
}

/**
 * billing_invoice_store_forget:
 * @connection: inside a writing transaction
 * @prepayment_id: what a pre-payment paid of an invoice
 * @error: return location for a #BillingStoreError
 *
 * The pre-payment turned out not to have come.
 *
 * Returns: whether it was written
 */
gboolean
billing_invoice_store_forget (BillingConnection  *connection,
                              const char         *prepayment_id,
                              GError            **error)
{
  return billing_connection_run (connection, error, "DELETE FROM prepayments WHERE id = ?", "t", prepayment_id);
}

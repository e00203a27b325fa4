/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-rate-sheet.h"
#include "billing-rate-store.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-practice.h"

/* Billing rates: what they say, what they cost on which day and to whom, and what becomes of the services under them. */

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  billing_test_practice_set_up (practice);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_verify (practice);
  billing_test_practice_tear_down (practice);
}

static BillingAct *
rate_new (const char *name,
          const char *code,
          const char *kind)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", name, "code", code, "payer-kind", kind, NULL);
}

static BillingAct *
edit_new (const char *rate,
          const char *property,
          const char *value)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_EDIT, "subject", rate, property, value, NULL);
}

static BillingAct *
price_new (const char *rate,
           const char *payer,
           const char *day,
           gint64      amount)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_PRICE, "subject", rate, "payer", payer, "date", day, "has-amount",
                       amount >= 0, "amount", MAX (amount, 0), NULL);
}

static void
must (BillingTestPractice *practice,
      BillingAct          *act)
{
  billing_test_practice_do (practice, act);
  g_object_unref (act);
}

static void
must_not (BillingTestPractice *practice,
          BillingAct          *act)
{
  billing_test_practice_do_refused (practice, act, BILLING_DESK_ERROR_INVALID);
  g_object_unref (act);
}

static void
assert_sql (BillingTestPractice *practice,
            const char          *sql,
            const char          *expected)
{
  g_autofree char *text = billing_test_text (practice->folder, sql);

  g_assert_cmpstr (text, ==, expected);
}

/* A rate is numbered, knows its system of codes by the looks of the code, and is billed but not invoiced where nobody says so. */
static void
test_create (BillingTestPractice *practice,
             gconstpointer        data)
{
  must (practice, rate_new ("Office Visit", "99213", NULL));
  must (practice, rate_new ("Crutches", "E0110", NULL));
  must (practice, rate_new ("Report", "R-1", "insurance"));
  must (practice, rate_new ("Advice", NULL, "self-pay"));

  assert_sql (practice, "SELECT group_concat (number || ' ' || code_system || ' ' || payer_kind || ' ' || billable || invoiced, ', ') FROM rates",
              "RATE-001 CPT self-pay 10, RATE-002 HCPCS self-pay 10, RATE-003 own insurance 10, RATE-004 own self-pay 10");
}

/* What makes no sense is refused, and nothing is written. */
static void
test_refused (BillingTestPractice *practice,
              gconstpointer        data)
{
  must (practice, rate_new ("Office Visit", "99213", NULL));
  must_not (practice, rate_new ("", "99214", NULL));
  must_not (practice, rate_new ("Other", "99214", "barter"));
  /* By which of two a code is billed has to be clear; for the other kind of payer it is. */
  must_not (practice, rate_new ("office visit", NULL, "self-pay"));
  must_not (practice, rate_new ("Other", "99213", NULL));
  must (practice, rate_new ("Other", "99213", "insurance"));
  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "X", "code-system", "CPT", NULL));
  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "X", "currency", "XXQ", NULL));
  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "X", "billable", "maybe", NULL));
  must_not (practice, billing_act_new (BILLING_VERB_RATE_EDIT, NULL));
}

/* “Is Invoiced” needs “Do you need to bill”; who turns billing off turns both off. */
static void
test_flags (BillingTestPractice *practice,
            gconstpointer        data)
{
  must_not (practice, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "X", "billable", "no", "invoiced", "yes",
                                    NULL));
  must (practice, rate_new ("Visit", NULL, NULL));
  must (practice, edit_new ("RATE-001", "invoiced", "yes"));
  assert_sql (practice, "SELECT billable || invoiced FROM rates", "11");
  must (practice, edit_new ("RATE-001", "billable", "no"));
  assert_sql (practice, "SELECT billable || invoiced FROM rates", "00");
  must_not (practice, edit_new ("RATE-001", "invoiced", "yes"));
}

/* “Both” makes twins, each of which knows the other; they can be parted and joined, but not within one kind of payer. */
static void
test_twins (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autoptr (BillingAct) act = rate_new ("General Service", "99213", "both");

  act->has_amount = TRUE;
  act->amount = 15000;
  billing_test_practice_do (practice, act);
  g_assert_cmpstr (act->result, ==, "RATE-001");
  g_assert_cmpstr (act->remainder, ==, "RATE-002");
  assert_sql (practice, "SELECT group_concat (number || ' ' || name || ' ' || payer_kind || ' ' || twin || ' ' || price, ', ') FROM rates_view",
              "RATE-001 General Service insurance RATE-002 15000, RATE-002 General Service (Self-Pay) self-pay RATE-001 15000");

  must_not (practice, edit_new ("RATE-001", "payer-kind", "self-pay"));
  must (practice, edit_new ("RATE-001", "code", "99214"));
  assert_sql (practice, "SELECT code FROM rates WHERE number = 'RATE-002'", "99214");
  must (practice, edit_new ("RATE-002", "rate", ""));
  assert_sql (practice, "SELECT count (twin_id) FROM rates", "0");
  must (practice, rate_new ("Other", NULL, "self-pay"));
  must_not (practice, edit_new ("RATE-003", "rate", "RATE-002"));
  must (practice, edit_new ("RATE-003", "rate", "RATE-001"));
  must_not (practice, edit_new ("RATE-002", "rate", "RATE-001"));
}

typedef struct {
  const char *rate;
  const char *day;
  const char *payer;
  gint64 amount;
} Asking;

static gboolean
find_price (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Asking *asking = data;
  g_autoptr (BillingRecord) rate = billing_table_get (connection, BILLING_TYPE_RATE, asking->rate, error);

  return rate != NULL && billing_rate_find_price (connection, billing_record_get_id (rate), asking->day, asking->payer, &asking->amount,
                                                  error);
}

static void
assert_price (BillingTestPractice *practice,
              const char          *day,
              const char          *payer,
              gint64               expected)
{
  Asking asking = { "RATE-001", day, payer, 0 };
  g_autoptr (GError) error = NULL;

  billing_store_read (billing_desk_get_store (practice->desk), find_price, &asking, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (asking.amount, ==, expected);
}

/* A price holds from its day on until the next one; an insurer's own comes before everybody's; each can be corrected and taken away. */
static void
test_prices (BillingTestPractice *practice,
             gconstpointer        data)
{
  must (practice, rate_new ("Visit", NULL, "insurance"));
  assert_price (practice, "2026-06-01", NULL, -1);
  must (practice, price_new ("RATE-001", NULL, "2026-01-01", 10000));
  must (practice, price_new ("RATE-001", NULL, "2026-07-01", 12000));
  must (practice, price_new ("RATE-001", "Aetna", "2026-03-01", 9000));

  assert_price (practice, "2025-12-31", NULL, -1);
  assert_price (practice, "2026-06-30", NULL, 10000);
  assert_price (practice, "2026-07-01", NULL, 12000);
  assert_price (practice, "2026-07-01", "Cigna", 12000);
  assert_price (practice, "2026-02-28", "Aetna", 10000);
  assert_price (practice, "2026-07-01", "AETNA", 9000);

  must (practice, price_new ("RATE-001", "aetna", "2026-03-01", 9500));
  assert_price (practice, "2026-07-01", "Aetna", 9500);
  assert_sql (practice, "SELECT count (*) FROM rate_prices", "3");
  must (practice, price_new ("RATE-001", "Aetna", "2026-03-01", -1));
  assert_price (practice, "2026-07-01", "Aetna", 12000);

  must (practice, price_new ("RATE-001", NULL, "2026-08-01", 0));
  assert_price (practice, "2026-08-01", NULL, 0);
  must_not (practice, price_new ("RATE-001", "Aetna", "2026-03-01", -1));
  must_not (practice, price_new ("RATE-001", NULL, "yesterday", 1));
  must (practice, rate_new ("Own", NULL, "self-pay"));
  must_not (practice, price_new ("RATE-002", "Aetna", "2026-03-01", 1));
}

typedef struct {
  const char *system;
  const char *code;
  BillingPayerKind kind;
  char *id;
} Looking;

static gboolean
find_for_code (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  Looking *looking = data;

  looking->id = billing_rate_find_for_code (connection, looking->system, looking->code, looking->kind, error);
  return TRUE;
}

static void
assert_rate_of (BillingTestPractice *practice,
                const char          *system,
                const char          *code,
                BillingPayerKind     kind,
                const char          *expected)
{
  Looking looking = { system, code, kind, NULL };
  g_autofree char *sql = NULL;
  g_autofree char *number = NULL;
  g_autoptr (GError) error = NULL;

  billing_store_read (billing_desk_get_store (practice->desk), find_for_code, &looking, NULL, &error);
  g_assert_no_error (error);
  sql = g_strdup_printf ("SELECT number FROM rates WHERE id = '%s'", looking.id != NULL ? looking.id : "");
  number = looking.id != NULL ? billing_test_text (practice->folder, sql) : NULL;
  g_assert_cmpstr (number, ==, expected);
  g_free (looking.id);
}

/* A code is billed by the rate of its system and kind of payer, as long as that is not retired. */
static void
test_find_for_code (BillingTestPractice *practice,
                    gconstpointer        data)
{
  must (practice, rate_new ("Visit", "99213", "both"));
  assert_rate_of (practice, "CPT", "99213", BILLING_PAYER_KIND_INSURANCE, "RATE-001");
  assert_rate_of (practice, "cpt", "99213", BILLING_PAYER_KIND_SELF_PAY, "RATE-002");
  assert_rate_of (practice, NULL, "99213", BILLING_PAYER_KIND_SELF_PAY, "RATE-002");
  assert_rate_of (practice, "HCPCS", "99213", BILLING_PAYER_KIND_SELF_PAY, NULL);
  assert_rate_of (practice, "CPT", "99214", BILLING_PAYER_KIND_SELF_PAY, NULL);

  must (practice, billing_act_new (BILLING_VERB_RATE_RETIRE, "RATE-002"));
  assert_rate_of (practice, "CPT", "99213", BILLING_PAYER_KIND_SELF_PAY, NULL);
}

/* Retiring is undone by the act that undoes it, unless another rate does the same by now. */
static void
test_retire (BillingTestPractice *practice,
             gconstpointer        data)
{
  g_autoptr (BillingAct) retire = billing_act_new (BILLING_VERB_RATE_RETIRE, "RATE-001");
  g_autoptr (BillingAct) undo = billing_act_build_undo (retire);

  must (practice, rate_new ("Visit", "99213", NULL));
  must_not (practice, g_object_ref (undo));
  must (practice, g_object_ref (retire));
  must_not (practice, g_object_ref (retire));
  must (practice, g_object_ref (undo));
  must (practice, g_object_ref (retire));
  must (practice, rate_new ("Visit", NULL, NULL));
  must_not (practice, g_object_ref (undo));
}

/* A service under a rate, as it was billed. */
static void
add_service (BillingTestPractice *practice,
             const char          *number,
             const char          *rate,
             gint64               insurer_part)
{
  g_autofree char *sql =
    g_strdup_printf ("INSERT INTO services (id, number, patient_id, rate_id, day, name, price, amount, currency, rate_invoiced, insurer_part,"
                     " created_at, patient_key) SELECT '%s', '%s', p.id, r.id, '2026-06-01', r.name, 5000, 5000, 'USD', r.invoiced, %"
                     G_GINT64_FORMAT ", 1, p.sort_key FROM rates r, patients p WHERE r.number = '%s' AND p.id = '%s'", number, number,
                     insurer_part, rate, practice->patient);

  billing_test_sql (practice->folder, sql);
}

/* The flags of a rate are those of what is under it and not invoiced; its price is not; who pays for it cannot change any more. */
static void
test_services_follow (BillingTestPractice *practice,
                      gconstpointer        data)
{
  must (practice, rate_new ("Visit", NULL, "self-pay"));
  must (practice, price_new ("RATE-001", NULL, "2026-01-01", 5000));
  add_service (practice, "SVC-001", "RATE-001", 0);
  assert_sql (practice, "SELECT state FROM services", "not-invoiced");

  must (practice, edit_new ("RATE-001", "invoiced", "yes"));
  assert_sql (practice, "SELECT state FROM services", "to-invoice");
  must (practice, price_new ("RATE-001", NULL, "2026-01-01", 6000));
  assert_sql (practice, "SELECT amount FROM services", "5000");
  must (practice, edit_new ("RATE-001", "billable", "no"));
  assert_sql (practice, "SELECT state FROM services", "not-billed");
  must (practice, edit_new ("RATE-001", "billable", "yes"));
  assert_sql (practice, "SELECT state FROM services", "not-invoiced");

  must_not (practice, edit_new ("RATE-001", "payer-kind", "insurance"));
  must_not (practice, edit_new ("RATE-001", "currency", "EUR"));
  must (practice, edit_new ("RATE-001", "name", "Long Visit"));
}

/* What waits for an insurer has to be billed; the refusal counts it. */
static void
test_waiting (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autoptr (BillingAct) act = edit_new ("RATE-001", "billable", "no");
  g_autoptr (GError) error = NULL;

  must (practice, rate_new ("Visit", NULL, "insurance"));
  add_service (practice, "SVC-001", "RATE-001", 5000);
  add_service (practice, "SVC-002", "RATE-001", 5000);
  g_assert_false (billing_desk_do (practice->desk, act, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "2 services"));

  /* What the insurer was never asked for cannot begin to be billed behind its back. */
  billing_test_sql (practice->folder, "UPDATE services SET insurer_part = 0");
  must (practice, g_object_ref (act));
  must_not (practice, edit_new ("RATE-001", "billable", "yes"));
  billing_test_sql (practice->folder, "DELETE FROM services");
}

static BillingRateSheet *
read_sheet (BillingTestPractice *practice,
            const char          *text)
{
  g_autofree char *path = g_build_filename (practice->folder, "rates.csv", NULL);
  g_autoptr (GError) error = NULL;
  BillingRateSheet *sheet;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  sheet = billing_rate_sheet_read (practice->desk, path, NULL, &error);
  g_assert_no_error (error);
  return sheet;
}

static void
assert_sheet (BillingRateSheet *sheet,
              const char       *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GPtrArray *lines = billing_rate_sheet_get_lines (sheet);

  for (guint i = 0; i < lines->len; i++)
    {
      BillingRateSheetLine *line = lines->pdata[i];

      g_string_append_printf (text, "%s%u%c", i > 0 ? " " : "", (guint) line->line, "=nc!"[line->fate]);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
take_in (BillingTestPractice *practice,
         const char          *text,
         const char          *expected)
{
  g_autoptr (BillingRateSheet) sheet = read_sheet (practice, text);
  g_autoptr (GError) error = NULL;

  assert_sheet (sheet, expected);
  billing_rate_sheet_apply (sheet, &error);
  g_assert_no_error (error);
}

#define SHEET "CPT;Name;Kind;Price;From;Payer;Is Invoiced\r\n" \
              "99213;General Service;both;150,00;01.01.2026;;yes\r\n" \
              "99213;General Service;insurance;120,00;15.01.2026;Aetna;\r\n" \
              ";Advice;patient;40,00;;;no\r\n"

/* A file of any program's form: what would come of each row is said before, and is what comes of it; once more, it changes nothing. */
static void
test_sheet (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *before = billing_test_dump (practice->folder);
  g_autofree char *after = NULL;

  billing_rate_sheet_free (read_sheet (practice, SHEET));
  after = billing_test_dump (practice->folder);
  g_assert_cmpstr (before, ==, after);

  take_in (practice, SHEET, "2n 3n 4n");
  assert_sql (practice, "SELECT group_concat (number || ' ' || ifnull (code, '') || ' ' || name || ' ' || payer_kind || ' ' || invoiced"
                        " || ' ' || ifnull (twin, '') || ' ' || price, ', ') FROM rates_view",
              "RATE-001 99213 General Service insurance 1 RATE-002 15000, "
              "RATE-002 99213 General Service (Self-Pay) self-pay 1 RATE-001 15000, RATE-003  Advice self-pay 0  4000");
  assert_price (practice, "2026-01-15", "Aetna", 12000);
  take_in (practice, SHEET, "2= 3= 4=");
  take_in (practice, "Name,Price\nAdvice,45.00\n", "2c");
}

/* Rows that make no sense, or that the desk refuses, are named with their line and their reason; the others come in. */
static void
test_sheet_refused (BillingTestPractice *practice,
                    gconstpointer        data)
{
  g_autoptr (BillingRateSheet) sheet = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (practice->folder, "none.csv", NULL);
  static const char text[] = "Name,Code,Payer kind,Bill,Is invoiced,Price,From,Payer\n"
                             "A,1,barter,,,,,\n"
                             "B,2,,no,yes,,,\n"
                             "C,3,,,,abc,,\n"
                             "D,4,,,,10,someday,\n"
                             "E,5,self-pay,,,10,2026-01-01,Aetna\n"
                             "F,6,,,,10,,\n"
                             "G,7,,,,€10,,\n"
                             "H,8,,,,10 EUR,,\n"
                             "'=I,9,,,,$10.00 USD,,\n";

  take_in (practice, text, "2! 3! 4! 5! 6! 7n 8! 9! 10n");
  assert_sql (practice, "SELECT group_concat (name) FROM (SELECT name FROM rates ORDER BY number)", "F,=I");
  sheet = read_sheet (practice, text);
  g_assert_nonnull (strstr (((BillingRateSheetLine *) billing_rate_sheet_get_lines (sheet)->pdata[1])->text, "Is Invoiced"));

  g_assert_true (g_file_set_contents (path, "a,b\n1,2\n", -1, NULL));
  g_assert_null (billing_rate_sheet_read (practice->desk, path, NULL, &error));
  g_assert_nonnull (error);
}

/* What is written is read as the same, here and in an empty practice. */
static void
test_sheet_back (BillingTestPractice *practice,
                 gconstpointer        data)
{
  static const char list[] = "SELECT group_concat (r.name || ' ' || r.payer_kind || ' ' || r.billable || r.invoiced || r.retired || ' ' ||"
                             " ifnull (r.twin_name, '') || ' ' || ifnull (p.payer, '') || ' ' || p.from_on || ' ' || p.amount, ', ')"
                             " FROM rates_view r JOIN (SELECT * FROM rate_prices ORDER BY from_on, payer) p ON p.rate_id = r.id";
  BillingTestPractice other = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (BillingRateSheet) same = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  take_in (practice, SHEET, "2n 3n 4n");
  must (practice, billing_act_new (BILLING_VERB_RATE_RETIRE, "RATE-003"));
  text = billing_rate_sheet_build (practice->desk, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 3);
  take_in (practice, text, "2= 3= 4= 5=");

  billing_test_practice_set_up (&other);
  same = read_sheet (&other, text);
  g_assert_true (g_str_has_suffix (((BillingRateSheetLine *) billing_rate_sheet_get_lines (same)->pdata[2])->text,
                                   "a twin of General Service"));
  billing_rate_sheet_apply (same, &error);
  g_assert_no_error (error);
  expected = billing_test_text (practice->folder, list);
  assert_sql (&other, list, expected);
  billing_test_practice_tear_down (&other);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/desk/rates/" path, BillingTestPractice, NULL, set_up, func, tear_down)
  ADD ("create", test_create);
  ADD ("refused", test_refused);
  ADD ("flags", test_flags);
  ADD ("twins", test_twins);
  ADD ("prices", test_prices);
  ADD ("find-for-code", test_find_for_code);
  ADD ("retire", test_retire);
  ADD ("services-follow", test_services_follow);
  ADD ("waiting", test_waiting);
  ADD ("sheet", test_sheet);
  ADD ("sheet-refused", test_sheet_refused);
  ADD ("sheet-back", test_sheet_back);
#undef ADD

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-functions"

#include "config.h"

#include "billing-functions.h"

#include "billing-connection-private.h"
#include "billing-day.h"
#include "billing-enums.h"
#include "billing-status.h"
#include "billing-text.h"

/*
 * Rules of the model, made callable from SQL, so that a set of rows goes by the same rule as a single one. No trigger calls them: the
 * sqlite3 shell must be able to open the books.
 */

static void
fold_cb (sqlite3_context  *context,
         int               n_values,
         sqlite3_value   **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, billing_text_fold (text), -1, g_free);
}

/* billing_has_word (text, start): whether a word of a folded text begins so. LIKE takes four times as long. */
static void
has_word_cb (sqlite3_context  *context,
             int               n_values,
             sqlite3_value   **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *start = (const char *) sqlite3_value_text (values[1]);
  const char *found = text != NULL && start != NULL ? strstr (text, start) : NULL;

  while (found != NULL && found > text && found[-1] != ' ')
    found = strstr (found + 1, start);
  sqlite3_result_int (context, found != NULL);
}

static void
sort_key_cb (sqlite3_context  *context,
             int               n_values,
             sqlite3_value   **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *locale = (const char *) sqlite3_value_text (values[1]);
  g_autoptr (GBytes) key = NULL;

  if (text == NULL)
    return;

  key = billing_text_sort_key (text, locale);
  sqlite3_result_blob64 (context, g_bytes_get_data (key, NULL), g_bytes_get_size (key), SQLITE_TRANSIENT);
}

/* billing_status (submitted_at, cancelled_at, written_off_at, voided_at, failed_at, attempt, collected, refunded) */
static void
status_cb (sqlite3_context  *context,
           int               n_values,
           sqlite3_value   **values)
{
  int attempt = BILLING_ATTEMPT_STATE_NONE;
  BillingStatusFacts facts = {
    .submitted = sqlite3_value_int64 (values[0]) != 0,
    .cancelled = sqlite3_value_int64 (values[1]) != 0 || sqlite3_value_int64 (values[2]) != 0,
    .voided = sqlite3_value_int64 (values[3]) != 0,
    .failed = sqlite3_value_int64 (values[4]) != 0,
    .collected = sqlite3_value_int64 (values[6]),
    .refunded = sqlite3_value_int64 (values[7]),
  };

  billing_enum_from_nick (BILLING_TYPE_ATTEMPT_STATE, (const char *) sqlite3_value_text (values[5]), &attempt);
  facts.attempt = attempt;
  sqlite3_result_text (context, billing_enum_nick (BILLING_TYPE_STATUS, billing_status_derive (&facts)), -1,
                       SQLITE_STATIC);
}

/* tender_account (tender): the ledger's account of a tender. */
static void
tender_account_cb (sqlite3_context  *context,
                   int               n_values,
                   sqlite3_value   **values)
{
  int tender;

  if (!billing_enum_from_nick (BILLING_TYPE_TENDER, (const char *) sqlite3_value_text (values[0]), &tender) ||
      tender == BILLING_TENDER_NONE)
    return;

  sqlite3_result_text (context, billing_enum_nick (BILLING_TYPE_ACCOUNT, billing_tender_get_account (tender)), -1,
                       SQLITE_STATIC);
}

/* billing_day (instant, time_zone): the day on which it is there. */
static void
day_cb (sqlite3_context  *context,
        int               n_values,
        sqlite3_value   **values)
{
  char *day = billing_day_from_instant (sqlite3_value_int64 (values[0]), (const char *) sqlite3_value_text (values[1]));

  if (day != NULL)
    sqlite3_result_text (context, day, -1, g_free);
}

gboolean
billing_functions_register (BillingConnection  *connection,
                            GError            **error)
{
  static const struct {
    const char *name;
    int n_values;
    void (*call) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "billing_day", 2, day_cb },
    { "billing_fold", 1, fold_cb },
    { "billing_has_word", 2, has_word_cb },
    { "billing_sort_key", 2, sort_key_cb },
    { "billing_status", 8, status_cb },
    { "billing_tender_account", 1, tender_account_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      int code = sqlite3_create_function_v2 (connection->db, functions[i].name, functions[i].n_values,
                                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                             NULL, functions[i].call, NULL, NULL, NULL);

      if (code != SQLITE_OK)
        return billing_connection_fail (connection, code, error);
    }

  return TRUE;
}

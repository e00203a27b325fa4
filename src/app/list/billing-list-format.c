/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-format"

#include "config.h"

#include "billing-list-format.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-status.h"

/**
 * billing_list_format_is_overdue:
 * @payment: a payment
 * @today: which day it is in the practice
 *
 * Returns: whether it was to be paid before today, and still is
 */
gboolean
billing_list_format_is_overdue (BillingPayment *payment,
                                const char     *today)
{
  return billing_format_is_overdue (NULL, payment->status, payment->due_on, today);
}

/**
 * billing_list_format_due:
 * @payment: a payment
 * @today: which day it is in the practice
 *
 * Returns: (transfer full): its due date; with the word, where it is late
 */
char *
billing_list_format_due (BillingPayment *payment,
                         const char     *today)
{
  g_autofree char *day = billing_format_day (NULL, payment->due_on);

  if (!billing_list_format_is_overdue (payment, today))
    return g_steal_pointer (&day);

  /* TRANSLATORS: a payment's due date that has passed, in a column of due dates */
  return g_strdup_printf (_("Overdue · %s"), day);
}

/**
 * billing_list_format_is_late:
 * @owed_since: (nullable): the first day on which something open is due
 * @today: which day it is in the practice
 *
 * Returns: whether it is past
 */
gboolean
billing_list_format_is_late (const char *owed_since,
                             const char *today)
{
  return owed_since != NULL && today != NULL && strcmp (owed_since, today) < 0;
}

/**
 * billing_list_format_balance:
 * @balance: minor units that are owed
 * @owed_since: (nullable): the first day on which some of it is due
 * @currency: ISO 4217
 * @today: which day it is in the practice
 *
 * Returns: (transfer full): what is owed; with the word, where some of it is late
 */
char *
billing_list_format_balance (gint64      balance,
                             const char *owed_since,
                             const char *currency,
                             const char *today)
{
  g_autofree char *amount = NULL;

  if (balance == 0)
    return g_strdup ("");

  amount = billing_format_money (NULL, balance, currency);
  if (!billing_list_format_is_late (owed_since, today))
    return g_steal_pointer (&amount);

  /* TRANSLATORS: an amount of which some is overdue, in a column of balances */
  return g_strdup_printf (_("Overdue · %s"), amount);
}

char *
billing_list_format_instant_day (gint64      instant,
                                 const char *time_zone)
{
  g_autofree char *day = instant != 0 ? billing_day_from_instant (instant, time_zone) : NULL;

  return billing_format_day (NULL, day);
}

/**
 * billing_list_format_status_class:
 * @status: a status
 *
 * Returns: the CSS class that gives it its colour
 */
const char *
billing_list_format_status_class (BillingStatus status)
{
  switch (status)
    {
    case BILLING_STATUS_PENDING:
      return "pending";
    case BILLING_STATUS_PROCESSING:
      return "processing";
    case BILLING_STATUS_PAID:
      return "paid";
    case BILLING_STATUS_FAILED:
      return "failed";
    case BILLING_STATUS_REFUNDED:
    case BILLING_STATUS_PARTIALLY_REFUNDED:
      return "refunded";
    case BILLING_STATUS_DRAFT:
    case BILLING_STATUS_CANCELLED:
    case BILLING_STATUS_VOIDED:
    default:
      return "quiet";
    }
}

static void
append_part (GString    *sentence,
             const char *part)
{
  if (part == NULL || *part == '\0')
    return;

  if (sentence->len > 0)
    g_string_append (sentence, ", ");
  g_string_append (sentence, part);
}

/**
 * billing_list_format_payment_sentence:
 * @payment: a payment
 * @today: which day it is in the practice
 *
 * Returns: (transfer full): what a screen reader says of its row
 */
char *
billing_list_format_payment_sentence (BillingPayment *payment,
                                      const char     *today)
{
  g_autofree char *amount = billing_format_money (NULL, payment->amount, payment->currency);
  g_autofree char *day = billing_format_day (NULL, payment->due_on);
  GString *sentence = g_string_new (payment->number);

  append_part (sentence, payment->patient_name);
  append_part (sentence, amount);
  append_part (sentence, billing_status_get_label (payment->status));
  if (*day != '\0')
    {
      g_autofree char *due = g_strdup_printf (billing_list_format_is_overdue (payment, today)
                                                ? _("overdue since %s") : _("due %s"), day);

      append_part (sentence, due);
    }

  return g_string_free (sentence, FALSE);
}

static void
append_balance (GString    *sentence,
                gint64      balance,
                const char *owed_since,
                const char *currency,
                const char *today)
{
  g_autofree char *amount = billing_format_money (NULL, balance, currency);
  g_autofree char *part = NULL;

  if (balance == 0)
    return;

  part = g_strdup_printf (billing_list_format_is_late (owed_since, today) ? _("owes %s, some of it overdue")
                                                                          : _("owes %s"), amount);
  append_part (sentence, part);
}

char *
billing_list_format_patient_sentence (BillingPatient *patient,
                                      const char     *currency,
                                      const char     *today)
{
  GString *sentence = g_string_new (patient->name);

  append_part (sentence, patient->number);
  if (patient->birth_date != NULL)
    {
      g_autofree char *day = billing_format_day (NULL, patient->birth_date);
      g_autofree char *born = g_strdup_printf (_("born %s"), day);

      append_part (sentence, born);
    }
  append_balance (sentence, patient->balance, patient->owed_since, currency, today);
  if (patient->credit != 0)
    {
      g_autofree char *amount = billing_format_money (NULL, patient->credit, currency);
      g_autofree char *credit = g_strdup_printf (_("credit %s"), amount);

      append_part (sentence, credit);
    }

  return g_string_free (sentence, FALSE);
}

char *
billing_list_format_treatment_sentence (BillingTreatment *treatment,
                                        const char       *today)
{
  g_autofree char *day = billing_format_day (NULL, treatment->day);
  GString *sentence = g_string_new (treatment->number);

  append_part (sentence, treatment->patient_name);
  append_part (sentence, day);
  append_part (sentence, treatment->physician);
  append_part (sentence, treatment->location);
  append_balance (sentence, treatment->balance, treatment->owed_since, treatment->currency, today);
  return g_string_free (sentence, FALSE);
}

/**
 * billing_list_format_footer:
 * @first: the first row on the screen, counted from 1
 * @last: the last one
 * @n_rows: how many there are
 * @sum: (nullable): what they come to, written
 * @overdue: how many of them are late
 *
 * Returns: (transfer full): the line under a list
 */
char *
billing_list_format_footer (guint       first,
                            guint       last,
                            guint       n_rows,
                            const char *sum,
                            gint64      overdue)
{
  GString *line = g_string_new (NULL);

  if (n_rows == 0)
    return g_string_free (line, FALSE);

  /* TRANSLATORS: rows on the screen, and how many there are: 1–38 of 412 */
  g_string_append_printf (line, _("%'u–%'u of %'u"), first, last, n_rows);
  if (sum != NULL)
    g_string_append_printf (line, " · %s", sum);
  if (overdue > 0)
    {
      g_string_append (line, " · ");
      g_string_append_printf (line, _("%'" PRId64 " overdue"), overdue);
    }

  return g_string_free (line, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-format"

#include "config.h"

#include "billing-format.h"

#include "billing-day.h"
#include "billing-money.h"
#include "billing-status.h"

/* Days whose text is remembered: those of some years. */
#define MAX_DAYS 2048

/**
 * billing_format_money:
 * @amount: minor units
 * @currency: (nullable): ISO 4217
 *
 * Returns: (transfer full): `$250.00`, as the user's locale writes it
 */
char *
billing_format_money (gpointer    ignored,
                      gint64      amount,
                      const char *currency)
{
  if (currency == NULL || *currency == '\0')
    return g_strdup ("");

  return billing_money_format (billing_money_new (amount, currency), NULL);
}

/* Lists write the same days over and over, and a day takes ICU longer than all the rest of a row. Only the main thread writes for people. */
static const char *
format_valid_day (const char *day)
{
  static GHashTable *written = NULL;
  char *text;

  if (written == NULL)
    written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  text = g_hash_table_lookup (written, day);
  if (text == NULL)
    {
      if (g_hash_table_size (written) >= MAX_DAYS)
        g_hash_table_remove_all (written);

      text = billing_day_format (day, NULL);
      g_hash_table_insert (written, g_strdup (day), text);
    }

  return text;
}

/**
 * billing_format_day:
 * @day: (nullable): ISO 8601, perhaps only a year or a month
 *
 * Returns: (transfer full): `3 Nov 2026`, as the user's locale writes it
 */
char *
billing_format_day (gpointer    ignored,
                    const char *day)
{
  if (day == NULL)
    return g_strdup ("");

  return g_strdup (billing_day_is_valid (day) ? format_valid_day (day) : day);
}

/**
 * billing_format_instant:
 * @instant: Unix seconds, 0: none
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): the day and the time to the minute there
 */
char *
billing_format_instant (gpointer    ignored,
                        gint64      instant,
                        const char *time_zone)
{
  return instant != 0 ? billing_instant_format (instant, time_zone, NULL) : g_strdup ("");
}

char *
billing_format_status (gpointer      ignored,
                       BillingStatus status)
{
  return g_strdup (billing_status_get_label (status));
}

char *
billing_format_tender (gpointer      ignored,
                       BillingTender tender)
{
  return g_strdup (billing_tender_get_label (tender));
}

char *
billing_format_type (gpointer           ignored,
                     BillingPaymentType type)
{
  return g_strdup (type != BILLING_PAYMENT_TYPE_NONE ? billing_payment_type_get_label (type) : "");
}

/**
 * billing_format_is_overdue:
 * @status: of a payment
 * @due_on: (nullable): day
 * @today: (nullable): day in the practice's time zone
 *
 * Returns: whether it is due before today and still owed (design.md, section 5)
 */
gboolean
billing_format_is_overdue (gpointer      ignored,
                           BillingStatus status,
                           const char   *due_on,
                           const char   *today)
{
  return due_on != NULL && today != NULL && billing_status_is_owed (status) &&
         g_strcmp0 (due_on, today) < 0;
}

gboolean
billing_format_has_text (gpointer    ignored,
                         const char *text)
{
  return text != NULL && *text != '\0';
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-money-row"

#include "config.h"

#include "billing-money-row.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-money.h"

struct _BillingMoneyRow {
  AdwEntryRow parent_instance;

  char *currency; /* (owned) (nullable): until it is said */
  gboolean may_be_zero;
};

G_DEFINE_FINAL_TYPE (BillingMoneyRow, billing_money_row, ADW_TYPE_ENTRY_ROW)

static void
billing_money_row_finalize (GObject *object)
{
  BillingMoneyRow *self = BILLING_MONEY_ROW (object);

  g_free (self->currency);

  G_OBJECT_CLASS (billing_money_row_parent_class)->finalize (object);
}

static void
billing_money_row_class_init (BillingMoneyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_money_row_finalize;
}

static void
billing_money_row_init (BillingMoneyRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
}

void
billing_money_row_set_currency (BillingMoneyRow *self,
                                const char      *currency)
{
  g_free (self->currency);
  self->currency = g_strdup (currency);
}

/**
 * billing_money_row_set_amount:
 * @self: an entry with a currency
 * @amount: minor units
 */
void
billing_money_row_set_amount (BillingMoneyRow *self,
                              gint64           amount)
{
  g_autofree char *text = billing_format_money (NULL, amount, self->currency);

  gtk_editable_set_text (GTK_EDITABLE (self), text);
}

/* Where something is counted, there may be nothing. */
void
billing_money_row_allow_zero (BillingMoneyRow *self)
{
  self->may_be_zero = TRUE;
}

/**
 * billing_money_row_get_amount:
 * @self: an entry with a currency
 * @amount: (out): minor units, more than none, unless that may be
 * @error: return location for what is wrong with the text: a sentence
 *
 * Returns: whether an amount is written there
 */
gboolean
billing_money_row_get_amount (BillingMoneyRow  *self,
                              gint64           *amount,
                              GError          **error)
{
  BillingMoney money;

  if (!billing_money_parse (gtk_editable_get_text (GTK_EDITABLE (self)), self->currency, NULL, &money, error))
    return FALSE;

  if (money.minor < 0 || (money.minor == 0 && !self->may_be_zero))
    {
      g_set_error_literal (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_AMOUNT,
                           _("The amount must be more than zero."));
      return FALSE;
    }

  *amount = money.minor;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-cells"

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-list-cell.h"
#include "billing-remittance-words.h"

static char *
remittance_sentence (gpointer            record,
                     BillingListContext *context)
{
  BillingRemittance *remittance = record;
  g_autofree char *amount = billing_format_money (NULL, remittance->amount, remittance->currency);

  /* TRANSLATORS: said of a row: an amount, an insurer, the number of a transfer, a state */
  return g_strdup_printf (_("%s from %s, %s, %s"), amount, remittance->payer, remittance->reference,
                          billing_remittance_get_state_label (remittance->state));
}

static char *
remittance_day (gpointer            record,
                BillingListContext *context)
{
  BillingRemittance *remittance = record;

  return remittance->day != NULL ? billing_day_format (remittance->day, NULL) : NULL;
}

static char *
remittance_amount (gpointer            record,
                   BillingListContext *context)
{
  BillingRemittance *remittance = record;

  return billing_format_money (NULL, remittance->amount, remittance->currency);
}

static char *
remittance_posted (gpointer            record,
                   BillingListContext *context)
{
  BillingRemittance *remittance = record;

  return remittance->n_posted > 0 ? billing_format_money (NULL, remittance->posted, remittance->currency) : NULL;
}

static char *
remittance_state (gpointer            record,
                  BillingListContext *context)
{
  return g_strdup (billing_remittance_get_state_label (((BillingRemittance *) record)->state));
}

static const char *
remittance_state_style (gpointer            record,
                        BillingListContext *context)
{
  static const char * const styles[] = { "pending", "processing", "paid", "quiet" };
  BillingRemittance *remittance = record;

  return remittance->state < G_N_ELEMENTS (styles) ? styles[remittance->state] : "quiet";
}

static char *
remittance_lines (gpointer            record,
                  BillingListContext *context)
{
  BillingRemittance *remittance = record;

  if (remittance->n_open == 0)
    return g_strdup_printf ("%'" PRId64, remittance->n_lines);

  /* TRANSLATORS: how many lines have to be dealt with, of how many */
  return g_strdup_printf (_("%" PRId64 " of %" PRId64), remittance->n_open, remittance->n_lines);
}

#define OF_REMITTANCE(member) G_STRUCT_OFFSET (BillingRemittance, member)

const BillingListCell billing_list_remittance_cells[] = {
  { "remittances", "payer", CELL_NAME, 24, OF_REMITTANCE (payer), NULL, remittance_sentence, NULL },
  { "remittances", "date", CELL_NUMERIC, 12, 0, remittance_day, NULL, NULL },
  { "remittances", "reference", CELL_TEXT, 16, OF_REMITTANCE (reference), NULL, NULL, NULL },
  { "remittances", "amount", CELL_AMOUNT, 12, 0, remittance_amount, NULL, NULL },
  { "remittances", "posted", CELL_AMOUNT, 12, 0, remittance_posted, NULL, NULL },
  { "remittances", "open", CELL_AMOUNT, 8, 0, remittance_lines, NULL, NULL },
  { "remittances", "state", CELL_STATUS, 12, 0, remittance_state, NULL, remittance_state_style },
  { "remittances", "number", CELL_TEXT, 10, OF_REMITTANCE (number), NULL, NULL, NULL },
};

const guint billing_list_n_remittance_cells = G_N_ELEMENTS (billing_list_remittance_cells);

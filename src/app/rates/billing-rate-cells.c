/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-cells"

#include "config.h"

#include "billing-list-cell.h"
#include "billing-rate-format.h"

static char *
rate_sentence (gpointer            record,
               BillingListContext *context)
{
  return billing_rate_format_sentence (record);
}

static char *
rate_code (gpointer            record,
           BillingListContext *context)
{
  return billing_rate_format_code (record);
}

static char *
rate_kind (gpointer            record,
           BillingListContext *context)
{
  return g_strdup (billing_rate_format_kind (record));
}

static char *
rate_billing (gpointer            record,
              BillingListContext *context)
{
  return g_strdup (billing_rate_format_billing (record));
}

static const char *
rate_billing_style (gpointer            record,
                    BillingListContext *context)
{
  BillingRate *rate = record;

  return rate->retired || !rate->billable ? "quiet" : rate->invoiced ? "paid" : "pending";
}

static char *
rate_price (gpointer            record,
            BillingListContext *context)
{
  return billing_rate_format_price (record);
}

static char *
rate_services (gpointer            record,
               BillingListContext *context)
{
  BillingRate *rate = record;

  return rate->n_services > 0 ? g_strdup_printf ("%'" G_GINT64_FORMAT, rate->n_services) : NULL;
}

#define OF_RATE(member) G_STRUCT_OFFSET (BillingRate, member)

const BillingListCell billing_list_rate_cells[] = {
  { "rates", "rate", CELL_NAME, 28, OF_RATE (name), NULL, rate_sentence, NULL },
  { "rates", "code", CELL_TEXT, 12, 0, rate_code, NULL, NULL },
  { "rates", "kind", CELL_TEXT, 12, 0, rate_kind, NULL, NULL },
  { "rates", "billing", CELL_STATUS, 12, 0, rate_billing, NULL, rate_billing_style },
  { "rates", "price", CELL_AMOUNT, 12, 0, rate_price, NULL, NULL },
  { "rates", "twin", CELL_TEXT, 24, OF_RATE (twin_name), NULL, NULL, NULL },
  { "rates", "services", CELL_AMOUNT, 8, 0, rate_services, NULL, NULL },
  { "rates", "number", CELL_TEXT, 10, OF_RATE (number), NULL, NULL, NULL },
};

const guint billing_list_n_rate_cells = G_N_ELEMENTS (billing_list_rate_cells);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-cells"

#include "config.h"

#include "billing-list-cell.h"

#include "billing-dispute-format.h"
#include "billing-dispute-reason.h"
#include "billing-format.h"
#include "billing-list-format.h"
#include "billing-notice-format.h"
#include "billing-payout-format.h"
#include "billing-stripe-format.h"
#include "billing-stripe-status.h"
#include "billing-tax-format.h"

/* The cells of the lists of the Stripe Dashboard. */

/* Payments at Stripe. */

static char *
stripe_day (gpointer            record,
            BillingListContext *context)
{
  BillingStripePayment *payment = record;

  return billing_list_format_instant_day (payment->created_at, billing_list_context_get_time_zone (context));
}

static char *
stripe_sentence (gpointer            record,
                 BillingListContext *context)
{
  return billing_stripe_format_sentence (record, billing_list_context_get_time_zone (context));
}

static char *
stripe_amount (gpointer            record,
               BillingListContext *context)
{
  BillingStripePayment *payment = record;

  return billing_format_money (NULL, payment->amount, payment->currency);
}

static char *
stripe_status (gpointer            record,
               BillingListContext *context)
{
  return g_strdup (billing_stripe_status_get_label (((BillingStripePayment *) record)->status));
}

static const char *
stripe_status_style (gpointer            record,
                     BillingListContext *context)
{
  return billing_stripe_format_status_class (record);
}

static char *
stripe_payer (gpointer            record,
              BillingListContext *context)
{
  return billing_stripe_format_payer (record);
}

static char *
stripe_fee (gpointer            record,
            BillingListContext *context)
{
  BillingStripePayment *payment = record;

  return payment->fee != 0 ? billing_format_money (NULL, payment->fee, payment->settled) : NULL;
}

static char *
stripe_net (gpointer            record,
            BillingListContext *context)
{
  BillingStripePayment *payment = record;

  return payment->settled != NULL ? billing_format_money (NULL, payment->net, payment->settled) : NULL;
}

static char *
stripe_refunded (gpointer            record,
                 BillingListContext *context)
{
  BillingStripePayment *payment = record;

  return payment->refunded != 0 ? billing_format_money (NULL, payment->refunded, payment->currency) : NULL;
}

static char *
stripe_method (gpointer            record,
               BillingListContext *context)
{
  return billing_stripe_format_method (record);
}

/* Notifications. */

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static char *
notice_title (gpointer            record,
              BillingListContext *context)
{
  return billing_notice_format_title (record, billing_list_context_get_time_zone (context));
}

static char *
notice_sentence (gpointer            record,
                 BillingListContext *context)
{
  return billing_notice_format_sentence (record, get_now (), billing_list_context_get_time_zone (context));
}

static const char *
notice_style (gpointer            record,
              BillingListContext *context)
{
  BillingNotice *notice = record;

  return notice->state == BILLING_NOTICE_STATE_NEW && notice->ended_at == 0 ? "unread" : NULL;
}

static char *
notice_since (gpointer            record,
              BillingListContext *context)
{
  BillingNotice *notice = record;

  return billing_list_format_instant_day (notice->created_at, billing_list_context_get_time_zone (context));
}

static char *
notice_due (gpointer            record,
            BillingListContext *context)
{
  return billing_notice_format_deadline (record, get_now (), billing_list_context_get_time_zone (context));
}

static const char *
notice_due_style (gpointer            record,
                  BillingListContext *context)
{
  return billing_notice_format_is_pressing (record, get_now ()) ? "overdue" : NULL;
}

static char *
notice_about (gpointer            record,
              BillingListContext *context)
{
  return billing_notice_format_about (record);
}

static char *
notice_state (gpointer            record,
              BillingListContext *context)
{
  return g_strdup (billing_notice_format_state (record, get_now ()));
}

static const char *
notice_state_style (gpointer            record,
                    BillingListContext *context)
{
  return billing_notice_format_style (record, get_now ());
}

/* Tax registrations. */

static char *
tax_place (gpointer            record,
           BillingListContext *context)
{
  return billing_tax_format_place (record);
}

static char *
tax_sentence (gpointer            record,
              BillingListContext *context)
{
  return billing_tax_format_sentence (record, billing_list_context_get_time_zone (context));
}

static char *
tax_type (gpointer            record,
          BillingListContext *context)
{
  return billing_tax_format_type (record);
}

static char *
tax_status (gpointer            record,
            BillingListContext *context)
{
  return billing_tax_format_status (record);
}

static const char *
tax_status_style (gpointer            record,
                  BillingListContext *context)
{
  return billing_tax_format_status_style (record);
}

static char *
tax_from (gpointer            record,
          BillingListContext *context)
{
  return billing_tax_format_day (((BillingTaxRegistration *) record)->active_from, billing_list_context_get_time_zone (context));
}

static char *
tax_until (gpointer            record,
           BillingListContext *context)
{
  return billing_tax_format_day (((BillingTaxRegistration *) record)->expires_at, billing_list_context_get_time_zone (context));
}

/* Disputes. */

static char *
dispute_deadline (gpointer            record,
                  BillingListContext *context)
{
  return billing_dispute_format_deadline (record, billing_list_context_get_time_zone (context),
                                          billing_list_context_get_today (context));
}

static const char *
dispute_deadline_style (gpointer            record,
                        BillingListContext *context)
{
  return billing_dispute_format_is_urgent (record, billing_list_context_get_time_zone (context),
                                           billing_list_context_get_today (context)) ? "overdue" : NULL;
}

static char *
dispute_sentence (gpointer            record,
                  BillingListContext *context)
{
  return billing_dispute_format_sentence (record, billing_list_context_get_time_zone (context),
                                          billing_list_context_get_today (context));
}

static char *
dispute_amount (gpointer            record,
                BillingListContext *context)
{
  BillingDispute *dispute = record;

  return billing_format_money (NULL, dispute->amount, dispute->currency);
}

static char *
dispute_status (gpointer            record,
                BillingListContext *context)
{
  BillingDispute *dispute = record;

  return g_strdup (billing_dispute_status_get_label (dispute->status));
}

static const char *
dispute_status_style (gpointer            record,
                      BillingListContext *context)
{
  BillingDispute *dispute = record;

  return billing_dispute_status_get_style (dispute->status);
}

static char *
dispute_reason (gpointer            record,
                BillingListContext *context)
{
  BillingDispute *dispute = record;

  return g_strdup (billing_dispute_reason_get_label (dispute->reason));
}

static char *
dispute_payer (gpointer            record,
               BillingListContext *context)
{
  return billing_dispute_format_payer (record);
}

static char *
dispute_created (gpointer            record,
                 BillingListContext *context)
{
  BillingDispute *dispute = record;

  return billing_list_format_instant_day (dispute->created_at, billing_list_context_get_time_zone (context));
}

/* Payouts, and what they consist of. */

static char *
payout_day (gpointer            record,
            BillingListContext *context)
{
  BillingPayout *payout = record;

  return billing_list_format_instant_day (payout->created_at, billing_list_context_get_time_zone (context));
}

static char *
payout_sentence (gpointer            record,
                 BillingListContext *context)
{
  return billing_payout_format_sentence (record, billing_list_context_get_time_zone (context));
}

static char *
payout_amount (gpointer            record,
               BillingListContext *context)
{
  BillingPayout *payout = record;

  return billing_format_money (NULL, payout->amount, payout->currency);
}

static char *
payout_status (gpointer            record,
               BillingListContext *context)
{
  return g_strdup (billing_payout_format_status (record));
}

static const char *
payout_status_style (gpointer            record,
                     BillingListContext *context)
{
  return billing_payout_format_status_class (record);
}

static char *
payout_arrival (gpointer            record,
                BillingListContext *context)
{
  return billing_payout_format_arrival (record);
}

static char *
payout_bank (gpointer            record,
             BillingListContext *context)
{
  return billing_payout_format_bank (record);
}

static char *
payout_kind (gpointer            record,
             BillingListContext *context)
{
  return g_strdup (billing_payout_format_kind (record));
}

static char *
item_what (gpointer            record,
           BillingListContext *context)
{
  return billing_payout_format_item (record);
}

static char *
item_sentence (gpointer            record,
               BillingListContext *context)
{
  return billing_payout_format_item_sentence (record);
}

static char *
item_net (gpointer            record,
          BillingListContext *context)
{
  BillingBalanceTransaction *item = record;

  return billing_format_money (NULL, item->net, item->currency);
}

#define OF_DISPUTE(member) G_STRUCT_OFFSET (BillingDispute, member)
#define OF_PAYOUT(member) G_STRUCT_OFFSET (BillingPayout, member)
#define OF_STRIPE(member) G_STRUCT_OFFSET (BillingStripePayment, member)

const BillingListCell billing_list_stripe_cells[] = {
  { "notices", "notice", CELL_NAME, 30, 0, notice_title, notice_sentence, notice_style },
  { "notices", "since", CELL_NUMERIC, 12, 0, notice_since, NULL, NULL },
  { "notices", "due", CELL_NUMERIC, 24, 0, notice_due, NULL, notice_due_style },
  { "notices", "about", CELL_TEXT, 20, 0, notice_about, NULL, NULL },
  { "notices", "state", CELL_STATUS, 12, 0, notice_state, NULL, notice_state_style },

  { "payouts", "payout", CELL_NAME, 12, 0, payout_day, payout_sentence, NULL },
  { "payouts", "amount", CELL_AMOUNT, 12, 0, payout_amount, NULL, NULL },
  { "payouts", "status", CELL_STATUS, 14, 0, payout_status, NULL, payout_status_style },
  { "payouts", "arrives", CELL_NUMERIC, 12, 0, payout_arrival, NULL, NULL },
  { "payouts", "bank", CELL_TEXT, 22, 0, payout_bank, NULL, NULL },
  { "payouts", "kind", CELL_TEXT, 12, 0, payout_kind, NULL, NULL },
  { "payouts", "currency", CELL_TEXT, 6, OF_PAYOUT (currency), NULL, NULL, NULL },
  { "balance_transactions", "what", CELL_NAME, 24, 0, item_what, item_sentence, NULL },
  { "balance_transactions", "net", CELL_AMOUNT, 12, 0, item_net, NULL, NULL },

  { "tax_registrations", "place", CELL_NAME, 26, 0, tax_place, tax_sentence, NULL },
  { "tax_registrations", "type", CELL_TEXT, 26, 0, tax_type, NULL, NULL },
  { "tax_registrations", "status", CELL_STATUS, 12, 0, tax_status, NULL, tax_status_style },
  { "tax_registrations", "from", CELL_NUMERIC, 12, 0, tax_from, NULL, NULL },
  { "tax_registrations", "until", CELL_NUMERIC, 12, 0, tax_until, NULL, NULL },

  { "stripe_payments", "date", CELL_NAME, 12, 0, stripe_day, stripe_sentence, NULL },
  { "stripe_payments", "amount", CELL_AMOUNT, 12, 0, stripe_amount, NULL, NULL },
  { "stripe_payments", "status", CELL_STATUS, 18, 0, stripe_status, NULL, stripe_status_style },
  { "stripe_payments", "payer", CELL_TEXT, 22, 0, stripe_payer, NULL, NULL },
  { "stripe_payments", "payment", CELL_NUMERIC, 10, OF_STRIPE (payment), NULL, NULL, NULL },
  { "stripe_payments", "fee", CELL_AMOUNT, 10, 0, stripe_fee, NULL, NULL },
  { "stripe_payments", "net", CELL_AMOUNT, 12, 0, stripe_net, NULL, NULL },
  { "stripe_payments", "refunded", CELL_AMOUNT, 12, 0, stripe_refunded, NULL, NULL },
  { "stripe_payments", "method", CELL_TEXT, 18, 0, stripe_method, NULL, NULL },
  { "stripe_payments", "description", CELL_TEXT, 20, OF_STRIPE (description), NULL, NULL, NULL },
  { "stripe_payments", "stripe-id", CELL_TEXT, 20, OF_STRIPE (charge), NULL, NULL, NULL },

  { "disputes", "deadline", CELL_NAME, 24, 0, dispute_deadline, dispute_sentence, dispute_deadline_style },
  { "disputes", "amount", CELL_AMOUNT, 12, 0, dispute_amount, NULL, NULL },
  { "disputes", "status", CELL_STATUS, 26, 0, dispute_status, NULL, dispute_status_style },
  { "disputes", "reason", CELL_TEXT, 22, 0, dispute_reason, NULL, NULL },
  { "disputes", "payer", CELL_TEXT, 22, 0, dispute_payer, NULL, NULL },
  { "disputes", "payment", CELL_NUMERIC, 10, OF_DISPUTE (payment), NULL, NULL, NULL },
  { "disputes", "network-code", CELL_NUMERIC, 8, OF_DISPUTE (network_code), NULL, NULL, NULL },
  { "disputes", "created", CELL_NUMERIC, 12, 0, dispute_created, NULL, NULL },
};

const guint billing_list_n_stripe_cells = G_N_ELEMENTS (billing_list_stripe_cells);

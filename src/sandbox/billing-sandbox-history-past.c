/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-history-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "billing-sandbox.h"

#define EVENTS_FOR (30 * BILLING_SANDBOX_DAY)

/* When nothing more becomes of a dispute, and when a payment's money has been paid out. */
#define LONG_AGO 50
#define OF_LATE 5

static guint
find_currency (BillingSandboxHistory *self,
               const char            *currency)
{
  guint i;

  if (!g_ptr_array_find_with_equal_func (self->currencies, currency, g_str_equal, &i))
    {
      g_ptr_array_add (self->currencies, g_strdup (currency));
      i = self->currencies->len - 1;
    }

  return i;
}

/* Returns: the reel, or %G_MAXUINT having set @error */
static guint
find_reel (BillingSandboxHistory     *self,
           const BillingSandboxPast  *past,
           GError                   **error)
{
  BillingSandboxEnding ending = past->refunded == 0              ? BILLING_SANDBOX_PAID
                                : past->refunded == past->amount ? BILLING_SANDBOX_REFUNDED
                                                                 : BILLING_SANDBOX_PARTLY_REFUNDED;
  guint days = past->created < self->until - LONG_AGO * BILLING_SANDBOX_DAY ? LONG_AGO : OF_LATE;
  g_autofree char *name =
    g_strdup_printf ("%s %s %d %u %s", past->payment_method, past->currency, ending, days,
                     past->evidence != NULL ? past->evidence : "");
  BillingSandboxTape *tape;

  for (guint i = 0; i < self->reels->len; i++)
    {
      if (g_str_equal (g_array_index (self->reels, Reel, i).name, name))
        return i;
    }

  tape = billing_sandbox_tape_new_payment (past->payment_method, past->currency, ending, days,
                                           past->evidence, error);
  if (tape == NULL)
    return G_MAXUINT;

  return billing_sandbox_history_add_reel (self, name, find_currency (self, past->currency), tape);
}

static guint
add_extra (BillingSandboxHistory *self,
           Extra                  extra,
           guint                  deed)
{
  const char *const ids[] = { extra.customer, extra.charge, extra.payment_intent, extra.refund };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      if (ids[i] != NULL)
        g_hash_table_insert (self->ids, (gpointer) ids[i], GUINT_TO_POINTER (deed + 1));
    }

  g_array_append_val (self->extras, extra);
  return self->extras->len;
}

static guint
add_customer (BillingSandboxHistory    *self,
              const BillingSandboxPast *past)
{
  Deed deed = { .created = (guint32) past->created - 1 };
  Extra extra = { .customer = g_strdup (past->customer),
                  .name = g_strdup (past->name),
                  .email = g_strdup (past->email) };
  guint i = self->deeds->len;

  deed.extra = add_extra (self, extra, i);
  g_array_append_val (self->deeds, deed);
  if (extra.email != NULL)
    g_hash_table_insert (self->emails, extra.email, GUINT_TO_POINTER (i + 1));
  return i + 1;
}

/* Returns: the deed + 1 of who pays, or 0 where that is nobody */
static guint
find_customer (BillingSandboxHistory    *self,
               const BillingSandboxPast *past)
{
  guint customer = 0;

  if (past->customer != NULL)
    customer = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, past->customer));
  else if (past->email != NULL)
    customer = GPOINTER_TO_UINT (g_hash_table_lookup (self->emails, past->email));
  if (customer != 0)
    return customer;

  return past->customer != NULL || past->name != NULL || past->email != NULL
           ? add_customer (self, past)
           : 0;
}

static gboolean
check_ids (BillingSandboxHistory     *self,
           const BillingSandboxPast  *past,
           GError                   **error)
{
  const char *const ids[] = { past->charge, past->payment_intent, past->refund };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      if (ids[i] == NULL || !g_hash_table_contains (self->ids, ids[i]))
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("The id %s is used twice"), ids[i]);
      return FALSE;
    }

  return TRUE;
}

/**
 * billing_sandbox_history_add:
 * @self: a history that is not closed
 * @past: a payment
 * @error: where to say why not
 *
 * Returns: whether there is such a card and such a currency
 */
gboolean
billing_sandbox_history_add (BillingSandboxHistory     *self,
                             const BillingSandboxPast  *past,
                             GError                   **error)
{
  guint reel = find_reel (self, past, error);
  Deed deed = { .amount = past->amount,
                .part = past->refunded,
                .created = (guint32) past->created,
                .later = (guint32) past->refunded_at,
                .reel = (guint8) reel };
  Extra extra = { .description = g_strdup (past->description),
                  .metadata = g_strdup (past->metadata),
                  .refund_metadata = g_strdup (past->refund_metadata),
                  .charge = g_strdup (past->charge),
                  .payment_intent = g_strdup (past->payment_intent),
                  .refund = g_strdup (past->refund) };

  if (reel == G_MAXUINT || !check_ids (self, past, error))
    {
      billing_sandbox_history_extra_clear (&extra);
      return FALSE;
    }

  deed.customer = find_customer (self, past);
  deed.extra = add_extra (self, extra, self->deeds->len);
  g_array_append_val (self->deeds, deed);
  return TRUE;
}

static guint
reel_of_card (BillingSandboxHistory *self,
              const char            *card,
              const Deed            *deed)
{
  BillingSandboxPast past = { .payment_method = card,
                              .currency = "usd",
                              .amount = deed->amount,
                              .created = deed->created,
                              .refunded = deed->part };
  g_autoptr (GError) error = NULL;
  guint reel = find_reel (self, &past, &error);

  if (reel == G_MAXUINT)
    g_error ("The history cannot be made: %s", error->message);

  return reel;
}

#define YEARS (730 * BILLING_SANDBOX_DAY)

static void
add_one (BillingSandboxHistory *self,
         gint64                 created)
{
  static const char *const good[] = { "pm_card_visa", "pm_card_visa", "pm_card_mastercard",
                                      "pm_card_amex", "pm_card_visa_debit", "pm_card_discover" };
  static const char *const bad[] = { "pm_card_visa_chargeDeclined",
                                     "pm_card_visa_chargeDeclinedInsufficientFunds",
                                     "pm_card_chargeDeclinedExpiredCard" };
  guint64 hash = billing_sandbox_history_hash (self, self->deeds->len);
  guint chance = (guint) (hash % 1000);
  guint choice = (guint) (hash / 1000 % 6);
  Deed deed = { .amount = 1500 + (gint64) (hash / 6000 % 28500), .created = (guint32) created };
  gint64 later = created + BILLING_SANDBOX_DAY / 24 + (gint64) (hash / 1000000 % (20 * 86400));

  /* Five in a hundred failed, three were refunded, one of them in part; one in a thousand is
     disputed. */
  if (chance >= 50 && chance < 80 && later < self->until)
    {
      deed.part = chance < 70 ? deed.amount : deed.amount / 2;
      deed.later = (guint32) later;
    }
  deed.reel = (guint8) reel_of_card (self, chance < 50   ? bad[choice % 3]
                                           : chance == 80 ? "pm_card_createDispute" : good[choice],
                                     &deed);

  g_array_append_val (self->deeds, deed);
}

/**
 * billing_sandbox_history_add_some:
 * @self: a history that is not closed
 * @n: how many payments
 *
 * Spreads them over the last two years; every fourth one is a new customer's.
 */
void
billing_sandbox_history_add_some (BillingSandboxHistory *self,
                                  guint                  n)
{
  g_autoptr (GArray) customers = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n / 4 + 1);
  gint64 last = self->until - 3600;

  for (guint i = 0; i < n; i++)
    {
      gint64 created = last - YEARS + YEARS / n * (i + 1) + YEARS % n * (i + 1) / n;
      guint32 customer;

      if (i % 4 == 0)
        {
          Deed deed = { .created = (guint32) created - 1 };

          customer = self->deeds->len;
          g_array_append_val (self->deeds, deed);
          g_array_append_val (customers, customer);
        }
      else
        customer = g_array_index (customers, guint32,
                                  billing_sandbox_history_hash (self, i) % customers->len);

      add_one (self, created);
      deed_at (self, self->deeds->len - 1)->customer = customer + 1;
    }
}

static void
add_rows (BillingSandboxHistory *self,
          guint                  deed)
{
  BillingSandboxTape *tape = reel_of (self, deed)->tape;

  for (guint i = 0; i < billing_sandbox_tape_length (tape); i++)
    {
      const BillingSandboxTapeItem *item = billing_sandbox_tape_item (tape, i);
      gint64 created = billing_sandbox_history_number (deed_at (self, deed), &item->created);
      Row row = { .created = (guint32) created, .deed = deed, .item = (guint8) i };

      if (created > self->until ||
          (item->kind == BILLING_SANDBOX_EVENT && created < self->until - EVENTS_FOR))
        continue;
      g_array_append_val (self->rows[item->kind], row);
    }
}

static void
sort_rows (GArray *rows)
{
  gboolean sorted = TRUE;

  for (guint i = 1; i < rows->len && sorted; i++)
    sorted = billing_sandbox_history_compare (&g_array_index (rows, Row, i - 1),
                                              &g_array_index (rows, Row, i)) < 0;

  if (!sorted)
    g_array_sort (rows, billing_sandbox_history_compare);
}

typedef struct
{
  guint currency;
  guint reel;
  guint from; /* every older transaction has been paid out */
} Payouts;

static gboolean
is_due (BillingSandboxHistory *self,
        const Row             *row,
        guint                  currency,
        gint64                 midnight)
{
  return row->payout == 0 && reel_of (self, row->deed)->currency == currency &&
         billing_sandbox_history_number (deed_at (self, row->deed),
                                         &item_of (self, row)->available_on) <= midnight;
}

/* As at every midnight: all that is available of a currency is paid out, if it is more than
   nothing. */
static void
pay_out (BillingSandboxHistory *self,
         Payouts               *payouts,
         guint                  n,
         gint64                 midnight)
{
  Deed deed = { .created = (guint32) midnight, .reel = (guint8) payouts->reel };

  for (guint i = payouts->from; i < n; i++)
    {
      const Row *row = row_at (self, BILLING_SANDBOX_BALANCE_TRANSACTION, i);

      if (is_due (self, row, payouts->currency, midnight))
        deed.amount += billing_sandbox_history_number (deed_at (self, row->deed),
                                                       &item_of (self, row)->net);
    }
  if (deed.amount <= 0)
    return;

  g_array_append_val (self->deeds, deed);
  for (guint i = payouts->from; i < n; i++)
    {
      Row *row = row_at (self, BILLING_SANDBOX_BALANCE_TRANSACTION, i);

      if (is_due (self, row, payouts->currency, midnight))
        row->payout = self->deeds->len;
    }
  while (payouts->from < n)
    {
      const Row *row = row_at (self, BILLING_SANDBOX_BALANCE_TRANSACTION, payouts->from);

      if (row->payout == 0 && reel_of (self, row->deed)->currency == payouts->currency)
        break;
      payouts->from++;
    }
}

static void
pay_out_all (BillingSandboxHistory *self,
             GArray                *payouts)
{
  GArray *rows = self->rows[BILLING_SANDBOX_BALANCE_TRANSACTION];
  gint64 midnight;
  guint n = 0;

  if (rows->len == 0)
    return;

  midnight = (g_array_index (rows, Row, 0).created / BILLING_SANDBOX_DAY + 1) * BILLING_SANDBOX_DAY;
  for (; midnight <= self->until; midnight += BILLING_SANDBOX_DAY)
    {
      while (n < rows->len && g_array_index (rows, Row, n).created < midnight)
        n++;
      for (guint i = 0; i < payouts->len; i++)
        pay_out (self, &g_array_index (payouts, Payouts, i), n, midnight);
    }
}

static void
add_payouts (BillingSandboxHistory *self)
{
  g_autoptr (GArray) payouts = g_array_new (FALSE, FALSE, sizeof (Payouts));
  guint first = self->deeds->len;
  GArray *rows = self->rows[BILLING_SANDBOX_BALANCE_TRANSACTION];

  for (guint i = 0; i < self->currencies->len; i++)
    {
      const char *currency = g_ptr_array_index (self->currencies, i);
      BillingSandboxTape *tape = billing_sandbox_tape_new_payout (currency);
      Payouts one = { i, billing_sandbox_history_add_reel (self, currency, i, tape), 0 };

      g_array_append_val (payouts, one);
    }

  pay_out_all (self, payouts);
  for (guint i = first; i < self->deeds->len; i++)
    add_rows (self, i);
  /* A payout's own transaction is one of those that it consists of. */
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (row->deed >= first)
        row->payout = row->deed + 1;
    }
}

/**
 * billing_sandbox_history_close:
 * @self: a history to which everything has been added
 * @bank: the id of the bank account to which payouts went
 *
 * Pays out, and puts everything in order.
 */
void
billing_sandbox_history_close (BillingSandboxHistory *self,
                               const char            *bank)
{
  self->bank = g_strdup (bank);
  for (guint i = 0; i < self->deeds->len; i++)
    add_rows (self, i);
  sort_rows (self->rows[BILLING_SANDBOX_BALANCE_TRANSACTION]);
  add_payouts (self);
  for (guint i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    sort_rows (self->rows[i]);
}


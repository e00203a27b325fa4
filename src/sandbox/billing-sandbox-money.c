/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include "billing-money.h"
#include "billing-sandbox-json.h"

typedef struct
{
  char currency[4];
  gint64 available;
  gint64 pending;
} Purse;

struct _BillingSandboxMoney
{
  GArray *purses;   /* (owned): of Purse, in the order of their first use */
  GQueue pending;   /* entries of balance transactions whose day has not come (not owned) */
  GQueue unpaid;    /* available ones that no automatic payout has taken (not owned) */
};

BillingSandboxMoney *
billing_sandbox_money_new (void)
{
  BillingSandboxMoney *money = g_new0 (BillingSandboxMoney, 1);

  money->purses = g_array_new (FALSE, TRUE, sizeof (Purse));
  return money;
}

void
billing_sandbox_money_free (BillingSandboxMoney *money)
{
  g_queue_clear (&money->pending);
  g_queue_clear (&money->unpaid);
  g_array_unref (money->purses);
  g_free (money);
}

static Purse *
find_purse (BillingSandboxMoney *money,
            const char          *currency)
{
  Purse purse = { 0 };

  for (guint i = 0; i < money->purses->len; i++)
    {
      if (g_str_equal (g_array_index (money->purses, Purse, i).currency, currency))
        return &g_array_index (money->purses, Purse, i);
    }

  g_strlcpy (purse.currency, currency, sizeof purse.currency);
  g_array_append_val (money->purses, purse);
  return &g_array_index (money->purses, Purse, money->purses->len - 1);
}

static void
set_fee (JsonObject *transaction,
         gint64      fee,
         const char *currency)
{
  JsonObject *detail;

  json_object_set_int_member (transaction, "fee", fee);
  if (fee == 0)
    return;

  detail = json_object_new ();
  json_object_set_int_member (detail, "amount", fee);
  json_object_set_null_member (detail, "application");
  json_object_set_string_member (detail, "currency", currency);
  json_object_set_string_member (detail, "description", "Stripe processing fees");
  json_object_set_string_member (detail, "type", "stripe_fee");
  json_array_add_object_element (json_object_get_array_member (transaction, "fee_details"), detail);
}

/**
 * billing_sandbox_count_in:
 * @self: a sandbox
 * @transaction: a balance transaction that no automatic payout has taken
 *
 * Puts it, and counts it into the balance.
 */
void
billing_sandbox_count_in (BillingSandbox *self,
                          JsonObject     *transaction)
{
  BillingSandboxMoney *money = billing_sandbox_get_money (self);
  BillingSandboxEntry *entry =
    billing_sandbox_store_put (billing_sandbox_get_store (self), transaction);
  Purse *purse = find_purse (money, json_object_get_string_member (transaction, "currency"));
  gint64 net = json_object_get_int_member (transaction, "net");

  if (g_str_equal (json_object_get_string_member (transaction, "status"), "pending"))
    {
      purse->pending += net;
      g_queue_push_tail (&money->pending, entry);
    }
  else
    {
      purse->available += net;
      g_queue_push_tail (&money->unpaid, entry);
    }
}

/**
 * billing_sandbox_move:
 * @self: a sandbox
 * @type: the balance transaction's type
 * @category: its reporting category
 * @amount: what is moved, in minor units
 * @fee: what Stripe keeps of it
 * @currency: its currency
 * @source: the id of what it is for
 * @available_on: when it can be paid out
 *
 * Writes a balance transaction and counts it into the balance.
 *
 * Returns: (transfer full): the transaction
 */
JsonObject *
billing_sandbox_move (BillingSandbox *self,
                      const char     *type,
                      const char     *category,
                      gint64          amount,
                      gint64          fee,
                      const char     *currency,
                      const char     *source,
                      gint64          available_on)
{
  JsonObject *transaction = billing_sandbox_add (self, BILLING_SANDBOX_BALANCE_TRANSACTION);
  gboolean pending = available_on > billing_sandbox_now (self);

  json_object_set_int_member (transaction, "amount", amount);
  json_object_set_int_member (transaction, "available_on", available_on);
  json_object_set_string_member (transaction, "currency", currency);
  set_fee (transaction, fee, currency);
  json_object_set_int_member (transaction, "net", amount - fee);
  json_object_set_string_member (transaction, "reporting_category", category);
  json_object_set_string_member (transaction, "source", source);
  json_object_set_string_member (transaction, "status", pending ? "pending" : "available");
  json_object_set_string_member (transaction, "type", type);
  billing_sandbox_count_in (self, transaction);

  return transaction;
}

static void
release_one (BillingSandbox      *self,
             BillingSandboxEntry *entry,
             JsonObject          *transaction)
{
  BillingSandboxMoney *money = billing_sandbox_get_money (self);
  Purse *purse = find_purse (money, json_object_get_string_member (transaction, "currency"));
  gint64 net = json_object_get_int_member (transaction, "net");

  json_object_set_string_member (transaction, "status", "available");
  billing_sandbox_store_put (billing_sandbox_get_store (self), transaction);
  purse->pending -= net;
  purse->available += net;
  g_queue_push_tail (&money->unpaid, entry);
}

/**
 * billing_sandbox_release:
 * @self: a sandbox
 *
 * Makes what was pending until now available.
 *
 * Returns: whether there was any
 */
gboolean
billing_sandbox_release (BillingSandbox *self)
{
  BillingSandboxMoney *money = billing_sandbox_get_money (self);
  gboolean any = FALSE;

  for (GList *l = money->pending.head, *next; l != NULL; l = next)
    {
      g_autoptr (JsonObject) transaction = billing_sandbox_entry_read (l->data);

      next = l->next;
      if (json_object_get_int_member (transaction, "available_on") > billing_sandbox_now (self))
        continue;
      release_one (self, l->data, transaction);
      g_queue_delete_link (&money->pending, l);
      any = TRUE;
    }

  return any;
}

/**
 * billing_sandbox_settle:
 * @self: a sandbox
 * @currency: a currency
 * @payout_id: an automatic payout that took all that was available of it
 *
 * Writes down which transactions @payout_id consists of.
 */
void
billing_sandbox_settle (BillingSandbox *self,
                        const char     *currency,
                        const char     *payout_id)
{
  BillingSandboxMoney *money = billing_sandbox_get_money (self);

  for (GList *l = money->unpaid.head, *next; l != NULL; l = next)
    {
      g_autoptr (JsonObject) transaction = billing_sandbox_entry_read (l->data);

      next = l->next;
      if (!g_str_equal (json_object_get_string_member (transaction, "currency"), currency))
        continue;
      json_object_set_string_member (transaction, "_payout", payout_id);
      billing_sandbox_store_put (billing_sandbox_get_store (self), transaction);
      g_queue_delete_link (&money->unpaid, l);
    }
}

GStrv
billing_sandbox_currencies (BillingSandbox *self)
{
  BillingSandboxMoney *money = billing_sandbox_get_money (self);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < money->purses->len; i++)
    g_strv_builder_add (builder, g_array_index (money->purses, Purse, i).currency);

  return g_strv_builder_end (builder);
}

gint64
billing_sandbox_available (BillingSandbox *self,
                           const char     *currency)
{
  return find_purse (billing_sandbox_get_money (self), currency)->available;
}

/**
 * billing_sandbox_format:
 * @amount: an amount, in minor units
 * @currency: its currency
 *
 * Returns: (transfer full): it as in Stripe's messages
 */
char *
billing_sandbox_format (gint64      amount,
                        const char *currency)
{
  g_autofree char *plain = billing_money_format_plain (billing_money_new (amount, currency));

  if (g_str_equal (currency, "usd"))
    return g_strconcat ("$", plain, NULL);

  return g_strconcat (plain, " ", currency, NULL);
}

static void
add_amount (JsonArray  *array,
            const char *currency,
            gint64      amount,
            gboolean    with_sources)
{
  JsonObject *item = json_object_new ();
  JsonObject *sources = json_object_new ();

  json_object_set_int_member (item, "amount", amount);
  json_object_set_string_member (item, "currency", currency);
  json_object_set_int_member (sources, "card", amount);
  if (with_sources)
    json_object_set_object_member (item, "source_types", json_object_ref (sources));
  json_array_add_object_element (array, item);
  json_object_unref (sources);
}

JsonObject *
billing_sandbox_balance_get (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  BillingSandboxMoney *money = billing_sandbox_get_money (self);
  JsonObject *balance = json_object_new ();
  JsonArray *available = json_array_new ();
  JsonArray *pending = json_array_new ();
  JsonArray *reserved = json_array_new ();

  find_purse (money, "usd");
  for (guint i = 0; i < money->purses->len; i++)
    {
      Purse *purse = &g_array_index (money->purses, Purse, i);

      add_amount (available, purse->currency, purse->available, TRUE);
      add_amount (pending, purse->currency, purse->pending, TRUE);
      add_amount (reserved, purse->currency, 0, FALSE);
    }

  json_object_set_string_member (balance, "object", "balance");
  json_object_set_array_member (balance, "available", available);
  json_object_set_array_member (balance, "connect_reserved", reserved);
  json_object_set_boolean_member (balance, "livemode", FALSE);
  json_object_set_array_member (balance, "pending", pending);
  return balance;
}

static JsonArray *
save_queue (GQueue *queue)
{
  JsonArray *ids = json_array_new ();

  for (GList *l = queue->head; l != NULL; l = l->next)
    json_array_add_string_element (ids, ((BillingSandboxEntry *) l->data)->id);

  return ids;
}

static void
load_queue (GQueue              *queue,
            JsonArray           *ids,
            BillingSandboxStore *store)
{
  g_queue_clear (queue);
  for (guint i = 0; i < json_array_get_length (ids); i++)
    g_queue_push_tail (
      queue, billing_sandbox_store_find (store, json_array_get_string_element (ids, i)));
}

/**
 * billing_sandbox_money_save:
 * @money: what there is of money
 *
 * Returns: (transfer full): the balances, and what they consist of
 */
JsonObject *
billing_sandbox_money_save (BillingSandboxMoney *money)
{
  JsonObject *state = json_object_new ();
  JsonArray *purses = json_array_new ();

  for (guint i = 0; i < money->purses->len; i++)
    {
      Purse *purse = &g_array_index (money->purses, Purse, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "currency", purse->currency);
      json_object_set_int_member (object, "available", purse->available);
      json_object_set_int_member (object, "pending", purse->pending);
      json_array_add_object_element (purses, object);
    }

  json_object_set_array_member (state, "purses", purses);
  json_object_set_array_member (state, "pending", save_queue (&money->pending));
  json_object_set_array_member (state, "unpaid", save_queue (&money->unpaid));
  return state;
}

/**
 * billing_sandbox_money_load:
 * @money: what there is of money
 * @state: what billing_sandbox_money_save() said
 * @store: where the balance transactions are, all of them put
 */
void
billing_sandbox_money_load (BillingSandboxMoney *money,
                            JsonObject          *state,
                            BillingSandboxStore *store)
{
  JsonArray *purses = json_object_get_array_member (state, "purses");

  g_array_set_size (money->purses, 0);
  for (guint i = 0; i < json_array_get_length (purses); i++)
    {
      JsonObject *object = json_array_get_object_element (purses, i);
      Purse *purse = find_purse (money, json_object_get_string_member (object, "currency"));

      purse->available = json_object_get_int_member (object, "available");
      purse->pending = json_object_get_int_member (object, "pending");
    }
  load_queue (&money->pending, json_object_get_array_member (state, "pending"), store);
  load_queue (&money->unpaid, json_object_get_array_member (state, "unpaid"), store);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "billing-sandbox-client.h"

#define DAY 86400
#define PAYMENTS 1000

static Client *
new_client (guint payments)
{
  BillingSandboxOptions options = { .seed = 7, .payments = payments };

  return client_new_with_options (&options);
}

/* Reads a whole list, in pages.  Returns: (transfer full): its objects, in the order they came */
static GPtrArray *
read_all (Client     *client,
          const char *path,
          const char *cursor,
          guint       limit)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char *last = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *url =
        g_strdup_printf ("%s%climit=%u%s%s%s%s", path, strchr (path, '?') != NULL ? '&' : '?', limit,
                         last != NULL ? "&" : "", last != NULL ? cursor : "",
                         last != NULL ? "=" : "", last != NULL ? last : "");
      JsonArray *data;

      g_assert_cmpuint (client_call (client, "GET", url, NULL), ==, 200);
      data = json_node_get_array (client_at (client, "data"));
      for (guint i = 0; i < json_array_get_length (data); i++)
        g_ptr_array_add (all, json_object_ref (json_array_get_object_element (data, i)));
      more = client_true (client, "has_more");
      g_free (last);
      last = more ? g_strdup (json_object_get_string_member (
                      g_ptr_array_index (all, all->len - 1), "id"))
                  : NULL;
    }

  return all;
}

static GPtrArray *
read_list (Client     *client,
           const char *path)
{
  return read_all (client, path, "starting_after", 100);
}

static const char *
text_of (GPtrArray  *objects,
         guint       i,
         const char *member)
{
  return json_object_get_string_member (g_ptr_array_index (objects, i), member);
}

static gint64
number_of (GPtrArray  *objects,
           guint       i,
           const char *member)
{
  return json_object_get_int_member (g_ptr_array_index (objects, i), member);
}

/* Each list of the history has everything once, newest first, whatever the size of its pages. */
static void
test_lists (void)
{
  static const struct
  {
    const char *path;
    guint n;
  } lists[] = { { "/v1/charges", PAYMENTS },
                { "/v1/payment_intents", PAYMENTS },
                { "/v1/customers", PAYMENTS / 4 },
                { "/v1/refunds", 0 },
                { "/v1/payouts", 0 },
                { "/v1/balance_transactions", 0 },
                { "/v1/events", 0 } };
  g_autoptr (Client) client = new_client (PAYMENTS);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GPtrArray) large = read_list (client, lists[i].path);
      g_autoptr (GPtrArray) small = read_all (client, lists[i].path, "starting_after", 37);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_cmpuint (large->len, >, 5);
      g_assert_cmpuint (small->len, ==, large->len);
      if (lists[i].n != 0)
        g_assert_cmpuint (large->len, ==, lists[i].n);
      for (guint k = 0; k < large->len; k++)
        {
          g_assert_true (g_hash_table_add (seen, (gpointer) text_of (large, k, "id")));
          g_assert_cmpstr (text_of (large, k, "id"), ==, text_of (small, k, "id"));
          if (k > 0)
            g_assert_cmpint (number_of (large, k, "created"), <=,
                             number_of (large, k - 1, "created"));
        }
    }
}

/* Backwards from the oldest charge come the same charges. */
static void
test_backwards (void)
{
  g_autoptr (Client) client = new_client (250);
  g_autoptr (GPtrArray) all = read_list (client, "/v1/charges");
  guint n = all->len;
  g_autofree char *path =
    g_strdup_printf ("/v1/charges?limit=100&ending_before=%s", text_of (all, n - 1, "id"));

  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  g_assert_true (client_true (client, "has_more"));
  g_assert_cmpstr (client_text (client, "data.99.id"), ==, text_of (all, n - 2, "id"));
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, text_of (all, n - 101, "id"));
}

static void
expect_same (Client     *client,
             const char *path,
             JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  g_assert_true (json_node_equal (client->body, node));
}

/* What an id names is what its list shows; an id that is changed a little names nothing. */
static void
test_ids (void)
{
  static const char *const lists[] = { "charges", "payment_intents",      "customers", "refunds",
                                       "payouts", "balance_transactions", "events" };
  g_autoptr (Client) client = new_client (200);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *list = g_strconcat ("/v1/", lists[i], NULL);
      g_autoptr (GPtrArray) all = read_list (client, list);

      for (guint k = 0; k < all->len; k += 7)
        {
          g_autofree char *path = g_strconcat (list, "/", text_of (all, k, "id"), NULL);

          expect_same (client, path, g_ptr_array_index (all, k));
          path[strlen (path) - 2] ^= 1;
          g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 404);
        }
    }
}

/* Filters find exactly what a look through the whole list finds. */
static void
test_filters (void)
{
  static const struct
  {
    const char *list;
    const char *filter;
    const char *member;
  } filters[] = { { "/v1/charges", "customer", "customer" },
                  { "/v1/charges", "payment_intent", "payment_intent" },
                  { "/v1/payment_intents", "customer", "customer" },
                  { "/v1/customers", "email", "email" },
                  { "/v1/refunds", "charge", "charge" },
                  { "/v1/refunds", "payment_intent", "payment_intent" },
                  { "/v1/balance_transactions", "source", "source" },
                  { "/v1/balance_transactions", "type", "type" },
                  { "/v1/payouts", "status", "status" },
                  { "/v1/events", "type", "type" } };
  g_autoptr (Client) client = new_client (PAYMENTS);

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GPtrArray) all = read_list (client, filters[i].list);
      const char *value = text_of (all, all->len / 2, filters[i].member);
      g_autofree char *path =
        g_strdup_printf ("%s?%s=%s", filters[i].list, filters[i].filter, value);
      g_autoptr (GPtrArray) some = read_list (client, path);
      guint found = 0;

      for (guint k = 0; k < all->len; k++)
        {
          if (g_strcmp0 (text_of (all, k, filters[i].member), value) != 0)
            continue;
          g_assert_cmpuint (found, <, some->len);
          g_assert_cmpstr (text_of (some, found++, "id"), ==, text_of (all, k, "id"));
        }
      g_assert_cmpuint (found, ==, some->len);
      g_assert_cmpuint (found, >, 0);
    }
}

/* Ranges of time reach into the history exactly. */
static void
test_created (void)
{
  g_autoptr (Client) client = new_client (PAYMENTS);
  g_autoptr (GPtrArray) all = read_list (client, "/v1/charges");
  gint64 first = number_of (all, 700, "created");
  gint64 last = number_of (all, 200, "created");
  g_autofree char *closed = g_strdup_printf (
    "/v1/charges?created[gte]=%" G_GINT64_FORMAT "&created[lte]=%" G_GINT64_FORMAT, first, last);
  g_autofree char *open = g_strdup_printf (
    "/v1/charges?created[gt]=%" G_GINT64_FORMAT "&created[lt]=%" G_GINT64_FORMAT, first, last);
  g_autofree char *exact = g_strdup_printf ("/v1/charges?created=%" G_GINT64_FORMAT, first);
  g_autoptr (GPtrArray) with = read_list (client, closed);
  g_autoptr (GPtrArray) without = read_list (client, open);
  g_autoptr (GPtrArray) one = read_list (client, exact);

  g_assert_cmpuint (with->len, ==, 501);
  g_assert_cmpstr (text_of (with, 0, "id"), ==, text_of (all, 200, "id"));
  g_assert_cmpuint (without->len, ==, 499);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (text_of (one, 0, "id"), ==, text_of (all, 700, "id"));
}

/* The transactions of each payout sum up to it, its own one against the others; what is in none is
   the balance. */
static void
expect_sums (Client *client)
{
  g_autoptr (GPtrArray) payouts = read_list (client, "/v1/payouts");
  g_autoptr (GPtrArray) all = read_list (client, "/v1/balance_transactions");
  gint64 balance = 0;

  for (guint i = 0; i < payouts->len; i++)
    {
      g_autofree char *path =
        g_strconcat ("/v1/balance_transactions?payout=", text_of (payouts, i, "id"), NULL);
      g_autoptr (GPtrArray) some = read_list (client, path);
      gint64 sum = 0;

      g_assert_cmpuint (some->len, >=, 2);
      for (guint k = 0; k < some->len; k++)
        {
          g_assert_cmpstr (text_of (some, k, "status"), ==, "available");
          if (!g_str_equal (text_of (some, k, "type"), "payout"))
            sum += number_of (some, k, "net");
        }
      g_assert_cmpint (sum, ==, number_of (payouts, i, "amount"));
    }

  for (guint i = 0; i < all->len; i++)
    balance += number_of (all, i, "net");
  g_assert_cmpuint (client_call (client, "GET", "/v1/balance", NULL), ==, 200);
  g_assert_cmpint (
    client_int (client, "available.0.amount") + client_int (client, "pending.0.amount"), ==,
    balance);
}

/* Payouts add up, and go on adding up while the clock runs on: what was pending is paid out, what was on
   its way arrives. */
static void
test_payouts (void)
{
  g_autoptr (Client) client = new_client (PAYMENTS);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  expect_sums (client);
  before = read_list (client, "/v1/payouts?status=in_transit");
  g_assert_cmpuint (before->len, >, 0);

  billing_sandbox_server_advance (client->server, 4 * DAY);
  expect_sums (client);
  for (guint i = 0; i < before->len; i++)
    {
      g_autofree char *path = g_strconcat ("/v1/payouts/", text_of (before, i, "id"), NULL);

      g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
      g_assert_cmpstr (client_text (client, "status"), ==, "paid");
      g_assert_cmpstr (client_text (client, "reconciliation_status"), ==, "completed");
    }

  g_assert_cmpuint (client_call (client, "GET", "/v1/balance", NULL), ==, 200);
  g_assert_cmpint (client_int (client, "pending.0.amount"), ==, 0);
}

/* An old charge can be refunded once; it keeps its place in the list, and everything tells the same of
   it. */
static void
test_refund (void)
{
  g_autoptr (Client) client = new_client (PAYMENTS);
  g_autoptr (GPtrArray) before = read_list (client, "/v1/charges");
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) refunds = NULL;
  g_autofree char *form = NULL;
  g_autofree char *list = NULL;
  g_autofree char *refund = NULL;
  guint i = 500;

  while (!json_object_get_boolean_member (g_ptr_array_index (before, i), "paid") ||
         number_of (before, i, "amount_refunded") != 0 ||
         json_object_get_boolean_member (g_ptr_array_index (before, i), "disputed"))
    i++;

  form = g_strconcat ("charge=", text_of (before, i, "id"), NULL);
  refund = client_make (client, "/v1/refunds", form);
  g_assert_cmpuint (client_call (client, "POST", "/v1/refunds", form), ==, 400);
  client_expect_error (client, 400, "invalid_request_error", "charge_already_refunded", NULL);

  after = read_list (client, "/v1/charges");
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_cmpstr (text_of (after, i, "id"), ==, text_of (before, i, "id"));
  g_assert_cmpint (number_of (after, i, "amount_refunded"), ==, number_of (after, i, "amount"));

  list = g_strconcat ("/v1/refunds?", form, NULL);
  refunds = read_list (client, list);
  g_assert_cmpuint (refunds->len, ==, 1);
  g_assert_cmpstr (text_of (refunds, 0, "id"), ==, refund);
  g_assert_cmpuint (client_call (client, "GET", "/v1/events?limit=1", NULL), ==, 200);
  g_assert_cmpstr (client_text (client, "data.0.type"), ==, "charge.refunded");
  g_assert_cmpstr (client_text (client, "data.0.data.object.id"), ==, text_of (after, i, "id"));
}

/* What is expanded in a page of the history is what the ids name. */
static void
test_expand (void)
{
  g_autoptr (Client) client = new_client (200);
  g_autofree char *charge = NULL;
  g_autofree char *customer = NULL;

  g_assert_cmpuint (client_call (client, "GET", "/v1/refunds?limit=1", NULL), ==, 200);
  charge = g_strdup (client_text (client, "data.0.charge"));
  g_assert_cmpuint (client_call (client, "GET",
                                 "/v1/refunds?limit=1&expand[]=data.charge.customer"
                                 "&expand[]=data.balance_transaction&expand[]=data.charge.refunds",
                                 NULL),
                    ==, 200);
  g_assert_cmpstr (client_text (client, "data.0.charge.id"), ==, charge);
  g_assert_cmpstr (client_text (client, "data.0.balance_transaction.source"), ==,
                   client_text (client, "data.0.id"));
  g_assert_cmpstr (client_text (client, "data.0.charge.refunds.data.0.id"), ==,
                   client_text (client, "data.0.id"));
  g_assert_cmpstr (client_text (client, "data.0.charge.customer.object"), ==, "customer");
}

/* Two objects have the same members, and the same members of members. */
static void
expect_same_shape (JsonObject *old,
                   JsonObject *new)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_assert_cmpuint (json_object_get_size (old), ==, json_object_get_size (new));
  json_object_iter_init (&iter, new);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_assert_true (json_object_has_member (old, name));
      if (JSON_NODE_HOLDS_OBJECT (node) && !g_str_equal (name, "metadata"))
        {
          JsonNode *other = json_object_get_member (old, name);

          g_assert_true (JSON_NODE_HOLDS_OBJECT (other));
          expect_same_shape (json_node_get_object (other), json_node_get_object (node));
        }
    }
}

/* The history's objects are made as those that are made while the sandbox runs. */
static void
test_shape (void)
{
  static const char *const lists[] = { "/v1/charges?limit=2", "/v1/payment_intents?limit=2",
                                       "/v1/customers?limit=2",
                                       "/v1/balance_transactions?limit=2&type=charge",
                                       "/v1/events?limit=2&type=payment_intent.succeeded" };
  BillingSandboxOptions options = { .seed = 7, .payments = 1 };
  g_autoptr (Client) client = client_new_with_options (&options);
  g_autofree char *customer = client_make (client, "/v1/customers", "name=A&email=a@example.com");
  g_autofree char *form = g_strdup_printf (
    "amount=1000&currency=usd&confirm=true&payment_method=pm_card_visa&customer=%s&description=x",
    customer);
  g_autofree char *intent = client_make (client, "/v1/payment_intents", form);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *data;

      g_assert_cmpuint (client_call (client, "GET", lists[i], NULL), ==, 200);
      data = json_node_get_array (client_at (client, "data"));
      g_assert_cmpuint (json_array_get_length (data), ==, 2);
      expect_same_shape (json_array_get_object_element (data, 1),
                         json_array_get_object_element (data, 0));
    }
}

/* Events tell of the last thirty days only; a payment's charge and its event agree. */
static void
test_events (void)
{
  g_autoptr (Client) client = new_client (PAYMENTS);
  g_autoptr (GPtrArray) events = read_list (client, "/v1/events?type=charge.succeeded");
  gint64 now = billing_sandbox_server_get_now (client->server);

  g_assert_cmpuint (events->len, >, 20);
  for (guint i = 0; i < events->len; i++)
    {
      JsonObject *data =
        json_object_get_object_member (g_ptr_array_index (events, i), "data");
      JsonObject *charge = json_object_get_object_member (data, "object");
      g_autofree char *path =
        g_strconcat ("/v1/charges/", json_object_get_string_member (charge, "id"), NULL);

      g_assert_cmpint (number_of (events, i, "created"), >=, now - 30 * DAY);
      g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
      g_assert_cmpint (client_int (client, "amount"), ==,
                       json_object_get_int_member (charge, "amount"));
      g_assert_cmpint (client_int (client, "created"), ==, number_of (events, i, "created"));
    }
}

/* The same seed gives the same history; another one gives another. */
static void
test_seed (void)
{
  g_autofree char *ids[3] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      BillingSandboxOptions options = { .seed = i / 2, .payments = 20 };
      g_autoptr (Client) client = client_new_with_options (&options);

      g_assert_cmpuint (client_call (client, "GET", "/v1/charges", NULL), ==, 200);
      ids[i] = g_strdup (client_text (client, "data.3.id"));
    }

  g_assert_cmpstr (ids[0], ==, ids[1]);
  g_assert_cmpstr (ids[0], !=, ids[2]);
  g_free (ids[1]);
  g_free (ids[2]);
}

static char *
write_file (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("history-XXXXXX.jsonl", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* A file says what was paid, by whom and under which ids. */
static void
test_file (void)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *text = g_strdup_printf (
    "{\"amount\":12000,\"created\":%" G_GINT64_FORMAT ",\"outcome\":\"succeeded\",\"name\":\"Ada\","
    "\"email\":\"ada@example.com\",\"metadata\":{\"payment\":\"PAY-001\"},\"charge\":\"ch_mine\","
    "\"payment_intent\":\"pi_mine\",\"description\":\"A \\\"visit\\\"\"}\n"
    "{\"amount\":5000,\"created\":%" G_GINT64_FORMAT ",\"outcome\":\"partially_refunded\","
    "\"amount_refunded\":2000,\"email\":\"ada@example.com\",\"refund\":\"re_mine\","
    "\"refund_metadata\":{\"refund\":\"R1\"}}\n\n"
    "{\"amount\":700,\"created\":%" G_GINT64_FORMAT ",\"outcome\":\"failed\"}\n",
    now - 9 * DAY, now - 8 * DAY, now - 7 * DAY);
  g_autofree char *path = write_file (text);
  BillingSandboxOptions options = { .seed = 1, .history = path };
  g_autoptr (Client) client = client_new_with_options (&options);
  g_autofree char *customer = NULL;

  g_assert_cmpuint (client_call (client, "GET", "/v1/charges/ch_mine", NULL), ==, 200);
  g_assert_cmpint (client_int (client, "amount"), ==, 12000);
  g_assert_cmpint (client_int (client, "created"), ==, now - 9 * DAY);
  g_assert_cmpstr (client_text (client, "metadata.payment"), ==, "PAY-001");
  g_assert_cmpstr (client_text (client, "description"), ==, "A \"visit\"");
  g_assert_cmpstr (client_text (client, "payment_intent"), ==, "pi_mine");
  customer = g_strdup (client_text (client, "customer"));

  g_assert_cmpuint (client_call (client, "GET", "/v1/charges?payment_intent=pi_mine", NULL), ==,
                    200);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, "ch_mine");
  g_assert_cmpuint (client_call (client, "GET", "/v1/refunds/re_mine?expand[]=charge", NULL), ==,
                    200);
  g_assert_cmpint (client_int (client, "amount"), ==, 2000);
  g_assert_cmpstr (client_text (client, "metadata.refund"), ==, "R1");
  g_assert_cmpstr (client_text (client, "charge.customer"), ==, customer);
  g_assert_cmpint (client_int (client, "charge.amount_refunded"), ==, 2000);
  g_assert_cmpuint (client_call (client, "GET", "/v1/customers?email=ada@example.com", NULL), ==,
                    200);
  g_assert_cmpstr (client_text (client, "data.0.name"), ==, "Ada");
  g_assert_cmpuint (client_call (client, "GET", "/v1/charges?limit=1", NULL), ==, 200);
  g_assert_cmpstr (client_text (client, "data.0.status"), ==, "failed");
  g_assert_null (client_text (client, "data.0.customer"));
  expect_sums (client);
  g_unlink (path);
}

static const char *
status_of_dispute (Client     *client,
                   const char *charge)
{
  g_autofree char *path = g_strdup_printf ("/v1/disputes?charge=%s", charge);

  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  return client_text (client, "data.0.status");
}

/* Disputes of the past were answered as the file says, or wait for their answer until a day's last
 * second; what waits can be answered now. */
static void
test_disputes (void)
{
  static const char *const answers[][2] = {
    { "ch_waits", NULL }, { "ch_won", "winning_evidence" }, { "ch_lost", "losing_evidence" },
    { "ch_reviewed", "It \\\"was\\\" agreed" },
  };
  gint64 created = g_get_real_time () / G_USEC_PER_SEC - 7 * DAY;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_string_append_printf (text, "{\"amount\":12000,\"created\":%" G_GINT64_FORMAT ",\"outcome\":"
                            "\"disputed\",\"charge\":\"%s\"%s%s%s}\n", created, answers[i][0],
                            answers[i][1] != NULL ? ",\"evidence\":\"" : "",
                            answers[i][1] != NULL ? answers[i][1] : "", answers[i][1] != NULL ? "\"" : "");
  path = write_file (text->str);
  {
    BillingSandboxOptions options = { .seed = 1, .history = path };
    g_autoptr (Client) client = client_new_with_options (&options);

    g_assert_cmpstr (status_of_dispute (client, "ch_won"), ==, "won");
    g_assert_cmpstr (client_text (client, "data.0.balance_transactions.1.reporting_category"), ==,
                     "dispute_reversal");
    g_assert_cmpstr (status_of_dispute (client, "ch_lost"), ==, "lost");
    g_assert_cmpstr (status_of_dispute (client, "ch_reviewed"), ==, "under_review");
    g_assert_cmpstr (client_text (client, "data.0.evidence.uncategorized_text"), ==,
                     "It \"was\" agreed");
    g_assert_cmpstr (status_of_dispute (client, "ch_waits"), ==, "needs_response");
    g_assert_cmpint (client_int (client, "data.0.evidence_details.due_by"), ==,
                     (created / DAY + 11) * DAY - 1);
    answer = g_strdup_printf ("/v1/disputes/%s", client_text (client, "data.0.id"));
    g_assert_cmpuint (client_call (client, "POST", answer, "evidence[uncategorized_text]=x"), ==, 200);
    g_assert_cmpstr (status_of_dispute (client, "ch_waits"), ==, "under_review");
    expect_sums (client);
  }
  g_unlink (path);
}

/* A line that cannot have happened is refused, and named. */
static void
test_bad_file (void)
{
  static const char *const lines[] = {
    "{\"amount\":1200,\"created\":1700000000,\"outcome\":\"won\"}",
    "{\"amount\":0,\"created\":1700000000}",
    "{\"amount\":1200,\"created\":99999999999}",
    "{\"amount\":1200,\"created\":1700000000,\"payment_method\":\"pm_card_none\"}",
    "{\"amount\":1200,\"created\":1700000000,\"payment_method\":\"pm_usBankAccount_success\"}",
    "{\"amount\":1200,\"created\":1700000000,\"outcome\":\"refunded\","
    "\"payment_method\":\"pm_card_visa_chargeDeclined\"}",
    "{\"amount\":1200,\"created\":1700000000,\"charge\":\"ch_first\"}",
    "{\"amount\":1200,\"created\":1700000000,\"metadata\":{\"payment\":1}}",
    "{\"amount\":1200,\"created\":1700000000,\"evidence\":\"Nobody asked.\"}",
    "[]",
    "{\"amount\":",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text =
        g_strconcat ("{\"amount\":1200,\"created\":1700000000,\"charge\":\"ch_first\"}\n", lines[i], "\n",
                     NULL);
      g_autofree char *path = write_file (text);
      BillingSandboxOptions options = { .seed = 1, .history = path };
      g_autoptr (GError) error = NULL;
      g_autoptr (BillingSandboxServer) server =
        billing_sandbox_server_new_with_options (&options, &error);

      g_assert_null (server);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "Line 2 "));
      g_unlink (path);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/history/lists", test_lists);
  g_test_add_func ("/sandbox/history/backwards", test_backwards);
  g_test_add_func ("/sandbox/history/ids", test_ids);
  g_test_add_func ("/sandbox/history/filters", test_filters);
  g_test_add_func ("/sandbox/history/created", test_created);
  g_test_add_func ("/sandbox/history/payouts", test_payouts);
  g_test_add_func ("/sandbox/history/refund", test_refund);
  g_test_add_func ("/sandbox/history/expand", test_expand);
  g_test_add_func ("/sandbox/history/shape", test_shape);
  g_test_add_func ("/sandbox/history/events", test_events);
  g_test_add_func ("/sandbox/history/seed", test_seed);
  g_test_add_func ("/sandbox/history/file", test_file);
  g_test_add_func ("/sandbox/history/disputes", test_disputes);
  g_test_add_func ("/sandbox/history/bad-file", test_bad_file);

  return g_test_run ();
}

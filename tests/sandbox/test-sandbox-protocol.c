/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-sandbox-client.h"

#define INVALID "invalid_request_error"

static void
set_key (Client     *client,
         const char *key)
{
  g_free (client->key);
  client->key = g_strdup (key);
}

static void
use_once (Client     *client,
          const char *key)
{
  g_free (client->once);
  client->once = g_strdup (key);
}

/* Any test key opens the door, secret or restricted; every other one, and none, gets Stripe's
   401. */
static void
test_keys (void)
{
  static const char *const wrong[] = { "sk_live_1234567890", "pk_test_1", "sk_test_", "x", NULL };
  g_autoptr (Client) client = client_new (0);

  set_key (client, "rk_test_anything");
  g_assert_cmpuint (client_call (client, "GET", "/v1/account", NULL), ==, 200);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      set_key (client, wrong[i]);
      client_call (client, "GET", "/v1/account", NULL);
      client_expect_error (client, 401, INVALID, NULL, NULL);
    }
}

/* A wrong key is not repeated whole, and a key as the user of Basic is as good as a bearer's. */
static void
test_key_forms (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char *pair = g_base64_encode ((const guchar *) "sk_test_abc:", 12);
  g_autofree char *basic = g_strconcat ("Basic ", pair, NULL);

  set_key (client, "sk_live_abcdefghijklmnop");
  client_call (client, "GET", "/v1/account", NULL);
  g_assert_null (strstr (client_text (client, "error.message"), "abcdefgh"));

  set_key (client, NULL);
  message = client_message (client, "GET", "/v1/account", NULL);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", basic);
  soup_session_send_async (client->session, message, 0, NULL, NULL, NULL);
  while (soup_message_get_status (message) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
}

/* Every answer says which request and which version it is of. */
static void
test_headers (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *first = NULL;

  client_call (client, "GET", "/v1/customers", NULL);
  first = g_strdup (client_header (client, "Request-Id"));
  g_assert_true (g_str_has_prefix (first, "req_"));
  g_assert_cmpstr (client_header (client, "Stripe-Version"), ==, "2026-10-28.endive");

  client_call (client, "GET", "/v1/nothing", NULL);
  client_expect_error (client, 404, INVALID, NULL, NULL);
  g_assert_cmpstr (client_header (client, "Request-Id"), !=, first);
  g_assert_nonnull (strstr (client_text (client, "error.message"), "Unrecognized request URL"));
}

/* Forms nest, in both ways of writing a list, escaped or not; an empty value unsets. */
static void
test_forms (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *path = NULL;
  g_autofree char *id = client_make (
    client, "/v1/customers",
    "name=Zo%C3%AB+%26+Co&address%5Bcity%5D=Basel&metadata[a]=1&metadata[b]=x%3Dy"
    "&preferred_locales[]=de&preferred_locales[]=fr&description=d");

  g_assert_cmpstr (client_text (client, "name"), ==, "Zoë & Co");
  g_assert_cmpstr (client_text (client, "address.city"), ==, "Basel");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "address.line1")));
  g_assert_cmpstr (client_text (client, "metadata.b"), ==, "x=y");
  g_assert_cmpstr (client_text (client, "preferred_locales.1"), ==, "fr");

  path = g_strconcat ("/v1/customers/", id, NULL);
  client_call (client, "POST", path, "metadata[a]=&description=&preferred_locales[0]=it");
  g_assert_null (client_at (client, "metadata.a"));
  g_assert_cmpstr (client_text (client, "metadata.b"), ==, "x=y");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "description")));
  g_assert_cmpstr (client_text (client, "preferred_locales.0"), ==, "it");
  g_assert_null (client_at (client, "preferred_locales.1"));

  client_call (client, "POST", path, "metadata=");
  g_assert_null (client_at (client, "metadata.b"));
}

/* Nothing that a form can look like does more than get an answer. */
static void
test_hostile_forms (void)
{
  static const char *const forms[] = {
    "",      "&",     "=",     "[]=1",  "[a]=1",       "a[=1",        "name]=1",     "name[=1",
    "%",     "%zz=1", "name=%00", "name=%ff%fe", "name[a]=1", "metadata=x", "metadata[]=1",
    "metadata[a]=1&metadata=2", "metadata[a]=1&metadata[a][b]=2", "expand=1", "expand[a][b]=1",
    "expand[]=.", "expand[]=", "expand[]=..", "balance[]=1", "preferred_locales[5]=de",
  };
  g_autoptr (Client) client = client_new (0);
  g_autoptr (GString) deep = g_string_new ("metadata");

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      guint status = client_call (client, "POST", "/v1/customers", forms[i]);

      g_test_message ("%s: %u", forms[i], status);
      g_assert_true (status == 200 || status == 400);
    }

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "[a]");
  g_string_append (deep, "=1");
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", deep->str), ==, 400);
}

/* What a parameter may be is checked before anything is done, and said with Stripe's codes. */
static void
test_parameters (void)
{
  static const struct
  {
    const char *path;
    const char *form;
    const char *code;
    const char *param;
  } cases[] = {
    { "/v1/customers", "nme=x", "parameter_unknown", "nme" },
    { "/v1/customers", "address[zip]=1", "parameter_unknown", "address[zip]" },
    { "/v1/customers", "tax_exempt=maybe", NULL, "tax_exempt" },
    { "/v1/customers", "metadata[a][b]=1", NULL, "metadata[a]" },
    { "/v1/payment_intents", "currency=usd", "parameter_missing", "amount" },
    { "/v1/payment_intents", "amount=1000", "parameter_missing", "currency" },
    { "/v1/payment_intents", "amount=10.00&currency=usd", "parameter_invalid_integer", "amount" },
    { "/v1/payment_intents", "amount=&currency=usd", "parameter_invalid_empty", "amount" },
    { "/v1/payment_intents", "amount=0&currency=usd", "parameter_invalid_integer", "amount" },
    { "/v1/payment_intents", "amount=49&currency=usd", "amount_too_small", "amount" },
    { "/v1/payment_intents", "amount=100000000&currency=usd", "amount_too_large", "amount" },
    { "/v1/payment_intents", "amount=1000&currency=zzz", NULL, "currency" },
    { "/v1/payment_intents", "amount=1000&currency=usd&confirm=yes", NULL, "confirm" },
    { "/v1/payment_intents", "amount=1000&currency=usd&customer=cus_x", "resource_missing",
      "customer" },
    { "/v1/payment_intents", "amount=1000&currency=usd&payment_method=pm_x", "resource_missing",
      "payment_method" },
    { "/v1/payment_intents", "amount=1000&currency=usd&expand[]=nothing", NULL, "expand" },
    { "/v1/refunds", "reason=why", NULL, "reason" },
    { "/v1/refunds", "charge=ch_x", "resource_missing", "charge" },
  };
  g_autoptr (Client) client = client_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s %s", cases[i].path, cases[i].form);
      client_call (client, "POST", cases[i].path, cases[i].form);
      client_expect_error (client, 400, INVALID, cases[i].code, cases[i].param);
    }

  client_call (client, "GET", "/v1/events", NULL);
  g_assert_null (client_at (client, "data.0"));
}

/* Metadata has Stripe's limits: fifty keys of forty characters, values of five hundred. */
static void
test_metadata_limits (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autoptr (GString) form = g_string_new ("name=a");
  g_autofree char *value = g_strnfill (500, 'v');
  g_autofree char *fits = g_strconcat ("metadata[k]=", value, NULL);
  g_autofree char *long_value = g_strconcat (fits, "v", NULL);
  g_autofree char *key = g_strnfill (41, 'k');
  g_autofree char *long_key = g_strconcat ("metadata[", key, "]=v", NULL);

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (form, "&metadata[k%u]=v", i);
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", form->str), ==, 200);
  g_string_append (form, "&metadata[k50]=v");
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", form->str), ==, 400);
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", fits), ==, 200);
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", long_value), ==, 400);
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", long_key), ==, 400);
}

/* No name is special, not even one that the sandbox uses for itself where it keeps objects. */
static void
test_metadata_names (void)
{
  static const char *const names[] = { "~", "~~", "~-", "-", "_", "object" };
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = NULL;
  g_autoptr (GString) form = g_string_new ("name=a");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (form, "&metadata[%s]=charge", names[i]);
  id = client_make (client, "/v1/customers", form->str);
  client_look (client, "/v1/customers/", id);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("metadata.", names[i], NULL);

      g_assert_cmpstr (client_text (client, path), ==, "charge");
    }
  g_assert_cmpuint (json_object_get_size (json_node_get_object (client_at (client, "metadata"))),
                    ==, G_N_ELEMENTS (names));
  client_call (client, "GET", "/v1/events?limit=1", NULL);
  g_assert_cmpstr (client_text (client, "data.0.data.object.metadata.~"), ==, "charge");
}

/* The same key gives the same answer and does nothing more; other parameters, another place: an
   error. */
static void
test_idempotency (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = NULL;

  use_once (client, "k1");
  id = client_make (client, "/v1/customers", "name=Ann");
  g_assert_null (client_header (client, "Idempotent-Replayed"));
  g_assert_cmpstr (client_header (client, "Idempotency-Key"), ==, "k1");

  use_once (client, "k1");
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", "name=Ann"), ==, 200);
  g_assert_cmpstr (client_text (client, "id"), ==, id);
  g_assert_cmpstr (client_header (client, "Idempotent-Replayed"), ==, "true");

  use_once (client, "k1");
  client_call (client, "POST", "/v1/customers", "name=Bob");
  client_expect_error (client, 400, "idempotency_error", NULL, NULL);
  use_once (client, "k1");
  client_call (client, "POST", "/v1/payment_intents", "amount=1000&currency=usd");
  client_expect_error (client, 400, "idempotency_error", NULL, NULL);

  client_call (client, "GET", "/v1/customers", NULL);
  g_assert_null (client_at (client, "data.1"));
}

/* A decline is replayed, as it was executed; a wrong parameter is not, and its key stays free. */
static void
test_idempotency_of_errors (void)
{
  static const char declined[] =
    "amount=1000&currency=usd&confirm=true&payment_method=pm_card_visa_chargeDeclined";
  g_autoptr (Client) client = client_new (0);
  g_autofree char *charge = NULL;

  use_once (client, "k1");
  g_assert_cmpuint (client_call (client, "POST", "/v1/payment_intents", declined), ==, 402);
  charge = g_strdup (client_text (client, "error.charge"));
  use_once (client, "k1");
  g_assert_cmpuint (client_call (client, "POST", "/v1/payment_intents", declined), ==, 402);
  g_assert_cmpstr (client_text (client, "error.charge"), ==, charge);
  g_assert_cmpstr (client_header (client, "Idempotent-Replayed"), ==, "true");

  use_once (client, "k2");
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", "nme=x"), ==, 400);
  use_once (client, "k2");
  g_assert_cmpuint (client_call (client, "POST", "/v1/customers", "name=x"), ==, 200);
}

/* A day later a key means a new operation. */
static void
test_idempotency_expires (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = NULL;

  use_once (client, "k1");
  id = client_make (client, "/v1/customers", "name=Ann");
  g_free (client_make (client, "/sandbox/clock", "advance=86400"));
  use_once (client, "k1");
  client_call (client, "POST", "/v1/customers", "name=Ann");
  g_assert_cmpstr (client_text (client, "id"), !=, id);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  guint *left = user_data;
  g_autoptr (GBytes) bytes =
    soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  g_assert_nonnull (bytes);
  (*left)--;
}

/* While a request is executed, a second one under its key is refused, and only one customer is
   made. */
static void
test_idempotency_in_use (void)
{
  g_autoptr (Client) client = client_new (300);
  g_autoptr (SoupMessage) first = NULL;
  g_autoptr (SoupMessage) second = NULL;
  guint left = 2;
  guint one, other;

  use_once (client, "k1");
  first = client_message (client, "POST", "/v1/customers", "name=Ann");
  use_once (client, "k1");
  second = client_message (client, "POST", "/v1/customers", "name=Ann");
  soup_session_send_and_read_async (client->session, first, 0, NULL, answered_cb, &left);
  soup_session_send_and_read_async (client->session, second, 0, NULL, answered_cb, &left);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);

  one = soup_message_get_status (first);
  other = soup_message_get_status (second);
  g_assert_cmpuint (MIN (one, other), ==, 200);
  g_assert_cmpuint (MAX (one, other), ==, 409);

  client_call (client, "GET", "/v1/customers", NULL);
  g_assert_null (client_at (client, "data.1"));
}

/* A server goes while requests wait for their answers, and takes them along. */
static void
test_end_while_waiting (void)
{
  Client *client = client_new (10000);
  g_autoptr (SoupMessage) message = client_message (client, "GET", "/v1/customers", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 5;

  soup_session_send_async (client->session, message, 0, cancellable, NULL, NULL);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  client_free (client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static char *
page_name (Client *client,
           guint   place)
{
  g_autofree char *path = g_strdup_printf ("data.%u.name", place);

  return g_strdup (client_text (client, path));
}

static void
expect_page (Client     *client,
             const char *query,
             const char *names,
             gboolean    more)
{
  g_autofree char *path = g_strconcat ("/v1/customers", query, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = page_name (client, i);

      if (name == NULL)
        break;
      g_string_append (found, name);
    }
  g_assert_cmpstr (found->str, ==, names);
  g_assert_true (client_true (client, "has_more") == more);
  g_assert_cmpstr (client_text (client, "url"), ==, "/v1/customers");
}

/* Pages go from new to old; before a cursor come the nearest ones, still newest first. */
static void
test_pages (void)
{
  static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };
  g_autoptr (Client) client = client_new (0);
  g_autofree char *after_i = NULL;
  g_autofree char *before_c = NULL;
  char *ids[G_N_ELEMENTS (names)] = { NULL };
  g_autofree char *gone = NULL;

  expect_page (client, "", "", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *form = g_strconcat ("name=", names[i], NULL);

      ids[i] = client_make (client, "/v1/customers", form);
    }

  expect_page (client, "", "lkjihgfedc", TRUE);
  expect_page (client, "?limit=100", "lkjihgfedcba", FALSE);
  expect_page (client, "?limit=12", "lkjihgfedcba", FALSE);
  expect_page (client, "?limit=11", "lkjihgfedcb", TRUE);
  after_i = g_strdup_printf ("?limit=3&starting_after=%s", ids[8]);
  expect_page (client, after_i, "hgf", TRUE);
  before_c = g_strdup_printf ("?limit=3&ending_before=%s", ids[2]);
  expect_page (client, before_c, "fed", TRUE);

  gone = g_strconcat ("/v1/customers/", ids[7], NULL);
  client_call (client, "DELETE", gone, NULL);
  expect_page (client, after_i, "gfe", TRUE);

  client_call (client, "GET", "/v1/customers?limit=101", NULL);
  client_expect_error (client, 400, INVALID, "parameter_invalid_integer", "limit");
  client_call (client, "GET", "/v1/customers?starting_after=cus_x", NULL);
  client_expect_error (client, 400, INVALID, "resource_missing", "starting_after");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_clear_pointer (&ids[i], g_free);
}

/* Lists can be cut by when something was made, and by the members that Stripe filters by. */
static void
test_filters (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *query = NULL;
  g_autofree char *id = client_make (client, "/v1/customers", "name=a&email=a@x.org");
  g_autofree char *path = g_strconcat ("/v1/customers/", id, NULL);
  gint64 then;

  client_call (client, "GET", "/sandbox/clock", NULL);
  then = client_int (client, "now") + 500;
  g_free (client_make (client, "/sandbox/clock", "advance=1000"));
  g_free (client_make (client, "/v1/customers", "name=b&email=b@x.org"));

  query = g_strdup_printf ("?created[gte]=%" G_GINT64_FORMAT, then);
  expect_page (client, query, "b", FALSE);
  g_free (query);
  query = g_strdup_printf ("?created[lt]=%" G_GINT64_FORMAT, then);
  expect_page (client, query, "a", FALSE);

  expect_page (client, "?email=a@x.org", "a", FALSE);
  g_free (client_make (client, path, "email=c@x.org"));
  expect_page (client, "?email=a@x.org", "", FALSE);
  expect_page (client, "?email=c@x.org", "a", FALSE);
  client_call (client, "GET", "/v1/customers?created[around]=5", NULL);
  client_expect_error (client, 400, INVALID, "parameter_unknown", "created[around]");
}

/* A deleted customer answers with what is left, is in no list and cannot be changed. */
static void
test_deleted (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_make (client, "/v1/customers", "name=a");
  g_autofree char *path = g_strconcat ("/v1/customers/", id, NULL);
  g_autofree char *form = g_strdup_printf ("amount=1000&currency=usd&customer=%s", id);

  g_assert_cmpuint (client_call (client, "DELETE", path, NULL), ==, 200);
  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  g_assert_true (client_true (client, "deleted"));
  g_assert_null (client_at (client, "name"));
  expect_page (client, "", "", FALSE);
  client_call (client, "POST", path, "name=b");
  client_expect_error (client, 404, INVALID, "resource_missing", "id");
  client_call (client, "POST", "/v1/payment_intents", form);
  client_expect_error (client, 400, INVALID, "resource_missing", "customer");
}

/* Ids become objects where that is asked for, through lists and four levels deep, and nowhere
   else. */
static void
test_expand (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *customer = client_make (client, "/v1/customers", "name=a");
  g_autofree char *form = g_strdup_printf ("amount=1000&currency=usd&customer=%s&confirm=true"
                                           "&payment_method=pm_card_visa&expand[]=customer",
                                           customer);

  g_free (client_make (client, "/v1/payment_intents", form));
  g_assert_cmpstr (client_text (client, "customer.name"), ==, "a");
  g_assert_nonnull (client_text (client, "latest_charge"));

  client_call (client, "GET",
               "/v1/payment_intents?expand[]=data.latest_charge.balance_transaction.source"
               "&expand[]=data.latest_charge.refunds",
               NULL);
  g_assert_cmpint (client_int (client, "data.0.latest_charge.balance_transaction.source.amount"),
                   ==, 1000);
  g_assert_nonnull (client_at (client, "data.0.latest_charge.refunds.data"));
  g_assert_cmpstr (client_text (client, "data.0.customer"), ==, customer);

  client_call (client, "GET", "/v1/charges?expand[]=data.amount", NULL);
  client_expect_error (client, 400, INVALID, NULL, "expand");
  client_call (client, "GET", "/v1/charges?expand[]=data.a.b.c.d", NULL);
  client_expect_error (client, 400, INVALID, NULL, "expand");
}

/* Each change tells an event: what it is now, what it was, and which request did it. */
static void
test_events (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_make (client, "/v1/customers", "name=a&metadata[k]=v");
  g_autofree char *path = g_strconcat ("/v1/customers/", id, NULL);
  g_autofree char *request = NULL;
  g_autofree char *event = NULL;
  g_autofree char *event_path = NULL;

  use_once (client, "k1");
  g_free (client_make (client, path, "name=b&metadata[k]=w"));
  request = g_strdup (client_header (client, "Request-Id"));
  g_free (client_make (client, path, "name=b"));

  client_call (client, "GET", "/v1/events", NULL);
  g_assert_null (client_at (client, "data.2"));
  g_assert_cmpstr (client_text (client, "data.0.type"), ==, "customer.updated");
  g_assert_cmpstr (client_text (client, "data.0.data.object.name"), ==, "b");
  g_assert_cmpstr (client_text (client, "data.0.data.previous_attributes.name"), ==, "a");
  g_assert_cmpstr (client_text (client, "data.0.data.previous_attributes.metadata.k"), ==, "v");
  g_assert_null (client_at (client, "data.0.data.previous_attributes.email"));
  g_assert_cmpstr (client_text (client, "data.0.request.id"), ==, request);
  g_assert_cmpstr (client_text (client, "data.0.request.idempotency_key"), ==, "k1");
  g_assert_cmpstr (client_text (client, "data.1.data.object.name"), ==, "a");

  event = g_strdup (client_text (client, "data.0.id"));
  client_call (client, "GET", "/v1/events?type=customer.*&limit=1", NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, event);
  client_call (client, "GET", "/v1/events?types[]=customer.created&types[]=x", NULL);
  g_assert_null (client_at (client, "data.1"));
  event_path = g_strconcat ("/v1/events/", event, NULL);
  g_assert_cmpuint (client_call (client, "GET", event_path, NULL), ==, 200);
}

/* After thirty days an event is gone, as a cursor too. */
static void
test_events_expire (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *query = NULL;

  g_free (client_make (client, "/v1/customers", "name=a"));
  client_call (client, "GET", "/v1/events", NULL);
  query = g_strconcat ("/v1/events?ending_before=", client_text (client, "data.0.id"), NULL);
  g_assert_cmpuint (client_call (client, "GET", query, NULL), ==, 200);

  g_free (client_make (client, "/sandbox/clock", "advance=2592001"));
  client_call (client, "GET", query, NULL);
  client_expect_error (client, 400, INVALID, "resource_missing", "ending_before");
  client_call (client, "GET", "/v1/events", NULL);
  g_assert_null (client_at (client, "data.0"));
}

/* Every key belongs to one account, which has a bank account; another's is not to be seen. */
static void
test_account (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  client_call (client, "GET", "/v1/account", NULL);
  g_assert_true (client_true (client, "charges_enabled"));
  g_assert_cmpstr (client_text (client, "external_accounts.data.0.last4"), ==, "6789");
  id = g_strdup (client_text (client, "id"));
  path = g_strconcat ("/v1/accounts/", id, NULL);
  client_call (client, "GET", path, NULL);
  g_assert_cmpstr (client_text (client, "id"), ==, id);
  client_call (client, "GET", "/v1/accounts/acct_other", NULL);
  client_expect_error (client, 403, INVALID, "account_invalid", NULL);
}

/* Equal seeds and requests give equal ids, with Stripe's prefixes. */
static void
test_ids (void)
{
  g_autoptr (Client) one = client_new (0);
  g_autoptr (Client) other = client_new (0);
  g_autofree char *first = client_make (one, "/v1/customers", "name=a");
  g_autofree char *second = client_make (other, "/v1/customers", "name=a");
  g_autofree char *third = client_make (other, "/v1/customers", "name=a");

  g_assert_true (g_str_has_prefix (first, "cus_"));
  g_assert_cmpuint (strlen (first), ==, 18);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/protocol/keys", test_keys);
  g_test_add_func ("/sandbox/protocol/key-forms", test_key_forms);
  g_test_add_func ("/sandbox/protocol/headers", test_headers);
  g_test_add_func ("/sandbox/protocol/forms", test_forms);
  g_test_add_func ("/sandbox/protocol/forms/hostile", test_hostile_forms);
  g_test_add_func ("/sandbox/protocol/parameters", test_parameters);
  g_test_add_func ("/sandbox/protocol/metadata-limits", test_metadata_limits);
  g_test_add_func ("/sandbox/protocol/metadata-names", test_metadata_names);
  g_test_add_func ("/sandbox/protocol/idempotency", test_idempotency);
  g_test_add_func ("/sandbox/protocol/idempotency/errors", test_idempotency_of_errors);
  g_test_add_func ("/sandbox/protocol/idempotency/expires", test_idempotency_expires);
  g_test_add_func ("/sandbox/protocol/idempotency/in-use", test_idempotency_in_use);
  g_test_add_func ("/sandbox/protocol/end-while-waiting", test_end_while_waiting);
  g_test_add_func ("/sandbox/protocol/pages", test_pages);
  g_test_add_func ("/sandbox/protocol/filters", test_filters);
  g_test_add_func ("/sandbox/protocol/deleted", test_deleted);
  g_test_add_func ("/sandbox/protocol/expand", test_expand);
  g_test_add_func ("/sandbox/protocol/events", test_events);
  g_test_add_func ("/sandbox/protocol/events/expire", test_events_expire);
  g_test_add_func ("/sandbox/protocol/account", test_account);
  g_test_add_func ("/sandbox/protocol/ids", test_ids);
  return g_test_run ();
}

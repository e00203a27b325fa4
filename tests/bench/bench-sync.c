/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libsoup/soup.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "billing-bench.h"
#include "billing-desk-posting.h"
#include "billing-mirror.h"
#include "billing-stripe-sync.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"

/*
 * What it costs to fill the mirror, over fetching the same pages and inserting them with json_each into the same tables and indices; how near it
 * comes to the rate that Stripe allows where Stripe is far away; what memory it takes; and what posting costs over the bare filling.
 */

#define KEY "sk_test_bench"
#define MEMORY_LIMIT (150 * G_GINT64_CONSTANT (1048576))

/* What a test account may ask for in a second. */
#define RATE 25

typedef struct {
  GSubprocess *server;
  char *url;
} Server;

/* In a process of its own, whose work does not count. */
static void
start (Server     *self,
       gint64      n_payments,
       const char *latency)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n_payments);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;

  self->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("BILLING_SANDBOX"), "--port", "0",
                                   "--payments", number, "--latency", latency, NULL);
  if (self->server == NULL)
    g_error ("%s", error->message);

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  self->url = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_nonnull (self->url);
}

static void
stop (Server *self)
{
  g_subprocess_force_exit (self->server);
  g_subprocess_wait (self->server, NULL, NULL);
  g_clear_object (&self->server);
  g_clear_pointer (&self->url, g_free);
}

/* A clock that nobody waits for, from any thread: what is measured is the work. */
static GMutex clock_mutex;
static gint64 clock_now;

static gint64
get_time_cb (gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_mutex);

  return clock_now;
}

static gboolean
wait_cb (gpointer       data,
         gint64         until,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&clock_mutex);

  clock_now = MAX (clock_now, until);
  return TRUE;
}

static guint32
get_random_cb (gpointer data)
{
  return 0;
}

static const BillingStripeClock quick_clock = { get_time_cb, wait_cb, get_random_cb, NULL };

static guint64
fill (const char               *url,
      const BillingStripeClock *clock)
{
  g_autofree char *folder = billing_test_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeClient) client = billing_stripe_client_new_full (url, KEY, 0, clock, &error);
  g_autoptr (BillingMirror) mirror = billing_mirror_open (folder, &error);
  BillingStripeSyncSummary summary = { 0 };
  guint64 requests;

  if (client == NULL || mirror == NULL ||
      !billing_stripe_sync (client, mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL, &error))
    g_error ("%s", error->message);

  requests = summary.requests;
  billing_stripe_sync_summary_clear (&summary);
  g_clear_pointer (&mirror, billing_mirror_close);
  billing_test_folder_remove (g_steal_pointer (&folder));
  return requests;
}

/* The bare filling. */
typedef struct {
  const char *url;
  SoupSession *session;
  sqlite3 *db;
  sqlite3_stmt *insert;
} Bare;

static GBytes *
fetch (Bare       *self,
       const char *path)
{
  g_autofree char *address = g_strconcat (self->url, "/v1/", path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GError) error = NULL;
  GBytes *body;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", "Bearer " KEY);
  body = soup_session_send_and_read (self->session, message, NULL, &error);
  if (body == NULL || soup_message_get_status (message) != SOUP_STATUS_OK)
    g_error ("%s: %u", path, soup_message_get_status (message));

  return body;
}

static void
execute (sqlite3    *db,
         const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static int
store (Bare   *self,
       GBytes *page)
{
  gsize size;
  const char *text = g_bytes_get_data (page, &size);
  int n_rows;

  execute (self->db, "BEGIN IMMEDIATE");
  sqlite3_bind_text (self->insert, 1, text, (int) size, SQLITE_STATIC);
  if (sqlite3_step (self->insert) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (self->db));
  n_rows = sqlite3_changes (self->db);
  sqlite3_reset (self->insert);
  execute (self->db, "COMMIT");
  return n_rows;
}

static char *
ask_text (Bare       *self,
          const char *sql,
          GBytes     *page)
{
  gsize size;
  const char *text = g_bytes_get_data (page, &size);
  sqlite3_stmt *stmt;
  char *answer = NULL;

  sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL);
  sqlite3_bind_text (stmt, 1, text, (int) size, SQLITE_STATIC);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  return answer;
}

/* A page that is not full is the last; what was stored last is where the next one begins. @last asks for its id. */
static void
list (Bare       *self,
      const char *path,
      const char *last)
{
  g_autofree char *cursor = NULL;
  gboolean is_first = TRUE;

  while (is_first || cursor != NULL)
    {
      g_autofree char *page_path = g_strdup_printf ("%s%slimit=100%s%s", path, strchr (path, '?') != NULL ? "&" : "?",
                                                    is_first ? "" : "&starting_after=", is_first ? "" : cursor);
      g_autoptr (GBytes) page = fetch (self, page_path);
      gboolean is_full = store (self, page) == 100;

      g_free (cursor);
      cursor = is_full ? ask_text (self, last, page) : NULL;
      is_first = FALSE;
    }
}

static char *
build_insert (const BillingMirrorKind *kind)
{
  g_autoptr (GString) names = g_string_new ("fetched, json");
  g_autoptr (GString) values = g_string_new ("1, value");

  for (guint i = 0; kind->columns[i].name != NULL; i++)
    {
      const BillingMirrorColumn *column = &kind->columns[i];
      gboolean is_number = column->type == BILLING_MIRROR_INTEGER || column->type == BILLING_MIRROR_BOOLEAN;

      g_string_append_printf (names, ", %s", column->name);
      g_string_append_printf (values, is_number ? ", ifnull (value ->> '$.%s', 0)" : ", value ->> '$.%s'", column->path);
    }

  return g_strdup_printf ("INSERT INTO %s (%s) SELECT %s FROM json_each (?1, '$.data') WHERE true"
                          " ON CONFLICT (id) DO UPDATE SET json = excluded.json", kind->table, names->str, values->str);
}

static void
list_with (Bare       *self,
           const char *sql,
           const char *path,
           const char *last)
{
  if (sqlite3_prepare_v2 (self->db, sql, -1, &self->insert, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (self->db));

  list (self, path, last);
  sqlite3_finalize (self->insert);
}

static GPtrArray *
list_payouts (Bare *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt;

  sqlite3_prepare_v2 (self->db, "SELECT id FROM payouts WHERE automatic", -1, &stmt, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  sqlite3_finalize (stmt);
  return ids;
}

static void
list_contents (Bare *self)
{
  g_autoptr (GPtrArray) ids = list_payouts (self);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = ids->pdata[i];
      g_autofree char *path = g_strconcat ("balance_transactions?payout=", id, NULL);
      g_autofree char *sql = g_strdup_printf ("INSERT OR IGNORE INTO payout_items SELECT value ->> '$.id', '%s'"
                                              " FROM json_each (?1, '$.data')", id);

      list_with (self, sql, path, "SELECT ?1 ->> '$.data[#-1].id'");
    }
}

/* The same tables and indices, made by the program itself; what fills the queues is not theirs. */
static void
open_bare (Bare       *self,
           const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "stripe.db", NULL);
  g_autoptr (GError) error = NULL;
  static const char * const triggers[] = {
    "payment_intents_new", "payment_intents_changed", "charges_new", "charges_changed", "stripe_refunds_new",
    "stripe_refunds_changed", "disputes_new", "disputes_changed", "balance_transactions_new",
    "payment_intents_words_new", "payment_intents_words_changed", "charges_words_new", "charges_words_changed",
    "customers_words_new", "customers_words_changed",
  };

  if (!billing_mirror_prepare (folder, &error) || sqlite3_open (path, &self->db) != SQLITE_OK)
    g_error ("%s", error != NULL ? error->message : sqlite3_errmsg (self->db));

  execute (self->db, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384");
  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TRIGGER %s", triggers[i]);

      execute (self->db, sql);
    }
}

static void
fill_bare (const char *url)
{
  g_autofree char *folder = billing_test_folder ();
  g_autoptr (SoupSession) session = soup_session_new ();
  Bare self = { .url = url, .session = session };
  const BillingMirrorKind *kind;

  open_bare (&self, folder);
  for (guint i = 0; (kind = billing_mirror_kind_nth (i)) != NULL; i++)
    {
      g_autofree char *sql = build_insert (kind);
      g_autofree char *last = g_strdup_printf ("SELECT id FROM %s WHERE pk = last_insert_rowid ()", kind->table);

      if (!g_str_equal (kind->table, "events"))
        list_with (&self, sql, kind->path, last);
    }
  list_contents (&self);

  sqlite3_close (self.db);
  billing_test_folder_remove (g_steal_pointer (&folder));
}

static gint64
get_time (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static gint64
get_peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss * G_GINT64_CONSTANT (1024);
}

/* Returns what the bare filling took, in nanoseconds of CPU. */
static gint64
compare_filling (gint64    n_payments,
                 gboolean *kept)
{
  gint64 ours = G_MAXINT64;
  gint64 bare = G_MAXINT64;
  gint64 memory = 0;
  Server server;

  start (&server, n_payments, "0");
  for (guint run = 0; run < 2; run++)
    {
      gint64 begun = get_time (CLOCK_PROCESS_CPUTIME_ID);

      fill (server.url, &quick_clock);
      ours = MIN (ours, get_time (CLOCK_PROCESS_CPUTIME_ID) - begun);
      if (run == 0)
        memory = get_peak_memory ();

      begun = get_time (CLOCK_PROCESS_CPUTIME_ID);
      fill_bare (server.url);
      bare = MIN (bare, get_time (CLOCK_PROCESS_CPUTIME_ID) - begun);
    }
  stop (&server);

  *kept &= billing_bench_report ("filling the mirror, CPU : fetch + json_each, ns", ours, bare, 125, 0);
  *kept &= billing_bench_report ("peak memory of a sync : 150 MiB, bytes", memory, MEMORY_LIMIT, 100, 0);
  return bare;
}

/* Stripe is 200 ms away: the requests that were needed, in the time that the rate allows for them. */
static void
compare_rate (gboolean *kept)
{
  gint64 begun;
  guint64 requests;
  Server server;

  start (&server, 10000, "200");
  begun = get_time (CLOCK_MONOTONIC);
  requests = fill (server.url, NULL);
  *kept &= billing_bench_report ("filling with 200 ms at the server : the rate allowed, ns",
                                 get_time (CLOCK_MONOTONIC) - begun,
                                 (gint64) requests * (G_GINT64_CONSTANT (1000000000) / RATE), 111, 0);
  stop (&server);
}

/* Payments that were asked for. */
static const char asked_for[] =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
  " INSERT INTO payments (id, number, patient_id, amount, currency, status, created_at, submitted_at, patient_key)"
  " SELECT 'pay_b' || i, 'PAY-B' || i, p.id, 25000, 'USD', 'pending', 1790000000, 1790000000, p.sort_key"
  " FROM n, (SELECT id, sort_key FROM patients LIMIT 1) p";

static const char * const asked[] = {
  "INSERT INTO transactions (at, day, act, person, patient_id, payment_id, source)"
  " SELECT 1790000000, '2026-09-21', 'submit', 'bench', patient_id, id, id || ':submit' FROM payments"
  " WHERE number LIKE 'PAY-B%'",
  "INSERT INTO postings (transaction_pk, account, currency, amount)"
  " SELECT pk, 'patient-receivable', 'USD', 25000 FROM transactions WHERE person = 'bench'",
  "INSERT INTO postings (transaction_pk, account, currency, amount)"
  " SELECT pk, 'asked', 'USD', -25000 FROM transactions WHERE person = 'bench'",
};

static gboolean
ask (BillingConnection  *connection,
     gpointer            data,
     GCancellable       *cancellable,
     GError            **error)
{
  const gint64 *n_payments = data;
  gboolean success = billing_connection_run (connection, error, asked_for, "i", *n_payments);

  for (guint i = 0; success && i < G_N_ELEMENTS (asked); i++)
    success = billing_connection_execute (connection, asked[i], error);
  return success;
}

static void
put_charges (BillingMirror *mirror,
             gint64         n_payments)
{
  const BillingMirrorKind *kind = billing_mirror_kind_find ("charges");
  g_autoptr (GError) error = NULL;

  billing_mirror_begin (mirror, &error);
  for (gint64 i = 1; i <= n_payments; i++)
    {
      g_autofree char *charge = g_strdup_printf (
        "{\"id\":\"ch_b%" G_GINT64_FORMAT "\",\"object\":\"charge\",\"amount\":25000,\"amount_captured\":25000,"
        "\"captured\":true,\"created\":%" G_GINT64_FORMAT ",\"currency\":\"usd\",\"status\":\"succeeded\","
        "\"metadata\":{\"billing_payment\":\"pay_b%" G_GINT64_FORMAT "\"}}", i, 1790000000 + i * 60, i);

      if (!billing_mirror_put (mirror, kind, charge, strlen (charge), 1, &error))
        g_error ("%s", error->message);
    }
  billing_mirror_commit (mirror, &error);
  g_assert_no_error (error);
}

static void
compare_posting (gint64    n_payments,
                 gint64    bare,
                 gboolean *kept)
{
  BillingTestPractice practice;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingMirror) mirror = NULL;
  guint64 n_posted = 0;
  gint64 begun;

  billing_test_practice_set_up (&practice);
  billing_store_write (billing_desk_get_store (practice.desk), ask, &n_payments, NULL, &error);
  g_assert_no_error (error);
  mirror = billing_mirror_open (practice.folder, &error);
  put_charges (mirror, n_payments);

  begun = get_time (CLOCK_PROCESS_CPUTIME_ID);
  billing_desk_post_stripe (practice.desk, mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
  *kept &= billing_bench_report ("posting as many charges, CPU : the bare filling, ns",
                                 get_time (CLOCK_PROCESS_CPUTIME_ID) - begun, bare, 150, 0);
  g_assert_cmpuint (n_posted, >=, n_payments);

  g_clear_pointer (&mirror, billing_mirror_close);
  billing_test_practice_verify (&practice);
  billing_test_practice_tear_down (&practice);
}

int
main (void)
{
  const char *number = g_getenv ("BILLING_BENCH_CHARGES");
  gint64 n_payments = number != NULL ? g_ascii_strtoll (number, NULL, 10) : 100000;
  gboolean kept = TRUE;
  gint64 bare = compare_filling (n_payments, &kept);

  compare_posting (n_payments, bare, &kept);
  compare_rate (&kept);
  return kept ? 0 : 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconciliation"

#include "config.h"

#include "billing-reconciliation-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-day.h"

/*
 * Stripe's balance is the sum of all its transactions, so that a period is right where what stood at its start and everything in it come to
 * what stood at its end, and where the sum of all is what Stripe says that it holds now. An index has what is added up here:
 * balance_transactions_by_currency.
 */

#define ROWS " FROM mirror.balance_transactions WHERE deleted = 0 AND currency = ?1"

/* The first rows are named, all are counted. */
#define MAX_BREACHES 100

/* What Stripe's categories are in a statement. What is not here stands under its own word. */
static const struct {
  const char *category;
  const char *what;
} groups[] = {
  { "charge", "charges" },
  { "charge_failure", "charges" },
  { "partial_capture_reversal", "charges" },
  { "refund", "refunds" },
  { "refund_failure", "refunds" },
  { "dispute", "disputes" },
  { "dispute_reversal", "disputes" },
  { "fee", "fees" },
  { "network_cost", "fees" },
  { "payout", "payouts" },
  { "payout_reversal", "payouts" },
  { "other_adjustment", "adjustments" },
};

/* Those stand in every statement. */
static const struct {
  const char *what;
  const char *name;
} usual[] = {
  { "charges", N_("Payments") },
  { "refunds", N_("Refunds") },
  { "disputes", N_("Disputes") },
  { "fees", N_("Stripe’s fees") },
  { "payouts", N_("Payouts to the bank") },
  { "adjustments", N_("Adjustments") },
};

/* Without these nothing can be added up. */
static const struct {
  const char *stream;
  const char *name;
} needed[] = {
  { "balance_transactions", N_("balance transactions") },
  { "payouts", N_("payouts") },
  { "charges", N_("payments") },
  { "stripe_refunds", N_("refunds") },
  { "disputes", N_("disputes") },
};

void
billing_reconciliation_free (BillingReconciliation *self)
{
  g_free (self->currency);
  g_free (self->from);
  g_free (self->to);
  g_free (self->incomplete);
  g_free (self->unanchored);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * billing_reconciliation_fits:
 * @self: a reconciliation
 *
 * Returns: whether all of Stripe's past is here, and everything fits
 */
gboolean
billing_reconciliation_fits (BillingReconciliation *self)
{
  return self->incomplete == NULL && self->unanchored == NULL && self->difference == 0 && self->n_breaches == 0;
}

BillingReconciliationLine *
_billing_reconciling_add (BillingReconciling *self,
                          const char         *part,
                          const char         *what,
                          const char         *name,
                          gint64              amount)
{
  BillingReconciliationLine *line = billing_reconciliation_line_new (part, what, name);

  line->amount = amount;
  line->currency = g_strdup (self->result->currency);
  g_ptr_array_add (self->result->lines, line);
  return line;
}

BillingReconciliationLine *
_billing_reconciling_add_breach (BillingReconciling *self,
                                 const char         *what,
                                 const char         *about,
                                 gint64              amount,
                                 gint64              difference,
                                 char               *note)
{
  BillingReconciliationLine *line;

  if (self->result->n_breaches++ >= MAX_BREACHES)
    {
      g_free (note);
      return NULL;
    }

  line = _billing_reconciling_add (self, BILLING_RECONCILIATION_BREACH, what, about, amount);
  line->about = g_strdup (about);
  line->difference = difference;
  line->note = note;
  return line;
}

/* Whether all is here. */

/* What is listed goes from the newest down: what is newer than the lowest place reached is whole. */
static char *
describe_progress (BillingReconciling *self,
                   const char         *name,
                   gint64              n,
                   gint64              reached)
{
  g_autofree char *day = reached > 0 && reached < G_MAXINT64 ? billing_day_from_instant (reached, self->time_zone) : NULL;
  g_autofree char *shown = day != NULL ? billing_day_format (day, NULL) : NULL;

  if (n == 0 || shown == NULL)
    /* Translators: what is fetched from Stripe: balance transactions, payouts, … */
    return g_strdup_printf (_("Stripe’s %s are not here yet. Sync with Stripe, and come back when that is done."), name);

  /* Translators: how many, of what, and back to which day */
  return g_strdup_printf (_("Stripe’s past is still being fetched: %" PRId64 " %s so far, whole back to %s. "
                            "This is said when all of it is here."), n, name, shown);
}

static gboolean
check_stream (BillingReconciling  *self,
              const char          *stream,
              const char          *name,
              GError             **error)
{
  g_autofree char *counting = g_strdup_printf ("SELECT count (*) FROM mirror.%s", stream);
  g_autoptr (GError) own_error = NULL;
  g_autofree char *state = NULL;
  gint64 n, reached;

  state = billing_connection_get_text (self->connection, &own_error, "SELECT state FROM mirror.streams WHERE name = ?", "t",
                                       stream);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (g_strcmp0 (state, "done") == 0 || g_strcmp0 (state, "missing") == 0)
    return TRUE;
  if (g_strcmp0 (state, "denied") == 0)
    {
      self->result->incomplete = g_strdup_printf (_("The key may not read Stripe’s %s. Give it that permission in the Stripe Dashboard, "
                                                    "or use another key."), name);
      return TRUE;
    }

  if (!billing_connection_get_integer (self->connection, &n, error, counting, "") ||
      !billing_connection_get_integer (self->connection, &reached, error,
                                       "SELECT ifnull (max (reached), 0) FROM mirror.ranges WHERE stream = ?", "t", stream))
    return FALSE;

  self->result->incomplete = describe_progress (self, name, n, reached);
  return TRUE;
}

static gboolean
check_complete (BillingReconciling  *self,
                GError             **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (needed) && self->result->incomplete == NULL; i++)
    {
      if (!check_stream (self, needed[i].stream, _(needed[i].name), error))
        return FALSE;
    }

  return TRUE;
}

/* What moved. */

typedef struct {
  const char *what;  /* interned */
  gint64 n;
  gint64 amount;
} Group;

static Group *
find_group (GArray     *found,
            const char *what)
{
  Group group = { g_intern_string (what), 0, 0 };

  for (guint i = 0; i < found->len; i++)
    {
      Group *known = &g_array_index (found, Group, i);

      if (g_str_equal (known->what, what))
        return known;
    }

  g_array_append_val (found, group);
  return &g_array_index (found, Group, found->len - 1);
}

static const char *
get_what (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      if (g_strcmp0 (groups[i].category, category) == 0)
        return groups[i].what;
    }

  return category != NULL ? category : "other";
}

static const char *
get_name (const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      if (g_str_equal (usual[i].what, what))
        return _(usual[i].name);
    }

  return g_str_equal (what, "other") ? _("Other") : what;
}

static gboolean
read_groups (BillingReconciling  *self,
             GArray              *found,
             GError             **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection,
    "SELECT reporting_category, count (*), sum (amount), sum (fee)" ROWS
    " AND created >= ?2 AND created < ?3 GROUP BY 1 ORDER BY 1", error);
  gboolean row;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    find_group (found, usual[i].what);
  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, self->stripe_currency);
  billing_statement_bind_integer (statement, 2, self->since);
  billing_statement_bind_integer (statement, 3, self->until);
  while (billing_statement_step (statement, &row, error))
    {
      Group *group;

      if (!row)
        return TRUE;
      group = find_group (found, get_what (billing_statement_get_text (statement, 0)));
      group->n += billing_statement_get_integer (statement, 1);
      group->amount += billing_statement_get_integer (statement, 2);
      find_group (found, "fees")->amount -= billing_statement_get_integer (statement, 3);
    }

  return FALSE;
}

static gboolean
add_moved (BillingReconciling  *self,
           gint64              *moved,
           GError             **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Group));

  if (!read_groups (self, found, error))
    return FALSE;

  *moved = 0;
  for (guint i = 0; i < found->len; i++)
    {
      Group *group = &g_array_index (found, Group, i);
      BillingReconciliationLine *line;

      *moved += group->amount;
      line = _billing_reconciling_add (self, BILLING_RECONCILIATION_MOVED, group->what, get_name (group->what), group->amount);
      /* Most fees are parts of other rows. */
      line->count = g_str_equal (group->what, "fees") ? -1 : group->n;
    }

  return TRUE;
}

/* What a row is worth is what it moved less its fee: Stripe says all three. */
static gboolean
name_torn_rows (BillingReconciling  *self,
                GError             **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection,
    "SELECT (SELECT b.id FROM mirror.balance_transactions b WHERE b.pk = x.pk), net, net - amount + fee FROM"
    " (SELECT pk, net, amount, fee" ROWS " AND created >= ?2 AND created < ?3 AND net <> amount - fee) x", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, self->stripe_currency);
  billing_statement_bind_integer (statement, 2, self->since);
  billing_statement_bind_integer (statement, 3, self->until);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      _billing_reconciling_add_breach (self, "torn", billing_statement_get_text (statement, 0),
                                       billing_statement_get_integer (statement, 1), billing_statement_get_integer (statement, 2),
                                       g_strdup (_("This transaction’s net is not its amount less its fee.")));
    }

  return FALSE;
}

static gboolean
read_sum (BillingReconciling  *self,
          const char          *comparison,
          gint64               instant,
          gint64              *sum,
          GError             **error)
{
  g_autofree char *sql = g_strconcat ("SELECT ifnull (sum (net), 0)" ROWS " AND created ", comparison, " ?2", NULL);

  return billing_connection_get_integer (self->connection, sum, error, sql, "ti", self->stripe_currency, instant);
}

static gboolean
add_statement (BillingReconciling  *self,
               GError             **error)
{
  BillingReconciliation *result = self->result;
  gint64 moved, net;

  if (!read_sum (self, "<", self->since, &result->start, error) || !read_sum (self, "<", self->until, &result->end, error))
    return FALSE;

  _billing_reconciling_add (self, BILLING_RECONCILIATION_BALANCE, "start", _("Balance at the start"), result->start);
  if (!add_moved (self, &moved, error))
    return FALSE;

  net = result->end - result->start;
  _billing_reconciling_add (self, BILLING_RECONCILIATION_BALANCE, "end", _("Balance at the end"), result->end)->difference = net - moved;
  return net == moved || name_torn_rows (self, error);
}

/* What Stripe says now. */

#define PART(part) "SELECT value FROM mirror.singles s, json_each (s.json, '$." part "') WHERE s.name = 'balance'"

static gboolean
read_stripe (BillingReconciling  *self,
             GError             **error)
{
  BillingReconciliation *result = self->result;
  gint64 fetched;

  if (!billing_connection_get_integer (self->connection, &fetched, error,
                                       "SELECT ifnull (max (fetched), 0) FROM mirror.singles WHERE name = 'balance'", "") ||
      !billing_connection_get_integer (self->connection, &result->stripe, error,
                                       "SELECT ifnull (sum (value ->> '$.amount'), 0) FROM"
                                       " (" PART ("available") " UNION ALL " PART ("pending") ")"
                                       " WHERE value ->> '$.currency' = ?", "t", self->stripe_currency))
    return FALSE;

  result->balance_at = fetched / G_USEC_PER_SEC;
  if (fetched == 0)
    result->unanchored = g_strdup (_("Stripe’s own balance is not known here, so that the sum cannot be compared with it. "
                                     "Sync with Stripe; the key needs the permission to read the balance."));
  return TRUE;
}

static gboolean
add_anchor (BillingReconciling  *self,
            GError             **error)
{
  BillingReconciliation *result = self->result;
  gint64 since;
  BillingReconciliationLine *line;

  if (!read_sum (self, ">=", self->until, &since, error) || !read_stripe (self, error))
    return FALSE;

  result->now = result->end + since;
  _billing_reconciling_add (self, BILLING_RECONCILIATION_ANCHOR, "since", _("Moved since then"), since);
  _billing_reconciling_add (self, BILLING_RECONCILIATION_ANCHOR, "now", _("Balance now, by these transactions"), result->now);
  if (result->unanchored != NULL)
    return TRUE;

  result->difference = result->stripe - result->now;
  line = _billing_reconciling_add (self, BILLING_RECONCILIATION_ANCHOR, "stripe", _("Balance now, as Stripe says"), result->stripe);
  line->difference = result->difference;
  line->at = result->balance_at;
  return TRUE;
}

static gboolean
reconcile (BillingReconciling  *self,
           GError             **error)
{
  if (!check_complete (self, error) || !add_statement (self, error) || !add_anchor (self, error))
    return FALSE;
  if (self->result->incomplete != NULL)
    return TRUE;

  return _billing_reconciling_payouts (self, error) && _billing_reconciling_books (self, error) &&
         ((self->result->difference == 0 && self->result->n_breaches == 0) || _billing_reconciling_suspects (self, error));
}

/**
 * billing_reconciliation_read:
 * @connection: inside a transaction
 * @currency: ISO 4217
 * @from: the first day
 * @to: the last one
 * @time_zone: in which days begin
 * @error: return location for a #BillingStoreError
 *
 * Reads a period of Stripe's ledger from the mirror, and compares it with Stripe's balance, with its payouts and with the books.
 *
 * Returns: (transfer full) (nullable): what fits, and what does not
 */
BillingReconciliation *
billing_reconciliation_read (BillingConnection  *connection,
                             const char         *currency,
                             const char         *from,
                             const char         *to,
                             const char         *time_zone,
                             GError            **error)
{
  g_autoptr (BillingReconciliation) result = g_new0 (BillingReconciliation, 1);
  g_autofree char *stripe_currency = g_ascii_strdown (currency, -1);
  g_autofree char *next = billing_day_add (to, 1);
  BillingReconciling self = { result, connection, stripe_currency, time_zone, billing_day_start (from, time_zone),
                              billing_day_start (next, time_zone) };

  result->currency = g_ascii_strup (currency, -1);
  result->from = g_strdup (from);
  result->to = g_strdup (to);
  result->lines = g_ptr_array_new_with_free_func (g_object_unref);

  return reconcile (&self, error) ? g_steal_pointer (&result) : NULL;
}

/**
 * billing_reconciliation_list_currencies:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): in what Stripe holds or held money for the practice
 */
char **
billing_reconciliation_list_currencies (BillingConnection  *connection,
                                        GError            **error)
{
  g_autoptr (GPtrArray) currencies = g_ptr_array_new_with_free_func (g_free);
  /* From one to the next in the index, instead of over all rows. */
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "WITH RECURSIVE c (currency) AS ("
    " SELECT min (currency) FROM mirror.balance_transactions WHERE deleted = 0"
    " UNION ALL SELECT (SELECT min (b.currency) FROM mirror.balance_transactions b WHERE b.deleted = 0 AND b.currency > c.currency)"
    " FROM c WHERE c.currency IS NOT NULL)"
    " SELECT upper (currency) FROM c WHERE currency IS NOT NULL", error);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      if (!row)
        {
          g_ptr_array_add (currencies, NULL);
          return (char **) g_ptr_array_steal (currencies, NULL);
        }
      g_ptr_array_add (currencies, g_strdup (billing_statement_get_text (statement, 0)));
    }

  return NULL;
}

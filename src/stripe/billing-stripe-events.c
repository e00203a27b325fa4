/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-events"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-mirror-look.h"
#include "billing-mirror-row.h"
#include "billing-stripe-error.h"
#include "billing-stripe-round.h"

/*
 * Events are hints: each object that they name is asked for once more, and what they say of it themselves is never taken over. A page is
 * noted, and the cursor moved, after that. Stripe keeps events for thirty days and does not promise their order.
 *
 * In the mirror's state: events_cursor (the newest event that was dealt with), events_created (when that was), events_read (how often they
 * were read since the last overlap), money_due (1: something moved money, and the balance was not asked for since).
 */

/* Events can appear late, behind younger ones: every so often what came shortly before is looked at too. */
#define OVERLAP (60 * 60)
#define ROUNDS_TO_OVERLAP 10

#define PAGE_SIZE 100

/* Objects that were made within so many seconds of each other may be asked for by a list. */
#define YOUNG (2 * 24 * 60 * 60)

/* Where there is no other proof that nothing is missing. */
#define MAX_GAP (29 * 24 * 60 * 60)

static const BillingMirrorKind hint_kind = {
  .columns = {
    { "id", "id", BILLING_MIRROR_TEXT },
    { "created", "created", BILLING_MIRROR_INTEGER },
    { "type", "type", BILLING_MIRROR_TEXT },
    { "object", "data.object.object", BILLING_MIRROR_TEXT },
    { "object_id", "data.object.id", BILLING_MIRROR_TEXT },
    { "charge", "data.object.charge", BILLING_MIRROR_ID },
  },
};

enum { ID, CREATED, TYPE, OBJECT, OBJECT_ID, CHARGE };

/* Of one stream. */
typedef struct
{
  const BillingMirrorKind *kind;
  GHashTable *ids; /* (owned): id → when it was made, a gint64 *; 0: the event does not say */
} Changed;

/* What a page of events asks for. */
typedef struct
{
  GPtrArray *changed;         /* (owned): of Changed */
  GHashTable *refunds_of;     /* (owned): a set of ids of charges */
  guint n_new;                /* events */
  gboolean singles[BILLING_STRIPE_N_SINGLES];
  gboolean has_money;
} Wanted;

static void
changed_free (gpointer data)
{
  Changed *changed = data;

  g_hash_table_unref (changed->ids);
  g_free (changed);
}

static void
wanted_init (Wanted *self)
{
  memset (self, 0, sizeof *self);
  self->changed = g_ptr_array_new_with_free_func (changed_free);
  self->refunds_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
wanted_clear (Wanted *self)
{
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_pointer (&self->refunds_of, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

/* --- what is wanted --------------------------------------------------------------------------- */

static void
want (Wanted                  *self,
      const BillingMirrorKind *kind,
      const char              *id,
      gint64                   made)
{
  Changed *changed = NULL;
  gint64 *known;

  for (guint i = 0; i < self->changed->len && changed == NULL; i++)
    {
      Changed *other = g_ptr_array_index (self->changed, i);

      changed = other->kind == kind ? other : NULL;
    }
  if (changed == NULL)
    {
      changed = g_new0 (Changed, 1);
      changed->kind = kind;
      changed->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_ptr_array_add (self->changed, changed);
    }

  known = g_hash_table_lookup (changed->ids, id);
  if (known == NULL)
    {
      known = g_new0 (gint64, 1);
      g_hash_table_insert (changed->ids, g_strdup (id), known);
    }
  *known = MAX (*known, made);
}

static gboolean
moves_money (const char *type)
{
  const char *prefixes[] = { "charge.", "refund.", "payout.", "balance.", "topup.", "transfer." };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_str_has_prefix (type, prefixes[i]))
        return TRUE;
    }

  return FALSE;
}

static void
want_single (Wanted     *self,
             const char *object)
{
  const char *objects[BILLING_STRIPE_N_SINGLES] = { "account", "balance", "balance_settings", "tax.settings" };

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    self->singles[i] |= g_str_equal (object, objects[i]);
}

static void
want_by_hint (Wanted     *self,
              const char *type,
              const char *object,
              const char *id,
              gint64      made,
              const char *charge)
{
  const BillingMirrorKind *kind = object != NULL ? billing_mirror_kind_of_object (object) : NULL;

  self->has_money |= type != NULL && moves_money (type);
  if (object != NULL)
    want_single (self, object);
  if (kind != NULL && id != NULL && !g_str_equal (kind->table, "events"))
    want (self, kind, id, made);

  /* Older accounts have no events of refunds made in the Dashboard but these. */
  if (g_strcmp0 (type, "charge.refunded") == 0 && id != NULL)
    g_hash_table_add (self->refunds_of, g_strdup (id));
  if (g_strcmp0 (type, "charge.refund.updated") == 0 && charge != NULL)
    g_hash_table_add (self->refunds_of, g_strdup (charge));

  if (charge != NULL && type != NULL && (g_str_has_prefix (type, "charge.") || g_str_has_prefix (type, "refund.")))
    want (self, billing_mirror_kind_find ("charges"), charge, 0);
}

static char *
dup_cell (const BillingMirrorRow *row,
          guint                   i)
{
  return row->cells[i].is_set ? g_strndup (row->json->str + row->cells[i].start, row->cells[i].length) : NULL;
}

/* What else than an object of today's API may have there is no number that counts. */
static gint64
read_made (BillingStripePage *page,
           guint              i)
{
  static const BillingMirrorKind made_kind = {
    .columns = { { "id", "id", BILLING_MIRROR_TEXT }, { "made", "data.object.created", BILLING_MIRROR_INTEGER } },
  };
  const char *body = g_bytes_get_data (page->body, NULL);
  g_auto (BillingMirrorRow) row = { 0 };

  billing_mirror_row_init (&row);
  if (!billing_mirror_row_fill (&row, &made_kind, body + page->spans[i].offset, page->spans[i].length))
    return 0;
  return row.cells[1].integer;
}

/* Events that were dealt with before ask for nothing. */
static gboolean
read_hints (BillingStripeRound  *round,
            BillingStripePage   *page,
            Wanted              *wanted,
            gint64              *oldest,
            GError             **error)
{
  const char *body = g_bytes_get_data (page->body, NULL);
  g_auto (BillingMirrorRow) row = { 0 };

  billing_mirror_row_init (&row);
  for (guint i = 0; i < page->n_objects; i++)
    {
      g_autofree char *type = NULL, *object = NULL, *id = NULL, *charge = NULL;
      gboolean has;

      if (!billing_mirror_has_event (round->mirror, page->ids[i], &has, error))
        return FALSE;
      /* What is wrong with it will be said when it is put into the mirror. */
      if (!billing_mirror_row_fill (&row, &hint_kind, body + page->spans[i].offset, page->spans[i].length))
        continue;

      wanted->n_new += !has;
      *oldest = MIN (*oldest, row.cells[CREATED].integer);
      type = dup_cell (&row, TYPE);
      object = dup_cell (&row, OBJECT);
      id = dup_cell (&row, OBJECT_ID);
      charge = dup_cell (&row, CHARGE);
      if (!has)
        want_by_hint (wanted, type, object, id, read_made (page, i), charge);
    }

  return TRUE;
}

/* --- asking for it ---------------------------------------------------------------------------- */

static GPtrArray *
list_keys (GHashTable *set)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);

  return keys;
}

static gboolean
refunds_cb (BillingStripeRound  *round,
            const char          *charge,
            gpointer             unused,
            GError             **error)
{
  BillingStripeList list = {
    .kind = billing_mirror_kind_find ("stripe_refunds"), .filter = "charge", .value = charge,
  };

  return billing_stripe_list_again (round, &list, 100, NULL, NULL, error);
}

static gboolean
fetch_refunds (BillingStripeRound  *round,
               Wanted              *wanted,
               GError             **error)
{
  g_autoptr (GPtrArray) charges = list_keys (wanted->refunds_of);
  GError *problem = NULL;

  if (charges->len == 0 || !billing_stripe_round_is_open (round, "stripe_refunds") ||
      billing_stripe_round_each (round, charges, refunds_cb, NULL, &problem))
    return TRUE;

  if (g_error_matches (problem, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_PERMISSION))
    {
      billing_stripe_round_stop (round, "stripe_refunds", problem);
      return TRUE;
    }
  g_propagate_error (error, problem);
  return FALSE;
}

/* The young ones, which a list may have all at once, begin two days before the youngest. */
static gboolean
fetch_changed (BillingStripeRound  *round,
               Changed             *changed,
               GError             **error)
{
  g_autoptr (GPtrArray) ids = list_keys (changed->ids);
  gint64 youngest = 0, since;
  guint n_young = 0;

  for (guint i = 0; i < ids->len; i++)
    youngest = MAX (youngest, *(gint64 *) g_hash_table_lookup (changed->ids, g_ptr_array_index (ids, i)));
  since = MAX (youngest - YOUNG, 0);
  for (guint i = 0; i < ids->len; i++)
    n_young += *(gint64 *) g_hash_table_lookup (changed->ids, g_ptr_array_index (ids, i)) >= since;

  return billing_stripe_refetch (round, changed->kind, ids, since, n_young, error);
}

static gboolean
fetch_wanted (BillingStripeRound  *round,
              Wanted              *wanted,
              GError             **error)
{
  for (guint i = 0; i < wanted->changed->len; i++)
    {
      if (!fetch_changed (round, g_ptr_array_index (wanted->changed, i), error))
        return FALSE;
    }

  for (guint i = 0; i < BILLING_STRIPE_N_SINGLES; i++)
    {
      const char *name = billing_stripe_single_nth (i);

      /* The balance is asked for when all events are read. */
      if (wanted->singles[i] && !g_str_equal (name, "balance") && billing_stripe_round_is_open (round, name))
        billing_stripe_single_fetch (round, name);
    }

  return fetch_refunds (round, wanted, error);
}

/* --- a page ----------------------------------------------------------------------------------- */

static gboolean
keep_cursor (BillingStripeRound  *round,
             const char          *cursor,
             gint64               created,
             GError             **error)
{
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, created);

  return billing_mirror_set_state (round->mirror, "events_cursor", cursor, error) &&
         billing_mirror_set_state (round->mirror, "events_created", time, error);
}

/* @cursor NULL: it stays. */
static gboolean
keep_page (BillingStripeRound  *round,
           BillingStripePage   *page,
           Wanted              *wanted,
           gint64               fetched,
           const char          *cursor,
           gint64               created,
           GError             **error)
{
  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;

  if (billing_stripe_round_put_page (round, billing_mirror_kind_find ("events"), page, fetched, error) &&
      (!wanted->has_money || billing_mirror_set_state (round->mirror, "money_due", "1", error)) &&
      (cursor == NULL || keep_cursor (round, cursor, created, error)))
    return billing_mirror_commit (round->mirror, error);

  billing_mirror_rollback (round->mirror);
  return FALSE;
}

/* @moves: whether the cursor moves to the newest event of the page. @oldest is lowered to that of its oldest, @n_new is set to how many
 * were not known. */
static gboolean
deal_with_page (BillingStripeRound  *round,
                BillingStripePage   *page,
                gint64               fetched,
                gboolean             moves,
                gint64              *oldest,
                guint               *n_new,
                GError             **error)
{
  g_auto (Wanted) wanted = { 0 };
  gboolean success;

  *n_new = 0;
  if (page->n_objects == 0)
    return TRUE;

  wanted_init (&wanted);
  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  success = read_hints (round, page, &wanted, oldest, error);
  billing_mirror_rollback (round->mirror);

  if (!success || !fetch_wanted (round, &wanted, error) ||
      !keep_page (round, page, &wanted, fetched, moves ? page->ids[0] : NULL, billing_stripe_round_read_created (page, 0),
                  error))
    return FALSE;

  *n_new = wanted.n_new;
  billing_stripe_round_count (round, "events", wanted.n_new);
  return TRUE;
}

static BillingStripePage *
get_page (BillingStripeRound  *round,
          const char          *before,
          gint64               since,
          const char          *after,
          guint                limit,
          GError             **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();

  billing_stripe_form_add_integer (form, "limit", limit);
  billing_stripe_form_open (form, "created");
  if (since > 0)
    billing_stripe_form_add_integer (form, "gte", since);
  billing_stripe_form_close (form);
  if (before != NULL)
    billing_stripe_form_add_string (form, "ending_before", before);
  if (after != NULL)
    billing_stripe_form_add_string (form, "starting_after", after);
  return billing_stripe_round_get_form (round, "/v1/events", form, before != NULL ? before : after, error);
}

static gboolean
set_endless (GError **error)
{
  g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE,
                       _("Stripe's list of events goes round in a circle. What came before is kept; try again later."));
  return FALSE;
}

/* From the cursor on, the oldest page first. */
static gboolean
read_on (BillingStripeRound  *round,
         const char          *cursor,
         GError             **error)
{
  g_autoptr (GHashTable) cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *at = g_strdup (cursor);
  gboolean has_more = TRUE;

  while (has_more)
    {
      gint64 fetched = g_get_real_time (), oldest = G_MAXINT64;
      guint n_new;
      g_autoptr (BillingStripePage) page = get_page (round, at, 0, NULL, PAGE_SIZE, error);

      if (page == NULL)
        return FALSE;
      if (!g_hash_table_add (cursors, g_strdup (at)))
        return set_endless (error);
      if (!deal_with_page (round, page, fetched, TRUE, &oldest, &n_new, error))
        return FALSE;

      has_more = page->has_more;
      if (page->n_objects > 0)
        {
          g_free (at);
          at = g_strdup (page->ids[0]);
        }
    }

  return TRUE;
}

static gboolean
move_cursor (BillingStripeRound  *round,
             const char          *cursor,
             gint64               created,
             GError             **error)
{
  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  if (keep_cursor (round, cursor, created, error))
    return billing_mirror_commit (round->mirror, error);
  billing_mirror_rollback (round->mirror);
  return FALSE;
}

/* Nothing is missing where the list reaches back to what was seen, or, without a cursor, where it is young enough. */
static gboolean
has_gap (const char *cursor,
         gint64      created,
         gint64      oldest,
         gint64      newest)
{
  if (cursor != NULL)
    return oldest > created;
  return newest > 0 && newest - created > MAX_GAP;
}

/* From the newest down to some time before @created, or with @stops to a page without news; the cursor moves when all of it was read. */
static gboolean
read_back (BillingStripeRound  *round,
           const char          *cursor,
           gint64               created,
           gboolean             stops,
           gboolean            *gap,
           GError             **error)
{
  g_autofree char *after = NULL, *first = NULL;
  gint64 oldest = G_MAXINT64, newest = 0;
  gboolean has_more = TRUE, has_stopped = FALSE;

  while (has_more && !has_stopped)
    {
      gint64 fetched = g_get_real_time (), before = oldest;
      guint n_new;
      g_autoptr (BillingStripePage) page = get_page (round, NULL, created - OVERLAP, after, PAGE_SIZE, error);

      if (page == NULL || !deal_with_page (round, page, fetched, FALSE, &oldest, &n_new, error))
        return FALSE;
      if (page->n_objects > 0 && after == NULL)
        {
          first = g_strdup (page->ids[0]);
          newest = billing_stripe_round_read_created (page, 0);
        }
      has_more = page->has_more;
      has_stopped = stops && page->n_objects > 0 && n_new == 0;
      if (has_more && !has_stopped && after != NULL && n_new == 0 && oldest == before)
        return set_endless (error);
      g_free (after);
      after = page->n_objects > 0 ? g_strdup (page->ids[page->n_objects - 1]) : NULL;
    }

  *gap = !has_stopped && has_gap (cursor, created, oldest, newest);
  return first == NULL || move_cursor (round, first, newest, error);
}

/* --- a round ---------------------------------------------------------------------------------- */

/**
 * billing_stripe_events_begin:
 * @round: the round
 *
 * Takes the cursor, before anything is listed: what changes meanwhile is read from it on.
 *
 * Returns: whether there is one, or no event yet
 */
gboolean
billing_stripe_events_begin (BillingStripeRound  *round,
                             GError             **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (BillingStripePage) page = get_page (round, NULL, 0, NULL, 1, error);
  g_autofree char *created = NULL;

  if (page == NULL)
    return FALSE;

  /* Without an event the time serves, as this computer has it and a day earlier. */
  created = g_strdup_printf ("%" G_GINT64_FORMAT, page->n_objects > 0 ? billing_stripe_round_read_created (page, 0)
                                                                      : now - 24 * 60 * 60);
  return billing_stripe_round_set_states (round, error, "events_cursor", page->n_objects > 0 ? page->ids[0] : NULL,
                                          "events_created", created, NULL);
}

static gboolean
is_cursor_gone (const GError *error)
{
  const BillingStripeDetail *detail = billing_stripe_error_get_detail (error);

  return g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND) ||
         (detail != NULL && g_strcmp0 (detail->param, "ending_before") == 0);
}

/* The rounds to the next overlap are counted when they have succeeded: one that fails in its middle is not tried again before the
 * cursor's way was gone whole. */
static gboolean
count_round (BillingStripeRound  *round,
             gboolean             overlaps,
             GError             **error)
{
  gint64 n = overlaps ? 0 : billing_stripe_round_get_time (round, "events_read") + 1;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  return billing_stripe_round_set_states (round, error, "events_read", text, NULL);
}

/**
 * billing_stripe_events_read:
 * @round: the round
 * @has_gap: (out): whether Stripe no longer has all that happened since the last time: everything is to be listed again
 *
 * Takes in what happened since. Where nothing did it is one request.
 *
 * Returns: whether all of it was dealt with
 */
gboolean
billing_stripe_events_read (BillingStripeRound  *round,
                            gboolean            *gap,
                            GError             **error)
{
  g_autofree char *cursor = billing_stripe_round_get_state (round, "events_cursor");
  gint64 created = billing_stripe_round_get_time (round, "events_created");
  gboolean overlaps = cursor != NULL && billing_stripe_round_get_time (round, "events_read") >= ROUNDS_TO_OVERLAP;
  g_autoptr (GError) problem = NULL;

  *gap = FALSE;
  if (overlaps)
    return count_round (round, TRUE, error) && read_back (round, cursor, created, TRUE, gap, error);

  if (cursor != NULL && read_on (round, cursor, &problem))
    return count_round (round, FALSE, error);
  if (problem != NULL && !is_cursor_gone (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return read_back (round, cursor, created, FALSE, gap, error);
}

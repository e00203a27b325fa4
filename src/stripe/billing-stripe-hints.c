/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-hints"

#include "config.h"

#include "billing-stripe-hints.h"

#include <string.h>

#include "billing-mirror-look.h"
#include "billing-mirror-row.h"
#include "billing-stripe-error.h"

/* Objects that were made within so many seconds of each other may be asked for by a list. */
#define YOUNG (2 * 24 * 60 * 60)

/* Of the refunds of one charge. */
#define MAX_PAGES 100

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

static void
changed_free (gpointer data)
{
  Changed *changed = data;

  g_hash_table_unref (changed->ids);
  g_free (changed);
}

void
billing_stripe_hints_init (BillingStripeHints *self)
{
  memset (self, 0, sizeof *self);
  self->oldest = G_MAXINT64;
  self->changed = g_ptr_array_new_with_free_func (changed_free);
  self->refunds_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
billing_stripe_hints_clear (BillingStripeHints *self)
{
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_pointer (&self->refunds_of, g_hash_table_unref);
}

/* --- what is wanted --------------------------------------------------------------------------- */

static void
want (BillingStripeHints      *self,
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
want_single (BillingStripeHints *self,
             const char         *object)
{
  for (guint i = 0; i < BILLING_STRIPE_N_SINGLES; i++)
    self->singles[i] |= g_str_equal (object, billing_stripe_single_nth (i)->object);
}

static void
want_by_hint (BillingStripeHints *self,
              const char         *type,
              const char         *object,
              const char         *id,
              gint64              made,
              const char         *charge)
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

  if (charge != NULL && type != NULL &&
      (g_str_has_prefix (type, "charge.") || g_str_has_prefix (type, "refund.")))
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
  if (!billing_mirror_row_fill (&row, &made_kind, body + page->spans[i].offset,
                                page->spans[i].length))
    return 0;
  return row.cells[1].integer;
}

gboolean
billing_stripe_hints_read (BillingStripeHints  *self,
                           BillingStripeRound  *round,
                           BillingStripePage   *page,
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
      if (!billing_mirror_row_fill (&row, &hint_kind, body + page->spans[i].offset,
                                    page->spans[i].length))
        continue;

      self->n_new += !has;
      self->oldest = MIN (self->oldest, row.cells[CREATED].integer);
      type = dup_cell (&row, TYPE);
      object = dup_cell (&row, OBJECT);
      id = dup_cell (&row, OBJECT_ID);
      charge = dup_cell (&row, CHARGE);
      if (!has)
        want_by_hint (self, type, object, id, read_made (page, i), charge);
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
  g_autoptr (GError) problem = NULL;

  /* A charge that is gone has none. */
  if (billing_stripe_list_again (round, &list, MAX_PAGES, NULL, NULL, &problem) ||
      g_error_matches (problem, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
fetch_refunds (BillingStripeHints  *self,
               BillingStripeRound  *round,
               GError             **error)
{
  g_autoptr (GPtrArray) charges = list_keys (self->refunds_of);
  GError *problem = NULL;

  return charges->len == 0 || !billing_stripe_round_is_open (round, "stripe_refunds") ||
         billing_stripe_round_each (round, charges, refunds_cb, NULL, &problem) ||
         billing_stripe_round_forgive (round, "stripe_refunds", problem, error);
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
    youngest = MAX (youngest,
                    *(gint64 *) g_hash_table_lookup (changed->ids, g_ptr_array_index (ids, i)));
  since = MAX (youngest - YOUNG, 0);
  for (guint i = 0; i < ids->len; i++)
    n_young += *(gint64 *) g_hash_table_lookup (changed->ids, g_ptr_array_index (ids, i)) >= since;

  return billing_stripe_refetch (round, changed->kind, ids, since, n_young, error);
}

gboolean
billing_stripe_hints_fetch (BillingStripeHints  *self,
                            BillingStripeRound  *round,
                            GError             **error)
{
  for (guint i = 0; i < self->changed->len; i++)
    {
      if (!fetch_changed (round, g_ptr_array_index (self->changed, i), error))
        return FALSE;
    }

  for (guint i = 0; i < BILLING_STRIPE_N_SINGLES; i++)
    {
      const char *name = billing_stripe_single_nth (i)->name;

      /* The balance is asked for when all events are read. What fails is due in the next round. */
      if (self->singles[i] && !g_str_equal (name, "balance") &&
          billing_stripe_round_is_open (round, name))
        billing_stripe_single_fetch (round, name);
    }

  return fetch_refunds (self, round, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-model"

#include "config.h"

#include "billing-list-model.h"

#include "billing-list-cache.h"
#include "billing-list-read.h"

#include <string.h>

/* Pages that are waited for; of more, those asked for last matter. */
#define MAX_WANTED 8
#define MAX_FETCHES 2
/* Rows that are shown at once, while the rest is still being listed: what a high screen has room for. GTK makes the cells of all of them
 * before it draws any. */
#define N_FIRST 64
/* Rows that came, went or moved one by one; of more, the list is replaced. */
#define MAX_EDITS 64
/* So long the main loop may read rows itself, each time round: half a frame, and many times what a page usually takes. */
#define AT_ONCE_US 8000

struct _BillingListModel {
  GObject parent_instance;

  BillingStore *store; /* (owned) */
  BillingQuery *query; /* (owned) (nullable) */
  BillingListCache *cache; /* (owned) */
  GType type;
  GArray *pks; /* (owned) (element-type gint64): the rows, in order */
  gint64 sum;
  gint64 overdue;

  GCancellable *reading; /* (owned) (nullable): the list being read */
  gboolean new_query; /* … is of a query that is not shown yet */
  gboolean outdated; /* … and the books changed meanwhile */
  GHashTable *changed; /* (owned) (nullable): gint64 pks changed since, %NULL: unknown */

  GCancellable *fetching; /* (owned): rows being read */
  GArray *wanted; /* (owned) (element-type guint): pages, the one asked for last at the end */
  GArray *fetched; /* (owned) (element-type guint): pages on their way */
  guint n_fetches;
  guint wanted_idle;
  gint64 at_once_us; /* spent in this round of the main loop */
  guint at_once_idle;
};

typedef enum {
  PROP_LOADING = 1,
  PROP_SUM,
  PROP_OVERDUE,
} BillingListModelProperty;

enum { RESETTING, LISTED, FAILED, N_SIGNALS };

static GParamSpec *properties[PROP_OVERDUE + 1];
static guint signals[N_SIGNALS];

static void start_reading (BillingListModel *self, gboolean new_query);
static void queue_fetches (BillingListModel *self);

static GType
billing_list_model_get_item_type (GListModel *list)
{
  return BILLING_TYPE_LIST_ROW;
}

static guint
billing_list_model_get_n_items (GListModel *list)
{
  return BILLING_LIST_MODEL (list)->pks->len;
}

static gboolean
contains (GArray *pages,
          guint   page)
{
  for (guint i = 0; i < pages->len; i++)
    {
      if (g_array_index (pages, guint, i) == page)
        return TRUE;
    }

  return FALSE;
}

static void
want (BillingListModel *self,
      guint             page)
{
  GArray *wanted = self->wanted;

  if (wanted->len > 0 && g_array_index (wanted, guint, wanted->len - 1) == page)
    return;
  if (contains (wanted, page) || contains (self->fetched, page))
    return;

  if (wanted->len == MAX_WANTED)
    g_array_remove_index (wanted, 0);
  g_array_append_val (wanted, page);
  queue_fetches (self);
}

static void
add_page (BillingListModel *self,
          guint             page,
          GArray           *pks)
{
  guint start = page * BILLING_LIST_PAGE;

  for (guint i = start; i < MIN (start + BILLING_LIST_PAGE, self->pks->len); i++)
    {
      gint64 pk = g_array_index (self->pks, gint64, i);
      BillingListRow *row = billing_list_cache_peek (self->cache, pk);

      if (row == NULL || billing_list_row_get_record (row) == NULL)
        g_array_append_val (pks, pk);
    }
}

static gboolean
new_round_cb (gpointer user_data)
{
  BillingListModel *self = user_data;

  self->at_once_idle = 0;
  self->at_once_us = 0;
  return G_SOURCE_REMOVE;
}

/* A page is usually there in half a millisecond. Waiting for another thread would show empty rows in a frame first and draw all of them twice;
 * but where the disk is slow, that is what happens. */
static void
read_at_once (BillingListModel *self,
              guint             page)
{
  g_autoptr (GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) records = NULL;
  gint64 start = g_get_monotonic_time ();

  if (self->at_once_us >= AT_ONCE_US || contains (self->fetched, page))
    return;

  add_page (self, page, pks);
  records = billing_list_fetch_now (self->store, self->type, pks, start + AT_ONCE_US - self->at_once_us);
  self->at_once_us = records != NULL ? self->at_once_us + g_get_monotonic_time () - start : AT_ONCE_US;
  if (self->at_once_idle == 0)
    self->at_once_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, new_round_cb, self, NULL);
  if (records != NULL)
    billing_list_cache_fill (self->cache, records);
}

/* Cheap, because GTK asks for far more rows than it shows. */
static gpointer
billing_list_model_get_item (GListModel *list,
                             guint       position)
{
  BillingListModel *self = BILLING_LIST_MODEL (list);
  BillingListRow *row;

  if (position >= self->pks->len)
    return NULL;

  row = billing_list_cache_get (self->cache, g_array_index (self->pks, gint64, position));
  if (billing_list_row_get_record (row) == NULL)
    read_at_once (self, position / BILLING_LIST_PAGE);

  if (billing_list_row_get_record (row) == NULL)
    want (self, position / BILLING_LIST_PAGE);
  else
    billing_list_cache_touch (self->cache, row);

  return row;
}

static void
billing_list_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = billing_list_model_get_item_type;
  iface->get_n_items = billing_list_model_get_n_items;
  iface->get_item = billing_list_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingListModel, billing_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      billing_list_model_list_model_init))

static void
fail (BillingListModel *self,
      GError           *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* Rows by their keys. */

typedef struct {
  BillingListModel *model; /* (not owned): gone when the fetch was cancelled */
  GArray *pages; /* (owned) (element-type guint) */
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_array_unref (fetch->pages);
  g_free (fetch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_free)

static void fetch_rows (BillingListModel *self, GArray *pks, GArray *pages);

/* Rows on the screen whose page was pushed out of the wanted ones still wait. */
static void
fetch_forgotten_rows (BillingListModel *self)
{
  g_autoptr (GArray) pks = billing_list_cache_pks (self->cache, TRUE);

  if (pks->len == 0)
    return;
  if (pks->len > MAX_FETCHES * BILLING_LIST_PAGE)
    g_array_set_size (pks, MAX_FETCHES * BILLING_LIST_PAGE);

  fetch_rows (self, pks, NULL);
}

static void
forget_fetched_pages (BillingListModel *self,
                      GArray           *pages)
{
  for (guint i = self->fetched->len; i > 0; i--)
    {
      if (contains (pages, g_array_index (self->fetched, guint, i - 1)))
        g_array_remove_index_fast (self->fetched, i - 1);
    }
}

static void
fetch_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Fetch) fetch = user_data;
  g_autoptr (BillingListModel) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  records = billing_list_fetch_finish (BILLING_STORE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = g_object_ref (fetch->model);
  self->n_fetches--;
  forget_fetched_pages (self, fetch->pages);

  if (records == NULL)
    {
      fail (self, error);
      return;
    }

  billing_list_cache_fill (self->cache, records);
  if (self->wanted->len > 0)
    queue_fetches (self);
  else if (self->n_fetches == 0 && records->len > 0)
    fetch_forgotten_rows (self);
}

static void
fetch_rows (BillingListModel *self,
            GArray           *pks,
            GArray           *pages)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->model = self;
  fetch->pages = pages != NULL ? g_array_ref (pages) : g_array_new (FALSE, FALSE, sizeof (guint));
  if (pages != NULL)
    g_array_append_vals (self->fetched, pages->data, pages->len);

  self->n_fetches++;
  billing_list_fetch_async (self->store, self->type, pks, self->fetching, fetch_cb, fetch);
}

static gboolean
wanted_cb (gpointer user_data)
{
  BillingListModel *self = user_data;
  g_autoptr (GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (guint));

  self->wanted_idle = 0;
  for (guint i = 0; i < 2 && self->wanted->len > 0; i++)
    {
      guint page = g_array_index (self->wanted, guint, self->wanted->len - 1);

      g_array_set_size (self->wanted, self->wanted->len - 1);
      g_array_append_val (pages, page);
      add_page (self, page, pks);
    }

  if (pks->len > 0)
    fetch_rows (self, pks, pages);
  if (self->wanted->len > 0)
    queue_fetches (self);

  return G_SOURCE_REMOVE;
}

static void
queue_fetches (BillingListModel *self)
{
  if (self->wanted_idle == 0 && self->n_fetches < MAX_FETCHES)
    self->wanted_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, wanted_cb, self, NULL);
}

/* The keys of all rows. */

static void
take_pks (BillingListModel *self,
          GArray           *pks)
{
  g_array_unref (self->pks);
  self->pks = g_array_ref (pks);
}

static void
replace_all (BillingListModel *self,
             GArray           *pks)
{
  guint n_old = self->pks->len;

  g_array_unref (self->pks);
  self->pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_set_size (self->wanted, 0);
  if (n_old > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, 0);

  take_pks (self, pks);
  if (pks->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, pks->len);
}

static gboolean
begins_with (GArray *pks,
             GArray *first)
{
  return pks->len >= first->len &&
         (first->len == 0 || memcmp (pks->data, first->data, first->len * sizeof (gint64)) == 0);
}

static gboolean
are_equal (GArray *a,
           GArray *b)
{
  return a->len == b->len && begins_with (a, b);
}

static void
append_rest (BillingListModel *self,
             GArray           *pks)
{
  guint n_old = self->pks->len;

  take_pks (self, pks);
  if (pks->len > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, pks->len - n_old);
}

/* One row that came (@added) or went, at a place in the list as it is after all edits before. */
typedef struct {
  guint position;
  gboolean added;
} Edit;

static GArray *
find_edits (GArray     *old,
            GArray     *new,
            GHashTable *changed)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  const gint64 *a = (const gint64 *) old->data;
  const gint64 *b = (const gint64 *) new->data;

  for (guint i = 0, j = 0; i < old->len || j < new->len;)
    {
      Edit edit = { j, FALSE };

      if (i < old->len && j < new->len && a[i] == b[j])
        {
          i++;
          j++;
          continue;
        }

      if (i < old->len && g_hash_table_contains (changed, &a[i]))
        i++;
      else if (j < new->len && g_hash_table_contains (changed, &b[j]))
        {
          edit.added = TRUE;
          j++;
        }
      else
        return NULL;

      if (edits->len == MAX_EDITS)
        return NULL;
      g_array_append_val (edits, edit);
    }

  return g_steal_pointer (&edits);
}

static void
apply_edits (BillingListModel *self,
             GArray           *edits,
             GArray           *new)
{
  for (guint i = 0; i < edits->len; i++)
    {
      const Edit *edit = &g_array_index (edits, Edit, i);

      if (edit->added)
        g_array_insert_val (self->pks, edit->position, g_array_index (new, gint64, edit->position));
      else
        g_array_remove_index (self->pks, edit->position);

      g_list_model_items_changed (G_LIST_MODEL (self), edit->position, !edit->added, edit->added);
    }
}

/* The same query lists other rows than before: what stayed keeps its object and its place. */
static void
follow (BillingListModel *self,
        GArray           *pks)
{
  g_autoptr (GArray) edits = NULL;

  if (are_equal (pks, self->pks))
    return;

  if (self->changed != NULL)
    edits = find_edits (self->pks, pks, self->changed);

  if (edits != NULL)
    {
      apply_edits (self, edits, pks);
      return;
    }

  g_signal_emit (self, signals[RESETTING], 0);
  replace_all (self, pks);
}

static void
set_sums (BillingListModel *self,
          gint64            sum,
          gint64            overdue)
{
  if (self->sum != sum)
    {
      self->sum = sum;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUM]);
    }
  if (self->overdue != overdue)
    {
      self->overdue = overdue;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OVERDUE]);
    }
}

static void
first_rows_cb (GPtrArray *records,
               gpointer   data)
{
  BillingListModel *self = data;
  g_autoptr (GArray) pks = g_array_sized_new (FALSE, FALSE, sizeof (gint64), records->len);

  for (guint i = 0; i < records->len; i++)
    {
      gint64 pk = billing_record_get_pk (g_ptr_array_index (records, i));

      g_array_append_val (pks, pk);
    }

  billing_list_cache_fill (self->cache, records);
  /* A longer word often finds the same; then nothing has to be drawn anew, unless the whole list turns out to be another. */
  if (pks->len == 0 || !begins_with (self->pks, pks))
    replace_all (self, pks);
}

static void
take_listing (BillingListModel *self,
              BillingListing   *listing)
{
  if (!self->new_query)
    follow (self, listing->pks);
  else if (are_equal (listing->pks, self->pks))
    g_debug ("Another query lists the same");
  else if (self->pks->len <= N_FIRST && begins_with (listing->pks, self->pks))
    append_rest (self, listing->pks);
  else
    replace_all (self, listing->pks);

  set_sums (self, listing->sum, listing->overdue);
}

static void
stop_reading (BillingListModel *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
forget_changed (BillingListModel *self)
{
  g_clear_pointer (&self->changed, g_hash_table_unref);
  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
listing_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BillingListModel) self = NULL;
  g_autoptr (BillingListing) listing = NULL;
  g_autoptr (GError) error = NULL;
  gboolean new_query;

  listing = billing_list_read_finish (BILLING_STORE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* It is there, and stays while it tells what it read. */
  self = g_object_ref (user_data);
  g_clear_object (&self->reading);
  new_query = self->new_query;
  if (listing != NULL)
    take_listing (self, listing);

  self->new_query = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  if (listing != NULL)
    g_signal_emit (self, signals[LISTED], 0, new_query);
  else
    fail (self, error);

  if (self->outdated)
    start_reading (self, FALSE);
  else
    forget_changed (self);
}

static void
start_reading (BillingListModel *self,
               gboolean          new_query)
{
  stop_reading (self);
  self->reading = g_cancellable_new ();
  self->new_query = new_query;
  self->outdated = FALSE;

  billing_list_read_async (self->store, self->query, new_query ? N_FIRST : 0,
                           first_rows_cb, self, self->reading, listing_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* The books changed. */

static gboolean
concerns (BillingListModel *self,
          const char       *kind)
{
  static const char * const joined[] = { "patients", "treatments", "locations", "physicians", NULL };
  static const char * const owing[] = { "patients", "treatments", NULL };

  return g_strcmp0 (kind, self->query->list) == 0 || g_strv_contains (joined, kind) ||
         (g_str_equal (kind, "payments") && g_strv_contains (owing, self->query->list));
}

static void
remember_changed (BillingListModel *self,
                  GArray           *pks)
{
  if (pks == NULL || pks->len > MAX_EDITS)
    {
      g_clear_pointer (&self->changed, g_hash_table_unref);
      return;
    }

  for (guint i = 0; self->changed != NULL && i < pks->len; i++)
    g_hash_table_add (self->changed, g_memdup2 (&g_array_index (pks, gint64, i), sizeof (gint64)));
}

static void
refetch (BillingListModel *self,
         GArray           *pks)
{
  g_autoptr (GArray) held = NULL;

  if (pks == NULL)
    {
      held = billing_list_cache_pks (self->cache, FALSE);
    }
  else
    {
      held = g_array_new (FALSE, FALSE, sizeof (gint64));
      for (guint i = 0; i < pks->len; i++)
        {
          gint64 pk = g_array_index (pks, gint64, i);

          if (billing_list_cache_peek (self->cache, pk) != NULL)
            g_array_append_val (held, pk);
        }
    }

  if (held->len > 0)
    fetch_rows (self, held, NULL);
}

static void
changed_cb (BillingStore     *store,
            const char       *kind,
            GArray           *pks,
            BillingListModel *self)
{
  gboolean own = self->query != NULL && g_strcmp0 (kind, self->query->list) == 0;

  if (self->query == NULL || !concerns (self, kind))
    return;

  refetch (self, own ? pks : NULL);
  remember_changed (self, own ? pks : NULL);

  if (self->reading != NULL)
    self->outdated = TRUE;
  else
    start_reading (self, FALSE);
}

static void
billing_list_model_dispose (GObject *object)
{
  BillingListModel *self = BILLING_LIST_MODEL (object);

  stop_reading (self);
  g_cancellable_cancel (self->fetching);
  g_clear_handle_id (&self->wanted_idle, g_source_remove);
  g_clear_handle_id (&self->at_once_idle, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->query);

  G_OBJECT_CLASS (billing_list_model_parent_class)->dispose (object);
}

static void
billing_list_model_finalize (GObject *object)
{
  BillingListModel *self = BILLING_LIST_MODEL (object);

  g_clear_pointer (&self->cache, billing_list_cache_free);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_object (&self->fetching);
  g_array_unref (self->pks);
  g_array_unref (self->wanted);
  g_array_unref (self->fetched);

  G_OBJECT_CLASS (billing_list_model_parent_class)->finalize (object);
}

static void
billing_list_model_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BillingListModel *self = BILLING_LIST_MODEL (object);

  switch ((BillingListModelProperty) property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, billing_list_model_is_loading (self));
      break;
    case PROP_SUM:
      g_value_set_int64 (value, self->sum);
      break;
    case PROP_OVERDUE:
      g_value_set_int64 (value, self->overdue);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_list_model_class_init (BillingListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = billing_list_model_dispose;
  object_class->finalize = billing_list_model_finalize;
  object_class->get_property = billing_list_model_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_SUM] = g_param_spec_int64 ("sum", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_OVERDUE] =
    g_param_spec_int64 ("overdue", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[RESETTING] = g_signal_new ("resetting", BILLING_TYPE_LIST_MODEL, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LISTED] = g_signal_new ("listed", BILLING_TYPE_LIST_MODEL, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", BILLING_TYPE_LIST_MODEL, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
billing_list_model_init (BillingListModel *self)
{
  self->pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self->fetched = g_array_new (FALSE, FALSE, sizeof (guint));
  self->fetching = g_cancellable_new ();
  forget_changed (self);
}

/**
 * billing_list_model_new:
 * @store: the books
 * @type: of the records, such as #BILLING_TYPE_PAYMENT
 * @context: (nullable): what rows are written by
 *
 * Returns: (transfer full): an empty list, until it is given a query
 */
BillingListModel *
billing_list_model_new (BillingStore       *store,
                        GType               type,
                        BillingListContext *context)
{
  BillingListModel *self = g_object_new (BILLING_TYPE_LIST_MODEL, NULL);

  self->store = g_object_ref (store);
  self->type = type;
  self->cache = billing_list_cache_new (context);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, 0);
  return self;
}

BillingQuery *
billing_list_model_get_query (BillingListModel *self)
{
  return self->query;
}

/**
 * billing_list_model_set_query:
 * @self: a list
 * @query: what it shows from now on; copied
 *
 * Begins to read. What was shown stays until the first rows are there; a read that is still on its way is interrupted.
 */
void
billing_list_model_set_query (BillingListModel *self,
                              BillingQuery     *query)
{
  g_set_object (&self->query, NULL);
  self->query = billing_query_copy (query);
  start_reading (self, TRUE);
}

gboolean
billing_list_model_is_loading (BillingListModel *self)
{
  return self->reading != NULL && self->new_query;
}

gint64
billing_list_model_get_sum (BillingListModel *self)
{
  return self->sum;
}

gint64
billing_list_model_get_overdue (BillingListModel *self)
{
  return self->overdue;
}

/**
 * billing_list_model_get_pk:
 * @self: a list
 * @position: a place in it
 *
 * Returns: which row of the books stands there, 0: none
 */
gint64
billing_list_model_get_pk (BillingListModel *self,
                           guint             position)
{
  return position < self->pks->len ? g_array_index (self->pks, gint64, position) : 0;
}

/**
 * billing_list_model_find:
 * @self: a list
 * @pk: a row of the books
 * @position: (out): where it stands
 *
 * Looks at every key, which for a million takes less than a millisecond.
 *
 * Returns: whether it is in the list
 */
gboolean
billing_list_model_find (BillingListModel *self,
                         gint64            pk,
                         guint            *position)
{
  const gint64 *pks = (const gint64 *) self->pks->data;

  for (guint i = 0; i < self->pks->len; i++)
    {
      if (pks[i] == pk)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* Reads the list again; what is the same stays as it is. */
void
billing_list_model_refresh (BillingListModel *self)
{
  if (self->query == NULL)
    return;

  remember_changed (self, NULL);
  if (self->reading != NULL)
    self->outdated = TRUE;
  else
    start_reading (self, FALSE);
}

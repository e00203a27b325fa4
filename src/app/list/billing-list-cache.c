/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-cache"

#include "config.h"

#include "billing-list-cache.h"

#define MAX_PAGES 32

/* Rows that arrived together, and are kept together. */
typedef struct {
  GList link; /* in the cache's queue, the page looked at last first */
  GPtrArray *rows; /* (owned) */
} Page;

struct _BillingListCache {
  BillingListContext *context; /* (owned) (nullable) */
  GHashTable *rows; /* (owned): gint64 pk → row (not owned), all that anybody holds */
  GQueue pages; /* of Page (owned) */
};

static void
row_gone_cb (gpointer  user_data,
             GObject  *where_it_was)
{
  BillingListCache *self = user_data;
  gint64 pk = billing_list_row_get_pk ((BillingListRow *) where_it_was);

  g_hash_table_remove (self->rows, &pk);
}

static void
page_free (Page *page)
{
  for (guint i = 0; i < page->rows->len; i++)
    billing_list_row_set_keeper (g_ptr_array_index (page->rows, i), NULL);

  g_ptr_array_unref (page->rows);
  g_free (page);
}

static void
drop_last_page (BillingListCache *self)
{
  GList *link = g_queue_pop_tail_link (&self->pages);

  page_free (link->data);
}

/* The page keeps the row from now on, unless another one does. */
static void
keep (Page           *page,
      BillingListRow *row)
{
  if (billing_list_row_get_keeper (row) != NULL)
    return;

  billing_list_row_set_keeper (row, page);
  g_ptr_array_add (page->rows, g_object_ref (row));
}

/* Overnight a payment becomes overdue without changing. */
static void
today_cb (BillingListCache *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    billing_list_row_renew (row);
}

BillingListCache *
billing_list_cache_new (BillingListContext *context)
{
  BillingListCache *self = g_new0 (BillingListCache, 1);

  g_set_object (&self->context, context);
  if (context != NULL)
    g_signal_connect_swapped (context, "notify::today", G_CALLBACK (today_cb), self);
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->pages);
  return self;
}

void
billing_list_cache_free (BillingListCache *self)
{
  GHashTableIter iter;
  gpointer row;

  while (!g_queue_is_empty (&self->pages))
    drop_last_page (self);

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_gone_cb, self);

  g_hash_table_unref (self->rows);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_free (self);
}

/**
 * billing_list_cache_peek:
 * @self: a cache
 * @pk: a row of the books
 *
 * Returns: (transfer none) (nullable): its object, if anybody holds one
 */
BillingListRow *
billing_list_cache_peek (BillingListCache *self,
                         gint64            pk)
{
  return g_hash_table_lookup (self->rows, &pk);
}

/**
 * billing_list_cache_get:
 * @self: a cache
 * @pk: a row of the books
 *
 * Returns: (transfer full): its object, the one there is or a new one
 */
BillingListRow *
billing_list_cache_get (BillingListCache *self,
                        gint64            pk)
{
  BillingListRow *row = billing_list_cache_peek (self, pk);

  if (row != NULL)
    return g_object_ref (row);

  row = billing_list_row_new (pk, self->context);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  g_hash_table_insert (self->rows, g_memdup2 (&pk, sizeof pk), row);
  return row;
}

/* Somebody looked at the row: its page is the last to be dropped. */
void
billing_list_cache_touch (BillingListCache *self,
                          BillingListRow   *row)
{
  Page *page = billing_list_row_get_keeper (row);

  if (page == NULL || self->pages.head == &page->link)
    return;

  g_queue_unlink (&self->pages, &page->link);
  g_queue_push_head_link (&self->pages, &page->link);
}

/**
 * billing_list_cache_fill:
 * @self: a cache
 * @records: (element-type BillingRecord): as they were read
 *
 * Gives the records to their rows, which notify, and keeps these as one page.
 */
void
billing_list_cache_fill (BillingListCache *self,
                         GPtrArray        *records)
{
  Page *page = g_new0 (Page, 1);

  page->link.data = page;
  page->rows = g_ptr_array_new_full (records->len, g_object_unref);
  g_queue_push_head_link (&self->pages, &page->link);

  for (guint i = 0; i < records->len; i++)
    {
      BillingRecord *record = g_ptr_array_index (records, i);
      g_autoptr (BillingListRow) row = billing_list_cache_get (self, billing_record_get_pk (record));

      keep (page, row);
      billing_list_row_set_record (row, record);
    }

  while (self->pages.length > MAX_PAGES)
    drop_last_page (self);
}

/**
 * billing_list_cache_pks:
 * @self: a cache
 * @empty_only: only of rows that wait for their record
 *
 * Returns: (transfer full) (element-type gint64): the rows that somebody holds
 */
GArray *
billing_list_cache_pks (BillingListCache *self,
                        gboolean          empty_only)
{
  GArray *pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer pk, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &pk, &row))
    {
      if (!empty_only || billing_list_row_get_record (row) == NULL)
        g_array_append_vals (pks, pk, 1);
    }

  return pks;
}

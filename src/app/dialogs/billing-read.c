/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-read"

#include "config.h"

#include "billing-read.h"

#include "billing-books.h"
#include "billing-list.h"
#include "billing-table.h"

/* What is read: the rows of a query, or one record. */
typedef struct {
  BillingQuery *query; /* (owned) (nullable) */
  GType type;
  char *name; /* (owned) (nullable): id or number */
  GPtrArray *records; /* (owned) (nullable): what was found */
} BillingReading;

static void
reading_free (BillingReading *reading)
{
  g_clear_object (&reading->query);
  g_free (reading->name);
  g_clear_pointer (&reading->records, g_ptr_array_unref);
  g_free (reading);
}

static gboolean
read_records (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  BillingReading *reading = data;
  g_autoptr (BillingRecord) record = NULL;

  if (reading->query != NULL)
    {
      reading->records = billing_list_rows (connection, reading->query, error);
      return reading->records != NULL;
    }

  record = billing_table_get (connection, reading->type, reading->name, error);
  if (record == NULL)
    return FALSE;

  reading->records = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (reading->records, g_steal_pointer (&record));
  return TRUE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BillingReading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  if (!billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&reading->records), (GDestroyNotify) g_ptr_array_unref);
}

static void
begin (BillingStore        *store,
       BillingReading      *reading,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_read_finish);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  billing_store_read_async (store, read_records, reading, NULL, cancellable, read_cb, task);
}

/**
 * billing_read_query_async:
 * @store: the books
 * @query: what to read; copied
 * @cancellable: (nullable): interrupts the read
 * @callback: called with the rows
 * @user_data: data for @callback
 */
void
billing_read_query_async (BillingStore        *store,
                          BillingQuery        *query,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  BillingReading *reading = g_new0 (BillingReading, 1);

  reading->query = billing_query_copy (query);
  begin (store, reading, cancellable, callback, user_data);
}

/**
 * billing_read_list_again:
 * @desk: a session
 * @list: the name of a list
 * @reading: (inout): what interrupts the read before, which this does, and then this one
 * @callback: called with the rows
 * @user_data: data for @callback
 *
 * Reads all of a list whenever it has changed.
 */
void
billing_read_list_again (BillingDesk          *desk,
                         const char           *list,
                         GCancellable        **reading,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  g_autoptr (BillingQuery) query = billing_desk_query (desk, list);

  g_cancellable_cancel (*reading);
  g_clear_object (reading);
  *reading = g_cancellable_new ();
  billing_read_query_async (billing_desk_get_store (desk), query, *reading, callback, user_data);
}

/**
 * billing_read_record_async:
 * @store: the books
 * @type: of the record
 * @name: its id or number
 * @cancellable: (nullable): interrupts the read
 * @callback: called with an array of the one record
 * @user_data: data for @callback
 */
void
billing_read_record_async (BillingStore        *store,
                           GType                type,
                           const char          *name,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  BillingReading *reading = g_new0 (BillingReading, 1);

  reading->type = type;
  reading->name = g_strdup (name);
  begin (store, reading, cancellable, callback, user_data);
}

/**
 * billing_read_finish:
 * @store: the books
 * @result: what the callback got
 * @error: return location for a #BillingStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type BillingRecord): what was found
 */
GPtrArray *
billing_read_finish (BillingStore  *store,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-export-preview"

#include "config.h"

#include "billing-export-preview.h"

#include "billing-desk-private.h"
#include "billing-list.h"

/* What an export would write, by the same query as the export. */

/* Where a sum makes sense, and of what. */
static const struct {
  const char *list;
  const char *groups; /* SQL: currency and sum; %NULL: the list's own, in the practice's currency */
} summed[] = {
  { "payments", "upper (currency), sum (amount)" },
  { "treatments", NULL },
  { "charges", "upper (currency), sum (amount)" },
  { "stripe_payments", "upper (currency), sum (amount)" },
  { "payouts", "upper (currency), sum (amount)" },
  { "disputes", "upper (currency), sum (amount)" },
  { "balance_transactions", "upper (currency), sum (net)" },
};

typedef struct {
  BillingQuery *query;           /* (owned) */
  char *currency;                /* (owned): of the practice */
  BillingExportPreview *preview; /* (owned) (nullable) */
} Previewing;

static void
sum_free (gpointer data)
{
  BillingExportSum *sum = data;

  g_free (sum->currency);
  g_free (sum);
}

void
billing_export_preview_free (BillingExportPreview *self)
{
  g_ptr_array_unref (self->sums);
  g_free (self);
}

static void
previewing_free (gpointer data)
{
  Previewing *self = data;

  g_object_unref (self->query);
  g_free (self->currency);
  g_clear_pointer (&self->preview, billing_export_preview_free);
  g_free (self);
}

static void
add_sum (BillingExportPreview *preview,
         const char           *currency,
         gint64                amount)
{
  BillingExportSum *sum = g_new0 (BillingExportSum, 1);

  sum->currency = g_strdup (currency);
  sum->amount = amount;
  g_ptr_array_add (preview->sums, sum);
}

static gboolean
add_groups (BillingConnection  *connection,
            Previewing         *self,
            const char         *groups,
            GError            **error)
{
  g_autoptr (BillingStatement) statement =
    billing_list_prepare_groups (connection, self->query, groups, " GROUP BY 1 ORDER BY 1", error);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      const char *currency = row ? billing_statement_get_text (statement, 0) : NULL;

      if (!row)
        return TRUE;
      add_sum (self->preview, currency != NULL ? currency : self->currency, billing_statement_get_integer (statement, 1));
    }

  return FALSE;
}

static gboolean
read_cb (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  Previewing *self = data;
  g_autoptr (BillingListing) listing = billing_list_listing (connection, self->query, error);

  if (listing == NULL)
    return FALSE;

  self->preview = g_new0 (BillingExportPreview, 1);
  self->preview->n_rows = listing->pks->len;
  self->preview->sums = g_ptr_array_new_with_free_func (sum_free);
  for (guint i = 0; i < G_N_ELEMENTS (summed) && listing->pks->len > 0; i++)
    {
      if (!g_str_equal (summed[i].list, self->query->list))
        continue;
      if (summed[i].groups != NULL)
        return add_groups (connection, self, summed[i].groups, error);
      add_sum (self->preview, self->currency, listing->sum);
    }

  return TRUE;
}

static void
preview_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Previewing *self = data;
  GError *error = NULL;

  if (billing_store_read (billing_desk_get_store (source), read_cb, self, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&self->preview), (GDestroyNotify) billing_export_preview_free);
  else
    g_task_return_error (task, error);
}

/**
 * billing_desk_preview_export_async:
 * @self: a session
 * @query: what would be exported; copied
 * @cancellable: (nullable): what stops it
 * @callback: called when it is known
 * @user_data: data for @callback
 *
 * Counts what billing_desk_export() would write.
 */
void
billing_desk_preview_export_async (BillingDesk         *self,
                                   BillingQuery        *query,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Previewing *previewing = g_new0 (Previewing, 1);

  previewing->query = billing_query_copy (query);
  previewing->currency = g_strdup (billing_desk_get_practice (self)->currency);
  g_task_set_source_tag (task, billing_desk_preview_export_async);
  g_task_set_task_data (task, previewing, previewing_free);
  g_task_run_in_thread (task, preview_thread);
}

/**
 * billing_desk_preview_export_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what would be written
 */
BillingExportPreview *
billing_desk_preview_export_finish (BillingDesk   *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

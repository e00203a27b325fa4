/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoicing-look"

#include "config.h"

#include "billing-invoicing-look.h"

#include "billing-selection.h"
#include "billing-service.h"
#include "billing-table.h"

/* What is shown before services are invoiced, worked out by the act's own SQL. */

typedef struct {
  BillingAct *act; /* (owned) */
  BillingInvoicingLook *look; /* (owned) (nullable) */
} Looking;

static void
looking_free (gpointer data)
{
  Looking *looking = data;

  g_object_unref (looking->act);
  g_clear_pointer (&looking->look, billing_invoicing_look_free);
  g_free (looking);
}

static gboolean
has_left_out (BillingInvoicingSums *sums)
{
  for (guint i = 0; i < G_N_ELEMENTS (sums->n_left_out); i++)
    {
      if (sums->n_left_out[i] > 0)
        return TRUE;
    }

  return sums->n_foreign > 0;
}

/* What is left of those that were named; nobody names very many. */
static char *
list_ids (BillingConnection  *connection,
          GError            **error)
{
  g_autoptr (GArray) pks = billing_selection_list (connection, error);
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);

  if (pks == NULL)
    return NULL;

  services = billing_table_fetch (connection, BILLING_TYPE_SERVICE, (const gint64 *) (gpointer) pks->data, pks->len, error);
  for (guint i = 0; services != NULL && i < services->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", billing_record_get_id (services->pdata[i]));

  return services != NULL ? g_string_free (g_steal_pointer (&ids), FALSE) : NULL;
}

static gboolean
look (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  Looking *looking = data;
  g_autoptr (BillingInvoicingLook) found = g_new0 (BillingInvoicingLook, 1);
  gboolean was_closed, success;

  if (!billing_selection_fill (connection, looking->act, "services", error) || !billing_selection_open (connection, &was_closed, error))
    return FALSE;

  success = billing_invoice_store_gather (connection, &found->sums, error);
  if (success && looking->act->query == NULL && has_left_out (&found->sums))
    {
      found->selection = list_ids (connection, error);
      success = found->selection != NULL;
    }

  looking->look = g_steal_pointer (&found);
  return billing_selection_close (connection, was_closed, success, error);
}

static void
look_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Looking *looking = g_task_get_task_data (task);
  GError *error = NULL;

  if (billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&looking->look), (GDestroyNotify) billing_invoicing_look_free);
  else
    g_task_return_error (task, error);
}

void
billing_invoicing_look_free (BillingInvoicingLook *look)
{
  g_free (look->selection);
  g_free (look);
}

/**
 * billing_invoicing_look_async:
 * @store: the books
 * @act: says which services; not to be touched until it is known
 * @cancellable: (nullable): interrupts it
 * @callback: called when it is known
 * @user_data: for @callback
 */
void
billing_invoicing_look_async (BillingStore        *store,
                              BillingAct          *act,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Looking *looking = g_new0 (Looking, 1);

  looking->act = g_object_ref (act);
  g_task_set_source_tag (task, billing_invoicing_look_async);
  g_task_set_task_data (task, looking, looking_free);
  billing_store_read_async (store, look, looking, NULL, cancellable, look_cb, task);
}

BillingInvoicingLook *
billing_invoicing_look_finish (BillingStore  *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

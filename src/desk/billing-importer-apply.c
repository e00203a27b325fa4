/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-importer-apply"

#include "config.h"

#include "billing-importer-private.h"

#include <glib/gi18n-lib.h>

#include "billing-desk-private.h"
#include "billing-remittance-store.h"
#include "billing-service-make.h"

/* From the stage into the books, in one transaction. */

typedef struct {
  BillingImportStage *stage; /* (not owned) */
  BillingDesk *desk;         /* (owned) */
  char *account;             /* (owned) */
  char *files;               /* (owned) */
  char *summary;             /* (owned) */
  gboolean applied;          /* it is in the books */
} Application;

static void
application_free (gpointer data)
{
  Application *application = data;

  g_object_unref (application->desk);
  g_free (application->account);
  g_free (application->files);
  g_free (application->summary);
  g_free (application);
}

static Application *
begin_application (BillingImporter *self)
{
  Application *application = g_new0 (Application, 1);
  g_autoptr (GString) files = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (BillingImportFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      g_string_append_printf (files, "%s%s", files->len > 0 ? ", " : "", file->name);
    }

  application->stage = self->stage;
  application->desk = g_object_ref (self->desk);
  application->account = g_strdup (billing_desk_get_person (self->desk)->account);
  application->files = g_strdup (files->str);
  application->summary = billing_importer_get_summary (self);
  return application;
}

/* The role is checked once more, and the audit written, by the verb. */
/* What came in was done, and is to be billed: the services are made with it, or not at all. Where there are no rates, nothing is billed. */
static gboolean
make_services (Application        *application,
               BillingConnection  *connection,
               GError            **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_MAKE, NULL);
  gboolean has_rates;

  if (!billing_service_has_rates (connection, &has_rates, error))
    return FALSE;

  act->notes = g_strdup (application->files);
  return !has_rates || billing_desk_perform (application->desk, connection, act, error);
}

static gboolean
run_apply (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Application *application = data;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_IMPORT, NULL);

  act->notes = g_strdup_printf ("%s: %s", application->files, application->summary);
  return billing_import_stage_apply (application->stage, connection,
                                     g_get_real_time () / G_USEC_PER_SEC, application->account,
                                     application->files, cancellable, error) &&
         make_services (application, connection, error) &&
         billing_remittance_find_services (connection, NULL, error) &&
         billing_desk_perform (application->desk, connection, act, error);
}

/* Where the import failed before it was attached there is nothing to detach, and that is no news. */
static gboolean
run_detach (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Application *application = data;

  application->applied = billing_import_stage_is_applied (application->stage, connection);
  billing_import_stage_detach (connection, NULL);
  return TRUE;
}

/* What the books say counts, not whether the commit was said to have failed. */
static gboolean
do_apply (Application   *application,
          GCancellable  *cancellable,
          GError       **error)
{
  BillingStore *store = billing_desk_get_store (application->desk);
  g_autoptr (GError) local = NULL;
  gboolean ok = billing_store_write (store, run_apply, application, cancellable, &local);

  billing_store_write (store, run_detach, application, NULL, NULL);
  if (ok || application->applied)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
check_applicable (BillingImporter  *self,
                  GError          **error)
{
  if (self->stage != NULL && !self->applied)
    return billing_importer_check_role (self, error);

  g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID,
                       _("Nothing is prepared to be imported. Nothing was changed."));
  return FALSE;
}

/**
 * billing_importer_apply:
 * @self: an import that is prepared
 * @cancellable: (nullable): what stops it before it is committed
 * @error: return location for an error
 *
 * Writes what was shown, in one transaction with its line of the audit.
 *
 * Returns: whether all of it is in the books; nothing of it otherwise
 */
gboolean
billing_importer_apply (BillingImporter  *self,
                        GCancellable     *cancellable,
                        GError          **error)
{
  Application *application;

  g_return_val_if_fail (!self->busy, FALSE);

  if (!check_applicable (self, error))
    return FALSE;

  application = begin_application (self);
  self->applied = do_apply (application, cancellable, error);
  application_free (application);

  return self->applied;
}

static void
apply_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (do_apply (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
billing_importer_apply_async (BillingImporter      *self,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (!self->busy);

  /* What is committed is committed, whatever is cancelled afterwards. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, billing_importer_apply_async);
  if (!check_applicable (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->busy = TRUE;
  g_task_set_task_data (task, begin_application (self), application_free);
  g_task_run_in_thread (task, apply_thread);
}

gboolean
billing_importer_apply_finish (BillingImporter  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (g_task_get_task_data (G_TASK (result)) != NULL)
    self->busy = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  self->applied = TRUE;
  return TRUE;
}

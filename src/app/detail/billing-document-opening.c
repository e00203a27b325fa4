/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-document-opening"

#include "config.h"

#include "billing-document-opening.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "billing-documents.h"

/*
 * A document is opened as a copy, under its own name, in the person's runtime folder, which goes away with the session: whatever
 * an application does to the copy, what is filed stays what was filed.
 */
static char *
make_path (BillingDocument  *document,
           GError          **error)
{
  g_autofree char *name = g_path_get_basename (document->name);
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "billing-documents",
                                              billing_record_get_id (BILLING_RECORD (document)), NULL);

  if (g_str_equal (name, ".") || g_str_equal (name, "..") || g_str_equal (name, "/"))
    {
      g_free (name);
      name = g_strdup ("document");
    }

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _("“%s” could not be opened: %s."), document->name, g_strerror (errno));
      return NULL;
    }

  return g_build_filename (folder, name, NULL);
}

static void
copy_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  BillingDocument *document = data;
  g_autofree char *kept = billing_documents_build_path (source, document);
  g_autoptr (GFile) from = g_file_new_for_path (kept);
  g_autofree char *path = NULL;
  g_autoptr (GFile) to = NULL;
  GError *error = NULL;

  if (billing_documents_check (source, document, &error))
    path = make_path (document, &error);

  if (path != NULL)
    {
      to = g_file_new_for_path (path);
      g_file_copy (from, to, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, &error);
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
}

/* Nobody looks at a document before the audit says that they did. */
static void
act_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error))
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, copy_thread);
}

/**
 * billing_document_copy_async:
 * @desk: a session
 * @document: a document of the practice
 * @cancellable: (nullable): stops it
 * @callback: called when the copy is there
 * @user_data: data for @callback
 *
 * Checks a document and makes a copy of it that an application may open.
 */
void
billing_document_copy_async (BillingDesk         *desk,
                             BillingDocument     *document,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (desk, cancellable, callback, user_data);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DOCUMENT_OPEN,
                                                billing_record_get_id (BILLING_RECORD (document)));

  g_task_set_source_tag (task, billing_document_copy_async);
  g_task_set_task_data (task, g_object_ref (document), g_object_unref);
  billing_desk_do_async (desk, act, cancellable, act_cb, task);
}

/**
 * billing_document_copy_finish:
 * @desk: a session
 * @result: what the callback got
 * @error: return location for a #BillingDeskError or a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): where the copy lies
 */
char *
billing_document_copy_finish (BillingDesk   *desk,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

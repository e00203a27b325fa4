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

/* What is copied, and where to. */
typedef struct {
  BillingDocument *document; /* (owned) */
  GFile *to; /* (owned) (nullable): %NULL: where the session keeps what was opened */
} Copying;

static void
copying_free (gpointer data)
{
  Copying *copying = data;

  g_object_unref (copying->document);
  g_clear_object (&copying->to);
  g_free (copying);
}

static gboolean
copy (BillingDesk   *desk,
      Copying       *copying,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autofree char *kept = billing_documents_build_path (desk, copying->document);
  g_autoptr (GFile) from = g_file_new_for_path (kept);
  g_autofree char *path = NULL;

  if (!billing_documents_check (desk, copying->document, error))
    return FALSE;

  if (copying->to == NULL)
    {
      path = make_path (copying->document, error);
      if (path == NULL)
        return FALSE;
      copying->to = g_file_new_for_path (path);
    }

  return g_file_copy (from, copying->to, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, error);
}

static void
copy_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Copying *copying = data;
  GError *error = NULL;

  if (copy (source, copying, cancellable, &error))
    g_task_return_pointer (task, g_file_get_uri (copying->to), g_free);
  else
    g_task_return_error (task, error);
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
 * @to: (nullable): where a person wants it; %NULL: a place of its own, for an application to open
 * @cancellable: (nullable): stops it
 * @callback: called when the copy is there
 * @user_data: data for @callback
 *
 * Checks a document and makes a copy of it, which whoever has it may change.
 */
void
billing_document_copy_async (BillingDesk         *desk,
                             BillingDocument     *document,
                             GFile               *to,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (desk, cancellable, callback, user_data);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DOCUMENT_OPEN,
                                                billing_record_get_id (BILLING_RECORD (document)));
  Copying *copying = g_new0 (Copying, 1);

  copying->document = g_object_ref (document);
  g_set_object (&copying->to, to);
  g_task_set_source_tag (task, billing_document_copy_async);
  g_task_set_task_data (task, copying, copying_free);
  billing_desk_do_async (desk, act, cancellable, act_cb, task);
}

/**
 * billing_document_copy_finish:
 * @desk: a session
 * @result: what the callback got
 * @error: return location for a #BillingDeskError or a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the address of the copy
 */
char *
billing_document_copy_finish (BillingDesk   *desk,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

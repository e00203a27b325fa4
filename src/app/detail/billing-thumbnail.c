/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-thumbnail"

#include "config.h"

#include "billing-thumbnail.h"

#include "billing-documents.h"

/* Larger files and pictures are shown as their kind: nobody waits for a thumbnail, and a picture may unpack to gigabytes. */
#define MAX_SIZE (20 * 1024 * 1024)
#define MAX_PIXELS 60000000

typedef struct {
  BillingDocument *document; /* (owned) */
  int size;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_object_unref (wanted->document);
  g_free (wanted);
}

/**
 * billing_thumbnail_is_possible:
 * @document: a document
 *
 * Returns: whether it is a picture of a size that can be shown small
 */
gboolean
billing_thumbnail_is_possible (BillingDocument *document)
{
  return document->media_type != NULL && g_str_has_prefix (document->media_type, "image/") && document->size <= MAX_SIZE;
}

static GdkPixbuf *
load (const char  *path,
      int          size,
      GError     **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  int width, height;

  if (gdk_pixbuf_get_file_info (path, &width, &height) == NULL || (gint64) width * height > MAX_PIXELS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no picture, or too large a one");
      return NULL;
    }

  pixbuf = gdk_pixbuf_new_from_file_at_scale (path, size, size, TRUE, error);
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Wanted *wanted = task_data;
  g_autofree char *path = billing_documents_build_path (source, wanted->document);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  pixbuf = load (path, wanted->size, &error);
  if (pixbuf != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * billing_thumbnail_load_async:
 * @desk: a session
 * @document: a picture of the practice
 * @size: of the longer side, in pixels
 * @cancellable: (nullable): stops the wait
 * @callback: called when it is there
 * @user_data: data for @callback
 *
 * Reads and scales a picture on another thread.
 */
void
billing_thumbnail_load_async (BillingDesk         *desk,
                              BillingDocument     *document,
                              int                  size,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->document = g_object_ref (document);
  wanted->size = size;
  g_task_set_source_tag (task, billing_thumbnail_load_async);
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, load_thread);
}

/**
 * billing_thumbnail_load_finish:
 * @desk: a session
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the picture, small
 */
GdkTexture *
billing_thumbnail_load_finish (BillingDesk   *desk,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

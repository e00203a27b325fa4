/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-pasted-image"

#include "config.h"

#include "billing-pasted-image.h"

#include <glib/gi18n.h>

#define NAME_KEY "billing-pasted-image"

/* By the minute, so that several can be told apart in a list. */
static char *
make_name (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");

  /* Translators: the name of a file, with a day and a time */
  return g_strdup_printf (_("Pasted image %s.png"), when);
}

static GFile *
save (GdkTexture    *image,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("billing-XXXXXX.png", &stream, error);
  g_autoptr (GBytes) bytes = NULL;
  GOutputStream *output;

  if (file == NULL)
    return NULL;

  bytes = gdk_texture_save_to_png_bytes (image);
  output = g_io_stream_get_output_stream (G_IO_STREAM (stream));
  if (!g_output_stream_write_all (output, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, cancellable, error) ||
      !g_io_stream_close (G_IO_STREAM (stream), cancellable, error))
    {
      g_file_delete (file, NULL, NULL);
      return NULL;
    }

  g_object_set_data_full (G_OBJECT (file), NAME_KEY, make_name (), g_free);
  return g_steal_pointer (&file);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GFile *file = save (source, cancellable, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * billing_pasted_image_save_async:
 * @image: a picture
 * @cancellable: (nullable): stops it
 * @callback: called when there is a file
 * @user_data: data for @callback
 *
 * Writes a picture into a file that only the person can read; billing_pasted_image_forget() removes it.
 */
void
billing_pasted_image_save_async (GdkTexture          *image,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (image, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_pasted_image_save_async);
  g_task_run_in_thread (task, save_thread);
}

/**
 * billing_pasted_image_save_finish:
 * @image: a picture
 * @result: what the callback got
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the file
 */
GFile *
billing_pasted_image_save_finish (GdkTexture    *image,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, image), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * billing_pasted_image_get_name:
 * @file: any file
 *
 * Returns: (nullable): what a pasted picture is to be called; %NULL: it is no such file, and has its own name
 */
const char *
billing_pasted_image_get_name (GFile *file)
{
  return g_object_get_data (G_OBJECT (file), NAME_KEY);
}

/**
 * billing_pasted_image_forget:
 * @file: (nullable): any file, that was filed or could not be
 *
 * Removes the file of a pasted picture; others are left alone.
 */
void
billing_pasted_image_forget (GFile *file)
{
  if (file != NULL && billing_pasted_image_get_name (file) != NULL)
    g_file_delete (file, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-safe-file"

#include "config.h"

#include "billing-safe-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gio/gunixoutputstream.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _BillingSafeFile {
  char *path;            /* (owned) */
  char *temporary;       /* (owned) (nullable): where it is written; nothing is there to be moved otherwise */
  int fd;
  GOutputStream *stream; /* (owned) */
};

static gboolean
fail (const char  *path,
      GError     **error)
{
  int code = errno;
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("“%s” could not be written: %s"), shown,
               g_strerror (code));
  return FALSE;
}

static gboolean
is_pipe_or_device (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode);
}

/* A link to a file stays one: what it leads to is replaced. */
static char *
resolve (const char *path)
{
  g_autofree char *real = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? realpath (path, NULL) : NULL;

  return g_strdup (real != NULL ? real : path);
}

/* A temporary file in the same folder, since a file is moved in one step only within a file system. */
static gboolean
open_beside (BillingSafeFile  *self,
             GError          **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *hidden = g_strdup_printf (".%s.XXXXXX", base);

  if (g_file_test (self->path, G_FILE_TEST_IS_DIR))
    {
      errno = EISDIR;
      return fail (self->path, error);
    }

  self->temporary = g_build_filename (folder, hidden, NULL);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd >= 0)
    return TRUE;

  fail (self->path, error);
  g_clear_pointer (&self->temporary, g_free);
  return FALSE;
}

static gboolean
open_as_it_is (BillingSafeFile  *self,
               GError          **error)
{
  self->fd = g_open (self->path, O_WRONLY | O_CLOEXEC, 0);

  return self->fd >= 0 || fail (self->path, error);
}

/**
 * billing_safe_file_open:
 * @path: where the file is to be
 * @error: return location for a %G_IO_ERROR
 *
 * Returns: (transfer full): a file to be written and committed, or %NULL with @error set
 */
BillingSafeFile *
billing_safe_file_open (const char  *path,
                        GError     **error)
{
  g_autoptr (BillingSafeFile) self = g_new0 (BillingSafeFile, 1);

  self->path = resolve (path);
  self->fd = -1;
  if (is_pipe_or_device (self->path) ? !open_as_it_is (self, error) : !open_beside (self, error))
    return NULL;

  self->stream = g_unix_output_stream_new (self->fd, TRUE);
  return g_steal_pointer (&self);
}

/**
 * billing_safe_file_free:
 * @self: a file
 *
 * Without a commit, nothing of the file is left, and what was there before is.
 */
void
billing_safe_file_free (BillingSafeFile *self)
{
  if (self->temporary != NULL)
    g_unlink (self->temporary);

  g_clear_object (&self->stream);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

/**
 * billing_safe_file_get_stream:
 * @self: a file
 *
 * Returns: (transfer none): what to write to
 */
GOutputStream *
billing_safe_file_get_stream (BillingSafeFile *self)
{
  return self->stream;
}

/**
 * billing_safe_file_explain:
 * @self: a file
 * @error: (inout) (nullable): what writing to its stream failed with
 *
 * A full disk is told by the stream without a word about what was being written; a person is told which file it is.
 */
void
billing_safe_file_explain (BillingSafeFile  *self,
                           GError          **error)
{
  if (error == NULL || !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return;

  g_clear_error (error);
  errno = ENOSPC;
  fail (self->path, error);
}

/**
 * billing_safe_file_commit:
 * @self: a file, written to its end
 * @error: return location for a %G_IO_ERROR
 *
 * Puts the file into its place.
 *
 * Returns: %FALSE with @error set; what was there before is there still
 */
gboolean
billing_safe_file_commit (BillingSafeFile  *self,
                          GError          **error)
{
  if (self->temporary != NULL && fsync (self->fd) != 0)
    return fail (self->path, error);

  if (!g_output_stream_close (self->stream, NULL, error))
    {
      billing_safe_file_explain (self, error);
      return FALSE;
    }

  if (self->temporary != NULL && g_rename (self->temporary, self->path) != 0)
    return fail (self->path, error);

  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

/**
 * billing_safe_file_write:
 * @path: where
 * @text: all of what is to stand there
 * @error: return location for a #GError
 *
 * Returns: whether it stands there
 */
gboolean
billing_safe_file_write (const char  *path,
                         const char  *text,
                         GError     **error)
{
  g_autoptr (BillingSafeFile) file = billing_safe_file_open (path, error);

  if (file == NULL)
    return FALSE;
  if (!g_output_stream_write_all (billing_safe_file_get_stream (file), text, strlen (text), NULL, NULL, error))
    {
      billing_safe_file_explain (file, error);
      return FALSE;
    }

  return billing_safe_file_commit (file, error);
}

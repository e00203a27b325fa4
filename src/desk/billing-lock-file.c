/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-lock-file"

#include "config.h"

#include "billing-lock-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "billing-store-error.h"

/* Programs take turns by a file whose lock the kernel lets go of with whoever holds it. */

#define WAIT_STEP (100 * G_TIME_SPAN_MILLISECOND)

static void
fail (const char  *path,
      int          saved_errno,
      GError     **error)
{
  g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_READ_ONLY, _("The file “%s” cannot be written: %s. Nothing was changed."), path,
               g_strerror (saved_errno));
}

static gboolean
lock (int            fd,
      const char    *path,
      gint64         patience,
      GCancellable  *cancellable,
      gboolean      *is_busy,
      GError       **error)
{
  gint64 until = g_get_monotonic_time () + patience;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      int saved_errno = errno;

      if (saved_errno == EINTR)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      *is_busy = saved_errno == EWOULDBLOCK && g_get_monotonic_time () >= until;
      if (saved_errno != EWOULDBLOCK)
        fail (path, saved_errno, error);
      if (saved_errno != EWOULDBLOCK || *is_busy)
        return FALSE;
      g_usleep (WAIT_STEP);
    }

  return TRUE;
}

/**
 * billing_lock_file_take:
 * @path: of the file
 * @patience: how long to wait for another program, in microseconds
 * @cancellable: (nullable): what stops the wait
 * @is_busy: (out): another program has it; then there is no @error
 * @error: return location for a #BillingStoreError
 *
 * Returns: the file that holds the lock, until it is closed; -1 where it could not be taken
 */
int
billing_lock_file_take (const char    *path,
                        gint64         patience,
                        GCancellable  *cancellable,
                        gboolean      *is_busy,
                        GError       **error)
{
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  *is_busy = FALSE;
  if (fd < 0)
    {
      fail (path, errno, error);
      return -1;
    }
  if (lock (fd, path, patience, cancellable, is_busy, error))
    return fd;

  g_close (fd, NULL);
  return -1;
}

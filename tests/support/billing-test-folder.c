/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-test-folder"

#include "config.h"

#include "billing-test-folder.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int
remove_below_cb (const char        *path,
                 const struct stat *info,
                 int                kind,
                 struct FTW        *place)
{
  if (place->level > 0 && remove (path) != 0)
    g_error ("Cannot remove %s: %s", path, g_strerror (errno));

  return 0;
}

/**
 * billing_test_folder_use_memory:
 *
 * Makes the folders that follow in memory, where the system has such a place. For tests that commit many thousand times: each commit is synced,
 * which a disk takes its time for.
 */
void
billing_test_folder_use_memory (void)
{
  if (g_access ("/dev/shm", R_OK | W_OK | X_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
}

/**
 * billing_test_folder:
 *
 * Makes a fresh folder that only this user can enter, as a practice's must be.
 *
 * Its path has no symbolic link in it, so that it can be compared with the paths SQLite uses.
 *
 * Returns: (transfer full): its path, for billing_test_folder_remove()
 */
char *
billing_test_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *made = g_dir_make_tmp ("billing-XXXXXX", &error);
  g_autofree char *real = NULL;

  if (made == NULL)
    g_error ("Cannot make a folder: %s", error->message);

  real = realpath (made, NULL);
  g_assert_nonnull (real);

  return g_strdup (real);
}

/**
 * billing_test_folder_empty:
 * @folder: a folder of a test
 *
 * Removes everything below @folder, following no symbolic links, and leaves @folder itself.
 */
void
billing_test_folder_empty (const char *folder)
{
  g_return_if_fail (folder != NULL && g_path_is_absolute (folder));

  if (nftw (folder, remove_below_cb, 16, FTW_DEPTH | FTW_PHYS) != 0)
    g_error ("Cannot empty %s: %s", folder, g_strerror (errno));
}

/**
 * billing_test_folder_remove:
 * @folder: (transfer full): what billing_test_folder() returned
 *
 * Removes @folder with everything below it, and frees the path.
 */
void
billing_test_folder_remove (char *folder)
{
  billing_test_folder_empty (folder);

  if (remove (folder) != 0)
    g_error ("Cannot remove %s: %s", folder, g_strerror (errno));

  g_free (folder);
}

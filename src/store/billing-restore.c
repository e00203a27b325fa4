/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-restore"

#include "config.h"

#include "billing-store.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "billing-connection-private.h"
#include "billing-migration.h"
#include "billing-mirror.h"

static char *
build_books_path (const char *folder)
{
  return g_build_filename (folder, "practice.db", NULL);
}

static char *
build_backup_path (const char *folder,
                   const char *why)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *name = g_strdup_printf ("%s-%s-%06d.db", why, stamp, g_date_time_get_microsecond (now));

  return g_build_filename (folder, "backups", name, NULL);
}

/**
 * billing_store_read_id:
 * @folder: of a practice
 * @error: return location for a #BillingStoreError
 *
 * Looks who the practice is before it is opened, to find its key in the keyring.
 *
 * Returns: (transfer full) (nullable): the practice's id; %NULL without @error where it has none yet
 */
char *
billing_store_read_id (const char  *folder,
                       GError     **error)
{
  g_autofree char *path = build_books_path (folder);
  g_autoptr (BillingConnection) connection = NULL;
  int version;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;

  connection = billing_connection_open (path, FALSE, error);
  if (connection == NULL || !billing_migration_get_version (connection, &version, error) || version == 0)
    return NULL;

  return billing_connection_get_text (connection, error, "SELECT id FROM practice", "");
}

/**
 * billing_store_back_up:
 * @self: a store
 * @path: a file; one that is there is replaced
 * @error: return location for a #BillingStoreError
 *
 * Writes a whole, consistent copy of the books. The old file stays until the new one is complete.
 *
 * Returns: whether the copy is complete
 */
gboolean
billing_store_back_up (BillingStore  *self,
                       const char    *path,
                       GError       **error)
{
  g_autofree char *books = billing_store_build_path (self, "practice.db");
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  g_autoptr (BillingConnection) connection = billing_connection_open (books, FALSE, error);

  g_unlink (partial);
  if (connection == NULL ||
      !billing_connection_execute (connection, "PRAGMA query_only = OFF", error) ||
      !billing_connection_backup (connection, partial, error))
    {
      g_unlink (partial);
      return FALSE;
    }

  if (g_rename (partial, path) == 0)
    return TRUE;

  g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_READ_ONLY,
               _("The backup “%s” could not be written. The books are as they were."), path);
  g_unlink (partial);
  return FALSE;
}

/* A backup must be books, whole, and of a schema that is known. */
static BillingConnection *
open_backup (const char  *path,
             GError     **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autoptr (BillingConnection) backup = billing_connection_open (path, FALSE, &own_error);
  g_autofree char *answer = NULL;
  int version = 0;

  if (backup != NULL)
    answer = billing_connection_get_text (backup, &own_error, "PRAGMA quick_check (1)", "");
  if (g_strcmp0 (answer, "ok") == 0 &&
      billing_migration_get_version (backup, &version, &own_error) &&
      version > 0 && version <= billing_migration_get_newest ())
    return g_steal_pointer (&backup);

  g_set_error (error, BILLING_STORE_ERROR,
               version > billing_migration_get_newest () ? BILLING_STORE_ERROR_NEWER : BILLING_STORE_ERROR_CORRUPT,
               _("“%s” is no whole backup of a practice that this program knows. Nothing was changed."), path);
  return NULL;
}

static gboolean
move_books (const char  *from,
            const char  *to,
            GError     **error)
{
  static const char * const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *old = g_strconcat (from, endings[i], NULL);
      g_autofree char *new = g_strconcat (to, endings[i], NULL);

      /* What lies at the new place by this name belongs to other books. */
      g_unlink (new);
      if (g_file_test (old, G_FILE_TEST_EXISTS) && g_rename (old, new) != 0)
        {
          g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_READ_ONLY,
                       _("The damaged books could not be moved to “%s”. Nothing was changed."), to);
          return FALSE;
        }
    }

  return TRUE;
}

/*
 * What is there now is kept: as a backup where it can be read, else as it is. Only what is damaged is set aside; where the disk is full or
 * somebody else writes, the books stay.
 */
static BillingConnection *
open_books (const char  *folder,
            char       **aside,
            GError     **error)
{
  g_autofree char *books = build_books_path (folder);
  g_autofree char *kept = build_backup_path (folder, "before-restore");
  g_autoptr (BillingConnection) connection = NULL;
  g_autoptr (GError) why = NULL;

  if (g_file_test (books, G_FILE_TEST_EXISTS))
    {
      connection = billing_connection_open (books, TRUE, &why);
      if (connection != NULL && billing_connection_backup (connection, kept, &why))
        return g_steal_pointer (&connection);

      if (!g_error_matches (why, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return NULL;
        }
      g_clear_pointer (&connection, billing_connection_close);
      *aside = build_backup_path (folder, "damaged");
      if (!move_books (books, *aside, error))
        return NULL;
    }

  return billing_store_create (folder, error) ? billing_connection_open (books, TRUE, error) : NULL;
}

static gboolean
copy_books (BillingConnection  *from,
            BillingConnection  *to,
            GError            **error)
{
  sqlite3_backup *copy = sqlite3_backup_init (to->db, "main", from->db, "main");
  int code;

  if (copy == NULL)
    return billing_connection_fail (to, sqlite3_errcode (to->db), error);

  code = sqlite3_backup_step (copy, -1);
  sqlite3_backup_finish (copy);
  return code == SQLITE_DONE || billing_connection_fail (to, code, error);
}

/* What waited for Stripe when the backup was made may have been sent since: it is looked up, never sent blindly. A message to a patient may have
 * gone out as well: people say whether it goes again. */
static gboolean
doubt_what_waited (BillingConnection  *copy,
                   GError            **error)
{
  gint64 has_messages = 0;

  return billing_connection_execute (copy, "UPDATE outbox SET state = 'unknown' WHERE state IN ('queued', 'sending')", error) &&
         billing_connection_get_integer (copy, &has_messages, error, "SELECT count(*) FROM sqlite_schema WHERE name = 'messages'", "") &&
         (has_messages == 0 ||
          billing_connection_execute (copy, "UPDATE messages SET state = 'unknown' WHERE state IN ('queued', 'sending')", error));
}

static BillingConnection *
copy_backup (BillingConnection  *backup,
             const char         *path,
             GError            **error)
{
  g_autoptr (BillingConnection) copy = NULL;

  g_unlink (path);
  if (!billing_connection_execute (backup, "PRAGMA query_only = OFF", error) ||
      !billing_connection_backup (backup, path, error))
    return NULL;

  copy = billing_connection_open (path, TRUE, error);
  if (copy == NULL || !doubt_what_waited (copy, error))
    return NULL;

  return g_steal_pointer (&copy);
}

static gboolean
bring_back (const char         *folder,
            BillingConnection  *from,
            GError            **error)
{
  g_autoptr (BillingConnection) to = NULL;
  g_autofree char *books = build_books_path (folder);
  g_autofree char *aside = NULL;

  to = open_books (folder, &aside, error);
  if (to != NULL && billing_mirror_drop (folder, error) && copy_books (from, to, error))
    return TRUE;

  g_clear_pointer (&to, billing_connection_close);
  if (aside != NULL)
    move_books (aside, books, NULL);
  return FALSE;
}

static void
remove_database (const char *path)
{
  static const char * const endings[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_unlink (name);
    }
}

/**
 * billing_store_restore:
 * @folder: of a practice; made if it is not there
 * @backup: a copy made by billing_store_back_up()
 * @error: return location for a #BillingStoreError
 *
 * Makes the books what @backup says, in one transaction. What they said before is kept under “backups”. The mirror is dropped: what it
 * already posted is not in the backup, so everything is fetched and looked at again.
 *
 * Returns: whether they are restored
 */
gboolean
billing_store_restore (const char  *folder,
                       const char  *backup,
                       GError     **error)
{
  g_autoptr (BillingConnection) from = open_backup (backup, error);
  g_autoptr (BillingConnection) copy = NULL;
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *path = NULL;
  gboolean success;

  if (from == NULL)
    return FALSE;

  /* Where there cannot be a folder the copy fails, and says so. */
  g_mkdir_with_parents (backups, 0700);
  path = build_backup_path (folder, "restoring");
  copy = copy_backup (from, path, error);
  success = copy != NULL && bring_back (folder, copy, error);
  g_clear_pointer (&copy, billing_connection_close);
  remove_database (path);
  return success;
}

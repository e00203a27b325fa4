/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-test-dump"

#include "config.h"

#include "billing-test-dump.h"

#include <gio/gio.h>
#include <sqlite3.h>

/* A connection that is none of the program's, so that the program's own mistakes do not hide behind themselves. */
static sqlite3 *
open_books (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    g_error ("Cannot open %s", path);

  sqlite3_busy_timeout (db, 10000);
  return db;
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("Cannot prepare “%s”: %s", sql, sqlite3_errmsg (db));

  return statement;
}

static gboolean
step (sqlite3_stmt *statement)
{
  const int code = sqlite3_step (statement);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    g_error ("Cannot run “%s”: %s", sqlite3_sql (statement), sqlite3_errmsg (sqlite3_db_handle (statement)));

  return code == SQLITE_ROW;
}

static void
dump_rows (sqlite3    *db,
           const char *table,
           GString    *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY 1, 2", table);
  sqlite3_stmt *statement = prepare (db, sql);

  while (step (statement))
    {
      g_string_append_printf (text, "%s:", table);
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const char *name = sqlite3_column_name (statement, i);

          /* A seal's time is the clock's, whatever time the act was given. */
          if (g_str_equal (table, "seals") && g_str_equal (name, "at"))
            continue;
          /* Its salt is different every time. */
          if (g_str_equal (name, "passphrase"))
            {
              g_string_append (text, sqlite3_column_type (statement, i) == SQLITE_NULL ? " passphrase=" : " passphrase=*");
              continue;
            }
          /* So is this. */
          if (g_str_equal (name, "idempotency_key"))
            continue;
          if (sqlite3_column_type (statement, i) == SQLITE_BLOB)
            {
              g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_MD5, sqlite3_column_blob (statement, i),
                                                                     (gsize) sqlite3_column_bytes (statement, i));

              g_string_append_printf (text, " %s=x%s", name, digest);
              continue;
            }
          g_string_append_printf (text, " %s=%s", name, (const char *) sqlite3_column_text (statement, i));
        }
      g_string_append_c (text, '\n');
    }
  sqlite3_finalize (statement);
}

/**
 * billing_test_dump:
 * @folder: of a practice
 *
 * Returns: (transfer full): every row of every table as text; two books that say the same have the same. Passphrases and keys are left out
 */
char *
billing_test_dump (const char *folder)
{
  sqlite3 *db = open_books (folder);
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *tables;

  sqlite3_exec (db, "BEGIN", NULL, NULL, NULL);
  tables = prepare (db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*s_search*'"
                        " ORDER BY name");
  while (step (tables))
    dump_rows (db, (const char *) sqlite3_column_text (tables, 0), text);

  sqlite3_finalize (tables);
  sqlite3_close (db);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gint64
billing_test_integer (const char *folder,
                      const char *sql)
{
  sqlite3 *db = open_books (folder);
  sqlite3_stmt *statement = prepare (db, sql);
  const gint64 value = step (statement) ? sqlite3_column_int64 (statement, 0) : 0;

  sqlite3_finalize (statement);
  sqlite3_close (db);
  return value;
}

char *
billing_test_text (const char *folder,
                   const char *sql)
{
  sqlite3 *db = open_books (folder);
  sqlite3_stmt *statement = prepare (db, sql);
  char *value = step (statement) ? g_strdup ((const char *) sqlite3_column_text (statement, 0)) : NULL;

  sqlite3_finalize (statement);
  sqlite3_close (db);
  return value;
}

/**
 * billing_test_sql:
 * @folder: of a practice
 * @sql: statements, which must not fail
 *
 * Changes the books behind the program's back.
 */
void
billing_test_sql (const char *folder,
                  const char *sql)
{
  sqlite3 *db = open_books (folder);
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("Cannot run “%s”: %s", sql, message);

  sqlite3_close (db);
}

/**
 * billing_test_copy:
 * @from: of a practice that nobody has open
 * @to: a folder; made if it is not there
 *
 * Copies the folder with all that is below it.
 */
void
billing_test_copy (const char *from,
                   const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *old_path = g_build_filename (from, name, NULL);
      g_autofree char *new_path = g_build_filename (to, name, NULL);
      g_autoptr (GFile) old = g_file_new_for_path (old_path);
      g_autoptr (GFile) new = g_file_new_for_path (new_path);

      if (g_file_test (old_path, G_FILE_TEST_IS_DIR))
        billing_test_copy (old_path, new_path);
      else
        g_file_copy (old, new, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

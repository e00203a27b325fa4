/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-migration"

#include "config.h"

#include "billing-migration.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "billing-schema-resource.h"

#define SCHEMA_PATH "/com/example/Billing/schema/"

/*
 * The schema's history: schema/NNN-what.sql, each run once, in order, in one transaction with its version bump.
 * The scripts are compiled in, so that program and plan cannot differ.
 */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

static GStrv
list_scripts (void)
{
  GStrv names = g_resource_enumerate_children (billing_schema_get_resource (), SCHEMA_PATH,
                                               G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (names != NULL);
  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
  return names;
}

static int
get_number (const char *script)
{
  return (int) g_ascii_strtoll (script, NULL, 10);
}

/**
 * billing_migration_get_newest:
 *
 * Returns: the version of the schema that this program knows
 */
int
billing_migration_get_newest (void)
{
  g_auto (GStrv) scripts = list_scripts ();

  return get_number (scripts[g_strv_length (scripts) - 1]);
}

/**
 * billing_migration_get_version:
 * @connection: a connection
 * @version: (out): the version of the schema of its database; 0: empty
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_migration_get_version (BillingConnection  *connection,
                               int                *version,
                               GError            **error)
{
  gint64 value;

  if (!billing_connection_get_integer (connection, &value, error, "PRAGMA user_version", ""))
    return FALSE;

  *version = (int) value;
  return TRUE;
}

static gboolean
run_script (BillingConnection  *connection,
            const char         *script,
            GError            **error)
{
  g_autofree char *path = g_strconcat (SCHEMA_PATH, script, NULL);
  g_autofree char *bump = g_strdup_printf ("PRAGMA user_version = %d", get_number (script));
  g_autoptr (GBytes) sql = g_resource_lookup_data (billing_schema_get_resource (), path,
                                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  int version;

  if (sql == NULL || !billing_connection_begin (connection, TRUE, error))
    return FALSE;

  /* Another program may have run it while this one waited for the lock. */
  if (billing_migration_get_version (connection, &version, error) &&
      (version >= get_number (script) ||
       (billing_connection_execute (connection, g_bytes_get_data (sql, NULL), error) &&
        billing_connection_execute (connection, bump, error))))
    return billing_connection_commit (connection, error);

  billing_connection_rollback (connection);
  return FALSE;
}

static gboolean
back_up (BillingConnection  *connection,
         const char         *backups,
         int                 version,
         GError            **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *name = g_strdup_printf ("before-schema-%03d-%s-%06d-%d.db", version + 1, stamp,
                                           g_date_time_get_microsecond (now), (int) getpid ());
  g_autofree char *path = g_build_filename (backups, name, NULL);
  int version_now;

  if (!billing_connection_backup (connection, path, error) ||
      !billing_migration_get_version (connection, &version_now, error))
    return FALSE;

  /* Another program brought it up to date meanwhile, and made its own backup before. */
  if (version_now != version)
    g_unlink (path);
  return TRUE;
}

/**
 * billing_migration_check:
 * @connection: a connection, of a reader too
 * @version: (out): the version of the schema
 * @error: return location for %BILLING_STORE_ERROR_NEWER
 *
 * Returns: whether this program knows the schema, so that it may touch the database
 */
gboolean
billing_migration_check (BillingConnection  *connection,
                         int                *version,
                         GError            **error)
{
  if (!billing_migration_get_version (connection, version, error))
    return FALSE;
  if (*version <= billing_migration_get_newest ())
    return TRUE;

  g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NEWER,
                       _("A newer version of Billing made this practice. Nothing was changed; install the newer "
                         "version to open it."));
  return FALSE;
}

/**
 * billing_migration_run:
 * @connection: the writer's connection, without a transaction
 * @backups: the folder for the backup that is made first
 * @error: return location for a #BillingStoreError
 *
 * Brings the schema up to date. A database that a newer program made is refused.
 *
 * Returns: whether the schema is the newest
 */
gboolean
billing_migration_run (BillingConnection  *connection,
                       const char         *backups,
                       GError            **error)
{
  g_auto (GStrv) scripts = list_scripts ();
  int version;

  if (!billing_migration_check (connection, &version, error))
    return FALSE;

  if (version > 0 && version < billing_migration_get_newest () &&
      !back_up (connection, backups, version, error))
    return FALSE;

  for (guint i = 0; scripts[i] != NULL; i++)
    {
      if (get_number (scripts[i]) > version && !run_script (connection, scripts[i], error))
        return FALSE;
    }

  return TRUE;
}

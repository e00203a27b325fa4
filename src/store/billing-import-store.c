/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-store"

#include "config.h"

#include "billing-import-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "billing-patient.h"
#include "billing-remittance.h"
#include "billing-treatment.h"

/* The stage: its folder, its tables, and how it is gone over. */

#define FOLDER_PREFIX ".import-"

static const char tables[] =
  "PRAGMA journal_mode = OFF;"
  "PRAGMA synchronous = OFF;"
  /* Mapped pages would count as the program's memory. */
  "PRAGMA mmap_size = 0;"
  "PRAGMA cache_size = -32768;"
  "CREATE TABLE stage_files (file INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
  "CREATE TABLE stage_items ("
  "  item INTEGER PRIMARY KEY, entity INTEGER NOT NULL, file INTEGER NOT NULL, entry INTEGER NOT NULL,"
  "  type TEXT NOT NULL, kind TEXT, what TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,"
  "  version TEXT, updated_at INTEGER NOT NULL, partial INTEGER NOT NULL, insurer TEXT, waits INTEGER NOT NULL,"
  "  winner INTEGER NOT NULL DEFAULT 1, id TEXT, outcome TEXT, number TEXT) STRICT;"
  "CREATE INDEX stage_items_by_entity ON stage_items (entity, winner);"
  "CREATE TABLE stage_raw (item INTEGER PRIMARY KEY, raw BLOB NOT NULL) STRICT;"
  "CREATE TABLE stage_keys ("
  "  key TEXT NOT NULL, entity INTEGER NOT NULL, strength INTEGER NOT NULL, matches INTEGER NOT NULL,"
  "  item INTEGER NOT NULL, PRIMARY KEY (key, entity)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX stage_keys_by_entity ON stage_keys (entity, strength);"
  "CREATE TABLE stage_refs ("
  "  item INTEGER NOT NULL, role TEXT NOT NULL, ordinal INTEGER NOT NULL, rank INTEGER NOT NULL,"
  "  kind TEXT NOT NULL, required INTEGER NOT NULL, key TEXT NOT NULL, shown TEXT NOT NULL,"
  "  PRIMARY KEY (item, role, ordinal, rank)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE stage_parts ("
  "  item INTEGER NOT NULL, ordinal INTEGER NOT NULL, tier INTEGER NOT NULL, charges INTEGER NOT NULL,"
  "  coinsurance INTEGER NOT NULL, deductible INTEGER NOT NULL, copay INTEGER NOT NULL,"
  "  insurer_paid INTEGER NOT NULL, PRIMARY KEY (item, ordinal)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE stage_codes ("
  "  item INTEGER NOT NULL, line INTEGER NOT NULL, ordinal INTEGER NOT NULL, tier INTEGER NOT NULL,"
  "  system TEXT NOT NULL, code TEXT NOT NULL, display TEXT, units INTEGER NOT NULL,"
  "  amount INTEGER NOT NULL, PRIMARY KEY (item, line)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE stage_problems ("
  "  pk INTEGER PRIMARY KEY, file INTEGER NOT NULL, entry INTEGER NOT NULL, type TEXT, what TEXT,"
  "  text TEXT NOT NULL) STRICT;"
  "CREATE TABLE stage_unused ("
  "  file INTEGER NOT NULL, type TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (file, type)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE stage_matches (item INTEGER NOT NULL, strength INTEGER NOT NULL, id TEXT NOT NULL) STRICT;"
  "CREATE TABLE stage_candidates ("
  "  item INTEGER NOT NULL, role TEXT NOT NULL, ordinal INTEGER NOT NULL, rank INTEGER NOT NULL,"
  "  target TEXT, target_item INTEGER) STRICT;"
  "CREATE INDEX stage_candidates_by_item ON stage_candidates (item, role, ordinal, rank);"
  "CREATE INDEX stage_matches_by_item ON stage_matches (item, strength);"
  "CREATE TABLE stage_links ("
  "  item INTEGER NOT NULL, role TEXT NOT NULL, ordinal INTEGER NOT NULL, target TEXT,"
  "  target_item INTEGER, n INTEGER NOT NULL, PRIMARY KEY (item, role, ordinal)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE stage_touched (id TEXT PRIMARY KEY, money INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE stage_old_codes (treatment_id TEXT NOT NULL, system TEXT NOT NULL, code TEXT NOT NULL) STRICT;"
  "CREATE TABLE stage_new_codes ("
  "  treatment_id TEXT NOT NULL, system TEXT NOT NULL, code TEXT NOT NULL, display TEXT,"
  "  units INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (treatment_id, system, code)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE stage_state (imports INTEGER NOT NULL) STRICT;";

/* The kinds that imports make, those first that others refer to; benefits belong to their check. */
GType
billing_import_get_nth_type (guint i)
{
  GType types[] = {
    BILLING_TYPE_LOCATION, BILLING_TYPE_PHYSICIAN, BILLING_TYPE_PATIENT, BILLING_TYPE_COVERAGE,
    BILLING_TYPE_TREATMENT, BILLING_TYPE_ELIGIBILITY_CHECK, BILLING_TYPE_BENEFIT, BILLING_TYPE_REMITTANCE,
    BILLING_TYPE_REMITTANCE_LINE,
  };

  return i < G_N_ELEMENTS (types) ? types[i] : G_TYPE_INVALID;
}

/* What a source can say about a record; its id, its revision and what the books keep are theirs. */
gboolean
billing_import_is_staged (const BillingField *field)
{
  return (field->flags & (BILLING_FIELD_JOINED | BILLING_FIELD_KEPT)) == 0 &&
         !g_str_equal (field->member, "id") && !g_str_equal (field->member, "created_at") &&
         !billing_import_is_reference (field);
}

/* A column that names another record, which the item's references lead to. */
gboolean
billing_import_is_reference (const BillingField *field)
{
  return g_str_has_suffix (field->member, "_id") && !g_str_equal (field->member, "member_id");
}

/* Runs statements for a range of items, ?1 to ?2. */
gboolean
billing_import_run_all (BillingConnection         *connection,
                        const char * const        *statements,
                        const BillingImportRange  *range,
                        GError                   **error)
{
  for (guint i = 0; statements[i] != NULL; i++)
    {
      if (!billing_connection_run (connection, error, statements[i], "ii", range->first, range->last))
        return FALSE;
    }

  return TRUE;
}

/**
 * billing_import_each_range:
 * @connection: one that has the stage
 * @func: (scope call): does one range
 * @data: for @func
 * @cancellable: (nullable): looked at between the ranges
 * @error: return location for an error
 *
 * Goes over the stage in ranges. What SQLite has to hold of a statement (sorts, what it would take back) stays small, however large the
 * import is.
 *
 * Returns: whether all were done
 */
gboolean
billing_import_each_range (BillingConnection       *connection,
                           BillingImportRangeFunc   func,
                           gconstpointer            data,
                           GCancellable            *cancellable,
                           GError                 **error)
{
  gint64 last;

  if (!billing_connection_get_integer (connection, &last, error, "SELECT ifnull (max (item), 0) FROM stage_items", ""))
    return FALSE;

  for (gint64 first = 1; first <= last; first += BILLING_IMPORT_RANGE)
    {
      BillingImportRange range = { first, first + BILLING_IMPORT_RANGE - 1 };

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !func (connection, &range, data, error))
        return FALSE;
    }

  return TRUE;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static int
take_lock (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      return -1;
    }

  return fd;
}

/* What a program that was killed left behind names patients: it goes as soon as somebody looks. */
static void
remove_leftovers (const char *practice)
{
  g_autoptr (GDir) dir = g_dir_open (practice, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (practice, name, NULL);
      GStatBuf info;
      int lock;

      /* One that was made just now may not be locked yet. */
      if (!g_str_has_prefix (name, FOLDER_PREFIX) || g_stat (folder, &info) != 0 || !S_ISDIR (info.st_mode) ||
          info.st_mtime > g_get_real_time () / G_USEC_PER_SEC - 60)
        continue;

      lock = take_lock (folder);
      if (lock < 0)
        continue;
      remove_folder (folder);
      close (lock);
    }
}

static gboolean
make_folder (BillingImportStage  *self,
             const char          *practice,
             GError             **error)
{
  g_autofree char *template = g_build_filename (practice, FOLDER_PREFIX "XXXXXX", NULL);
  int fd;

  if (g_mkdtemp_full (template, 0700) == NULL)
    {
      int saved_errno = errno;

      g_set_error (error, BILLING_STORE_ERROR,
                   saved_errno == ENOSPC ? BILLING_STORE_ERROR_FULL : BILLING_STORE_ERROR_READ_ONLY,
                   _("The folder “%s” cannot be written: %s. Nothing was imported."), practice, g_strerror (saved_errno));
      return FALSE;
    }

  self->folder = g_steal_pointer (&template);
  self->path = g_build_filename (self->folder, "stage.db", NULL);
  self->lock = take_lock (self->folder);

  fd = g_open (self->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  return fd >= 0 ? g_close (fd, error) : TRUE;
}

static gboolean
make_record_table (BillingImportStage  *self,
                   BillingRecordClass  *klass,
                   GError             **error)
{
  /* Several benefits belong to one item. */
  gboolean many = g_str_equal (klass->kind, "benefits");
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "CREATE TABLE stage_%s (item INTEGER %s", klass->kind,
                          many ? "NOT NULL, line INTEGER NOT NULL" : "PRIMARY KEY");
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if (billing_import_is_staged (field))
        g_string_append_printf (sql, ", %s %s", field->member,
                                field->get_enum != NULL || field->type == G_TYPE_STRING ? "TEXT" : "INTEGER");
    }
  g_string_append (sql, many ? ", PRIMARY KEY (item, line)) STRICT, WITHOUT ROWID" : ") STRICT");

  return billing_connection_execute (self->connection, sql->str, error);
}

static gboolean
make_tables (BillingImportStage  *self,
             GError             **error)
{
  GType type;

  if (!billing_connection_execute (self->connection, tables, error))
    return FALSE;

  for (guint i = 0; (type = billing_import_get_nth_type (i)) != G_TYPE_INVALID; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (type);

      if (!make_record_table (self, (BillingRecordClass *) klass, error))
        return FALSE;
    }

  /* Sources without numbers find patients of the same import by birth date and name. */
  return billing_connection_execute (self->connection,
                                     "CREATE INDEX stage_patients_by_birth_date ON stage_patients (birth_date)", error);
}

/**
 * billing_import_stage_new:
 * @store: the practice that it is for
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): an empty stage
 */
BillingImportStage *
billing_import_stage_new (BillingStore  *store,
                          GError       **error)
{
  g_autoptr (BillingImportStage) self = g_new0 (BillingImportStage, 1);
  g_autofree char *books = billing_store_build_path (store, "practice.db");
  const char *practice = billing_store_get_folder (store);

  self->lock = -1;
  self->unused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->inserts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  remove_leftovers (practice);
  if (!make_folder (self, practice, error))
    return NULL;

  self->connection = billing_connection_open (self->path, TRUE, error);
  if (self->connection == NULL || !make_tables (self, error) ||
      !billing_connection_run (self->connection, error, "ATTACH ? AS books", "t", books))
    return NULL;

  return g_steal_pointer (&self);
}

void
billing_import_stage_free (BillingImportStage *self)
{
  g_clear_pointer (&self->connection, billing_connection_close);
  if (self->folder != NULL)
    remove_folder (self->folder);
  if (self->lock >= 0)
    close (self->lock);
  g_hash_table_unref (self->unused);
  g_hash_table_unref (self->inserts);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

/* Not with the write lock at once, which would be that of the books too: the desk goes on while files
 * are read and compared. Nobody else has the stage. */
gboolean
billing_import_begin (BillingImportStage  *self,
                      GError             **error)
{
  return billing_connection_begin (self->connection, FALSE, error);
}

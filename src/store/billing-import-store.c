/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-store"

#include "config.h"

#include "billing-import-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "billing-import-private.h"
#include "billing-patient.h"
#include "billing-treatment.h"

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
    BILLING_TYPE_TREATMENT, BILLING_TYPE_ELIGIBILITY_CHECK, BILLING_TYPE_BENEFIT,
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

  return TRUE;
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

/**
 * billing_import_stage_each_waiting:
 * @self: a stage
 * @func: (scope call): is given each entry that earlier imports kept
 * @data: for @func
 * @error: return location for an error
 *
 * To be called before any file is begun; what @func puts is not counted unless it comes in now.
 *
 * Returns: whether all were given
 */
gboolean
billing_import_stage_each_waiting (BillingImportStage        *self,
                                   BillingImportWaitingFunc   func,
                                   gpointer                   data,
                                   GError                   **error)
{
  g_autoptr (BillingStatement) statement = NULL;

  self->file = 0;
  self->first = self->item + 1;
  if (!billing_import_begin (self, error))
    return FALSE;

  statement = billing_connection_prepare (self->connection, "SELECT entry FROM import_waiting ORDER BY pk", error);
  while (statement != NULL)
    {
      g_autoptr (GBytes) entry = NULL;
      gconstpointer bytes;
      gsize size;
      gboolean row;

      if (!billing_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        {
          g_clear_pointer (&statement, billing_statement_release);
          return billing_connection_commit (self->connection, error);
        }

      bytes = billing_statement_get_blob (statement, 0, &size);
      entry = g_bytes_new (bytes, size);
      if (!func (entry, data, error))
        return FALSE;
    }

  return FALSE;
}

gboolean
billing_import_stage_begin_file (BillingImportStage  *self,
                                 const char          *name,
                                 GError             **error)
{
  if (!billing_connection_run (self->connection, error, "INSERT INTO stage_files (name) VALUES (?)", "t", name))
    return FALSE;

  self->file = billing_connection_get_last_pk (self->connection);
  self->first = self->item + 1;
  g_hash_table_remove_all (self->unused);
  return billing_import_begin (self, error);
}

static gboolean
has_good_key (BillingImportItem *item)
{
  BillingImportKey *best = item->keys->pdata[0];

  return best->strength <= BILLING_IMPORT_STRENGTH_ID;
}

/* The staged thing of that name, unless its address says that it is another one of the same name. */
static gboolean
find_entity_by_key (BillingImportStage  *self,
                    BillingImportItem   *item,
                    BillingImportKey    *key,
                    gint64              *entity,
                    GError             **error)
{
  BillingImportKey *best = item->keys->pdata[0];
  gboolean has_url = best->strength == BILLING_IMPORT_STRENGTH_URL;

  if (has_url && key->strength == BILLING_IMPORT_STRENGTH_ID)
    return billing_connection_get_integer (self->connection, entity, error,
      "SELECT entity FROM stage_keys AS k WHERE key = ? AND matches AND NOT EXISTS"
      " (SELECT 1 FROM stage_keys AS u WHERE u.entity = k.entity AND u.strength = 0) LIMIT 1", "t", key->key);

  return billing_connection_get_integer (self->connection, entity, error,
                                         "SELECT entity FROM stage_keys WHERE key = ? AND matches LIMIT 1", "t",
                                         key->key);
}

static gboolean
find_entity (BillingImportStage  *self,
             BillingImportItem   *item,
             gint64              *entity,
             GError             **error)
{
  gboolean good = has_good_key (item);

  *entity = 0;
  for (guint i = 0; i < item->keys->len && *entity == 0; i++)
    {
      BillingImportKey *key = item->keys->pdata[i];

      if (key->strength > (good ? BILLING_IMPORT_STRENGTH_URN : BILLING_IMPORT_STRENGTH_IDENTIFIER))
        continue;
      if (!find_entity_by_key (self, item, key, entity, error))
        return FALSE;
    }

  if (*entity == 0)
    *entity = self->item;
  return TRUE;
}

static gboolean
put_keys (BillingImportStage  *self,
          BillingImportItem   *item,
          gint64               entity,
          GError             **error)
{
  gboolean good = has_good_key (item);

  for (guint i = 0; i < item->keys->len; i++)
    {
      BillingImportKey *key = item->keys->pdata[i];
      gboolean matches = key->strength <= BILLING_IMPORT_STRENGTH_URN ||
                         (!good && key->strength == BILLING_IMPORT_STRENGTH_IDENTIFIER);

      if (!billing_connection_run (self->connection, error,
                                   "INSERT INTO stage_keys (key, entity, strength, matches, item)"
                                   " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", "tiiii", key->key, entity,
                                   (gint64) key->strength, (gint64) matches, self->item))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_references (BillingImportStage  *self,
                BillingImportItem   *item,
                GError             **error)
{
  for (guint i = 0; i < item->references->len; i++)
    {
      BillingImportReference *reference = item->references->pdata[i];

      if (!billing_connection_run (self->connection, error,
                                   "INSERT INTO stage_refs VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                                   "itiititt", self->item, reference->role, (gint64) reference->ordinal,
                                   (gint64) reference->rank, reference->kind, (gint64) reference->required,
                                   reference->key, reference->shown))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_parts (BillingImportStage  *self,
           BillingImportItem   *item,
           GError             **error)
{
  gint64 line = 0;

  for (guint i = 0; i < item->parts->len; i++)
    {
      BillingImportPart *part = item->parts->pdata[i];

      if (!billing_connection_run (self->connection, error,
                                   "INSERT INTO stage_parts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "iiiiiiii", self->item,
                                   (gint64) i, (gint64) part->tier, part->charges, part->coinsurance,
                                   part->deductible, part->copay, part->insurer_paid))
        return FALSE;

      for (guint c = 0; c < part->codes->len; c++)
        {
          BillingTreatmentCode *code = part->codes->pdata[c];

          if (!billing_connection_run (self->connection, error,
                                       "INSERT INTO stage_codes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "iiiitttii",
                                       self->item, line++, (gint64) i, (gint64) part->tier, code->system, code->code,
                                       code->display, code->units, code->amount))
            return FALSE;
        }
    }

  return TRUE;
}

static char *
build_insert (BillingRecordClass *klass,
              gboolean            many)
{
  g_autoptr (GString) columns = g_string_new (many ? "item, line" : "item");
  g_autoptr (GString) values = g_string_new (many ? "?, ?" : "?");

  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (!billing_import_is_staged (klass->fields[i]))
        continue;
      g_string_append_printf (columns, ", %s", klass->fields[i]->member);
      g_string_append (values, ", ?");
    }

  return g_strdup_printf ("INSERT INTO stage_%s (%s) VALUES (%s)", klass->kind, columns->str, values->str);
}

static gboolean
put_record (BillingImportStage  *self,
            BillingRecord       *record,
            gint64               line,
            GError             **error)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  gboolean many = line >= 0;
  const char *sql = g_hash_table_lookup (self->inserts, klass);
  g_autoptr (BillingStatement) statement = NULL;
  int index = 1;
  gboolean row;

  if (sql == NULL)
    {
      sql = build_insert (klass, many);
      g_hash_table_insert (self->inserts, klass, (gpointer) sql);
    }

  statement = billing_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  billing_statement_bind_integer (statement, index++, self->item);
  if (many)
    billing_statement_bind_integer (statement, index++, line);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if (!billing_import_is_staged (field))
        continue;
      if (field->get_enum != NULL || field->type == G_TYPE_STRING)
        billing_statement_bind_text (statement, index++, billing_record_get_text (record, field));
      else
        billing_statement_bind_integer (statement, index++, billing_record_get_integer (record, field));
    }

  return billing_statement_step (statement, &row, error);
}

static gboolean
put_item (BillingImportStage  *self,
          guint64              entry,
          BillingImportItem   *item,
          gint64               entity,
          GError             **error)
{
  g_autofree char *digest = billing_import_item_get_digest (item);
  BillingImportKey *best = item->keys->pdata[0];
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection,
    "INSERT INTO stage_items (item, entity, file, entry, type, kind, what, name, digest, version, updated_at,"
    " partial, insurer, waits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_integer (statement, 1, self->item);
  billing_statement_bind_integer (statement, 2, entity);
  billing_statement_bind_integer (statement, 3, self->file);
  billing_statement_bind_integer (statement, 4, (gint64) entry);
  billing_statement_bind_text (statement, 5, item->type);
  billing_statement_bind_text (statement, 6,
                               item->record != NULL ? BILLING_RECORD_GET_CLASS (item->record)->kind : NULL);
  billing_statement_bind_text (statement, 7, item->what);
  billing_statement_bind_text (statement, 8, best->key);
  billing_statement_bind_text (statement, 9, digest);
  billing_statement_bind_text (statement, 10, item->version);
  billing_statement_bind_integer (statement, 11, item->updated_at);
  billing_statement_bind_integer (statement, 12, item->partial);
  billing_statement_bind_text (statement, 13, item->insurer);
  billing_statement_bind_integer (statement, 14, item->raw != NULL);

  return billing_statement_step (statement, &row, error);
}

/* In a table of its own: the items are written several times. */
static gboolean
put_raw (BillingImportStage  *self,
         BillingImportItem   *item,
         GError             **error)
{
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;

  if (item->raw == NULL)
    return TRUE;

  statement = billing_connection_prepare (self->connection, "INSERT INTO stage_raw VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;

  billing_statement_bind_integer (statement, 1, self->item);
  billing_statement_bind_blob (statement, 2, g_bytes_get_data (item->raw, NULL), g_bytes_get_size (item->raw));
  return billing_statement_step (statement, &row, error);
}

/* Of several versions of a thing the newest counts; of equal ones the last that was read. */
#define CHOOSE_WINNER \
  "UPDATE stage_items SET winner = item = (SELECT x.item FROM stage_items AS x WHERE x.entity = stage_items.entity" \
  "  ORDER BY x.updated_at DESC, CAST (x.version AS INTEGER) DESC, x.item DESC LIMIT 1)"

/**
 * billing_import_stage_put:
 * @self: a stage
 * @entry: where the item stands in its file
 * @item: an item
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it was kept
 */
gboolean
billing_import_stage_put (BillingImportStage  *self,
                          guint64              entry,
                          BillingImportItem   *item,
                          GError             **error)
{
  gint64 entity;

  g_return_val_if_fail (item->keys->len > 0, FALSE);

  self->item++;
  if (!find_entity (self, item, &entity, error) ||
      !put_item (self, entry, item, entity, error) ||
      !put_raw (self, item, error) ||
      !put_keys (self, item, entity, error) ||
      !put_references (self, item, error) ||
      !put_parts (self, item, error) ||
      (entity != self->item &&
       !billing_connection_run (self->connection, error, CHOOSE_WINNER " WHERE entity = ?", "i", entity)) ||
      (item->record != NULL && !put_record (self, item->record, -1, error)))
    return FALSE;

  for (guint i = 0; i < item->benefits->len; i++)
    {
      if (!put_record (self, item->benefits->pdata[i], i, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
billing_import_stage_put_unused (BillingImportStage  *self,
                                 const char          *type,
                                 GError             **error)
{
  gint64 *n = g_hash_table_lookup (self->unused, type);

  if (n != NULL)
    {
      (*n)++;
      return TRUE;
    }

  /* A hostile file has a new type for each entry. */
  if (g_hash_table_size (self->unused) >= 200 || strlen (type) > 64)
    return g_str_equal (type, "…") || billing_import_stage_put_unused (self, "…", error);

  n = g_new (gint64, 1);
  *n = 1;
  g_hash_table_insert (self->unused, g_strdup (type), n);
  return TRUE;
}

gboolean
billing_import_stage_put_problem (BillingImportStage  *self,
                                  guint64              entry,
                                  const char          *type,
                                  const char          *what,
                                  const char          *text,
                                  GError             **error)
{
  return billing_connection_run (self->connection, error,
                                 "INSERT INTO stage_problems (file, entry, type, what, text) VALUES (?, ?, ?, ?, ?)",
                                 "iittt", self->file, (gint64) entry, type, what, text);
}

/**
 * billing_import_stage_drop_file:
 * @self: a stage
 * @text: why nothing of the file is taken
 * @error: return location for a #BillingStoreError
 *
 * Takes back what the file put, and leaves the reason. To be followed by billing_import_stage_end_file().
 *
 * Returns: whether it was taken back
 */
gboolean
billing_import_stage_drop_file (BillingImportStage  *self,
                                const char          *text,
                                GError             **error)
{
  static const char * const item_tables[] = { "stage_items", "stage_raw", "stage_keys", "stage_refs", "stage_parts",
                                             "stage_codes" };
  GType type;

  for (guint i = 0; i < G_N_ELEMENTS (item_tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE item >= ?", item_tables[i]);

      if (!billing_connection_run (self->connection, error, sql, "i", self->first))
        return FALSE;
    }

  for (guint i = 0; (type = billing_import_get_nth_type (i)) != G_TYPE_INVALID; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (type);
      g_autofree char *sql = g_strdup_printf ("DELETE FROM stage_%s WHERE item >= ?", ((BillingRecordClass *) klass)->kind);

      if (!billing_connection_run (self->connection, error, sql, "i", self->first))
        return FALSE;
    }

  g_hash_table_remove_all (self->unused);
  return billing_connection_run (self->connection, error, CHOOSE_WINNER " WHERE entity IN"
                                 " (SELECT entity FROM stage_items GROUP BY entity HAVING NOT max (winner))", "") &&
         billing_connection_run (self->connection, error, "DELETE FROM stage_problems WHERE file = ?", "i", self->file) &&
         billing_import_stage_put_problem (self, 0, NULL, NULL, text, error);
}

gboolean
billing_import_stage_end_file (BillingImportStage  *self,
                               GError             **error)
{
  GHashTableIter iter;
  gpointer type;
  gpointer n;

  g_hash_table_iter_init (&iter, self->unused);
  while (g_hash_table_iter_next (&iter, &type, &n))
    {
      if (!billing_connection_run (self->connection, error, "INSERT INTO stage_unused VALUES (?, ?, ?)", "iti",
                                   self->file, (const char *) type, *(gint64 *) n))
        return FALSE;
    }

  return billing_connection_commit (self->connection, error);
}

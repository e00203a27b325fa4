/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-put"

#include "config.h"

#include "billing-import-private.h"

#include <string.h>

#include "billing-treatment.h"

/* Into the stage: what files bring, item by item, and what of it speaks of the same thing. */

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

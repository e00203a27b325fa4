/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-apply"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-derived.h"
#include "billing-import-private.h"

/*
 * From the stage into the books, in the caller's transaction: numbers and ids, records, names, then what sources say about the money and
 * the codes of treatments, from which the treatments' own are worked out anew.
 */

/* Amounts of a treatment come from its parts, never from the record as it was read. */
static const char * const amounts[] = { "charges", "coinsurance", "deductible", "copay", "insurer_paid", NULL };

#define RANGE "i.item BETWEEN ?1 AND ?2"
#define CHANGED RANGE " AND i.winner AND i.outcome = 'changed'"
#define COMES_IN RANGE " AND i.winner AND i.outcome IN ('added', 'changed')"

/* Where a reference of an item leads, now that what is new has its id. */
#define LINK(role, ordinal) \
  "(SELECT ifnull (l.target, t.id) FROM stage_links AS l LEFT JOIN stage_items AS t ON t.item = l.target_item" \
  "  WHERE l.item = i.item AND l.role = " role " AND l.ordinal = " ordinal " AND l.n = 1)"

static BillingRecordClass *
peek_class (guint i)
{
  GType type = billing_import_get_nth_type (i);

  /* Record types are static, so their classes are never unloaded. */
  return type != G_TYPE_INVALID ? g_type_class_ref (type) : NULL;
}

static gboolean
run_format (BillingConnection         *connection,
            const BillingImportRange  *range,
            GError                   **error,
            const char                *format,
            ...) G_GNUC_PRINTF (4, 5);

static gboolean
run_format (BillingConnection         *connection,
            const BillingImportRange  *range,
            GError                   **error,
            const char                *format,
            ...)
{
  g_autofree char *sql = NULL;
  va_list values;

  va_start (values, format);
  sql = g_strdup_vprintf (format, values);
  va_end (values);

  return billing_connection_run (connection, error, sql, "ii", range->first, range->last);
}

static gboolean
is_amount (const BillingField *field)
{
  return g_strv_contains (amounts, field->member);
}

static gboolean
is_benefit (BillingRecordClass *klass)
{
  return g_str_equal (klass->kind, "benefits");
}

#define NEXT(name) "(SELECT next FROM sequences WHERE name = '" name "')"

/* Numbers that other systems gave may look like ours, and are passed over. */
static gboolean
skip_numbers (BillingConnection   *connection,
              BillingRecordClass  *klass,
              GError             **error)
{
  static const BillingImportRange all = { 0, G_MAXINT64 };
  const char *prefix = klass->number_prefix;
  int start = prefix != NULL ? (int) strlen (prefix) + 2 : 0;

  return prefix == NULL ||
         run_format (connection, &all, error,
                     "INSERT INTO sequences SELECT '%s', ifnull (max (n), 0) FROM ("
                     "   SELECT CAST (substr (number, %d) AS INTEGER) AS n FROM %s WHERE number >= '%s-' AND number < '%s.'"
                     "   UNION ALL SELECT CAST (substr (number, %d) AS INTEGER) FROM stage_%s"
                     "     WHERE number >= '%s-' AND number < '%s.')"
                     " WHERE n < 1000000000 ON CONFLICT DO UPDATE SET next = max (next, excluded.next)",
                     prefix, start, klass->kind, prefix, prefix, start, klass->kind, prefix, prefix);
}

/* As billing_table_new_id() and billing_table_new_number() do it, for all new ones of a kind at once. Treatments are numbered as they
 * happened. */
static gboolean
give_ids (BillingConnection         *connection,
          const BillingImportRange  *range,
          BillingRecordClass        *klass,
          GError                   **error)
{
  gboolean is_treatment = g_str_equal (klass->kind, "treatments");
  const char *number = klass->number_prefix != NULL ? klass->number_prefix : "";
  const char *order = is_treatment ? "s.starts_at, i.item" : "i.item";

  return run_format (connection, range, error, "INSERT INTO sequences VALUES ('%s', 0) ON CONFLICT DO NOTHING",
                     klass->prefix) &&
         run_format (connection, range, error,
                     "UPDATE stage_items SET id = '%s_' || (SELECT desk FROM practice) || (" NEXT ("%s") " + x.place),"
                     "   number = printf ('%s-%%03d', " NEXT ("%s") " + x.place)"
                     " FROM (SELECT i.item AS item, row_number () OVER (ORDER BY %s) AS place"
                     "   FROM stage_items AS i JOIN stage_%s AS s ON s.item = i.item"
                     "   WHERE " RANGE " AND i.winner AND i.outcome = 'added') AS x"
                     " WHERE x.item = stage_items.item",
                     klass->prefix, klass->prefix, number, number, order, klass->kind) &&
         run_format (connection, range, error,
                     "UPDATE sequences SET next = next + (SELECT count (*) FROM stage_items AS i"
                     "   JOIN stage_%s AS s ON s.item = i.item WHERE " RANGE " AND i.winner AND i.outcome = 'added')"
                     " WHERE name IN ('%s', '%s')", klass->kind, klass->prefix, number);
}

/* The value of a column of a new record. */
static void
append_new_value (GString            *values,
                  const BillingField *field)
{
  if (billing_import_is_reference (field))
    g_string_append_printf (values, ", " LINK ("'%s'", "0"), field->member);
  else if (g_str_equal (field->member, "number"))
    g_string_append (values, ", ifnull (s.number, i.number)");
  else if (g_str_equal (field->member, "payer"))
    g_string_append (values, ", ifnull (s.payer, ifnull (" LINK ("'payer'", "0") ", ''))");
  else if (is_amount (field))
    g_string_append (values, ", 0");
  else
    g_string_append_printf (values, ", s.%s", field->member);
}

static gboolean
insert_records (BillingConnection   *connection,
                const BillingImportRange *range,
                BillingRecordClass  *klass,
                gint64               at,
                GError             **error)
{
  g_autoptr (GString) columns = g_string_new ("id, revision");
  g_autoptr (GString) values = g_string_new ("i.id, 1");

  for (guint f = 0; f < klass->n_fields; f++)
    {
      const BillingField *field = klass->fields[f];

      if (g_str_equal (field->member, "created_at"))
        {
          g_string_append (columns, ", created_at");
          g_string_append_printf (values, ", %" G_GINT64_FORMAT, at);
        }
      else if (billing_import_is_staged (field) || billing_import_is_reference (field))
        {
          if (field->flags & (BILLING_FIELD_JOINED | BILLING_FIELD_KEPT) || g_str_equal (field->member, "revision"))
            continue;
          g_string_append_printf (columns, ", %s", field->member);
          append_new_value (values, field);
        }
    }

  return run_format (connection, range, error,
                         "INSERT INTO %s (%s) SELECT %s FROM stage_items AS i JOIN stage_%s AS s ON s.item = i.item"
                         " WHERE " RANGE " AND i.winner AND i.outcome = 'added' ORDER BY i.item",
                         klass->kind, columns->str, values->str, klass->kind);
}

/* How to reach a patient, and in which language, is what a person typed, where one did: the file may be older than that. */
static gboolean
may_be_typed (BillingRecordClass *klass,
              const BillingField *field)
{
  static const char * const names[] = { "email", "language", "phone", NULL };

  return g_str_equal (klass->kind, "patients") && g_strv_contains (names, field->member);
}

/* What a source does not say goes away, unless it is one that never says everything (a CSV file). */
static void
append_changed_value (GString            *set,
                      BillingRecordClass *klass,
                      const BillingField *field)
{
  const char *name = field->member;
  const char *kind = klass->kind;

  if (may_be_typed (klass, field))
    g_string_append_printf (set, ", %s = iif (instr (' ' || patients.typed || ' ', ' %s ') OR i.partial AND s.%s IS NULL, patients.%s, s.%s)",
                            name, name, name, name, name);
  else if (billing_import_is_reference (field))
    g_string_append_printf (set, ", %s = ifnull (" LINK ("'%s'", "0") ", iif (i.partial, %s.%s, NULL))", name, name,
                            kind, name);
  else if (g_str_equal (name, "payer"))
    g_string_append_printf (set, ", payer = ifnull (s.payer, ifnull (" LINK ("'payer'", "0") ", %s.payer))", kind);
  else if (g_str_equal (name, "number"))
    g_string_append_printf (set, ", number = ifnull (s.number, %s.number)", kind);
  else if (field->type == G_TYPE_STRING || field->get_enum != NULL)
    g_string_append_printf (set, ", %s = iif (i.partial, ifnull (s.%s, %s.%s), s.%s)", name, name, kind, name, name);
  else
    g_string_append_printf (set, ", %s = iif (i.partial, ifnull (nullif (s.%s, 0), %s.%s), s.%s)", name, name, kind,
                            name, name);
}

static gboolean
update_records (BillingConnection   *connection,
                const BillingImportRange *range,
                BillingRecordClass  *klass,
                GError             **error)
{
  g_autoptr (GString) set = g_string_new ("revision = revision + 1");

  for (guint f = 0; f < klass->n_fields; f++)
    {
      const BillingField *field = klass->fields[f];

      if ((billing_import_is_staged (field) || billing_import_is_reference (field)) &&
          (field->flags & (BILLING_FIELD_JOINED | BILLING_FIELD_KEPT | BILLING_FIELD_FIXED)) == 0 &&
          !g_str_equal (field->member, "revision") && !is_amount (field))
        append_changed_value (set, klass, field);
    }

  return run_format (connection, range, error,
                         "UPDATE %s SET %s FROM stage_items AS i JOIN stage_%s AS s ON s.item = i.item"
                         " WHERE " RANGE " AND i.winner AND i.outcome = 'changed' AND %s.id = i.id",
                         klass->kind, set->str, klass->kind, klass->kind);
}

#define PATIENTS_THAT(condition) \
  "id IN (SELECT i.id FROM stage_items AS i WHERE i.kind = 'patients' AND " condition ")"

static gboolean
apply_kind (BillingConnection         *connection,
            const BillingImportRange  *range,
            BillingRecordClass        *klass,
            gint64                     at,
            GError                   **error)
{
  gboolean patients = g_str_equal (klass->kind, "patients");

  return give_ids (connection, range, klass, error) &&
         (!patients || billing_derived_unindex_patients (connection, PATIENTS_THAT (CHANGED), range->first, range->last,
                                                         error)) &&
         update_records (connection, range, klass, error) &&
         insert_records (connection, range, klass, at, error) &&
         (!patients || billing_derived_update_patients (connection, PATIENTS_THAT (COMES_IN), range->first, range->last,
                                                        error));
}

/* A check's lines are its own: a new version brings all of them. */
static gboolean
apply_benefits (BillingConnection   *connection,
                const BillingImportRange *range,
                BillingRecordClass  *klass,
                GError             **error)
{
  g_autoptr (GString) columns = g_string_new ("id, revision, check_id");
  g_autoptr (GString) values = g_string_new (NULL);

  g_string_append_printf (values, "'%s_' || (SELECT desk FROM practice)"
                          " || ((SELECT next FROM sequences WHERE name = '%s') + row_number () OVER (ORDER BY s.item, s.line)),"
                          " 1, i.id", klass->prefix, klass->prefix);
  for (guint f = 0; f < klass->n_fields; f++)
    {
      if (!billing_import_is_staged (klass->fields[f]) || g_str_equal (klass->fields[f]->member, "revision"))
        continue;
      g_string_append_printf (columns, ", %s", klass->fields[f]->member);
      g_string_append_printf (values, ", s.%s", klass->fields[f]->member);
    }

  return run_format (connection, range, error, "INSERT INTO sequences VALUES ('%s', 0) ON CONFLICT DO NOTHING",
                         klass->prefix) &&
         billing_connection_run (connection, error,
                                 "DELETE FROM benefits WHERE check_id IN (SELECT i.id FROM stage_items AS i"
                                 " WHERE " RANGE " AND i.kind = 'eligibility_checks' AND i.winner AND i.outcome = 'changed')",
                                 "ii", range->first, range->last) &&
         run_format (connection, range, error,
                         "INSERT INTO benefits (%s) SELECT %s FROM stage_items AS i JOIN stage_benefits AS s ON s.item = i.item"
                         " WHERE " COMES_IN " ORDER BY s.item, s.line", columns->str, values->str) &&
         run_format (connection, range, error,
                         "UPDATE sequences SET next = next + (SELECT count (*) FROM stage_items AS i"
                         " JOIN stage_benefits AS s ON s.item = i.item WHERE " COMES_IN ") WHERE name = '%s'",
                         klass->prefix);
}

typedef struct {
  BillingRecordClass *klass;
  gint64 at;
} Kind;

static gboolean
has_any (BillingConnection   *connection,
         BillingRecordClass  *klass,
         gboolean            *any,
         GError             **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM stage_%s)", klass->kind);
  gint64 value;

  if (!billing_connection_get_integer (connection, &value, error, sql, ""))
    return FALSE;

  *any = value != 0;
  return TRUE;
}

static gboolean
apply_range (BillingConnection         *connection,
             const BillingImportRange  *range,
             gconstpointer              data,
             GError                   **error)
{
  const Kind *kind = data;

  return is_benefit (kind->klass) ? apply_benefits (connection, range, kind->klass, error)
                                  : apply_kind (connection, range, kind->klass, kind->at, error);
}

static gboolean
apply_records (BillingConnection  *connection,
               gint64              at,
               GCancellable       *cancellable,
               GError            **error)
{
  Kind kind = { NULL, at };

  for (guint i = 0; (kind.klass = peek_class (i)) != NULL; i++)
    {
      gboolean any;

      if (!has_any (connection, kind.klass, &any, error) ||
          (any && !(skip_numbers (connection, kind.klass, error) &&
                    billing_import_each_range (connection, apply_range, &kind, cancellable, error))))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run_statements (BillingConnection         *connection,
                const BillingImportRange  *range,
                gconstpointer              data,
                GError                   **error)
{
  return billing_import_run_all (connection, data, range, error);
}

static const char * const identity_statements[] = {
  "INSERT INTO identities SELECT k.key, ifnull (i.kind, 'sources'), i.id"
  " FROM stage_items AS i JOIN stage_keys AS k ON k.entity = i.entity"
  " WHERE " RANGE " AND i.winner AND i.id IS NOT NULL AND i.outcome NOT IN ('waiting', 'refused') ON CONFLICT DO NOTHING",

  "DELETE FROM identities WHERE kind = 'insurers' AND key IN"
  " (SELECT k.key FROM stage_items AS i JOIN stage_keys AS k ON k.entity = i.entity"
  "  WHERE i.insurer IS NOT NULL AND " COMES_IN ")",
  "INSERT INTO identities SELECT k.key, 'insurers', i.insurer"
  " FROM stage_items AS i JOIN stage_keys AS k ON k.entity = i.entity"
  " WHERE i.insurer IS NOT NULL AND " COMES_IN " ON CONFLICT DO NOTHING",

  "INSERT INTO imported SELECT i.id, i.type, i.digest, i.version, i.updated_at, unixepoch ()"
  " FROM stage_items AS i WHERE " COMES_IN
  " ON CONFLICT DO UPDATE SET digest = excluded.digest, version = excluded.version,"
  "   updated_at = excluded.updated_at, imported_at = excluded.imported_at",
  NULL,
};

#define PART_TREATMENT "iif (i.kind = 'treatments', i.id, " LINK ("'treatment_id'", "p.ordinal") ")"

/* What a source does not say anything about stays as it is, where it is one that never says everything. */
#define SAYS_MONEY "(NOT i.partial OR EXISTS (SELECT 1 FROM stage_parts AS m WHERE m.item = i.item AND m.tier < 4))"
#define SAYS_CODES "(NOT i.partial OR EXISTS (SELECT 1 FROM stage_codes AS m WHERE m.item = i.item))"

static const char * const part_statements[] = {
  "DELETE FROM stage_touched",
  "DELETE FROM stage_old_codes",
  "DELETE FROM stage_new_codes",

  /* What is worked out anew: what the sources were about, and what they are about now. */
  "INSERT INTO stage_touched SELECT p.treatment_id, max (p.tier < 4)"
  " FROM stage_items AS i JOIN import_parts AS p ON p.source = i.id WHERE " CHANGED " AND " SAYS_MONEY
  " GROUP BY p.treatment_id ON CONFLICT DO UPDATE SET money = max (money, excluded.money)",
  "INSERT INTO stage_touched SELECT c.treatment_id, 0 FROM stage_items AS i JOIN import_codes AS c ON c.source = i.id"
  " WHERE " CHANGED " AND " SAYS_CODES " ON CONFLICT DO NOTHING",
  "INSERT INTO stage_touched SELECT x.id, x.money FROM (SELECT " PART_TREATMENT " AS id, p.tier < 4 AS money"
  "   FROM stage_items AS i JOIN stage_parts AS p ON p.item = i.item WHERE " COMES_IN ") AS x"
  " WHERE x.id IS NOT NULL ON CONFLICT DO UPDATE SET money = max (money, excluded.money)",
  "INSERT INTO stage_old_codes SELECT DISTINCT c.treatment_id, c.system, c.code"
  " FROM stage_touched AS t JOIN import_codes AS c ON c.treatment_id = t.id",

  "DELETE FROM import_parts WHERE source IN (SELECT i.id FROM stage_items AS i WHERE " CHANGED " AND " SAYS_MONEY ")",
  "DELETE FROM import_codes WHERE source IN (SELECT i.id FROM stage_items AS i WHERE " CHANGED " AND " SAYS_CODES ")",
  "INSERT INTO import_parts SELECT i.id, p.ordinal, " PART_TREATMENT ", p.tier, p.charges, p.coinsurance,"
  "   p.deductible, p.copay, p.insurer_paid"
  " FROM stage_items AS i JOIN stage_parts AS p ON p.item = i.item AND p.tier < 4 WHERE " COMES_IN " AND " SAYS_MONEY,
  "INSERT INTO import_codes SELECT i.id, p.line, " PART_TREATMENT ", p.tier, p.system, p.code, p.display,"
  "   p.units, p.amount"
  " FROM stage_items AS i JOIN stage_codes AS p ON p.item = i.item WHERE " COMES_IN,

  /* Two claims that name the same service do not make two of it; two procedures do. */
  "INSERT INTO stage_new_codes SELECT treatment_id, system, code, max (display),"
  "   iif (tier <= 1, max (units), sum (units)), sum (amount)"
  " FROM (SELECT c.treatment_id, c.system, c.code, c.tier, c.source, max (c.display) AS display,"
  "         sum (c.units) AS units, sum (c.amount) AS amount"
  "       FROM stage_touched AS t JOIN import_codes AS c ON c.treatment_id = t.id"
  "       WHERE c.tier = (SELECT min (x.tier) FROM import_codes AS x WHERE x.treatment_id = c.treatment_id"
  "                         AND x.system = c.system AND x.code = c.code)"
  "       GROUP BY c.treatment_id, c.system, c.code, c.tier, c.source)"
  " GROUP BY treatment_id, system, code",
  "DELETE FROM treatment_codes WHERE pk IN (SELECT c.pk FROM stage_old_codes AS o JOIN treatment_codes AS c"
  "   ON c.treatment_id = o.treatment_id AND c.system = o.system AND c.code = o.code"
  " WHERE NOT EXISTS (SELECT 1 FROM stage_new_codes AS n WHERE n.treatment_id = o.treatment_id"
  "   AND n.system = o.system AND n.code = o.code))",
  "UPDATE treatment_codes SET revision = revision + 1, display = n.display, units = n.units, amount = n.amount"
  " FROM stage_new_codes AS n WHERE treatment_codes.treatment_id = n.treatment_id"
  "   AND treatment_codes.system = n.system AND treatment_codes.code = n.code"
  "   AND (treatment_codes.display IS NOT n.display OR treatment_codes.units <> n.units"
  "     OR treatment_codes.amount <> n.amount)",
  "DELETE FROM stage_new_codes WHERE EXISTS (SELECT 1 FROM treatment_codes AS c"
  " WHERE c.treatment_id = stage_new_codes.treatment_id AND c.system = stage_new_codes.system"
  "   AND c.code = stage_new_codes.code)",
  "INSERT INTO sequences VALUES ('cod', 0) ON CONFLICT DO NOTHING",
  "INSERT INTO treatment_codes (id, treatment_id, system, code, display, units, amount)"
  " SELECT 'cod_' || (SELECT desk FROM practice) || ((SELECT next FROM sequences WHERE name = 'cod')"
  "     + row_number () OVER (ORDER BY treatment_id, system, code)),"
  "   treatment_id, system, code, display, units, amount FROM stage_new_codes WHERE true",
  "UPDATE sequences SET next = next + (SELECT count (*) FROM stage_new_codes) WHERE name = 'cod'",

  /* Of charges the first tier that has any counts; what the patient bears and the insurer paid only benefits say. */
  "UPDATE treatments SET revision = revision + 1, charges = x.charges, coinsurance = x.coinsurance,"
  "   deductible = x.deductible, copay = x.copay, insurer_paid = x.insurer_paid"
  " FROM (SELECT t.id AS id,"
  "     ifnull ((SELECT sum (c.charges) FROM import_parts AS c WHERE c.treatment_id = t.id GROUP BY c.tier"
  "              HAVING sum (c.charges) <> 0 ORDER BY c.tier LIMIT 1), 0) AS charges,"
  "     ifnull (sum (p.coinsurance), 0) AS coinsurance, ifnull (sum (p.deductible), 0) AS deductible,"
  "     ifnull (sum (p.copay), 0) AS copay, ifnull (sum (p.insurer_paid), 0) AS insurer_paid"
  "   FROM stage_touched AS t LEFT JOIN import_parts AS p ON p.treatment_id = t.id WHERE t.money GROUP BY t.id) AS x"
  " WHERE treatments.id = x.id AND (treatments.charges <> x.charges OR treatments.coinsurance <> x.coinsurance"
  "   OR treatments.deductible <> x.deductible OR treatments.copay <> x.copay"
  "   OR treatments.insurer_paid <> x.insurer_paid)",
  NULL,
};

/* What came in refers to what may come in later; and what came in may be what others referred to. */
static const char * const pending_statements[] = {
  "DELETE FROM import_pending WHERE (role, id) IN (SELECT r.role, i.id FROM stage_items AS i"
  " JOIN stage_refs AS r ON r.item = i.item WHERE " RANGE " AND i.winner AND i.outcome = 'changed')",
  "INSERT INTO import_pending SELECT i.id, r.role, r.rank, r.kind, r.key"
  " FROM stage_items AS i JOIN stage_refs AS r ON r.item = i.item AND NOT r.required"
  " WHERE " COMES_IN " AND " LINK ("r.role", "r.ordinal") " IS NULL ON CONFLICT DO NOTHING",
  NULL,
};

static const struct {
  const char *kind;
  const char *column;
} pending_columns[] = {
  { "treatments", "location_id" },
  { "treatments", "physician_id" },
  { "coverages", "payer" },
  { "eligibility_checks", "payer" },
  { "eligibility_checks", "coverage_id" },
  { "remittances", "payer" },
  { "remittance_lines", "treatment_id" },
};

static gboolean
fill_pending (BillingConnection  *connection,
              const char         *kind,
              const char         *column,
              GError            **error)
{
  static const BillingImportRange all = { 0, G_MAXINT64 };

  return run_format (connection, &all, error,
                         "UPDATE %s SET revision = revision + 1, %s = x.found FROM"
                         " (SELECT p.id AS id, min (n.id) AS found FROM import_pending AS p"
                         "    JOIN identities AS n ON n.key = p.key AND n.kind = p.kind WHERE p.role = '%s'"
                         "    AND p.rank = (SELECT min (q.rank) FROM import_pending AS q JOIN identities AS m"
                         "      ON m.key = q.key AND m.kind = q.kind WHERE q.role = p.role AND q.id = p.id)"
                         "    GROUP BY p.id HAVING count (DISTINCT n.id) = 1) AS x"
                         " WHERE %s.id = x.id AND ifnull (%s.%s, '') = ''",
                         kind, column, column, kind, kind, column);
}

static gboolean
apply_pending (BillingConnection  *connection,
               GCancellable       *cancellable,
               GError            **error)
{
  if (!billing_import_each_range (connection, run_statements, pending_statements, cancellable, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (pending_columns); i++)
    {
      if (!fill_pending (connection, pending_columns[i].kind, pending_columns[i].column, error))
        return FALSE;
    }

  return billing_connection_execute (connection,
    "DELETE FROM import_pending WHERE (role, id) IN (SELECT p.role, p.id FROM import_pending AS p"
    " JOIN identities AS n ON n.key = p.key AND n.kind = p.kind"
    " GROUP BY p.role, p.id, p.rank HAVING count (DISTINCT n.id) = 1)", error);
}

static const char * const waiting_statements[] = {
  "DELETE FROM import_waiting WHERE key IN (SELECT i.name FROM stage_items AS i JOIN stage_items AS w"
  " ON w.entity = i.entity AND w.winner WHERE " RANGE " AND w.outcome <> 'waiting')",
  "INSERT INTO import_waiting (key, what, waits_for, entry, since)"
  " SELECT i.name, i.what, ifnull ((SELECT min (r.shown) FROM stage_refs AS r WHERE r.item = i.item AND r.required), ''),"
  "   w.raw, unixepoch () FROM stage_items AS i JOIN stage_raw AS w ON w.item = i.item WHERE " RANGE " AND i.winner AND i.outcome = 'waiting'"
  " ON CONFLICT DO UPDATE SET entry = excluded.entry, waits_for = excluded.waits_for"
  " WHERE import_waiting.entry <> excluded.entry",
  NULL,
};

static gboolean
attach (BillingImportStage  *self,
        BillingConnection   *connection,
        GError             **error)
{
  return billing_connection_run (connection, error, "ATTACH ? AS import_stage", "t", self->path) &&
         billing_connection_execute (connection, "PRAGMA import_stage.cache_size = -16384;"
                                                 "PRAGMA import_stage.mmap_size = 0;", error);
}

/* Somebody may have imported the same since people looked at what would come in. */
static gboolean
compare_again (BillingConnection  *connection,
               GCancellable       *cancellable,
               GError            **error)
{
  gint64 before;
  gint64 now;

  if (!billing_connection_get_integer (connection, &before, error, "SELECT imports FROM stage_state", "") ||
      !billing_connection_get_integer (connection, &now, error, "SELECT ifnull (max (pk), 0) FROM imports", ""))
    return FALSE;

  return before == now || billing_import_compare (connection, cancellable, error);
}

/* One row an import, by which it is known afterwards whether it is in the books. */
static gboolean
note_import (BillingImportStage  *self,
             BillingConnection   *connection,
             gint64               at,
             const char          *person,
             const char          *files,
             GError             **error)
{
  if (!billing_connection_run (connection, error,
                               "INSERT INTO imports (at, person, files, added, changed, waiting)"
                               " SELECT ?, ?, ?, ifnull (sum (outcome = 'added'), 0),"
                               "   ifnull (sum (outcome = 'changed'), 0), ifnull (sum (outcome = 'waiting'), 0)"
                               " FROM stage_items WHERE winner", "itt", at, person, files))
    return FALSE;

  self->import = billing_connection_get_last_pk (connection);
  self->at = at;
  return TRUE;
}

gboolean
billing_import_stage_apply (BillingImportStage  *self,
                            BillingConnection   *connection,
                            gint64               at,
                            const char          *person,
                            const char          *files,
                            GCancellable        *cancellable,
                            GError             **error)
{
  self->import = 0;
  return attach (self, connection, error) &&
         compare_again (connection, cancellable, error) &&
         apply_records (connection, at, cancellable, error) &&
         billing_import_each_range (connection, run_statements, identity_statements, cancellable, error) &&
         billing_import_each_range (connection, run_statements, part_statements, cancellable, error) &&
         apply_pending (connection, cancellable, error) &&
         billing_import_each_range (connection, run_statements, waiting_statements, cancellable, error) &&
         note_import (self, connection, at, person, files, error);
}

gboolean
billing_import_stage_is_applied (BillingImportStage  *self,
                                 BillingConnection   *connection)
{
  gint64 found = 0;

  return self->import != 0 &&
         billing_connection_get_integer (connection, &found, NULL,
                                         "SELECT EXISTS (SELECT 1 FROM imports WHERE pk = ? AND at = ?)", "ii",
                                         self->import, self->at) &&
         found != 0;
}

/* A transaction that takes the write lock takes it of all that is attached, and then nothing can be detached: unless BEGIN was prepared before the
 * stage was attached, and nothing since then made SQLite prepare it again. What was written before belongs to another transaction. */
gboolean
billing_import_stage_detach (BillingConnection  *connection,
                             GError            **error)
{
  gboolean detached = billing_connection_commit (connection, error) &&
                      billing_connection_execute (connection, "DETACH import_stage", error);

  return billing_connection_begin (connection, TRUE, detached ? error : NULL) && detached;
}

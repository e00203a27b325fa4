/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-table"

#include "config.h"

#include "billing-table.h"

#include <glib/gi18n-lib.h>

#include "billing-derived.h"
#include "billing-dispute-answer.h"
#include "billing-filing.h"
#include "billing-history.h"
#include "billing-invoice.h"
#include "billing-link.h"
#include "billing-message.h"
#include "billing-notice.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-practice.h"
#include "billing-day-close.h"
#include "billing-rate.h"
#include "billing-remittance.h"
#include "billing-service.h"
#include "billing-stripe-payment.h"
#include "billing-stripe-records.h"
#include "billing-tax.h"
#include "billing-treatment.h"

/*
 * The column mapper: a record's field table gives the columns of its row, so that nothing lists them a second time. Statements are
 * written once for each class and kept.
 */

typedef struct {
  char *insert;  /* (owned) */
  char *columns; /* (owned) */
  char *source;  /* (owned): the table, or the view where fields are joined */
} Statements;

static GType
get_nth_type (guint i)
{
  GType types[] = {
    BILLING_TYPE_PAYMENT, BILLING_TYPE_TREATMENT, BILLING_TYPE_PATIENT, BILLING_TYPE_LOCATION,
    BILLING_TYPE_PHYSICIAN, BILLING_TYPE_TREATMENT_CODE, BILLING_TYPE_COVERAGE,
    BILLING_TYPE_ELIGIBILITY_CHECK, BILLING_TYPE_BENEFIT, BILLING_TYPE_ATTEMPT, BILLING_TYPE_REFUND,
    BILLING_TYPE_NOTE, BILLING_TYPE_DOCUMENT, BILLING_TYPE_PERSON, BILLING_TYPE_PRACTICE,
    BILLING_TYPE_AUDIT_ENTRY, BILLING_TYPE_POSTING, BILLING_TYPE_INTENT, BILLING_TYPE_EVENT,
    BILLING_TYPE_CHARGE, BILLING_TYPE_PAYMENT_INTENT, BILLING_TYPE_STRIPE_REFUND, BILLING_TYPE_PAYOUT,
    BILLING_TYPE_DISPUTE, BILLING_TYPE_BALANCE_TRANSACTION, BILLING_TYPE_CUSTOMER, BILLING_TYPE_STRIPE_EVENT,
    BILLING_TYPE_TAX_REGISTRATION, BILLING_TYPE_ASSIGNMENT, BILLING_TYPE_STRIPE_PAYMENT, BILLING_TYPE_LINK, BILLING_TYPE_LATE_MONEY,
    BILLING_TYPE_NOTICE, BILLING_TYPE_DISPUTE_ANSWER, BILLING_TYPE_DISPUTE_FILE,
    BILLING_TYPE_TAX_SETTINGS, BILLING_TYPE_TAX_CODE,
    BILLING_TYPE_RATE, BILLING_TYPE_RATE_PRICE, BILLING_TYPE_SERVICE, BILLING_TYPE_INSURER_ANSWER,
    BILLING_TYPE_INVOICE, BILLING_TYPE_INVOICE_LINE, BILLING_TYPE_PREPAYMENT,
    BILLING_TYPE_MESSAGE, BILLING_TYPE_TEMPLATE, BILLING_TYPE_MAIL_SETTINGS,
    BILLING_TYPE_REMITTANCE, BILLING_TYPE_REMITTANCE_LINE, BILLING_TYPE_KEPT_ESTIMATE,
    BILLING_TYPE_DAY_CLOSE, BILLING_TYPE_DAY_TOTAL,
  };

  return i < G_N_ELEMENTS (types) ? types[i] : G_TYPE_INVALID;
}

static BillingRecordClass *
get_class (GType type)
{
  /* Record types are static, so their classes are never unloaded. */
  gpointer klass = g_type_class_peek (type);

  if (klass == NULL)
    klass = g_type_class_ref (type);

  return klass;
}

static char *
build_insert (BillingRecordClass *klass)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (klass->fields[i]->flags & BILLING_FIELD_JOINED)
        continue;

      g_string_append_printf (columns, "%s%s", columns->len > 0 ? ", " : "", klass->fields[i]->member);
      g_string_append_printf (values, "%s:%s", values->len > 0 ? ", " : "", klass->fields[i]->member);
    }

  billing_derived_append (klass->kind, columns, values);
  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", klass->kind, columns->str, values->str);
}

static char *
build_columns (BillingRecordClass *klass)
{
  g_autoptr (GString) columns = g_string_new ("pk");

  for (guint i = 0; i < klass->n_fields; i++)
    g_string_append_printf (columns, ", %s", klass->fields[i]->member);

  return g_string_free (g_steal_pointer (&columns), FALSE);
}

static const Statements *
get_statements (BillingRecordClass *klass)
{
  static GMutex mutex;
  static GHashTable *all = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  Statements *statements;

  if (all == NULL)
    all = g_hash_table_new (NULL, NULL);

  statements = g_hash_table_lookup (all, klass);
  if (statements == NULL)
    {
      statements = g_new0 (Statements, 1);
      statements->insert = build_insert (klass);
      statements->columns = build_columns (klass);
      statements->source = g_strconcat (klass->kind, billing_record_class_is_joined (klass) ? "_view" : "", NULL);
      g_hash_table_insert (all, klass, statements);
    }

  return statements;
}

/**
 * billing_table_get_type_of:
 * @kind: what lists call a kind of record
 *
 * Returns: the type of its records, or %G_TYPE_INVALID
 */
GType
billing_table_get_type_of (const char *kind)
{
  GType type;

  for (guint i = 0; (type = get_nth_type (i)) != G_TYPE_INVALID; i++)
    {
      if (g_str_equal (get_class (type)->kind, kind))
        return type;
    }

  return G_TYPE_INVALID;
}

/**
 * billing_table_get_source:
 * @type: a type of record
 *
 * Returns: the table or view that it is read from
 */
const char *
billing_table_get_source (GType type)
{
  return get_statements (get_class (type))->source;
}

static void
bind_field (BillingStatement   *statement,
            int                 index,
            BillingRecord      *record,
            const BillingField *field)
{
  if (field->get_enum != NULL || field->type == G_TYPE_STRING)
    billing_statement_bind_text (statement, index, billing_record_get_text (record, field));
  else
    billing_statement_bind_integer (statement, index, billing_record_get_integer (record, field));
}

static gboolean
give_id (BillingConnection  *connection,
         BillingRecord      *record,
         GError            **error)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  const BillingField *number = billing_record_class_find (klass, "number");
  const BillingField *revision = billing_record_class_find (klass, "revision");

  if (billing_record_get_id (record) == NULL)
    {
      g_autofree char *id = billing_table_new_id (connection, klass->prefix, error);

      if (id == NULL)
        return FALSE;
      billing_record_set_id (record, id);
    }

  if (number != NULL && billing_record_get_text (record, number) == NULL)
    {
      g_autofree char *text = billing_table_new_number (connection, klass->number_prefix, error);

      if (text == NULL)
        return FALSE;
      billing_record_set_text (record, number, text);
    }

  billing_record_set_integer (record, revision, MAX (1, billing_record_get_revision (record)));
  return TRUE;
}

/**
 * billing_table_insert:
 * @connection: inside a writing transaction
 * @record: a new record; it is given an id, a number where its kind has one, and its row
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it was stored
 */
gboolean
billing_table_insert (BillingConnection  *connection,
                      BillingRecord      *record,
                      GError            **error)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;
  int index = 0;

  if (!give_id (connection, record, error))
    return FALSE;

  statement = billing_connection_prepare (connection, get_statements (klass)->insert, error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < klass->n_fields; i++)
    {
      if ((klass->fields[i]->flags & BILLING_FIELD_JOINED) == 0)
        bind_field (statement, ++index, record, klass->fields[i]);
    }

  if (!billing_statement_step (statement, &row, error))
    return FALSE;

  billing_record_set_pk (record, billing_connection_get_last_pk (connection));
  return billing_derived_inserted (connection, klass->kind, billing_record_get_pk (record), error);
}

static gboolean
is_field_equal (BillingRecord      *a,
                BillingRecord      *b,
                const BillingField *field)
{
  if (field->type == G_TYPE_STRING)
    return g_strcmp0 (billing_record_get_text (a, field), billing_record_get_text (b, field)) == 0;

  return billing_record_get_integer (a, field) == billing_record_get_integer (b, field);
}

/* The fields that an update has to write: only these, so that only their indices are touched. */
static GPtrArray *
find_changed (BillingRecord *before,
              BillingRecord *after)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (after);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  for (guint i = 0; i < klass->n_fields; i++)
    {
      BillingField *field = klass->fields[i];

      if ((field->flags & (BILLING_FIELD_JOINED | BILLING_FIELD_FIXED)) == 0 &&
          !g_str_equal (field->member, "revision") &&
          !is_field_equal (before, after, field))
        g_ptr_array_add (changed, field);
    }

  return g_steal_pointer (&changed);
}

static char *
build_update (BillingRecordClass *klass,
              GPtrArray          *fields)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "UPDATE %s SET revision = revision + 1", klass->kind);
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (sql, ", %s = ?", ((BillingField *) fields->pdata[i])->member);
  g_string_append (sql, " WHERE pk = ?");

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
write_changed (BillingConnection  *connection,
               BillingRecord      *record,
               GPtrArray          *fields,
               GError            **error)
{
  g_autofree char *sql = build_update (BILLING_RECORD_GET_CLASS (record), fields);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < fields->len; i++)
    bind_field (statement, (int) i + 1, record, fields->pdata[i]);
  billing_statement_bind_integer (statement, (int) fields->len + 1, billing_record_get_pk (record));

  return billing_statement_step (statement, &row, error);
}

/**
 * billing_table_update:
 * @connection: inside a writing transaction
 * @record: a record that was read and then changed
 * @error: return location for a #BillingStoreError
 *
 * Writes what is different from the row. Where somebody else changed the row since @record was read, nothing is written.
 *
 * Returns: whether the row says what @record says
 */
gboolean
billing_table_update (BillingConnection  *connection,
                      BillingRecord      *record,
                      GError            **error)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  g_autoptr (BillingRecord) before = billing_table_get (connection, G_OBJECT_TYPE (record),
                                                        billing_record_get_id (record), error);
  g_autoptr (GPtrArray) changed = NULL;

  if (before == NULL)
    return FALSE;

  if (billing_record_get_revision (before) != billing_record_get_revision (record))
    {
      g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT,
                           _("Somebody else changed this in the meantime. Nothing was changed; look at it again."));
      return FALSE;
    }

  changed = find_changed (before, record);
  if (changed->len == 0)
    return TRUE;

  if (!write_changed (connection, record, changed, error) ||
      !billing_derived_updated (connection, klass->kind, billing_record_get_pk (record), error))
    return FALSE;

  billing_record_set_integer (record, billing_record_class_find (klass, "revision"),
                              billing_record_get_revision (record) + 1);
  return TRUE;
}

/**
 * billing_table_read_row:
 * @statement: a statement that has a row, in the order of the fields of @type
 * @type: the type of record
 *
 * Returns: (transfer full): the record
 */
BillingRecord *
billing_table_read_row (BillingStatement *statement,
                        GType             type)
{
  BillingRecord *record = g_object_new (type, NULL);
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);

  billing_record_set_pk (record, billing_statement_get_integer (statement, 0));
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];
      int column = (int) i + 1;
      int value;

      if (field->get_enum == NULL && field->type == G_TYPE_STRING)
        billing_record_fill_text (record, field, billing_statement_get_text (statement, column));
      else if (field->get_enum == NULL)
        billing_record_fill_integer (record, field, billing_statement_get_integer (statement, column));
      else if (billing_enum_from_nick (field->get_enum (), billing_statement_get_text (statement, column), &value))
        billing_record_fill_integer (record, field, value);
    }

  return record;
}

static GPtrArray *
read_rows (BillingStatement  *statement,
           GType              type,
           GError           **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean row;

  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, billing_table_read_row (statement, type));
    }

  return NULL;
}

/**
 * billing_table_select:
 * @connection: inside a transaction
 * @type: the type of record
 * @column: a column of it
 * @value: what stands in the column
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingRecord): all records with @value there, oldest first
 */
GPtrArray *
billing_table_select (BillingConnection  *connection,
                      GType               type,
                      const char         *column,
                      const char         *value,
                      GError            **error)
{
  const Statements *statements = get_statements (get_class (type));
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE %s = ? ORDER BY pk", statements->columns,
                                          statements->source, column);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, value);
  return read_rows (statement, type, error);
}

/* The column by which people name a record, beside its id; a payment at Stripe is that of its charge, too. */
static const char *
get_name_column (BillingRecordClass *klass)
{
  if (klass->number_prefix != NULL)
    return "number";
  if (g_str_equal (klass->kind, "people"))
    return "account";
  if (g_str_equal (klass->kind, "stripe_payments"))
    return "charge";

  return NULL;
}

/* Whoever turned out to be another patient is that one, whatever they are called by. */
static BillingRecord *
follow_merge (BillingConnection  *connection,
              BillingRecord      *record,
              GError            **error)
{
  const char *stays = BILLING_IS_PATIENT (record) ? BILLING_PATIENT (record)->merged_into : NULL;

  return stays != NULL ? billing_table_get (connection, BILLING_TYPE_PATIENT, stays, error) : g_object_ref (record);
}

/**
 * billing_table_get:
 * @connection: inside a transaction
 * @type: the type of record
 * @name: its id; or its number, whose case does not matter; of a person, the account
 * @error: return location for a #BillingStoreError
 *
 * Of a patient who turned out to be another one, this is that other one; billing_table_select() has the row itself.
 *
 * Returns: (transfer full) (nullable): the record; %BILLING_STORE_ERROR_NOT_FOUND where there is none
 */
BillingRecord *
billing_table_get (BillingConnection  *connection,
                   GType               type,
                   const char         *name,
                   GError            **error)
{
  BillingRecordClass *klass = get_class (type);
  const char *column = get_name_column (klass);
  g_autoptr (GPtrArray) found = billing_table_select (connection, type, "id", name, error);

  if (found != NULL && found->len == 0 && column != NULL)
    {
      g_ptr_array_unref (found);
      found = billing_table_select (connection, type, column, name, error);
    }
  /* Numbers of our own making are in capitals; another system's are as they are. */
  if (found != NULL && found->len == 0 && klass->number_prefix != NULL)
    {
      g_autofree char *upper = g_ascii_strup (name, -1);

      g_ptr_array_unref (found);
      found = billing_table_select (connection, type, column, upper, error);
    }
  if (found == NULL)
    return NULL;

  if (found->len == 0)
    {
      g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND,
                   _("There is no “%s” in this practice."), name);
      return NULL;
    }

  return follow_merge (connection, found->pdata[0], error);
}

/**
 * billing_table_load:
 * @connection: inside a transaction
 * @type: a record's
 * @id: (transfer full) (nullable): what a query found; %NULL: nothing
 * @problem: (transfer full) (nullable): what went wrong in looking
 * @record: (out) (transfer full) (nullable): the record of that id; %NULL: there is none
 * @error: return location for a #BillingStoreError
 *
 * Goes on from billing_connection_get_text(), which says nothing where there is nothing.
 *
 * Returns: whether it could be read
 */
gboolean
billing_table_load (BillingConnection  *connection,
                    GType               type,
                    char               *id,
                    GError             *problem,
                    BillingRecord     **record,
                    GError            **error)
{
  g_autofree char *found = id;

  *record = NULL;
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (found == NULL)
    return TRUE;

  *record = billing_table_get (connection, type, found, error);
  return *record != NULL;
}

/* What Stripe calls some of its objects besides: those of bank debits, and of older disputes. */
static const struct {
  const char *kind;
  const char *start;
} aliases[] = {
  { "charges", "py_" },
  { "disputes", "du_" },
  { "stripe_refunds", "pyr_" },
};

static gboolean
has_alias (BillingRecordClass *klass,
           const char         *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    {
      if (g_str_equal (aliases[i].kind, klass->kind) && g_str_has_prefix (name, aliases[i].start))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_named (BillingRecordClass *klass,
          const char         *name)
{
  g_autofree char *id_start = g_strconcat (klass->prefix, "_", NULL);
  g_autofree char *number_start = g_strconcat (klass->number_prefix, "-", NULL);

  return g_str_has_prefix (name, id_start) || has_alias (klass, name) ||
         (number_start != NULL && g_ascii_strncasecmp (name, number_start, strlen (number_start)) == 0);
}

/**
 * billing_table_find:
 * @connection: inside a transaction
 * @name: an id or a number of any kind
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the record of that name, of whatever kind
 */
BillingRecord *
billing_table_find (BillingConnection  *connection,
                    const char         *name,
                    GError            **error)
{
  g_autoptr (GPtrArray) invoices = NULL;
  g_autofree char *number = NULL;
  GType type;

  for (guint i = 0; (type = get_nth_type (i)) != G_TYPE_INVALID; i++)
    {
      if (is_named (get_class (type), name))
        return billing_table_get (connection, type, name, error);
    }

  /* Practices number their invoices as they like. */
  number = g_ascii_strup (name, -1);
  invoices = billing_table_select (connection, BILLING_TYPE_INVOICE, "number", number, error);
  if (invoices == NULL || invoices->len > 0)
    return invoices != NULL ? g_object_ref (invoices->pdata[0]) : NULL;

  /* A patient may have come with a number of another system's making. */
  return billing_table_get (connection, BILLING_TYPE_PATIENT, name, error);
}

static char *
join_pks (const gint64 *pks,
          gsize         n_pks)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (gsize i = 0; i < n_pks; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", pks[i]);
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/**
 * billing_table_fetch:
 * @connection: inside a transaction
 * @type: the type of record
 * @pks: (array length=n_pks): rows
 * @n_pks: how many
 * @error: return location for a #BillingStoreError
 *
 * Reads many rows at once, in the order of @pks. A row that is gone is left out.
 *
 * Returns: (transfer full) (nullable) (element-type BillingRecord): the records
 */
GPtrArray *
billing_table_fetch (BillingConnection  *connection,
                     GType               type,
                     const gint64       *pks,
                     gsize               n_pks,
                     GError            **error)
{
  const Statements *statements = get_statements (get_class (type));
  g_autofree char *json = join_pks (pks, n_pks);
  /* json_each has an `id` too, hence the renaming. It gives the keys in their order, and CROSS JOIN keeps it the outer loop, so that nothing
   * has to be sorted. */
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM (SELECT value AS row FROM json_each (?)) CROSS JOIN %s ON pk = row",
                                          statements->columns, statements->source);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, json);
  return read_rows (statement, type, error);
}

static gboolean
take_next (BillingConnection  *connection,
           const char         *name,
           gint64             *next,
           GError            **error)
{
  return billing_connection_get_integer (connection, next, error,
                                         "INSERT INTO sequences VALUES (?, 1)"
                                         " ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next",
                                         "t", name);
}

/**
 * billing_table_new_id:
 * @connection: inside a writing transaction
 * @prefix: what the ids of the kind begin with
 * @error: return location for a #BillingStoreError
 *
 * Makes an id that is unique in the world: kind, the code of the desk, a count.
 *
 * Returns: (transfer full) (nullable): the id
 */
char *
billing_table_new_id (BillingConnection  *connection,
                      const char         *prefix,
                      GError            **error)
{
  g_autofree char *desk = NULL;
  gint64 next;

  if (!take_next (connection, prefix, &next, error))
    return NULL;

  desk = billing_connection_get_text (connection, NULL, "SELECT desk FROM practice", "");
  return g_strdup_printf ("%s_%s%" G_GINT64_FORMAT, prefix, desk != NULL ? desk : "", next);
}

/**
 * billing_table_new_number:
 * @connection: inside a writing transaction
 * @number_prefix: what the numbers of the kind begin with
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the next number of the series: PAY-001
 */
char *
billing_table_new_number (BillingConnection  *connection,
                          const char         *number_prefix,
                          GError            **error)
{
  gint64 next;

  if (!take_next (connection, number_prefix, &next, error))
    return NULL;

  return g_strdup_printf ("%s-%03" G_GINT64_FORMAT, number_prefix, next);
}

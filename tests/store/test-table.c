/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-filing.h"
#include "billing-history.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-practice.h"
#include "billing-store.h"
#include "billing-table.h"
#include "billing-test-folder.h"
#include "billing-treatment.h"

/* Records go into rows and come out of them as they were, whatever they say. */

typedef struct {
  char *folder;
  BillingStore *store;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = billing_test_folder ();
  billing_store_create (fixture->folder, &error);
  g_assert_no_error (error);
  fixture->store = billing_store_open (fixture->folder, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->store);
  billing_test_folder_remove (g_steal_pointer (&fixture->folder));
}

/* Every class that has a table of its own. What the ledger and the audit hold is written by them alone. */
static GType
get_nth_type (guint i)
{
  GType types[] = {
    BILLING_TYPE_PAYMENT,  BILLING_TYPE_TREATMENT,      BILLING_TYPE_PATIENT,           BILLING_TYPE_LOCATION,
    BILLING_TYPE_PHYSICIAN, BILLING_TYPE_TREATMENT_CODE, BILLING_TYPE_COVERAGE,          BILLING_TYPE_ELIGIBILITY_CHECK,
    BILLING_TYPE_BENEFIT,  BILLING_TYPE_ATTEMPT,        BILLING_TYPE_REFUND,            BILLING_TYPE_NOTE,
    BILLING_TYPE_DOCUMENT, BILLING_TYPE_PERSON,         BILLING_TYPE_PRACTICE,          BILLING_TYPE_INTENT,
  };

  return i < G_N_ELEMENTS (types) ? types[i] : G_TYPE_INVALID;
}

static const char * const texts[] = {
  "plain", "Zoë Ångström", "O'Neil; DROP TABLE payments; --", "\"quoted\" %_\\", "李小明 🦷", "line\nbreak\ttab", " ", "NULL", "0",
};

static gboolean
is_written (const BillingField *field)
{
  return (field->flags & BILLING_FIELD_JOINED) == 0 && !g_str_equal (field->member, "id") &&
         !g_str_equal (field->member, "revision");
}

static int
get_last_value (const BillingField *field)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (field->get_enum ());

  return klass->maximum;
}

/* Says something in every field; @round makes it something else. */
static void
fill (BillingRecord *record,
      guint          round)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if (!is_written (field))
        continue;
      if (field->get_enum != NULL)
        billing_record_set_integer (record, field, round % 2 == 0 ? get_last_value (field) : 0);
      else if (field->type == G_TYPE_BOOLEAN)
        billing_record_set_integer (record, field, round % 2 == 0);
      else if (field->type == G_TYPE_INT64)
        billing_record_set_integer (record, field, round == 2 ? G_MAXINT64 - i : (gint64) round * 1000 + i);
      else
        {
          g_autofree char *text = g_strdup_printf ("%s %u %u", texts[(i + round) % G_N_ELEMENTS (texts)], round, i);

          billing_record_set_text (record, field, text);
        }
    }

  /* What a payment says of its money must be possible. */
  if (BILLING_IS_PAYMENT (record))
    g_object_set (record, "amount", (gint64) 500 + round, "collected", (gint64) 500 + round, "refunded", (gint64) 100,
                  "waiting", (gint64) round, NULL);
  /* Who was merged is found as who they became, and nobody of that name is there. */
  if (BILLING_IS_PATIENT (record))
    g_object_set (record, "merged-into", NULL, NULL);
}

/* Joined records are read with their patient; nobody refers to anything else here. */
static void
link_patient (BillingRecord *record,
              BillingRecord *patient)
{
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (record), "patient-id");

  if (field != NULL)
    billing_record_set_text (record, field, billing_record_get_id (patient));
}

static void
assert_equal (BillingRecord *a,
              BillingRecord *b)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (a);

  g_assert_cmpint (billing_record_get_pk (a), ==, billing_record_get_pk (b));
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if (field->flags & BILLING_FIELD_JOINED)
        continue;
      if (field->type == G_TYPE_STRING)
        g_assert_cmpstr (billing_record_get_text (a, field), ==, billing_record_get_text (b, field));
      else if (billing_record_get_integer (a, field) != billing_record_get_integer (b, field))
        g_error ("%s of %s: %" G_GINT64_FORMAT " is not %" G_GINT64_FORMAT, field->member, klass->kind,
                 billing_record_get_integer (a, field), billing_record_get_integer (b, field));
    }
}

static BillingRecord *
get (BillingConnection *connection,
     BillingRecord     *like)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *found = billing_table_get (connection, G_OBJECT_TYPE (like), billing_record_get_id (like), &error);

  g_assert_no_error (error);
  return found;
}

static void
insert (BillingConnection *connection,
        BillingRecord     *record)
{
  g_autoptr (GError) error = NULL;

  billing_table_insert (connection, record, &error);
  g_assert_no_error (error);
  g_assert_cmpint (billing_record_get_revision (record), ==, 1);
}

/* A changed record is written but for what is fixed, and its revision goes up by one. */
static void
change (BillingConnection *connection,
        BillingRecord     *record)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  g_autoptr (BillingRecord) before = get (connection, record);
  g_autoptr (BillingRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  fill (record, 3);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if ((field->flags & BILLING_FIELD_FIXED) == 0)
        continue;
      if (field->type == G_TYPE_STRING)
        billing_record_set_text (record, field, billing_record_get_text (before, field));
      else
        billing_record_set_integer (record, field, billing_record_get_integer (before, field));
    }
  link_patient (record, before);
  g_object_set (record, "id", billing_record_get_id (before), NULL);
  if (billing_record_class_find (klass, "patient-id") != NULL)
    billing_record_set_text (record, billing_record_class_find (klass, "patient-id"),
                             billing_record_get_text (before, billing_record_class_find (klass, "patient-id")));

  billing_table_update (connection, record, &error);
  g_assert_no_error (error);
  found = get (connection, record);
  g_assert_cmpint (billing_record_get_revision (found), ==, 2);
  assert_equal (found, record);
}

/* Two people changed the same: the second hears of it, and nothing of theirs is written. */
static void
conflict (BillingConnection *connection,
          BillingRecord     *record)
{
  g_autoptr (BillingRecord) stale = get (connection, record);
  g_autoptr (BillingRecord) after = NULL;
  g_autoptr (GError) error = NULL;
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);

  change (connection, record);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if (is_written (field) && field->type == G_TYPE_STRING && (field->flags & BILLING_FIELD_FIXED) == 0)
        billing_record_set_text (stale, field, "stale");
    }
  g_assert_false (billing_table_update (connection, stale, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT);
  after = get (connection, record);
  assert_equal (after, record);
}

static gboolean
take_back (GError **error)
{
  /* What was made up here refers to nothing, so it must not be committed. */
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "taken back");
  return FALSE;
}

static gboolean
round_trip (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", "Zoë", NULL);
  GType type;

  billing_connection_execute (connection, "PRAGMA defer_foreign_keys = ON", NULL);
  insert (connection, patient);
  for (guint i = 0; (type = get_nth_type (i)) != G_TYPE_INVALID; i++)
    {
      g_autoptr (BillingRecord) record = g_object_new (type, NULL);
      g_autoptr (BillingRecord) found = NULL;

      g_test_message ("%s", BILLING_RECORD_GET_CLASS (record)->kind);
      fill (record, 2);
      if (type == BILLING_TYPE_PATIENT)
        g_object_set (record, "credit", (gint64) 7, NULL);
      link_patient (record, patient);
      insert (connection, record);
      found = get (connection, record);
      assert_equal (found, record);
      conflict (connection, record);
    }
  return take_back (error);
}

/* Every field of every kind comes back as it was, is changed alone, and is not overwritten by who read it before. */
static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_store_write (fixture->store, round_trip, NULL, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
name_things (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", "Zoë", NULL);
  g_autoptr (BillingRecord) foreign = g_object_new (BILLING_TYPE_PATIENT, "name", "Zoë", "number", "X-17/b", NULL);
  g_autoptr (BillingRecord) by_number = NULL;
  g_autoptr (BillingRecord) by_foreign = NULL;
  g_autoptr (BillingRecord) by_id = NULL;

  insert (connection, patient);
  insert (connection, foreign);
  by_number = billing_table_find (connection, "pt-001", error);
  g_assert_nonnull (by_number);
  assert_equal (by_number, patient);
  by_id = billing_table_find (connection, billing_record_get_id (patient), error);
  g_assert_nonnull (by_id);
  assert_equal (by_id, patient);
  by_foreign = billing_table_find (connection, "X-17/b", error);
  if (by_foreign == NULL)
    return FALSE;
  assert_equal (by_foreign, foreign);
  return billing_table_find (connection, "PT-999", error) != NULL;
}

/* Things are found by id, by number in any case, and by the number of another system; what is not there is said not to be. */
static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_store_write (fixture->store, name_things, NULL, NULL, &error);
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "PT-999"));
}

static gboolean
fetch (BillingConnection  *connection,
       gpointer            data,
       GCancellable       *cancellable,
       GError            **error)
{
  static const gint64 pks[] = { 7, 3, 100, 1, 10 };
  static const gint64 expected[] = { 7, 3, 1, 10 };
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", "Zoë", NULL);

      insert (connection, patient);
    }
  rows = billing_table_fetch (connection, BILLING_TYPE_PATIENT, pks, G_N_ELEMENTS (pks), error);
  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (billing_record_get_pk (rows->pdata[i]), ==, expected[i]);
  return TRUE;
}

/* Many rows are read at once, in the order that was asked for, without those that are gone. */
static void
test_fetch (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_store_write (fixture->store, fetch, NULL, NULL, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/table/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/table/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/table/fetch", Fixture, NULL, set_up, test_fetch, tear_down);
  return g_test_run ();
}

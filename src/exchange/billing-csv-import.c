/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-csv-import"

#include "config.h"

#include "billing-csv-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-csv-import-private.h"
#include "billing-csv-reader.h"
#include "billing-exchange-error.h"
#include "billing-text-reader.h"

/* The plan: what a CSV file is and how its columns are read. All of the file is looked at once; only counts of it are kept. */

#define MAX_SAMPLES 4

struct _BillingCsvPlan {
  guint kind;             /* a bit of the targets' kinds, 0: not known */
  char *encoding;         /* (owned) */
  char separator;
  GPtrArray *columns;     /* (owned) (element-type BillingCsvColumn) */
  GArray *evidence;       /* (owned) (element-type BillingCsvEvidence) */
  char *chosen_order;     /* (owned) (nullable): by a person */
  const char *order;      /* dmy, mdy or ymd */
  gboolean order_guessed; /* nothing in the file tells */
  char decimal;
  gboolean decimal_guessed;
  char *currency;         /* (owned) */
  char *time_zone;        /* (owned) (nullable) */
  char *locale;           /* (owned) (nullable) */
  BillingCsvPractice practice;
};

static void
column_free (gpointer data)
{
  BillingCsvColumn *column = data;

  g_free (column->header);
  g_free (column->samples);
  g_free (column->note);
  g_free (column);
}

void
billing_csv_plan_free (BillingCsvPlan *self)
{
  g_free (self->encoding);
  g_free (self->chosen_order);
  g_free (self->currency);
  g_free (self->time_zone);
  g_free (self->locale);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->evidence);
  g_free (self);
}

static void
add_sample (BillingCsvColumn *column,
            guint             n,
            const char       *value)
{
  g_autofree char *before = column->samples;
  g_autofree char *shortened = g_utf8_strlen (value, -1) > 40 ? g_utf8_substring (value, 0, 40) : g_strdup (value);

  if (n > MAX_SAMPLES)
    column->samples = g_steal_pointer (&before);
  else if (n == 1)
    column->samples = g_steal_pointer (&shortened);
  else
    column->samples = g_strdup_printf ("%s · %s", before, shortened);
}

static void
look_at_row (BillingCsvPlan *self,
             GStrv           row)
{
  for (guint i = 0; i < self->columns->len && row[i] != NULL; i++)
    {
      BillingCsvEvidence *evidence = &g_array_index (self->evidence, BillingCsvEvidence, i);

      if (*row[i] == '\0')
        continue;
      billing_csv_evidence_add (evidence, row[i]);
      add_sample (self->columns->pdata[i], evidence->values, row[i]);
    }
}

/* What is wrong with a row is told when it is read for good. */
static gboolean
look_at_rows (BillingCsvPlan    *self,
              BillingCsvReader  *reader,
              GCancellable      *cancellable,
              GError           **error)
{
  for (;;)
    {
      g_auto (GStrv) row = NULL;
      g_autoptr (GError) local = NULL;

      if (!billing_csv_reader_next (reader, &row, NULL, cancellable, &local))
        {
          if (g_error_matches (local, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY))
            continue;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (row == NULL)
        return TRUE;
      look_at_row (self, row);
    }
}

typedef struct {
  guint column;
  guint target;
  int rating;
} Bid;

static int
compare_bids (gconstpointer a,
              gconstpointer b)
{
  const Bid *x = a;
  const Bid *y = b;

  if (x->rating != y->rating)
    return y->rating - x->rating;

  return (int) x->column - (int) y->column;
}

static GArray *
list_bids (BillingCsvPlan *self,
           guint           kind)
{
  GArray *bids = g_array_new (FALSE, FALSE, sizeof (Bid));
  const BillingCsvTarget *target;

  for (guint c = 0; c < self->columns->len; c++)
    {
      BillingCsvColumn *column = self->columns->pdata[c];
      g_autofree char *header = billing_csv_fold_header (column->header);

      for (guint t = 0; (target = billing_csv_get_nth_target (t)) != NULL; t++)
        {
          Bid bid = { c, t, (target->kinds & kind) != 0 ? billing_csv_rate (target, header) : 0 };

          if (bid.rating > 0)
            g_array_append_val (bids, bid);
        }
    }

  g_array_sort (bids, compare_bids);
  return bids;
}

/* Gives each column the target that its header means best, and each target to one column. Returns how much of it says that the rows
 * are of this kind. */
static int
propose (BillingCsvPlan *self,
         guint           kind,
         gboolean        keep)
{
  g_autoptr (GArray) bids = list_bids (self, kind);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autofree const BillingCsvTarget **found = g_new0 (const BillingCsvTarget *, self->columns->len + 1);
  int score = 0;

  for (guint i = 0; i < bids->len; i++)
    {
      Bid *bid = &g_array_index (bids, Bid, i);
      const BillingCsvTarget *target = billing_csv_get_nth_target (bid->target);

      if (found[bid->column] != NULL || !g_hash_table_add (taken, (gpointer) target))
        continue;
      found[bid->column] = target;
      score += target->weight;
    }

  for (guint c = 0; c < self->columns->len && keep; c++)
    ((BillingCsvColumn *) self->columns->pdata[c])->target = found[c] != NULL ? found[c]->name : NULL;

  return score;
}

static gboolean
has_target (BillingCsvPlan *self,
            const char     *target)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      BillingCsvColumn *column = self->columns->pdata[i];

      if (g_strcmp0 (column->target, target) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_patient (BillingCsvPlan *self)
{
  return has_target (self, "patient_number") ||
         ((has_target (self, "patient_name") || has_target (self, "patient_family_name")) &&
          has_target (self, "patient_birth_date"));
}

char *
billing_csv_plan_check (BillingCsvPlan *self)
{
  const char *kind = billing_csv_get_kind_name (self->kind);

  if (kind == NULL)
    return g_strdup (_("Its header does not tell whether its rows are patients, treatments or eligibility checks"));

  if (g_str_equal (kind, "patients"))
    return has_target (self, "name") || has_target (self, "family_name") ? NULL
      : g_strdup (_("No column is the patient’s name"));
  if (!has_patient (self))
    return g_strdup (_("No column is the patient’s number, and not both name and birth date are there"));
  if (g_str_equal (kind, "treatments"))
    return has_target (self, "date") ? NULL : g_strdup (_("No column is the service date"));

  return has_target (self, "checked_on") ? NULL : g_strdup (_("No column is the day of the check"));
}

/* The whole of the file decides: one date that can only be read one way tells how all of them are read. */
static void
decide (BillingCsvPlan *self)
{
  guint dates = 0;
  guint dmy = 0;
  guint mdy = 0;
  guint comma = 0;
  guint point = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      BillingCsvEvidence *evidence = &g_array_index (self->evidence, BillingCsvEvidence, i);
      const BillingCsvTarget *target =
        billing_csv_find_target (((BillingCsvColumn *) self->columns->pdata[i])->target);

      if (target != NULL && target->shape == BILLING_CSV_DATE)
        {
          dates += evidence->dates;
          dmy += evidence->first_large;
          mdy += evidence->second_large;
        }
      if (target != NULL && (target->shape == BILLING_CSV_MONEY || target->shape == BILLING_CSV_NUMBER))
        {
          comma += evidence->comma;
          point += evidence->point;
        }
    }

  /* Where they contradict one another, most of them are right, and the others will be told of. */
  self->order_guessed = dates > 0 && dmy == mdy;
  self->order = dates == 0 ? "ymd" : self->order_guessed ? billing_csv_guess_order (self->locale)
                                                         : dmy > mdy ? "dmy" : "mdy";
  if (self->chosen_order != NULL)
    {
      self->order = self->chosen_order;
      self->order_guessed = FALSE;
    }
  self->decimal_guessed = comma == point;
  self->decimal = self->decimal_guessed ? billing_csv_guess_decimal (self->locale, self->currency)
                                        : comma > point ? ',' : '.';
}

static char *
describe_order (BillingCsvPlan *self)
{
  gboolean day_first = g_str_equal (self->order, "dmy");

  if (g_str_equal (self->order, "ymd"))
    return g_strdup (_("year, month, day"));
  if (self->order_guessed)
    return g_strdup (day_first ? _("nothing in the file tells days from months; read as day, month, year: check this")
                               : _("nothing in the file tells days from months; read as month, day, year: check this"));

  return g_strdup (day_first ? _("day, month, year") : _("month, day, year"));
}

static void
describe (BillingCsvPlan *self)
{
  decide (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      BillingCsvColumn *column = self->columns->pdata[i];
      BillingCsvEvidence *evidence = &g_array_index (self->evidence, BillingCsvEvidence, i);
      const BillingCsvTarget *target = billing_csv_find_target (column->target);

      g_clear_pointer (&column->note, g_free);
      if (target != NULL && target->shape == BILLING_CSV_DATE && evidence->dates > 0)
        column->note = describe_order (self);
      else if (target != NULL && target->shape == BILLING_CSV_MONEY && evidence->values > 0)
        column->note = g_strdup (self->decimal == ',' ? _("a comma before the cents") : _("a point before the cents"));
    }
}

static void
choose_kind (BillingCsvPlan *self)
{
  int best = 0;

  for (guint bit = 1; bit <= 4; bit *= 2)
    {
      int score = propose (self, bit, TRUE);
      g_autofree char *missing = NULL;

      self->kind = bit;
      missing = billing_csv_plan_check (self);
      if (missing != NULL)
        continue;
      if (score > best)
        best = score;
    }

  self->kind = 0;
  for (guint bit = 1; bit <= 4 && best > 0; bit *= 2)
    {
      g_autofree char *missing = NULL;
      int score = propose (self, bit, TRUE);

      self->kind = bit;
      missing = billing_csv_plan_check (self);
      if (missing == NULL && score == best)
        return;
    }

  self->kind = 0;
}

BillingCsvPlan *
billing_csv_plan_new (GInputStream              *raw,
                      const BillingCsvPractice  *practice,
                      GCancellable              *cancellable,
                      GError                   **error)
{
  g_autoptr (BillingCsvPlan) self = g_new0 (BillingCsvPlan, 1);
  g_autoptr (GInputStream) text = NULL;
  g_autoptr (BillingCsvReader) reader = NULL;
  const char * const *header;

  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->evidence = g_array_new (FALSE, TRUE, sizeof (BillingCsvEvidence));
  self->currency = g_strdup (practice->currency);
  self->time_zone = g_strdup (practice->time_zone);
  self->locale = g_strdup (practice->locale);
  self->practice = (BillingCsvPractice) { self->currency, self->time_zone, self->locale };

  text = billing_text_reader_open (raw, &self->encoding, cancellable, error);
  reader = text != NULL ? billing_csv_reader_new (text, cancellable, error) : NULL;
  if (reader == NULL)
    return NULL;

  self->separator = billing_csv_reader_get_separator (reader);
  header = billing_csv_reader_get_header (reader);
  for (guint i = 0; header[i] != NULL; i++)
    {
      BillingCsvColumn *column = g_new0 (BillingCsvColumn, 1);

      column->header = g_strdup (header[i]);
      column->samples = g_strdup ("");
      g_ptr_array_add (self->columns, column);
    }
  g_array_set_size (self->evidence, self->columns->len);

  if (!look_at_rows (self, reader, cancellable, error))
    return NULL;

  choose_kind (self);
  describe (self);
  return g_steal_pointer (&self);
}

const char *
billing_csv_plan_get_kind (BillingCsvPlan *self)
{
  return billing_csv_get_kind_name (self->kind);
}

const char *
billing_csv_plan_get_encoding (BillingCsvPlan *self)
{
  return self->encoding;
}

char
billing_csv_plan_get_separator (BillingCsvPlan *self)
{
  return self->separator;
}

/* “?” where nothing tells, until a person chooses. */
const char *
billing_csv_plan_get_date_order (BillingCsvPlan *self)
{
  return self->order_guessed ? "?" : self->order;
}

guint
billing_csv_plan_get_n_columns (BillingCsvPlan *self)
{
  return self->columns->len;
}

const BillingCsvColumn *
billing_csv_plan_get_column (BillingCsvPlan *self,
                             guint           column)
{
  return column < self->columns->len ? self->columns->pdata[column] : NULL;
}

gboolean
billing_csv_plan_set_kind (BillingCsvPlan *self,
                           const char     *kind)
{
  guint bit = billing_csv_get_kind_bit (kind);

  if (bit == 0)
    return FALSE;

  self->kind = bit;
  propose (self, bit, TRUE);
  describe (self);
  return TRUE;
}

gboolean
billing_csv_plan_set_target (BillingCsvPlan *self,
                             guint           column,
                             const char     *target)
{
  const BillingCsvTarget *found = billing_csv_find_target (target);

  if (column >= self->columns->len || (target != NULL && (found == NULL || (found->kinds & self->kind) == 0)))
    return FALSE;

  /* A target has one column: the one that had it loses it. */
  for (guint i = 0; i < self->columns->len && found != NULL; i++)
    {
      BillingCsvColumn *other = self->columns->pdata[i];

      if (g_strcmp0 (other->target, found->name) == 0)
        other->target = NULL;
    }

  ((BillingCsvColumn *) self->columns->pdata[column])->target = found != NULL ? found->name : NULL;
  describe (self);
  return TRUE;
}

gboolean
billing_csv_plan_set_date_order (BillingCsvPlan *self,
                                 const char     *order)
{
  static const char * const orders[] = { "dmy", "mdy", "ymd", NULL };

  if (order == NULL || !g_strv_contains (orders, order))
    return FALSE;

  g_free (self->chosen_order);
  self->chosen_order = g_strdup (order);
  describe (self);
  return TRUE;
}

/**
 * billing_csv_plan_get_value:
 * @self: a plan
 * @row: a row
 * @target: a target
 *
 * Returns: (nullable): what the row says, %NULL where it says nothing
 */
const char *
billing_csv_plan_get_value (BillingCsvPlan *self,
                            GStrv           row,
                            const char     *target)
{
  for (guint i = 0; i < self->columns->len && row[i] != NULL; i++)
    {
      BillingCsvColumn *column = self->columns->pdata[i];

      if (g_strcmp0 (column->target, target) == 0)
        return *row[i] != '\0' ? row[i] : NULL;
    }

  return NULL;
}

const BillingCsvPractice *
billing_csv_plan_get_practice (BillingCsvPlan *self)
{
  return &self->practice;
}

char
billing_csv_plan_get_decimal (BillingCsvPlan *self)
{
  return self->decimal;
}

/* In which order dates are read, guessed or not. */
const char *
billing_csv_plan_get_reading_order (BillingCsvPlan *self)
{
  return self->order;
}
